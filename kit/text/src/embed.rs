//! What a page shows out of another place: frames, players, objects. What lies in the course itself is shown as what it
//! is; what lies on another site becomes a link to it, which a reader may open or have played.

use markup5ever_rcdom::Handle;

use crate::dom;
use crate::html::escape;

const CLIPS: &[&str] = &["mp4", "m4v", "webm", "mov", "ogv"];
const SOUNDS: &[&str] = &["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac"];
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

/// The address of a player that shows this clip within a page, where it is a clip of a site that offers one without
/// following its visitors: YouTube and Vimeo.
pub fn player(url: &str) -> Option<String> {
    clip(url).map(|clip| match clip {
        Clip::YouTube(id, start) => {
            let start = start.map(|at| format!("?start={at}")).unwrap_or_default();
            format!("{YOUTUBE}/embed/{id}{start}")
        }
        Clip::Vimeo(id) => format!("{VIMEO}/video/{id}?dnt=1"),
    })
}

/// The sites that [`player`] leads to.
pub const PLAYERS: &[&str] = &[YOUTUBE, VIMEO];

const YOUTUBE: &str = "https://www.youtube-nocookie.com";
const VIMEO: &str = "https://player.vimeo.com";

enum Clip<'u> {
    YouTube(&'u str, Option<u32>),
    Vimeo(&'u str),
}

fn clip(url: &str) -> Option<Clip<'_>> {
    let rest = url.trim().split_once("://").filter(|(scheme, _)| scheme.starts_with("http")).map(|(_, rest)| rest)?;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(&host);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let query = query.split('#').next().unwrap_or_default();
    let asked = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let plain = |id: &&str| {
        id.len() >= 6 && id.len() <= 20 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    let last = |path: &'_ str, start: &str| path.strip_prefix(start).map(str::len);
    let part =
        |start: &str| last(path, start).map(|left| path[path.len() - left..].split('/').next().unwrap_or_default());
    match host {
        "youtube.com" | "youtube-nocookie.com" | "youtu.be" => {
            let id = match host {
                "youtu.be" => path.split('/').next(),
                _ if path == "watch" => asked("v"),
                _ => part("embed/").or_else(|| part("shorts/")).or_else(|| part("v/")).or_else(|| part("live/")),
            };
            let start = asked("start").or_else(|| asked("t")).and_then(|at| at.trim_end_matches('s').parse().ok());
            id.filter(plain).filter(|id| *id != "videoseries").map(|id| Clip::YouTube(id, start))
        }
        "vimeo.com" | "player.vimeo.com" => {
            let id = part("video/").or_else(|| path.split('/').next());
            id.filter(|id| (6..=12).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())).map(Clip::Vimeo)
        }
        _ => None,
    }
}

/// Where one watches a clip on its own site; any other address as it is.
fn page_of(url: &str) -> String {
    match clip(url) {
        Some(Clip::YouTube(id, start)) => {
            let start = start.map(|at| format!("&t={at}")).unwrap_or_default();
            format!("https://www.youtube.com/watch?v={id}{start}")
        }
        Some(Clip::Vimeo(id)) => format!("https://vimeo.com/{id}"),
        None => url.to_owned(),
    }
}

/// What stands in the place of a frame, an object or a player.
pub(crate) enum Instead {
    /// Something of the course itself, shown as what it is.
    Shown(Vec<Handle>),
    /// A link to another site.
    Link(Vec<Handle>),
    /// It named no address: what it holds for readers who cannot see it.
    Words(Vec<Handle>),
}

/// What becomes of an `iframe`, `object` or `embed`.
pub(crate) fn instead(node: &Handle) -> Instead {
    let Some(address) = address(node) else {
        let held: Vec<Handle> = node.children.take();
        return Instead::Words(held.into_iter().filter(|child| dom::tag(child) != Some("param")).collect());
    };
    let title = ["title", "aria-label", "alt"].iter().find_map(|name| dom::attr(node, name));
    let title = title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    if is_elsewhere(&address) {
        let address = if address.starts_with("//") { format!("https:{address}") } else { address };
        return Instead::Link(link(&page_of(&address), title));
    }
    Instead::Shown(own(&address, title))
}

/// Whether an address leads to another site.
pub(crate) fn is_elsewhere(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    ["http://", "https://", "//"].iter().any(|start| lower.starts_with(start))
}

fn address(node: &Handle) -> Option<String> {
    let of = |node: &Handle, names: &[&str]| {
        let found = names.iter().find_map(|name| dom::attr(node, name));
        found.map(|address| address.trim().to_owned()).filter(|address| !address.is_empty())
    };
    of(node, &["src", "data", "data-src"]).or_else(|| {
        dom::descendants(node).iter().find_map(|inner| match dom::tag(inner) {
            Some("embed" | "iframe") => of(inner, &["src"]),
            Some("param") => {
                let name = dom::attr(inner, "name").unwrap_or_default().to_ascii_lowercase();
                ["movie", "src", "url", "filename"].contains(&name.as_str()).then(|| of(inner, &["value"])).flatten()
            }
            _ => None,
        })
    })
}

