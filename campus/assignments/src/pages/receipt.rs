//! `.../submissions/{submission}`: the receipt of what was handed in. It stays reachable for whoever handed it in, also
//! when the course is over.

use askama::Template;
use axum::extract::{Path, Query, State};
use courses::{Course, CourseId, CoursePage};
use http::HeaderMap;
use outline::ItemId;
use people::{Viewer, Visitor};
use serde::Deserialize;
use store::{Tx, params, sql};
use web::{Ctx, Error, Page, Result, html};

use super::upload;
use crate::draft::WorkFile;
use crate::{Assignment, Submission, SubmissionId, peer};

#[derive(Template)]
#[template(path = "assignments/receipt.html")]
struct Receipt {
    page: Page,
    frame: CoursePage,
    item: ItemId,
    title: String,
    submission: Submission,
    files: Vec<(i64, WorkFile)>,
    /// Whose it is, where a member of staff looks.
    whose: Option<String>,
    by_name: Option<String>,
}

type Of = Path<(CourseId, ItemId, SubmissionId)>;

/// The submission, where this person may see it: their own always, that of others who mark in this course. Else it does
/// not exist. An item that was taken out of the course keeps its receipts.
fn find(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    course: CourseId,
    item: ItemId,
    id: SubmissionId,
) -> Result<(Course, Submission)> {
    let submission = Submission::find(tx, item, id)?;
    if submission.course != course {
        return Err(Error::not_found());
    }
    let course = Course::find(tx, course)?;
    if submission.person != viewer.person {
        viewer.must_see(gradebook::GRADE, &course.scope())?;
    }
    Ok((course, submission))
}

pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item, id)): Of) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let (course, submission) = find(tx, &viewer, course, item, id)?;
        let title: String = tx.value(sql!("select title from item where id = ?1"), params![item])?;
        let is_own = submission.person == viewer.person;
        let assignment = Assignment::find(tx, item)?;
        let whose = match (is_own, assignment.hides_names()) {
            (true, _) => None,
            (false, true) => Some(assignment.code(submission.person)),
            (false, false) => outline::roster::name(tx, course.id, submission.person)?,
        };
        let by_name = match submission.by {
            Some(by) => {
                let name = sql!("select trim(given || ' ' || family) from person where id = ?1");
                tx.maybe::<(String,)>(name, params![by])?.map(|(name,)| name)
            }
            None => None,
        };
        let view = Receipt {
            page: viewer.page(&ctx, "courses"),
            frame: CoursePage::new(&viewer, &course, "outline"),
            files: Submission::files(tx, submission.id)?,
            item,
            title,
            submission,
            whose,
            by_name,
        };
        Ok(html(view))
    })
    .await
}

impl Receipt {
    fn path(&self) -> String {
        format!("/courses/{}/items/{}/submissions/{}", self.submission.course, self.item, self.submission.id)
    }

    fn name_in_path(name: &str) -> String {
        web::url::encoded(name)
    }
}

/// `?download` asks for a file to be saved rather than shown.
#[derive(Deserialize)]
pub(super) struct Wish {
    download: Option<String>,
}

/// The bytes of a file that was handed in.
pub(super) async fn file(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, id, position, _)): Path<(CourseId, ItemId, SubmissionId, i64, String)>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result {
    let file = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let submission = match find(tx, &viewer, course, item, id) {
                Ok((_, submission)) => submission,
                // Whoever reviews a work opens its files, and learns nothing of whose it is.
                Err(_) if peer::reviews(tx, viewer.person, id)? => Submission::find(tx, item, id)?,
                Err(error) => return Err(error),
            };
            let files = Submission::files(tx, submission.id)?;
            let found = files.into_iter().find(|(at, _)| *at == position);
            found.map(|(_, file)| file).ok_or_else(Error::not_found)
        })
        .await?;
    upload::send(&ctx, &file, wish.download.is_some(), &headers).await
}
