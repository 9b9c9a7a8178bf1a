//! The places of a text that can keep somebody from reading it, found in the source, so that they can be mended there.

use std::ops::Range;

use comrak::nodes::{Node, NodeValue, Sourcepos};
use comrak::{Arena, parse_document};
use markup5ever_rcdom::Handle;

use crate::embed::is_elsewhere;
use crate::{dom, markdown};

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Picture,
    /// With the level that readers see.
    Heading(u8),
    Link,
    Table,
    Film,
}

/// A place.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) sort: Sort,
    /// Its words: those of a heading, a link, a table; the description of a picture.
    pub(crate) words: String,
    pub(crate) address: String,
    pub(crate) is_decoration: bool,
    pub(crate) has_picture: bool,
    pub(crate) has_head: bool,
    pub(crate) has_captions: bool,
    /// Where it stands in a Markdown source; of HTML within it, where that HTML stands.
    pub(crate) place: Option<Range<usize>>,
    /// Whether it is an element of HTML, and the how manieth of its HTML.
    pub(crate) is_html: bool,
    pub(crate) number: usize,
}

impl Spot {
    fn new(sort: Sort, words: String, address: String) -> Self {
        Self {
            sort,
            words,
            address,
            is_decoration: false,
            has_picture: false,
            has_head: false,
            has_captions: false,
            place: None,
            is_html: false,
            number: 0,
        }
    }
}

/// The elements of HTML that are looked at, in their order.
pub(crate) fn elements(root: &Handle) -> Vec<Handle> {
    let is_looked_at = |node: &Handle| match dom::tag(node) {
        Some("img" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "video") => true,
        Some("a") => dom::attr(node, "href").is_some(),
        _ => false,
    };
    dom::descendants(root).into_iter().filter(is_looked_at).collect()
}

pub(crate) fn of_html(html: &str) -> Vec<Spot> {
    if dom::is_too_deep(html) {
        return Vec::new();
    }
    let root = dom::parse(html);
    elements(&root).iter().enumerate().filter_map(|(number, node)| of_element(node, number)).collect()
}

fn of_element(node: &Handle, number: usize) -> Option<Spot> {
    let tag = dom::tag(node)?;
    let attr = |name: &str| dom::attr(node, name).unwrap_or_default();
    let has = |tag: &str| dom::descendants(node).iter().any(|inner| dom::tag(inner) == Some(tag));
    let words = || dom::text(node).split_whitespace().collect::<Vec<_>>().join(" ");
    let spot = match tag {
        "img" => {
            Spot { is_decoration: attr("role") == "presentation", ..Spot::new(Sort::Picture, attr("alt"), attr("src")) }
        }
        "a" => Spot { has_picture: has("img"), ..Spot::new(Sort::Link, words(), attr("href")) },
        "table" => Spot { has_head: has("th"), ..Spot::new(Sort::Table, words(), String::new()) },
        "video" => Spot { has_captions: has("track"), ..Spot::new(Sort::Film, String::new(), attr("src")) },
        _ => {
            let level = tag.as_bytes().get(1).map_or(2, |digit| digit - b'0');
            Spot { has_picture: has("img"), ..Spot::new(Sort::Heading(level.max(2)), words(), String::new()) }
        }
    };
    Some(Spot { is_html: true, number, ..spot })
}

pub(crate) fn of_markdown(source: &str) -> Vec<Spot> {
    let source = &source[..source.floor_char_boundary(markdown::SOURCE_BYTES_MAX)];
    let lines = line_starts(source);
    let arena = Arena::new();
    let root = parse_document(&arena, source, &markdown::comrak_options());
    let has_first = |node: Node<'_>| matches!(&node.data().value, NodeValue::Heading(heading) if heading.level == 1);
    let shift = u8::from(root.descendants().any(has_first));
    let mut out = Vec::new();
    for node in root.descendants() {
        let place = place_of(source, &lines, node.data().sourcepos);
        let words = || markdown::text_of(node).split_whitespace().collect::<Vec<_>>().join(" ");
        let spot = match &node.data().value {
            NodeValue::Image(image) if !is_elsewhere(&image.url) => {
                Spot::new(Sort::Picture, words(), image.url.clone())
            }
            NodeValue::Heading(heading) => {
                Spot::new(Sort::Heading((heading.level + shift).min(6)), words(), String::new())
            }
            NodeValue::Link(link) => {
                let has_picture = node.descendants().any(|inner| matches!(inner.data().value, NodeValue::Image(_)));
                Spot { has_picture, ..Spot::new(Sort::Link, words(), link.url.clone()) }
            }
            NodeValue::HtmlBlock(html) => {
                out.extend(of_html(&html.literal).into_iter().map(|spot| Spot { place: place.clone(), ..spot }));
                continue;
            }
            // A tag alone: a link's words are not in it, and the captions of a film come after it.
            NodeValue::HtmlInline(html) => {
                let is_alone = |spot: &Spot| matches!(spot.sort, Sort::Picture | Sort::Film);
                let spots = of_html(html).into_iter().filter(is_alone);
                let has_captions = has_captions(node);
                out.extend(spots.map(|spot| Spot { place: place.clone(), has_captions, ..spot }));
                continue;
            }
            _ => continue,
        };
        out.push(Spot { place, ..spot });
    }
    out
}

/// Whether captions stand between the tag that opens a film and the one that closes it.
fn has_captions(film: Node<'_>) -> bool {
    let tags = film.following_siblings().skip(1).filter_map(|node| match &node.data().value {
        NodeValue::HtmlInline(html) => Some(html.to_ascii_lowercase()),
        _ => None,
    });
    tags.take_while(|tag| !tag.starts_with("</video")).any(|tag| tag.starts_with("<track"))
}

/// Where each line begins.
fn line_starts(source: &str) -> Vec<usize> {
    std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The bytes of a source position; none where it does not lie in the source.
fn place_of(source: &str, lines: &[usize], at: Sourcepos) -> Option<Range<usize>> {
    let byte = |line: usize, column: usize| Some(lines.get(line.checked_sub(1)?)? + column);
    let start = byte(at.start.line, at.start.column.checked_sub(1)?)?;
    let end = byte(at.end.line, at.end.column)?.min(source.len());
    (start <= end && source.is_char_boundary(start) && source.is_char_boundary(end)).then_some(start..end)
}
