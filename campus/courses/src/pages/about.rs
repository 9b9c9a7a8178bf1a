//! `GET /courses/{course}/about`: the syllabus. What the course is about, who teaches it, when it runs, its schedule
//! from the dates that are really set (S-052), and how one enrols.

use askama::Template;
use axum::extract::{Path, State};
use jiff::Span;
use people::{Viewer, Visitor};
use store::{FromRow, Time, Tx, params, sql};
use web::{Ctx, Error, Form, Page, Result, html, word};

use super::common;
use crate::course::{Licence, Listing, SelfEnrolment};
use crate::enrolment::{Enrolment, EnrolmentRefused, Places};
use crate::{Course, CourseDate, CourseId, CoursePage, CourseRole, DatesProvider, EDIT, EnrolmentState, Section, VIEW};

/// The most dates of a schedule that are shown; more than a year of daily sessions.
const DATES_MAX: usize = 500;

#[derive(Template)]
#[template(path = "courses/about.html")]
pub(super) struct AboutPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    course: Course,
    about: String,
    teachers: Vec<Teacher>,
    sections: Vec<(Section, Places)>,
    weeks: Vec<Week>,
    entrance: Entrance,
    may_edit: bool,
}

/// Somebody who teaches the course.
#[derive(FromRow)]
struct Teacher {
    given: String,
    family: String,
    role: CourseRole,
}

impl Teacher {
    fn initials(&self) -> String {
        people::name::initials(&self.given, &self.family)
    }
}

/// The dates of one week.
struct Week {
    /// Its Monday.
    monday: Time,
    dates: Vec<CourseDate>,
}

/// What the reader can do to get in, or where they stand.
enum Entrance {
    /// Nobody is signed in.
    SignIn,
    /// The person is in, in these roles, and may leave or not.
    Inside(String, bool),
    /// The person waits for a place, at this number.
    Waiting(Box<Enrolment>, u32),
    /// The person has asked.
    Requested(Box<Enrolment>),
    /// The person is invited.
    Invited(Box<Enrolment>),
    /// Shut out for now.
    Suspended,
    /// It may be enrolled in.
    Open,
    /// Not now.
    Refused(EnrolmentRefused),
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.maybe(tx)?;
        let page = visitor.page(&ctx, "courses");
        Ok(html(&load(tx, &ctx, page, viewer.as_ref(), id, Form::new())?))
    })
    .await
}

/// The page with what is wrong in the form by which somebody wanted to enrol.
pub(super) fn with_mistakes(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, id: CourseId, form: Form) -> Result {
    let page = viewer.page(ctx, "courses");
    Ok(web::mistakes(&load(tx, ctx, page, Some(viewer), id, form)?))
}

fn load(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    page: Page,
    viewer: Option<&Viewer>,
    id: CourseId,
    form: Form,
) -> Result<AboutPage> {
    let course = Course::find(tx, id)?;
    let mine = viewer.map(|viewer| Enrolment::of_person(tx, id, viewer.person)).transpose()?.unwrap_or_default();
    if !may_read(&course, viewer, &mine, page.now) {
        return Err(if viewer.is_some() { Error::not_found() } else { Error::sign_in() });
    }
    let may_edit = viewer.is_some_and(|viewer| viewer.can(EDIT, &course.scope()));
    let inside = viewer.is_some_and(|viewer| course.is_open_to(viewer, page.now));
    let rendered = text::markdown::to_html(&course.about, &text::markdown::Options::default());
    let teachers = teachers(tx, id)?;
    let sections = Places::with_sections(tx, id)?;
    // The schedule names material, which is for those who are inside or look before they enrol.
    let weeks = match ctx.find::<DatesProvider>().as_deref() {
        Some(DatesProvider(of)) if inside || course.is_listed(page.now) => by_week(&page, of(tx, id, false)?),
        _ => Vec::new(),
    };
    let frame = match viewer {
        Some(viewer) if inside => CoursePage::new(viewer, &course, "about").listed_for(&mine),
        _ => CoursePage::for_stranger(&course),
    };
    Ok(AboutPage {
        entrance: entrance(tx, &page, viewer, &course, mine)?,
        about: rendered.html,
        teachers,
        sections,
        weeks,
        may_edit,
        frame,
        course,
        page,
        form,
    })
}

/// Who may know about the course: those inside, those who are or were in its list, and whoever finds it in the
/// catalogue.
fn may_read(course: &Course, viewer: Option<&Viewer>, mine: &[Enrolment], now: Time) -> bool {
    let listed = course.is_listed(now) && (viewer.is_some() || course.listing == Listing::Public);
    let enrolled = mine.iter().any(|enrolment| enrolment.state != EnrolmentState::Removed);
    listed || enrolled || viewer.is_some_and(|viewer| viewer.can(VIEW, &course.scope()))
}

