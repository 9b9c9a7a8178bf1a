//! Makes a course out of its content.

use std::collections::HashMap;

use assessment::QuestionId;
use assignments::RubricId;
use courses::course::{Listing, SelfEnrolment, Settings};
use courses::section::SectionSettings;
use courses::{Course, CourseId, Section, SectionId};
use materials::course_file::NewFile;
use materials::page::Body;
use materials::video::Track;
use materials::{FileId, course_file, file, link, page, video};
use outline::release::{Condition, Node, Op, Tree};
use outline::{Completion, Item, ItemId, ItemSettings, Kinds, Module, ModuleId, ModuleSettings, NewItem, Requirement};
use people::PersonId;
use store::Tx;

use crate::Error;
use crate::content::{self, Conditions};
use crate::days::Days;
use crate::fill::{Cast, Kept};
use crate::grading::{self, Graded};
use crate::{quiz, work};

/// What was made, for the history.
pub(crate) struct Made {
    pub(crate) course: CourseId,
    pub(crate) teacher: PersonId,
    pub(crate) sections: HashMap<String, SectionId>,
    pub(crate) items: HashMap<String, Item>,
    pub(crate) graded: Graded,
    /// The questions of quizzes in their order.
    pub(crate) quizzes: HashMap<String, Vec<QuestionId>>,
}

/// What the content of items is made of.
struct Stock<'s> {
    folder: &'s str,
    kept: &'s Kept,
    files: HashMap<String, FileId>,
    rubrics: HashMap<String, RubricId>,
    by: PersonId,
}

fn missing(what: &str, key: &str) -> Error {
    Error::Content(format!("there is no {what} {key}"))
}

pub(crate) fn make(
    tx: &mut Tx<'_>,
    kinds: &Kinds,
    cast: &Cast,
    folder: &str,
    told: &content::Course,
    kept: &Kept,
    days: &Days,
) -> Result<Made, Error> {
    let teacher = cast.person(told.teachers.first().ok_or_else(|| missing("teacher of", &told.title))?)?;
    let mut course = Course::create(tx, &settings(cast, told, days)?, teacher)?;
    let sections = sections(tx, &course, told, teacher)?;
    let graded = match &told.grading {
        Some(grading) => grading::make(tx, course.id, grading, days, teacher)?,
        None => Graded::default(),
    };
    let stock = Stock {
        folder,
        kept,
        files: files(tx, course.id, kept, teacher)?,
        rubrics: grading::rubrics(tx, course.id, &told.rubric, teacher)?,
        by: teacher,
    };
    let modules = modules(tx, course.id, told, days, teacher)?;
    // All items before their content: pages link to later ones.
    let mut items = HashMap::new();
    for module in &told.module {
        for item in &module.item {
            let made = item_of(tx, course.id, modules[&module.key], item, teacher)?;
            items.insert(item.slug.clone(), made);
        }
    }
    let mut quizzes = HashMap::new();
    let ids: HashMap<&str, ItemId> = items.iter().map(|(slug, item)| (slug.as_str(), item.id)).collect();
    for item in told.module.iter().flat_map(|module| &module.item) {
        let made = &items[&item.slug];
        match &item.quiz {
            Some(quiz) => {
                quizzes.insert(item.slug.clone(), quiz::make(tx, made, quiz, teacher)?);
            }
            None => write(tx, made, item, &stock)?,
        }
        if let Some(group) = &item.group {
            grading::into_group(tx, made, group, &graded, teacher)?;
        }
        made.change(tx, &item_settings(item, &ids, days)?, teacher)?;
        if item.published {
            made.publish(tx, teacher)?;
        }
    }
    let items = refreshed(tx, course.id, &items)?;
    debug_assert!(items.values().all(|item| kinds.get(&item.kind).is_some()), "every kind is known");
    course.publish(tx, None, teacher)?;
    Ok(Made { course: course.id, teacher, sections, items, graded, quizzes })
}

fn refreshed(tx: &mut Tx<'_>, course: CourseId, items: &HashMap<String, Item>) -> Result<HashMap<String, Item>, Error> {
    let mut now: HashMap<ItemId, Item> = Item::of_course(tx, course)?.into_iter().map(|item| (item.id, item)).collect();
    let one = |(slug, item): (&String, &Item)| {
        let item = now.remove(&item.id).ok_or_else(|| missing("item", slug))?;
        Ok((slug.clone(), item))
    };
    items.iter().map(one).collect()
}

