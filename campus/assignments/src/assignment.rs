//! What an assignment asks for: its instructions, its points, what may be handed in and how often (campus-rules M21).

use courses::CourseId;
use gradebook::{Column, Points};
use materials::page::{self, Body, Format};
use outline::{Item, ItemId};
use people::PersonId;
use sha2::{Digest, Sha256};
use store::{Event, FromRow, Id, Result, Row, Time, Tx, params, sql};

use crate::RubricId;

/// The longest instructions, in bytes.
pub const SOURCE_BYTES_MAX: usize = 200_000;
/// Files that one attempt may have at the most.
pub const FILES_MAX: u32 = 50;
/// The largest file that can be handed in, in bytes; an assignment may allow less.
pub const FILE_BYTES_MAX: u64 = 500 * MEGABYTE;
/// As people count it, in bytes.
pub const MEGABYTE: u64 = 1_000_000;
/// The most attempts that can be set; beyond it there is no limit.
pub const ATTEMPTS_MAX: u32 = 100;

/// What its authors set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Settings {
    pub format: Format,
    pub source: String,
    pub points: Points,
    pub takes_text: bool,
    pub takes_files: bool,
    pub takes_address: bool,
    pub on_paper: bool,
    /// Endings without the point, lower case.
    pub file_types: Vec<String>,
    pub files_max: u32,
    pub file_bytes_max: u64,
    pub attempts_max: Option<u32>,
    pub anonymous: bool,
    pub rubric: Option<RubricId>,
    pub peer_reviews: u32,
}

impl Settings {
    /// What its instructions say.
    pub fn body(&self) -> Body {
        match self.format {
            Format::Markdown => Body::Markdown(self.source.clone()),
            Format::Html => Body::Html(self.source.clone()),
        }
    }

    /// With other instructions.
    #[must_use]
    pub fn saying(self, body: Body) -> Self {
        let (format, source) = match body {
            Body::Markdown(source) => (Format::Markdown, source),
            Body::Html(source) => (Format::Html, source),
        };
        Self { format, source, ..self }
    }
}

impl Default for Settings {
    /// A text or files, once, for a hundred points.
    fn default() -> Self {
        Self {
            format: Format::Markdown,
            source: String::new(),
            points: Points::whole(100),
            takes_text: true,
            takes_files: true,
            takes_address: false,
            on_paper: false,
            file_types: Vec::new(),
            files_max: 5,
            file_bytes_max: 50 * MEGABYTE,
            attempts_max: Some(1),
            anonymous: false,
            rubric: None,
            peer_reviews: 0,
        }
    }
}

/// An assignment.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Assignment {
    pub item: ItemId,
    pub format: Format,
    pub source: String,
    pub html: String,
    points: i64,
    pub takes_text: bool,
    pub takes_files: bool,
    pub takes_address: bool,
    pub on_paper: bool,
    file_types: String,
    pub files_max: u32,
    pub file_bytes_max: u64,
    pub attempts_max: Option<u32>,
    pub anonymous: bool,
    pub rubric: Option<RubricId>,
    pub peer_reviews: u32,
    salt: Id,
    /// When names were shown to those who mark.
    pub revealed_at: Option<Time>,
}

/// Both in one row.
struct Both(Item, Assignment);

impl FromRow for Both {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self(Item::from_row(row)?, Assignment::from_row(row)?))
    }
}

impl Assignment {
    /// The assignment of an item; [`store::Error::NotFound`] where the item is none.
    pub fn find(tx: &mut Tx<'_>, item: ItemId) -> Result<Self> {
        tx.one(
            sql!(
                "select a.*, r.at as revealed_at from assignment a left join assignment_reveal r on r.item = a.item
                 where a.item = ?1"
            ),
            params![item],
        )
    }

    /// An item of this course with its assignment: one statement; [`store::Error::NotFound`] where there is none.
    pub fn with_item(tx: &mut Tx<'_>, course: CourseId, item: ItemId) -> Result<(Item, Self)> {
        let found: Both = tx.one(
            sql!(
                "select i.id, i.course, i.module, i.kind, i.title, i.position, i.indent, i.minutes, i.completion, i.release,
                        i.due_at, i.unlock_at, i.lock_at, p.at as published_at, a.item, a.format, a.source, a.html, a.points,
                        a.takes_text, a.takes_files, a.takes_address, a.on_paper, a.file_types, a.files_max,
                        a.file_bytes_max, a.attempts_max, a.anonymous, a.rubric, a.peer_reviews, a.salt,
                        r.at as revealed_at
                 from item i join assignment a on a.item = i.id left join item_publication p on p.item = i.id
                 left join assignment_reveal r on r.item = i.id
                 where i.id = ?1 and i.course = ?2 and i.deleted_at is null"
            ),
            params![item, course],
        )?;
        Ok((found.0, found.1))
    }

