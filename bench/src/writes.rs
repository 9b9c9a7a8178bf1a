//! How many writes get done: people say that they are done with an item, each write waited for until it is on the disk.

use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

use crate::fill::Deed;
use crate::http::Request;
use crate::load::one_after_another;
use crate::place::Place;
use crate::server::{Mode, Program};
use crate::table::{Table, median, ms, say};
use crate::{Error, Result};

/// Clients that write at once, and how many writes they share.
const STEPS: [(usize, usize); 3] = [(1, 600), (8, 3_000), (64, 9_000)];
/// The longest run; what is not written then is left.
const SPAN_MAX: Duration = Duration::from_secs(30);
/// How often the disk is asked to keep a block.
const SYNCS: usize = 100;

/// Measures, and prints the table. The data is not as it was afterwards.
pub fn measure(program: &Program, place: &Place, runs: usize) -> Result<()> {
    let sync_ms = sync_ms(place)?;
    place.spoil()?;
    let server = program.serve(place, Mode::Production)?;
    let mut table = Table::new(&["clients", "writes/s", "p50 ms", "p99 ms", "CPU ms/write"]);
    let mut left = spread(&place.cast.deeds);
    for (clients, count) in STEPS {
        let (mut rate, mut half, mut most, mut cpu) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..runs {
            let deeds: Vec<Request> = left.drain(..count.min(left.len())).collect();
            let before = server.cpu_seconds()?;
            let outcome = one_after_another(server.address, &deeds, clients, 303, SPAN_MAX)?.complete()?;
            cpu.push((server.cpu_seconds()? - before) * 1000.0 / outcome.times.len() as f64);
            rate.push(outcome.per_second());
            half.push(ms(outcome.within(0.5)));
            most.push(ms(outcome.within(0.99)));
        }
        let figures = [median(&half), median(&most), median(&cpu)].map(|figure| format!("{figure:.2}"));
        let own = [clients.to_string(), format!("{:.0}", median(&rate))];
        table.row(own.into_iter().chain(figures).collect());
    }
    say(format_args!("\nWrites on {} (the disk keeps a block in {sync_ms:.2} ms)\n\n{table}", place.engine));
    Ok(())
}

/// The deeds so that those of one person are far from each other.
fn spread(deeds: &[Deed]) -> Vec<Request> {
    const STRIDE: usize = 97;
    let request = |deed: &Deed| {
        Request::post(&format!("/courses/{}/items/{}/completion", deed.course, deed.item), Some(&deed.session))
    };
    (0..STRIDE).flat_map(|from| deeds.iter().skip(from).step_by(STRIDE)).map(request).collect()
}

/// How long the disk takes to keep a block of 4 KB: what one durable write costs at least.
fn sync_ms(place: &Place) -> Result<f64> {
    let path = place.directory.join("sync");
    let fail = || Error::io(format!("writing {}", path.display()));
    let mut file = File::create(&path).map_err(fail())?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let started = Instant::now();
        file.write_all(&[0; 4096]).map_err(fail())?;
        file.sync_data().map_err(fail())?;
        times.push(ms(started.elapsed()));
    }
    std::fs::remove_file(&path).map_err(fail())?;
    Ok(median(&times))
}
