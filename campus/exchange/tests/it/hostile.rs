//! Packages that are broken or made to do harm: each is refused with a message that names the fault, and nothing of it is
//! there.

use std::io::{Cursor, Write};

use exchange::import_file;
use store::Db;
use zip::write::SimpleFileOptions;

use crate::place::Place;
use crate::small::small;

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn manifest(items: &str, resources: &str) -> String {
    format!(
        "<manifest identifier='m' xmlns='http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1'><metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion></metadata><organizations><organization identifier='o'><item identifier='root'>{items}</item></organization></organizations><resources>{resources}</resources></manifest>"
    )
}

/// A package with one page that names one file.
fn with_page(page: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let text = manifest(
        "<item identifier='a'><title>A</title><item identifier='i' identifierref='p'><title>P</title></item></item>",
        "<resource identifier='p' type='webcontent' href='p.html'><file href='p.html'/></resource><resource identifier='f' type='webcontent' href='f.bin'><file href='f.bin'/></resource>",
    );
    let mut entries: Vec<(&str, &[u8])> = vec![("imsmanifest.xml", text.as_bytes()), ("p.html", page.as_bytes())];
    entries.extend_from_slice(more);
    archive(&entries)
}

fn entity_bomb() -> Vec<u8> {
    let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE manifest [<!ENTITY a 'ha'>");
    for (name, part) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        bomb.push_str(&format!("<!ENTITY {name} '{}'>", format!("&{part};").repeat(10)));
    }
    bomb.push_str("]><manifest><metadata><schema>&j;</schema></metadata></manifest>");
    archive(&[("imsmanifest.xml", bomb.as_bytes())])
}

/// One byte of a file's packed content is another: nobody notices before the file is read.
fn damaged_file() -> Vec<u8> {
    let mut bytes = with_page("<p>x</p>", &[("f.bin", &[7; 3000])]);
    let at = bytes.windows(5).position(|window| window == b"f.bin").unwrap() + 8;
    bytes[at] ^= 0x55;
    bytes
}

#[store::test]
async fn what_is_broken_or_hostile_is_refused_and_leaves_nothing(db: Db) {
    let place = Place::new(db).await;
    let whole = small("<p>Second</p>");
    let nested = ["<manifest>", &"<item>".repeat(1_000_000), &"</item>".repeat(1_000_000), "</manifest>"].concat();
    let zeros = vec![0_u8; 80 << 20];
    let many: String = (0..1_200_000).fold(String::new(), |text, _| text + "<i a='b'/>");
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "the file is empty"),
        ("cut off", whole[..whole.len() / 2].to_vec(), "cut off or damaged"),
        ("no package", b"%PDF-1.7".to_vec(), "PDF"),
        ("no manifest", archive(&[("a.txt", b"x")]), "no imsmanifest.xml"),
        ("not XML", archive(&[("imsmanifest.xml", b"<manifest><a></manifest>")]), "line 1"),
        ("another root", archive(&[("imsmanifest.xml", b"<course/>")]), "<course>"),
        ("path out", with_page("x", &[("../evil.txt", b"x")]), "evil.txt"),
        ("path out, backslashes", with_page("x", &[("a\\..\\..\\evil.txt", b"x")]), "evil.txt"),
        ("bomb", with_page("x", &[("f.bin", &zeros)]), "ratio of expanded to packed size"),
        ("deep", archive(&[("imsmanifest.xml", nested.as_bytes())]), "depth of nested XML elements"),
        (
            "many",
            archive(&[("imsmanifest.xml", format!("<manifest>{many}</manifest>").as_bytes())]),
            "number of XML nodes",
        ),
        ("entities", entity_bomb(), "entit"),
        ("damaged file", damaged_file(), "f.bin"),
        (
            "missing files",
            archive(&[(
                "imsmanifest.xml",
                manifest("", "<resource identifier='r' type='webcontent' href='gone'><file href='gone'/></resource>")
                    .as_bytes(),
            )]),
            "incomplete",
        ),
    ];
    for (what, bytes, part) in table {
        let path = place.write("package.imscc", &bytes);
        let refused = import_file(&place.db, &place.files, &path, place.by, None).await;
        let said = refused.map(|(course, _)| course).expect_err(what).to_string();
        assert!(said.contains(part), "{what}: {said}");
        assert_eq!(place.rows().await, [0; 6], "{what}");
    }
}

