use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element, or a text (then its name is empty). Elements are numbered by the order in which they stand.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attrs: Vec<(String, String)>,
    pub(super) children: Vec<Self>,
    pub(super) text: String,
}

impl Node {
    /// The tree of a page or of a fragment.
    pub(super) fn parse(html: &str) -> Self {
        let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
        Self::from_handle(&dom.document)
    }

    fn from_handle(handle: &Handle) -> Self {
        let mut node = Self { name: String::new(), attrs: Vec::new(), children: Vec::new(), text: String::new() };
        match &handle.data {
            NodeData::Text { contents } => node.text = contents.borrow().to_string(),
            NodeData::Element { name, attrs, .. } => {
                node.name = name.local.to_string();
                let attrs = attrs.borrow();
                node.attrs = attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            }
            NodeData::Document => node.name = "#document".to_owned(),
            _ => {}
        }
        node.children = handle.children.borrow().iter().map(Self::from_handle).collect();
        node
    }

    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// This and all below, in their order.
    pub(super) fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        for child in &self.children {
            found.extend(child.all());
        }
        found
    }

    /// This and all below that a person can meet, with or without eyes.
    pub(super) fn perceivable(&self) -> Vec<&Self> {
        if self.is_hidden() || self.attr("aria-hidden") == Some("true") {
            return Vec::new();
        }
        let mut found = vec![self];
        for child in &self.children {
            found.extend(child.perceivable());
        }
        found
    }

    pub(super) fn by_id(&self, id: &str) -> Option<&Self> {
        self.all().into_iter().find(|node| node.attr("id") == Some(id))
    }

    fn is_hidden(&self) -> bool {
        matches!(self.name.as_str(), "script" | "style" | "template" | "head" | "noscript")
            || self.attr("hidden").is_some()
            // It is shown once something opens it.
            || self.attr("popover").is_some()
    }

    /// The text that is read, blanks gathered.
    pub(super) fn visible_text(&self) -> String {
        let mut out = String::new();
        self.write_text(&mut out, false);
        gathered(&out)
    }

    /// The text that names an element: without what is decoration.
    pub(super) fn naming_text(&self) -> String {
        let mut out = String::new();
        self.write_text(&mut out, true);
        gathered(&out)
    }

    fn write_text(&self, out: &mut String, naming: bool) {
        if self.is_hidden() || (naming && self.attr("aria-hidden") == Some("true")) {
            return;
        }
        out.push_str(&self.text);
        if naming && self.is("img") {
            out.push_str(self.attr("alt").unwrap_or_default());
        }
        for child in &self.children {
            child.write_text(out, naming);
        }
        if !self.name.is_empty() && !INLINE.contains(&self.name.as_str()) {
            out.push('\n');
        }
    }
}

/// Elements that do not part words.
const INLINE: &[&str] = &[
    "a", "b", "i", "em", "strong", "span", "code", "small", "sub", "sup", "abbr", "time", "mark", "kbd", "label",
    "button",
];

/// Blanks gathered to one; the lines of blocks kept apart.
pub(super) fn gathered(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
