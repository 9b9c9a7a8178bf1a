//! An attempt: begun, answered, handed in, or over. A state machine that the server runs (campus-rules M11).
//!
//! - [`start`] begins one, or answers the one that runs.
//! - [`responses`](crate::responses) takes in what is answered.
//! - [`finish`](crate::finish) ends it.

use courses::CourseId;
use gradebook::Points;
use outline::{Item, ItemId, load};
use people::PersonId;
use serde_json::json;
use store::{Event, FromRow, Json, Result, Time, Tx, params, sql};

use crate::answer::Answer;
use crate::clock::{Clock, Standing, ends_at};
use crate::draw::{Drawn, draw};
use crate::question::Question;
use crate::quiz::{self, Quiz, Settings};
use crate::{AttemptId, QuestionId, finish};

store::text_enum! {
    /// How an attempt ended.
    pub enum Ended {
        /// It was handed in.
        Submitted = "submitted",
        /// Its time was up, and it was handed in as it was.
        TimedOut = "timed-out",
        /// Its time was up, and it does not count.
        Abandoned = "abandoned",
    }
}

/// One try of one person.
#[derive(Clone, Debug, FromRow)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The quiz.
    pub item: ItemId,
    /// Its course.
    pub course: CourseId,
    /// Whose it is.
    pub person: PersonId,
    /// Which of theirs, from 1.
    pub number: i64,
    /// From it follow the draws and all orders.
    pub seed: i64,
    /// Whether it is of somebody who makes the quiz, and counts for nothing.
    pub is_preview: bool,
    /// Whether there is no way back.
    pub one_way: bool,
    /// The furthest question that was reached, from 1; 0 at the beginning.
    pub reached: i64,
    /// When it began.
    pub started_at: Time,
    /// Its end; none where it never ends.
    pub ends_at: Option<Time>,
    /// When somebody must look at it.
    pub look_at: Option<Time>,
    /// How it ended; none while it runs.
    pub ended_how: Option<Ended>,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// The hash of what was answered.
    pub receipt: Option<String>,
}

/// A question of an attempt.
#[derive(Clone, Debug, FromRow)]
pub struct Asked {
    /// Its place, from 1.
    pub position: i64,
    /// The question.
    pub question: QuestionId,
    /// Its version.
    pub version: i64,
    /// What it may earn.
    pub points: Points,
    /// What it says.
    pub content: Json<Question>,
}

/// Why an attempt cannot begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The quiz has no questions.
    Empty,
    /// No attempt is left.
    NoneLeft,
    /// The quiz is not open.
    Closed,
    /// The word is wrong.
    WrongWord,
}

/// Who begins an attempt.
#[derive(Clone, Copy, Debug)]
pub struct Starter<'s> {
    /// The person.
    pub person: PersonId,
    /// Whether they make the quiz: dates and limits do not bind them, and it counts for nothing.
    pub is_preview: bool,
    /// The word that they gave.
    pub word: &'s str,
}

