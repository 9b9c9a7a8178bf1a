//! The real packages of the folder of fixtures, each with what becomes of it, or why it is refused.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use exchange::report::Fate;
use exchange::{Report, try_file};
use store::Db;

use crate::place::Place;

/// The folder of real packages, or nothing, said aloud, where it is absent.
pub(crate) fn fixtures() -> Option<PathBuf> {
    let root = std::env::var_os("STOA_FIXTURES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    if root.join("common-cartridge").is_dir() {
        return Some(root);
    }
    println!("skipped: the shared fixtures are not here");
    None
}

/// Every package below these folders: archives, manifests that stand alone, and folders that were unpacked, by their
/// path.
fn packages(root: &Path) -> Vec<String> {
    let mut open = ["common-cartridge", "imscp", "moodle"].map(|folder| root.join(folder)).to_vec();
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let unpacked = folder.join("imsmanifest.xml").is_file();
        if unpacked {
            found.push(folder.clone());
            continue;
        }
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_package = [".imscc", ".zip"].iter().any(|ending| name.ends_with(ending))
                || (name.ends_with(".xml") && name.contains("manifest"));
            if path.is_dir() {
                open.push(path);
            } else if is_package && !(name.ends_with(".zip") && path.starts_with(root.join("moodle"))) {
                found.push(path);
            }
        }
    }
    let named = found.iter().map(|path| path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
    let mut named: Vec<String> = named.collect();
    named.sort();
    named
}

/// The package as a file: a folder is packed into one.
fn file_of(root: &Path, name: &str, into: &Path) -> PathBuf {
    let path = root.join(name);
    if path.is_file() {
        return path;
    }
    let packed = into.join(format!("{}.imscc", name.replace('/', "-")));
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&packed).unwrap());
    let mut open = vec![path.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let inner = entry.unwrap().path();
            if inner.is_dir() {
                open.push(inner);
                continue;
            }
            let name = inner.strip_prefix(&path).unwrap().to_string_lossy().into_owned();
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&std::fs::read(&inner).unwrap()).unwrap();
        }
    }
    zip.finish().unwrap();
    packed
}

/// `modules/items; taken, changed, left`, or what is said of the fault.
fn outcome(report: &Report, modules: usize, items: usize) -> String {
    let [taken, changed, left] = [Fate::Taken, Fate::Changed, Fate::Left].map(|fate| report.count(fate));
    format!("{modules}/{items}; {taken}, {changed}, {left}")
}

