//! A package: a zip archive with a manifest, or a manifest alone.

use std::collections::HashMap;
use std::io::{Cursor, Read, Seek, SeekFrom};

use zip::ZipArchive;

use crate::archive::{self, Entry};
use crate::finding::Findings;
use crate::xml::Document;
use crate::{Cartridge, Error, Finding, FindingCode, Format, LimitKind, Limits, Result, Severity};
use crate::{assemble, detect, path};

/// The name of the manifest.
const MANIFEST: &str = "imsmanifest.xml";

/// An opened package. Its files are read when they are asked for.
///
/// Paths are relative to the folder of the manifest, with `/` between their parts, never absolute
/// and never with `..`: safe to join to a folder on disk.
pub struct Package<R> {
    /// The archive; `None` around a bare manifest.
    archive: Option<ZipArchive<R>>,
    limits: Limits,
    entries: Vec<Entry>,
    /// Path to index, exact.
    exact: HashMap<String, usize>,
    /// Path to index, whatever its case and the composition of its accents; `None` if ambiguous.
    folded: HashMap<String, Option<usize>>,
    /// How many bytes of each path stand before the folder of the manifest.
    root: String,
    manifest: Document,
    format: Option<Format>,
    opening: Vec<Finding>,
}

impl Package<Cursor<Vec<u8>>> {
    /// Opens a package held in memory. Errors as [`Package::open`].
    pub fn from_bytes(bytes: impl Into<Vec<u8>>, limits: &Limits) -> Result<Self> {
        Self::open(Cursor::new(bytes.into()), limits)
    }
}

impl<R: Read + Seek> Package<R> {
    /// Opens a zip archive or a bare `imsmanifest.xml`.
    ///
    /// # Errors
    ///
    /// Bytes that are neither, archives that are cut off, cross a limit, hold no manifest or paths
    /// that lead out of them, and manifests that are not well-formed: each by its own [`Error`].
    pub fn open(mut reader: R, limits: &Limits) -> Result<Self> {
        match nature_of(&mut reader)? {
            Nature::Xml => Self::open_manifest(reader, limits),
            Nature::Zip => Self::open_archive(reader, limits),
            Nature::Other(what) => Err(Error::NotAPackage(what)),
        }
    }

    fn open_manifest(mut reader: R, limits: &Limits) -> Result<Self> {
        let bytes = reader.seek(SeekFrom::End(0))?;
        check_document(MANIFEST, bytes, limits)?;
        reader.seek(SeekFrom::Start(0))?;
        let mut manifest = Vec::new();
        reader.take(limits.document_bytes).read_to_end(&mut manifest)?;
        let place = (String::new(), MANIFEST.to_owned());
        Self::with_manifest(None, limits, Vec::new(), place, &manifest, Findings::default())
    }

    fn open_archive(reader: R, limits: &Limits) -> Result<Self> {
        let mut findings = Findings::default();
        let (mut archive, entries) = archive::open(reader, limits, &mut findings)?;
        let Some(index) = find_manifest(&entries) else {
            let recognised = detect::by_names(entries.iter().map(|entry| entry.path.as_str()));
            return Err(Error::NoManifest { recognised });
        };
        let manifest_path = entries[index].path.clone();
        check_document(&manifest_path, entries[index].bytes, limits)?;
        let manifest = entries[index].read(&mut archive)?;
        let root = path::folder(&manifest_path);
        let root = if root.is_empty() { String::new() } else { format!("{root}/") };
        Self::with_manifest(Some(archive), limits, entries, (root, manifest_path), &manifest, findings)
    }

