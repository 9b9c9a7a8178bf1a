//! XML written by hand: indented, escaped, always the same.

use crate::text::{escaped, escaped_text};

/// A document that grows.
#[derive(Debug)]
pub(crate) struct XmlWriter {
    out: String,
    open: Vec<String>,
}

impl XmlWriter {
    pub(crate) fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.start(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name.to_owned());
        self
    }

    /// Closes the innermost open element.
    pub(crate) fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.out.push_str(&format!("</{name}>\n"));
        }
        self
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.start(name, attributes);
        self.out.push_str("/>\n");
        self
    }

    /// An element with text.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) -> &mut Self {
        self.leaf_with(name, &[], text)
    }

    /// An element with attributes and text.
    pub(crate) fn leaf_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        self.start(name, attributes);
        self.out.push_str(&format!(">{}</{name}>\n", escaped_text(text)));
        self
    }

    /// An element with text, if there is any.
    pub(crate) fn maybe(&mut self, name: &str, text: Option<impl ToString>) -> &mut Self {
        if let Some(text) = text {
            self.leaf(name, &text.to_string());
        }
        self
    }

    /// The document, with everything closed.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.into_bytes()
    }

    /// The document opened so far, as one that something is inserted into (already XML).
    pub(crate) fn raw(&mut self, xml: &str) -> &mut Self {
        self.indent();
        self.out.push_str(xml.trim());
        self.out.push('\n');
        self
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.out.push_str(&format!("<{name}"));
        for (attribute, value) in attributes {
            self.out.push_str(&format!(" {attribute}=\"{}\"", escaped(value)));
        }
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.out.push_str("  ");
        }
    }
}
