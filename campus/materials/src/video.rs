//! The kind `video`: a clip with captions, and the transcript that follows from them.

use askama::Template;
use outline::{ActivityKind, Item, ItemId, Shown, Visit};
use people::PersonId;
use serde::{Deserialize, Serialize};
use store::{Event, FromRow, Json, Result, Tx, params, sql};
use web::{Ctx, word};

use crate::FileId;
use crate::course_file::{self, CourseFile};

/// Lines of captions that are read at most; a clip of ten hours stays below.
const CUES_MAX: usize = 20_000;

/// One spoken line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// When it begins, in seconds.
    pub at: f64,
    /// What is said.
    pub text: String,
}

/// Captions in one language.
#[derive(Clone, Debug)]
pub struct Track {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// The WebVTT file.
    pub file: FileId,
    /// Its lines.
    pub cues: Vec<Cue>,
}

/// Captions as they are kept.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct StoredTrack {
    pub language: String,
    pub file: FileId,
    pub name: String,
    pub cues: Json<Vec<Cue>>,
}

/// Sets the clip and its captions.
pub fn write(tx: &mut Tx<'_>, item: &Item, file: FileId, tracks: &[Track], by: PersonId) -> Result<()> {
    tx.execute(
        sql!("insert into video_content (item, file) values (?1, ?2) on conflict (item) do update set file = excluded.file"),
        params![item.id, file],
    )?;
    for track in tracks {
        tx.execute(
            sql!(
                "insert into video_track (item, language, file, cues) values (?1, ?2, ?3, ?4)
                 on conflict (item, language) do update set file = excluded.file, cues = excluded.cues"
            ),
            params![item.id, track.language, track.file, Json(&track.cues)],
        )?;
    }
    tx.record(&Event::new("video.chosen", "item", item.id).by(by).within("course", item.course))?;
    Ok(())
}

/// Sets the lines of all captions that are read from a file.
pub(crate) fn set_cues(tx: &mut Tx<'_>, file: FileId, cues: &[Cue]) -> Result<()> {
    tx.execute(sql!("update video_track set cues = ?2 where file = ?1"), params![file, Json(cues)])?;
    Ok(())
}

/// The clip.
pub fn chosen(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<CourseFile>> {
    tx.maybe(
        sql!(
            "select f.* from video_content c join course_file_whole f on f.id = c.file
             where c.item = ?1 and f.deleted_at is null"
        ),
        params![item],
    )
}

/// Its captions.
pub fn tracks(tx: &mut Tx<'_>, item: ItemId) -> Result<Vec<StoredTrack>> {
    tx.all(
        sql!(
            "select t.language, t.file, f.name, t.cues from video_track t join course_file f on f.id = t.file
             where t.item = ?1 and f.deleted_at is null order by t.language"
        ),
        params![item],
    )
}

/// The lines of a WebVTT file (W3C WebVTT): times and text without marks. What cannot be read is passed over.
pub fn cues(vtt: &str) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let mut at = None;
    let mut text = String::new();
    for line in vtt.trim_start_matches('\u{feff}').lines().chain([""]) {
        if let Some((from, _)) = line.split_once("-->") {
            at = seconds(from.trim());
            text.clear();
        } else if line.trim().is_empty() {
            if let Some(at) = at.take().filter(|_| !text.is_empty() && out.len() < CUES_MAX) {
                out.push(Cue { at, text: text::html::visible_text(&text) });
            }
        } else if at.is_some() {
            text.push_str(line.trim());
            text.push(' ');
        }
    }
    out
}

/// `01:02:03.400` or `02:03.400`.
fn seconds(stamp: &str) -> Option<f64> {
    // `inf` and `NaN` are numbers to Rust.
    let digits = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    stamp.split(':').try_fold(0.0, |total, part| {
        let part = part.replace(',', ".");
        part.parse::<f64>().ok().filter(|_| digits(&part)).map(|part| total * 60.0 + part).filter(|at| at.is_finite())
    })
}

#[derive(Template)]
#[template(path = "materials/video.html")]
struct VideoView<'v> {
    page: &'v web::Page,
    item: &'v Item,
    url: String,
    media_type: String,
    tracks: Vec<TrackView>,
    cues: Vec<(f64, String, String)>,
}

struct TrackView {
    language: String,
    label: String,
    url: String,
    is_default: bool,
}

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Video;

