use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::{Language, Words};
use crate::number::Marks;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The texts of this program.
#[cfg(not(debug_assertions))]
pub(super) fn current() -> Arc<Words> {
    embedded()
}

fn embedded() -> Arc<Words> {
    static EMBEDDED: OnceLock<Arc<Words>> = OnceLock::new();
    Arc::clone(EMBEDDED.get_or_init(|| Arc::new(from_files(LOCALES))))
}

#[cfg(debug_assertions)]
pub(super) fn current() -> Arc<Words> {
    debug::current()
}

/// Reads Fluent files given as language, file name and text. A file with a fault is used as far as it can be read, and
/// the fault is logged: one wrong line must not take all words from a page.
pub(super) fn from_files(files: &[(&str, &str, &str)]) -> Words {
    let mut texts: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (language, file, text) in files {
        texts.entry(language).or_default().push((file, text));
    }
    let languages = texts.into_iter().filter_map(|(tag, files)| Some((tag.to_owned(), language(tag, &files)?)));
    Words { languages: languages.collect() }
}

fn language(tag: &str, files: &[(&str, &str)]) -> Option<Language> {
    let Ok(locale) = tag.parse::<LanguageIdentifier>() else {
        tracing::error!(tag, "a folder in locales is not named after a language");
        return None;
    };
    let right_to_left = locale.character_direction() == CharacterDirection::RTL;
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Marks around values keep a foreign name from turning a right-to-left sentence around; elsewhere they only get
    // into the way of those who copy or search.
    bundle.set_use_isolating(right_to_left);
    for (file, text) in files {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, faults)| {
            tracing::error!(language = tag, file, ?faults, "a text file has faults");
            resource
        });
        if let Err(faults) = bundle.add_resource(resource) {
            tracing::error!(language = tag, file, ?faults, "a text is defined twice");
        }
    }
    let marks = Marks::new(&mark(&bundle, "format-group"), &mark(&bundle, "format-decimal"));
    bundle.set_formatter(Some(marks.formatter()));
    Some(Language { bundle, marks, right_to_left })
}

fn mark(bundle: &FluentBundle<FluentResource>, id: &str) -> String {
    let pattern = bundle.get_message(id).and_then(|message| message.value());
    pattern.map(|p| bundle.format_pattern(p, None, &mut Vec::new()).into_owned()).unwrap_or_default()
}

#[cfg(debug_assertions)]
mod debug {
    use std::path::{Path, PathBuf};
    use std::sync::{Mutex, PoisonError};
    use std::time::{Duration, Instant, SystemTime};

    use super::*;

    /// How long a debug build trusts what it has read.
    const FRESH: Duration = Duration::from_millis(500);

    struct Read {
        words: Arc<Words>,
        print: Vec<(PathBuf, SystemTime)>,
        looked: Instant,
    }

    pub(super) fn current() -> Arc<Words> {
        static READ: Mutex<Option<Read>> = Mutex::new(None);
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales"));
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = read.as_ref().filter(|read| read.looked.elapsed() < FRESH) {
            return Arc::clone(&read.words);
        }
        let print = fingerprint(root);
        let words = match read.as_ref() {
            Some(read) if read.print == print => Arc::clone(&read.words),
            _ if print.is_empty() => embedded(),
            _ => Arc::new(from_disk(&print)),
        };
        *read = Some(Read { words: Arc::clone(&words), print, looked: Instant::now() });
        words
    }

    fn fingerprint(root: &Path) -> Vec<(PathBuf, SystemTime)> {
        let mut files: Vec<_> = entries(root).flat_map(|language| entries(&language).collect::<Vec<_>>()).collect();
        files.retain(|file| file.extension().is_some_and(|e| e == "ftl"));
        files.sort();
        let changed = |file: &Path| file.metadata().and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        files.into_iter().map(|file| (file.clone(), changed(&file))).collect()
    }

    fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
    }

    fn from_disk(files: &[(PathBuf, SystemTime)]) -> Words {
        let named =
            |path: Option<&Path>| path.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let texts: Vec<(String, String, String)> = files
            .iter()
            .filter_map(|(file, _)| {
                Some((named(file.parent()), named(Some(file)), std::fs::read_to_string(file).ok()?))
            })
            .collect();
        let texts: Vec<_> = texts.iter().map(|(l, f, t)| (l.as_str(), f.as_str(), t.as_str())).collect();
        from_files(&texts)
    }
}