/// What becomes of each. A package that is not here fails the test: it has to be looked at first.
#[rustfmt::skip]
const EXPECTED: &[(&str, &str)] = &[
    ("common-cartridge/aaronshaf__common-cartridge/test/canvas_large_1.3.imscc", "3/20; 9, 17, 54"),
    ("common-cartridge/aaronshaf__common-cartridge/test/canvas_small_1.1.corrupt.imscc", "refused: incomplete"),
    ("common-cartridge/aaronshaf__common-cartridge/test/canvas_small_1.1.imscc", "3/9; 19, 0, 7"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/exporter/cc-with-modules-export.imscc", "4/7; 8, 4, 8"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/exporter/cc-without-modules-export.imscc", "1/6; 5, 4, 8"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/importer/import_from_migration_small.zip", "refused: holds no imsmanifest.xml"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/asmnt_example.zip", "2/2; 4, 1, 0"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/canvas_cc_minimum.zip", "0/0; 1, 0, 2"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/canvas_cc_only_questions.zip", "0/0; 0, 1, 3"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/canvas_matching_reorder.zip", "1/0; 3, 1, 2"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/canvas_quiz_media_comment.zip", "0/0; 3, 1, 5"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/cc_assignment_extension.zip", "1/3; 2, 4, 2"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/cc_default_qb_test.zip", "0/0; 0, 1, 3"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/cc_full_test.zip", "3/9; 19, 0, 7"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/cc_inline_qti.zip", "0/0; 1, 0, 2"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/cc_lti_combine_test.zip", "0/0; 1, 0, 5"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/file.zip", "refused: holds no imsmanifest.xml"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/flat_imsmanifest.xml", "1/2; 3, 1, 3"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/flat_imsmanifest_with_variants.xml", "1/3; 4, 1, 9"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/angel7-3.zip", "refused: looks like an ANGEL 7.3"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/angel7-4.zip", "refused: looks like an ANGEL 7.4"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/bb_learn.zip", "refused: Blackboard Learn"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/canvas.zip", "refused: incomplete"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/cc1-0.zip", "0/0; 1, 0, 0"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/cc1-1.zip", "0/0; 1, 0, 0"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/cc1-2.zip", "0/0; 1, 0, 0"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/cc1-3.zip", "0/0; 1, 0, 0"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/d2l.zip", "refused: D2L Brightspace"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/ims_cp.zip", "0/0; 1, 0, 0"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/invalid.zip", "refused: neither a zip archive nor an IMS manifest"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/moodle1-9.zip", "refused: looks like a Moodle 1.9"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/moodle2.zip", "refused: looks like a Moodle 2"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/old_canvas.zip", "refused: incomplete"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/qti.zip", "refused: QTI question package"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/scorm1-1.zip", "refused: SCORM 1.1"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/scorm1-2.zip", "refused: SCORM 1.2"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/scorm1-3.zip", "refused: SCORM 2004"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/unknown.zip", "refused: holds no imsmanifest.xml"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/webct.zip", "refused: WebCT Vista"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/package_identifier/webct4-1.zip", "refused: WebCT 4"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/quiz_qti.zip", "refused: QTI question package"),
    ("common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/whatthebackslash.zip", "refused: Blackboard Learn"),
    ("common-cartridge/instructure__canvas_cc/test/fixtures/cc.imscc", "1/1; 1, 2, 1"),
    ("common-cartridge/instructure__canvas_cc/test/fixtures/common_cartridge/ims_manifest_simple.xml", "0/0; 1, 0, 1"),
    ("common-cartridge/instructure__common-cartridge-viewer/public/test-cartridges/allyworkshop.imscc", "6/12; 43, 2, 7"),
    ("common-cartridge/openedx__cc2olx/tests/fixtures_data/imscc_files/corner_cases", "1/1; 3, 0, 4"),
    ("common-cartridge/openedx__cc2olx/tests/fixtures_data/imscc_files/main", "3/20; 15, 11, 14"),
    ("imscp/fabojimmy__PowerEduc/mod/imscp/tests/packages/singlescobasic.zip", "refused: SCORM 1.2"),
    ("moodle/generated/S1-imscc11.imscc", "11/53; 131, 0, 1"),
    ("moodle/instructure__moodle2cc/test/fixtures/common_cartridge/ims_manifest_simple.xml", "0/0; 1, 0, 1"),
];

/// The identifiers of all resources of a package.
fn resources(path: &Path) -> BTreeSet<String> {
    let mut package =
        cartridge::Package::from_bytes(std::fs::read(path).unwrap(), &cartridge::Limits::default()).unwrap();
    package.cartridge().unwrap().resources.into_iter().map(|resource| resource.identifier).collect()
}

