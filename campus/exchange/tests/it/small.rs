//! Small packages made here: what they become, twice, changed, cut off.

use std::io::Cursor;

use cartridge::{
    Builder, CourseSettings, FileContent, Metadata, Node, Original, Page, WebLink, file_address, page_address, source,
};
use exchange::report::Fate;
use exchange::{export_file, import_file};
use materials::page;
use outline::Item;
use store::Db;

use crate::place::Place;

pub(crate) fn node(id: &str, title: &str, resource: Option<&str>, children: Vec<Node>) -> Node {
    let resource = resource.map(str::to_owned);
    Node { identifier: id.into(), title: title.into(), resource, children, published: Some(true), ..Node::default() }
}

/// Two modules, pages that link to each other and show a picture, a link, a file, a quiz.
pub(crate) fn small(second_text: &str) -> Vec<u8> {
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
