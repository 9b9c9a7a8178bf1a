//! What several pages share: who is let in, and whom they see.

use courses::{Course, CourseId};
use people::{Permission, Viewer, Visitor};
use store::Tx;
use web::{Error, Page, Result, word};

use crate::sheet::Learner;

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

/// Words for the ways in which grades are posted, for a choice.
pub(super) fn posts(page: &Page) -> [(String, String); 2] {
    [
        ("automatic".to_owned(), page.t(word!("grades-posts-automatic"))),
        ("by-hand".to_owned(), page.t(word!("grades-posts-by-hand"))),
    ]
}
