//! The pages that belong to no noun: the jobs of this installation, and in development the mails that were not sent.

mod jobs;
mod outbox;

use people::{HubCard, Permission, PermissionInfo};
use web::{Routes, word};

/// See the jobs and put failed ones in again.
pub(crate) const JOBS: Permission = Permission("system.jobs");

/// What can be allowed here.
pub(crate) const PERMISSIONS: &[PermissionInfo] =
    &[PermissionInfo { permission: JOBS, label_id: word!("app-permission-jobs"), roles: &[] }];

pub(crate) fn routes() -> Routes {
    jobs::routes().merge(outbox::routes())
}

/// What they add to the institution's page.
pub(crate) const HUB_CARDS: &[HubCard] = &[HubCard {
    href: "/institution/jobs",
    icon: "activity",
    label_id: word!("jobs-title"),
    text_id: word!("jobs-card"),
    permission: JOBS,
}];
