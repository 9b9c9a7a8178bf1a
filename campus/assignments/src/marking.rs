//! Marking: the queue of those whose work is looked at, marks on their way, and marks as they were given (campus-rules
//! M22, M25).

use std::collections::BTreeMap;

use courses::CourseId;
use gradebook::{Column, Given, GradeState, Points, Policy, Source};
use outline::overrides::{self, Change, DateChange};
use outline::{Item, ItemId};
use people::PersonId;
use store::{Event, FromRow, Id, Ids, Json, Result, Time, Tx, params, sql};

use crate::assignment::Assignment;
use crate::rubric::{Chosen, Criterion, RubricKind};
use crate::rules::{Known, Standing, late_seconds};
use crate::{RubricId, SubmissionId};

/// Learners that a queue shows at the most.
pub const QUEUE_MAX: u32 = 2_000;
/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 20_000;
/// Comments that one person keeps in one course at the most; the oldest goes when one more comes.
pub const PHRASES_MAX: i64 = 100;

/// Somebody in the queue.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, described there")]
pub struct Line {
    pub person: PersonId,
    pub name: String,
    /// The newest attempt.
    pub submission: Option<SubmissionId>,
    pub number: Option<i64>,
    pub at: Option<Time>,
    pub late_seconds: Option<i64>,
    /// When marks were last given, and how many points.
    pub marked_at: Option<Time>,
    pub points: Option<Points>,
    /// Whether the learner has begun to write.
    pub has_draft: bool,
    /// Whether somebody has begun to mark.
    pub has_marks: bool,
    pub state: Option<GradeState>,
    pub posted_at: Option<Time>,
    /// Until when this person was to hand in; set by [`queue`].
    pub due_at: Option<Time>,
}

impl Line {
    /// The state of their work.
    pub fn standing(&self, assignment: &Assignment, now: Time) -> Standing {
        let known = Known {
            has_draft: self.has_draft,
            late_seconds: self.late_seconds,
            handed_in_at: self.at,
            marked_at: self.marked_at,
            due: self.due_at,
            is_excused: self.state == Some(GradeState::Excused),
            is_expected: assignment.is_online(),
        };
        known.standing(now)
    }
}

/// Everybody who takes the course or has handed something in, each with the date that holds for them: by name, or by code
/// where names are hidden. Two statements.
pub fn queue(tx: &mut Tx<'_>, item: &Item, assignment: &Assignment) -> Result<Vec<Line>> {
    let mut lines: Vec<Line> = tx.all(
        sql!(
            "select p.id as person, trim(p.given || ' ' || p.family) as name, s.id as submission, s.number, s.at,
                    s.late_seconds, m.at as marked_at, m.points, g.state, g.posted_at,
                    cast(null as timestamptz) as due_at,
                    (exists (select 1 from assignment_draft d where d.item = ?2 and d.person = p.id
                             and (d.text <> '' or d.address <> ''))
                     or exists (select 1 from assignment_draft_file f where f.item = ?2 and f.person = p.id)) as has_draft,
                    exists (select 1 from mark_draft k where k.item = ?2 and k.person = p.id) as has_marks
             from person p
             left join submission s on s.item = ?2 and s.person = p.id
                 and s.number = (select max(t.number) from submission t where t.item = ?2 and t.person = p.id)
             left join mark m on m.id = (select n.id from mark n where n.item = ?2 and n.person = p.id
                                         order by n.at desc, n.id desc limit 1)
             left join grade_column c on c.item = ?2
             left join grade g on g.grade_column = c.id and g.person = p.id
             where p.id in (select e.person from enrolment e
                            where e.course = ?1 and e.role = 'learner' and e.state = 'active')
             or p.id in (select t.person from submission t where t.item = ?2)
             order by p.sort_name, p.id limit ?3"
        ),
        params![item.course, item.id, QUEUE_MAX],
    )?;
    date(tx, item, &mut lines)?;
    if assignment.hides_names() {
        for line in &mut lines {
            line.name = assignment.code(line.person);
        }
        lines.sort_by(|one, other| one.name.cmp(&other.name));
    }
    Ok(lines)
}

/// An exception of the item, for each person to whom it applies.
#[derive(FromRow)]
struct Exception {
    person: PersonId,
    sets_due: bool,
    due_at: Option<Time>,
}

