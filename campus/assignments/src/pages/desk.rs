//! What an item's page shows of an assignment: to a learner what is asked and their own work, to those who teach what is
//! asked and the way to marking.

use askama::Template;
use gradebook::Points;
use outline::{Item, ItemId};
use people::{PersonId, Viewer};
use store::{FromRow, Id, Json, Time, Tx, params, sql};
use web::{Form, Page, Result, word};

use crate::assignment::Assignment;
use crate::rubric::{Criterion, RubricKind};
use crate::rules::{Dates, Door, Known, Standing, attempts_left, late_seconds};
use crate::{SubmissionId, marking};

/// What a learner's desk is made of beside the assignment itself; all of it in one row.
#[derive(Clone, Debug, FromRow)]
struct Own {
    text: Option<String>,
    address: Option<String>,
    revision: Option<i64>,
    draft_at: Option<Time>,
    extra: u32,
    marked_at: Option<Time>,
    reviews_done: u32,
    rubric_kind: Option<RubricKind>,
    criteria: Option<Json<Vec<Criterion>>>,
}

/// A file of the draft, or an attempt.
#[derive(Clone, Debug, FromRow)]
struct Piece {
    id: Id,
    name: String,
    size: u64,
    /// None for a file of the draft.
    number: Option<i64>,
    at: Time,
}

/// An attempt in the list of them.
pub(super) struct Attempt {
    pub(super) id: SubmissionId,
    pub(super) number: i64,
    pub(super) at: Time,
    pub(super) late_seconds: i64,
}

/// A learner's desk: what is asked, and their work.
#[derive(Template)]
#[template(path = "assignments/desk.html")]
pub(super) struct Desk<'p> {
    page: &'p Page,
    item: &'p Item,
    person: PersonId,
    pub(super) assignment: Assignment,
    pub(super) door: Door,
    /// Whether something else than its dates keeps it closed.
    shut: bool,
    pub(super) left: Option<u32>,
    allowed: Option<u32>,
    standing: Standing,
    draft_at: Option<Time>,
    pub(super) files: Vec<(Id, String, u64)>,
    pub(super) attempts: Vec<Attempt>,
    pub(super) form: Form,
    token: Id,
    /// What another window has saved since, where this one is to decide.
    newer: Option<String>,
    criteria: Vec<Criterion>,
    rubric_kind: RubricKind,
    grade: Option<marking::Seen>,
    reviews_done: u32,
}

/// The desk of an item page.
pub(crate) fn of_learner(tx: &mut Tx<'_>, page: &Page, item: &Item, person: PersonId) -> Result<String> {
    let now = tx.now();
    Ok(Desk::load(tx, page, item, person, now)?.render()?)
}

/// What somebody sees of an assignment that is closed to them: what they handed in and got back, else nothing. Words that
/// were not handed in are still there to be taken along.
pub(crate) fn of_late_comer(tx: &mut Tx<'_>, page: &Page, item: &Item, person: PersonId) -> Result<String> {
    let now = tx.now();
    let desk = Desk::load(tx, page, item, person, now)?.closed();
    let has_words = !desk.form.value("text").is_empty() || !desk.files.is_empty();
    if desk.attempts.is_empty() && desk.grade.is_none() && !has_words {
        return Ok(String::new());
    }
    Ok(desk.render()?)
}

