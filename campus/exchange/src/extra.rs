//! What a package of this program carries beyond the formats of others, in a file of its own: pages as they were written,
//! dates, minutes, conditions, colours. Other systems pass over it; here it makes a course come back as it was.

use std::collections::BTreeMap;

use outline::release::Tree;
use serde::{Deserialize, Serialize};
use store::Time;

/// Where it lies in the package.
pub const PATH: &str = "course_settings/stoa.json";
/// The identifier of its resource.
pub(crate) const IDENTIFIER: &str = "stoa_course";
/// The version that this program writes. A later one is passed over.
const VERSION: u32 = 1;
/// A longer one is not read, in bytes.
pub(crate) const BYTES_MAX: u64 = 64 << 20;

/// The file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extra {
    /// The version of this description.
    pub version: u32,
    /// The course.
    pub course: ExtraCourse,
    /// Items by the identifier of their node.
    pub items: BTreeMap<String, ExtraItem>,
}

/// What the formats do not say of the course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of courses::Settings")]
pub struct ExtraCourse {
    pub about: String,
    pub hue: Option<u8>,
    pub weeks: bool,
    pub licence: String,
}

/// What the formats do not say of an item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtraItem {
    /// About how long it takes.
    #[serde(skip_serializing_if = "is_zero")]
    pub minutes: u32,
    /// Until when it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Time>,
    /// From when on it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlock_at: Option<Time>,
    /// Until when it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock_at: Option<Time>,
    /// When it opens beyond that; items and modules by the ids that they had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<Tree>,
    /// The page as it was written, its addresses those of the package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
    /// How a link opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Extra {
    /// One to be filled.
    pub fn new(course: ExtraCourse) -> Self {
        Self { version: VERSION, course, items: BTreeMap::new() }
    }

    /// Reads it. What is none, or of a later version, is as if it were not there: the package says the rest by itself.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        (read.version == VERSION).then_some(read)
    }

    /// As it goes into the package.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_passed_over() {
        let own = Extra::new(ExtraCourse { hue: Some(3), ..ExtraCourse::default() });
        assert_eq!(Extra::read(&own.bytes()), Some(own.clone()));
        assert_eq!(Extra::read(&Extra { version: 2, ..own }.bytes()), None);
        assert_eq!(Extra::read(b"[1]"), None);
        let deep = "[".repeat(1_000_000);
        assert_eq!(Extra::read(deep.as_bytes()), None);
    }
}
