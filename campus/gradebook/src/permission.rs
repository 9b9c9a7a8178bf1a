//! What can be allowed with grades, and the built-in roles that are allowed it from the start.

use people::{Permission, PermissionInfo};

/// Give and change grades, and the rules by which they are made.
pub const GRADE: Permission = Permission("grades.edit");
/// See the grades of everybody in a course.
pub const VIEW_GRADES: Permission = Permission("grades.view");

/// The permissions of this crate.
pub const PERMISSIONS: &[PermissionInfo] = &[
    PermissionInfo {
        permission: GRADE,
        label_id: "permission-grades-edit",
        roles: &["manager", "teacher", "assistant"],
    },
    PermissionInfo {
        permission: VIEW_GRADES,
        label_id: "permission-grades-view",
        roles: &["manager", "teacher", "assistant"],
    },
];
