//! Backup and restore: one zip that knows no engine. Rows are taken in one snapshot while others write; files never
//! change once they are there, so that those listed after the snapshot include all that its rows name.
//!
//! ```text
//! manifest.json          what is in it, and under which migrations it was made
//! tables/NAME.ndjson     one row a line (store::backup)
//! files/HASH             the files, as they are
//! ```

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
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
    let (zip, mut manifest) = db.read(move |tx| write_tables(tx, file)).await?;
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
    let zip_error = |e: zip::result::ZipError| store::Error::Setup(format!("writing the backup: {e}"));
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let mut counted = Vec::new();
    for table in tables(tx)? {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        zip.start_file(format!("tables/{}.ndjson", table.name), options).map_err(zip_error)?;
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
        is_empty
            .then_some(())
            .ok_or_else(|| store::Error::Setup("the database is not empty: restore into a new one".to_owned()))
    })
    .await?;
    restore_files(files, from, &manifest).await?;
    let (path, told) = (from.to_owned(), manifest.clone());
    db.write(move |tx| restore_tables(tx, &path, &told)).await?;
    crate::mount::prepare(db).await?;
    Ok(manifest)
}

fn archive(path: &Path) -> Result<ZipArchive<BufReader<File>>, Trouble> {
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

async fn restore_files(files: &Files, from: &Path, manifest: &Manifest) -> Result<(), Trouble> {
    let mut archive = archive(from)?;
    let mut names = Vec::new();
    for name in archive.file_names() {
        let name = name.map_err(zip_trouble)?;
        if name.starts_with("files/") {
            names.push(name.into_owned());
        }
    }
    if names.len() as u64 != manifest.files {
        return Err(Trouble::Other(format!("the backup names {} files and holds {}", manifest.files, names.len())));
    }
    let limits = Limits { bytes_max: u64::MAX };
    for name in names {
        let told: Hash = name["files/".len()..]
            .parse()
            .map_err(|_| Trouble::Other(format!("the backup holds {name}, which is no file of this program")))?;
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
        let stored = put.finish().await?;
        if stored.hash != told {
            return Err(Trouble::Other(format!("the backup is damaged: {name} has other bytes than its name says")));
        }
    }
    Ok(())
}

fn restore_tables(tx: &mut store::Tx<'_>, path: &Path, manifest: &Manifest) -> Result<(), store::Error> {
    let fault = |e: Trouble| store::Error::Setup(e.to_string());
    let mut archive = archive(path).map_err(fault)?;
    let mut restore = Restore::begin(tx, &[&crate::SCHEMA], &manifest.migrations)?;
    for Counted { table, rows } in &manifest.tables {
        let name = format!("tables/{}.ndjson", table.name);
        let entry = archive.by_name(&name).map_err(|e| store::Error::Setup(format!("the backup: {name}: {e}")))?;
        let read = restore.table(tx, table, &mut BufReader::new(entry))?;
        // The list of migrations is written by the restore itself.
        if read != *rows && table.name != "migration" {
            let why = format!("the backup is damaged: {name} has {read} rows instead of {rows}");
            return Err(store::Error::Setup(why));
        }
    }
    restore.finish(tx)
}
