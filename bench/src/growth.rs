//! What ten times the data costs. Two servers run side by side, and each page is asked of both in turn, so that whatever
//! else the machine does falls on both.

use std::time::Instant;

use crate::fill::Reader;
use crate::http::{Connection, Request};
use crate::place::Place;
use crate::server::{Program, Server};
use crate::table::{Table, holds, median, ms, say};
use crate::{Error, Result};

/// How many times the time a page may take.
const TIMES_MAX: f64 = 1.3;
/// Requests of each page at each server; the first few only warm up.
const REQUESTS: usize = 300;
const WARM_UP: usize = 20;

/// Who asks.
#[derive(Clone, Copy)]
enum Who {
    Learner,
    Teacher,
    Administrator,
}

/// A page: who asks, and its path; `{course}` and `{item}` stand for one of theirs.
const VIEWS: &[(&str, Who, &str)] = &[
    ("Today", Who::Learner, "/"),
    ("Course page", Who::Learner, "/courses/{course}"),
    ("Item page", Who::Learner, "/courses/{course}/items/{item}"),
    ("Dates of a course", Who::Learner, "/courses/{course}/dates"),
    ("My courses", Who::Learner, "/courses"),
    ("Catalogue", Who::Learner, "/catalogue"),
    ("Catalogue, searched", Who::Learner, "/catalogue?q=energy"),
    ("Catalogue, second page", Who::Learner, "/catalogue?page=2"),
    ("Today", Who::Teacher, "/"),
    ("Course page", Who::Teacher, "/courses/{course}"),
    ("People of a course", Who::Teacher, "/courses/{course}/people"),
    ("Progress in a course", Who::Teacher, "/courses/{course}/progress"),
    ("Today", Who::Administrator, "/"),
    ("People", Who::Administrator, "/institution/people"),
    ("People, searched", Who::Administrator, "/institution/people?q=abel"),
    ("All courses", Who::Administrator, "/courses?show=managed"),
    ("All courses, searched", Who::Administrator, "/courses?show=managed&q=energy"),
    ("Units", Who::Administrator, "/institution/units"),
];

/// Asks both, and prints the table.
pub fn measure(program: &Program, small: &Place, large: &Place) -> Result<()> {
    let (one, ten) = (program.serve(small, crate::server::Mode::Production)?, program.serve_beside(large)?);
    let mut table = Table::new(&["page", "whose", "ms", "ms with ten times the data", "times", "budget", ""]);
    for (name, who, path) in VIEWS {
        let (first, second) = both((&one, small), (&ten, large), *who, path)
            .map_err(|e| Error::Other(format!("{name} ({path}): {e}")))?;
        let times = second / first;
        let whose = match who {
            Who::Learner => "learner",
            Who::Teacher => "teacher",
            Who::Administrator => "administrator",
        };
        table.row(vec![
            (*name).to_owned(),
            whose.to_owned(),
            format!("{first:.2}"),
            format!("{second:.2}"),
            format!("{times:.2}"),
            format!("{TIMES_MAX}"),
            holds(times, TIMES_MAX),
        ]);
    }
    say(format_args!("\nGrowth on {}\n\n{table}", small.engine));
    Ok(())
}

fn both(one: (&Server, &Place), ten: (&Server, &Place), who: Who, path: &str) -> Result<(f64, f64)> {
    let requests = [requests(one.1, who, path)?, requests(ten.1, who, path)?];
    let mut connections = [Connection::open(one.0.address)?, Connection::open(ten.0.address)?];
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..WARM_UP + REQUESTS {
        for side in 0..2 {
            let request = &requests[side][number % requests[side].len()];
            let started = Instant::now();
            let answer = connections[side].ask(request)?;
            if answer.status != 200 {
                return Err(Error::Other(format!("it answered {}", answer.status)));
            }
            if number >= WARM_UP {
                times[side].push(ms(started.elapsed()));
            }
        }
    }
    Ok((median(&times[0]), median(&times[1])))
}

/// The page for a hundred people, or for as many as there are. Not compressed: that takes as long with any data, and would
/// only hide a difference.
fn requests(place: &Place, who: Who, path: &str) -> Result<Vec<Request>> {
    let readers: &[Reader] = match who {
        Who::Learner => &place.cast.learners,
        Who::Teacher => &place.cast.teachers,
        Who::Administrator => std::slice::from_ref(&place.cast.administrator),
    };
    let step = (readers.len() / 100).max(1);
    let request = |reader: &Reader| {
        let (course, item) = match (reader.done, reader.courses.first()) {
            (Some((course, item)), _) => (course.to_string(), item.to_string()),
            (None, Some(course)) => (course.to_string(), String::new()),
            (None, None) => (String::new(), String::new()),
        };
        let path = path.replace("{course}", &course).replace("{item}", &item);
        Request::get_plain(&path, Some(&reader.session))
    };
    let requests: Vec<Request> = readers.iter().step_by(step).map(request).collect();
    if requests.is_empty() { Err(Error::Other("nobody can ask".to_owned())) } else { Ok(requests) }
}
