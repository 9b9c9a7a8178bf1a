//! The addresses of a course become those of a package.

use cartridge::{assignment_address, course_address, file_address, page_address};
use outline::ItemId;
use store::Id;
use text::html::rewrite_links;
use text::markdown::map_addresses;

use super::load::Whole;

/// A page's HTML with the addresses that packages use, and formulas as others write them.
pub(super) fn html(whole: &Whole, html: &str) -> String {
    text::html::with_plain_formulas(&rewrite_links(html, |_, address| packaged(whole, address)))
}

/// Markdown as it was written, its addresses those of the package.
pub(super) fn markdown(whole: &Whole, source: &str) -> String {
    map_addresses(source, |address| {
        let resolved = whole.addresses.resolve(address);
        packaged(whole, resolved.as_deref().unwrap_or(address))
    })
}

/// The address in the package of something of this course; none for what lies elsewhere.
fn packaged(whole: &Whole, address: &str) -> Option<String> {
    let (address, fragment) = match address.split_once('#') {
        Some((address, fragment)) => (address, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let rest = address.strip_prefix(&format!("/courses/{}", whole.course.id))?;
    if let Some(id) = rest.strip_prefix("/items/") {
        let id: ItemId = id.parse().ok()?;
        let assignment = whole.items.iter().find(|item| item.id == id).and_then(|item| whole.assignment_of(item));
        if let Some(assignment) = assignment {
            return Some(assignment_address(&assignment.identifier));
        }
        if let Some(page) = whole.pages.get(&id) {
            return Some(format!("{}{fragment}", page_address(&page.slug)));
        }
        if let Some(file) = whole.shown.get(&id) {
            return whole.places.get(&file.id.0).map(|place| file_address(place));
        }
        return Some(whole.links.get(&id).map_or_else(course_address, |(url, _)| url.clone()));
    }
    if let Some(file) = rest.strip_prefix("/files/") {
        let id: Id = file.split('/').next()?.parse().ok()?;
        return whole.places.get(&id).map(|place| file_address(place));
    }
    Some(course_address())
}
