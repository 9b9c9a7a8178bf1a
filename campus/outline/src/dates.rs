use courses::{CourseDate, CourseId};
use store::{Result, Time, Tx, params, sql};
use web::word;

use crate::ItemId;

/// The dates of a course: what `courses` asks for its syllabus and before it copies.
pub fn dates(tx: &mut Tx<'_>, course: CourseId, every: bool) -> Result<Vec<CourseDate>> {
    let mut out = Vec::new();
    tx.each(
        sql!(
            "select i.id, i.title, i.due_at, i.unlock_at, i.lock_at
             from item i join module m on m.id = i.module
             left join item_publication p on p.item = i.id left join module_publication q on q.module = m.id
             where i.course = ?1 and i.deleted_at is null and m.deleted_at is null
             and (i.due_at is not null or i.unlock_at is not null or i.lock_at is not null)
             and (?2 or (p.item is not null and q.module is not null))"
        ),
        params![course, every],
        |row| {
            let (id, title): (ItemId, String) = (row.get("id")?, row.get("title")?);
            let moments: [(&'static str, Option<Time>); 3] = [
                (word!("courses-date-opens"), row.get("unlock_at")?),
                (word!("courses-date-due"), row.get("due_at")?),
                (word!("courses-date-closes"), row.get("lock_at")?),
            ];
            let href = format!("/courses/{course}/items/{id}");
            for (what, at) in moments {
                out.extend(at.map(|at| CourseDate { at, title: title.clone(), what, href: href.clone() }));
            }
            Ok(())
        },
    )?;
    out.sort_by_key(|date| date.at);
    Ok(out)
}
