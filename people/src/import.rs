//! Lists of people from a file: read, planned against what is there (the dry run), and taken over, again and again
//! without doubling anyone.
//!
//! - [`table`] reads the bytes: character set, separator, columns. It never fails halfway: it answers rows, or what is
//!   wrong with the file.
//! - [`plan`] says for each row what would happen, and why not: the dry run, and the same again when it is done.
//! - [`run`] does it, a few hundred rows in each transaction, and keeps the report.

pub mod plan;
pub mod run;
pub mod table;

pub use plan::{Outcome, Planned, Reason};
pub use run::{Import, ImportId};
pub use table::{Fault, Row, Table, text_of};

#[cfg(test)]
mod tests {
    use store::{Tx, params, sql};

    use Outcome::{Added, Refused};

    use super::*;
    use crate::person::Details;
    use crate::scope::ScopeKind;
    use crate::{Access, PersonId, testing};

    const FILES: [(&str, &[u8]); 3] = [
        ("comma-utf-8.csv", include_bytes!("../tests/lists/comma-utf-8.csv")),
        ("semicolon-windows-1252.csv", include_bytes!("../tests/lists/semicolon-windows-1252.csv")),
        ("tab-utf-16.csv", include_bytes!("../tests/lists/tab-utf-16.csv")),
    ];

    /// An institution with units, some people, and an administrator, who is answered.
    fn academy(tx: &mut Tx<'_>) -> PersonId {
        testing::seed_roles(tx, &[crate::PERMISSIONS]).unwrap();
        let science = testing::unit(tx, "Science", None).unwrap();
        testing::unit(tx, "Biology", Some(&science)).unwrap();
        let arts = testing::unit(tx, "Arts", None).unwrap();
        testing::unit(tx, "Methods", Some(&arts)).unwrap();
        testing::unit(tx, "Methods", Some(&science)).unwrap();
        for (given, family, id) in [("Kept", "Before", Some("k-1")), ("Just", "So", None)] {
            let email = format!("{}@uni.example", if id.is_some() { "kept" } else { "just.so" });
            let details = Details {
                given: given.into(),
                family: family.into(),
                email,
                external_id: id.map(str::to_owned),
                ..Details::default()
            };
            crate::person::add(tx, &details, None).unwrap();
        }
        testing::person_with(tx, "Ada", "administrator").unwrap()
    }

    fn written(planned: &[Planned]) -> String {
        let mut out = String::new();
        for row in planned {
            out.push_str(&format!("{} {} <{}> {}\n", row.line, row.name, row.email, row.outcome.as_str()));
            for change in &row.changes {
                out.push_str(&format!("    {}: {:?} to {:?}\n", change.field, change.from, change.to));
            }
            for reason in &row.reasons {
                out.push_str(&format!("    ! {} {}\n", reason.message_id(), reason.value()));
            }
        }
        out
    }

    fn take_over(tx: &mut Tx<'_>, id: ImportId, invite: bool, by: PersonId) -> Vec<Planned> {
        assert!(run::start(tx, id, invite, by).unwrap());
        assert!(!run::start(tx, id, invite, by).unwrap(), "once");
        while run::step(tx, id).unwrap() {}
        assert!(run::find(tx, id).unwrap().ended_at.is_some());
        run::report(tx, id).unwrap()
    }

    fn people(tx: &mut Tx<'_>) -> i64 {
        tx.value(sql!("select cast(count(*) as bigint) from person"), params![]).unwrap()
    }

