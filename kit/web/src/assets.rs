//! Style sheets, scripts, fonts and pictures of the program, without a build step.
//!
//! The address of an asset holds a hash of its content, so browsers keep it for ever: `/assets/HASH/stoa.css`. The
//! parts of the style sheet are joined in the order of `css/order.txt`. Scripts in `js/` share one hash, as do the
//! files of one folder in `vendor/`, so that their relative imports lead to immutable addresses too. The import map
//! names `js/editor.js` as `stoa/editor`, and `vendor/htmx.js` as `htmx`.
//!
//! A release build holds all of them, compressed when it was built; a debug build reads `assets/` again after a change.

mod load;
mod serve;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use sha2::{Digest as _, Sha256, Sha384};

pub(crate) use serve::serve;

/// The style sheet that is made of the parts.
const SHEET: &str = "stoa.css";

/// One file as it is served.
#[derive(Debug)]
struct Asset {
    bytes: Bytes,
    brotli: Option<Bytes>,
    hash: String,
}

/// All files.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    files: BTreeMap<String, Asset>,
    importmap: String,
    importmap_hash: String,
}

/// A file as it was read: path, content, compressed content.
type Raw = (String, Bytes, Option<Bytes>);

impl Assets {
    /// The program's assets.
    pub(crate) fn current() -> Arc<Self> {
        load::current()
    }

    fn new(raw: Vec<Raw>) -> Self {
        let hashes = group_hashes(&raw);
        let hash_of = |path: &str| hashes.get(group(path)).cloned().unwrap_or_default();
        let mut files: BTreeMap<String, Asset> = BTreeMap::new();
        for (path, bytes, brotli) in raw {
            let hash = hash_of(&path);
            files.insert(path, Asset { bytes, brotli, hash });
        }
        link_sheets(&mut files);
        join_sheets(&mut files);
        let mut assets = Self { files, ..Self::default() };
        assets.importmap = assets.modules();
        assets.importmap_hash = STANDARD.encode(Sha256::digest(&assets.importmap));
        assets
    }

    /// The address of an asset. One that does not exist is logged, and leads to a 404.
    pub(crate) fn address(&self, path: &str) -> String {
        match self.files.get(path) {
            Some(asset) => address(&asset.hash, path),
            None => {
                tracing::warn!(path, "no such asset");
                format!("/assets/missing/{path}")
            }
        }
    }

    /// The `integrity` value of an asset; empty where it does not exist.
    pub(crate) fn integrity(&self, path: &str) -> String {
        self.files.get(path).map(|asset| integrity(&asset.bytes)).unwrap_or_default()
    }

    /// The names of the symbols in a sprite, in its order; none where it does not exist.
    pub(crate) fn symbols(&self, path: &str) -> Vec<String> {
        let text = self.files.get(path).and_then(|asset| std::str::from_utf8(&asset.bytes).ok()).unwrap_or_default();
        let names = text.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        names.map(str::to_owned).collect()
    }

    /// The text of the import map.
    pub(crate) fn importmap(&self) -> &str {
        &self.importmap
    }

    /// The import map's hash as a source of the content security policy.
    pub(crate) fn importmap_source(&self) -> String {
        format!("'sha256-{}'", self.importmap_hash)
    }

    fn modules(&self) -> String {
        let modules = self.files.iter().filter(|(path, _)| is_script(path));
        let named: Vec<_> = modules.filter_map(|(path, asset)| Some((specifier(path)?, path, asset))).collect();
        let imports: BTreeMap<_, _> = named.iter().map(|(name, path, a)| (name, address(&a.hash, path))).collect();
        let checks: BTreeMap<_, _> =
            named.iter().map(|(_, path, a)| (address(&a.hash, path), integrity(&a.bytes))).collect();
        // `<` could end the script element early.
        serde_json::json!({ "imports": imports, "integrity": checks }).to_string().replace('<', "\\u003c")
    }
}

fn address(hash: &str, path: &str) -> String {
    format!("/assets/{hash}/{path}")
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn is_script(path: &str) -> bool {
    [".js", ".mjs"].iter().any(|ending| path.ends_with(ending))
}

/// The name by which a module is imported.
fn specifier(path: &str) -> Option<String> {
    let plain = path.strip_suffix(".mjs").or_else(|| path.strip_suffix(".js"))?;
    match plain.strip_prefix("js/") {
        Some(name) => Some(format!("stoa/{name}")),
        None => plain.strip_prefix("vendor/").map(str::to_owned),
    }
}

/// Which files share a hash: the folder for scripts that may import each other, else the file itself.
fn group(path: &str) -> &str {
    let within = |from: usize| path[from..].find('/').map(|at| &path[..from + at]);
    match path {
        _ if path.starts_with("js/") => "js",
        _ if path.starts_with("vendor/") => within("vendor/".len()).unwrap_or(path),
        _ => path,
    }
}

fn group_hashes(raw: &[Raw]) -> BTreeMap<String, String> {
    let groups: BTreeSet<&str> = raw.iter().map(|(path, ..)| group(path)).collect();
    let hash = |name: &str| {
        let mut sum = Sha256::new();
        for (path, bytes, _) in raw.iter().filter(|(path, ..)| group(path) == name) {
            sum.update(path.as_bytes());
            sum.update((bytes.len() as u64).to_be_bytes());
            sum.update(bytes);
        }
        short(&sum.finalize())
    };
    groups.into_iter().map(|name| (name.to_owned(), hash(name))).collect()
}

fn short(sum: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&sum[..9])
}

