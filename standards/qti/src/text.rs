//! Bytes to text and back: encodings, character references, places in a text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::{Error, Result};

/// A decoded document.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The encoding that was promised, where the bytes did not keep the promise.
    pub(crate) wrong: Option<&'static str>,
}

/// How far into a document its encoding may be declared.
const DECLARATION_BYTES_MAX: usize = 1024;

/// Decodes XML by byte order mark, by the shape of its first bytes, or by its declaration.
///
/// Text that is not in the declared encoding is read as UTF-8 where it is valid UTF-8, else as
/// Windows-1252, and reported in [`Decoded::wrong`].
pub(crate) fn decode_xml(path: &str, bytes: &[u8]) -> Result<Decoded> {
    if let Some(decoded) = decode_marked(bytes) {
        return Ok(decoded);
    }
    let label = declared(bytes, b"encoding");
    let declared = match label.as_deref().map(str::trim) {
        None | Some("") => UTF_8,
        Some(label) => match Encoding::for_label(label.as_bytes()) {
            Some(encoding) => encoding,
            None if std::str::from_utf8(bytes).is_ok() => UTF_8,
            None => {
                return Err(Error::Encoding { path: path.to_owned(), encoding: label.to_owned() });
            }
        },
    };
    Ok(decode_as(bytes, declared))
}

/// Decodes what begins with a byte order mark or is plainly UTF-16 without one.
fn decode_marked(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Some(Decoded { text: text.into_owned(), wrong: errors.then(|| encoding.name()) });
    }
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => return None,
    };
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    Some(Decoded { text: text.into_owned(), wrong: errors.then(|| encoding.name()) })
}

fn decode_as(bytes: &[u8], declared: &'static Encoding) -> Decoded {
    // A declaration that can be read byte by byte cannot be true of UTF-16; the file was converted.
    let declared = if declared == UTF_16LE || declared == UTF_16BE { UTF_8 } else { declared };
    if let Some(text) = declared.decode_without_bom_handling_and_without_replacement(bytes) {
        return Decoded { text: text.into_owned(), wrong: None };
    }
    let wrong = Some(declared.name());
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), wrong },
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            Decoded { text: text.into_owned(), wrong }
        }
    }
}

/// The value after `key` and `=` near the start of a document, quoted or not.
fn declared(bytes: &[u8], key: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES_MAX)];
    let at = head.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))?;
    let rest = head[at + key.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_.:".contains(byte)));
    let label = &rest[..end.unwrap_or(rest.len())];
    (!label.is_empty()).then(|| String::from_utf8_lossy(label).into_owned())
}

/// Line and column, both from 1, of a byte offset; the column counts characters.
pub(crate) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[line_start..].chars().count() + 1)
}

/// Replaces character references and the entities of XML and everyday HTML. What is not a
/// reference, such as the `&` of an address, stays as it is: nothing ever expands.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((character, length)) => {
                out.push(character);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// [`unescaped`], with line breaks and tabs turned to spaces first (XML 1.0, 3.3.3).
pub(crate) fn unescaped_attribute(text: &str) -> String {
    if text.contains(['\n', '\r', '\t']) {
        unescaped(&text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " "))
    } else {
        unescaped(text)
    }
}

/// The character that a reference at the start of the text means, and how long the reference is.
fn reference(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 12;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            code.ok().filter(|code| *code != 0).and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        None => entity(name)?,
    };
    Some((character, end + 1))
}

/// The five entities of XML and those of HTML that end up in titles.
fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "deg" => '°',
        "times" => '×',
        "euro" => '€',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "agrave" => 'à',
        "aacute" => 'á',
        "ccedil" => 'ç',
        "egrave" => 'è',
        "eacute" => 'é',
        "ecirc" => 'ê',
        "iacute" => 'í',
        "ntilde" => 'ñ',
        "oacute" => 'ó',
        "uacute" => 'ú',
        _ => return None,
    })
}

/// Escapes text for an attribute: line breaks and tabs survive normalisation as references.
pub(crate) fn escaped(text: &str) -> String {
    escape(text, true)
}

/// Escapes text for the inside of an element.
pub(crate) fn escaped_text(text: &str) -> String {
    escape(text, false)
}

/// Characters that XML cannot hold are left out.
fn escape(text: &str, attribute: bool) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' if attribute => out.push_str("&#9;"),
            '\n' if attribute => out.push_str("&#10;"),
            '\n' | '\t' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control < ' ' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_and_everything_else_stays() {
        assert_eq!(unescaped("a &amp; b &lt;&#x41;&#66;&eacute;"), "a & b <ABé");
        assert_eq!(unescaped("?a=1&b=2&lol;&"), "?a=1&b=2&lol;&");
        assert_eq!(unescaped("&#0;&#x110000;"), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn every_encoding_is_found() {
        let utf16 = |little: bool, mark: bool| {
            let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>é</a>";
            let units = mark.then_some(0xfeffu16).into_iter().chain(text.encode_utf16());
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect::<Vec<_>>()
        };
        for (little, mark) in [(true, true), (true, false), (false, true), (false, false)] {
            let decoded = decode_xml("a", &utf16(little, mark)).unwrap();
            assert!(decoded.text.ends_with("<a>é</a>"), "{little} {mark}: {}", decoded.text);
            assert_eq!(decoded.wrong, None);
        }
        let latin = decode_xml("a", b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>").unwrap();
        assert!(latin.text.ends_with("<a>é</a>"));
        let converted = decode_xml("a", b"<?xml version='1.0' encoding='UTF-16'?><a/>").unwrap();
        assert!(converted.text.ends_with("<a/>"));
        let lying = decode_xml("a", b"<?xml version='1.0'?><a>\xe9</a>").unwrap();
        assert!(lying.text.ends_with("<a>é</a>"));
        assert_eq!(lying.wrong, Some("UTF-8"));
        assert!(decode_xml("a", b"<?xml version='1.0' encoding='klingon'?><a>\xe9</a>").is_err());
    }

    #[test]
    fn places_are_counted_in_characters() {
        assert_eq!(line_and_column("aé\nbü?", 7), (2, 3));
        assert_eq!(line_and_column("abc", 99), (1, 4));
    }
}
