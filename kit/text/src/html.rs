//! HTML that somebody else wrote.

use markup5ever_rcdom::{Handle, NodeData};

pub use crate::convert::{Conversion, to_markdown};
use crate::{dom, safe};

/// What was taken out, and why, so that an importer can say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The element or attribute, e.g. `script`, `onclick`.
    pub what: String,
    /// How often.
    pub count: usize,
    /// What became of it.
    pub fate: Fate,
}

/// What became of something that cannot stay as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is gone: scripts, styles, forms.
    Dropped,
    /// A frame of another site became a link to it.
    BecameLink,
}

/// Cleaned HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Safe HTML.
    pub html: String,
    /// What had to go.
    pub removed: Vec<Removed>,
    /// True where there is a formula.
    pub has_math: bool,
}

/// Elements that go with all that they hold.
const ACTIVE: &[&str] =
    &["script", "style", "form", "button", "select", "textarea", "object", "embed", "applet", "link", "meta", "base"];

/// Makes foreign HTML safe to show: scripts, styles, forms and handlers go; frames become links; centred text and
/// formulas of other systems keep their meaning.
pub fn clean(html: &str) -> Cleaned {
    if dom::is_too_deep(html) {
        let removed = vec![Removed { what: "markup".to_owned(), count: 1, fate: Fate::Dropped }];
        return Cleaned { html: format!("<p>{}</p>", escape(&visible_text(html))), removed, has_math: false };
    }
    let root = dom::parse(html);
    let mut removed: Vec<Removed> = Vec::new();
    let mut note = |what: &str, fate| match removed.iter_mut().find(|r| r.what == what && r.fate == fate) {
        Some(known) => known.count += 1,
        None => removed.push(Removed { what: what.to_owned(), count: 1, fate }),
    };
    for node in dom::descendants(&root) {
        let Some(tag) = dom::tag(&node) else { continue };
        if tag == "iframe" {
            note("iframe", Fate::BecameLink);
            dom::replace(&node, frame_link(&node));
            continue;
        }
        if ACTIVE.contains(&tag) {
            note(tag, Fate::Dropped);
            continue;
        }
        if tag == "img" && equation(&node, tag).is_none() && is_elsewhere(&node) {
            note("img", Fate::BecameLink);
            dom::replace(&node, picture_link(&node));
            continue;
        }
        if let Some(tex) = equation(&node, tag) {
            dom::replace(
                &node,
                dom::parse(&format!("<span data-math=\"inline\">{}</span>", escape(&tex))).children.take(),
            );
            continue;
        }
        keep_alignment(&node);
        if let NodeData::Element { attrs, .. } = &node.data {
            for attr in attrs.borrow().iter().filter(|attr| attr.name.local.starts_with("on")) {
                note(&attr.name.local, Fate::Dropped);
            }
        }
    }
    let html = safe::finish(&dom::inner_html(&root));
    let has_math = html.contains("data-math=") || html.contains("<math");
    Cleaned { html, removed, has_math }
}

/// A frame of another site is shown as a link to it: the page stays private and fast, and nothing is lost.
fn frame_link(frame: &Handle) -> Vec<Handle> {
    let Some(src) = dom::attr(frame, "src").filter(|src| !src.trim().is_empty()) else { return Vec::new() };
    let src = if let Some(rest) = src.strip_prefix("//") { format!("https://{rest}") } else { src };
    let title = dom::attr(frame, "title").filter(|title| !title.trim().is_empty());
    let host = src.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(&src);
    let shown = title.unwrap_or_else(|| host.to_owned());
    let html = format!("<p class=\"embed\"><a href=\"{}\">{}</a></p>", escape(&src), escape(&shown));
    dom::parse(&html).children.take()
}

/// Whether a picture lies on another site: readers would tell that site what they read.
fn is_elsewhere(picture: &Handle) -> bool {
    let src = dom::attr(picture, "src").unwrap_or_default().trim().to_ascii_lowercase();
    ["http://", "https://", "//"].iter().any(|start| src.starts_with(start))
}

/// Such a picture is a link to it; within a link its description stands for it.
fn picture_link(picture: &Handle) -> Vec<Handle> {
    let src = dom::attr(picture, "src").unwrap_or_default();
    let src = if let Some(rest) = src.strip_prefix("//") { format!("https://{rest}") } else { src };
    let shown = dom::attr(picture, "alt").map(|alt| alt.trim().to_owned()).unwrap_or_default();
    if dom::parent_tag(picture).as_deref() == Some("a") {
        return dom::parse(&escape(&shown)).children.take();
    }
    if shown.is_empty() {
        // A picture without a description is decoration.
        return Vec::new();
    }
    dom::parse(&format!("<a href=\"{}\">{}</a>", escape(&src), escape(&shown))).children.take()
}

/// Canvas and Moodle keep formulas as pictures with their TeX beside them.
fn equation(node: &Handle, tag: &str) -> Option<String> {
    if tag != "img" {
        return None;
    }
    let class = dom::attr(node, "class").unwrap_or_default();
    let tex = dom::attr(node, "data-equation-content").or_else(|| {
        let is_equation = class.split_whitespace().any(|c| c == "equation_image" || c == "texrender");
        is_equation.then(|| dom::attr(node, "alt").or_else(|| dom::attr(node, "title"))).flatten()
    })?;
    let tex = tex.trim().trim_start_matches("LaTeX:").trim().to_owned();
    (!tex.is_empty()).then_some(tex)
}

