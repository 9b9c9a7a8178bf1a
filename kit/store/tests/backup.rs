//! What one engine wrote, either reads.

#![allow(clippy::unwrap_used, clippy::allow_attributes, missing_docs)]

use store::backup::{self, Restore, Table};
use store::{Cursor, Db, Event, Migration, Schema, Time, params, sql, testing};

static SCHEMA: Schema = Schema {
    noun: "folder",
    migrations: &[Migration {
        name: "0001_folder",
        sql: "create table consumer (name text primary key, tx bigint not null, seq bigint not null);
              create table folder (id uuid primary key, parent uuid references folder (id), name text not null,
                  made timestamptz not null, open boolean not null, size double precision, meta jsonb not null, raw bytea);",
    }],
    needs: &[],
};

type Copy = (Vec<String>, Vec<(Table, Vec<u8>)>);

async fn fill(db: &Db) {
    for number in 0..3 {
        db.write(move |tx| {
            let (child, parent): (store::Id, store::Id) = (tx.new_id(), tx.new_id());
            // The child has the smaller id and comes first in the copy: references are checked at the end.
            let add = sql!("insert into folder (id, parent, name, made, open, size, meta, raw) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
            let made = Time::from_micros(1_772_442_000_123_456);
            let meta = serde_json::json!({"a": [1, "ü"]});
            tx.execute(add, params![parent, None::<store::Id>, "it's; a \"name\"\n", made, true, 1.5, meta, vec![0_u8, 255]])?;
            tx.execute(add, params![child, parent, "c", made, false, None::<f64>, meta, None::<Vec<u8>>])?;
            tx.record(&Event::new("folder.added", "folder", child).with("number", number))
        })
        .await
        .unwrap();
    }
    let events = loop {
        let events = db.read(|tx| store::events_after(tx, Cursor::default(), 10)).await.unwrap();
        if events.len() == 3 {
            break events;
        }
    };
    let at = events[1].cursor();
    db.write(move |tx| {
        tx.execute(sql!("insert into consumer (name, tx, seq) values ('reader', ?1, ?2)"), params![at.tx, at.seq])
    })
    .await
    .unwrap();
}

async fn copy(db: &Db) -> Copy {
    db.read(|tx| {
        let mut out = Vec::new();
        for table in backup::tables(tx)? {
            let mut lines = Vec::new();
            backup::dump(tx, &table, &mut lines)?;
            out.push((table, lines));
        }
        Ok::<_, store::Error>((store::applied(tx)?, out))
    })
    .await
    .unwrap()
}

async fn restore(db: &Db, (migrations, tables): Copy) -> Result<(), store::Error> {
    db.write(move |tx| {
        let mut restore = Restore::begin(tx, &[&SCHEMA], &migrations)?;
        for (table, lines) in tables {
            restore.table(tx, &table, &mut lines.as_slice())?;
        }
        restore.finish(tx)
    })
    .await
}

async fn check_copy_into(target: Db, copied: Copy) {
    restore(&target, copied.clone()).await.unwrap();
    let rows: Vec<(String, i64, bool)> = target
        .read(|tx| tx.all(sql!("select name, cast(case when meta is null then 0 else 1 end as bigint), open from folder order by name"), params![]))
        .await
        .unwrap();
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[5], ("it's; a \"name\"\n".to_owned(), 1, true));
    let place: (i64, i64) = target.read(|tx| tx.one(sql!("select tx, seq from consumer"), params![])).await.unwrap();
    let next = target.read(move |tx| store::events_after(tx, Cursor { tx: place.0, seq: place.1 }, 10)).await.unwrap();
    assert_eq!(next.iter().map(|e| e.payload["number"].as_i64()).collect::<Vec<_>>(), [Some(2)]);
    target
        .write(|tx| {
            let id: store::Id = tx.new_id();
            tx.record(&Event::new("folder.added", "folder", id))
        })
        .await
        .unwrap();
    let again = restore(&target, copied).await.unwrap_err();
    assert!(again.to_string().contains("not empty"), "{again}");
}

#[store::test]
async fn a_copy_is_read_by_either_engine(db: Db) {
    fill(&db).await;
    let copied = copy(&db).await;
    let for_sqlite = copied.clone();
    let scratch = testing::Scratch::new();
    let options = store::Options { durable: false, threads: 2, ..store::Options::default() };
    let sqlite = Db::open(&store::DatabaseUrl::Sqlite(scratch.0.clone()), &options).unwrap();
    check_copy_into(sqlite, for_sqlite).await;
    let server = testing::postgres_url();
    if let Ok(Ok(scratch)) =
        tokio::task::spawn_blocking(move || std::panic::catch_unwind(|| testing::PostgresScratch::new(&server)))
            .await
            .unwrap()
    {
        let postgres = Db::open(&store::DatabaseUrl::Postgres(scratch.url.clone()), &options).unwrap();
        check_copy_into(postgres, copied).await;
        tokio::task::spawn_blocking(move || drop(scratch)).await.unwrap();
    }
}
