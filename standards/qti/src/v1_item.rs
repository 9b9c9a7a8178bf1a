//! Reads an `item` of QTI 1.2 into the model of the later versions: each response becomes an
//! interaction with a declaration, and its response processing becomes rules.

use std::collections::BTreeMap;

use crate::canvas;
use crate::finding::{FindingCode, Findings};
use crate::kind;
use crate::model::*;
use crate::v1_material::{all, plain};
use crate::v1_rules;
use crate::value::{BaseType, Cardinality, Value, float};
use crate::xml::Element;

/// What the rules need to know of the responses.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The response and the label that another identifier stands for.
    pub(crate) aliases: BTreeMap<String, (String, String)>,
    /// The text of labels that are answers to be typed (Canvas: `fill_in_multiple_blanks_question`).
    pub(crate) typed: BTreeMap<(String, String), String>,
}

/// Reads an item.
pub(crate) fn item(element: &Element) -> Item {
    let identifier = element.attribute_or_empty("ident");
    let mut findings = Findings::of(&identifier);
    let mut item = Item::new(Version::V1, &identifier);
    item.title = element.attribute_or_empty("title");
    item.language = element.attribute("lang").map(str::to_owned);
    item.metadata = metadata(element);
    if item.identifier.is_empty() {
        item.identifier = item.label("bbmd_asi_object_id").unwrap_or_default().to_owned();
    }
    item.dialect = dialect(element, &item.metadata);
    item.kind = kind::of(&item);
    let mut known = Known::default();
    for rubric in element.all("rubric").chain(element.all("objectives")) {
        let view = rubric.attribute("view").unwrap_or("candidate").to_ascii_lowercase();
        item.body.push(Markup::Rubric { view: vec![view], content: all(rubric) });
    }
    if let Some(presentation) = element.child("presentation") {
        let mut reader = Presentation { item: &mut item, known: &mut known, findings: &mut findings };
        let mut body = Vec::new();
        reader.walk(presentation, &mut body);
        item.body.extend(body);
    }
    // Without a label the interactions tell the kind, and the kind decides who scores.
    item.kind = kind::of(&item);
    let extension = element.child("itemproc_extension").or_else(|| element.descendant("itemproc_extension"));
    item.calculated = extension.and_then(|extension| canvas::calculated(extension, &mut findings));
    v1_rules::scoring(element, &mut item, &known, &mut findings);
    for shown in element.all("itemfeedback") {
        item.feedback.push(shown_by(shown, "FEEDBACK"));
    }
    for hint in element.all("hint") {
        item.feedback.push(shown_by(hint, "HINT"));
    }
    item.feedback.retain(|feedback| !feedback.content.is_empty());
    item.points = points(&item);
    if item.calculated.is_some() {
        item.kind = Kind::Calculated;
    }
    item.findings = findings.into_list();
    item
}

fn shown_by(element: &Element, variable: &str) -> Feedback {
    Feedback {
        element: "modalFeedback".to_owned(),
        identifier: element.attribute("ident").unwrap_or("hint").to_owned(),
        variable: variable.to_owned(),
        show: true,
        title: element.attribute_or_empty("title"),
        content: all(element),
    }
}

/// All labels of an item or a test: fields, and elements that systems put in their place.
pub(crate) fn metadata(element: &Element) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let holders = ["itemmetadata", "assessmentmetadata", "sectionmetadata", "qtimetadata"];
    for holder in element.children().filter(|child| holders.contains(&child.name.as_str())) {
        let mut below = holder.descendants();
        below.insert(0, holder);
        for each in below {
            if matches!(each.name.as_str(), "qtimetadatafield" | "qti_metadatafield") {
                let label = each.value("fieldlabel").unwrap_or_default();
                out.push((label, each.value("fieldentry").unwrap_or_default()));
            } else if each.name.starts_with("bbmd_") || each.name.starts_with("qmd_") {
                out.push((each.name.clone(), each.trimmed()));
            }
        }
    }
    out.retain(|(label, value)| !label.is_empty() && !value.is_empty());
    out
}

/// Whose habits a document has, by the labels it carries.
pub(crate) fn dialect(element: &Element, metadata: &[(String, String)]) -> Dialect {
    let has = |test: &dyn Fn(&str, &str) -> bool| metadata.iter().any(|(label, value)| test(label, value));
    let d2l = |element: &Element| element.attributes.iter().any(|(name, _)| name.starts_with("d2l_"));
    if has(&|label, _| label.starts_with("bbmd_")) {
        Dialect::Blackboard
    } else if has(&|label, value| label == "question_type" && value.ends_with("_question")) {
        Dialect::Canvas
    } else if d2l(element) || has(&|label, _| label == "qmd_computerscored") {
        Dialect::D2l
    } else if has(&|label, _| label.starts_with("wct_") || label.starts_with("webct")) {
        Dialect::WebCt
    } else if has(&|label, _| label.starts_with("cc_")) {
        Dialect::CommonCartridge
    } else if has(&|label, _| label.starts_with("respondus")) || element.attribute_or_empty("ident").starts_with("QUE_")
    {
        Dialect::Respondus
    } else {
        Dialect::Plain
    }
}

