//! What somebody answered, as it comes from the controls of a question.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::question::{GapKey, PartId, Question, Task};

/// The longest essay, in bytes; a longer one is refused and stays in the field.
pub const ESSAY_BYTES_MAX: usize = 200_000;
/// The longest answer of any other kind, in bytes.
pub const WORDS_BYTES_MAX: usize = 2_000;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "is", rename_all = "snake_case")]
pub enum Answer {
    /// None was given.
    #[default]
    Nothing,
    /// The options that were chosen, in the order of their ids. True is 1 and false is 0.
    Chosen(Vec<PartId>),
    /// What was written, as it was typed.
    Text(String),
    /// For each part what was chosen: the right side of a pair, the place of an item from 1.
    Pairs(#[serde(deserialize_with = "by_part")] BTreeMap<PartId, PartId>),
    /// For each gap what was written, or the id of what was chosen.
    Gaps(#[serde(deserialize_with = "by_part")] BTreeMap<PartId, String>),
}

/// Reads what is said of each part. A key of JSON is a text: where a database has put what an answer `is` before its
/// `kind`, the reader has to hold it back until it knows the kind, and meets the keys as texts then.
fn by_part<'de, D, T>(reader: D) -> Result<BTreeMap<PartId, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let read: BTreeMap<String, T> = BTreeMap::deserialize(reader)?;
    read.into_iter().map(|(key, said)| Ok((key.parse().map_err(D::Error::custom)?, said))).collect()
}

/// An answer is longer than it may be; most is in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// The limit that it is over.
    pub bytes_max: usize,
}

impl Answer {
    /// Whether nothing was answered.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Chosen(ids) => ids.is_empty(),
            Self::Text(text) => text.trim().is_empty(),
            Self::Pairs(pairs) => pairs.is_empty(),
            Self::Gaps(gaps) => gaps.values().all(|text| text.trim().is_empty()),
        }
    }

    /// What the controls of a question sent: `name` (several times where several were chosen), or `name-ID` for each part.
    /// Ids that the question does not have are passed over.
    pub fn read<'f>(question: &Question, name: &str, values: impl Fn(&str) -> Vec<&'f str>) -> Result<Self, TooLong> {
        let first = |name: &str| values(name).first().copied().unwrap_or_default();
        let part = |id: PartId| first(&format!("{name}-{id}"));
        let chosen = |known: &dyn Fn(PartId) -> bool| {
            let mut ids: Vec<PartId> =
                values(name).into_iter().filter_map(|id| id.parse().ok()).filter(|id| known(*id)).collect();
            ids.sort_unstable();
            ids.dedup();
            Self::Chosen(ids)
        };
        let answer = match &question.task {
            Task::Single(single) => {
                let Self::Chosen(mut ids) = chosen(&|id| single.options.iter().any(|option| option.id == id)) else {
                    return Ok(Self::Nothing);
                };
                ids.truncate(1);
                Self::Chosen(ids)
            }
            Task::Multiple(multiple) => chosen(&|id| multiple.options.iter().any(|option| option.id == id)),
            Task::TrueFalse(_) => chosen(&|id| id < 2),
            Task::Short(_) | Task::Number(_) => Self::Text(limited(first(name), WORDS_BYTES_MAX)?),
            Task::Essay(essay) => {
                let text = limited(first(name), ESSAY_BYTES_MAX)?.replace("\r\n", "\n");
                // The beginning that was given is no answer yet.
                if text.trim() == essay.template.trim() { Self::Nothing } else { Self::Text(text) }
            }
            Task::Match(matching) => {
                let known: Vec<PartId> = matching.rights().into_iter().map(|(id, _)| id).collect();
                let pair =
                    |id: PartId| part(id).parse().ok().filter(|right| known.contains(right)).map(|right| (id, right));
                Self::Pairs(matching.pairs.iter().filter_map(|one| pair(one.id)).collect())
            }
            Task::Order(order) => {
                let places = 1..=PartId::try_from(order.items.len()).unwrap_or(PartId::MAX);
                let place = |id: PartId| part(id).parse().ok().filter(|at| places.contains(at)).map(|at| (id, at));
                Self::Pairs(order.items.iter().filter_map(|item| place(item.id)).collect())
            }
            Task::Gaps(gaps) => {
                let mut written = BTreeMap::new();
                for gap in &gaps.gaps {
                    let text = limited(part(gap.id), WORDS_BYTES_MAX)?;
                    let is_known = match &gap.key {
                        GapKey::Choice(single) => single.options.iter().any(|option| option.id.to_string() == text),
                        GapKey::Text(_) | GapKey::Number(_) => !text.trim().is_empty(),
                    };
                    if is_known {
                        written.insert(gap.id, text);
                    }
                }
                Self::Gaps(written)
            }
            Task::Info => Self::Nothing,
        };
        Ok(if answer.is_nothing() { Self::Nothing } else { answer })
    }

    /// Whether an option was chosen.
    pub fn has(&self, id: PartId) -> bool {
        matches!(self, Self::Chosen(ids) if ids.contains(&id))
    }

    /// What was written; empty where it is no text.
    pub fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// What was chosen for a part.
    pub fn of_part(&self, id: PartId) -> Option<PartId> {
        if let Self::Pairs(pairs) = self { pairs.get(&id).copied() } else { None }
    }

    /// What was written into a gap.
    pub fn in_gap(&self, id: PartId) -> &str {
        if let Self::Gaps(gaps) = self { gaps.get(&id).map_or("", String::as_str) } else { "" }
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.text().split_whitespace().count()
    }
}

