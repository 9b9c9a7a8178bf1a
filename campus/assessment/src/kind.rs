//! The kind `quiz`.

use askama::Template;
use gradebook::Points;
use outline::{ActivityKind, Completion, Item, ItemId, Shown, Visit};
use people::PersonId;
use store::{Result, Time, Tx};
use web::{Ctx, Page, word};

use crate::attempt::{Attempt, Refused};
use crate::copying;
use crate::grade::{self, Try};
use crate::pages::ask;
use crate::quiz::{self, Quiz, Settings};
use crate::review::Shows;

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct QuizKind;

#[derive(Template)]
#[template(path = "assessment/quiz.html")]
struct QuizView<'v> {
    page: &'v Page,
    item: &'v Item,
    intro: String,
    quiz: Quiz,
    settings: Settings,
    limit: Option<i64>,
    tries: Vec<TryLine>,
    running: Option<Try>,
    together: Option<Points>,
    refused: Option<Refused>,
    learns: bool,
    staff: bool,
}

/// A line of the list of attempts.
struct TryLine {
    one: Try,
    shows: Shows,
    earned: Option<Points>,
}

impl ActivityKind for QuizKind {
    fn key(&self) -> &'static str {
        "quiz"
    }
    fn icon(&self) -> &'static str {
        "file-question-mark"
    }
    fn label_id(&self) -> &'static str {
        word!("assessment-quiz")
    }
    fn completion(&self) -> Completion {
        Completion::Submit
    }
    fn completions(&self) -> &'static [Completion] {
        &[Completion::Submit, Completion::Grade, Completion::View, Completion::None]
    }
    fn create(&self, tx: &mut Tx<'_>, item: &Item, by: PersonId) -> Result<()> {
        quiz::configure(tx, item, &Settings::default(), by)
    }
    fn show(&self, tx: &mut Tx<'_>, _: &Ctx, page: &Page, item: &Item, visit: &Visit<'_>) -> Result<Shown, web::Error> {
        let quiz = Quiz::of(tx, item, visit.viewer.person)?;
        let tries = grade::tries(tx, item.id, visit.viewer.person)?;
        let view = view(page, item, visit, quiz, tries);
        Ok(Shown { html: view.render()?, styles: vec!["css/quiz.css"], ..Shown::default() })
    }
    fn show_closed(
        &self,
        tx: &mut Tx<'_>,
        ctx: &Ctx,
        page: &Page,
        item: &Item,
        visit: &Visit<'_>,
    ) -> Result<Shown, web::Error> {
        // Who has never begun is told why it is closed, and nothing of what it holds.
        if grade::tries(tx, item.id, visit.viewer.person)?.is_empty() {
            return Ok(Shown::default());
        }
        self.show(tx, ctx, page, item, visit)
    }
    fn editor(&self, item: &Item) -> Option<String> {
        Some(format!("/courses/{}/items/{}/quiz", item.course, item.id))
    }
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
        copying::copy(tx, from, to, by)
    }
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<String> {
        // What is asked is nobody's to find before it is asked.
        Ok(quiz::settings(tx, item)?.intro)
    }
}

fn view<'v>(page: &'v Page, item: &'v Item, visit: &Visit<'_>, quiz: Quiz, tries: Vec<Try>) -> QuizView<'v> {
    let (now, settings, whole) = (page.now, quiz.settings(), quiz.whole());
    let is_running = |one: &&Try| {
        let clock = crate::attempt::clock(one.ends_at, &settings);
        one.ended_at.is_none() && !clock.standing(now).is_over()
    };
    let running = tries.iter().find(is_running).cloned();
    let had = tries.iter().filter(|one| !one.is_preview).count();
    let refused = if quiz.slots == 0 {
        Some(Refused::Empty)
    } else if visit.sees_everything {
        None
    } else if is_closed(item, now) {
        Some(Refused::Closed)
    } else {
        (settings.attempts > 0 && had >= settings.attempts as usize).then_some(Refused::NoneLeft)
    };
    let shows = |one: &Try| one.ended_at.map_or(Shows::default(), |at| settings.review.at(now, at, item.lock_at));
    let lines: Vec<TryLine> = tries
        .iter()
        .map(|one| TryLine {
            shows: shows(one),
            earned: one.earned(whole).filter(|_| one.ended_at.is_some()),
            one: one.clone(),
        })
        .collect();
    // The grade is told once the points of all that makes it may be seen.
    let may_tell = lines.iter().filter(|line| line.one.counts()).all(|line| line.shows.points);
    let limit = settings.limit_minutes.map(|minutes| i64::from(minutes) * i64::from(100 + quiz.extra_percent) / 100);
    QuizView {
        intro: ask::markdown(&settings.intro),
        together: grade::together(&settings, &tries, whole).filter(|_| may_tell),
        tries: lines,
        learns: visit.learns,
        staff: visit.sees_everything,
        page,
        item,
        quiz,
        settings,
        limit,
        running,
        refused,
    }
}

fn is_closed(item: &Item, now: Time) -> bool {
    item.unlock_at.is_some_and(|opens| opens > now) || item.lock_at.is_some_and(|closes| closes <= now)
}

impl QuizView<'_> {
    fn points(&self, points: impl std::borrow::Borrow<Points>) -> String {
        ask::points(self.page, *points.borrow())
    }

    /// When it ended, or else began.
    fn when(&self, one: &Try) -> Time {
        one.ended_at.unwrap_or(one.started_at)
    }

    /// How an attempt stands, in words, and the tone of its chip.
    fn state(&self, one: &Try) -> (String, &'static str) {
        let (word, tone) = crate::pages::state(one.ended_how);
        (self.page.t(word), tone)
    }
}

impl Attempt {
    /// Where its page is.
    pub fn path(&self, rest: &str) -> String {
        format!("/courses/{}/attempts/{}{rest}", self.course, self.id)
    }
}
