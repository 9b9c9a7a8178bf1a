use qti::{Choice as Offered, Document, Interaction, Item, Kind, Limits, Markup, Package, Responses, Scalar, Value};

use super::{Format, Report, Why, from_html, key, part_id, percent};
use crate::question::{
    Choice, Essay, Match, Multiple, MultipleRule, Order, OrderItem, OrderRule, Pair, Question, Short, Single, Task,
    TextKey,
};
use crate::share::Share;

pub(super) fn read(bytes: &[u8]) -> Report {
    let mut report = Report::default();
    let limits = Limits::default();
    let read = if bytes.starts_with(b"PK") {
        Package::parse(bytes, &limits).map(|package| (package.items, package.refused))
    } else {
        let named = |item: Item| (item.identifier.clone(), item);
        Document::parse("", bytes, &limits)
            .map(|document| (document.items.into_iter().map(named).collect(), Vec::new()))
    };
    let (items, refused) = match read {
        Ok(read) => read,
        Err(error) => {
            report.tell("", Why::Unreadable, error.to_string(), true);
            return report;
        }
    };
    for (place, item) in &items {
        let source = key(Format::Qti, Some(&item.identifier), &item.title);
        report.take(place, &item.title, &[], &source, question(item));
        for finding in item.findings.iter().filter(|finding| finding.severity == qti::Severity::Loss) {
            report.tell(place.as_str(), Why::Noticed, finding.message.clone(), false);
        }
    }
    for (place, reason) in refused {
        report.tell(place, Why::Unreadable, reason, true);
    }
    report
}

fn question(item: &Item) -> Result<Question, (Why, String)> {
    let interactions = item.interactions();
    let wrong = || (Why::Kind, format!("{}: {}", item.kind.as_str(), item.title));
    let one = || if let [only] = interactions.as_slice() { Ok(*only) } else { Err(wrong()) };
    let task = match item.kind {
        Kind::Text => Task::Info,
        Kind::ExtendedText => Task::Essay(Essay::default()),
        Kind::Choice | Kind::TrueFalse => {
            let only = one()?;
            let options = options(item, only, |names| Value::identifier(names[0]));
            Task::Single(Single { options, shuffle: only.shuffle, below_zero: false })
        }
        Kind::MultipleChoice => {
            let only = one()?;
            let key = key_of(item, &only.response);
            let names: Vec<&str> = key.iter().filter_map(Scalar::text).collect();
            let option = |(at, choice): (usize, &Offered)| Choice {
                id: part_id(at),
                text: markdown(&choice.content),
                share: if names.contains(&choice.identifier.as_str()) {
                    Share::of(1, names.len())
                } else {
                    Share::none()
                },
                feedback: String::new(),
            };
            let options = offered(only).iter().enumerate().map(option).collect();
            Task::Multiple(Multiple { options, shuffle: only.shuffle, rule: MultipleRule::Partial })
        }
        Kind::TextEntry => Task::Short(short(item, one()?)),
        Kind::Order => {
            let only = one()?;
            let key = key_of(item, &only.response);
            let find = |name: &str| offered(only).iter().find(|choice| choice.identifier == name);
            let sorted = key.iter().filter_map(Scalar::text).filter_map(find);
            let items =
                sorted.enumerate().map(|(at, choice)| OrderItem { id: part_id(at), text: markdown(&choice.content) });
            Task::Order(Order { items: items.collect(), rule: OrderRule::All })
        }
        Kind::Matching => Task::Match(matching(item, &interactions).ok_or_else(wrong)?),
        _ => return Err(wrong()),
    };
    let mut text = markdown(&item.body);
    for interaction in &interactions {
        let prompt = markdown(&interaction.prompt);
        if !prompt.is_empty() && !text.contains(&prompt) {
            text = format!("{text}\n\n{prompt}");
        }
    }
    let text = if text.trim().is_empty() { item.title.clone() } else { text.trim().to_owned() };
    Ok(Question { text, task, ..Question::default() })
}

fn offered(interaction: &Interaction) -> &[Offered] {
    interaction.choices.first().map_or(&[], Vec::as_slice)
}

/// The right response, as scalars.
fn key_of(item: &Item, response: &str) -> Vec<Scalar> {
    let key = item.start(0).map(|attempt| attempt.key()).unwrap_or_default();
    key.get(response).map(|value| value.scalars().into_iter().cloned().collect()).unwrap_or_default()
}