fn settings(cast: &Cast, told: &content::Course, days: &Days) -> Result<Settings, Error> {
    let unit = *cast.units.get(&told.unit).ok_or_else(|| missing("unit", &told.unit))?;
    let enrolment: SelfEnrolment = told.joining.how.parse().map_err(|_| missing("way to join", &told.joining.how))?;
    let listing = told.listing.as_deref().unwrap_or("public");
    Ok(Settings {
        term: told.term.as_ref().and_then(|key| cast.terms.get(key)).copied(),
        code: told.code.clone(),
        summary: told.summary.clone(),
        about: told.about.trim().to_owned(),
        hue: told.hue,
        starts: Some(days.at(told.starts_days, 0, 0)),
        ends: Some(days.at(told.ends_days, 23, 59)),
        listing: listing.parse::<Listing>().map_err(|_| missing("listing", listing))?,
        enrolment,
        enrol_key: told.joining.key.clone(),
        people_visible: true,
        ..Settings::new(unit, &told.title, &told.language, &cast.zone)
    })
}

fn sections(
    tx: &mut Tx<'_>,
    course: &Course,
    told: &content::Course,
    by: PersonId,
) -> Result<HashMap<String, SectionId>, Error> {
    let mut first = Section::of(tx, course.id)?;
    let mut made = HashMap::new();
    for (number, section) in told.sections.iter().enumerate() {
        let settings =
            SectionSettings { name: section.name.clone(), capacity: section.capacity, ..SectionSettings::default() };
        let id = match first.get_mut(number) {
            Some(there) => {
                there.change(tx, &settings, by)?;
                there.id
            }
            None => Section::create(tx, course.id, &settings, by)?.id,
        };
        made.insert(section.key.clone(), id);
    }
    if told.sections.is_empty()
        && let (Some(only), Some(capacity)) = (first.first_mut(), told.joining.capacity)
    {
        let settings =
            SectionSettings { name: only.name.clone(), capacity: Some(capacity), ..SectionSettings::default() };
        only.change(tx, &settings, by)?;
    }
    Ok(made)
}

fn files(tx: &mut Tx<'_>, course: CourseId, kept: &Kept, by: PersonId) -> Result<HashMap<String, FileId>, Error> {
    let mut paths: Vec<&String> = kept.keys().collect();
    paths.sort();
    let mut made = HashMap::new();
    for path in paths {
        let stored = &kept[path];
        let hash = stored.hash.to_string();
        let new = NewFile {
            name: path.rsplit('/').next().unwrap_or(path),
            path: Some(path),
            hash: &hash,
            media_type: &stored.media_type,
            size: stored.size,
        };
        made.insert(path.clone(), course_file::add(tx, course, &new, by)?);
    }
    Ok(made)
}

fn modules(
    tx: &mut Tx<'_>,
    course: CourseId,
    told: &content::Course,
    days: &Days,
    by: PersonId,
) -> Result<HashMap<String, ModuleId>, Error> {
    let mut made: HashMap<String, ModuleId> = HashMap::new();
    for module in &told.module {
        let id = Module::add(tx, course, &module.title, Some(&module.key), by)?;
        let needs = module.prerequisites.iter().map(|key| made.get(key).copied().ok_or_else(|| missing("module", key)));
        let count: Option<u32> = module.requirement.parse().ok();
        let (requirement, requirement_count) = match (module.requirement.as_str(), count) {
            ("all", _) => (Requirement::All, 1),
            ("any", _) => (Requirement::Some, 1),
            (_, Some(count)) => (Requirement::Some, count),
            (other, None) => return Err(missing("requirement", other)),
        };
        let settings = ModuleSettings {
            title: module.title.clone(),
            unlock_at: module.unlock_days.map(|count| days.morning(count)),
            needs: needs.collect::<Result<_, _>>()?,
            requirement,
            requirement_count,
            sequential: module.sequential,
        };
        let row = Module::find(tx, course, id)?;
        row.change(tx, &settings, by)?;
        if module.published {
            row.publish(tx, by)?;
        }
        made.insert(module.key.clone(), id);
    }
    Ok(made)
}

