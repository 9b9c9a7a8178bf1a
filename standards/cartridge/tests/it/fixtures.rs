//! The real packages of the folder of fixtures: what each holds, or why it is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cartridge::{Cartridge, Content, Links, Requirement, Target};

use crate::support::{archive, fixtures, open, read, resource};

const CANVAS: &str = "common-cartridge/beyond-z__canvas-lms/spec/fixtures";
const LARGE: &str = "common-cartridge/aaronshaf__common-cartridge/test/canvas_large_1.3.imscc";
const SMALL: &str = "common-cartridge/aaronshaf__common-cartridge/test/canvas_small_1.1.imscc";
const ALLY: &str = "common-cartridge/instructure__common-cartridge-viewer/public/test-cartridges/allyworkshop.imscc";

/// `format; title; modules/items; kinds of resources; findings that are no notes`, or
/// `refused CODE: words of the message`.
fn expected() -> Vec<(String, &'static str)> {
    let canvas = |name: &str| format!("{CANVAS}/{name}");
    let identifier = |name: &str| format!("{CANVAS}/migration/package_identifier/{name}");
    let other = |name: &str| format!("common-cartridge/{name}");
    let pretest = "a Common Cartridge 1.1; Common Cartridge Test Data Set - Validation Cartridge 1; 3/15; attachments 1, discussion 2, file 4, page 2, question bank 1, quiz 1, tool 2, unknown 1, web link 2; missing-file 1";
    vec![
        (
            LARGE.into(),
            "a Canvas course 1.3; Loaded Course; 2/16; announcement 4, assignment 14, companion 48, discussion 13, file 2, page 2, question bank 16, quiz 17, settings 1, syllabus 1, tool 1, web link 1; ",
        ),
        (SMALL.into(), pretest),
        (
            other("aaronshaf__common-cartridge/test/canvas_small_1.1.corrupt.imscc"),
            "refused incomplete: 15 of 19 files named in the manifest are missing, among them \"I_00001_R/Learning_Objectives.html\"",
        ),
        (
            ALLY.into(),
            "a Canvas course 1.3; Ally: Accessibility Workshop; 4/10; companion 4, discussion 4, file 26, page 12, settings 1, tool 1; ",
        ),
        (
            other("instructure__canvas_cc/test/fixtures/cc.imscc"),
            "a Canvas course 1.1; Beginning Ruby on Rails; 0/0; assignment 1, syllabus 1; ",
        ),
        (
            other("instructure__canvas_cc/test/fixtures/common_cartridge/ims_manifest_simple.xml"),
            "a Canvas course 1.1; Sample Course; 0/0; settings 1, unknown 1; missing-file 4",
        ),
        (
            canvas("exporter/cc-with-modules-export.imscc"),
            "a Canvas course 1.1; CC_with_modules; 3/11; assignment 3, companion 6, discussion 3, file 1, page 3, quiz 3, settings 1, syllabus 1; ",
        ),
        (
            canvas("exporter/cc-without-modules-export.imscc"),
            "a Canvas course 1.1; CC_without_modules; 0/0; assignment 3, companion 6, discussion 3, file 1, page 3, quiz 3, settings 1, syllabus 1; ",
        ),
        (
            canvas("importer/import_from_migration_small.zip"),
            "refused no-manifest: the archive holds no imsmanifest.xml",
        ),
        (
            canvas("migration/asmnt_example.zip"),
            "a Common Cartridge 1.3; Common Cartridge Test; 1/1; assignment 1, page 1; ",
        ),
        (
            canvas("migration/canvas_cc_minimum.zip"),
            "a Canvas course 1.1; imp test; 0/0; discussion 1, syllabus 1; missing-file 1",
        ),
        (
            canvas("migration/canvas_cc_only_questions.zip"),
            "a Canvas course 1.1; ioiuijij; 0/0; question bank 1, settings 1, syllabus 1; ",
        ),
        (
            canvas("migration/canvas_matching_reorder.zip"),
            "a Canvas course 1.1; Spanish I v9 (GS) e12; 1/1; companion 1, file 2, quiz 1, settings 1; ",
        ),
        (
            canvas("migration/canvas_quiz_media_comment.zip"),
            "a Canvas course 1.1; anotherquiznehr; 0/0; companion 2, file 3, question bank 1, quiz 2, settings 1, syllabus 1; ",
        ),
        (
            canvas("migration/cc_assignment_extension.zip"),
            "a Canvas course 1.3; Tiny Course; 0/0; assignment 3, file 1, settings 1, syllabus 1; ",
        ),
        (
            canvas("migration/cc_default_qb_test.zip"),
            "a Canvas course 1.1; cc_full_test; 0/0; question bank 1, settings 1, syllabus 1; ",
        ),
        (canvas("migration/cc_full_test.zip"), pretest),
        (
            canvas("migration/cc_inline_qti.zip"),
            "a Common Cartridge 1.3; Common Cartridge Test Data Set - Validation Cartridge 6 (plus embedded assessment); 1/0; question bank 1, quiz 1; ",
        ),
        (canvas("migration/cc_lti_combine_test.zip"), "a Common Cartridge 1.2; CC LTI test; 5/0; tool 5; "),
        (canvas("migration/file.zip"), "refused no-manifest: the archive holds no imsmanifest.xml"),
        (
            canvas("migration/flat_imsmanifest.xml"),
            "a Common Cartridge 1.3; Common Cartridge Test; 1/4; assignment 1, discussion 1, tool 1, unknown 1, web link 1; missing-file 1",
        ),
        (
            canvas("migration/flat_imsmanifest_with_variants.xml"),
            "a Common Cartridge 1.3; Common Cartridge Test; 1/5; assignment 1, discussion 4, unknown 2, web link 5; unknown-type 2",
        ),
        (canvas("migration/quiz_qti.zip"), "refused wrong-format: this is a QTI question package"),
        (canvas("migration/whatthebackslash.zip"), "refused wrong-format: this is a Blackboard Learn export"),
        (identifier("angel7-3.zip"), "refused no-manifest: it looks like an ANGEL 7.3 export"),
        (identifier("angel7-4.zip"), "refused no-manifest: it looks like an ANGEL 7.4 export"),
        (identifier("bb_learn.zip"), "refused wrong-format: this is a Blackboard Learn export"),
        (identifier("canvas.zip"), "refused incomplete: 6 of 6 files"),
        (identifier("cc1-0.zip"), "a Common Cartridge 1.0; Sample Course; 0/0; ; "),
        (identifier("cc1-1.zip"), "a Common Cartridge 1.1; Sample Course; 0/0; ; "),
        (identifier("cc1-2.zip"), "a Common Cartridge 1.2; Sample Course; 0/0; ; "),
        (identifier("cc1-3.zip"), "a Common Cartridge 1.3; Sample Course; 0/0; ; "),
        (identifier("d2l.zip"), "refused wrong-format: this is a D2L Brightspace export"),
        (identifier("ims_cp.zip"), "a content package; ; 0/0; ; "),
        (identifier("invalid.zip"), "refused not-a-package: it begins with \"haha\\n\""),
        (identifier("moodle1-9.zip"), "refused no-manifest: it looks like a Moodle 1.9 backup"),
        (identifier("moodle2.zip"), "refused no-manifest: it looks like a Moodle 2 backup"),
        (identifier("old_canvas.zip"), "refused incomplete: 6 of 6 files"),
        (identifier("qti.zip"), "refused wrong-format: this is a QTI question package"),
        (identifier("scorm1-1.zip"), "refused wrong-format: this is a SCORM 1.1 package"),
        (identifier("scorm1-2.zip"), "refused wrong-format: this is a SCORM 1.2 package"),
        (identifier("scorm1-3.zip"), "refused wrong-format: this is a SCORM 2004 package"),
        (identifier("unknown.zip"), "refused no-manifest: the archive holds no imsmanifest.xml"),
        (identifier("webct.zip"), "refused wrong-format: this is a WebCT Vista export"),
        (identifier("webct4-1.zip"), "refused wrong-format: this is a WebCT 4 export"),
        (
            "imscp/fabojimmy__PowerEduc/mod/imscp/tests/packages/singlescobasic.zip".into(),
            "refused wrong-format: this is a SCORM 1.2 package",
        ),
    ]
}

