//! Two servers on one PostgreSQL, behind a proxy that sends each connection to the next of them, behave as one.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use people::PersonId;
use store::{Db, EngineKind, params, sql};

use crate::load::Campus;
use crate::process::{Client, Home, Server, heard, until, wait};
use crate::scene::Asker;

/// How many people are invited through both servers.
const INVITED: usize = 24;
const PASSWORD: &str = "a walk under columns";

/// A proxy in front of servers: each connection goes to the next one.
struct Proxy {
    address: SocketAddr,
    counts: Arc<Vec<AtomicUsize>>,
}

impl Proxy {
    fn before(servers: &[&Server]) -> Self {
        let addresses: Vec<SocketAddr> = servers.iter().map(|server| server.address).collect();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let counts: Arc<Vec<AtomicUsize>> = Arc::new(addresses.iter().map(|_| AtomicUsize::new(0)).collect());
        let own = Arc::clone(&counts);
        // The thread ends with the test's process.
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().map_while(Result::ok).enumerate() {
                let at = number % addresses.len();
                own[at].fetch_add(1, Ordering::Relaxed);
                let Ok(server) = TcpStream::connect(addresses[at]) else { continue };
                pass_on(stream.try_clone().unwrap(), server.try_clone().unwrap());
                pass_on(server, stream);
            }
        });
        Self { address, counts }
    }

    fn client(&self, cookie: &str) -> Client {
        Client::new(self.address, cookie)
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let mut piece = vec![0; 64 << 10];
        while let Ok(read) = from.read(&mut piece) {
            if read == 0 || to.write_all(&piece[..read]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
}

/// Two servers that began at the same moment, on a database that was empty then.
struct Nodes {
    home: Home,
    db: Db,
    first: Server,
    second: Server,
    proxy: Proxy,
    campus: Campus,
}

impl Nodes {
    /// None where there is no PostgreSQL.
    fn begin() -> Option<Self> {
        let home = Home::new(EngineKind::Postgres)?;
        let (first, second) = std::thread::scope(|scope| {
            let first = scope.spawn(|| home.serve(&[]));
            let second = scope.spawn(|| home.serve(&[]));
            (first.join().unwrap(), second.join().unwrap())
        });
        let campus = Campus::fill(&home);
        let proxy = Proxy::before(&[&first, &second]);
        Some(Self { db: home.db(), home, first, second, proxy, campus })
    }

    fn both(&self, cookie: &str) -> [Client; 2] {
        [self.first.client(cookie), self.second.client(cookie)]
    }

    /// Whether each server lets somebody with this cookie in.
    fn lets_in(&self, cookie: &str) -> [bool; 2] {
        self.both(cookie).map(|client| client.get("/me").unwrap().status == 200)
    }

    /// Lets somebody sign in with a password.
    fn with_password(&self, person: PersonId) {
        let hash = people::password::hash_now(PASSWORD).unwrap();
        let written = self.db.write(move |tx| people::account::set_password(tx, person, &hash));
        wait(written).unwrap();
    }
}

#[test]
fn a_session_of_one_node_is_one_of_the_other_postgres() {
    let Some(nodes) = Nodes::begin() else { return };
    nodes.with_password(nodes.campus.scene.learner);
    let sign_in = || {
        let fields = [("email", "lea-0@example.org"), ("password", PASSWORD)];
        let reply = nodes.proxy.client("").post("/sign-in", &fields).unwrap();
        assert_eq!(reply.status, 303, "{}", reply.text());
        reply.session().unwrap()
    };
    let (session, other) = (sign_in(), sign_in());
    assert!(nodes.proxy.counts.iter().all(|count| count.load(Ordering::Relaxed) == 1), "one sign-in on each node");
    for cookie in [&session, &other] {
        assert_eq!(nodes.lets_in(cookie), [true, true]);
    }
    for _ in 0..4 {
        assert_eq!(nodes.proxy.client(&session).get("/courses").unwrap().status, 200);
    }
    // Signed out at one, out at both; the other session stays.
    assert_eq!(nodes.second.client(&session).post("/sign-out", &[]).unwrap().status, 303);
    assert_eq!(nodes.lets_in(&session), [false, false]);
    assert_eq!(nodes.lets_in(&other), [true, true]);
    // Ended by an administrator at one, at an end at both.
    let learner = nodes.campus.scene.learner;
    let administrator = nodes.campus.administrator.client(nodes.first.address);
    let end = administrator.post(&format!("/institution/people/{learner}/sessions"), &[("_method", "delete")]);
    assert_eq!(end.unwrap().status, 303);
    assert_eq!(nodes.lets_in(&other), [false, false]);
}

#[test]
fn a_role_taken_away_at_one_node_is_gone_at_the_other_postgres() {
    let Some(nodes) = Nodes::begin() else { return };
    let manager = wait(nodes.db.write(|tx| Asker::named(tx, "Manager")?.with_role(tx, "manager"))).unwrap();
    let may = |server: &Server| manager.client(server.address).get("/institution/people").unwrap().status == 200;
    assert!(may(&nodes.first) && may(&nodes.second));
    let person = manager.person;
    let grants = wait(nodes.db.read(move |tx| people::grant::of_person(tx, person))).unwrap();
    let administrator = nodes.campus.administrator.client(nodes.second.address);
    let path = format!("/institution/people/{person}/roles/{}", grants[0].id);
    assert_eq!(administrator.post(&path, &[("_method", "delete")]).unwrap().status, 303);
    assert!(!may(&nodes.first) && !may(&nodes.second));
}

#[test]
fn a_job_of_two_nodes_runs_once_postgres() {
    let Some(nodes) = Nodes::begin() else { return };
    let administrator = nodes.campus.administrator.client(nodes.proxy.address);
    let email = |number: usize| format!("invited-{number}@example.org");
    std::thread::scope(|scope| {
        for part in 0..4 {
            let administrator = &administrator;
            scope.spawn(move || {
                for number in (0..INVITED).filter(|number| number % 4 == part) {
                    let fields = [("given", "Invited"), ("email", &email(number)), ("invite", "on")];
                    assert_eq!(administrator.post("/institution/people", &fields).unwrap().status, 303);
                }
            });
        }
    });
    let open = sql!("select cast(count(*) as bigint) from job where state in ('waiting', 'running')");
    until("every job has ended", || wait(nodes.db.read(move |tx| tx.value::<i64>(open, params![]))).unwrap() == 0);
    let jobs: Vec<(String, u32)> =
        wait(nodes.db.read(|tx| tx.all(sql!("select state, attempts from job where kind = 'people.link'"), params![])))
            .unwrap();
    assert_eq!(jobs, vec![("done".to_owned(), 1); INVITED]);
    let mut sent: BTreeMap<String, usize> = BTreeMap::new();
    for to in nodes.home.mails() {
        *sent.entry(to).or_default() += 1;
    }
    let wanted: BTreeMap<String, usize> = (0..INVITED).map(|number| (email(number), 1)).collect();
    assert_eq!(sent, wanted, "each was invited once");
}

#[test]
fn a_schedule_of_two_nodes_is_kept_once_in_each_period_postgres() {
    let Some(nodes) = Nodes::begin() else { return };
    let all: Vec<work::Schedule> = stoa::mount::schedules();
    let kinds = all.len();
    // Both nodes look after schedules as soon as they begin.
    let put_in = sql!("select cast(count(distinct kind) as bigint) from job where unique_key = 'schedule'");
    let count = || wait(nodes.db.read(move |tx| tx.value::<i64>(put_in, params![]))).unwrap();
    until("every schedule was kept", || usize::try_from(count()).unwrap() == kinds);
    let Nodes { home, first, second, .. } = nodes;
    first.stop();
    second.stop();
    let jobs = sql!("select kind, made_at from job where unique_key = 'schedule' order by kind, made_at");
    let jobs: Vec<(String, store::Time)> = wait(home.db().read(move |tx| tx.all(jobs, params![]))).unwrap();
    let period = |(kind, at): &(String, store::Time)| {
        let every = all.iter().find(|schedule| schedule.kind == kind).unwrap().every.as_secs();
        (kind.clone(), at.seconds() / i64::try_from(every).unwrap())
    };
    let mut periods: Vec<(String, i64)> = jobs.iter().map(period).collect();
    periods.dedup();
    assert_eq!(periods.len(), jobs.len(), "one job in each period: {jobs:?}");
}

#[test]
fn a_node_takes_over_what_a_dead_one_was_doing_postgres() {
    let Some(home) = Home::new(EngineKind::Postgres) else { return };
    let campus = Campus::fill(&home);
    let (db, by) = (home.db(), campus.administrator.person);
    // What a node leaves behind that died at work: a job that runs, and whose lease is over.
    let job = wait(db.write(move |tx| {
        let job = work::enqueue(tx, &work::Job::new("courses.fill-places", serde_json::json!({})).by(by))?;
        let sql =
            sql!("update job set state = 'running', attempts = 1, started_at = ?2, lease_until = ?2 where id = ?1");
        let past = tx.now().plus_seconds(-300);
        tx.execute(sql, params![job, past])?;
        Ok::<_, store::Error>(job)
    }))
    .unwrap();
    let _server = home.serve(&[]);
    until("the job is done", || {
        let row = wait(db.read(move |tx| work::find(tx, job))).unwrap().unwrap();
        assert_ne!(row.state, work::JobState::Failed);
        row.state == work::JobState::Done && row.attempts == 2
    });
}

#[test]
fn a_node_that_leaves_jobs_to_others_wakes_them_postgres() {
    let Some(home) = Home::new(EngineKind::Postgres) else { return };
    let campus = Campus::fill(&home);
    let (idle, busy) = (home.serve(&["--set", "jobs_at_once=0"]), home.serve(&[]));
    let administrator = campus.administrator.client(idle.address);
    let fields = [("given", "Ina"), ("email", "ina@example.org"), ("invite", "on")];
    assert_eq!(administrator.post("/institution/people", &fields).unwrap().status, 303);
    until("the other node has sent the invitation", || home.mails().contains(&"ina@example.org".to_owned()));
    idle.stop();
    busy.stop();
}

#[test]
fn a_file_of_one_node_is_one_of_the_other_postgres() {
    let Some(nodes) = Nodes::begin() else { return };
    let course = nodes.campus.scene.course.id;
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    let administrator = nodes.campus.administrator.client(nodes.first.address);
    let reply = administrator.upload(&format!("/courses/{course}/files"), "tide.bin", &bytes).unwrap();
    assert_eq!(reply.status, 200, "{}", reply.text());
    let told: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
    let url = told["url"].as_str().unwrap();
    for server in [&nodes.first, &nodes.second] {
        let reply = nodes.campus.administrator.client(server.address).get(url).unwrap();
        assert_eq!((reply.status, reply.body == bytes), (200, true));
    }
    assert_eq!(nodes.proxy.client("").get(url).unwrap().status, 303, "nobody gets it");
}

#[test]
fn what_is_written_at_one_node_is_read_at_the_other_postgres() {
    let Some(nodes) = Nodes::begin() else { return };
    let administrator = |server: &Server| nodes.campus.administrator.client(server.address);
    let (first, second) = (administrator(&nodes.first), administrator(&nodes.second));
    let course = nodes.campus.scene.course.id;
    for number in 0..10 {
        let (here, there) = if number % 2 == 0 { (&first, &second) } else { (&second, &first) };
        let title = format!("Chapter {number}");
        let reply = here.post(&format!("/courses/{course}/modules"), &[("title", &title)]).unwrap();
        assert_eq!(reply.status, 303);
        assert!(there.get(&format!("/courses/{course}/edit")).unwrap().text().contains(&title), "{title}");
    }
}

#[test]
fn a_live_update_of_one_node_tells_what_the_other_does_postgres() {
    let Some(home) = Home::new(EngineKind::Postgres) else { return };
    let campus = Campus::fill(&home);
    // One works, the other only listens.
    let (working, idle) = (home.serve(&[]), home.serve(&["--set", "jobs_at_once=0"]));
    let (here, there) = (campus.administrator.client(working.address), campus.administrator.client(idle.address));
    let course = campus.scene.course.id;
    let package = here.get(&format!("/courses/{course}/export")).unwrap();
    assert_eq!(package.status, 200);
    let reply = here.upload(&format!("/courses/{course}/import"), "tides.imscc", &package.body).unwrap();
    assert_eq!(reply.status, 303, "{}", reply.text());
    let import = reply.header("location").to_owned();
    let told = there.listen(&format!("{import}/live"));
    heard(&told, "data: looked");
    assert_eq!(here.post(&import, &[]).unwrap().status, 303);
    heard(&told, "data: done");
    // Whoever comes later hears at once how it stands; who may not see it hears nothing.
    heard(&here.listen(&format!("{import}/live")), "data: done");
    assert_eq!(idle.client("").get(&format!("{import}/live")).unwrap().status, 303);
    idle.stop();
    working.stop();
}

#[test]
fn an_open_stream_does_not_hold_up_the_end_of_a_server_postgres() {
    let Some(nodes) = Nodes::begin() else { return };
    let import = nodes.campus.scene.value("/imports", "import").unwrap().to_owned();
    let administrator = nodes.campus.administrator.clone();
    let told = administrator.client(nodes.first.address).listen(&format!("/imports/{import}/live"));
    heard(&told, "data: looked");
    nodes.first.stop();
    // The browser comes back to whichever node answers.
    heard(&administrator.client(nodes.second.address).listen(&format!("/imports/{import}/live")), "data: looked");
    nodes.second.stop();
}
