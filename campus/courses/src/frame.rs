//! The frame of every page of a course: its name and colour, its tabs, its state.

use people::{Permission, Viewer};
use store::Time;
use web::word;

use crate::course::{Archived, Course, CourseState, Publication};
use crate::{ARCHIVE, CourseId, EDIT, Enrolment, LEARN, PEOPLE, PREVIEW, PUBLISH, VIEW};

/// See the grades of everybody: a permission of the gradebook, whose page is one of every course.
const VIEW_GRADES: Permission = Permission("grades.view");

/// A place in a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its path.
    pub href: String,
    /// The message id of its name.
    pub label_id: &'static str,
    /// Whether the reader is there.
    pub is_current: bool,
}

/// What `course.html` needs: a field `frame` of every view struct of a page below a course, beside `page`.
///
/// A template extends `course.html` and fills the blocks `course_title` (the name of the page, for the window) and
/// `course` (the page). A page whose own title is its first heading fills `course_heading` too.
#[derive(Clone, Debug)]
pub struct CoursePage {
    /// The course.
    pub course: CourseId,
    /// Its title, as this person knows it.
    pub title: String,
    /// Its code, as this person knows it; may be empty.
    pub code: String,
    /// The name of its term.
    pub term: Option<String>,
    /// 1 to 8.
    pub hue: u8,
    /// The places in the course that this person may go to; none where they may not go in.
    pub tabs: Vec<Tab>,
    /// How much this person has done, in percent; none for those who do not take the course.
    pub progress: Option<u8>,
    /// Whether the state of the course is shown: to those who make it.
    pub shows_state: bool,
    /// Whether this person may publish it.
    pub may_publish: bool,
    /// Whether this person may bring it back from the archive.
    pub may_archive: bool,
    published: Option<Publication>,
    archived: Option<Archived>,
}

impl CoursePage {
    /// The frame for this person. `tab` is one of `outline`, `dates`, `people`, `about`, `edit`, `files`,
    /// `progress`, `grades`, `gradebook`, `settings`; anything else marks none.
    pub fn new(viewer: &Viewer, course: &Course, tab: &str) -> Self {
        let scope = course.scope();
        let can = |permission| viewer.can(permission, &scope);
        let tabs = [
            ("outline", "", word!("courses-tab-outline"), can(VIEW)),
            ("dates", "/dates", word!("courses-tab-dates"), can(VIEW)),
            ("grades", "/grades", word!("courses-tab-grades"), can(LEARN)),
            ("people", "/people", word!("courses-tab-people"), can(VIEW)),
            ("about", "/about", word!("courses-tab-about"), can(VIEW)),
            ("edit", "/edit", word!("courses-tab-edit"), can(EDIT)),
            ("files", "/library", word!("courses-tab-files"), can(EDIT)),
            ("progress", "/progress", word!("courses-tab-progress"), can(PEOPLE)),
            ("gradebook", "/gradebook", word!("courses-tab-gradebook"), can(VIEW_GRADES)),
            ("settings", "/settings", word!("courses-tab-settings"), can(EDIT)),
        ];
        let tabs = tabs.into_iter().filter(|(.., may)| *may).map(|(key, path, label_id, _)| Tab {
            href: format!("/courses/{}{path}", course.id),
            label_id,
            is_current: key == tab,
        });
        Self {
            tabs: tabs.collect(),
            shows_state: can(EDIT) || can(PREVIEW),
            may_publish: can(PUBLISH),
            may_archive: can(ARCHIVE),
            ..Self::for_stranger(course)
        }
    }

    /// The frame for somebody who is not signed in: the name of the course and nothing to go to.
    pub fn for_stranger(course: &Course) -> Self {
        Self {
            course: course.id,
            title: course.title.clone(),
            code: course.code.clone(),
            term: course.term_name.clone(),
            hue: course.hue,
            tabs: Vec::new(),
            progress: None,
            shows_state: false,
            may_publish: false,
            may_archive: false,
            published: course.published,
            archived: course.archived,
        }
    }

    /// With the ring that shows how much is done.
    #[must_use]
    pub fn with_progress(mut self, percent: Option<u8>) -> Self {
        self.progress = percent;
        self
    }

    /// Under the code and title of the person's cross-listed section (S-079).
    #[must_use]
    pub fn listed_for(mut self, enrolments: &[Enrolment]) -> Self {
        let said = |text: fn(&Enrolment) -> Option<&String>| {
            enrolments.iter().filter_map(text).find(|text| !text.is_empty()).cloned()
        };
        if let Some(title) = said(|enrolment| enrolment.section_title.as_ref()) {
            self.title = title;
        }
        if let Some(code) = said(|enrolment| enrolment.section_code.as_ref()) {
            self.code = code;
        }
        self
    }

    /// Draft, scheduled, published or archived.
    pub fn state(&self, now: Time) -> CourseState {
        CourseState::of(self.published, self.archived, now)
    }

    /// Whether learners do not see the course yet.
    pub fn is_draft(&self) -> bool {
        self.archived.is_none() && self.published.is_none()
    }

    /// The moment from which on learners see it, where that lies ahead.
    pub fn scheduled_for(&self, now: &Time) -> Option<Time> {
        match self.state(*now) {
            CourseState::Scheduled(from) => Some(from),
            _ => None,
        }
    }

    /// Whether it was put away.
    pub const fn is_archived(&self) -> bool {
        self.archived.is_some()
    }

    /// The line above the title: code and term.
    pub fn eyebrow(&self) -> String {
        let parts = [Some(self.code.as_str()), self.term.as_deref()];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