fn teachers(tx: &mut Tx<'_>, course: CourseId) -> store::Result<Vec<Teacher>> {
    let now = tx.now();
    tx.all(
        sql!(
            "select distinct p.id, p.given, p.family, p.sort_name, e.role
             from enrolment_whole e join person p on p.id = e.person
             where e.course = ?1 and e.role in ('teacher', 'assistant') and e.state = 'active'
             and (e.counts_from is null or e.counts_from <= ?2) and (e.counts_until is null or e.counts_until > ?2)
             order by e.role desc, p.sort_name, p.id"
        ),
        params![course, now],
    )
}

/// The dates in the weeks of the reader's zone, which begin on Monday.
fn by_week(page: &Page, dates: Vec<CourseDate>) -> Vec<Week> {
    let monday = |at: Time| {
        let day = common::day_of(at, &page.zone);
        let since = i64::from(day.weekday().to_monday_zero_offset());
        let noon = day.saturating_sub(Span::new().days(since)).at(12, 0, 0, 0).to_zoned_datetime(page.zone.0.clone());
        noon.map_or(at, |noon| Time::from(noon.timestamp()))
    };
    let mut weeks: Vec<Week> = Vec::new();
    for date in dates.into_iter().take(DATES_MAX) {
        let monday = monday(date.at);
        match weeks.last_mut() {
            Some(week) if week.monday == monday => week.dates.push(date),
            _ => weeks.push(Week { monday, dates: vec![date] }),
        }
    }
    weeks
}

fn entrance(
    tx: &mut Tx<'_>,
    page: &Page,
    viewer: Option<&Viewer>,
    course: &Course,
    mine: Vec<Enrolment>,
) -> store::Result<Entrance> {
    if viewer.is_none() {
        return Ok(match course.takes_enrolments(page.now) {
            Ok(()) => Entrance::SignIn,
            Err(refused) => Entrance::Refused(refused),
        });
    }
    if crate::enrolment::is_active(&mine, page.now) {
        let roles = mine.iter().filter(|enrolment| enrolment.is_active(page.now));
        let roles = roles.map(|enrolment| common::role(page, enrolment.role)).collect::<Vec<_>>().join(", ");
        return Ok(Entrance::Inside(roles, mine.iter().any(Enrolment::may_leave)));
    }
    let pending = |state: EnrolmentState| mine.iter().find(|e| e.state == state).cloned().map(Box::new);
    if let Some(invited) = pending(EnrolmentState::Invited) {
        return Ok(Entrance::Invited(invited));
    }
    if let Some(waiting) = pending(EnrolmentState::Waiting) {
        let place = crate::enrolment::queue_place(tx, &waiting)?;
        return Ok(Entrance::Waiting(waiting, place));
    }
    if let Some(requested) = pending(EnrolmentState::Requested) {
        return Ok(Entrance::Requested(requested));
    }
    if pending(EnrolmentState::Suspended).is_some() {
        return Ok(Entrance::Suspended);
    }
    Ok(match course.takes_enrolments(page.now) {
        Ok(()) => Entrance::Open,
        Err(refused) => Entrance::Refused(refused),
    })
}

impl AboutPage {
    /// Whether there is something for the reader to do about it: on a phone the card for it stands far below.
    fn can_join(&self) -> bool {
        matches!(self.entrance, Entrance::SignIn | Entrance::Open | Entrance::Invited(_))
    }

    fn days(&self) -> String {
        common::days(&self.page, &self.course)
    }

    fn section_days(&self, section: &Section) -> String {
        common::span(&self.page, section.starts, section.ends)
    }

    fn language(&self) -> &str {
        common::language_name(&self.course.language)
    }

    fn role(&self, teacher: &Teacher) -> String {
        common::role(&self.page, teacher.role)
    }

    /// Whether one chooses a section when one enrols: a key may choose it, a single one needs no choice.
    fn chooses_section(&self) -> bool {
        self.sections.len() > 1
    }

    fn wants_key(&self) -> bool {
        self.course.enrolment == SelfEnrolment::Key
    }

    fn asks(&self) -> bool {
        self.course.enrolment == SelfEnrolment::Ask
    }

    /// Whether whoever enrols now would wait.
    fn is_full(&self) -> bool {
        self.sections.iter().all(|(_, places)| places.is_full())
    }

    /// How many places a section has, in words; empty where everyone fits.
    fn room(&self, places: &Places) -> String {
        match places.free() {
            None => String::new(),
            Some(0) => self.page.tn("courses-places-full", places.waiting),
            Some(free) => self.page.tn("courses-places-free", free),
        }
    }

    /// Why nobody can enrol now.
    fn refusal(&self, refused: &EnrolmentRefused) -> String {
        let at = |id: &str, time: Time| self.page.ta(id, &[("time", self.page.time(time).short_full())]);
        match *refused {
            EnrolmentRefused::NotYet(from) => at(word!("courses-refused-not-yet"), from),
            EnrolmentRefused::Over(until) => at(word!("courses-refused-over"), until),
            _ => self.page.t(word!("courses-refused-closed")),
        }
    }

    fn licence(&self) -> Option<String> {
        (self.course.licence != Licence::Reserved)
            .then(|| self.page.t(format!("courses-licence-{}", self.course.licence)))
    }
}
