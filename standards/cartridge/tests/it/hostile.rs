//! Packages that are broken or made to do harm.

use std::io::Write;

use cartridge::{Error, LimitKind, Limits, Links, Package};
use proptest::prelude::*;

use crate::support::{archive, manifest, open, package, read};

fn small() -> Vec<u8> {
    package(
        "<item identifier='m'><title>M</title><item identifier='i' identifierref='p'><title>P</title></item></item>",
        "<resource identifier='p' type='webcontent' href='p.html'><file href='p.html'/></resource>",
        &[(
            "p.html",
            b"<html><head><title>P</title></head><body><p>Text enough to be packed, packed, packed.</p></body></html>",
        )],
    )
}

fn limit_of(error: &Error) -> Option<LimitKind> {
    match error {
        Error::Limit { kind, .. } => Some(*kind),
        _ => None,
    }
}

#[test]
fn an_archive_cut_off_anywhere_is_refused() {
    let whole = small();
    assert!(read(whole.clone()).is_ok());
    for step in 0..50 {
        let cut = whole[..whole.len() * step / 50].to_vec();
        let error = read(cut).expect_err("a cut archive was read");
        assert!(matches!(error.code(), "truncated" | "not-a-package"), "{step}: {error}");
    }
    let error = read(whole[..whole.len() - 1].to_vec()).unwrap_err();
    assert_eq!(error.code(), "truncated", "{error}");
}

#[test]
fn what_is_no_package_is_named() {
    let table: [(&[u8], &str); 7] = [
        (b"", "the file is empty"),
        (b"hello", "it begins with \"hello\""),
        (b"\x1f\x8b\x08\x00", "Moodle backup"),
        (b"%PDF-1.7", "PDF"),
        (b"Rar!\x1a", "RAR"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x00\x01\x02", "begins with"),
    ];
    for (bytes, words) in table {
        let error = read(bytes.to_vec()).unwrap_err();
        assert_eq!(error.code(), "not-a-package");
        assert!(error.to_string().contains(words), "{error}");
    }
    assert_eq!(read(b"PK".to_vec()).unwrap_err().code(), "truncated");
    assert_eq!(
        read(b"<course/>".to_vec()).unwrap_err().to_string(),
        "imsmanifest.xml: the root element is <course>, expected <manifest>"
    );
}

#[test]
fn malformed_manifests_are_refused_with_the_place() {
    let table = [
        ("<manifest>\n  <metadata>\n</manifest>", 3, "expected `</metadata>`"),
        ("<manifest", 1, "tag not closed"),
        ("<manifest><a></manifest>", 1, "expected `</a>`"),
        ("<manifest>\n<a", 2, "tag not closed"),
        ("<manifest/>\n<manifest/>", 2, "second element"),
        ("<manifest/> text", 1, "outside the root"),
        ("<!-- nothing -->", 1, "holds no element"),
        ("<manifest>", 1, "ends inside <manifest>"),
    ];
    for (text, line, words) in table {
        let error = open(text.as_bytes().to_vec()).err().unwrap();
        assert!(matches!(error, Error::Xml { line: found, .. } if found == line), "{text}: {error}");
        assert!(error.to_string().contains(words), "{text}: {error}");
    }
}

#[test]
fn entities_do_not_explode() {
    let mut bomb = String::from("<?xml version='1.0'?>\n<!DOCTYPE manifest [\n<!ENTITY a 'ha'>\n");
    for (name, part) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        bomb.push_str(&format!("<!ENTITY {name} '{}'>\n", format!("&{part};").repeat(10)));
    }
    bomb.push_str("]>\n<manifest><metadata><schema>&j;</schema></metadata></manifest>");
    let error = open(bomb.into_bytes()).err().unwrap();
    assert_eq!(error.code(), "entity-declaration");
    assert!(error.to_string().contains("line 2, column 1"), "{error}");

    let outside = "<!DOCTYPE manifest SYSTEM 'file:///etc/passwd'><manifest><metadata><schema>&x; &amp; &eacute;</schema></metadata></manifest>";
    assert!(open(outside.as_bytes().to_vec()).is_ok());
}

#[test]
fn a_million_nested_elements_are_refused() {
    let depth = 1_000_000;
    let nested = ["<manifest>", &"<item>".repeat(depth), &"</item>".repeat(depth), "</manifest>"].concat();
    let error = open(nested.clone().into_bytes()).err().unwrap();
    assert_eq!(limit_of(&error), Some(LimitKind::XmlDepth), "{error}");
    let generous = Limits { xml_depth: usize::MAX, ..Limits::default() };
    let error = Package::from_bytes(nested.into_bytes(), &generous).err().unwrap();
    assert_eq!(limit_of(&error), Some(LimitKind::XmlDepth), "{error}");

    // As deep as is allowed at all: read, walked and dropped without trouble.
    let deep = ["<item identifier='x'>".repeat(250), "</item>".repeat(250)].concat();
    let mut package = Package::from_bytes(manifest(&deep, ""), &generous).unwrap();
    let course = package.cartridge().unwrap();
    assert_eq!(course.modules[0].flatten().len(), 249);
    Links::new(&course);
}

