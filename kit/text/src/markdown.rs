//! Markdown as Stoa writes it: CommonMark with tables, task lists, footnotes, strikethrough, description lists,
//! callouts (`> [!NOTE]`) and math (`$x$`, `$$x$$`).

use comrak::nodes::{Node, NodeLink, NodeValue};
use comrak::{Arena, Options as Comrak, format_html, parse_document};

pub use crate::addresses::map_addresses;
use crate::embed::is_elsewhere;
use crate::safe;

/// Words that one reads in a minute.
const WORDS_PER_MINUTE: usize = 180;
/// Longer sources are cut; no page that people read comes near.
pub const SOURCE_BYTES_MAX: usize = 2 << 20;

/// Where an address leads; none where it stays as it is.
pub type Resolve<'o> = dyn Fn(&str) -> Option<String> + 'o;

/// How a source is rendered.
#[derive(Default)]
pub struct Options<'o> {
    /// Where a link or picture of the source leads: `page:tides`, `files/shore.svg`. Nothing leaves it as it is.
    pub resolve: Option<&'o Resolve<'o>>,
    /// The title of a callout that has none of its own, by its kind (`note`, `tip`, `important`, `warning`, `caution`), in
    /// the language of the text; in English where nobody says.
    pub callout: Option<&'o dyn Fn(&str) -> String>,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").field("resolve", &self.resolve.is_some()).finish_non_exhaustive()
    }
}

/// A heading of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: a page's title is its only first.
    pub level: u8,
    /// Its words.
    pub text: String,
}

/// A rendered source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML.
    pub html: String,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Where links lead, after resolving.
    pub links: Vec<String>,
    /// Where pictures come from, after resolving.
    pub images: Vec<String>,
    /// Words that are read.
    pub words: usize,
    /// Minutes to read them, at least 1 where there are any.
    pub minutes: usize,
    /// True where there is a formula.
    pub has_math: bool,
}

pub(crate) fn comrak_options() -> Comrak<'static> {
    let mut options = Comrak::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.description_lists = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    options.extension.wikilinks_title_after_pipe = true;
    // Raw HTML passes here and is cleaned below, together with everything else.
    options.render.r#unsafe = true;
    options
}

/// Renders a source to safe HTML. A first-level heading moves all headings one level down.
pub fn to_html(source: &str, options: &Options<'_>) -> Rendered {
    let source = &source[..source.floor_char_boundary(SOURCE_BYTES_MAX)];
    let comrak = comrak_options();
    let arena = Arena::new();
    let root = parse_document(&arena, source, &comrak);
    let mut out = Rendered::default();
    shift_headings(root);
    for node in root.descendants().collect::<Vec<_>>() {
        visit(node, options, &mut out);
    }
    let mut raw = String::with_capacity(source.len() * 2);
    if format_html(root, &comrak, &mut raw).is_err() {
        return out;
    }
    let raw = own_classes(&raw);
    // Frames and pictures of other sites can only stand in HTML within the Markdown.
    let is_foreign =
        root.descendants().any(|node| matches!(&node.data().value, NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_)));
    out.html = if is_foreign { crate::html::clean(&raw).html } else { safe::finish(&raw) };
    out.words = crate::html::visible_text(&out.html).split_whitespace().count();
    out.minutes = out.words.div_ceil(WORDS_PER_MINUTE);
    out
}

fn shift_headings(root: Node<'_>) {
    let is_first = |node: Node<'_>| matches!(&node.data().value, NodeValue::Heading(heading) if heading.level == 1);
    if !root.descendants().any(is_first) {
        return;
    }
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data_mut().value {
            heading.level = (heading.level + 1).min(6);
        }
    }
}

fn visit(node: Node<'_>, options: &Options<'_>, out: &mut Rendered) {
    let resolve = |url: &mut String| {
        if let Some(to) = options.resolve.and_then(|resolve| resolve(url)) {
            *url = to;
        }
        url.clone()
    };
    let mut becomes = None;
    let heading = match &mut node.data_mut().value {
        NodeValue::Link(link) => {
            out.links.push(resolve(&mut link.url));
            None
        }
        NodeValue::Image(image) => {
            let url = resolve(&mut image.url);
            if is_elsewhere(&url) {
                // A page that showed it would tell that site who reads.
                becomes = Some(NodeValue::Link(image.clone()));
                out.links.push(url);
            } else {
                out.images.push(url);
            }
            None
        }
        NodeValue::WikiLink(link) => {
            let resolved = options.resolve.and_then(|resolve| resolve(&format!("page:{}", crate::slug(&link.url))));
            becomes = Some(match resolved {
                Some(url) => {
                    out.links.push(url.clone());
                    NodeValue::Link(Box::new(NodeLink { url, title: String::new() }))
                }
                // Words that lead nowhere are words.
                None => NodeValue::Emph,
            });
            None
        }
        NodeValue::Math(_) => {
            out.has_math = true;
            None
        }
        NodeValue::Alert(alert) => {
            if let Some(title) = options.callout.filter(|_| alert.title.is_none()) {
                alert.title = Some(title(&alert.alert_type.default_title().to_lowercase()));
            }
            None
        }
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    };
    if let Some(becomes) = becomes {
        node.data_mut().value = becomes;
    }
    if let Some(level) = heading {
        out.headings.push(Heading { level, text: text_of(node) });
    }
}