/// The points of the author: the system's label, or the maximum of the score.
fn points(item: &Item) -> Option<f64> {
    let label = |name: &str| item.label(name).and_then(|text| float(text.trim()));
    label("points_possible")
        .or_else(|| label("qmd_absolutescore_max"))
        .or_else(|| label("cc_weighting"))
        .or_else(|| label("qmd_weighting"))
        .or_else(|| item.outcome("SCORE").and_then(|outcome| outcome.maximum))
}

struct Presentation<'r> {
    item: &'r mut Item,
    known: &'r mut Known,
    findings: &'r mut Findings,
}

impl Presentation<'_> {
    fn walk(&mut self, element: &Element, body: &mut Vec<Markup>) {
        for child in element.children() {
            match child.name.as_str() {
                "response_lid" | "response_grp" | "response_str" | "response_num" | "response_xy" => {
                    let read = self.response(child);
                    body.extend(read.into_iter().map(|interaction| Markup::Interaction(Box::new(interaction))));
                }
                "material" | "material_ref" => body.extend(all(child)),
                "response_extension" => {
                    for setting in child.children() {
                        self.item.metadata.push((setting.name.clone(), setting.trimmed()));
                    }
                }
                _ => self.walk(child, body),
            }
        }
        if element.name == "presentation" && self.item.kind == Kind::Numerical && self.item.responses.is_empty() {
            // Blackboard leaves the box of a numerical question out.
            let interaction = self.typed_response("response", "textEntryInteraction", Some(BaseType::Float));
            body.push(Markup::Interaction(Box::new(interaction)));
        }
    }

    fn typed_response(&mut self, name: &str, element: &str, base: Option<BaseType>) -> Interaction {
        self.declare(name, Cardinality::Single, base);
        interaction(element, name)
    }

    fn declare(&mut self, name: &str, cardinality: Cardinality, base: Option<BaseType>) {
        if self.item.response(name).is_some() {
            self.findings.warning(FindingCode::DuplicateIdentifier, format!("two responses are called {name:?}"));
            return;
        }
        let identifier = name.to_owned();
        self.item.responses.push(ResponseDeclaration {
            identifier,
            cardinality,
            base,
            ..ResponseDeclaration::default()
        });
    }

    fn response(&mut self, element: &Element) -> Option<Interaction> {
        let name =
            element.attribute("ident").or(element.attribute("respident")).unwrap_or("response").trim().to_owned();
        let stated = element.attribute("rcardinality").and_then(Cardinality::named).unwrap_or_default();
        // Material in a response is its stem (Canvas: the left side of a match, the name of a blank).
        let mut prompt: Vec<Markup> =
            element.all("material").chain(element.all("material_ref")).flat_map(all).collect();
        let render = element.children().find(|child| child.name.starts_with("render_"));
        let mut read = match render.map(|render| render.name.as_str()) {
            Some("render_choice") => self.choices(&name, stated, render?),
            Some("render_hotspot") => self.hotspot(&name, stated, element, render?),
            Some("render_slider") => {
                let slider = render?;
                let mut read = self.typed_response(&name, "sliderInteraction", Some(BaseType::Float));
                for (from, to) in [("lowerbound", "lowerBound"), ("upperbound", "upperBound"), ("step", "step")] {
                    read.settings.extend(slider.attribute(from).map(|value| (to.to_owned(), value.to_owned())));
                }
                read
            }
            other => {
                if !matches!(other, Some("render_fib") | None) {
                    let message = format!(
                        "the response {name:?} is shown as <{}>, which is read as a field",
                        other.unwrap_or_default()
                    );
                    self.findings.warning(FindingCode::UnknownElement, message);
                }
                self.field(&name, element, render)
            }
        };
        read.prompt.append(&mut prompt);
        Some(read)
    }

    /// A box to type in: one line, or many.
    fn field(&mut self, name: &str, element: &Element, render: Option<&Element>) -> Interaction {
        let attribute = |key: &str| render.and_then(|render| render.attribute(key));
        for label in render.into_iter().flat_map(Element::descendants).filter(|below| below.name == "response_label") {
            // Desire2Learn's rules name the label rather than the response.
            self.alias(&label.attribute_or_empty("ident"), name);
        }
        let rows = attribute("rows").and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
        let kind = attribute("fibtype").unwrap_or("String").to_ascii_lowercase();
        let numeric = element.name == "response_num" || matches!(self.item.kind, Kind::Numerical | Kind::Calculated);
        let base = match kind.as_str() {
            _ if numeric => BaseType::Float,
            "integer" | "decimal" | "scientific" if self.item.dialect != Dialect::Canvas => BaseType::Float,
            _ => BaseType::String,
        };
        let short = matches!(self.item.kind, Kind::TextEntry | Kind::Blanks) || base == BaseType::Float;
        let long = self.item.kind == Kind::ExtendedText || (rows > 1 && !short);
        let shape = match self.item.kind {
            Kind::Upload => "uploadInteraction",
            _ if long => "extendedTextInteraction",
            _ => "textEntryInteraction",
        };
        let base = if self.item.kind == Kind::Upload { BaseType::File } else { base };
        let boxes = attribute("input_boxes").and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
        let cardinality = if boxes > 1 { Cardinality::Multiple } else { Cardinality::Single };
        self.declare(name, cardinality, Some(base));
        let mut read = interaction(shape, name);
        read.max = (boxes > 1).then_some(boxes);
        if let Some(columns) = attribute("columns").filter(|columns| *columns != "0") {
            read.settings.push(("expectedLength".to_owned(), columns.to_owned()));
        }
        if long && rows > 1 {
            read.settings.push(("expectedLines".to_owned(), rows.to_string()));
        }
        read
    }

    fn alias(&mut self, label: &str, response: &str) {
        if !label.is_empty() && label != response {
            self.known.aliases.insert(label.to_owned(), (response.to_owned(), label.to_owned()));
        }
    }

    fn choices(&mut self, name: &str, stated: Cardinality, render: &Element) -> Interaction {
        let labels: Vec<&Element> =
            render.descendants().into_iter().filter(|below| below.name == "response_label").collect();
        if self.item.kind == Kind::Blanks {
            // The labels are the answers that are taken, not choices that are shown.
            for label in labels {
                let key = (name.to_owned(), label.attribute_or_empty("ident"));
                self.known.typed.insert(key, plain(label));
            }
            return self.typed_response(name, "textEntryInteraction", Some(BaseType::String));
        }
        let cardinality = if self.item.kind == Kind::Order { Cardinality::Ordered } else { stated };
        self.declare(name, cardinality, Some(BaseType::Identifier));
        let (shape, each) = match (cardinality, self.item.kind) {
            (Cardinality::Ordered, _) => ("orderInteraction", "simpleChoice"),
            (_, Kind::InlineChoice) => ("inlineChoiceInteraction", "inlineChoice"),
            _ => ("choiceInteraction", "simpleChoice"),
        };
        let mut read = interaction(shape, name);
        read.shuffle = render.attribute("shuffle").is_some_and(|value| value.eq_ignore_ascii_case("yes"));
        let count =
            |key: &str| render.attribute(key).and_then(|text| text.parse::<u32>().ok()).filter(|count| *count > 0);
        read.min = count("minnumber");
        read.max = match cardinality {
            Cardinality::Single => Some(1),
            _ => count("maxnumber"),
        };
        let mut list = Vec::new();
        for label in labels {
            let identifier = label.attribute_or_empty("ident");
            self.alias(&identifier, name);
            list.push(Choice {
                element: each.to_owned(),
                identifier,
                content: all(label),
                fixed: read.shuffle && label.attribute("rshuffle").or(label.attribute("shuffle")) == Some("No"),
                settings: Vec::new(),
            });
        }
        // Blackboard shows what is matched beside the question, and leaves the labels blank.
        read.choices.push(list);
        read
    }

    /// An image with spots to choose, or one on which a place is pointed at.
    fn hotspot(&mut self, name: &str, stated: Cardinality, element: &Element, render: &Element) -> Interaction {
        let labels: Vec<&Element> =
            render.descendants().into_iter().filter(|below| below.name == "response_label").collect();
        let pointing = element.name == "response_xy" || labels.is_empty();
        let base = if pointing { BaseType::Point } else { BaseType::Identifier };
        self.declare(name, stated, Some(base));
        let shape = if pointing { "selectPointInteraction" } else { "hotspotInteraction" };
        let mut read = interaction(shape, name);
        read.max = (stated == Cardinality::Single).then_some(1);
        read.content = all(render);
        let mut list = Vec::new();
        for label in labels.into_iter().filter(|_| !pointing) {
            let area = label.attribute("rarea").unwrap_or("Rectangle").to_ascii_lowercase();
            let area = match area.as_str() {
                "rectangle" => "rect",
                "bounded" => "poly",
                "ellipse" => "ellipse",
                other => other,
            };
            list.push(Choice {
                element: "hotspotChoice".to_owned(),
                identifier: label.attribute_or_empty("ident"),
                settings: vec![("shape".to_owned(), area.to_owned()), ("coords".to_owned(), label.trimmed())],
                ..Choice::default()
            });
        }
        if !list.is_empty() {
            read.choices.push(list);
        }
        read
    }
}

fn interaction(element: &str, response: &str) -> Interaction {
    Interaction {
        element: element.to_owned(),
        response: response.to_owned(),
        prompt: Vec::new(),
        choices: Vec::new(),
        content: Vec::new(),
        shuffle: false,
        min: None,
        max: Some(1)
            .filter(|_| matches!(element, "choiceInteraction" | "hotspotInteraction" | "selectPointInteraction")),
        settings: Vec::new(),
        raw: None,
    }
}

/// A response without a key.
pub(crate) fn unanswered(response: &ResponseDeclaration) -> bool {
    response.correct == Value::Null
}
