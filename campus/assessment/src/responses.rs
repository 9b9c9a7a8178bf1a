//! Taking in what is answered: cheap, since many save every few seconds, and so that nothing is lost.
//!
//! Answers are only ever added. Each has a number that its browser gave it and the name of its page (its device): sent twice
//! it is kept once, and from whichever tab or device answers come in whatever order, the same one holds in the end: that with
//! the highest number, among equal ones that of the device whose name is higher. A form without scripts has no numbers: what
//! it changed against what its page showed becomes the newest.

use std::collections::BTreeMap;

use people::{PersonId, Scope, UnitPath};
use serde_json::json;
use store::{FromRow, Json, Result, Time, Tx, params, sql};

use crate::AttemptId;
use crate::answer::{Answer, TooLong};
use crate::clock::TOLERANCE_SECONDS;
use crate::question::Question;

/// The highest number that an answer may have; beyond it nothing more is taken.
pub const SEQ_MAX: i64 = 100_000;
/// Answers in one request at the most.
pub const SENT_MAX: usize = 300;
/// The longest name of a device, in bytes; what is longer is cut.
const DEVICE_BYTES_MAX: usize = 40;

/// What a save needs to know of its attempt: one statement, locked until the transaction ends.
#[derive(Clone, Debug, FromRow)]
pub struct Desk {
    /// The attempt.
    pub id: AttemptId,
    /// Whose it is.
    pub person: PersonId,
    /// Whether it counts for nothing.
    pub is_preview: bool,
    one_way: bool,
    reached: i64,
    ends_at: Option<Time>,
    ended_at: Option<Time>,
    course: courses::CourseId,
    unit_path: UnitPath,
    newest: i64,
}

/// One answer that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The place of its question.
    pub position: i64,
    /// Its number; none from a form without scripts.
    pub seq: Option<i64>,
}

/// A request to save.
#[derive(Clone, Debug)]
pub struct Save<'s> {
    /// The name of the page that sends.
    pub device: &'s str,
    /// The highest number that this page knew when it was made.
    pub seen: i64,
    /// The answers.
    pub sent: Vec<Sent>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The highest number that the attempt has now.
    pub newest: i64,
    /// How many answers were new.
    pub added: usize,
    /// How many seconds are left; none where it never ends.
    pub seconds_left: Option<i64>,
}

/// Why nothing was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// The attempt was handed in, or its time is up.
    Over,
    /// An answer is too long; the place of its question, and the limit in bytes.
    TooLong {
        /// The place of its question.
        position: i64,
        /// The limit.
        bytes_max: usize,
    },
    /// It makes no sense: too many answers, or numbers out of range.
    Nonsense,
}

impl Desk {
    /// The desk of an attempt of this course; [`store::Error::NotFound`] where there is none.
    pub fn of(tx: &mut Tx<'_>, course: courses::CourseId, id: AttemptId) -> Result<Self> {
        tx.one(
            sql!(
                "select a.id, a.person, a.is_preview, a.one_way, a.reached, a.ends_at, a.ended_at, a.course,
                        (select u.path from course c join unit u on u.id = c.unit where c.id = a.course) as unit_path,
                        coalesce((select max(n.seq) from attempt_answer n where n.attempt = a.id), 0) as newest
                 from attempt a where a.id = ?1 and a.course = ?2 for update"
            ),
            params![id, course],
        )
    }

    /// The course as a place, for permissions.
    pub fn scope(&self) -> Scope {
        Scope::unit(&self.unit_path).course(self.course)
    }

    /// Where its attempt is.
    pub fn path(&self) -> String {
        format!("/courses/{}/attempts/{}", self.course, self.id)
    }

    /// Whether answers are taken at a moment.
    fn is_open(&self, now: Time) -> bool {
        self.ended_at.is_none() && self.ends_at.is_none_or(|ends_at| now <= ends_at.plus_seconds(TOLERANCE_SECONDS))
    }

