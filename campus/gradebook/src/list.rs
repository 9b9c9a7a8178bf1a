//! Grades as a list: out as CSV, and in again with every difference shown before anything is kept (campus-rules M25).
//!
//! A learner is found by id or else by address, a column by the id in its heading or else by its name. An empty cell changes
//! nothing. What a list changed is one batch, and is undone as one.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use courses::CourseId;
use people::PersonId;
use store::{Event, FromRow, Id, Result, Time, Tx, params, sql};

use crate::book::{Book, Grades};
use crate::give::Giving;
use crate::sheet::{Entry, Learner};
use crate::typed::{Typed, kept_entry};
use crate::{BatchId, ColumnId, Grade, GradeState, Mode, Percent, Points, Source, finals};

/// The largest list in bytes.
pub(crate) const BYTES_MAX: usize = 4 << 20;
/// The most rows of a list.
pub(crate) const ROWS_MAX: usize = 5_000;
/// The most changes that one list makes.
pub(crate) const CHANGES_MAX: usize = 10_000;

/// What the headings of totals end with: they are for reading, and passed over when a list comes in.
const TOTAL: &str = "[total]";

/// Why a list cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It has more bytes than allowed.
    TooLarge,
    /// It has more rows than allowed.
    TooManyRows,
    /// It would change more grades than allowed.
    TooManyChanges,
    /// It is no table; the line.
    NotCsv(u64),
    /// No heading says who a row is about.
    NoPerson,
    /// No heading is a column of the course.
    NoColumn,
}

/// A change that a list would make.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Where the column stands in the book.
    pub column: usize,
    /// The learner.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The grade as it is, as it is typed.
    pub before: String,
    /// The grade as the list has it.
    pub after: String,
    /// Whether the learner would have fewer points.
    pub lowers: bool,
    typed: Typed,
}

/// A cell or a row that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The line in the list.
    pub line: u64,
    /// What the cell or the row says.
    pub text: String,
    /// The message id of what is wrong.
    pub wrong: &'static str,
}

/// What a list would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The changes, in the order of the list.
    pub changes: Vec<Planned>,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
    /// Headings that are no columns.
    pub ignored: Vec<String>,
}

impl Plan {
    /// A mark of all changes: the same plan has the same mark, another has another. By it the plan that is carried out is
    /// known to be the one that was shown.
    pub fn mark(&self) -> String {
        let mut hasher = DefaultHasher::new();
        for change in &self.changes {
            (change.column, change.person, &change.before, &change.after).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }
}

/// The grades of these learners as CSV: id, name, address, section, a column for each column, and the totals, which are
/// not read in again. Points are raw, with a point.
pub fn csv(book: &Book, learners: &[Learner], grades: &Grades, totals: [&str; 3]) -> std::io::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let fixed = ["id", "name", "email", "section"].map(str::to_owned);
    let columns = book.columns.iter().map(|column| format!("{} [{}]", safe(&column.title), column.id));
    out.write_record(fixed.into_iter().chain(columns).chain(totals.map(|title| format!("{title} {TOTAL}"))))?;
    for learner in learners {
        let entries = grades.get(&learner.person).map_or(&[][..], Vec::as_slice);
        let sheet = crate::pages::sheet_of(book, learner, grades);
        let mut cells = vec![String::new(); book.columns.len()];
        for (at, entry) in entries {
            cells[*at] = kept_entry(Some(entry));
        }
        let shown = |percent: Option<Percent>| percent.map(|percent| percent.to_string()).unwrap_or_default();
        let last = sheet.total(Mode::Final).percent;
        let holds = finals::held(book, learner).map_or(last, |set| set.percent);
        let who = [
            learner.person.to_string(),
            safe(&learner.name()),
            safe(&learner.email),
            safe(&learner.section_names.join(", ")),
        ];
        let totals = [sheet.total(Mode::Current).percent, last, holds].map(shown);
        out.write_record(who.into_iter().chain(cells).chain(totals))?;
    }
    out.into_inner().map_err(|error| error.into_error())
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// The headings of a list.
struct Heads {
    id: Option<usize>,
    email: Option<usize>,
    /// Where a column of the list is in the book.
    columns: Vec<(usize, usize)>,
    ignored: Vec<String>,
}

fn heads(record: &csv::StringRecord, book: &Book) -> Heads {
    let mut heads = Heads { id: None, email: None, columns: Vec::new(), ignored: Vec::new() };
    for (at, heading) in record.iter().enumerate() {
        let plain = heading.trim_start_matches('\u{feff}').trim();
        match plain.to_lowercase().as_str() {
            "id" => heads.id = Some(at),
            "email" | "e-mail" | "mail" => heads.email = Some(at),
            "name" | "section" | "" => {}
            title if title.ends_with(TOTAL) => {}
            _ => match place(plain, book) {
                Some(column) if !heads.columns.iter().any(|(_, known)| *known == column) => {
                    heads.columns.push((at, column));
                }
                _ => heads.ignored.push(plain.to_owned()),
            },
        }
    }
    heads
}

/// The column that a heading means: by the id at its end, else by its name where only one has it.
fn place(heading: &str, book: &Book) -> Option<usize> {
    let id = heading.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).map(|(_, id)| id.trim());
    if let Some(id) = id.and_then(|id| id.parse::<ColumnId>().ok()) {
        return book.place(id);
    }
    let mut named = book.columns.iter().enumerate().filter(|(_, column)| column.title == heading);
    let (at, _) = named.next()?;
    named.next().is_none().then_some(at)
}

