//! The kind `link`: a place on the web.

use askama::Template;
use outline::{ActivityKind, Item, ItemId, Shown};
use people::PersonId;
use store::{Result, Tx, params, sql};
use web::{Ctx, word};

/// The longest address, in characters.
pub const URL_MAX: usize = 2_000;

/// Sets where it leads.
pub fn write(tx: &mut Tx<'_>, item: &Item, url: &str, by: PersonId) -> Result<()> {
    tx.execute(
        sql!(
            "insert into link_content (item, url) values (?1, ?2) on conflict (item) do update set url = excluded.url"
        ),
        params![item.id, url],
    )?;
    tx.record(
        &store::Event::new("link.written", "item", item.id).by(by).within("course", item.course).with("url", url),
    )?;
    Ok(())
}

/// Where it leads.
pub fn url(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<String>> {
    Ok(tx.maybe::<(String,)>(sql!("select url from link_content where item = ?1"), params![item])?.map(|(url,)| url))
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
    url: String,
    host: String,
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
    fn show(&self, tx: &mut Tx<'_>, _: &Ctx, page: &web::Page, item: &Item) -> Result<Shown, web::Error> {
        let Some(url) = url(tx, item.id)?.filter(|url| is_safe(url)) else {
            return Ok(Shown {
                html: format!("<p class=\"muted\">{}</p>", page.t("materials-link-empty")),
                ..Shown::default()
            });
        };
        let host =
            url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or(&url).to_owned();
        Ok(Shown { html: LinkView { page, url, host }.render()?, ..Shown::default() })
    }
    fn editor(&self, item: &Item) -> Option<String> {
        Some(crate::pages::content_path(item))
    }
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
        url(tx, from)?.map_or(Ok(()), |url| write(tx, to, &url, by))
    }
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<String> {
        Ok(url(tx, item)?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn only_addresses_that_do_not_run_are_linked() {
        assert!(is_safe("https://example.org/a") && is_safe("mailto:a@example.org"));
        assert!(!is_safe("javascript:alert(1)") && !is_safe("data:text/html,x") && !is_safe("https://"));
    }
}
