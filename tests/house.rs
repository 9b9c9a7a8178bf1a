//! The arrows of ARCHITECTURE.md: which wing may lean on which. The compiler keeps a crate to the dependencies that its
//! manifest names; this test keeps the manifests to the picture.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Which wings a wing may lean on.
const ARROWS: &[(&str, &[&str])] = &[
    ("standards", &["standards"]),
    ("kit", &["kit"]),
    ("people", &["kit", "standards"]),
    ("campus", &["campus", "people", "kit", "standards"]),
    ("space", &["space", "people", "kit", "standards"]),
    ("bridge", &["bridge", "space", "campus", "people", "kit", "standards"]),
    ("demo", &["bridge", "space", "campus", "people", "kit", "standards"]),
    ("app", &["demo", "bridge", "space", "campus", "people", "kit", "standards"]),
    ("tests", &["app", "demo", "bridge", "space", "campus", "people", "kit", "standards"]),
    ("bench", &["app", "demo", "bridge", "space", "campus", "people", "kit", "standards"]),
];

fn metadata() -> (String, Vec<Value>) {
    let output = Command::new(env!("CARGO")).args(["metadata", "--no-deps", "--format-version", "1"]).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let root = metadata["workspace_root"].as_str().unwrap().to_owned();
    (root, metadata["packages"].as_array().unwrap().clone())
}

fn wing(root: &str, path: &str) -> String {
    let inside = Path::new(path).strip_prefix(root).unwrap();
    inside.components().next().unwrap().as_os_str().to_str().unwrap().to_owned()
}

#[test]
fn crates_lean_only_where_the_picture_has_an_arrow() {
    let (root, packages) = metadata();
    let arrows: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for package in &packages {
        let from = wing(&root, package["manifest_path"].as_str().unwrap());
        for dependency in package["dependencies"].as_array().unwrap() {
            let Some(path) = dependency["path"].as_str() else { continue };
            let to = wing(&root, path);
            if !arrows[from.as_str()].contains(&to.as_str()) {
                wrong.push(format!("{} ({from}) leans on {} ({to})", package["name"], dependency["name"]));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that ARCHITECTURE.md does not have:\n{}", wrong.join("\n"));
}

#[test]
fn a_specification_knows_no_database_no_web_and_no_runtime() {
    let (root, packages) = metadata();
    let unfit = ["tokio", "axum", "rusqlite", "tokio-postgres", "askama"];
    for package in packages.iter().filter(|p| wing(&root, p["manifest_path"].as_str().unwrap()) == "standards") {
        for dependency in package["dependencies"].as_array().unwrap() {
            let name = dependency["name"].as_str().unwrap();
            assert!(!unfit.contains(&name), "{} is to be pure, but depends on {name}", package["name"]);
        }
    }
}
