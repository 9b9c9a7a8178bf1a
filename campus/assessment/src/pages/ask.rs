//! A question as a form asks it.

use gradebook::Points;
use web::Page;

use crate::answer::Answer;
use crate::gaps::mark;
use crate::question::{Choice, Gap, GapKey, Gaps, PartId, Question, Task};
use crate::shuffle::shuffle;

/// A question as it is asked.
pub(crate) struct Ask {
    /// Its place, from 1.
    pub(crate) position: i64,
    /// Its number among those that are asked; none for a text between questions.
    pub(crate) number: Option<usize>,
    /// What it says, safe HTML; the gaps are in it.
    pub(crate) html: String,
    /// What it may earn.
    pub(crate) points: Option<Points>,
    /// How it is answered.
    pub(crate) control: Control,
    /// Whether the person wants to come back to it.
    pub(crate) flagged: bool,
}

/// How a question is answered.
pub(crate) enum Control {
    /// Not at all, or within its text.
    None,
    /// One or several options: value, safe HTML, whether it is chosen.
    Options { many: bool, options: Vec<(String, String, bool)> },
    /// A line: what stands in it, and what a keyboard should offer.
    Line { value: String, mode: &'static str },
    /// Many lines: what stands in them, how many words are asked for.
    Area { value: String, words: (u32, u32) },
    /// A choice for each part: its id, safe HTML, what is chosen. The choices: value and text.
    Parts { parts: Vec<(PartId, String, String)>, choices: Vec<(String, String)> },
}

impl Ask {
    /// The question with an answer in its controls; the seed orders what is shuffled.
    pub(crate) fn new(page: &Page, question: &Question, position: i64, answer: &Answer, seed: i64) -> Self {
        let salt = position.unsigned_abs();
        let html = match &question.task {
            Task::Gaps(gaps) => gapped(page, &question.text, gaps, position, answer),
            _ => markdown(&question.text),
        };
        Self {
            position,
            number: None,
            html,
            points: None,
            control: control(page, question, answer, (seed, salt)),
            flagged: false,
        }
    }

    /// The name of its controls.
    pub(crate) fn name(&self) -> String {
        format!("a{}", self.position)
    }
}

fn control(page: &Page, question: &Question, answer: &Answer, (seed, salt): (i64, u64)) -> Control {
    let options = |options: &[Choice], shuffled: bool, many: bool| {
        let mut shown: Vec<(String, String, bool)> =
            options.iter().map(|option| (option.id.to_string(), inline(&option.text), answer.has(option.id))).collect();
        if shuffled {
            shuffle(&mut shown, seed, salt);
        }
        Control::Options { many, options: shown }
    };
    match &question.task {
        Task::Single(single) => options(&single.options, single.shuffle, false),
        Task::Multiple(multiple) => options(&multiple.options, multiple.shuffle, true),
        Task::TrueFalse(_) => {
            let one = |id: PartId, word| (id.to_string(), page.t(word), answer.has(id));
            let options = vec![one(1, web::word!("assessment-true")), one(0, web::word!("assessment-false"))];
            Control::Options { many: false, options }
        }
        Task::Short(_) => Control::Line { value: answer.text().to_owned(), mode: "text" },
        Task::Number(_) => Control::Line { value: answer.text().to_owned(), mode: "decimal" },
        Task::Essay(essay) => Control::Area {
            value: if answer.is_nothing() { essay.template.clone() } else { answer.text().to_owned() },
            words: (essay.words_min, essay.words_max),
        },
        Task::Match(matching) => {
            let mut choices: Vec<(String, String)> =
                matching.rights().into_iter().map(|(id, text)| (id.to_string(), text.to_owned())).collect();
            // What is to be chosen never stands in the order of the parts.
            shuffle(&mut choices, seed, salt);
            let mut parts: Vec<(PartId, String, String)> =
                matching.pairs.iter().map(|pair| (pair.id, inline(&pair.left), chosen(answer, pair.id))).collect();
            if matching.shuffle {
                shuffle(&mut parts, seed, salt.wrapping_add(1 << 20));
            }
            Control::Parts { parts, choices }
        }
        Task::Order(order) => {
            let mut parts: Vec<(PartId, String, String)> =
                order.items.iter().map(|item| (item.id, inline(&item.text), chosen(answer, item.id))).collect();
            shuffle(&mut parts, seed, salt);
            let choices = (1..=order.items.len()).map(|place| (place.to_string(), page.number(place))).collect();
            Control::Parts { parts, choices }
        }
        Task::Gaps(_) | Task::Info => Control::None,
    }
}

fn chosen(answer: &Answer, id: PartId) -> String {
    answer.of_part(id).map(|id| id.to_string()).unwrap_or_default()
}

/// The text with a control in each gap.
fn gapped(page: &Page, text: &str, gaps: &Gaps, position: i64, answer: &Answer) -> String {
    let mut html = markdown(text);
    for (at, gap) in gaps.gaps.iter().enumerate() {
        let label = page.ta("assessment-gap", &[("number", at + 1)]);
        html = html.replacen(&mark(gap.id), &gap_control(gap, position, &label, answer.in_gap(gap.id)), 1);
    }
    html
}

fn gap_control(gap: &Gap, position: i64, label: &str, value: &str) -> String {
    let (name, label, value) = (format!("a{position}-{}", gap.id), escaped(label), escaped(value));
    match &gap.key {
        GapKey::Choice(single) => {
            let option = |option: &Choice| {
                let id = option.id.to_string();
                let selected = if id == value { " selected" } else { "" };
                format!("<option value=\"{id}\"{selected}>{}</option>", escaped(&option.text))
            };
            let options: String = single.options.iter().map(option).collect();
            format!(
                "<select class=\"input gap\" name=\"{name}\" aria-label=\"{label}\"><option value=\"\"></option>{options}</select>"
            )
        }
        GapKey::Text(_) | GapKey::Number(_) => {
            let mode = if matches!(gap.key, GapKey::Number(_)) { " inputmode=\"decimal\"" } else { "" };
            format!(
                "<input class=\"input gap\" name=\"{name}\" value=\"{value}\" aria-label=\"{label}\" autocomplete=\"off\" size=\"14\"{mode}>"
            )
        }
    }
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text as safe HTML.
pub(crate) fn markdown(source: &str) -> String {
    if source.trim().is_empty() {
        return String::new();
    }
    text::markdown::to_html(source, &text::markdown::Options::default()).html
}

/// A line as safe HTML: one paragraph loses its frame.
pub(crate) fn inline(source: &str) -> String {
    let html = markdown(source);
    let inner = html.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("<p>")).map_or(html.clone(), str::to_owned)
}

/// What a question may earn, in words.
pub(crate) fn worth(page: &Page, points: Points) -> String {
    page.ta("assessment-worth", &[("points", points.units() as f64 / 10_000.0)])
}

/// Points as the reader's language writes them.
pub(crate) fn points(page: &Page, points: Points) -> String {
    page.decimal(points.units() as f64 / 10_000.0, 4)
}
