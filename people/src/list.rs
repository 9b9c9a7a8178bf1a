//! The list of people: searched, filtered, sorted, a page at a time.

use store::{FromRow, Id, Ids, Result, Time, Tx, params, sql, text_enum};

use crate::name;
use crate::scope::ScopeKind;
use crate::{PersonId, RoleId, UnitId};

/// How many people stand on one page of the list.
pub const PAGE_ROWS: usize = 50;
/// How many words of a search count.
const WORDS_MAX: usize = 3;

text_enum! {
    /// Where an account stands.
    pub enum State {
        /// A password was chosen, and nothing is in the way.
        Active = "active",
        /// No password was chosen yet.
        Invited = "invited",
        /// Cannot sign in.
        Suspended = "suspended",
    }
}

text_enum! {
    /// The order of the list.
    pub enum Order {
        /// By family name.
        Name = "name",
        /// The newest account first.
        Newest = "newest",
        /// The last used account first; never used ones at the end.
        Seen = "seen",
    }
}

/// Which people are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words of the name, the address or the external id, each from its start.
    pub search: String,
    /// Of this unit and those below it.
    pub unit: Option<UnitId>,
    /// Who hold this role anywhere.
    pub role: Option<RoleId>,
    /// In this state.
    pub state: Option<State>,
    /// Only of these units, which are all that the asking person may see; none: of all.
    pub within: Option<Vec<UnitId>>,
}

/// Where the last page ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// The sorted value of the last row: a name, or a time in microseconds.
    pub key: String,
    /// Its id.
    pub id: PersonId,
}

/// One row of the list.
#[derive(Clone, Debug, FromRow)]
pub struct Row {
    /// The person.
    pub id: PersonId,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// E-mail address.
    pub email: String,
    /// The id of another system.
    pub external_id: Option<String>,
    /// The unit.
    pub unit: Option<UnitId>,
    /// The chosen language.
    pub locale: Option<String>,
    /// The sorting form of the name.
    pub sort_name: String,
    /// Where the account stands.
    pub state: State,
    /// When it was last used.
    pub seen_at: Option<Time>,
    /// When it was made.
    pub made_at: Time,
}

impl Row {
    /// Both names.
    pub fn name(&self) -> String {
        crate::person::called(&self.given, &self.family)
    }

    /// The first letters of the name.
    pub fn initials(&self) -> String {
        name::initials(&self.given, &self.family)
    }

    /// Where a page that ends with this row ends.
    pub fn as_after(&self, order: Order) -> After {
        let key = match order {
            Order::Name => self.sort_name.clone(),
            Order::Newest => self.made_at.micros().to_string(),
            Order::Seen => self.seen_at.map_or(0, Time::micros).to_string(),
        };
        After { key, id: self.id }
    }
}

/// The bounds of the words that start with a word.
struct Search(Vec<(String, String)>);

impl Search {
    fn new(text: &str) -> Self {
        let mut words = name::words([text]);
        // A whole address is one word; its parts say nothing more.
        if words.first().is_some_and(|word| word.contains('@')) {
            words.truncate(1);
        }
        Self(words.into_iter().take(WORDS_MAX).map(|word| (word.clone(), format!("{word}\u{10ffff}"))).collect())
    }

    fn low(&self, index: usize) -> Option<&str> {
        self.0.get(index).map(|(low, _)| low.as_str())
    }

    fn high(&self, index: usize) -> Option<&str> {
        self.0.get(index).map(|(_, high)| high.as_str())
    }
}

/// One page of people, and whether more follow: one statement.
pub fn page(tx: &mut Tx<'_>, filter: &Filter, order: Order, after: Option<&After>) -> Result<(Vec<Row>, bool)> {
    let mut rows = rows(tx, filter, order, after, PAGE_ROWS + 1)?;
    let more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    Ok((rows, more))
}

