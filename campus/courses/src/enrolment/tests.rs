use people::{PersonId, Viewer};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use store::{Db, Time, Tx, params, sql};

use super::*;
use crate::course::{Course, SelfEnrolment, Settings};
use crate::section::{Section, SectionSettings};
use crate::{ENROL, LEARN, PEOPLE, VIEW, testing};

fn at(seconds: i64) -> Time {
    store::testing::NOW.plus_seconds(seconds)
}

fn new_person(tx: &mut Tx<'_>, n: usize) -> PersonId {
    people::testing::person(tx, &format!("Person {n}")).unwrap()
}

/// A published course with one section of this many places.
fn course_with_places(tx: &mut Tx<'_>, capacity: Option<u32>) -> (Course, Section) {
    testing::seed(tx).unwrap();
    let course = testing::course(tx, "Marine ecology").unwrap();
    let by = course.made_by.unwrap();
    let mut section = Section::of(tx, course.id).unwrap().remove(0);
    section.change(tx, &SectionSettings { name: "A".to_owned(), capacity, ..Default::default() }, by).unwrap();
    (course, section)
}

fn join(tx: &mut Tx<'_>, course: &Course, person: PersonId) -> Enrolment {
    enrol(tx, &NewEnrolment::new(course.id, person, CourseRole::Learner), IfFull::Wait, None).unwrap().0
}

fn states(tx: &mut Tx<'_>, course: &Course) -> Vec<(String, EnrolmentState)> {
    tx.all(
        sql!(
            "select person.given, enrolment.state from enrolment join person on person.id = enrolment.person
             where enrolment.course = ?1 order by person.given"
        ),
        params![course.id],
    )
    .unwrap()
}

#[store::test]
fn who_finds_no_place_waits_and_the_first_in_line_gets_the_next(tx: &mut Tx<'_>) {
    let (course, section) = course_with_places(tx, Some(2));
    let people: Vec<PersonId> = (0..5).map(|n| new_person(tx, n)).collect();
    let mut enrolments: Vec<Enrolment> = people.iter().map(|person| join(tx, &course, *person)).collect();
    assert_eq!(
        enrolments.iter().map(|e| e.state.as_str()).collect::<Vec<_>>(),
        ["active", "active", "waiting", "waiting", "waiting"]
    );
    assert_eq!(queue_place(tx, &enrolments[3]).unwrap(), 2);

    let by = people[0];
    enrolments[1].remove(tx, by).unwrap();
    assert_eq!(Enrolment::find(tx, course.id, enrolments[2].id).unwrap().state, EnrolmentState::Active);
    // A suspension keeps the place, the end of an enrolment frees it.
    enrolments[0].suspend(tx, by).unwrap();
    assert_eq!(Enrolment::find(tx, course.id, enrolments[3].id).unwrap().state, EnrolmentState::Waiting);
    enrolments[0].conclude(tx, by).unwrap();
    assert_eq!(Enrolment::find(tx, course.id, enrolments[3].id).unwrap().state, EnrolmentState::Active);
    // A greater capacity takes in who still waits.
    let mut section = Section::find(tx, course.id, section.id).unwrap();
    let wider = SectionSettings { name: "A".to_owned(), capacity: Some(3), ..Default::default() };
    section.change(tx, &wider, by).unwrap();
    assert_eq!(
        Places::of(tx, course.id).unwrap()[0],
        Places { section: section.id, capacity: Some(3), held: 3, waiting: 0 }
    );
    let promoted: i64 = tx
        .value(
            sql!("select cast(count(*) as bigint) from event where verb = 'enrolment.promoted' and context_id = ?1"),
            params![course.id],
        )
        .unwrap();
    assert_eq!(promoted, 3);
}

#[store::test]
fn a_removal_is_undone_exactly_even_when_the_place_is_gone(tx: &mut Tx<'_>) {
    let (course, _) = course_with_places(tx, Some(1));
    let (ana, ben, cem) = (new_person(tx, 1), new_person(tx, 2), new_person(tx, 3));
    let mut first = join(tx, &course, ana);
    join(tx, &course, ben);
    let mut third = join(tx, &course, cem);
    first.remove(tx, ben).unwrap();
    first.put_back(tx, ben).unwrap();
    assert_eq!(first.state, EnrolmentState::Active);
    assert_eq!(Places::of(tx, course.id).unwrap()[0].held, 2);
    // Who waited and was removed by mistake has their place in the queue again.
    let since = third.turn;
    third.remove(tx, ben).unwrap();
    third.put_back(tx, ben).unwrap();
    assert_eq!((third.state, third.turn), (EnrolmentState::Waiting, since));
    assert!(matches!(third.put_back(tx, ben), Err(ChangeRefused::NotFromHere { .. })));
}

