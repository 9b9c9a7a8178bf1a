//! What every handler can reach: the database, the server's settings, and the services that `app` puts in.

use std::any::{Any, TypeId, type_name};
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use store::{Db, Time};

use crate::reader::{Asking, Reader};
use crate::settings::Settings;
use crate::sse::Hub;
use crate::{Error, Result};

type Identify = Arc<dyn Fn(Ctx, Asking) -> Pin<Box<dyn Future<Output = Result<Reader>> + Send>> + Send + Sync>;

/// The state of the program, given to every handler as `State(ctx): State<Ctx>`. Clones share it.
#[derive(Clone)]
pub struct Ctx {
    /// The database.
    pub db: Db,
    /// How this server is set up.
    pub settings: Arc<Settings>,
    /// Wakes those who wait for news of a topic.
    pub hub: Hub,
    services: Arc<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    identify: Option<Identify>,
}

impl fmt::Debug for Ctx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ctx").field("db", &self.db).field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Ctx {
    /// Begins a context: `Ctx::builder(db).settings(settings).with(mailer).identify(people::identify).build()`.
    pub fn builder(db: Db) -> Builder {
        Builder { db, settings: Settings::default(), services: HashMap::new(), identify: None }
    }

    /// The time now, by the database's clock (which a test can set).
    pub fn now(&self) -> Time {
        self.db.clock().now()
    }

    /// The service of this type that `app` put in with [`Builder::with`].
    ///
    /// # Panics
    /// Where none was put in. That is a mistake in the assembly of the program, which the first request of any test
    /// shows; the request is answered with an error page.
    #[expect(clippy::panic, reason = "a mistake in the assembly of the program, found by the first test")]
    pub fn get<T: Send + Sync + 'static>(&self) -> Arc<T> {
        self.find().unwrap_or_else(|| panic!("no `{}` was put into the context", type_name::<T>()))
    }

    /// The service of this type, if there is one.
    pub fn find<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        Arc::clone(self.services.get(&TypeId::of::<T>())?).downcast().ok()
    }

    /// Who asks. Without an [`identify`](Builder::identify) function everyone is a stranger.
    pub(crate) async fn identify(&self, asking: Asking) -> Result<Reader, Error> {
        match &self.identify {
            Some(identify) => identify(self.clone(), asking).await,
            None => Ok(Reader::default()),
        }
    }
}

/// Puts a [`Ctx`] together.
#[must_use]
pub struct Builder {
    db: Db,
    settings: Settings,
    services: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
    identify: Option<Identify>,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Builder {
    /// How the server is set up; without this it is a development server on the local machine.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Puts a service in, found again by its type. A second one of the same type replaces the first.
    pub fn with<T: Send + Sync + 'static>(self, service: T) -> Self {
        self.with_shared(Arc::new(service))
    }

    /// [`Builder::with`] for a service that others hold too.
    pub fn with_shared<T: Send + Sync + 'static>(mut self, service: Arc<T>) -> Self {
        self.services.insert(TypeId::of::<T>(), service);
        self
    }

    /// How a request's person is found: run once for every request of a route, before the route's [`Access`] is
    /// checked. It reads the session or the bearer token and answers with the [`Reader`], a stranger where there is
    /// none.
    ///
    /// [`Access`]: crate::Access
    pub fn identify<F, Fut>(mut self, identify: F) -> Self
    where
        F: Fn(Ctx, Asking) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reader>> + Send + 'static,
    {
        self.identify = Some(Arc::new(move |ctx, asking| Box::pin(identify(ctx, asking))));
        self
    }

    /// The finished context. What the database tells of commits wakes the context's [`Hub`].
    pub fn build(self) -> Ctx {
        let hub = Hub::new();
        hub.follow(self.db.wakes());
        Ctx {
            db: self.db,
            settings: Arc::new(self.settings),
            hub,
            services: Arc::new(self.services),
            identify: self.identify,
        }
    }
}
