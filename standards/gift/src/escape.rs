//! The backslash: finding marks that are not escaped, taking escapes away and putting them back.

/// The characters that mean something in GIFT and are written after a backslash to mean themselves.
const MARKS: [char; 6] = ['~', '=', '#', '{', '}', ':'];

/// Whether the backslash at the start of the text escapes the character after it. Before any other
/// character a backslash means itself, as in formulas.
fn escapes(text: &str) -> bool {
    text.chars().nth(1).is_some_and(|next| next == '\\' || next == 'n' || MARKS.contains(&next))
}

/// The places of the characters that are not escaped, with the characters.
pub(crate) fn bare(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut skip = false;
    text.char_indices().filter(move |(at, character)| {
        if skip {
            skip = false;
            return false;
        }
        skip = *character == '\\' && escapes(&text[*at..]);
        !skip
    })
}

/// The place of the first unescaped mark among these.
pub(crate) fn find(text: &str, marks: &[char]) -> Option<usize> {
    bare(text).find(|(_, character)| marks.contains(character)).map(|(at, _)| at)
}

/// The place of the first, or last, run of these characters that is not escaped.
pub(crate) fn find_run(text: &str, run: &str, last: bool) -> Option<usize> {
    let mut places = bare(text).map(|(at, _)| at).filter(|at| text[*at..].starts_with(run));
    if last { places.last() } else { places.next() }
}

/// The parts that begin with an unescaped mark; what stands before the first mark is first, without one.
pub(crate) fn parts<'t>(text: &'t str, marks: &[char]) -> Vec<(Option<char>, &'t str)> {
    let mut parts = Vec::new();
    let (mut mark, mut start) = (None, 0);
    for (at, character) in bare(text).filter(|(_, character)| marks.contains(character)) {
        parts.push((mark, &text[start..at]));
        (mark, start) = (Some(character), at + character.len_utf8());
    }
    parts.push((mark, &text[start..]));
    parts
}

/// The text that is meant.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if escapes(rest) {
            let next = rest.chars().nth(1).unwrap_or('\\');
            out.push(if next == 'n' { '\n' } else { next });
            rest = &rest[1 + next.len_utf8()..];
        } else {
            out.push('\\');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// The text as it must be written to be meant: on one line.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\\' => out.push_str("\\\\"),
            _ => {
                if MARKS.contains(&character) {
                    out.push('\\');
                }
                out.push(character);
            }
        }
    }
    out
}
