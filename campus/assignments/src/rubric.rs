//! Rubrics, marking guides and checklists: how a mark is made of criteria (campus-rules M8). One object, reusable in its
//! course; each change is a version, and what was marked by an older one keeps it.

use courses::CourseId;
use gradebook::Points;
use people::PersonId;
use serde::{Deserialize, Serialize};
use store::{Event, FromRow, Id, Json, Result, Time, Tx, params, sql};

use crate::RubricId;

/// Criteria of one rubric at the most.
pub const CRITERIA_MAX: usize = 30;
/// Levels of one criterion at the most.
pub const LEVELS_MAX: usize = 10;
/// Rubrics of one course at the most.
pub const RUBRICS_MAX: usize = 200;

store::text_enum! {
    /// How criteria make points.
    pub enum RubricKind {
        /// Each criterion has levels, of which one is chosen.
        Rubric = "rubric",
        /// Each criterion has a most, up to which any number of points is given.
        Guide = "guide",
        /// Each criterion is met or not.
        Checklist = "checklist",
    }
}

/// One level of a criterion. Points are ten-thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// What it is called, and what work at it looks like.
    pub text: String,
    /// Its points.
    pub points: i64,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Stays the same through all versions, so that what was marked can be compared.
    pub id: Id,
    /// What is looked at.
    pub title: String,
    /// What it means, for those who write.
    pub description: String,
    /// The most points of a guide or checklist, in ten-thousandths; of a rubric its highest level tells.
    pub points: i64,
    /// The levels of a rubric, best first.
    pub levels: Vec<Level>,
}

impl Criterion {
    /// The most points.
    pub fn most(&self, kind: RubricKind) -> Points {
        match kind {
            RubricKind::Rubric => {
                Points::from_units(self.levels.iter().map(|level| level.points).max().unwrap_or_default())
            }
            RubricKind::Guide | RubricKind::Checklist => Points::from_units(self.points),
        }
    }
}

/// What a marker chose for one criterion. Points are ten-thousandths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The criterion.
    pub criterion: Id,
    /// The place of the level among those of the criterion; for a checklist 0 where it is met.
    pub level: Option<usize>,
    /// Its points.
    pub points: Option<i64>,
    /// What was written beside it.
    pub comment: String,
}

/// A version of a rubric.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Rubric {
    pub rubric: RubricId,
    pub number: i64,
    pub title: String,
    pub kind: RubricKind,
    pub criteria: Json<Vec<Criterion>>,
}

/// The points that these choices make, once every criterion has some: their sum. What a criterion does not have (a level
/// that is not there, more than its most, less than nothing) does not count as chosen.
pub fn score(kind: RubricKind, criteria: &[Criterion], chosen: &[Chosen]) -> Option<Points> {
    criteria.iter().map(|criterion| points_of(kind, criterion, chosen)).sum()
}

/// The points of one criterion; none where nothing was chosen.
pub fn points_of(kind: RubricKind, criterion: &Criterion, chosen: &[Chosen]) -> Option<Points> {
    let chosen = chosen.iter().find(|chosen| chosen.criterion == criterion.id)?;
    match kind {
        RubricKind::Rubric => criterion.levels.get(chosen.level?).map(|level| Points::from_units(level.points)),
        RubricKind::Guide => {
            chosen.points.filter(|points| (0..=criterion.points).contains(points)).map(Points::from_units)
        }
        RubricKind::Checklist => Some(Points::from_units(if chosen.level == Some(0) { criterion.points } else { 0 })),
    }
}

impl Rubric {
    /// The most points that it can make.
    pub fn most(&self) -> Points {
        self.criteria.0.iter().map(|criterion| criterion.most(self.kind)).sum()
    }

    /// [`score`] by this version.
    pub fn score(&self, chosen: &[Chosen]) -> Option<Points> {
        score(self.kind, &self.criteria.0, chosen)
    }

    /// The rubrics of a course in their newest version, by title.
    pub fn of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Self>> {
        tx.all(
            sql!(
                "select v.rubric, v.number, v.title, v.kind, v.criteria from rubric r
                 join rubric_version v on v.rubric = r.id
                 where r.course = ?1 and r.deleted_at is null
                 and v.number = (select max(number) from rubric_version where rubric = r.id)
                 order by v.title, v.rubric"
            ),
            params![course],
        )
    }