fn keep_alignment(node: &Handle) {
    let style = dom::attr(node, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let align = dom::attr(node, "align").unwrap_or_default().to_ascii_lowercase();
    let class = match () {
        () if style.contains("text-align:center") || align == "center" => "align-center",
        () if style.contains("text-align:right") || style.contains("text-align:end") || align == "right" => "align-end",
        () => return,
    };
    dom::set_attr(node, "class", class);
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What sort of address stands in an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `href`: where a link leads.
    Href,
    /// `src`, `poster`: what a picture, a clip or a frame shows.
    Src,
}

/// Changes addresses: the closure answers the new one, or nothing to leave it.
pub fn rewrite_links(html: &str, mut change: impl FnMut(LinkKind, &str) -> Option<String>) -> String {
    if dom::is_too_deep(html) {
        return clean(html).html;
    }
    let root = dom::parse(html);
    for node in dom::descendants(&root) {
        for (name, kind) in
            [("href", LinkKind::Href), ("src", LinkKind::Src), ("poster", LinkKind::Src), ("data", LinkKind::Src)]
        {
            if let Some(new) = dom::attr(&node, name).and_then(|old| change(kind, &old)) {
                dom::set_attr(&node, name, &new);
            }
        }
    }
    dom::inner_html(&root)
}

/// The words that one reads, with single spaces; for search, excerpts and counting.
pub fn visible_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut skip: Option<&str> = None;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if skip.is_none() {
            out.push_str(&rest[..at]);
        }
        let Some(end) = rest[at..].find('>') else {
            rest = "";
            break;
        };
        let inside = rest[at + 1..at + end].to_ascii_lowercase();
        let name = inside.trim_start_matches('/').split([' ', '\n', '\t', '/']).next().unwrap_or_default();
        match skip {
            Some(open) if inside.starts_with('/') && name == open => skip = None,
            None if name == "script" && !inside.ends_with('/') => skip = Some("script"),
            None if name == "style" => skip = Some("style"),
            _ => {}
        }
        // Words of neighbouring blocks must not grow together; those of inline elements must not fall apart.
        if !["a", "b", "i", "em", "strong", "span", "code", "sup", "sub", "mark", "u", "s", "small", "abbr"]
            .contains(&name)
        {
            out.push(' ');
        }
        rest = &rest[at + end + 1..];
    }
    if skip.is_none() {
        out.push_str(rest);
    }
    let text = out
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_active_goes_and_is_named() {
        let cleaned = clean(
            "<p onclick=x()>Hi<script>bad()</script></p><form><input name=a></form><iframe src='//video.example/1' title='A film'></iframe>",
        );
        assert!(!cleaned.html.contains("bad"), "{}", cleaned.html);
        assert!(
            cleaned.html.contains("<a href=\"https://video.example/1\" rel=\"noopener noreferrer\">A film</a>"),
            "{}",
            cleaned.html
        );
        let what: Vec<&str> = cleaned.removed.iter().map(|r| r.what.as_str()).collect();
        assert_eq!(what, ["onclick", "script", "form", "iframe"]);
    }

    #[test]
    fn meaning_of_other_systems_is_kept() {
        let cleaned = clean(
            r#"<p style="text-align: center;"><img class="equation_image" alt="LaTeX: \frac{1}{2}" src="/equation_images/x"></p>"#,
        );
        assert!(
            cleaned.html.contains(r#"<p class="align-center"><span data-math="inline">\frac{1}{2}</span></p>"#),
            "{}",
            cleaned.html
        );
        assert!(cleaned.has_math);
    }

    #[test]
    fn addresses_are_rewritten() {
        let out = rewrite_links("<a href=a>x</a><img src='b'>", |kind, old| {
            (kind == LinkKind::Src).then(|| format!("/f/{old}"))
        });
        assert_eq!(out, "<a href=\"a\">x</a><img src=\"/f/b\">");
    }

    #[test]
    fn text_is_what_one_reads() {
        assert_eq!(visible_text("<h2>A</h2><p>b<b>c</b> &amp; d</p><script>no</script>"), "A bc & d");
    }

    #[test]
    fn a_hundred_thousand_nested_elements_do_no_harm() {
        let deep = format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert!(clean(&deep).html.len() < 10_000_000);
        let _ = to_markdown(&deep);
    }

    proptest! {
        #[test]
        fn anything_is_survived_and_clean(html in "(<[a-z!/]{0,6}[ a-z=\"':;()]{0,12}>|[ -~é]{0,9}|&[a-z#0-9]{0,4};){0,30}") {
            let cleaned = clean(&html).html.to_ascii_lowercase();
            prop_assert!(!cleaned.contains("<script") && !cleaned.contains("<style") && !cleaned.contains("<iframe"));
            prop_assert_eq!(&clean(&cleaned).html.to_ascii_lowercase().replace("<div class=\"table\">", ""), &clean(&clean(&cleaned).html).html.to_ascii_lowercase().replace("<div class=\"table\">", ""));
            let _ = to_markdown(&html);
            let _ = visible_text(&html);
            let _ = rewrite_links(&html, |_, _| Some("x".to_owned()));
        }
    }
}
