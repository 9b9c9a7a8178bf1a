//! The addresses of a Markdown source, changed in place: nothing else of it moves.

/// Changes where links and pictures of a source lead: the closure answers the new address, or nothing to leave it. Read
/// are `](address)`, `](<address>)`, `[name]: address`, and `href`, `src`, `poster` of HTML within the Markdown. Code is
/// not told apart from text, so that the closure should know the addresses that it changes.
pub fn map_addresses(source: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(source.len() + 64);
    let mut rest = source;
    while let Some((start, end, place)) = next_address(rest) {
        out.push_str(&rest[..start]);
        let old = &rest[start..end];
        match change(&place.decoded(old)) {
            Some(new) => out.push_str(&place.written(&new)),
            None => out.push_str(old),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Ends at white space or a closing bracket.
    Plain,
    /// Between `<` and `>`, the marks included.
    Angles,
    /// The value of an attribute.
    Attribute,
}

impl Place {
    fn decoded(self, old: &str) -> String {
        match self {
            Self::Plain => old.to_owned(),
            Self::Angles => old.trim_start_matches('<').trim_end_matches('>').to_owned(),
            Self::Attribute => old.replace("&quot;", "\"").replace("&amp;", "&"),
        }
    }

    fn written(self, new: &str) -> String {
        match self {
            Self::Attribute => new.replace('&', "&amp;").replace('"', "&quot;"),
            _ if new.is_empty() || new.contains([' ', '(', ')', '<', '>']) => {
                format!("<{}>", new.replace('<', "%3C").replace('>', "%3E"))
            }
            _ => new.to_owned(),
        }
    }
}

/// Where the next address stands.
fn next_address(text: &str) -> Option<(usize, usize, Place)> {
    let mut at = 0;
    while at < text.len() {
        let found = text[at..].find(['(', '=', ':'])?;
        at += found;
        let found = match text.as_bytes()[at] {
            b'(' if text[..at].ends_with(']') => plain(text, at + 1),
            b'=' if ["href", "src", "poster"].iter().any(|name| text[..at].ends_with(name)) => attribute(text, at + 1),
            b':' if is_definition(&text[..at]) => plain(text, at + 1),
            _ => None,
        };
        if let Some(found) = found.filter(|(start, end, _)| start < end) {
            return Some(found);
        }
        at += 1;
    }
    None
}

/// `[name]` at the beginning of a line.
fn is_definition(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before).trim_start();
    line.starts_with('[') && !line.starts_with("[^") && line.ends_with(']')
}

fn plain(text: &str, from: usize) -> Option<(usize, usize, Place)> {
    let start = from + text[from..].len() - text[from..].trim_start_matches(' ').len();
    let rest = &text[start..];
    if rest.starts_with('<') {
        let end = rest.find('>').filter(|end| !rest[..*end].contains('\n'))?;
        return Some((start, start + end + 1, Place::Angles));
    }
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some((start, start + at, Place::Plain)),
            ')' => depth -= 1,
            c if c.is_whitespace() => return Some((start, start + at, Place::Plain)),
            _ => {}
        }
    }
    Some((start, text.len(), Place::Plain))
}

fn attribute(text: &str, from: usize) -> Option<(usize, usize, Place)> {
    let quote = text[from..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = text[from + 1..].find(quote)?;
    Some((from + 1, from + 1 + end, Place::Attribute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_addresses_are_changed() {
        let source = "A [link](a.png \"t\"), ![x](<b c.png>), [n][1] (a.png) <img src=\"a.png?x=1&amp;y=2\" alt=\"href=a\">\n\n[1]: a.png\n[^1]: a.png\nratio 1:2";
        let mapped = map_addresses(source, |old| {
            Some(format!("<{old}>"))
                .filter(|_| old.starts_with("a.png"))
                .or_else(|| (old == "b c.png").then(|| "d(e.png".to_owned()))
        });
        assert_eq!(
            mapped,
            "A [link](<%3Ca.png%3E> \"t\"), ![x](<d(e.png>), [n][1] (a.png) <img src=\"<a.png?x=1&amp;y=2>\" alt=\"href=a\">\n\n[1]: <%3Ca.png%3E>\n[^1]: a.png\nratio 1:2"
        );
    }

    proptest! {
        #[test]
        fn what_is_not_changed_stays(source in "[\\[\\]()<>=:a-c \"'\n!]{0,60}") {
            prop_assert_eq!(map_addresses(&source, |_| None), source);
        }
    }
}