/// Gives each the date that holds for them (campus-rules M20), and the lateness that follows: a date that was moved after
/// the work came in counts anew.
fn date(tx: &mut Tx<'_>, item: &Item, lines: &mut [Line]) -> Result<()> {
    let exceptions: Vec<Exception> = tx.all(
        sql!(
            "select coalesce(o.person, e.person) as person, o.sets_due, o.due_at
             from item_override o
             left join enrolment e on e.section = o.section and e.course = o.course and e.state = 'active'
             where o.item = ?1 and o.ended_at is null and coalesce(o.person, e.person) is not null"
        ),
        params![item.id],
    )?;
    let mut changes: BTreeMap<PersonId, Vec<Change>> = BTreeMap::new();
    for Exception { person, sets_due, due_at } in exceptions {
        let due = if sets_due { due_at.map_or(DateChange::Removed, DateChange::At) } else { DateChange::Kept };
        changes.entry(person).or_default().push(Change { due, ..Change::default() });
    }
    let own = overrides::Dates { due: item.due_at, unlock: None, lock: None };
    let now = tx.now();
    for line in lines {
        let changes = changes.get(&line.person).map_or(&[][..], Vec::as_slice);
        line.due_at = overrides::effective(own, changes, Some(now)).due;
        line.late_seconds = line.at.map(|at| late_seconds(line.due_at, at));
    }
    Ok(())
}

/// How many have handed in, and how many of them wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Counts {
    /// People who have handed in.
    pub handed_in: i64,
    /// Those whose newest attempt was not marked.
    pub waiting: i64,
}

/// The counts of an item.
pub fn counts(tx: &mut Tx<'_>, item: ItemId) -> Result<Counts> {
    tx.one(
        sql!(
            "select count(*) as handed_in,
                    cast(coalesce(sum(case when m.at is null or s.at > m.at then 1 else 0 end), 0) as bigint) as waiting
             from (select person, max(at) as at from submission where item = ?1 group by person) s
             left join (select person, max(at) as at from mark where item = ?1 group by person) m on m.person = s.person"
        ),
        params![item],
    )
}

/// Work that waits, of one item.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, described there")]
pub struct Waiting {
    pub course: CourseId,
    pub course_title: String,
    pub item: ItemId,
    pub title: String,
    pub waiting: i64,
    /// When the oldest of them was handed in.
    pub since: Time,
}

/// What waits to be marked in these courses, the oldest first: one statement.
pub fn waiting(tx: &mut Tx<'_>, courses: &[CourseId]) -> Result<Vec<Waiting>> {
    tx.all(
        sql!(
            "select i.course, c.title as course_title, i.id as item, i.title, count(*) as waiting, min(s.at) as since
             from (select item, person, max(at) as at from submission where course in ids(?1) group by item, person) s
             join item i on i.id = s.item and i.deleted_at is null join course c on c.id = i.course
             left join (select item, person, max(at) as at from mark group by item, person) m
                 on m.item = s.item and m.person = s.person
             where m.at is null or s.at > m.at
             group by i.course, c.title, i.id, i.title order by min(s.at), i.id"
        ),
        params![Ids(courses)],
    )
}

/// Marks: points, a comment, and what was chosen of a rubric.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Marks {
    pub points: Option<Points>,
    pub comment: String,
    pub levels: Vec<Chosen>,
}

/// What became of saving marks on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They are kept, under this revision.
    As(i64),
    /// Somebody else has saved other marks since; nothing was changed.
    Newer(i64, Marks),
}

#[derive(FromRow)]
struct StoredMarks {
    points: Option<Points>,
    comment: String,
    levels: Json<Vec<Chosen>>,
    revision: i64,
}

/// Keeps marks on their way. `based_on` is the revision that the marker's window knows.
pub fn keep(
    tx: &mut Tx<'_>,
    item: ItemId,
    (person, attempt): (PersonId, i64),
    marks: &Marks,
    based_on: i64,
    by: PersonId,
) -> Result<Kept> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into mark_draft (item, person, attempt, points, comment, levels, revision, at, by)
             values (?1, ?2, ?3, null, '', '[]', 0, ?4, ?5) on conflict (item, person, attempt) do nothing"
        ),
        params![item, person, attempt, now, by],
    )?;
    let there: StoredMarks = tx.one(
        sql!(
            "select points, comment, levels, revision from mark_draft
             where item = ?1 and person = ?2 and attempt = ?3 for update"
        ),
        params![item, person, attempt],
    )?;
    let before = Marks { points: there.points, comment: there.comment, levels: there.levels.0 };
    if before == *marks {
        return Ok(Kept::As(there.revision));
    }
    if based_on < there.revision {
        return Ok(Kept::Newer(there.revision, before));
    }
    let revision = there.revision + 1;
    tx.execute(
        sql!(
            "update mark_draft set points = ?4, comment = ?5, levels = ?6, revision = ?7, at = ?8, by = ?9
             where item = ?1 and person = ?2 and attempt = ?3"
        ),
        params![item, person, attempt, marks.points, marks.comment, Json(&marks.levels), revision, now, by],
    )?;
    Ok(Kept::As(revision))
}

