//! An installation of an older version goes forward: the tables of each noun's first migration, with rows in them, are
//! brought up to date, and nothing of what was there is lost.

use store::backup::Restore;
use store::{EngineKind, Id, Time, Tx, params, sql};

use crate::process::Home;
use crate::scene::Asker;

/// The migrations of the first version of every noun.
fn firsts() -> Vec<String> {
    let all = store::migrations(&[&stoa::SCHEMA]);
    all.into_iter().filter(|name| name.split('/').nth(1).is_some_and(|name| name.starts_with("0001_"))).collect()
}

/// What an older version has written, in the columns that it knew. A released migration is never edited, so that these
/// statements stay true.
struct Old {
    person: Id,
    course: Id,
    item: Id,
}

impl Old {
    fn write(tx: &mut Tx<'_>) -> store::Result<Self> {
        let now = tx.now();
        let ids: [Id; 9] = std::array::from_fn(|_| tx.new_id());
        let [institution, unit, person, course, section, enrolment, module, item, event] = ids;
        let mut put = |sql: &'static store::Sql, values: &[store::Value<'_>]| tx.execute(sql, values).map(|_| ());
        put(
            sql!(
                "insert into institution (id, name, locale, zone, sign_up, made_at, changed_at)
                 values (?1, 'Old academy', 'en', 'Europe/Berlin', 'closed', ?2, ?2)"
            ),
            params![institution, now],
        )?;
        let path = format!("/{}/", unit.simple());
        put(sql!("insert into unit (id, name, path, made_at) values (?1, 'Sea', ?2, ?3)"), params![unit, path, now])?;
        put(
            sql!(
                "insert into person (id, given, family, email, unit, sort_name, made_at)
                 values (?1, 'Lea', 'Old', 'lea@example.org', ?2, 'old lea', ?3)"
            ),
            params![person, unit, now],
        )?;
        put(
            sql!(
                "insert into course (id, unit, title, hue, language, zone, layout, listing, enrolment, licence, made_at,
                                     made_by, changed_at)
                 values (?1, ?2, 'Tides', 3, 'en', 'Europe/Berlin', 'modules', 'members', 'closed',
                         'all-rights-reserved', ?3, ?4, ?3)"
            ),
            params![course, unit, now, person],
        )?;
        put(
            sql!("insert into publication (course, published_by, published_at) values (?1, ?2, ?3)"),
            params![course, person, now],
        )?;
        put(
            sql!("insert into section (id, course, name, position, made_at) values (?1, ?2, 'All', 0, ?3)"),
            params![section, course, now],
        )?;
        put(
            sql!(
                "insert into enrolment (id, course, section, person, role, state, method, made_at, changed_at)
                 values (?1, ?2, ?3, ?4, 'learner', 'active', 'hand', ?5, ?5)"
            ),
            params![enrolment, course, section, person, now],
        )?;
        put(
            sql!("insert into module (id, course, title, position, made_at) values (?1, ?2, 'First module', 0, ?3)"),
            params![module, course, now],
        )?;
        put(sql!("insert into module_publication (module, at) values (?1, ?2)"), params![module, now])?;
        put(
            sql!(
                "insert into item (id, course, module, kind, title, position, completion, made_at)
                 values (?1, ?2, ?3, 'page', 'High water', 0, 'mark', ?4)"
            ),
            params![item, course, module, now],
        )?;
        put(sql!("insert into item_publication (item, at) values (?1, ?2)"), params![item, now])?;
        put(
            sql!(
                "insert into page_version (item, number, format, source, html, words, made_at)
                 values (?1, 1, 'markdown', 'Twice a day.', '<p>Twice a day.</p>', 3, ?2)"
            ),
            params![item, now],
        )?;
        put(
            sql!(
                "insert into item_progress (person, item, course, viewed_at, done_at, reason)
                 values (?1, ?2, ?3, ?4, ?4, 'mark')"
            ),
            params![person, item, course, now],
        )?;
        put(
            sql!(
                "insert into event (id, at, actor, verb, object_kind, object_id, context_kind, context_id, payload)
                 values (?1, ?2, ?3, 'item.completed', 'item', ?4, 'course', ?5, '{\"reason\": \"mark\"}')"
            ),
            params![event, now, person, item, course],
        )?;
        Ok(Self { person, course, item })
    }

    /// What each table holds of it, in words.
    fn told(&self, tx: &mut Tx<'_>) -> store::Result<Vec<String>> {
        let person: (String, String) =
            tx.one(sql!("select given || ' ' || family, email from person where id = ?1"), params![self.person])?;
        let course: (String, i64) =
            tx.one(sql!("select title, hue from course where id = ?1"), params![self.course])?;
        let page: (String, String) = tx.one(
            sql!(
                "select i.title, v.source from item i join page_version v on v.item = i.id
                 join item_publication p on p.item = i.id where i.id = ?1"
            ),
            params![self.item],
        )?;
        let done: (Time, String) = tx.one(
            sql!("select done_at, reason from item_progress where person = ?1 and item = ?2"),
            params![self.person, self.item],
        )?;
        let events: Vec<String> = tx.values(sql!("select verb from event where object_id = ?1"), params![self.item])?;
        Ok(vec![
            format!("{person:?}"),
            format!("{course:?}"),
            format!("{page:?}"),
            format!("{done:?}"),
            format!("{events:?}"),
        ])
    }
}

fn goes_forward(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    let db = home.db();
    let made = db.write_blocking(|tx| {
        // Exactly the first migrations run, as where an old backup is restored.
        let restore = Restore::begin(tx, &[&stoa::SCHEMA], &firsts())?;
        restore.finish(tx)?;
        let old = Old::write(tx)?;
        let told = old.told(tx)?;
        Ok::<_, store::Error>((old, told))
    });
    let (old, before) = made.unwrap();
    let said = home.run(&["doctor"]);
    let later: Vec<String> =
        store::migrations(&[&stoa::SCHEMA]).into_iter().filter(|name| !firsts().contains(name)).collect();
    assert!(later.is_empty() || said.out.contains("stoa migrate"), "{}", said.out);

    let said = home.done(&["migrate"]);
    assert!(later.iter().all(|name| said.lines().any(|line| line == name)), "{said}");
    assert!(said.contains(&format!("{} migrations ran", later.len())), "{said}");
    let (person, course, item) = (old.person, old.course, old.item);
    let after = db.read_blocking(move |tx| old.told(tx)).unwrap();
    assert_eq!(after, before);

    // And the program works on it.
    let learner = db
        .write_blocking(move |tx| {
            // The role that an enrolment gives was not written by hand above.
            let places = (people::ScopeKind::Course, Some(course));
            people::grant::give(tx, person.into(), "learner", places, None, None, None)?;
            Asker::of(tx, person.into(), "Lea")
        })
        .unwrap();
    let server = home.serve(&[]);
    let client = learner.client(server.address);
    let page = client.get(&format!("/courses/{course}/items/{item}")).unwrap();
    assert!(page.status == 200 && page.text().contains("Twice a day."), "{}", page.text());
    let path = format!("/courses/{course}/items/{item}/completion");
    assert_eq!(client.post(&path, &[("_method", "delete")]).unwrap().status, 303);
    assert_eq!(client.post(&path, &[]).unwrap().status, 303);
    server.stop();
}

#[test]
fn the_first_tables_of_every_noun_go_forward_sqlite() {
    goes_forward(EngineKind::Sqlite);
}

#[test]
fn the_first_tables_of_every_noun_go_forward_postgres() {
    goes_forward(EngineKind::Postgres);
}
