//! A small, real institution for tests of the whole product: people in every role, and courses with everything in them
//! that an address can name.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use assessment::attempt::Starter;
use assessment::import::Format;
use assessment::quiz::Filled;
use assignments::draft::WorkFile;
use assignments::submission::{HandedIn, NewSubmission, hand_in};
use assignments::{Rubric, RubricKind};
use courses::course::{Listing, Settings};
use courses::enrolment::{Act, IfFull, NewEnrolment, change_many, enrol};
use courses::section::SectionSettings;
use courses::term::TermSettings;
use courses::{Course, CourseRole, Section, Term};
use files::{Files, FilesConfig, Limits, Stored};
use gradebook::{Column, Given, Group, GroupSettings, Points, Source};
use materials::page::Body;
use outline::{Completion, Item, Module, NewItem, overrides};
use people::link::{NewLink, Purpose};
use people::person::Details;
use people::{Institution, PersonId, ScopeKind, SignUp, Unit};
use store::testing::Scratch;
use store::{Db, Id, Json, Time, Tx, params, sql};
use web::settings::Settings as WebSettings;
use web::testing::Browser;

use crate::process::Client;

/// The name of the session cookie where the server is not reached by https.
pub(crate) const COOKIE: &str = people::COOKIE_HTTP;

/// The program without a server around it: its router, over a database that a test was given.
pub(crate) struct Program {
    pub(crate) db: Db,
    /// A picture and a text that courses show.
    pub(crate) picture: Stored,
    pub(crate) captions: Stored,
    nobody: Browser,
    _directory: Scratch,
}

impl Program {
    /// The program with its roles and an institution.
    pub(crate) async fn open(db: Db) -> Self {
        stoa::mount::prepare(&db).await.unwrap();
        let directory = Scratch::new();
        let files = Files::open(&FilesConfig::Disk { dir: directory.0.join("files") }).unwrap();
        let outbox = mail::MailConfig::Outbox { dir: directory.0.join("outbox"), from: "Stoa <stoa@localhost>".into() };
        let mailer = mail::Mailer::new(&outbox).unwrap();
        let settings = WebSettings { dev: true, ..WebSettings::default() };
        let picture = put(&files, br#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"></svg>"#).await;
        let captions = put(&files, b"WEBVTT\n\n00:01.000 --> 00:02.000\nWelcome.\n").await;
        db.write(institution).await.unwrap();
        let ctx = stoa::mount::context(db.clone(), settings, files, mailer);
        let nobody = Browser::new(stoa::mount::routes().into_router(ctx)).staying();
        Self { db, picture, captions, nobody, _directory: directory }
    }

    /// A browser that is nobody yet and shows redirects.
    pub(crate) fn browser(&self) -> Browser {
        self.nobody.clone()
    }
}

async fn put(files: &Files, bytes: &'static [u8]) -> Stored {
    files.put_bytes(bytes::Bytes::from_static(bytes), &Limits::default()).await.unwrap()
}

/// The institution, where there is none yet.
pub(crate) fn institution(tx: &mut Tx<'_>) -> store::Result<()> {
    let wanted = Institution {
        name: "Academy".to_owned(),
        locale: "en".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        sign_up: SignUp::Open,
        sign_up_domains: Json(vec!["example.org".to_owned()]),
    };
    people::institution::save(tx, &wanted, None).map_err(plain)
}

fn plain(error: people::Error) -> store::Error {
    store::Error::Setup(error.to_string())
}

/// One of everything that an address can name: a unit with people and a course, and what belongs to them.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) unit: Unit,
    pub(crate) course: Course,
    pub(crate) learner: PersonId,
    /// One item of each kind; the page first.
    pub(crate) items: Vec<Item>,
    role: people::RoleId,
    values: BTreeMap<&'static str, String>,
}

/// How a course of a scene is found and whether it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// Published, and in the catalogue of those who are signed in.
    Listed,
    /// Published, and known only to those who are in it.
    Hidden,
    /// Not published.
    Draft,
}

