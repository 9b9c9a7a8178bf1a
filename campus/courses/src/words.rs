//! The words of a search in the catalogue.

use people::name::fold;

/// The most words of a search that count; further ones are left out.
pub(crate) const WORDS_MAX: usize = 4;

/// The most characters of a word that count: engines refuse longer patterns.
const WORD_MAX: usize = 100;

/// The words of a search, folded and ready for `like ... escape '\'`; those that are missing match anything.
pub(crate) fn of_search(text: &str) -> [String; WORDS_MAX] {
    let folded = fold(text);
    let mut words = folded.split_whitespace().map(|word| {
        let word: String = word.chars().take(WORD_MAX).collect();
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{escaped}%")
    });
    std::array::from_fn(|_| words.next().unwrap_or_else(|| "%".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_escaped() {
        let words = of_search("  Übung 100% a_b ");
        assert_eq!(&words[..4], ["%ubung%", "%100\\%%", "%a\\_b%", "%"]);
        assert_eq!(of_search("a b c d e f g h")[3], "%d%");
        assert_eq!(of_search(&"x".repeat(60_000))[0].len(), WORD_MAX + 2);
    }
}