fn counted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
}

fn summary(course: &Cartridge) -> String {
    let dialect = match course.dialect {
        cartridge::Dialect::Canvas(version) => format!("a Canvas course {version}"),
        cartridge::Dialect::CommonCartridge(version) => format!("a Common Cartridge {version}"),
        cartridge::Dialect::ContentPackage => "a content package".to_owned(),
    };
    let items: usize = course.modules.iter().map(|module| module.flatten().len()).sum();
    let kinds = counted(course.resources.iter().map(|one| one.content.name()));
    let weighty = course.findings.iter().filter(|finding| finding.severity > cartridge::Severity::Note);
    let findings = counted(weighty.map(|finding| finding.code.as_str()));
    let title = course.title.as_deref().unwrap_or_default();
    format!("{dialect}; {title}; {}/{items}; {kinds}; {findings}", course.modules.len())
}

fn packages_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            packages_below(&path, found);
        } else if [".zip", ".imscc"].iter().any(|ending| name.ends_with(ending)) || name.contains("manifest") {
            found.push(path);
        }
    }
}

#[test]
fn every_package_is_read_or_refused_as_expected() {
    let Some(folder) = fixtures() else { return };
    let mut found = Vec::new();
    packages_below(&folder.join("common-cartridge"), &mut found);
    packages_below(&folder.join("imscp"), &mut found);
    // The unpacked courses have tests of their own.
    found.retain(|path| !path.ends_with("imsmanifest.xml"));
    let expected = expected();
    assert_eq!(found.len(), expected.len(), "a package is not accounted for: {found:#?}");
    let mut wrong = Vec::new();
    for (name, expected) in expected {
        let bytes = fs::read(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let outcome = match read(bytes) {
            Ok(course) => summary(&course),
            Err(error) => format!("refused {}: {error}", error.code()),
        };
        let as_expected = match expected.split_once(": ").filter(|_| expected.starts_with("refused")) {
            Some((refusal, words)) => outcome.starts_with(&format!("{refusal}: ")) && outcome.contains(words),
            None => outcome == expected,
        };
        if !as_expected {
            wrong.push(format!("{name}\n  expected {expected}\n  met      {outcome}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_links_of_the_workshop_all_lead_somewhere() {
    let Some(folder) = fixtures() else { return };
    let mut package = open(fs::read(folder.join(ALLY)).unwrap()).unwrap();
    let course = package.cartridge().unwrap();
    let links = Links::new(&course);
    let (mut files, mut pages, mut modules, mut external) = (0, 0, 0, 0);
    for one in &course.resources {
        let text = match &one.content {
            Content::Page(page) => &page.body,
            Content::Discussion(topic) => &topic.text.text,
            _ => continue,
        };
        for address in addresses(text) {
            match links.resolve(&address, one.path().unwrap()).target {
                Target::File(path) => {
                    assert!(package.size(&path).is_some(), "{path}");
                    files += 1;
                }
                Target::Page(_) => pages += 1,
                Target::Module(_) => modules += 1,
                Target::External(_) => external += 1,
                other => panic!("{address} leads to {other:?}"),
            }
        }
    }
    assert_eq!((files, pages, modules), (19, 1, 1));
    assert!(external > 20, "{external}");
    assert_eq!(package.read("web_resources/bad_dog.jpg").unwrap().len(), 199_573);
}

/// The values of `href` and `src`, references replaced.
fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in [" href=\"", " src=\""] {
        for part in html.split(name).skip(1) {
            found.push(part.split('"').next().unwrap_or_default().replace("&amp;", "&"));
        }
    }
    found
}

#[test]
fn the_large_course_keeps_its_modules_and_states() {
    let Some(folder) = fixtures() else { return };
    let course = read(fs::read(folder.join(LARGE)).unwrap()).unwrap();
    let [open, locked] = course.modules.as_slice() else { panic!() };
    assert_eq!((open.published, locked.published), (Some(true), Some(false)));
    assert!(open.rules.sequential);
    assert_eq!(locked.rules.prerequisites, std::slice::from_ref(&open.identifier));
    let items: Vec<(&str, u32, Option<bool>)> =
        open.children.iter().map(|node| (node.title.as_str(), node.indent, node.published)).collect();
    assert_eq!(items[4], ("Text Header Example", 0, Some(true)));
    assert_eq!(items[5], ("Graded Discussion", 2, Some(true)));
    assert_eq!(items[13], ("Page hidden from Students", 0, Some(false)));
    assert!(open.children[4].is_heading());
    assert_eq!(open.children[1].requirement, Some(Requirement::MinScore(8.0)));
    assert_eq!(open.children[0].requirement, Some(Requirement::Submit));
    let google = resource(&course, open.children[6].resource.as_deref().unwrap());
    assert!(matches!(&google.content, Content::WebLink(link) if link.url == "http://www.google.com"));
    assert_eq!(open.children[7].url.as_deref(), Some("http://lor-staging.instructure.com/api/v1/lti"));
    let hidden = resource(&course, "i6306c23c247a5245bccfd3bd3a14c7e1");
    assert_eq!((hidden.published, hidden.title.as_deref()), (Some(false), Some("Page hidden from Students")));
    let due = resource(&course, "iaa4b4fdadec793530c31c58a249e0879");
    let Content::Assignment(due) = &due.content else { panic!() };
    assert_eq!(due.due_at.map(|at| at.to_string()).as_deref(), Some("2020-12-26T06:59:59"));
    let settings = course.settings.as_ref().unwrap();
    assert_eq!((settings.code.as_deref(), settings.license.as_deref()), (Some("Loaded"), Some("private")));
    assert_eq!(
        course.metadata.rights.as_deref(),
        Some("Private (Copyrighted) - http://en.wikipedia.org/wiki/Copyright")
    );
}

#[test]
fn pictures_of_topics_are_found_beside_them() {
    let Some(folder) = fixtures() else { return };
    let course = read(fs::read(folder.join(SMALL)).unwrap()).unwrap();
    let links = Links::new(&course);
    let topic = resource(&course, "I_00006_R");
    let Content::Discussion(faces) = &topic.content else { panic!() };
    let dog = Target::File("I_media_R/smiling_dog.jpg".to_owned());
    assert_eq!(links.resolve(&addresses(&faces.text.text)[0], topic.path().unwrap()).target, dog);
    let angry = Target::File("I_00006_Media/angry_person.jpg".to_owned());
    assert_eq!(links.resolve(&faces.attachments[0], topic.path().unwrap()).target, angry);
}

#[test]
fn backslashes_in_names_of_entries_are_folders() {
    let Some(folder) = fixtures() else { return };
    let mut package = open(fs::read(folder.join(CANVAS).join("migration/whatthebackslash.zip")).unwrap()).unwrap();
    let paths: Vec<&str> = package.paths().collect();
    assert_eq!(paths, ["messaging/why oh why.txt", "res00175/SR_Epilogue_Frequently_Asked_Questions.html"]);
    assert_eq!(package.read("res00175/SR_Epilogue_Frequently_Asked_Questions.html").unwrap().len(), 434);
    let course = package.content().unwrap();
    assert_eq!(course.files.len(), 2);
}

#[test]
fn a_scorm_package_can_be_read_as_content() {
    let Some(folder) = fixtures() else { return };
    let name = "imscp/fabojimmy__PowerEduc/mod/imscp/tests/packages/singlescobasic.zip";
    let mut package = open(fs::read(folder.join(name)).unwrap()).unwrap();
    assert_eq!(package.format(), Some(cartridge::Format::Scorm12));
    let course = package.content().unwrap();
    assert_eq!(summary(&course), "a content package; Golf Explained - Run-time Basic Calls; 1/0; page 1; ");
    assert_eq!((course.files.len(), resource(&course, "resource_1").files.len()), (45, 41));
    assert_eq!(course.modules[0].resource.as_deref(), Some("resource_1"));
}

#[test]
fn alternatives_of_the_flat_manifest_are_the_promised_ones() {
    let Some(folder) = fixtures() else { return };
    let name = format!("{CANVAS}/migration/flat_imsmanifest_with_variants.xml");
    let course = read(fs::read(folder.join(name)).unwrap()).unwrap();
    let shown: Vec<&str> = course.modules[0]
        .children
        .iter()
        .map(|node| course.preferred(node.resource.as_deref().unwrap()).unwrap().title.as_deref().unwrap())
        .collect();
    assert_eq!(
        shown,
        [
            "Assignment you should see",
            "Discussion you should see",
            "Weblink you should see because preferred variant is unsupported",
            "Discussion 2 you should see",
            "link in a loop 2",
        ]
    );
}

/// The files of a folder, by their path below it.
fn zipped(folder: &Path) -> Vec<u8> {
    fn collect(base: &Path, folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(base, &path, into);
            } else {
                into.push((path.strip_prefix(base).unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    let mut files = Vec::new();
    collect(folder, folder, &mut files);
    let entries: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    archive(&entries)
}

#[test]
fn the_unpacked_courses_are_read() {
    let Some(folder) = fixtures() else { return };
    let folder = folder.join("common-cartridge/openedx__cc2olx/tests/fixtures_data/imscc_files");
    let main = read(zipped(&folder.join("main"))).unwrap();
    let corner = read(zipped(&folder.join("corner_cases"))).unwrap();
    assert_eq!(
        summary(&main),
        "a Canvas course 1.3; Course; 2/11; assignment 2, companion 2, discussion 1, file 2, page 6, quiz 2, settings 1, tool 3, unknown 2, web link 7; missing-file 3, unreferenced-file 3"
    );
    assert_eq!(
        summary(&corner),
        "a Common Cartridge 1.3; Corner cases Common Cartridge; 1/5; file 1, quiz 1, unknown 3; empty-resource 1, missing-file 2, unknown-type 2"
    );
}
