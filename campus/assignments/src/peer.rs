//! Learners review each other's work (campus-rules M23). Whoever has handed in is given works of others one by one, those
//! first that have the fewest reviews; neither learns who the other is. Reviews do not count for the grade: those who mark
//! see them. What others said comes once one's own reviews are done.

use courses::CourseId;
use gradebook::Points;
use outline::{Item, ItemId};
use people::PersonId;
use store::{Event, FromRow, Id, Json, Result, Time, Tx, params, sql};

use crate::SubmissionId;
use crate::assignment::Assignment;
use crate::marking::Marks;
use crate::rubric::{Chosen, Criterion, RubricKind};

/// Reviews that can be asked of each learner at the most.
pub const REVIEWS_MAX: u32 = 10;

/// A review with the work that it is of.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, described there")]
pub struct Review {
    pub id: Id,
    pub submission: SubmissionId,
    pub text: String,
    pub address: String,
    pub points: Option<Points>,
    pub comment: String,
    pub levels: Json<Vec<Chosen>>,
    pub revision: i64,
    pub done_at: Option<Time>,
    pub reported_at: Option<Time>,
    pub rubric_kind: Option<RubricKind>,
    pub criteria: Option<Json<Vec<Criterion>>>,
}

/// A review in the list of those that somebody does, or has received.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Line {
    pub id: Id,
    /// Whether the person wrote it; else it is of their work.
    pub is_own: bool,
    pub points: Option<Points>,
    pub comment: String,
    pub levels: Json<Vec<Chosen>>,
    pub made_at: Time,
    pub done_at: Option<Time>,
    pub kind: Option<RubricKind>,
    pub criteria: Option<Json<Vec<Criterion>>>,
}

/// What became of asking for a work to review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// This one.
    Review(Id),
    /// They have done all that is asked.
    Enough,
    /// They have not handed in themselves.
    HandInFirst,
    /// Nobody else has handed in that they have not reviewed yet.
    NobodyYet,
}

/// The reviews that somebody does, and those of their work once their own are done: one statement.
pub fn lines(tx: &mut Tx<'_>, item: ItemId, person: PersonId, asked: u32) -> Result<Vec<Line>> {
    tx.all(
        sql!(
            "select r.id, r.reviewer = ?2 as is_own, r.points, r.comment, r.levels, r.made_at, r.done_at, v.kind, v.criteria
             from peer_review r left join rubric_version v on v.rubric = r.rubric and v.number = r.rubric_version
             where r.item = ?1 and (r.reviewer = ?2 or (r.author = ?2 and r.done_at is not null and ?3 <=
                 (select count(*) from peer_review o where o.item = ?1 and o.reviewer = ?2 and o.done_at is not null)))
             order by r.made_at, r.id"
        ),
        params![item, person, asked],
    )
}

/// Gives somebody the next work to review; the one that they have begun, where there is one. Two who ask at once follow
/// each other, so that works are shared out evenly.
pub fn next(tx: &mut Tx<'_>, item: &Item, assignment: &Assignment, reviewer: PersonId) -> Result<Given> {
    let _: ItemId = tx.value(sql!("select item from assignment where item = ?1 for update"), params![item.id])?;
    let own: Vec<(Id, bool)> = tx.all(
        sql!("select id, done_at is not null from peer_review where item = ?1 and reviewer = ?2 order by made_at, id"),
        params![item.id, reviewer],
    )?;
    if let Some((begun, _)) = own.iter().find(|(_, is_done)| !is_done) {
        return Ok(Given::Review(*begun));
    }
    if own.len() >= assignment.peer_reviews as usize {
        return Ok(Given::Enough);
    }
    let has_handed_in: bool = tx.value(
        sql!("select exists (select 1 from submission where item = ?1 and person = ?2)"),
        params![item.id, reviewer],
    )?;
    if !has_handed_in {
        return Ok(Given::HandInFirst);
    }
    let found: Option<(SubmissionId, PersonId)> = tx.maybe(
        sql!(
            "select s.id, s.person from submission s
             where s.item = ?1 and s.person <> ?2 and not s.on_paper
             and s.number = (select max(t.number) from submission t where t.item = ?1 and t.person = s.person)
             and not exists (select 1 from peer_review r where r.item = ?1 and r.reviewer = ?2 and r.author = s.person)
             order by (select count(*) from peer_review r where r.item = ?1 and r.author = s.person), s.at, s.id limit 1"
        ),
        params![item.id, reviewer],
    )?;
    let Some((submission, author)) = found else { return Ok(Given::NobodyYet) };
    let (id, now): (Id, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!(
            "insert into peer_review (id, item, reviewer, author, submission, comment, levels, revision, rubric,
                                      rubric_version, made_at, report)
             values (?1, ?2, ?3, ?4, ?5, '', '[]', 0, ?6, (select max(number) from rubric_version where rubric = ?6), ?7, '')"
        ),
        params![id, item.id, reviewer, author, submission, assignment.rubric, now],
    )?;
    tx.record(&event("peer-review.begun", id, item.course, reviewer))?;
    Ok(Given::Review(id))
}

