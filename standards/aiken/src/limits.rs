//! How much of a file a reader takes before it says no.

/// Upper bounds that keep a hostile or broken file from using up memory or time. Crossing one is
/// [`Error::Limit`](crate::Error::Limit), which names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Questions in the file.
    pub questions: usize,
}

impl Default for Limits {
    /// 256 MiB, 2,000,000 questions.
    fn default() -> Self {
        Self { bytes: 256 << 20, questions: 2_000_000 }
    }
}