fn completion(item: &content::Item) -> Result<Completion, Error> {
    item.completion.parse().map_err(|_| missing("completion", &item.completion))
}

fn item_of(
    tx: &mut Tx<'_>,
    course: CourseId,
    module: ModuleId,
    item: &content::Item,
    by: PersonId,
) -> Result<Item, Error> {
    let new = NewItem {
        module,
        kind: &item.kind,
        title: &item.title,
        indent: item.indent,
        completion: completion(item)?,
        source: Some(&item.slug),
    };
    Ok(Item::add(tx, course, &new, by)?)
}

fn item_settings(item: &content::Item, ids: &HashMap<&str, ItemId>, days: &Days) -> Result<ItemSettings, Error> {
    Ok(ItemSettings {
        title: item.title.clone(),
        indent: item.indent,
        minutes: item.minutes,
        completion: completion(item)?,
        release: item.conditions.as_ref().map(|conditions| tree(conditions, ids, days)).transpose()?,
        due_at: item.due_days.map(|count| days.evening(count)),
        unlock_at: None,
        lock_at: None,
    })
}

fn tree(conditions: &Conditions, ids: &HashMap<&str, ItemId>, days: &Days) -> Result<Tree, Error> {
    match conditions {
        Conditions::Group { op, items } => {
            let op = match op.as_str() {
                "all" => Op::All,
                "any" => Op::Any,
                other => return Err(missing("way to join conditions", other)),
            };
            let of = items.iter().map(|part| node(part, ids, days)).collect::<Result<_, _>>()?;
            Ok(Tree { op, of, shown_each: Vec::new(), shown: true })
        }
        single => Ok(Tree { op: Op::All, of: vec![node(single, ids, days)?], shown_each: Vec::new(), shown: true }),
    }
}

fn node(part: &Conditions, ids: &HashMap<&str, ItemId>, days: &Days) -> Result<Node, Error> {
    Ok(match part {
        Conditions::Group { .. } => Node::Group(tree(part, ids, days)?),
        Conditions::After { after_days } => Node::Condition(Condition::From { at: days.morning(*after_days) }),
        Conditions::Done { done } => {
            let item = *ids.get(done.as_str()).ok_or_else(|| missing("item", done))?;
            Node::Condition(Condition::Done { item })
        }
    })
}

fn write(tx: &mut Tx<'_>, made: &Item, item: &content::Item, stock: &Stock<'_>) -> Result<(), Error> {
    let (folder, by) = (stock.folder, stock.by);
    let named = |path: &Option<String>| {
        let path = path.as_deref().unwrap_or_default();
        stock.files.get(path).copied().ok_or_else(|| missing("file", path))
    };
    let text = || content::page(folder, &item.slug).ok_or_else(|| missing("page", &item.slug));
    match item.kind.as_str() {
        "page" => {
            page::write(tx, made, &Body::Markdown(text()?.to_owned()), by)?;
        }
        "assignment" => {
            let asked = item.assignment.as_ref().ok_or_else(|| missing("assignment", &item.slug))?;
            work::ask(tx, made, asked, text()?, &stock.rubrics, by)?;
        }
        "file" => file::write(tx, made, named(&item.file)?, by)?,
        "link" => link::write(tx, made, item.url.as_deref().unwrap_or_default(), link::Opens::Tab, by)?,
        "video" => {
            let mut tracks = Vec::new();
            for track in &item.captions {
                let bytes = content::file(&format!("{folder}/{}", track.file));
                let text = bytes.map(String::from_utf8_lossy).ok_or_else(|| missing("file", &track.file))?;
                let file = named(&Some(track.file.clone()))?;
                tracks.push(Track { language: track.language.clone(), file, cues: video::cues(&text) });
            }
            video::write(tx, made, named(&item.file)?, &tracks, by)?;
        }
        "heading" => {}
        other => return Err(missing("kind", other)),
    }
    debug_assert!(item.file.as_ref().is_none_or(|path| stock.kept.contains_key(path)), "every file is kept");
    Ok(())
}
