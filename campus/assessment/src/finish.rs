//! The end of an attempt: handed in, its time up, or abandoned. Once ended it stays so; to end it again changes nothing.

use std::fmt::Write as _;

use outline::{Completion, Item, complete_by};
use people::PersonId;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{Event, Result, Time, Tx, params, sql};

use crate::AttemptId;
use crate::answer::Answer;
use crate::attempt::{Asked, Attempt, Ended, item_for, rewind};
use crate::clock::Standing;
use crate::quiz::{self, Settings};
use crate::score::score;
use crate::{grade, share::Share};

/// Hands an attempt in. One that has ended is answered as it is, so that a second click does no harm; one whose time is up
/// ends as its quiz says.
pub fn hand_in(tx: &mut Tx<'_>, id: AttemptId, by: PersonId) -> Result<Attempt> {
    let attempt = Attempt::lock(tx, id)?;
    if !attempt.is_running() {
        return Ok(attempt);
    }
    let settings = quiz::settings(tx, attempt.item)?;
    let item = item_for(tx, attempt.course, attempt.item, attempt.person)?;
    let attempt = rewind(tx, &attempt, &item)?;
    let how = match attempt.standing(tx.now(), &settings) {
        Standing::Running | Standing::Closing | Standing::Grace => Ended::Submitted,
        Standing::HandedIn => Ended::TimedOut,
        Standing::Lapsed => Ended::Abandoned,
    };
    end(tx, &attempt, &item, how, by)
}

/// Ends an attempt whose time is up; one that has time left after all, or has ended, stays as it is.
pub fn close(tx: &mut Tx<'_>, attempt: &Attempt, settings: &Settings) -> Result<Attempt> {
    let attempt = Attempt::lock(tx, attempt.id)?;
    if !attempt.is_running() {
        return Ok(attempt);
    }
    // Somebody may have been given more time since.
    let item = item_for(tx, attempt.course, attempt.item, attempt.person)?;
    let attempt = rewind(tx, &attempt, &item)?;
    let how = match attempt.standing(tx.now(), settings) {
        Standing::HandedIn => Ended::TimedOut,
        Standing::Lapsed => Ended::Abandoned,
        Standing::Running | Standing::Closing | Standing::Grace => return Ok(attempt),
    };
    end(tx, &attempt, &item, how, attempt.person)
}

/// The attempts whose time is up, of which nobody has told: what the job closes, at most so many.
pub(crate) fn overdue(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<AttemptId>> {
    let now = tx.now();
    tx.values(
        sql!("select id from attempt where ended_at is null and look_at is not null and look_at < ?1 order by look_at limit ?2"),
        params![now, limit],
    )
}

/// Looks at one of them.
pub(crate) fn look(tx: &mut Tx<'_>, id: AttemptId) -> Result<bool> {
    let attempt = Attempt::lock(tx, id)?;
    let settings = quiz::settings(tx, attempt.item)?;
    Ok(!close(tx, &attempt, &settings)?.is_running())
}

fn end(tx: &mut Tx<'_>, attempt: &Attempt, item: &Item, how: Ended, by: PersonId) -> Result<Attempt> {
    let now = tx.now();
    // Whose time was up ended then, whenever somebody looked.
    let at = if how == Ended::Submitted { now } else { attempt.ends_at.map_or(now, |ends_at| ends_at.min(now)) };
    let (questions, answers) = (attempt.questions(tx)?, attempt.answers(tx)?);
    let given: Vec<(&Asked, Answer)> =
        questions.iter().map(|asked| (asked, answers.get(&asked.position).cloned().unwrap_or_default())).collect();
    let receipt = receipt(attempt, at, &given);
    tx.execute(
        sql!(
            "update attempt set ended_how = ?2, ended_at = ?3, ended_by = ?4, receipt = ?5, look_at = null
             where id = ?1 and ended_at is null"
        ),
        params![attempt.id, how, at, by, receipt],
    )?;
    let ended = Attempt {
        ended_how: Some(how),
        ended_at: Some(at),
        receipt: Some(receipt.clone()),
        look_at: None,
        ..attempt.clone()
    };
    if how != Ended::Abandoned {
        keep_marks(tx, attempt.id, &given, by)?;
    }
    let verb = match how {
        Ended::Submitted => "attempt.submitted",
        Ended::TimedOut => "attempt.timed-out",
        Ended::Abandoned => "attempt.abandoned",
    };
    let event = Event::new(verb, "attempt", attempt.id).by(by).within("course", attempt.course);
    let event = event.with("item", attempt.item.to_string()).with("person", attempt.person.to_string());
    tx.record(&event.with("number", attempt.number).with("receipt", receipt))?;
    if !attempt.is_preview && how != Ended::Abandoned {
        complete_by(tx, item, attempt.person, Completion::Submit, attempt.person)?;
        grade::settle(tx, item, attempt.person, attempt.person)?;
    }
    Ok(ended)
}

/// One statement, however many questions there are.
fn keep_marks(tx: &mut Tx<'_>, attempt: AttemptId, given: &[(&Asked, Answer)], by: PersonId) -> Result<()> {
    let now = tx.now();
    let rows: Vec<_> = given
        .iter()
        .map(|(asked, answer)| {
            let mark = score(&asked.content.0, answer);
            let points = mark.share.map(|share: Share| share.points(asked.points).units());
            json!({"p": asked.position, "a": answer, "v": asked.version, "u": points, "r": mark.parts})
        })
        .collect();
    tx.execute(
        sql!(
            sqlite: "insert into attempt_mark (attempt, position, answer, version, points, parts, at, by)
                     select ?1, value ->> 'p', value -> 'a', value ->> 'v', value ->> 'u', value -> 'r', ?2, ?3
                     from json_each(?4)",
            postgres: "insert into attempt_mark (attempt, position, answer, version, points, parts, at, by)
                       select ?1::uuid, (r ->> 'p')::bigint, r -> 'a', (r ->> 'v')::bigint, (r ->> 'u')::bigint, r -> 'r',
                              ?2::timestamptz, ?3::uuid
                       from jsonb_array_elements(?4::text::jsonb) r",
        ),
        params![attempt, now, by, serde_json::Value::from(rows)],
    )?;
    Ok(())
}

/// The hash of what was handed in: of the attempt, the moment, and each question with its version and answer.
fn receipt(attempt: &Attempt, at: Time, given: &[(&Asked, Answer)]) -> String {
    let mut text = format!("{} {} {}\n", attempt.id, attempt.number, at);
    for (asked, answer) in given {
        let answer = serde_json::to_string(answer).unwrap_or_default();
        let _ = writeln!(text, "{} {} {} {answer}", asked.position, asked.question, asked.version);
    }
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
