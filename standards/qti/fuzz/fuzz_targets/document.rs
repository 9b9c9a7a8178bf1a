//! Any bytes as a document or a package; what is read is scored with its own key.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qti::{Document, Limits, Package};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let items = if bytes.starts_with(b"PK") {
        let Ok(package) = Package::parse(bytes, &limits) else { return };
        package.items.into_iter().map(|(_, item)| item).collect()
    } else {
        let Ok(document) = Document::parse("fuzz.xml", bytes, &limits) else { return };
        document.items
    };
    for item in &items {
        let _ = item.scoring();
        let _ = item.maximum();
    }
});