/// The list as text, in whatever encoding a spreadsheet saved it; what is no text at all names no column either.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    people::import::text_of(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).replace('\0', ""))
}

/// What a list would do with these learners. Pure.
pub fn plan(bytes: &[u8], book: &Book, learners: &[Learner], grades: &Grades) -> Result<Plan, Unreadable> {
    if bytes.len() > BYTES_MAX {
        return Err(Unreadable::TooLarge);
    }
    let text = text_of(bytes);
    let heading = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| heading.bytes().filter(|byte| byte == mark).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let not_csv = |error: csv::Error| Unreadable::NotCsv(error.position().map_or(1, csv::Position::line));
    let heads = heads(reader.headers().map_err(not_csv)?, book);
    if heads.id.is_none() && heads.email.is_none() {
        return Err(Unreadable::NoPerson);
    }
    if heads.columns.is_empty() {
        return Err(Unreadable::NoColumn);
    }
    let by_id: HashMap<PersonId, &Learner> = learners.iter().map(|learner| (learner.person, learner)).collect();
    let by_email: HashMap<String, &Learner> =
        learners.iter().map(|learner| (learner.email.to_lowercase(), learner)).collect();
    let mut seen: HashSet<PersonId> = HashSet::new();
    let mut plan = Plan { ignored: heads.ignored.clone(), ..Plan::default() };
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(not_csv)?;
        if row >= ROWS_MAX {
            return Err(Unreadable::TooManyRows);
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        if record.iter().all(str::is_empty) {
            continue;
        }
        let (id, email) = (cell(heads.id), cell(heads.email));
        let found = if id.is_empty() && email.is_empty() {
            // Somebody without an address is not everybody without one.
            None
        } else if id.is_empty() {
            by_email.get(&email.to_lowercase()).copied()
        } else {
            id.parse::<PersonId>().ok().and_then(|id| by_id.get(&id).copied())
        };
        let Some(learner) = found else {
            let text = if email.is_empty() { id } else { email };
            plan.left_out.push(LeftOut { line, text: shortened(text), wrong: web::word!("grades-list-nobody") });
            continue;
        };
        if !seen.insert(learner.person) {
            // Somebody who stands in the list twice is taken as the first time.
            plan.left_out.push(LeftOut { line, text: learner.name(), wrong: web::word!("grades-list-twice") });
            continue;
        }
        for (at, column) in &heads.columns {
            let text = record.get(*at).unwrap_or_default();
            plan.cell(line, text, book, *column, learner, grades);
        }
        if plan.changes.len() > CHANGES_MAX {
            return Err(Unreadable::TooManyChanges);
        }
    }
    Ok(plan)
}

/// As much of a text as is shown.
fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

impl Plan {
    fn cell(&mut self, line: u64, text: &str, book: &Book, at: usize, learner: &Learner, grades: &Grades) {
        let column = &book.columns[at];
        let entries = grades.get(&learner.person).map_or(&[][..], Vec::as_slice);
        let entry: Option<&Entry> = entries.iter().find(|(place, _)| *place == at).map(|(_, entry)| entry);
        let before = kept_entry(entry);
        if text.is_empty() || text == before {
            return;
        }
        let typed = match Typed::read(text, column.points) {
            Ok(typed) => typed,
            Err(wrong) => {
                self.left_out.push(LeftOut { line, text: shortened(text), wrong });
                return;
            }
        };
        let after = typed.as_typed();
        if after == before {
            return;
        }
        let was: Option<Points> = entry.and_then(|entry| entry.points);
        let lowers = was.is_some_and(|was| typed.points().is_none_or(|points| points < was));
        let (person, name) = (learner.person, learner.name());
        self.changes.push(Planned { column: at, person, name, before, after, lowers, typed });
    }
}