/// The next people after a place in the list, at most `limit`.
pub fn rows(tx: &mut Tx<'_>, filter: &Filter, order: Order, after: Option<&After>, limit: usize) -> Result<Vec<Row>> {
    let search = Search::new(&filter.search);
    let typed_nothing_searchable = search.0.is_empty() && !filter.search.trim().is_empty();
    if typed_nothing_searchable {
        return Ok(Vec::new());
    }
    let after_time = after.map(|after| Time::from_micros(after.key.parse().unwrap_or(0)));
    let (after_name, after_id) = (after.map(|after| after.key.as_str()), after.map(|after| after.id));
    let within = filter.within.as_deref().unwrap_or_default();
    let (low, high) = (|index| search.low(index), |index| search.high(index));
    match order {
        Order::Name => tx.all(
            sql!(
                "select p.id, p.given, p.family, p.email, p.external_id, p.unit, p.locale, p.sort_name, p.seen_at, p.made_at,
                     case when x.person is not null then 'suspended' when p.password is null then 'invited'
                          else 'active' end as state
                 from person p left join suspension x on x.person = p.id
                 where ((p.sort_name, p.id) > (?1, ?2) or ?1 is null)
                   and (p.id in (select person from person_word where word >= ?3 and word < ?4) or ?3 is null)
                   and (p.id in (select person from person_word where word >= ?5 and word < ?6) or ?5 is null)
                   and (p.id in (select person from person_word where word >= ?7 and word < ?8) or ?7 is null)
                   and (p.unit in (select u.id from unit u join unit top on top.id = ?9
                                 where u.path like top.path || '%') or ?9 is null)
                   and (p.id in (select g.person from role_grant g where g.role = ?10) or ?10 is null)
                   and (case when x.person is not null then 'suspended' when p.password is null then 'invited'
                             else 'active' end = ?11 or ?11 is null)
                   and (?12 or p.unit in ids(?13))
                 order by p.sort_name, p.id limit ?14"
            ),
            params![
                after_name, after_id, low(0), high(0), low(1), high(1), low(2), high(2), filter.unit, filter.role,
                filter.state, filter.within.is_none(), Ids(within), limit
            ],
        ),
        Order::Newest => tx.all(
            sql!(
                "select p.id, p.given, p.family, p.email, p.external_id, p.unit, p.locale, p.sort_name, p.seen_at, p.made_at,
                     case when x.person is not null then 'suspended' when p.password is null then 'invited'
                          else 'active' end as state
                 from person p left join suspension x on x.person = p.id
                 where ((p.made_at, p.id) < (?1, ?2) or ?1 is null)
                   and (p.id in (select person from person_word where word >= ?3 and word < ?4) or ?3 is null)
                   and (p.id in (select person from person_word where word >= ?5 and word < ?6) or ?5 is null)
                   and (p.id in (select person from person_word where word >= ?7 and word < ?8) or ?7 is null)
                   and (p.unit in (select u.id from unit u join unit top on top.id = ?9
                                 where u.path like top.path || '%') or ?9 is null)
                   and (p.id in (select g.person from role_grant g where g.role = ?10) or ?10 is null)
                   and (case when x.person is not null then 'suspended' when p.password is null then 'invited'
                             else 'active' end = ?11 or ?11 is null)
                   and (?12 or p.unit in ids(?13))
                 order by p.made_at desc, p.id desc limit ?14"
            ),
            params![
                after_time, after_id, low(0), high(0), low(1), high(1), low(2), high(2), filter.unit, filter.role,
                filter.state, filter.within.is_none(), Ids(within), limit
            ],
        ),
        Order::Seen => tx.all(
            sql!(
                "select p.id, p.given, p.family, p.email, p.external_id, p.unit, p.locale, p.sort_name, p.seen_at, p.made_at,
                     case when x.person is not null then 'suspended' when p.password is null then 'invited'
                          else 'active' end as state
                 from person p left join suspension x on x.person = p.id
                 where ((coalesce(p.seen_at, ?15), p.id) < (?1, ?2) or ?1 is null)
                   and (p.id in (select person from person_word where word >= ?3 and word < ?4) or ?3 is null)
                   and (p.id in (select person from person_word where word >= ?5 and word < ?6) or ?5 is null)
                   and (p.id in (select person from person_word where word >= ?7 and word < ?8) or ?7 is null)
                   and (p.unit in (select u.id from unit u join unit top on top.id = ?9
                                 where u.path like top.path || '%') or ?9 is null)
                   and (p.id in (select g.person from role_grant g where g.role = ?10) or ?10 is null)
                   and (case when x.person is not null then 'suspended' when p.password is null then 'invited'
                             else 'active' end = ?11 or ?11 is null)
                   and (?12 or p.unit in ids(?13))
                 order by coalesce(p.seen_at, ?15) desc, p.id desc limit ?14"
            ),
            params![
                after_time, after_id, low(0), high(0), low(1), high(1), low(2), high(2), filter.unit, filter.role,
                filter.state, filter.within.is_none(), Ids(within), limit, Time::from_micros(0)
            ],
        ),
    }
}

/// A role of a person in the list.
#[derive(Clone, Debug, FromRow)]
pub struct RowRole {
    /// Who holds it.
    pub person: PersonId,
    /// The role's key.
    pub key: String,
    /// The role's name; empty for a built-in role.
    pub name: String,
    /// The kind of place.
    pub scope_kind: ScopeKind,
    /// The place.
    pub scope_id: Id,
    /// The name of the unit, where the place is one.
    pub unit_name: Option<String>,
}

