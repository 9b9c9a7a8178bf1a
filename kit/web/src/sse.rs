//! Live updates: server-sent events that only say "look again". The data is read anew each time, so a lost or a doubled
//! wake-up does no harm, and between nodes only the wake-up has to travel.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use http::HeaderName;
use tokio::sync::{broadcast, watch};

use crate::{Ctx, Error, Response, Result};

/// Wake-ups that come in so short a time are answered once.
const GATHER: Duration = Duration::from_millis(100);
/// A comment goes out this often, so that proxies keep the connection and a dead one is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// The topic that stands for every topic.
const ALL: &str = "*";

/// Carries wake-ups from those who commit to those who wait. Clones share it.
#[derive(Clone, Debug)]
pub struct Hub {
    wakes: broadcast::Sender<Arc<str>>,
    open: Arc<AtomicUsize>,
    closing: Arc<watch::Sender<bool>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self::new()
    }
}

impl Hub {
    /// A hub that nobody listens to yet.
    pub fn new() -> Self {
        Self {
            wakes: broadcast::channel(1024).0,
            open: Arc::new(AtomicUsize::new(0)),
            closing: Arc::new(watch::channel(false).0),
        }
    }

    /// Wakes all who listen to this topic (`course:ID`).
    pub fn wake(&self, topic: &str) {
        // Nobody listening is no fault.
        let _ = self.wakes.send(Arc::from(topic));
    }

    /// Passes on what another source tells of, such as the database of commits on this node and on others. Outside of
    /// an async runtime (a command line) there is nobody to wake, and nothing is done.
    pub fn follow(&self, mut source: broadcast::Receiver<String>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let hub = self.clone();
        runtime.spawn(async move {
            loop {
                match source.recv().await {
                    Ok(topic) => hub.wake(&topic),
                    Err(broadcast::error::RecvError::Lagged(_)) => hub.wake(ALL),
                    Err(broadcast::error::RecvError::Closed) => return,
                }
            }
        });
    }

    /// Listens to one topic from now on.
    pub fn listen(&self, topic: impl Into<String>) -> Listener {
        self.open.fetch_add(1, Ordering::Relaxed);
        Listener {
            topic: topic.into(),
            wakes: self.wakes.subscribe(),
            closing: self.closing.subscribe(),
            open: Arc::clone(&self.open),
        }
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// Ends all streams, so that the server can stop; browsers come back to whichever node answers.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }
}

/// One who waits for news of a topic.
#[derive(Debug)]
pub struct Listener {
    topic: String,
    wakes: broadcast::Receiver<Arc<str>>,
    closing: watch::Receiver<bool>,
    open: Arc<AtomicUsize>,
}

impl Listener {
    /// Waits for the next news; false when the server stops.
    pub async fn news(&mut self) -> bool {
        loop {
            tokio::select! {
                ended = self.closing.wait_for(|closing| *closing) => {
                    let _ = ended;
                    return false;
                }
                wake = self.wakes.recv() => match wake {
                    Ok(topic) if *topic == *self.topic || &*topic == ALL => break,
                    Ok(_) => {}
                    Err(broadcast::error::RecvError::Lagged(_)) => break,
                    Err(broadcast::error::RecvError::Closed) => return false,
                },
            }
        }
        tokio::time::sleep(GATHER).await;
        // What came in the meantime is answered by the same look.
        self.wakes = self.wakes.resubscribe();
        true
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A stream of events about a topic: one at once, and one after each wake-up. `look` reads the present state and gives
/// the text of the event (a fragment of HTML, or a number); where it answers `None` nothing is sent; an error ends the
/// stream, and the browser tries again. `name` is the event's name.
pub fn live<F, Fut>(ctx: &Ctx, topic: impl Into<String>, name: &'static str, look: F) -> Result<Response>
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Option<String>>> + Send,
{
    if ctx.hub.listeners() >= ctx.settings.limits.streams_max {
        return Err(Error::busy());
    }
    let listener = ctx.hub.listen(topic);
    let events = stream::unfold((listener, look, true), move |(mut listener, look, first)| async move {
        let mut waits = !first;
        loop {
            if waits && !listener.news().await {
                return None;
            }
            match look().await {
                Ok(Some(text)) => {
                    let event = Event::default().event(name).data(text.replace('\r', ""));
                    return Some((Ok::<_, Infallible>(event), (listener, look, false)));
                }
                Ok(None) => waits = true,
                Err(error) => {
                    tracing::warn!(%error, "a live update ended");
                    return None;
                }
            }
        }
    });
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // Nginx would hold events back until its buffer is full.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    Ok(Response::from(stream.into_response()).set(unbuffered, "no").cache(crate::CachePolicy::NoStore))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn hears_its_own_topic_and_the_one_for_all() {
        let hub = Hub::new();
        let mut listener = hub.listen("course:1");
        hub.wake("course:2");
        hub.wake("course:1");
        hub.wake("course:1");
        assert!(listener.news().await);
        let silence = tokio::time::timeout(Duration::from_millis(20), listener.news()).await;
        assert!(silence.is_err(), "two wake-ups in a moment are one piece of news");
        hub.wake(ALL);
        assert!(listener.news().await);
    }

    #[tokio::test]
    async fn a_source_is_passed_on_and_closing_ends_all() {
        let hub = Hub::new();
        let (source, receiver) = broadcast::channel(4);
        hub.follow(receiver);
        let mut listener = hub.listen("x");
        source.send("x".to_owned()).unwrap();
        assert!(listener.news().await);
        hub.close();
        assert!(!listener.news().await);
        drop(listener);
        assert_eq!(hub.listeners(), 0);
    }
}
