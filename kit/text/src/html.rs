//! HTML that somebody else wrote.

use std::collections::HashSet;

use markup5ever_rcdom::{Handle, NodeData};

pub use crate::convert::{Conversion, to_markdown};
use crate::embed::{self, Instead, is_elsewhere};
use crate::tidy::{PLACE, tidy};
use crate::{dom, formula, safe};

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

/// Elements that go, most with all that they hold.
const ACTIVE: &[&str] =
    &["script", "style", "form", "button", "select", "textarea", "applet", "link", "meta", "base", "svg", "template"];

/// Makes foreign HTML safe to show: scripts, styles, forms and handlers go; frames become links, or what they showed
/// where it lies in the course; alignment, emphasis and formulas of other systems keep their meaning; boxes and marks
/// that mean nothing are taken off.
///
/// What is clean already stays as it is: cleaning twice changes nothing more.
pub fn clean(html: &str) -> Cleaned {
    if dom::is_too_deep(html) {
        let removed = vec![Removed { what: "markup".to_owned(), count: 1, fate: Fate::Dropped }];
        return Cleaned { html: format!("<p>{}</p>", escape(&visible_text(html))), removed, has_math: false };
    }
    let root = dom::parse(html);
    let mut removed = Vec::new();
    formula::unify(&root);
    for node in dom::descendants(&root) {
        replace_active(&node, &mut removed);
        keep_alignment(&node);
    }
    keep_places(&root);
    tidy(&root);
    let html = safe::finish(&dom::inner_html(&root));
    let has_math = html.contains("data-math=") || html.contains("<math");
    Cleaned { html, removed, has_math }
}

fn note(removed: &mut Vec<Removed>, what: &str, fate: Fate) {
    match removed.iter_mut().find(|r| r.what == what && r.fate == fate) {
        Some(known) => known.count += 1,
        None => removed.push(Removed { what: what.to_owned(), count: 1, fate }),
    }
}

/// Puts something that does nothing by itself in the place of an element that does, and notes what goes.
fn replace_active(node: &Handle, removed: &mut Vec<Removed>) {
    let Some(tag) = dom::tag(node) else { return };
    if let NodeData::Element { attrs, .. } = &node.data {
        for attr in attrs.borrow().iter().filter(|attr| attr.name.local.starts_with("on")) {
            note(removed, &attr.name.local, Fate::Dropped);
        }
    }
    match tag {
        "iframe" | "object" | "embed" => match embed::instead(node) {
            Instead::Shown(nodes) => dom::replace(node, nodes),
            Instead::Link(nodes) => {
                note(removed, tag, Fate::BecameLink);
                dom::replace(node, nodes);
            }
            Instead::Words(nodes) => {
                note(removed, tag, Fate::Dropped);
                dom::replace(node, nodes);
            }
        },
        "img"
            if is_elsewhere(&dom::attr(node, "src").unwrap_or_default())
                && !dom::has_class(node, &["media_comment_thumbnail"]) =>
        {
            note(removed, "img", Fate::BecameLink);
            dom::replace(node, embed::picture(node));
        }
        "a" => {
            if let Some(player) = embed::comment(node) {
                dom::replace(node, player);
            }
        }
        tag if ACTIVE.contains(&tag) => note(removed, tag, Fate::Dropped),
        _ => {}
    }
}

