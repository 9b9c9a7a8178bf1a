//! What goes out comes back the same.

use std::io::Read;
use std::path::Path;
use std::process::Command;

use bytes::Bytes;
use courses::course::{Layout, Licence};
use courses::{Course, CourseId};
use exchange::report::Fate;
use files::Limits;
use materials::course_file::{self, NewFile};
use materials::link::Opens;
use materials::page::{self, Body};
use materials::video::{Track, cues};
use materials::{FileId, file, link, video};
use outline::release::{Condition, Node, Op, Tree};
use outline::{Completion, Item, Module, ModuleId, ModuleSettings, NewItem, Requirement};
use people::PersonId;
use store::{Db, Time, Tx};

use crate::place::Place;
use crate::real::fixtures;

const CLIP: &[u8] = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\0";
const CAPTIONS: &[u8] = b"WEBVTT\n\n00:01.000 --> 00:02.000\nThe tide comes in.\n";

/// Puts a file into the library.
async fn kept(place: &Place, course: CourseId, name: &'static str, bytes: &'static [u8]) -> FileId {
    let stored = place.files.put_bytes(Bytes::from_static(bytes), &Limits { bytes_max: 1 << 20 }).await.unwrap();
    let by = place.by;
    let adding = place.db.write(move |tx| {
        let hash = stored.hash.to_string();
        let new = NewFile { name, path: None, hash: &hash, media_type: &stored.media_type, size: stored.size };
        course_file::add(tx, course, &new, by)
    });
    adding.await.unwrap()
}

fn item(
    tx: &mut Tx<'_>,
    course: CourseId,
    module: ModuleId,
    (kind, title): (&str, &str),
    indent: u8,
    completion: Completion,
    by: PersonId,
) -> store::Result<Item> {
    let new = NewItem { module, kind, title, indent, completion, source: None };
    let item = Item::add(tx, course, &new, by)?;
    item.publish(tx, by)?;
    Ok(item)
}

/// A course with everything that a course can have.
async fn full(place: &Place) -> CourseId {
    let by = place.by;
    let course = place.db.write(|tx| courses::testing::draft(tx, "Tides & shores <1>")).await.unwrap();
    let id = course.id;
    kept(place, id, "a shore (1).svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>").await;
    let plan = kept(place, id, "plan.txt", b"The plan").await;
    let clip = kept(place, id, "tide.mp4", CLIP).await;
    let lines = kept(place, id, "tide.en.vtt", CAPTIONS).await;
    let secret = kept(place, id, "answers.txt", b"42").await;
    let filled = place.db.write(move |tx| {
        let mut course = Course::find(tx, id)?;
        let settings = courses::course::Settings {
            code: "SEA 1".into(),
            summary: "What moves the sea.".into(),
            about: "## Aims\n\nTo *know* the tides.".into(),
            hue: 4,
            starts: Some(Time::from_seconds(1_800_000_000)),
            ends: Some(Time::from_seconds(1_809_000_000)),
            layout: Layout::Weeks,
            licence: Licence::BySa,
            ..course.settings()
        };
        course.change(tx, &settings, by)?;
        course_file::lock(tx, id, secret, by)?;
        let first = Module::add(tx, id, "Begin", None, by)?;
        let second = Module::add(tx, id, "Go on", None, by)?;
        let third = Module::add(tx, id, "Draft", None, by)?;
        let texts = item(tx, id, first, ("page", "Texts"), 0, Completion::View, by)?;
        let more = item(tx, id, first, ("page", "More"), 1, Completion::Mark, by)?;
        item(tx, id, first, ("heading", "Part two"), 0, Completion::None, by)?;
        for (title, url, opens) in [
            ("Elsewhere", "https://example.org/x?a=1&b=2", Opens::Tab),
            ("Away", "http://example.org/", Opens::Here),
            ("Film", "https://youtu.be/1C8sxbtZBYU", Opens::Frame),
        ] {
            let one = item(tx, id, second, ("link", title), 0, Completion::View, by)?;
            link::write(tx, &one, url, opens, by)?;
        }
        let offered = item(tx, id, second, ("file", "The plan"), 0, Completion::View, by)?;
        file::write(tx, &offered, plan, by)?;
        let film = item(tx, id, second, ("video", "The tide"), 2, Completion::None, by)?;
        let track = Track { language: "en".into(), file: lines, cues: cues(std::str::from_utf8(CAPTIONS).unwrap()) };
        video::write(tx, &film, clip, &[track], by)?;
        item(tx, id, third, ("page", "Empty"), 3, Completion::View, by)?;
        let markdown = format!(
            "## Kinds\n\nSee [more](page:more), [[More]] and ![A *shore*](<files/a shore (1).svg>).[^1]\n\n> [!TIP]\n> Look $a<b$ up.\n\n$$x^2$$\n\n| a | b |\n|--:|:-:|\n| 1 | 2 |\n\n- [x] done\n\n[film](https://youtu.be/1C8sxbtZBYU)\n\n[plan](/courses/{id}/files/{plan}/plan.txt)\n\n[^1]: A note.\n"
        );
        page::write(tx, &texts, &Body::Markdown(markdown), by)?;
        let html = format!(
            "<p style=\"text-align:center\">All in the <b>middle</b>, <a href=\"/courses/{id}/items/{}#h-kinds\">there</a> <img src=\"files/a shore (1).svg\" alt=\"A shore\" width=\"200\"></p>",
            texts.id
        );
        page::write(tx, &more, &Body::Html(html), by)?;
        let after = Tree::new(
            Op::All,
            vec![
                Node::Condition(Condition::Done { item: texts.id }),
                Node::Condition(Condition::From { at: Time::from_seconds(1_801_000_000) }),
                Node::Group(Tree::new(Op::Any, vec![Node::Condition(Condition::ModuleDone { module: first })])),
            ],
        );
        let dated = outline::ItemSettings {
            minutes: 25,
            due_at: Some(Time::from_seconds(1_805_000_000)),
            unlock_at: Some(Time::from_seconds(1_802_000_000)),
            lock_at: Some(Time::from_seconds(1_806_000_000)),
            release: Some(after),
            ..film.settings()
        };
        film.change(tx, &dated, by)?;
        for (module, settings) in [
            (first, ModuleSettings { title: "Begin".into(), unlock_at: None, needs: vec![], requirement: Requirement::All, requirement_count: 1, sequential: true }),
            (second, ModuleSettings { title: "Go on".into(), unlock_at: Some(Time::from_seconds(1_803_000_000)), needs: vec![first], requirement: Requirement::Some, requirement_count: 2, sequential: false }),
        ] {
            let module = Module::find(tx, id, module)?;
            module.change(tx, &settings, by)?;
            module.publish(tx, by)?;
        }
        Ok::<_, store::Error>(())
    });
    filled.await.unwrap();
    id
}

