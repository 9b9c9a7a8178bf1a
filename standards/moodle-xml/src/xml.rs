//! A small tree of XML, and back to text.

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::{Error, Limits, Result};

/// An element, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, with prefix.
    pub name: String,
    /// Its attributes, in order.
    pub attributes: Vec<(String, String)>,
    /// What it holds; white space between elements is left out.
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

/// Deeper trees than this could exhaust the stack when they are walked.
const DEPTH_MAX: usize = 256;

impl Element {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        self.attributes.push((key.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn holding(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.children.push(Node::Text(text.to_owned()));
        }
        self
    }

    pub(crate) fn push(&mut self, child: Element) {
        self.children.push(Node::Element(child));
    }

    /// The value of an attribute.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Its own text.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }

    /// Whether it holds text and nothing else, and has no attributes.
    pub(crate) fn is_plain(&self) -> bool {
        self.attributes.is_empty() && self.children.iter().all(|node| matches!(node, Node::Text(_)))
    }

    pub(crate) fn write(&self, out: &mut String, level: usize) {
        let indent = "  ".repeat(level);
        let _ = write!(out, "{indent}<{}", self.name);
        for (key, value) in &self.attributes {
            let _ = write!(out, " {key}=\"{}\"", escaped(value));
        }
        let mixed = self.children.iter().any(|node| matches!(node, Node::Text(_)));
        if self.children.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push('>');
        if !mixed {
            out.push('\n');
        }
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(&escaped(text)),
                Node::Element(child) if mixed => {
                    // Inside text white space counts.
                    let mut inner = String::new();
                    child.write(&mut inner, 0);
                    out.push_str(inner.trim_end_matches('\n'));
                }
                Node::Element(child) => child.write(out, level + 1),
            }
        }
        let _ = writeln!(out, "{}</{}>", if mixed { "" } else { &indent }, self.name);
    }
}

/// White space that a reader would change is written as references.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(character),
        }
    }
    out
}

/// The text that is meant; what is no reference to a character stays as it is: nothing expands.
fn unescaped(text: &str) -> String {
    const LONGEST: usize = 12;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        let meant = end.and_then(|end| Some((end, reference(rest.get(..end)?)?)));
        match meant {
            Some((end, character)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|character| *character != '\0')?
        }
    })
}

pub(crate) fn parse(text: &str, limits: &Limits) -> Result<Element> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut tree = Tree { limits, open: Vec::new(), root: None, nodes: 0 };
    loop {
        let event = reader.read_event();
        let done = match event {
            Ok(Event::Start(tag)) => tree.begin(&tag),
            Ok(Event::Empty(tag)) => tree.begin(&tag).and_then(|()| tree.finish()),
            Ok(Event::End(_)) => tree.finish(),
            Ok(Event::Text(words)) => tree.text(&unescaped(&words.xml10_content())),
            Ok(Event::CData(words)) => tree.text(&words.xml10_content()),
            Ok(Event::GeneralRef(name)) => tree.text(&unescaped(&format!("&{};", name.xml10_content()))),
            Ok(Event::DocType(declaration)) if declaration.contains("<!ENTITY") => {
                return Err(Error::EntityDeclaration);
            }
            Ok(Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => Ok(()),
            Ok(Event::Eof) => break,
            Err(error) => Err(Fault::Reason(error.to_string())),
        };
        done.map_err(|fault| match fault {
            Fault::Limit(error) => error,
            Fault::Reason(reason) => {
                let at = (reader.buffer_position() as usize).min(text.len());
                Error::Xml { line: text.as_bytes()[..at].split(|byte| *byte == b'\n').count(), reason }
            }
        })?;
    }
    let last = text.split('\n').count();
    if let Some(open) = tree.open.last() {
        return Err(Error::Xml { line: last, reason: format!("the file ends inside <{}>", open.name) });
    }
    tree.root.ok_or(Error::Xml { line: last, reason: "the file holds no element".to_owned() })
}

enum Fault {
    Limit(Error),
    Reason(String),
}

struct Tree<'l> {
    limits: &'l Limits,
    open: Vec<Element>,
    root: Option<Element>,
    nodes: usize,
}

impl Tree<'_> {
    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        if self.root.is_some() {
            return Err(Fault::Reason("a second element follows the root element".to_owned()));
        }
        let limit = self.limits.depth.min(DEPTH_MAX);
        if self.open.len() >= limit {
            return Err(Fault::Limit(Error::Limit { kind: "depth", limit }));
        }
        let mut element = Element::new(tag.name().as_ref());
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| Fault::Reason(error.to_string()))?;
            self.count()?;
            element.attributes.push((attribute.key.as_ref().to_owned(), unescaped(&attribute.value)));
        }
        self.open.push(element);
        self.count()
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.count()?;
        match self.open.last_mut() {
            Some(open) => match open.children.last_mut() {
                Some(Node::Text(before)) => before.push_str(text),
                _ => open.children.push(Node::Text(text.to_owned())),
            },
            None if text.trim().is_empty() => {}
            None => return Err(Fault::Reason("text stands outside the root element".to_owned())),
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Fault> {
        let Some(mut element) = self.open.pop() else {
            return Err(Fault::Reason("an element ends that has not begun".to_owned()));
        };
        if element.children.iter().any(|node| matches!(node, Node::Element(_))) {
            let blank = |node: &Node| matches!(node, Node::Text(text) if text.trim().is_empty());
            element.children.retain(|node| !blank(node));
        }
        element.children.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
        match self.open.last_mut() {
            Some(parent) => parent.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.nodes += 1;
        let limit = self.limits.nodes;
        if self.nodes > limit { Err(Fault::Limit(Error::Limit { kind: "nodes", limit })) } else { Ok(()) }
    }
}
