//! Any bytes as the documents of a Canvas package: the first as manifest, the others, parted by a
//! zero byte, as the files that it may name. What is read can be linked to and walked.

#![no_main]

use std::io::{Cursor, Write};

use cartridge::{Content, Limits, Links, Package};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

const NAMES: [&str; 8] = [
    "imsmanifest.xml",
    "course_settings/module_meta.xml",
    "course_settings/course_settings.xml",
    "course_settings/files_meta.xml",
    "course_settings/canvas_export.txt",
    "wiki_content/page.html",
    "a.xml",
    "web_resources/file.mp4",
];

fuzz_target!(|bytes: &[u8]| {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in NAMES.iter().zip(bytes.split(|byte| *byte == 0)) {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        if archive.start_file(*name, options).is_err() || archive.write_all(part).is_err() {
            return;
        }
    }
    let Ok(archive) = archive.finish() else { return };
    let limits = Limits { missing_percent: 100, ..Limits::default() };
    let Ok(mut package) = Package::open(archive, &limits) else { return };
    let Ok(course) = package.content() else { return };
    let links = Links::new(&course);
    for resource in &course.resources {
        course.preferred(&resource.identifier);
        if let Content::Page(page) = &resource.content {
            links.resolve(&page.body, resource.path().unwrap_or_default());
        }
    }
    for module in &course.modules {
        module.flatten();
    }
});