/// Marks as they were given.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Mark {
    pub id: Id,
    pub attempt: i64,
    pub points: Option<Points>,
    pub comment: String,
    pub levels: Json<Vec<Chosen>>,
    pub rubric: Option<RubricId>,
    pub rubric_version: Option<i64>,
    pub at: Time,
    pub by: Option<PersonId>,
}

/// The marks that count: those given last.
pub fn latest(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Option<Mark>> {
    tx.maybe(
        sql!(
            "select id, attempt, points, comment, levels, rubric, rubric_version, at, by from mark
             where item = ?1 and person = ?2 order by at desc, id desc limit 1"
        ),
        params![item, person],
    )
}

/// Marks that were given, with the rubric as it was then.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, described there")]
pub struct Returned {
    pub attempt: i64,
    pub points: Option<Points>,
    pub comment: String,
    pub levels: Json<Vec<Chosen>>,
    pub at: Time,
    pub kind: Option<RubricKind>,
    pub criteria: Option<Json<Vec<Criterion>>>,
}

/// The marks that count, with the version of the rubric by which they were made: one statement. Whether the learner may
/// see them, [`seen_by_learner`] says.
pub fn returned(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Option<Returned>> {
    tx.maybe(
        sql!(
            "select m.attempt, m.points, m.comment, m.levels, m.at, v.kind, v.criteria
             from mark m left join rubric_version v on v.rubric = m.rubric and v.number = m.rubric_version
             where m.item = ?1 and m.person = ?2 order by m.at desc, m.id desc limit 1"
        ),
        params![item, person],
    )
}

/// Gives marks for an attempt, 0 where nothing was handed in. The same again changes nothing. Where names are hidden the
/// gradebook gets them once names are shown: until then it would tell whose they are.
pub fn give(
    tx: &mut Tx<'_>,
    item: &Item,
    assignment: &Assignment,
    (person, attempt): (PersonId, i64),
    marks: &Marks,
    by: PersonId,
) -> Result<()> {
    let before = latest(tx, item.id, person)?;
    let is_same = before.is_some_and(|before| {
        before.attempt == attempt
            && before.points == marks.points
            && before.comment == marks.comment
            && before.levels.0 == marks.levels
    });
    if !is_same {
        put(tx, item, assignment, (person, attempt), marks, by)?;
    }
    tx.execute(
        sql!("delete from mark_draft where item = ?1 and person = ?2 and attempt = ?3"),
        params![item.id, person, attempt],
    )?;
    if !assignment.hides_names() {
        hand_over(tx, item, assignment, person, by)?;
    }
    Ok(())
}

fn put(
    tx: &mut Tx<'_>,
    item: &Item,
    assignment: &Assignment,
    (person, attempt): (PersonId, i64),
    marks: &Marks,
    by: PersonId,
) -> Result<()> {
    let (id, now): (Id, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!(
            "insert into mark (id, item, person, attempt, points, comment, levels, rubric, rubric_version, at, by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (select max(number) from rubric_version where rubric = ?8), ?9, ?10)"
        ),
        params![
            id,
            item.id,
            person,
            attempt,
            marks.points,
            marks.comment,
            Json(&marks.levels),
            assignment.rubric,
            now,
            by
        ],
    )?;
    let event = Event::new("submission.marked", "item", item.id).by(by).within("course", item.course);
    let event = event.with("person", person.to_string()).with("attempt", attempt).with("title", item.title.as_str());
    tx.record(&event.with("points", marks.points.map(|points| points.to_string())))?;
    Ok(())
}

/// Hands the marks that count over to the gradebook, with the lateness of the attempt that they are for.
fn hand_over(tx: &mut Tx<'_>, item: &Item, assignment: &Assignment, person: PersonId, by: PersonId) -> Result<()> {
    let Some(mark) = latest(tx, item.id, person)? else { return Ok(()) };
    if !assignment.is_graded() {
        return outline::complete_by(tx, item, person, outline::Completion::Grade, by).map(|_| ());
    }
    let column = Column::for_item(tx, item, assignment.points(), by)?;
    let handed_in: Option<(Time, i64)> = tx.maybe(
        sql!("select at, late_seconds from submission where item = ?1 and person = ?2 and number = ?3"),
        params![item.id, person, mark.attempt],
    )?;
    let state = if mark.points.is_some() { GradeState::Graded } else { GradeState::None };
    let given = Given {
        points: mark.points,
        state,
        submitted_at: handed_in.map(|(at, _)| at),
        late_seconds: handed_in.map_or(0, |(_, late)| late),
        source: Source::Marker,
    };
    gradebook::give(tx, &column, person, &given, by)
}

/// Shows names to those who mark, once and for all, and hands all marks over to the gradebook.
pub fn reveal(tx: &mut Tx<'_>, item: &Item, assignment: &Assignment, by: PersonId) -> Result<()> {
    let now = tx.now();
    let revealed = tx.execute(
        sql!("insert into assignment_reveal (item, by, at) values (?1, ?2, ?3) on conflict (item) do nothing"),
        params![item.id, by, now],
    )?;
    if revealed == 0 {
        return Ok(());
    }
    let marked: Vec<PersonId> =
        tx.values(sql!("select distinct person from mark where item = ?1 order by person"), params![item.id])?;
    for person in marked {
        hand_over(tx, item, assignment, person, by)?;
    }
    tx.record(&Event::new("assignment.names-shown", "item", item.id).by(by).within("course", item.course))?;
    Ok(())
}

/// Says that somebody need not do it, or takes that back: then the marks that they have count again.
pub fn excuse(
    tx: &mut Tx<'_>,
    item: &Item,
    assignment: &Assignment,
    person: PersonId,
    is_excused: bool,
    by: PersonId,
) -> Result<()> {
    let column = Column::for_item(tx, item, assignment.points(), by)?;
    let before = gradebook::of_person(tx, column.id, person)?;
    let handed_in = before.map(|grade| (grade.submitted_at, grade.late_seconds));
    let (submitted_at, late_seconds) = handed_in.unwrap_or((None, 0));
    let state = if is_excused { GradeState::Excused } else { GradeState::None };
    let given = Given { points: None, state, submitted_at, late_seconds, source: Source::Marker };
    gradebook::give(tx, &column, person, &given, by)?;
    if !is_excused && !assignment.hides_names() {
        hand_over(tx, item, assignment, person, by)?;
    }
    Ok(())
}

/// What a learner sees of their grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The points that count; none where it is not graded, or excused.
    pub points: Option<Points>,
    /// What lateness took of them; none where nothing.
    pub taken: Option<Points>,
    /// Whether they need not do it.
    pub is_excused: bool,
}

/// What a learner sees now: a grade once it is posted; of an assignment without points the marks as soon as they are
/// given. One statement, two where the work was late. The item has the dates that hold for the learner; `marked_at`: when
/// marks were last given.
pub fn seen_by_learner(
    tx: &mut Tx<'_>,
    item: &Item,
    assignment: &Assignment,
    person: PersonId,
    marked_at: Option<Time>,
) -> Result<Option<Seen>> {
    let grade = gradebook::of_person(tx, item.id, person)?.filter(gradebook::Grade::is_posted);
    let grade = grade.map(|grade| grade.dated(item.due_at));
    if let Some(grade) = &grade
        && grade.state == GradeState::Excused
    {
        return Ok(Some(Seen { points: None, taken: None, is_excused: true }));
    }
    if !assignment.is_graded() {
        let is_seen = marked_at.is_some() && !assignment.hides_names();
        return Ok(is_seen.then_some(Seen { points: None, taken: None, is_excused: false }));
    }
    let Some(grade) = grade.filter(|grade| grade.state == GradeState::Graded) else { return Ok(None) };
    if grade.late_seconds == 0 {
        return Ok(Some(Seen { points: grade.points, taken: None, is_excused: false }));
    }
    let policy = Policy::of(tx, item.course)?;
    let taken = grade.deduction(assignment.points(), &policy).map(|taken| taken.points);
    Ok(Some(Seen { points: grade.score(assignment.points(), &policy), taken, is_excused: false }))
}

/// Keeps a comment to be used again; the same again is there once.
pub fn keep_phrase(tx: &mut Tx<'_>, person: PersonId, course: CourseId, text: &str) -> Result<()> {
    let (id, now): (Id, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!(
            "insert into comment_phrase (id, person, course, text, at) values (?1, ?2, ?3, ?4, ?5)
             on conflict (person, course, text) do nothing"
        ),
        params![id, person, course, text, now],
    )?;
    tx.execute(
        sql!(
            "delete from comment_phrase where person = ?1 and course = ?2 and id not in
                 (select id from comment_phrase where person = ?1 and course = ?2 order by at desc, id desc limit ?3)"
        ),
        params![person, course, PHRASES_MAX],
    )?;
    Ok(())
}

/// Lets go of one.
pub fn drop_phrase(tx: &mut Tx<'_>, person: PersonId, course: CourseId, id: Id) -> Result<()> {
    tx.execute(
        sql!("delete from comment_phrase where id = ?3 and person = ?1 and course = ?2"),
        params![person, course, id],
    )?;
    Ok(())
}
