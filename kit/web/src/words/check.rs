//! The check of all words, run by a test of the workspace: an id that is used must exist in every language, take the
//! values that it is given, and mean the same everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::FALLBACK;

/// The variables of each message (`id` or `id.attribute`) of one language.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// A use of a message in a template or in code.
#[derive(Debug, PartialEq, Eq)]
struct Use {
    id: String,
    /// The names of the values given, where they can be told from the text.
    given: Option<BTreeSet<String>>,
}

/// Reads `locales/*/*.ftl`, and every template and Rust file below this folder, and says what does not fit: an id that
/// is used and missing, a language that lacks a message, values that a message wants and does not get, a file with a
/// fault. Looked at are `t("...")`, `tn("...")`, `ta("...", &[...])` and `word!("...")` with a literal id.
pub fn check(root: &Path) -> Vec<String> {
    let mut complaints = Vec::new();
    let languages = read_languages(&root.join("locales"), &mut complaints);
    let Some(english) = languages.get(FALLBACK) else {
        complaints.push(format!("there is no locales/{FALLBACK}"));
        return complaints;
    };
    for (language, messages) in languages.iter().filter(|(language, _)| *language != FALLBACK) {
        compare(english, language, messages, &mut complaints);
    }
    for file in sources(root) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let place = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        for used in uses(&text) {
            complaints.extend(complaint(&used, english).map(|complaint| format!("{place}: {complaint}")));
        }
    }
    complaints.sort();
    complaints.dedup();
    complaints
}

fn compare(english: &Messages, language: &str, messages: &Messages, complaints: &mut Vec<String>) {
    for (id, variables) in english {
        match messages.get(id) {
            None => complaints.push(format!("{language}: `{id}` is missing")),
            Some(own) if own != variables => {
                complaints.push(format!("{language}: `{id}` has the variables {own:?}, English has {variables:?}"));
            }
            Some(_) => {}
        }
    }
    let strange = messages.keys().filter(|id| !english.contains_key(*id));
    complaints.extend(strange.map(|id| format!("{language}: `{id}` is not in English")));
}

fn complaint(used: &Use, english: &Messages) -> Option<String> {
    let Some(wanted) = english.get(&used.id) else { return Some(format!("`{}` is in no language", used.id)) };
    let given = used.given.as_ref()?;
    let lacking: Vec<_> = wanted.difference(given).collect();
    (!lacking.is_empty()).then(|| format!("`{}` wants {lacking:?} and does not get it", used.id))
}

fn read_languages(folder: &Path, complaints: &mut Vec<String>) -> BTreeMap<String, Messages> {
    let mut languages = BTreeMap::new();
    for language in entries(folder).into_iter().filter(|path| path.is_dir()) {
        let mut messages = Messages::new();
        for file in entries(&language).into_iter().filter(|path| path.extension().is_some_and(|e| e == "ftl")) {
            read_messages(&file, &mut messages, complaints);
        }
        let name = language.file_name().unwrap_or_default().to_string_lossy().into_owned();
        languages.insert(name, messages);
    }
    languages
}

fn read_messages(file: &Path, messages: &mut Messages, complaints: &mut Vec<String>) {
    let text = fs::read_to_string(file).unwrap_or_default();
    let resource = fluent_syntax::parser::parse(text.as_str()).unwrap_or_else(|(resource, faults)| {
        complaints.extend(faults.iter().map(|fault| format!("{}: {fault}", file.display())));
        resource
    });
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut found: Vec<(String, &Pattern<&str>)> = Vec::new();
        found.extend(message.value.as_ref().map(|value| (message.id.name.to_owned(), value)));
        let attributes = message.attributes.iter();
        found.extend(attributes.map(|a| (format!("{}.{}", message.id.name, a.id.name), &a.value)));
        for (id, pattern) in found {
            let mut variables = BTreeSet::new();
            in_pattern(pattern, &mut variables);
            if messages.insert(id.clone(), variables).is_some() {
                complaints.push(format!("{}: `{id}` is defined twice", file.display()));
            }
        }
    }
}

fn in_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => in_inline(inline, variables),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                in_inline(selector, variables);
                for variant in variants {
                    in_pattern(&variant.value, variables);
                }
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| in_inline(argument, variables));
        }
        InlineExpression::Placeable { expression } => match &**expression {
            Expression::Inline(inline) => in_inline(inline, variables),
            Expression::Select { selector, variants } => {
                in_inline(selector, variables);
                for variant in variants {
                    in_pattern(&variant.value, variables);
                }
            }
        },
        _ => {}
    }
}

