//! XML as course tools write it, read into a flat tree: any prefix for a namespace, any encoding,
//! no entities of the document's own, no recursion.

use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text::{self, Decoded};
use crate::{Error, LimitKind, Limits, Result};

/// The depth that no limit can raise: what reads the outline calls itself once for each level, on
/// threads with little stack.
const DEPTH_MAX: usize = 256;

/// Namespaces in force at once, and the length of their names: each element looks through them, and
/// each part that becomes a document of its own repeats them.
const NAMESPACES_MAX: usize = 100;
const NAMESPACE_BYTES_MAX: usize = 500;

/// A document: its text and its elements in the order in which they begin, the root first.
#[derive(Debug)]
pub(crate) struct Document {
    text: String,
    elements: Vec<Element>,
    /// The encoding, where the bytes did not match it.
    pub(crate) wrong_encoding: Option<&'static str>,
}

#[derive(Debug)]
struct Element {
    /// Name as written, prefix included.
    name: String,
    namespace: Option<Arc<str>>,
    attributes: Vec<(String, String)>,
    text: String,
    parent: Option<usize>,
    /// Index after the last descendant.
    end: usize,
    /// Where `<` of the start tag and the byte after `>` of the end tag stand in the text.
    range: std::ops::Range<usize>,
    /// Where the inner text begins and ends.
    inner: std::ops::Range<usize>,
}

/// One element of a [`Document`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'d> {
    document: &'d Document,
    index: usize,
}

impl Document {
    /// Reads a document. `path` is what errors name.
    pub(crate) fn parse(path: &str, bytes: &[u8], limits: &Limits) -> Result<Self> {
        let Decoded { text, wrong, .. } = text::decode_xml(path, bytes)?;
        let (elements, _) = Builder::new(path, &text, limits).run()?;
        Ok(Self { text, elements, wrong_encoding: wrong })
    }

    /// The outermost element.
    pub(crate) fn root(&self) -> Node<'_> {
        Node { document: self, index: 0 }
    }
}

impl<'d> Node<'d> {
    fn element(self) -> &'d Element {
        // An index is only ever made from the document that it indexes.
        &self.document.elements[self.index]
    }

    /// The name without prefix.
    pub(crate) fn name(self) -> &'d str {
        local(&self.element().name)
    }

    /// The namespace, if the prefix (or the default) is bound to one.
    pub(crate) fn namespace(self) -> Option<&'d str> {
        self.element().namespace.as_deref()
    }

    /// Its attributes: names as written, prefix included, and values.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'d str, &'d str)> {
        self.element().attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of the attribute with this local name.
    pub(crate) fn attribute(self, name: &str) -> Option<&'d str> {
        let mut found = self.attributes().filter(|(full, _)| !full.starts_with("xmlns"));
        found.find(|(full, _)| local(full) == name).map(|(_, value)| value)
    }

    /// Its elements, one level down.
    pub(crate) fn children(self) -> impl Iterator<Item = Node<'d>> {
        let document = self.document;
        let end = self.element().end;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let index = (next < end).then_some(next)?;
            next = document.elements[index].end;
            Some(Node { document, index })
        })
    }

    /// Its elements with this local name, one level down.
    pub(crate) fn all(self, name: &str) -> impl Iterator<Item = Node<'d>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// Its first element with this local name, one level down.
    pub(crate) fn child(self, name: &str) -> Option<Node<'d>> {
        self.all(name).next()
    }

    /// Everything below it, in the order of the document.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Node<'d>> {
        let document = self.document;
        (self.index + 1..self.element().end).map(move |index| Node { document, index })
    }

    /// The first element below it with this local name.
    pub(crate) fn descendant(self, name: &str) -> Option<Node<'d>> {
        self.descendants().find(|node| node.name() == name)
    }

    /// Its own text, without that of its elements.
    pub(crate) fn text(self) -> &'d str {
        &self.element().text
    }

    /// The trimmed text of its element with this name; `None` if absent or empty.
    pub(crate) fn value(self, name: &str) -> Option<&'d str> {
        self.child(name).map(|child| child.text().trim()).filter(|text| !text.is_empty())
    }

    /// Its content as markup: its text, or, where someone wrote HTML without escaping it, that.
    pub(crate) fn markup(self) -> String {
        if self.children().next().is_some() {
            self.document.text[self.element().inner.clone()].trim().to_owned()
        } else {
            self.text().to_owned()
        }
    }

    /// It as written.
    pub(crate) fn source(self) -> &'d str {
        &self.document.text[self.element().range.clone()]
    }

    /// It as a document of its own: original text, with the namespaces that it inherits.
    pub(crate) fn as_document(self) -> Vec<u8> {
        let element = self.element();
        let source = self.source();
        let name_end = 1 + element.name.len();
        let mut document = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        document.push_str(&source[..name_end]);
        let used = |name: &str| name.strip_prefix("xmlns:").is_none_or(|prefix| source.contains(&format!("{prefix}:")));
        for (name, value) in self.inherited_namespaces().into_iter().filter(|(name, _)| used(name)) {
            document.push_str(&format!(" {name}=\"{}\"", text::escaped(value)));
        }
        document.push_str(&source[name_end..]);
        document.into_bytes()
    }

    fn inherited_namespaces(self) -> Vec<(&'d str, &'d str)> {
        let mut known: Vec<&str> = Vec::new();
        let mut inherited = Vec::new();
        let mut at = Some(self.index);
        while let Some(index) = at {
            let element = &self.document.elements[index];
            for (name, value) in element.attributes.iter().filter(|(name, _)| is_namespace(name)) {
                if !known.contains(&name.as_str()) {
                    known.push(name);
                    if index != self.index {
                        inherited.push((name.as_str(), value.as_str()));
                    }
                }
            }
            at = element.parent;
        }
        inherited.sort_unstable();
        inherited
    }
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