#[store::test]
fn places_are_held_by_learners_within_their_dates_only(tx: &mut Tx<'_>) {
    let (course, section) = course_with_places(tx, Some(1));
    let (ana, ben, cem) = (new_person(tx, 1), new_person(tx, 2), new_person(tx, 3));
    enrol(tx, &NewEnrolment::new(course.id, ana, CourseRole::Observer), IfFull::Wait, None).unwrap();
    enrol(tx, &NewEnrolment::new(course.id, ana, CourseRole::Assistant).in_section(section.id), IfFull::Wait, None)
        .unwrap();
    let over = NewEnrolment { ends: Some(at(-1)), ..NewEnrolment::new(course.id, ben, CourseRole::Learner) };
    enrol(tx, &over, IfFull::Wait, None).unwrap();
    assert_eq!(join(tx, &course, cem).state, EnrolmentState::Active);
    assert_eq!(states(tx, &course).len(), 4, "a person may hold several enrolments");
}

#[store::test]
fn enrolling_again_updates_and_never_doubles(tx: &mut Tx<'_>) {
    let (course, _) = course_with_places(tx, None);
    let ana = new_person(tx, 1);
    let mut new = NewEnrolment::new(course.id, ana, CourseRole::Learner);
    let enrol_again = |tx: &mut Tx<'_>, new: &NewEnrolment| enrol(tx, new, IfFull::Wait, None).unwrap();
    assert_eq!(enrol_again(tx, &new).1, Outcome::Made);
    assert_eq!(enrol_again(tx, &new).1, Outcome::Unchanged);
    new.ends = Some(at(3600));
    let (mut enrolment, outcome) = enrol_again(tx, &new);
    assert_eq!((outcome, enrolment.ends), (Outcome::Updated, Some(at(3600))));
    enrolment.conclude(tx, ana).unwrap();
    assert_eq!(enrol_again(tx, &new).1, Outcome::Renewed);
    assert_eq!(states(tx, &course), [("Person 1".to_owned(), EnrolmentState::Active)]);
}

#[store::test]
fn an_enrolment_gives_the_roles_it_stands_for_and_takes_them_with_it(tx: &mut Tx<'_>) {
    let (course, section) = course_with_places(tx, None);
    let (ana, ben) = (new_person(tx, 1), new_person(tx, 2));
    let can = |tx: &mut Tx<'_>, person| {
        let viewer = Viewer::of(tx, person).unwrap();
        [VIEW, LEARN, PEOPLE, ENROL].map(|permission| viewer.can(permission, &course.scope()))
    };
    let mut learner = join(tx, &course, ana);
    assert_eq!(can(tx, ana), [true, true, false, false]);
    learner.suspend(tx, ben).unwrap();
    assert_eq!(can(tx, ana), [false; 4]);
    learner.activate(tx, IfFull::Wait, ben).unwrap();
    learner.conclude(tx, ben).unwrap();
    assert_eq!(can(tx, ana), [true, false, false, false], "who has concluded may look");
    learner.remove(tx, ben).unwrap();
    assert_eq!(can(tx, ana), [false; 4]);

    // Staff of one section run that section, and may look at the course.
    let staff = NewEnrolment::new(course.id, ben, CourseRole::Teacher).in_section(section.id);
    let (mut staff, _) = enrol(tx, &staff, IfFull::Wait, None).unwrap();
    assert_eq!(can(tx, ben), [true, false, false, false]);
    assert!(Viewer::of(tx, ben).unwrap().can(PEOPLE, &section.scope(&course)));
    staff.move_to(tx, CourseRole::Teacher, None, ana).unwrap();
    assert_eq!(can(tx, ben), [true, false, true, true]);
    staff.set_dates(tx, Some(at(60)), None, ana).unwrap();
    assert_eq!(can(tx, ben), [false; 4], "not before it starts");
}

