//! The kind `link`: a place on the web.

use askama::Template;
use outline::{ActivityKind, Item, ItemId, Shown, Visit};
use people::PersonId;
use store::{FromRow, Result, Tx, params, sql};
use web::{Ctx, word};

/// The longest address, in characters.
pub const URL_MAX: usize = 2_000;

store::text_enum! {
    /// How a link opens.
    pub enum Opens {
        /// In a tab of its own.
        Tab = "tab",
        /// In the same tab: the reader leaves the course.
        Here = "here",
        /// In a frame within the course, once the reader asks for it.
        Frame = "frame",
    }
}

/// Where a link leads, and how it opens.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LinkContent {
    /// The address.
    pub url: String,
    /// How it opens.
    pub opens: Opens,
}

/// Sets where it leads.
pub fn write(tx: &mut Tx<'_>, item: &Item, url: &str, opens: Opens, by: PersonId) -> Result<()> {
    tx.execute(
        sql!(
            "insert into link_content (item, url, opens) values (?1, ?2, ?3)
             on conflict (item) do update set url = excluded.url, opens = excluded.opens"
        ),
        params![item.id, url, opens],
    )?;
    tx.record(
        &store::Event::new("link.written", "item", item.id).by(by).within("course", item.course).with("url", url),
    )?;
    Ok(())
}

/// Where it leads.
pub fn find(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<LinkContent>> {
    tx.maybe(sql!("select url, opens from link_content where item = ?1"), params![item])
}

/// The address that a frame may show: a player of a clip, or the page itself where it is encrypted. Whether its site
/// allows to be shown in a frame, only that site knows.
pub fn framed(url: &str) -> Option<String> {
    text::embed::player(url).or_else(|| url.trim().starts_with("https://").then(|| url.trim().to_owned()))
}

/// The site of an address, as a policy names it: `https://example.org`.
fn site(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    let plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    plain.then(|| format!("https://{host}"))
}

/// Whether an address may be linked: the web, or a mail address; nothing that runs.
pub fn is_safe(url: &str) -> bool {
    let lower = url.trim().to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|start| lower.starts_with(start) && lower.len() > start.len())
}

#[derive(Template)]
#[template(path = "materials/link.html")]
struct LinkView<'v> {
    page: &'v web::Page,
    title: &'v str,
    link: LinkContent,
    host: String,
    frame: Option<String>,
}

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Link;

impl ActivityKind for Link {
    fn key(&self) -> &'static str {
        "link"
    }
    fn icon(&self) -> &'static str {
        "link"
    }
    fn label_id(&self) -> &'static str {
        word!("materials-link")
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
        let Some(link) = find(tx, item.id)?.filter(|link| is_safe(&link.url)) else {
            return Ok(Shown {
                html: format!("<p class=\"muted\">{}</p>", page.t("materials-link-empty")),
                ..Shown::default()
            });
        };
        let host = link.url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
        let host = host.unwrap_or(&link.url).to_owned();
        let frame = framed(&link.url).filter(|_| link.opens == Opens::Frame);
        let frames: Vec<String> = frame.as_deref().and_then(site).into_iter().collect();
        let is_wide = frame.is_some();
        let view = LinkView { page, title: &item.title, host, frame, link };
        Ok(Shown { html: view.render()?, styles: vec!["css/player.css"], is_wide, frames })
    }
    fn editor(&self, item: &Item) -> Option<String> {
        Some(crate::pages::content_path(item))
    }
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
        find(tx, from)?.map_or(Ok(()), |link| write(tx, to, &link.url, link.opens, by))
    }
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<String> {
        Ok(find(tx, item)?.map(|link| link.url).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_do_not_run_are_linked() {
        assert!(is_safe("https://example.org/a") && is_safe("mailto:a@example.org"));
        assert!(!is_safe("javascript:alert(1)") && !is_safe("data:text/html,x") && !is_safe("https://"));
    }

    #[test]
    fn a_frame_is_allowed_for_exactly_its_site() {
        let clip = framed("https://youtu.be/1C8sxbtZBYU").unwrap();
        assert_eq!(site(&clip).as_deref(), Some("https://www.youtube-nocookie.com"));
        assert_eq!(site("https://a.example:8443/x?y").as_deref(), Some("https://a.example:8443"));
        assert_eq!(framed("http://a.example/"), None, "what is not encrypted is not shown in a page that is");
        for odd in ["https://", "https://a; script-src *", "https://a'b/", "mailto:a@example.org"] {
            assert_eq!(site(odd), None, "{odd}");
        }
    }
}
