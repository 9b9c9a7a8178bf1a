//! The academy as it stands once it was filled, on both engines.

use std::collections::BTreeSet;

use assignments::{Assignment, marking};
use courses::Course;
use gradebook::{Column, GradeState, of_column};
use outline::Item;
use store::{Db, Result, Tx, params, sql};

use crate::content;

async fn filled(db: &Db) {
    let dir = tempfile::tempdir().unwrap();
    let files = files::Files::open(&files::FilesConfig::Disk { dir: dir.path().to_owned() }).unwrap();
    db.write(|tx| people::seed_roles(tx, &[people::PERMISSIONS, courses::PERMISSIONS, gradebook::PERMISSIONS]))
        .await
        .unwrap();
    crate::fill(db, &files, &assessment::kinds(assignments::kinds(materials::kinds()))).await.unwrap();
}

fn course(tx: &mut Tx<'_>, code: &str) -> Result<Course> {
    let id = tx.value(sql!("select id from course where code = ?1"), params![code])?;
    Course::find(tx, id)
}

fn item(tx: &mut Tx<'_>, course: &Course, slug: &str) -> Result<Item> {
    let id = tx.value(sql!("select id from item where course = ?1 and source = ?2"), params![course.id, slug])?;
    Item::find(tx, course.id, id)
}

#[store::test]
async fn work_waits_is_being_marked_and_came_back(db: Db) {
    filled(&db).await;
    db.read(|tx| {
        let ecology = course(tx, "BIO 214")?;
        let notes = item(tx, &ecology, "field-notes")?;
        let assignment = Assignment::find(tx, notes.id)?;
        assert_eq!(assignment.points().to_string(), "20");
        assert!(!assignment.html.contains("\"page:"), "links lead somewhere");
        let lies: Vec<i64> = tx.values(
            sql!(
                "select count(*) from assignment_draft where item = ?1 and text <> ''
                 union all select count(*) from mark_draft d where d.item = ?1 and not exists
                     (select 1 from mark m where m.item = d.item and m.person = d.person)
                 union all select count(*) from mark where item = ?1"
            ),
            params![notes.id],
        )?;
        assert!(
            lies.iter().all(|count| *count > 0),
            "somebody writes, somebody is being marked, somebody has marks: {lies:?}"
        );
        let counts = marking::counts(tx, notes.id)?;
        assert!((2..counts.handed_in - 2).contains(&counts.waiting), "{counts:?}");
        let late: i64 = tx.value(
            sql!("select count(*) from submission where course = ?1 and late_seconds > 0"),
            params![ecology.id],
        )?;
        assert!((1..8).contains(&late), "{late} were late");
        let open = course(tx, "OPEN 1")?;
        let task = item(tx, &open, "task-notes")?;
        assert!(!Assignment::find(tx, task.id)?.is_graded() && Column::of_item(tx, task.id)?.is_none());
        assert!(marking::counts(tx, task.id)?.handed_in >= 6);
        Ok::<_, store::Error>(())
    })
    .await
    .unwrap();
}

#[store::test]
async fn grades_are_there_in_every_state(db: Db) {
    filled(&db).await;
    db.read(|tx| {
        for code in ["BIO 214", "MA 7", "FS 01"] {
            let course = course(tx, code)?;
            let columns = Column::of_course(tx, course.id)?;
            assert!(columns.len() >= 2 && columns.iter().all(|column| column.group.is_some()), "{code}");
            let mut grades = Vec::new();
            for column in &columns {
                grades.extend(of_column(tx, column.id)?);
            }
            for state in [GradeState::Graded, GradeState::Excused, GradeState::Missing] {
                assert!(grades.iter().any(|grade| grade.state == state), "{code}: {state:?}");
            }
            assert!(grades.iter().any(|grade| grade.is_posted()), "{code}");
            assert!(grades.iter().any(|grade| !grade.is_posted() && grade.state == GradeState::Graded), "{code}");
        }
        Ok::<_, store::Error>(())
    })
    .await
    .unwrap();
}

#[store::test]
async fn quizzes_were_tried_and_scored(db: Db) {
    filled(&db).await;
    db.read(|tx| {
        let ecology = course(tx, "BIO 214")?;
        let tides = item(tx, &ecology, "tides-check")?;
        let column = Column::of_item(tx, tides.id)?.ok_or(store::Error::NotFound)?;
        assert_eq!(column.points.to_string(), "11");
        let grades = of_column(tx, column.id)?;
        assert!(grades.len() >= 6 && grades.iter().all(|grade| grade.state == GradeState::Graded));
        let different: BTreeSet<_> = grades.iter().map(|grade| grade.points).collect();
        assert!(different.len() >= 4 && different.contains(&Some(column.points)), "{different:?}");
        let work = course(tx, "FS 01")?;
        let check = item(tx, &work, "fire-check")?;
        let column = Column::of_item(tx, check.id)?.ok_or(store::Error::NotFound)?;
        assert_eq!(column.passing.map(|points| points.to_string()).as_deref(), Some("4.8"));
        let grades = of_column(tx, column.id)?;
        let failed = grades.iter().filter(|grade| grade.points < column.passing).count();
        let done: i64 = tx.value(
            sql!("select count(*) from item_progress where item = ?1 and done_at is not null and reason = 'grade'"),
            params![check.id],
        )?;
        assert_eq!((failed, done), (1, 9), "all but one have passed, and who has is done with it");
        let running: i64 = tx.value(
            sql!("select count(*) from attempt where ended_at is null or ended_how <> 'submitted'"),
            params![],
        )?;
        assert_eq!(running, 0);
        Ok::<_, store::Error>(())
    })
    .await
    .unwrap();
}

/// Nothing was marked before it was handed in, and nobody had more than there is.
#[store::test]
async fn what_happened_follows_from_what_happened_before(db: Db) {
    filled(&db).await;
    let now = db.clock().now();
    db.read(move |tx| {
        let odd: Vec<i64> = tx.values(
            sql!(
                "select count(*) from mark m join submission s on s.item = m.item and s.person = m.person
                     and s.number = m.attempt where m.at < s.at
                 union all select count(*) from mark m join assignment a on a.item = m.item where m.points > a.points
                 union all select count(*) from submission where at >= ?1
                 union all select count(*) from grade g join grade_column c on c.id = g.grade_column where g.points > c.points
                 union all select count(*) from grade g where not exists
                     (select 1 from enrolment e where e.course = g.course and e.person = g.person and e.role = 'learner')"
            ),
            params![now],
        )?;
        assert_eq!(odd, [0, 0, 0, 0, 0]);
        Ok::<_, store::Error>(())
    })
    .await
    .unwrap();
}

#[test]
fn whoever_wrote_something_takes_the_course() {
    for (folder, course) in content::courses().unwrap() {
        let people: BTreeSet<&str> = course.enrolment.iter().map(|row| row.person.as_str()).collect();
        for item in course.module.iter().flat_map(|module| &module.item) {
            let wrote = item.work.iter().map(|work| work.person.as_str());
            let tried = item.quiz.iter().flat_map(|quiz| quiz.tries.keys().map(String::as_str));
            let wrote: Vec<&str> = wrote.chain(tried).collect();
            let once: BTreeSet<&str> = wrote.iter().copied().collect();
            assert_eq!(once.len(), wrote.len(), "{folder}, {}", item.slug);
            assert!(once.is_subset(&people), "{folder}, {}", item.slug);
        }
    }
}
