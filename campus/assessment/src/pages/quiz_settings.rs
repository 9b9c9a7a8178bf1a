//! `GET /courses/{course}/items/{item}/quiz/settings`: how a quiz goes.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CoursePage, EDIT};
use gradebook::Points;
use outline::Item;
use people::{Viewer, Visitor};
use web::{Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::{AtItem, at_item};
use crate::clock::{GRACE_SECONDS_MAX, Overdue};
use crate::keep::Keep;
use crate::quiz::{self, ATTEMPTS_MAX, LIMIT_MINUTES_MAX, Settings};
use crate::review::{Review, Shows};

/// The longest introduction, in characters.
const INTRO_MAX: usize = 10_000;
/// The longest word that opens a quiz, in characters.
const WORD_MAX: usize = 100;
/// What can be shown, and when, as the fields of the form name them.
const SHOWN: [&str; 5] = ["answers", "correct", "points", "feedback", "right"];
const PHASES: [&str; 3] = ["after", "open", "closed"];

#[derive(Template)]
#[template(path = "assessment/quiz_settings.html")]
struct SettingsPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    form: Form,
    keeps: Vec<(String, String)>,
    overdue: Vec<(String, String)>,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, EDIT)?;
        let form = filled(&quiz::settings(tx, item.id)?);
        Ok(html(view(&ctx, &viewer, &course, item, form)))
    })
    .await
}

fn view(ctx: &Ctx, viewer: &Viewer, course: &Course, item: Item, form: Form) -> SettingsPage {
    let page = viewer.page(ctx, "courses");
    let named = |prefix: &str, value: &str| (value.to_owned(), page.t(format!("{prefix}-{value}")));
    SettingsPage {
        frame: CoursePage::new(viewer, course, "edit"),
        keeps: Keep::ALL.iter().map(|keep| named("assessment-keep", keep.as_str())).collect(),
        overdue: Overdue::ALL.iter().map(|overdue| named("assessment-overdue", overdue.as_str())).collect(),
        page,
        item,
        form,
    }
}

fn filled(settings: &Settings) -> Form {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let flag = |on: bool| if on { "on" } else { "" }.to_owned();
    let mut form = Form::of(&[
        ("intro", settings.intro.clone()),
        ("attempts", settings.attempts.to_string()),
        ("keep", settings.keep.to_string()),
        ("limit_minutes", number(settings.limit_minutes)),
        ("overdue", settings.overdue.to_string()),
        ("grace_minutes", settings.grace_minutes.to_string()),
        ("shuffle", flag(settings.shuffle)),
        ("one_by_one", flag(settings.one_by_one)),
        ("one_way", flag(settings.one_way)),
        ("password", settings.password.clone()),
        ("points", settings.points.map(|units| Points::from_units(units).to_string()).unwrap_or_default()),
        ("passing_percent", number(settings.passing_percent)),
    ]);
    let review = [settings.review.after, settings.review.open, settings.review.closed];
    for (phase, shows) in PHASES.iter().zip(review) {
        let shown = [shows.answers, shows.correct, shows.points, shows.feedback, shows.right];
        for (what, on) in SHOWN.iter().zip(shown) {
            form.set(&format!("{phase}-{what}"), flag(on));
        }
    }
    form
}

/// `POST`: saves it.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, EDIT)?;
        let settings = read(&mut form);
        if form.has_errors() {
            return Ok(mistakes(view(&ctx, &viewer, &course, item, form)));
        }
        quiz::configure(tx, &item, &settings, viewer.person)?;
        let said = viewer.page(&ctx, "courses").t("assessment-settings-saved");
        Ok(see_other(format!("/courses/{}/items/{}/quiz", course.id, item.id)).flash(FlashKind::Good, said, None))
    })
    .await
}

fn read(form: &mut Form) -> Settings {
    let whole = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    let points = match form.text("points").optional().map(|text| text.parse::<Points>()) {
        None => None,
        Some(Ok(points)) if points > Points::ZERO => Some(points.units()),
        Some(_) => {
            form.fail("points", word!("assessment-wrong-points"));
            None
        }
    };
    let shows = |form: &Form, phase: &str| {
        let on = |what: &str| form.flag(&format!("{phase}-{what}"));
        Shows {
            answers: on("answers"),
            correct: on("correct"),
            points: on("points"),
            feedback: on("feedback"),
            right: on("right"),
        }
    };
    Settings {
        intro: form.text("intro").max(INTRO_MAX).get(),
        attempts: whole(Some(form.integer("attempts").at_least(0).at_most(ATTEMPTS_MAX).or(0))).unwrap_or(0),
        keep: form.choice("keep").or(Keep::Highest),
        limit_minutes: whole(form.integer("limit_minutes").at_least(1).at_most(LIMIT_MINUTES_MAX).get()),
        overdue: form.choice("overdue").or(Overdue::Submit),
        grace_minutes: whole(Some(form.integer("grace_minutes").at_least(1).at_most(GRACE_SECONDS_MAX / 60).or(10)))
            .unwrap_or(10),
        shuffle: form.flag("shuffle"),
        one_by_one: form.flag("one_by_one"),
        one_way: form.flag("one_way"),
        password: form.text("password").max(WORD_MAX).get(),
        review: Review { after: shows(form, "after"), open: shows(form, "open"), closed: shows(form, "closed") },
        points,
        passing_percent: whole(form.integer("passing_percent").at_least(1).at_most(100).get()),
    }
}
