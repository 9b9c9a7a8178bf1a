//! The list of people as a file that a spreadsheet opens and that [`crate::import`] reads again.

use std::collections::HashMap;

use store::{Result, Tx};

use crate::list::{self, Filter, Order, RowRole};
use crate::scope::ScopeKind;
use crate::unit;

/// How many people are read at a time.
const PAGE_ROWS: usize = 1_000;
/// How many people a file holds at most.
pub const ROWS_MAX: usize = 200_000;

/// The people of a filter, by name: UTF-8 with a byte order mark, by which Excel knows the character set; commas; and
/// no cell that a spreadsheet would run as a formula.
pub fn csv(tx: &mut Tx<'_>, filter: &Filter) -> Result<Vec<u8>> {
    let names = unit::full_names(&unit::tree(tx)?);
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    write(&mut writer, &["given", "family", "email", "external_id", "unit", "roles", "locale", "state"])?;
    let (mut after, mut count) = (None, 0);
    while count < ROWS_MAX {
        let rows = list::rows(tx, filter, Order::Name, after.as_ref(), PAGE_ROWS)?;
        let Some(last) = rows.last() else { break };
        after = Some(last.as_after(Order::Name));
        count += rows.len();
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut roles: HashMap<_, Vec<String>> = HashMap::new();
        for role in list::roles_of(tx, &ids)? {
            roles.entry(role.person).or_default().extend(role_text(&role, &names));
        }
        for row in &rows {
            let unit = row.unit.and_then(|unit| names.get(&unit)).map_or("", String::as_str);
            let roles = roles.get(&row.id).map(|roles| roles.join("|")).unwrap_or_default();
            let cells = [
                guarded(&row.given),
                guarded(&row.family),
                guarded(&row.email),
                guarded(row.external_id.as_deref().unwrap_or_default()),
                guarded(unit),
                guarded(&roles),
                guarded(row.locale.as_deref().unwrap_or_default()),
                row.state.to_string(),
            ];
            write(&mut writer, &cells)?;
        }
    }
    writer.into_inner().map_err(|e| store::Error::Setup(e.to_string()))
}

fn write<T: AsRef<[u8]>>(writer: &mut csv::Writer<Vec<u8>>, cells: &[T]) -> Result<()> {
    // Writing into memory fails only where memory ends.
    writer.write_record(cells).map_err(|e| store::Error::Setup(e.to_string()))
}

/// As the import reads it; roles in courses belong to enrolments and are not in this list.
fn role_text(role: &RowRole, names: &HashMap<crate::UnitId, String>) -> Option<String> {
    let called = if role.name.is_empty() { &role.key } else { &role.name };
    match role.scope_kind {
        ScopeKind::Institution => Some(called.clone()),
        ScopeKind::Unit => names.get(&crate::UnitId(role.scope_id)).map(|unit| format!("{called}@{unit}")),
        _ => None,
    }
}

/// A cell that begins like a formula gets `'` before it (OWASP, CSV injection).
fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