#[test]
fn a_million_flat_elements_cross_the_limit_on_nodes() {
    let limits = Limits { xml_nodes: 50_000, ..Limits::default() };
    let flat = ["<manifest>", &"<i a=''/>".repeat(1_000_000), "</manifest>"].concat();
    let error = Package::from_bytes(flat, &limits).err().unwrap();
    assert_eq!(limit_of(&error), Some(LimitKind::XmlNodes));
}

#[test]
fn many_namespaces_do_not_slow_reading_down() {
    let declared: String = (0..50_000).fold(String::new(), |text, number| text + &format!(" xmlns:n{number}='u'"));
    let error = open(format!("<manifest{declared}>{}</manifest>", "<a/>".repeat(100_000)).into_bytes()).err().unwrap();
    assert_eq!((error.code(), error.to_string().contains("namespaces")), ("malformed-xml", true), "{error}");
}

#[test]
fn a_long_chain_of_alternatives_ends() {
    let chain: String = (0..3000).fold(String::new(), |text, n| {
        let next = n + 1;
        text + &format!("<resource identifier='r{n}' type='alien'><variant identifierref='r{next}'/></resource>")
    });
    let course = read(manifest("", &chain).into_bytes()).unwrap();
    assert!(course.preferred("r0").is_some());
}

#[test]
fn names_in_the_old_character_set_of_zip_are_read() {
    let resources =
        "<resource identifier='r' type='webcontent' href='\u{fc}ber.txt'><file href='\u{fc}ber.txt'/></resource>";
    let mut bytes = package("", resources, &[("#ber.txt", b"x")]);
    let names: Vec<usize> = (0..bytes.len() - 8).filter(|&at| bytes[at..at + 8] == *b"#ber.txt").collect();
    for at in names {
        bytes[at] = 0x81;
    }
    let course = read(bytes).unwrap();
    assert_eq!(course.resources[0].path(), Some("\u{fc}ber.txt"));
}

