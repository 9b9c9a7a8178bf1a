//! Any bytes as a package: opened, read to the last file, links resolved, nothing panics.

#![no_main]

use cartridge::{Limits, Links, Package};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { expanded_bytes: 8 << 20, entry_bytes: 1 << 20, document_bytes: 1 << 20, ..Limits::default() };
    let Ok(mut package) = Package::from_bytes(bytes, &limits) else { return };
    let paths: Vec<String> = package.paths().map(str::to_owned).collect();
    for path in &paths {
        let _ = package.read(path);
    }
    let Ok(course) = package.content() else { return };
    let links = Links::new(&course);
    for path in &paths {
        links.resolve(path, path);
    }
    for module in &course.modules {
        module.flatten();
    }
});