fn is_namespace(attribute: &str) -> bool {
    attribute == "xmlns" || attribute.starts_with("xmlns:")
}

/// Builds the elements of a document from its events.
struct Builder<'t> {
    path: &'t str,
    text: &'t str,
    limits: &'t Limits,
    elements: Vec<Element>,
    open: Vec<usize>,
    /// Bindings of prefixes, innermost last, each with the element that made it.
    namespaces: Vec<(usize, String, Arc<str>)>,
    nodes: usize,
}

impl<'t> Builder<'t> {
    fn new(path: &'t str, text: &'t str, limits: &'t Limits) -> Self {
        let (elements, open, namespaces) = (Vec::new(), Vec::new(), Vec::new());
        Self { path, text, limits, elements, open, namespaces, nodes: 0 }
    }

    fn run(mut self) -> Result<(Vec<Element>, usize)> {
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().allow_dangling_amp = true;
        loop {
            let start = reader.buffer_position() as usize;
            let event = reader.read_event();
            let end = reader.buffer_position() as usize;
            match event {
                Ok(Event::Start(tag)) => self.begin(&tag, start, end)?,
                Ok(Event::Empty(tag)) => {
                    self.begin(&tag, start, end)?;
                    self.finish(end, end);
                }
                Ok(Event::End(_)) => self.finish(start, end),
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
                Err(error) => {
                    return Err(self.fault(reader.error_position() as usize, error.to_string()));
                }
            }
        }
        if let Some(&index) = self.open.last() {
            let reason = format!("the document ends inside <{}>", self.elements[index].name);
            return Err(self.fault(self.text.len(), reason));
        }
        if self.elements.is_empty() {
            return Err(self.fault(self.text.len(), "the document holds no element".to_owned()));
        }
        Ok((self.elements, self.nodes))
    }

    fn begin(&mut self, tag: &BytesStart<'_>, start: usize, end: usize) -> Result<()> {
        if self.open.is_empty() && !self.elements.is_empty() {
            return Err(self.fault(start, "a second element follows the root element".to_owned()));
        }
        let deepest = self.limits.xml_depth.min(DEPTH_MAX);
        if self.open.len() >= deepest {
            return Err(self.limit(LimitKind::XmlDepth, deepest, self.open.len() + 1));
        }
        let mut attributes = Vec::new();
        // Duplicate attributes are met in the wild; the first one counts, as in browsers.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.fault(start, error.to_string()))?;
            self.count(1)?;
            attributes.push((attribute.key.as_ref().to_owned(), text::unescaped_attribute(&attribute.value)));
        }
        self.count(1)?;
        let index = self.elements.len();
        for (name, value) in attributes.iter().filter(|(name, _)| is_namespace(name)) {
            if self.namespaces.len() >= NAMESPACES_MAX || value.len() > NAMESPACE_BYTES_MAX {
                return Err(self.fault(start, "more or longer namespaces are declared than are read".to_owned()));
            }
            let prefix = name.strip_prefix("xmlns:").unwrap_or_default();
            self.namespaces.push((index, prefix.to_owned(), value.as_str().into()));
        }
        let name = tag.name().as_ref().to_owned();
        let namespace = self.namespace_of(&name);
        let parent = self.open.last().copied();
        let (range, inner) = (start..end, end..end);
        self.elements.push(Element {
            name,
            namespace,
            attributes,
            text: String::new(),
            parent,
            end: index + 1,
            range,
            inner,
        });
        self.open.push(index);
        Ok(())
    }

    fn finish(&mut self, inner_end: usize, end: usize) {
        let Some(index) = self.open.pop() else { return };
        let after = self.elements.len();
        let element = &mut self.elements[index];
        element.end = after;
        element.range.end = end;
        element.inner.end = inner_end;
        while self.namespaces.last().is_some_and(|(owner, ..)| *owner >= index) {
            self.namespaces.pop();
        }
    }

    fn add_text(&mut self, text: &str, start: usize) -> Result<()> {
        self.count(1)?;
        match self.open.last() {
            Some(&index) => self.elements[index].text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(self.fault(start, "text stands outside the root element".to_owned())),
        }
        Ok(())
    }

    fn namespace_of(&self, name: &str) -> Option<Arc<str>> {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let mut bindings = self.namespaces.iter().rev();
        bindings.find(|(_, bound, _)| bound == prefix).map(|(.., uri)| uri.clone()).filter(|uri| !uri.is_empty())
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
