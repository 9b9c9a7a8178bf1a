//! Grades as they are given, changed, posted and kept, on both engines.

use courses::{Course, CourseRole, testing};
use outline::{Completion, Item, Module, NewItem};
use people::PersonId;
use store::{Tx, params, sql};

use crate::book::{Book, learners};
use crate::total::View;
use crate::{
    Column, Given, GradeState, Group, GroupSettings, Mode, NewColumn, Percent, Points, Policy, Posts, Source, give,
    handed_in, of_column, of_person, posting,
};

/// A course with a published item, a teacher and a learner.
struct Scene {
    course: Course,
    item: Item,
    teacher: PersonId,
    ana: PersonId,
}

impl Scene {
    fn new(tx: &mut Tx<'_>, completion: Completion) -> Self {
        people::testing::seed_roles(tx, &[people::PERMISSIONS, courses::PERMISSIONS, crate::PERMISSIONS]).unwrap();
        let course = testing::course(tx, "Marine ecology").unwrap();
        let teacher = testing::enrolled(tx, &course, "Sofia", CourseRole::Teacher).unwrap();
        let ana = testing::enrolled(tx, &course, "Ana", CourseRole::Learner).unwrap();
        let module = Module::add(tx, course.id, "Tides", None, teacher).unwrap();
        Module::find(tx, course.id, module).unwrap().publish(tx, teacher).unwrap();
        let new = NewItem { module, kind: "essay", title: "Essay", indent: 0, completion, source: None };
        let item = Item::add(tx, course.id, &new, teacher).unwrap();
        item.publish(tx, teacher).unwrap();
        Self { course, item, teacher, ana }
    }

    fn column(&self, tx: &mut Tx<'_>) -> Column {
        Column::for_item(tx, &self.item, Points::whole(10), self.teacher).unwrap()
    }

    fn is_done(&self, tx: &mut Tx<'_>) -> bool {
        let outline = outline::load(tx, self.course.id, Some(self.ana), false).unwrap();
        outline.facts.done.contains(&self.item.id)
    }
}

fn marked(points: i64) -> Given {
    Given::points(Points::whole(points), Source::Marker)
}

fn count(tx: &mut Tx<'_>) -> i64 {
    tx.value(
        sql!("select (select count(*) from grade_change) + (select count(*) from event where verb = 'grade.given')"),
        params![],
    )
    .unwrap()
}

#[store::test]
fn an_item_has_one_column_whatever_its_points(tx: &mut Tx<'_>) {
    let scene = Scene::new(tx, Completion::Grade);
    let first = scene.column(tx);
    let again = Column::for_item(tx, &scene.item, Points::whole(20), scene.teacher).unwrap();
    assert_eq!((first.id, again.points), (again.id, Points::whole(20)));
    let found = Column::of_item(tx, scene.item.id).unwrap().unwrap();
    assert_eq!((found.title.as_str(), found.points, found.is_open), ("Essay", Points::whole(20), true));
    scene.item.delete(tx, scene.teacher).unwrap();
    assert!(Column::of_course(tx, scene.course.id).unwrap().is_empty(), "a deleted item has no column to see");
    assert!(Column::of_item(tx, scene.item.id).unwrap().is_some(), "its grades are kept");
}

#[store::test]
fn the_same_grade_again_leaves_no_trace(tx: &mut Tx<'_>) {
    let scene = Scene::new(tx, Completion::Grade);
    let column = scene.column(tx);
    give(tx, &column, scene.ana, &marked(8), scene.teacher).unwrap();
    assert_eq!(count(tx), 2, "a change and an event");
    give(tx, &column, scene.ana, &marked(8), scene.teacher).unwrap();
    assert_eq!(count(tx), 2);
    give(tx, &column, scene.ana, &marked(9), scene.teacher).unwrap();
    assert_eq!(count(tx), 4);
    let grade = of_person(tx, scene.item.id, scene.ana).unwrap().unwrap();
    assert_eq!((grade.points, grade.state, grade.is_posted()), (Some(Points::whole(9)), GradeState::Graded, true));
    assert_eq!(of_person(tx, &column, scene.teacher).unwrap(), None);
    let (before, after, by): (Points, Points, PersonId) = tx
        .one(sql!("select before_points, points, by from grade_change where before_points is not null"), params![])
        .unwrap();
    assert_eq!((before, after, by), (Points::whole(8), Points::whole(9), scene.teacher));
}

