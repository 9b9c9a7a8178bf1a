//! Quizzes of the academy as they are written, and how people answered them. What an answer earned, the program itself
//! works out.

use std::collections::{BTreeMap, HashMap};

use assessment::attempt::{Starter, item_for, of_person, start};
use assessment::question::{Question, Task};
use assessment::quiz::{self, Filled, Settings};
use assessment::responses::{Desk, Save, Sent};
use assessment::{QuestionId, bank, finish, folder};
use outline::Item;
use people::PersonId;
use serde::Deserialize;
use store::Tx;

use crate::Error;
use crate::grading::points;

/// A quiz.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// The folder of the question bank.
    folder: String,
    #[serde(default)]
    settings: Settings,
    question: Vec<WrittenQuestion>,
    /// The tries of people by their keys: for each question the place of an answer among those that were given, `-` for
    /// none.
    pub(crate) tries: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuestion {
    title: String,
    #[serde(default)]
    tags: Vec<String>,
    points: Option<String>,
    /// In the bank only.
    #[serde(default)]
    spare: bool,
    text: String,
    #[serde(default)]
    feedback: String,
    task: Task,
    /// Answers as people gave them: ids, a text, or `part=answer; part=answer`.
    given: Vec<String>,
}

/// A quiz as a file of the content says.
pub(crate) fn read(text: &str) -> Result<Written, toml::de::Error> {
    toml::from_str(text)
}

/// Puts its questions into the bank and into the quiz.
pub(crate) fn make(tx: &mut Tx<'_>, item: &Item, told: &Written, by: PersonId) -> Result<Vec<QuestionId>, Error> {
    quiz::configure(tx, item, &told.settings, by)?;
    let folder = folder::add(tx, item.course, None, &told.folder, by)?;
    let mut made = Vec::new();
    for one in &told.question {
        let question = Question {
            text: one.text.trim().to_owned(),
            feedback: one.feedback.trim().to_owned(),
            task: one.task.clone(),
            ..Question::default()
        };
        let place =
            bank::Place { folder: Some(folder), title: one.title.clone(), tags: one.tags.clone(), source: None };
        let id = bank::add(tx, item.course, &place, &question, by)?;
        let worth = one.points.as_deref().map_or(Ok(gradebook::Points::whole(1)), points)?;
        if !one.spare {
            quiz::add_slots(tx, item, &[Filled::Question(id)], worth, by)?;
        }
        made.push(id);
    }
    Ok(made)
}

/// Begins a try.
pub(crate) fn begin(tx: &mut Tx<'_>, item: &Item, person: PersonId) -> Result<(), Error> {
    outline::viewed(tx, item, person)?;
    let item = item_for(tx, item.course, item.id, person)?;
    match start(tx, &item, Starter { person, is_preview: false, word: "" })? {
        Ok(_) => Ok(()),
        Err(refused) => Err(Error::Content(format!("{}: {refused:?}", item.title))),
    }
}

/// Answers the questions of the try that runs, and hands it in.
pub(crate) fn hand_in(
    tx: &mut Tx<'_>,
    item: &Item,
    person: PersonId,
    told: &Written,
    questions: &[QuestionId],
    answers: &str,
) -> Result<(), Error> {
    let wrong = |what: &str| Error::Content(format!("{}, {answers}: {what}", item.title));
    let running = of_person(tx, item.id, person)?.into_iter().find(|one| one.is_running());
    let attempt = running.ok_or_else(|| wrong("nothing was begun"))?;
    let mut fields: HashMap<String, Vec<&str>> = HashMap::new();
    let mut sent = Vec::new();
    for asked in attempt.questions(tx)? {
        let at = questions.iter().position(|id| *id == asked.question).ok_or_else(|| wrong("an odd question"))?;
        let (question, digit) = (&told.question[at], answers.as_bytes().get(at).copied().unwrap_or(b'-'));
        if digit == b'-' {
            continue;
        }
        let given = question.given.get(usize::from(digit.wrapping_sub(b'0')));
        fill(&mut fields, asked.position, &question.task, given.ok_or_else(|| wrong("no such answer"))?);
        sent.push(Sent { position: asked.position, seq: Some(asked.position) });
    }
    let save = Save { device: "demo", seen: 0, sent };
    let desk = Desk::of(tx, item.course, attempt.id)?;
    let values = |name: &str| fields.get(name).cloned().unwrap_or_default();
    desk.save(tx, &save, values)?.map_err(|not| wrong(&format!("{not:?}")))?;
    finish::hand_in(tx, attempt.id, person)?;
    Ok(())
}

/// The fields of a form in which this was answered.
fn fill<'a>(fields: &mut HashMap<String, Vec<&'a str>>, position: i64, task: &Task, given: &'a str) {
    let name = format!("a{position}");
    match task {
        Task::Single(_) | Task::Multiple(_) | Task::TrueFalse(_) => {
            fields.insert(name, given.split_whitespace().collect());
        }
        Task::Match(_) | Task::Order(_) | Task::Gaps(_) => {
            for (part, answer) in given.split(';').filter_map(|pair| pair.split_once('=')) {
                fields.insert(format!("{name}-{}", part.trim()), vec![answer.trim()]);
            }
        }
        Task::Short(_) | Task::Number(_) | Task::Essay(_) | Task::Info => {
            fields.insert(name, vec![given]);
        }
    }
}
