//! Texts of a package: their addresses become places of the course, they are cleaned, and written in Markdown where that
//! loses nothing.

use base64::Engine as _;
use cartridge::{Content, Target};
use sha2::{Digest, Sha256};
use text::html::{Fate as HtmlFate, LinkKind, clean, rewrite_links, to_markdown};
use text::markdown::map_addresses;

use super::PlannedContent;
use super::planner::Planner;
use crate::report::Note;

/// Notes on the links of one text at most; a page with more of them is told as one that is full of them.
const LINK_NOTES_MAX: usize = 20;

/// A text as it goes into the course.
pub(super) struct Text {
    pub(super) content: PlannedContent,
    pub(super) notes: Vec<Note>,
}

impl Planner<'_> {
    /// A text with its addresses rewritten, cleaned, in Markdown where that loses nothing.
    pub(super) fn text(&mut self, body: &str, path: &str) -> Text {
        let mut notes = Vec::new();
        let rewritten = rewrite_links(body, |kind, address| {
            let (new, note) = self.address_in_text(address, path, kind);
            notes.extend(note.filter(|note| !notes.contains(note) && notes.len() < LINK_NOTES_MAX));
            new
        });
        let cleaned = clean(&rewritten);
        let mut gone = Vec::new();
        for removed in &cleaned.removed {
            match (removed.fate, removed.what.as_str()) {
                (HtmlFate::BecameLink, "img") => {
                    notes.push(Note::about("pictures-elsewhere", removed.count.to_string()));
                }
                (HtmlFate::BecameLink, _) => notes.push(Note::about("frames-elsewhere", removed.count.to_string())),
                (HtmlFate::Dropped, what) => gone.push(format!("{what} ({})", removed.count)),
            }
        }
        if !gone.is_empty() {
            notes.push(Note::about("removed", gone.join(", ")));
        }
        let converted = to_markdown(&cleaned.html);
        if converted.is_clean() {
            return Text { content: PlannedContent::Markdown(converted.markdown), notes };
        }
        notes.push(Note::plain("html"));
        Text { content: PlannedContent::Html(cleaned.html.trim().to_owned()), notes }
    }

    /// Markdown that this program wrote into the package.
    pub(super) fn own_markdown(&mut self, markdown: &str) -> String {
        map_addresses(markdown, |address| {
            // Only what was made an address of the package; all others are the author's.
            address.starts_with('$').then(|| self.address_in_text(address, "", LinkKind::Href).0).flatten()
        })
    }

    /// Where an address of a text leads in the new course; nothing leaves it.
    fn address_in_text(&mut self, address: &str, path: &str, kind: LinkKind) -> (Option<String>, Option<Note>) {
        if kind == LinkKind::Src
            && let Some(made) = self.picture_in_letters(address)
        {
            return (Some(made), None);
        }
        let link = self.links.resolve(address, path);
        let fragment = link.fragment.as_deref().map(place).unwrap_or_default();
        match &link.target {
            Target::Page(id) | Target::Assignment(id) => (self.shown_at(id, &fragment), None),
            Target::Quiz(id) | Target::Discussion(id) => self.kept_at(id, address),
            Target::Resource(id) => match self.course.resource(id).map(|resource| &resource.content) {
                Some(Content::WebLink(web)) => (Some(web.url.clone()), None),
                _ => self.kept_at(id, address),
            },
            Target::File(file) => {
                // A page of the package may be named by its file.
                let page = self.course.resources.iter().find(|resource| {
                    matches!(resource.content, Content::Page(_) | Content::Syllabus(_)) && resource.path() == Some(file)
                });
                if let Some(page) = page {
                    return (self.shown_at(&page.identifier, &fragment), None);
                }
                self.plan.files.insert(file.clone());
                (Some(self.file_address(file)), None)
            }
            Target::Module(_) | Target::CourseRoot => (Some("kept/course".to_owned()), None),
            Target::Unresolved(_) => {
                let shown: String = address.chars().take(80).collect();
                // No scheme that may stand in a page: cleaning leaves the words without the address.
                (Some("missing:".to_owned()), Some(Note::about("link-broken", shown)))
            }
            // A tool of Canvas around an address of the web leads to that address.
            Target::External(url) if url != address => (Some(url.clone()), None),
            // Outside, or a place in the same text; and whatever kinds of targets there may be one day.
            _ => (None, None),
        }
    }

    fn shown_at(&self, id: &str, fragment: &str) -> Option<String> {
        self.shown.get(id).map(|source| format!("item/{source}{fragment}"))
    }

    fn kept_at(&self, id: &str, address: &str) -> (Option<String>, Option<Note>) {
        let title = self.course.resource(id).and_then(|resource| resource.title.clone());
        let about = title.unwrap_or_else(|| address.chars().take(80).collect());
        (Some(format!("kept/{}", self.source("r", id))), Some(Note::about("link-left", about)))
    }

    fn file_address(&self, path: &str) -> String {
        let path: Vec<String> = path.split('/').map(web::url::encoded).collect();
        format!("files/{}/{}", self.plan.mark, path.join("/"))
    }

    /// A picture that stands in the text as letters becomes a file of the course.
    fn picture_in_letters(&mut self, address: &str) -> Option<String> {
        let rest = address.trim().strip_prefix("data:image/")?;
        let (kind, letters) = rest.split_once(";base64,")?;
        let ending = match kind {
            "png" | "gif" | "webp" => kind,
            "jpeg" | "jpg" => "jpg",
            "svg+xml" => "svg",
            _ => return None,
        };
        let letters: String = letters.chars().filter(|c| !c.is_whitespace()).collect();
        let bytes = base64::engine::general_purpose::STANDARD.decode(letters).ok()?;
        let path = self.made(&format!("picture.{ending}"), bytes);
        Some(self.file_address(&path))
    }

    /// A file that the package does not hold as one; the same bytes are one file.
    pub(super) fn made(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let digest: String = Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let path = format!("made/{digest}/{name}");
        self.plan.files.insert(path.clone());
        self.plan.made.insert(path.clone(), bytes);
        path
    }
}

/// A place in another page: ids of authors have a mark before them.
fn place(fragment: &str) -> String {
    let is_marked = fragment.starts_with("t-") || fragment.starts_with("h-");
    if is_marked { format!("#{fragment}") } else { format!("#t-{fragment}") }
}