/// Begins an attempt; where one of this person runs, answers that one, so that a second click begins no second. The item
/// has the dates that hold for them.
pub fn start(tx: &mut Tx<'_>, item: &Item, starter: Starter<'_>) -> Result<Result<AttemptId, Refused>> {
    let quiz = Quiz::of(tx, item, starter.person)?;
    let settings = quiz.settings();
    let mut own = of_person(tx, item.id, starter.person)?;
    if let Some(running) = own.iter().find(|attempt| attempt.ended_at.is_none()).cloned() {
        if !running.standing(tx.now(), &settings).is_over() {
            return Ok(Ok(running.id));
        }
        finish::close(tx, &running, &settings)?;
        own = of_person(tx, item.id, starter.person)?;
    }
    if let Some(refused) = refused(tx.now(), item, &quiz, &own, starter) {
        return Ok(Err(refused));
    }
    let number = own.iter().map(|attempt| attempt.number).max().unwrap_or(0) + 1;
    let (id, now): (AttemptId, Time) = (tx.new_id(), tx.now());
    let seed = i64::from_be_bytes(tx.random());
    let slots = quiz::slots(tx, item.id)?;
    let drawn = draw(tx, item.course, starter.person, &slots, seed, settings.shuffle)?;
    if drawn.is_empty() {
        return Ok(Err(Refused::Empty));
    }
    let ends = ends_at(now, settings.limit_minutes, quiz.extra_percent, item.lock_at).filter(|_| !starter.is_preview);
    let look_at = clock(ends, &settings).look_at();
    let added = tx.execute(
        sql!(
            "insert into attempt (id, item, course, person, number, seed, is_preview, one_way, started_at, ends_at, look_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) on conflict (item, person, number) do nothing"
        ),
        params![
            id,
            item.id,
            item.course,
            starter.person,
            number,
            seed,
            starter.is_preview,
            settings.one_way && settings.one_by_one,
            now,
            ends,
            look_at
        ],
    )?;
    if added == 0 {
        // Begun at the same moment from elsewhere.
        let there = of_person(tx, item.id, starter.person)?;
        return there.last().map(|attempt| Ok(attempt.id)).ok_or(store::Error::NotFound);
    }
    keep_questions(tx, id, &drawn)?;
    let event = Event::new("attempt.started", "attempt", id).by(starter.person).within("course", item.course);
    tx.record(&event.with("item", item.id.to_string()).with("number", number))?;
    Ok(Ok(id))
}

fn refused(now: Time, item: &Item, quiz: &Quiz, own: &[Attempt], starter: Starter<'_>) -> Option<Refused> {
    let settings = quiz.settings();
    let had = own.iter().filter(|attempt| !attempt.is_preview).count();
    if quiz.slots == 0 {
        return Some(Refused::Empty);
    }
    if starter.is_preview {
        return None;
    }
    if item.unlock_at.is_some_and(|opens| opens > now) || item.lock_at.is_some_and(|closes| closes <= now) {
        Some(Refused::Closed)
    } else if settings.attempts > 0 && had >= settings.attempts as usize {
        Some(Refused::NoneLeft)
    } else if !settings.password.is_empty() && settings.password.trim() != starter.word.trim() {
        Some(Refused::WrongWord)
    } else {
        None
    }
}

/// One statement, however many questions there are.
fn keep_questions(tx: &mut Tx<'_>, attempt: AttemptId, drawn: &[Drawn]) -> Result<()> {
    let rows: Vec<_> = (1..)
        .zip(drawn)
        .map(|(position, one): (i64, &Drawn)| {
            json!({"p": position, "s": one.slot.0.simple().to_string(), "q": one.question.0.simple().to_string(),
                   "v": one.version, "u": one.points.units()})
        })
        .collect();
    tx.execute(
        sql!(
            sqlite: "insert into attempt_slot (attempt, position, slot, question, version, points)
                     select ?1, value ->> 'p', unhex(value ->> 's'), unhex(value ->> 'q'), value ->> 'v', value ->> 'u'
                     from json_each(?2)",
            postgres: "insert into attempt_slot (attempt, position, slot, question, version, points)
                       select ?1::uuid, (r ->> 'p')::bigint, (r ->> 's')::uuid, (r ->> 'q')::uuid, (r ->> 'v')::bigint,
                              (r ->> 'u')::bigint
                       from jsonb_array_elements(?2::text::jsonb) r",
        ),
        params![attempt, serde_json::Value::from(rows)],
    )?;
    Ok(())
}

/// The clock of an attempt that ends then, of a quiz that goes like this.
pub(crate) fn clock(ends_at: Option<Time>, settings: &Settings) -> Clock {
    Clock { ends_at, overdue: settings.overdue, grace_seconds: i64::from(settings.grace_minutes) * 60 }
}

impl Attempt {
    /// An attempt of this course; [`store::Error::NotFound`] where there is none.
    pub fn find(tx: &mut Tx<'_>, course: CourseId, id: AttemptId) -> Result<Self> {
        tx.one(
            sql!(
                "select id, item, course, person, number, seed, is_preview, one_way, reached, started_at, ends_at, look_at,
                        ended_how, ended_at, receipt from attempt where id = ?1 and course = ?2"
            ),
            params![id, course],
        )
    }