#[store::test]
fn a_sections_dates_hold_for_those_who_have_none_of_their_own(tx: &mut Tx<'_>) {
    let (course, mut section) = course_with_places(tx, None);
    let (ana, ben) = (new_person(tx, 1), new_person(tx, 2));
    let by = course.made_by.unwrap();
    join(tx, &course, ana);
    let own = NewEnrolment { ends: Some(at(9000)), ..NewEnrolment::new(course.id, ben, CourseRole::Learner) };
    enrol(tx, &own, IfFull::Wait, None).unwrap();
    let over = SectionSettings { name: "A".to_owned(), ends: Some(at(-60)), ..Default::default() };
    section.change(tx, &over, by).unwrap();
    let now = tx.now();
    let active: Vec<PersonId> = Enrolment::active_learners(tx, course.id).unwrap().iter().map(|e| e.person).collect();
    assert_eq!(active, [ben]);
    assert!(!is_active(&Enrolment::of_person(tx, course.id, ana).unwrap(), now));
    assert!(!Viewer::of(tx, ana).unwrap().can(VIEW, &course.scope()));
    assert!(Viewer::of(tx, ben).unwrap().can(VIEW, &course.scope()));
}

#[store::test]
fn people_enrol_themselves_as_the_course_has_it(tx: &mut Tx<'_>) {
    let (mut course, section) = course_with_places(tx, None);
    let by = course.made_by.unwrap();
    let other = SectionSettings { name: "B".to_owned(), enrol_key: Some("kelp".to_owned()), ..Default::default() };
    let other = Section::create(tx, course.id, &other, by).unwrap();
    let mut people = (0..20).map(|n| people::testing::person(tx, &format!("P {n}")).unwrap()).collect::<Vec<_>>();
    let mut policy = |tx: &mut Tx<'_>, change: &dyn Fn(&mut Settings)| {
        let mut settings = course.settings();
        change(&mut settings);
        course.change(tx, &settings, by).unwrap();
        course.clone()
    };
    let wish = Wish::default();

    let closed = policy(tx, &|s| s.enrolment = SelfEnrolment::Closed);
    assert_eq!(enrol_self(tx, &closed, people[0], &wish).unwrap(), Err(EnrolmentRefused::Closed));

    let early = policy(tx, &|s| (s.enrolment, s.enrol_from) = (SelfEnrolment::Open, Some(at(60))));
    assert_eq!(enrol_self(tx, &early, people[0], &wish).unwrap(), Err(EnrolmentRefused::NotYet(at(60))));
    let late = policy(tx, &|s| (s.enrol_from, s.enrol_until) = (None, Some(at(0))));
    assert_eq!(enrol_self(tx, &late, people[0], &wish).unwrap(), Err(EnrolmentRefused::Over(at(0))));

    let open = policy(tx, &|s| (s.enrol_until, s.enrol_days) = (None, Some(30)));
    let enrolment = enrol_self(tx, &open, people[0], &wish).unwrap().unwrap();
    assert_eq!((enrolment.state, enrolment.ends), (EnrolmentState::Active, Some(at(0).plus_days(30))));
    assert_eq!(enrol_self(tx, &open, people[0], &wish).unwrap(), Err(EnrolmentRefused::Already));
    let mut suspended = enrolment;
    suspended.suspend(tx, by).unwrap();
    assert_eq!(enrol_self(tx, &open, people[0], &wish).unwrap(), Err(EnrolmentRefused::Suspended));

    let key = policy(tx, &|s| (s.enrolment, s.enrol_key) = (SelfEnrolment::Key, Some("open sesame".to_owned())));
    let with = |key: &str, section| Wish { key: key.to_owned(), section, ..Wish::default() };
    let person = people.pop().unwrap();
    assert_eq!(enrol_self(tx, &key, person, &with("", None)).unwrap(), Err(EnrolmentRefused::WrongKey));
    let in_other = enrol_self(tx, &key, person, &with(" kelp ", None)).unwrap().unwrap();
    assert_eq!(in_other.section, Some(other.id));
    let chosen = enrol_self(tx, &key, people.pop().unwrap(), &with("open sesame", Some(section.id))).unwrap().unwrap();
    assert_eq!(chosen.section, Some(section.id));
    let guesser = people.pop().unwrap();
    for _ in 0..KEY_ATTEMPTS_MAX {
        assert_eq!(enrol_self(tx, &key, guesser, &with("x", None)).unwrap(), Err(EnrolmentRefused::WrongKey));
    }
    assert_eq!(enrol_self(tx, &key, guesser, &with("kelp", None)).unwrap(), Err(EnrolmentRefused::TooManyAttempts));

    let ask = policy(tx, &|s| s.enrolment = SelfEnrolment::Ask);
    let mut asked = enrol_self(tx, &ask, people.pop().unwrap(), &wish).unwrap().unwrap();
    assert_eq!(asked.state, EnrolmentState::Requested);
    asked.activate(tx, IfFull::Wait, by).unwrap();
    assert_eq!(asked.state, EnrolmentState::Active);
    asked.leave(tx).unwrap();
    assert_eq!(asked.state, EnrolmentState::Removed);
    let by_hand = &mut join(tx, &ask, people.pop().unwrap());
    assert!(by_hand.leave(tx).is_err(), "who was enrolled by staff does not leave alone");
    by_hand.remove(tx, by).unwrap();
    assert!(enrol_self(tx, &ask, by_hand.person, &wish).unwrap().is_ok());
}

