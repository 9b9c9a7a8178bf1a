//! The list of a course's people: filtered, by name, a page at a time.

use people::Viewer;
use store::{FromRow, Ids, Row, Tx, params, sql};

use crate::course::Course;
use crate::enrolment::Enrolment;
use crate::{CourseRole, EnrolmentId, EnrolmentState, PEOPLE, Section, SectionId};

/// How many enrolments a page of the list shows.
pub(crate) const PAGE_SIZE: u32 = 100;
/// The most enrolments to which something is done at once, when it is done to all of a list.
const ALL_MAX: u32 = 1_000;

/// An enrolment with the person's name and address.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    pub(crate) enrolment: Enrolment,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) email: String,
}

impl FromRow for Participant {
    fn from_row(row: &Row<'_>) -> store::Result<Self> {
        Ok(Self {
            enrolment: Enrolment::from_row(row)?,
            given: row.get("given")?,
            family: row.get("family")?,
            email: row.get("email")?,
        })
    }
}

impl Participant {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    pub(crate) fn initials(&self) -> String {
        people::name::initials(&self.given, &self.family)
    }
}

/// Which states are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum States {
    /// Those in the course or on their way into it.
    #[default]
    Present,
    /// One state.
    Only(EnrolmentState),
    /// All, the former ones too.
    All,
}

impl States {
    /// As the form sends it.
    pub(crate) fn read(text: &str) -> Self {
        match text {
            "all" => Self::All,
            other => other.parse().map_or(Self::Present, Self::Only),
        }
    }

    fn includes(self, state: EnrolmentState) -> bool {
        match self {
            Self::All => true,
            Self::Only(only) => only == state,
            Self::Present => !matches!(state, EnrolmentState::Concluded | EnrolmentState::Removed),
        }
    }

    /// The states between commas, as the statement looks for them.
    fn list(self) -> String {
        let names = EnrolmentState::ALL.iter().filter(|state| self.includes(**state)).map(|state| state.as_str());
        format!(",{},", names.collect::<Vec<_>>().join(","))
    }
}

/// Which people are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) words: String,
    pub(crate) role: Option<CourseRole>,
    pub(crate) section: Option<SectionId>,
    pub(crate) states: States,
    pub(crate) page: u32,
}

/// The sections whose people the viewer sees: none stands for the whole course.
pub(crate) fn visible(viewer: &Viewer, course: &Course, sections: &[Section]) -> Option<Vec<SectionId>> {
    if viewer.can(PEOPLE, &course.scope()) {
        return None;
    }
    let seen = sections.iter().filter(|section| viewer.can(PEOPLE, &section.scope(course)));
    Some(seen.map(|section| section.id).collect())
}

/// A page of the list, and whether there is more: one statement.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    course: &Course,
    filter: &Filter,
    within: Option<&[SectionId]>,
) -> store::Result<(Vec<Participant>, bool)> {
    let offset = filter.page.saturating_mul(PAGE_SIZE);
    let mut found = rows(tx, course, filter, within, PAGE_SIZE + 1, offset)?;
    let has_more = found.len() > PAGE_SIZE as usize;
    found.truncate(PAGE_SIZE as usize);
    Ok((found, has_more))
}

/// All enrolments of the list, for a change of all of them.
pub(crate) fn all_ids(
    tx: &mut Tx<'_>,
    course: &Course,
    filter: &Filter,
    within: Option<&[SectionId]>,
) -> store::Result<Vec<EnrolmentId>> {
    Ok(rows(tx, course, filter, within, ALL_MAX, 0)?.into_iter().map(|found| found.enrolment.id).collect())
}

fn rows(
    tx: &mut Tx<'_>,
    course: &Course,
    filter: &Filter,
    within: Option<&[SectionId]>,
    limit: u32,
    offset: u32,
) -> store::Result<Vec<Participant>> {
    let [first, second, third, _] = crate::words::of_search(&filter.words);
    tx.all(
        sql!(
            "select e.*, p.given, p.family, p.email from enrolment_whole e join person p on p.id = e.person
             where e.course = ?1 and ?2 like '%,' || e.state || ',%'
             and (e.role = ?3 or ?3 is null) and (e.section = ?4 or ?4 is null)
             and (?5 or e.section in ids(?6))
             and p.sort_name || ' ' || p.email like ?7 escape '\\'
             and p.sort_name || ' ' || p.email like ?8 escape '\\'
             and p.sort_name || ' ' || p.email like ?9 escape '\\'
             order by p.sort_name, p.id, e.made_at, e.id limit ?10 offset ?11"
        ),
        params![
            course.id,
            filter.states.list(),
            filter.role,
            filter.section,
            within.is_none(),
            Ids(within.unwrap_or_default()),
            first,
            second,
            third,
            limit,
            offset
        ],
    )
}

/// How many enrolments stand in each state: one statement.
pub(crate) fn counts(
    tx: &mut Tx<'_>,
    course: &Course,
    within: Option<&[SectionId]>,
) -> store::Result<Vec<(EnrolmentState, u32)>> {
    tx.all(
        sql!(
            "select state, cast(count(*) as bigint) from enrolment
             where course = ?1 and (?2 or section in ids(?3)) group by state"
        ),
        params![course.id, within.is_none(), Ids(within.unwrap_or_default())],
    )
}

/// A fellow learner or a teacher, as learners see them: the name and the role.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Fellow {
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) role: CourseRole,
}

impl Fellow {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    pub(crate) fn initials(&self) -> String {
        people::name::initials(&self.given, &self.family)
    }
}

/// Those who take part now, by name: teachers and assistants, and learners where the course shows them.
pub(crate) fn fellows(tx: &mut Tx<'_>, course: &Course, learners: bool, limit: u32) -> store::Result<Vec<Fellow>> {
    let now = tx.now();
    tx.all(
        sql!(
            "select distinct e.person, p.given, p.family, e.role, p.sort_name
             from enrolment_whole e join person p on p.id = e.person
             where e.course = ?1 and e.state = 'active'
             and (e.role in ('teacher', 'assistant') or (?2 and e.role = 'learner'))
             and (e.counts_from is null or e.counts_from <= ?3) and (e.counts_until is null or e.counts_until > ?3)
             order by e.role desc, p.sort_name, e.person limit ?4"
        ),
        params![course.id, learners, now, limit],
    )
}
