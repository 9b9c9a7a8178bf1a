//! Real files, held against what another reader says of them.
//!
//! The other reader differs by design in five ways, which are evened out before comparing: it
//! joins white space (except in Markdown), it puts the gap into the text, it names a feedback of
//! true and false by its place, it says no weight where the ordinary one holds, and it tells a
//! number alone from a number with the tolerance 0.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gift::{Choice, Format, Item, Kind, Limits, Number, Question, Text, read, write};
use serde_json::{Value, json};

fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/moodle").join(name);
    if !path.is_dir() {
        eprintln!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, into);
        } else if [".gift", ".gift.txt"].iter().any(|end| name.ends_with(end)) {
            into.push(path);
        }
    }
    into.sort();
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn said(text: &Text) -> Value {
    json!({ "format": text.format.as_str(), "text": joined(&text.text) })
}

fn said_or_null(text: Option<&Text>) -> Value {
    text.map_or(Value::Null, said)
}

/// A question in the words of the other reader.
fn in_their_words(item: &Item) -> Value {
    let question = match item {
        Item::Category(path) => return json!({ "type": "Category", "title": path }),
        Item::Question(question) => question,
    };
    let stem = Text { format: question.stem.format, text: question.text() };
    let mut out = json!({
        "id": question.id, "tags": (!question.tags.is_empty()).then_some(&question.tags),
        "title": question.title.as_deref().map(joined), "stem": said(&stem),
        "hasEmbeddedAnswers": question.tail.is_some(), "globalFeedback": said_or_null(question.feedback.as_ref()),
    });
    let kind = kind_in_their_words(question);
    out.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
    out
}

fn kind_in_their_words(question: &Question) -> Value {
    let choice = |choice: &Choice, marked: bool| {
        let ordinary = if marked { 100.0 } else { 0.0 };
        let weight = Some(choice.weight).filter(|weight| (weight - ordinary).abs() > 0.0);
        json!({ "isCorrect": marked, "weight": weight, "text": said(&choice.text),
                "feedback": said_or_null(choice.feedback.as_ref()) })
    };
    match &question.kind {
        Kind::Description => json!({ "type": "Description" }),
        Kind::Essay => json!({ "type": "Essay" }),
        Kind::TrueFalse { right, when_wrong, when_right } => json!({
            "type": "TF", "isTrue": right,
            "trueFeedback": said_or_null(when_wrong.as_ref()), "falseFeedback": said_or_null(when_right.as_ref()),
        }),
        Kind::MultipleChoice { several, choices } => {
            let right = |one: &Choice| !several && (one.weight - 100.0).abs() < 1e-9;
            json!({ "type": "MC", "choices": choices.iter().map(|one| choice(one, right(one))).collect::<Vec<_>>() })
        }
        Kind::ShortAnswer(list) => {
            json!({ "type": "Short", "choices": list.iter().map(|one| choice(one, true)).collect::<Vec<_>>() })
        }
        Kind::Matching(pairs) => {
            let pair =
                |pair: &gift::Pair| json!({ "subquestion": said(&pair.stem), "subanswer": joined(&pair.answer) });
            json!({ "type": "Matching", "matchPairs": pairs.iter().map(pair).collect::<Vec<_>>() })
        }
        Kind::Numerical(list) => {
            let value = |number: Number| match number {
                Number::Near { value, tolerance: 0.0 } => json!({ "type": "range", "number": value, "range": 0 }),
                Number::Near { value, tolerance } => json!({ "type": "range", "number": value, "range": tolerance }),
                Number::Range { min, max } => json!({ "type": "high-low", "numberHigh": max, "numberLow": min }),
                Number::Any => json!({ "format": "moodle", "text": "*" }),
            };
            let answer = |one: &gift::NumericalAnswer| {
                let weight = Some(one.weight).filter(|weight| (weight - 100.0).abs() > 0.0);
                json!({ "isCorrect": one.value != Number::Any, "weight": weight.filter(|_| one.value != Number::Any),
                        "text": value(one.value), "feedback": said_or_null(one.feedback.as_ref()) })
            };
            json!({ "type": "Numerical", "choices": list.iter().map(answer).collect::<Vec<_>>() })
        }
    }
}

