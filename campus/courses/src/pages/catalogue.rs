//! `GET /catalogue`: the courses that people may find. Strangers see the public ones.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use people::{UnitId, Viewer, Visitor};
use store::{Ids, Tx, params, sql};
use web::{Ctx, Form, Page, Result, html, word};

use super::common::{self, Choice};
use crate::catalogue::{Facets, Room, Search, facets, room, search};
use crate::course::SelfEnrolment;
use crate::{Course, CourseId, CourseState, EnrolmentState};

#[derive(Template)]
#[template(path = "courses/catalogue.html")]
struct CataloguePage {
    page: Page,
    form: Form,
    search: Search,
    units: Vec<Choice>,
    terms: Vec<Choice>,
    languages: Vec<Choice>,
    cards: Vec<Card>,
    has_more: bool,
    /// Whether anything narrows the list.
    is_narrowed: bool,
}

struct Card {
    href: String,
    hue: u8,
    eyebrow: String,
    title: String,
    summary: String,
    unit: String,
    days: String,
    language: String,
    /// How one gets in, or where the person stands: a text and a tone.
    chips: Vec<(String, &'static str)>,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.maybe(tx)?;
        let page = visitor.page(&ctx, "courses");
        let signed_in = viewer.is_some();
        let wanted = read(&mut form);
        let found = search(tx, &wanted, signed_in)?;
        let facets = facets(tx, signed_in)?;
        let ids: Vec<CourseId> = found.courses.iter().map(|course| course.id).collect();
        let rooms: HashMap<CourseId, Room> = room(tx, &ids)?.into_iter().map(|room| (room.course, room)).collect();
        let standing = viewer.map(|viewer| standings(tx, &viewer, &ids)).transpose()?.unwrap_or_default();
        let cards = found
            .courses
            .iter()
            .map(|course| card(&page, course, rooms.get(&course.id), standing.get(&course.id).copied()));
        let view = CataloguePage {
            cards: cards.collect(),
            has_more: found.has_more,
            units: units(&page, &facets),
            terms: counted(&page, "courses-any-term", &facets.terms, |(id, name, n)| {
                (id.to_string(), name.as_str(), *n)
            }),
            languages: counted(&page, "courses-any-language", &facets.languages, |(tag, n)| {
                (tag.clone(), common::language_name(tag), *n)
            }),
            is_narrowed: wanted != Search { page: wanted.page, ..Search::default() },
            search: wanted,
            page,
            form,
        };
        Ok(html(&view))
    })
    .await
}

/// What is looked for. What cannot be read narrows nothing.
fn read(form: &mut Form) -> Search {
    Search {
        words: form.value("q").trim().to_owned(),
        unit: form.value("unit").parse().ok(),
        term: form.value("term").parse().ok(),
        language: Some(form.value("language").to_owned()).filter(|language| !language.is_empty()),
        page: form.value("page").parse().unwrap_or(0),
    }
}

/// Where the viewer stands in these courses.
fn standings(tx: &mut Tx<'_>, viewer: &Viewer, ids: &[CourseId]) -> store::Result<HashMap<CourseId, EnrolmentState>> {
    let rows: Vec<(CourseId, EnrolmentState)> = tx.all(
        sql!("select course, state from enrolment where person = ?1 and course in ids(?2) and state <> 'removed'"),
        params![viewer.person, Ids(ids)],
    )?;
    let mut standings = HashMap::new();
    for (course, state) in rows {
        // Of several enrolments the one in which the person takes part says most.
        let known = standings.entry(course).or_insert(state);
        if state == EnrolmentState::Active {
            *known = state;
        }
    }
    Ok(standings)
}

fn card(page: &Page, course: &Course, room: Option<&Room>, standing: Option<EnrolmentState>) -> Card {
    let parts = [Some(course.code.as_str()), course.term_name.as_deref()];
    let chips = match standing {
        Some(EnrolmentState::Active) => vec![(page.t(word!("courses-yours")), "good")],
        Some(state) => {
            let (id, tone) = common::state_chip(state);
            vec![(page.t(id), tone)]
        }
        None => entrance(page, course, room),
    };
    Card {
        href: format!("/courses/{}/about", course.id),
        hue: course.hue,
        eyebrow: parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        title: course.title.clone(),
        summary: course.summary.clone(),
        unit: course.unit_name.clone(),
        days: common::days(page, course),
        language: common::language_name(&course.language).to_owned(),
        chips,
    }
}

/// How one gets in, and how much room there is.
fn entrance(page: &Page, course: &Course, room: Option<&Room>) -> Vec<(String, &'static str)> {
    let policy = match course.enrolment {
        SelfEnrolment::Closed => word!("courses-entrance-closed"),
        SelfEnrolment::Open => word!("courses-entrance-open"),
        SelfEnrolment::Key => word!("courses-entrance-key"),
        SelfEnrolment::Ask => word!("courses-entrance-ask"),
    };
    let mut chips = vec![(page.t(policy), if course.enrolment == SelfEnrolment::Open { "good" } else { "" })];
    if let CourseState::Scheduled(from) = course.state(page.now) {
        chips.push((page.ta("courses-state-from", &[("time", page.time(from).short())]), ""));
    }
    if course.enrolment == SelfEnrolment::Closed {
        return chips;
    }
    if let Err(crate::enrolment::EnrolmentRefused::NotYet(from)) = course.takes_enrolments(page.now) {
        chips.push((page.ta("courses-enrolment-opens", &[("time", page.time(from).short())]), "soon"));
    }
    match room.and_then(|room| room.free.map(|free| (free, room.waiting))) {
        Some((0, waiting)) => chips.push((page.tn("courses-places-full", waiting), "soon")),
        Some((free, _)) => chips.push((page.tn("courses-places-free", free), "")),
        None => {}
    }
    chips
}

fn units(page: &Page, facets: &Facets) -> Vec<Choice> {
    let read = |(id, name, count): &(UnitId, String, u32)| (id.to_string(), name.clone(), *count);
    let choices: Vec<(String, String, u32)> = facets.units.iter().map(read).collect();
    counted(page, "courses-any-unit", &choices, |(id, name, count)| (id.clone(), name.as_str(), *count))
}

/// The choices of a facet, each with its number, after one that narrows nothing.
fn counted<'f, T>(
    page: &Page,
    any: &str,
    facet: &'f [T],
    read: impl Fn(&'f T) -> (String, &'f str, u32),
) -> Vec<Choice> {
    let choice = |one: &'f T| {
        let (value, name, count) = read(one);
        (value, format!("{name} ({})", page.number(count)))
    };
    std::iter::once((String::new(), page.t(any))).chain(facet.iter().map(choice)).collect()
}

impl CataloguePage {
    /// The address of another page of what was found.
    fn turn(&self, number: u32) -> String {
        let number = number.to_string();
        let fields = ["q", "unit", "term", "language"];
        let mut query: Vec<(&str, &str)> = fields
            .into_iter()
            .map(|name| (name, self.form.value(name)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        query.push(("page", &number));
        format!("/catalogue?{}", web::url::query(query))
    }
}
