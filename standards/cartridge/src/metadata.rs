//! Descriptive metadata (LOM) in the spellings of IEEE LOM and IMS metadata 1.2.

use crate::Metadata;
use crate::xml::Node;

/// Reads the metadata of a manifest or a resource from its `<metadata>` element, or from a `<lom>`
/// that stands without one.
pub(crate) fn read(owner: Node<'_>) -> Metadata {
    let Some(lom) = lom_of(owner) else { return Metadata::default() };
    let general = child(lom, "general");
    let rights = child(lom, "rights");
    let title = general.and_then(|general| child(general, "title"));
    Metadata {
        title: title.and_then(text),
        description: general.and_then(|general| child(general, "description")).and_then(text),
        language: general
            .and_then(|general| general.value("language"))
            .or_else(|| title.and_then(language))
            .map(str::to_owned),
        keywords: general.map(keywords).unwrap_or_default(),
        date: child(lom, "lifecycle").and_then(date),
        restricted: rights.and_then(|rights| child(rights, "copyrightandotherrestrictions")).and_then(yes_or_no),
        rights: rights.and_then(|rights| child(rights, "description")).and_then(text),
    }
}

/// Whether the resource says that it is for those who teach and not for learners.
pub(crate) fn is_for_instructors_only(owner: Node<'_>) -> bool {
    let Some(educational) = lom_of(owner).and_then(|lom| child(lom, "educational")) else { return false };
    let roles = educational.children().filter(|node| node.name().eq_ignore_ascii_case("intendedenduserrole"));
    let values: Vec<String> = roles.filter_map(|role| child(role, "value").and_then(text)).collect();
    let teaches =
        |role: &String| ["instructor", "mentor", "teacher"].iter().any(|known| role.eq_ignore_ascii_case(known));
    !values.is_empty() && values.iter().all(teaches)
}

fn lom_of(owner: Node<'_>) -> Option<Node<'_>> {
    let inside =
        owner.child("metadata").and_then(|metadata| metadata.child("lom").or_else(|| metadata.child("record")));
    inside.or_else(|| owner.child("lom"))
}

/// The first element with this name, whatever its case: IMS metadata 1.2 wrote `lifecycle`, LOM
/// writes `lifeCycle`.
fn child<'d>(node: Node<'d>, name: &str) -> Option<Node<'d>> {
    node.children().find(|child| child.name().eq_ignore_ascii_case(name))
}

/// The text of a `string`, `langstring` or of the element itself.
fn text(node: Node<'_>) -> Option<String> {
    let own = std::iter::once(node);
    let strings = node.descendants().filter(|below| matches!(below.name(), "string" | "langstring"));
    let mut texts = strings.chain(own).map(|node| collapsed(node.text()));
    texts.find(|text| !text.is_empty())
}

/// Text with runs of white space as one space: metadata is often indented inside its element.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn language(title: Node<'_>) -> Option<&str> {
    let string = title.children().next()?;
    string.attribute("language").or_else(|| string.attribute("lang")).filter(|tag| !tag.is_empty())
}

fn keywords(general: Node<'_>) -> Vec<String> {
    let elements = general.children().filter(|node| node.name().eq_ignore_ascii_case("keyword"));
    elements
        .flat_map(|keyword| {
            let strings: Vec<String> = keyword.children().map(|string| collapsed(string.text())).collect();
            if strings.is_empty() { vec![collapsed(keyword.text())] } else { strings }
        })
        .filter(|keyword| !keyword.is_empty())
        .collect()
}

fn date(lifecycle: Node<'_>) -> Option<String> {
    let dates = lifecycle.descendants().filter(|node| node.name().eq_ignore_ascii_case("datetime"));
    dates.map(|node| node.text().trim().to_owned()).filter(|date| !date.is_empty()).last()
}

fn yes_or_no(node: Node<'_>) -> Option<bool> {
    match child(node, "value").and_then(text)?.to_ascii_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
