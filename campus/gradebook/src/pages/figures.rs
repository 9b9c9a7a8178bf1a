//! `GET /courses/{course}/grades/class`: how the class did, where the course shows it to its learners.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, LEARN};
use num_bigint::BigInt;
use people::Visitor;
use web::{Ctx, Error, Page, Result, html, word};

use super::words;
use crate::book::{Book, learners};
use crate::total::View;
use crate::{Points, VIEW_GRADES};

/// Grades that a column must have before anything is told of it: of fewer one could guess whose they are.
const LEAST: usize = 5;

#[derive(Template)]
#[template(path = "gradebook/figures.html")]
struct FiguresPage {
    page: Page,
    frame: CoursePage,
    rows: Vec<RowView>,
    /// Whether it is shown to those who see all grades.
    sees_all: bool,
}

struct RowView {
    title: String,
    possible: String,
    /// Lowest, median, mean, highest, each with the message id of its name.
    figures: Option<Vec<(&'static str, String)>>,
    count: usize,
}

/// How some people did: lowest, median, mean, highest. Exact; mean and median to two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Figures {
    lowest: Points,
    median: Points,
    mean: Points,
    highest: Points,
}

impl Figures {
    fn of(mut scores: Vec<Points>) -> Option<Self> {
        scores.sort_unstable();
        let (lowest, highest) = (*scores.first()?, *scores.last()?);
        let middle = scores.len() / 2;
        let median = if scores.len() % 2 == 1 {
            scores[middle]
        } else {
            Points::to_two_places(&((scores[middle - 1] + scores[middle]).exact() / BigInt::from(2)))
        };
        let sum: Points = scores.iter().copied().sum();
        let mean = Points::to_two_places(&(sum.exact() / BigInt::from(scores.len())));
        Some(Self { lowest, median, mean, highest })
    }

    fn told(self, page: &Page) -> Vec<(&'static str, String)> {
        let told = [
            (word!("grades-lowest"), self.lowest),
            (word!("grades-median"), self.median),
            (word!("grades-mean"), self.mean),
            (word!("grades-highest"), self.highest),
        ];
        told.into_iter().map(|(id, points)| (id, words::points(page, points))).collect()
    }
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::enter(tx, id, &viewer)?;
        let learns = viewer.can(LEARN, &course.scope());
        let sees_all = viewer.can(VIEW_GRADES, &course.scope());
        let book = Book::load(tx, id)?;
        let is_shown = sees_all || (learns && book.policy.shows_figures);
        if !is_shown {
            return Err(Error::not_found());
        }
        let (people, grades) = (learners(tx, id, None)?, book.grades(tx, None)?);
        let mut scores: Vec<Vec<Points>> = vec![Vec::new(); book.columns.len()];
        for learner in &people {
            let Some(entries) = grades.get(&learner.person) else { continue };
            let sheet = book.sheet(learner, entries, View::default());
            for (cell, scores) in sheet.cells.iter().zip(&mut scores) {
                // What is not posted is told of nobody.
                scores.extend(cell.score.filter(|_| cell.posted));
            }
        }
        let page = viewer.page(&ctx, "courses");
        let shown = book.columns.iter().zip(scores).filter(|(column, _)| column.is_open);
        let rows = shown.map(|(column, scores)| RowView {
            title: column.title.clone(),
            possible: words::points(&page, column.points),
            count: scores.len(),
            figures: (scores.len() >= LEAST).then(|| Figures::of(scores)).flatten().map(|figures| figures.told(&page)),
        });
        let rows = rows.collect();
        let frame = CoursePage::new(&viewer, &course, if sees_all { "gradebook" } else { "grades" });
        Ok(html(FiguresPage { page, frame, rows, sees_all }))
    })
    .await
}

impl FiguresPage {
    fn least(&self) -> usize {
        LEAST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_an_even_number_is_between_two() {
        let of = |points: &[i64]| Figures::of(points.iter().map(|points| Points::whole(*points)).collect());
        assert_eq!(of(&[]), None);
        let figures = of(&[9, 2, 4, 4]);
        let told = figures.map(|f| [f.lowest, f.median, f.mean, f.highest].map(|points| points.to_string()));
        assert_eq!(told, Some(["2", "4", "4.75", "9"].map(str::to_owned)));
        assert_eq!(of(&[1, 2]).map(|figures| figures.median.to_string()), Some("1.5".to_owned()));
    }
}