#[store::test]
fn an_invitation_is_accepted_or_declined(tx: &mut Tx<'_>) {
    let (course, _) = course_with_places(tx, Some(1));
    let (ana, ben) = (new_person(tx, 1), new_person(tx, 2));
    let invite = |person| NewEnrolment {
        state: EnrolmentState::Invited,
        ..NewEnrolment::new(course.id, person, CourseRole::Learner)
    };
    let (mut invited, _) = enrol(tx, &invite(ana), IfFull::Wait, None).unwrap();
    assert!(!Viewer::of(tx, ana).unwrap().can(VIEW, &course.scope()));
    assert_eq!(enrol(tx, &invite(ben), IfFull::Wait, None).unwrap().0.state, EnrolmentState::Waiting);
    invited.accept(tx).unwrap();
    assert_eq!(invited.state, EnrolmentState::Active);
    assert!(invited.accept(tx).is_err());
}

#[store::test]
fn the_history_tells_what_became_of_somebody(tx: &mut Tx<'_>) {
    let (course, _) = course_with_places(tx, None);
    let ana = new_person(tx, 1);
    let mut enrolment = join(tx, &course, ana);
    enrolment.suspend(tx, ana).unwrap();
    enrolment.set_dates(tx, None, Some(at(60)), ana).unwrap();
    let told = history(tx, course.id, ana).unwrap();
    let verbs: Vec<&str> = told.iter().map(|entry| entry.verb.as_str()).collect();
    assert_eq!(verbs, ["enrolment.changed", "enrolment.suspended", "enrolment.made"]);
    assert_eq!((told[0].time("ends"), told[1].text("state")), (Some(at(60)), "suspended"));
    assert_eq!((told[2].by.as_deref(), told[2].text("role")), (None, "learner"));
    assert_eq!(told[1].by.as_deref().map(str::trim), Some("Person 1"));
}

