//! Backup and restore: one zip that knows no engine. Rows are taken in one snapshot while others write; files never
//! change once they are there, so that those listed after the snapshot include all that its rows name.
//!
//! ```text
//! manifest.json          what is in it, and under which migrations it was made
//! tables/NAME.ndjson     one row a line (store::backup)
//! files/HASH             the files, as they are
//! ```

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use files::{Files, Hash, Limits};
use serde::{Deserialize, Serialize};
use store::Db;
use store::backup::{Restore, Table, dump, tables};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::open::Trouble;

const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this layout.
    pub format: u32,
    /// The version of the program that wrote it.
    pub version: String,
    /// When it was taken, RFC 3339.
    pub made_at: String,
    /// The migrations that had run, as `noun/name`.
    pub migrations: Vec<String>,
    /// The tables, in the order in which they are restored.
    pub tables: Vec<Counted>,
    /// How many files.
    pub files: u64,
}

/// A table and how many rows of it there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// The table.
    #[serde(flatten)]
    pub table: Table,
    /// Its rows.
    pub rows: u64,
}

impl Manifest {
    /// How many rows in all.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

fn zip_trouble(e: zip::result::ZipError) -> Trouble {
    Trouble::Other(format!("the backup: {e}"))
}

fn store_io(e: std::io::Error) -> store::Error {
    store::Error::Setup(format!("writing the backup: {e}"))
}

/// Writes a backup to a new file. An unfinished one has another name (`.part`) and is removed.
pub async fn backup(db: &Db, files: &Files, to: &Path) -> Result<Manifest, Trouble> {
    if to.exists() {
        return Err(Trouble::Other(format!("{} is there already: give another name", to.display())));
    }
    let part = Part(to.with_extension("part"));
    let file = File::create(&part.0).map_err(Trouble::io(format!("cannot write {}", part.0.display())))?;
    let (zip, mut manifest) = db.read(move |tx| write_tables(tx, file)).await.map_err(told)?;
    let zip = Box::pin(write_files(zip, files, &mut manifest)).await?;
    let written = manifest.clone();
    let target = to.to_owned();
    tokio::task::spawn_blocking(move || finish(zip, &written, &part, &target))
        .await
        .map_err(|e| Trouble::Other(e.to_string()))??;
    Ok(manifest)
}

/// A file under way, which goes unless it was renamed.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

type Zip = ZipWriter<BufWriter<File>>;

fn write_tables(tx: &mut store::Tx<'_>, file: File) -> Result<(Zip, Manifest), store::Error> {
    if tables(tx)?.is_empty() {
        return Err(fault("the database is empty: there is nothing to back up"));
    }
    let zip_error = |e: zip::result::ZipError| store::Error::Setup(format!("writing the backup: {e}"));
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let mut counted = Vec::new();
    for table in tables(tx)? {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        zip.start_file(entry_of(&table), options).map_err(zip_error)?;
        let mut out = BufWriter::with_capacity(1 << 16, &mut zip);
        let rows = dump(tx, &table, &mut out)?;
        out.flush().map_err(store_io)?;
        drop(out);
        counted.push(Counted { table, rows });
    }
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: tx.now().to_string(),
        migrations: store::applied(tx)?,
        tables: counted,
        files: 0,
    };
    Ok((zip, manifest))
}

async fn write_files(mut zip: Zip, files: &Files, manifest: &mut Manifest) -> Result<Zip, Trouble> {
    use futures_util::StreamExt;
    for hash in files.list().await? {
        let (size, mut pieces) = files.stream(&hash, None).await?;
        let is_large = size > u64::from(u32::MAX);
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(is_large);
        zip.start_file(format!("files/{hash}"), options).map_err(zip_trouble)?;
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(Trouble::io("reading a file"))?;
            zip.write_all(&piece).map_err(Trouble::io("writing the backup"))?;
        }
        manifest.files += 1;
    }
    Ok(zip)
}

fn finish(mut zip: Zip, manifest: &Manifest, part: &Part, to: &Path) -> Result<(), Trouble> {
    let text = serde_json::to_string_pretty(manifest).map_err(|e| Trouble::Other(e.to_string()))?;
    zip.start_file(MANIFEST, SimpleFileOptions::default()).map_err(zip_trouble)?;
    zip.write_all(text.as_bytes()).map_err(Trouble::io("writing the backup"))?;
    let mut out = zip.finish().map_err(zip_trouble)?;
    out.flush().map_err(Trouble::io("writing the backup"))?;
    out.get_ref().sync_all().map_err(Trouble::io("writing the backup"))?;
    std::fs::rename(&part.0, to).map_err(Trouble::io(format!("cannot write {}", to.display())))
}

/// Fills an empty database and the file store from a backup: all of it or nothing.
pub async fn restore(db: &Db, files: &Files, from: &Path) -> Result<Manifest, Trouble> {
    let manifest = read_manifest(from)?;
    db.read(|tx| {
        let is_empty = tables(tx)?.is_empty();
        is_empty.then_some(()).ok_or_else(|| fault("the database is not empty: restore into a new one"))
    })
    .await
    .map_err(told)?;
    let (path, counted) = (from.to_owned(), manifest.clone());
    tokio::task::spawn_blocking(move || look_through(&path, &counted))
        .await
        .map_err(|e| Trouble::Other(e.to_string()))??;
    let (path, counted, files) = (from.to_owned(), manifest.clone(), files.clone());
    let runtime = tokio::runtime::Handle::current();
    db.write(move |tx| {
        restore_tables(tx, &path, &counted)?;
        // The files come last, so that rows that are refused leave none behind; and the rows are kept once all files
        // are there.
        runtime.block_on(restore_files(&files, &path)).map_err(|e| fault(e.to_string()))
    })
    .await
    .map_err(told)?;
    crate::mount::prepare(db).await?;
    Ok(manifest)
}

