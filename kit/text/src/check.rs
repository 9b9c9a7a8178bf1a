//! Whether everybody can read it: what an author should mend, with the place, and the mending (campus-rules M48).

use std::ops::Range;

use crate::spots::{self, Sort, Spot};
use crate::{block, dom};

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

/// Something that keeps somebody from reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is; also the end of its message id (`check-CODE`).
    pub code: Code,
    /// The place: a picture's address, a link's words, a heading.
    pub place: String,
    /// The level that a heading should have; 0 for everything else.
    pub level: u8,
    spot: usize,
}

/// The kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A picture says nothing to those who do not see it.
    NoAlt,
    /// The text for a picture is the name of its file.
    NameAlt,
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

/// What an author asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mend<'w> {
    /// These words: the description of a picture, the words of a link.
    Words(&'w str),
    /// The picture is decoration and needs none.
    Decoration,
    /// What can be done without words: a heading gets its level or goes, the first row of a table becomes its head.
    Plain,
}

impl Code {
    /// The end of the message id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoAlt => "no-alt",
            Self::NameAlt => "name-alt",
            Self::LongAlt => "long-alt",
            Self::HeadingJump => "heading-jump",
            Self::EmptyHeading => "empty-heading",
            Self::VagueLink => "vague-link",
            Self::EmptyLink => "empty-link",
            Self::TableWithoutHead => "table-without-head",
            Self::NoCaptions => "no-captions",
        }
    }

    /// Whether mending it needs words of the author.
    pub const fn needs_words(self) -> bool {
        matches!(self, Self::NoAlt | Self::NameAlt | Self::LongAlt | Self::VagueLink | Self::EmptyLink)
    }
}

const ALT_LENGTH_MAX: usize = 250;
const VAGUE: &[&str] =
    &["here", "click here", "this", "link", "more", "read more", "hier", "hier klicken", "mehr", "dies"];

/// Reads a text as its author writes it.
pub fn findings(written: Written, source: &str) -> Vec<Finding> {
    let spots = spots_of(written, source);
    let mut level_before = 1;
    let mut out = Vec::new();
    for (at, spot) in spots.iter().enumerate() {
        if let Some((code, place)) = fault(spot, level_before) {
            let level = if code == Code::HeadingJump { level_before + 1 } else { 0 };
            out.push(Finding { code, place: crate::excerpt(place, 80), level, spot: at });
        }
        if let Sort::Heading(level) = spot.sort {
            level_before = level;
        }
    }
    out
}

fn spots_of(written: Written, source: &str) -> Vec<Spot> {
    match written {
        Written::Markdown => spots::of_markdown(source),
        Written::Html => spots::of_html(source),
    }
}

fn fault(spot: &Spot, level_before: u8) -> Option<(Code, &str)> {
    let words = spot.words.as_str();
    match spot.sort {
        Sort::Picture if spot.is_decoration => None,
        Sort::Picture if words.trim().is_empty() => Some((Code::NoAlt, &spot.address)),
        Sort::Picture if is_file_name(words) => Some((Code::NameAlt, words)),
        Sort::Picture => (words.chars().count() > ALT_LENGTH_MAX).then_some((Code::LongAlt, words)),
        Sort::Heading(_) if words.is_empty() => Some((Code::EmptyHeading, "")),
        Sort::Heading(level) => (level > level_before + 1).then_some((Code::HeadingJump, words)),
        Sort::Link if words.is_empty() => (!spot.has_picture).then_some((Code::EmptyLink, &spot.address)),
        Sort::Link => {
            let vague = VAGUE.contains(&words.to_lowercase().trim_end_matches('.')) || words.starts_with("http");
            vague.then_some((Code::VagueLink, words))
        }
        Sort::Table => (!spot.has_head).then_some((Code::TableWithoutHead, words)),
        Sort::Film => (!spot.has_captions).then_some((Code::NoCaptions, &spot.address)),
    }
}

/// `about_ally.png`, `IMG_2034`: what a camera or an editor calls a picture.
fn is_file_name(words: &str) -> bool {
    let lower = words.trim().to_lowercase();
    let ending = lower.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    let is_picture = ["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "tif", "tiff", "heic"].contains(&ending);
    let camera = ["img", "dsc", "dscn", "image", "screenshot", "picture", "bild", "bildschirmfoto"];
    let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ' ' | '(' | ')'));
    is_picture || (stem.len() < lower.len() && camera.contains(&stem))
}

