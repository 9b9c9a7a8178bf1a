//! What was handed in: attempts that are never changed afterwards, each with its time, its lateness and a sum over all of
//! it (campus-rules M5, M21).

use outline::{Completion, Item, ItemId};
use people::PersonId;
use sha2::{Digest, Sha256};
use store::{Event, FromRow, Id, Result, Time, Tx, params, sql};

use crate::SubmissionId;
use crate::draft::WorkFile;
use crate::rules::late_seconds;

/// One attempt.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Submission {
    pub id: SubmissionId,
    pub item: ItemId,
    pub course: courses::CourseId,
    pub person: PersonId,
    pub number: i64,
    pub text: String,
    pub address: String,
    pub on_paper: bool,
    pub digest: String,
    pub at: Time,
    pub due_at: Option<Time>,
    pub late_seconds: i64,
    pub by: Option<PersonId>,
}

/// What is handed in.
#[derive(Clone, Debug)]
pub struct NewSubmission<'n> {
    /// Whose it is.
    pub person: PersonId,
    /// The form that it came from; sent twice it is handed in once.
    pub token: Id,
    /// The text; may be empty.
    pub text: &'n str,
    /// The web address; may be empty.
    pub address: &'n str,
    /// Its files.
    pub files: &'n [WorkFile],
    /// The words of files that are plain text, to be compared with those of others.
    pub words: &'n str,
    /// Whether it was handed over on paper.
    pub on_paper: bool,
    /// When the server got it: the moment at which the request began to come in.
    pub at: Time,
    /// Who hands it in, where that is not the person.
    pub by: Option<PersonId>,
}

/// What became of handing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedIn {
    /// It is in, now or by the same form before.
    As(SubmissionId),
    /// Another window was faster: the number was taken in the meantime.
    Overtaken,
}

impl Submission {
    /// Its number for people: the first part of its id, in upper case.
    pub fn reference(&self) -> String {
        let text = self.id.0.simple().to_string().to_ascii_uppercase();
        // The last half is random; the first is a time, which many share.
        format!("{}-{}-{}", &text[20..24], &text[24..28], &text[28..32])
    }

    /// One attempt; [`store::Error::NotFound`] where there is none of this item.
    pub fn find(tx: &mut Tx<'_>, item: ItemId, id: SubmissionId) -> Result<Self> {
        tx.one(
            sql!(
                "select id, item, course, person, number, text, address, on_paper, digest, at, due_at, late_seconds, by
                 from submission where id = ?1 and item = ?2"
            ),
            params![id, item],
        )
    }