fn link(address: &str, title: Option<String>) -> Vec<Handle> {
    let host = address.split("://").nth(1).and_then(|rest| rest.split(['/', '?']).next()).unwrap_or(address);
    let shown = title.unwrap_or_else(|| host.to_owned());
    let html = format!("<p><a href=\"{}\">{}</a></p>", escape(address), escape(&shown));
    dom::parse(&html).children.take()
}

/// A file of the course: a clip, a sound and a picture are shown, everything else is linked by its name.
fn own(address: &str, title: Option<String>) -> Vec<Handle> {
    let safe = escape(address);
    let named = |name: &str| title.as_ref().map(|title| format!(" {name}=\"{}\"", escape(title))).unwrap_or_default();
    let html = match sort(address) {
        Sort::Clip => format!("<video controls src=\"{safe}\"{}></video>", named("title")),
        Sort::Sound => format!("<audio controls src=\"{safe}\"{}></audio>", named("title")),
        Sort::Picture => format!("<p><img src=\"{safe}\"{}></p>", named("alt")),
        Sort::Other => {
            let shown = title.clone().unwrap_or_else(|| name_of(address));
            format!("<p><a href=\"{safe}\">{}</a></p>", escape(&shown))
        }
    };
    dom::parse(&html).children.take()
}

enum Sort {
    Clip,
    Sound,
    Picture,
    Other,
}

fn sort(address: &str) -> Sort {
    let plain = address.split(['?', '#']).next().unwrap_or_default();
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        ending if CLIPS.contains(&ending) => Sort::Clip,
        ending if SOUNDS.contains(&ending) => Sort::Sound,
        ending if PICTURES.contains(&ending) => Sort::Picture,
        _ => Sort::Other,
    }
}

/// The name of a file, as it stands at the end of its address.
fn name_of(address: &str) -> String {
    let plain = address.split(['?', '#']).next().unwrap_or_default();
    plain.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(plain).replace("%20", " ")
}

/// Canvas writes clips and sounds within a text as links of a class; they play where they stand.
pub(crate) fn comment(link: &Handle) -> Option<Vec<Handle>> {
    if !dom::has_class(link, &["instructure_inline_media_comment"]) {
        return None;
    }
    let address = dom::attr(link, "href").filter(|address| !is_elsewhere(address) && !address.trim().is_empty())?;
    let safe = escape(&address);
    let is_sound = dom::has_class(link, &["audio_comment"]) || matches!(sort(&address), Sort::Sound);
    let tag = if is_sound { "audio" } else { "video" };
    matches!(sort(&address), Sort::Clip | Sort::Sound)
        .then(|| dom::parse(&format!("<{tag} controls src=\"{safe}\"></{tag}>")).children.take())
}

/// A picture of another site as a link to it: a page that showed it would tell that site who reads. Within a link its
/// description stands for it.
pub(crate) fn picture(picture: &Handle) -> Vec<Handle> {
    let address = dom::attr(picture, "src").unwrap_or_default();
    let address = if address.starts_with("//") { format!("https:{address}") } else { address };
    let shown = dom::attr(picture, "alt").map(|alt| alt.trim().to_owned()).unwrap_or_default();
    if shown.is_empty() {
        // A picture without a description is decoration.
        return Vec::new();
    }
    // The words of a picture must not grow together with those beside it.
    if dom::is_inside(picture, &["a"]) {
        return vec![dom::words(&format!("{shown} "))];
    }
    let mut html = dom::parse(&format!("<a href=\"{}\">{}</a>", escape(&address), escape(&shown))).children.take();
    html.push(dom::words(" "));
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clips_of_known_sites_have_a_player_that_does_not_follow() {
        for (url, expected) in [
            (
                "https://www.youtube.com/watch?v=PK-2DBIVDO8&feature=youtu.be",
                "https://www.youtube-nocookie.com/embed/PK-2DBIVDO8",
            ),
            ("https://youtu.be/1C8sxbtZBYU?t=75", "https://www.youtube-nocookie.com/embed/1C8sxbtZBYU?start=75"),
            ("http://m.youtube.com/embed/1C8sxbtZBYU?rel=0", "https://www.youtube-nocookie.com/embed/1C8sxbtZBYU"),
            ("https://player.vimeo.com/video/123456789?h=a", "https://player.vimeo.com/video/123456789?dnt=1"),
            ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
        ] {
            assert_eq!(player(url).as_deref(), Some(expected), "{url}");
        }
        for url in [
            "https://www.youtube.com/",
            "https://youtu.be/",
            "https://youtube.com.evil.example/watch?v=1C8sxbtZBYU",
            "https://www.youtube.com/embed/videoseries?list=PL1",
            "https://vimeo.com/about",
            "youtube.com/watch?v=1C8sxbtZBYU",
            "javascript://youtu.be/1C8sxbtZBYU",
            "https://youtu.be/\"><script>",
        ] {
            assert_eq!(player(url), None, "{url}");
        }
    }
}
