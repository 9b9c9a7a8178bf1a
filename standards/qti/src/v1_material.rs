//! The `material` of QTI 1.2 as markup.

use crate::model::Markup;
use crate::text::escaped;
use crate::xml::{Element, Node};

/// All material in an element, in order, whatever flows stand around it.
pub(crate) fn all(element: &Element) -> Vec<Markup> {
    let mut out = Vec::new();
    gather(element, &mut out);
    out
}

fn gather(element: &Element, out: &mut Vec<Markup>) {
    for child in element.children() {
        if is_piece(&child.name) {
            out.extend(piece(child));
        } else {
            gather(child, out);
        }
    }
}

fn is_piece(name: &str) -> bool {
    matches!(
        name,
        "mattext"
            | "matemtext"
            | "mat_formattedtext"
            | "matimage"
            | "mataudio"
            | "matvideo"
            | "matbreak"
            | "matapplication"
    )
}

/// One piece of material.
fn piece(element: &Element) -> Option<Markup> {
    let kind = element.attribute("texttype").or(element.attribute("type")).unwrap_or_default().to_ascii_lowercase();
    match element.name.as_str() {
        "matbreak" => Some(Markup::Html("<br/>".to_owned())),
        "matimage" | "mataudio" | "matvideo" | "matapplication" => media(element),
        _ if element.children().next().is_some() => Some(Markup::Html(element.inner().trim().to_owned())),
        name => {
            let text = element.text();
            if text.trim().is_empty() {
                return None;
            }
            let html = kind.contains("html") || name == "mat_formattedtext" && !kind.contains("plain");
            Some(if html || looks_like_html(&text) {
                Markup::Html(text.trim().to_owned())
            } else {
                Markup::Text(text.trim().to_owned())
            })
        }
    }
}

/// Plain text is the default type, but many systems put HTML there.
fn looks_like_html(text: &str) -> bool {
    text.contains("</") || text.contains("/>") || text.contains("<br>") || text.contains("<img ")
}

fn media(element: &Element) -> Option<Markup> {
    let address = element.attribute("uri").filter(|uri| !uri.is_empty())?;
    let label = element.attribute("label").unwrap_or_default();
    let address = escaped(address);
    Some(Markup::Html(match element.name.as_str() {
        "matimage" => format!("<img src=\"{address}\" alt=\"{}\"/>", escaped(label)),
        "mataudio" => format!("<audio src=\"{address}\" controls=\"controls\"></audio>"),
        "matvideo" => format!("<video src=\"{address}\" controls=\"controls\"></video>"),
        _ => format!("<a href=\"{address}\">{}</a>", escaped(if label.is_empty() { &address } else { label })),
    }))
}

/// The plain text of material, for answers that are typed.
pub(crate) fn plain(element: &Element) -> String {
    let mut out = String::new();
    for node in &element.content {
        match node {
            Node::Element(child) if is_piece(&child.name) => out.push_str(child.text().trim()),
            Node::Element(child) => out.push_str(&plain(child)),
            Node::Text(_) => {}
        }
    }
    out
}
