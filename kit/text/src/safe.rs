//! What may stand in HTML that is shown to people. One list, for Markdown and for imported HTML alike.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Classes that the style sheets know; every other class is dropped.
const CLASSES: &[&str] = &[
    "callout",
    "callout-note",
    "callout-tip",
    "callout-important",
    "callout-warning",
    "callout-caution",
    "callout-title",
    "align-center",
    "align-end",
    "align-justify",
    "footnotes",
    "footnote-ref",
    "footnote-backref",
    "embed",
];

/// Elements beyond ammonia's own list, which has the usual ones.
const MORE_TAGS: &[&str] = &[
    "audio",
    "figure",
    "figcaption",
    "input",
    "mark",
    "math",
    "picture",
    "section",
    "source",
    "track",
    "video",
    "mi",
    "mo",
    "mn",
    "mrow",
    "msup",
    "msub",
    "msubsup",
    "mfrac",
    "msqrt",
    "mroot",
    "mtext",
    "mspace",
    "mover",
    "munder",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
    "menclose",
    "semantics",
];

pub(crate) static SAFE: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut safe = ammonia::Builder::default();
    let classes: HashSet<&str> = CLASSES.iter().copied().collect();
    let mut by_tag: HashMap<&str, HashSet<&str>> = HashMap::new();
    for tag in
        ["div", "p", "span", "section", "td", "th", "figure", "h2", "h3", "h4", "h5", "h6", "sup", "a", "blockquote"]
    {
        by_tag.insert(tag, classes.clone());
    }
    safe.add_tags(MORE_TAGS)
        .add_clean_content_tags(&["script", "style", "noscript", "template", "textarea", "select", "title"])
        .allowed_classes(by_tag)
        .add_tag_attributes("span", &["data-math", "lang"])
        .add_tag_attributes("img", &["alt", "width", "height", "loading"])
        .add_tag_attributes("video", &["src", "controls", "poster", "width", "height", "preload"])
        .add_tag_attributes("audio", &["src", "controls", "preload"])
        .add_tag_attributes("source", &["src", "type"])
        .add_tag_attributes("track", &["src", "kind", "srclang", "label", "default"])
        .add_tag_attributes("input", &["checked", "disabled"])
        .add_tag_attribute_values("input", "type", &["checkbox"])
        .add_tag_attributes("math", &["display"])
        .add_tag_attributes("code", &["lang"])
        .add_tag_attributes("a", &["id"])
        .add_tag_attributes("li", &["id"])
        .add_tag_attributes("details", &["open"])
        .add_generic_attributes(&["dir", "lang", "title"])
        .set_tag_attribute_value("img", "loading", "lazy")
        .set_tag_attribute_value("input", "disabled", "")
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .link_rel(Some("noopener noreferrer"))
        // Ids of authors must not clash with those of the page.
        .id_prefix(Some("t-"));
    safe
});

/// Cleans, then gives tables a frame that scrolls and headings an id.
pub(crate) fn finish(raw: &str) -> String {
    if crate::dom::is_too_deep(raw) {
        return format!("<p>{}</p>", crate::html::escape(&crate::html::visible_text(raw)));
    }
    let clean = SAFE.clean(raw).to_string();
    let clean =
        clean.replace("<table", "<div class=\"table\" tabindex=\"0\"><table").replace("</table>", "</table></div>");
    with_heading_ids(&clean)
}

/// `<h2>Title</h2>` becomes `<h2 id="title">`, unique within the text, so that a part of a page can be linked.
fn with_heading_ids(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut seen: HashSet<String> = HashSet::new();
    let mut rest = html;
    while let Some(at) = rest.find("<h") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let level = from.as_bytes().get(2).copied().unwrap_or(b' ');
        let closing = format!("</h{}>", char::from(level));
        let is_heading = (b'1'..=b'6').contains(&level) && from.as_bytes().get(3) == Some(&b'>');
        let Some(end) = is_heading.then(|| from.find(&closing)).flatten() else {
            out.push_str(&from[..2]);
            rest = &from[2..];
            continue;
        };
        let inner = &from[4..end];
        let base = crate::slug(&crate::html::visible_text(inner));
        let id = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") }).find(|id| !seen.contains(id));
        let id = id.unwrap_or_default();
        out.push_str(&format!("<h{} id=\"h-{id}\">{inner}{closing}", char::from(level)));
        seen.insert(id);
        rest = &from[end + closing.len()..];
    }
    out.push_str(rest);
    out
}
