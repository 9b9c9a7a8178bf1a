//! HTML to Markdown, where that loses nothing. Whether it does is not guessed: the Markdown is rendered again and held
//! against the original, element by element and word by word.

use markup5ever_rcdom::{Handle, NodeData};

use crate::block::{RAW_INLINE, Writer};
use crate::{dom, markdown};

/// Markdown, and whether it says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The Markdown.
    pub markdown: String,
    /// True where rendering it gives the same elements and words.
    pub lossless: bool,
    /// What would be lost: the first place where the two differ.
    pub losses: Vec<String>,
    /// Words of the text.
    pub words: usize,
    /// Words that stand in blocks of HTML within the Markdown.
    pub raw_words: usize,
}

impl Conversion {
    /// Whether it is Markdown that somebody would like to go on writing in: it loses nothing, and no more than a fifth
    /// of its words stand in HTML.
    pub fn is_clean(&self) -> bool {
        self.lossless && self.raw_words * 5 <= self.words
    }
}

/// Converts cleaned HTML (see [`html::clean`](crate::html::clean)).
pub fn to_markdown(html: &str) -> Conversion {
    if dom::is_too_deep(html) {
        let losses = vec!["elements lie too deep in each other".to_owned()];
        let markdown = crate::html::visible_text(html);
        return Conversion {
            words: markdown.split_whitespace().count(),
            markdown,
            lossless: false,
            losses,
            raw_words: 0,
        };
    }
    let root = dom::parse(html);
    let (markdown, raw_words) = Writer::default().document(&root);
    let again = markdown::to_html(&markdown, &markdown::Options::default()).html;
    let (before, after) = (normal_form(&root), normal_form(&dom::parse(&again)));
    let difference = before.iter().zip(&after).position(|(a, b)| a != b);
    let difference = difference.or((before.len() != after.len()).then_some(before.len().min(after.len())));
    let losses = difference.map(|at| {
        let near = |form: &[String]| form[at.saturating_sub(1)..form.len().min(at + 2)].join(" ");
        format!("{} | {}", near(&before), near(&after))
    });
    let words = dom::text(&root).split_whitespace().count();
    Conversion { markdown, lossless: losses.is_none(), losses: losses.into_iter().collect(), words, raw_words }
}

/// Elements that carry meaning; all others are only boxes.
const MEANING: &[&str] = &[
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "a",
    "img",
    "strong",
    "em",
    "code",
    "pre",
    "blockquote",
    "table",
    "tr",
    "th",
    "td",
    "hr",
    "br",
    "del",
    "video",
    "audio",
    "source",
    "track",
    "details",
    "summary",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
];

/// The text as a list of elements and words, without what makes no difference to a reader.
fn normal_form(root: &Handle) -> Vec<String> {
    enum Step {
        Open(Handle, usize),
        Close(String),
    }
    let shift = dom::descendants(root).iter().any(|node| dom::tag(node) == Some("h1"));
    let mut out = Vec::new();
    let mut text = String::new();
    let flush = |text: &mut String, out: &mut Vec<String>| {
        out.extend(text.split_whitespace().map(str::to_owned));
        text.clear();
    };
    let mut steps: Vec<Step> = root.children.borrow().iter().rev().map(|node| Step::Open(node.clone(), 0)).collect();
    while let Some(step) = steps.pop() {
        let (node, depth) = match step {
            Step::Open(node, depth) => (node, depth),
            Step::Close(tag) => {
                flush(&mut text, &mut out);
                out.push(format!("</{tag}>"));
                continue;
            }
        };
        match &node.data {
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            NodeData::Element { .. } => {
                let tag = normal_tag(&node, shift);
                let math = dom::attr(&node, "data-math");
                if let Some(math) = math {
                    flush(&mut text, &mut out);
                    out.push(format!("<math {math}>{}", dom::text(&node).trim()));
                    continue;
                }
                let is_meant = MEANING.contains(&tag.as_str()) || RAW_INLINE.contains(&tag.as_str());
                let is_marked = ["lang", "dir"].iter().any(|name| dom::attr(&node, name).is_some());
                if is_meant || is_marked {
                    // What holds nothing shows nothing.
                    if is_void_of_meaning(&node, &tag) {
                        continue;
                    }
                    if tag == "a" && leads_where_it_says(&node) {
                        steps.extend(
                            node.children.borrow().iter().rev().map(|child| Step::Open(child.clone(), depth + 1)),
                        );
                        continue;
                    }
                    flush(&mut text, &mut out);
                    let place =
                        ["href", "src", "alt", "colspan", "rowspan", "srclang", "start", "lang", "dir", "role"].iter();
                    let attributes: String = place
                        .filter_map(|name| dom::attr(&node, name).map(|value| format!(" {name}={}", value.trim())))
                        .collect();
                    let width = dom::attr(&node, "width").filter(|_| tag == "img");
                    let attributes = attributes + &width.map(|width| format!(" width={width}")).unwrap_or_default();
                    let class =
                        dom::attr(&node, "class").filter(|class| class.contains("align") || class.contains("callout"));
                    out.push(format!("<{tag}{attributes}{}>", class.map(|c| format!(" .{c}")).unwrap_or_default()));
                    steps.push(Step::Close(tag));
                } else if dom::attr(&node, "class")
                    .is_some_and(|class| class.contains("align-") || class.contains("callout"))
                {
                    flush(&mut text, &mut out);
                    out.push(format!("<{}>", dom::attr(&node, "class").unwrap_or_default()));
                } else if is_block(&tag) {
                    flush(&mut text, &mut out);
                }
                if depth < dom::DEPTH_MAX {
                    steps.extend(node.children.borrow().iter().rev().map(|child| Step::Open(child.clone(), depth + 1)));
                }
            }
            _ => {}
        }
    }
    flush(&mut text, &mut out);
    out
}

