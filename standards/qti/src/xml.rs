//! XML with mixed content, read into a tree: any prefix for a namespace, any
//! encoding, no entities of the document's own. QTI 3.0 names become those of 2.x on the way in
//! (`qti-choice-interaction` is `choiceInteraction`), so that one reader serves all versions.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text::{self, Decoded};
use crate::{Error, LimitKind, Limits, Result};

/// The depth that no limit can raise: what walks the tree calls itself once for each level.
const DEPTH_MAX: usize = 128;

/// Namespaces in force at once, and the length of their names.
const NAMESPACES_MAX: usize = 100;
const NAMESPACE_BYTES_MAX: usize = 500;

/// A document: its root, and whether its names were those of QTI 3.0.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Element,
    /// The encoding, where the bytes did not match it.
    pub(crate) wrong_encoding: Option<&'static str>,
}

/// An element: its name without prefix, its attributes (`xmlns` left out), its content in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) namespace: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) content: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Text(String),
    Element(Element),
}

/// Reads a document. `path` is what errors name.
pub(crate) fn parse(path: &str, bytes: &[u8], limits: &Limits) -> Result<Document> {
    if bytes.len() as u64 > limits.document_bytes {
        let (limit, found) = (limits.document_bytes, bytes.len() as u64);
        return Err(Error::Limit { kind: LimitKind::DocumentBytes, limit, found, path: Some(path.to_owned()) });
    }
    let Decoded { text, wrong, .. } = text::decode_xml(path, bytes)?;
    let root = Builder { path, text: &text, limits, open: Vec::new(), root: None, nodes: 0 }.run()?;
    Ok(Document { root, wrong_encoding: wrong })
}

impl Element {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub(crate) fn push(&mut self, child: Self) {
        self.content.push(Node::Element(child));
    }

    /// The value of an attribute, by its name with or without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(full, _)| full == name);
        let found = found.or_else(|| self.attributes.iter().find(|(full, _)| local(full) == name));
        found.map(|(_, value)| value.as_str())
    }

    /// An attribute, empty if it is missing.
    pub(crate) fn attribute_or_empty(&self, name: &str) -> String {
        self.attribute(name).unwrap_or_default().trim().to_owned()
    }

    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children().filter(move |child| child.name == name)
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// Everything below it, in the order of the document.
    pub(crate) fn descendants(&self) -> Vec<&Self> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Self> = self.children().collect();
        waiting.reverse();
        while let Some(element) = waiting.pop() {
            found.push(element);
            let at = waiting.len();
            waiting.extend(element.children());
            waiting[at..].reverse();
        }
        found
    }

    pub(crate) fn descendant(&self, name: &str) -> Option<&Self> {
        self.descendants().into_iter().find(|element| element.name == name)
    }

    /// All text in it.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for node in &self.content {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => out.push_str(&element.text()),
            }
        }
        out
    }

    /// Its text with the white space around it taken off.
    pub(crate) fn trimmed(&self) -> String {
        self.text().trim().to_owned()
    }

    /// The trimmed text of a child; `None` if absent or empty.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.child(name).map(Self::trimmed).filter(|text| !text.is_empty())
    }

    /// Its content as markup.
    pub(crate) fn inner(&self) -> String {
        let mut out = String::new();
        for node in &self.content {
            node.write(&mut out, &|name| name.to_owned());
        }
        out
    }

    /// It as markup, each name passed through `rename`.
    pub(crate) fn write(&self, out: &mut String, rename: &dyn Fn(&str) -> String) {
        let name = rename(&self.name);
        out.push('<');
        out.push_str(&name);
        for (attribute, value) in &self.attributes {
            out.push_str(&format!(" {attribute}=\"{}\"", text::escaped(value)));
        }
        if self.content.is_empty() && !is_html_container(&self.name) {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.content {
            node.write(out, rename);
        }
        out.push_str(&format!("</{name}>"));
    }
}

/// Elements that HTML readers would leave open if they were written as `<div/>`.
fn is_html_container(name: &str) -> bool {
    matches!(
        name,
        "div" | "span" | "p" | "a" | "td" | "th" | "em" | "strong" | "i" | "b" | "video" | "audio" | "object"
    )
}

impl Node {
    pub(crate) fn write(&self, out: &mut String, rename: &dyn Fn(&str) -> String) {
        match self {
            Self::Text(text) => out.push_str(&text::escaped_text(text)),
            Self::Element(element) => element.write(out, rename),
        }
    }
}

pub(crate) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// `qti-simple-choice` to `simpleChoice`; other names stay.
fn from_kebab(name: &str) -> String {
    name.strip_prefix("qti-").map_or_else(|| name.to_owned(), camel)
}

/// `max-choices` to `maxChoices`.
fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut raise = false;
    for character in name.chars() {
        if character == '-' {
            raise = true;
        } else if std::mem::take(&mut raise) {
            out.extend(character.to_uppercase());
        } else {
            out.push(character);
        }
    }
    out
}

