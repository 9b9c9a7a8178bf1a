//! The store as a noun uses it, on both engines.

#![allow(clippy::unwrap_used, clippy::panic, clippy::allow_attributes, missing_docs)]

use store::{Broken, Cursor, Db, Error, Event, FromRow, Ids, Json, Migration, Schema, Time, Tx, params, sql};

static SCHEMA: Schema = Schema {
    noun: "shelf",
    migrations: &[Migration {
        name: "0001_shelf",
        sql: "create table shelf (id uuid primary key, name text not null unique, room text not null default 'hall',
                  made timestamptz not null, open boolean not null, weight double precision, tags jsonb not null,
                  cover bytea, unique (room, made));
              create table book (id uuid primary key, shelf uuid not null references shelf (id), copies bigint not null,
                  check (copies >= 0));",
    }],
    needs: &[],
};

store::id!(ShelfId);
store::text_enum! {
    /// Rooms.
    pub enum Room { Hall = "hall", Attic = "attic" }
}

#[derive(Debug, PartialEq, FromRow)]
struct Shelf {
    id: ShelfId,
    name: String,
    room: Room,
    made: Time,
    open: bool,
    weight: Option<f64>,
    tags: Json<Vec<String>>,
    cover: Option<Vec<u8>>,
}

fn add(tx: &mut Tx<'_>, name: &str, seconds: i64) -> store::Result<Shelf> {
    let shelf = Shelf {
        id: tx.new_id(),
        name: name.to_owned(),
        room: Room::Attic,
        made: Time::from_seconds(seconds),
        open: true,
        weight: Some(2.5),
        tags: Json(vec!["old".to_owned(), "ἱστορία".to_owned()]),
        cover: Some(vec![0, 255]),
    };
    tx.execute(
        sql!("insert into shelf (id, name, room, made, open, weight, tags, cover) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
        params![shelf.id, shelf.name, shelf.room, shelf.made, shelf.open, shelf.weight, shelf.tags, shelf.cover],
    )?;
    Ok(shelf)
}

#[store::test]
fn what_goes_in_comes_out(tx: &mut Tx<'_>) {
    let shelf = add(tx, "North", 5).unwrap();
    let read: Shelf = tx.one(sql!("select * from shelf where id = ?1 and open"), params![shelf.id]).unwrap();
    assert_eq!(read, shelf);
    let nothing = tx.one::<Shelf>(sql!("select * from shelf where name = ?1"), params!["South"]);
    assert!(matches!(nothing, Err(Error::NotFound)));
}

#[store::test]
fn a_list_of_ids_is_one_parameter(tx: &mut Tx<'_>) {
    let ids: Vec<ShelfId> = (0..3).map(|n| add(tx, &format!("s{n}"), n).unwrap().id).collect();
    let found: Vec<String> =
        tx.values(sql!("select name from shelf where id in ids(?1) order by name"), params![Ids(&ids[1..])]).unwrap();
    assert_eq!(found, ["s1", "s2"]);
    let none: Vec<String> = tx
        .values(sql!("select name from shelf where id in ids(?1) order by id"), params![Ids::<ShelfId>(&[])])
        .unwrap();
    assert!(none.is_empty());
}

#[store::test]
fn broken_rules_name_their_place_and_a_savepoint_heals(tx: &mut Tx<'_>) {
    let shelf = add(tx, "North", 5).unwrap();
    let twice = tx.savepoint(|tx| add(tx, "North", 6)).unwrap_err();
    assert!(twice.is_duplicate("shelf.name"), "{twice}");
    let pair = tx.savepoint(|tx| add(tx, "Other", 5)).unwrap_err();
    assert!(pair.is_duplicate("shelf.room,made"), "{pair}");
    let book = |tx: &mut Tx<'_>, shelf: ShelfId, copies: i64| {
        let id: store::Id = tx.new_id();
        tx.execute(sql!("insert into book (id, shelf, copies) values (?1, ?2, ?3)"), params![id, shelf, copies])
    };
    let negative = tx.savepoint(|tx| book(tx, shelf.id, -1)).unwrap_err();
    assert!(matches!(negative, Error::Constraint { broken: Broken::Check, .. }), "{negative}");
    assert_eq!(book(tx, shelf.id, 1).unwrap(), 1);
    let count: i64 =
        tx.value(sql!("select count(*) from shelf where made >= ?1"), params![Time::from_seconds(0)]).unwrap();
    assert_eq!(count, 1);
}

