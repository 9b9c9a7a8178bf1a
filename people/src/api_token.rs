//! Access for programs: bearer tokens with a name and an end, with the rights of their person or fewer.

use store::{Event, FromRow, Json, Result, Time, Tx, params, sql};

use crate::PersonId;
use crate::session::Token;

/// How many characters a token's name may have.
pub const NAME_MAX: usize = 80;
/// How many days a token may hold.
pub const DAYS_MAX: i64 = 366;
/// How many tokens a person may have; the oldest go beyond it.
pub const TOKENS_MAX: i64 = 20;

store::id! {
    /// A token for programs.
    ApiTokenId
}

/// A token as it is listed; the secret itself is kept nowhere.
#[derive(Clone, Debug, FromRow)]
pub struct ApiToken {
    /// The token.
    pub id: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// The permissions to which it is cut down; empty: all of its person.
    pub permissions: Json<Vec<String>>,
    /// When it was made.
    pub made_at: Time,
    /// Until when it holds.
    pub expires_at: Time,
}

/// Makes a token, which is answered once.
pub fn add(tx: &mut Tx<'_>, person: PersonId, name: &str, permissions: &[String], days: i64) -> Result<Token> {
    let (id, token, now) = (tx.new_id::<ApiTokenId>(), Token::new(tx), tx.now());
    let days = days.clamp(1, DAYS_MAX);
    tx.execute(
        sql!(
            "insert into api_token (id, person, name, token_hash, permissions, made_at, expires_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ),
        params![id, person, name, token.hash().0, Json(permissions), now, now.plus_days(days)],
    )?;
    tx.execute(
        sql!(
            "delete from api_token where person = ?1 and id in (
                 select id from api_token where person = ?1 order by made_at desc, id desc limit 1000 offset ?2)"
        ),
        params![person, TOKENS_MAX],
    )?;
    tx.record(&Event::new("person.token-added", "person", person).by(person).with("name", name))?;
    Ok(token)
}

/// The tokens of a person that still hold, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ApiToken>> {
    let now = tx.now();
    tx.all(
        sql!(
            "select id, name, permissions, made_at, expires_at from api_token
             where person = ?1 and expires_at > ?2 order by made_at desc, id desc"
        ),
        params![person, now],
    )
}

/// Ends a token; says whether there was one.
pub fn end(tx: &mut Tx<'_>, person: PersonId, id: ApiTokenId) -> Result<bool> {
    let ended = tx.execute(sql!("delete from api_token where id = ?1 and person = ?2"), params![id, person])?;
    if ended == 1 {
        tx.record(&Event::new("person.token-ended", "person", person).by(person))?;
    }
    Ok(ended == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::{PERMISSIONS, PROFILE, SETTINGS, VIEW};
    use crate::{Scope, Viewer, testing};

    #[store::test]
    fn a_token_has_the_rights_of_its_person_or_fewer(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[PERMISSIONS]).unwrap();
        let ana = testing::person_with(tx, "Ana", "manager").unwrap();
        let viewer = |tx: &mut Tx<'_>, token: &Token| Viewer::by_token(tx, token.hash()).unwrap();
        let whole = add(tx, ana, "Sync", &[], 30).unwrap();
        let small = add(tx, ana, "Look", &[VIEW.to_string(), SETTINGS.to_string()], 30).unwrap();
        let everywhere = Scope::institution();
        let (whole_viewer, small_viewer) = (viewer(tx, &whole).unwrap(), viewer(tx, &small).unwrap());
        assert!(whole_viewer.can(VIEW, &everywhere) && whole_viewer.can(PROFILE, &everywhere));
        assert!(small_viewer.can(VIEW, &everywhere) && !small_viewer.can(PROFILE, &everywhere));
        assert!(!small_viewer.can(SETTINGS, &everywhere), "no token widens what its person may do");
        assert!(small_viewer.scopes_with(PROFILE).is_empty());
        let listed = of_person(tx, ana).unwrap();
        assert_eq!(listed.len(), 2);
        assert!(end(tx, ana, listed[0].id).unwrap() && !end(tx, ana, listed[0].id).unwrap());
        assert!(Viewer::by_session(tx, whole.hash()).unwrap().is_none(), "a token is no session");
    }
}
