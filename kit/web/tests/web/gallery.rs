use std::fs;
use std::path::Path;

use store::Db;
use web::testing::Browser;
use web::{Ctx, Settings, gallery};

fn browser(db: Db, dev: bool) -> Browser {
    let settings = Settings { dev, ..Settings::default() };
    Browser::new(gallery::routes().into_router(Ctx::builder(db).settings(settings).build()))
}

#[store::test]
async fn the_gallery_shows_each_component_light_and_dark(db: Db) {
    let page = browser(db, true).get(gallery::PATH).await;
    assert_eq!((page.status(), page.statements()), (200, 0), "{}", page.text());
    assert_eq!(page.faults(), Vec::<String>::new());
    assert!(!page.text().contains('['), "a word is missing:\n{}", page.text());
    for name in ["Buttons: light", "Buttons: dark", "Forms with mistakes: light", "Icons: dark"] {
        assert!(page.has_role("group", name), "{:?}", page.names("group"));
    }
    for (role, count) in [("dialog", 2), ("table", 2), ("progressbar", 8)] {
        assert_eq!(page.names(role).len(), count, "{role}");
    }
    let wrong: Vec<String> = page.form_errors().into_iter().map(|(field, _)| field).collect();
    for field in ["title", "email", "places", "role", "opens", "about", "way", "told", "file"] {
        assert!(wrong.contains(&format!("dark-late-{field}")), "{field} has no mistake: {wrong:?}");
    }
    assert!(page.has_text("triangle-alert"), "all icons are named");
}

#[store::test]
async fn the_gallery_speaks_german(db: Db) {
    let page = browser(db, true).with("accept-language", "de").get(gallery::PATH).await;
    assert!(page.has_role("heading", "Bausteine") && page.has_text("Bitte fülle dieses Feld aus."), "{}", page.text());
    assert!(!page.text().contains('['), "a word is missing:\n{}", page.text());
}

#[store::test]
async fn there_is_no_gallery_for_real_people(db: Db) {
    assert_eq!(browser(db, false).get(gallery::PATH).await.status(), 404);
}

/// A macro that pages may use is shown in the gallery.
#[test]
fn no_component_is_left_out() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let samples: String = fs::read_dir(templates.join("gallery"))
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    // What the fields are made of.
    let parts = ["label", "notes", "described"];
    for (file, prefix) in [("ui/form.html", "field"), ("ui/show.html", "show")] {
        let text = fs::read_to_string(templates.join(file)).unwrap();
        for name in text.split("{% macro ").skip(1).filter_map(|rest| rest.split('(').next()) {
            assert!(parts.contains(&name) || samples.contains(&format!("{prefix}::{name}(")), "{prefix}::{name}");
        }
    }
}
