//! `/courses/{course}/enrolment`: my own. `POST` enrols, asks or queues, `PUT` accepts an invitation, `DELETE` leaves,
//! withdraws or declines.

use axum::extract::{Path, State};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, see_other, word};

use super::about;
use crate::course::SelfEnrolment;
use crate::enrolment::{
    ChangeRefused, Enrolment, EnrolmentRefused, EnrolmentState, NOTE_MAX, Wish, enrol_self, queue_place,
};
use crate::{Course, CourseId};

/// Enrols whoever asks, as the course has it.
pub(super) async fn enrol(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        let wish = Wish {
            section: form.id("section").get(),
            key: form.value("key").to_owned(),
            note: form.text("note").max(NOTE_MAX).get(),
        };
        if form.has_errors() {
            return about::with_mistakes(tx, &ctx, &viewer, id, form);
        }
        match enrol_self(tx, &course, viewer.person, &wish)? {
            Ok(enrolment) => welcome(tx, &viewer.page(&ctx, "courses"), &course, &enrolment, &viewer),
            Err(refused) => {
                note(&mut form, &course, refused);
                about::with_mistakes(tx, &ctx, &viewer, id, form)
            }
        }
    })
    .await
}

/// On to the course, where one is in; else back to where it says how one stands.
fn welcome(tx: &mut Tx<'_>, page: &Page, course: &Course, enrolment: &Enrolment, viewer: &Viewer) -> Result {
    let about = format!("/courses/{}/about#enrol", course.id);
    Ok(match enrolment.state {
        EnrolmentState::Waiting => {
            let place = queue_place(tx, enrolment)?;
            see_other(about).flash(FlashKind::Info, page.tn("courses-flash-waiting", place), None)
        }
        EnrolmentState::Requested => see_other(about).flash(FlashKind::Good, page.t("courses-flash-asked"), None),
        _ => {
            // What the enrolment has just allowed is not among what the viewer was loaded with.
            let viewer = Viewer::of(tx, viewer.person)?;
            let open = course.is_open_to(&viewer, page.now);
            let to = if open { format!("/courses/{}", course.id) } else { about };
            let text = page.ta("courses-flash-enrolled", &[("course", course.title.as_str())]);
            see_other(to).flash(FlashKind::Good, text, None)
        }
    })
}

/// Says at the field, or at the head of the form, why it was not possible.
fn note(form: &mut Form, course: &Course, refused: EnrolmentRefused) {
    let field = match course.enrolment {
        SelfEnrolment::Key => "key",
        SelfEnrolment::Ask => "note",
        SelfEnrolment::Open | SelfEnrolment::Closed => "section",
    };
    match refused {
        EnrolmentRefused::WrongKey => form.fail("key", word!("courses-refused-wrong-key")),
        EnrolmentRefused::TooManyAttempts => form.fail("key", word!("courses-refused-too-many-attempts")),
        EnrolmentRefused::NoSuchSection => form.fail("section", word!("field-choice")),
        EnrolmentRefused::Already => form.fail(field, word!("courses-refused-already")),
        EnrolmentRefused::Suspended => form.fail(field, word!("courses-you-are-suspended-text")),
        EnrolmentRefused::Closed | EnrolmentRefused::NotYet(_) | EnrolmentRefused::Over(_) => {
            form.fail(field, word!("courses-refused-closed"));
        }
    }
}

/// Accepts the invitation.
pub(super) async fn accept(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        let invited = |e: &Enrolment| e.state == EnrolmentState::Invited;
        let mut enrolment = mine(tx, &viewer, id, invited)?;
        enrolment.accept(tx).map_err(refused)?;
        welcome(tx, &viewer.page(&ctx, "courses"), &course, &enrolment, &viewer)
    })
    .await
}

/// Leaves the course, the queue, or withdraws what was asked.
pub(super) async fn leave(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        let page = viewer.page(&ctx, "courses");
        let mut enrolment = mine(tx, &viewer, id, Enrolment::may_leave)?;
        let was_in = enrolment.state == EnrolmentState::Active;
        enrolment.leave(tx).map_err(refused)?;
        let text = if was_in { word!("courses-flash-left") } else { word!("courses-flash-withdrawn") };
        let to = if course.is_listed(page.now) { format!("/courses/{id}/about") } else { "/courses".to_owned() };
        Ok(see_other(to).flash(FlashKind::Good, page.ta(text, &[("course", course.title.as_str())]), None))
    })
    .await
}

/// The viewer's enrolment that this is about.
fn mine(tx: &mut Tx<'_>, viewer: &Viewer, id: CourseId, is_it: impl Fn(&Enrolment) -> bool) -> Result<Enrolment> {
    let mine = Enrolment::of_person(tx, id, viewer.person)?;
    let nothing = || {
        Error::conflict(word!("courses-cannot-leave"))
            .way_on(format!("/courses/{id}/about"), word!("courses-read-about"))
    };
    mine.into_iter().find(is_it).ok_or_else(nothing)
}

/// A change that cannot be made from where the enrolment stands.
pub(super) fn refused(refused: ChangeRefused) -> Error {
    match refused {
        ChangeRefused::Store(error) => error.into(),
        ChangeRefused::NotFromHere { .. } => Error::conflict(word!("courses-cannot-change")),
        ChangeRefused::Twice => Error::conflict(word!("courses-enrolled-twice")),
    }
}
