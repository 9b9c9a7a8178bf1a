//! The kind `page`: text that one reads, in Markdown, or in cleaned HTML where it came from elsewhere and Markdown would
//! lose something. Every save is a version; any of them can be brought back.

use std::collections::HashMap;

use courses::CourseId;
use outline::{ActivityKind, Item, ItemId, Shown};
use people::PersonId;
use store::{Event, FromRow, Result, Time, Tx, params, sql};
use text::html::rewrite_links;
use text::markdown::{Options, to_html};
use web::{Ctx, word};

use crate::course_file;

/// The longest source, in bytes.
pub const SOURCE_BYTES_MAX: usize = text::markdown::SOURCE_BYTES_MAX;
/// Versions that a page keeps; the oldest goes when one more comes.
pub const VERSIONS_MAX: i64 = 200;

store::text_enum! {
    /// How a page is written.
    pub enum Format {
        /// Markdown.
        Markdown = "markdown",
        /// Cleaned HTML.
        Html = "html",
    }
}

/// What a page says.
#[derive(Clone, Debug)]
pub enum Body {
    /// Markdown.
    Markdown(String),
    /// HTML; it is cleaned once more, whoever cleaned it before.
    Html(String),
}

/// One version of a page.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct Version {
    pub number: i64,
    pub format: Format,
    pub source: String,
    pub html: String,
    pub words: i64,
    pub made_at: Time,
    pub made_by: Option<PersonId>,
}

/// A version in the list of versions.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct VersionLine {
    pub number: i64,
    pub words: i64,
    pub made_at: Time,
    pub made_by_name: Option<String>,
}

/// Writes a new version, unless it says the same as the one before. Answers its number.
pub fn write(tx: &mut Tx<'_>, item: &Item, body: &Body, by: PersonId) -> Result<i64> {
    let (format, source) = match body {
        Body::Markdown(source) => (Format::Markdown, source),
        Body::Html(source) => (Format::Html, source),
    };
    let before = latest(tx, item.id)?;
    if let Some(before) = before.as_ref().filter(|before| before.source == *source && before.format == format) {
        return Ok(before.number);
    }
    let html = match format {
        Format::Markdown => {
            let resolve = resolver(tx, item.course)?;
            let html = to_html(source, &Options { resolve: Some(&resolve), ..Options::default() }).html;
            // HTML within Markdown has addresses too.
            if html.contains("\"files/") || html.contains("\"item/") {
                rewrite_links(&html, |_, url| resolve(url))
            } else {
                html
            }
        }
        Format::Html => {
            let resolve = resolver(tx, item.course)?;
            text::html::clean(&rewrite_links(source, |_, url| resolve(url))).html
        }
    };
    let words = text::html::visible_text(&html).split_whitespace().count();
    let (number, now) = (before.map_or(1, |before| before.number + 1), tx.now());
    tx.execute(
        sql!(
            "insert into page_version (item, number, format, source, html, words, made_at, made_by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        params![item.id, number, format, source, html, words, now, by],
    )?;
    tx.execute(
        sql!("delete from page_version where item = ?1 and number <= ?2"),
        params![item.id, number - VERSIONS_MAX],
    )?;
    tx.execute(sql!("delete from page_draft where item = ?1 and person = ?2"), params![item.id, by])?;
    // A time that an author set stays; one that was counted is counted anew.
    tx.execute(
        sql!("update item set minutes = ?2 where id = ?1 and (minutes = 0 or minutes = ?3)"),
        params![item.id, words.div_ceil(180), item.minutes],
    )?;
    let event = Event::new("page.written", "item", item.id).by(by).within("course", item.course);
    tx.record(&event.with("version", number))?;
    Ok(number)
}

/// Where addresses of a page lead that name something of the course: `page:NAME` and `item/NAME` to the item of that
/// source or title, `files/NAME` to the file of that path or name, `kept/NAME` to the course itself, since what it names
/// is only kept.
fn resolver(tx: &mut Tx<'_>, course: CourseId) -> Result<impl Fn(&str) -> Option<String> + use<>> {
    let items: Vec<(ItemId, String, Option<String>)> =
        tx.all(sql!("select id, title, source from item where course = ?1 and deleted_at is null"), params![course])?;
    let files = course_file::all(tx, course)?;
    let by_source: HashMap<String, ItemId> =
        items.iter().filter_map(|(id, _, source)| Some((source.clone()?, *id))).collect();
    let mut by_title: HashMap<String, ItemId> = HashMap::new();
    for (id, title, _) in items {
        by_title.entry(text::slug(&title)).or_insert(id);
    }
    let mut by_path: HashMap<String, String> = HashMap::new();
    for file in &files {
        let url = course_file::url(course, file.id, &file.name);
        by_path.entry(file.name.clone()).or_insert_with(|| url.clone());
        by_path.extend(file.path.clone().map(|path| (path, url)));
    }
    Ok(move |url: &str| {
        let (plain, fragment) = url.split_once('#').map_or((url, None), |(plain, fragment)| (plain, Some(fragment)));
        if let Some(name) = plain.strip_prefix("page:").or_else(|| plain.strip_prefix("item/")) {
            let id = by_source.get(name).or_else(|| by_title.get(name))?;
            let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            return Some(format!("/courses/{course}/items/{id}{fragment}"));
        }
        if plain.starts_with("kept/") {
            return Some(format!("/courses/{course}"));
        }
        let plain = web::url::decoded(plain);
        let named = plain.strip_prefix("files/").and_then(|name| by_path.get(name));
        named.or_else(|| by_path.get(&plain)).cloned()
    })
}

/// Markdown as the page would show it.
pub fn preview(tx: &mut Tx<'_>, course: CourseId, source: &str) -> Result<String> {
    Ok(to_html(source, &Options { resolve: Some(&resolver(tx, course)?), ..Options::default() }).html)
}

/// The newest version.
pub fn latest(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<Version>> {
    tx.maybe(
        sql!(
            "select number, format, source, html, words, made_at, made_by from page_version where item = ?1
             order by number desc limit 1"
        ),
        params![item],
    )
}

/// One version; [`store::Error::NotFound`] where there is none.
pub fn version(tx: &mut Tx<'_>, item: ItemId, number: i64) -> Result<Version> {
    tx.one(
        sql!(
            "select number, format, source, html, words, made_at, made_by from page_version
             where item = ?1 and number = ?2"
        ),
        params![item, number],
    )
}

/// All versions, newest first.
pub fn versions(tx: &mut Tx<'_>, item: ItemId) -> Result<Vec<VersionLine>> {
    tx.all(
        sql!(
            "select v.number, v.words, v.made_at, trim(p.given || ' ' || p.family) as made_by_name
             from page_version v left join person p on p.id = v.made_by where v.item = ?1 order by v.number desc"
        ),
        params![item],
    )
}

/// Keeps what somebody has typed.
pub fn keep_draft(tx: &mut Tx<'_>, item: ItemId, person: PersonId, source: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into page_draft (item, person, source, at) values (?1, ?2, ?3, ?4)
             on conflict (item, person) do update set source = excluded.source, at = excluded.at"
        ),
        params![item, person, source, now],
    )?;
    Ok(())
}

