//! `GET /courses`: my courses, current and past, and those that I look after.

use askama::Template;
use axum::extract::State;
use people::{Viewer, Visitor};
use store::Time;
use web::{Ctx, Form, Page, Result, html, word};

use super::common;
use crate::mine::{Managed, MyCourse, managed, manages, of_person};
use crate::{CREATE, Course, CourseState, EnrolmentState, Progress, ProgressProvider};

/// Which courses are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Current,
    Past,
    Managed,
}

#[derive(Template)]
#[template(path = "courses/mine.html")]
struct MinePage {
    page: Page,
    show: Show,
    past_count: usize,
    cards: Vec<Card>,
    may_create: bool,
    manages: bool,
    words: String,
    archived: bool,
    number: u32,
    has_more: bool,
}

/// A course as a tile.
struct Card {
    href: String,
    hue: u8,
    eyebrow: String,
    title: String,
    /// What the person is there beside a learner.
    roles: String,
    /// What is special about its state: a message and a tone.
    chip: Option<(String, &'static str)>,
    unit: String,
    days: String,
    progress: Option<Progress>,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, form: Form) -> Result {
    let progress = ctx.find::<ProgressProvider>().map(|provider| *provider);
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let page = viewer.page(&ctx, "courses");
        let manages = manages(&viewer);
        let show = match form.value("show") {
            "past" => Show::Past,
            "managed" if manages => Show::Managed,
            _ => Show::Current,
        };
        let mut view = MinePage {
            show,
            past_count: 0,
            cards: Vec::new(),
            may_create: viewer.can_anywhere(CREATE),
            manages,
            words: form.value("q").trim().to_owned(),
            archived: form.flag("archived"),
            number: form.value("page").parse().unwrap_or(0),
            has_more: false,
            page,
        };
        if show == Show::Managed {
            let which = Managed { words: view.words.clone(), archived: view.archived, page: view.number };
            let (courses, has_more) = managed(tx, &viewer, &which)?;
            view.cards = courses.iter().map(|course| managed_card(&view.page, course)).collect();
            view.has_more = has_more;
        } else {
            let now = tx.now();
            let (past, current): (Vec<_>, Vec<_>) =
                of_person(tx, viewer.person, progress)?.into_iter().partition(|mine| mine.is_past(now));
            view.past_count = past.len();
            let shown = if show == Show::Past { past } else { current };
            view.cards = shown.into_iter().map(|mine| card(&view.page, &viewer, mine, now)).collect();
        }
        Ok(html(&view))
    })
    .await
}

fn card(page: &Page, viewer: &Viewer, mine: MyCourse, now: Time) -> Card {
    let course = &mine.course;
    // Who cannot go in yet reads about it.
    let open = mine.is_open(viewer, now);
    let href = if open { "" } else { "/about" };
    let staff = mine.roles().iter().any(|role| role.is_staff());
    let chip = match mine.standing() {
        Some(EnrolmentState::Active) => mine
            .enrolments
            .iter()
            .map(|enrolment| common::standing_chip(enrolment, now))
            .find(|chip| *chip == common::state_chip(EnrolmentState::Active))
            .or_else(|| mine.enrolments.first().map(|enrolment| common::standing_chip(enrolment, now)))
            .filter(|chip| *chip != common::state_chip(EnrolmentState::Active))
            .map(|(id, tone)| (page.t(id), tone)),
        Some(state) => {
            let (id, tone) = common::state_chip(state);
            Some((page.t(id), tone))
        }
        None => None,
    };
    Card {
        href: format!("/courses/{}{href}", course.id),
        hue: course.hue,
        eyebrow: eyebrow(mine.code(), course),
        title: mine.title().to_owned(),
        roles: if staff { roles(page, &mine) } else { String::new() },
        chip: chip.or_else(|| state_chip(page, course, now)),
        unit: String::new(),
        days: common::days(page, course),
        // The next step is for those who can take it.
        progress: mine.progress.clone().map(|progress| Progress { next: progress.next.filter(|_| open), ..progress }),
    }
}

fn managed_card(page: &Page, course: &Course) -> Card {
    Card {
        href: format!("/courses/{}", course.id),
        hue: course.hue,
        eyebrow: eyebrow(&course.code, course),
        title: course.title.clone(),
        roles: String::new(),
        chip: state_chip(page, course, page.now),
        unit: course.unit_name.clone(),
        days: common::days(page, course),
        progress: None,
    }
}

fn eyebrow(code: &str, course: &Course) -> String {
    let parts = [Some(code), course.term_name.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn roles(page: &Page, mine: &MyCourse) -> String {
    mine.roles().into_iter().map(|role| common::role(page, role)).collect::<Vec<_>>().join(", ")
}

/// What is special about the course itself: nothing where it is published.
fn state_chip(page: &Page, course: &Course, now: Time) -> Option<(String, &'static str)> {
    match course.state(now) {
        CourseState::Published => None,
        CourseState::Draft => Some((page.t(word!("courses-state-draft")), "soon")),
        CourseState::Archived => Some((page.t(word!("courses-state-archived")), "")),
        CourseState::Scheduled(from) => {
            Some((page.ta("courses-state-from", &[("time", page.time(from).short())]), "soon"))
        }
    }
}

impl MinePage {
    fn is(&self, name: &str) -> bool {
        let show = match self.show {
            Show::Current => "current",
            Show::Past => "past",
            Show::Managed => "managed",
        };
        show == name
    }

    /// The address of another page of the courses that somebody looks after.
    fn turn(&self, number: u32) -> String {
        let number = number.to_string();
        let mut query = vec![("show", "managed"), ("q", self.words.as_str()), ("page", number.as_str())];
        if self.archived {
            query.push(("archived", "on"));
        }
        format!("/courses?{}", web::url::query(query))
    }
}
