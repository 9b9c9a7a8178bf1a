use num_bigint::BigInt;
use num_rational::BigRational;

use super::{Mark, Part, Reason, one, part, summed};
use crate::answer::Answer;
use crate::question::{Choice, Multiple, MultipleRule, Single, TrueFalse};
use crate::share::Share;

/// What the chosen option earns; it may be less than nothing where the question says so.
pub(super) fn single(single: &Single, answer: &Answer) -> Mark {
    let chosen = single.options.iter().find(|option| answer.has(option.id));
    let mut judged = judged(single, chosen);
    let least = if single.below_zero { -1 } else { 0 };
    judged.share = judged.share.clamped(least, 1);
    one(judged)
}

/// The same within a gap: what was sent is the option's id.
pub(super) fn in_gap(single: &Single, given: &str) -> Part {
    let chosen = single.options.iter().find(|option| option.id.to_string() == given);
    let judged = judged(single, chosen);
    Part { share: judged.share.clone().clamped(0, 1), ..judged }
}

fn judged(single: &Single, chosen: Option<&Choice>) -> Part {
    let right = single.options.iter().max_by(|a, b| a.share.cmp(&b.share).then(b.id.cmp(&a.id)));
    let right = right.map(|option| option.text.clone()).unwrap_or_default();
    match chosen {
        None => Part { right, ..part(Reason::Empty, Share::none()) },
        Some(option) => Part {
            given: option.text.clone(),
            right,
            feedback: option.feedback.clone(),
            ..part(earned(&option.share), option.share.clone())
        },
    }
}

pub(super) fn earned(share: &Share) -> Reason {
    if share.is_all() {
        Reason::Right
    } else if share.is_some() {
        Reason::Partly
    } else {
        Reason::Wrong
    }
}

/// Nothing chosen earns nothing under every rule. Otherwise see [`MultipleRule`].
pub(super) fn multiple(multiple: &Multiple, answer: &Answer) -> Mark {
    let options = &multiple.options;
    let rights = options.iter().filter(|option| option.share.is_some()).count();
    let is_exact = options.iter().all(|option| answer.has(option.id) == option.share.is_some());
    let is_empty = !options.iter().any(|option| answer.has(option.id));
    let minus = Share(-BigRational::from_integer(BigInt::from(1)));
    let worth = |option: &Choice, picked: bool| match multiple.rule {
        _ if is_empty => Share::none(),
        MultipleRule::Sum if picked => option.share.clone(),
        MultipleRule::Partial if picked && option.share.is_some() => Share::of(1, rights),
        MultipleRule::Partial if picked => Share(minus.0.clone() * Share::of(1, rights).0),
        MultipleRule::Each if picked == option.share.is_some() => Share::of(1, options.len()),
        MultipleRule::All if is_exact && picked => Share::of(1, rights),
        _ => Share::none(),
    };
    let judged = |option: &Choice| {
        let picked = answer.has(option.id);
        let reason = match (picked, option.share.is_some()) {
            (true, true) => Reason::Right,
            (true, false) => Reason::Wrong,
            (false, true) => Reason::Missed,
            (false, false) => Reason::RightlyLeft,
        };
        Part {
            label: option.text.clone(),
            feedback: if picked { option.feedback.clone() } else { String::new() },
            ..part(reason, worth(option, picked))
        }
    };
    summed(options.iter().map(judged).collect(), 0)
}

/// True is the option 1, false the option 0. What was given and what is right are the same two, for the page to name.
pub(super) fn true_false(question: &TrueFalse, answer: &Answer) -> Mark {
    let name = |is_true: bool| if is_true { "true" } else { "false" }.to_owned();
    let right = name(question.is_true);
    let said = if answer.has(1) { Some(true) } else { answer.has(0).then_some(false) };
    let Some(said) = said else { return one(Part { right, ..part(Reason::Empty, Share::none()) }) };
    let (reason, share) =
        if said == question.is_true { (Reason::Right, Share::all()) } else { (Reason::Wrong, Share::none()) };
    let feedback = if said { &question.when_true } else { &question.when_false };
    one(Part { given: name(said), right, feedback: feedback.clone(), ..part(reason, share) })
}