fn event(verb: &'static str, id: Id, course: CourseId, by: PersonId) -> Event {
    Event::new(verb, "peer-review", id).by(by).within("course", course)
}

/// A review of this reviewer; [`store::Error::NotFound`] where there is none.
pub fn find(tx: &mut Tx<'_>, item: ItemId, reviewer: PersonId, id: Id) -> Result<Review> {
    tx.one(
        sql!(
            "select r.id, r.submission, s.text, s.address, r.points, r.comment, r.levels, r.revision, r.done_at,
                    r.reported_at, v.kind as rubric_kind, v.criteria
             from peer_review r join submission s on s.id = r.submission
             left join rubric_version v on v.rubric = r.rubric and v.number = r.rubric_version
             where r.id = ?3 and r.item = ?1 and r.reviewer = ?2"
        ),
        params![item, reviewer, id],
    )
}

/// Whether somebody reviews this attempt, so that its files are open to them.
pub fn reviews(tx: &mut Tx<'_>, person: PersonId, submission: SubmissionId) -> Result<bool> {
    tx.value(
        sql!("select exists (select 1 from peer_review where reviewer = ?1 and submission = ?2)"),
        params![person, submission],
    )
}

/// Keeps a review on its way; none where another window has saved since. One that was given stays as it is.
pub fn keep(tx: &mut Tx<'_>, review: &Review, marks: &Marks, based_on: i64) -> Result<Option<i64>> {
    let is_same = review.points == marks.points && review.comment == marks.comment && review.levels.0 == marks.levels;
    if is_same {
        return Ok(Some(review.revision));
    }
    let kept = tx.execute(
        sql!(
            "update peer_review set points = ?2, comment = ?3, levels = ?4, revision = revision + 1
             where id = ?1 and revision <= ?5 and done_at is null"
        ),
        params![review.id, marks.points, marks.comment, Json(&marks.levels), based_on],
    )?;
    Ok((kept == 1).then_some(review.revision + 1))
}

/// Gives it: from now on its author and those who mark see it. Given again nothing happens.
pub fn give(tx: &mut Tx<'_>, review: &Review, points: Option<Points>, course: CourseId, by: PersonId) -> Result<()> {
    let now = tx.now();
    let given = tx.execute(
        sql!("update peer_review set points = ?2, done_at = ?3 where id = ?1 and done_at is null"),
        params![review.id, points, now],
    )?;
    if given == 1 {
        tx.record(&event("peer-review.given", review.id, course, by))?;
    }
    Ok(())
}

/// Says that something is wrong with a work, to those who mark.
pub fn report(tx: &mut Tx<'_>, review: &Review, words: &str, course: CourseId, by: PersonId) -> Result<()> {
    let now = tx.now();
    let reported = tx.execute(
        sql!("update peer_review set reported_at = ?2, report = ?3 where id = ?1 and reported_at is null"),
        params![review.id, now, words],
    )?;
    if reported == 1 {
        tx.record(&event("peer-review.reported", review.id, course, by).with("words", words))?;
    }
    Ok(())
}

/// The middle of what reviewers gave; of an even number the mean of the two middles (campus-rules M23). None of none.
pub fn median(points: &[Points]) -> Option<Points> {
    let mut units: Vec<i64> = points.iter().map(|points| points.units()).collect();
    units.sort_unstable();
    let upper = *units.get(units.len() / 2)?;
    let lower = *units.get((units.len() - 1) / 2)?;
    Some(Points::from_units(i64::midpoint(lower, upper)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_the_two() {
        let of = |points: &[i64]| median(&points.iter().map(|n| Points::whole(*n)).collect::<Vec<_>>());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[7]), Some(Points::whole(7)));
        assert_eq!(of(&[9, 1, 5]), Some(Points::whole(5)));
        assert_eq!(of(&[1, 2, 9, 4]), Some(Points::whole(3)));
        assert_eq!(of(&[1, 2]).unwrap().to_string(), "1.5");
    }

    proptest! {
        /// At most half lie below it, and at most half above.
        #[test]
        fn as_many_lie_below_as_above(points in prop::collection::vec(0..1_000_i64, 1..12)) {
            let points: Vec<Points> = points.into_iter().map(Points::whole).collect();
            let middle = median(&points).unwrap();
            let (below, above) = (points.iter().filter(|p| **p < middle).count(), points.iter().filter(|p| **p > middle).count());
            prop_assert!(below * 2 <= points.len() && above * 2 <= points.len());
        }
    }
}