#[test]
fn a_zip_bomb_is_refused_before_it_expands() {
    let zeros = vec![0u8; 80 << 20];
    let bomb = package("", "", &[("zeros.bin", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(limit_of(&open(bomb.clone()).err().unwrap()), Some(LimitKind::ExpansionRatio));
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limit_of(&Package::from_bytes(bomb.clone(), &limits).err().unwrap())
    };
    assert_eq!(limits(|limits| limits.entry_bytes = 1 << 20), Some(LimitKind::EntryBytes));
    assert_eq!(limits(|limits| limits.expanded_bytes = 1 << 20), Some(LimitKind::ExpandedBytes));
    assert_eq!(limits(|limits| limits.entries = 1), Some(LimitKind::Entries));
    assert_eq!(
        limits(|limits| (limits.expansion_ratio, limits.document_bytes) = (u64::MAX, 10)),
        Some(LimitKind::DocumentBytes)
    );
    assert_eq!(limits(|limits| limits.path_bytes = 10), Some(LimitKind::PathBytes));
}

#[test]
fn an_entry_that_lies_about_its_size_is_not_believed() {
    let mut bytes = package(
        "",
        "<resource identifier='p' type='webcontent' href='p.html'><file href='p.html'/></resource>",
        &[("p.html", &[b'a'; 5000])],
    );
    // The declared size stands at offset 24 of the entry in the table of contents.
    let table = (0..bytes.len() - 4).filter(|&at| bytes[at..at + 4] == *b"PK\x01\x02").collect::<Vec<_>>();
    let size_at = table[1] + 24;
    assert_eq!(bytes[size_at..size_at + 4], 5000u32.to_le_bytes());
    for lie in [10u32, 4999, 5001, 50_000] {
        bytes[size_at..size_at + 4].copy_from_slice(&lie.to_le_bytes());
        let error = read(bytes.clone()).unwrap_err();
        assert_eq!(error.code(), "damaged-entry", "{lie}: {error}");
        assert!(error.to_string().contains("p.html"), "{error}");
    }
}

#[test]
fn a_changed_byte_inside_a_document_is_noticed() {
    let bytes = small();
    let at = bytes.windows(4).rposition(|window| window == b"PK\x03\x04").unwrap() + 50;
    let mut changed = bytes.clone();
    changed[at] ^= 0x55;
    assert_eq!(read(changed).unwrap_err().code(), "damaged-entry");
}

#[test]
fn paths_never_lead_out() {
    for name in ["../evil.txt", "a/../../evil.txt", "..\\evil.txt", "a\\..\\..\\evil.txt"] {
        let error = open(package("", "", &[(name, b"x")])).err().unwrap();
        assert_eq!(error.code(), "path-traversal", "{name}");
        assert!(error.to_string().contains("evil.txt"), "{error}");
    }
    let opened =
        open(package("", "", &[("/etc/passwd", b"x"), ("C:\\boot.ini", b"y"), ("a/./b//c.txt", b"z")])).unwrap();
    assert_eq!(opened.paths().collect::<Vec<_>>(), ["etc/passwd", "boot.ini", "a/b/c.txt"]);
}

#[test]
fn the_later_of_two_entries_counts_and_is_reported() {
    let manifest_text =
        manifest("", "<resource identifier='a' type='webcontent' href='a/x.txt'><file href='a/x.txt'/></resource>");
    let bytes =
        archive(&[("imsmanifest.xml", manifest_text.as_bytes()), ("a/x.txt", b"first"), ("a\\x.txt", b"second")]);
    let mut package = open(bytes).unwrap();
    let course = package.cartridge().unwrap();
    assert_eq!(package.read("a/x.txt").unwrap(), b"second");
    assert_eq!(course.findings[0].code.as_str(), "duplicate-entry");

    // Exactly the same name: the writer of the zip crate refuses, so the name is patched in.
    let mut bytes =
        archive(&[("imsmanifest.xml", manifest_text.as_bytes()), ("a/x.txt", b"first"), ("a/y.txt", b"second")]);
    let names: Vec<usize> = (0..bytes.len() - 7).filter(|&at| bytes[at..at + 7] == *b"a/y.txt").collect();
    for at in names {
        bytes[at + 2] = b'x';
    }
    let mut package = open(bytes).unwrap();
    assert_eq!(package.cartridge().unwrap().findings[0].code.as_str(), "duplicate-entry");
    assert_eq!(package.read("a/x.txt").unwrap(), b"second");
}

#[test]
fn a_package_with_most_files_missing_is_incomplete() {
    let resources = "<resource identifier='r' type='webcontent'>
        <file href='f0'/><file href='f1'/><file href='f2'/><file href='f3'/></resource>";
    assert!(read(package("", resources, &[("f0", b""), ("f1", b"")])).is_ok());
    let error = read(package("", resources, &[("f0", b"")])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the package is incomplete: 3 of 4 files named in the manifest are missing, among them \"f1\""
    );
    let patient = Limits { missing_percent: 100, ..Limits::default() };
    assert!(Package::from_bytes(package("", resources, &[]), &patient).unwrap().cartridge().is_ok());
}

#[test]
fn locked_and_rarely_packed_entries_are_named() {
    let mut bytes = small();
    let table = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    let plain = bytes.clone();
    bytes[table + 8] |= 1;
    let error = read(bytes).unwrap_err();
    assert_eq!((error.code(), error.to_string().contains("password")), ("unsupported", true), "{error}");
    let mut bytes = plain;
    bytes[table + 10] = 12;
    let error = read(bytes).unwrap_err();
    assert_eq!(error.code(), "unsupported", "{error}");
}

#[test]
fn large_documents_become_findings() {
    let page = vec![b'x'; 2000];
    let resources = "<resource identifier='p' type='webcontent' href='p.html'><file href='p.html'/></resource>";
    let limits = Limits { documents_bytes: 1500, ..Limits::default() };
    let course =
        Package::from_bytes(package("", resources, &[("p.html", &page)]), &limits).unwrap().cartridge().unwrap();
    assert_eq!(course.findings[0].code.as_str(), "oversized-content");
    assert_eq!(course.resources[0].content.name(), "file");
}

/// Reads everything there is to read.
fn exhaust(bytes: Vec<u8>) {
    let limits = Limits { expanded_bytes: 64 << 20, entry_bytes: 16 << 20, ..Limits::default() };
    let Ok(mut package) = Package::from_bytes(bytes, &limits) else { return };
    let paths: Vec<String> = package.paths().map(str::to_owned).collect();
    for path in &paths {
        let _ = package.read(path);
    }
    let Ok(course) = package.content() else { return };
    let links = Links::new(&course);
    for path in &paths {
        links.resolve(path, path);
    }
    for resource in &course.resources {
        course.preferred(&resource.identifier);
    }
    for module in &course.modules {
        module.flatten();
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), zip in any::<bool>()) {
        let head: &[u8] = if zip { b"PK\x03\x04" } else { b"<" };
        exhaust([head, &bytes].concat());
        exhaust(bytes);
    }

    #[test]
    fn mutated_archives_never_panic(places in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = small();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        exhaust(bytes);
    }

    #[test]
    fn mutated_manifests_never_panic(
        places in proptest::collection::vec((any::<proptest::sample::Index>(), "[<>/&;\"'= a-z\\-!\\[\\]]{0,5}"), 1..10)
    ) {
        let mut text = manifest(
            "<item identifier='m'><title>M</title><item identifier='i' identifierref='p'><title>P</title></item></item>",
            "<resource identifier='p' type='imsdt_xmlv1p3'><topic><title>T</title><text>x</text></topic><dependency identifierref='p'/></resource>",
        );
        for (place, insert) in places {
            let mut at = place.index(text.len());
            while !text.is_char_boundary(at) { at -= 1; }
            text.insert_str(at, &insert);
        }
        exhaust(text.into_bytes());
    }
}

#[test]
fn a_stream_that_breaks_off_is_an_error_and_no_panic() {
    let bytes = small();
    let mut broken = std::io::Cursor::new(Vec::new());
    broken.write_all(&bytes[..bytes.len() / 2]).unwrap();
    broken.write_all(&vec![0; bytes.len() / 2]).unwrap();
    assert!(Package::open(broken, &Limits::default()).is_err());
}
