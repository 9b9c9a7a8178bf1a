//! The commands, as an operator types them: what they say, what they refuse, and with which code they end.

use std::fs;

use store::{EngineKind, params, sql};
use work::JobId;

use crate::load::Campus;
use crate::process::{Home, Server, wait};

const PASSWORD: &str = "a walk under columns";

/// A line of `stoa doctor` on this subject with this verdict.
fn finds(said: &str, verdict: &str, subject: &str) -> bool {
    said.lines().any(|line| line.starts_with(verdict) && line[4..].trim_start().starts_with(subject))
}

fn doctor(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    let said = home.done(&["doctor"]);
    assert!(finds(&said, "look", "database") && said.contains("is empty"), "{said}");
    let campus = Campus::fill(&home);
    let said = home.done(&["doctor"]);
    for subject in ["settings", "files", "database", "jobs"] {
        assert!(finds(&said, "good", subject), "{subject}: {said}");
    }
    assert!(!said.contains("BAD"), "{said}");

    // A job that failed is to be looked at.
    let (db, by) = (home.db(), campus.administrator.person);
    let job: JobId = wait(db.write(move |tx| {
        let job = work::enqueue(tx, &work::Job::new("courses.fill-places", serde_json::json!({})).by(by))?;
        tx.execute(sql!("update job set state = 'failed', error = 'no' where id = ?1"), params![job])?;
        Ok::<_, store::Error>(job)
    }))
    .unwrap();
    assert!(finds(&home.done(&["doctor"]), "look", "jobs"));
    wait(db.write(move |tx| tx.execute(sql!("delete from job where id = ?1"), params![job]))).unwrap();

    // A file that is gone is bad, and so is a database of a newer version.
    let hash = wait(db.read(materials::course_file::hashes)).unwrap().remove(0);
    let file = home.data().join("files").join(&hash[..2]).join(&hash[2..4]).join(&hash);
    let bytes = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let said = home.run(&["doctor"]);
    assert!(!said.ok && finds(&said.out, "BAD", "files") && said.out.contains(&hash), "{}", said.out);
    fs::write(&file, bytes).unwrap();
    let newer = sql!("insert into migration (noun, name, at) values ('courses', '0099_later', ?1)");
    wait(db.write(move |tx| {
        let now = tx.now();
        tx.execute(newer, params![now])
    }))
    .unwrap();
    let said = home.run(&["doctor"]);
    assert!(!said.ok && finds(&said.out, "BAD", "database") && said.out.contains("newer version"), "{}", said.out);
}

#[test]
fn the_doctor_finds_what_is_wrong_sqlite() {
    doctor(EngineKind::Sqlite);
}

#[test]
fn the_doctor_finds_what_is_wrong_postgres() {
    doctor(EngineKind::Postgres);
}

#[test]
fn the_doctor_says_what_cannot_be_reached_or_read() {
    let home = Home::new(EngineKind::Sqlite).unwrap();
    let bad = |arguments: &[&str], subject: &str| {
        let said = home.run(&[&["doctor"], arguments].concat());
        assert!(!said.ok && finds(&said.out, "BAD", subject), "{arguments:?}: {}{}", said.out, said.err);
        said.out
    };
    let said = bad(&["--database", "postgres://stoa:hunter2@127.0.0.1:9/stoa"], "database");
    assert!(!said.contains("hunter2"), "{said}");
    bad(&["--database", "mysql://localhost/stoa"], "database");
    bad(&["--set", "files=elsewhere"], "files");
    bad(&["--set", "mail=pigeon://loft"], "mail");
    bad(&["--set", "public_url=learn.example.org"], "settings");
    bad(&["--set", "form_max_kb=many"], "settings");
    let blocked = home.path("blocked");
    fs::write(&blocked, "a file where a folder should be").unwrap();
    bad(&["--set", &format!("files=disk:{}", blocked.display())], "files");
    bad(&["--database", &format!("sqlite:{}", blocked.display())], "database");
    fs::create_dir_all(home.path("torn")).unwrap();
    fs::write(home.path("torn/stoa.db"), vec![7; 8192]).unwrap();
    bad(&["--database", &format!("sqlite:{}", home.path("torn").display())], "database");
}

#[test]
fn every_setting_is_shown_with_its_source_and_no_secret() {
    let home = Home::new(EngineKind::Sqlite).unwrap();
    fs::write(home.path("stoa.toml"), "listen = \"127.0.0.1:9090\"\nmail_password = \"hunter2\"\n").unwrap();
    let mut command = home.command(&["config", "show", "--set", "form_max_kb=64"]);
    let output = command.env("STOA_LOG", "warn").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    for setting in stoa::config::SETTINGS {
        assert!(said.contains(&format!("{} = ", setting.name)) && said.contains(setting.help), "{}", setting.name);
    }
    let after = |name: &str| said.split(&format!("\n{name} = ")).nth(1).unwrap().lines().take(2).collect::<String>();
    assert!(after("listen").starts_with("\"127.0.0.1:9090\"") && after("listen").contains("stoa.toml"), "{said}");
    assert!(after("log").contains("STOA_LOG") && after("form_max_kb").contains("command line"), "{said}");
    assert!(after("public_url").contains("http://127.0.0.1:9090") && after("public_url").contains("default"));
    assert!(!said.contains("hunter2"), "{said}");
    assert!(home.refused(&["config", "show", "--set", "form_kb=1"]).contains("no setting"));
    assert!(home.refused(&["config", "show", "--config", "elsewhere.toml"]).contains("elsewhere.toml"));
}

