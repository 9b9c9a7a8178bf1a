//! The zip archive under a package: its table of contents, checked against the limits, and the
//! bytes of its entries.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::read::ZipFileEntry;
use zip::result::ZipError;

use crate::finding::Findings;
use crate::path::{self, PathFault};
use crate::{Error, Finding, FindingCode, LimitKind, Limits, Result, Severity};

/// One file of an archive.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its safe path.
    pub(crate) path: String,
    /// Its declared size in bytes.
    pub(crate) bytes: u64,
    /// Its index in the archive.
    index: usize,
}

/// Opens an archive: reads its table of contents and holds it to the limits.
pub(crate) fn open<R: Read + Seek>(
    mut reader: R,
    limits: &Limits,
    findings: &mut Findings,
) -> Result<(ZipArchive<R>, Vec<Entry>)> {
    let archive_bytes = reader.seek(SeekFrom::End(0))?;
    let mut archive = ZipArchive::new(reader).map_err(|error| damaged_table(&error))?;
    if archive.len() > limits.entries {
        return Err(Error::limit(LimitKind::Entries, limits.entries as u64, archive.len() as u64));
    }
    let entries = entries(&archive, archive_bytes, limits, findings)?;
    if archive.has_duplicate_names() {
        // Same name, byte for byte: the archive reader has kept the later one without a word.
        let message = "the archive holds several entries of the same name; the later ones were read";
        findings.push(Finding::new(Severity::Warning, FindingCode::DuplicateEntry, message));
    }
    if archive.has_overlapping_files().map_err(|error| damaged_table(&error))? {
        let message = "entries of the archive share their packed bytes, as those of a zip bomb do".to_owned();
        return Err(Error::Truncated(message));
    }
    Ok((archive, entries))
}

fn entries<R: Read + Seek>(
    archive: &ZipArchive<R>,
    archive_bytes: u64,
    limits: &Limits,
    findings: &mut Findings,
) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut by_path: HashMap<String, usize> = HashMap::new();
    let mut expanded_bytes = 0u64;
    for index in 0..archive.len() {
        let source = archive.by_index_data(index).map_err(|error| damaged_table(&error))?;
        expanded_bytes = expanded_bytes.saturating_add(source.size());
        check_sizes(&source, expanded_bytes, archive_bytes, limits)?;
        let Some(path) = safe_path(&source, limits, findings)? else { continue };
        let entry = Entry { bytes: source.size(), path: path.clone(), index };
        match by_path.get(&path) {
            Some(&earlier) => {
                let message = format!("the archive holds {path:?} twice; the later one was read");
                findings.push(Finding::new(Severity::Warning, FindingCode::DuplicateEntry, message).at(&path));
                entries[earlier] = entry;
            }
            None => {
                by_path.insert(path, entries.len());
                entries.push(entry);
            }
        }
    }
    Ok(entries)
}

/// The safe path of a file; `None` for folders and symbolic links.
fn safe_path(source: &ZipFileEntry<'_>, limits: &Limits, findings: &mut Findings) -> Result<Option<String>> {
    let name = source.name().map_err(|e| damaged_table(&e))?;
    if name.len() > limits.path_bytes {
        let (limit, found) = (limits.path_bytes as u64, name.len() as u64);
        return Err(Error::limit(LimitKind::PathBytes, limit, found));
    }
    if source.is_dir() || name.ends_with('\\') {
        return Ok(None);
    }
    match path::of_entry(&name) {
        Ok(path) if source.is_symlink() => {
            let message = format!("{path:?} is a symbolic link and was left out");
            findings.push(Finding::new(Severity::Warning, FindingCode::UnsafePath, message).at(&path));
            Ok(None)
        }
        Ok(path) => Ok(Some(path)),
        Err(PathFault::Outside) => Err(Error::PathTraversal { path: name.into_owned() }),
        Err(PathFault::NotAPath) => {
            let message = format!("the entry {name:?} has no usable name and was left out");
            findings.push(Finding::new(Severity::Warning, FindingCode::UnsafePath, message));
            Ok(None)
        }
    }
}

