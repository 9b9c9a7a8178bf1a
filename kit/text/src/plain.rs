/// The beginning of a text, cut at a word, with an ellipsis where it was cut. `length_max` counts characters.
pub fn excerpt(text: &str, length_max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= length_max {
        return text;
    }
    let cut: String = text.chars().take(length_max.saturating_sub(1)).collect();
    let end = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

/// A text as a part of an address: lower case, words joined by `-`, letters of every script kept; `x` where none are.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') && !matches!(c, '\'' | '’') {
            out.push('-');
        }
    }
    let cut = out.chars().take(80).collect::<String>();
    let cut = cut.trim_matches('-');
    if cut.is_empty() { "x".to_owned() } else { cut.to_owned() }
}

/// One or two letters for a round picture: of the first and the last name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let letters = first.into_iter().chain(words.next_back());
    letters.flat_map(char::to_uppercase).collect()
}

/// A title from a file's name: `02_tidal-zones.pdf` becomes `02 tidal zones`.
pub fn title_from_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name
        .rsplit_once('.')
        .map_or(name, |(stem, ending)| if stem.is_empty() || ending.len() > 5 { name } else { stem });
    let title = stem.replace(['_', '-', '+'], " ");
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() { name.to_owned() } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_things() {
        assert_eq!(excerpt("The tide comes, and goes.", 18), "The tide comes…");
        assert_eq!(excerpt("short", 15), "short");
        assert_eq!(slug("  What's up, Ægir? "), "whats-up-ægir");
        assert_eq!(slug("!!!"), "x");
        assert_eq!(initials("Dr Sofia Karlsen"), "DK");
        assert_eq!(initials("ana"), "A");
        assert_eq!(title_from_name("a/02_tidal-zones.pdf"), "02 tidal zones");
    }
}