/// Follows a link of `stoa person add` and chooses a password.
fn choose_password(server: &Server, said: &str) -> String {
    let link = said.lines().find_map(|line| line.strip_prefix("To choose a password: ")).unwrap();
    let path = &link[link.find("/invitations/").unwrap()..];
    let nobody = server.client("");
    assert_eq!(nobody.get(path).unwrap().status, 200);
    let fields = [("given", "Ada"), ("family", "Byron"), ("password", PASSWORD), ("again", PASSWORD)];
    let reply = nobody.post(path, &fields).unwrap();
    assert_eq!(reply.status, 303, "{}", reply.text());
    let spent = nobody.get(path).unwrap();
    assert!(spent.status != 200, "a link holds once");
    reply.session().unwrap()
}

fn add_people(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    let add = ["person", "add", "ada@example.org", "--given", "Ada", "--family", "Byron"];
    let said = home.done(&[&add[..], &["--role", "administrator"]].concat());
    assert!(said.contains("Added: Ada Byron (administrator)"), "{said}");
    let server = home.serve(&[]);
    let session = choose_password(&server, &said);
    assert_eq!(server.client(&session).get("/institution/settings").unwrap().status, 200);
    let fields = [("email", "ADA@example.org"), ("password", PASSWORD)];
    assert_eq!(server.client("").post("/sign-in", &fields).unwrap().status, 303);
    // Somebody without a role, while the server runs.
    let said = home.done(&["person", "add", "grace@example.org", "--given", "Grace"]);
    let session = choose_password(&server, &said);
    assert_eq!(server.client(&session).get("/institution/settings").unwrap().status, 403);
    server.stop();

    let people = || {
        home.db().read_blocking(|tx| tx.value::<i64>(sql!("select cast(count(*) as bigint) from person"), params![]))
    };
    let before = people().unwrap();
    let said = home.refused(&add);
    assert!(said.contains("address"), "{said}");
    let said = home.refused(&["person", "add", "no-address", "--given", "Nobody"]);
    assert!(said.contains("address"), "{said}");
    let said = home.refused(&["person", "add", "eve@example.org", "--given", "Eve", "--role", "queen"]);
    assert!(said.contains("role"), "{said}");
    assert_eq!(people().unwrap(), before, "who was refused is not there in part");
}

#[test]
fn people_are_added_at_the_command_line_sqlite() {
    add_people(EngineKind::Sqlite);
}

#[test]
fn people_are_added_at_the_command_line_postgres() {
    add_people(EngineKind::Postgres);
}

fn migrate(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    let first = home.done(&["migrate"]);
    let wanted = store::migrations(&[&stoa::SCHEMA]);
    assert!(wanted.iter().all(|name| first.lines().any(|line| line == name)), "{first}");
    assert!(first.contains(&format!("{} migrations ran", wanted.len())), "{first}");
    let second = home.done(&["migrate"]);
    assert_eq!(second.trim(), "0 migrations ran; the database is up to date");
}

#[test]
fn migrating_twice_does_nothing_twice_sqlite() {
    migrate(EngineKind::Sqlite);
}

#[test]
fn migrating_twice_does_nothing_twice_postgres() {
    migrate(EngineKind::Postgres);
}

fn refuse_the_empty(engine: EngineKind) {
    let Some(home) = Home::new(engine) else { return };
    let said = home.refused(&["backup", home.path("empty.zip").to_str().unwrap()]);
    assert!(said.contains("empty"), "{said}");
    assert!(!home.path("empty.zip").exists() && !home.path("empty.part").exists());
    let said = home.refused(&["import", home.path("nothing.imscc").to_str().unwrap()]);
    assert!(said.contains("nobody runs this place"), "{said}");
    let said = home.refused(&["export", "x", home.path("out.imscc").to_str().unwrap()]);
    assert!(said.contains("is no course"), "{said}");
    let nil = store::Id::nil().to_string();
    let said = home.refused(&["export", &nil, home.path("out.imscc").to_str().unwrap()]);
    assert!(said.contains("course") && !home.path("out.imscc").exists(), "{said}");
}

#[test]
fn what_is_not_there_is_said_sqlite() {
    refuse_the_empty(EngineKind::Sqlite);
}

#[test]
fn what_is_not_there_is_said_postgres() {
    refuse_the_empty(EngineKind::Postgres);
}

#[test]
fn a_port_that_is_taken_is_said() {
    let home = Home::new(EngineKind::Sqlite).unwrap();
    let server = home.serve(&[]);
    let said = home.serve_at(server.address, &[]).err().unwrap();
    assert!(said.contains("cannot listen") && !said.contains("panicked"), "{said}");
    assert_eq!(server.client("").get("/healthz").unwrap().text(), "ok");
    server.stop();
}

#[test]
fn a_database_that_does_not_answer_is_said() {
    let home = Home::new(EngineKind::Sqlite).unwrap();
    for verb in ["serve", "migrate"] {
        let said = home.refused(&[verb, "--database", "postgres://stoa:hunter2@127.0.0.1:9/stoa"]);
        assert!(said.contains("PostgreSQL") && !said.contains("hunter2"), "{said}");
    }
}
