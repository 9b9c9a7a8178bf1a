//! Writes Markdown from a document tree: blocks here, the words inside them below.

use markup5ever_rcdom::{Handle, NodeData};

use crate::convert::is_block;
use crate::dom;

/// Collects blocks; each is lines without their prefix.
#[derive(Default)]
pub(crate) struct Writer {
    blocks: Vec<String>,
    line: String,
    depth: usize,
}

impl Writer {
    pub(crate) fn document(mut self, root: &Handle) -> String {
        self.children(root);
        self.flush();
        let mut out = self.blocks.join("\n\n");
        out.push('\n');
        out
    }

    fn inside(&self, node: &Handle) -> String {
        let mut inner = Self { depth: self.depth + 1, ..Self::default() };
        if inner.depth < dom::DEPTH_MAX / 4 {
            inner.children(node);
        } else {
            inner.line = escape(&dom::text(node));
        }
        inner.flush();
        inner.blocks.join("\n\n")
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_matches(|c: char| c == ' ' || c == '\n');
        let line = line.strip_suffix('\\').unwrap_or(line).trim_end();
        if !line.is_empty() {
            self.blocks.push(safe_start(line));
        }
    }

    fn push(&mut self, block: String) {
        self.flush();
        if !block.trim().is_empty() {
            self.blocks.push(block);
        }
    }

    fn children(&mut self, node: &Handle) {
        for child in node.children.borrow().iter() {
            self.node(child);
        }
    }