/// An address that is a link to itself: Markdown makes one of every address, and nobody reads anything else.
fn leads_where_it_says(link: &Handle) -> bool {
    let words = dom::text(link);
    let words = words.trim();
    let href = dom::attr(link, "href").unwrap_or_default();
    ["", "http://", "https://", "mailto:"].iter().any(|start| href.strip_prefix(start) == Some(words))
}

fn is_void_of_meaning(node: &Handle, tag: &str) -> bool {
    let empty = !["img", "hr", "br", "td", "th", "tr", "source", "track", "video", "audio"].contains(&tag);
    empty
        && dom::text(node).trim().is_empty()
        && !dom::descendants(node)
            .iter()
            .any(|inner| matches!(dom::tag(inner), Some("img" | "video" | "audio" | "hr" | "table")))
        || tag == "br" && node_is_last(node)
}

/// A line break at the end of its block shows nothing.
fn node_is_last(node: &Handle) -> bool {
    let Some(parent) = node.parent.take() else { return false };
    let upgraded = parent.upgrade();
    node.parent.set(Some(parent));
    let Some(parent) = upgraded else { return false };
    let children = parent.children.borrow();
    let after = children.iter().skip_while(|child| !std::rc::Rc::ptr_eq(child, node)).skip(1);
    let mut after = after
        .filter(|child| !matches!(&child.data, NodeData::Text { contents } if contents.borrow().trim().is_empty()));
    after.next().is_none()
}

pub(crate) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "aside"
            | "main"
            | "nav"
            | "center"
            | "tbody"
            | "thead"
            | "tfoot"
            | "figure"
            | "address"
            | "hgroup"
    )
}