impl Scene {
    /// A new one, in a unit of its own; `by` makes it. Scenes in one database differ by their `number`.
    pub(crate) fn make(
        tx: &mut Tx<'_>,
        number: usize,
        visibility: Visibility,
        by: PersonId,
        files: (&Stored, &Stored),
    ) -> store::Result<Self> {
        let unit = people::unit::create(tx, &format!("Unit {number}"), None, Some(by)).map_err(plain)?;
        let mut values = BTreeMap::new();
        let course = course(tx, number, &unit, visibility, by)?;
        let learner = participants(tx, number, &course, &unit, by, &mut values)?;
        let items = outline(tx, &course, by, files, &mut values)?;
        exceptions(tx, &items[0], learner, by, &mut values)?;
        graded(tx, &course, &items[0], learner, by, &mut values)?;
        if let Some(quiz) = items.iter().find(|item| item.kind == "quiz") {
            asked(tx, &course, quiz, learner, by, &mut values)?;
        }
        if let Some(task) = items.iter().find(|item| item.kind == "assignment") {
            handed_in(tx, &course, task, learner, by, files.1, &mut values)?;
        }
        let role = running(tx, number, &unit, &course, learner, by, &mut values)?;
        values.insert("course", course.id.to_string());
        values.insert("units/id", unit.id.to_string());
        values.insert("roles/id", role.to_string());
        Ok(Self { unit, course, learner, items, role, values })
    }

    /// Takes away what there may be only so many of.
    pub(crate) fn clear(self, tx: &mut Tx<'_>, by: PersonId) -> store::Result<()> {
        if people::role::find(tx, self.role)?.is_some() {
            people::role::delete(tx, self.role, by).map_err(plain)?;
        }
        Ok(())
    }

    /// The item of a kind.
    pub(crate) fn item_of(&self, kind: &str) -> Option<String> {
        self.items.iter().find(|item| item.kind == kind).map(|item| item.id.to_string())
    }

    /// What a parameter of an address stands for; `before` is the path before it, as the route declares it.
    pub(crate) fn value(&self, before: &str, parameter: &str) -> Option<&str> {
        found(&self.values, before, parameter)
    }
}

/// The value whose key, `id` or `people/id`, says most about where the parameter stands.
fn found<'v>(values: &'v BTreeMap<&'static str, String>, before: &str, parameter: &str) -> Option<&'v str> {
    let place = format!("{before}/{parameter}");
    let fits = |key: &str| place.strip_suffix(key).is_some_and(|rest| rest.ends_with('/'));
    let fitting = values.iter().filter(|(key, _)| fits(key));
    fitting.max_by_key(|(key, _)| key.len()).map(|(_, value)| value.as_str())
}

fn course(tx: &mut Tx<'_>, number: usize, unit: &Unit, visibility: Visibility, by: PersonId) -> store::Result<Course> {
    let listing = if visibility == Visibility::Hidden { Listing::Hidden } else { Listing::Members };
    let settings = Settings {
        listing,
        code: format!("C {number}"),
        summary: "What lives in the sea.".to_owned(),
        ..Settings::new(unit.id, &format!("Course {number}"), "en", "Europe/Berlin")
    };
    let mut course = Course::create(tx, &settings, by)?;
    if visibility != Visibility::Draft {
        course.publish(tx, None, by)?;
    }
    Course::find(tx, course.id)
}

/// A section without anybody, a learner in another, and a change of enrolments that can be undone.
fn participants(
    tx: &mut Tx<'_>,
    number: usize,
    course: &Course,
    unit: &Unit,
    by: PersonId,
    values: &mut BTreeMap<&'static str, String>,
) -> store::Result<PersonId> {
    let settings = SectionSettings { name: "Evening".to_owned(), ..SectionSettings::default() };
    let empty = Section::create(tx, course.id, &settings, by)?;
    let first = Section::of(tx, course.id)?.into_iter().find(|section| section.id != empty.id).unwrap();
    let add = |tx: &mut Tx<'_>, given: &str| {
        let email = format!("{given}-{number}@example.org").to_lowercase();
        let details = Details { given: given.to_owned(), email, unit: Some(unit.id), ..Details::default() };
        people::person::add(tx, &details, Some(by)).map_err(plain)
    };
    let learner = add(tx, "Lea")?;
    let other = add(tx, "Otto")?;
    let place = |person| NewEnrolment::new(course.id, person, CourseRole::Learner).in_section(first.id);
    let (enrolment, _) = enrol(tx, &place(learner), IfFull::Exceed, Some(by))?;
    let (second, _) = enrol(tx, &place(other), IfFull::Exceed, Some(by))?;
    let viewer = people::Viewer::of(tx, by)?;
    let batch = change_many(tx, course, Act::Suspend, &[second.id], &viewer)?;
    let suspended = people::bulk::suspend(tx, &[other], by, "gone").map_err(plain)?;
    values.insert("section", empty.id.to_string());
    values.insert("person", learner.to_string());
    values.insert("enrolment", enrolment.id.to_string());
    values.insert("change", batch.id.unwrap().to_string());
    values.insert("changes/id", suspended.id.to_string());
    values.insert("people/id", learner.to_string());
    Ok(learner)
}