impl ActivityKind for Video {
    fn key(&self) -> &'static str {
        "video"
    }
    fn icon(&self) -> &'static str {
        "video"
    }
    fn label_id(&self) -> &'static str {
        word!("materials-video")
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
        let Some(file) = chosen(tx, item.id)? else {
            return Ok(Shown {
                html: format!("<p class=\"muted\">{}</p>", page.t("materials-video-empty")),
                ..Shown::default()
            });
        };
        let stored = tracks(tx, item.id)?;
        // The transcript is shown in the reader's language where there is one, else in the first.
        let own =
            stored.iter().find(|track| track.language.split('-').next() == Some(page.lang.as_str())).or(stored.first());
        let cues = own.map(|track| track.cues.0.clone()).unwrap_or_default();
        let own = own.map(|track| track.language.clone());
        let tracks = stored.iter().map(|track| TrackView {
            is_default: Some(&track.language) == own.as_ref(),
            label: language_name(&track.language),
            url: course_file::url(item.course, track.file, &track.name),
            language: track.language.clone(),
        });
        let view = VideoView {
            url: course_file::url(item.course, file.id, &file.name),
            media_type: file.media_type,
            tracks: tracks.collect(),
            cues: cues.into_iter().map(|cue| (cue.at, clock(cue.at), cue.text)).collect(),
            page,
            item,
        };
        Ok(Shown { html: view.render()?, styles: vec!["css/player.css"], is_wide: true, ..Shown::default() })
    }
    fn editor(&self, item: &Item) -> Option<String> {
        Some(crate::pages::content_path(item))
    }
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
        let Some(file) = chosen(tx, from)? else { return Ok(()) };
        let Some(file) = course_file::copy(tx, file.id, to.course, by)? else { return Ok(()) };
        let mut copied = Vec::new();
        for track in tracks(tx, from)? {
            if let Some(file) = course_file::copy(tx, track.file, to.course, by)? {
                copied.push(Track { language: track.language, file, cues: track.cues.0 });
            }
        }
        write(tx, to, file, &copied, by)
    }
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<String> {
        let tracks = tracks(tx, item)?;
        let lines = tracks.iter().flat_map(|track| track.cues.0.iter().map(|cue| cue.text.as_str()));
        Ok(lines.collect::<Vec<_>>().join(" "))
    }
}

fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    match whole / 3600 {
        0 => format!("{}:{:02}", whole / 60, whole % 60),
        hours => format!("{hours}:{:02}:{:02}", whole / 60 % 60, whole % 60),
    }
}

/// A language under its own name, for the captions' menu.
fn language_name(tag: &str) -> String {
    match tag.split('-').next().unwrap_or(tag) {
        "en" => "English",
        "de" => "Deutsch",
        "fr" => "Français",
        "es" => "Español",
        "it" => "Italiano",
        "pt" => "Português",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "sv" => "Svenska",
        _ => tag,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_become_a_transcript() {
        let vtt = "\u{feff}WEBVTT\n\nNOTE a note\n\n1\n00:01.500 --> 00:03.000 align:start\n<v Ana>The tide\ncomes in.\n\n01:00:00.000 --> 01:00:01.000\nLate &amp; last\n\nbroken --> line\nx\n";
        let expected = [(1.5, "The tide comes in."), (3600.0, "Late & last")];
        let read: Vec<(f64, String)> = cues(vtt).into_iter().map(|cue| (cue.at, cue.text)).collect();
        assert_eq!(read, expected.map(|(at, text)| (at, text.to_owned())));
        assert_eq!((clock(75.4).as_str(), clock(3675.0).as_str()), ("1:15", "1:01:15"));
        assert_eq!(cues("NaN --> 1\nx\n\ninf --> 1\nx\n\n-5 --> 1\nx\n\n1e999 --> 1\nx\n"), []);
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_read_to_lines_that_can_be_kept(text in "([0-9:.,eEnaif -]{0,9}-->[ -~]{0,9}\n|[ -~é<>&;]{0,12}\n|\n){0,20}") {
            for cue in cues(&text) {
                proptest::prop_assert!(cue.at.is_finite() && cue.at >= 0.0);
                let kept = serde_json::to_string(&cue).unwrap();
                proptest::prop_assert_eq!(serde_json::from_str::<Cue>(&kept).unwrap(), cue);
            }
        }
    }
}
