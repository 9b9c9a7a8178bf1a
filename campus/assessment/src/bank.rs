//! The question bank of a course. A question has versions: each save is one, and what an attempt was given stays as it was.

use courses::CourseId;
use people::PersonId;
use store::{Event, FromRow, Json, Result, Time, Tx, params, sql};

use crate::question::{FORMAT, Kind, Question, Task};
use crate::{FolderId, QuestionId};

/// Questions of one course at the most; one more is refused.
pub const QUESTIONS_MAX: i64 = 20_000;
/// Questions on one page of the bank.
pub const PAGE_SIZE: u32 = 50;
/// The longest title, in characters. A question without one is called by its first words.
pub const TITLE_MAX: usize = 200;
/// Tags of one question at the most, and the longest, in characters.
pub const TAGS_MAX: usize = 20;
/// The longest tag, in characters.
pub const TAG_MAX: usize = 40;
/// Letters of a question's text that its name has where it has no title.
const NAME_FROM_TEXT: usize = 80;

/// A line of the bank.
#[derive(Clone, Debug, FromRow)]
pub struct Line {
    /// The question.
    pub id: QuestionId,
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// Its tags, a space before and behind each.
    pub tags: String,
    /// The number of its latest version.
    pub latest: i64,
    /// Its folder.
    pub folder: Option<FolderId>,
}

impl Line {
    /// Its tags.
    pub fn tags(&self) -> Vec<&str> {
        self.tags.split_whitespace().collect()
    }
}

/// A question with one of its versions.
#[derive(Clone, Debug, FromRow)]
pub struct Stored {
    /// The question.
    pub id: QuestionId,
    /// Its folder.
    pub folder: Option<FolderId>,
    /// Its name.
    pub title: String,
    /// Its tags, a space before and behind each.
    pub tags: String,
    /// The number of the latest version.
    pub latest: i64,
    /// The number of this version.
    pub number: i64,
    /// What it says.
    pub content: Json<Question>,
    /// When this version was made.
    pub made_at: Time,
    /// Who made it.
    pub made_by: Option<PersonId>,
}

/// What its authors set besides the question itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The folder; none for the top of the bank.
    pub folder: Option<FolderId>,
    /// The name; made from the text where it is empty.
    pub title: String,
    /// The tags.
    pub tags: Vec<String>,
    /// Where it stood in the file that it came from.
    pub source: Option<String>,
}

/// Which questions are looked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words that it must hold.
    pub words: String,
    /// Its kind.
    pub kind: Option<Kind>,
    /// Its folder, exactly.
    pub folder: Option<FolderId>,
    /// A tag.
    pub tag: String,
}

/// A tag as it is kept: small letters, without spaces. None where nothing is left.
pub fn tag(text: &str) -> Option<String> {
    let tag = text.trim().trim_start_matches('#').to_lowercase();
    let tag = tag.split_whitespace().collect::<Vec<_>>().join("-");
    let tag: String = tag.chars().filter(|c| !c.is_control()).take(TAG_MAX).collect();
    (!tag.is_empty()).then_some(tag)
}

/// Tags as they are typed, between commas.
pub fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = text.split(',').filter_map(tag).collect();
    tags.sort_unstable();
    tags.dedup();
    tags.truncate(TAGS_MAX);
    tags
}

/// Tags as they are kept in one column.
pub(crate) fn joined(tags: &[String]) -> String {
    tags.iter().fold(" ".to_owned(), |all, tag| format!("{all}{tag} "))
}

/// A question's name: its title, else the beginning of its text.
pub fn name(title: &str, question: &Question) -> String {
    if !title.trim().is_empty() {
        return title.trim().chars().take(TITLE_MAX).collect();
    }
    let plain = plain(&question.text);
    let short: String = plain.chars().take(NAME_FROM_TEXT).collect();
    if short.is_empty() {
        "?".to_owned()
    } else if short.len() < plain.len() {
        format!("{}…", short.trim_end())
    } else {
        short
    }
}