    fn with_manifest(
        archive: Option<ZipArchive<R>>,
        limits: &Limits,
        mut entries: Vec<Entry>,
        (root, manifest_path): (String, String),
        manifest: &[u8],
        mut findings: Findings,
    ) -> Result<Self> {
        let manifest = Document::parse(&manifest_path, manifest, limits)?;
        if manifest.root().name() != "manifest" {
            let found = manifest.root().name().to_owned();
            return Err(Error::NotAManifest { path: manifest_path, found });
        }
        if let Some(encoding) = manifest.wrong_encoding {
            let message = format!("the manifest says that it is {encoding}, but it is not");
            findings.push(Finding::new(Severity::Warning, FindingCode::WrongEncoding, message).at(&manifest_path));
        }
        leave_out_strangers(&mut entries, &root, &manifest_path, &mut findings);
        let format = detect::by_manifest(manifest.root(), entries.iter().map(|entry| entry.path.as_str()));
        let (exact, folded) = indexes(&entries);
        let (limits, opening) = (limits.clone(), findings.into_list());
        Ok(Self { archive, limits, entries, exact, folded, root, manifest, format, opening })
    }

    /// What the package is; `None` if its manifest is of a kind this crate does not know.
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// Whether there is only a manifest and no archive around it.
    pub fn is_manifest_only(&self) -> bool {
        self.archive.is_none()
    }

    /// The folder inside the archive in which the manifest lies; empty at the root.
    pub fn root(&self) -> &str {
        self.root.trim_end_matches('/')
    }

