//! `GET /`.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use courses::mine::{MyCourse, of_person};
use courses::{CREATE, Course, CourseId, CourseRole, EnrolmentState, PEOPLE};
use outline::roster::{Summary, summaries};
use outline::{Ahead, Kinds, Step, next_steps};
use people::{Viewer, Visitor, runs_the_institution};
use store::{Time, Tx};
use web::{Access, Ctx, Page, Routes, word};

use crate::agenda::{Why, agenda, by_need};

/// The pages of this crate.
pub fn routes() -> Routes {
    Routes::new().get("/", Access::SignedIn, show)
}

#[derive(Template)]
#[template(path = "today/today.html")]
struct Today {
    page: Page,
    greeting: String,
    first: Option<Shown>,
    why: &'static str,
    week: Vec<Shown>,
    learning: Vec<Learning>,
    all_done: bool,
    teaching: Vec<Teaching>,
    /// How much handed-in work waits for the person's marks.
    to_mark: i64,
    letters: Vec<Letter>,
    may_add: bool,
    may_create: bool,
    runs: bool,
}

/// A step as it is shown.
struct Shown {
    href: String,
    hue: u8,
    course: String,
    module: String,
    title: String,
    icon: &'static str,
    minutes: i64,
    due: Option<Time>,
    is_late: bool,
}

/// A course that the person learns in.
struct Learning {
    href: String,
    hue: u8,
    title: String,
    percent: u8,
    done: usize,
    total: usize,
    next: Option<(String, String)>,
}

/// A course that the person teaches.
struct Teaching {
    course: CourseId,
    hue: u8,
    title: String,
    is_draft: bool,
    /// Whether they may see who is where.
    may_see_people: bool,
    summary: Option<Summary>,
}

/// A place that was offered, is waited for or is about to begin.
struct Letter {
    href: String,
    hue: u8,
    title: String,
    text: &'static str,
    tone: &'static str,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    let kinds = ctx.get::<Kinds>();
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let page = viewer.page(&ctx, "today");
        let now = tx.now();
        let mine: Vec<MyCourse> =
            of_person(tx, viewer.person, None)?.into_iter().filter(|mine| !mine.is_past(now)).collect();
        let learnt: Vec<&MyCourse> = mine.iter().filter(|mine| learns(mine, &viewer, now)).collect();
        let taught: Vec<&MyCourse> = mine.iter().filter(|mine| teaches(mine, now)).collect();
        let ids = |of: &[&MyCourse]| of.iter().map(|mine| mine.course.id).collect::<Vec<CourseId>>();
        let ahead = next_steps(tx, viewer.person, &ids(&learnt))?;
        let learning = learning(&learnt, &ahead);
        let mut summed = if taught.is_empty() { Vec::new() } else { summaries(tx, &ids(&taught))? };
        by_need(&mut summed);
        let by_id: HashMap<CourseId, &MyCourse> = mine.iter().map(|mine| (mine.course.id, mine)).collect();
        let chosen = agenda(ahead.steps, now);
        let shown = |step: Step| shown(&step, by_id.get(&step.course).copied(), &kinds, now);
        let (first, why) = match chosen.first {
            Some((step, why)) => (Some(shown(step)), why_words(why)),
            None => (None, ""),
        };
        let all_done = !learning.is_empty() && learning.iter().all(|course| course.done == course.total);
        Ok(web::html(Today {
            greeting: greeting(&page, &viewer, now),
            first,
            why,
            week: chosen.week.into_iter().map(shown).collect(),
            all_done,
            learning,
            to_mark: to_mark(tx, &viewer, &taught)?,
            teaching: teaching(&taught, &viewer, summed, now),
            letters: mine.iter().filter_map(|mine| letter(mine, &viewer, now)).collect(),
            may_add: viewer.can_anywhere(people::EDIT),
            may_create: viewer.can_anywhere(CREATE),
            runs: runs_the_institution(&viewer),
            page,
        }))
    })
    .await
}

/// How many hand-ins wait, in the courses in which the person marks.
fn to_mark(tx: &mut Tx<'_>, viewer: &Viewer, taught: &[&MyCourse]) -> store::Result<i64> {
    let marks = |mine: &&&MyCourse| viewer.can(gradebook::GRADE, &mine.course.scope());
    let courses: Vec<CourseId> = taught.iter().filter(marks).map(|mine| mine.course.id).collect();
    if courses.is_empty() {
        return Ok(0);
    }
    Ok(assignments::marking::waiting(tx, &courses)?.iter().map(|work| work.waiting).sum())
}

