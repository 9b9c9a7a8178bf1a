//! What the marking screen loads of one attempt: everything in two statements.

use gradebook::{GradeState, Points};
use outline::{Item, ItemId};
use people::PersonId;
use store::{FromRow, Id, Json, Result, Time, Tx, params, sql};

use crate::SubmissionId;
use crate::rubric::{Chosen, Criterion, RubricKind};

/// One attempt with its marks; all of it in one row.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Sheet {
    pub(super) submission: Option<SubmissionId>,
    pub(super) number: Option<i64>,
    pub(super) text: Option<String>,
    pub(super) address: Option<String>,
    pub(super) on_paper: Option<bool>,
    pub(super) at: Option<Time>,
    pub(super) draft_points: Option<Points>,
    pub(super) draft_comment: Option<String>,
    pub(super) draft_levels: Option<Json<Vec<Chosen>>>,
    pub(super) draft_revision: Option<i64>,
    pub(super) draft_at: Option<Time>,
    pub(super) marked_points: Option<Points>,
    pub(super) marked_comment: Option<String>,
    pub(super) marked_levels: Option<Json<Vec<Chosen>>>,
    pub(super) marked_at: Option<Time>,
    pub(super) rubric_kind: Option<RubricKind>,
    pub(super) criteria: Option<Json<Vec<Criterion>>>,
    pub(super) state: Option<GradeState>,
    pub(super) extra: u32,
}

/// A file of the attempt (0), an attempt (1), a comment that the marker keeps (2), a review by a fellow learner with its
/// points, -1 where it has none (3), or a report of one (4).
#[derive(Clone, Debug, FromRow)]
pub(super) struct Piece {
    pub(super) what: i64,
    pub(super) id: Id,
    pub(super) number: i64,
    pub(super) text: String,
    pub(super) media_type: String,
    pub(super) size: u64,
}

impl Sheet {
    /// Loads it: the newest attempt where none is named.
    pub(super) fn load(tx: &mut Tx<'_>, item: ItemId, person: PersonId, attempt: Option<i64>) -> Result<Self> {
        tx.one(
        sql!(
            "select s.id as submission, s.number, s.text, s.address, s.on_paper, s.at,
                    d.points as draft_points, d.comment as draft_comment, d.levels as draft_levels,
                    d.revision as draft_revision, d.at as draft_at,
                    m.points as marked_points, m.comment as marked_comment,
                    m.levels as marked_levels, m.at as marked_at, v.kind as rubric_kind, v.criteria, g.state,
                    (select cast(coalesce(sum(x.attempts), 0) as bigint) from extra_attempt x
                     where x.item = a.item and x.person = ?2) as extra
             from assignment a
             left join submission s on s.item = a.item and s.person = ?2
                 and s.number = coalesce(cast(?3 as bigint),
                                         (select max(t.number) from submission t where t.item = a.item and t.person = ?2))
             left join mark_draft d on d.item = a.item and d.person = ?2 and d.attempt = coalesce(s.number, 0)
             left join mark m on m.id = (select n.id from mark n where n.item = a.item and n.person = ?2
                                         order by n.at desc, n.id desc limit 1)
             left join rubric_version v on v.rubric = a.rubric
                 and v.number = (select max(w.number) from rubric_version w where w.rubric = a.rubric)
             left join grade_column c on c.item = a.item
             left join grade g on g.grade_column = c.id and g.person = ?2
             where a.item = ?1"
        ),
        params![item, person, attempt],
    )
    }
}

/// The pieces of an attempt and what stands around it: one statement.
pub(super) fn pieces(
    tx: &mut Tx<'_>,
    item: &Item,
    person: PersonId,
    submission: Option<SubmissionId>,
    marker: PersonId,
) -> Result<Vec<Piece>> {
    tx.all(
        sql!(
            "select 0 as what, submission as id, position as number, name as text, media_type, size from submission_file
             where submission = ?3
             union all
             select 1, id, number, '', '', 0 from submission where item = ?1 and person = ?2
             union all
             select 2, id, 0, text, '', 0 from comment_phrase where person = ?4 and course = ?5
             union all
             select 3, r.id, coalesce(r.points, -1), r.comment, '', 0 from peer_review r
             where r.item = ?1 and r.author = ?2 and r.done_at is not null
             union all
             select 4, r.id, 0, r.report, '', 0 from peer_review r
             where r.item = ?1 and r.author = ?2 and r.reported_at is not null
             order by what, number, text"
        ),
        params![item.id, person, submission, marker, item.course],
    )
}
