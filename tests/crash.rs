//! The server is killed in the middle of its work, again and again. What it said is kept is there afterwards, and
//! nothing is there in part.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc;

use store::{Db, EngineKind, params, sql};

use crate::load::{Campus, Worker, check};
use crate::process::{Home, Server, until};

/// How often the server is killed on each engine.
const KILLS: usize = 6;

/// Lets everybody work until so many things were kept, then kills the server while they go on.
fn kill_at_work(server: &mut Server, workers: &mut [Worker], kept: usize) {
    let (address, stop) = (server.address, AtomicBool::new(false));
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        for worker in workers.iter_mut() {
            let (tell, stop) = (tell.clone(), &stop);
            scope.spawn(move || worker.work(address, stop, &tell));
        }
        drop(tell);
        let counted = told.iter().take(kept).count();
        server.kill();
        assert_eq!(counted, kept, "the server stopped by itself: {}", server.log());
    });
}

fn marks(workers: &[Worker]) -> Vec<usize> {
    workers.iter().map(Worker::mark).collect()
}

fn kill_again_and_again(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    let Campus { mut workers, .. } = Campus::fill(&home);
    let mut server = home.serve(&[]);
    let address = server.address;
    for kill in 0..KILLS {
        kill_at_work(&mut server, &mut workers, 60 + 37 * kill);
        server = home.serve_at(address, &[]).unwrap();
        check(&home.db(), &home, &workers, &marks(&workers));
    }
    let unknown: usize = workers.iter().map(Worker::unknown).sum();
    assert!(unknown >= KILLS, "the server was killed at rest: only {unknown} requests were cut off");
    jobs_come_to_their_end(&home, &home.db());
    check(&home.db(), &home, &workers, &marks(&workers));
    server.stop();
}

/// Jobs that a killed server was doing are done by the next one, once their lease is over; here it is over at once.
fn jobs_come_to_their_end(home: &Home, db: &Db) {
    let open = sql!("select cast(count(*) as bigint) from job where state in ('waiting', 'running')");
    let lapse = sql!("update job set lease_until = ?1 where state = 'running' and attempts < attempts_max");
    until("no job is left", || {
        let left = db.write_blocking(move |tx| {
            let past = tx.now().plus_seconds(-1);
            tx.execute(lapse, params![past])?;
            tx.value::<i64>(open, params![])
        });
        left.unwrap() == 0
    });
    let failed: Vec<String> = db
        .read_blocking(|tx| tx.values(sql!("select coalesce(error, kind) from job where state <> 'done'"), params![]))
        .unwrap();
    assert!(failed.is_empty(), "{failed:?}");
    let invited = sql!("select l.email from account_link l where l.purpose = 'invitation' and l.made_by is not null");
    let invited: Vec<String> = db.read_blocking(move |tx| tx.values(invited, params![])).unwrap();
    let sent = home.mails();
    let unsent: Vec<&String> =
        invited.iter().filter(|email| email.starts_with("new-person") && !sent.contains(email)).collect();
    assert!(unsent.is_empty() && !invited.is_empty(), "these were never invited: {unsent:?}");
}

#[test]
fn nothing_that_was_kept_is_lost_in_a_crash_sqlite() {
    kill_again_and_again(EngineKind::Sqlite);
}

#[test]
fn nothing_that_was_kept_is_lost_in_a_crash_postgres() {
    kill_again_and_again(EngineKind::Postgres);
}

/// A first start that is cut off, wherever it was, is begun anew by the next.
fn killed_at_the_first_start(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    for _ in 0..2 {
        let mut starting = home.command(&["migrate"]).stdout(std::process::Stdio::null()).spawn().unwrap();
        if engine == EngineKind::Sqlite {
            until("it has begun", || home.data().join("stoa.db").exists() || starting.try_wait().unwrap().is_some());
        }
        starting.kill().unwrap();
        starting.wait().unwrap();
    }
    let server = home.serve(&[]);
    assert_eq!(server.client("").get("/readyz").unwrap().text(), "ready");
    let tables = home.db().read_blocking(store::backup::tables).unwrap();
    assert!(tables.len() > 30, "{tables:?}");
    server.stop();
}

#[test]
fn a_first_start_that_was_cut_off_is_begun_anew_sqlite() {
    killed_at_the_first_start(EngineKind::Sqlite);
}

#[test]
fn a_first_start_that_was_cut_off_is_begun_anew_postgres() {
    killed_at_the_first_start(EngineKind::Postgres);
}