fn keep_alignment(node: &Handle) {
    let style = dom::attr(node, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let align = dom::attr(node, "align").unwrap_or_default().to_ascii_lowercase();
    let class = match () {
        () if style.contains("text-align:center") || align == "center" => "align-center",
        () if style.contains("text-align:right") || style.contains("text-align:end") || align == "right" => "align-end",
        () => return,
    };
    // A table or a picture that is aligned stands beside the text; only words are.
    if !matches!(dom::tag(node), Some("table" | "img" | "span" | "hr" | "iframe" | "ul" | "ol" | "li")) {
        dom::set_attr(node, "class", class);
    }
}

/// Ids of places that a link of this text or of another leads to get a mark, so that they cannot be those of the page
/// around the text; all other ids go.
fn keep_places(root: &Handle) {
    let nodes = dom::descendants(root);
    let plain = |name: &str| name.strip_prefix(PLACE).unwrap_or(name).to_owned();
    let led_to: HashSet<String> = nodes
        .iter()
        .filter_map(|node| dom::attr(node, "href")?.strip_prefix('#').map(plain))
        .filter(|name| !name.is_empty())
        .collect();
    for node in &nodes {
        let Some(tag) = dom::tag(node) else { continue };
        let named = dom::attr(node, "id").or_else(|| dom::attr(node, "name").filter(|_| tag == "a"));
        let Some(name) = named.map(|name| plain(name.trim())) else { continue };
        let is_heading = matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let is_own = is_heading && name.starts_with(safe::HEADING);
        let is_place = is_heading || (tag == "a" && dom::attr(node, "href").is_none()) || led_to.contains(&name);
        if is_own || !is_place || name.is_empty() || name.contains(char::is_whitespace) {
            dom::drop_attr(node, "id");
        } else {
            dom::set_attr(node, "id", &format!("{PLACE}{name}"));
        }
    }
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

/// Formulas as most systems read them in a text: `\(x\)` and `\[x\]` in place of the marks of this one.
pub fn with_plain_formulas(html: &str) -> String {
    if !html.contains("data-math") || dom::is_too_deep(html) {
        return html.to_owned();
    }
    let root = dom::parse(html);
    for node in dom::descendants(&root) {
        let Some(math) = dom::attr(&node, "data-math") else { continue };
        let tex = dom::text(&node);
        let written = if math == "display" { format!("\\[{tex}\\]") } else { format!("\\({tex}\\)") };
        let span = dom::element("span", vec![dom::words(&written)]);
        dom::set_attr(&span, "class", "math_equation_latex");
        dom::replace(&node, vec![span]);
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
    fn formulas_go_out_and_come_back() {
        let own = clean(
            "<p>If <span data-math=\"inline\">a&lt;b</span>, then</p><p><span data-math=\"display\">x^2</span></p>",
        )
        .html;
        let out = with_plain_formulas(&own);
        assert!(out.contains("<span class=\"math_equation_latex\">\\(a&lt;b\\)</span>"), "{out}");
        assert_eq!(clean(&out).html, own);
    }

    #[test]
    fn formulas_of_all_systems_are_one() {
        for html in [
            "<img class=\"equation_image\" alt=\"LaTeX: x^2\" src=\"/equation_images/x\">",
            "<img src=\"https://e.example/a.png\" data-equation-content=\"x^2\">",
            "<script type=\"math/tex\">x^2</script>",
            "\\(x^2\\)",
            "<span class=\"katex\"><math><semantics><mi>x</mi><annotation encoding=\"application/x-tex\">x^2</annotation></semantics></math><span class=\"katex-html\">x2</span></span>",
            "<math><semantics><mi>x</mi><annotation encoding=\"application/x-tex\">x^2</annotation></semantics></math>",
        ] {
            let cleaned = clean(&format!("<p>{html}</p>"));
            assert_eq!(cleaned.html, "<p><span data-math=\"inline\">x^2</span></p>", "{html}");
            assert!(cleaned.has_math && cleaned.removed.is_empty(), "{html}: {:?}", cleaned.removed);
        }
        assert_eq!(clean("<p><code>\\(x\\)</code></p>").html, "<p><code>\\(x\\)</code></p>");
        assert_eq!(clean("<p>It costs $5 or $6</p>").html, "<p>It costs $5 or $6</p>");
    }

    #[test]
    fn frames_and_objects_are_what_they_show() {
        for (html, expected) in [
            ("<iframe src=\"files/a.mp4\"></iframe>", "<video controls=\"\" src=\"files/a.mp4\"></video>"),
            (
                "<iframe src=\"files/a.pdf\" title=\"Plan\"></iframe>",
                "<p><a href=\"files/a.pdf\" rel=\"noopener noreferrer\">Plan</a></p>",
            ),
            (
                "<object data=\"files/a.png\" type=\"image/png\"></object>",
                "<p><img src=\"files/a.png\" loading=\"lazy\"></p>",
            ),
            (
                "<object><param name=\"movie\" value=\"//www.youtube.com/v/1C8sxbtZBYU\"><embed src=\"x\"></object>",
                "<p class=\"embed\"><a href=\"https://www.youtube.com/watch?v=1C8sxbtZBYU\" rel=\"noopener noreferrer\">www.youtube.com</a></p>",
            ),
            ("<object><p>Words for others</p></object>", "<p>Words for others</p>"),
            (
                "<p><a class=\"instructure_inline_media_comment video_comment\" href=\"files/m.mp4\">this is a media comment</a></p>",
                "<p><video controls=\"\" src=\"files/m.mp4\"></video></p>",
            ),
        ] {
            assert_eq!(clean(html).html, expected, "{html}");
        }
    }

    #[test]
    fn letters_may_be_pictures_and_nothing_else() {
        let out = clean("<img src=\"data:image/png;base64,AAAA\" alt=\"a\"><img src=\"data:image/svg+xml;base64,AAAA\"><a href=\"data:text/html,x\">b</a><a href=\" DATA:text/html,x\">c</a><video src=\"data:video/mp4;base64,A\"></video>").html;
        assert_eq!(out.matches("data:").count(), 1, "{out}");
        assert!(!out.to_lowercase().contains("data:text"), "{out}");
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
