//! How a quiz goes, and the places for its questions.

use courses::CourseId;
use gradebook::{Column, ColumnSettings, Points};
use outline::{Item, ItemId};
use people::PersonId;
use serde::{Deserialize, Serialize};
use store::{Event, FromRow, Json, Result, Time, Tx, params, sql};

use crate::clock::Overdue;
use crate::keep::Keep;
use crate::question::Kind;
use crate::review::Review;
use crate::share::Share;
use crate::{FolderId, QuestionId, SlotId, bank, jobs};

/// Places of one quiz at the most; one more is refused.
pub const SLOTS_MAX: usize = 200;
/// The longest time limit, in minutes.
pub const LIMIT_MINUTES_MAX: i64 = 7 * 24 * 60;
/// The most attempts that can be allowed; 0 is any number of them.
pub const ATTEMPTS_MAX: i64 = 100;

/// How a quiz goes. Kept as JSON: what an older program did not know has a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What is said before it begins, in Markdown.
    pub intro: String,
    /// How many attempts each person has; 0 for any number.
    pub attempts: u32,
    /// Which of them counts.
    pub keep: Keep,
    /// How long one may take, in minutes; none for any time.
    pub limit_minutes: Option<u32>,
    /// What happens where it is not handed in by its end.
    pub overdue: Overdue,
    /// How long it may still be handed in then, in minutes.
    pub grace_minutes: u32,
    /// Whether each attempt has its own order of questions.
    pub shuffle: bool,
    /// Whether each question has a page of its own.
    pub one_by_one: bool,
    /// Whether there is no way back to a page that was left.
    pub one_way: bool,
    /// A word that is asked for before an attempt; empty for none.
    pub password: String,
    /// What is shown when.
    pub review: Review,
    /// The points of the whole, in ten-thousandths; those of its questions together where none.
    pub points: Option<i64>,
    /// The part of the points that passes, in percent; any grade does where none.
    pub passing_percent: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            intro: String::new(),
            attempts: 1,
            keep: Keep::Highest,
            limit_minutes: None,
            overdue: Overdue::Submit,
            grace_minutes: 10,
            shuffle: false,
            one_by_one: false,
            one_way: false,
            password: String::new(),
            review: Review::default(),
            points: None,
            passing_percent: None,
        }
    }
}

impl Settings {
    /// The points of the whole, where its questions have these together.
    pub fn whole(&self, of_questions: Points) -> Points {
        self.points.map_or(of_questions, Points::from_units)
    }
}

/// A place of a quiz, with what is known of its question.
#[derive(Clone, Debug, FromRow)]
pub struct Slot {
    /// Its id.
    pub id: SlotId,
    /// Its place, from 0.
    pub position: i64,
    /// What its question may earn.
    pub points: Points,
    /// The question; none where one is drawn.
    pub question: Option<QuestionId>,
    /// The version that it is held at; the latest where none.
    pub version: Option<i64>,
    /// The folder that is drawn from; none for the whole bank.
    pub folder: Option<FolderId>,
    /// Whether folders below it are drawn from too.
    pub below: bool,
    /// The tags that a drawn question must have, a space before and behind each.
    pub tags: String,
    /// The question's name.
    pub title: Option<String>,
    /// The question's kind.
    pub kind: Option<Kind>,
    /// The number of its latest version.
    pub latest: Option<i64>,
    /// Whether it was taken out of the bank.
    pub is_gone: bool,
}

/// A quiz as its first page needs it: one statement.
#[derive(Clone, Debug, FromRow)]
pub struct Quiz {
    /// How it goes; none where nobody has said.
    pub settings: Option<Json<Settings>>,
    /// How many places it has.
    pub slots: i64,
    /// Their points together.
    pub points: Points,
    /// How much longer this person may take, in percent.
    pub extra_percent: u32,
}

impl Quiz {
    /// The quiz of an item, for a person.
    pub fn of(tx: &mut Tx<'_>, item: &Item, person: PersonId) -> Result<Self> {
        tx.one(
            sql!(
                "select (select settings from quiz where item = i.id) as settings,
                        (select count(*) from quiz_slot where item = i.id) as slots,
                        cast(coalesce((select sum(points) from quiz_slot where item = i.id), 0) as bigint) as points,
                        coalesce((select percent from extra_time where course = i.course and person = ?2), 0) as extra_percent
                 from item i where i.id = ?1"
            ),
            params![item.id, person],
        )
    }

