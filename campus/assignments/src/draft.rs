//! What somebody has written and not handed in yet. Nothing of it is lost: each save counts a revision up, and a window
//! that knows only an older one is told instead of overwriting (campus-rules M21).

use outline::ItemId;
use people::PersonId;
use store::{FromRow, Id, Result, Time, Tx, params, sql};

use crate::assignment::Assignment;

/// The longest text, in bytes.
pub const TEXT_BYTES_MAX: usize = 900_000;
/// The longest web address, in characters.
pub const ADDRESS_MAX: usize = 2_000;

/// Text and address.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Draft {
    pub text: String,
    pub address: String,
    pub revision: i64,
    pub at: Option<Time>,
}

/// A file: of a draft, or of what was handed in.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct WorkFile {
    pub id: Id,
    pub name: String,
    pub hash: String,
    pub media_type: String,
    pub size: u64,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, under this revision.
    As(i64),
    /// Another window has saved something else since; nothing was changed.
    Newer(Draft),
}

/// The draft of a person; an empty one of revision 0 where there is none.
pub fn of(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Draft> {
    let found: Option<Draft> = tx.maybe(
        sql!("select text, address, revision, at from assignment_draft where item = ?1 and person = ?2"),
        params![item, person],
    )?;
    Ok(found.unwrap_or_default())
}

/// Keeps what somebody has written. `based_on` is the revision that their window knows.
pub fn keep(
    tx: &mut Tx<'_>,
    item: ItemId,
    person: PersonId,
    (text, address): (&str, &str),
    based_on: i64,
) -> Result<Kept> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into assignment_draft (item, person, text, address, revision, at) values (?1, ?2, '', '', 0, ?3)
             on conflict (item, person) do nothing"
        ),
        params![item, person, now],
    )?;
    let there: Draft = tx.one(
        sql!("select text, address, revision, at from assignment_draft where item = ?1 and person = ?2 for update"),
        params![item, person],
    )?;
    if there.text == text && there.address == address {
        return Ok(Kept::As(there.revision));
    }
    if based_on < there.revision {
        return Ok(Kept::Newer(there));
    }
    let revision = there.revision + 1;
    tx.execute(
        sql!(
            "update assignment_draft set text = ?3, address = ?4, revision = ?5, at = ?6 where item = ?1 and person = ?2"
        ),
        params![item, person, text, address, revision, now],
    )?;
    Ok(Kept::As(revision))
}

/// Empties it, once it was handed in. The revision goes on, so that an older window is still told.
pub fn clear(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update assignment_draft set text = '', address = '', revision = revision + 1, at = ?3
             where item = ?1 and person = ?2"
        ),
        params![item, person, now],
    )?;
    tx.execute(sql!("delete from assignment_draft_file where item = ?1 and person = ?2"), params![item, person])?;
    Ok(())
}

/// The files of a draft, in the order in which they came.
pub fn files(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Vec<WorkFile>> {
    tx.all(
        sql!(
            "select id, name, hash, media_type, size from assignment_draft_file where item = ?1 and person = ?2
             order by at, id"
        ),
        params![item, person],
    )
}

/// Adds a file whose bytes are kept. The same bytes under the same name are there once, however often they are sent.
pub fn add_file(tx: &mut Tx<'_>, item: ItemId, person: PersonId, file: &WorkFile) -> Result<()> {
    if files(tx, item, person)?.iter().any(|there| there.hash == file.hash && there.name == file.name) {
        return Ok(());
    }
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into assignment_draft_file (id, item, person, name, hash, media_type, size, at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        params![file.id, item, person, file.name, file.hash, file.media_type, file.size, now],
    )?;
    Ok(())
}

/// Takes a file out of a draft; of somebody else's nothing.
pub fn remove_file(tx: &mut Tx<'_>, item: ItemId, person: PersonId, file: Id) -> Result<()> {
    tx.execute(
        sql!("delete from assignment_draft_file where id = ?3 and item = ?1 and person = ?2"),
        params![item, person, file],
    )?;
    Ok(())
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongFile {
    /// Its ending is none of those that are taken.
    Ending,
    /// It is not what its ending says.
    Content,
}

/// Whether an assignment takes a file of this name whose content is of this type.
pub fn check_file(assignment: &Assignment, name: &str, media_type: &str) -> Result<(), WrongFile> {
    fits(&assignment.file_types(), name, media_type)
}

fn fits(types: &[String], name: &str, media_type: &str) -> Result<(), WrongFile> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if types.is_empty() {
        return Ok(());
    }
    if !types.contains(&ending) {
        return Err(WrongFile::Ending);
    }
    // What can be told from the first bytes must be what the name says; the rest is taken by its name.
    let is_right = match ending.as_str() {
        "pdf" => media_type == "application/pdf",
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => media_type.starts_with("image/"),
        "mp4" | "webm" | "mov" => media_type.starts_with("video/"),
        "txt" | "md" | "csv" => media_type.starts_with("text/"),
        _ => true,
    };
    if is_right { Ok(()) } else { Err(WrongFile::Content) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_by_its_ending_and_its_content() {
        let types = ["pdf".to_owned(), "docx".to_owned(), "txt".to_owned()];
        for (name, media_type, verdict) in [
            ("essay.pdf", "application/pdf", Ok(())),
            ("Essay.PDF", "application/pdf", Ok(())),
            ("essay.pdf", "application/x-executable", Err(WrongFile::Content)),
            ("essay.docx", "application/zip", Ok(())),
            ("essay.exe", "application/pdf", Err(WrongFile::Ending)),
            ("pdf", "application/pdf", Err(WrongFile::Ending)),
            ("essay.txt", "text/plain", Ok(())),
        ] {
            assert_eq!(fits(&types, name, media_type), verdict, "{name}");
        }
        assert_eq!(fits(&[], "anything", "application/octet-stream"), Ok(()));
    }
}