/// A module with an item of each kind.
fn outline(
    tx: &mut Tx<'_>,
    course: &Course,
    by: PersonId,
    (picture, captions): (&Stored, &Stored),
    values: &mut BTreeMap<&'static str, String>,
) -> store::Result<Vec<Item>> {
    let module = Module::add(tx, course.id, "The sea", None, by)?;
    Module::find(tx, course.id, module)?.publish(tx, by)?;
    // It was something else before: a file has versions too.
    course_file(tx, course, "tide.svg", captions, by)?;
    let file = course_file(tx, course, "tide.svg", picture, by)?;
    let track = course_file(tx, course, "tide.vtt", captions, by)?;
    let mut items = Vec::new();
    for kind in stoa::mount::kinds().all() {
        let completion = if kind.is_line() { Completion::None } else { Completion::Mark };
        let title = format!("A {}", kind.key());
        let new = NewItem { module, kind: kind.key(), title: &title, indent: 0, completion, source: None };
        let item = Item::add(tx, course.id, &new, by)?;
        kind.create(tx, &item, by)?;
        item.publish(tx, by)?;
        match kind.key() {
            "page" => {
                materials::page::write(tx, &item, &Body::Markdown("# Tide\n\nTwice a day.".to_owned()), by)?;
                materials::page::keep_draft(tx, item.id, by, "# Tide and time")?;
            }
            "link" => materials::link::write(tx, &item, "https://example.org/sea", materials::link::Opens::Tab, by)?,
            "file" => materials::file::write(tx, &item, file, by)?,
            "video" => {
                let track = materials::video::Track { language: "en".to_owned(), file: track, cues: Vec::new() };
                materials::video::write(tx, &item, file, &[track], by)?;
            }
            _ => {}
        }
        items.push(Item::find(tx, course.id, item.id)?);
    }
    items.sort_by_key(|item| item.kind != "page");
    values.insert("module", module.to_string());
    values.insert("item", items[0].id.to_string());
    values.insert("number", "1".to_owned());
    values.insert("file", file.to_string());
    values.insert("name", "tide.svg".to_owned());
    Ok(items)
}

/// More time for the learner, and a change of dates that can be undone.
fn exceptions(
    tx: &mut Tx<'_>,
    item: &Item,
    learner: PersonId,
    by: PersonId,
    values: &mut BTreeMap<&'static str, String>,
) -> store::Result<()> {
    let (change, now): (Id, Time) = (tx.new_id(), tx.now());
    let later = overrides::Change { due: overrides::DateChange::At(now.plus_days(7)), ..overrides::Change::default() };
    let exception = overrides::set(tx, item, overrides::Whom::Person(learner), &later, by)?;
    values.insert("exception", exception.to_string());
    tx.execute(
        sql!("insert into date_change (id, course, was, made_at, made_by) values (?1, ?2, '[]', ?3, ?4)"),
        params![change, item.course, now, by],
    )?;
    values.insert("dates/changes/change", change.to_string());
    Ok(())
}

/// A group with a column, and the learner's grade in it.
fn graded(
    tx: &mut Tx<'_>,
    course: &Course,
    item: &Item,
    learner: PersonId,
    by: PersonId,
    values: &mut BTreeMap<&'static str, String>,
) -> store::Result<()> {
    let group = GroupSettings { title: "Work".to_owned(), ..GroupSettings::default() };
    values.insert("group", Group::add(tx, course.id, &group, by)?.to_string());
    let column = Column::for_item(tx, item, Points::whole(10), by)?;
    gradebook::give(tx, &column, learner, &Given::points(Points::whole(8), Source::Marker), by)?;
    values.insert("column", column.id.to_string());
    // A list that says nothing new is a change too, which can be undone.
    let book = gradebook::book::Book::load(tx, course.id)?;
    let (batch, _) = gradebook::list::apply(tx, &book, &gradebook::list::Plan::default(), by)?;
    values.insert("batch", batch.to_string());
    Ok(())
}

