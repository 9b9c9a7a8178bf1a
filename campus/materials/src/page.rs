//! The kind `page`: text that one reads, in Markdown, or in cleaned HTML where it came from elsewhere and Markdown would
//! lose something. Every save is a version; any of them can be brought back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use courses::CourseId;
use outline::{ActivityKind, Copied, Item, ItemId, Shown, Visit};
use people::PersonId;
use store::{Event, FromRow, Result, Time, Tx, params, sql};
use text::html::rewrite_links;
use text::markdown::{Options, to_html};
use web::{Ctx, word};

use crate::{FileId, course_file};

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

impl Version {
    /// What it says.
    pub fn body(&self) -> Body {
        match self.format {
            Format::Markdown => Body::Markdown(self.source.clone()),
            Format::Html => Body::Html(self.source.clone()),
        }
    }
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
    let (html, files) = rendered(tx, item.course, body)?;
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
    course_file::note_uses(tx, item.id, &files)?;
    tx.execute(sql!("delete from page_draft where item = ?1 and person = ?2"), params![item.id, by])?;
    item.count_minutes(tx, u32::try_from(words.div_ceil(180)).unwrap_or(u32::MAX))?;
    let event = Event::new("page.written", "item", item.id).by(by).within("course", item.course);
    tx.record(&event.with("version", number))?;
    Ok(number)
}

/// A page as it would be shown, and the files of the course that it shows or links.
fn rendered(tx: &mut Tx<'_>, course: CourseId, body: &Body) -> Result<(String, BTreeSet<FileId>)> {
    let addresses = addresses(tx, course)?;
    let resolve = |url: &str| addresses.resolve(url);
    let html = match body {
        Body::Markdown(source) => {
            let words = web::Page::stranger(&addresses.language, tx.now());
            let callout = |kind: &str| words.t(callout_word(kind));
            let html = to_html(source, &Options { resolve: Some(&resolve), callout: Some(&callout) }).html;
            // HTML within Markdown has addresses too.
            if html.contains("\"files/") || html.contains("\"item/") {
                rewrite_links(&html, |_, url| resolve(url))
            } else {
                html
            }
        }
        Body::Html(source) => text::html::clean(&rewrite_links(source, |_, url| resolve(url))).html,
    };
    let files = addresses.files_in(&html);
    Ok((html, files))
}

/// The title of a callout that has none, by its kind.
fn callout_word(kind: &str) -> &'static str {
    match kind {
        "tip" => word!("materials-callout-tip"),
        "important" => word!("materials-callout-important"),
        "warning" => word!("materials-callout-warning"),
        "caution" => word!("materials-callout-caution"),
        _ => word!("materials-callout-note"),
    }
}

/// Where addresses of a page lead that name something of its course: `page:NAME` and `item/NAME` to the item of that
/// source or title, `files/NAME` to the file of that path or name, `kept/NAME` to the course itself, since what it names
/// is only kept.
#[derive(Clone, Debug)]
pub struct Addresses {
    course: CourseId,
    language: String,
    by_source: HashMap<String, ItemId>,
    by_title: HashMap<String, ItemId>,
    by_path: HashMap<String, String>,
    files: BTreeSet<FileId>,
}

/// The addresses of a course.
pub fn addresses(tx: &mut Tx<'_>, course: CourseId) -> Result<Addresses> {
    let language: String = tx.value(sql!("select language from course where id = ?1"), params![course])?;
    let items: Vec<(ItemId, String, Option<String>)> = tx.all(
        sql!("select id, title, source from item where course = ?1 and deleted_at is null order by position, id"),
        params![course],
    )?;
    let files = course_file::all(tx, course)?;
    let by_source = items.iter().filter_map(|(id, _, source)| Some((source.clone()?, *id))).collect();
    let mut by_title: HashMap<String, ItemId> = HashMap::new();
    for (id, title, _) in items {
        by_title.entry(text::slug(&title)).or_insert(id);
    }
    let mut by_path: HashMap<String, String> = HashMap::new();
    for file in &files {
        let url = course_file::url(course, file.id, &file.name);
        by_path.entry(file.name.clone()).or_insert_with(|| url.clone());
    }
    // A path is more exact than a name.
    for file in &files {
        let url = course_file::url(course, file.id, &file.name);
        by_path.extend(file.path.clone().map(|path| (path, url)));
    }
    let files = files.iter().map(|file| file.id).collect();
    Ok(Addresses { course, language, by_source, by_title, by_path, files })
}

impl Addresses {
    /// Where an address leads; none where it names nothing of the course.
    pub fn resolve(&self, url: &str) -> Option<String> {
        let course = self.course;
        let (plain, fragment) = url.split_once('#').map_or((url, None), |(plain, fragment)| (plain, Some(fragment)));
        if let Some(name) = plain.strip_prefix("page:").or_else(|| plain.strip_prefix("item/")) {
            let named = web::url::decoded(name);
            let by_title = || self.by_title.get(&text::slug(&named));
            let id = self.by_source.get(name).or_else(by_title)?;
            let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            return Some(format!("/courses/{course}/items/{id}{fragment}"));
        }
        if plain.starts_with("kept/") {
            return Some(format!("/courses/{course}"));
        }
        let plain = web::url::decoded(plain);
        let named = plain.strip_prefix("files/").and_then(|name| self.by_path.get(name));
        named.or_else(|| self.by_path.get(&plain)).cloned()
    }

    /// The files of the course that HTML shows or links.
    fn files_in(&self, html: &str) -> BTreeSet<FileId> {
        let start = format!("/courses/{}/files/", self.course);
        let named = html.split(&start).skip(1).filter_map(|rest| rest.get(..36)?.parse::<FileId>().ok());
        named.filter(|id| self.files.contains(id)).collect()
    }
}

