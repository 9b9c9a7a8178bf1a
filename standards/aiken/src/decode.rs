//! Bytes to text: encodings and line ends.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::finding::Findings;
use crate::{Error, FindingCode, Limits, Result, Severity};

/// The text of a file, with `\n` as the only line end.
///
/// A byte order mark decides; without one the text is UTF-8, or UTF-16 where every second byte of
/// its beginning is zero, or else Windows-1252, which is reported.
pub(crate) fn decode(bytes: &[u8], limits: &Limits, findings: &mut Findings) -> Result<String> {
    if bytes.len() > limits.bytes {
        let kind = crate::LimitKind::Bytes;
        return Err(Error::Limit { kind, limit: limits.bytes, found: bytes.len() });
    }
    let unmarked = match bytes {
        [0, b, ..] if *b != 0 => Some(UTF_16BE),
        [a, 0, ..] if *a != 0 => Some(UTF_16LE),
        _ => None,
    };
    let marked = Encoding::for_bom(bytes).or(unmarked.map(|encoding| (encoding, 0)));
    let mut wrong = |message: &str| findings.push(1, Severity::Warning, FindingCode::WrongEncoding, message, "");
    let text = match (marked, std::str::from_utf8(bytes)) {
        (Some((encoding, mark)), _) => {
            let (text, errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
            if errors {
                wrong("the text holds bytes that are no characters of its encoding");
            }
            text.into_owned()
        }
        (None, Ok(text)) => text.to_owned(),
        (None, Err(_)) => {
            wrong("the text is not UTF-8 and was read as Windows-1252");
            WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
        }
    };
    if text.contains('\0') {
        return Err(Error::NotText);
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}