/// What somebody has typed and not saved, and when.
pub fn draft(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Option<(String, Time)>> {
    tx.maybe(sql!("select source, at from page_draft where item = ?1 and person = ?2"), params![item, person])
}

/// Lets go of it.
pub fn drop_draft(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<()> {
    tx.execute(sql!("delete from page_draft where item = ?1 and person = ?2"), params![item, person])?;
    Ok(())
}

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Page;

impl ActivityKind for Page {
    fn key(&self) -> &'static str {
        "page"
    }
    fn icon(&self) -> &'static str {
        "file-text"
    }
    fn label_id(&self) -> &'static str {
        word!("materials-page")
    }
    fn create(&self, _: &mut Tx<'_>, _: &Item, _: PersonId) -> Result<()> {
        Ok(())
    }
    fn show(&self, tx: &mut Tx<'_>, _: &Ctx, page: &web::Page, item: &Item) -> Result<Shown, web::Error> {
        let html = match latest(tx, item.id)? {
            Some(version) => format!("<div class=\"prose\">{}</div>", version.html),
            None => format!("<p class=\"muted\">{}</p>", page.t("materials-page-empty")),
        };
        Ok(Shown { html, ..Shown::default() })
    }
    fn editor(&self, item: &Item) -> Option<String> {
        Some(crate::pages::content_path(item))
    }
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
        match latest(tx, from)? {
            Some(Version { format: Format::Markdown, source, .. }) => {
                write(tx, to, &Body::Markdown(source), by).map(|_| ())
            }
            Some(Version { source, .. }) => write(tx, to, &Body::Html(source), by).map(|_| ()),
            None => Ok(()),
        }
    }
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<String> {
        Ok(latest(tx, item)?.map(|version| text::html::visible_text(&version.html)).unwrap_or_default())
    }
}