    #[store::test]
    fn a_dry_run_says_what_would_happen_whatever_the_file_is_written_in(tx: &mut Tx<'_>) {
        let ada = academy(tx);
        let before = people(tx);
        for (name, bytes) in FILES {
            let id = run::keep(tx, name, table::read(bytes).unwrap(), ada).unwrap();
            assert_eq!(run::find(tx, id).unwrap().reading.0.ignored, ["Room"]);
            let access = Access::load(tx, ada).unwrap();
            let planned = run::dry_run(tx, id, access).unwrap();
            insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../tests/lists" }, {
                insta::assert_snapshot!("dry-run", written(&planned));
            });
        }
        assert_eq!(people(tx), before);
    }

    #[store::test]
    fn a_second_run_doubles_nothing(tx: &mut Tx<'_>) {
        let ada = academy(tx);
        let count =
            |report: &[Planned]| Outcome::ALL.map(|outcome| report.iter().filter(|row| row.outcome == outcome).count());
        let first = run::keep(tx, "list.csv", table::read(FILES[0].1).unwrap(), ada).unwrap();
        assert_eq!(count(&take_over(tx, first, true, ada)), [3, 1, 1, 5]);
        let after = people(tx);
        let grants: i64 = tx.value(sql!("select cast(count(*) as bigint) from role_grant"), params![]).unwrap();
        let letters: i64 =
            tx.value(sql!("select cast(count(*) as bigint) from job where kind = 'people.link'"), params![]).unwrap();
        assert_eq!(letters, 3);

        let second = run::keep(tx, "list.csv", table::read(FILES[1].1).unwrap(), ada).unwrap();
        assert_eq!(count(&take_over(tx, second, true, ada)), [0, 0, 5, 5]);
        assert_eq!(people(tx), after);
        assert_eq!(
            tx.value::<i64>(sql!("select cast(count(*) as bigint) from role_grant"), params![]).unwrap(),
            grants
        );
        let kept = crate::find_by_email(tx, "kept@uni.example").unwrap().unwrap();
        assert_eq!(kept.name, "Kept Person");
    }

    #[store::test]
    fn an_export_is_read_again_and_changes_nothing(tx: &mut Tx<'_>) {
        let ada = academy(tx);
        let arts: store::Id = tx.value(sql!("select id from unit where name = 'Arts'"), params![]).unwrap();
        let details = Details {
            given: "=HYPERLINK(1)".into(),
            family: "+1".into(),
            email: "-x@uni.example".into(),
            unit: Some(arts.into()),
            ..Details::default()
        };
        let odd = crate::person::add(tx, &details, None).unwrap();
        testing::role(tx, odd, "teacher", (ScopeKind::Unit, Some(arts))).unwrap();
        let bytes = crate::export::csv(tx, &crate::list::Filter::default()).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("'=HYPERLINK(1),'+1,'-x@uni.example,,Arts,teacher@Arts,,invited"), "{text}");
        let id = run::keep(tx, "export.csv", table::read(&bytes).unwrap(), ada).unwrap();
        let report = take_over(tx, id, false, ada);
        assert!(report.iter().all(|row| row.outcome == Outcome::Unchanged), "{report:?}");
    }

    #[store::test]
    fn nobody_imports_beyond_their_own_units(tx: &mut Tx<'_>) {
        academy(tx);
        let science: store::Id = tx.value(sql!("select id from unit where name = 'Science'"), params![]).unwrap();
        let bo = testing::person(tx, "Bo").unwrap();
        let role = crate::role::create(tx, "Unit office", "", None, bo).unwrap();
        for permission in [crate::EDIT, crate::ASSIGN] {
            crate::role::set(tx, role, permission.as_str(), crate::INSTITUTION, crate::Setting::Allow, bo).unwrap();
        }
        testing::role(tx, bo, "unit-office", (ScopeKind::Unit, Some(science))).unwrap();
        let file = "email,given,unit,roles\na@x.y,A,Biology,learner@Biology\nb@x.y,B,Arts,\nc@x.y,C,,\nd@x.y,D,Science,teacher\nkept@uni.example,K,Science,\n";
        let id = run::keep(tx, "list.csv", table::read(file.as_bytes()).unwrap(), bo).unwrap();
        let report = take_over(tx, id, false, bo);
        let outcomes: Vec<_> = report.iter().map(|row| row.outcome).collect();
        assert_eq!(outcomes, [Added, Refused, Refused, Refused, Refused], "{report:?}");
        assert!(matches!(report[3].reasons[..], [Reason::RoleTooMighty(_)]), "{report:?}");
    }
}
