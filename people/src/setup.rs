//! The first run: an institution and its first administrator, as long as there is none.

use sha2::{Digest, Sha256};
use store::{Result, Tx, params, sql};
use subtle::ConstantTimeEq;

use crate::error::{Error, Refused};
use crate::institution::{self, Institution};
use crate::permission::ADMINISTRATOR;
use crate::person::{self, Details};
use crate::scope::ScopeKind;
use crate::session::{self, Device, Token};
use crate::{PersonId, SessionId, account, grant, role};

/// Letters of the set-up code: none that is taken for another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// How many letters the code has: 60 bits, and attempts are braked.
const CODE_LETTERS: usize = 12;

/// Whether nobody runs the place yet.
pub fn is_needed(tx: &mut Tx<'_>) -> Result<bool> {
    let holders: i64 = tx.value(
        sql!(
            "select cast(count(*) as bigint) from role_grant g join role r on r.id = g.role
             where r.key = 'administrator' and g.scope_kind = 'institution'"
        ),
        params![],
    )?;
    Ok(holders == 0)
}

/// Who runs the place longest: in whose name the command line works.
pub fn first_administrator(tx: &mut Tx<'_>) -> Result<Option<PersonId>> {
    let found: Option<(PersonId,)> = tx.maybe(
        sql!(
            "select g.person from role_grant g join role r on r.id = g.role
             where r.key = 'administrator' and g.scope_kind = 'institution' order by g.made_at, g.person limit 1"
        ),
        params![],
    )?;
    Ok(found.map(|(person,)| person))
}

/// A new set-up code, to be printed at the start of the server; none where the place is set up. An earlier code is
/// worth nothing then.
pub fn new_code(tx: &mut Tx<'_>) -> Result<Option<String>> {
    if !is_needed(tx)? {
        return Ok(None);
    }
    let random: [u8; CODE_LETTERS] = tx.random();
    let letters: String = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into first_run (one, code_hash, made_at) values (?3, ?1, ?2)
             on conflict (one) do update set code_hash = excluded.code_hash, made_at = excluded.made_at"
        ),
        params![hash(&letters), now, true],
    )?;
    Ok(Some(format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])))
}

fn hash(code: &str) -> [u8; 32] {
    let plain: String = code.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    Sha256::digest(plain.to_ascii_uppercase().as_bytes()).into()
}

/// Whether this is the set-up code.
pub fn is_code(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    let kept: Option<(Vec<u8>,)> = tx.maybe(sql!("select code_hash from first_run where one"), params![])?;
    Ok(kept.is_some_and(|(kept,)| bool::from(kept.ct_eq(&hash(code)))))
}

/// Makes the institution and its first administrator, who is signed in. Of two at once only one gets through.
pub fn set_up(
    tx: &mut Tx<'_>,
    institution: &Institution,
    details: &Details,
    password_hash: &str,
    code: &str,
    device: &Device,
) -> Result<(SessionId, Token), Error> {
    tx.maybe::<(crate::RoleId,)>(sql!("select id from role where key = 'administrator' for update"), params![])?;
    if !is_needed(tx)? {
        return Err(Refused::AlreadySetUp.into());
    }
    if !is_code(tx, code)? {
        return Err(Refused::CodeWrong.into());
    }
    institution::save(tx, institution, None)?;
    let id = make_administrator(tx, details, password_hash)?;
    let begun = session::begin(tx, id, false, device)?;
    tx.execute(sql!("delete from first_run where one"), params![])?;
    Ok(begun)
}

/// Adds an administrator with a password: for the first run and for the command line.
pub fn make_administrator(tx: &mut Tx<'_>, details: &Details, password_hash: &str) -> Result<PersonId, Error> {
    if role::all(tx)?.iter().all(|role| role.key != ADMINISTRATOR) {
        role::seed_roles(tx, &[crate::PERMISSIONS])?;
    }
    let id = person::add(tx, details, None)?;
    account::set_password(tx, id, password_hash)?;
    grant::give(tx, id, ADMINISTRATOR, (ScopeKind::Institution, None), None, None, None)?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::institution::SignUp;

    #[store::test]
    fn the_first_administrator_comes_in_with_the_code_and_is_the_only_first(tx: &mut Tx<'_>) {
        let institution = Institution {
            name: "Academy".into(),
            locale: "en".into(),
            zone: "UTC".into(),
            sign_up: SignUp::Invitation,
            sign_up_domains: store::Json(vec![]),
        };
        let details = Details { given: "Ada".into(), email: "ada@uni.example".into(), ..Details::default() };
        let device = Device::default();
        let old = new_code(tx).unwrap().unwrap();
        let code = new_code(tx).unwrap().unwrap();
        for wrong in ["", "AAAA-AAAA-AAAA", &old] {
            let refused = set_up(tx, &institution, &details, "hash", wrong, &device).unwrap_err();
            assert_eq!(refused.refused(), Some(&Refused::CodeWrong));
        }
        let typed = code.to_lowercase().replace('-', " ");
        let (_, token) = set_up(tx, &institution, &details, "hash", &typed, &device).unwrap();
        let viewer = crate::Viewer::by_session(tx, token.hash()).unwrap().unwrap();
        assert!(viewer.can(crate::SETTINGS, &crate::Scope::institution()) && viewer.institution == "Academy");
        let refused = set_up(tx, &institution, &details, "hash", &typed, &device).unwrap_err();
        assert_eq!(refused.refused(), Some(&Refused::AlreadySetUp));
        assert_eq!(new_code(tx).unwrap(), None);
    }
}