    /// Saves what was sent: two more statements, three for a form without scripts. `values` are the fields of the request;
    /// those of a question begin with `a` and its place.
    pub fn save<'f>(
        &self,
        tx: &mut Tx<'_>,
        save: &Save<'_>,
        values: impl Fn(&str) -> Vec<&'f str>,
    ) -> Result<Result<Saved, NotSaved>> {
        let now = tx.now();
        let out_of_range = |seq: i64| !(1..=SEQ_MAX).contains(&seq);
        if save.sent.len() > SENT_MAX || save.sent.iter().filter_map(|one| one.seq).any(out_of_range) {
            return Ok(Err(NotSaved::Nonsense));
        }
        if !self.is_open(now) {
            return Ok(Err(NotSaved::Over));
        }
        let seconds_left = self.ends_at.map(|ends_at| (ends_at.seconds() - now.seconds()).max(0));
        let same = Saved { newest: self.newest, added: 0, seconds_left };
        // What was left behind on the way that has no return stays as it is.
        let sent: Vec<&Sent> = save.sent.iter().filter(|one| !self.one_way || one.position >= self.reached).collect();
        let (Some(first), Some(last)) =
            (sent.iter().map(|one| one.position).min(), sent.iter().map(|one| one.position).max())
        else {
            return Ok(Ok(same));
        };
        let questions = self.questions(tx, first, last)?;
        let mut read = Vec::new();
        for one in sent {
            let Some(question) = questions.get(&one.position) else { continue };
            match Answer::read(question, &format!("a{}", one.position), &values) {
                Ok(answer) => read.push((one.position, one.seq, answer)),
                Err(TooLong { bytes_max }) => {
                    return Ok(Err(NotSaved::TooLong { position: one.position, bytes_max }));
                }
            }
        }
        let device = &save.device[..save.device.floor_char_boundary(DEVICE_BYTES_MAX)];
        if read.iter().any(|(_, seq, _)| seq.is_none()) {
            let known = self.known(tx, device, save.seen)?;
            read.retain(|(position, seq, answer)| {
                seq.is_some() || known.get(position).unwrap_or(&Answer::Nothing) != answer
            });
        }
        let next = self.newest + 1;
        let rows: Vec<(i64, i64, Answer)> =
            read.into_iter().map(|(position, seq, answer)| (position, seq.unwrap_or(next), answer)).collect();
        if rows.iter().any(|(_, seq, _)| out_of_range(*seq)) {
            return Ok(Err(NotSaved::Nonsense));
        }
        let added = if rows.is_empty() { 0 } else { self.add(tx, device, &rows)? };
        let newest = rows.iter().map(|(_, seq, _)| *seq).max().unwrap_or(0).max(self.newest);
        Ok(Ok(Saved { newest, added, seconds_left }))
    }

    fn questions(&self, tx: &mut Tx<'_>, first: i64, last: i64) -> Result<BTreeMap<i64, Question>> {
        let rows: Vec<(i64, Json<Question>)> = tx.all(
            sql!(
                "select s.position, v.content from attempt_slot s
                 join question_version v on v.question = s.question and v.number = s.version
                 where s.attempt = ?1 and s.position between ?2 and ?3"
            ),
            params![self.id, first, last],
        )?;
        Ok(rows.into_iter().map(|(position, Json(question))| (position, question)).collect())
    }

    /// What a page without scripts takes for saved: the last that it sent itself, else what it showed.
    fn known(&self, tx: &mut Tx<'_>, device: &str, seen: i64) -> Result<BTreeMap<i64, Answer>> {
        let rows: Vec<(i64, Json<Answer>)> = tx.all(
            sql!(
                "select position, answer from (
                    select position, answer,
                           row_number() over (partition by position order by case when device = ?2 then 1 else 0 end desc,
                                              seq desc, device desc) as n
                    from attempt_answer where attempt = ?1 and (device = ?2 or seq <= ?3)) a where n = 1"
            ),
            params![self.id, device, seen],
        )?;
        Ok(rows.into_iter().map(|(position, Json(answer))| (position, answer)).collect())
    }

    /// One statement, however many answers there are. What is there already stays.
    fn add(&self, tx: &mut Tx<'_>, device: &str, rows: &[(i64, i64, Answer)]) -> Result<usize> {
        let now = tx.now();
        let rows: Vec<_> =
            rows.iter().map(|(position, seq, answer)| json!({"p": position, "n": seq, "a": answer})).collect();
        let added = tx.execute(
            sql!(
                sqlite: "insert into attempt_answer (attempt, seq, position, device, answer, at)
                         select ?1, value ->> 'n', value ->> 'p', ?2, value -> 'a', ?3 from json_each(?4) where true
                         on conflict (attempt, seq, position, device) do nothing",
                postgres: "insert into attempt_answer (attempt, seq, position, device, answer, at)
                           select ?1::uuid, (r ->> 'n')::bigint, (r ->> 'p')::bigint, ?2::text, r -> 'a', ?3::timestamptz
                           from jsonb_array_elements(?4::text::jsonb) r
                           on conflict (attempt, seq, position, device) do nothing",
            ),
            params![self.id, device, now, serde_json::Value::from(rows)],
        )?;
        Ok(usize::try_from(added).unwrap_or(0))
    }

    /// Notes that a person has gone on to a question, where there is no way back: never by more than one.
    pub fn go_on(&self, tx: &mut Tx<'_>, to: i64) -> Result<()> {
        let to = to.min(self.reached.max(1) + 1);
        if self.one_way && to > self.reached {
            tx.execute(sql!("update attempt set reached = ?2 where id = ?1 and reached < ?2"), params![self.id, to])?;
        }
        Ok(())
    }

    /// Notes that somebody wants to come back to a question, or no longer.
    pub fn flag(&self, tx: &mut Tx<'_>, position: i64, on: bool) -> Result<()> {
        let now = tx.now();
        if on {
            tx.execute(
                sql!(
                    "insert into attempt_flag (attempt, position, at) values (?1, ?2, ?3)
                     on conflict (attempt, position) do nothing"
                ),
                params![self.id, position, now],
            )?;
        } else {
            tx.execute(
                sql!("delete from attempt_flag where attempt = ?1 and position = ?2"),
                params![self.id, position],
            )?;
        }
        Ok(())
    }
}
