//! What several pages share: who is let in, and whom they see.

use courses::{Course, CourseId};
use people::{Permission, Viewer, Visitor};
use store::Tx;
use web::{Error, Form, Page, Result, ToArg, word};

use crate::sheet::Learner;
use crate::{NoPoints, Percent, Points};

/// Somebody who may do this with grades in the course, or in a section of it.
pub(super) struct Admitted {
    pub(super) viewer: Viewer,
    pub(super) course: Course,
    /// Whether they may do it everywhere in the course; else only in some sections.
    pub(super) everywhere: bool,
    permission: Permission,
}

/// Lets those in who may do this in the whole course.
pub(super) fn admitted(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    id: CourseId,
    permission: Permission,
) -> Result<Admitted, Error> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, id)?;
    viewer.must(permission, &course.scope())?;
    Ok(Admitted { viewer, course, everywhere: true, permission })
}

/// Lets those in, too, who may do this in a section: whom they see, [`Admitted::visible`] says.
pub(super) fn admitted_in_part(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    id: CourseId,
    permission: Permission,
) -> Result<Admitted, Error> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, id)?;
    let everywhere = viewer.can(permission, &course.scope());
    if !everywhere && !viewer.can_anywhere(permission) {
        return Err(Error::forbidden());
    }
    Ok(Admitted { viewer, course, everywhere, permission })
}

impl Admitted {
    /// Those of the learners whom this person may see or grade; an error where there is no one, and nothing of the course
    /// is theirs.
    pub(super) fn visible(&self, mut learners: Vec<Learner>) -> Result<Vec<Learner>, Error> {
        if self.everywhere {
            return Ok(learners);
        }
        learners.retain(|learner| self.may(learner));
        if learners.is_empty() { Err(Error::forbidden()) } else { Ok(learners) }
    }

    /// Whether this person may do it with that learner.
    pub(super) fn may(&self, learner: &Learner) -> bool {
        let scope = self.course.scope();
        let mut sections = learner.sections.iter();
        self.everywhere || sections.any(|section| self.viewer.can(self.permission, &scope.clone().section(*section)))
    }
}

/// Points of a field, from 0 on; none where it is empty or wrong, in which case the form knows.
pub(super) fn read_points(form: &mut Form, name: &str) -> Option<Points> {
    let text = form.text(name).optional()?;
    match text.parse::<Points>() {
        Ok(points) if points >= Points::ZERO => Some(points),
        Ok(_) => {
            form.fail(name, word!("grades-below-nothing"));
            None
        }
        Err(fault) => {
            form.fail(name, no_points(fault));
            None
        }
    }
}

/// A percentage of a field, from 0 to the most that is allowed; none where it is empty or wrong.
pub(super) fn read_percent(form: &mut Form, name: &str, most: Percent) -> Option<Percent> {
    let text = form.text(name).optional()?;
    match text.parse::<Percent>() {
        Ok(percent) if (Percent::default()..=most).contains(&percent) => Some(percent),
        Ok(_) => {
            form.fail_with(name, word!("grades-percent-range"), &[("most", most.to_string().to_arg())]);
            None
        }
        Err(_) => {
            form.fail(name, word!("grades-not-a-percentage"));
            None
        }
    }
}

/// What is wrong with points that were typed.
pub(crate) const fn no_points(fault: NoPoints) -> &'static str {
    match fault {
        NoPoints::NotANumber => word!("grades-not-a-number"),
        NoPoints::TooFine => word!("grades-too-fine"),
        NoPoints::TooLarge => word!("grades-too-large"),
    }
}

/// Words for the ways in which grades are posted, for a choice.
pub(super) fn posts(page: &Page) -> [(String, String); 2] {
    [
        ("automatic".to_owned(), page.t(word!("grades-posts-automatic"))),
        ("by-hand".to_owned(), page.t(word!("grades-posts-by-hand"))),
    ]
}