    /// The newest version of a rubric of this course; [`store::Error::NotFound`] where there is none.
    pub fn find(tx: &mut Tx<'_>, course: CourseId, id: RubricId) -> Result<Self> {
        tx.one(
            sql!(
                "select v.rubric, v.number, v.title, v.kind, v.criteria from rubric r
                 join rubric_version v on v.rubric = r.id
                 where r.id = ?2 and r.course = ?1 and r.deleted_at is null order by v.number desc limit 1"
            ),
            params![course, id],
        )
    }

    /// One version, also of a rubric that is gone.
    pub fn version(tx: &mut Tx<'_>, id: RubricId, number: i64) -> Result<Option<Self>> {
        tx.maybe(
            sql!("select rubric, number, title, kind, criteria from rubric_version where rubric = ?1 and number = ?2"),
            params![id, number],
        )
    }

    /// A new rubric without criteria.
    pub fn create(tx: &mut Tx<'_>, course: CourseId, title: &str, kind: RubricKind, by: PersonId) -> Result<RubricId> {
        let (id, now): (RubricId, Time) = (tx.new_id(), tx.now());
        tx.execute(
            sql!("insert into rubric (id, course, made_at, made_by) values (?1, ?2, ?3, ?4)"),
            params![id, course, now, by],
        )?;
        add_version(tx, id, 1, (title, kind, &[]), by)?;
        tx.record(&Event::new("rubric.made", "rubric", id).by(by).within("course", course).with("title", title))?;
        Ok(id)
    }

    /// Writes a new version, unless it says the same as this one.
    pub fn change(&self, tx: &mut Tx<'_>, course: CourseId, title: &str, to: &[Criterion], by: PersonId) -> Result<()> {
        if self.title == title && self.criteria.0 == to {
            return Ok(());
        }
        add_version(tx, self.rubric, self.number + 1, (title, self.kind, to), by)?;
        let event = Event::new("rubric.changed", "rubric", self.rubric).by(by).within("course", course);
        tx.record(&event.with("version", self.number + 1))?;
        Ok(())
    }

    /// Takes it out of the course; [`Rubric::restore`] brings it back. What was marked by it stays.
    pub fn delete(tx: &mut Tx<'_>, course: CourseId, id: RubricId, by: PersonId) -> Result<()> {
        let now = tx.now();
        let changed = tx.execute(
            sql!(
                "update rubric set deleted_at = ?3, deleted_by = ?4
                 where id = ?1 and course = ?2 and deleted_at is null"
            ),
            params![id, course, now, by],
        )?;
        if changed == 1 {
            tx.record(&Event::new("rubric.deleted", "rubric", id).by(by).within("course", course))?;
        }
        Ok(())
    }

    /// Undoes a deletion.
    pub fn restore(tx: &mut Tx<'_>, course: CourseId, id: RubricId, by: PersonId) -> Result<()> {
        let changed = tx.execute(
            sql!(
                "update rubric set deleted_at = null, deleted_by = null
                 where id = ?1 and course = ?2 and deleted_at is not null"
            ),
            params![id, course],
        )?;
        if changed == 1 {
            tx.record(&Event::new("rubric.restored", "rubric", id).by(by).within("course", course))?;
        }
        Ok(())
    }
}

/// A rubric as one of this course: itself where it is; else the copy that was made of it before, known by its criteria,
/// or a new one.
pub fn in_course(tx: &mut Tx<'_>, id: RubricId, course: CourseId, by: PersonId) -> Result<RubricId> {
    let newest: Rubric = tx.one(
        sql!(
            "select rubric, number, title, kind, criteria from rubric_version where rubric = ?1
             order by number desc limit 1"
        ),
        params![id],
    )?;
    let there = Rubric::of_course(tx, course)?;
    let same = |one: &&Rubric| {
        one.rubric == id || (one.kind == newest.kind && one.title == newest.title && one.criteria == newest.criteria)
    };
    if let Some(same) = there.iter().find(same) {
        return Ok(same.rubric);
    }
    let made = Rubric::create(tx, course, &newest.title, newest.kind, by)?;
    Rubric::find(tx, course, made)?.change(tx, course, &newest.title, &newest.criteria.0, by)?;
    Ok(made)
}

