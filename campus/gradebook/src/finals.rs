//! Grades of a whole course: set by somebody in place of what the rules make, settled for everybody, amended with a reason
//! (campus-rules M2). Each is a row that stays; the last one of a learner tells what holds.

use courses::CourseId;
use people::PersonId;
use store::{Event, FromRow, Result, Time, Tx, params, sql};

use crate::book::{Book, Grades};
use crate::sheet::{Learner, letter};
use crate::total::View;
use crate::{FinalId, Mode, Percent};

/// The most characters of a reason.
pub(crate) const REASON_MAX: usize = 1_000;

store::text_enum! {
    /// How a final grade came about.
    pub enum Kind {
        /// Somebody set it in place of what the rules make.
        Override = "override",
        /// What was set was taken back: the rules hold again.
        Withdrawn = "withdrawn",
        /// It was settled with those of the whole course.
        Locked = "locked",
        /// It was changed after it was settled.
        Amended = "amended",
    }
}

/// What was set of a learner's final grade.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SetGrade {
    /// Its id.
    pub id: FinalId,
    /// How it came about.
    pub kind: Kind,
    /// The grade; none where nothing counted.
    pub percent: Option<Percent>,
    /// Its letter at that moment; may be empty.
    pub letter: String,
    /// What the rules made of the grades at that moment.
    pub computed: Option<Percent>,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Time,
}

impl SetGrade {
    /// Whether it holds in place of what the rules make, in a course that is settled or not.
    pub const fn holds(&self, is_locked: bool) -> bool {
        match self.kind {
            Kind::Override | Kind::Amended => true,
            Kind::Locked => is_locked,
            Kind::Withdrawn => false,
        }
    }
}

/// The final grade that holds for a learner in place of what the rules make; none where the rules hold.
pub fn held<'l>(book: &Book, learner: &'l Learner) -> Option<&'l SetGrade> {
    learner.set.as_ref().filter(|set| set.holds(book.locked_at.is_some()))
}

/// What the rules make of a learner's grades as if the course ended now, posted or not.
pub fn computed(book: &Book, learner: &Learner, grades: &Grades) -> Option<Percent> {
    let entries = grades.get(&learner.person).map_or(&[][..], Vec::as_slice);
    let view = View { unposted: true, ..View::default() };
    book.sheet(learner, entries, view).total(Mode::Final).percent
}

/// Sets a learner's final grade in place of what the rules make. Where those of the course are settled it is an
/// amendment. The same again changes nothing.
pub fn set(
    tx: &mut Tx<'_>,
    book: &Book,
    learner: &Learner,
    percent: Percent,
    computed: Option<Percent>,
    reason: &str,
    by: PersonId,
) -> Result<()> {
    let is_same = held(book, learner).is_some_and(|set| set.percent == Some(percent) && set.reason == reason);
    if is_same {
        return Ok(());
    }
    let kind = if book.locked_at.is_some() { Kind::Amended } else { Kind::Override };
    add(tx, book, learner.person, &New { kind, percent: Some(percent), computed, reason }, by)
}

/// Takes back what was set: the rules hold again. False where nothing was set, or all is settled.
pub fn withdraw(
    tx: &mut Tx<'_>,
    book: &Book,
    learner: &Learner,
    computed: Option<Percent>,
    by: PersonId,
) -> Result<bool> {
    if book.locked_at.is_some() || held(book, learner).is_none() {
        return Ok(false);
    }
    add(tx, book, learner.person, &New { kind: Kind::Withdrawn, percent: None, computed, reason: "" }, by)?;
    Ok(true)
}

/// Settles the final grades of a course: what the rules make of them now holds, whatever changes, unless somebody set
/// another. False where they are settled already.
pub fn lock(tx: &mut Tx<'_>, book: &Book, learners: &[Learner], grades: &Grades, by: PersonId) -> Result<bool> {
    let now = tx.now();
    let locked = tx.execute(
        sql!("insert into grade_lock (course, at, by) values (?1, ?2, ?3) on conflict (course) do nothing"),
        params![book.course, now, by],
    )?;
    if locked == 0 {
        return Ok(false);
    }
    for learner in learners.iter().filter(|learner| held(book, learner).is_none()) {
        let computed = computed(book, learner, grades);
        add(tx, book, learner.person, &New { kind: Kind::Locked, percent: computed, computed, reason: "" }, by)?;
    }
    tx.record(&Event::new("final-grades.locked", "course", book.course).by(by).within("course", book.course))?;
    Ok(true)
}

/// Opens the final grades of a course again: the rules hold, but where somebody set a grade. False where they are open.
pub fn unlock(tx: &mut Tx<'_>, course: CourseId, by: PersonId) -> Result<bool> {
    let opened = tx.execute(sql!("delete from grade_lock where course = ?1"), params![course])?;
    if opened == 1 {
        tx.record(&Event::new("final-grades.opened", "course", course).by(by).within("course", course))?;
    }
    Ok(opened == 1)
}

struct New<'n> {
    kind: Kind,
    percent: Option<Percent>,
    computed: Option<Percent>,
    reason: &'n str,
}

fn add(tx: &mut Tx<'_>, book: &Book, person: PersonId, new: &New<'_>, by: PersonId) -> Result<()> {
    let (id, now): (FinalId, Time) = (tx.new_id(), tx.now());
    let letter = letter(&book.policy, new.percent).map(|step| step.name.clone()).unwrap_or_default();
    tx.execute(
        sql!(
            "insert into final_grade (id, course, person, kind, percent, letter, computed, reason, at, by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ),
        params![id, book.course, person, new.kind, new.percent, letter, new.computed, new.reason, now, by],
    )?;
    let event = Event::new("final-grade.set", "person", person).by(by).within("course", book.course);
    let event = event.with("kind", new.kind.as_str()).with("percent", new.percent.map(|percent| percent.to_string()));
    tx.record(&event.with("letter", letter))?;
    Ok(())
}

/// A row of the history of final grades.
#[derive(Clone, Debug, FromRow)]
pub struct Past {
    /// The learner.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// How it came about.
    pub kind: Kind,
    /// The grade.
    pub percent: Option<Percent>,
    /// Its letter.
    pub letter: String,
    /// What the rules made of the grades.
    pub computed: Option<Percent>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Time,
    /// Who did it.
    pub by_name: Option<String>,
}

/// What was set of final grades, of one learner or of all, the last first.
pub fn past(tx: &mut Tx<'_>, course: CourseId, person: Option<PersonId>) -> Result<Vec<Past>> {
    tx.all(
        sql!(
            "select f.person, trim(l.given || ' ' || l.family) as name, f.kind, f.percent, f.letter, f.computed, f.reason,
                    f.at, trim(p.given || ' ' || p.family) as by_name
             from final_grade f join person l on l.id = f.person left join person p on p.id = f.by
             where f.course = ?1 and (f.person = ?2 or cast(?2 as uuid) is null)
             order by f.at desc, f.id desc limit 200"
        ),
        params![course, person],
    )
}