/// Sixty people want the last places at once, and some of those inside leave: never more in than fit, and nobody
/// waits beside a free place.
#[store::test]
async fn who_comes_at_the_same_moment_gets_no_more_places_than_there_are(db: Db) {
    const PEOPLE: usize = 60;
    const PLACES: u32 = 7;
    let (course, people) = db
        .write(|tx| {
            let (mut course, _) = course_with_places(tx, Some(PLACES));
            let by = course.made_by.unwrap();
            let open = Settings { enrolment: SelfEnrolment::Open, ..course.settings() };
            course.change(tx, &open, by)?;
            let people: Vec<PersonId> = (0..PEOPLE).map(|n| new_person(tx, n)).collect();
            Ok::<_, store::Error>((course, people))
        })
        .await
        .unwrap();
    let id = course.id;
    let tasks: Vec<_> = people
        .into_iter()
        .enumerate()
        .map(|(n, person)| {
            let (db, course) = (db.clone(), course.clone());
            tokio::spawn(async move {
                let made =
                    db.write(move |tx| enrol_self(tx, &course, person, &Wish::default())).await.unwrap().unwrap();
                if n % 3 == 0 {
                    let mut made = made;
                    db.write(move |tx| made.leave(tx)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let places = db.read(move |tx| Places::of(tx, id)).await.unwrap()[0];
    assert_eq!((places.held, places.waiting as usize), (PLACES, PEOPLE - PEOPLE.div_ceil(3) - PLACES as usize));
}

fn any_time() -> impl Strategy<Value = Option<Time>> {
    prop::option::of((-3i64..4).prop_map(at))
}

fn sample(state: EnrolmentState, counts_from: Option<Time>, counts_until: Option<Time>) -> Enrolment {
    let id = store::Id::nil();
    Enrolment {
        id: id.into(),
        course: id.into(),
        section: None,
        section_name: None,
        section_code: None,
        section_title: None,
        person: id.into(),
        role: CourseRole::Learner,
        state,
        state_before: None,
        starts: None,
        ends: None,
        counts_from,
        counts_until,
        method: Method::Hand,
        note: String::new(),
        queued: None,
        turn: None,
        made_at: at(0),
        made_by: None,
        changed_at: at(0),
    }
}

proptest! {
    /// Active if any is active and within dates (campus-rules M32), said once more without iterators.
    #[test]
    fn somebody_takes_part_while_any_enrolment_counts(
        held in prop::collection::vec((prop::sample::select(EnrolmentState::ALL), any_time(), any_time()), 0..4),
        now in (-4i64..5).prop_map(at),
    ) {
        let enrolments: Vec<Enrolment> = held.iter().map(|(state, from, until)| sample(*state, *from, *until)).collect();
        let mut expected = false;
        for (state, from, until) in &held {
            let begun = match from { Some(from) => now >= *from, None => true };
            let over = match until { Some(until) => now >= *until, None => false };
            if *state == EnrolmentState::Active && begun && !over {
                expected = true;
            }
        }
        prop_assert_eq!(is_active(&enrolments, now), expected);
    }

    #[test]
    fn free_places_and_people_who_wait_never_stand_beside_each_other(
        capacity in prop::option::of(0u32..50), held in 0u32..60, waiting in 0u32..60,
    ) {
        let places = Places { section: store::Id::nil().into(), capacity, held, waiting };
        let promoted = promotions(&places);
        prop_assert!(promoted <= waiting);
        let after = Places { held: held + promoted, waiting: waiting - promoted, ..places };
        prop_assert!(after.waiting == 0 || after.is_full());
        prop_assert!(promoted == 0 || capacity.is_none_or(|capacity| after.held <= capacity));
    }
}

/// What may happen to a section, in any order.
#[derive(Clone, Debug)]
enum Act {
    Join(usize),
    Remove(usize),
    Suspend(usize),
    Resume(usize),
    Conclude(usize),
    PutBack(usize),
    Capacity(u32),
}

fn any_act() -> impl Strategy<Value = Act> {
    let person = 0usize..6;
    prop_oneof![
        4 => person.clone().prop_map(Act::Join),
        2 => person.clone().prop_map(Act::Remove),
        1 => person.clone().prop_map(Act::Suspend),
        1 => person.clone().prop_map(Act::Resume),
        1 => person.clone().prop_map(Act::Conclude),
        1 => person.prop_map(Act::PutBack),
        1 => (0u32..5).prop_map(Act::Capacity),
    ]
}

/// The waiting list once more, slow and obvious: lists of people in memory.
#[derive(Default)]
struct Model {
    capacity: u32,
    inside: Vec<usize>,
    suspended: Vec<usize>,
    queue: Vec<usize>,
    concluded: Vec<usize>,
    removed: Vec<(usize, EnrolmentState)>,
    /// Everyone who ever queued, in the order of coming, to put a removal back where it was.
    came: Vec<usize>,
}

impl Model {
    fn fill(&mut self) {
        while !self.queue.is_empty() && self.inside.len() + self.suspended.len() < self.capacity as usize {
            self.inside.push(self.queue.remove(0));
        }
    }

    fn act(&mut self, act: &Act) {
        let take = |list: &mut Vec<usize>, person: usize| {
            let at = list.iter().position(|known| *known == person);
            at.map(|at| list.remove(at)).is_some()
        };
        match *act {
            Act::Capacity(capacity) => self.capacity = capacity,
            Act::Join(person) => {
                let inside = [&self.inside, &self.suspended, &self.queue].iter().any(|list| list.contains(&person));
                if inside {
                    return;
                }
                take(&mut self.concluded, person);
                self.removed.retain(|(known, _)| *known != person);
                self.came.retain(|known| *known != person);
                self.came.push(person);
                self.queue.push(person);
            }
            Act::Suspend(person) => {
                if take(&mut self.inside, person) {
                    self.suspended.push(person);
                }
            }
            Act::Resume(person) => {
                // Also the way from the waiting list past the queue, and back after the end.
                if take(&mut self.suspended, person) || take(&mut self.queue, person) {
                    self.inside.push(person);
                } else if take(&mut self.concluded, person) {
                    self.came.retain(|known| *known != person);
                    self.came.push(person);
                    self.queue.push(person);
                }
            }
            Act::Conclude(person) => {
                if take(&mut self.inside, person) || take(&mut self.suspended, person) {
                    self.concluded.push(person);
                }
            }
            Act::Remove(person) => {
                let lists = [
                    (&mut self.inside, EnrolmentState::Active),
                    (&mut self.suspended, EnrolmentState::Suspended),
                    (&mut self.queue, EnrolmentState::Waiting),
                    (&mut self.concluded, EnrolmentState::Concluded),
                ];
                for (list, state) in lists {
                    if take(list, person) {
                        self.removed.push((person, state));
                    }
                }
            }
            Act::PutBack(person) => {
                let Some(at) = self.removed.iter().position(|(known, _)| *known == person) else { return };
                match self.removed.remove(at).1 {
                    EnrolmentState::Waiting => {
                        self.queue.push(person);
                        let came = self.came.clone();
                        self.queue.sort_by_key(|person| came.iter().position(|known| known == person));
                    }
                    EnrolmentState::Suspended => self.suspended.push(person),
                    EnrolmentState::Concluded => self.concluded.push(person),
                    _ => self.inside.push(person),
                }
            }
        }
        self.fill();
    }

    fn state_of(&self, person: usize) -> Option<EnrolmentState> {
        [
            (&self.inside, EnrolmentState::Active),
            (&self.suspended, EnrolmentState::Suspended),
            (&self.queue, EnrolmentState::Waiting),
            (&self.concluded, EnrolmentState::Concluded),
        ]
        .iter()
        .find(|(list, _)| list.contains(&person))
        .map(|(_, state)| *state)
    }
}

/// Does the same in the database.
fn act(tx: &mut Tx<'_>, course: &Course, people: &[PersonId], act: &Act) {
    let by = people[0];
    let held = |tx: &mut Tx<'_>, person: usize| Enrolment::of_person(tx, course.id, people[person]).unwrap().pop();
    // What is refused leaves everything as it is, which the comparison shows.
    match *act {
        Act::Capacity(capacity) => {
            let mut section = Section::of(tx, course.id).unwrap().remove(0);
            let to = SectionSettings { name: "A".to_owned(), capacity: Some(capacity), ..Default::default() };
            section.change(tx, &to, by).unwrap();
        }
        Act::Join(person) => {
            join(tx, course, people[person]);
        }
        Act::Remove(person) => drop(held(tx, person).map(|mut e| e.remove(tx, by))),
        Act::Suspend(person) => drop(held(tx, person).map(|mut e| e.suspend(tx, by))),
        Act::Resume(person) => drop(held(tx, person).map(|mut e| e.activate(tx, IfFull::Wait, by))),
        Act::Conclude(person) => drop(held(tx, person).map(|mut e| e.conclude(tx, by))),
        Act::PutBack(person) => {
            drop(held(tx, person).map(|mut e| e.put_back(tx, by).map(|()| fill_places(tx, course.id, None))));
        }
    }
}

#[store::test]
async fn the_waiting_list_does_what_the_slow_model_does(db: Db) {
    let (course, people) = db
        .write(|tx| {
            let (course, _) = course_with_places(tx, Some(2));
            let people: Vec<PersonId> = (0..6).map(|n| new_person(tx, n)).collect();
            Ok::<_, store::Error>((course, people))
        })
        .await
        .unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..24 {
        let acts = prop::collection::vec(any_act(), 1..25).new_tree(&mut runner).unwrap().current();
        let (course, people) = (course.clone(), people.clone());
        let undone: Result<(), store::Error> = db
            .write(move |tx| {
                let mut model = Model { capacity: 2, ..Model::default() };
                for (n, step) in acts.iter().enumerate() {
                    act(tx, &course, &people, step);
                    model.act(step);
                    for (person, id) in people.iter().enumerate() {
                        let held = Enrolment::of_person(tx, course.id, *id)?.pop();
                        let state = held.map(|e| e.state).filter(|state| *state != EnrolmentState::Removed);
                        assert_eq!(state, model.state_of(person), "person {person} after {:?}", &acts[..=n]);
                    }
                }
                Err(store::Error::NotFound)
            })
            .await;
        assert!(matches!(undone, Err(store::Error::NotFound)), "{undone:?}");
    }
}