/// Turns the relative addresses in style sheets into the hashed ones.
fn link_sheets(files: &mut BTreeMap<String, Asset>) {
    let is_sheet = |path: &&String| path.rsplit_once('.').is_some_and(|(_, ending)| ending == "css");
    let sheets: Vec<String> = files.keys().filter(is_sheet).cloned().collect();
    for sheet in sheets {
        let Some(text) = files.get(&sheet).and_then(|asset| std::str::from_utf8(&asset.bytes).ok()) else { continue };
        let linked = linked(text, &sheet, |path| files.get(path).map(|asset| address(&asset.hash, path)));
        if linked != text {
            let hash = short(&Sha256::digest(&linked));
            files.insert(sheet, Asset { bytes: linked.into(), brotli: None, hash });
        }
    }
}

/// The text of a sheet with each `url("../fonts/x")` that leads to an asset replaced by that asset's address.
fn linked(text: &str, sheet: &str, address: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("url(") {
        let (before, after) = rest.split_at(start + 4);
        out.push_str(before);
        let end = after.find(')').unwrap_or(after.len());
        let target = after[..end].trim().trim_matches(['"', '\'']);
        let (path, fragment) = target.split_once('#').map_or((target, None), |(p, f)| (p, Some(f)));
        match address(&resolved(sheet, path)) {
            Some(address) => {
                let fragment = fragment.map(|f| format!("#{f}")).unwrap_or_default();
                out.push_str(&format!("\"{address}{fragment}\""));
            }
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out + rest
}

/// A path relative to a file: `../fonts/a` seen from `css/fonts.css` is `fonts/a`.
fn resolved(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Joins the parts named in `css/order.txt` to the one sheet that every page loads.
fn join_sheets(files: &mut BTreeMap<String, Asset>) {
    let Some(order) = files.get("css/order.txt").and_then(|asset| std::str::from_utf8(&asset.bytes).ok()) else {
        return;
    };
    let mut sheet = Vec::new();
    for name in order.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match files.get(&format!("css/{name}")) {
            Some(part) => {
                sheet.extend_from_slice(&part.bytes);
                sheet.push(b'\n');
            }
            None => tracing::error!(name, "css/order.txt names a file that does not exist"),
        }
    }
    let hash = short(&Sha256::digest(&sheet));
    let brotli = (!cfg!(debug_assertions)).then(|| compressed(&sheet, 9)).flatten();
    files.insert(SHEET.to_owned(), Asset { bytes: sheet.into(), brotli, hash });
}

/// The brotli form; quality 0 to 11.
pub(crate) fn compressed(bytes: &[u8], quality: i32) -> Option<Bytes> {
    let how = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &how).ok()?;
    Some(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(files: &[(&str, &str)]) -> Assets {
        let raw = |(path, text): &(&str, &str)| ((*path).to_owned(), Bytes::from((*text).to_owned()), None);
        Assets::new(files.iter().map(raw).collect())
    }

    #[test]
    fn the_sheet_is_joined_in_order_and_leads_to_hashed_fonts() {
        let files = [
            ("css/order.txt", "# parts\nb.css\na.css\ngone.css\n"),
            (
                "css/a.css",
                "@font-face { src: url('../fonts/x.woff2') } p { background: url(data:image/png;base64,xx) }",
            ),
            ("css/b.css", "b {}"),
            ("fonts/x.woff2", "font"),
        ];
        let assets = assets(&files);
        let sheet = std::str::from_utf8(&assets.files[SHEET].bytes).unwrap();
        let font = assets.address("fonts/x.woff2");
        assert!(sheet.starts_with("b {}\n@font-face"), "{sheet}");
        assert!(sheet.contains(&format!("url(\"{font}\")")), "{sheet}");
        assert!(sheet.contains("url(data:image/png;base64,xx)"));
        assert!(font.ends_with("/fonts/x.woff2"));
    }

    #[test]
    fn modules_that_import_each_other_share_a_hash() {
        let before = assets(&[("js/app.js", "import './menu.js'"), ("js/menu.js", "1"), ("vendor/htmx.js", "h")]);
        let after = assets(&[("js/app.js", "import './menu.js'"), ("js/menu.js", "2"), ("vendor/htmx.js", "h")]);
        assert_ne!(before.address("js/app.js"), after.address("js/app.js"));
        assert_eq!(before.address("vendor/htmx.js"), after.address("vendor/htmx.js"));
        let map: serde_json::Value = serde_json::from_str(before.importmap()).unwrap();
        assert_eq!(map["imports"]["stoa/menu"], before.address("js/menu.js"));
        assert_eq!(map["imports"]["htmx"], before.address("vendor/htmx.js"));
        assert_eq!(map["integrity"][before.address("vendor/htmx.js")], before.integrity("vendor/htmx.js"));
    }

    #[test]
    fn folders_of_vendor_are_groups() {
        assert_eq!(group("vendor/pdfjs/web/viewer.mjs"), "vendor/pdfjs");
        assert_eq!(group("vendor/htmx.js"), "vendor/htmx.js");
        assert_eq!(group("js/a/b.js"), "js");
        assert_eq!(group("fonts/a.woff2"), "fonts/a.woff2");
    }

    #[test]
    fn what_does_not_exist_is_no_panic() {
        let none = assets(&[]);
        assert_eq!(none.address("x.css"), "/assets/missing/x.css");
        assert_eq!(none.integrity("x.css"), "");
        assert_eq!(none.symbols("x.svg"), Vec::<String>::new());
    }
}
