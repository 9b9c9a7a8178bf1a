//! The kinds of content that resources have.

use std::collections::BTreeMap;

use crate::Moment;

/// A page of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The title of the document. Empty where it has none.
    pub title: String,
    /// What stands between `<body>` and `</body>`, as written: not cleaned, links not rewritten.
    pub body: String,
    /// What stands in `<head>`, as written, for those who want style sheets and scripts.
    pub head: String,
    /// The last part of its path without ending: the name by which Canvas links to it.
    pub slug: String,
    /// Whether it is the first page of the course (Canvas).
    pub front_page: bool,
    /// When it appears (Canvas `publish_at`).
    pub publish_at: Option<Moment>,
    /// All named `<meta>` entries of its head.
    pub meta: BTreeMap<String, String>,
}

/// A file to show or download.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileContent {
    /// The name that learners see: given by Canvas, else the last part of the path.
    pub name: String,
    /// Hidden from listings, but reachable by a link.
    pub hidden: bool,
    /// Not reachable at all.
    pub locked: bool,
    /// Reachable from then on.
    pub unlock_at: Option<Moment>,
    /// Reachable until then.
    pub lock_at: Option<Moment>,
    /// The rights holder.
    pub copyright: Option<String>,
    /// The licence (`cc_by`, ...).
    pub license: Option<String>,
    /// Captions and subtitles of a film.
    pub tracks: Vec<Track>,
}

/// Captions or subtitles of a film (Canvas `media_tracks.xml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// `subtitles`, `captions`, ...
    pub kind: String,
    /// Its language tag.
    pub language: String,
    /// The identifier of the resource that holds it.
    pub resource: Option<String>,
    /// The path of its file, if the package holds it.
    pub path: Option<String>,
    /// The captions themselves, where the settings carry them.
    pub text: Option<String>,
}

/// A link to another place on the web.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebLink {
    /// What learners read.
    pub title: String,
    /// The address as written.
    pub url: String,
    /// The window to open it in: `_blank`, `_self`, `_parent`, `_top` or a name.
    pub target: Option<String>,
    /// Features of that window, as written.
    pub window_features: Option<String>,
}

/// A text with its format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText {
    /// The text as written: HTML or plain text.
    pub text: String,
    /// Whether it is HTML.
    pub html: bool,
}

/// A topic to discuss.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discussion {
    /// Its title.
    pub title: String,
    /// What opens the discussion.
    pub text: RichText,
    /// Paths of attached files as written, relative to the topic's file.
    pub attachments: Vec<String>,
    /// Whether it is an announcement (Canvas).
    pub announcement: bool,
    /// Whether it stays at the top (Canvas).
    pub pinned: bool,
    /// Whether learners must post before they read (Canvas).
    pub post_first: bool,
    /// Opens then (Canvas `delayed_post_at`).
    pub unlock_at: Option<Moment>,
    /// Closes then (Canvas).
    pub lock_at: Option<Moment>,
    /// How it is graded, where it is (Canvas).
    pub assignment: Option<Box<Assignment>>,
}

/// An assignment, from the Common Cartridge extension, from Canvas, or from both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    /// Its title.
    pub title: String,
    /// What learners are to do.
    pub text: RichText,
    /// What only those who teach read.
    pub instructor_text: Option<RichText>,
    /// Points to reach.
    pub points: Option<f64>,
    /// Whether it counts for a grade.
    pub gradable: Option<bool>,
    /// `points`, `percent`, `letter_grade`, `pass_fail`, `not_graded`, ... (Canvas).
    pub grading_type: Option<String>,
    /// What may be handed in: `file`, `html`, `text`, `url` (Common Cartridge) or
    /// `online_upload`, `online_text_entry`, `on_paper`, `external_tool`, `none`, ... (Canvas).
    pub submission_types: Vec<String>,
    /// File name endings that may be handed in, without dot.
    pub allowed_extensions: Vec<String>,
    /// Paths of attached files as written.
    pub attachments: Vec<String>,
    /// Due then.
    pub due_at: Option<Moment>,
    /// Opens then.
    pub unlock_at: Option<Moment>,
    /// Closes then.
    pub lock_at: Option<Moment>,
    /// The identifier of its group (Canvas).
    pub group: Option<String>,
    /// The identifier of its rubric (Canvas).
    pub rubric: Option<String>,
    /// The identifier of the quiz whose grade column it is (Canvas).
    pub quiz: Option<String>,
    /// Its place in its group (Canvas).
    pub position: Option<u32>,
    /// Whether learners review each other (Canvas).
    pub peer_reviews: bool,
}

/// A quiz or a question bank. Its questions stay in the original files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// Its title.
    pub title: String,
    /// What learners read before it (Canvas).
    pub description: Option<String>,
    /// How many questions its main file holds.
    pub questions: u32,
    /// The path of the QTI 1.2 file in the form that Common Cartridge allows.
    pub qti: Option<String>,
    /// The path of the fuller QTI file that Canvas writes beside it.
    pub canvas_qti: Option<String>,
    /// `assignment`, `practice_quiz`, `survey`, `graded_survey` (Canvas).
    pub quiz_type: Option<String>,
    /// Points to reach (Canvas).
    pub points: Option<f64>,
    /// How often it may be taken; -1 for without limit.
    pub attempts: Option<i32>,
    /// Minutes to take it.
    pub time_limit_minutes: Option<u32>,
    /// Due then (Canvas).
    pub due_at: Option<Moment>,
    /// Opens then (Canvas).
    pub unlock_at: Option<Moment>,
    /// Closes then (Canvas).
    pub lock_at: Option<Moment>,
}

/// A tool to launch with LTI 1.0 or 1.1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tool {
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: Option<String>,
    /// The address to launch.
    pub launch_url: Option<String>,
    /// The same over TLS.
    pub secure_launch_url: Option<String>,
    /// Custom parameters.
    pub custom: BTreeMap<String, String>,
    /// Extension properties by platform.
    pub extensions: BTreeMap<String, BTreeMap<String, String>>,
    /// The maker's name.
    pub vendor: Option<String>,
}
