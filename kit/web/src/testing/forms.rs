#![expect(clippy::panic, reason = "in a test a missing thing is a failure")]

use http::Method;

use super::answer::Answer;
use super::dom::Node;

/// What pressing a button sends.
#[derive(Clone, Debug)]
pub struct Filled {
    /// How.
    pub method: Method,
    /// Where to.
    pub action: String,
    /// True for a form that takes files.
    pub multipart: bool,
    /// The fields, in the order of the page.
    pub fields: Vec<(String, String)>,
}

impl Answer {
    /// What every button of every form of the page would send as the page stands: for a test that presses them all.
    pub fn forms(&self) -> Vec<Filled> {
        let forms = self.page().all().into_iter().filter(|node| node.is("form"));
        let of = |form| self.controls(form).into_iter().filter(|c| submits(c)).map(move |pressed| (form, pressed));
        forms.flat_map(of).map(|(form, pressed)| self.sent(form, pressed, &[])).collect()
    }

    /// The form of a button, filled in.
    pub(super) fn filled(&self, button: &str, fields: &[(&str, &str)]) -> Filled {
        let Some(pressed) = self.best("button", button) else { panic!("no button `{button}` in:\n{}", self.text()) };
        let Some(form) = self.form_of(pressed) else { panic!("the button `{button}` belongs to no form") };
        let controls = self.controls(form);
        for (name, _) in fields {
            let is_there = controls.iter().any(|control| control.attr("name") == Some(name));
            assert!(is_there, "the form of `{button}` has no field `{name}` in:\n{}", self.text());
        }
        self.sent(form, pressed, fields)
    }

    fn sent(&self, form: &Node, pressed: &Node, fields: &[(&str, &str)]) -> Filled {
        let given = |name: &str| fields.iter().any(|(field, _)| *field == name);
        let mut sent = Vec::new();
        for control in self.controls(form) {
            let Some(name) = control.attr("name") else { continue };
            let is_other_button = is_button(control) && !std::ptr::eq(control, pressed);
            if given(name) || is_other_button || control.attr("disabled").is_some() {
                continue;
            }
            sent.extend(values(control).into_iter().map(|value| (name.to_owned(), value)));
        }
        sent.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let says = |name: &str| pressed.attr(&format!("form{name}")).or_else(|| form.attr(name));
        let method =
            if says("method").is_some_and(|m| m.eq_ignore_ascii_case("post")) { Method::POST } else { Method::GET };
        let action = says("action").filter(|action| !action.is_empty()).unwrap_or(self.path()).to_owned();
        Filled { method, action, multipart: says("enctype") == Some("multipart/form-data"), fields: sent }
    }

    fn form_of(&self, pressed: &Node) -> Option<&Node> {
        if let Some(id) = pressed.attr("form") {
            return self.page().by_id(id);
        }
        let forms = self.page().all().into_iter().filter(|node| node.is("form"));
        forms.into_iter().find(|form| form.all().iter().any(|node| std::ptr::eq(*node, pressed)))
    }

    /// The controls within a form, and those elsewhere that name it.
    fn controls<'a>(&'a self, form: &'a Node) -> Vec<&'a Node> {
        let id = form.attr("id").unwrap_or_default();
        let is_control = |node: &&Node| matches!(node.name.as_str(), "input" | "textarea" | "select" | "button");
        let within = form.all().into_iter().filter(is_control);
        let elsewhere = self.page().all().into_iter().filter(is_control);
        let elsewhere = elsewhere.filter(|node| !id.is_empty() && node.attr("form") == Some(id));
        within.chain(elsewhere).collect()
    }
}

/// True for a button that sends its form.
fn submits(control: &Node) -> bool {
    let kind = control.attr("type").unwrap_or(if control.is("button") { "submit" } else { "text" });
    matches!(kind, "submit" | "image")
}

fn is_button(control: &Node) -> bool {
    control.is("button") || matches!(control.attr("type"), Some("submit" | "button" | "reset" | "image"))
}

/// What a control sends as it stands.
pub(super) fn values(control: &Node) -> Vec<String> {
    let value = |other: &str| control.attr("value").unwrap_or(other).to_owned();
    match (control.name.as_str(), control.attr("type").unwrap_or("text")) {
        ("input", "checkbox" | "radio") => control.attr("checked").map(|_| value("on")).into_iter().collect(),
        ("input", "file") => Vec::new(),
        ("input" | "button", _) => vec![value("")],
        ("textarea", _) => vec![control.children.iter().map(|child| child.text.as_str()).collect()],
        ("select", _) => {
            let options: Vec<&Node> = control.all().into_iter().filter(|node| node.is("option")).collect();
            let text = |node: &&Node| node.attr("value").map_or_else(|| node.visible_text(), str::to_owned);
            let chosen: Vec<String> = options.iter().filter(|o| o.attr("selected").is_some()).map(text).collect();
            let first = (control.attr("multiple").is_none()).then(|| options.first().map(text)).flatten();
            if chosen.is_empty() { first.into_iter().collect() } else { chosen }
        }
        _ => Vec::new(),
    }
}
