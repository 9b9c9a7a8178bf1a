//! How much of a document or a package a reader takes before it says no.

/// Upper bounds that keep hostile or broken input from using up memory or time. Crossing one is
/// [`Error::Limit`](crate::Error::Limit), which names the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries in an archive.
    pub entries: usize,
    /// Bytes of all entries of an archive together once expanded.
    pub expanded_bytes: u64,
    /// Bytes of one document that is read into memory.
    pub document_bytes: u64,
    /// Elements nested in each other in one document; more than 128 are refused in any case.
    pub xml_depth: usize,
    /// Elements, attributes and pieces of text in one document.
    pub xml_nodes: usize,
    /// Rules and operators that one scoring may run before it is stopped.
    pub steps: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            entries: 50_000,
            expanded_bytes: 2048 * MIB,
            document_bytes: 32 * MIB,
            xml_depth: 128,
            xml_nodes: 2_000_000,
            steps: 1_000_000,
        }
    }
}