    /// How it goes.
    pub fn settings(&self) -> Settings {
        self.settings.as_ref().map(|json| json.0.clone()).unwrap_or_default()
    }

    /// The points of the whole.
    pub fn whole(&self) -> Points {
        self.settings().whole(self.points)
    }
}

/// How the quiz of an item goes.
pub fn settings(tx: &mut Tx<'_>, item: ItemId) -> Result<Settings> {
    let found: Option<(Json<Settings>,)> =
        tx.maybe(sql!("select settings from quiz where item = ?1"), params![item])?;
    Ok(found.map(|(json,)| json.0).unwrap_or_default())
}

/// Sets how it goes. What runs already goes on as it began.
pub fn configure(tx: &mut Tx<'_>, item: &Item, to: &Settings, by: PersonId) -> Result<()> {
    let (now, before) = (tx.now(), settings(tx, item.id)?);
    tx.execute(
        sql!(
            "insert into quiz (item, settings, changed_at, changed_by) values (?1, ?2, ?3, ?4)
             on conflict (item) do update set settings = excluded.settings, changed_at = excluded.changed_at,
                 changed_by = excluded.changed_by"
        ),
        params![item.id, Json(to), now, by],
    )?;
    tx.record(&Event::new("quiz.changed", "item", item.id).by(by).within("course", item.course))?;
    if before.passing_percent.is_some()
        && to.passing_percent.is_none()
        && let Some(column) = Column::of_item(tx, item.id)?
    {
        column.change(tx, &ColumnSettings { passing: None, ..column.settings() }, by)?;
    }
    if before.keep != to.keep {
        jobs::settle_later(tx, item, by)?;
    }
    weigh(tx, item, by)
}

/// The places of a quiz, in their order.
pub fn slots(tx: &mut Tx<'_>, item: ItemId) -> Result<Vec<Slot>> {
    tx.all(
        sql!(
            "select s.id, s.position, s.points, s.question, s.version, s.folder, s.below, s.tags, q.title, q.kind, q.latest,
                    q.deleted_at is not null as is_gone
             from quiz_slot s left join question q on q.id = s.question where s.item = ?1 order by s.position, s.id"
        ),
        params![item],
    )
}

/// What a new place is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// This question, in its latest version.
    Question(QuestionId),
    /// One that is drawn.
    Drawn {
        /// From this folder; none for the whole bank.
        folder: Option<FolderId>,
        /// And from those below it.
        below: bool,
        /// With all of these tags.
        tags: Vec<String>,
    },
}

/// Adds places at the end. Questions and folders of other courses, and questions that are there already, are passed over.
/// Answers how many were added.
pub fn add_slots(tx: &mut Tx<'_>, item: &Item, filled: &[Filled], points: Points, by: PersonId) -> Result<usize> {
    let now = tx.now();
    let mut added = 0;
    for one in filled {
        let id: SlotId = tx.new_id();
        added += match one {
            Filled::Question(question) => {
                let Some(kind) = addable(tx, item, *question)? else { continue };
                let points = if kind == Kind::Info { Points::ZERO } else { points };
                tx.execute(
                    sql!(
                        "insert into quiz_slot (id, item, position, points, question, made_at, made_by)
                         values (?1, ?2, (select coalesce(max(position) + 1, 0) from quiz_slot where item = ?2), ?3, ?4, ?5, ?6)"
                    ),
                    params![id, item.id, points, question, now, by],
                )?
            }
            Filled::Drawn { folder, below, tags } => tx.execute(
                sql!(
                    "insert into quiz_slot (id, item, position, points, folder, below, tags, made_at, made_by)
                     values (?1, ?2, (select coalesce(max(position) + 1, 0) from quiz_slot where item = ?2), ?3,
                             (select f.id from question_folder f where f.id = ?4 and f.course = ?5), ?6, ?7, ?8, ?9)"
                ),
                params![id, item.id, points, folder, item.course, below, bank::joined(tags), now, by],
            )?,
        };
    }
    changed(tx, item, by)?;
    Ok(usize::try_from(added).unwrap_or(0))
}

