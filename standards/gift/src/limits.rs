//! How much of a file a reader takes before it says no.

/// Upper bounds that keep a hostile or broken file from using up memory or time. Crossing one is
/// [`Error::Limit`](crate::Error::Limit), which names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Questions and categories in the file.
    pub items: usize,
    /// Answers, or pairs, of one question.
    pub answers: usize,
}

impl Default for Limits {
    /// 256 MiB, 2,000,000 questions, 10,000 answers each.
    fn default() -> Self {
        Self { bytes: 256 << 20, items: 2_000_000, answers: 10_000 }
    }
}