fn normal_tag(node: &Handle, shift: bool) -> String {
    let tag = dom::tag(node).unwrap_or_default();
    match tag {
        "b" => "strong".to_owned(),
        "i" | "cite" | "var" | "dfn" => "em".to_owned(),
        "s" | "strike" => "del".to_owned(),
        "tt" => "code".to_owned(),
        "h1" => "h2".to_owned(),
        "h2" | "h3" | "h4" | "h5" if shift => format!("h{}", tag.as_bytes()[1] - b'0' + 1),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(html: &str) -> Conversion {
        to_markdown(&crate::html::clean(html).html)
    }

    #[test]
    fn ordinary_pages_lose_nothing() {
        for (html, markdown) in [
            ("<h2>Tides</h2><p>The <strong>sea</strong> <em>rises</em>.</p>", "## Tides\n\nThe **sea** *rises*.\n"),
            ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c\n"),
            ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two\n"),
            (
                "<p><a href=\"https://e.example/x_y\">Here &amp; there</a></p>",
                "[Here & there](https://e.example/x_y)\n",
            ),
            ("<p><img src=\"a%20b.png\" alt=\"A [shore]\"></p>", "![A \\[shore\\]](a%20b.png)\n"),
            ("<blockquote><p>q</p><p>r</p></blockquote>", "> q\n>\n> r\n"),
            ("<pre><code>let x = 1;\n  *y*\n</code></pre>", "```\nlet x = 1;\n  *y*\n```\n"),
            (
                "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>x|y</td></tr></tbody></table>",
                "| a | b |\n|---|---|\n| 1 | x\\|y |\n",
            ),
            (
                "<table><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
                "|  | a |\n|---|---|\n| 1 | 2 |\n",
            ),
            ("<p>a*b_c 1. # x</p>", "a\\*b\\_c 1. # x\n"),
            ("<p>x<br>y</p><hr><p>z</p>", "x\\\ny\n\n---\n\nz\n"),
            ("<p>E = mc<sup>2</sup></p>", "E = mc<sup>2</sup>\n"),
            ("<p><span data-math=\"inline\">a_1</span></p>", "$a_1$\n"),
        ] {
            let conversion = converted(html);
            assert_eq!(conversion.markdown, markdown);
            assert!(conversion.lossless, "{html}: {:?}", conversion.losses);
        }
    }

    #[test]
    fn what_markdown_cannot_say_is_admitted_or_kept_as_html() {
        let spans = converted("<table><tr><th>a</th></tr><tr><td rowspan=2>1</td></tr></table>");
        assert!(spans.markdown.contains("<table>") || !spans.lossless);
        let numbered = converted("<p>1. not a list</p><p>- nor this</p><p>+ nor this</p><p># nor a heading</p>");
        assert!(numbered.lossless, "{numbered:?}");
    }

    #[test]
    fn what_markdown_has_no_marks_for_stands_in_it_as_html() {
        for (html, markdown) in [
            ("<p>H<sub>2</sub>O, <kbd>Ctrl</kbd> <u>now</u></p>", "H<sub>2</sub>O, <kbd>Ctrl</kbd> <u>now</u>\n"),
            ("<p lang=\"fr\">Bonjour</p>", "<p lang=\"fr\">Bonjour</p>\n"),
            ("<p>a <span lang=\"fr\">b</span></p>", "a <span lang=\"fr\">b</span>\n"),
            ("<h2 style=\"text-align:center\">a</h2>", "<h2 class=\"align-center\" id=\"h-a\">a</h2>\n"),
            (
                "<p><img src=\"files/a.png\" alt=\"A shore\" width=\"200\"></p>",
                "<img src=\"files/a.png\" alt=\"A shore\" width=\"200\" loading=\"lazy\">\n",
            ),
            (
                "<table><tr><th>a</th><th style=\"text-align:right\">b</th></tr><tr><td>1</td><td style=\"text-align:right\">2</td></tr></table>",
                "| a | b |\n|---|--:|\n| 1 | 2 |\n",
            ),
            ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b\n"),
            ("<ol start=\"3\"><li>a</li></ol>", "3. a\n"),
            (
                "<p>See https://e.example/a_b now, or <a href=\"https://e.example/c\">https://e.example/c</a></p>",
                "See https://e.example/a_b now, or [https\\://e.example/c](https://e.example/c)\n",
            ),
            ("<pre><code>```\nx\n```</code></pre>", "````\n```\nx\n```\n````\n"),
            (
                "<figure><img src=\"a.png\" alt=\"A\"><figcaption>B</figcaption></figure>",
                "<figure><img src=\"a.png\" alt=\"A\" loading=\"lazy\"><figcaption>B</figcaption></figure>\n",
            ),
        ] {
            let conversion = converted(html);
            assert_eq!(conversion.markdown, markdown);
            assert!(conversion.lossless, "{html}: {:?}", conversion.losses);
        }
    }

    #[test]
    fn a_page_that_is_mostly_html_is_no_markdown() {
        let aligned = converted("<p style=\"text-align:center\">All of this page stands in the middle.</p>");
        assert!(aligned.lossless && !aligned.is_clean());
        let words = "<p>word word word word word word word word word word</p>";
        let one_line = converted(&format!("<h2 align=\"center\">Tides</h2>{words}"));
        assert!(one_line.is_clean());
    }

    #[test]
    fn emphasis_with_spaces_inside_keeps_its_words() {
        let conversion = converted("<p>a <strong>b </strong>c<em> d</em></p>");
        assert_eq!(conversion.markdown, "a **b** c *d*\n");
        assert!(conversion.lossless);
    }
}
