//! Passwords: argon2id (19 MiB, two passes, one lane), hashed off the database threads, a few at a time.

use std::sync::{Arc, OnceLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::Refused;
use crate::name;

/// The fewest characters of a password.
pub const LENGTH_MIN: usize = 10;
/// The most characters of a password: room for any sentence, and an end to the work of hashing.
pub const LENGTH_MAX: usize = 256;
/// Memory of one hashing, in KiB: 19 MiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// How many are hashed at the same time; others wait. Each takes 19 MiB and some 30 ms of a core.
const AT_ONCE_MAX: usize = 4;

/// Very common passwords of ten characters or more, and the stems from which people make them.
const COMMON: &str = include_str!("password/common.txt");

/// What is wrong with a password, if anything. `personal` are the names and the address, which it must not be.
pub fn check(password: &str, personal: &[&str]) -> Option<Refused> {
    let length = password.chars().count();
    if length < LENGTH_MIN {
        return Some(Refused::PasswordShort);
    }
    if length > LENGTH_MAX {
        return Some(Refused::PasswordLong);
    }
    let plain = squeezed(password);
    let is_personal = |text: &&&str| {
        let text = squeezed(text);
        // A short name within a long password is no harm; a password that is little more than the name is.
        text.chars().count() >= 4 && plain.contains(&text) && plain.chars().count() < text.chars().count() + 4
    };
    if personal.iter().filter(|text| !text.is_empty()).any(|text| is_personal(&text)) {
        return Some(Refused::PasswordPersonal);
    }
    let mut letters: Vec<char> = plain.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    (letters.len() < 4 || is_common(&plain) || is_run(&plain)).then_some(Refused::PasswordCommon)
}

/// Folded, without the characters between words.
fn squeezed(text: &str) -> String {
    name::fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// In the list, or one of the list with digits after it.
fn is_common(plain: &str) -> bool {
    let stem = plain.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let listed = |text: &str| COMMON.lines().any(|known| known == text);
    listed(plain) || (!stem.is_empty() && plain.len() - stem.len() <= 4 && listed(stem))
}

/// Letters or digits that only follow each other: `abcdefghij`, `0987654321`.
fn is_run(plain: &str) -> bool {
    let letters: Vec<u32> = plain.chars().map(u32::from).collect();
    let steps = |step: i64| {
        letters.windows(2).filter(|pair| i64::from(pair[1]) - i64::from(pair[0]) == step).count() + 3 >= letters.len()
    };
    steps(1) || steps(-1)
}

fn hasher() -> Argon2<'static> {
    // These parameters are within argon2's bounds, which the tests show; the default is what OWASP recommends too.
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn permits() -> Arc<Semaphore> {
    static PERMITS: OnceLock<Arc<Semaphore>> = OnceLock::new();
    Arc::clone(PERMITS.get_or_init(|| Arc::new(Semaphore::new(AT_ONCE_MAX))))
}

/// Runs one piece of hashing on a thread of its own.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashingFailed> {
    let _permit = permits().acquire_owned().await.map_err(|_| HashingFailed)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| HashingFailed)
}

/// A password could not be hashed: the program is being stopped, or memory ran out.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashingFailed;

/// Hashes a password to a PHC string.
pub async fn hash(password: String) -> Result<String, HashingFailed> {
    off_thread(move || hash_now(&password)).await?
}

/// [`hash`] for the command line and for tests, on the thread that calls.
pub fn hash_now(password: &str) -> Result<String, HashingFailed> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(|_| HashingFailed)?;
    let hashed: Result<PasswordHash, _> = hasher().hash_password_with_salt(password.as_bytes(), &salt);
    hashed.map(|hash| hash.to_string()).map_err(|_| HashingFailed)
}

/// How a password held against a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// It is not the one.
    No,
    /// It is.
    Yes,
    /// It is, and should be kept in this new hash, since the parameters have changed.
    Rehashed(String),
}

/// Holds a password against a hash. Without a hash (there is no such account, or it has no password yet) the same work
/// is done for nothing, so that the time does not tell.
pub async fn verify(password: String, kept: Option<String>) -> Result<Verified, HashingFailed> {
    off_thread(move || verify_now(&password, kept.as_deref())).await?
}

fn verify_now(password: &str, kept: Option<&str>) -> Result<Verified, HashingFailed> {
    let Some(hash) = kept.and_then(|kept| PasswordHash::new(kept).ok()) else {
        hash_now(password)?;
        return Ok(Verified::No);
    };
    // A password longer than any that may be chosen is not worth the work.
    if password.chars().count() > LENGTH_MAX || hasher().verify_password(password.as_bytes(), &hash).is_err() {
        return Ok(Verified::No);
    }
    if is_current(&hash) { Ok(Verified::Yes) } else { hash_now(password).map(Verified::Rehashed) }
}

fn is_current(hash: &PasswordHash) -> bool {
    let number = |name: &str| hash.params.get_decimal(name);
    hash.algorithm.as_str() == "argon2id"
        && number("m") == Some(MEMORY_KIB)
        && number("t") == Some(PASSES)
        && number("p") == Some(LANES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_refuse_what_is_guessed_first() {
        let personal = ["ana.marin@uni.example", "Ana", "Marín", "Ana Marín"];
        let cases = [
            ("short", Some(Refused::PasswordShort)),
            ("correct horse battery", None),
            ("tide-pools at dawn", None),
            ("Password123", Some(Refused::PasswordCommon)),
            ("P-a-s-s-w-o-r-d-2026", Some(Refused::PasswordCommon)),
            ("1234567890", Some(Refused::PasswordCommon)),
            ("abcdefghijkl", Some(Refused::PasswordCommon)),
            ("qwertyuiop", Some(Refused::PasswordCommon)),
            ("aaaaaaaaaaaa", Some(Refused::PasswordCommon)),
            ("Ana.Marin@uni.example", Some(Refused::PasswordPersonal)),
            ("anamarin12", Some(Refused::PasswordPersonal)),
            ("Ana and the sea", None),
        ];
        for (password, expected) in cases {
            assert_eq!(check(password, &personal), expected, "{password}");
        }
        assert_eq!(check(&"long way ".repeat(40), &[]), Some(Refused::PasswordLong));
    }

    #[test]
    fn the_list_is_of_squeezed_words() {
        for line in COMMON.lines() {
            assert_eq!(line, squeezed(line), "a line that no password can match");
        }
    }

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_and_known_again() {
        let hash = hash("tide-pools at dawn".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let held = |password: &str, hash: Option<&str>| verify(password.to_owned(), hash.map(str::to_owned));
        assert_eq!(held("tide-pools at dawn", Some(&hash)).await.unwrap(), Verified::Yes);
        assert_eq!(held("tide-pools at dusk", Some(&hash)).await.unwrap(), Verified::No);
        assert_eq!(held("tide-pools at dawn", None).await.unwrap(), Verified::No);
        assert_eq!(held("tide-pools at dawn", Some("no hash")).await.unwrap(), Verified::No);
    }

    #[test]
    fn weaker_parameters_are_renewed() {
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).unwrap());
        let old: PasswordHash = weak.hash_password_with_salt(b"tide-pools at dawn", &[7; 16]).unwrap();
        match verify_now("tide-pools at dawn", Some(&old.to_string())).unwrap() {
            Verified::Rehashed(new) => {
                assert_eq!(verify_now("tide-pools at dawn", Some(&new)).unwrap(), Verified::Yes);
            }
            other => panic!("{other:?}"),
        }
    }
}
