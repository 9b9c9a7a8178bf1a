//! Many requests, and how long each took.
//!
//! [`at_rate`] is an open loop: each request has the moment at which it is to be sent, and its time counts from that
//! moment, also where every connection was still busy then. A server that stalls for a second makes all requests of that
//! second late, as it would for people; a closed loop would count one. [`one_after_another`] is the closed loop, for what
//! is measured by how much gets done.

use std::net::SocketAddr;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::http::{Connection, Request};
use crate::{Error, Result};

/// Connections of the open loop: more than are ever busy at once while the server keeps up.
const CONNECTIONS: usize = 64;
/// The most requests in one measurement.
const REQUESTS_MAX: usize = 1_000_000;

/// What became of the requests.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How long each answer took, shortest first.
    pub times: Vec<Duration>,
    /// Answers with another status than the expected one, and requests without an answer.
    pub failed: usize,
    /// Requests that were not sent any more, since the server was too far behind.
    pub unsent: usize,
    /// From the first request to the last answer.
    pub span: Duration,
    /// Bytes of all bodies, as they came.
    pub bytes: u64,
}

impl Outcome {
    /// The time within which this share of the answers came (0.99 for p99); zero where there was none.
    pub fn within(&self, share: f64) -> Duration {
        let place = (self.times.len() as f64 * share).ceil() as usize;
        self.times.get(place.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// Answers in each second.
    pub fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.span.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    /// An error where not every request was answered as it should be: its figures would be worth nothing.
    pub fn complete(self) -> Result<Self> {
        match (self.failed, self.unsent) {
            (0, 0) => Ok(self),
            (failed, unsent) => Err(Error::Other(format!(
                "{failed} requests failed and {unsent} were not sent, of {}",
                self.times.len() + failed + unsent
            ))),
        }
    }

    fn add(&mut self, other: Self) {
        self.times.extend(other.times);
        self.failed += other.failed;
        self.bytes += other.bytes;
    }
}

/// Sends so many requests a second for so long, these in turn. Where the server falls behind by more than the whole span
/// the rest is not sent.
pub fn at_rate(address: SocketAddr, requests: &[Request], rate: u32, span: Duration) -> Result<Outcome> {
    let total = ((f64::from(rate) * span.as_secs_f64()) as usize).min(REQUESTS_MAX);
    let due = |ticket: usize| Duration::from_secs_f64(ticket as f64 / f64::from(rate));
    let most = span * 2 + Duration::from_secs(5);
    run(address, requests, total, CONNECTIONS, 200, |ticket, started| {
        let due = due(ticket);
        // Sleeping is exact to about 0.1 ms here, which is part of the time that is measured.
        std::thread::sleep(due.saturating_sub(started.elapsed()));
        (started.elapsed() < most).then_some(due)
    })
}

/// Sends each request once, from so many clients that each wait for their answer before the next, for at most so long.
pub fn one_after_another(
    address: SocketAddr,
    requests: &[Request],
    clients: usize,
    status: u16,
    span_max: Duration,
) -> Result<Outcome> {
    let mut outcome = run(address, requests, requests.len().min(REQUESTS_MAX), clients, status, |_, started| {
        let now = started.elapsed();
        (now < span_max).then_some(now)
    })?;
    // Here the time was the limit, and nobody waits for the rest.
    outcome.unsent = 0;
    Ok(outcome)
}

/// `start` waits until a request may go and says from when on its time counts; none ends the run.
fn run(
    address: SocketAddr,
    requests: &[Request],
    total: usize,
    clients: usize,
    status: u16,
    start: impl Fn(usize, Instant) -> Option<Duration> + Sync,
) -> Result<Outcome> {
    if requests.is_empty() {
        return Err(Error::Other("there is nothing to ask for".to_owned()));
    }
    let (next, ready) = (AtomicUsize::new(0), Barrier::new(clients));
    let client = || -> Result<Outcome> {
        let connection = Connection::open(address);
        ready.wait();
        let (mut connection, started) = (connection?, Instant::now());
        let mut own = Outcome::default();
        loop {
            let ticket = next.fetch_add(1, Ordering::Relaxed);
            let Some(from) = (ticket < total).then(|| start(ticket, started)).flatten() else { break };
            match connection.ask(&requests[ticket % requests.len()]) {
                Ok(answer) if answer.status == status => {
                    own.times.push(started.elapsed().saturating_sub(from));
                    own.bytes += answer.body.len() as u64;
                }
                Ok(_) => own.failed += 1,
                Err(_) => {
                    own.failed += 1;
                    connection = Connection::open(address)?;
                }
            }
        }
        own.span = started.elapsed();
        Ok(own)
    };
    let ended: Vec<Result<Outcome>> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|_| Err(Error::Other("a client stopped with an internal fault".to_owned())))
        };
        clients.into_iter().map(join).collect()
    });
    let mut all = Outcome::default();
    for own in ended {
        let own = own?;
        all.span = all.span.max(own.span);
        all.add(own);
    }
    all.times.sort_unstable();
    all.unsent = total - (all.times.len() + all.failed).min(total);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_counted_from_the_shortest() {
        let times = (1..=200).map(Duration::from_millis).collect();
        let outcome = Outcome { times, ..Outcome::default() };
        assert_eq!(outcome.within(0.5), Duration::from_millis(100));
        assert_eq!(outcome.within(0.99), Duration::from_millis(198));
        assert_eq!(outcome.within(1.0), Duration::from_millis(200));
        assert_eq!(Outcome::default().within(0.99), Duration::ZERO);
    }

    #[test]
    fn a_run_with_a_failure_has_no_figures() {
        assert!(Outcome { failed: 1, ..Outcome::default() }.complete().is_err());
        assert!(Outcome { unsent: 1, ..Outcome::default() }.complete().is_err());
        assert!(Outcome::default().complete().is_ok());
    }
}
