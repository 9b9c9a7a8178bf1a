//! What has no kind yet can be read again as if the package were still there.

use cartridge::{Content, Limits, Package};
use exchange::kept::Original;
use store::Db;

use crate::place::Place;
use crate::real::fixtures;
use crate::small::small;

/// Whether this is kept until there is a kind for it.
fn is_kept(content: &Content) -> bool {
    matches!(
        content,
        Content::Assessment(_)
            | Content::QuestionBank(_)
            | Content::Discussion(_)
            | Content::Tool(_)
            | Content::Assignment(_)
    )
}

#[store::test]
async fn a_quiz_is_read_without_its_package(db: Db) {
    let place = Place::new(db).await;
    let path = place.write("tides.imscc", &small("<p>Second</p>"));
    let (course, _) = place.import(&path, None).await;
    std::fs::remove_file(path).unwrap();
    let kept = place.db.read(move |tx| Original::of_course(tx, course)).await.unwrap();
    let quiz = kept.iter().find(|original| original.kind == "quiz").unwrap();
    let at = &quiz.places.0[0];
    assert_eq!((quiz.title.as_str(), at.title.as_str(), at.published), ("Check", "Check", Some(true)));
    assert!(at.module.ends_with(".m.m1") && at.after.as_deref().unwrap().ends_with(".i.i1"), "{at:?}");
    let read = quiz.read(&place.files).await.unwrap();
    let resource = read.resource(&quiz.identifier).unwrap();
    assert!(matches!(&resource.content, Content::Assessment(quiz) if quiz.title == "Check"), "{resource:?}");
}

#[store::test]
async fn everything_that_is_kept_of_real_courses_reads_as_it_did(db: Db) {
    let Some(root) = fixtures() else { return };
    let place = Place::new(db).await;
    let mut compared = 0;
    for name in [
        "common-cartridge/aaronshaf__common-cartridge/test/canvas_large_1.3.imscc",
        "common-cartridge/aaronshaf__common-cartridge/test/canvas_small_1.1.imscc",
        "common-cartridge/beyond-z__canvas-lms/spec/fixtures/exporter/cc-with-modules-export.imscc",
        "common-cartridge/beyond-z__canvas-lms/spec/fixtures/migration/cc_inline_qti.zip",
        "common-cartridge/instructure__common-cartridge-viewer/public/test-cartridges/allyworkshop.imscc",
    ] {
        let copied = place.write("course.imscc", &std::fs::read(root.join(name)).unwrap());
        let (course, _) = place.import(&copied, None).await;
        std::fs::remove_file(copied).unwrap();
        let kept = place.db.read(move |tx| Original::of_course(tx, course)).await.unwrap();
        let bytes = std::fs::read(root.join(name)).unwrap();
        let before = Package::from_bytes(bytes, &Limits::default()).unwrap().cartridge().unwrap();
        for resource in before.resources.iter().filter(|resource| is_kept(&resource.content)) {
            let original = kept.iter().find(|original| original.identifier == resource.identifier);
            let original = original.unwrap_or_else(|| panic!("{name}: {} is not kept", resource.identifier));
            let read = original.read(&place.files).await.unwrap();
            let again = read.resource(&resource.identifier).unwrap();
            assert_eq!(again.content, resource.content, "{name}: {}", original.title);
            assert_eq!(again.published, resource.published, "{name}: {}", original.title);
            compared += 1;
        }
    }
    assert!(compared > 80, "{compared}");
}

#[store::test]
async fn a_tool_that_only_an_item_names_is_kept_with_its_address(db: Db) {
    let Some(root) = fixtures() else { return };
    let place = Place::new(db).await;
    let path = root.join("common-cartridge/aaronshaf__common-cartridge/test/canvas_large_1.3.imscc");
    let (course, _) = place.import(&path, None).await;
    let kept = place.db.read(move |tx| Original::of_course(tx, course)).await.unwrap();
    let tool = kept.iter().find(|original| original.title == "lorcrux").unwrap();
    assert_eq!((tool.kind.as_str(), tool.places.0[0].indent), ("tool", 1));
    assert_eq!(tool.places.0[0].url.as_deref(), Some("http://lor-staging.instructure.com/api/v1/lti"));
    // What completed an item is kept with it.
    let quiz =
        kept.iter().find(|original| original.title == "Multiple Attempt Quiz" && original.kind == "quiz").unwrap();
    let place = &quiz.places.0[0];
    assert_eq!((place.requirement.as_deref(), place.least), (Some("score"), Some(8.0)));
    let settings = kept.iter().find(|original| original.kind == "settings").unwrap();
    assert!(settings.files.0.iter().any(|file| file.path == "course_settings/rubrics.xml"));
}
