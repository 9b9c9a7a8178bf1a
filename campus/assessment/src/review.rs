//! What learners see of an attempt that they handed in, and when (campus-rules M11).

use serde::{Deserialize, Serialize};
use store::Time;

/// How long "right after" lasts, in seconds.
pub const RIGHT_AFTER_SECONDS: i64 = 120;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shows {
    /// The questions and what was answered.
    pub answers: bool,
    /// What of it is right.
    pub correct: bool,
    /// The points.
    pub points: bool,
    /// What the authors say to it.
    pub feedback: bool,
    /// The right answers.
    pub right: bool,
}

impl Shows {
    const ALL: Self = Self { answers: true, correct: true, points: true, feedback: true, right: true };

    /// Whether there is anything to look at.
    pub const fn is_something(self) -> bool {
        self.answers || self.points
    }
}

/// What is shown when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// In the first two minutes.
    pub after: Shows,
    /// Later, as long as the quiz is open.
    pub open: Shows,
    /// Once it is closed.
    pub closed: Shows,
}

impl Default for Review {
    fn default() -> Self {
        let most = Shows { right: false, ..Shows::ALL };
        Self { after: most, open: most, closed: Shows::ALL }
    }
}

impl Review {
    /// What is shown at a moment of an attempt that ended then, of a quiz that closes then for this person.
    pub fn at(&self, now: Time, ended_at: Time, closes: Option<Time>) -> Shows {
        if closes.is_some_and(|closes| closes <= now) {
            self.closed
        } else if now < ended_at.plus_seconds(RIGHT_AFTER_SECONDS) {
            self.after
        } else {
            self.open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phase_follows_from_the_clock() {
        let at = Time::from_seconds;
        let only = |answers, points| Shows { answers, points, ..Shows::default() };
        let review = Review { after: only(true, false), open: only(false, true), closed: Shows::ALL };
        assert_eq!(review.at(at(100), at(0), None), review.after);
        assert_eq!(review.at(at(120), at(0), None), review.open);
        assert_eq!(review.at(at(100), at(0), Some(at(100))), Shows::ALL);
        assert_eq!(review.at(at(120), at(0), Some(at(121))), review.open);
        assert_eq!(serde_json::from_str::<Review>("{}").unwrap(), Review::default());
    }
}
