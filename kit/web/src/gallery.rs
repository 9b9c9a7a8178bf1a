//! `/design`: every component in every state, light beside dark. Only where the server is for development, which the
//! demo is; elsewhere there is no such page.

use askama::Template;
use axum::extract::State;

use crate::assets::Assets;
use crate::{Access, Ctx, Error, Form, Page, Result, Routes, html, word};

/// Where the gallery is.
pub const PATH: &str = "/design";

/// The address of the gallery.
pub fn routes() -> Routes {
    Routes::new().get(PATH, Access::Public, show)
}

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    page: Page,
    looks: Vec<Look>,
    icons: Vec<String>,
}

/// The same components in one theme.
struct Look {
    theme: &'static str,
    label: String,
    filled: Form,
    wrong: Form,
}

impl Look {
    fn new(page: &Page, theme: &'static str, label: String) -> Self {
        Self { filled: filled(page, theme), wrong: wrong(page, theme), theme, label }
    }

    /// The name of a field of this theme's forms: on one page each is there twice.
    fn name(&self, field: &str) -> String {
        named(self.theme, field)
    }
}

fn named(theme: &str, field: &str) -> String {
    format!("{theme}-{field}")
}

/// A form as it is when somebody changes what is there.
fn filled(page: &Page, theme: &str) -> Form {
    let title = page.t("gallery-sample-title");
    let fields = [
        ("title", title.as_str()),
        ("opens", "2026-03-02T09:00"),
        ("role", "teacher"),
        ("way", "open"),
        ("told", "on"),
    ];
    Form::of(&fields.map(|(field, value)| (named(theme, field), value)))
}

/// A form in which every field has a mistake.
fn wrong(page: &Page, theme: &str) -> Form {
    let fields = [("late-title", ""), ("late-email", "ana@"), ("late-places", "0"), ("late-opens", "2026-02-30T09:00")];
    let mut form = Form::of(&fields.map(|(field, value)| (named(theme, field), value))).in_language(&page.lang);
    let name = |field| named(theme, field);
    let _ = form.text(&name("late-title")).required().get();
    let _ = form.email(&name("late-email")).get();
    let _ = form.integer(&name("late-places")).at_least(1).get();
    let _ = form.date_time(&name("late-opens"), &page.zone).get();
    for field in ["late-about", "late-file"] {
        form.fail(&name(field), word!("field-required"));
    }
    for field in ["late-role", "late-way", "late-told"] {
        form.fail(&name(field), word!("field-choice"));
    }
    form
}

impl Gallery {
    fn roles(&self) -> Vec<(&'static str, String)> {
        let words = &self.page;
        vec![("learner", words.t("gallery-role-learner")), ("teacher", words.t("gallery-role-teacher"))]
    }

    fn ways(&self) -> Vec<(&'static str, String)> {
        let words = &self.page;
        vec![("open", words.t("gallery-way-open")), ("key", words.t("gallery-way-key"))]
    }
}

async fn show(State(ctx): State<Ctx>, page: Page) -> Result {
    if !ctx.settings.dev {
        return Err(Error::not_found());
    }
    let looks =
        vec![Look::new(&page, "light", page.t("gallery-light")), Look::new(&page, "dark", page.t("gallery-dark"))];
    Ok(html(Gallery { icons: Assets::current().symbols("icons/sprite.svg"), looks, page }))
}