/// PostgreSQL keeps no NUL, and nobody types one.
fn limited(text: &str, bytes_max: usize) -> Result<String, TooLong> {
    if text.len() > bytes_max { Err(TooLong { bytes_max }) } else { Ok(text.replace('\0', "")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{Choice, Essay, Multiple, Order, OrderItem, Short, Single};

    fn read(task: Task, fields: &[(&str, &str)]) -> Result<Answer, TooLong> {
        let question = Question { task, ..Question::default() };
        Answer::read(&question, "a1", |name| fields.iter().filter(|(n, _)| *n == name).map(|(_, v)| *v).collect())
    }

    #[test]
    fn only_what_the_question_has_is_read() {
        let options = || (1..=3).map(|id| Choice { id, ..Choice::default() }).collect::<Vec<_>>();
        let multiple = || Task::Multiple(Multiple { options: options(), ..Multiple::default() });
        assert_eq!(
            read(multiple(), &[("a1", "3"), ("a1", "1"), ("a1", "3"), ("a1", "9"), ("a1", "x")]),
            Ok(Answer::Chosen(vec![1, 3]))
        );
        assert_eq!(read(multiple(), &[]), Ok(Answer::Nothing));
        let single = Task::Single(Single { options: options(), ..Single::default() });
        assert_eq!(read(single, &[("a1", "2"), ("a1", "3")]), Ok(Answer::Chosen(vec![2])));
        let order = Task::Order(Order {
            items: vec![OrderItem { id: 7, ..OrderItem::default() }, OrderItem { id: 8, ..OrderItem::default() }],
            ..Order::default()
        });
        assert_eq!(read(order, &[("a1-7", "2"), ("a1-8", "3")]), Ok(Answer::Pairs([(7, 2)].into())));
    }

    #[test]
    fn what_is_too_long_is_refused_and_a_template_is_no_answer() {
        let long = "x".repeat(WORDS_BYTES_MAX + 1);
        assert_eq!(read(Task::Short(Short::default()), &[("a1", &long)]), Err(TooLong { bytes_max: WORDS_BYTES_MAX }));
        let essay = Task::Essay(Essay { template: "Aim:\nMethod:".to_owned(), ..Essay::default() });
        assert_eq!(read(essay.clone(), &[("a1", "Aim:\r\nMethod:\r\n")]), Ok(Answer::Nothing));
        assert_eq!(read(essay, &[("a1", "Aim: tides")]).unwrap().words(), 2);
    }

    #[test]
    fn an_answer_is_kept_as_it_is() {
        for answer in [
            Answer::Nothing,
            Answer::Chosen(vec![1, 2]),
            Answer::Text("é".to_owned()),
            Answer::Pairs([(1, 2)].into()),
            Answer::Gaps([(1, "x".to_owned())].into()),
        ] {
            let kept = serde_json::to_string(&answer).unwrap();
            assert_eq!(serde_json::from_str::<Answer>(&kept).unwrap(), answer, "{kept}");
            // As a database gives it back: its fields in another order.
            let sorted: serde_json::Value = serde_json::from_str(&kept).unwrap();
            assert_eq!(serde_json::from_value::<Answer>(sorted).unwrap(), answer, "{kept}");
        }
    }
}
