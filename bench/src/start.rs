//! How long the program takes to its first page, and how much memory it holds.

use std::time::Duration;

use crate::Result;
use crate::http::Request;
use crate::load::at_rate;
use crate::place::Place;
use crate::server::{Mode, Program};
use crate::table::{Table, holds, median, ms, say};

/// Milliseconds from the start of the process to the first page.
const START_MS_MAX: f64 = 300.0;
/// MB of resident memory while nobody asks for anything.
const IDLE_MB_MAX: f64 = 60.0;
/// How long a server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(3);
/// Requests after which the memory is read again.
const BUSY: Duration = Duration::from_secs(10);

/// Starts the program again and again, and prints the table.
pub fn measure(program: &Program, place: &Place, runs: usize) -> Result<()> {
    let session = place.cast.learners.first().map(|reader| reader.session.as_str());
    let (mut sign_in, mut today) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let mut server = program.launch(place, Mode::Production, 0)?;
        sign_in.push(ms(server.wait_until(&Request::get("/sign-in", None))?));
        drop(server);
        let mut server = program.launch(place, Mode::Production, 0)?;
        today.push(ms(server.wait_until(&Request::get("/", session))?));
    }
    let mut server = program.launch(place, Mode::Production, 0)?;
    server.wait_until(&Request::get("/", session))?;
    std::thread::sleep(IDLE);
    let fresh = server.memory_mb()?;
    let readers = place.cast.learners.iter();
    let requests: Vec<Request> = readers.map(|reader| Request::get("/", Some(&reader.session))).collect();
    at_rate(server.address, &requests, 500, BUSY)?.complete()?;
    std::thread::sleep(IDLE);
    let after = server.memory_mb()?;

    let mut table = Table::new(&["what", "measured", "budget", ""]);
    for (name, times) in [("start to the sign-in page", &sign_in), ("start to Today of a learner", &today)] {
        let time = median(times);
        table.row(vec![
            name.to_owned(),
            format!("{time:.0} ms"),
            format!("{START_MS_MAX} ms"),
            holds(time, START_MS_MAX),
        ]);
    }
    // What is mapped of the database is the kernel's cache, which it takes back when it needs the room; the figure of
    // the process counts it once for each connection. So what a busy server holds is judged without it.
    for (name, (all, own), judged) in
        [("memory after the first page", fresh, fresh.0), ("memory after 5,000 pages", after, after.1)]
    {
        let measured = format!("{all:.0} MB, {own:.0} MB without mapped files");
        table.row(vec![name.to_owned(), measured, format!("{IDLE_MB_MAX} MB"), holds(judged, IDLE_MB_MAX)]);
    }
    say(format_args!("\nStart and memory on {}\n\n{table}", place.engine));
    Ok(())
}
