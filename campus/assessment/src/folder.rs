//! The folders of a question bank.

use std::collections::BTreeSet;

use courses::CourseId;
use people::PersonId;
use store::{Event, FromRow, Result, Time, Tx, params, sql};

use crate::FolderId;

/// Folders of one course at the most; one more is refused.
pub const FOLDERS_MAX: usize = 500;
/// The longest name of a folder, in characters.
pub const NAME_MAX: usize = 120;
/// What stands between the names of a folder and the one that it lies in.
const BETWEEN: &str = " / ";

/// A folder.
#[derive(Clone, Debug, FromRow)]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// The folder that it lies in.
    pub parent: Option<FolderId>,
    /// Its name.
    pub name: String,
}

/// The folders of a course, by name.
pub fn all(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Folder>> {
    tx.all(sql!("select id, parent, name from question_folder where course = ?1 order by name, id"), params![course])
}

/// A new folder.
pub fn add(tx: &mut Tx<'_>, course: CourseId, parent: Option<FolderId>, name: &str, by: PersonId) -> Result<FolderId> {
    let (id, now): (FolderId, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!(
            "insert into question_folder (id, course, parent, name, made_at, made_by)
             values (?1, ?2, (select f.id from question_folder f where f.id = ?3 and f.course = ?2), ?4, ?5, ?6)"
        ),
        params![id, course, parent, name, now, by],
    )?;
    tx.record(
        &Event::new("question-folder.added", "question-folder", id).by(by).within("course", course).with("name", name),
    )?;
    Ok(id)
}

/// Takes a folder away, with those below it. Its questions stay in the bank, in no folder.
pub fn delete(tx: &mut Tx<'_>, course: CourseId, id: FolderId, by: PersonId) -> Result<()> {
    let deleted = tx.execute(sql!("delete from question_folder where id = ?1 and course = ?2"), params![id, course])?;
    if deleted == 1 {
        tx.record(&Event::new("question-folder.deleted", "question-folder", id).by(by).within("course", course))?;
    }
    Ok(())
}

/// The folder and all below it.
pub fn with_below(folders: &[Folder], id: FolderId) -> BTreeSet<FolderId> {
    let mut found: BTreeSet<FolderId> = BTreeSet::from([id]);
    // A tree of so many folders is at most that deep; one that leads in a circle ends too.
    for _ in 0..folders.len() {
        let more: Vec<FolderId> = folders
            .iter()
            .filter(|folder| folder.parent.is_some_and(|parent| found.contains(&parent)) && !found.contains(&folder.id))
            .map(|folder| folder.id)
            .collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found
}

/// Every folder with its whole name (`Tides / Moon`), by that name.
pub fn named(folders: &[Folder]) -> Vec<(FolderId, String)> {
    let mut named: Vec<(FolderId, String)> =
        folders.iter().map(|folder| (folder.id, whole_name(folders, folder))).collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    named
}

fn whole_name(folders: &[Folder], folder: &Folder) -> String {
    let (mut names, mut at) = (vec![folder.name.as_str()], folder.parent);
    while let Some(parent) = at.and_then(|id| folders.iter().find(|one| one.id == id)) {
        names.push(&parent.name);
        at = parent.parent.filter(|_| names.len() <= folders.len());
    }
    names.reverse();
    names.join(BETWEEN)
}