    /// The same, locked until the transaction ends: who answers and who hands in follow each other.
    pub(crate) fn lock(tx: &mut Tx<'_>, id: AttemptId) -> Result<Self> {
        tx.one(
            sql!(
                "select id, item, course, person, number, seed, is_preview, one_way, reached, started_at, ends_at, look_at,
                        ended_how, ended_at, receipt from attempt where id = ?1 for update"
            ),
            params![id],
        )
    }

    /// What may be done with it, as long as it was not handed in.
    pub fn standing(&self, now: Time, settings: &Settings) -> Standing {
        clock(self.ends_at, settings).standing(now)
    }

    /// Whether it is running.
    pub const fn is_running(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Its questions, each in its version.
    pub fn questions(&self, tx: &mut Tx<'_>) -> Result<Vec<Asked>> {
        tx.all(
            sql!(
                "select s.position, s.question, s.version, s.points, v.content
                 from attempt_slot s join question_version v on v.question = s.question and v.number = s.version
                 where s.attempt = ?1 order by s.position"
            ),
            params![self.id],
        )
    }

    /// The answers that hold, by the place of their question.
    pub fn answers(&self, tx: &mut Tx<'_>) -> Result<std::collections::BTreeMap<i64, Answer>> {
        let rows: Vec<(i64, Json<Answer>)> = tx.all(
            sql!(
                "select position, answer from (
                    select position, answer, row_number() over (partition by position order by seq desc, device desc) as n
                    from attempt_answer where attempt = ?1) a where n = 1"
            ),
            params![self.id],
        )?;
        Ok(rows.into_iter().map(|(position, Json(answer))| (position, answer)).collect())
    }
}

/// The attempts of a person, in their order.
pub fn of_person(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Vec<Attempt>> {
    tx.all(
        sql!(
            "select id, item, course, person, number, seed, is_preview, one_way, reached, started_at, ends_at, look_at,
                    ended_how, ended_at, receipt from attempt where item = ?1 and person = ?2 order by number"
        ),
        params![item, person],
    )
}

/// The item with the dates that hold for a person; as it is where they do not see it.
pub fn item_for(tx: &mut Tx<'_>, course: CourseId, item: ItemId, person: PersonId) -> Result<Item> {
    let outline = load(tx, course, Some(person), false)?;
    let arranged = outline.arrange();
    let found = arranged.items().find(|one| one.item.id == item).map(|one| Item::clone(&one.item));
    match found {
        Some(item) => Ok(item),
        None => Item::find(tx, course, item),
    }
}

/// Sets the clocks of a person's running attempts anew, from what holds for them now.
pub(crate) fn wind(tx: &mut Tx<'_>, course: CourseId, person: PersonId) -> Result<()> {
    let running: Vec<Attempt> = tx.all(
        sql!(
            "select id, item, course, person, number, seed, is_preview, one_way, reached, started_at, ends_at, look_at,
                    ended_how, ended_at, receipt from attempt
             where person = ?2 and course = ?1 and ended_at is null and not is_preview"
        ),
        params![course, person],
    )?;
    for attempt in running {
        let item = item_for(tx, course, attempt.item, person)?;
        rewind(tx, &attempt, &item)?;
    }
    Ok(())
}

/// The attempt with its end as it follows from what holds now. The item has the dates that hold for its person.
pub(crate) fn rewind(tx: &mut Tx<'_>, attempt: &Attempt, item: &Item) -> Result<Attempt> {
    let quiz = Quiz::of(tx, item, attempt.person)?;
    let settings = quiz.settings();
    let ends = ends_at(attempt.started_at, settings.limit_minutes, quiz.extra_percent, item.lock_at);
    let ends = ends.filter(|_| !attempt.is_preview);
    let look_at = clock(ends, &settings).look_at();
    if (ends, look_at) != (attempt.ends_at, attempt.look_at) {
        tx.execute(
            sql!("update attempt set ends_at = ?2, look_at = ?3 where id = ?1 and ended_at is null"),
            params![attempt.id, ends, look_at],
        )?;
    }
    Ok(Attempt { ends_at: ends, look_at, ..attempt.clone() })
}