/// Evens out numbers, white space, and what the other reader leaves out or doubles.
fn evened(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::String(text) => json!(joined(text)),
        Value::Array(list) => list.iter().map(evened).collect(),
        Value::Object(map) => {
            let mut out: serde_json::Map<String, Value> = map
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), evened(value)))
                .collect();
            if map.get("type") == Some(&json!("Numerical")) && map["choices"].is_object() {
                let one = json!([{ "isCorrect": true, "text": map["choices"] }]);
                out.insert("choices".to_owned(), evened(&one));
            }
            if map.get("isCorrect") == Some(&json!(true)) && map.get("weight").and_then(Value::as_f64) == Some(100.0) {
                out.remove("weight");
            }
            if map.get("isCorrect") == Some(&json!(false)) && map.get("weight").and_then(Value::as_f64) == Some(0.0) {
                out.remove("weight");
            }
            if out.get("type") == Some(&json!("simple")) {
                out.insert("type".to_owned(), json!("range"));
                out.insert("range".to_owned(), json!(0.0));
            }
            Value::Object(out)
        }
        other => other.clone(),
    }
}

/// Where this reader says something else on purpose: file, item from 0, reason.
const DIFFERENCES: &[(&str, usize, &str)] = &[];

#[test]
fn agrees_with_another_reader() {
    let Some(folder) = folder("fuhrmanator__GIFT-grammar-PEG.js/tests/questions") else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let mut shares: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut unexplained = Vec::new();
    let mut explained = Vec::new();
    for path in &paths {
        let Ok(oracle) = std::fs::read(path.with_extension("json")) else { continue };
        let oracle: Value = serde_json::from_slice(&oracle).unwrap();
        let gift = read(&std::fs::read(path).unwrap(), &Limits::default()).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let ours: Vec<Value> = gift.items().map(|item| evened(&in_their_words(item))).collect();
        let theirs: Vec<Value> = oracle.as_array().unwrap().iter().map(evened).collect();
        for at in 0..ours.len().max(theirs.len()) {
            let kind = theirs.get(at).map_or("none", |one| one["type"].as_str().unwrap()).to_owned();
            let share = shares.entry(kind).or_default();
            share.1 += 1;
            if ours.get(at) == theirs.get(at) {
                share.0 += 1;
            } else if let Some((.., reason)) = DIFFERENCES.iter().find(|one| one.0 == name && one.1 == at) {
                explained.push(format!("{name} {at}: {reason}"));
            } else {
                unexplained.push(format!("{name} {at}\n  ours   {:?}\n  theirs {:?}", ours.get(at), theirs.get(at)));
            }
        }
    }
    for (kind, (same, all)) in shares {
        eprintln!("{kind}: {same} of {all} agree");
    }
    eprintln!("{}", explained.join("\n"));
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    assert_eq!(explained.len(), DIFFERENCES.len(), "a difference is listed that is no longer there");
}

#[test]
fn every_real_file_is_read_and_written_and_read_again() {
    let Some(folder) = folder("") else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    assert!(paths.len() > 50, "{}", paths.len());
    for path in paths {
        let gift = read(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
        for finding in &gift.findings {
            eprintln!("{}, line {}: {}: {}", path.display(), finding.line, finding.code, finding.message);
        }
        let items: Vec<&Item> = gift.items().collect();
        assert!(!items.is_empty(), "{}", path.display());
        let written = write(items.iter().copied()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let again = read(written.as_bytes(), &Limits::default()).unwrap();
        assert!(again.items().eq(items), "{}\n{written}", path.display());
    }
}

#[test]
fn markdown_keeps_its_lines() {
    let gift = read(b"[markdown]a  \n- b\\n    - c", &Limits::default()).unwrap();
    let question = gift.questions().next().unwrap();
    assert_eq!((question.stem.format, question.stem.text.as_str()), (Format::Markdown, "a  \n- b\n    - c"));
}