/// A page as it would be shown.
pub fn shown(tx: &mut Tx<'_>, course: CourseId, body: &Body) -> Result<String> {
    Ok(rendered(tx, course, body)?.0)
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

/// Clips of known sites get a button with which a reader has them played in the page; until then that site learns
/// nothing. Answers the sites that a frame may come from.
fn with_players(page: &web::Page, html: &str) -> (String, Vec<String>) {
    const START: &str = "<p class=\"embed\"><a href=\"";
    let mut out = String::with_capacity(html.len() + 200);
    let mut frames: BTreeSet<&str> = BTreeSet::new();
    let mut rest = html;
    while let Some(at) = rest.find(START) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let address = from[START.len()..].split('"').next().unwrap_or_default().replace("&amp;", "&");
        let player = text::embed::player(&address);
        let end = from.find("</p>").map_or(from.len(), |end| end + 4);
        match player
            .and_then(|player| Some((text::embed::PLAYERS.iter().find(|site| player.starts_with(**site))?, player)))
        {
            Some((site, player)) => {
                frames.insert(site);
                let host = site.trim_start_matches("https://");
                out.push_str(&format!(
                    "<stoa-embed data-player=\"{}\" data-play=\"{}\" data-note=\"{}\">{}</stoa-embed>",
                    player.replace('&', "&amp;"),
                    page.t("materials-play-here"),
                    page.ta("materials-play-note", &[("host", host)]),
                    &from[..end]
                ));
            }
            None => out.push_str(&from[..end]),
        }
        rest = &from[end..];
    }
    out.push_str(rest);
    (out, frames.into_iter().map(str::to_owned).collect())
}

/// A text of a course that was copied, for the copy: the files that it shows are copied too, and its addresses lead into
/// the copy's own course. `html` is the text as it is shown, `addresses` are those of the course that was copied.
pub fn brought_along(
    tx: &mut Tx<'_>,
    addresses: &Addresses,
    copied: &Copied<'_>,
    (html, body): (&str, &Body),
    by: PersonId,
) -> Result<Body> {
    let mut files: BTreeMap<FileId, String> = BTreeMap::new();
    for file in addresses.files_in(html) {
        if let Some(new) = course_file::copy(tx, file, copied.to, by)? {
            let name = course_file::find(tx, copied.to, new)?.name;
            files.insert(file, course_file::url(copied.to, new, &name));
        }
    }
    let start = format!("/courses/{}/", copied.from);
    let lead = |address: &str| {
        let resolved = addresses.resolve(address).unwrap_or_else(|| address.to_owned());
        let rest = resolved.strip_prefix(&start)?;
        if let Some(file) = rest.strip_prefix("files/") {
            return files.get(&file.split('/').next()?.parse().ok()?).cloned();
        }
        let item = rest.strip_prefix("items/")?;
        let (item, fragment) = item.split_once('#').map_or((item, None), |(item, fragment)| (item, Some(fragment)));
        let item = copied.items.get(&item.parse().ok()?)?;
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        Some(format!("/courses/{}/items/{item}{fragment}", copied.to))
    };
    Ok(match body {
        Body::Markdown(source) => Body::Markdown(text::markdown::map_addresses(source, lead)),
        Body::Html(source) => Body::Html(rewrite_links(source, |_, address| lead(address))),
    })
}

/// Copies the files that a copied page shows, and leads its addresses into its own course.
fn bring_along(
    tx: &mut Tx<'_>,
    addresses: &Addresses,
    copied: &Copied<'_>,
    from: ItemId,
    to: &Item,
    by: PersonId,
) -> Result<()> {
    let Some(old) = latest(tx, from)? else { return Ok(()) };
    let body = brought_along(tx, addresses, copied, (&old.html, &old.body()), by)?;
    let number = write(tx, to, &body, by)?;
    // What the copy said before its addresses were right was never read by anybody.
    tx.execute(sql!("delete from page_version where item = ?1 and number < ?2"), params![to.id, number])?;
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
    fn show(
        &self,
        tx: &mut Tx<'_>,
        _: &Ctx,
        page: &web::Page,
        item: &Item,
        _: &Visit<'_>,
    ) -> Result<Shown, web::Error> {
        let Some(version) = latest(tx, item.id)?.filter(|version| !version.html.trim().is_empty()) else {
            let html = format!("<p class=\"muted\">{}</p>", page.t("materials-page-empty"));
            return Ok(Shown { html, ..Shown::default() });
        };
        let (html, frames) = with_players(page, &version.html);
        let styles = if frames.is_empty() { Vec::new() } else { vec!["css/player.css"] };
        Ok(Shown { html: format!("<div class=\"prose\">{html}</div>"), styles, frames, ..Shown::default() })
    }
    fn editor(&self, item: &Item) -> Option<String> {
        Some(crate::pages::content_path(item))
    }
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
        match latest(tx, from)? {
            Some(version) => write(tx, to, &version.body(), by).map(|_| ()),
            None => Ok(()),
        }
    }
    /// Files and other items that a page names are those of its own course: also where it was copied out of another.
    fn copied(&self, tx: &mut Tx<'_>, copied: &Copied<'_>, by: PersonId) -> Result<()> {
        let addresses = addresses(tx, copied.from)?;
        for (from, to) in copied.items {
            let to = Item::find(tx, copied.to, *to)?;
            if to.kind == "page" {
                bring_along(tx, &addresses, copied, *from, &to, by)?;
            }
        }
        Ok(())
    }
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<String> {
        Ok(latest(tx, item)?.map(|version| text::html::visible_text(&version.html)).unwrap_or_default())
    }
}