#[store::test]
async fn a_course_with_everything_comes_back_the_same(db: Db) {
    let place = Place::new(db).await;
    let course = full(&place).await;
    let out = place.export(course, "out.imscc").await;
    let (copy, report) = place.import(&out, None).await;
    let (before, after) = (place.whole(course).await, place.whole(copy).await);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(after, before);
    }
    assert_eq!(after.len(), before.len());
    assert_eq!(place.dead_ends(copy).await, Vec::<String>::new());
    assert_eq!((report.count(Fate::Changed), report.count(Fate::Left)), (0, 0), "{}", report.text());
    // And once more: what comes back goes out the same.
    let again = place.export(copy, "again.imscc").await;
    let (third, _) = place.import(&again, None).await;
    assert_eq!(place.whole(third).await, before);
}

#[store::test]
async fn a_course_that_comes_home_finds_itself(db: Db) {
    let place = Place::new(db).await;
    let course = full(&place).await;
    let out = place.export(course, "out.imscc").await;
    let (before, rows) = (place.whole(course).await, place.rows().await);
    let (_, report) = place.import(&out, Some(course)).await;
    let after = place.whole(course).await;
    let differs = before.iter().zip(&after).find(|(before, after)| before != after);
    assert_eq!(differs, None);
    assert_eq!(place.rows().await, rows);
    assert_eq!((report.count(Fate::Taken), report.count(Fate::Changed)), (0, 0), "{}", report.text());
}