/// The kind of a question of the same course that is not in the quiz yet.
fn addable(tx: &mut Tx<'_>, item: &Item, question: QuestionId) -> Result<Option<Kind>> {
    let found: Option<(Kind,)> = tx.maybe(
        sql!(
            "select q.kind from question q where q.id = ?1 and q.course = ?2 and q.deleted_at is null
             and not exists (select 1 from quiz_slot s where s.item = ?3 and s.question = q.id)"
        ),
        params![question, item.course, item.id],
    )?;
    Ok(found.map(|(kind,)| kind))
}

/// Sets the points of a place, and the version that it is held at.
pub fn change_slot(
    tx: &mut Tx<'_>,
    item: &Item,
    slot: SlotId,
    points: Points,
    version: Option<i64>,
    by: PersonId,
) -> Result<()> {
    tx.execute(
        sql!(
            "update quiz_slot set points = ?3, version = (select v.number from question_version v
                 where v.question = quiz_slot.question and v.number = ?4)
             where id = ?1 and item = ?2"
        ),
        params![slot, item.id, points, version],
    )?;
    changed(tx, item, by)
}

/// Moves a place up or down by one.
pub fn move_slot(tx: &mut Tx<'_>, item: &Item, slot: SlotId, down: bool, by: PersonId) -> Result<()> {
    let mut order: Vec<SlotId> = slots(tx, item.id)?.into_iter().map(|slot| slot.id).collect();
    let Some(at) = order.iter().position(|id| *id == slot) else { return Err(store::Error::NotFound) };
    let to = if down { at + 1 } else { at.wrapping_sub(1) };
    if to < order.len() {
        order.swap(at, to);
    }
    for (position, id) in order.iter().enumerate() {
        tx.execute(sql!("update quiz_slot set position = ?2 where id = ?1 and position <> ?2"), params![id, position])?;
    }
    changed(tx, item, by)
}

/// Takes a place away. Attempts that have its question keep it.
pub fn remove_slot(tx: &mut Tx<'_>, item: &Item, slot: SlotId, by: PersonId) -> Result<()> {
    tx.execute(sql!("delete from quiz_slot where id = ?1 and item = ?2"), params![slot, item.id])?;
    changed(tx, item, by)
}

fn changed(tx: &mut Tx<'_>, item: &Item, by: PersonId) -> Result<()> {
    tx.record(&Event::new("quiz.questions-changed", "item", item.id).by(by).within("course", item.course))?;
    weigh(tx, item, by)
}

/// Gives the quiz its column in the gradebook, with the points that it has now, and the passing grade where it says one.
/// Grades that were given follow, since they are points of the whole.
fn weigh(tx: &mut Tx<'_>, item: &Item, by: PersonId) -> Result<()> {
    let quiz = Quiz::of(tx, item, by)?;
    let settings = quiz.settings();
    let whole = settings.whole(quiz.points);
    let before = Column::of_item(tx, item.id)?;
    let column = Column::for_item(tx, item, whole, by)?;
    if before.is_some_and(|before| before.points != whole) {
        jobs::settle_later(tx, item, by)?;
    }
    let Some(percent) = settings.passing_percent else { return Ok(()) };
    let passing = Some(Share::of(percent as usize, 100).points(whole));
    column.change(tx, &ColumnSettings { passing, ..column.settings() }, by)
}

/// How much longer than others people may take in a course.
pub fn extra_times(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<(PersonId, String, i64)>> {
    tx.all(
        sql!(
            "select e.person, trim(p.given || ' ' || p.family), e.percent from extra_time e join person p on p.id = e.person
             where e.course = ?1 order by p.sort_name, p.id"
        ),
        params![course],
    )
}

/// Sets how much longer somebody may take, in percent; 0 for no longer than others. Attempts that run get it too, as far
/// as the closing date lets them.
pub fn set_extra_time(tx: &mut Tx<'_>, course: CourseId, person: PersonId, percent: u32, by: PersonId) -> Result<()> {
    let now: Time = tx.now();
    if percent == 0 {
        tx.execute(sql!("delete from extra_time where course = ?1 and person = ?2"), params![course, person])?;
    } else {
        tx.execute(
            sql!(
                "insert into extra_time (course, person, percent, at, by) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (course, person) do update set percent = excluded.percent, at = excluded.at, by = excluded.by"
            ),
            params![course, person, percent, now, by],
        )?;
    }
    let event = Event::new("extra-time.set", "person", person).by(by).within("course", course);
    tx.record(&event.with("percent", percent))?;
    crate::attempt::wind(tx, course, person)
}
