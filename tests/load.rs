//! People who work all at once, each remembering what the program told them was kept; and the questions that show
//! whether it was, as a whole.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use courses::CourseRole;
use courses::enrolment::{IfFull, NewEnrolment, enrol};
use files::{Hash, Limits};
use outline::{Completion, Item, ItemId, Module, NewItem};
use people::ADMINISTRATOR;
use store::{Db, Tx, params, sql};

use crate::process::{Client, Home, wait};
use crate::scene::{Asker, Scene, Visibility, institution};

/// Items that the learners tick off and take back.
const ITEMS: usize = 5;
const LEARNERS: usize = 4;

/// A course and everybody who works in it.
pub(crate) struct Campus {
    pub(crate) scene: Scene,
    pub(crate) workers: Vec<Worker>,
    pub(crate) administrator: Asker,
}

/// What somebody does, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Ticks items off and takes that back.
    Learner,
    /// Has what they type kept as a draft.
    Drafter,
    /// Saves one version of a page after the other.
    Writer,
    /// Adds people, who are invited, and makes courses.
    Registrar,
    /// Uploads files.
    Uploader,
}

/// One thing that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    Done(ItemId),
    Undone(ItemId),
    Draft(String),
    Version(String),
    Person(String),
    Course(String),
    File(String),
}

/// One of those who work.
#[derive(Clone)]
pub(crate) struct Worker {
    part: Part,
    asker: Asker,
    course: String,
    unit: String,
    items: Vec<ItemId>,
    count: usize,
    /// What was asked for, and whether the program said that it is kept.
    log: Vec<(Act, bool)>,
}

impl Campus {
    /// Makes the tables, the institution and the course.
    pub(crate) fn fill(home: &Home) -> Self {
        let (db, files) = (home.db(), home.files());
        wait(async {
            stoa::mount::prepare(&db).await.unwrap();
            let put = |bytes: &'static [u8]| files.put_bytes(bytes::Bytes::from_static(bytes), &LIMITS);
            let picture = put(br#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"></svg>"#).await.unwrap();
            let captions = put(b"WEBVTT\n\n00:01.000 --> 00:02.000\nWelcome.\n").await.unwrap();
            db.write(move |tx| {
                institution(tx)?;
                let administrator = Asker::named(tx, "Registrar")?.with_role(tx, ADMINISTRATOR)?;
                let scene = Scene::make(tx, 0, Visibility::Listed, administrator.person, (&picture, &captions))?;
                let workers = workers(tx, &scene, &administrator)?;
                Ok::<_, store::Error>(Self { scene, workers, administrator })
            })
            .await
            .unwrap()
        })
    }
}

const LIMITS: Limits = Limits { bytes_max: 1 << 20 };

fn workers(tx: &mut Tx<'_>, scene: &Scene, administrator: &Asker) -> store::Result<Vec<Worker>> {
    let course = scene.course.id;
    let module = Module::of_course(tx, course)?[0].id;
    let mut pages = Vec::new();
    for number in 0..ITEMS {
        let (kind, title) = ("page", format!("Page {number}"));
        let new = NewItem { module, kind, title: &title, indent: 0, completion: Completion::Mark, source: None };
        let item = Item::add(tx, course, &new, administrator.person)?;
        item.publish(tx, administrator.person)?;
        pages.push(item.id);
    }
    let mut all = vec![(Part::Registrar, administrator.clone())];
    for part in [Part::Drafter, Part::Writer, Part::Uploader] {
        all.push((part, member(tx, scene, &format!("{part:?}"), CourseRole::Teacher)?));
    }
    for number in 0..LEARNERS {
        all.push((Part::Learner, member(tx, scene, &format!("Learner {number}"), CourseRole::Learner)?));
    }
    let worker = |(part, asker)| Worker {
        part,
        asker,
        course: format!("/courses/{course}"),
        unit: scene.unit.id.to_string(),
        items: pages.clone(),
        count: 0,
        log: Vec::new(),
    };
    Ok(all.into_iter().map(worker).collect())
}

fn member(tx: &mut Tx<'_>, scene: &Scene, name: &str, role: CourseRole) -> store::Result<Asker> {
    let asker = Asker::named(tx, name)?;
    enrol(tx, &NewEnrolment::new(scene.course.id, asker.person, role), IfFull::Exceed, None)?;
    Ok(asker)
}

impl Worker {
    /// Works until the server is gone or `stop` is set; tells of each thing that the server said is kept.
    pub(crate) fn work(&mut self, address: SocketAddr, stop: &AtomicBool, kept: &Sender<()>) {
        let client = self.asker.client(address);
        // Nobody counts any more once enough were kept.
        while !stop.load(Ordering::Relaxed) && self.step(&client) {
            let _ = kept.send(());
        }
    }