/// Templates and Rust files, without what is built and without tests, which speak of ids that do not exist.
fn sources(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !name.starts_with('.') && !matches!(name.as_str(), "target" | "node_modules" | "tests" | "assets") {
                    folders.push(path);
                }
            } else if name != "tests.rs" && [".html", ".rs", ".txt"].iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// The uses of messages in a text. Comments and the part of a Rust file from `#[cfg(test)]` on are passed over.
fn uses(text: &str) -> Vec<Use> {
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (call, kind) in [("t(", "t"), ("tn(", "tn"), ("ta(", "ta"), ("word!(", "word")] {
        for (at, _) in text.match_indices(call) {
            let before = text[..at].chars().next_back();
            let is_word = kind == "word" || before == Some('.');
            let is_call = is_word || before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '!');
            let rest = text[at + call.len()..].trim_start();
            // Behind a bare `t(` only what looks like an id counts: other functions may have that name.
            let counts = |id: &str| is_id(id) && is_call && (is_word || id.contains('-'));
            if let Some((id, rest)) = literal(rest).filter(|(id, _)| counts(id)) {
                found.push(Use { id: id.to_owned(), given: given(kind, rest) });
            }
        }
    }
    found
}

/// The text between the quotes at the start, and what follows.
fn literal(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.')
}

fn given(kind: &str, rest: &str) -> Option<BTreeSet<String>> {
    match kind {
        "t" => Some(BTreeSet::new()),
        "tn" => Some(BTreeSet::from(["count".to_owned()])),
        "ta" => {
            // `, &[("name", value), ("n", 3)])`: the names are the literals that follow an opening parenthesis.
            let list = rest.trim_start().strip_prefix(',')?.trim_start().strip_prefix("&[")?;
            let mut names = BTreeSet::new();
            let mut depth = 0_usize;
            for (at, letter) in list.char_indices() {
                match letter {
                    ']' if depth == 0 => return Some(names),
                    '(' | '[' => {
                        if let Some((name, _)) = literal(list[at + 1..].trim_start()).filter(|_| depth == 0) {
                            names.insert(name.to_owned());
                        }
                        depth += 1;
                    }
                    ')' | ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            None
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn finds_the_uses_in_templates_and_code() {
        let text = r#"{{ page.t("course-new") }} {{ page.tn("rows-found", count) }} assert("not-one") part("nor-this")
            page.ta("greet-x", &[("name", page.arg(list[0])), ("n", page.arg(f("inner", 2)))])
            // page.t("in-comment")
            fail(word!("course-code-taken"));
            t("plain") page.t("save")"#;
        let found = uses(text);
        let ids: BTreeSet<_> = found.iter().map(|used| used.id.as_str()).collect();
        assert_eq!(ids, BTreeSet::from(["course-new", "rows-found", "greet-x", "course-code-taken", "save"]));
        let greeting = found.iter().find(|used| used.id == "greet-x").unwrap();
        assert_eq!(greeting.given, Some(names(&["name", "n"])));
    }

    #[test]
    fn says_what_does_not_fit() {
        let scratch = store::testing::Scratch::new();
        let write = |path: &str, text: &str| {
            let path = scratch.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "locales/en/a.ftl",
            "a-one = One\na-two = Two { $x }\na-three = { $count ->\n   *[other] { $count }\n}\nb.c = 1\n",
        );
        write("locales/de/a.ftl", "a-one = Eins { $y }\na-three = { $count }\na-four = Vier\n");
        write(
            "noun/templates/a.html",
            r#"{{ page.t("a-one") }}{{ page.t("a-two") }}{{ page.t("a-none") }}{{ page.tn("a-three", n) }}"#,
        );
        let complaints = check(&scratch.0).join("\n");
        for part in [
            "de: `a-two` is missing",
            "de: `a-one` has the variables {\"y\"}",
            "de: `a-four` is not in English",
            "noun/templates/a.html: `a-none` is in no language",
            "noun/templates/a.html: `a-two` wants [\"x\"]",
            "a.ftl: ",
        ] {
            assert!(complaints.contains(part), "{part} is not in:\n{complaints}");
        }
        assert!(!complaints.contains("a-three"), "{complaints}");
    }
}
