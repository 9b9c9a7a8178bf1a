//! `GET /courses/{course}/attempts/{attempt}`: an attempt that runs; and saving what is answered.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CoursePage, LEARN, VIEW};
use gradebook::Points;
use people::{Viewer, Visitor};
use serde_json::json;
use store::{FromRow, Json, Time, Tx, params, sql};
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, see_other, word};

use super::ask::{self, Ask, Control};
use super::{AtAttempt, AtItem, at_course, at_item, makes};
use crate::AttemptId;
use crate::answer::Answer;
use crate::attempt::{Asked, Attempt, Refused, Starter, item_for, rewind, start};
use crate::clock::Standing;
use crate::finish;
use crate::quiz::Settings;
use crate::responses::{Desk, NotSaved, Save, Saved, Sent};

/// `POST /courses/{course}/items/{item}/attempts`: begins an attempt, or goes on with the one that runs.
pub(super) async fn begin(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem, form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, VIEW)?;
        let is_preview = makes(&viewer, &course);
        let back = format!("/courses/{}/items/{}", course.id, item.id);
        let item = if is_preview {
            item
        } else {
            Course::enter(tx, course.id, &viewer)?;
            viewer.must(LEARN, &course.scope())?;
            open_item(tx, &viewer, &course, &item)?
        };
        let starter = Starter { person: viewer.person, is_preview, word: form.value("word") };
        let page = viewer.page(&ctx, "courses");
        Ok(match start(tx, &item, starter)? {
            Ok(attempt) => see_other(format!("/courses/{}/attempts/{attempt}", course.id)),
            Err(refused) => see_other(back).flash(FlashKind::Bad, page.t(why_not(refused)), None),
        })
    })
    .await
}

/// The item as it is for a learner; an error where they do not see it, or it is not open to them.
fn open_item(tx: &mut Tx<'_>, viewer: &Viewer, course: &Course, item: &outline::Item) -> Result<outline::Item> {
    let outline = outline::load(tx, course.id, Some(viewer.person), false)?;
    let arranged = outline.arrange();
    let here = arranged.items().find(|one| one.item.id == item.id).ok_or_else(Error::not_found)?;
    if here.state == outline::ItemState::Locked {
        return Err(Error::conflict(word!("assessment-not-open")));
    }
    Ok(outline::Item::clone(&here.item))
}

const fn why_not(refused: Refused) -> &'static str {
    match refused {
        Refused::Empty => word!("assessment-empty"),
        Refused::NoneLeft => word!("assessment-none-left"),
        Refused::Closed => word!("assessment-closed"),
        Refused::WrongWord => word!("assessment-wrong-word"),
    }
}

/// An attempt with what its pages need of its quiz: one statement.
#[derive(FromRow)]
struct Head {
    title: String,
    settings: Option<Json<Settings>>,
    newest: i64,
}

/// The attempt of this person with its quiz; [`Error::not_found`] for one of somebody else.
pub(super) fn own(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    course: &Course,
    id: AttemptId,
) -> Result<(Attempt, String, Settings, i64)> {
    let attempt = Attempt::find(tx, course.id, id)?;
    if attempt.person != viewer.person {
        return Err(Error::not_found());
    }
    let head: Head = tx.one(
        sql!(
            "select i.title, (select settings from quiz where item = i.id) as settings,
                    coalesce((select max(n.seq) from attempt_answer n where n.attempt = ?2), 0) as newest
             from item i where i.id = ?1"
        ),
        params![attempt.item, id],
    )?;
    Ok((attempt, head.title, head.settings.map(|json| json.0).unwrap_or_default(), head.newest))
}

/// What holds of each question now: its answer, and whether the person wants to come back to it.
pub(super) fn held(tx: &mut Tx<'_>, attempt: AttemptId) -> Result<(BTreeMap<i64, Answer>, BTreeSet<i64>)> {
    let rows: Vec<(i64, Option<Json<Answer>>)> = tx.all(
        sql!(
            "select position, answer from (
                select position, answer, row_number() over (partition by position order by seq desc, device desc) as n
                from attempt_answer where attempt = ?1) a where n = 1
             union all select position, null from attempt_flag where attempt = ?1"
        ),
        params![attempt],
    )?;
    let (mut answers, mut flags) = (BTreeMap::new(), BTreeSet::new());
    for (position, answer) in rows {
        match answer {
            Some(Json(answer)) => _ = answers.insert(position, answer),
            None => _ = flags.insert(position),
        }
    }
    Ok((answers, flags))
}

#[derive(Template)]
#[template(path = "assessment/attempt.html")]
struct AttemptPage {
    page: Page,
    frame: CoursePage,
    title: String,
    attempt: Attempt,
    asks: Vec<Ask>,
    ways: Vec<Way>,
    /// Which page of questions this is, from 1, and how many there are.
    at: i64,
    pages: i64,
    may_go_back: bool,
    device: String,
    newest: i64,
    seconds_left: Option<i64>,
    has_math: bool,
}

