//! Organisation units: a tree, each unit with the path to it.

use std::collections::HashMap;

use store::{Event, FromRow, Ids, Tx, params, sql};

use crate::error::{Error, Refused};
use crate::scope::{UNIT_DEPTH_MAX, UnitPath};
use crate::{PersonId, UnitId};

/// How many characters a unit's name may have.
pub const NAME_MAX: usize = 120;
/// How many units there may be.
pub const UNITS_MAX: usize = 5_000;

/// An organisation unit: a faculty, a school, a department, a team.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Unit {
    /// The unit.
    pub id: UnitId,
    /// Its name, unique below its parent.
    pub name: String,
    /// What it is part of.
    pub parent: Option<UnitId>,
    /// The units down to it.
    pub path: UnitPath,
}

impl Unit {
    /// How far down it lies: 0 at the top.
    pub fn depth(&self) -> usize {
        self.path.units().len().saturating_sub(1)
    }
}

/// The unit, where it exists.
pub fn find(tx: &mut Tx<'_>, id: UnitId) -> store::Result<Option<Unit>> {
    tx.maybe(sql!("select id, name, parent, path from unit where id = ?1"), params![id])
}

/// Every unit in the order of the tree: each before those below it, siblings by name.
pub fn tree(tx: &mut Tx<'_>) -> store::Result<Vec<Unit>> {
    let units: Vec<Unit> = tx.all(sql!("select id, name, parent, path from unit order by name, id"), params![])?;
    let count = units.len();
    let mut children: HashMap<Option<UnitId>, Vec<Unit>> = HashMap::new();
    for unit in units {
        children.entry(unit.parent).or_default().push(unit);
    }
    let mut ordered = Vec::with_capacity(count);
    // A stack instead of recursion; turned around so that the first name is taken first.
    let mut waiting = children.remove(&None).unwrap_or_default();
    waiting.reverse();
    while let Some(unit) = waiting.pop() {
        let below = children.remove(&Some(unit.id)).unwrap_or_default();
        waiting.extend(below.into_iter().rev());
        ordered.push(unit);
    }
    Ok(ordered)
}

/// The names down to each unit of a tree, joined by ` / `.
pub fn full_names(tree: &[Unit]) -> HashMap<UnitId, String> {
    let mut names: HashMap<UnitId, String> = HashMap::with_capacity(tree.len());
    for unit in tree {
        let above = unit.parent.and_then(|parent| names.get(&parent));
        let name = above.map_or_else(|| unit.name.clone(), |above| format!("{above} / {}", unit.name));
        names.insert(unit.id, name);
    }
    names
}

/// The ids of these units and of all below them.
pub fn below(tx: &mut Tx<'_>, units: &[UnitId]) -> store::Result<Vec<UnitId>> {
    tx.values(
        sql!(
            "select distinct u.id from unit u join unit above on u.path like above.path || '%'
             where above.id in ids(?1)"
        ),
        params![Ids(units)],
    )
}

/// Adds a unit below another, or at the top.
pub fn create(tx: &mut Tx<'_>, name: &str, parent: Option<UnitId>, by: Option<PersonId>) -> Result<Unit, Error> {
    let name = checked_name(name)?;
    let count: i64 = tx.value(sql!("select cast(count(*) as bigint) from unit"), params![])?;
    if count >= UNITS_MAX as i64 {
        return Err(Refused::TooManyUnits.into());
    }
    let above = parent.map(|parent| find(tx, parent)?.ok_or(Error::from(Refused::NoSuchUnit))).transpose()?;
    let id: UnitId = tx.new_id();
    let path = UnitPath::below(above.as_ref().map(|unit| &unit.path), id);
    if path.units().len() > UNIT_DEPTH_MAX {
        return Err(Refused::UnitTooDeep.into());
    }
    let now = tx.now();
    tx.savepoint(|tx| {
        tx.execute(
            sql!("insert into unit (id, parent, name, path, made_at) values (?1, ?2, ?3, ?4, ?5)"),
            params![id, parent, name, path, now],
        )
    })
    .map_err(name_taken)?;
    record(tx, "unit.added", id, by)?;
    Ok(Unit { id, name, parent, path })
}

/// Gives a unit another name.
pub fn rename(tx: &mut Tx<'_>, id: UnitId, name: &str, by: PersonId) -> Result<(), Error> {
    let name = checked_name(name)?;
    let changed = tx
        .savepoint(|tx| tx.execute(sql!("update unit set name = ?2 where id = ?1"), params![id, name]))
        .map_err(name_taken)?;
    if changed == 0 {
        return Err(Refused::NoSuchUnit.into());
    }
    record(tx, "unit.renamed", id, Some(by))
}

/// Moves a unit, with all below it, below another or to the top. Refused below itself.
pub fn move_to(tx: &mut Tx<'_>, id: UnitId, parent: Option<UnitId>, by: PersonId) -> Result<(), Error> {
    // Two moves at once could make a cycle of two trees; the lock makes them wait for each other.
    tx.values::<UnitId>(sql!("select id from unit order by id for update"), params![])?;
    let unit = find(tx, id)?.ok_or(Refused::NoSuchUnit)?;
    let above = parent.map(|parent| find(tx, parent)?.ok_or(Error::from(Refused::NoSuchUnit))).transpose()?;
    if above.as_ref().is_some_and(|above| above.path.contains(id)) {
        return Err(Refused::UnitInItself.into());
    }
    let path = UnitPath::below(above.as_ref().map(|above| &above.path), id);
    let deepest: i64 = tx.value(
        sql!("select cast(coalesce(max(length(path)), 0) as bigint) from unit where path like ?1 || '%'"),
        params![unit.path],
    )?;
    let (old, new) = (unit.path.to_string(), path.to_string());
    // A path is one character, then 33 for each unit.
    let depth = (deepest as usize + new.len()).saturating_sub(old.len()) / 33;
    if depth > UNIT_DEPTH_MAX {
        return Err(Refused::UnitTooDeep.into());
    }
    tx.savepoint(|tx| {
        tx.execute(sql!("update unit set parent = ?2 where id = ?1"), params![id, parent])?;
        tx.execute(
            sql!("update unit set path = ?2 || substr(path, ?3) where path like ?1 || '%'"),
            params![old, new, old.len() + 1],
        )
    })
    .map_err(name_taken)?;
    record(tx, "unit.moved", id, Some(by))
}