/// The words of a Markdown text in one line.
fn plain(text: &str) -> String {
    let html = text::markdown::to_html(text, &text::markdown::Options::default()).html;
    text::html::visible_text(&html).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(title: &str, question: &Question) -> String {
    let mut words = vec![title.to_lowercase(), plain(&question.text).to_lowercase()];
    let options = match &question.task {
        Task::Single(single) => single.options.iter().map(|option| option.text.as_str()).collect(),
        Task::Multiple(multiple) => multiple.options.iter().map(|option| option.text.as_str()).collect(),
        Task::Match(matching) => matching.pairs.iter().flat_map(|pair| [pair.left.as_str(), &pair.right]).collect(),
        Task::Order(order) => order.items.iter().map(|item| item.text.as_str()).collect(),
        _ => Vec::new(),
    };
    words.extend(options.into_iter().map(str::to_lowercase));
    words.join(" ").chars().take(10_000).collect()
}

/// Adds a question. One from the same place of the same file is there already: it gets a new version where it says
/// something else.
pub fn add(tx: &mut Tx<'_>, course: CourseId, place: &Place, question: &Question, by: PersonId) -> Result<QuestionId> {
    let (id, now): (QuestionId, Time) = (tx.new_id(), tx.now());
    let question = Question { format: FORMAT, ..question.clone() };
    let title = name(&place.title, &question);
    let added = tx.execute(
        sql!(
            "insert into question (id, course, folder, latest, kind, title, words, tags, source, made_at, made_by)
             values (?1, ?2, (select f.id from question_folder f where f.id = ?3 and f.course = ?2), 1, ?4, ?5, ?6, ?7, ?8, ?9,
                     ?10)
             on conflict (course, source) do nothing"
        ),
        params![
            id,
            course,
            place.folder,
            question.kind(),
            title,
            words(&title, &question),
            joined(&place.tags),
            place.source,
            now,
            by
        ],
    )?;
    if added == 0 {
        let known: QuestionId = tx.value(
            sql!("select id from question where course = ?1 and source = ?2 for update"),
            params![course, place.source],
        )?;
        tx.execute(sql!("update question set deleted_at = null, deleted_by = null where id = ?1"), params![known])?;
        save(tx, course, known, place, &question, by)?;
        return Ok(known);
    }
    put_version(tx, id, 1, &question, by)?;
    tx.record(&Event::new("question.added", "question", id).by(by).within("course", course).with("title", title))?;
    Ok(id)
}

fn put_version(tx: &mut Tx<'_>, id: QuestionId, number: i64, question: &Question, by: PersonId) -> Result<()> {
    let now = tx.now();
    tx.execute(
        sql!("insert into question_version (question, number, content, made_at, made_by) values (?1, ?2, ?3, ?4, ?5)"),
        params![id, number, Json(question), now, by],
    )?;
    Ok(())
}

/// Saves a question: a new version where it says something else, and its place. Answers the number of the latest version.
pub fn save(
    tx: &mut Tx<'_>,
    course: CourseId,
    id: QuestionId,
    place: &Place,
    question: &Question,
    by: PersonId,
) -> Result<i64> {
    // Two who save at once follow each other.
    let _: i64 = tx.value(
        sql!("select latest from question where id = ?1 and course = ?2 and deleted_at is null for update"),
        params![id, course],
    )?;
    let before = find(tx, course, id, None)?;
    let question = Question { format: FORMAT, ..question.clone() };
    let is_new = before.content.0 != question;
    let latest = if is_new { before.latest + 1 } else { before.latest };
    if is_new {
        put_version(tx, id, latest, &question, by)?;
    }
    let title = name(&place.title, &question);
    tx.execute(
        sql!(
            "update question set latest = ?3, kind = ?4, title = ?5, words = ?6, tags = ?7,
                    folder = (select f.id from question_folder f where f.id = ?8 and f.course = ?2)
             where id = ?1 and course = ?2"
        ),
        params![
            id,
            course,
            latest,
            question.kind(),
            title,
            words(&title, &question),
            joined(&place.tags),
            place.folder
        ],
    )?;
    let event = Event::new("question.changed", "question", id).by(by).within("course", course);
    tx.record(&event.with("title", title).with("version", latest))?;
    Ok(latest)
}

/// A question of this course in a version, the latest where none is named; [`store::Error::NotFound`] where there is none.
pub fn find(tx: &mut Tx<'_>, course: CourseId, id: QuestionId, version: Option<i64>) -> Result<Stored> {
    tx.one(
        sql!(
            "select q.id, q.folder, q.title, q.tags, q.latest, v.number, v.content, v.made_at, v.made_by
             from question q join question_version v on v.question = q.id and v.number = coalesce(?3, q.latest)
             where q.id = ?1 and q.course = ?2 and q.deleted_at is null"
        ),
        params![id, course, version],
    )
}

/// The versions of a question, the newest first: number, time, and who made it.
pub fn versions(tx: &mut Tx<'_>, id: QuestionId) -> Result<Vec<(i64, Time, String)>> {
    tx.all(
        sql!(
            "select v.number, v.made_at, coalesce(trim(p.given || ' ' || p.family), '')
             from question_version v left join person p on p.id = v.made_by where v.question = ?1 order by v.number desc"
        ),
        params![id],
    )
}

/// A page of the bank by name, from the line behind `after` (a name and an id) on; one line more than a page has tells that
/// there are more.
pub fn list(
    tx: &mut Tx<'_>,
    course: CourseId,
    search: &Search,
    after: Option<(String, QuestionId)>,
) -> Result<Vec<Line>> {
    let (name, id) = after.unwrap_or((String::new(), QuestionId(store::Id::nil())));
    let words = search.words.split_whitespace().map(like).collect::<Vec<_>>().join("%");
    let tag = tag(&search.tag).map(|tag| format!("% {} %", like(&tag)));
    tx.all(
        sql!(
            "select id, kind, title, tags, latest, folder from question
             where course = ?1 and deleted_at is null and (title, id) > (?2, ?3)
             and words like ?4 escape '!' and (cast(?5 as text) is null or kind = ?5)
             and (cast(?6 as uuid) is null or folder = ?6) and (cast(?7 as text) is null or tags like ?7 escape '!')
             order by title, id limit ?8"
        ),
        params![course, name, id, format!("%{words}%"), search.kind, search.folder, tag, PAGE_SIZE + 1],
    )
}

/// What must not be read as a pattern; in small letters.
fn like(text: &str) -> String {
    text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// How many questions the bank holds.
pub fn count(tx: &mut Tx<'_>, course: CourseId) -> Result<i64> {
    tx.value(sql!("select count(*) from question where course = ?1 and deleted_at is null"), params![course])
}

/// All questions of a bank, for a choice and for a draw.
pub fn all(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Line>> {
    tx.all(
        sql!(
            "select id, kind, title, tags, latest, folder from question where course = ?1 and deleted_at is null
             order by title, id limit ?2"
        ),
        params![course, QUESTIONS_MAX],
    )
}

/// Moves questions into a folder, or to the top of the bank.
pub fn move_to(
    tx: &mut Tx<'_>,
    course: CourseId,
    ids: &[QuestionId],
    folder: Option<FolderId>,
    by: PersonId,
) -> Result<u64> {
    let moved = tx.execute(
        sql!(
            "update question set folder = (select f.id from question_folder f where f.id = ?3 and f.course = ?1)
             where course = ?1 and id in ids(?2)"
        ),
        params![course, store::Ids(ids), folder],
    )?;
    for id in ids {
        tx.record(&Event::new("question.moved", "question", *id).by(by).within("course", course))?;
    }
    Ok(moved)
}

/// Takes a question out of the bank; attempts that have it keep it. [`restore`] brings it back.
pub fn delete(tx: &mut Tx<'_>, course: CourseId, id: QuestionId, by: PersonId) -> Result<String> {
    let (now, title) = (tx.now(), find(tx, course, id, None)?.title);
    tx.execute(sql!("update question set deleted_at = ?2, deleted_by = ?3 where id = ?1"), params![id, now, by])?;
    tx.record(
        &Event::new("question.deleted", "question", id).by(by).within("course", course).with("title", title.as_str()),
    )?;
    Ok(title)
}

/// Undoes a deletion, if there was one; [`store::Error::NotFound`] where the course has no such question.
pub fn restore(tx: &mut Tx<'_>, course: CourseId, id: QuestionId, by: PersonId) -> Result<()> {
    let restored = tx.execute(
        sql!(
            "update question set deleted_at = null, deleted_by = null
             where id = ?1 and course = ?2 and deleted_at is not null"
        ),
        params![id, course],
    )?;
    if restored == 0 {
        // Pressed twice: it is back already. A question of another course is none here.
        return find(tx, course, id, None).map(|_| ());
    }
    tx.record(&Event::new("question.restored", "question", id).by(by).within("course", course))?;
    Ok(())
}
