//! Originals: what was in a package and has no kind yet. They are kept whole, so that the kind that can take them one day
//! reads them as if the package were still there.

use cartridge::{Builder, Cartridge, CourseSettings, Metadata, Package};
use courses::CourseId;
use files::{Files, Hash};
use serde::{Deserialize, Serialize};
use store::{FromRow, Json, Time, Tx, params, sql};

use crate::plan::{Part, Place, PlannedOriginal};
use crate::{ImportError, OriginalId, PACKAGE_BYTES_MAX};

/// Originals of one course at the most; a package with more of them is refused by its limits long before.
const ORIGINALS_MAX: i64 = 20_000;

/// A file of an original, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginalFile {
    /// Its path in the package.
    pub path: String,
    /// Its bytes are kept under this.
    pub hash: String,
    /// How many they are.
    pub size: u64,
}

/// Something of a package that has no kind yet.
#[derive(Clone, Debug, FromRow)]
pub struct Original {
    /// Its id.
    pub id: OriginalId,
    /// What it is known by at the next import.
    pub source: String,
    /// The identifier of its resource, or of its item where it has none.
    pub identifier: String,
    /// In a word: `quiz`, `question-bank`, `discussion`, `announcement`, `assignment`, `tool`, `settings`, `other`.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Its files.
    pub files: Json<Vec<OriginalFile>>,
    /// Its resource and those that describe it.
    pub parts: Json<Vec<Part>>,
    /// Where it stood in the outline.
    pub places: Json<Vec<Place>>,
}

impl Original {
    /// Everything that is kept of a course, in the order of its package.
    pub fn of_course(tx: &mut Tx<'_>, course: CourseId) -> store::Result<Vec<Self>> {
        tx.all(
            sql!(
                "select id, source, identifier, kind, title, files, parts, places from original where course = ?1
                 order by position, id limit ?2"
            ),
            params![course, ORIGINALS_MAX],
        )
    }

    /// Keeps one; what is kept of that source already is replaced.
    pub(crate) fn keep(
        tx: &mut Tx<'_>,
        course: CourseId,
        planned: &PlannedOriginal,
        files: &[OriginalFile],
        position: usize,
    ) -> store::Result<()> {
        let (id, now): (OriginalId, Time) = (tx.new_id(), tx.now());
        let own = planned.parts.first();
        tx.execute(
            sql!(
                "insert into original (id, course, source, identifier, kind, type, title, href, files, inline, module,
                                       position, parts, places, made_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
                 on conflict (course, source) do update set title = excluded.title, files = excluded.files,
                     inline = excluded.inline, kind = excluded.kind, type = excluded.type, href = excluded.href,
                     module = excluded.module, position = excluded.position, parts = excluded.parts,
                     places = excluded.places"
            ),
            params![
                id,
                course,
                planned.source,
                planned.identifier,
                planned.kind,
                own.map_or("", |part| part.kind.as_str()),
                planned.title,
                own.and_then(|part| part.href.clone()),
                Json(files),
                own.and_then(|part| part.inline.clone()),
                planned.places.first().map(|place| place.module.clone()),
                position,
                Json(&planned.parts),
                Json(&planned.places),
                now
            ],
        )?;
        Ok(())
    }

    /// Reads it as it was in its package: the answer's resources are its own and those that describe it, with their
    /// contents decoded.
    ///
    /// # Errors
    ///
    /// [`ImportError::Files`] where bytes are gone, [`ImportError::Package`] where it can no longer be read.
    pub async fn read(&self, files: &Files) -> Result<Cartridge, ImportError> {
        let settings = CourseSettings { title: Some(self.title.clone()), ..CourseSettings::default() };
        let mut builder = Builder::new(settings, Metadata::default());
        for file in self.files.0.iter().filter(|file| !is_written(&file.path)) {
            builder.bytes(&file.path, bytes(files, &file.hash).await?.to_vec())?;
        }
        for part in &self.parts.0 {
            builder.original(written(part, &self.parts.0));
        }
        let package = builder.write(std::io::Cursor::new(Vec::new()))?.into_inner();
        crate::run::blocking(move || Ok(Package::from_bytes(package, &cartridge::Limits::default())?.cartridge()?))
            .await
    }
}

/// The bytes behind a hash.
pub(crate) async fn bytes(files: &Files, hash: &str) -> Result<bytes::Bytes, ImportError> {
    let hash: Hash = hash.parse().map_err(|_| store::Error::NotFound)?;
    Ok(files.read_all(&hash, PACKAGE_BYTES_MAX).await?)
}

/// Files that every package of ours has anyway.
pub(crate) fn is_written(path: &str) -> bool {
    let own = [
        "course_settings.xml",
        "module_meta.xml",
        "files_meta.xml",
        "media_tracks.xml",
        "canvas_export.txt",
        "stoa.json",
    ];
    path.strip_prefix("course_settings/").is_some_and(|name| own.contains(&name))
}

/// A part as it goes into a package again; references that lead out of `among` are left out.
pub(crate) fn written(part: &Part, among: &[Part]) -> cartridge::Original {
    let known = |id: &&String| among.iter().any(|part| part.identifier == **id);
    let files: Vec<String> = part.files.iter().filter(|file| !is_written(file)).cloned().collect();
    cartridge::Original {
        identifier: part.identifier.clone(),
        kind: part.kind.clone(),
        intended_use: part.intended_use.clone(),
        href: part.href.clone().filter(|href| files.contains(href)),
        files,
        dependencies: part.dependencies.iter().filter(known).cloned().collect(),
        variants: part.variants.iter().filter(known).cloned().collect(),
        instructor_only: part.instructor_only,
        inline: part.inline.clone().map(String::into_bytes),
    }
}

/// Every hash that an original of any course needs, for backup and clearing up.
pub fn hashes(tx: &mut Tx<'_>) -> store::Result<Vec<String>> {
    let all: Vec<Json<Vec<OriginalFile>>> = tx.values(sql!("select files from original"), params![])?;
    let mut hashes: Vec<String> = all.into_iter().flat_map(|files| files.0).map(|file| file.hash).collect();
    hashes.sort();
    hashes.dedup();
    Ok(hashes)
}