    /// The paths of all files except the manifest, in the order of the archive.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.path.as_str())
    }

    /// The declared size in bytes of a file.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.exact.get(path).map(|&index| self.entries[index].bytes)
    }

    /// The path of the file that is meant: exactly this one, or the only one that differs in
    /// nothing but case, composition of accents or percent-encoding.
    pub fn find(&self, path: &str) -> Option<&str> {
        let index = self.index_of(path).or_else(|| {
            let decoded = path::percent_decoded(path);
            (decoded != path).then(|| self.index_of(&decoded)).flatten()
        })?;
        Some(self.entries[index].path.as_str())
    }

    fn index_of(&self, path: &str) -> Option<usize> {
        if let Some(&index) = self.exact.get(path) {
            return Some(index);
        }
        self.folded.get(&path::folded(path)).copied().flatten()
    }

    /// The bytes of a file, all at once.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchFile`], or that the entry is damaged, locked or packed in a way not known.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>> {
        let (entry, archive) = self.entry(path)?;
        entry.read(archive)
    }

    /// The bytes of a file as a stream, for those too large for memory. Errors as [`Package::read`];
    /// while reading, a damaged entry is an [`std::io::Error`].
    pub fn reader(&mut self, path: &str) -> Result<impl Read + use<'_, R>> {
        let (entry, archive) = self.entry(path)?;
        entry.open(archive)
    }

    fn entry(&mut self, path: &str) -> Result<(&Entry, &mut ZipArchive<R>)> {
        match (self.exact.get(path), &mut self.archive) {
            (Some(&index), Some(archive)) => Ok((&self.entries[index], archive)),
            _ => Err(Error::NoSuchFile { path: path.to_owned() }),
        }
    }

    /// Reads the course.
    ///
    /// # Errors
    ///
    /// [`Error::WrongFormat`] if the package is of another kind, [`Error::Incomplete`] if more of
    /// the promised files are missing than [`Limits::missing_percent`] allows, and limits.
    pub fn cartridge(&mut self) -> Result<Cartridge> {
        match self.format {
            Some(format) if !format.is_cartridge() => Err(Error::WrongFormat { recognised: format }),
            _ => self.content(),
        }
    }

    /// Reads the outline and the files of any package with a manifest as a content package:
    /// a SCORM package without its tracking, for example. Errors as [`Package::cartridge`],
    /// [`Error::WrongFormat`] excepted.
    pub fn content(&mut self) -> Result<Cartridge> {
        assemble::cartridge(self)
    }

    pub(crate) fn manifest(&self) -> &Document {
        &self.manifest
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What was noticed while opening.
    pub(crate) fn opening(&self) -> &[Finding] {
        &self.opening
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// What the first bytes say.
enum Nature {
    Zip,
    Xml,
    Other(String),
}

fn nature_of<R: Read + Seek>(reader: &mut R) -> Result<Nature> {
    reader.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    reader.by_ref().take(64).read_to_end(&mut head)?;
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    Ok(match head.as_slice() {
        [] => Nature::Other("the file is empty".to_owned()),
        [b'P', b'K', 3 | 5 | 7, ..] => Nature::Zip,
        [b'P', b'K', ..] if head.len() < 4 => return Err(Error::Truncated(format!("it is {} bytes long", head.len()))),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..] => Nature::Xml,
        [0x1f, 0x8b, ..] => Nature::Other("it is a gzip archive, such as a Moodle backup (.mbz)".to_owned()),
        [b'%', b'P', b'D', b'F', ..] => Nature::Other("it is a PDF document".to_owned()),
        [b'R', b'a', b'r', b'!', ..] => Nature::Other("it is a RAR archive; pack the course as zip".to_owned()),
        [b'7', b'z', 0xbc, 0xaf, ..] => Nature::Other("it is a 7z archive; pack the course as zip".to_owned()),
        _ if text.to_ascii_lowercase().starts_with(b"<!doctype html")
            || text.to_ascii_lowercase().starts_with(b"<html") =>
        {
            Nature::Other("it is a web page, perhaps a sign-in page saved in place of the course".to_owned())
        }
        _ if text.starts_with(b"<") => Nature::Xml,
        // Self-extracting archives begin with a program; their table of contents stands at the end.
        [b'M', b'Z', ..] => Nature::Zip,
        _ => Nature::Other(format!("it begins with {:?}", String::from_utf8_lossy(&head[..head.len().min(8)]))),
    })
}

fn check_document(path: &str, bytes: u64, limits: &Limits) -> Result<()> {
    if bytes > limits.document_bytes {
        let (kind, limit) = (LimitKind::DocumentBytes, limits.document_bytes);
        return Err(Error::Limit { kind, limit, found: bytes, path: Some(path.to_owned()) });
    }
    Ok(())
}

/// The manifest at the root, or in the only top folder that has one.
fn find_manifest(entries: &[Entry]) -> Option<usize> {
    let at_depth = |depth: usize| {
        let found = entries.iter().enumerate().filter(move |(_, entry)| {
            entry.path.matches('/').count() == depth
                && path::file_name(&entry.path).eq_ignore_ascii_case(MANIFEST)
                && !path::is_system_file(&entry.path)
        });
        found.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let exact = at_depth(0).into_iter().max_by_key(|&index| entries[index].path == MANIFEST);
    exact.or_else(|| match at_depth(1).as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// Takes the folder of the manifest off every path, and takes out the manifest and what lies
/// outside of that folder.
fn leave_out_strangers(entries: &mut Vec<Entry>, root: &str, manifest_path: &str, findings: &mut Findings) {
    entries.retain_mut(|entry| {
        if entry.path == manifest_path {
            return false;
        }
        match entry.path.strip_prefix(root) {
            Some(inside) => {
                entry.path = inside.to_owned();
                true
            }
            None => {
                let (severity, code) = (Severity::Note, FindingCode::UnreferencedFile);
                let message = format!("{:?} lies outside of the folder of the manifest", entry.path);
                findings.push(Finding::new(severity, code, message).at(&entry.path));
                false
            }
        }
    });
}

type Indexes = (HashMap<String, usize>, HashMap<String, Option<usize>>);

fn indexes(entries: &[Entry]) -> Indexes {
    let mut exact = HashMap::with_capacity(entries.len());
    let mut folded = HashMap::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        exact.insert(entry.path.clone(), index);
        folded.entry(path::folded(&entry.path)).and_modify(|found| *found = None).or_insert(Some(index));
    }
    (exact, folded)
}
