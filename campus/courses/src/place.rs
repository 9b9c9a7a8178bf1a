//! Courses and sections as places at which roles are held: how they are called, and where they lie.

use people::{Place, PlaceOwner, Scope, ScopeKind, UnitPath};
use store::{Id, Ids, Result, Tx, params, sql};

/// The places of this crate, for `people::Places`.
pub const PLACES: PlaceOwner = PlaceOwner { kinds: &[ScopeKind::Course, ScopeKind::Section], find, names };

/// One statement.
fn find(tx: &mut Tx<'_>, (kind, id): Place) -> Result<Option<(String, Scope)>> {
    if kind == ScopeKind::Section {
        let found: Option<(Id, UnitPath, String, String, String)> = tx.maybe(
            sql!(
                "select course.id, unit.path, course.code, course.title, section.name
                 from section join course on course.id = section.course join unit on unit.id = course.unit
                 where section.id = ?1"
            ),
            params![id],
        )?;
        return Ok(found.map(|(course, path, code, title, section)| {
            (name(&code, &title, &section), Scope::unit(&path).course(course).section(id))
        }));
    }
    let found: Option<(UnitPath, String, String)> = tx.maybe(
        sql!(
            "select unit.path, course.code, course.title
             from course join unit on unit.id = course.unit where course.id = ?1"
        ),
        params![id],
    )?;
    Ok(found.map(|(path, code, title)| (name(&code, &title, ""), Scope::unit(&path).course(id))))
}

fn names(tx: &mut Tx<'_>, places: &[Place]) -> Result<Vec<(Place, String)>> {
    let of = |wanted: ScopeKind| -> Vec<Id> {
        places.iter().filter(|(kind, _)| *kind == wanted).map(|(_, id)| *id).collect()
    };
    let (courses, sections) = (of(ScopeKind::Course), of(ScopeKind::Section));
    let found: Vec<(ScopeKind, Id, String, String, String)> = tx.all(
        sql!(
            "select 'course', id, code, title, '' from course where id in ids(?1)
             union all
             select 'section', section.id, course.code, course.title, section.name
             from section join course on course.id = section.course where section.id in ids(?2)"
        ),
        params![Ids(&courses), Ids(&sections)],
    )?;
    Ok(found.into_iter().map(|(kind, id, code, title, section)| ((kind, id), name(&code, &title, &section))).collect())
}

/// `BIO 12 Marine ecology, A`.
fn name(code: &str, title: &str, section: &str) -> String {
    let course = if code.is_empty() { title.to_owned() } else { format!("{code} {title}") };
    if section.is_empty() { course } else { format!("{course}, {section}") }
}