/// Questions in a quiz, and the learner's attempts.
fn asked(
    tx: &mut Tx<'_>,
    course: &Course,
    item: &Item,
    learner: PersonId,
    by: PersonId,
    values: &mut BTreeMap<&'static str, String>,
) -> store::Result<()> {
    let folder = assessment::folder::add(tx, course.id, None, "Tides", by)?;
    let list = b"::Tide::How often is it high in a day? {=twice ~once ~thrice}\n\n::Why::Why is it so? {}";
    let report = assessment::import::read(Format::Gift, list);
    let questions = assessment::import::take(tx, course.id, Some(folder), &report.found, by)?;
    let filled: Vec<Filled> = questions.iter().copied().map(Filled::Question).collect();
    assessment::quiz::add_slots(tx, item, &filled, Points::whole(1), by)?;
    let settings = assessment::quiz::Settings { attempts: 2, ..assessment::quiz::Settings::default() };
    assessment::quiz::configure(tx, item, &settings, by)?;
    let starter = Starter { person: learner, is_preview: false, word: "" };
    let begin = |tx: &mut Tx<'_>| {
        let begun = assessment::attempt::start(tx, item, starter)?;
        begun.map_err(|refused| store::Error::Setup(format!("{refused:?}")))
    };
    // One that is over, with an answer that a person marks, and one that runs.
    let ended = begin(tx)?;
    assessment::finish::hand_in(tx, ended, learner)?;
    let running = begin(tx)?;
    values.insert("folders/folder", folder.to_string());
    values.insert("question", questions[0].to_string());
    values.insert("slot", assessment::quiz::slots(tx, item.id)?[0].id.to_string());
    values.insert("attempt", running.to_string());
    values.insert("marking/attempt", ended.to_string());
    values.insert("marking/{attempt}/position", "2".to_owned());
    Ok(())
}

/// A rubric, and what the learner handed in with a file.
fn handed_in(
    tx: &mut Tx<'_>,
    course: &Course,
    item: &Item,
    learner: PersonId,
    by: PersonId,
    stored: &Stored,
    values: &mut BTreeMap<&'static str, String>,
) -> store::Result<()> {
    let rubric = Rubric::create(tx, course.id, "Reading the sea", RubricKind::Rubric, by)?;
    values.insert("rubric", rubric.to_string());
    let (token, file, now): (Id, Id, Time) = (tx.new_id(), tx.new_id(), tx.now());
    let file = WorkFile {
        id: file,
        name: "tide.vtt".to_owned(),
        hash: stored.hash.to_string(),
        media_type: stored.media_type.clone(),
        size: stored.size,
    };
    let new = NewSubmission {
        person: learner,
        token,
        text: "Twice a day.",
        address: "",
        files: &[file],
        words: "welcome",
        on_paper: false,
        at: now,
        by: None,
    };
    let HandedIn::As(submission) = hand_in(tx, item, &new, learner)? else {
        return Err(store::Error::Setup("nothing was handed in".to_owned()));
    };
    // And a file in the draft of what comes next.
    let next = WorkFile { id: tx.new_id(), ..new.files[0].clone() };
    assignments::draft::add_file(tx, item.id, learner, &next)?;
    values.insert("work/files/file", next.id.to_string());
    let review: Id = tx.new_id();
    tx.execute(
        sql!(
            "insert into peer_review (id, item, reviewer, author, submission, comment, levels, revision, made_at, report)
             values (?1, ?2, ?3, ?4, ?5, '', '[]', 0, ?6, '')"
        ),
        params![review, item.id, learner, by, submission, now],
    )?;
    values.insert("review", review.to_string());
    values.insert("submission", submission.to_string());
    values.insert("position", "0".to_owned());
    for key in ["who", "one", "other"] {
        values.insert(key, learner.to_string());
    }
    Ok(())
}

fn course_file(
    tx: &mut Tx<'_>,
    course: &Course,
    name: &str,
    stored: &Stored,
    by: PersonId,
) -> store::Result<materials::FileId> {
    let hash = stored.hash.to_string();
    let new = materials::course_file::NewFile {
        name,
        path: Some(name),
        hash: &hash,
        media_type: &stored.media_type,
        size: stored.size,
    };
    materials::course_file::add(tx, course.id, &new, by)
}

