//! What can be allowed in a course, and the built-in roles that are allowed it from the start.

use people::{Permission, PermissionInfo};

/// See the course: its outline, its pages, its people as far as they are shown.
pub const VIEW: Permission = Permission("course.view");
/// Take part: what is done is kept as progress.
pub const LEARN: Permission = Permission("course.learn");
/// Change content and settings.
pub const EDIT: Permission = Permission("course.edit");
/// Publish the course and hide it again.
pub const PUBLISH: Permission = Permission("course.publish");
/// Put the course away and bring it back.
pub const ARCHIVE: Permission = Permission("course.archive");
/// Enrol learners and observers, change and end their enrolments.
pub const ENROL: Permission = Permission("course.enrol");
/// Enrol teachers, assistants and authors, change and end their enrolments.
pub const ENROL_STAFF: Permission = Permission("course.enrol-staff");
/// Make courses; asked at a unit.
pub const CREATE: Permission = Permission("course.create");
/// See every participant with their state and progress.
pub const PEOPLE: Permission = Permission("course.people");
/// Look at the course as a learner would see it, also before it is published.
pub const PREVIEW: Permission = Permission("course.preview");
/// Change the list of terms; asked at the institution.
pub const TERMS: Permission = Permission("course.terms");

/// The permissions of this crate.
pub const PERMISSIONS: &[PermissionInfo] = &[
    PermissionInfo {
        permission: VIEW,
        label_id: "permission-course-view",
        roles: &["manager", "teacher", "assistant", "author", "learner", "observer", "member"],
    },
    PermissionInfo { permission: LEARN, label_id: "permission-course-learn", roles: &["learner"] },
    PermissionInfo { permission: EDIT, label_id: "permission-course-edit", roles: &["manager", "teacher", "author"] },
    PermissionInfo { permission: PUBLISH, label_id: "permission-course-publish", roles: &["manager", "teacher"] },
    PermissionInfo { permission: ARCHIVE, label_id: "permission-course-archive", roles: &["manager", "teacher"] },
    PermissionInfo { permission: ENROL, label_id: "permission-course-enrol", roles: &["manager", "teacher"] },
    PermissionInfo {
        permission: ENROL_STAFF,
        label_id: "permission-course-enrol-staff",
        roles: &["manager", "teacher"],
    },
    PermissionInfo { permission: CREATE, label_id: "permission-course-create", roles: &["manager"] },
    PermissionInfo {
        permission: PEOPLE,
        label_id: "permission-course-people",
        roles: &["manager", "teacher", "assistant"],
    },
    PermissionInfo {
        permission: PREVIEW,
        label_id: "permission-course-preview",
        roles: &["manager", "teacher", "assistant", "author"],
    },
    PermissionInfo { permission: TERMS, label_id: "permission-course-terms", roles: &[] },
];
