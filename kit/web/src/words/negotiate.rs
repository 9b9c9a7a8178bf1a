use super::{FALLBACK, Words};

/// Which language a person reads: the account's setting, else the cookie, else what the browser asks for
/// (`Accept-Language`), else the institution's, else English. A wish that the program cannot meet is passed over.
pub fn negotiate(
    words: &Words,
    account: Option<&str>,
    cookie: Option<&str>,
    accept: Option<&str>,
    institution: Option<&str>,
) -> String {
    let asked = accept.map(wishes).unwrap_or_default();
    let wishes = account.into_iter().chain(cookie).chain(asked.iter().map(String::as_str)).chain(institution);
    wishes.into_iter().find_map(|wish| matching(words, wish)).unwrap_or_else(|| FALLBACK.to_owned())
}

/// `de-AT` is met by `de-AT`, else by `de`, else by any other German.
fn matching(words: &Words, wish: &str) -> Option<String> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let exact = words.languages().find(|have| have.eq_ignore_ascii_case(wish));
    let general = || words.languages().find(|have| have.eq_ignore_ascii_case(&primary(wish)));
    let related = || words.languages().find(|have| primary(have) == primary(wish));
    exact.or_else(general).or_else(related).map(str::to_owned)
}

/// The tags of an `Accept-Language` header, the most wanted first (RFC 9110, 12.5.4). At most 20 are looked at.
fn wishes(header: &str) -> Vec<String> {
    let mut wishes: Vec<(f32, String)> = header.split(',').take(20).filter_map(wish).collect();
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
    wishes.into_iter().map(|(_, tag)| tag).collect()
}

fn wish(part: &str) -> Option<(f32, String)> {
    let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
    let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())?;
    let tag = tag.trim();
    (weight > 0.0 && !tag.is_empty() && tag != "*").then(|| (weight, tag.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::load::from_files;
    use super::*;

    #[test]
    fn takes_the_first_wish_that_can_be_met() {
        let words = from_files(&[("en", "a", ""), ("de", "a", ""), ("pt-BR", "a", "")]);
        let header = |accept| negotiate(&words, None, None, Some(accept), Some("de"));
        assert_eq!(header("fr, en;q=0.5"), "en");
        assert_eq!(header("en;q=0.2, de-AT;q=0.9"), "de");
        assert_eq!(header("pt-PT"), "pt-BR");
        assert_eq!(header("de;q=0, *;q=0.5, xx;q=nonsense"), "de");
        assert_eq!(negotiate(&words, Some("de"), Some("en"), Some("en"), None), "de");
        assert_eq!(negotiate(&words, Some("tlh"), Some("en"), Some("de"), None), "en");
        assert_eq!(negotiate(&words, None, None, None, None), "en");
    }
}
