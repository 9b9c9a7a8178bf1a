//! The server: everything opened, mounted and run until it is asked to stop.

use std::net::SocketAddr;
use std::time::Duration;

use files::Files;
use mail::Mailer;
use store::Db;
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::Settings;

use crate::config::Config;
use crate::mount;
use crate::open::{self, Trouble};

/// How long open requests and jobs may take to end once the server is asked to stop.
const STOP_TIME_MAX: Duration = Duration::from_secs(20);

/// A server that is ready to run: its tables are there, its port is taken.
#[derive(Debug)]
pub struct Server {
    db: Db,
    files: Files,
    mailer: Mailer,
    settings: Settings,
    jobs_at_once: usize,
    listener: TcpListener,
}

impl Server {
    /// Opens everything, makes or brings up to date what must be in the database, and takes the port.
    pub async fn open(config: &Config) -> Result<Self, Trouble> {
        let (settings, jobs_at_once) = (open::web_settings(config)?, config.parse("jobs_at_once")?);
        let (db, files, mailer) = (open::database(config)?, open::files(config)?, open::mailer(config)?);
        for migration in mount::prepare(&db).await? {
            tracing::info!(migration, "migrated");
        }
        let listen = config.text("listen");
        let listener = TcpListener::bind(&listen).await.map_err(Trouble::io(format!("cannot listen on {listen}")))?;
        Ok(Self { db, files, mailer, settings, jobs_at_once, listener })
    }

    /// The database.
    pub const fn db(&self) -> &Db {
        &self.db
    }

    /// Where people reach it.
    pub fn address(&self) -> String {
        self.settings.base_url.clone()
    }

    /// The code for the first run, where the place is not set up yet.
    pub async fn setup_code(&self) -> Result<Option<String>, Trouble> {
        Ok(self.db.write(people::setup::new_code).await?)
    }

    /// Serves until `stop` is over, then lets requests and jobs end.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), Trouble> {
        let ctx = mount::context(self.db, self.settings, self.files, self.mailer);
        let (stopping, stopped) = watch::channel(false);
        let workers =
            (self.jobs_at_once > 0).then(|| tokio::spawn(mount::workers(&ctx, self.jobs_at_once).run(stopped.clone())));
        let router = mount::routes().into_router(ctx.clone());
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let hub = ctx.hub.clone();
        let shutdown = async move {
            stop.await;
            // Streams of live updates would hold the server open for ever.
            hub.close();
            let _ = stopping.send(true);
        };
        let mut asked = stopped;
        let served = axum::serve(self.listener, service).with_graceful_shutdown(shutdown);
        tokio::select! {
            done = served => done.map_err(Trouble::io("the server"))?,
            () = async {
                let _ = asked.wait_for(|stop| *stop).await;
                tokio::time::sleep(STOP_TIME_MAX).await;
            } => tracing::warn!("requests were still open when the server stopped"),
        }
        if let Some(workers) = workers
            && tokio::time::timeout(STOP_TIME_MAX, workers).await.is_err()
        {
            tracing::warn!("a job was still running when the server stopped; it will be run again");
        }
        Ok(())
    }
}

/// Over once the process is asked to stop: Ctrl-C, or SIGTERM.
pub async fn stop_signal() {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = ctrl_c => {}
        () = terminate => {}
    }
}