/// The roles that these people hold now, each once per place.
pub fn roles_of(tx: &mut Tx<'_>, people: &[PersonId]) -> Result<Vec<RowRole>> {
    let now = tx.now();
    tx.all(
        sql!(
            "select distinct g.person, r.key, r.name, g.scope_kind, g.scope_id, u.name as unit_name
             from role_grant g join role r on r.id = g.role left join unit u on u.id = g.scope_id
             where g.person in ids(?1) and (g.starts is null or g.starts <= ?2) and (g.ends is null or g.ends > ?2)
             order by r.key, g.scope_id"
        ),
        params![Ids(people), now],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn add(tx: &mut Tx<'_>, given: &str, family: &str, unit: Option<UnitId>) -> PersonId {
        let email = format!("{}@example.org", name::fold(&format!("{given}.{family}")));
        let details =
            crate::person::Details { given: given.into(), family: family.into(), email, unit, ..Default::default() };
        crate::person::add(tx, &details, None).unwrap()
    }

    fn found(tx: &mut Tx<'_>, filter: &Filter) -> Vec<String> {
        rows(tx, filter, Order::Name, None, 100).unwrap().iter().map(Row::name).collect()
    }

    #[store::test]
    fn people_are_found_by_the_start_of_any_word(tx: &mut Tx<'_>) {
        for (given, family) in [("Ana", "Marín"), ("Bo", "Ångström"), ("Mariam", "Ødegård")] {
            add(tx, given, family, None);
        }
        let search = |text: &str| Filter { search: text.to_owned(), ..Filter::default() };
        for (text, expected) in [
            ("", vec!["Bo Ångström", "Ana Marín", "Mariam Ødegård"]),
            ("mari", vec!["Ana Marín", "Mariam Ødegård"]),
            ("MARI ana", vec!["Ana Marín"]),
            ("ang", vec!["Bo Ångström"]),
            ("ana.marin@example.org", vec!["Ana Marín"]),
            ("arin", vec![]),
            ("…", vec![]),
            ("%", vec![]),
        ] {
            assert_eq!(found(tx, &search(text)), expected, "{text}");
        }
    }

    #[store::test]
    fn filters_narrow_the_list(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[]).unwrap();
        let science = testing::unit(tx, "Science", None).unwrap();
        let biology = testing::unit(tx, "Biology", Some(&science)).unwrap();
        let ana = add(tx, "Ana", "A", Some(biology.id));
        let bo = add(tx, "Bo", "B", Some(science.id));
        add(tx, "Cy", "C", None);
        testing::role(tx, bo, "teacher", (ScopeKind::Institution, None)).unwrap();
        crate::bulk::suspend(tx, &[ana], bo, "").unwrap();
        let teacher = tx.value(sql!("select id from role where key = 'teacher'"), params![]).unwrap();
        let all = Filter::default();
        assert_eq!(found(tx, &Filter { unit: Some(science.id), ..all.clone() }), ["Ana A", "Bo B"]);
        assert_eq!(found(tx, &Filter { unit: Some(biology.id), ..all.clone() }), ["Ana A"]);
        assert_eq!(found(tx, &Filter { role: Some(teacher), ..all.clone() }), ["Bo B"]);
        assert_eq!(found(tx, &Filter { state: Some(State::Suspended), ..all.clone() }), ["Ana A"]);
        assert_eq!(found(tx, &Filter { state: Some(State::Invited), ..all.clone() }), ["Bo B", "Cy C"]);
        assert_eq!(found(tx, &Filter { within: Some(vec![science.id]), ..all.clone() }), ["Bo B"]);
        assert!(found(tx, &Filter { within: Some(vec![]), ..all }).is_empty());
        assert_eq!(roles_of(tx, &[bo]).unwrap().len(), 1);
    }

    #[store::test]
    fn pages_follow_each_other_in_every_order(tx: &mut Tx<'_>) {
        let count = PAGE_ROWS * 2 + 7;
        for number in 0..count {
            let id = add(tx, &format!("P{:03}", (number * 37) % count), "Same", None);
            if number % 3 == 0 {
                let seen = Time::from_seconds(1_000 + (number % 5) as i64);
                tx.execute(sql!("update person set seen_at = ?2 where id = ?1"), params![id, seen]).unwrap();
            }
        }
        for order in Order::ALL {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let (rows, more) = page(tx, &Filter::default(), *order, after.as_ref()).unwrap();
                after = rows.last().map(|row| row.as_after(*order));
                seen.extend(rows.into_iter().map(|row| row.id));
                if !more {
                    break;
                }
            }
            let whole: Vec<_> =
                rows(tx, &Filter::default(), *order, None, 1_000).unwrap().iter().map(|row| row.id).collect();
            assert_eq!(seen, whole, "{order}");
            assert_eq!(seen.len(), count);
        }
    }
}