    /// Does so many things, which the server must say are kept.
    pub(crate) fn work_for(&mut self, address: SocketAddr, count: usize) {
        let client = self.asker.client(address);
        assert!((0..count).all(|_| self.step(&client)), "the server is gone");
    }

    /// Does one thing; false where the server is gone. Then it may be kept or not.
    fn step(&mut self, client: &Client) -> bool {
        let act = self.next();
        self.log.push((act.clone(), false));
        let Ok(status) = self.send(client, &act) else { return false };
        assert!(matches!(status, 200 | 204 | 303), "{act:?}: {status}");
        if let Some(last) = self.log.last_mut() {
            last.1 = true;
        }
        true
    }

    fn next(&mut self) -> Act {
        let count = self.count;
        self.count += 1;
        let item = self.items[count % self.items.len()];
        match self.part {
            Part::Learner if (count / self.items.len()).is_multiple_of(2) => Act::Done(item),
            Part::Learner => Act::Undone(item),
            Part::Drafter => Act::Draft(format!("What I think, {count}")),
            Part::Writer => Act::Version(format!("# Version {count}")),
            Part::Registrar if count.is_multiple_of(2) => Act::Person(format!("new-person-{count}@example.org")),
            Part::Registrar => Act::Course(format!("New course {count}")),
            Part::Uploader => Act::File(format!("file-{count}.txt")),
        }
    }

    fn send(&self, client: &Client, act: &Act) -> std::io::Result<u16> {
        let course = &self.course;
        let reply = match act {
            Act::Done(item) => client.post(&format!("{course}/items/{item}/completion"), &[]),
            Act::Undone(item) => client.post(&format!("{course}/items/{item}/completion"), &[("_method", "delete")]),
            Act::Draft(text) => client.post(&format!("{course}/items/{}/draft", self.items[0]), &[("source", text)]),
            Act::Version(text) => {
                client.post(&format!("{course}/items/{}/content", self.items[1]), &[("source", text)])
            }
            Act::Person(email) => {
                client.post("/institution/people", &[("given", "New"), ("email", email), ("invite", "on")])
            }
            Act::Course(title) => {
                let fields = [("title", title.as_str()), ("unit", &self.unit), ("language", "en"), ("teach", "on")];
                client.post("/courses", &fields)
            }
            Act::File(name) => client.upload(&format!("{course}/files"), name, &content(name)),
        };
        Ok(reply?.status)
    }

    /// How much the program has said is kept so far.
    pub(crate) fn mark(&self) -> usize {
        self.log.len()
    }

    /// How often the answer did not come.
    pub(crate) fn unknown(&self) -> usize {
        self.log.iter().filter(|(_, is_kept)| !is_kept).count()
    }

    /// What is not as the program said. Of what was asked for after `mark` anything may be there.
    pub(crate) fn lost(&self, tx: &mut Tx<'_>, mark: usize) -> store::Result<Vec<String>> {
        let mut lost = Vec::new();
        let told = &self.log[..mark];
        let mut check = |act: &Act, is_there: bool| {
            if !is_there {
                lost.push(format!("{} was told that {act:?} is kept", self.asker.name));
            }
        };
        for (at, (act, _)) in told.iter().enumerate().filter(|(_, (_, is_kept))| *is_kept) {
            let later = || self.log[at + 1..].iter().map(|(act, _)| act);
            match act {
                Act::Done(item) | Act::Undone(item) => {
                    let done = self.is_done(tx, *item)?;
                    let of_item = later().filter(|other| matches!(other, Act::Done(o) | Act::Undone(o) if o == item));
                    check(act, done == matches!(act, Act::Done(_)) || of_item.count() > 0);
                }
                Act::Draft(text) => {
                    let kept = materials::page::draft(tx, self.items[0], self.asker.person)?;
                    let is_later = |kept: &str| later().any(|other| *other == Act::Draft(kept.to_owned()));
                    check(act, kept.is_some_and(|(kept, _)| kept == *text || is_later(&kept)));
                }
                Act::Version(text) => {
                    let kept = materials::page::latest(tx, self.items[1])?;
                    let is_later = |kept: &str| later().any(|other| *other == Act::Version(kept.to_owned()));
                    check(act, kept.is_some_and(|kept| kept.source == *text || is_later(&kept.source)));
                }
                Act::Person(email) => check(act, people::find_by_email(tx, email)?.is_some()),
                Act::Course(title) => check(act, count(tx, COURSES, title)? == 1),
                Act::File(name) => check(act, count(tx, FILES, name)? == 1),
            }
        }
        Ok(lost)
    }

