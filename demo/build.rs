//! Makes the academy's content part of the program.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a build that cannot go on stops")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap()).join("academy");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", root.join("academy.toml").display());
    println!("cargo::rerun-if-changed={}", root.join("people.toml").display());
    println!("cargo::rerun-if-changed={}", root.join("courses").display());
    let mut found = Vec::new();
    below(&root.join("courses"), &mut found);
    found.extend([root.join("academy.toml"), root.join("people.toml")]);
    found.sort();
    let mut code = String::from("static FILES: &[(&str, &[u8])] = &[\n");
    for path in found {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        writeln!(code, "({name:?}, include_bytes!({:?})),", path.to_str().unwrap()).unwrap();
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR").unwrap()).join("files.rs"), code).unwrap();
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { below(&path, found) } else { found.push(path) }
    }
}