    /// The points that can be reached; zero where it is not graded.
    pub const fn points(&self) -> Points {
        Points::from_units(self.points)
    }

    /// Whether marks are points in the gradebook, and not only words.
    pub const fn is_graded(&self) -> bool {
        self.points > 0
    }

    /// Whether anything is handed in here, and not on paper only.
    pub const fn is_online(&self) -> bool {
        self.takes_text || self.takes_files || self.takes_address
    }

    /// Whether those who mark see codes and no names now.
    pub const fn hides_names(&self) -> bool {
        self.anonymous && self.revealed_at.is_none()
    }

    /// Endings that files may have; none: any.
    pub fn file_types(&self) -> Vec<String> {
        self.file_types.split_whitespace().map(str::to_owned).collect()
    }

    /// The code by which those who mark know somebody whose name they do not see: six letters and digits that are not
    /// mixed up, the same for as long as the assignment is there, another in each assignment.
    pub fn code(&self, person: PersonId) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let mut sum = Sha256::new();
        sum.update(self.salt.as_bytes());
        sum.update(person.0.as_bytes());
        let sum = sum.finalize();
        sum.iter().take(6).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
    }

    /// What its authors set.
    pub fn settings(&self) -> Settings {
        Settings {
            format: self.format,
            source: self.source.clone(),
            points: self.points(),
            takes_text: self.takes_text,
            takes_files: self.takes_files,
            takes_address: self.takes_address,
            on_paper: self.on_paper,
            file_types: self.file_types(),
            files_max: self.files_max,
            file_bytes_max: self.file_bytes_max,
            attempts_max: self.attempts_max,
            anonymous: self.anonymous,
            rubric: self.rubric,
            peer_reviews: self.peer_reviews,
        }
    }

    /// Whether anything was handed in or marked, so that what hides names stays as it is.
    pub fn is_in_use(tx: &mut Tx<'_>, item: ItemId) -> Result<bool> {
        tx.value(
            sql!(
                "select exists (select 1 from submission where item = ?1) or exists (select 1 from mark where item = ?1)"
            ),
            params![item],
        )
    }
}

/// Sets it, for an item that has none yet or has another. The gradebook's column follows: made where points can be
/// reached, with the same points where they change.
pub fn write(tx: &mut Tx<'_>, item: &Item, to: &Settings, by: PersonId) -> Result<()> {
    let html = page::shown(tx, item.course, &to.body())?;
    let (salt, now): (Id, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!(
            "insert into assignment (item, format, source, html, points, takes_text, takes_files, takes_address, on_paper,
                                     file_types, files_max, file_bytes_max, attempts_max, anonymous, rubric, salt,
                                     changed_at, changed_by, peer_reviews)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
             on conflict (item) do update set format = excluded.format, source = excluded.source, html = excluded.html,
                 points = excluded.points, takes_text = excluded.takes_text, takes_files = excluded.takes_files,
                 takes_address = excluded.takes_address, on_paper = excluded.on_paper,
                 file_types = excluded.file_types, files_max = excluded.files_max,
                 file_bytes_max = excluded.file_bytes_max, attempts_max = excluded.attempts_max,
                 anonymous = excluded.anonymous, rubric = excluded.rubric, peer_reviews = excluded.peer_reviews, changed_at = excluded.changed_at,
                 changed_by = excluded.changed_by"
        ),
        params![
            item.id,
            to.format,
            to.source,
            html,
            to.points.units(),
            to.takes_text,
            to.takes_files,
            to.takes_address,
            to.on_paper,
            to.file_types.join(" "),
            to.files_max,
            to.file_bytes_max,
            to.attempts_max,
            to.anonymous,
            to.rubric,
            salt,
            now,
            by,
            to.peer_reviews
        ],
    )?;
    if to.points > Points::ZERO || Column::of_item(tx, item.id)?.is_some() {
        let column = Column::for_item(tx, item, to.points, by)?;
        column.expect_hand_in(tx, to.takes_text || to.takes_files || to.takes_address)?;
    }
    let words = text::html::visible_text(&html).split_whitespace().count();
    item.count_minutes(tx, u32::try_from(words.div_ceil(180)).unwrap_or(u32::MAX))?;
    tx.record(&Event::new("assignment.written", "item", item.id).by(by).within("course", item.course))?;
    Ok(())
}