fn add_version(
    tx: &mut Tx<'_>,
    id: RubricId,
    number: i64,
    (title, kind, criteria): (&str, RubricKind, &[Criterion]),
    by: PersonId,
) -> Result<()> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into rubric_version (rubric, number, title, kind, criteria, at, by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ),
        params![id, number, title, kind, Json(criteria), now, by],
    )?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn criterion(n: u128, points: i64, levels: &[i64]) -> Criterion {
        let level = |points: &i64| Level { text: String::new(), points: *points };
        Criterion {
            id: Id::from_u128(n),
            title: format!("C{n}"),
            description: String::new(),
            points,
            levels: levels.iter().map(level).collect(),
        }
    }

    fn chosen(n: u128, level: Option<usize>, points: Option<i64>) -> Chosen {
        Chosen { criterion: Id::from_u128(n), level, points, comment: String::new() }
    }

    #[test]
    fn points_are_the_sum_of_what_was_chosen_once_all_is_chosen() {
        let both = [criterion(1, 0, &[40_000, 25_000, 0]), criterion(2, 0, &[10_000, 0])];
        let kind = RubricKind::Rubric;
        assert_eq!(score(kind, &both, &[chosen(1, Some(1), None)]), None);
        let all = [chosen(1, Some(1), None), chosen(2, Some(0), None)];
        assert_eq!(score(kind, &both, &all).unwrap().to_string(), "3.5");
        assert_eq!(score(kind, &both, &[chosen(1, Some(3), None), chosen(2, Some(0), None)]), None, "no such level");
        let guide = [criterion(1, 50_000, &[])];
        assert_eq!(score(RubricKind::Guide, &guide, &[chosen(1, None, Some(45_000))]).unwrap().to_string(), "4.5");
        assert_eq!(score(RubricKind::Guide, &guide, &[chosen(1, None, Some(50_001))]), None, "more than the most");
        assert_eq!(score(RubricKind::Guide, &guide, &[chosen(1, None, Some(-1))]), None);
        let list = [criterion(1, 10_000, &[]), criterion(2, 20_000, &[])];
        let ticked = [chosen(1, None, None), chosen(2, Some(0), None)];
        assert_eq!(score(RubricKind::Checklist, &list, &ticked).unwrap().to_string(), "2");
    }

    proptest! {
        /// Whatever is chosen, the points lie between nothing and the most, and every choice of the best makes the most.
        #[test]
        fn points_stay_between_nothing_and_the_most(
            levels in prop::collection::vec(prop::collection::vec(0..100_000_i64, 1..5), 1..6),
            picks in prop::collection::vec(0..7_usize, 6),
        ) {
            let criteria: Vec<Criterion> =
                levels.iter().enumerate().map(|(n, levels)| criterion(n as u128, 0, levels)).collect();
            let most: Points = criteria.iter().map(|one| one.most(RubricKind::Rubric)).sum();
            let picked: Vec<Chosen> =
                picks.iter().enumerate().map(|(n, level)| chosen(n as u128, Some(*level), None)).collect();
            if let Some(points) = score(RubricKind::Rubric, &criteria, &picked) {
                prop_assert!(points >= Points::ZERO && points <= most);
            }
            let best: Vec<Chosen> = criteria.iter().map(|one| {
                let level = one.levels.iter().enumerate().max_by_key(|(_, level)| level.points).map(|(at, _)| at);
                Chosen { criterion: one.id, level, points: None, comment: String::new() }
            }).collect();
            prop_assert_eq!(score(RubricKind::Rubric, &criteria, &best), Some(most));
        }
    }

    #[store::test]
    fn a_change_is_a_version_and_the_older_one_stays(tx: &mut Tx<'_>) {
        courses::testing::seed(tx).unwrap();
        let course = courses::testing::course(tx, "Marine ecology").unwrap().id;
        let by = people::testing::person(tx, "Sofia").unwrap();
        let id = Rubric::create(tx, course, "Essay", RubricKind::Guide, by).unwrap();
        let first = Rubric::find(tx, course, id).unwrap();
        let criteria = [criterion(1, 50_000, &[])];
        first.change(tx, course, "Essay", &criteria, by).unwrap();
        let second = Rubric::find(tx, course, id).unwrap();
        assert_eq!((second.number, second.most().to_string()), (2, "5".to_owned()));
        second.change(tx, course, "Essay", &criteria, by).unwrap();
        assert_eq!(Rubric::find(tx, course, id).unwrap().number, 2, "nothing was said anew");
        assert!(Rubric::version(tx, id, 1).unwrap().unwrap().criteria.0.is_empty());
        Rubric::delete(tx, course, id, by).unwrap();
        assert!(Rubric::of_course(tx, course).unwrap().is_empty());
        assert!(matches!(Rubric::find(tx, course, id), Err(store::Error::NotFound)));
        Rubric::restore(tx, course, id, by).unwrap();
        assert_eq!(Rubric::of_course(tx, course).unwrap().len(), 1);
        let elsewhere = courses::testing::course(tx, "Elsewhere").unwrap().id;
        assert!(matches!(Rubric::find(tx, elsewhere, id), Err(store::Error::NotFound)));
    }
}