pub(crate) fn text_of(node: Node<'_>) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::Math(math) => text.push_str(&math.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// The renderer's class names and attributes become ours. In the text itself quotes are escaped, so that none of it fits.
fn own_classes(raw: &str) -> String {
    raw.replace("class=\"markdown-alert markdown-alert-", "class=\"callout callout-")
        .replace("class=\"markdown-alert-title\"", "class=\"callout-title\"")
        .replace("data-math-style=\"", "data-math=\"")
        .replace("<pre><code class=\"language-math\" data-math=\"display\">", "<pre><code>")
        .replace(" align=\"center\"", " class=\"align-center\"")
        .replace(" align=\"right\"", " class=\"align-end\"")
        .replace(" align=\"left\"", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        to_html(source, &Options::default()).html
    }

    #[test]
    fn callouts_math_and_tables_are_marked_for_the_style_sheets() {
        assert!(html("> [!TIP]\n> Breathe.").contains("<div class=\"callout callout-tip\">"));
        assert!(html("Here $a<b$ and $$x^2$$").contains("<span data-math=\"inline\">a&lt;b</span>"));
        let table = html("|a|b|\n|:-:|--:|\n|1|2|");
        assert!(
            table.contains("<div class=\"table\" tabindex=\"0\"><table>") && table.contains("class=\"align-center\""),
            "{table}"
        );
    }

    #[test]
    fn headings_start_at_the_second_level_and_have_ids() {
        let rendered = to_html("# Tides\n\n## Ebb\n\n## Ebb", &Options::default());
        assert_eq!(rendered.headings.iter().map(|h| h.level).collect::<Vec<_>>(), [2, 3, 3]);
        assert!(rendered.html.contains("<h3 id=\"h-ebb-2\">Ebb</h3>"), "{}", rendered.html);
    }

    #[test]
    fn links_and_pictures_are_resolved() {
        let resolve = |url: &str| url.strip_prefix("page:").map(|slug| format!("/items/{slug}"));
        let rendered =
            to_html("[x](page:tides) ![A shore](a.svg)", &Options { resolve: Some(&resolve), ..Options::default() });
        assert!(rendered.html.contains("href=\"/items/tides\""));
        assert!(rendered.html.contains("loading=\"lazy\""));
        assert_eq!(rendered.images, ["a.svg"]);
    }

    #[test]
    fn wikilinks_lead_to_the_page_of_that_title() {
        let resolve = |url: &str| (url == "page:ebb-and-flow").then(|| "/items/7".to_owned());
        let html = to_html(
            "See [[Ebb and flow]], [[Ebb and flow|the tides]] and [[Nowhere]].",
            &Options { resolve: Some(&resolve), ..Options::default() },
        )
        .html;
        assert!(html.contains("<a href=\"/items/7\" rel=\"noopener noreferrer\">Ebb and flow</a>"), "{html}");
        assert!(html.contains("<a href=\"/items/7\" rel=\"noopener noreferrer\">the tides</a>"), "{html}");
        assert!(html.contains("<em>Nowhere</em>"), "{html}");
    }

    #[test]
    fn footnotes_lead_down_and_back() {
        let html = html("Ebb[^1].\n\n[^1]: The water goes out.");
        assert!(html.contains("<a href=\"#t-fn-1\" id=\"t-fnref-1\""), "{html}");
        assert!(html.contains("<li id=\"t-fn-1\">") && html.contains("href=\"#t-fnref-1\""), "{html}");
        let html = to_html("[down](#the-end)\n\n## The end", &Options::default()).html;
        assert!(html.contains("href=\"#h-the-end\"") && html.contains("id=\"h-the-end\""), "{html}");
    }

    #[test]
    fn pictures_and_frames_of_other_sites_are_links() {
        let html = html(
            "![A shore](https://e.example/a.png)\n\n<iframe src=\"https://youtu.be/1C8sxbtZBYU\" title=\"Film\"></iframe>\n\n<img src=\"//e.example/b.png\" alt=\"B\">",
        );
        assert!(!html.contains("<img") && !html.contains("<iframe"), "{html}");
        assert!(html.contains("<a href=\"https://e.example/a.png\" rel=\"noopener noreferrer\">A shore</a>"), "{html}");
        assert!(html.contains("<p class=\"embed\"><a href=\"https://www.youtube.com/watch?v=1C8sxbtZBYU\""), "{html}");
    }

    #[test]
    fn nothing_active_gets_through() {
        let out = html(
            "<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1)) <p style=\"position:fixed\">t</p><iframe src=\"https://e.example\"></iframe>",
        );
        for bad in ["<script", "onerror", "href=\"javascript:", "style=", "<iframe"] {
            assert!(!out.contains(bad), "{bad} in {out}");
        }
    }

    #[test]
    fn reading_time_counts_words() {
        let rendered = to_html(&"word ".repeat(400), &Options::default());
        assert_eq!((rendered.words, rendered.minutes), (400, 3));
        assert_eq!(to_html("", &Options::default()).minutes, 0);
    }
}
