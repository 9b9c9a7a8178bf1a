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

    /// A note that names something.
    pub fn about(id: &str, about: impl Into<String>) -> Self {
        Self { id: id.to_owned(), about: about.into() }
    }
}

/// The kinds of entries and their messages.
const KINDS: &[(&str, &str)] = &[
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
    ("kept", word!("exchange-note-kept")),
    ("as-page", word!("exchange-note-as-page")),
    ("html", word!("exchange-note-html")),
    ("removed", word!("exchange-note-removed")),
    ("elsewhere", word!("exchange-note-elsewhere")),
    ("link-left", word!("exchange-note-link-left")),
    ("link-broken", word!("exchange-note-link-broken")),
    ("unknown", word!("exchange-note-unknown")),
    ("missing", word!("exchange-note-missing")),
    ("unsafe-address", word!("exchange-note-unsafe-address")),
    ("unused", word!("exchange-note-unused")),
    ("edited", word!("exchange-note-edited")),
    ("taken-out", word!("exchange-note-taken-out")),
    ("updated", word!("exchange-note-updated")),
    ("outside", word!("exchange-note-outside")),
    ("too-many", word!("exchange-note-too-many")),
];

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
            page.ta(message(NOTES, &note.id, word!("exchange-note-unknown")), &[("about", note.about.as_str())])
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
        let counts = fates.map(|fate| format!("{} {}", self.count(fate), page.t(fate.word())));
        out.push_str(&counts.join(", "));
        out
    }
}