#[store::test]
fn a_grade_that_is_seen_and_passes_completes_its_item(tx: &mut Tx<'_>) {
    let scene = Scene::new(tx, Completion::Grade);
    let column = scene.column(tx);
    let to = crate::ColumnSettings { passing: Some(Points::whole(5)), posts: Some(Posts::ByHand), ..column.settings() };
    column.change(tx, &to, scene.teacher).unwrap();
    let column = Column::find(tx, scene.course.id, column.id).unwrap();
    give(tx, &column, scene.ana, &marked(4), scene.teacher).unwrap();
    assert_eq!(posting::post(tx, &column, scene.teacher).unwrap(), 1);
    assert!(!scene.is_done(tx), "it does not pass");
    give(tx, &column, scene.ana, &marked(5), scene.teacher).unwrap();
    assert!(scene.is_done(tx), "it was posted before, so that it is seen at once");
}

#[store::test]
fn hidden_grades_complete_nothing_until_they_are_posted(tx: &mut Tx<'_>) {
    let scene = Scene::new(tx, Completion::Grade);
    Policy { posts: Posts::ByHand, ..Policy::default() }.save(tx, scene.course.id, scene.teacher).unwrap();
    let column = scene.column(tx);
    give(tx, &column, scene.ana, &marked(8), scene.teacher).unwrap();
    assert!(!of_person(tx, column.id, scene.ana).unwrap().unwrap().is_posted() && !scene.is_done(tx));
    assert_eq!(posting::post(tx, &column, scene.teacher).unwrap(), 1);
    assert_eq!(posting::post(tx, &column, scene.teacher).unwrap(), 0, "twice is once");
    assert!(of_column(tx, column.id).unwrap()[0].is_posted() && scene.is_done(tx));
    assert_eq!(posting::hide(tx, &column, scene.teacher).unwrap(), 1);
    assert!(!of_column(tx, column.id).unwrap()[0].is_posted());
    let told: Vec<bool> = posting::of(tx, &column).unwrap().into_iter().map(|one| one.posted).collect();
    assert_eq!(told.len(), 2);
}

#[store::test]
fn a_quiz_does_not_replace_what_somebody_set_and_a_hand_in_leaves_the_points(tx: &mut Tx<'_>) {
    let scene = Scene::new(tx, Completion::Submit);
    let (column, now) = (scene.column(tx), tx.now());
    let missing = Given { points: None, state: GradeState::Missing, ..marked(0) };
    give(tx, &column, scene.ana, &missing, scene.teacher).unwrap();
    handed_in(tx, &column, scene.ana, now, 90, scene.ana).unwrap();
    let grade = of_person(tx, &column, scene.ana).unwrap().unwrap();
    assert_eq!((grade.state, grade.submitted_at, grade.late_seconds), (GradeState::None, Some(now), 90));
    let set = Given { source: Source::Override, submitted_at: Some(now), ..marked(10) };
    give(tx, &column, scene.ana, &set, scene.teacher).unwrap();
    let scored = Given { source: Source::Quiz, submitted_at: Some(now.plus_days(1)), ..marked(3) };
    give(tx, &column, scene.ana, &scored, scene.ana).unwrap();
    let grade = of_person(tx, &column, scene.ana).unwrap().unwrap();
    assert_eq!((grade.points, grade.source), (Some(Points::whole(10)), Source::Override));
    assert_eq!(grade.submitted_at, Some(now.plus_days(1)));
    handed_in(tx, &column, scene.ana, now.plus_days(2), 0, scene.ana).unwrap();
    let grade = of_person(tx, &column, scene.ana).unwrap().unwrap();
    assert_eq!((grade.points, grade.state), (Some(Points::whole(10)), GradeState::Graded));
}

