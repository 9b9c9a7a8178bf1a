//! Where every noun is mounted: its permissions, its routes, its jobs, what it offers to others. A new noun is a line in
//! each of these lists.

use std::sync::Arc;

use courses::{CopyPart, CopyParts, CourseId, DateShift, DatesProvider, ProgressProvider};
use files::Files;
use mail::Mailer;
use people::{NavPlace, NavPlaces, PermissionInfo, PersonId};
use store::{Db, Tx};
use web::{Ctx, Routes, Settings, word};
use work::{JobKind, Schedule, Workers};

/// What can be allowed, noun by noun.
pub const PERMISSIONS: &[&[PermissionInfo]] =
    &[people::PERMISSIONS, courses::PERMISSIONS, gradebook::PERMISSIONS, crate::pages::PERMISSIONS];

/// Every address of the program.
pub fn routes() -> Routes {
    Routes::new()
        .merge(people::routes())
        .merge(exchange::routes())
        .merge(courses::routes())
        .merge(outline::routes())
        .merge(materials::routes())
        .merge(gradebook::routes())
        .merge(assignments::routes())
        .merge(assessment::routes())
        .merge(today::routes())
        .merge(crate::pages::routes())
        .merge(web::gallery::routes())
}

/// The context of every request.
pub fn context(db: Db, settings: Settings, files: Files, mailer: Mailer) -> Ctx {
    Ctx::builder(db)
        .settings(settings)
        .identify(people::identify)
        .with(files)
        .with(mailer)
        .with(people::Permissions(PERMISSIONS.to_vec()))
        .with(NavPlaces(places()))
        .with(people::HubCards([courses::HUB_CARDS, crate::pages::HUB_CARDS].concat()))
        .with(people::Places(vec![courses::PLACES]))
        .with(kinds())
        .with(ProgressProvider(outline::progress))
        .with(DatesProvider(outline::dates))
        .with(CopyParts(vec![
            CopyPart { key: "outline", label_id: word!("app-copy-outline"), step: copy_outline },
            CopyPart { key: "grades", label_id: word!("app-copy-grades"), step: gradebook::copy },
        ]))
        .build()
}

/// Every kind of activity, in the order in which they are offered.
pub fn kinds() -> outline::Kinds {
    assessment::kinds(assignments::kinds(materials::kinds()))
}

/// The places of the navigation. Only what exists, for those for whom it does.
fn places() -> Vec<NavPlace> {
    vec![
        NavPlace { href: "/", icon: "house", label_id: word!("app-today"), shown: |_| true },
        NavPlace { href: "/courses", icon: "book-open", label_id: word!("app-courses"), shown: |_| true },
        people::INSTITUTION_PLACE,
    ]
}

fn copy_outline(tx: &mut Tx<'_>, from: CourseId, to: CourseId, shift: &DateShift, by: PersonId) -> store::Result<()> {
    outline::copy(tx, &kinds(), from, to, shift, by)
}

/// What runs outside requests.
pub fn workers(ctx: &Ctx, at_once: usize) -> Workers {
    Workers::new(ctx.db.clone(), at_once).jobs(jobs(ctx)).schedules(schedules())
}

/// What is done again and again.
pub fn schedules() -> Vec<Schedule> {
    [work::schedules(), people::schedules(), courses::schedules(), assessment::schedules()].concat()
}

fn jobs(ctx: &Ctx) -> Vec<JobKind> {
    let mailer = ctx.get::<Mailer>();
    let mut jobs = people::jobs(ctx, move |letter| post(Arc::clone(&mailer), letter));
    jobs.extend(work::jobs());
    jobs.extend(assessment::jobs());
    jobs.extend(courses::jobs());
    jobs.extend(exchange::jobs(ctx));
    jobs
}

async fn post(mailer: Arc<Mailer>, letter: people::Letter) -> Result<(), work::Failure> {
    let message = mail::Message {
        to_name: letter.name,
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        reply_to: None,
    };
    mailer.send(&message).await.map_err(|e| {
        if e.is_temporary() { work::Failure::Retry(e.to_string()) } else { work::Failure::Final(e.to_string()) }
    })
}

/// What must be in the database before the first request: the tables, and the built-in roles with what each noun says of
/// them. Changes that an administrator made stay.
pub async fn prepare(db: &Db) -> store::Result<Vec<String>> {
    let done = db.migrate(&[&crate::SCHEMA]).await?;
    db.write(|tx| people::seed_roles(tx, PERMISSIONS)).await?;
    Ok(done)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use store::{Db, params, sql};

    /// Every statement of the demo on both engines, and that it leaves an academy in which something happened today.
    #[store::test]
    async fn the_academy_fills_an_empty_database(db: Db) {
        let dir = tempfile::tempdir().unwrap();
        let files = files::Files::open(&files::FilesConfig::Disk { dir: dir.path().to_owned() }).unwrap();
        crate::mount::prepare(&db).await.unwrap();
        demo::fill(&db, &files, &crate::mount::kinds()).await.unwrap();
        let now = db.clock().now();
        let counts: Vec<i64> = db
            .read(move |tx| {
                tx.values(
                    sql!(
                        "select count(*) from course union all select count(*) from person union all
                         select count(*) from item_progress where done_at > ?1 union all
                         select count(*) from event where at > ?2"
                    ),
                    params![now.plus_days(-7), now],
                )
            })
            .await
            .unwrap();
        let [courses, people, lately, ahead] = counts[..] else { unreachable!() };
        assert_eq!((courses, ahead), (4, 0), "four courses, and nothing from the future");
        assert!(people >= 40 && lately > 20, "{people} people, {lately} steps in the last week");
        assert_eq!(demo::sign_ins().len(), 5);
    }
}