fn learns(mine: &MyCourse, viewer: &Viewer, now: Time) -> bool {
    let takes_part = mine.enrolments.iter().any(|e| e.role == CourseRole::Learner && e.is_active(now));
    takes_part && mine.is_open(viewer, now)
}

fn teaches(mine: &MyCourse, now: Time) -> bool {
    mine.enrolments.iter().any(|e| e.role.is_staff() && e.is_active(now))
}

/// The courses with how far the person is.
fn learning(learnt: &[&MyCourse], ahead: &Ahead) -> Vec<Learning> {
    let one = |mine: &&MyCourse| {
        let id = mine.course.id;
        let (done, total) = ahead.tallies.get(&id).copied().unwrap_or((0, 0));
        let next = ahead.steps.iter().find(|step| step.course == id && step.is_next);
        let next = next.map(|step| (item_href(step), step.item.title.clone()));
        let percent = u8::try_from((done * 100).checked_div(total).unwrap_or(0)).unwrap_or(100);
        let href = format!("/courses/{id}");
        Learning { href, hue: mine.course.hue, title: mine.title().to_owned(), percent, done, total, next }
    };
    learnt.iter().map(one).collect()
}

fn item_href(step: &Step) -> String {
    format!("/courses/{}/items/{}", step.course, step.item.id)
}

fn shown(step: &Step, mine: Option<&MyCourse>, kinds: &Kinds, now: Time) -> Shown {
    Shown {
        href: item_href(step),
        hue: mine.map_or(1, |mine| mine.course.hue),
        course: mine.map_or_else(String::new, |mine| mine.title().to_owned()),
        module: step.module.clone(),
        title: step.item.title.clone(),
        icon: kinds.icon(&step.item.kind),
        minutes: i64::from(step.item.minutes),
        due: step.item.due_at,
        is_late: step.item.due_at.is_some_and(|due| due < now),
    }
}

fn teaching(taught: &[&MyCourse], viewer: &Viewer, summed: Vec<Summary>, now: Time) -> Vec<Teaching> {
    let rank = |course: CourseId| summed.iter().position(|summary| summary.course == course).unwrap_or(usize::MAX);
    let mut taught: Vec<&&MyCourse> = taught.iter().collect();
    taught.sort_by_key(|mine| rank(mine.course.id));
    let is_draft = |course: &Course| !course.published.is_some_and(|publication| publication.is_open(now));
    let one = |mine: &&MyCourse| Teaching {
        course: mine.course.id,
        hue: mine.course.hue,
        title: mine.title().to_owned(),
        is_draft: is_draft(&mine.course),
        may_see_people: viewer.can(PEOPLE, &mine.course.scope()),
        summary: summed.iter().find(|summary| summary.course == mine.course.id).cloned(),
    };
    taught.into_iter().map(one).collect()
}

/// What there is to tell of a course that one cannot take part in yet.
fn letter(mine: &MyCourse, viewer: &Viewer, now: Time) -> Option<Letter> {
    let (text, tone) = match mine.standing()? {
        EnrolmentState::Invited => (word!("today-invited"), "good"),
        EnrolmentState::Waiting => (word!("today-waiting"), ""),
        EnrolmentState::Requested => (word!("today-requested"), ""),
        EnrolmentState::Active if !mine.is_open(viewer, now) => (word!("today-not-open"), ""),
        _ => return None,
    };
    let href = format!("/courses/{}/about", mine.course.id);
    Some(Letter { href, hue: mine.course.hue, title: mine.title().to_owned(), text, tone })
}

fn why_words(why: Why) -> &'static str {
    match why {
        Why::Late => word!("today-why-late"),
        Why::DueSoonest => word!("today-why-due"),
        Why::Furthest => word!("today-why-furthest"),
        Why::First => word!("today-why-first"),
    }
}

fn greeting(page: &Page, viewer: &Viewer, now: Time) -> String {
    let hour = now.to_jiff().to_zoned_datetime((*page.zone).clone()).hour();
    let word = match hour {
        5..12 => word!("today-morning"),
        12..18 => word!("today-afternoon"),
        _ => word!("today-evening"),
    };
    page.ta(word, &[("name", viewer.given.as_str())])
}
