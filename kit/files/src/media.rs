/// What a file is, by its first bytes. Its name proves nothing.
pub fn media_type(head: &[u8]) -> &'static str {
    // What `infer` says of texts is too coarse: a drawing is XML to it.
    if let Some(kind) = infer::get(head).filter(|kind| !kind.mime_type().starts_with("text/")) {
        return kind.mime_type();
    }
    let Some(text) = text_of(head) else { return "application/octet-stream" };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower = start.get(..start.floor_char_boundary(512)).unwrap_or_default().to_ascii_lowercase();
    match () {
        () if lower.starts_with("webvtt") => "text/vtt",
        () if lower.starts_with("<svg") || (lower.starts_with("<?xml") && lower.contains("<svg")) => "image/svg+xml",
        () if lower.starts_with("<!doctype svg") => "image/svg+xml",
        () if lower.starts_with("<!doctype html") || lower.starts_with("<html") => "text/html",
        () if lower.starts_with("<?xml") => "application/xml",
        () => "text/plain",
    }
}

/// The head as a text; a letter that is cut at its end is no fault.
fn text_of(head: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&head[..e.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    (!text.contains('\0')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn content_tells_what_a_file_is() {
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n0000"), "image/png");
        assert_eq!(media_type(b"%PDF-1.7"), "application/pdf");
        assert_eq!(media_type(b"<?xml version='1.0'?>\n<svg xmlns='x'>"), "image/svg+xml");
        assert_eq!(media_type(b"WEBVTT\n\n"), "text/vtt");
        assert_eq!(media_type("Grüße".as_bytes()), "text/plain");
        assert_eq!(media_type(b"\x00\x01\x02"), "application/octet-stream");
        assert_eq!(media_type(&"ü".as_bytes()[..1]), "text/plain");
    }
}
