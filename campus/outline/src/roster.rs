//! Who is where in a course, for those who teach it.

use courses::CourseId;
use people::PersonId;
use store::{FromRow, Result, Time, Tx, params, sql};

/// Learners on one page of the list.
pub const PAGE: u32 = 100;

/// One learner.
#[derive(Clone, Debug, FromRow)]
pub struct Learner {
    /// The person.
    pub person: PersonId,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Items that count and are done.
    pub done: u32,
    /// When they were last in the course.
    pub seen_at: Option<Time>,
    /// The last item that they did.
    pub last_title: Option<String>,
}

/// Which learners are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    /// All.
    #[default]
    Everyone,
    /// Those who have done nothing.
    NotStarted,
    /// Those who began, are not through, and were not here for a week.
    Stuck,
    /// Those who have done everything.
    Finished,
}

/// How many learners there are, and how many items count.
#[derive(Clone, Copy, Debug, Default, FromRow)]
pub struct Size {
    /// Learners.
    pub learners: u32,
    /// Items that count.
    pub items: u32,
}

/// How large the course is.
pub fn size(tx: &mut Tx<'_>, course: CourseId) -> Result<Size> {
    tx.one(
        sql!(
            "select (select count(distinct person) from enrolment where course = ?1 and role = 'learner' and state = 'active')
                        as learners,
                    (select count(*) from item i join item_publication p on p.item = i.id
                     join module m on m.id = i.module join module_publication q on q.module = m.id
                     where i.course = ?1 and i.completion <> 'none' and i.deleted_at is null and m.deleted_at is null)
                        as items"
        ),
        params![course],
    )
}

/// The learners of a course by name, from the one after `after`.
pub fn learners(
    tx: &mut Tx<'_>,
    course: CourseId,
    only: Only,
    after: Option<&(String, String)>,
    limit: u32,
) -> Result<Vec<Learner>> {
    let now = tx.now();
    let total = size(tx, course)?.items;
    let (family, given) = after.cloned().unwrap_or_default();
    let which = match only {
        Only::Everyone => 0,
        Only::NotStarted => 1,
        Only::Stuck => 2,
        Only::Finished => 3,
    };
    tx.all(
        sql!(
            "select person, given, family, done, seen_at, last_title from (
                select p.id as person, p.given, p.family,
                    (select count(*) from item_progress g join item i on i.id = g.item
                     join item_publication x on x.item = i.id join module m on m.id = i.module
                     join module_publication q on q.module = m.id
                     where g.course = ?1 and g.person = p.id and g.done_at is not null and i.completion <> 'none'
                     and i.deleted_at is null and m.deleted_at is null) as done,
                    (select max(coalesce(g.done_at, g.viewed_at)) from item_progress g
                     where g.course = ?1 and g.person = p.id) as seen_at,
                    (select i.title from item_progress g join item i on i.id = g.item
                     where g.course = ?1 and g.person = p.id and g.done_at is not null
                     order by g.done_at desc limit 1) as last_title
                from person p
                where p.id in (select e.person from enrolment e
                               where e.course = ?1 and e.role = 'learner' and e.state = 'active')
                and (p.family, p.given) > (?2, ?3)
             ) l
             where (?4 = 0 or (?4 = 1 and done = 0 and seen_at is null) or (?4 = 3 and done >= ?5)
                    or (?4 = 2 and seen_at is not null and seen_at < ?6 and done < ?5))
             order by family, given limit ?7"
        ),
        params![course, family, given, which, total, now.plus_days(-7), limit],
    )
}

/// The most learners that [`names`] answers.
const NAMES_MAX: u32 = 2_000;

/// The names of the learners of a course, for a choice among them.
pub fn names(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<(PersonId, String)>> {
    tx.all(
        sql!(
            "select p.id, trim(p.given || ' ' || p.family) from person p
             where p.id in (select e.person from enrolment e
                            where e.course = ?1 and e.role = 'learner' and e.state = 'active')
             order by p.sort_name, p.id limit ?2"
        ),
        params![course, NAMES_MAX],
    )
}

/// The name of somebody who is or was enrolled in a course; none of anybody else.
pub fn name(tx: &mut Tx<'_>, course: CourseId, person: PersonId) -> Result<Option<String>> {
    let found: Option<(String,)> = tx.maybe(
        sql!(
            "select trim(p.given || ' ' || p.family) from person p
             where p.id = ?2 and exists (select 1 from enrolment e where e.course = ?1 and e.person = p.id)"
        ),
        params![course, person],
    )?;
    Ok(found.map(|(name,)| name))
}

/// How a course goes, in a line.
#[derive(Clone, Debug, FromRow)]
pub struct Summary {
    /// The course.
    pub course: CourseId,
    /// Learners.
    pub learners: i64,
    /// Those who were here in the last seven days.
    pub here: i64,
    /// Those who have opened nothing yet.
    pub not_begun: i64,
    /// Those who ask to be let in, or wait for a place.
    pub waiting: i64,
}

/// How these courses go: one statement, however many there are.
pub fn summaries(tx: &mut Tx<'_>, courses: &[CourseId]) -> Result<Vec<Summary>> {
    let week_ago = tx.now().plus_days(-7);
    tx.all(
        sql!(
            "select e.course, cast(sum(e.learns) as bigint) as learners, cast(sum(e.waits) as bigint) as waiting,
                    cast(sum(case when e.learns = 1 and s.last >= ?2 then 1 else 0 end) as bigint) as here,
                    cast(sum(case when e.learns = 1 and s.last is null then 1 else 0 end) as bigint) as not_begun
             from (select course, person, max(case when state = 'active' then 1 else 0 end) as learns,
                          max(case when state in ('requested', 'waiting') then 1 else 0 end) as waits
                   from enrolment where course in ids(?1) and role = 'learner'
                   and state in ('active', 'requested', 'waiting') group by course, person) e
             left join (select course, person, max(coalesce(done_at, viewed_at)) as last from item_progress
                        where course in ids(?1) group by course, person) s on s.course = e.course and s.person = e.person
             group by e.course"
        ),
        params![store::Ids(courses), week_ago],
    )
}
