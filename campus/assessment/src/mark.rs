//! Marks: what each question of an attempt earned, what a person marks by hand, and how scores are made anew.

use gradebook::Points;
use outline::{Item, ItemId};
use people::PersonId;
use store::{Event, FromRow, Id, Json, Result, Tx, params, sql};

use crate::answer::Answer;
use crate::attempt::item_for;
use crate::question::Question;
use crate::score::{Part, score};
use crate::{AttemptId, QuestionId, grade};

/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 5_000;
/// Answers that are offered for marking at once.
const QUEUE_MAX: u32 = 20;

/// What a question of an attempt earned.
#[derive(Clone, Debug, FromRow)]
pub struct Marked {
    /// Its place, from 1.
    pub position: i64,
    /// The question.
    pub question: QuestionId,
    /// What it said in this attempt.
    pub content: Json<Question>,
    /// What it could earn.
    pub possible: Points,
    /// What was answered.
    pub answer: Json<Answer>,
    /// What it earned; none while it waits for a person.
    pub points: Option<Points>,
    /// Why.
    pub parts: Json<Vec<Part>>,
    /// What somebody said to it.
    pub comment: String,
    /// Whether somebody marked it.
    pub by_hand: bool,
}

/// The marks of an attempt, in the order of its questions.
pub fn of_attempt(tx: &mut Tx<'_>, attempt: AttemptId) -> Result<Vec<Marked>> {
    tx.all(
        sql!(
            "select s.position, s.question, v.content, s.points as possible, m.answer, m.points, m.parts, m.comment, m.by_hand
             from attempt_mark m join attempt_slot s on s.attempt = m.attempt and s.position = m.position
             join question_version v on v.question = s.question and v.number = s.version
             where m.attempt = ?1 order by s.position"
        ),
        params![attempt],
    )
}

/// A question of which answers are marked by hand.
#[derive(Clone, Debug, FromRow)]
pub struct Queue {
    /// The question.
    pub question: QuestionId,
    /// Its name.
    pub title: String,
    /// How many answers wait.
    pub waiting: i64,
    /// How many were marked by hand.
    pub marked: i64,
}

/// The questions of a quiz of which answers wait or were marked by hand.
pub fn queues(tx: &mut Tx<'_>, item: ItemId) -> Result<Vec<Queue>> {
    tx.all(
        sql!(
            "select s.question, q.title, cast(sum(case when m.points is null then 1 else 0 end) as bigint) as waiting,
                    cast(sum(case when m.points is null then 0 else 1 end) as bigint) as marked
             from attempt a join attempt_mark m on m.attempt = a.id
             join attempt_slot s on s.attempt = m.attempt and s.position = m.position join question q on q.id = s.question
             where a.item = ?1 and not a.is_preview and (m.points is null or m.by_hand)
             group by s.question, q.title order by q.title, s.question"
        ),
        params![item],
    )
}

/// An answer that waits, or was marked by hand.
#[derive(Clone, Debug, FromRow)]
pub struct Waiting {
    /// The attempt.
    pub attempt: AttemptId,
    /// The place of the question in it.
    pub position: i64,
    /// Whose it is.
    pub name: String,
    /// What was answered.
    pub answer: Json<Answer>,
    /// What the question said.
    pub content: Json<Question>,
    /// What it could earn.
    pub possible: Points,
    /// What it earned; none while it waits.
    pub points: Option<Points>,
    /// What was said to it.
    pub comment: String,
}

/// Answers to one question that are marked by hand: those that wait, the oldest first; or those that were marked.
pub fn answers(tx: &mut Tx<'_>, item: ItemId, question: QuestionId, marked: bool) -> Result<Vec<Waiting>> {
    tx.all(
        sql!(
            "select m.attempt, m.position, trim(p.given || ' ' || p.family) as name, m.answer, v.content,
                    s.points as possible, m.points, m.comment
             from attempt a join attempt_mark m on m.attempt = a.id
             join attempt_slot s on s.attempt = m.attempt and s.position = m.position
             join question_version v on v.question = s.question and v.number = s.version
             join person p on p.id = a.person
             where a.item = ?1 and s.question = ?2 and not a.is_preview
             and ((?3 = 0 and m.points is null) or (?3 = 1 and m.points is not null and m.by_hand))
             order by a.ended_at, a.id, m.position limit ?4"
        ),
        params![item, question, i64::from(marked), QUEUE_MAX],
    )
}

/// What an answer can earn, and what it earned so far; [`store::Error::NotFound`] where the quiz has no such answer.
pub fn standing(
    tx: &mut Tx<'_>,
    item: ItemId,
    (attempt, position): (AttemptId, i64),
) -> Result<(Points, Option<Points>)> {
    tx.one(
        sql!(
            "select s.points, m.points from attempt_mark m
             join attempt_slot s on s.attempt = m.attempt and s.position = m.position
             join attempt a on a.id = m.attempt where m.attempt = ?1 and m.position = ?2 and a.item = ?3"
        ),
        params![attempt, position, item],
    )
}

