//! Packages in and out, on both databases: some of other systems, where the shared fixtures are at hand, and small ones
//! made here.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::allow_attributes)]

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use cartridge::{
    Builder, CourseSettings, FileContent, Metadata, Node, Original, Page, WebLink, file_address, page_address, source,
};
use courses::CourseId;
use exchange::report::Fate;
use exchange::{Report, export_file, import_file, try_file};
use files::{Files, FilesConfig};
use materials::page;
use outline::{Item, Module};
use people::PersonId;
use store::Db;

use exchange::SCHEMA;

struct Place {
    db: Db,
    files: Files,
    by: PersonId,
    dir: tempfile::TempDir,
}

impl Place {
    async fn new(db: Db) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(&FilesConfig::Disk { dir: dir.path().join("files") }).unwrap();
        let by = db
            .write(|tx| {
                courses::testing::seed(tx)?;
                people::testing::unit(tx, "Biology", None)?;
                people::testing::person(tx, "Sofia")
            })
            .await
            .unwrap();
        Self { db, files, by, dir }
    }

    async fn import(&self, path: &Path, into: Option<CourseId>) -> (CourseId, Report) {
        import_file(&self.db, &self.files, path, self.by, into).await.unwrap()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The outline as text: modules, items with kind, depth and state, and the source of each page.
    async fn outline(&self, course: CourseId) -> Vec<String> {
        self.db
            .read(move |tx| {
                let mut out = Vec::new();
                let items = Item::of_course(tx, course)?;
                for module in Module::of_course(tx, course)? {
                    out.push(format!("{} {}", module.title, module.published_at.is_some()));
                    for item in items.iter().filter(|item| item.module == module.id) {
                        let text = page::latest(tx, item.id)?.map(|version| text::html::visible_text(&version.html));
                        let state = (item.indent, item.published_at.is_some(), item.completion);
                        out.push(format!("  {} {} {state:?} {}", item.kind, item.title, text.unwrap_or_default()));
                    }
                }
                Ok::<_, store::Error>(out)
            })
            .await
            .unwrap()
    }

    /// Addresses within pages of the course that lead to nothing.
    async fn dead_ends(&self, course: CourseId) -> Vec<String> {
        self.db
            .read(move |tx| {
                let items = Item::of_course(tx, course)?;
                let known: BTreeSet<String> =
                    items.iter().map(|item| format!("/courses/{course}/items/{}", item.id)).collect();
                let files: BTreeSet<String> = materials::course_file::all(tx, course)?
                    .iter()
                    .map(|file| format!("/courses/{course}/files/{}", file.id))
                    .collect();
                let mut dead = Vec::new();
                for item in &items {
                    let Some(version) = page::latest(tx, item.id)? else { continue };
                    text::html::rewrite_links(&version.html, |_, address| {
                        let plain = address.split(['#', '?']).next().unwrap();
                        let outside = ["http://", "https://", "mailto:", "tel:", "data:", "//"];
                        let is_alive = plain.is_empty()
                            || outside.iter().any(|start| plain.starts_with(start))
                            || plain == format!("/courses/{course}")
                            || known.contains(plain)
                            || plain.rsplit_once('/').is_some_and(|(file, _)| files.contains(file));
                        if !is_alive {
                            dead.push(format!("{}: {address}", item.title));
                        }
                        None
                    });
                }
                Ok::<_, store::Error>(dead)
            })
            .await
            .unwrap()
    }
}

fn node(id: &str, title: &str, resource: Option<&str>, children: Vec<Node>) -> Node {
    let resource = resource.map(str::to_owned);
    Node { identifier: id.into(), title: title.into(), resource, children, published: Some(true), ..Node::default() }
}

