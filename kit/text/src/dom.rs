//! A document tree and how to walk it without ever overflowing the stack.

use std::cell::RefCell;
use std::rc::Rc;

use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, Node, NodeData, RcDom, SerializableHandle};

/// Deeper nesting is read as text: no page that people wrote comes near.
pub(crate) const DEPTH_MAX: usize = 200;

pub(crate) fn parse(html: &str) -> Handle {
    let name = QualName::new(None, ns!(html), local_name!("body"));
    let dom = parse_fragment(RcDom::default(), ParseOpts::default(), name, Vec::new(), false).one(html);
    // The fragment's parent is one <html> element. It is taken out of the document, whose end would empty it.
    let mut children = dom.document.children.take();
    if children.is_empty() { Rc::clone(&dom.document) } else { children.swap_remove(0) }
}

/// Deeper HTML costs a parser the square of its depth, so that only its words are kept.
const NESTING_MAX: usize = 1_000;
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// True where elements lie too deep in each other to be parsed in good time.
pub(crate) fn is_too_deep(html: &str) -> bool {
    let mut depth = 0_usize;
    for (at, _) in html.match_indices('<') {
        let rest = &html.as_bytes()[at + 1..];
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() => {
                let end = rest.iter().position(|c| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
                let name = String::from_utf8_lossy(&rest[..end]).to_ascii_lowercase();
                depth += usize::from(!VOID.contains(&name.as_str()));
            }
            _ => {}
        }
        if depth > NESTING_MAX {
            return true;
        }
    }
    false
}

/// The HTML inside a node.
pub(crate) fn inner_html(node: &Handle) -> String {
    let mut out = Vec::new();
    for child in node.children.borrow().iter() {
        let serializable: SerializableHandle = Rc::clone(child).into();
        let options = html5ever::serialize::SerializeOpts {
            traversal_scope: html5ever::serialize::TraversalScope::IncludeNode,
            ..html5ever::serialize::SerializeOpts::default()
        };
        // Writing to memory cannot fail.
        let _ = html5ever::serialize::serialize(&mut out, &serializable, options);
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A node with its own tag as HTML.
pub(crate) fn outer_html(node: &Handle) -> String {
    let holder = Node::new(NodeData::Document);
    holder.children.borrow_mut().push(Rc::clone(node));
    let html = inner_html(&holder);
    // The end of the holder would empty what it still holds.
    holder.children.borrow_mut().clear();
    html
}

pub(crate) fn tag(node: &Handle) -> Option<&str> {
    match &node.data {
        NodeData::Element { name, .. } => Some(&*name.local),
        _ => None,
    }
}

pub(crate) fn attr(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string())
}

pub(crate) fn set_attr(node: &Handle, name: &str, value: &str) {
    let NodeData::Element { attrs, .. } = &node.data else { return };
    let mut attrs = attrs.borrow_mut();
    match attrs.iter_mut().find(|attr| &*attr.name.local == name) {
        Some(attr) => attr.value = value.into(),
        None => attrs.push(Attribute { name: QualName::new(None, ns!(), name.into()), value: value.into() }),
    }
}

/// Every node below, in the order of the document, without recursion.
pub(crate) fn descendants(root: &Handle) -> Vec<Handle> {
    let mut out = Vec::new();
    let mut open: Vec<Handle> = root.children.borrow().iter().rev().cloned().collect();
    while let Some(node) = open.pop() {
        open.extend(node.children.borrow().iter().rev().cloned());
        out.push(node);
    }
    out
}

/// All text below, as it stands.
pub(crate) fn text(root: &Handle) -> String {
    let mut out = String::new();
    for node in descendants(root) {
        if let NodeData::Text { contents } = &node.data {
            out.push_str(&contents.borrow());
        }
    }
    out
}

/// The tag of the element around a node.
pub(crate) fn parent_tag(node: &Handle) -> Option<String> {
    parent(node).and_then(|above| tag(&above).map(str::to_owned))
}

/// Whether an element around a node has one of these tags.
pub(crate) fn is_inside(node: &Handle, tags: &[&str]) -> bool {
    let mut next = parent(node);
    while let Some(above) = next {
        if tag(&above).is_some_and(|tag| tags.contains(&tag)) {
            return true;
        }
        next = parent(&above);
    }
    false
}

/// The node around a node.
pub(crate) fn parent(node: &Handle) -> Option<Handle> {
    let parent = node.parent.take();
    let above = parent.as_ref().and_then(std::rc::Weak::upgrade);
    node.parent.set(parent);
    above
}

/// Whether an element has one of these classes.
pub(crate) fn has_class(node: &Handle, wanted: &[&str]) -> bool {
    attr(node, "class").is_some_and(|classes| classes.split_whitespace().any(|class| wanted.contains(&class)))
}

/// A new element with these nodes in it.
pub(crate) fn element(tag: &str, children: Vec<Handle>) -> Handle {
    let data = NodeData::Element {
        name: QualName::new(None, ns!(html), tag.into()),
        attrs: RefCell::default(),
        template_contents: RefCell::default(),
        mathml_annotation_xml_integration_point: false,
    };
    let node = Node::new(data);
    for child in &children {
        child.parent.set(Some(Rc::downgrade(&node)));
    }
    *node.children.borrow_mut() = children;
    node
}

/// A new text.
pub(crate) fn words(text: &str) -> Handle {
    Node::new(NodeData::Text { contents: RefCell::new(text.into()) })
}

/// Whether a node is text that shows nothing.
pub(crate) fn is_blank_text(node: &Handle) -> bool {
    matches!(&node.data, NodeData::Text { contents } if contents.borrow().trim().is_empty())
}

/// Takes a node out.
pub(crate) fn remove(node: &Handle) {
    replace(node, Vec::new());
}

/// Puts what a node holds in its place.
pub(crate) fn unwrap(node: &Handle) {
    let children = node.children.take();
    replace(node, children);
}

/// Gives an element another tag; its attributes and what it holds stay.
pub(crate) fn rename(node: &Handle, tag: &str) -> Handle {
    let new = element(tag, node.children.take());
    if let (NodeData::Element { attrs: old, .. }, NodeData::Element { attrs: now, .. }) = (&node.data, &new.data) {
        *now.borrow_mut() = old.take();
    }
    replace(node, vec![Rc::clone(&new)]);
    new
}

/// Takes an attribute off.
pub(crate) fn drop_attr(node: &Handle, name: &str) {
    if let NodeData::Element { attrs, .. } = &node.data {
        attrs.borrow_mut().retain(|attr| &*attr.name.local != name);
    }
}

/// Puts other nodes in a node's place.
pub(crate) fn replace(node: &Handle, with: Vec<Handle>) {
    let Some(parent) = node.parent.take().and_then(|weak| weak.upgrade()) else { return };
    let mut children = parent.children.borrow_mut();
    let Some(at) = children.iter().position(|child| Rc::ptr_eq(child, node)) else { return };
    for new in &with {
        new.parent.set(Some(Rc::downgrade(&parent)));
    }
    children.splice(at..=at, with);
}