#[store::test]
fn a_policy_and_its_groups_come_back_as_they_were(tx: &mut Tx<'_>) {
    let scene = Scene::new(tx, Completion::Grade);
    let (course, by) = (scene.course.id, scene.teacher);
    assert_eq!(Policy::of(tx, course).unwrap(), Policy::default());
    let step = |name: &str, from: i64| crate::scheme::Step {
        name: name.to_owned(),
        from: Percent::from_units(from),
        grade_points: Some(Points::whole(4)),
    };
    let policy = Policy {
        weighted: true,
        late: Some(crate::late::LatePolicy {
            percent_each: Percent::from_units(1_050),
            interval: crate::late::Interval::Hour,
            lowest: Some(Percent::from_units(4_000)),
            grace_minutes: 15,
        }),
        missing: Some(Percent::from_units(10_000)),
        scheme: crate::scheme::Scheme::new(vec![step("A", 9_000), step("F", 0)]).ok(),
        shows_total: false,
        shows_figures: true,
        posts: Posts::ByHand,
    };
    policy.save(tx, course, by).unwrap();
    policy.save(tx, course, by).unwrap();
    let settings =
        GroupSettings { title: "Essays".to_owned(), weight: Percent::from_units(6_000), ..Default::default() };
    let essays = Group::add(tx, course, &settings, by).unwrap();
    let quizzes =
        Group::add(tx, course, &GroupSettings { title: "Quizzes".to_owned(), ..settings.clone() }, by).unwrap();
    let changed = GroupSettings { drop_lowest: 2, ..settings };
    Group::change(tx, course, essays, &changed, by).unwrap();
    let (read, groups) = Policy::with_groups(tx, course).unwrap();
    assert_eq!(read, policy);
    assert_eq!(groups.iter().map(|group| group.id).collect::<Vec<_>>(), [essays, quizzes]);
    assert_eq!(groups[0].settings(), changed);
    let new = NewColumn { title: "Talk", points: Points::whole(5), group: Some(essays), due_at: None };
    let talk = Column::add(tx, course, &new, by).unwrap();
    assert!(Group::delete(tx, course, essays, by).unwrap() && !Group::delete(tx, course, essays, by).unwrap());
    assert_eq!(Column::find(tx, course, talk.id).unwrap().group, None);
    assert!(Group::restore(tx, course, essays, by).unwrap());
    assert_eq!(Column::find(tx, course, talk.id).unwrap().group, Some(essays));
    assert!(talk.delete(tx, by).unwrap() && !talk.delete(tx, by).unwrap());
    assert!(Column::find(tx, course, talk.id).is_err());
    assert_eq!(Column::restore(tx, course, talk.id, by).unwrap().id, talk.id);
    let elsewhere = testing::course(tx, "Chemistry").unwrap();
    assert!(Column::find(tx, elsewhere.id, talk.id).is_err(), "a column of another course is none here");
    assert!(Group::change(tx, elsewhere.id, essays, &changed, by).is_err());
}

