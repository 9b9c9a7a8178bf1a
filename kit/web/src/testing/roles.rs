use super::dom::{Node, gathered};

/// The role of an element (HTML-AAM), as far as pages here use them.
pub(super) fn role(node: &Node) -> Option<&str> {
    if let Some(role) = node.attr("role") {
        return Some(role);
    }
    let kind = node.attr("type").unwrap_or("text");
    Some(match node.name.as_str() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
        "a" if node.attr("href").is_some() => "link",
        "button" | "summary" => "button",
        "input" => match kind {
            "submit" | "button" | "reset" | "image" => "button",
            "checkbox" => "checkbox",
            "radio" => "radio",
            "range" => "slider",
            "number" => "spinbutton",
            "search" => "searchbox",
            "hidden" => return None,
            _ => "textbox",
        },
        "textarea" => "textbox",
        "select" => "combobox",
        "option" => "option",
        "ul" | "ol" => "list",
        "li" => "listitem",
        "table" => "table",
        "tr" => "row",
        "td" => "cell",
        "th" => "columnheader",
        "img" => "img",
        "nav" => "navigation",
        "main" => "main",
        "aside" => "complementary",
        "header" => "banner",
        "footer" => "contentinfo",
        "section" => "region",
        "form" => "form",
        "fieldset" => "group",
        "details" => "group",
        "dialog" => "dialog",
        "progress" => "progressbar",
        "article" => "article",
        "output" => "status",
        _ => return None,
    })
}

/// The name by which an element is known (Accessible Name and Description Computation, as far as pages here need it).
pub(super) fn name(node: &Node, page: &Node) -> String {
    let by_ids = |ids: &str| {
        let texts: Vec<String> = ids.split_whitespace().filter_map(|id| Some(page.by_id(id)?.naming_text())).collect();
        texts.join(" ")
    };
    let own = || -> Option<String> {
        match node.name.as_str() {
            "input" if matches!(node.attr("type"), Some("submit" | "button" | "reset")) => {
                node.attr("value").map(str::to_owned)
            }
            "input" | "textarea" | "select" | "progress" => label(node, page),
            "img" => node.attr("alt").map(str::to_owned),
            "fieldset" => child_text(node, "legend"),
            "table" => child_text(node, "caption"),
            "details" => child_text(node, "summary"),
            "ul" | "ol" | "nav" | "main" | "section" | "form" | "aside" | "header" | "footer" | "dialog" => None,
            _ => Some(node.naming_text()),
        }
    };
    let said = node.attr("aria-labelledby").map(by_ids).filter(|name| !name.is_empty());
    let said = said.or_else(|| node.attr("aria-label").map(str::to_owned)).or_else(own);
    let said = said.filter(|name| !name.is_empty()).or_else(|| node.attr("title").map(str::to_owned));
    gathered(&said.unwrap_or_default()).replace('\n', " ")
}

/// The text of the label that belongs to a control: by `for`, or around it.
fn label(node: &Node, page: &Node) -> Option<String> {
    let labels: Vec<&Node> = page.all().into_iter().filter(|other| other.is("label")).collect();
    let by_id = node.attr("id").and_then(|id| labels.iter().find(|label| label.attr("for") == Some(id)));
    let around = || labels.iter().find(|label| label.all().iter().any(|inner| std::ptr::eq(*inner, node)));
    by_id.or_else(around).map(|label| label.naming_text())
}

fn child_text(node: &Node, name: &str) -> Option<String> {
    node.children.iter().find(|child| child.is(name)).map(Node::naming_text)
}