    fn node(&mut self, node: &Handle) {
        match &node.data {
            NodeData::Text { contents } => self.text(&contents.borrow()),
            NodeData::Element { .. } => self.element(node, dom::tag(node).unwrap_or_default()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        self.line.push_str(&escape(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
        if text.ends_with(char::is_whitespace) && !text.trim().is_empty() {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
            self.line.push(' ');
        }
    }

    fn element(&mut self, node: &Handle, tag: &str) {
        match tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let words = self.inside(node).replace("\\\n", " ").replace('\n', " ");
                let marks = "#".repeat(usize::from(tag.as_bytes()[1] - b'0'));
                self.push(if words.is_empty() { String::new() } else { format!("{marks} {words}") });
            }
            "ul" | "ol" => self.list(node, tag == "ol"),
            "blockquote" => {
                let quoted = prefix(&self.inside(node), "> ", "> ");
                self.push(quoted);
            }
            "pre" => {
                let code = dom::text(node);
                let fence = if code.contains("```") { "````" } else { "```" };
                self.push(format!("{fence}\n{}\n{fence}", code.trim_end_matches('\n')));
            }
            "hr" => self.push("---".to_owned()),
            "table" => self.table(node),
            "div" if dom::attr(node, "class").is_some_and(|class| class.contains("callout-")) => self.callout(node),
            "video" | "audio" | "details" | "dl" => self.raw(node),
            _ if is_block(tag) => {
                self.flush();
                if dom::attr(node, "class").is_some_and(|class| class.contains("align-")) {
                    self.raw(node);
                } else {
                    self.children(node);
                    self.flush();
                }
            }
            _ => self.inline(node, tag),
        }
    }

    fn inline(&mut self, node: &Handle, tag: &str) {
        match tag {
            "strong" | "b" => self.wrap(node, "**"),
            "em" | "i" | "cite" | "var" | "dfn" => self.wrap(node, "*"),
            "del" | "s" | "strike" => self.wrap(node, "~~"),
            "code" | "tt" | "kbd" | "samp" => {
                let code = dom::text(node).split_whitespace().collect::<Vec<_>>().join(" ");
                let ticks = if code.contains('`') { "``" } else { "`" };
                if !code.is_empty() {
                    self.line.push_str(&format!("{ticks}{code}{ticks}"));
                }
            }
            "br" => {
                self.line.truncate(self.line.trim_end_matches(' ').len());
                if !self.line.is_empty() {
                    self.line.push_str("\\\n");
                }
            }
            "a" => self.link(node),
            "img" => {
                let alt = dom::attr(node, "alt").unwrap_or_default();
                let src = dom::attr(node, "src").unwrap_or_default();
                self.line.push_str(&format!("![{}]({})", escape(&alt), address(&src)));
            }
            "span" if dom::attr(node, "data-math").is_some() => {
                let mark = if dom::attr(node, "data-math").as_deref() == Some("display") { "$$" } else { "$" };
                self.line.push_str(&format!("{mark}{}{mark}", dom::text(node).trim()));
            }
            "sup" | "sub" | "mark" => {
                let words = self.inside(node);
                self.line.push_str(&format!("<{tag}>{words}</{tag}>"));
            }
            _ => self.children(node),
        }
    }

    /// `**words**`, with spaces at the ends moved out: inside, the marks would not count.
    fn wrap(&mut self, node: &Handle, mark: &str) {
        let text = dom::text(node);
        let words = self.inside(node);
        if words.trim().is_empty() {
            self.line.push_str(&words);
            return;
        }
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        if words.contains("\n\n") {
            self.line.push_str(&words);
        } else {
            self.line.push_str(&format!("{mark}{words}{mark}"));
        }
        if text.ends_with(char::is_whitespace) {
            self.space();
        }
    }

    fn link(&mut self, node: &Handle) {
        let Some(href) = dom::attr(node, "href") else {
            self.children(node);
            return;
        };
        let words = self.inside(node);
        if words.contains("\n\n") {
            self.line.push_str(&words);
        } else if !words.is_empty() {
            self.line.push_str(&format!("[{words}]({})", address(&href)));
        }
    }

    fn list(&mut self, node: &Handle, numbered: bool) {
        let mut items = Vec::new();
        let first = dom::attr(node, "start").and_then(|start| start.parse::<usize>().ok()).unwrap_or(1);
        for child in node.children.borrow().iter() {
            match dom::tag(child) {
                Some("li") => {
                    let words = self.inside(child);
                    let mark = if numbered { format!("{}. ", first + items.len()) } else { "- ".to_owned() };
                    // One paragraph with a list below stands tight, as it did.
                    let words = if words.matches("\n\n").count() == 1 && is_list_start(words.split("\n\n").nth(1)) {
                        words.replacen("\n\n", "\n", 1)
                    } else {
                        words
                    };
                    items.push(prefix(&words, &mark, &" ".repeat(mark.len())));
                }
                // A list directly in a list belongs to the item before it.
                Some("ul" | "ol") => {
                    let inner = self.inside(&wrapped(child));
                    match items.last_mut() {
                        Some(last) => *last = format!("{last}\n{}", prefix(&inner, "  ", "  ")),
                        None => items.push(prefix(&inner, "- ", "  ")),
                    }
                }
                _ => {}
            }
        }
        let loose = items.iter().any(|item| item.contains("\n\n"));
        self.push(items.join(if loose { "\n\n" } else { "\n" }));
    }

    fn table(&mut self, node: &Handle) {
        let inner = dom::descendants(node);
        let rows: Vec<&Handle> = inner.iter().filter(|n| dom::tag(n) == Some("tr")).collect();
        let cells = |row: &Handle| {
            row.children
                .borrow()
                .iter()
                .filter(|cell| matches!(dom::tag(cell), Some("td" | "th")))
                .cloned()
                .collect::<Vec<_>>()
        };
        let width = rows.first().map_or(0, |row| cells(row).len());
        let head = rows.first().is_some_and(|row| cells(row).iter().all(|cell| dom::tag(cell) == Some("th")));
        let simple = |cell: &Handle| {
            dom::attr(cell, "colspan").is_none()
                && dom::attr(cell, "rowspan").is_none()
                && !dom::descendants(cell).iter().any(|n| {
                    matches!(dom::tag(n), Some("table" | "ul" | "ol" | "pre" | "blockquote" | "h2" | "h3" | "h4"))
                })
        };
        let body_plain = rows.iter().skip(1).all(|row| cells(row).iter().all(|cell| dom::tag(cell) == Some("td")));
        let even = rows.iter().all(|row| cells(row).len() == width && cells(row).iter().all(simple));
        if !head || !body_plain || !even || width == 0 || inner.iter().any(|n| matches!(dom::tag(n), Some("caption"))) {
            self.raw(node);
            return;
        }
        let line = |row: &Handle| {
            let words = cells(row)
                .iter()
                .map(|cell| {
                    self.inside(cell)
                        .replace("\\\n", "<br>")
                        .replace("\n\n", "<br>")
                        .replace('\n', " ")
                        .replace('|', "\\|")
                })
                .collect::<Vec<_>>();
            format!("| {} |", words.join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
        lines.insert(1, format!("|{}", "---|".repeat(width)));
        self.push(lines.join("\n"));
    }

    fn callout(&mut self, node: &Handle) {
        let class = dom::attr(node, "class").unwrap_or_default();
        let kind = class.split_whitespace().find_map(|c| c.strip_prefix("callout-")).unwrap_or("note").to_uppercase();
        let mut inner = Self { depth: self.depth + 1, ..Self::default() };
        for child in node.children.borrow().iter() {
            if dom::attr(child, "class").as_deref() != Some("callout-title") {
                inner.node(child);
            }
        }
        inner.flush();
        let words = inner.blocks.join("\n\n");
        self.push(prefix(&format!("[!{kind}]\n{words}"), "> ", "> "));
    }

    /// What Markdown has no words for stays HTML, in a block of its own without an empty line inside.
    fn raw(&mut self, node: &Handle) {
        let holder = wrapped(node);
        let html = dom::inner_html(&holder);
        self.push(html.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n"));
    }
}

/// A node as the only child of another, so that its outer form can be written.
fn wrapped(node: &Handle) -> Handle {
    let holder = markup5ever_rcdom::Node::new(NodeData::Document);
    holder.children.borrow_mut().push(node.clone());
    holder
}

fn is_list_start(block: Option<&str>) -> bool {
    block.is_some_and(|block| {
        block.starts_with("- ") || block.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
    })
}

fn prefix(text: &str, first: &str, rest: &str) -> String {
    let lines = text.lines().enumerate().map(|(at, line)| {
        let mark = if at == 0 { first } else { rest };
        if line.is_empty() { mark.trim_end().to_owned() } else { format!("{mark}{line}") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// An address as Markdown takes it.
fn address(url: &str) -> String {
    let url = url.trim().replace(['\n', '\r'], "");
    if url.is_empty() || url.contains([' ', '(', ')', '<', '>']) {
        format!("<{}>", url.replace('<', "%3C").replace('>', "%3E"))
    } else {
        url
    }
}

/// Letters that Markdown would take for marks.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '$' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    // An entity in the text (`&amp;lt;` in the original) would be read as its letter.
    let entity = |rest: &str| {
        rest.split_once(';').is_some_and(|(name, _)| {
            !name.is_empty() && name.len() < 32 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        })
    };
    let mut escaped = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some((before, after)) = rest.split_once('&') {
        escaped.push_str(before);
        escaped.push_str(if entity(after) { "\\&" } else { "&" });
        rest = after;
    }
    escaped.push_str(rest);
    escaped
}

/// Beginnings of a line that Markdown would take for a list, a heading or a quote.
fn safe_start(line: &str) -> String {
    let fixed = line.lines().map(|line| {
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let after = &line[digits..];
        if line.starts_with('#')
            || line.starts_with('>')
            || ((line.starts_with('-') || line.starts_with('+')) && !line.starts_with("---"))
            || line.starts_with("---")
            || line.starts_with('=')
            || line.starts_with('|')
        {
            format!("\\{line}")
        } else if digits > 0
            && digits < 10
            && (after.starts_with(". ") || after.starts_with(") ") || after == "." || after == ")")
        {
            format!("{}\\{after}", &line[..digits])
        } else {
            line.to_owned()
        }
    });
    fixed.collect::<Vec<_>>().join("\n")
}
