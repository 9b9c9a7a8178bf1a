//! What becomes of each part of a package, and why.

use serde::{Deserialize, Serialize};
use web::{Page, word};

/// What becomes of a part of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is in the course as it was.
    Taken,
    /// It is in the course, in another form.
    Changed,
    /// It was there already.
    Same,
    /// It is kept for later, or left out.
    Left,
}

/// Why, or what was changed: a message and what it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The last part of the message's id (`exchange-note-...`).
    pub id: String,
    /// What it names; may be empty.
    #[serde(default)]
    pub about: String,
}

/// One part of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its kind, the last part of a message's id (`exchange-kind-...`).
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Why.
    pub notes: Vec<Note>,
    /// The identifiers of the resources of the package of which it tells.
    #[serde(default)]
    pub resources: Vec<String>,
}

/// Everything that was in a package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The title of the course in the package.
    pub title: String,
    /// The format in words, e.g. `Canvas, Common Cartridge 1.3`.
    pub format: String,
    /// Its parts, in the order of the course.
    pub entries: Vec<Entry>,
    /// What the reader noticed about the package itself, in English.
    pub findings: Vec<String>,
}

impl Note {
    /// A note without more.
    pub fn plain(id: &str) -> Self {
        Self { id: id.to_owned(), about: String::new() }
    }

    /// Whether it says that something came in another form.
    pub fn is_change(&self) -> bool {
        CHANGES.contains(&self.id.as_str())
    }

    /// A note that names something.
    pub fn about(id: &str, about: impl Into<String>) -> Self {
        Self { id: id.to_owned(), about: about.into() }
    }

    /// How many, where that is what it says: it chooses among the words for one and for several.
    fn count(&self) -> Option<i64> {
        self.id.ends_with("-elsewhere").then(|| self.about.parse().ok()).flatten()
    }
}

/// The kinds of entries and their messages.
const KINDS: &[(&str, &str)] = &[
    ("course", word!("exchange-kind-course")),
    ("settings", word!("exchange-kind-settings")),
    ("syllabus", word!("exchange-kind-syllabus")),
    ("module", word!("exchange-kind-module")),
    ("heading", word!("exchange-kind-heading")),
    ("page", word!("exchange-kind-page")),
    ("link", word!("exchange-kind-link")),
    ("file", word!("exchange-kind-file")),
    ("video", word!("exchange-kind-video")),
    ("quiz", word!("exchange-kind-quiz")),
    ("question-bank", word!("exchange-kind-question-bank")),
    ("assignment", word!("exchange-kind-assignment")),
    ("discussion", word!("exchange-kind-discussion")),
    ("announcement", word!("exchange-kind-announcement")),
    ("tool", word!("exchange-kind-tool")),
];

/// The messages of notes.
const NOTES: &[(&str, &str)] = &[
    ("alternative", word!("exchange-note-alternative")),
    ("as-page", word!("exchange-note-as-page")),
    ("as-syllabus", word!("exchange-note-as-syllabus")),
    ("describes-nothing", word!("exchange-note-describes-nothing")),
    ("edited", word!("exchange-note-edited")),
    ("empty", word!("exchange-note-empty")),
    ("file-dates", word!("exchange-note-file-dates")),
    ("file-locked", word!("exchange-note-file-locked")),
    ("frames-elsewhere", word!("exchange-note-frames-elsewhere")),
    ("front", word!("exchange-note-front")),
    ("html", word!("exchange-note-html")),
    ("image", word!("exchange-note-image")),
    ("indent", word!("exchange-note-indent")),
    ("instructors", word!("exchange-note-instructors")),
    ("kept", word!("exchange-note-kept")),
    ("kept-settings", word!("exchange-note-kept-settings")),
    ("launches", word!("exchange-note-launches")),
    ("link-broken", word!("exchange-note-link-broken")),
    ("link-left", word!("exchange-note-link-left")),
    ("made-file", word!("exchange-note-made-file")),
    ("mark-instead", word!("exchange-note-mark-instead")),
    ("missing", word!("exchange-note-missing")),
    ("module-empty", word!("exchange-note-module-empty")),
    ("outside", word!("exchange-note-outside")),
    ("own-settings", word!("exchange-note-own-settings")),
    ("pictures-elsewhere", word!("exchange-note-pictures-elsewhere")),
    ("removed", word!("exchange-note-removed")),
    ("scheduled", word!("exchange-note-scheduled")),
    ("settings", word!("exchange-note-settings")),
    ("settings-left", word!("exchange-note-settings-left")),
    ("styles", word!("exchange-note-styles")),
    ("taken-out", word!("exchange-note-taken-out")),
    ("too-many", word!("exchange-note-too-many")),
    ("unknown", word!("exchange-note-unknown")),
    ("unsafe-address", word!("exchange-note-unsafe-address")),
    ("unused", word!("exchange-note-unused")),
    ("updated", word!("exchange-note-updated")),
];

/// Notes that say that something came in another form.
const CHANGES: &[&str] =
    &["as-syllabus", "file-dates", "frames-elsewhere", "link-broken", "link-left", "pictures-elsewhere", "removed"];

fn message(list: &[(&str, &'static str)], key: &str, other: &'static str) -> &'static str {
    list.iter().find(|(known, _)| *known == key).map_or(other, |(_, id)| id)
}

/// The name of a kind in the reader's language.
pub(crate) fn kind_word(page: &Page, kind: &str) -> String {
    page.t(message(KINDS, kind, word!("exchange-kind-other")))
}

impl Entry {
    /// The kind in the reader's language.
    pub fn kind_word(&self, page: &Page) -> String {
        kind_word(page, &self.kind)
    }

    /// The notes in the reader's language, one after the other.
    pub fn notes_text(&self, page: &Page) -> String {
        let one = |note: &Note| {
            let id = message(NOTES, &note.id, word!("exchange-note-unknown"));
            match note.count() {
                Some(count) => page.ta(id, &[("about", count)]),
                None => page.ta(id, &[("about", note.about.as_str())]),
            }
        };
        self.notes.iter().map(one).collect::<Vec<_>>().join(" ")
    }
}

impl Fate {
    /// Its message.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Taken => word!("exchange-taken"),
            Self::Changed => word!("exchange-changed"),
            Self::Same => word!("exchange-same"),
            Self::Left => word!("exchange-left"),
        }
    }

    /// The tone of its chip.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Taken => "good",
            Self::Changed => "soon",
            Self::Same | Self::Left => "",
        }
    }
}

impl Report {
    /// How many parts have this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.entries.iter().filter(|entry| entry.fate == fate).count()
    }

    /// The report as lines of English, for the command line.
    pub fn text(&self) -> String {
        let page = Page::stranger("en", store::Time::from_seconds(0));
        let mut out = format!("{} ({})\n", self.title, self.format);
        for entry in &self.entries {
            let notes = entry.notes_text(&page);
            let notes = if notes.is_empty() { notes } else { format!(": {notes}") };
            let (fate, kind) = (page.t(entry.fate.word()), entry.kind_word(&page));
            out.push_str(&format!("  {fate:<13} {kind:<13} {}{notes}\n", entry.title));
        }
        for finding in &self.findings {
            out.push_str(&format!("  note          {finding}\n"));
        }
        let fates = [Fate::Taken, Fate::Changed, Fate::Same, Fate::Left];
        let counts = fates.map(|fate| format!("{} {}", self.count(fate), page.t(fate.word()).to_lowercase()));
        out.push_str(&counts.join(", "));
        out
    }
}
