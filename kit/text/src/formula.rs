//! Formulas of other systems: pictures that carry their TeX, what MathJax and KaTeX leave in a page, MathML with its
//! source, and TeX between marks in the text. All become `<span data-math="inline|display">`.

use markup5ever_rcdom::{Handle, NodeData};

use crate::dom;

/// Puts spans in the place of every formula.
pub(crate) fn unify(root: &Handle) {
    for node in dom::descendants(root) {
        if let Some((tex, display)) = formula(&node) {
            dom::replace(&node, vec![span(&tex, display)]);
        }
    }
    for node in dom::descendants(root) {
        if let NodeData::Text { contents } = &node.data {
            let text = contents.borrow().to_string();
            if text.contains('\\') || text.contains("$$") {
                in_text(&node, &text);
            }
        }
    }
}

fn span(tex: &str, display: bool) -> Handle {
    let span = dom::element("span", vec![dom::words(tex)]);
    dom::set_attr(&span, "data-math", if display { "display" } else { "inline" });
    span
}

/// The TeX of an element, and whether it stands in a line of its own.
fn formula(node: &Handle) -> Option<(String, bool)> {
    let found = match dom::tag(node)? {
        "img" => picture(node).map(|tex| (tex, false)),
        "script" => {
            let kind = dom::attr(node, "type").unwrap_or_default().to_ascii_lowercase();
            kind.starts_with("math/tex").then(|| (dom::text(node), kind.contains("mode=display")))
        }
        "span" if dom::has_class(node, &["katex", "katex-display"]) => {
            let display = dom::has_class(node, &["katex-display"]);
            annotation(node).map(|tex| (tex, display))
        }
        "math" => annotation(node).map(|tex| (tex, dom::attr(node, "display").as_deref() == Some("block"))),
        _ => None,
    };
    found.map(|(tex, display)| (tex.trim().to_owned(), display)).filter(|(tex, _)| !tex.is_empty())
}

/// Classes of pictures whose description is the TeX of what they show: of Canvas, Moodle, MediaWiki.
const EQUATIONS: &[&str] =
    &["equation_image", "texrender", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display"];

/// Canvas and Moodle keep formulas as pictures with their TeX beside them.
fn picture(node: &Handle) -> Option<String> {
    let tex = dom::attr(node, "data-equation-content").or_else(|| {
        let is_equation = dom::has_class(node, EQUATIONS);
        is_equation.then(|| dom::attr(node, "alt").or_else(|| dom::attr(node, "title"))).flatten()
    })?;
    Some(tex.trim().trim_start_matches("LaTeX:").trim().to_owned())
}

/// The TeX that MathML carries as its source.
fn annotation(node: &Handle) -> Option<String> {
    let inner = dom::descendants(node);
    let source = inner.iter().find(|inner| {
        dom::tag(inner) == Some("annotation")
            && dom::attr(inner, "encoding").is_some_and(|encoding| encoding.to_ascii_lowercase().contains("tex"))
    })?;
    Some(dom::text(source))
}

/// The marks around TeX in a text, and whether they set it in a line of its own.
const MARKS: &[(&str, &str, bool)] = &[("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", true)];

/// `\(x\)`, `\[x\]` and `$$x$$` become formulas; code keeps its signs.
fn in_text(node: &Handle, text: &str) {
    if dom::is_inside(node, &["code", "pre", "kbd", "samp", "script", "style", "textarea"])
        || dom::parent(node).is_some_and(|above| dom::attr(&above, "data-math").is_some())
    {
        return;
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, tex, display, after)) = next_formula(rest) {
        if !before.is_empty() {
            parts.push(dom::words(before));
        }
        parts.push(span(tex.trim(), display));
        rest = after;
    }
    if parts.is_empty() {
        return;
    }
    if !rest.is_empty() {
        parts.push(dom::words(rest));
    }
    dom::replace(node, parts);
}

fn next_formula(text: &str) -> Option<(&str, &str, bool, &str)> {
    let open = MARKS.iter().filter_map(|(open, close, display)| Some((text.find(open)?, *open, *close, *display)));
    let (at, open, close, display) = open.min_by_key(|(at, ..)| *at)?;
    let inside = &text[at + open.len()..];
    let end = inside.find(close)?;
    let tex = &inside[..end];
    (!tex.trim().is_empty()).then(|| (&text[..at], tex, display, &inside[end + close.len()..]))
}