/// Builds the tree of a document from its events.
struct Builder<'t> {
    path: &'t str,
    text: &'t str,
    limits: &'t Limits,
    open: Vec<(Element, Vec<(String, String)>)>,
    root: Option<Element>,
    nodes: usize,
}

impl Builder<'_> {
    fn run(mut self) -> Result<Element> {
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().allow_dangling_amp = true;
        loop {
            let start = reader.buffer_position() as usize;
            match reader.read_event() {
                Ok(Event::Start(tag)) => self.begin(&tag, start)?,
                Ok(Event::Empty(tag)) => {
                    self.begin(&tag, start)?;
                    self.finish();
                }
                Ok(Event::End(_)) => self.finish(),
                Ok(Event::Text(text)) => self.add_text(&text::unescaped(&text.xml10_content()), start)?,
                Ok(Event::CData(text)) => self.add_text(&text.xml10_content(), start)?,
                Ok(Event::GeneralRef(name)) => {
                    self.add_text(&text::unescaped(&format!("&{};", name.xml10_content())), start)?;
                }
                Ok(Event::DocType(declaration)) if declaration.contains("<!ENTITY") => {
                    let (line, column) = text::line_and_column(self.text, start);
                    return Err(Error::EntityDeclaration { path: self.path.to_owned(), line, column });
                }
                Ok(Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
                Ok(Event::Eof) => break,
                Err(error) => return Err(self.fault(reader.error_position() as usize, error.to_string())),
            }
        }
        if let Some((element, _)) = self.open.last() {
            let reason = format!("the document ends inside <{}>", element.name);
            return Err(self.fault(self.text.len(), reason));
        }
        let missing = self.fault(self.text.len(), "the document holds no element".to_owned());
        self.root.ok_or(missing)
    }

    fn begin(&mut self, tag: &BytesStart<'_>, start: usize) -> Result<()> {
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.fault(start, "a second element follows the root element".to_owned()));
        }
        let deepest = self.limits.xml_depth.min(DEPTH_MAX);
        if self.open.len() >= deepest {
            return Err(self.limit(LimitKind::XmlDepth, deepest, self.open.len() + 1));
        }
        self.count(1)?;
        let written = tag.name().as_ref().to_owned();
        let (prefix, name) = written.split_once(':').unwrap_or(("", &written));
        let renamed = name.starts_with("qti-");
        let mut element = Element::new(&from_kebab(name));
        let mut bindings = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.fault(start, error.to_string()))?;
            self.count(1)?;
            let key = attribute.key.as_ref();
            let value = text::unescaped_attribute(&attribute.value);
            if key == "xmlns" || key.starts_with("xmlns:") {
                // Every element looks through the bindings and repeats the one it finds.
                let known: usize = self.open.iter().map(|(_, bindings)| bindings.len()).sum();
                if known + bindings.len() >= NAMESPACES_MAX || value.len() > NAMESPACE_BYTES_MAX {
                    return Err(self.fault(start, "more or longer namespaces are declared than are read".to_owned()));
                }
                bindings.push((key.strip_prefix("xmlns:").unwrap_or_default().to_owned(), value));
            } else if renamed && !key.starts_with("data-") && !key.starts_with("aria-") && !key.contains(':') {
                element.attributes.push((camel(key), value));
            } else {
                element.attributes.push((key.to_owned(), value));
            }
        }
        let scopes = self.open.iter().flat_map(|(_, bindings)| bindings).chain(&bindings);
        let bound = scopes.rev().find(|(bound, _)| bound == prefix);
        element.namespace = bound.map(|(_, uri)| uri.clone()).unwrap_or_default();
        self.open.push((element, bindings));
        Ok(())
    }

    fn finish(&mut self) {
        let Some((element, _)) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some((parent, _)) => parent.content.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn add_text(&mut self, text: &str, start: usize) -> Result<()> {
        self.count(1)?;
        match self.open.last_mut() {
            Some((parent, _)) => match parent.content.last_mut() {
                Some(Node::Text(earlier)) => earlier.push_str(text),
                _ => parent.content.push(Node::Text(text.to_owned())),
            },
            None if text.trim().is_empty() => {}
            None => return Err(self.fault(start, "text stands outside the root element".to_owned())),
        }
        Ok(())
    }

    fn count(&mut self, nodes: usize) -> Result<()> {
        self.nodes += nodes;
        if self.nodes > self.limits.xml_nodes {
            return Err(self.limit(LimitKind::XmlNodes, self.limits.xml_nodes, self.nodes));
        }
        Ok(())
    }

    fn limit(&self, kind: LimitKind, limit: usize, found: usize) -> Error {
        Error::Limit { kind, limit: limit as u64, found: found as u64, path: Some(self.path.to_owned()) }
    }

    fn fault(&self, offset: usize, reason: String) -> Error {
        let (line, column) = text::line_and_column(self.text, offset);
        Error::Xml { path: self.path.to_owned(), line, column, reason }
    }
}
