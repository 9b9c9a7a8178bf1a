//! Paths inside a package, and how a written address becomes one.

use unicode_normalization::UnicodeNormalization;

/// What is wrong with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathFault {
    /// It climbs out of the package.
    Outside,
    /// It has no name at the end or holds control characters.
    NotAPath,
}

/// Makes a safe path of the name of an archive entry: backslashes become slashes, drive letters
/// and leading slashes go, `.` and inner `..` are resolved.
pub(crate) fn of_entry(name: &str) -> Result<String, PathFault> {
    let mut path = name.replace('\\', "/");
    loop {
        path = join("", &path)?;
        match path.as_bytes() {
            [letter, b':', ..] if letter.is_ascii_alphabetic() => path.drain(..2),
            _ => return Ok(path),
        };
    }
}

/// Resolves `relative` against the folder `base`; both use slashes.
pub(crate) fn join(base: &str, relative: &str) -> Result<String, PathFault> {
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(PathFault::Outside)?;
            }
            _ if part.chars().any(char::is_control) => return Err(PathFault::NotAPath),
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { Err(PathFault::NotAPath) } else { Ok(parts.join("/")) }
}

/// The folder of a path, without trailing slash; empty at the root.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The last part of a path without its ending.
pub(crate) fn stem(path: &str) -> &str {
    let name = file_name(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// Whether the path ends in one of these endings, whatever their case.
pub(crate) fn has_ending(path: &str, endings: &[&str]) -> bool {
    let name = file_name(path);
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|e| ending.eq_ignore_ascii_case(e)))
}

/// Whether the path names a page of HTML.
pub(crate) fn is_html(path: &str) -> bool {
    has_ending(path, &["html", "htm", "xhtml"])
}

/// Whether an operating system left the file in the archive.
pub(crate) fn is_system_file(path: &str) -> bool {
    let name = file_name(path);
    path.starts_with("__MACOSX/")
        || path.contains("/__MACOSX/")
        || name.starts_with("._")
        || [".ds_store", "thumbs.db", "desktop.ini"].iter().any(|system| name.eq_ignore_ascii_case(system))
}

/// An address without its query and fragment.
pub(crate) fn without_query(address: &str) -> &str {
    address.find(['?', '#']).map_or(address, |end| &address[..end])
}

/// What two paths have in common when only case and the composition of accents differ.
pub(crate) fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Decodes `%20` and the like. Bytes that are not UTF-8 are read as Windows-1252, which is what
/// tools that percent-encode anything else write; a stray `%` stays.
pub(crate) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let pair = (byte == b'%').then(|| after.first_chunk::<2>()).flatten();
        match pair.and_then(|[high, low]| Some(hex(*high)? << 4 | hex(*low)?)) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|error| encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

/// Percent-encodes a path so that it can stand in an `href`: everything but letters, digits and
/// `-._~/()` (parentheses as Canvas writes them).
pub(crate) fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'(' | b')' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_become_safe_paths() {
        assert_eq!(of_entry("a\\b\\c.html"), Ok("a/b/c.html".to_owned()));
        assert_eq!(of_entry("/etc/passwd"), Ok("etc/passwd".to_owned()));
        assert_eq!(of_entry("C:\\course\\a.html"), Ok("course/a.html".to_owned()));
        assert_eq!(of_entry("./a/../b.html"), Ok("b.html".to_owned()));
        assert_eq!(of_entry("../b.html"), Err(PathFault::Outside));
        assert_eq!(of_entry("a/..\\..\\b.html"), Err(PathFault::Outside));
        assert_eq!(of_entry("a\0b"), Err(PathFault::NotAPath));
        assert_eq!(of_entry("///"), Err(PathFault::NotAPath));
    }

    #[test]
    fn percent_codes_are_tolerant() {
        assert_eq!(percent_decoded("a%20b"), "a b");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("100%zz%4"), "100%zz%4");
        assert_eq!(percent_decoded("%C3%A9"), "é");
        assert_eq!(percent_decoded("%E9"), "é");
    }

    #[test]
    fn folding_joins_case_and_composition() {
        assert_eq!(folded("Caf\u{e9}.HTML"), folded("cafe\u{301}.html"));
    }

    proptest::proptest! {
        #[test]
        fn encoding_is_undone_by_decoding(path in ".{0,40}") {
            proptest::prop_assert_eq!(percent_decoded(&percent_encoded(&path)), path);
        }

        #[test]
        fn a_safe_path_never_climbs(name in "[a./\\\\:]{0,30}") {
            if let Ok(path) = of_entry(&name) {
                proptest::prop_assert!(path.split('/').all(|part| !part.is_empty() && part != ".." && part != "."));
                proptest::prop_assert_eq!(of_entry(&path), Ok(path));
            }
        }
    }
}
