use std::sync::OnceLock;

use bytes::Bytes;
use http::HeaderMap;
use http::response::Parts;

use super::dom::Node;
use super::roles::{name, role};
use crate::{assets, observe};

/// What the browser got, seen as a person sees it.
#[derive(Clone, Debug)]
pub struct Answer {
    path: String,
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    page: OnceLock<Node>,
}

impl Answer {
    pub(super) fn new(path: &str, parts: Parts, body: Bytes) -> Self {
        let (status, headers) = (parts.status.as_u16(), joined(&parts.headers));
        Self { path: path.to_owned(), status, headers, body, page: OnceLock::new() }
    }

    /// The page, read once something of it is asked for: many tests ask for the status only. Empty where the answer is
    /// no page.
    pub(super) fn page(&self) -> &Node {
        self.page.get_or_init(|| {
            let is_html = self.header("content-type").starts_with("text/html");
            Node::parse(&if is_html { self.html() } else { String::new() })
        })
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The path and query that this is the answer to, after redirects.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A header, several lines of it joined by commas; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads.
    pub fn redirect(&self) -> Option<String> {
        let is_redirect = matches!(self.status, 301 | 302 | 303 | 307 | 308);
        is_redirect.then(|| self.header("location").to_owned()).filter(|path| !path.is_empty())
    }

    /// The body as it came.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body's bytes: a download.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON; `null` where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The text that a person reads, one line for each block.
    pub fn text(&self) -> String {
        self.page().visible_text()
    }

    /// True where a person reads this.
    pub fn has_text(&self, text: &str) -> bool {
        self.text().replace('\n', " ").contains(text)
    }

    /// The page's title.
    pub fn title(&self) -> String {
        let title = self.page().all().into_iter().find(|node| node.is("title")).map(Node::visible_text);
        title.unwrap_or_default()
    }

    /// The names of all things of a role (`heading`, `link`, `button`, `textbox`, `checkbox`, `navigation`, `row`...).
    pub fn names(&self, wanted: &str) -> Vec<String> {
        let nodes = self.page().perceivable().into_iter();
        nodes.filter(|node| role(node) == Some(wanted)).map(|node| name(node, self.page())).collect()
    }

    /// True where there is a thing of this role with this name, or with a name that holds it.
    pub fn has_role(&self, wanted: &str, part: &str) -> bool {
        self.names(wanted).iter().any(|name| name.contains(part))
    }

    /// Where the link with this name leads; one with exactly this name before one that only holds it.
    pub fn link(&self, part: &str) -> Option<String> {
        self.best("link", part)?.attr("href").map(str::to_owned)
    }

    /// What stands in the field of this name now.
    pub fn value(&self, field: &str) -> Option<String> {
        let control = self.page().all().into_iter().find(|node| node.attr("name") == Some(field))?;
        Some(super::forms::values(control).into_iter().next().unwrap_or_default())
    }

    /// What is said to be wrong in the form: the field's name and the message that belongs to it.
    pub fn form_errors(&self) -> Vec<(String, String)> {
        let wrong = self.page().all().into_iter().filter(|node| node.attr("aria-invalid") == Some("true"));
        let error = |node: &Node| {
            let named = |node: &&Node| node.attr("name").is_some();
            let field = node.all().into_iter().find(named)?.attr("name")?.to_owned();
            let ids = node.attr("aria-describedby")?;
            let id = ids.split_whitespace().find(|id| id.ends_with("-error"))?;
            Some((field, self.page().by_id(id)?.visible_text()))
        };
        wrong.filter_map(error).collect()
    }

    /// How many statements the request ran.
    pub fn statements(&self) -> u64 {
        self.header(observe::STATEMENTS.as_str()).parse().unwrap_or(0)
    }

    /// The size of the body in bytes.
    pub fn bytes(&self) -> usize {
        self.body.len()
    }

    /// The size of the body as it travels, in bytes: compressed as the server does it.
    pub fn bytes_compressed(&self) -> usize {
        assets::compressed(&self.body, 4).map_or(self.bytes(), |small| small.len())
    }

    /// What every page must keep to, whatever it shows: one h1, a title, a language, a name on every control and
    /// picture, each id once, nothing that the content security policy forbids. Empty where all is well.
    pub fn faults(&self) -> Vec<String> {
        let nodes = self.page().all();
        let mut faults = Vec::new();
        let headings = nodes.iter().filter(|node| node.is("h1")).count();
        if headings != 1 {
            faults.push(format!("{headings} h1"));
        }
        if self.title().is_empty() {
            faults.push("no title".to_owned());
        }
        if !nodes.iter().any(|node| node.is("html") && node.attr("lang").is_some_and(|lang| !lang.is_empty())) {
            faults.push("no language".to_owned());
        }
        let mut ids: Vec<&str> = nodes.iter().filter_map(|node| node.attr("id")).collect();
        ids.sort_unstable();
        faults
            .extend(ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("the id `{}` twice", pair[0])));
        faults.extend(nodes.iter().filter_map(|node| forbidden(node)));
        faults.extend(self.page().perceivable().into_iter().filter_map(|node| self.nameless(node)));
        faults
    }

    fn nameless(&self, node: &Node) -> Option<String> {
        let needs = ["link", "button", "textbox", "searchbox", "checkbox", "radio", "combobox", "spinbutton", "slider"];
        let is_nameless = role(node).is_some_and(|role| needs.contains(&role)) && name(node, self.page()).is_empty();
        let is_silent = node.is("img") && node.attr("alt").is_none();
        (is_nameless || is_silent).then(|| format!("<{} {:?}> has no name", node.name, node.attrs))
    }

    pub(super) fn best(&self, wanted: &str, part: &str) -> Option<&Node> {
        let nodes: Vec<&Node> = self.page().all().into_iter().filter(|node| role(node) == Some(wanted)).collect();
        let exact = nodes.iter().find(|node| name(node, self.page()) == part);
        exact.or_else(|| nodes.iter().find(|node| name(node, self.page()).contains(part))).copied()
    }
}

fn joined(headers: &HeaderMap) -> HeaderMap {
    let all = |name| headers.get_all(name).iter().filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join(", ");
    headers.keys().filter_map(|name| Some((name.clone(), all(name).parse().ok()?))).collect()
}

fn forbidden(node: &Node) -> Option<String> {
    let handler = node.attrs.iter().find(|(name, _)| name == "style" || (name.starts_with("on") && name.len() > 3));
    if let Some((name, _)) = handler {
        return Some(format!("<{}> has the attribute `{name}`, which the policy forbids", node.name));
    }
    let is_inline = node.is("script") && node.attr("src").is_none();
    let is_data = matches!(
        node.attr("type"),
        Some("importmap" | "application/json" | "application/ld+json" | "speculationrules")
    );
    ((is_inline && !is_data) || node.is("style"))
        .then(|| format!("an inline <{}>, which the policy forbids", node.name))
}
