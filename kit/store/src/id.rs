use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use uuid::Uuid;

/// An id of any kind: a UUID, version 7 where this program made it, so that ids sort by the time of their making.
/// A noun gives its own ids a type with [`id!`](crate::id!).
pub type Id = Uuid;

/// Declares id types: `store::id!(CourseId, ModuleId);`
#[macro_export]
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[doc = concat!("A `", stringify!($name), "`: a UUIDv7.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, $crate::serde::Serialize, $crate::serde::Deserialize)]
        #[serde(transparent, crate = "store::serde")]
        pub struct $name(pub $crate::Id);

        impl ::std::convert::From<$crate::Id> for $name {
            fn from(id: $crate::Id) -> Self { Self(id) }
        }
        impl ::std::convert::From<$name> for $crate::Id {
            fn from(id: $name) -> Self { id.0 }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { ::std::fmt::Display::fmt(&self.0, f) }
        }
        impl ::std::str::FromStr for $name {
            type Err = <$crate::Id as ::std::str::FromStr>::Err;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl $crate::ToValue for $name {
            fn to_value(&self) -> $crate::Value<'_> { $crate::Value::Uuid(self.0) }
        }
        impl $crate::FromValue for $name {
            fn from_value(value: $crate::ValueRef<'_>) -> ::std::result::Result<Self, $crate::Mismatch> {
                <$crate::Id as $crate::FromValue>::from_value(value).map(Self)
            }
        }
    )+};
}

/// A set of ids, found by their random half: looking one up is a comparison or two, and a copy is a copy of memory.
pub type IdSet<T> = HashSet<T, BuildHasherDefault<IdHasher>>;

/// What [`IdSet`] finds ids by. Ids are made here, half of them at random, so that nobody can choose many that collide.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some(half) = bytes.last_chunk() {
            // The odd factor carries what is random to the bits by which a table looks first.
            self.0 ^= u64::from_be_bytes(*half).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    /// The length that comes before the bytes says nothing.
    fn write_usize(&mut self, _: usize) {}
}

/// Makes a version 7 UUID from a time and 74 random bits (RFC 9562, 5.7): 48 bits of milliseconds, 12 bits of the
/// fraction of that millisecond, 62 random bits. Ids of one process sort by the microsecond.
pub(crate) fn version_7(micros: i64, random: [u8; 8]) -> Uuid {
    let micros = u64::try_from(micros).unwrap_or(0);
    let (millis, fraction) = (micros / 1000, (micros % 1000) * 4096 / 1000);
    let high = (millis << 16) | 0x7000 | fraction;
    let low = (u64::from_be_bytes(random) & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
    Uuid::from_u64_pair(high, low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_carry_their_version() {
        let early = version_7(1_700_000_000_000_001, [0xff; 8]);
        let late = version_7(1_700_000_000_000_002, [0; 8]);
        assert!(early < late);
        assert_eq!(early.get_version_num(), 7);
        assert_eq!(early.get_variant(), uuid::Variant::RFC4122);
    }
}