#[store::test]
async fn every_package_comes_in_whole_or_is_refused_by_name(db: Db) {
    let Some(root) = fixtures() else { return };
    let place = Place::new(db).await;
    let mut wrong = Vec::new();
    for name in packages(&root) {
        let path = file_of(&root, &name, place.dir.path());
        let met = match try_file(&path) {
            Err(error) => format!("refused: {error}"),
            Ok(dry) => {
                let (course, report) = place.import(&path, None).await;
                let outline = place.outline(course).await;
                let modules = outline.iter().filter(|line| !line.starts_with("  ")).count();
                wrong.extend(faults(&place, &name, &path, course, &dry, &report).await);
                outcome(&report, modules, outline.len() - modules)
            }
        };
        let expected = EXPECTED.iter().find(|(known, _)| *known == name).map_or("", |(_, expected)| expected);
        let as_expected = match expected.strip_prefix("refused: ") {
            Some(part) => met.starts_with("refused: ") && met.contains(part),
            None => met == expected,
        };
        if !as_expected {
            wrong.push(format!("(\"{name}\",\n     \"{met}\"),"));
        }
    }
    let here = packages(&root);
    wrong.extend(
        EXPECTED
            .iter()
            .filter(|(name, _)| !here.iter().any(|here| here == name))
            .map(|(name, _)| format!("{name} is gone")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with an import: a resource that no line tells of, something doubled by a second import, an address that
/// leads nowhere, a token that was left over, a dry run that told something else.
async fn faults(
    place: &Place,
    name: &str,
    path: &Path,
    course: courses::CourseId,
    dry: &Report,
    report: &Report,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let told: BTreeSet<String> = report.entries.iter().flat_map(|entry| entry.resources.iter().cloned()).collect();
    let untold: Vec<String> = resources(path).difference(&told).cloned().collect();
    if !untold.is_empty() {
        wrong.push(format!("{name}: nothing is said of {untold:?}"));
    }
    if dry.entries != report.entries {
        let pairs = dry.entries.iter().zip(&report.entries).find(|(dry, done)| dry != done);
        wrong.push(format!("{name}: the dry run told otherwise: {pairs:?}"));
    }
    let whole = place.whole(course).await;
    for line in &whole {
        for left in
            ["$IMS", "$CANVAS", "$WIKI", "%24IMS", "%24CANVAS", "%24WIKI", "missing:", "\"files/", "\"item/", "\"kept/"]
        {
            if line.contains(left) {
                wrong.push(format!("{name}: {left} is left over in {line}"));
            }
        }
    }
    wrong.extend(place.dead_ends(course).await.into_iter().map(|dead| format!("{name}: {dead} leads nowhere")));
    let rows = place.rows().await;
    let (_, again) = place.import(path, Some(course)).await;
    if place.rows().await != rows || place.whole(course).await != whole {
        wrong.push(format!("{name}: the second import changed something"));
    }
    if (again.count(Fate::Taken), again.count(Fate::Changed)) != (0, 0) {
        let new = again.entries.iter().filter(|entry| matches!(entry.fate, Fate::Taken | Fate::Changed));
        wrong.push(format!("{name}: the second import took {:?}", new.collect::<Vec<_>>()));
    }
    wrong
}

/// The whole of one course, line by line: titles, order, states, dates, rules and addresses as the package has them.
#[store::test]
async fn the_large_course_keeps_what_its_package_says(db: Db) {
    let Some(root) = fixtures() else { return };
    let place = Place::new(db).await;
    let path = root.join("common-cartridge/aaronshaf__common-cartridge/test/canvas_large_1.3.imscc");
    let (course, report) = place.import(&path, None).await;
    let whole = place.whole(course).await;
    let after = |start: &str, count: usize| -> Vec<String> {
        let at = whole.iter().position(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}: {whole:#?}"));
        whole[at..at + count].to_vec()
    };
    assert!(whole[0].starts_with("(\"Loaded Course\", \"Loaded\", \"\", \"Lorem ipsum dolor"), "{}", whole[0]);
    assert!(whole[0].ends_with("1, \"en\", Reserved)"), "{}", whole[0]);
    // 2014-08-13T19:55:00Z
    assert_eq!(whole[1], "(Some(Time(1407959700000000)), None, Modules)");
    let outline: Vec<String> = whole[2..]
        .iter()
        .filter(|line| !line.starts_with("    ") && !line.starts_with("file ") && !line.starts_with("kept "))
        .take(13)
        .cloned()
        .collect();
    let expected = [
        "Example Course Module true (None, true, All, 1) []",
        // Handing in becomes saying that it is done.
        "  page Group Assignment (0, true, Mark, 0) (None, None, None) None",
        "  file math_Simpson.jpg (0, true, View, 0) (None, None, None) None",
        "  page Front Page (0, true, View, 3) (None, None, None) None",
        "  heading Text Header Example (0, true, None, 0) (None, None, None) None",
        "  link Google (2, true, View, 0) (None, None, None) None",
        "  page unpublished assignment (0, false, None, 0) (None, None, None) None",
        "  page Page hidden from Students (0, false, None, 3) (None, None, None) None",
        // 2020-12-26T06:59:59Z
        "  page Due Date Assignment (0, true, None, 0) (Some(Time(1608965999000000)), None, None) None",
        "Example, Locked Module false (None, true, All, 1) [ModuleId(module Example Course Module)]",
        "  file math_Simpson.jpg (0, true, View, 0) (None, None, None) None",
        "More true (None, false, All, 1) []",
    ];
    for (met, expected) in outline.iter().zip(expected) {
        assert_eq!(met, expected);
    }
    assert_eq!(after("  link Google", 2)[1], "    LinkContent { url: \"http://www.google.com\", opens: Tab }");
    let text = report.text();
    for part in [
        "It was the first page of the course.",
        "A picture on another site became a link to it",
        "It is launched at http://lor-staging.instructure.com/api/v1/lti.",
        "It became the syllabus of the course, under About.",
        "here one says that it is done",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