fn check_sizes(source: &ZipFileEntry<'_>, expanded: u64, archive_bytes: u64, limits: &Limits) -> Result<()> {
    if source.size() > limits.entry_bytes {
        let path = source.name().ok().map(std::borrow::Cow::into_owned);
        let (limit, found) = (limits.entry_bytes, source.size());
        return Err(Error::Limit { kind: LimitKind::EntryBytes, limit, found, path });
    }
    if expanded > limits.expanded_bytes {
        return Err(Error::limit(LimitKind::ExpandedBytes, limits.expanded_bytes, expanded));
    }
    let ratio = expanded / archive_bytes.max(1);
    if expanded > limits.ratio_floor_bytes && ratio > limits.expansion_ratio {
        return Err(Error::limit(LimitKind::ExpansionRatio, limits.expansion_ratio, ratio));
    }
    Ok(())
}

impl Entry {
    /// Its expanded bytes, as a stream that fails once there are more of them than declared.
    pub(crate) fn open<'r, R: Read + Seek>(&self, archive: &'r mut ZipArchive<R>) -> Result<impl Read + use<'r, R>> {
        let data = archive.by_index_data(self.index).map_err(|error| self.damaged(&error))?;
        if data.encrypted() {
            let (path, reason) = (self.path.clone(), "it is locked with a password".to_owned());
            return Err(Error::Unsupported { path, reason });
        }
        let file = archive.by_index(self.index).map_err(|error| self.damaged(&error))?;
        Ok(Bounded { inner: file, left: self.bytes })
    }

    /// Its expanded bytes.
    pub(crate) fn read<R: Read + Seek>(&self, archive: &mut ZipArchive<R>) -> Result<Vec<u8>> {
        // The declared size is only a promise: memory is taken as the bytes come.
        let mut bytes = Vec::with_capacity(self.bytes.min(1 << 20) as usize);
        let outcome = self.open(archive)?.read_to_end(&mut bytes);
        outcome.map_err(|error| self.damaged(&ZipError::Io(error)))?;
        if (bytes.len() as u64) < self.bytes {
            let reason = format!("it holds {} of the {} bytes announced", bytes.len(), self.bytes);
            return Err(Error::DamagedEntry { path: self.path.clone(), reason });
        }
        Ok(bytes)
    }

    fn damaged(&self, error: &ZipError) -> Error {
        let path = self.path.clone();
        match error {
            ZipError::UnsupportedArchive(reason) => Error::Unsupported { path, reason: (*reason).to_owned() },
            ZipError::CompressionMethodNotSupported(method) => {
                Error::Unsupported { path, reason: format!("compression method {method} is not supported") }
            }
            ZipError::Io(error) if error.kind() == io::ErrorKind::Unsupported => {
                Error::Unsupported { path, reason: error.to_string() }
            }
            ZipError::Io(error) => Error::DamagedEntry { path, reason: error.to_string() },
            other => Error::DamagedEntry { path, reason: other.to_string() },
        }
    }
}

fn damaged_table(error: &ZipError) -> Error {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Error::Truncated(format!("the table of contents cannot be read: {error}"))
        }
        ZipError::Io(_) => Error::Truncated("the table of contents is cut off".to_owned()),
        ZipError::InvalidArchive(reason) => Error::Truncated(reason.to_string()),
        other => Error::Truncated(other.to_string()),
    }
}

/// Hands out at most the announced number of bytes, then fails: an entry that expands to more than
/// it says is damaged or hostile.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            // One byte more is asked for, so that the checksum at the end is still verified.
            let mut probe = [0];
            return match self.inner.read(&mut probe)? {
                0 => Ok(0),
                _ => Err(io::Error::new(io::ErrorKind::InvalidData, "it expands to more bytes than announced")),
            };
        }
        let room = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.inner.read(&mut buffer[..room])?;
        self.left -= count as u64;
        Ok(count)
    }
}
