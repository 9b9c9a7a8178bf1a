//! Names as people write them, and as lists sort and searches find them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::error::{Error, Refused};

/// How many characters any name may have.
pub const NAME_MAX: usize = 120;
/// How many words of a person are kept for searching; the rest is not found.
pub const WORDS_MAX: usize = 24;
/// How many characters of a word are kept for searching.
const WORD_MAX: usize = 60;

/// A text of one line without space at its ends, runs of spaces as one, control characters dropped, in NFC.
pub fn tidy(text: &str) -> String {
    let plain: String = text.nfc().filter(|letter| !letter.is_control() || letter.is_whitespace()).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name that must be there, tidied.
pub fn checked(text: &str, most: usize) -> Result<String, Error> {
    let name = tidy(text);
    match name.chars().count() {
        0 => Err(Refused::NameMissing.into()),
        length if length > most => Err(Refused::NameTooLong.into()),
        _ => Ok(name),
    }
}

/// In lower case, without accents, and with the letters that have no accent to drop written as two: `Ærø` as `aero`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            // The dot that lower case leaves behind a Turkish capital.
            '\u{307}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// The order of a list of people: by family name, then given name.
pub fn sort_key(given: &str, family: &str) -> String {
    let key = if family.is_empty() { fold(given) } else { format!("{}, {}", fold(family), fold(given)) };
    key.chars().take(2 * NAME_MAX).collect()
}

/// The words under which texts are found, folded, each once.
pub fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for text in texts {
        // An address is found from its start and by each of its parts.
        let folded = fold(text);
        let whole = folded.contains('@').then(|| folded.clone());
        let parts = folded.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned);
        for word in whole.into_iter().chain(parts) {
            let word: String = word.chars().take(WORD_MAX).collect();
            if !word.is_empty() && !words.contains(&word) && words.len() < WORDS_MAX {
                words.push(word);
            }
        }
    }
    words
}

/// The first letters of a name, for a picture of a person without a picture.
pub fn initials(given: &str, family: &str) -> String {
    let first = |text: &str| text.chars().find(|letter| letter.is_alphanumeric()).map(|l| l.to_uppercase().to_string());
    let letters: String = [first(given), first(family)].into_iter().flatten().collect();
    if letters.is_empty() { "?".to_owned() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_case_and_accents() {
        let cases = [
            ("Ana Marín", "ana marin"),
            ("STRASSE ß", "strasse ss"),
            ("Ærø", "aero"),
            ("İstanbul", "istanbul"),
            ("Łukasz", "lukasz"),
            ("Ångström", "angstrom"),
            ("田中", "田中"),
            ("ﬁ", "fi"),
            ("", ""),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn words_are_parts_of_names_and_addresses() {
        assert_eq!(words(["Ana-María", "de la Cruz"]), ["ana", "maria", "de", "la", "cruz"]);
        assert_eq!(words(["ana.m@uni.example"]), ["ana.m@uni.example", "ana", "m", "uni", "example"]);
        assert!(words(["a b c d e f g h i j k l m n o p q r s t u v w x y z"]).len() == WORDS_MAX);
    }

    #[test]
    fn a_name_is_tidied() {
        assert_eq!(tidy("  Ana\t Mari\u{301}n\u{0} "), "Ana Marín");
        assert_eq!(initials("ana", "Marín"), "AM");
        assert_eq!(initials("", "…"), "?");
        assert!(checked("x".repeat(NAME_MAX).as_str(), NAME_MAX).is_ok());
        assert_eq!(checked(" \n", NAME_MAX).unwrap_err().refused(), Some(&Refused::NameMissing));
    }
}