    fn is_done(&self, tx: &mut Tx<'_>, item: ItemId) -> store::Result<bool> {
        let sql = sql!("select done_at is not null from item_progress where person = ?1 and item = ?2");
        let row: Option<(bool,)> = tx.maybe(sql, params![self.asker.person, item])?;
        Ok(row.is_some_and(|(is_done,)| is_done))
    }
}

/// What stands in a file of this name.
fn content(name: &str) -> Vec<u8> {
    format!("This is {name}.\n").repeat(50).into_bytes()
}

const COURSES: &store::Sql = sql!("select cast(count(*) as bigint) from course where title = ?1");
const FILES: &store::Sql = sql!("select cast(count(*) as bigint) from course_file where name = ?1");

fn count(tx: &mut Tx<'_>, sql: &'static store::Sql, name: &str) -> store::Result<i64> {
    tx.value(sql, params![name])
}

/// Questions to which the answer is none, wherever a request was cut off: each counts what is there in part.
const TORN: &[(&str, &store::Sql)] = &[
    (
        "items whose state is not that of their last event",
        sql!(
            "select cast(count(*) as bigint) from item_progress p where p.done_at is not null
             and coalesce((select e.verb from event e where e.object_id = p.item and e.actor = p.person
                           and e.verb in ('item.completed', 'item.reopened') order by e.tx desc, e.seq desc limit 1), '')
                 <> 'item.completed'
             or p.done_at is null
             and coalesce((select e.verb from event e where e.object_id = p.item and e.actor = p.person
                           and e.verb in ('item.completed', 'item.reopened') order by e.tx desc, e.seq desc limit 1), '')
                 = 'item.completed'"
        ),
    ),
    (
        "items that were completed and of which nothing is known",
        sql!(
            "select cast(count(*) as bigint) from event e where e.verb = 'item.completed'
             and not exists (select 1 from item_progress p where p.item = e.object_id and p.person = e.actor)"
        ),
    ),
    (
        "people that nobody added",
        sql!(
            "select cast(count(*) as bigint) from person p
             where 1 <> (select count(*) from event e where e.verb = 'person.added' and e.object_id = p.id)"
        ),
    ),
    (
        "people who were added and are not there",
        sql!(
            "select cast(count(*) as bigint) from event e where e.verb = 'person.added'
             and not exists (select 1 from person p where p.id = e.object_id)"
        ),
    ),
    (
        "people who are found by no word",
        sql!(
            "select cast(count(*) as bigint) from person p
             where not exists (select 1 from person_word w where w.person = p.id)"
        ),
    ),
    (
        "people who were invited and to whom no link leads",
        sql!(
            "select cast(count(*) as bigint) from event e where e.verb = 'person.invited'
             and not exists (select 1 from account_link l where l.person = e.object_id)"
        ),
    ),
    (
        "links that nobody was asked to send",
        sql!(
            "select (select cast(count(*) as bigint) from event where verb = 'person.invited')
                    - (select cast(count(*) as bigint) from job where kind = 'people.link')"
        ),
    ),
    (
        "courses without their event or without a section",
        sql!(
            "select cast(count(*) as bigint) from course c
             where 1 <> (select count(*) from event e where e.verb = 'course.created' and e.object_id = c.id)
             or not exists (select 1 from section s where s.course = c.id)"
        ),
    ),
    (
        "courses that were made and are not there",
        sql!(
            "select cast(count(*) as bigint) from event e where e.verb = 'course.created'
             and not exists (select 1 from course c where c.id = e.object_id)"
        ),
    ),
    (
        "enrolments that count and give no role",
        sql!(
            "select cast(count(*) as bigint) from enrolment n where n.state = 'active'
             and not exists (select 1 from role_grant g where g.source = n.id and g.person = n.person)"
        ),
    ),
    (
        "roles in courses that no enrolment gives",
        sql!(
            "select cast(count(*) as bigint) from role_grant g where g.scope_kind = 'course'
             and not exists (select 1 from enrolment n where n.id = g.source and n.person = g.person)"
        ),
    ),
    (
        "pages whose versions are not those of their events",
        sql!(
            "select cast(count(*) as bigint) from (select item, max(number) as newest from page_version group by item) v
             where v.newest <> (select count(*) from event e where e.verb = 'page.written' and e.object_id = v.item)"
        ),
    ),
];

const WHOLE: &store::Sql = sql!(sqlite: "select * from pragma_integrity_check", postgres: "select 'ok'");
const REFERENCES: &store::Sql =
    sql!(sqlite: "select \"table\" from pragma_foreign_key_check", postgres: "select 'none' where false");

/// Everything that is there in part.
pub(crate) fn torn(tx: &mut Tx<'_>) -> store::Result<Vec<String>> {
    let mut torn = Vec::new();
    for (what, sql) in TORN {
        let count: i64 = tx.value(sql, params![])?;
        if count != 0 {
            torn.push(format!("{count} {what}"));
        }
    }
    let whole: Vec<String> = tx.values(WHOLE, params![])?;
    torn.extend(whole.into_iter().filter(|answer| answer != "ok"));
    let dangling: Vec<String> = tx.values(REFERENCES, params![])?;
    torn.extend(dangling.into_iter().map(|table| format!("a row of {table} refers to nothing")));
    Ok(torn)
}

/// Fails where anything is lost that was kept before its mark, or anything is there in part.
pub(crate) fn check(db: &Db, home: &Home, workers: &[Worker], marks: &[usize]) {
    let asked: Vec<(Worker, usize)> = workers.iter().zip(marks).map(|(worker, mark)| (worker.clone(), *mark)).collect();
    let found = db.read_blocking(move |tx| {
        let mut faults = torn(tx)?;
        for (worker, mark) in asked {
            faults.extend(worker.lost(tx, mark)?);
        }
        Ok::<_, store::Error>(faults)
    });
    let mut faults = found.unwrap();
    faults.extend(missing_files(db, home));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Files that courses name and that are not there, or are not what they were.
fn missing_files(db: &Db, home: &Home) -> Vec<String> {
    let files = home.files();
    let hashes = db.read_blocking(materials::course_file::hashes).unwrap();
    assert!(!hashes.is_empty());
    let is_whole = async |hash: &str| {
        let hash: Hash = hash.parse().unwrap();
        let Ok(bytes) = files.read_all(&hash, LIMITS.bytes_max).await else { return false };
        files.put_bytes(bytes, &LIMITS).await.is_ok_and(|stored| stored.hash == hash)
    };
    wait(async {
        let mut missing = Vec::new();
        for hash in hashes {
            if !is_whole(&hash).await {
                missing.push(format!("the file {hash} is missing or another"));
            }
        }
        missing
    })
}

/// What could be cut off: each statement takes away a part of what belongs together.
const CUTS: &[&store::Sql] = &[
    sql!("delete from event where verb = 'item.completed'"),
    sql!("delete from item_progress"),
    sql!("delete from event where verb = 'person.added'"),
    sql!("delete from person_word"),
    sql!("delete from account_link"),
    sql!("delete from job"),
    sql!("delete from event where verb = 'course.created'"),
    sql!("delete from role_grant where scope_kind = 'course'"),
    sql!("delete from enrolment"),
    sql!("delete from event where verb = 'page.written'"),
];

#[store::test]
async fn what_is_there_in_part_is_found(db: Db) {
    let program = crate::scene::Program::open(db.clone()).await;
    let (picture, captions) = (program.picture.clone(), program.captions.clone());
    let cut_off = db.write(move |tx| {
        let maker = Asker::named(tx, "Maker")?.with_role(tx, ADMINISTRATOR)?.person;
        let scene = Scene::make(tx, 0, Visibility::Listed, maker, (&picture, &captions))?;
        outline::complete(tx, &scene.items[0], scene.learner)?;
        people::account::invite(tx, scene.learner, maker).map_err(|e| store::Error::Setup(e.to_string()))?;
        assert_eq!(torn(tx)?, [""; 0]);
        let mut unseen = Vec::new();
        for cut in CUTS {
            let _undone = tx.savepoint(|tx| {
                assert!(tx.execute(cut, params![])? > 0, "{cut:?} takes nothing away");
                if torn(tx)?.is_empty() {
                    unseen.push(format!("{cut:?}"));
                }
                Err::<(), _>(store::Error::Aborted)
            });
        }
        Ok::<_, store::Error>(unseen)
    });
    assert_eq!(cut_off.await.unwrap(), [""; 0]);
}
