//! Backups are taken while people work, and restored on either engine: what is in one is whole, and nothing that is no
//! backup is taken for one.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use serde_json::Value;
use store::EngineKind;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::load::{Campus, Worker, check};
use crate::process::{Home, files_below, until, wait};
use crate::scene::Asker;

/// What a backup holds: each table's rows, each file's bytes.
#[derive(Debug, PartialEq)]
struct Contents {
    tables: BTreeMap<String, Vec<String>>,
    files: BTreeMap<String, Vec<u8>>,
}

/// Reads a backup, leaving out what is numbered anew where it is restored: the places of events, the moments at which
/// migrations ran.
fn contents(backup: &Path) -> Contents {
    let mut archive = ZipArchive::new(fs::File::open(backup).unwrap()).unwrap();
    let manifest: Value = serde_json::from_slice(&entry(&mut archive, "manifest.json")).unwrap();
    let mut tables = BTreeMap::new();
    for table in manifest["tables"].as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let columns: Vec<&str> = table["columns"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        let numbered: &[&str] = match name {
            "event" | "consumer" => &["tx", "seq"],
            "migration" => &["at"],
            _ => &[],
        };
        let text = String::from_utf8(entry(&mut archive, &format!("tables/{name}.ndjson"))).unwrap();
        let row = |line: &str| {
            let values: Vec<Value> = serde_json::from_str(line).unwrap();
            assert_eq!(values.len(), columns.len());
            let kept = columns.iter().zip(values).filter(|(column, _)| !numbered.contains(column));
            kept.map(|(column, value)| format!("{column}={}", canonical(&value))).collect::<Vec<_>>().join(", ")
        };
        let mut rows: Vec<String> = text.lines().map(row).collect();
        assert_eq!(rows.len() as u64, table["rows"].as_u64().unwrap(), "{name}");
        rows.sort();
        tables.insert(name.to_owned(), rows);
    }
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let files = names.iter().filter(|name| name.starts_with("files/"));
    let files = files.map(|name| (name.clone(), entry(&mut archive, name))).collect();
    Contents { tables, files }
}

/// A value as it reads on either engine: PostgreSQL writes JSON with other spaces and in another order.
fn canonical(value: &Value) -> String {
    let inner = value.as_str().filter(|text| text.starts_with(['{', '[']));
    let inner: Option<Value> = inner.and_then(|text| serde_json::from_str(text).ok());
    match inner.as_ref().unwrap_or(value) {
        Value::Object(map) => {
            let sorted: BTreeMap<&String, String> = map.iter().map(|(key, value)| (key, canonical(value))).collect();
            format!("{sorted:?}")
        }
        Value::Array(list) => format!("{:?}", list.iter().map(canonical).collect::<Vec<_>>()),
        plain => plain.to_string(),
    }
}

