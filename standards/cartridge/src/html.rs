//! The frame of a page of HTML: its title, its named metadata, its head and its body. The body is
//! handed on as written; cleaning it is the business of whoever shows it.

use std::collections::BTreeMap;

use crate::text::unescaped;

/// The parts of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts<'t> {
    pub(crate) title: String,
    pub(crate) head: &'t str,
    pub(crate) body: &'t str,
    pub(crate) meta: BTreeMap<String, String>,
}

/// Takes a page apart. What has no `<body>` is body as a whole, its head excepted.
pub(crate) fn parts(text: &str) -> Parts<'_> {
    let mut parts = Parts::default();
    let mut head_start = None;
    let mut body_start = 0;
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        match tag.name.as_str() {
            "html" | "!doctype" | "?xml" => body_start = tag.end,
            "head" => head_start = Some(tag.end),
            "/head" => {
                parts.head = head_start.map_or("", |start| text[start..tag.start].trim());
                (head_start, body_start) = (None, tag.end);
            }
            "title" if parts.title.is_empty() => {
                let end = raw_text_end(text, tag.end, "title");
                parts.title = unescaped(text[tag.end..end].trim());
                at = end;
            }
            "meta" => {
                if let (Some(name), Some(content)) = (tag.attribute("name"), tag.attribute("content")) {
                    parts.meta.entry(name.to_ascii_lowercase()).or_insert(content);
                }
            }
            "script" | "style" if head_start.is_some() => at = raw_text_end(text, tag.end, &tag.name),
            "body" => {
                if let Some(start) = head_start {
                    parts.head = text[start..tag.start].trim();
                }
                parts.body = body(text, tag.end);
                return parts;
            }
            // Anything that belongs into a body: there is none, or its tag was left out.
            "link" | "base" | "script" | "style" | "noscript" | "title" | "/title" | "/html" => {}
            _ if head_start.is_none() => break,
            _ => {}
        }
    }
    parts.body = body(text, body_start);
    parts
}

/// From here to the last `</body>`, or `</html>`, or the end.
fn body(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    let end = rfind_ignoring_case(rest, "</body").or_else(|| rfind_ignoring_case(rest, "</html"));
    rest[..end.unwrap_or(rest.len())].trim()
}

/// A tag: its lower-case name (with `/` if it closes), and where it stands.
struct Tag<'t> {
    name: String,
    start: usize,
    end: usize,
    attributes: &'t str,
}

impl Tag<'_> {
    /// The value of an attribute, character references replaced.
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let name_end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            let (name, after) = rest.split_at(name_end.max(usize::from(name_end == 0 && rest.is_char_boundary(1))));
            let after = after.trim_start();
            let (value, after) = match after.strip_prefix('=') {
                Some(after) => attribute_value(after.trim_start()),
                None => ("", after),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescaped(value));
            }
            rest = after;
        }
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at(end)
}

/// The next tag at or after an offset; comments and stray `<` are passed over.
fn next_tag(text: &str, mut at: usize) -> Option<Tag<'_>> {
    loop {
        let start = at + text.get(at..)?.find('<')?;
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            at = start + rest.find("-->").map(|end| end + 3)?;
            continue;
        }
        let inside = &rest[1..];
        let name_end = inside
            .find(|c: char| c.is_whitespace() || c == '>' || (c == '/' && !inside.starts_with('/')))
            .unwrap_or(inside.len());
        let name = inside[..name_end].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            at = start + 1;
            continue;
        }
        let end = start + 1 + tag_end(inside)?;
        let attributes_end = end.saturating_sub(1).max(start + 1 + name_end);
        let attributes = text.get(start + 1 + name_end..attributes_end).unwrap_or_default();
        return Some(Tag { name, start, end, attributes });
    }
}

/// After the `>` that closes a tag, one inside quotes not counted.
fn tag_end(inside: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // An odd quote: the first `>` after all.
    inside.find('>').map(|at| at + 1)
}

/// Where `</name` begins, or the end.
fn raw_text_end(text: &str, start: usize, name: &str) -> usize {
    find_ignoring_case(&text[start..], &format!("</{name}")).map_or(text.len(), |end| start + end)
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

fn rfind_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).rposition(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canvas_page_is_taken_apart() {
        let page = parts(
            "<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n\
             <title>Caf&eacute; &amp; more</title>\n<meta name=\"identifier\" content=\"i1\"/>\n\
             <meta name='workflow_state' content=active>\n</head>\n<body>\n<p>Hi</p>\n</body>\n</html>",
        );
        assert_eq!(page.title, "Café & more");
        assert_eq!(page.body, "<p>Hi</p>");
        assert_eq!(page.meta.get("identifier").map(String::as_str), Some("i1"));
        assert_eq!(page.meta.get("workflow_state").map(String::as_str), Some("active"));
        assert!(page.head.starts_with("<meta http-equiv"));
    }

    #[test]
    fn odd_pages_keep_their_text() {
        let table = [
            ("<p>only a fragment</p>", "<p>only a fragment</p>"),
            ("plain text", "plain text"),
            ("", ""),
            ("<BODY class=\">\">a</BODY>", "a"),
            ("<html><head><title>x</title></head>no body tag</html>", "no body tag"),
            ("<head><script>'<body>'</script></head><body>b", "b"),
            ("<!-- <body>no --><body>yes</body></html>", "yes"),
            ("<body>a</body>b</body>", "a</body>b"),
            ("a < b <body", "a < b <body"),
            ("<html>\n<p>x</p></html>", "<p>x</p>"),
        ];
        for (text, body) in table {
            assert_eq!(parts(text).body, body, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in "[<>/!a-d\"'= é-]{0,60}") {
            parts(&text);
            parts(&format!("<head><meta {text}></head><body {text}"));
        }
    }
}
