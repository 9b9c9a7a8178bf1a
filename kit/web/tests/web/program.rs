//! The program: shelves with names, and a person who is whoever the cookie `who` says.

use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use store::{Db, Id, params, sql};
use web::testing::Browser;
use web::{
    Access, Asked, Asking, CachePolicy, Csp, Ctx, Error, FlashKind, Form, NavItem, Page, PersonChip, Reader, Response,
    Result, Routes, Settings, Upload, html, html_text, mistakes, no_content, see_other,
};

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout.html" %}{% import "ui/form.html" as field %}
{% block title %}New shelf{% endblock %}
{% block main %}<h1>New shelf</h1><form method="post" action="/shelves">
{{ field::input(page, form, "name", "Name", required = true) }}
{{ field::moment(page, form, "opens", "Opens", optional = true) }}
<button>Create</button></form>{% endblock %}"#
)]
struct NewShelf {
    page: Page,
    form: Form,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout.html" %}
{% block title %}{{ name }}{% endblock %}
{% block main %}<h1>{{ name }}</h1><p>{{ page.time(page.now) }}</p>
<form method="post" action="/shelves/{{ id }}"><input type="hidden" name="_method" value="delete"><button>Remove</button></form>
{% endblock %}"#
)]
struct ShowShelf {
    page: Page,
    id: Id,
    name: String,
}

pub(crate) struct Greeting(pub(crate) &'static str);

async fn home(page: Page) -> Response {
    html_text(format!("<!doctype html><html lang={}><title>Home</title><h1>{}</h1>", page.lang, page.institution))
}

async fn new(page: Page, asked: Asked) -> Response {
    asked.note("shelf.create");
    html(NewShelf { page, form: Form::new() })
}

async fn create(State(ctx): State<Ctx>, asked: Asked, page: Page, mut form: Form) -> Result {
    asked.note("shelf.create");
    let name = form.text("name").required().max(20).get();
    let _ = form.date_time("opens", &page.zone).get();
    if form.has_errors() {
        return Ok(mistakes(NewShelf { page, form }));
    }
    let made = ctx.db.write(move |tx| {
        let id: Id = tx.new_id();
        tx.execute(sql!("insert into shelf (id, name) values (?1, ?2)"), params![id, name])?;
        Ok::<_, Error>(id)
    });
    match made.await {
        Ok(id) => Ok(see_other(format!("/shelves/{id}")).flash(FlashKind::Good, "The shelf stands.", None)),
        Err(error) => {
            form.explain(error, &[("shelf.name", "name", "field-choice")])?;
            Ok(mistakes(NewShelf { page, form }))
        }
    }
}

async fn show(State(ctx): State<Ctx>, page: Page, Path(id): Path<Id>) -> Result {
    let name = ctx
        .db
        .read(move |tx| Ok::<String, Error>(tx.value(sql!("select name from shelf where id = ?1"), params![id])?))
        .await?;
    Ok(html(ShowShelf { page, id, name }).cache(CachePolicy::Revalidate))
}

async fn delete(State(ctx): State<Ctx>, Path(id): Path<Id>) -> Result {
    ctx.db
        .write(move |tx| {
            tx.execute(sql!("delete from shelf where id = ?1"), params![id])?;
            Ok::<(), Error>(())
        })
        .await?;
    Ok(see_other("/shelves/new").flash(FlashKind::Good, "The shelf is gone.", Some(format!("/shelves/{id}/undo"))))
}

async fn upload(mut upload: Upload) -> Result {
    let mut said = Vec::new();
    while let Some(file) = upload.next_file().await? {
        let name = file.name.clone();
        let bytes = file.bytes(1000).await?;
        said.push(format!("{name}: {} bytes", bytes.len()));
    }
    said.push(format!("note: {}", upload.into_form().value("note")));
    Ok(html_text(said.join(", ")))
}

async fn careless() -> Response {
    html_text("<h1>The names of all learners</h1>".to_owned())
}

async fn slow() -> Response {
    tokio::time::sleep(Duration::from_mins(1)).await;
    no_content()
}

async fn framed() -> Response {
    html_text("<h1>Player</h1>".to_owned()).csp(Csp::new().frame("https://player.example"))
}

async fn faulty() -> Response {
    panic!("the secret is 42")
}

async fn service(State(ctx): State<Ctx>) -> Response {
    html_text(ctx.get::<Greeting>().0.to_owned())
}

async fn missing_service(State(ctx): State<Ctx>) -> Response {
    html_text(format!("{:?}", ctx.get::<Duration>()))
}

async fn news(State(ctx): State<Ctx>) -> Result {
    web::sse::live(&ctx, "shelf", "count", || async { Ok(Some("1\n2".to_owned())) })
}

pub(crate) fn routes() -> Routes {
    let shelves = Routes::new()
        .get("/new", Access::Needs("shelf.create"), new)
        .post("/", Access::Needs("shelf.create"), create)
        .get("/{id}", Access::SignedIn, show)
        .delete("/{id}", Access::SignedIn, delete);
    let api = Routes::new().delete("/api/shelves/{id}", Access::SignedIn, delete).api();
    Routes::new()
        .get("/", Access::Public, home)
        .nest("/shelves", shelves)
        .merge(api)
        .post("/upload", Access::Public, upload)
        .body_limit(3000)
        .get("/careless", Access::Needs("learner.list"), careless)
        .get("/slow", Access::Public, slow)
        .time_limit(Duration::from_millis(20))
        .get("/framed", Access::Public, framed)
        .get("/faulty", Access::Public, faulty)
        .get("/service", Access::Public, service)
        .get("/missing-service", Access::Public, missing_service)
        .get("/news", Access::Public, news)
}

/// Whoever the cookie or the token says; `broken` is a database that fails.
async fn identify(_: Ctx, asking: Asking) -> Result<Reader> {
    let who = asking.cookie("who").or(asking.bearer()).unwrap_or_default();
    if who == "broken" {
        return Err(Error::internal("no such table: session"));
    }
    let person = PersonChip { name: "Ana Marín".into(), initials: "AM".into(), href: "/me".into() };
    Ok(Reader {
        signed_in: !who.is_empty(),
        person: (!who.is_empty()).then_some(person),
        nav: vec![NavItem::new("/", "sun", "error-go-home"), NavItem::new("/shelves", "book-open", "error-go-sign-in")],
        institution: "Harbour Academy".into(),
        zone: Some("Europe/Berlin".into()),
        ..Reader::default()
    })
}

pub(crate) fn router(db: Db) -> axum::Router {
    routes().into_router(Ctx::builder(db).with(Greeting("hello")).identify(identify).build())
}

pub(crate) fn browser_with(db: Db, settings: Settings) -> Browser {
    let ctx = Ctx::builder(db).settings(settings).with(Greeting("hello")).identify(identify).build();
    Browser::new(routes().into_router(ctx))
}

/// A stranger's browser.
pub(crate) fn stranger(db: Db) -> Browser {
    browser_with(db, Settings { dev: true, ..Settings::default() })
}

/// A signed-in person's browser.
pub(crate) fn ana(db: Db) -> Browser {
    let mut browser = stranger(db);
    browser.set_cookie("who", "ana");
    browser
}