#[store::test]
async fn real_courses_go_out_and_come_back_with_what_was_kept(db: Db) {
    let Some(root) = fixtures() else { return };
    let place = Place::new(db).await;
    for name in [
        "common-cartridge/aaronshaf__common-cartridge/test/canvas_large_1.3.imscc",
        "common-cartridge/aaronshaf__common-cartridge/test/canvas_small_1.1.imscc",
        "common-cartridge/beyond-z__canvas-lms/spec/fixtures/exporter/cc-with-modules-export.imscc",
        "common-cartridge/instructure__common-cartridge-viewer/public/test-cartridges/allyworkshop.imscc",
    ] {
        let (course, _) = place.import(&root.join(name), None).await;
        let out = place.export(course, "out.imscc").await;
        let (copy, _) = place.import(&out, None).await;
        let sorted = |mut lines: Vec<String>| {
            // Files of what is kept lie where they lay; the order of what is kept is that of the package.
            lines.sort();
            lines
        };
        let (before, after) = (sorted(place.whole(course).await), sorted(place.whole(copy).await));
        let lost: Vec<&String> = before.iter().filter(|line| !after.contains(line)).collect();
        let new: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
        assert!(lost.is_empty() && new.is_empty(), "{name}\nlost {lost:#?}\nnew {new:#?}");
        assert_eq!(place.dead_ends(copy).await, Vec::<String>::new(), "{name}");
    }
}

#[store::test]
async fn an_assignment_whose_text_was_changed_goes_out_as_a_page(db: Db) {
    let Some(root) = fixtures() else { return };
    let place = Place::new(db).await;
    let name = "common-cartridge/beyond-z__canvas-lms/spec/fixtures/exporter/cc-with-modules-export.imscc";
    let (course, _) = place.import(&root.join(name), None).await;
    let by = place.by;
    let changed = place.db.write(move |tx| {
        let kept = exchange::kept::Original::of_course(tx, course)?;
        let assignment = kept.into_iter().find(|original| original.kind == "assignment").unwrap();
        let items = Item::of_course(tx, course)?;
        let shows = items.iter().find(|item| item.title == assignment.title).unwrap();
        page::write(tx, shows, &Body::Markdown("Do this instead.".into()), by)?;
        Ok::<_, store::Error>(shows.title.clone())
    });
    let title = changed.await.unwrap();
    let out = place.export(course, "out.imscc").await;
    let (copy, _) = place.import(&out, None).await;
    let outline = place.outline(copy).await;
    let shown: Vec<&String> = outline.iter().filter(|line| line.contains(&title)).collect();
    assert_eq!(shown.len(), 1, "{outline:#?}");
    assert!(shown[0].ends_with("Do this instead."), "{shown:?}");
}

#[store::test]
async fn a_file_whose_bytes_are_gone_is_named(db: Db) {
    let place = Place::new(db).await;
    let course = full(&place).await;
    std::fs::remove_dir_all(place.dir.path().join("files")).unwrap();
    let to = place.dir.path().join("out.imscc");
    let refused = exchange::export_file(&place.db, &place.files, course, &to).await.unwrap_err().to_string();
    assert!(refused.contains("the bytes of "), "{refused}");
    assert!(!to.exists() && !to.with_extension("part").exists());
}

#[store::test]
async fn what_goes_out_is_valid(db: Db) {
    let Some(root) = fixtures() else { return };
    let schemas = root.join("_schemas/instructure__canvas_cc/test/fixtures/common_cartridge/schema");
    if Command::new("xmllint").arg("--version").output().is_err() || !schemas.is_dir() {
        println!("skipped: xmllint (libxml2-utils) or the schemas are not here");
        return;
    }
    let place = Place::new(db).await;
    let course = full(&place).await;
    let out = place.export(course, "out.imscc").await;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(out).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names.iter().filter(|name| name.ends_with(".xml")) {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        valid(&place, name, &text, None);
        if name == "imsmanifest.xml" {
            // The schema at hand is that of 1.1; 1.3 differs in names.
            let renamed = [("ccv1p3", "ccv1p1"), ("_xmlv1p3", "_xmlv1p1"), ("1.3.0", "1.1.0")];
            let older = renamed.iter().fold(text.clone(), |text, (new, old)| text.replace(new, old));
            valid(&place, name, &older, Some(&schemas.join("ccv1p1_imscp_v1p2_v1p0.xsd")));
        }
    }
    assert!(names.iter().any(|name| name == "course_settings/module_meta.xml"), "{names:?}");
}

/// Holds a document against a schema; without one it has to be well-formed.
fn valid(place: &Place, name: &str, text: &str, schema: Option<&Path>) {
    let file = place.write("document.xml", text.as_bytes());
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet"]);
    if let Some(schema) = schema {
        command.arg("--path").arg(schema.parent().unwrap()).arg("--schema").arg(schema);
    }
    let output = command.arg(&file).output().unwrap();
    assert!(output.status.success(), "{name}: {}\n{text}", String::from_utf8_lossy(&output.stderr));
}
