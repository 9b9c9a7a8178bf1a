//! Percent-encoding (RFC 3986) and the pairs of `application/x-www-form-urlencoded`.

/// Text as one component of an address: everything but letters, digits and `-._~` is percent-encoded.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The text behind a percent-encoded one. A `%` without two hexadecimal digits stays; bytes that are no UTF-8 become
/// the replacement character.
pub fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |i: usize| bytes.get(i).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// Fields as a query: `a=1&b=two%20words`.
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> = pairs.into_iter().map(|(k, v)| format!("{}={}", encoded(k), encoded(v))).collect();
    pairs.join("&")
}

/// The fields of a query or of an urlencoded form, in their order.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    let plain = |part: &str| decoded(&part.replace('+', " "));
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').map_or((plain(part), String::new()), |(k, v)| (plain(k), plain(v)))).collect()
}

/// True for a path on this server. `//host` and `/\host` lead elsewhere, and a redirect must not.
pub fn is_local(path: &str) -> bool {
    let mut letters = path.chars();
    letters.next() == Some('/')
        && !matches!(letters.next(), Some('/' | '\\'))
        && !path.chars().any(|letter| letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_as_they_were() {
        let fields = [("title", "Über & über + 50%"), ("empty", "")];
        let text = query(fields);
        let read = pairs(&text);
        assert_eq!(read, fields.map(|(k, v)| (k.to_owned(), v.to_owned())));
        assert_eq!(
            pairs("a=b+c&&d&e=%zz%4"),
            [("a", "b c"), ("d", ""), ("e", "%zz%4")].map(|(k, v)| (k.into(), v.into()))
        );
        assert_eq!(decoded("%ff"), "\u{fffd}");
    }

    proptest::proptest! {
        #[test]
        fn any_text_survives_a_form(name in ".*", value in ".*") {
            let pair = [(name.as_str(), value.as_str())];
            proptest::prop_assert_eq!(pairs(&query(pair)), [(name.clone(), value.clone())]);
        }

        #[test]
        fn no_input_is_a_panic(text in ".*") {
            let _ = (pairs(&text), decoded(&text), is_local(&text));
        }
    }

    #[test]
    fn only_paths_of_this_server_are_local() {
        assert!(is_local("/courses?x=//y") && is_local("/"));
        for elsewhere in
            ["//evil.example", "/\\evil.example", "https://evil.example", "", "courses", "/a\r\nb", "/\t/evil"]
        {
            assert!(!is_local(elsewhere), "{elsewhere}");
        }
    }
}