/// Marks one answer by hand. The same again changes nothing. [`store::Error::NotFound`] where the attempt has no such mark.
pub fn mark(
    tx: &mut Tx<'_>,
    item: &Item,
    (attempt, position): (AttemptId, i64),
    points: Points,
    comment: &str,
    by: PersonId,
) -> Result<()> {
    let (before, said, person): (Option<Points>, String, PersonId) = tx.one(
        sql!(
            "select m.points, m.comment, (select a.person from attempt a where a.id = m.attempt)
             from attempt_mark m where m.attempt = ?1 and m.position = ?2
             and exists (select 1 from attempt a where a.id = m.attempt and a.item = ?3) for update"
        ),
        params![attempt, position, item.id],
    )?;
    if before == Some(points) && said == comment {
        return Ok(());
    }
    let now = tx.now();
    tx.execute(
        sql!(
            "update attempt_mark set points = ?3, comment = ?4, by_hand = true, at = ?5, by = ?6
             where attempt = ?1 and position = ?2"
        ),
        params![attempt, position, points, comment, now, by],
    )?;
    note(tx, (attempt, position), before, Some(points), "marked", by)?;
    let event = Event::new("attempt.marked", "attempt", attempt).by(by).within("course", item.course);
    tx.record(&event.with("position", position).with("points", points.to_string()).with("person", person.to_string()))?;
    let item = item_for(tx, item.course, item.id, person)?;
    grade::settle(tx, &item, person, by)
}

fn note(
    tx: &mut Tx<'_>,
    (attempt, position): (AttemptId, i64),
    before: Option<Points>,
    after: Option<Points>,
    why: &str,
    by: PersonId,
) -> Result<()> {
    let (id, now): (Id, _) = (tx.new_id(), tx.now());
    tx.execute(
        sql!(
            "insert into attempt_mark_change (id, attempt, position, before, after, why, at, by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        params![id, attempt, position, before, after, why, now, by],
    )?;
    Ok(())
}

store::text_enum! {
    /// For whom scores are made anew (campus-rules M14).
    pub enum Regrade {
        /// By the question as it is now, up or down.
        New = "new",
        /// By the question as it is now, where that is more.
        Better = "better",
        /// All points for everybody who answered it.
        Full = "full",
    }
}

/// A score that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The attempt.
    pub attempt: AttemptId,
    /// The place of the question in it.
    pub position: i64,
    /// Whose it is.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The attempt's number.
    pub number: i64,
    /// The question's name.
    pub title: String,
    /// What it earned.
    pub before: Points,
    /// What it would earn.
    pub after: Points,
    parts: Vec<Part>,
    version: i64,
}

#[derive(FromRow)]
struct Scored {
    attempt: AttemptId,
    position: i64,
    person: PersonId,
    name: String,
    number: i64,
    title: String,
    points: Points,
    possible: Points,
    answer: Json<Answer>,
    content: Json<Question>,
    latest: i64,
}

/// What would change if the answers to a quiz, or to one question of it, were scored anew: a dry run of [`regrade`]. What a
/// person marked stays.
pub fn changes(tx: &mut Tx<'_>, item: ItemId, question: Option<QuestionId>, how: Regrade) -> Result<Vec<Change>> {
    let scored: Vec<Scored> = tx.all(
        sql!(
            "select m.attempt, m.position, a.person, trim(p.given || ' ' || p.family) as name, a.number, q.title, m.points,
                    s.points as possible, m.answer, v.content, q.latest
             from attempt a join attempt_mark m on m.attempt = a.id
             join attempt_slot s on s.attempt = m.attempt and s.position = m.position
             join question q on q.id = s.question
             join question_version v on v.question = q.id and v.number = q.latest
             join person p on p.id = a.person
             where a.item = ?1 and not a.is_preview and not m.by_hand and m.points is not null
             and (cast(?2 as uuid) is null or s.question = ?2)
             order by p.sort_name, p.id, a.number, m.position"
        ),
        params![item, question],
    )?;
    let change = |one: Scored| {
        let mark = score(&one.content.0, &one.answer.0);
        let anew = mark.share?.points(one.possible);
        let after = match how {
            Regrade::New => anew,
            Regrade::Better => anew.max(one.points),
            Regrade::Full if one.answer.0.is_nothing() => one.points,
            Regrade::Full => one.possible,
        };
        (after != one.points).then_some(Change {
            attempt: one.attempt,
            position: one.position,
            person: one.person,
            name: one.name,
            number: one.number,
            title: one.title,
            before: one.points,
            after,
            parts: mark.parts,
            version: one.latest,
        })
    };
    Ok(scored.into_iter().filter_map(change).collect())
}

/// Scores anew, and settles the grades of those for whom it changed something. Answers what was changed.
pub fn regrade(
    tx: &mut Tx<'_>,
    item: &Item,
    question: Option<QuestionId>,
    how: Regrade,
    by: PersonId,
) -> Result<Vec<Change>> {
    let changes = changes(tx, item.id, question, how)?;
    let now = tx.now();
    for change in &changes {
        tx.execute(
            sql!(
                "update attempt_mark set points = ?3, parts = ?4, version = ?5, at = ?6, by = ?7
                 where attempt = ?1 and position = ?2"
            ),
            params![change.attempt, change.position, change.after, Json(&change.parts), change.version, now, by],
        )?;
        note(tx, (change.attempt, change.position), Some(change.before), Some(change.after), "regraded", by)?;
    }
    let mut people: Vec<PersonId> = changes.iter().map(|change| change.person).collect();
    people.dedup();
    for person in &people {
        let own = item_for(tx, item.course, item.id, *person)?;
        grade::settle(tx, &own, *person, by)?;
    }
    if !changes.is_empty() {
        let event = Event::new("quiz.regraded", "item", item.id).by(by).within("course", item.course);
        tx.record(&event.with("changes", changes.len()).with("people", people.len()))?;
    }
    Ok(changes)
}