/// Two modules, pages that link to each other and show a picture, a link, a file, a quiz.
fn small(second_text: &str) -> Vec<u8> {
    let settings = CourseSettings { identifier: "c1".into(), title: Some("Tides".into()), ..CourseSettings::default() };
    let mut builder = Builder::new(settings, Metadata::default());
    let page = |title: &str, slug: &str, body: String| Page {
        title: title.into(),
        slug: slug.into(),
        body,
        ..Page::default()
    };
    let first = format!(
        "<p>See <a href=\"{}\">the second</a> and the <a href=\"https://example.org/\">web</a>.</p><p><img src=\"{}\" alt=\"A shore\"></p><script>alert(1)</script>",
        page_address("second"),
        file_address("a shore.svg")
    );
    builder.page("p1", Some(true), &page("First", "first", first)).unwrap();
    builder.page("p2", Some(true), &page("Second", "second", second_text.to_owned())).unwrap();
    let picture = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
    builder
        .file(
            "f1",
            "a shore.svg",
            FileContent { name: "a shore.svg".into(), ..FileContent::default() },
            source(picture),
        )
        .unwrap();
    let link = WebLink { title: "Elsewhere".into(), url: "https://example.org/x".into(), ..WebLink::default() };
    builder.web_link("w1", &link).unwrap();
    builder
        .bytes(
            "quiz/quiz.xml",
            b"<questestinterop><assessment ident=\"q\" title=\"Check\"/></questestinterop>".to_vec(),
        )
        .unwrap();
    builder.original(Original {
        identifier: "q1".into(),
        kind: "imsqti_xmlv1p2/imscc_xmlv1p3/assessment".into(),
        files: vec!["quiz/quiz.xml".into()],
        ..Original::default()
    });
    builder.modules(vec![
        node(
            "m1",
            "Begin",
            None,
            vec![
                node("i0", "Part one", None, vec![]),
                node("i1", "First", Some("p1"), vec![]),
                node("i2", "Check", Some("q1"), vec![]),
            ],
        ),
        node(
            "m2",
            "Go on",
            None,
            vec![
                node("i3", "Second", Some("p2"), vec![]),
                node("i4", "Elsewhere", Some("w1"), vec![]),
                node("i5", "The shore", Some("f1"), vec![]),
            ],
        ),
    ]);
    builder.write(Cursor::new(Vec::new())).unwrap().into_inner()
}

#[store::test]
async fn a_package_becomes_a_course_with_its_links_and_pictures(db: Db) {
    let place = Place::new(db).await;
    let path = place.write("tides.imscc", &small("<p>The <em>second</em>.</p>"));
    let (course, report) = place.import(&path, None).await;
    let expected = [
        "Begin true",
        "  heading Part one (0, true, None) ",
        "  page First (0, true, View) See the second and the web.",
        "Go on true",
        "  page Second (0, true, View) The second.",
        "  link Elsewhere (0, true, View) ",
        "  file The shore (0, true, View) ",
    ];
    assert_eq!(place.outline(course).await, expected);
    assert_eq!(place.dead_ends(course).await, Vec::<String>::new());
    let fate = |title: &str| report.entries.iter().find(|entry| entry.title == title).map(|entry| entry.fate);
    assert_eq!(
        (fate("First"), fate("Check"), fate("Second")),
        (Some(Fate::Changed), Some(Fate::Left), Some(Fate::Taken))
    );
}

#[store::test]
async fn importing_twice_doubles_nothing_and_brings_what_changed(db: Db) {
    let place = Place::new(db).await;
    let path = place.write("tides.imscc", &small("<p>The second.</p>"));
    let (course, _) = place.import(&path, None).await;
    let before = place.outline(course).await;
    let (_, again) = place.import(&path, Some(course)).await;
    assert_eq!(place.outline(course).await, before);
    assert_eq!((again.count(Fate::Taken), again.count(Fate::Changed)), (0, 0), "{}", again.text());

    let changed = place.write("tides-2.imscc", &small("<p>The second, better.</p>"));
    let (_, report) = place.import(&changed, Some(course)).await;
    assert_eq!(report.count(Fate::Changed), 1, "{}", report.text());
    assert!(place.outline(course).await.join("\n").contains("The second, better."));

    // What a teacher has written since stays.
    let by = place.by;
    place
        .db
        .write(move |tx| {
            let items = Item::of_course(tx, course)?;
            let second = items.iter().find(|item| item.title == "Second").unwrap();
            page::write(tx, second, &page::Body::Markdown("My own.".into()), by)
        })
        .await
        .unwrap();
    place.import(&path, Some(course)).await;
    assert!(place.outline(course).await.join("\n").contains("My own."));
}