/// A question in the navigator.
struct Way {
    number: usize,
    page: i64,
    is_here: bool,
    is_answered: bool,
    is_flagged: bool,
    is_open: bool,
}

/// The page.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): AtAttempt,
    form: Form,
) -> Result {
    let db = ctx.db.clone();
    let wanted: i64 = form.value("page").parse().unwrap_or(1);
    let shown = db
        .read(move |tx| {
            let (viewer, course) = at_course(tx, &visitor, course, VIEW)?;
            let (attempt, title, settings, newest) = own(tx, &viewer, &course, id)?;
            match attempt.standing(tx.now(), &settings) {
                _ if !attempt.is_running() => Ok::<_, Error>(Err(attempt)),
                Standing::Running => {
                    let questions = attempt.questions(tx)?;
                    let (answers, flags) = held(tx, id)?;
                    let device = device(tx);
                    let page = viewer.page(&ctx, "courses");
                    let frame = CoursePage::new(&viewer, &course, "outline");
                    let view = Running { attempt, title, settings, newest, questions, answers, flags, wanted, device };
                    Ok(Ok(html(view.page(page, frame))))
                }
                // Nothing is begun any more; what this browser still keeps is sent from the last page.
                Standing::Closing | Standing::Grace => Ok(Ok(see_other(attempt.path("/end")))),
                Standing::HandedIn | Standing::Lapsed => Ok(Err(attempt)),
            }
        })
        .await?;
    match shown {
        Ok(answer) => Ok(answer),
        Err(attempt) => over(&db, attempt).await,
    }
}

/// The end of an attempt that is over, noted by whoever looks first.
pub(super) async fn over(db: &store::Db, attempt: Attempt) -> Result {
    let receipt = attempt.path("/receipt");
    if attempt.is_running() {
        db.write(move |tx| finish::look(tx, attempt.id)).await?;
    }
    Ok(see_other(receipt))
}

/// The name of a page that answers will come from.
fn device(tx: &mut Tx<'_>) -> String {
    tx.random::<9>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All that the page of an attempt is made of.
struct Running {
    attempt: Attempt,
    title: String,
    settings: Settings,
    newest: i64,
    questions: Vec<Asked>,
    answers: BTreeMap<i64, Answer>,
    flags: BTreeSet<i64>,
    wanted: i64,
    device: String,
}

impl Running {
    fn page(self, page: Page, frame: CoursePage) -> AttemptPage {
        let each = self.settings.one_by_one;
        let pages = if each { self.questions.len() as i64 } else { 1 };
        let least = if self.attempt.one_way { self.attempt.reached.max(1) } else { 1 };
        // Where there is no way back there is none ahead either, but the next one.
        let most = if self.attempt.one_way { least } else { pages };
        let at = self.wanted.clamp(least.min(pages.max(1)), most.clamp(1, pages.max(1)));
        let none = Answer::Nothing;
        let mut number = 0;
        let (mut asks, mut ways) = (Vec::new(), Vec::new());
        for (index, asked) in (1_i64..).zip(&self.questions) {
            let answer = self.answers.get(&asked.position).unwrap_or(&none);
            let is_asked = asked.content.0.is_asked();
            number += usize::from(is_asked);
            let on_page = if each { index } else { 1 };
            if is_asked {
                ways.push(Way {
                    number,
                    page: on_page,
                    is_here: each && on_page == at,
                    is_answered: !answer.is_nothing(),
                    is_flagged: self.flags.contains(&asked.position),
                    is_open: !self.attempt.one_way,
                });
            }
            if on_page == at {
                let mut ask = Ask::new(&page, &asked.content.0, asked.position, answer, self.attempt.seed);
                ask.number = is_asked.then_some(number);
                ask.points = Some(asked.points).filter(|_| is_asked);
                ask.flagged = self.flags.contains(&asked.position);
                asks.push(ask);
            }
        }
        let left = |ends_at: Time| (ends_at.seconds() - page.now.seconds()).max(0);
        AttemptPage {
            has_math: asks.iter().any(|ask| ask.html.contains("data-math=")),
            seconds_left: self.attempt.ends_at.map(left),
            may_go_back: at > 1 && !self.attempt.one_way,
            title: self.title,
            device: self.device,
            newest: self.newest,
            attempt: self.attempt,
            page,
            frame,
            asks,
            ways,
            at,
            pages,
        }
    }
}

impl AttemptPage {
    /// What a question may earn, in words; empty where nothing.
    fn worth(&self, ask: &Ask) -> String {
        let points = ask.points.filter(|points| *points > Points::ZERO);
        points.map(|points| ask::worth(&self.page, points)).unwrap_or_default()
    }

    /// About how many minutes are left, at least one.
    fn minutes_left(&self) -> i64 {
        self.seconds_left.map_or(0, |seconds| (seconds + 59) / 60)
    }
}

/// `POST .../answers`: saves. The scripts of the page send single answers with `auto` and get JSON; the form sends all that it
/// shows and where to go.
pub(super) async fn save(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): AtAttempt,
    form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let desk = Desk::of(tx, course, id)?;
        viewer.must(VIEW, &desk.scope())?;
        if desk.person != viewer.person {
            return Err(Error::not_found());
        }
        let auto = form.flag("auto");
        let save = Save {
            device: form.value("device"),
            seen: form.value("seen").parse().unwrap_or(0),
            sent: sent(&form, auto),
        };
        let mut saved = desk.save(tx, &save, |name| form.values(name))?;
        if saved == Err(NotSaved::Over) && gets_more_time(tx, id)? {
            saved = Desk::of(tx, course, id)?.save(tx, &save, |name| form.values(name))?;
        }
        if saved.is_ok() {
            flags(tx, &desk, &form, auto)?;
        }
        let page = viewer.page(&ctx, "courses");
        match saved {
            Ok(saved) if auto => Ok(web::json(&told(saved))),
            Ok(_) => onward(tx, &desk, &form, &page),
            Err(NotSaved::Over) if auto => Err(Error::conflict(word!("assessment-too-late")).code("attempt-over")),
            Err(NotSaved::Over) => {
                let receipt = format!("/courses/{course}/attempts/{id}");
                Ok(see_other(receipt).flash(FlashKind::Bad, page.t("assessment-too-late"), None))
            }
            Err(NotSaved::TooLong { bytes_max, .. }) => Err(Error::too_large(bytes_max)),
            Err(NotSaved::Nonsense) => Err(Error::bad_request("error-bad-request")),
        }
    })
    .await
}