#[store::test]
async fn an_error_undoes_everything(db: Db) {
    let ended: Result<(), Error> = db
        .write(|tx| {
            add(tx, "North", 1)?;
            Err(Error::NotFound)
        })
        .await;
    assert!(matches!(ended, Err(Error::NotFound)));
    let panicked: Result<(), Error> = db
        .write(|tx| {
            add(tx, "West", 1)?;
            panic!("on purpose")
        })
        .await;
    assert!(matches!(panicked, Err(Error::Aborted)));
    let count: i64 = db.read(|tx| tx.value(sql!("select count(*) from shelf where open"), params![])).await.unwrap();
    assert_eq!(count, 0);
    assert!(db.read(|tx| add(tx, "East", 1)).await.is_err(), "a read must not write");
}

#[store::test]
async fn writers_that_wait_are_all_kept_or_told(db: Db) {
    let writes: Vec<_> = (0..200)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move { db.write(move |tx| add(tx, &format!("s{}", n % 150), n).map(|_| ())).await })
        })
        .collect();
    let mut kept = 0;
    for write in writes {
        kept += i64::from(write.await.unwrap().is_ok());
    }
    let count: i64 = db.read(|tx| tx.value(sql!("select count(*) from shelf"), params![])).await.unwrap();
    assert_eq!((kept, count), (150, 150));
}

#[store::test]
async fn events_are_read_once_in_order_and_wake_their_readers(db: Db) {
    let mut wakes = db.wakes();
    for n in 0..3 {
        db.write(move |tx| {
            let id: store::Id = tx.new_id();
            tx.record(&Event::new("shelf.added", "shelf", id).by(id).with("number", n))
        })
        .await
        .unwrap();
    }
    assert_eq!(wakes.recv().await.unwrap(), "event");
    // PostgreSQL shows them once no older transaction runs anywhere on the server, other tests' included.
    while db.read(|tx| store::events_after(tx, Cursor::default(), 3)).await.unwrap().len() < 3 {}
    let first = db.read(|tx| store::events_after(tx, Cursor::default(), 2)).await.unwrap();
    assert_eq!(first.iter().map(|e| e.payload["number"].as_i64().unwrap()).collect::<Vec<_>>(), [0, 1]);
    let cursor = first[1].cursor();
    let rest = db.read(move |tx| store::events_after(tx, cursor, 10)).await.unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].actor, Some(rest[0].object_id));
}

#[store::test]
async fn statements_are_counted_per_request(db: Db) {
    let request = async {
        db.write(|tx| add(tx, "a", 1).map(|_| ())).await.unwrap();
        db.read(|tx| tx.value::<i64>(sql!("select count(*) from shelf"), params![])).await.unwrap()
    };
    let (count, stats) = store::stats::scope(request).await;
    assert_eq!((count, stats.statements), (1, 2));
}

#[store::test]
async fn migrating_again_changes_nothing(db: Db) {
    assert!(db.migrate(&[&SCHEMA]).await.unwrap().is_empty());
}

#[store::test]
fn a_text_with_a_nul_is_refused_by_both_engines(tx: &mut Tx<'_>) {
    let nul = "a\0b";
    let written = tx.savepoint(|tx| add(tx, nul, 1));
    assert!(matches!(written, Err(Error::Unkeepable)), "{written:?}");
    let asked = tx.values::<ShelfId>(sql!("select id from shelf where name = ?1"), params![nul]);
    assert!(matches!(asked, Err(Error::Unkeepable)), "{asked:?}");
}