/// Carries a plan out as one batch. A grade that changed since the plan was made is left as it is; says how many changed.
pub fn apply(tx: &mut Tx<'_>, book: &Book, plan: &Plan, by: PersonId) -> Result<(BatchId, usize)> {
    let batch = begin(tx, book.course, "import", by)?;
    let mut count = 0;
    for change in &plan.changes {
        let column = &book.columns[change.column];
        let giving = Giving { column, policy: &book.policy, batch: Some(batch), by };
        let before = giving.lock(tx, change.person)?;
        if kept_entry(Some(&before.entry())) != change.before {
            continue;
        }
        let (points, state) = (change.typed.points(), change.typed.state());
        let after = Grade { points, state, source: Source::Import, ..before };
        count += usize::from(giving.put(tx, &before, after)?);
    }
    let event = Event::new("grades.imported", "grade-batch", batch).by(by).within("course", book.course);
    tx.record(&event.with("grades", count))?;
    Ok((batch, count))
}

/// Begins a batch.
pub(crate) fn begin(tx: &mut Tx<'_>, course: CourseId, kind: &'static str, by: PersonId) -> Result<BatchId> {
    let (id, now): (BatchId, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!("insert into grade_batch (id, course, kind, at, by) values (?1, ?2, ?3, ?4, ?5)"),
        params![id, course, kind, now, by],
    )?;
    Ok(id)
}

/// A list that was read in, or a curve.
#[derive(Clone, Debug, FromRow)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// `import` or `curve`.
    pub kind: String,
    /// When.
    pub at: Time,
    /// Who made it.
    pub by_name: Option<String>,
    /// How many grades it changed.
    pub grades: u32,
    /// When it was undone.
    pub undone_at: Option<Time>,
}

/// The lists that were read in and the curves, the last first.
pub fn batches(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Batch>> {
    tx.all(
        sql!(
            "select b.id, b.kind, b.at, trim(p.given || ' ' || p.family) as by_name, b.undone_at,
                    (select count(*) from grade_change h where h.batch = b.id) as grades
             from grade_batch b left join person p on p.id = b.by
             where b.course = ?1 and b.kind <> 'undo' order by b.at desc, b.id desc limit 20"
        ),
        params![course],
    )
}

/// What became of an undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undone {
    /// Grades that are as they were.
    pub back: usize,
    /// Grades that changed since, and stay.
    pub stayed: usize,
}

#[derive(FromRow)]
struct ToUndo {
    grade_column: ColumnId,
    person: PersonId,
    before_points: Option<Points>,
    before_state: GradeState,
    before_source: Source,
    points: Option<Points>,
    state: GradeState,
}

/// Undoes a batch: what is as the batch left it is as it was before. None where it was undone already;
/// [`store::Error::NotFound`] where the course has no such batch.
pub fn undo(tx: &mut Tx<'_>, book: &Book, batch: BatchId, by: PersonId) -> Result<Option<Undone>> {
    let now = tx.now();
    let undone_at: Option<Time> = tx.value(
        sql!("select undone_at from grade_batch where id = ?1 and course = ?2 and kind <> 'undo' for update"),
        params![batch, book.course],
    )?;
    if undone_at.is_some() {
        return Ok(None);
    }
    tx.execute(sql!("update grade_batch set undone_at = ?2, undone_by = ?3 where id = ?1"), params![batch, now, by])?;
    let changes: Vec<ToUndo> = tx.all(
        sql!(
            "select grade_column, person, before_points, before_state, before_source, points, state
             from grade_change where batch = ?1 order by id"
        ),
        params![batch],
    )?;
    let back = begin(tx, book.course, "undo", by)?;
    let mut undone = Undone { back: 0, stayed: 0 };
    for change in changes {
        let Some(column) = book.column(change.grade_column) else {
            undone.stayed += 1;
            continue;
        };
        let giving = Giving { column, policy: &book.policy, batch: Some(back), by };
        let before = giving.lock(tx, change.person)?;
        if (before.points, before.state) != (change.points, change.state) {
            undone.stayed += 1;
            continue;
        }
        let (points, state, source) = (change.before_points, change.before_state, change.before_source);
        giving.put(tx, &before, Grade { points, state, source, ..before })?;
        undone.back += 1;
    }
    let event = Event::new("grades.import-undone", "grade-batch", batch).by(by).within("course", book.course);
    tx.record(&event.with("grades", undone.back))?;
    Ok(Some(undone))
}

/// The batch that an id names, for an address.
pub(crate) fn undo_path(course: CourseId, batch: impl Into<Id>) -> String {
    format!("/courses/{course}/gradebook/batches/{}/undo", batch.into())
}
