use std::sync::Arc;

use super::{Assets, Raw};

/// Path, content, compressed content.
type Embedded = (&'static str, &'static [u8], Option<&'static [u8]>);

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

#[cfg(not(debug_assertions))]
pub(super) fn current() -> Arc<Assets> {
    static ASSETS: std::sync::OnceLock<Arc<Assets>> = std::sync::OnceLock::new();
    Arc::clone(ASSETS.get_or_init(|| Arc::new(Assets::new(embedded()))))
}

#[cfg(debug_assertions)]
pub(super) fn current() -> Arc<Assets> {
    debug::current()
}

/// The files that the build made part of the program.
fn embedded() -> Vec<Raw> {
    let file = |(path, bytes, brotli): &Embedded| -> Raw {
        ((*path).to_owned(), bytes::Bytes::from_static(bytes), brotli.map(bytes::Bytes::from_static))
    };
    EMBEDDED.iter().map(file).collect()
}

#[cfg(debug_assertions)]
mod debug {
    use std::path::{Path, PathBuf};
    use std::sync::{Mutex, PoisonError};
    use std::time::{Duration, Instant, SystemTime};

    use super::*;

    /// How long a debug build trusts what it has read.
    const FRESH: Duration = Duration::from_millis(500);

    type Print = Vec<(PathBuf, SystemTime, u64)>;

    struct Read {
        assets: Arc<Assets>,
        print: Print,
        looked: Instant,
    }

    pub(super) fn current() -> Arc<Assets> {
        static READ: Mutex<Option<Read>> = Mutex::new(None);
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets"));
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = read.as_ref().filter(|read| read.looked.elapsed() < FRESH) {
            return Arc::clone(&read.assets);
        }
        let mut print = Print::new();
        walk(root, &mut print);
        print.sort();
        let assets = match read.as_ref() {
            Some(read) if read.print == print => Arc::clone(&read.assets),
            _ if print.is_empty() => Arc::new(Assets::new(embedded())),
            _ => Arc::new(Assets::new(from_disk(root, &print))),
        };
        *read = Some(Read { assets: Arc::clone(&assets), print, looked: Instant::now() });
        assets
    }

    fn walk(folder: &Path, print: &mut Print) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.metadata() {
                Ok(about) if about.is_dir() => walk(&path, print),
                Ok(about) => print.push((path, about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len())),
                Err(_) => {}
            }
        }
    }

    fn from_disk(root: &Path, print: &Print) -> Vec<Raw> {
        let named = |path: &Path| path.strip_prefix(root).ok().map(|p| p.to_string_lossy().replace('\\', "/"));
        let read = |path: &Path| Some((named(path)?, std::fs::read(path).ok()?.into(), None));
        print.iter().filter_map(|(path, ..)| read(path)).collect()
    }
}
