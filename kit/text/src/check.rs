//! Whether everybody can read it: what an author should mend, with the place (campus-rules M48).

use crate::dom;

/// Something that keeps somebody from reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is; also the end of its message id (`check-CODE`).
    pub code: Code,
    /// The place: a picture's address, a link's words, a heading.
    pub place: String,
}

/// The kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A picture says nothing to those who do not see it.
    NoAlt,
    /// The text for a picture is so long that it belongs on the page.
    LongAlt,
    /// A heading leaves a level out.
    HeadingJump,
    /// A heading without words.
    EmptyHeading,
    /// A link whose words say nothing: "here", "click here", an address.
    VagueLink,
    /// A link without words.
    EmptyLink,
    /// A table whose head is not marked.
    TableWithoutHead,
    /// A film without captions.
    NoCaptions,
}

impl Code {
    /// The end of the message id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoAlt => "no-alt",
            Self::LongAlt => "long-alt",
            Self::HeadingJump => "heading-jump",
            Self::EmptyHeading => "empty-heading",
            Self::VagueLink => "vague-link",
            Self::EmptyLink => "empty-link",
            Self::TableWithoutHead => "table-without-head",
            Self::NoCaptions => "no-captions",
        }
    }
}

const ALT_LENGTH_MAX: usize = 250;
const VAGUE: &[&str] =
    &["here", "click here", "this", "link", "more", "read more", "hier", "hier klicken", "mehr", "dies"];

/// Reads rendered HTML.
pub fn accessibility(html: &str) -> Vec<Finding> {
    let mut out = Vec::new();
    if dom::is_too_deep(html) {
        return out;
    }
    let mut level_before = 1;
    for node in dom::descendants(&dom::parse(html)) {
        let mut find = |code, place: String| out.push(Finding { code, place: crate::excerpt(&place, 80) });
        let words = || dom::text(&node).split_whitespace().collect::<Vec<_>>().join(" ");
        let has = |tag: &str| dom::descendants(&node).iter().any(|inner| dom::tag(inner) == Some(tag));
        match dom::tag(&node) {
            Some("img") => {
                let src = dom::attr(&node, "src").unwrap_or_default();
                match dom::attr(&node, "alt") {
                    None => find(Code::NoAlt, src),
                    Some(alt) if alt.chars().count() > ALT_LENGTH_MAX => find(Code::LongAlt, alt),
                    Some(alt) if alt.trim().is_empty() => find(Code::NoAlt, src),
                    Some(_) => {}
                }
            }
            Some(tag @ ("h2" | "h3" | "h4" | "h5" | "h6")) => {
                let level = tag.as_bytes()[1] - b'0';
                let words = words();
                if words.is_empty() {
                    find(Code::EmptyHeading, tag.to_owned());
                } else if level > level_before + 1 {
                    find(Code::HeadingJump, words);
                }
                level_before = level;
            }
            Some("a") if dom::attr(&node, "href").is_some() => {
                let words = words();
                let vague = VAGUE.contains(&words.to_lowercase().trim_end_matches('.')) || words.starts_with("http");
                if words.is_empty() && !has("img") {
                    find(Code::EmptyLink, dom::attr(&node, "href").unwrap_or_default());
                } else if vague {
                    find(Code::VagueLink, words);
                }
            }
            Some("table") if !has("th") => find(Code::TableWithoutHead, words()),
            Some("video") if !has("track") => find(Code::NoCaptions, dom::attr(&node, "src").unwrap_or_default()),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_shuts_somebody_out() {
        let html = "<h2>A</h2><h4>B</h4><img src=a.png><a href=x>click here</a><table><tr><td>1</td></tr></table><video src=v></video>";
        let codes: Vec<Code> = accessibility(html).into_iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::HeadingJump, Code::NoAlt, Code::VagueLink, Code::TableWithoutHead, Code::NoCaptions]);
        assert!(accessibility("<h2>A</h2><img src=a alt='A shore'><a href=x>The tide table</a>").is_empty());
    }
}