fn fault(why: impl Into<String>) -> store::Error {
    store::Error::Setup(why.into())
}

/// What is wrong with the backup is told as it is; anything else is the database's trouble.
fn told(e: store::Error) -> Trouble {
    match e {
        store::Error::Setup(why) => Trouble::Other(why),
        other => other.into(),
    }
}

fn damaged(why: impl std::fmt::Display) -> Trouble {
    Trouble::Other(format!("the backup is damaged: {why}"))
}

/// Reads all of it once before anything is written: what was cut off or changed on the way is found here.
fn look_through(path: &Path, manifest: &Manifest) -> Result<(), Trouble> {
    let mut archive = archive(path)?;
    for Counted { table, rows } in &manifest.tables {
        let name = entry_of(table);
        let entry = archive.by_name(&name).map_err(|e| damaged(format_args!("{name}: {e}")))?;
        let lines = BufReader::new(entry).split(b'\n');
        let count = lines.map(|line| line.map(|_| 1)).sum::<Result<u64, _>>();
        let count = count.map_err(|e| damaged(format_args!("{name}: {e}")))?;
        if count != *rows {
            return Err(damaged(format_args!("{name} has {count} rows instead of {rows}")));
        }
    }
    let names = file_names(&archive)?;
    if names.len() as u64 != manifest.files {
        return Err(damaged(format_args!("it names {} files and holds {}", manifest.files, names.len())));
    }
    for (name, hash) in names {
        let mut entry = archive.by_name(&name).map_err(|e| damaged(format_args!("{name}: {e}")))?;
        let found = Hash::of(&mut entry).map_err(|e| damaged(format_args!("{name}: {e}")))?;
        if found != hash {
            return Err(damaged(format_args!("{name} has other bytes than its name says")));
        }
    }
    Ok(())
}

/// Where a table's rows stand in the archive.
fn entry_of(table: &Table) -> String {
    format!("tables/{}.ndjson", table.name)
}

/// The files in the archive: where each stands, and its hash.
fn file_names(archive: &Archive) -> Result<Vec<(String, Hash)>, Trouble> {
    let mut names = Vec::new();
    for name in archive.file_names() {
        let name = name.map_err(zip_trouble)?.into_owned();
        let Some(hash) = name.strip_prefix("files/") else { continue };
        let hash = hash.parse().map_err(|_| damaged(format_args!("it holds {name}, which is no file")))?;
        names.push((name, hash));
    }
    Ok(names)
}

type Archive = ZipArchive<BufReader<File>>;

fn archive(path: &Path) -> Result<Archive, Trouble> {
    let file = File::open(path).map_err(Trouble::io(format!("cannot read {}", path.display())))?;
    ZipArchive::new(BufReader::new(file)).map_err(|e| Trouble::Other(format!("{} is no backup: {e}", path.display())))
}

fn read_manifest(path: &Path) -> Result<Manifest, Trouble> {
    let mut archive = archive(path)?;
    let no_backup = |why: &str| Trouble::Other(format!("{} is no backup: {why}", path.display()));
    let mut entry = archive.by_name(MANIFEST).map_err(|_| no_backup("it has no manifest.json"))?;
    let mut text = String::new();
    entry.read_to_string(&mut text).map_err(|e| no_backup(&e.to_string()))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|e| no_backup(&e.to_string()))?;
    if manifest.format != FORMAT {
        return Err(no_backup(&format!("its layout {} is not known here", manifest.format)));
    }
    Ok(manifest)
}

async fn restore_files(files: &Files, from: &Path) -> Result<(), Trouble> {
    let mut archive = archive(from)?;
    let limits = Limits { bytes_max: u64::MAX };
    for (name, hash) in file_names(&archive)? {
        let mut put = files.begin(&limits).await?;
        let mut piece = vec![0; 256 << 10];
        let mut entry = archive.by_name(&name).map_err(zip_trouble)?;
        loop {
            let read = entry.read(&mut piece).map_err(Trouble::io(format!("reading {name}")))?;
            if read == 0 {
                break;
            }
            put.write(&piece[..read]).await?;
        }
        if put.finish().await?.hash != hash {
            return Err(damaged(format_args!("{name} has other bytes than its name says")));
        }
    }
    Ok(())
}

fn restore_tables(tx: &mut store::Tx<'_>, path: &Path, manifest: &Manifest) -> Result<(), store::Error> {
    let mut archive = archive(path).map_err(|e| fault(e.to_string()))?;
    let mut restore = Restore::begin(tx, &[&crate::SCHEMA], &manifest.migrations)?;
    for Counted { table, .. } in &manifest.tables {
        let name = entry_of(table);
        let entry = archive.by_name(&name).map_err(|e| fault(format!("the backup is damaged: {name}: {e}")))?;
        let restored = restore.table(tx, table, &mut BufReader::new(entry));
        restored.map_err(|e| fault(format!("the backup is damaged: {name}: {e}")))?;
    }
    restore.finish(tx)
}