/// What those who run the place deal with: a term, a role, a list of people, a job, a package, links in mails.
fn running(
    tx: &mut Tx<'_>,
    number: usize,
    unit: &Unit,
    course: &Course,
    person: PersonId,
    by: PersonId,
    values: &mut BTreeMap<&'static str, String>,
) -> store::Result<people::RoleId> {
    let now = tx.now();
    let name = format!("Term {number}");
    let term = TermSettings { name, starts: now, ends: now.plus_days(90), zone: "UTC".to_owned() };
    values.insert("term", Term::create(tx, &term, by)?.id.to_string());
    let role = people::role::create(tx, &format!("Tutor {number}"), "", None, by).map_err(plain)?;
    people::grant::give(tx, person, "observer", (ScopeKind::Unit, Some(unit.id.0)), None, None, Some(by))?;
    let grants = people::grant::of_person(tx, person)?;
    let grant = grants.iter().find(|grant| grant.is_by_hand()).unwrap();
    values.insert("grant", grant.id.to_string());
    people::testing::session(tx, person)?;
    let session = people::session::of_person(tx, person)?[0].id.to_string();
    values.insert("session", session.clone());
    values.insert("sessions/id", session);
    people::api_token::add(tx, person, "script", &[], 30)?;
    values.insert("tokens/id", people::api_token::of_person(tx, person)?[0].id.to_string());
    let list = format!("given,email\nNew {number},new-{number}@example.org\n");
    let table = people::import::table::read(list.as_bytes()).unwrap();
    values.insert("import/id", people::import::run::keep(tx, "people.csv", table, by)?.to_string());
    let job = work::enqueue(tx, &work::Job::new("courses.fill-places", serde_json::json!({})).by(by))?;
    values.insert("job", job.to_string());
    values.insert("import", package(tx, course, by)?.to_string());
    for (key, purpose) in
        [("invitations/token", Purpose::Invitation), ("reset/token", Purpose::Reset), ("confirm/token", Purpose::Email)]
    {
        let email = format!("link-{number}@example.org");
        let new = NewLink {
            purpose,
            person: Some(person),
            email: &email,
            given: "Lea",
            family: "",
            locale: "en",
            by: Some(by),
        };
        let link = people::link::make(tx, &new)?;
        values.insert(key, people::link::arm(tx, link)?.text());
    }
    Ok(role)
}

/// A package that was looked at and not taken over yet.
fn package(tx: &mut Tx<'_>, course: &Course, by: PersonId) -> store::Result<Id> {
    let (id, now): (Id, Time) = (tx.new_id(), tx.now());
    let report = exchange::Report { title: "Sea".to_owned(), ..exchange::Report::default() };
    tx.execute(
        sql!(
            "insert into import (id, course, title, file_name, hash, size, state, report, made_at, made_by)
             values (?1, ?2, 'Sea', 'sea.imscc', ?3, 1, 'looked', ?4, ?5, ?6)"
        ),
        params![id, course.id, "0".repeat(64), Json(&report), now, by],
    )?;
    Ok(id)
}

/// Somebody who asks: their session, and what in an address stands for something of their own.
#[derive(Clone, Debug)]
pub(crate) struct Asker {
    pub(crate) name: String,
    pub(crate) person: PersonId,
    cookie: String,
    own: BTreeMap<&'static str, String>,
}

impl Asker {
    /// A person of this name, made where there is none, with a new session.
    pub(crate) fn named(tx: &mut Tx<'_>, name: &str) -> store::Result<Self> {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let person = match people::find_by_email(tx, &email)? {
            Some(person) => person.id,
            None => {
                let details = Details { given: name.to_owned(), email, ..Details::default() };
                people::person::add(tx, &details, None).map_err(plain)?
            }
        };
        Self::of(tx, person, name)
    }

    /// A new session of a person, with another one and a token to be ended.
    pub(crate) fn of(tx: &mut Tx<'_>, person: PersonId, name: &str) -> store::Result<Self> {
        people::session::end_others(tx, person, None, person)?;
        people::testing::session(tx, person)?;
        let other = people::session::of_person(tx, person)?[0].id.to_string();
        people::api_token::add(tx, person, "script", &[], 30)?;
        let token = people::api_token::of_person(tx, person)?[0].id.to_string();
        let own = BTreeMap::from([("sessions/id", other), ("tokens/id", token)]);
        Ok(Self { name: name.to_owned(), person, cookie: people::testing::session(tx, person)?, own })
    }

    /// Gives a role at the institution.
    pub(crate) fn with_role(self, tx: &mut Tx<'_>, key: &str) -> store::Result<Self> {
        people::testing::role(tx, self.person, key, (ScopeKind::Institution, None))?;
        Ok(self)
    }

    /// They, asking a server.
    pub(crate) fn client(&self, address: SocketAddr) -> Client {
        Client::new(address, &self.cookie)
    }

    /// A browser in which they are signed in.
    pub(crate) fn browser(&self, program: &Program) -> Browser {
        let mut browser = program.browser();
        browser.set_cookie(COOKIE, &self.cookie);
        browser
    }

    /// What a parameter stands for that names something of whoever asks.
    pub(crate) fn value(&self, before: &str, parameter: &str) -> Option<&str> {
        found(&self.own, before, parameter)
    }
}