#[store::test]
fn a_book_works_out_the_sheet_of_a_learner(tx: &mut Tx<'_>) {
    let scene = Scene::new(tx, Completion::Grade);
    let (course, by, now) = (scene.course.id, scene.teacher, tx.now());
    let column = scene.column(tx);
    let due = outline::ItemSettings { due_at: Some(now.plus_days(-2)), ..scene.item.settings() };
    scene.item.change(tx, &due, by).unwrap();
    let extended =
        outline::overrides::Change { due: outline::overrides::DateChange::At(now.plus_days(1)), ..Default::default() };
    let ben = testing::enrolled(tx, &scene.course, "Ben", CourseRole::Learner).unwrap();
    outline::overrides::set(tx, &scene.item, outline::overrides::Whom::Person(ben), &extended, by).unwrap();
    let new = NewColumn { title: "Talk", points: Points::whole(5), group: None, due_at: None };
    let talk = Column::add(tx, course, &new, by).unwrap();
    give(tx, &talk, scene.ana, &marked(4), by).unwrap();
    let book = Book::load(tx, course).unwrap();
    let people = learners(tx, course, None).unwrap();
    assert_eq!(people.iter().map(crate::sheet::Learner::name).collect::<Vec<_>>(), ["Ana", "Ben"]);
    let all = book.grades(tx, None).unwrap();
    assert_eq!(all, book.grades(tx, Some(&[scene.ana])).unwrap());
    let of =
        |at: usize| book.sheet(&people[at], all.get(&people[at].person).map_or(&[], Vec::as_slice), View::default());
    let (ana, ben) = (of(0), of(1));
    let essay = book.place(column.id).unwrap();
    assert_eq!(ana.cells[essay].status, crate::sheet::Status::Missing);
    assert_eq!(ben.cells[essay].status, crate::sheet::Status::NotYet, "he has more time");
    assert_eq!(ana.total(Mode::Current).percent, Some(Percent::from_units(8_000)));
    assert_eq!(ana.total(Mode::Final).percent, Some(Percent::from_units(2_667)));
    assert_eq!(learners(tx, course, Some(people[1].person)).unwrap().len(), 1);
}

#[store::test]
fn a_course_taught_again_grades_the_same_way(tx: &mut Tx<'_>) {
    let scene = Scene::new(tx, Completion::Grade);
    let (from, by) = (scene.course.id, scene.teacher);
    let essay = scene.column(tx);
    let settings = GroupSettings { title: "Essays".to_owned(), drop_lowest: 1, ..Default::default() };
    let group = Group::add(tx, from, &settings, by).unwrap();
    let to = crate::ColumnSettings { group: Some(group), passing: Some(Points::whole(6)), ..essay.settings() };
    essay.change(tx, &to, by).unwrap();
    let due_at = Some(tx.now());
    let new = NewColumn { title: "Talk", points: Points::whole(5), group: None, due_at };
    let talk = Column::add(tx, from, &new, by).unwrap();
    give(tx, &talk, scene.ana, &marked(4), by).unwrap();
    Policy { weighted: true, ..Policy::default() }.save(tx, from, by).unwrap();
    let copied = testing::draft(tx, "Marine ecology again").unwrap();
    let shift = courses::DateShift::new(courses::Move::ByDays(7), scene.course.time_zone()).unwrap();
    outline::copy(tx, &outline::Kinds::default(), from, copied.id, &shift, by).unwrap();
    crate::copy(tx, from, copied.id, &shift, by).unwrap();
    let (policy, groups) = Policy::with_groups(tx, copied.id).unwrap();
    assert!(policy.weighted && groups.len() == 1 && groups[0].settings() == settings);
    let columns = Column::of_course(tx, copied.id).unwrap();
    assert_eq!(columns.iter().map(|column| column.title.as_str()).collect::<Vec<_>>(), ["Essay", "Talk"]);
    assert_eq!((columns[0].group, columns[0].passing), (Some(groups[0].id), Some(Points::whole(6))));
    assert_ne!(columns[0].item, essay.item);
    assert_eq!(columns[1].due_at, due_at.map(|at| at.plus_days(7)));
    assert!(of_column(tx, columns[1].id).unwrap().is_empty(), "grades stay with those who got them");
    // Without the outline there is nothing that the columns of its items could belong to.
    let bare = testing::draft(tx, "Marine ecology bare").unwrap();
    crate::copy(tx, from, bare.id, &shift, by).unwrap();
    assert_eq!(Column::of_course(tx, bare.id).unwrap().len(), 1);
}