    /// All attempts of a person, newest first.
    pub fn of(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Vec<Self>> {
        tx.all(
            sql!(
                "select id, item, course, person, number, text, address, on_paper, digest, at, due_at, late_seconds, by
                 from submission where item = ?1 and person = ?2 order by number desc"
            ),
            params![item, person],
        )
    }

    /// Its files. Their ids are their places.
    pub fn files(tx: &mut Tx<'_>, id: SubmissionId) -> Result<Vec<(i64, WorkFile)>> {
        let rows: Vec<FileRow> = tx.all(
            sql!(
                "select position, name, hash, media_type, size from submission_file where submission = ?1
                 order by position"
            ),
            params![id],
        )?;
        Ok(rows.into_iter().map(FileRow::placed).collect())
    }
}

#[derive(FromRow)]
struct FileRow {
    position: i64,
    name: String,
    hash: String,
    media_type: String,
    size: u64,
}

impl FileRow {
    fn placed(self) -> (i64, WorkFile) {
        let Self { position, name, hash, media_type, size } = self;
        (position, WorkFile { id: Id::nil(), name, hash, media_type, size })
    }
}

/// Hands it in: the next attempt of the person. Whether it may be is the caller's matter; a form that was sent before is
/// answered with what it made then.
pub fn hand_in(tx: &mut Tx<'_>, item: &Item, new: &NewSubmission<'_>, by: PersonId) -> Result<HandedIn> {
    if let Some(there) = by_token(tx, item.id, new.person, new.token)? {
        return Ok(HandedIn::As(there));
    }
    let id: SubmissionId = tx.new_id();
    let digest = digest(new.text, new.address, new.on_paper, new.files);
    let late = late_seconds(item.due_at, new.at);
    let words = if new.words.is_empty() { new.text.to_owned() } else { format!("{}\n{}", new.text, new.words) };
    let made = tx.execute(
        sql!(
            "insert into submission (id, item, course, person, number, token, text, address, on_paper, words, digest, at,
                                     due_at, late_seconds, by)
             values (?1, ?2, ?3, ?4,
                     (select coalesce(max(number), 0) + 1 from submission where item = ?2 and person = ?4),
                     ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             on conflict do nothing"
        ),
        params![
            id,
            item.id,
            item.course,
            new.person,
            new.token,
            new.text,
            new.address,
            new.on_paper,
            words,
            digest,
            new.at,
            item.due_at,
            late,
            new.by
        ],
    )?;
    if made == 0 {
        return Ok(by_token(tx, item.id, new.person, new.token)?.map_or(HandedIn::Overtaken, HandedIn::As));
    }
    for (position, file) in new.files.iter().enumerate() {
        tx.execute(
            sql!(
                "insert into submission_file (submission, position, name, hash, media_type, size)
                 values (?1, ?2, ?3, ?4, ?5, ?6)"
            ),
            params![id, position, file.name, file.hash, file.media_type, file.size],
        )?;
    }
    if let Some(column) = gradebook::Column::of_item(tx, item.id)? {
        gradebook::handed_in(tx, &column, new.person, new.at, late, by)?;
    }
    outline::complete_by(tx, item, new.person, Completion::Submit, by)?;
    let event = Event::new("submission.handed-in", "submission", id).by(by).within("course", item.course);
    let event = event.with("item", item.id.to_string()).with("title", item.title.as_str());
    tx.record(&event.with("person", new.person.to_string()).with("late_seconds", late).with("digest", digest))?;
    Ok(HandedIn::As(id))
}

/// What a form has handed in already, if it was sent before.
pub fn by_token(tx: &mut Tx<'_>, item: ItemId, person: PersonId, token: Id) -> Result<Option<SubmissionId>> {
    let found: Option<(SubmissionId,)> = tx.maybe(
        sql!("select id from submission where item = ?1 and person = ?2 and token = ?3"),
        params![item, person, token],
    )?;
    Ok(found.map(|(id,)| id))
}

/// SHA-256 over all that was handed in, as 64 hexadecimal digits: over the lines `text HASH`, `address ADDRESS`, `paper`
/// and `file HASH NAME` of what there is, in this order, each ended by a line feed. Anybody can work it out anew with
/// `sha256sum`.
pub fn digest(text: &str, address: &str, on_paper: bool, files: &[WorkFile]) -> String {
    let mut sum = Sha256::new();
    if !text.is_empty() {
        sum.update(format!("text {}\n", hex(&Sha256::digest(text.as_bytes()))));
    }
    if !address.is_empty() {
        sum.update(format!("address {address}\n"));
    }
    if on_paper {
        sum.update("paper\n");
    }
    for file in files {
        sum.update(format!("file {} {}\n", file.hash, file.name));
    }
    hex(&sum.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Attempts that a person was given in addition.
pub fn extra_attempts(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<u32> {
    tx.value(
        sql!("select cast(coalesce(sum(attempts), 0) as bigint) from extra_attempt where item = ?1 and person = ?2"),
        params![item, person],
    )
}

/// Gives a person one more attempt than the form knew that they have; pressed twice it is one.
pub fn give_attempt(tx: &mut Tx<'_>, item: &Item, person: PersonId, known: u32, by: PersonId) -> Result<()> {
    if extra_attempts(tx, item.id, person)? != known {
        return Ok(());
    }
    let (id, now): (Id, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!("insert into extra_attempt (id, item, person, attempts, at, by) values (?1, ?2, ?3, 1, ?4, ?5)"),
        params![id, item.id, person, now, by],
    )?;
    let event = Event::new("assignment.attempt-given", "item", item.id).by(by).within("course", item.course);
    tx.record(&event.with("person", person.to_string()))?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(name: &str, hash: &str) -> WorkFile {
        WorkFile {
            id: Id::nil(),
            name: name.to_owned(),
            hash: hash.to_owned(),
            media_type: "text/plain".to_owned(),
            size: 1,
        }
    }

    /// Worked out with sha256sum.
    #[test]
    fn the_sum_is_what_anybody_works_out() {
        assert_eq!(digest("", "", false, &[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let expected = hex(&Sha256::digest(
            b"text 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\nfile ab essay.txt\n",
        ));
        assert_eq!(digest("hello", "", false, &[file("essay.txt", "ab")]), expected);
    }

    proptest! {
        /// Two attempts that differ in anything have different sums.
        #[test]
        fn whatever_differs_shows(a in "[a-z\n ]{0,8}", b in "[a-z\n ]{0,8}", paper in any::<bool>()) {
            prop_assert_eq!(a == b, digest(&a, "", paper, &[]) == digest(&b, "", paper, &[]));
            prop_assert_ne!(digest(&a, "", true, &[]), digest(&a, "", false, &[]));
            let (one, other) = (file(&a.replace('\n', ""), "ab"), file(&b.replace('\n', ""), "ab"));
            let same = digest("", "", paper, std::slice::from_ref(&one)) == digest("", "", paper, std::slice::from_ref(&other));
            prop_assert_eq!(one.name == other.name, same);
        }
    }
}