impl<'p> Desk<'p> {
    /// Loads it for this moment: three statements, and those of the grade.
    pub(super) fn load(tx: &mut Tx<'_>, page: &'p Page, item: &'p Item, person: PersonId, at: Time) -> Result<Self> {
        let assignment = Assignment::find(tx, item.id)?;
        let own = own(tx, item.id, person)?;
        let pieces = pieces(tx, item.id, person)?;
        let grade = marking::seen_by_learner(tx, item, &assignment, person, own.marked_at)?;
        let token: Id = tx.new_id();
        let attempts: Vec<Attempt> = pieces
            .iter()
            .filter_map(|piece| {
                let (id, number) = (SubmissionId(piece.id), piece.number?);
                // A date that was moved after the work came in counts anew.
                Some(Attempt { id, number, at: piece.at, late_seconds: late_seconds(item.due_at, piece.at) })
            })
            .collect();
        let files = pieces.into_iter().filter(|piece| piece.number.is_none());
        let files: Vec<(Id, String, u64)> = files.map(|piece| (piece.id, piece.name, piece.size)).collect();
        let revision = own.revision.unwrap_or_default();
        let form = Form::of(&[
            ("text", own.text.unwrap_or_default()),
            ("address", own.address.unwrap_or_default()),
            ("revision", revision.to_string()),
        ])
        .in_language(&page.lang);
        let has_draft = !form.value("text").is_empty() || !form.value("address").is_empty() || !files.is_empty();
        let known = Known {
            has_draft,
            late_seconds: attempts.first().map(|newest| newest.late_seconds),
            handed_in_at: attempts.first().map(|newest| newest.at),
            // Marks that the learner does not see yet are no news.
            marked_at: own.marked_at.filter(|_| grade.is_some()),
            due: item.due_at,
            is_excused: grade.as_ref().is_some_and(|grade| grade.is_excused),
            is_expected: assignment.is_online(),
        };
        let used = u32::try_from(attempts.len()).unwrap_or(u32::MAX);
        Ok(Self {
            page,
            item,
            person,
            door: Dates::of(item).door(at),
            shut: false,
            left: attempts_left(assignment.attempts_max, own.extra, used),
            allowed: assignment.attempts_max.map(|max| max.saturating_add(own.extra)),
            standing: known.standing(at),
            draft_at: own.draft_at.filter(|_| has_draft),
            files,
            attempts,
            form,
            token,
            newer: None,
            criteria: own.criteria.map(|json| json.0).unwrap_or_default(),
            rubric_kind: own.rubric_kind.unwrap_or(RubricKind::Rubric),
            grade,
            reviews_done: own.reviews_done,
            assignment,
        })
    }

    /// The desk with a form that came back, and what another window has saved since.
    pub(super) fn with_form(mut self, form: Form, newer: Option<String>) -> Self {
        self.token = form.value("token").parse().unwrap_or(self.token);
        self.form = form;
        self.newer = newer;
        self
    }

    /// The desk where something else than its dates keeps the item closed.
    pub(super) const fn closed(mut self) -> Self {
        self.shut = true;
        self
    }

    /// Whether the form is shown.
    pub(super) fn is_open(&self) -> bool {
        !self.shut && matches!(self.door, Door::Open { .. }) && self.left != Some(0) && self.assignment.is_online()
    }

    /// What is written and cannot be handed in any more.
    fn left_over(&self) -> Option<&str> {
        Some(self.form.value("text")).filter(|text| !text.is_empty() && !self.is_open())
    }

    fn path(&self) -> String {
        format!("/courses/{}/items/{}", self.item.course, self.item.id)
    }

    fn file_path(&self, id: &Id, name: &str) -> String {
        format!("{}/work/files/{id}/{}", self.path(), web::url::encoded(name))
    }

    fn is_late_now(&self) -> bool {
        matches!(self.door, Door::Open { late_seconds } if late_seconds > 0)
    }

    fn closed_at(&self) -> Option<Time> {
        if let Door::Closed(at) = self.door { Some(at) } else { None }
    }

    fn ways(&self) -> String {
        ways(self.page, &self.assignment)
    }

    /// What a file input offers: `.pdf,.docx`.
    fn accept(&self) -> String {
        self.assignment.file_types().iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
    }

