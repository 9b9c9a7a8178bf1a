//! Makes the texts part of the program, and in a release build the assets: hashed and compressed once, here, so that
//! the server starts without reading or compressing anything.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::allow_attributes,
    reason = "a build that cannot go on stops"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap()).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    println!("cargo::rerun-if-changed=build.rs");
    locales(&root.join("locales"), &out);
    assets(&root.join("assets"), &out);
}

/// Every `locales/LANGUAGE/*.ftl` as `(language, file, text)`.
fn locales(folder: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut code = String::from("/// Language, file name, text.\nstatic LOCALES: &[(&str, &str, &str)] = &[\n");
    let is_text = |path: &Path| path.extension().is_some_and(|extension| extension == "ftl");
    for (name, path) in files(folder, folder).into_iter().filter(|(_, path)| is_text(path)) {
        let (language, file) = name.split_once('/').unwrap_or((&name, ""));
        writeln!(code, "({language:?}, {file:?}, include_str!({})),", literal(&path)).unwrap();
    }
    code.push_str("];\n");
    fs::write(out.join("locales.rs"), code).unwrap();
}

/// Every asset as `(path, bytes, brotli)`. A debug build reads them from the source tree instead,
/// unless STOA_EMBED_ASSETS is set.
fn assets(folder: &Path, out: &Path) {
    let mut code = String::from("static EMBEDDED: &[Embedded] = &[\n");
    println!("cargo::rerun-if-env-changed=STOA_EMBED_ASSETS");
    if env::var("PROFILE").unwrap() == "release" || env::var_os("STOA_EMBED_ASSETS").is_some() {
        println!("cargo::rerun-if-changed={}", folder.display());
        for (index, (name, path)) in files(folder, folder).into_iter().enumerate() {
            let bytes = fs::read(&path).unwrap();
            let compressed = squeezed(&name, &bytes).map_or("None".to_owned(), |small| {
                let file = out.join(format!("asset-{index}.br"));
                fs::write(&file, small).unwrap();
                format!("Some(include_bytes!({}))", literal(&file))
            });
            writeln!(code, "({name:?}, include_bytes!({}), {compressed}),", literal(&path)).unwrap();
        }
    }
    code.push_str("];\n");
    fs::write(out.join("assets.rs"), code).unwrap();
}

/// The brotli form of a text file, where it is smaller. The style sheet's parts are left out: they are served as one.
fn squeezed(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let extension = Path::new(name).extension()?.to_str()?;
    let is_text = ["js", "mjs", "css", "svg", "json", "wasm", "map", "txt", "html"].contains(&extension);
    if !is_text || name.starts_with("css/") {
        return None;
    }
    let mut out = Vec::new();
    let how = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &how).unwrap();
    (out.len() < bytes.len()).then_some(out)
}

/// A path as a string literal of Rust.
fn literal(path: &Path) -> String {
    format!("{:?}", path.canonicalize().unwrap().to_str().unwrap())
}

/// All files below a folder as `(path with slashes, file)`, sorted.
fn files(root: &Path, folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(root, &path));
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, path));
        }
    }
    found.sort();
    found
}
