//! What may stand in HTML that is shown to people. One list, for Markdown and for imported HTML alike.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Classes that the style sheets know; every other class is dropped.
pub(crate) const CLASSES: &[&str] = &[
    "callout",
    "callout-note",
    "callout-tip",
    "callout-important",
    "callout-warning",
    "callout-caution",
    "callout-title",
    "align-center",
    "align-end",
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
    for tag in [
        "div",
        "p",
        "span",
        "section",
        "td",
        "th",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "sup",
        "a",
        "blockquote",
    ] {
        by_tag.insert(tag, classes.clone());
    }
    safe.add_tags(MORE_TAGS)
        .add_clean_content_tags(&[
            "script",
            "style",
            "noscript",
            "template",
            "textarea",
            "select",
            "title",
            "svg",
            "annotation",
            "annotation-xml",
        ])
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
        .add_tag_attributes("details", &["open"])
        .add_generic_attributes(&["dir", "id", "lang", "title"])
        .set_tag_attribute_value("img", "loading", "lazy")
        .set_tag_attribute_value("input", "disabled", "")
        .add_tag_attribute_values("img", "role", &["presentation"])
        .url_schemes(["http", "https", "mailto", "tel", "data"].into_iter().collect())
        .attribute_filter(|tag, name, value| {
            let is_data = value.trim_start().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
            (!is_data || (tag == "img" && name == "src" && is_picture(value))).then(|| value.into())
        })
        .link_rel(Some("noopener noreferrer"))
        // Ids of authors must not clash with those of the page.
        .id_prefix(Some("t-"));
    safe
});

/// Pictures that may stand in a text itself: those that cannot hold anything else.
fn is_picture(address: &str) -> bool {
    let kinds = ["png", "jpeg", "jpg", "gif", "webp"];
    let rest = address.trim_start().strip_prefix("data:image/");
    rest.and_then(|rest| rest.split_once(";base64,")).is_some_and(|(kind, _)| kinds.contains(&kind))
}

/// Cleans, gives tables a frame that scrolls and headings an id, and leads links within the text to their places.
pub(crate) fn finish(raw: &str) -> String {
    if crate::dom::is_too_deep(raw) {
        return format!("<p>{}</p>", crate::html::escape(&crate::html::visible_text(raw)));
    }
    let clean = SAFE.clean(raw).to_string();
    let clean =
        clean.replace("<table", "<div class=\"table\" tabindex=\"0\"><table").replace("</table>", "</table></div>");
    with_players(&with_places(&with_heading_ids(&without_empty_heads(&clean))))
}

/// A head cell without words heads nothing, and would be read out as one that does: it becomes an ordinary cell.
fn without_empty_heads(html: &str) -> String {
    const START: &str = "<th";
    const END: &str = "</th>";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(START) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let tag = from.find('>').map_or(from, |end| &from[..=end]);
        let inner = &from[tag.len()..];
        let is_empty =
            matches!(tag.as_bytes().get(START.len()), Some(b'>' | b' ')) && inner.trim_start().starts_with(END);
        if is_empty {
            out.push_str("<td");
            out.push_str(&tag[START.len()..]);
            out.push_str("</td>");
            rest = &inner.trim_start()[END.len()..];
        } else {
            out.push_str(tag);
            rest = inner;
        }
    }
    out.push_str(rest);
    out
}

/// A link to a clip that has a player, alone in its paragraph, is marked: a reader can have it played where it stands.
fn with_players(html: &str) -> String {
    const START: &str = "<p><a href=\"";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(START) {
        let (before, from) = rest.split_at(at);
        let link = &from[START.len()..];
        let address = link.split('"').next().unwrap_or_default().replace("&amp;", "&");
        let is_alone = link
            .find("</p>")
            .is_some_and(|end| link[..end].matches("</a>").count() == 1 && link[..end].ends_with("</a>"));
        let is_clip = is_alone && crate::embed::player(&address).is_some();
        out.push_str(before);
        out.push_str(if is_clip { "<p class=\"embed\"><a href=\"" } else { START });
        rest = link;
    }
    out.push_str(rest);
    out
}

/// What the ids of headings begin with.
pub(crate) const HEADING: &str = "h-";

/// `<h2>Title</h2>` becomes `<h2 id="h-title">`, unique within the text, so that a part of a page can be linked; an id of
/// its own stays.
fn with_heading_ids(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut seen: HashSet<String> = HashSet::new();
    let mut rest = html;
    while let Some(at) = rest.find("<h") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let level = from.as_bytes().get(2).copied().unwrap_or(b' ');
        let closing = format!("</h{}>", char::from(level));
        let is_heading = (b'1'..=b'6').contains(&level) && matches!(from.as_bytes().get(3), Some(b'>' | b' '));
        let parts = is_heading.then(|| Some((from.find('>')?, from.find(&closing)?))).flatten();
        let Some((tag, end)) = parts.filter(|(tag, end)| tag < end) else {
            out.push_str(&from[..2]);
            rest = &from[2..];
            continue;
        };
        let (attributes, inner) = (&from[3..tag], &from[tag + 1..end]);
        if attributes.contains(" id=\"") {
            out.push_str(&from[..end]);
        } else {
            let base = crate::slug(&crate::html::visible_text(inner));
            let numbered = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") });
            let id = numbered.into_iter().find(|id| !seen.contains(id)).unwrap_or_default();
            out.push_str(&format!("<h{}{attributes} id=\"{HEADING}{id}\">{inner}", char::from(level)));
            seen.insert(id);
        }
        out.push_str(&closing);
        rest = &from[end + closing.len()..];
    }
    out.push_str(rest);
    out
}

/// Ids in the text have a mark before them, so that links to them need it too: `#note` leads to `t-note`, and
/// `#the-title` to the heading of that title.
fn with_places(html: &str) -> String {
    const LINK: &str = " href=\"#";
    if !html.contains(LINK) {
        return html.to_owned();
    }
    let ids: HashSet<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = rest.find(LINK) {
        let (before, from) = rest.split_at(at + LINK.len());
        out.push_str(before);
        let end = from.find('"').unwrap_or(from.len());
        let name = &from[..end];
        let candidates = [name.to_owned(), format!("t-{name}"), format!("{HEADING}{}", crate::slug(name))];
        let found = candidates.iter().find(|candidate| ids.contains(candidate.as_str()));
        out.push_str(found.map_or(name, String::as_str));
        rest = &from[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_cell_without_words_is_an_ordinary_cell() {
        let head = "<thead><tr><th></th><th>Kelp</th><th class=\"align-right\"> </th></tr></thead>";
        let plain = "<thead><tr><td></td><th>Kelp</th><td class=\"align-right\"></td></tr></thead>";
        assert_eq!(without_empty_heads(head), plain);
        assert_eq!(without_empty_heads("<th"), "<th");
    }
}
