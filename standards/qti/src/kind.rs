//! Tells what kind of question an item is, by its interactions or by what its author's system says.

use crate::model::{Interaction, Item, Kind, Markup};
use crate::value::{BaseType, Cardinality};

/// The kind of an item. The label of the author's system goes first, the interactions decide else.
pub(crate) fn of(item: &Item) -> Kind {
    labelled(item).unwrap_or_else(|| by_interactions(item))
}

/// Labels under which systems name the kind: Canvas, Blackboard, Desire2Learn and Respondus, Common
/// Cartridge, WebCT.
const LABELS: [&str; 6] =
    ["question_type", "bbmd_questiontype", "bb_question_type", "qmd_questiontype", "cc_profile", "qmd_itemtype"];

fn labelled(item: &Item) -> Option<Kind> {
    LABELS.iter().find_map(|label| named(item.label(label)?))
}

/// The kind that a system's name means.
fn named(name: &str) -> Option<Kind> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    Some(match plain.as_str() {
        "multiplechoicequestion" | "multiplechoice" | "ccmultiplechoicev0p1" => Kind::Choice,
        "truefalsequestion" | "truefalse" | "eitheror" | "cctruefalsev0p1" => Kind::TrueFalse,
        "multipleanswersquestion"
        | "multipleanswer"
        | "multipleresponse"
        | "multiselect"
        | "ccmultipleresponsev0p1" => Kind::MultipleChoice,
        "shortanswerquestion" | "shortanswer" | "fillintheblank" | "ccfibv0p1" | "ccpatternmatchv0p1" => {
            Kind::TextEntry
        }
        "fillinmultipleblanksquestion"
        | "fillintheblankplus"
        | "fillintheblanks"
        | "multiplefillintheblank"
        | "multishortanswer" => Kind::Blanks,
        "multipledropdownsquestion" | "jumbledsentence" => Kind::InlineChoice,
        "matchingquestion" | "matching" => Kind::Matching,
        "numericalquestion" | "numeric" | "calculatednumeric" | "arithmetic" | "significantfigures" => Kind::Numerical,
        "calculatedquestion" | "calculated" => Kind::Calculated,
        "essayquestion" | "essay" | "shortresponse" | "longanswer" | "writtenresponse" | "ccessayv0p1" => {
            Kind::ExtendedText
        }
        "fileuploadquestion" | "fileupload" => Kind::Upload,
        "textonlyquestion" | "textonly" => Kind::Text,
        "ordering" => Kind::Order,
        "hotspot" => Kind::Hotspot,
        "opinionscale" | "likert" => Kind::Likert,
        _ => return None,
    })
}

fn by_interactions(item: &Item) -> Kind {
    let interactions = item.interactions();
    let asked: Vec<&&Interaction> =
        interactions.iter().filter(|interaction| interaction.element != "endAttemptInteraction").collect();
    let mut kinds: Vec<Kind> = asked.iter().map(|interaction| one(item, interaction)).collect();
    let count = kinds.len();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.as_slice() {
        [] if interactions.is_empty() => Kind::Text,
        [] => Kind::EndAttempt,
        [Kind::TextEntry | Kind::Numerical] if count > 1 => Kind::Blanks,
        [Kind::TextEntry, Kind::Numerical] => Kind::Blanks,
        [kind] => *kind,
        _ => Kind::Mixed,
    }
}

fn one(item: &Item, interaction: &Interaction) -> Kind {
    let declared = item.response(&interaction.response);
    match interaction.element.as_str() {
        "choiceInteraction" => {
            let several = declared.is_some_and(|response| response.cardinality == Cardinality::Multiple);
            if several || interaction.max.is_none_or(|max| max > 1) && declared.is_none() {
                Kind::MultipleChoice
            } else if truth_values(interaction) {
                Kind::TrueFalse
            } else {
                Kind::Choice
            }
        }
        "inlineChoiceInteraction" => Kind::InlineChoice,
        "textEntryInteraction" => match declared.and_then(|response| response.base) {
            Some(BaseType::Integer | BaseType::Float) => Kind::Numerical,
            _ => Kind::TextEntry,
        },
        "extendedTextInteraction" => Kind::ExtendedText,
        "uploadInteraction" => Kind::Upload,
        "matchInteraction" => Kind::Matching,
        "associateInteraction" => Kind::Associate,
        "orderInteraction" => Kind::Order,
        "gapMatchInteraction" => Kind::GapMatch,
        "hotspotInteraction" => Kind::Hotspot,
        "graphicOrderInteraction" => Kind::GraphicOrder,
        "graphicAssociateInteraction" => Kind::GraphicAssociate,
        "graphicGapMatchInteraction" => Kind::GraphicGapMatch,
        "selectPointInteraction" => Kind::SelectPoint,
        "positionObjectInteraction" => Kind::PositionObject,
        "hottextInteraction" => Kind::Hottext,
        "sliderInteraction" => Kind::Slider,
        "mediaInteraction" => Kind::Media,
        "drawingInteraction" => Kind::Drawing,
        "endAttemptInteraction" => Kind::EndAttempt,
        _ => Kind::Custom,
    }
}

/// Two choices that say true and false, by identifier or by text.
fn truth_values(interaction: &Interaction) -> bool {
    let Some(choices) = interaction.choices.first().filter(|choices| choices.len() == 2) else { return false };
    let says = |word: &str| {
        choices.iter().any(|choice| {
            let text = match choice.content.as_slice() {
                [Markup::Text(text) | Markup::Html(text)] => text.trim(),
                _ => "",
            };
            choice.identifier.eq_ignore_ascii_case(word) || text.eq_ignore_ascii_case(word)
        })
    };
    says("true") && says("false")
}