/// Deletes a unit that has nothing below it and nobody in it, and that no course or other noun refers to.
pub fn delete(tx: &mut Tx<'_>, id: UnitId, by: PersonId) -> Result<(), Error> {
    let used: bool = tx.value(
        sql!(
            "select exists (select 1 from unit where parent = ?1) or exists (select 1 from person where unit = ?1)
                 or exists (select 1 from role_grant where scope_id = ?1)"
        ),
        params![id],
    )?;
    if used {
        return Err(Refused::UnitInUse.into());
    }
    let deleted = tx.savepoint(|tx| tx.execute(sql!("delete from unit where id = ?1"), params![id]));
    match deleted {
        Ok(0) => Err(Refused::NoSuchUnit.into()),
        Ok(_) => record(tx, "unit.deleted", id, Some(by)),
        Err(store::Error::Constraint { broken: store::Broken::Reference, .. }) => Err(Refused::UnitInUse.into()),
        Err(e) => Err(e.into()),
    }
}

fn checked_name(name: &str) -> Result<String, Error> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Refused::NameMissing.into()),
        n if n > NAME_MAX => Err(Refused::NameTooLong.into()),
        _ => Ok(name),
    }
}

fn name_taken(e: store::Error) -> Error {
    let taken = e.is_duplicate("unit.parent,name") || e.is_duplicate("unit.name") || e.is_duplicate("unit_top_name");
    if taken { Refused::UnitNameTaken.into() } else { e.into() }
}

fn record(tx: &mut Tx<'_>, verb: &'static str, id: UnitId, by: Option<PersonId>) -> Result<(), Error> {
    let mut event = Event::new(verb, "unit", id);
    event.actor = by.map(Into::into);
    tx.record(&event)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn names(tx: &mut Tx<'_>) -> Vec<String> {
        let tree = tree(tx).unwrap();
        let full = full_names(&tree);
        tree.iter().map(|unit| full[&unit.id].clone()).collect()
    }

    #[store::test]
    fn a_tree_is_grown_and_rearranged(tx: &mut Tx<'_>) {
        let by = testing::person(tx, "Ana").unwrap();
        let science = create(tx, " Science  ", None, None).unwrap();
        let biology = create(tx, "Biology", Some(science.id), Some(by)).unwrap();
        let marine = create(tx, "Marine", Some(biology.id), Some(by)).unwrap();
        let arts = create(tx, "Arts", None, Some(by)).unwrap();
        assert_eq!(names(tx), ["Arts", "Science", "Science / Biology", "Science / Biology / Marine"]);

        move_to(tx, biology.id, Some(arts.id), by).unwrap();
        assert_eq!(names(tx), ["Arts", "Arts / Biology", "Arts / Biology / Marine", "Science"]);
        assert_eq!(find(tx, marine.id).unwrap().unwrap().path.units(), [arts.id, biology.id, marine.id]);
        let refused = move_to(tx, arts.id, Some(marine.id), by).unwrap_err();
        assert_eq!(refused.refused(), Some(&Refused::UnitInItself));
        move_to(tx, marine.id, None, by).unwrap();
        rename(tx, marine.id, "Zoology", by).unwrap();
        assert_eq!(names(tx), ["Arts", "Arts / Biology", "Science", "Zoology"]);

        assert_eq!(delete(tx, arts.id, by).unwrap_err().refused(), Some(&Refused::UnitInUse));
        delete(tx, biology.id, by).unwrap();
        delete(tx, arts.id, by).unwrap();
        assert_eq!(names(tx), ["Science", "Zoology"]);
        assert_eq!(delete(tx, arts.id, by).unwrap_err().refused(), Some(&Refused::NoSuchUnit));
    }

    #[store::test]
    fn names_are_unique_among_siblings_and_depth_has_an_end(tx: &mut Tx<'_>) {
        let by = testing::person(tx, "Ana").unwrap();
        let top = create(tx, "Top", None, None).unwrap();
        assert_eq!(create(tx, "Top", None, None).unwrap_err().refused(), Some(&Refused::UnitNameTaken));
        create(tx, "Top", Some(top.id), None).unwrap();
        assert_eq!(create(tx, "Top", Some(top.id), None).unwrap_err().refused(), Some(&Refused::UnitNameTaken));
        assert_eq!(create(tx, "  ", None, None).unwrap_err().refused(), Some(&Refused::NameMissing));

        let mut chain = vec![top];
        while chain.len() < UNIT_DEPTH_MAX {
            chain.push(create(tx, "Deep", chain.last().map(|unit| unit.id), None).unwrap());
        }
        let last = chain.last().unwrap().id;
        assert_eq!(create(tx, "Deeper", Some(last), None).unwrap_err().refused(), Some(&Refused::UnitTooDeep));
        let other = create(tx, "Other", None, None).unwrap();
        assert_eq!(move_to(tx, chain[0].id, Some(other.id), by).unwrap_err().refused(), Some(&Refused::UnitTooDeep));
    }
}