/// The text with one finding mended; nothing where that cannot be done, or where the finding is not of this text.
pub fn mend(written: Written, source: &str, finding: &Finding, how: Mend<'_>) -> Option<String> {
    let spots = spots_of(written, source);
    let spot = spots.get(finding.spot)?;
    if !findings(written, source).contains(finding) {
        return None;
    }
    let mended = match (written, &spot.place) {
        (Written::Html, _) => in_html(source, spot.number, finding, how)?,
        (Written::Markdown, Some(place)) if spot.is_html => {
            put(source, place, &in_html(&source[place.clone()], spot.number, finding, how)?)
        }
        (Written::Markdown, Some(place)) => {
            put(source, place, &in_markdown(&source[place.clone()], spot, finding, how)?)
        }
        (Written::Markdown, None) => return None,
    };
    // What changed nothing has mended nothing.
    (mended != source).then_some(mended)
}

fn put(source: &str, place: &Range<usize>, new: &str) -> String {
    [&source[..place.start], new, &source[place.end..]].concat()
}

fn in_markdown(old: &str, spot: &Spot, finding: &Finding, how: Mend<'_>) -> Option<String> {
    let safe = |words: &str| block::escape(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    match (spot.sort, how) {
        (Sort::Picture, Mend::Words(words)) if !words.trim().is_empty() => {
            let rest = old.strip_prefix("![").and_then(|_| old.rfind("](").or_else(|| old.rfind("][")))?;
            Some(format!("![{}{}", safe(words), &old[rest..]))
        }
        (Sort::Picture, Mend::Decoration) => old
            .starts_with("![")
            .then(|| format!("<img src=\"{}\" alt=\"\" role=\"presentation\">", crate::html::escape(&spot.address))),
        (Sort::Link, Mend::Words(words)) if !words.trim().is_empty() => {
            let words = safe(words);
            match old.strip_prefix('[').and_then(|_| old.rfind("](").or_else(|| old.rfind("]["))) {
                Some(rest) => Some(format!("[{words}{}", &old[rest..])),
                None => Some(format!("[{words}]({})", block::address(&spot.address))),
            }
        }
        (Sort::Heading(_), Mend::Plain) if finding.code == Code::EmptyHeading => Some(String::new()),
        (Sort::Heading(level), Mend::Plain) => {
            let marks = old.chars().take_while(|c| *c == '#').count();
            let wanted = marks.checked_sub(usize::from(level - finding.level)).filter(|wanted| *wanted > 0)?;
            Some(format!("{}{}", "#".repeat(wanted), &old[marks..]))
        }
        _ => None,
    }
}

fn in_html(html: &str, number: usize, finding: &Finding, how: Mend<'_>) -> Option<String> {
    let root = dom::parse(html);
    let node = spots::elements(&root).into_iter().nth(number)?;
    match (finding.code, how) {
        (Code::NoAlt | Code::NameAlt | Code::LongAlt, Mend::Words(words)) if !words.trim().is_empty() => {
            dom::set_attr(&node, "alt", words.trim());
        }
        (Code::NoAlt | Code::NameAlt | Code::LongAlt, Mend::Decoration) => {
            dom::set_attr(&node, "alt", "");
            dom::set_attr(&node, "role", "presentation");
        }
        (Code::VagueLink | Code::EmptyLink, Mend::Words(words)) if !words.trim().is_empty() => {
            *node.children.borrow_mut() = Vec::new();
            let text = dom::words(words.trim());
            text.parent.set(Some(std::rc::Rc::downgrade(&node)));
            node.children.borrow_mut().push(text);
        }
        (Code::EmptyHeading, Mend::Plain) => dom::remove(&node),
        (Code::HeadingJump, Mend::Plain) => {
            dom::rename(&node, &format!("h{}", finding.level));
        }
        (Code::TableWithoutHead, Mend::Plain) => {
            let row = dom::descendants(&node).into_iter().find(|inner| dom::tag(inner) == Some("tr"))?;
            let cells: Vec<_> =
                row.children.borrow().iter().filter(|cell| dom::tag(cell) == Some("td")).cloned().collect();
            for cell in cells {
                dom::rename(&cell, "th");
            }
        }
        _ => return None,
    }
    Some(dom::inner_html(&root))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(written: Written, source: &str) -> Vec<Code> {
        findings(written, source).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn finds_what_shuts_somebody_out() {
        let html = "<h2>A</h2><h4>B</h4><img src=a.png><a href=x>click here</a><table><tr><td>1</td></tr></table><video src=v></video>";
        let expected = [Code::HeadingJump, Code::NoAlt, Code::VagueLink, Code::TableWithoutHead, Code::NoCaptions];
        assert_eq!(codes(Written::Html, html), expected);
        assert_eq!(
            codes(
                Written::Html,
                "<h2>A</h2><img src=a alt='A shore'><img src=b alt='' role=presentation><a href=x>The tide table</a>"
            ),
            []
        );
        let markdown = "## A\n\n#### B\n\n![](a.png) and [here](x), <https://e.example/x>\n\n<video src=\"v\"></video>\n\n> - ![](b.png)\n";
        assert_eq!(
            codes(Written::Markdown, markdown),
            [Code::HeadingJump, Code::NoAlt, Code::VagueLink, Code::VagueLink, Code::NoCaptions, Code::NoAlt]
        );
    }

    /// Mends everything that can be, with the same words, and answers what is left.
    fn mended(written: Written, source: &str) -> String {
        let mut source = source.to_owned();
        let mut at = 0;
        while let Some(finding) = findings(written, &source).get(at).cloned() {
            let how = if finding.code.needs_words() { Mend::Words("A [good] word") } else { Mend::Plain };
            match mend(written, &source, &finding, how) {
                Some(better) => source = better,
                None => at += 1,
            }
        }
        source
    }

    #[test]
    fn each_is_mended_where_it_stands() {
        for (source, expected) in [
            ("## A\n\n#### B", "## A\n\n### B"),
            ("# A\n\n### B", "# A\n\n## B"),
            ("text ![](a.png \"t\") more", "text ![A \\[good\\] word](a.png \"t\") more"),
            (
                "> - see [here](x_y.html)\n> - é ![](<a b.png>)",
                "> - see [A \\[good\\] word](x_y.html)\n> - é ![A \\[good\\] word](<a b.png>)",
            ),
            ("see <https://e.example/x>.", "see [A \\[good\\] word](https://e.example/x)."),
            ("see https://e.example/x now", "see [A \\[good\\] word](https://e.example/x) now"),
            ("a\n\n##\n\nb", "a\n\n\n\nb"),
            (
                "x\n\n<table><tbody><tr><td>1</td></tr></tbody></table>\n\ny",
                "x\n\n<table><tbody><tr><th>1</th></tr></tbody></table>\n\ny",
            ),
            ("| a | b |\n|---|---|\n| ![](a.png) | x |", "| a | b |\n|---|---|\n| ![A \\[good\\] word](a.png) | x |"),
        ] {
            assert_eq!(mended(Written::Markdown, source).trim_end(), expected, "{source}");
        }
        let html = "<h2>A</h2><h4>B</h4><img src=\"a\"><a href=\"x\"></a><h3></h3><table><tbody><tr><td>1</td></tr></tbody></table>";
        assert_eq!(
            mended(Written::Html, html),
            "<h2>A</h2><h3>B</h3><img src=\"a\" alt=\"A [good] word\"><a href=\"x\">A [good] word</a><table><tbody><tr><th>1</th></tr></tbody></table>"
        );
    }

    #[test]
    fn the_name_of_a_file_describes_nothing() {
        for name in ["about_ally.png", "IMG_2034", "Screenshot 2024-01-05", "image1", "DSC-0001.JPG"] {
            assert_eq!(codes(Written::Markdown, &format!("![{name}](a)")), [Code::NameAlt], "{name}");
        }
        for words in ["A shore", "Image of the moon", "Apollo 11", "Picture"] {
            assert_eq!(codes(Written::Markdown, &format!("![{words}](a)")), [], "{words}");
        }
    }

    #[test]
    fn a_picture_may_be_decoration() {
        let source = "a ![](a.png) b";
        let finding = findings(Written::Markdown, source).remove(0);
        let better = mend(Written::Markdown, source, &finding, Mend::Decoration).unwrap();
        assert_eq!(better, "a <img src=\"a.png\" alt=\"\" role=\"presentation\"> b");
        assert_eq!(findings(Written::Markdown, &better), []);
        // A finding of another text mends nothing.
        assert_eq!(mend(Written::Markdown, "nothing", &finding, Mend::Decoration), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(source in "([#>*-]{0,3} ?|!?\\[[a-z]{0,4}\\]\\([a-z.]{0,4}\\)|<(img|a|table|td|h4|/a|/table)( src=x)?>|[a-zé \n|]{0,6}){0,20}") {
            for written in [Written::Markdown, Written::Html] {
                for finding in findings(written, &source) {
                    for how in [Mend::Words("words"), Mend::Decoration, Mend::Plain] {
                        let _ = mend(written, &source, &finding, how);
                    }
                }
            }
        }
    }
}