#[store::test]
async fn what_is_only_odd_comes_in_and_is_told(db: Db) {
    let place = Place::new(db).await;
    let text = manifest(
        "<item identifier='a'><title>A</title><item identifier='i' identifierref='p'/></item>",
        "<resource identifier='p' type='webcontent' href='p.html'><file href='p.html'/></resource>",
    );
    let page: &[u8] = b"<p>Gr\xfc\xdfe</p>";
    // In a folder, absolute, twice, in an old encoding.
    let odd = archive(&[
        ("Course/imsmanifest.xml", text.as_bytes()),
        ("Course/p.html", page),
        ("Course\\p.html", page),
        ("/etc/passwd", b"x"),
    ]);
    let path = place.write("odd.imscc", &odd);
    let (course, report) = place.import(&path, None).await;
    assert_eq!(place.outline(course).await, ["A true", "  page p (0, true, View) Grüße"]);
    let findings = report.findings.join("\n");
    for part in ["outside of the folder of the manifest", "twice"] {
        assert!(findings.contains(part), "{part}: {findings}");
    }
}

#[store::test]
async fn another_encoding_than_the_one_that_is_said_is_told(db: Db) {
    let place = Place::new(db).await;
    let text = manifest(
        "<item identifier='a'><title>Gr\u{fc}\u{df}e</title><item identifier='h'><title>H</title></item></item>",
        "",
    );
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, is_told) in [(latin, true), (wide, false)] {
        let path = place.write("encoded.imscc", &archive(&[("imsmanifest.xml", &bytes)]));
        let (course, report) = place.import(&path, None).await;
        assert_eq!(place.outline(course).await[0], "Gr\u{fc}\u{df}e true");
        assert_eq!(
            report.findings.iter().any(|finding| finding.contains("but it is not")),
            is_told,
            "{:?}",
            report.findings
        );
    }
}

#[store::test]
async fn a_page_that_would_do_harm_does_none(db: Db) {
    let place = Place::new(db).await;
    let page = "<html><body onload=\"x()\"><p onclick='x()'>Words</p><script>steal()</script><a href=\"javascript:x()\">link</a><iframe srcdoc='<script>x()</script>'></iframe><img src=x onerror=x()><form action=https://evil.example><input name=password></form><svg><script>x()</script></svg><style>p{position:fixed}</style><a href=\"../../../etc/passwd\">up</a><a href=\" data:text/html,x\">d</a></body></html>";
    let path = place.write("harm.imscc", &with_page(page, &[("f.bin", b"x")]));
    let (course, report) = place.import(&path, None).await;
    let whole = place.whole(course).await.join("\n");
    for bad in [
        "onload",
        "onclick",
        "onerror",
        "steal",
        "javascript:",
        "srcdoc",
        "<form",
        "<style",
        "data:text",
        "etc/passwd",
        "<svg",
    ] {
        assert!(!whole.contains(bad), "{bad}: {whole}");
    }
    assert!(whole.contains("Words"), "{whole}");
    let text = report.text();
    assert!(text.contains("Taken out:") && text.contains("script"), "{text}");
}

#[store::test]
async fn more_items_than_a_course_holds_are_left(db: Db) {
    let place = Place::new(db).await;
    let items: String =
        (0..3_100).map(|n| format!("<item identifier='i{n}'><title>Heading {n}</title></item>")).collect();
    let text = manifest(&format!("<item identifier='a'><title>A</title>{items}</item>"), "");
    let path = place.write("many.imscc", &archive(&[("imsmanifest.xml", text.as_bytes())]));
    let (course, report) = place.import(&path, None).await;
    assert_eq!(place.outline(course).await.len(), 3_001);
    assert_eq!(report.count(exchange::report::Fate::Left), 100);
}