    fn file_rule(&self) -> String {
        let count = self.page.tn("assignments-files-at-most", self.assignment.files_max);
        let size =
            self.page.ta("assignments-each-at-most", &[("size", self.page.bytes(self.assignment.file_bytes_max))]);
        let types = self.assignment.file_types().join(", ");
        let types = (!types.is_empty()).then(|| self.page.ta("assignments-types-taken", &[("types", types)]));
        [Some(count), Some(size), types].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// What may be handed in, in words.
pub(super) fn ways(page: &Page, assignment: &Assignment) -> String {
    let ways = [
        (assignment.takes_text, word!("assignments-way-text")),
        (assignment.takes_files, word!("assignments-way-files")),
        (assignment.takes_address, word!("assignments-way-address")),
        (assignment.on_paper, word!("assignments-way-paper")),
    ];
    ways.into_iter().filter(|(is, _)| *is).map(|(_, id)| page.t(id)).collect::<Vec<_>>().join(", ")
}

/// The word and the tone of a state as the learner reads it: calm, nobody is "missing".
pub(super) const fn standing_word(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Excused => (word!("assignments-standing-excused"), ""),
        Standing::Marked => (word!("assignments-standing-returned"), "good"),
        Standing::AgainIn => (word!("assignments-standing-again"), "good"),
        Standing::Late => (word!("assignments-standing-late"), "soon"),
        Standing::In => (word!("assignments-standing-in"), "good"),
        Standing::Overdue => (word!("assignments-standing-overdue"), "soon"),
        Standing::Draft => (word!("assignments-standing-draft"), ""),
        Standing::NotBegun => (word!("assignments-standing-not-begun"), ""),
    }
}

/// How late, in words; nothing where it was in time.
pub(super) fn lateness(page: &Page, seconds: i64) -> Option<String> {
    let minutes = (seconds + 59) / 60;
    match minutes {
        ..=0 => None,
        1..=2_879 => Some(page.ta("assignments-late-by", &[("span", page.minutes(minutes))])),
        _ => Some(page.tn("assignments-late-by-days", minutes / 1_440)),
    }
}

fn own(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> store::Result<Own> {
    tx.one(
        sql!(
            "select d.text, d.address, d.revision, d.at as draft_at,
                    (select cast(coalesce(sum(x.attempts), 0) as bigint) from extra_attempt x
                     where x.item = a.item and x.person = ?2) as extra,
                    (select max(m.at) from mark m where m.item = a.item and m.person = ?2) as marked_at,
                    (select count(*) from peer_review r where r.item = a.item and r.reviewer = ?2
                     and r.done_at is not null) as reviews_done,
                    v.kind as rubric_kind, v.criteria
             from assignment a left join assignment_draft d on d.item = a.item and d.person = ?2
             left join rubric_version v on v.rubric = a.rubric
                 and v.number = (select max(w.number) from rubric_version w where w.rubric = a.rubric)
             where a.item = ?1"
        ),
        params![item, person],
    )
}

fn pieces(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> store::Result<Vec<Piece>> {
    tx.all(
        sql!(
            "select id, name, size, cast(null as bigint) as number, at
             from assignment_draft_file where item = ?1 and person = ?2
             union all
             select id, '', 0, number, at from submission where item = ?1 and person = ?2
             order by number desc, at, id"
        ),
        params![item, person],
    )
}

/// What those who teach see on the item's page.
#[derive(Template)]
#[template(path = "assignments/desk_staff.html")]
struct StaffDesk<'p> {
    page: &'p Page,
    item: &'p Item,
    assignment: Assignment,
    counts: Option<marking::Counts>,
}

pub(crate) fn of_staff(tx: &mut Tx<'_>, page: &Page, item: &Item, viewer: &Viewer) -> Result<String> {
    let assignment = Assignment::find(tx, item.id)?;
    let course = courses::Course::find(tx, item.course)?;
    let marks = viewer.can(gradebook::GRADE, &course.scope());
    let counts = if marks { Some(marking::counts(tx, item.id)?) } else { None };
    Ok(StaffDesk { page, item, assignment, counts }.render()?)
}

impl StaffDesk<'_> {
    fn ways(&self) -> String {
        ways(self.page, &self.assignment)
    }

    fn points(&self) -> Option<Points> {
        Some(self.assignment.points()).filter(|_| self.assignment.is_graded())
    }
}
