//! The editor of a page: its text, what would keep somebody from reading it with the mending beside, its drafts.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT};
use outline::Item;
use people::{Viewer, Visitor};
use store::Tx;
use text::check::{self, Code, Finding, Mend, Written};
use text::html::{clean, to_markdown};
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, no_content, see_other, word};

use super::content::{At, for_author, saved};
use crate::page::{self, Body, Format};

/// Findings that are shown at once; the rest comes when these are mended.
const FINDINGS_SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "materials/page_edit.html")]
struct PageEditor {
    page: Page,
    frame: CoursePage,
    item: Item,
    form: Form,
    is_html: bool,
    /// Of a page in HTML: whether Markdown could say all of it.
    as_markdown: Option<bool>,
    findings: Vec<Finding>,
    has_draft: bool,
    versions: i64,
}

/// What stands in the form.
#[derive(Clone, Copy)]
enum Sent {
    /// What is saved, or the draft.
    Fresh,
    /// What was sent, and is wrong.
    Wrong,
    /// What was sent, with one finding mended.
    Mended,
}

pub(super) fn show(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, item: Item) -> Result {
    let latest = page::latest(tx, item.id)?;
    let draft = page::draft(tx, item.id, viewer.person)?;
    let number = latest.as_ref().map_or(0, |version| version.number);
    let source = draft.map_or_else(|| latest.map(|version| version.source).unwrap_or_default(), |(source, _)| source);
    let form = Form::of(&[("source", source), ("based_on", number.to_string())]);
    editor(tx, ctx, viewer, course, item, form, Sent::Fresh)
}

fn editor(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, item: Item, form: Form, state: Sent) -> Result {
    let latest = page::latest(tx, item.id)?;
    let is_html = match state {
        Sent::Fresh => latest.as_ref().is_some_and(|version| version.format == Format::Html),
        Sent::Wrong | Sent::Mended => form.flag("is_html"),
    };
    let source = form.value("source");
    let written = if is_html { Written::Html } else { Written::Markdown };
    let mut findings = check::findings(written, source);
    findings.truncate(FINDINGS_SHOWN);
    let view = PageEditor {
        as_markdown: is_html.then(|| to_markdown(&clean(source).html).lossless),
        is_html,
        findings,
        versions: latest.map_or(0, |version| version.number),
        has_draft: page::draft(tx, item.id, viewer.person)?.is_some(),
        page: viewer.page(ctx, "courses"),
        frame: CoursePage::new(viewer, course, "edit"),
        item,
        form,
    };
    Ok(if matches!(state, Sent::Wrong) { mistakes(&view) } else { html(&view) })
}

/// Saves the page; or mends a finding, or turns it into Markdown, where that was asked.
pub(super) fn save(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, item: Item, mut form: Form) -> Result {
    let source = form.value("source").replace("\r\n", "\n");
    if source.len() > page::SOURCE_BYTES_MAX {
        form.fail("source", word!("materials-page-too-long"));
        return editor(tx, ctx, viewer, course, item, form, Sent::Wrong);
    }
    let is_html = form.flag("is_html");
    let written = if is_html { Written::Html } else { Written::Markdown };
    let mended = mended(written, &source, &form);
    if !form.value("mend").is_empty() {
        let source = mended.unwrap_or(source);
        page::keep_draft(tx, item.id, viewer.person, &source)?;
        let mut sent = vec![("source", source), ("based_on", form.value("based_on").to_owned())];
        sent.extend(is_html.then(|| ("is_html", "on".to_owned())));
        return editor(tx, ctx, viewer, course, item, Form::of(&sent), Sent::Mended);
    }
    // Who wrote a description and then saved meant both.
    let source = mended.unwrap_or(source);
    let latest = page::latest(tx, item.id)?;
    let based_on = form.value("based_on").parse::<i64>().ok();
    if let Some(newer) =
        latest.filter(|latest| based_on.is_some_and(|own| own < latest.number) && latest.source != source)
    {
        return newer_first(tx, ctx, viewer, course, item, (newer.number, source, is_html));
    }
    if form.value("turn") == "markdown" {
        page::write(tx, &item, &Body::Markdown(to_markdown(&clean(&source).html).markdown), viewer.person)?;
        let said = viewer.page(ctx, "courses").t("materials-turned");
        return Ok(see_other(super::content_path(&item)).flash(FlashKind::Good, said, None));
    }
    let body = if is_html { Body::Html(source) } else { Body::Markdown(source) };
    page::write(tx, &item, &body, viewer.person)?;
    Ok(saved(ctx, viewer, course, &item))
}

/// Somebody else has saved while this person wrote: nothing is overwritten before they know.
fn newer_first(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    item: Item,
    (number, source, is_html): (i64, String, bool),
) -> Result {
    page::keep_draft(tx, item.id, viewer.person, &source)?;
    let mut sent = vec![("source", source), ("based_on", number.to_string())];
    sent.extend(is_html.then(|| ("is_html", "on".to_owned())));
    let mut form = Form::of(&sent).in_language(&viewer.page(ctx, "courses").lang);
    form.fail_with("source", word!("materials-newer"), &[("number", web::Arg::Whole(number))]);
    editor(tx, ctx, viewer, course, item, form, Sent::Wrong)
}

/// The text with everything mended that words were written for, and the finding that a button names: `3`, or
/// `3-decoration`. Nothing where nothing was asked or could be done.
fn mended(written: Written, source: &str, form: &Form) -> Option<String> {
    let named = form.value("mend");
    let (named, how) = named.split_once('-').unwrap_or((named, ""));
    let named: Option<usize> = named.parse().ok();
    let mut out: Option<String> = None;
    // From the last to the first: what is mended below does not move what is above.
    for number in (0..FINDINGS_SHOWN).rev() {
        let text = out.as_deref().unwrap_or(source);
        let words = form.value(format!("words_{number}")).trim();
        if named != Some(number) && words.is_empty() {
            continue;
        }
        let Some(finding) = check::findings(written, text).into_iter().nth(number) else { continue };
        let how = match how {
            "decoration" if named == Some(number) => Mend::Decoration,
            _ if finding.code.needs_words() => Mend::Words(words),
            _ => Mend::Plain,
        };
        let better = check::mend(written, text, &finding, how);
        out = better.or(out);
    }
    out
}

/// `POST .../draft`: keeps what was typed, on this account, until it is saved.
pub(super) async fn keep_draft(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item)): At,
    form: Form,
) -> Result {
    ctx.db
        .write(move |tx| {
            let (viewer, _, item) = for_author(tx, &visitor, course, item)?;
            let source = form.value("source");
            if source.len() > page::SOURCE_BYTES_MAX {
                return Err(Error::too_large(page::SOURCE_BYTES_MAX));
            }
            page::keep_draft(tx, item.id, viewer.person, source)?;
            Ok(no_content())
        })
        .await
}

/// `DELETE .../draft`: back to what is saved.
pub(super) async fn drop_draft(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let (viewer, _, item) = for_author(tx, &visitor, course, item)?;
            page::drop_draft(tx, item.id, viewer.person)?;
            Ok(see_other(super::content_path(&item)))
        })
        .await
}

/// `POST /courses/{course}/markdown`: Markdown as the page would show it, for the preview beside the editor.
pub(super) async fn preview(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    form: Form,
) -> Result {
    ctx.db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = Course::find(tx, course)?;
            viewer.must(EDIT, &course.scope())?;
            let body = match form.value("html") {
                "" => Body::Markdown(form.value("markdown").to_owned()),
                html => Body::Html(html.to_owned()),
            };
            Ok(web::html_text(page::shown(tx, course.id, &body)?))
        })
        .await
}
