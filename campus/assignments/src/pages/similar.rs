//! `.../similarity`: what submissions have in common, for those who mark; and two of them side by side.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage};
use outline::{Item, ItemId};
use people::{PersonId, Viewer, Visitor};
use store::{FromRow, Tx, params, sql};
use web::{Ctx, Error, Page, Result, html};

use super::queue::who;
use super::{At, for_marker};
use crate::Assignment;
use crate::marking;
use crate::similarity::{ALL_WORDS_MAX, Piece, Vocabulary, pairs, pieces};

#[derive(Template)]
#[template(path = "assignments/similarity.html")]
struct Report {
    page: Page,
    frame: CoursePage,
    item: Item,
    pairs: Vec<Line>,
    compared: usize,
    left_out: usize,
}

struct Line {
    one: (String, String),
    other: (String, String),
    percent: u32,
    shared: usize,
}

#[derive(Template)]
#[template(path = "assignments/similar_pair.html")]
struct Both {
    page: Page,
    frame: CoursePage,
    item: Item,
    sides: Vec<(String, String, Vec<Piece>)>,
}

#[derive(FromRow)]
struct Words {
    person: PersonId,
    words: String,
}

/// Somebody's newest attempt: who they are in an address, how they are called, their words.
struct Written {
    who: String,
    name: String,
    words: String,
}

/// The words of everybody's newest attempt, in the order of the queue.
fn written(tx: &mut Tx<'_>, item: &Item, assignment: &Assignment) -> store::Result<Vec<Written>> {
    let lines = marking::queue(tx, item, assignment)?;
    let rows: Vec<Words> = tx.all(
        sql!(
            "select s.person, s.words from submission s where s.item = ?1 and s.words <> ''
             and s.number = (select max(t.number) from submission t where t.item = ?1 and t.person = s.person)"
        ),
        params![item.id],
    )?;
    let mut words: HashMap<PersonId, String> = rows.into_iter().map(|row| (row.person, row.words)).collect();
    let of = |line: &marking::Line| {
        let words = words.remove(&line.person)?;
        Some(Written { who: who(assignment, line), name: line.name.clone(), words })
    };
    Ok(lines.iter().filter_map(of).collect())
}

type Read = (Viewer, Course, Item, Assignment, Vec<Written>);

async fn read(ctx: &Ctx, visitor: Visitor, course: CourseId, item: ItemId) -> Result<Read> {
    ctx.db
        .read(move |tx| {
            let (viewer, course, item, assignment) = for_marker(tx, &visitor, course, item)?;
            let written = written(tx, &item, &assignment)?;
            Ok((viewer, course, item, assignment, written))
        })
        .await
}

pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let (viewer, course, item, assignment, written) = read(&ctx, visitor, course, item).await?;
    let task = text::html::visible_text(&assignment.html);
    // It may take a second or two: not on a thread of the database, and not on one that serves others.
    let compared = tokio::task::spawn_blocking(move || compare(&written, &task)).await.map_err(Error::internal)?;
    let (pairs, compared, left_out) = compared;
    let page = viewer.page(&ctx, "courses");
    let frame = CoursePage::new(&viewer, &course, "outline");
    Ok(html(Report { page, frame, item, pairs, compared, left_out }))
}

fn compare(written: &[Written], task: &str) -> (Vec<Line>, usize, usize) {
    let mut words = Vocabulary::default();
    let known = words.cut(task);
    let mut texts = Vec::new();
    let mut all = 0;
    for one in written {
        let text = words.cut(&one.words);
        all += text.len();
        if all > ALL_WORDS_MAX {
            break;
        }
        texts.push(text);
    }
    let named = |at: usize| (written[at].who.clone(), written[at].name.clone());
    let line = |pair: crate::similarity::Pair| Line {
        one: named(pair.of.0),
        other: named(pair.of.1),
        percent: pair.percent,
        shared: pair.shared,
    };
    (pairs(&texts, &known).into_iter().map(line).collect(), texts.len(), written.len() - texts.len())
}

/// Two of them side by side, with what they share marked.
pub(super) async fn pair(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, one, other)): Path<(CourseId, ItemId, String, String)>,
) -> Result {
    let (viewer, course, item, assignment, written) = read(&ctx, visitor, course, item).await?;
    let find = |who: &str| written.iter().find(|written| written.who == who).ok_or_else(Error::not_found);
    let (one, other) = (find(&one)?, find(&other)?);
    let mut words = Vocabulary::default();
    let known = words.cut(&text::html::visible_text(&assignment.html));
    let (first, second) = (words.cut(&one.words), words.cut(&other.words));
    let sides = vec![
        (one.who.clone(), one.name.clone(), pieces(&one.words, &first, &second, &known)),
        (other.who.clone(), other.name.clone(), pieces(&other.words, &second, &first, &known)),
    ];
    let page = viewer.page(&ctx, "courses");
    let frame = CoursePage::new(&viewer, &course, "outline");
    Ok(html(Both { page, frame, item, sides }))
}