fn told(saved: Saved) -> serde_json::Value {
    json!({"newest": saved.newest, "left": saved.seconds_left})
}

/// Whether an attempt whose time is up by what was known of it has got more since, by an exception or otherwise.
fn gets_more_time(tx: &mut Tx<'_>, id: AttemptId) -> Result<bool> {
    let attempt = Attempt::lock(tx, id)?;
    if !attempt.is_running() {
        return Ok(false);
    }
    let item = item_for(tx, attempt.course, attempt.item, attempt.person)?;
    let after = rewind(tx, &attempt, &item)?;
    Ok(after.ends_at != attempt.ends_at)
}

/// `entry=PLACE:NUMBER` from the scripts, `shown=PLACE` from the form.
fn sent(form: &Form, auto: bool) -> Vec<Sent> {
    let number = |text: &str| text.parse::<i64>().ok();
    if auto {
        let pair = |entry: &str| entry.split_once(':').map(|(position, seq)| (number(position), number(seq)));
        let entries = form.values("entry").into_iter().filter_map(pair);
        return entries.filter_map(|(position, seq)| Some(Sent { position: position?, seq: Some(seq?) })).collect();
    }
    form.values("shown").into_iter().filter_map(number).map(|position| Sent { position, seq: None }).collect()
}

/// From the scripts only a flag that was changed comes; from the form all that it shows.
fn flags(tx: &mut Tx<'_>, desk: &Desk, form: &Form, auto: bool) -> Result<()> {
    let wanted: Vec<(i64, bool)> = if auto {
        let flag = |one: &str| one.split_once(':').and_then(|(position, on)| Some((position.parse().ok()?, on == "1")));
        form.values("flag").into_iter().filter_map(flag).collect()
    } else {
        let shown = form.values("shown").into_iter().filter_map(|position| position.parse().ok());
        shown.map(|position: i64| (position, form.flag(&format!("flag-{position}")))).collect()
    };
    if wanted.is_empty() || wanted.len() > crate::responses::SENT_MAX {
        return Ok(());
    }
    let (_, known) = held(tx, desk.id)?;
    for (position, on) in wanted.into_iter().filter(|(position, on)| known.contains(position) != *on) {
        desk.flag(tx, position, on)?;
    }
    Ok(())
}

/// Where the form's button leads.
fn onward(tx: &mut Tx<'_>, desk: &Desk, form: &Form, page: &Page) -> Result {
    let base = desk.path();
    let at: i64 = form.value("at").parse().unwrap_or(1);
    let to = match form.value("go") {
        "next" => at.saturating_add(1),
        "back" => at.saturating_sub(1),
        "end" => return Ok(see_other(format!("{base}/end"))),
        other => match other.parse() {
            Ok(page) => page,
            Err(_) => {
                return Ok(see_other(format!("{base}?page={at}")).flash(
                    FlashKind::Good,
                    page.t("assessment-saved"),
                    None,
                ));
            }
        },
    };
    desk.go_on(tx, to)?;
    Ok(see_other(format!("{base}?page={to}")))
}
