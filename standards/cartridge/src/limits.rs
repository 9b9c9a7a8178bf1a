//! How much of a package a reader takes before it says no.

/// Upper bounds that keep a hostile or broken package from using up memory, disk or time.
///
/// Sizes are checked against what the archive declares when it is opened, and again against what
/// an entry really expands to when it is read. Crossing a limit is
/// [`Error::Limit`](crate::Error::Limit), which names the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries in the archive, folders included.
    pub entries: usize,
    /// Bytes of all entries together once expanded.
    pub expanded_bytes: u64,
    /// Bytes of one entry once expanded.
    pub entry_bytes: u64,
    /// How many times larger than the archive its expanded content may be. Applied only once the
    /// content is larger than [`Limits::ratio_floor_bytes`], since small text shrinks a lot.
    pub expansion_ratio: u64,
    /// Expanded bytes below which [`Limits::expansion_ratio`] is not looked at.
    pub ratio_floor_bytes: u64,
    /// Bytes of one document (manifest, page, settings) that is decoded into memory.
    pub document_bytes: u64,
    /// Bytes of all documents decoded for one cartridge.
    pub documents_bytes: u64,
    /// Elements nested in each other in one XML document; more than 256 are refused in any case.
    pub xml_depth: usize,
    /// Elements, attributes and pieces of text in one XML document.
    pub xml_nodes: usize,
    /// Bytes of one path inside the package.
    pub path_bytes: usize,
    /// How many of a hundred files that the manifest names may be missing before the package is
    /// refused as incomplete. A bare manifest, which has no files at all, is not held to it.
    pub missing_percent: usize,
}

impl Default for Limits {
    /// Room for the largest courses met in practice: 100,000 entries, 8 GiB expanded.
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            entries: 100_000,
            expanded_bytes: 8 << 30,
            entry_bytes: 4 << 30,
            expansion_ratio: 100,
            ratio_floor_bytes: 64 * MIB,
            document_bytes: 16 * MIB,
            documents_bytes: 256 * MIB,
            xml_depth: 200,
            xml_nodes: 2_000_000,
            path_bytes: 1024,
            missing_percent: 50,
        }
    }
}