fn entry(archive: &mut ZipArchive<fs::File>, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Takes a backup in the middle of everybody's work, and goes on for a while. Answers how much each of them had been
/// told was kept when it began.
fn backup_at_work(home: &Home, workers: &mut [Worker], backup: &Path) -> Vec<usize> {
    let server = home.serve(&[]);
    let (address, stop) = (server.address, AtomicBool::new(false));
    let (tell, told) = mpsc::channel();
    let mut marks = Vec::new();
    // Everybody does their part once before the backup begins, and again and again while it is taken.
    for worker in workers.iter_mut() {
        worker.work_for(address, 20);
        marks.push(worker.mark());
    }
    std::thread::scope(|scope| {
        for worker in workers.iter_mut() {
            let (tell, stop) = (tell.clone(), &stop);
            scope.spawn(move || worker.work(address, stop, &tell));
        }
        drop(tell);
        assert_eq!(told.iter().take(30).count(), 30);
        let out = home.done(&["backup", backup.to_str().unwrap()]);
        assert!(out.starts_with("Written: ") && out.contains(" rows of "), "{out}");
        assert_eq!(told.iter().take(30).count(), 30, "the server went on");
        stop.store(true, Ordering::Relaxed);
    });
    server.stop();
    marks
}

fn back_up_and_restore(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    let Campus { scene, mut workers, administrator } = Campus::fill(&home);
    let backup = home.path("backup.zip");
    let marks = backup_at_work(&home, &mut workers, &backup);
    assert!(!home.path("backup.part").exists());
    let original = contents(&backup);
    assert!(original.files.len() > 2 && original.tables["event"].len() > 100);
    for other in [EngineKind::Sqlite, EngineKind::Postgres] {
        let Some(restored) = Home::new(other) else { continue };
        let out = restored.done(&["restore", backup.to_str().unwrap()]);
        assert!(out.contains(&format!("{} files", original.files.len())), "{out}");
        check(&restored.db(), &restored, &workers, &marks);
        // The same comes out of the restored one again.
        let again = restored.path("again.zip");
        restored.done(&["backup", again.to_str().unwrap()]);
        let copy = contents(&again);
        for (name, rows) in &original.tables {
            assert_eq!(&copy.tables[name], rows, "{name}, from {engine:?} to {other:?}");
        }
        assert_eq!(copy, original);
        serves(&restored, &scene.course.id.to_string(), &administrator);
    }
}

/// A restored installation goes on where the backup was taken: sessions hold, pages show, files are there, jobs run,
/// new things can be written.
fn serves(home: &Home, course: &str, administrator: &Asker) {
    let server = home.serve(&[]);
    let client = administrator.client(server.address);
    let page = client.get(&format!("/courses/{course}")).unwrap();
    assert_eq!(page.status, 200);
    assert!(page.text().contains("A page"), "{}", page.text());
    let reply = client.upload(&format!("/courses/{course}/files"), "after.txt", b"after the restore").unwrap();
    assert_eq!(reply.status, 200);
    let fields = [("given", "After"), ("email", "after@example.org"), ("invite", "on")];
    assert_eq!(client.post("/institution/people", &fields).unwrap().status, 303);
    until("the invitation is sent", || home.mails().contains(&"after@example.org".to_owned()));
    server.stop();
}

#[test]
fn a_backup_taken_at_work_is_whole_on_either_engine_sqlite() {
    back_up_and_restore(EngineKind::Sqlite);
}

#[test]
fn a_backup_taken_at_work_is_whole_on_either_engine_postgres() {
    back_up_and_restore(EngineKind::Postgres);
}

/// A backup, written anew with each of its entries as a function makes it; none leaves it out.
fn rewritten(backup: &Path, to: PathBuf, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> PathBuf {
    let mut archive = ZipArchive::new(fs::File::open(backup).unwrap()).unwrap();
    let mut out = ZipWriter::new(fs::File::create(&to).unwrap());
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names {
        let bytes = entry(&mut archive, &name);
        if let Some(bytes) = change(&name, bytes) {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            out.start_file(name, options).unwrap();
            out.write_all(&bytes).unwrap();
        }
    }
    out.finish().unwrap();
    to
}

/// What becomes of an entry; none leaves it out.
type Change<'c> = dyn Fn(&str, Vec<u8>) -> Option<Vec<u8>> + 'c;

/// A file that is no whole backup, and a part of what is said about it.
fn broken(backup: &Path, home: &Home) -> Vec<(PathBuf, &'static str)> {
    let bytes = fs::read(backup).unwrap();
    let written = |name: &str, bytes: &[u8]| {
        let path = home.path(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let changed = |name: &str, change: &Change<'_>| rewritten(backup, home.path(name), change);
    let in_manifest = |from: &'static str, to: &'static str| {
        move |name: &str, bytes: Vec<u8>| {
            let text = || String::from_utf8(bytes.clone()).unwrap().replacen(from, to, 1);
            Some(if name == "manifest.json" { text().into_bytes() } else { bytes })
        }
    };
    // A byte of a file that is kept as it is, so that its bytes are found in the archive.
    let mut flipped = bytes.clone();
    let at = bytes.windows(6).position(|window| window == b"WEBVTT").unwrap();
    flipped[at + 8] ^= 1;
    let other_bytes = |name: &str, bytes: Vec<u8>| {
        Some(if name.starts_with("files/") { [bytes.as_slice(), b"!"].concat() } else { bytes })
    };
    let fewer_rows = |name: &str, bytes: Vec<u8>| {
        let end = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        Some(if name == "tables/event.ndjson" { bytes[end..].to_vec() } else { bytes })
    };
    let no_rows = |name: &str, bytes: Vec<u8>| {
        let is_wrong = name == "tables/item.ndjson";
        Some(if is_wrong { b"[1, 2]\nnonsense".to_vec() } else { bytes })
    };
    let dangling = |name: &str, bytes: Vec<u8>| {
        let is_unit = name == "tables/unit.ndjson";
        Some(if is_unit { Vec::new() } else { bytes })
    };
    vec![
        (written("empty.zip", b""), "is no backup"),
        (written("text.zip", b"Dear diary"), "is no backup"),
        (written("half.zip", &bytes[..bytes.len() / 2]), "is no backup"),
        (written("cut.zip", &bytes[..bytes.len() - 10]), "is no backup"),
        (written("flipped.zip", &flipped), "damaged"),
        (changed("foreign.zip", &|name, bytes| (name != "manifest.json").then_some(bytes)), "no manifest.json"),
        (changed("layout.zip", &in_manifest("\"format\": 1", "\"format\": 99")), "layout 99"),
        (changed("newer.zip", &in_manifest("courses/0001_courses", "courses/0099_later")), "newer version"),
        (changed("other.zip", &other_bytes), "damaged"),
        (changed("files.zip", &|name, bytes| (!name.starts_with("files/")).then_some(bytes)), "damaged"),
        (changed("table.zip", &|name, bytes| (name != "tables/item.ndjson").then_some(bytes)), "tables/item.ndjson"),
        (changed("fewer.zip", &fewer_rows), "damaged"),
        (changed("rows.zip", &no_rows), "item"),
        (changed("dangling.zip", &dangling), "unit"),
        (home.path("nowhere.zip"), "cannot read"),
    ]
}

fn refuse_what_is_none(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    Campus::fill(&home);
    let backup = home.path("backup.zip");
    home.done(&["backup", backup.to_str().unwrap()]);
    let before = contents(&backup);

    // Neither a backup nor an installation is written over.
    let said = home.refused(&["backup", backup.to_str().unwrap()]);
    assert!(said.contains("is there already"), "{said}");
    let said = home.refused(&["restore", backup.to_str().unwrap()]);
    assert!(said.contains("not empty"), "{said}");
    let after = home.path("after.zip");
    home.done(&["backup", after.to_str().unwrap()]);
    assert_eq!(contents(&after), before);

    let target = Home::new(engine).unwrap();
    for (file, part) in broken(&backup, &home) {
        let said = target.refused(&["restore", file.to_str().unwrap()]);
        assert!(said.contains(part), "{}: {said}", file.display());
        let tables = wait(target.db().read(store::backup::tables)).unwrap();
        assert!(tables.is_empty(), "{} left tables behind", file.display());
        let left: Vec<PathBuf> = files_below(&target.data().join("files"));
        assert!(left.is_empty(), "{} left files behind: {left:?}", file.display());
    }
    // What was refused does not stand in the way of a whole one.
    target.done(&["restore", backup.to_str().unwrap()]);
    let again = target.path("again.zip");
    target.done(&["backup", again.to_str().unwrap()]);
    assert_eq!(contents(&again), before);
}

#[test]
fn what_is_no_backup_is_refused_and_leaves_nothing_sqlite() {
    refuse_what_is_none(EngineKind::Sqlite);
}

#[test]
fn what_is_no_backup_is_refused_and_leaves_nothing_postgres() {
    refuse_what_is_none(EngineKind::Postgres);
}