/// The options with what each earns alone, by the rules of the item; by the key where these say nothing.
fn options(item: &Item, interaction: &Interaction, value: impl Fn(&[&str]) -> Value) -> Vec<Choice> {
    let key = key_of(item, &interaction.response);
    let most = item.maximum().filter(|most| *most > 0.0).unwrap_or(1.0);
    let earns = |name: &str| {
        let responses = Responses::from([(interaction.response.clone(), value(&[name]))]);
        item.score(&responses).map_or(0.0, |outcomes| outcomes.score() / most)
    };
    let shares: Vec<f64> = offered(interaction).iter().map(|choice| earns(&choice.identifier)).collect();
    let says_something = shares.iter().any(|share| *share > 0.0);
    let option = |(at, choice): (usize, &Offered)| {
        let is_key = key.iter().any(|one| one.text() == Some(choice.identifier.as_str()));
        let share = match says_something {
            true => percent((shares[at] * 100.0).clamp(-100.0, 100.0)),
            false if is_key => Share::all(),
            false => Share::none(),
        };
        Choice { id: part_id(at), text: markdown(&choice.content), share, feedback: String::new() }
    };
    offered(interaction).iter().enumerate().map(option).collect()
}

fn short(item: &Item, interaction: &Interaction) -> Short {
    let declared = item.response(&interaction.response);
    let mut texts: Vec<String> =
        key_of(item, &interaction.response).iter().filter_map(Scalar::text).map(str::to_owned).collect();
    let mapped = declared.and_then(|response| response.mapping.as_ref());
    let entries = mapped.map(|mapping| mapping.entries.as_slice()).unwrap_or_default();
    texts.extend(
        entries.iter().filter(|entry| entry.value > 0.0).filter_map(|entry| entry.key.text().map(str::to_owned)),
    );
    texts.sort_unstable();
    texts.dedup();
    let key = |text: String| TextKey { text: text.replace('*', "\\*"), share: Share::all(), feedback: String::new() };
    Short { case: entries.iter().any(|entry| entry.case_sensitive), answers: texts.into_iter().map(key).collect() }
}

/// A match of two lists, or several choices of one thing each, as QTI 1.2 writes it.
fn matching(item: &Item, interactions: &[&Interaction]) -> Option<Match> {
    let name =
        |list: &[Offered], id: &str| list.iter().find(|one| one.identifier == id).map(|one| markdown(&one.content));
    if let [only] = interactions
        && let [left, right] = only.choices.as_slice()
    {
        let pair = |(at, scalar): (usize, &Scalar)| match scalar {
            Scalar::DirectedPair(a, b) | Scalar::Pair(a, b) => {
                Some(Pair { id: part_id(at), left: name(left, a)?, right: name(right, b)? })
            }
            _ => None,
        };
        let pairs: Vec<Pair> = key_of(item, &only.response).iter().enumerate().filter_map(pair).collect();
        let is_used = |text: &String| pairs.iter().any(|pair| pair.right == *text);
        let extra = right.iter().map(|one| markdown(&one.content)).filter(|text| !is_used(text)).collect();
        return (!pairs.is_empty()).then_some(Match { pairs, extra, shuffle: only.shuffle });
    }
    let mut pairs = Vec::new();
    for interaction in interactions {
        let key = key_of(item, &interaction.response);
        let right = name(offered(interaction), key.first()?.text()?)?;
        pairs.push(Pair { id: part_id(pairs.len()), left: markdown(&interaction.prompt), right });
    }
    let rights: Vec<String> = offered(interactions.first()?).iter().map(|one| markdown(&one.content)).collect();
    let extra = rights.into_iter().filter(|text| !pairs.iter().any(|pair| pair.right == *text)).collect();
    (!pairs.is_empty()).then_some(Match { pairs, extra, shuffle: true })
}

fn markdown(content: &[Markup]) -> String {
    let mut html = String::new();
    write(content, &mut html);
    from_html(&html)
}

/// What is shown, as HTML; it is cleaned before anybody sees it. Interactions are asked below.
fn write(content: &[Markup], out: &mut String) {
    for piece in content {
        match piece {
            Markup::Text(text) => out.push_str(&crate::pages::ask::escaped(text)),
            Markup::Html(html) => out.push_str(html),
            Markup::Element { name, attributes, content } => {
                out.push('<');
                out.push_str(name);
                for (name, value) in attributes {
                    out.push_str(&format!(" {name}=\"{}\"", crate::pages::ask::escaped(value)));
                }
                out.push('>');
                write(content, out);
                out.push_str(&format!("</{name}>"));
            }
            Markup::Conditional(_) | Markup::Rubric { .. } | Markup::Interaction(_) | Markup::Variable(_) => {}
            Markup::Gap(choice) | Markup::Hottext(choice) => write(&choice.content, out),
        }
    }
}
