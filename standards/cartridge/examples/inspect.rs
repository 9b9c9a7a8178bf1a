//! Prints what a course package holds: `cargo run -p cartridge --example inspect -- COURSE.imscc`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::process::ExitCode;

use cartridge::{Cartridge, Limits, Package};

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    if paths.is_empty() {
        let _ = writeln!(out, "usage: inspect PACKAGE...");
        return ExitCode::from(2);
    }
    let mut refused = false;
    for path in &paths {
        if let Err(error) = inspect(path, &mut out) {
            refused = true;
            let _ = writeln!(out, "{path}\n  refused ({}): {error}", error.code());
        }
    }
    ExitCode::from(u8::from(refused))
}

fn inspect(path: &str, out: &mut impl Write) -> cartridge::Result<()> {
    let mut package = Package::open(BufReader::new(File::open(path)?), &Limits::default())?;
    let format = package.format().map_or("an unknown format", cartridge::Format::described);
    let course = package.cartridge()?;
    writeln!(out, "{path}\n  {format}: {}", course.title.as_deref().unwrap_or("(no title)"))?;
    outline(&course, out)?;
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for resource in &course.resources {
        *kinds.entry(resource.content.name()).or_default() += 1;
    }
    writeln!(out, "  {} resources {kinds:?}, {} files", course.resources.len(), course.files.len())?;
    for finding in &course.findings {
        let whom = finding.resource.as_deref().unwrap_or("");
        writeln!(out, "  {:?} {}: {} {whom}", finding.severity, finding.code, finding.message)?;
    }
    Ok(())
}

fn outline(course: &Cartridge, out: &mut impl Write) -> io::Result<()> {
    for module in &course.modules {
        writeln!(out, "  - {}{}", module.title, hidden(module.published))?;
        for (depth, node) in module.flatten() {
            let kind = node.resource.as_deref().and_then(|resource| course.preferred(resource));
            let kind = kind.map_or("heading", |resource| resource.content.name());
            let kind = if node.url.is_some() && node.resource.is_none() { "address" } else { kind };
            let indent = "  ".repeat(depth as usize + 2);
            writeln!(out, "{indent}- {} [{kind}]{}", node.title, hidden(node.published))?;
        }
    }
    Ok(())
}

fn hidden(published: Option<bool>) -> &'static str {
    if published == Some(false) { " (unpublished)" } else { "" }
}