#[store::test]
async fn what_goes_out_comes_back_the_same(db: Db) {
    let place = Place::new(db).await;
    let path = place.write("tides.imscc", &small("<h2>Tides</h2><ul><li>High</li><li>Low</li></ul>"));
    let (course, _) = place.import(&path, None).await;
    let out = place.dir.path().join("out.imscc");
    export_file(&place.db, &place.files, course, &out).await.unwrap();
    let (copy, report) = place.import(&out, None).await;
    assert_eq!(place.outline(copy).await, place.outline(course).await);
    assert_eq!(place.dead_ends(copy).await, Vec::<String>::new());
    assert!(report.entries.iter().any(|entry| entry.kind == "quiz"), "the quiz goes out again: {}", report.text());
}

#[store::test]
async fn a_package_that_is_none_leaves_nothing(db: Db) {
    let place = Place::new(db).await;
    let path = place.write("notes.imscc", b"haha");
    let refused = import_file(&place.db, &place.files, &path, place.by, None).await.unwrap_err();
    assert!(refused.to_string().contains("neither a zip archive nor an IMS manifest"), "{refused}");
    let mut cut = small("<p>Second</p>");
    cut.truncate(cut.len() / 2);
    let path = place.write("cut.imscc", &cut);
    assert!(import_file(&place.db, &place.files, &path, place.by, None).await.is_err());
    let courses = place
        .db
        .read(|tx| tx.value::<i64>(store::sql!("select cast(count(*) as bigint) from course"), store::params![]))
        .await;
    assert_eq!(courses.unwrap(), 0);
}

/// The packages of the shared fixtures, where they are.
fn shared() -> Option<Vec<PathBuf>> {
    let root = std::env::var_os("STOA_FIXTURES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    let mut open = vec![root.join("common-cartridge")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "imscc" || ending == "zip") {
                found.push(path);
            }
        }
    }
    found.sort();
    Some(found)
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// What is refused, and a part of what is said.
const REFUSED: &[(&str, &str)] = &[
    ("canvas_small_1.1.corrupt.imscc", "incomplete"),
    ("import_from_migration_small.zip", "no imsmanifest.xml"),
    ("whatthebackslash.zip", "Blackboard"),
    ("quiz_qti.zip", "QTI"),
    ("file.zip", "no imsmanifest.xml"),
    ("bb_learn.zip", "Blackboard"),
    ("angel7-3.zip", "ANGEL"),
    ("angel7-4.zip", "ANGEL"),
    ("moodle2.zip", "Moodle"),
    ("moodle1-9.zip", "Moodle"),
    ("invalid.zip", "neither a zip archive"),
    ("scorm1-1.zip", "SCORM"),
    ("scorm1-2.zip", "SCORM"),
    ("scorm1-3.zip", "SCORM"),
    ("webct.zip", "WebCT"),
    ("webct4-1.zip", "WebCT"),
    ("canvas.zip", "incomplete"),
    ("old_canvas.zip", "incomplete"),
    ("unknown.zip", "no imsmanifest.xml"),
    ("qti.zip", "QTI"),
    ("d2l.zip", "D2L"),
];

#[store::test]
async fn every_valid_package_of_other_systems_comes_in_whole_and_twice_is_once(db: Db) {
    let Some(packages) = shared() else {
        println!("skipped: the shared fixtures are not here");
        return;
    };
    let place = Place::new(db).await;
    let mut taken = 0;
    for path in packages.iter().filter(|path| REFUSED.iter().all(|(refused, _)| *refused != name(path))) {
        let (course, _) = place.import(path, None).await;
        let before = place.outline(course).await;
        let (_, again) = place.import(path, Some(course)).await;
        assert_eq!(place.outline(course).await, before, "{}", name(path));
        assert_eq!((again.count(Fate::Taken), again.count(Fate::Changed)), (0, 0), "{}: {}", name(path), again.text());
        if ["allyworkshop.imscc", "canvas_large_1.3.imscc"].contains(&name(path)) {
            assert_eq!(place.dead_ends(course).await, Vec::<String>::new(), "{}", name(path));
        }
        taken += 1;
    }
    assert!(taken >= 20, "{taken}");
}

#[test]
fn every_broken_package_is_refused_by_name() {
    let Some(packages) = shared() else {
        println!("skipped: the shared fixtures are not here");
        return;
    };
    for (refused, part) in REFUSED {
        let path = packages.iter().find(|path| name(path) == *refused).unwrap();
        let said = try_file(path).unwrap_err().to_string();
        assert!(said.contains(part), "{refused}: {said}");
    }
}
