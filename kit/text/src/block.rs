//! Writes Markdown from a document tree: blocks here, the words inside them below.

use markup5ever_rcdom::{Handle, NodeData};

use crate::convert::is_block;
use crate::dom;
use crate::html::escape as html_escape;

/// Collects blocks; each is lines without their prefix.
#[derive(Default)]
pub(crate) struct Writer {
    blocks: Vec<String>,
    line: String,
    depth: usize,
    raw_words: usize,
    /// Where the last list stands among the blocks, whether it is numbered, and whether it has the other mark.
    last_list: Option<(usize, bool, bool)>,
    /// Whether the words are those of a link, in which there is no other.
    in_link: bool,
}

impl Writer {
    /// The Markdown, and how many words of it stand in blocks of HTML.
    pub(crate) fn document(mut self, root: &Handle) -> (String, usize) {
        self.children(root);
        self.flush();
        let mut out = self.blocks.join("\n\n");
        out.push('\n');
        (out, self.raw_words)
    }

    fn inside(&mut self, node: &Handle) -> String {
        let mut inner = Self { depth: self.depth + 1, in_link: self.in_link, ..Self::default() };
        if inner.depth < dom::DEPTH_MAX / 4 {
            inner.children(node);
        } else {
            inner.line = escape(&dom::text(node));
        }
        inner.flush();
        self.raw_words += inner.raw_words;
        inner.blocks.join("\n\n")
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_matches(|c: char| c == ' ' || c == '\n');
        // A break at the end shows nothing; a backslash of the text is written twice.
        let is_break = line.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
        let line = if is_break { line[..line.len() - 1].trim_end() } else { line };
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
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line.push_str(&if self.in_link { escape(&words) } else { escape_prose(&words) });
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
            _ if is_line(tag) && says_more(node) => self.raw(node),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let words = self.inside(node).replace("\\\n", " ").replace('\n', " ");
                let marks = "#".repeat(usize::from(tag.as_bytes()[1] - b'0'));
                // A number sign at the end would be taken for a closing mark.
                let words = if words.ends_with('#') && !words.ends_with("\\#") {
                    format!("{}\\#", &words[..words.len() - 1])
                } else {
                    words
                };
                self.push(if words.is_empty() { String::new() } else { format!("{marks} {words}") });
            }
            "ul" | "ol" => self.list(node, tag == "ol"),
            "blockquote" => {
                let quoted = prefix(&self.inside(node), "> ", "> ");
                self.push(quoted);
            }
            "pre" => self.code(node),
            // In a list `- ---` would be one line; in a text of its own it is what people write.
            "hr" => self.push(if self.depth == 0 { "---" } else { "___" }.to_owned()),
            "table" => self.table(node),
            "div" if dom::attr(node, "class").is_some_and(|class| class.contains("callout-")) => self.callout(node),
            "video" | "audio" | "details" | "dl" | "figure" | "math" => self.raw(node),
            _ if is_block(tag) => {
                self.flush();
                self.children(node);
                self.flush();
            }
            _ => self.inline(node, tag),
        }
    }

    fn code(&mut self, node: &Handle) {
        let code = dom::text(node);
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        self.push(format!("{fence}\n{}\n{fence}", code.trim_end_matches('\n')));
    }

    fn inline(&mut self, node: &Handle, tag: &str) {
        match tag {
            _ if ["lang", "dir"].iter().any(|name| dom::attr(node, name).is_some()) => self.raw_inline(node, tag),
            "strong" | "b" => self.wrap(node, "**"),
            "em" | "i" | "cite" | "var" | "dfn" => self.wrap(node, "*"),
            "del" | "s" | "strike" => self.wrap(node, "~~"),
            "code" | "tt" => self.code_span(node),
            "br" => {
                self.line.truncate(self.line.trim_end_matches(' ').len());
                if !self.line.is_empty() {
                    self.line.push_str("\\\n");
                }
            }
            "a" => self.link(node),
            "img" if dom::attr(node, "width").is_some() || dom::attr(node, "role").is_some() => {
                let html = dom::outer_html(node);
                self.line.push_str(&html.replace('\n', " "));
            }
            "img" => {
                let alt = dom::attr(node, "alt").unwrap_or_default();
                let src = dom::attr(node, "src").unwrap_or_default();
                self.line.push_str(&format!("![{}]({})", escape(&alt), address(&src)));
            }
            "span" if dom::attr(node, "data-math").is_some() => {
                let mark = if dom::attr(node, "data-math").as_deref() == Some("display") { "$$" } else { "$" };
                self.line.push_str(&format!("{mark}{}{mark}", dom::text(node).trim()));
            }
            _ if RAW_INLINE.contains(&tag) => self.raw_inline(node, tag),
            _ => self.children(node),
        }
    }

    fn code_span(&mut self, node: &Handle) {
        let code = dom::text(node).split_whitespace().collect::<Vec<_>>().join(" ");
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let ticks = "`".repeat(longest + 1);
        let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        if !code.is_empty() {
            self.line.push_str(&format!("{ticks}{space}{code}{space}{ticks}"));
        }
    }

    /// An element that Markdown has no marks for, around words in Markdown.
    fn raw_inline(&mut self, node: &Handle, tag: &str) {
        let text = dom::text(node);
        let words = self.inside(node);
        if words.trim().is_empty() || words.contains("\n\n") {
            self.line.push_str(&words);
            return;
        }
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        let said = ["lang", "dir", "title", "href", "datetime"].iter();
        let said: String = said
            .filter_map(|name| dom::attr(node, name).map(|value| format!(" {name}=\"{}\"", html_escape(&value))))
            .collect();
        self.line.push_str(&format!("<{tag}{said}>{words}</{tag}>"));
        if text.ends_with(char::is_whitespace) {
            self.space();
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
        self.in_link = true;
        let words = self.inside(node);
        self.in_link = false;
        if words.contains("\n\n") {
            self.line.push_str(&words);
        } else if !words.is_empty() {
            self.line.push_str(&format!("[{words}]({})", address(&href)));
        }
    }

    fn list(&mut self, node: &Handle, numbered: bool) {
        self.flush();
        // Two lists, one after the other, are two where their marks differ.
        let before = self.last_list.filter(|(at, kind, _)| *at + 1 == self.blocks.len() && *kind == numbered);
        let is_other = before.is_some_and(|(.., is_other)| !is_other);
        let (dot, dash) = if is_other { (")", "* ") } else { (".", "- ") };
        let mut items = Vec::new();
        let first = dom::attr(node, "start").and_then(|start| start.parse::<usize>().ok()).unwrap_or(1);
        for child in node.children.borrow().iter() {
            match dom::tag(child) {
                Some("li") => {
                    let words = self.inside(child);
                    let mark = if numbered { format!("{}{dot} ", first + items.len()) } else { dash.to_owned() };
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
                    let numbered = dom::tag(child) == Some("ol");
                    let mut below = Self { depth: self.depth + 1, ..Self::default() };
                    below.list(child, numbered);
                    self.raw_words += below.raw_words;
                    let inner = below.blocks.join("\n\n");
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
        self.last_list = Some((self.blocks.len().saturating_sub(1), numbered, is_other));
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
        // A head cell without words comes out of cleaning as an ordinary one.
        let is_head = |cell: &Handle| dom::tag(cell) == Some("th");
        let heads = |cell: &Handle| is_head(cell) || dom::text(cell).trim().is_empty();
        let head = rows.first().is_some_and(|row| cells(row).iter().any(is_head) && cells(row).iter().all(heads));
        let simple = |cell: &Handle| {
            dom::attr(cell, "colspan").is_none()
                && dom::attr(cell, "rowspan").is_none()
                && !dom::descendants(cell).iter().any(|n| {
                    matches!(dom::tag(n), Some("table" | "ul" | "ol" | "pre" | "blockquote" | "h2" | "h3" | "h4"))
                })
        };
        let body_plain = rows.iter().skip(1).all(|row| cells(row).iter().all(|cell| dom::tag(cell) == Some("td")));
        let even = rows.iter().all(|row| cells(row).len() == width && cells(row).iter().all(simple));
        let columns: Option<Vec<&str>> = (0..width).map(|at| alignment(&rows, at, cells)).collect();
        let has_caption = inner.iter().any(|n| matches!(dom::tag(n), Some("caption")));
        let Some(columns) = columns.filter(|_| head && body_plain && even && width > 0 && !has_caption) else {
            self.raw(node);
            return;
        };
        let mut lines = Vec::with_capacity(rows.len() + 1);
        for row in rows {
            let words: Vec<String> = cells(row).iter().map(|cell| self.cell(cell)).collect();
            lines.push(format!("| {} |", words.join(" | ")));
        }
        lines.insert(1, format!("|{}|", columns.join("|")));
        self.push(lines.join("\n"));
    }

    fn cell(&mut self, cell: &Handle) -> String {
        let words = self.inside(cell);
        let line = words.replace("\\\n", "<br>").replace("\n\n", "<br>").replace('\n', " ");
        let mut out = String::with_capacity(line.len());
        for (at, c) in line.char_indices() {
            // One at the beginning is escaped already.
            if c == '|' && line[..at].chars().rev().take_while(|c| *c == '\\').count() % 2 == 0 {
                out.push('\\');
            }
            out.push(c);
        }
        out
    }

    fn callout(&mut self, node: &Handle) {
        let class = dom::attr(node, "class").unwrap_or_default();
        let kind = class.split_whitespace().find_map(|c| c.strip_prefix("callout-")).unwrap_or("note").to_uppercase();
        let mut inner = Self { depth: self.depth + 1, ..Self::default() };
        let mut title = String::new();
        for child in node.children.borrow().iter() {
            if dom::has_class(child, &["callout-title"]) {
                title = escape(dom::text(child).trim());
            } else {
                inner.node(child);
            }
        }
        inner.flush();
        self.raw_words += inner.raw_words;
        let words = inner.blocks.join("\n\n");
        let title = if title.eq_ignore_ascii_case(&kind) { String::new() } else { format!(" {title}") };
        self.push(prefix(&format!("[!{kind}]{title}\n{words}"), "> ", "> "));
    }

    /// What Markdown has no words for stays HTML, in a block of its own without an empty line inside.
    fn raw(&mut self, node: &Handle) {
        self.raw_words += dom::text(node).split_whitespace().count();
        let html = dom::outer_html(node);
        self.push(html.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n"));
    }
}

/// Inline elements that Markdown has no marks for.
pub(crate) const RAW_INLINE: &[&str] =
    &["sup", "sub", "mark", "u", "ins", "small", "kbd", "samp", "abbr", "q", "ruby", "rt", "rp", "bdo", "bdi", "time"];

/// A heading or a paragraph: what stays one block of HTML where it says more than Markdown can.
fn is_line(tag: &str) -> bool {
    matches!(tag, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn says_more(node: &Handle) -> bool {
    dom::attr(node, "class").is_some_and(|class| class.contains("align-"))
        || ["lang", "dir"].iter().any(|name| dom::attr(node, name).is_some())
}

/// How a column of a table is aligned, as Markdown writes it; nothing where its cells do not agree.
fn alignment(rows: &[&Handle], at: usize, cells: impl Fn(&Handle) -> Vec<Handle>) -> Option<&'static str> {
    let mut classes =
        rows.iter().filter_map(|row| cells(row).get(at).map(|cell| dom::attr(cell, "class").unwrap_or_default()));
    let first = classes.next().unwrap_or_default();
    if classes.any(|class| class != first) {
        return None;
    }
    match first.as_str() {
        "" => Some("---"),
        "align-center" => Some(":-:"),
        "align-end" => Some("--:"),
        _ => None,
    }
}

/// Whether a block is a list that may follow a line of words directly.
fn is_list_start(block: Option<&str>) -> bool {
    block.is_some_and(|block| ["- ", "* ", "1. ", "1) "].iter().any(|start| block.starts_with(start)))
}

fn prefix(text: &str, first: &str, rest: &str) -> String {
    let lines = text.lines().enumerate().map(|(at, line)| {
        let mark = if at == 0 { first } else { rest };
        if line.is_empty() { mark.trim_end().to_owned() } else { format!("{mark}{line}") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// An address as Markdown takes it.
pub(crate) fn address(url: &str) -> String {
    let url = url.trim().replace(['\n', '\r'], "");
    if url.is_empty() || url.contains([' ', '(', ')', '<', '>']) {
        format!("<{}>", url.replace('<', "%3C").replace('>', "%3E"))
    } else {
        url
    }
}

/// Letters that Markdown would take for marks.
pub(crate) fn escape(text: &str) -> String {
    text.split(' ').map(escape_word).collect::<Vec<_>>().join(" ")
}

/// The same for words that one reads, in which an address of the web stays readable: Markdown makes a link of it, which
/// readers like. What follows the last word is not known, and could be taken for a part of it.
fn escape_prose(text: &str) -> String {
    let mut words = text.split(' ').peekable();
    let mut out = String::with_capacity(text.len() + 8);
    while let Some(word) = words.next() {
        let is_last = words.peek().is_none();
        let ends_open = |word: &str| !word.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
        if !is_address(word) || (is_last && (!word.contains("://") || ends_open(word))) {
            out.push_str(&escape_word(word));
        } else if is_last {
            out.push_str(&format!("<{word}>"));
        } else {
            out.push_str(word);
        }
        if !is_last {
            out.push(' ');
        }
    }
    out
}

/// Whether a word is an address of the web and nothing else.
fn is_address(word: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| word.starts_with(start))
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "-._/:?=&%#+,".contains(c))
        && !(word.contains('&') && word.contains(';'))
}

fn escape_word(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 8);
    for (at, c) in word.char_indices() {
        let rest = &word[at..];
        let is_mark = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '$' | '~')
            // What would be read as the letter of a name (`&copy;`), as an address, or as a note.
            || (c == '^' && at == 0)
            || (c == '&' && is_entity(&rest[1..]))
            || (c == ':' && rest.starts_with("://"))
            || (c == '.' && (word[..at].ends_with("www") || word[..at].ends_with("WWW")));
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        !name.is_empty() && name.len() < 32 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
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
            || line.starts_with(':')
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
