//! What a person holds, loaded once per request, and the one question that is asked of it.

use store::{FromRow, Id, Result, Time, Tx, params, sql};

use crate::decision::{self, AlongTheWay, Decision, Setting};
use crate::permission::{ADMINISTRATOR, EVERYONE};
use crate::scope::{INSTITUTION, Place, Scope, ScopeKind, UnitPath};
use crate::{GrantId, Permission, PersonId, RoleId, UnitId};

/// The roles that a person holds and what those roles say.
#[derive(Clone, Debug, Default)]
pub struct Access {
    roles: Vec<HeldRole>,
}

/// A role that a person holds somewhere.
#[derive(Clone, Debug)]
pub struct HeldRole {
    /// The role.
    pub id: RoleId,
    /// Its key.
    pub key: String,
    /// Its name; empty for a built-in role.
    pub name: String,
    /// Where it is held. Empty for `everyone`, which needs no grant.
    pub grants: Vec<HeldGrant>,
    settings: Vec<HeldSetting>,
}

/// Where a role is held, since when, and by whom it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldGrant {
    /// The grant.
    pub id: GrantId,
    /// Where.
    pub place: Place,
    /// When it was given.
    pub at: Time,
    /// Who gave it; none where the program did.
    pub by: Option<PersonId>,
    /// From when on it counts.
    pub starts: Option<Time>,
    /// Until when it counts.
    pub ends: Option<Time>,
    /// The units on the way to it, where the place is a unit.
    path: UnitPath,
}

/// What a role says about a permission at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSetting {
    /// The permission's name.
    pub permission: String,
    /// Where it says so.
    pub place: Place,
    /// What it says.
    pub setting: Setting,
    /// Since when.
    pub at: Time,
    /// Who set it; none for the default that came with the program.
    pub by: Option<PersonId>,
}

/// The places in which a permission may be held, for list queries: a superset, since a narrower setting may still
/// forbid what a wider one allows. Ask [`Access::can`] of each row that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopesWith {
    /// Everywhere.
    pub institution: bool,
    /// In these units and all below them.
    pub units: Vec<UnitId>,
    /// In these courses.
    pub courses: Vec<Id>,
    /// In these sections.
    pub sections: Vec<Id>,
    /// In these activities.
    pub activities: Vec<Id>,
}

impl ScopesWith {
    /// True where the permission is held nowhere.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The units of [`ScopesWith::units`] and every unit below them: one statement, none where there is no unit.
    pub fn units_below(&self, tx: &mut Tx<'_>) -> Result<Vec<UnitId>> {
        if self.units.is_empty() { Ok(Vec::new()) } else { crate::unit::below(tx, &self.units) }
    }

    fn add(&mut self, (kind, id): Place) {
        let list = match kind {
            ScopeKind::Institution => {
                self.institution = true;
                return;
            }
            ScopeKind::Unit => {
                if !self.units.contains(&UnitId(id)) {
                    self.units.push(UnitId(id));
                }
                return;
            }
            ScopeKind::Course => &mut self.courses,
            ScopeKind::Section => &mut self.sections,
            ScopeKind::Activity => &mut self.activities,
        };
        if !list.contains(&id) {
            list.push(id);
        }
    }
}

#[derive(FromRow)]
struct Loaded {
    what: String,
    id: Id,
    role: RoleId,
    key: String,
    name: String,
    scope_kind: ScopeKind,
    scope_id: Id,
    path: UnitPath,
    permission: String,
    setting: Setting,
    at: Time,
    by: Option<PersonId>,
    starts: Option<Time>,
    ends: Option<Time>,
}

impl Access {
    /// What a person holds now: one statement.
    pub fn load(tx: &mut Tx<'_>, person: PersonId) -> Result<Self> {
        let now = tx.now();
        Self::load_at(tx, person, now)
    }

    /// What a person holds at a moment.
    pub fn load_at(tx: &mut Tx<'_>, person: PersonId, moment: Time) -> Result<Self> {
        let rows: Vec<Loaded> = tx.all(
            sql!(
                "select 'grant' as what, g.id as id, r.id as role, r.key as key, r.name as name,
                        g.scope_kind as scope_kind, g.scope_id as scope_id, u.path as path, '' as permission,
                        'inherit' as setting, g.made_at as at, g.made_by as by, g.starts as starts, g.ends as ends
                 from role_grant g join role r on r.id = g.role left join unit u on u.id = g.scope_id
                 where g.person = ?1 and (g.starts is null or g.starts <= ?2) and (g.ends is null or g.ends > ?2)
                 union all
                 select 'setting', r.id, r.id, r.key, r.name, s.scope_kind, s.scope_id, null, s.permission,
                        s.setting, s.at, s.by, null, null
                 from role_setting s join role r on r.id = s.role
                 where r.key = 'everyone' or r.id in (select h.role from role_grant h where h.person = ?1)"
            ),
            params![person, moment],
        )?;
        let mut access = Self::default();
        for row in rows {
            access.take(row);
        }
        access.roles.retain(|role| role.key == EVERYONE || !role.grants.is_empty());
        access.roles.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(access)
    }

    fn take(&mut self, row: Loaded) {
        let at = self.roles.iter().position(|known| known.id == row.role).unwrap_or_else(|| {
            self.roles.push(HeldRole {
                id: row.role,
                key: row.key,
                name: row.name,
                grants: Vec::new(),
                settings: Vec::new(),
            });
            self.roles.len() - 1
        });
        let Some(role) = self.roles.get_mut(at) else { return };
        let place = (row.scope_kind, row.scope_id);
        if row.what == "grant" {
            role.grants.push(HeldGrant {
                id: GrantId(row.id),
                place,
                at: row.at,
                by: row.by,
                starts: row.starts,
                ends: row.ends,
                path: row.path,
            });
        } else {
            role.settings.push(HeldSetting {
                permission: row.permission,
                place,
                setting: row.setting,
                at: row.at,
                by: row.by,
            });
        }
    }

    /// The roles that are held, by key.
    pub fn roles(&self) -> &[HeldRole] {
        &self.roles
    }

    /// Whether a role is held anywhere.
    pub fn holds(&self, role_key: &str) -> bool {
        self.roles.iter().any(|role| role.key == role_key && !role.grants.is_empty())
    }

    /// Whether the person is an administrator of the whole institution, not of a unit or a course alone.
    pub fn is_administrator(&self) -> bool {
        let everywhere = Scope::institution();
        self.roles.iter().any(|role| role.key == ADMINISTRATOR && role.is_held_at(&everywhere))
    }

    /// Whether this is allowed there (campus-rules M32). The administrator may do everything where the role is held.
    pub fn can(&self, permission: Permission, scope: &Scope) -> bool {
        self.answer(permission.as_str(), scope).0.is_allowed()
    }

    /// The decision, and the roles that it was made of, in the order of the decision's numbers.
    pub(crate) fn answer(&self, permission: &str, scope: &Scope) -> (Decision, Vec<&HeldRole>) {
        let here: Vec<&HeldRole> = self.roles.iter().filter(|role| role.is_held_at(scope)).collect();
        if let Some(administrator) = here.iter().position(|role| role.key == ADMINISTRATOR) {
            return (Decision::Allowed(administrator), here);
        }
        let says: Vec<AlongTheWay> = here.iter().map(|role| role.along(permission, scope)).collect();
        (decision::decide(&says), here)
    }

    /// Where a permission may be held; see [`ScopesWith`].
    pub fn scopes_with(&self, permission: Permission) -> ScopesWith {
        let mut with = ScopesWith::default();
        for role in &self.roles {
            role.places_with(permission.as_str()).into_iter().for_each(|place| with.add(place));
        }
        with
    }

    /// Whether a permission may be held anywhere at all.
    pub fn can_anywhere(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| !role.places_with(permission.as_str()).is_empty())
    }
}

impl HeldRole {
    /// Whether the role is held at this place or around it.
    pub fn is_held_at(&self, scope: &Scope) -> bool {
        self.key == EVERYONE || self.grants.iter().any(|grant| scope.depth_of(grant.place).is_some())
    }

    fn along(&self, permission: &str, scope: &Scope) -> AlongTheWay {
        let about = self.settings.iter().filter(|held| held.permission == permission);
        about.filter_map(|held| scope.depth_of(held.place).map(|depth| (depth, held.setting))).collect()
    }

    /// The settings about a permission along the way, the most specific last.
    pub(crate) fn settings_along(&self, permission: &str, scope: &Scope) -> Vec<&HeldSetting> {
        let about = self.settings.iter().filter(|held| held.permission == permission);
        let mut along: Vec<_> = about.filter_map(|held| scope.depth_of(held.place).map(|d| (d, held))).collect();
        along.sort_by_key(|(depth, _)| *depth);
        along.into_iter().map(|(_, held)| held).collect()
    }

    fn places_with(&self, permission: &str) -> Vec<Place> {
        let granted = |place: Place| self.grants.iter().any(|grant| grant.place == place);
        if self.key == ADMINISTRATOR {
            return self.grants.iter().map(|grant| grant.place).collect();
        }
        // Held where it is granted, if the role allows it on the way there as far as that way is known here.
        let by_grant = self.grants.iter().filter(|grant| {
            let says = self.along(permission, &grant.known_scope());
            decision::most_specific(&says) == Setting::Allow
        });
        let mut places: Vec<Place> = by_grant.map(|grant| grant.place).collect();
        // Or where a narrower place allows it and the role may be held around that place.
        let wide = self.key == EVERYONE
            || self.grants.iter().any(|grant| matches!(grant.place.0, ScopeKind::Institution | ScopeKind::Unit));
        let course = self.grants.iter().any(|grant| grant.place.0 == ScopeKind::Course);
        let allowed =
            self.settings.iter().filter(|held| held.permission == permission && held.setting == Setting::Allow);
        for held in allowed {
            let inside = match held.place.0 {
                ScopeKind::Institution => self.key == EVERYONE,
                ScopeKind::Unit | ScopeKind::Course => wide,
                ScopeKind::Section | ScopeKind::Activity => wide || course,
            };
            if inside || granted(held.place) {
                places.push(held.place);
            }
        }
        places
    }
}

impl HeldGrant {
    /// The way to the grant's place as far as it is known without asking the noun to which the place belongs.
    fn known_scope(&self) -> Scope {
        match self.place {
            INSTITUTION => Scope::institution(),
            (ScopeKind::Unit, _) => Scope::unit(&self.path),
            (ScopeKind::Course, id) => Scope::institution().course(id),
            (ScopeKind::Section, id) => Scope::institution().section(id),
            (_, id) => Scope::institution().activity(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::{EDIT, PERMISSIONS, PROFILE, VIEW};
    use crate::testing;

    const TEACH: Permission = Permission("course.edit");
    const READ: Permission = Permission("course.view");
    const COURSES: &[crate::PermissionInfo] = &[
        crate::PermissionInfo { permission: TEACH, label_id: "x", roles: &["teacher", "manager"] },
        crate::PermissionInfo { permission: READ, label_id: "y", roles: &["teacher", "learner", "manager"] },
    ];

    fn set(tx: &mut Tx<'_>, key: &str, permission: Permission, place: Place, setting: Setting) {
        let role: RoleId = tx.value(sql!("select id from role where key = ?1"), params![key]).unwrap();
        let by = testing::person(tx, &format!("Setter {key} {setting} {}", place.1)).unwrap();
        crate::role::set(tx, role, permission.as_str(), place, setting, by).unwrap();
    }

    #[store::test]
    fn a_role_counts_where_it_is_held_and_below(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[PERMISSIONS, COURSES]).unwrap();
        let science = testing::unit(tx, "Science", None).unwrap();
        let biology = testing::unit(tx, "Biology", Some(&science)).unwrap();
        let arts = testing::unit(tx, "Arts", None).unwrap();
        let (ana, course, other): (PersonId, Id, Id) = (testing::person(tx, "Ana").unwrap(), tx.new_id(), tx.new_id());
        testing::role(tx, ana, "manager", (ScopeKind::Unit, Some(science.id.0))).unwrap();
        testing::role(tx, ana, "learner", (ScopeKind::Course, Some(other))).unwrap();

        let viewer = testing::viewer(tx, ana).unwrap();
        assert!(viewer.can(TEACH, &Scope::unit(&biology.path).course(course)));
        assert!(!viewer.can(TEACH, &Scope::unit(&arts.path).course(course)));
        assert!(!viewer.can(TEACH, &Scope::institution()));
        assert!(
            viewer.can(READ, &Scope::unit(&arts.path).course(other))
                && !viewer.can(TEACH, &Scope::unit(&arts.path).course(other))
        );
        assert!(viewer.can(PROFILE, &Scope::institution()), "everyone holds what `everyone` holds");
        assert!(!viewer.can(Permission("no.such"), &Scope::institution()), "deny is the default");

        let with = viewer.scopes_with(READ);
        assert_eq!(
            (with.institution, with.units.as_slice(), with.courses.as_slice()),
            (false, &[science.id][..], &[other][..])
        );
        let mut below = with.units_below(tx).unwrap();
        below.sort();
        let mut expected = vec![science.id, biology.id];
        expected.sort();
        assert_eq!(below, expected);
        assert!(viewer.can_anywhere(VIEW) && !viewer.can_anywhere(EDIT));
    }

    #[store::test]
    fn each_kind_of_place_holds_what_lies_in_it_and_nothing_else(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[PERMISSIONS, COURSES]).unwrap();
        let unit = testing::unit(tx, "Science", None).unwrap();
        let [course, section, beside, activity]: [Id; 4] = std::array::from_fn(|_| tx.new_id());
        let scopes = [
            Scope::institution(),
            Scope::unit(&unit.path),
            Scope::unit(&unit.path).course(course),
            Scope::unit(&unit.path).course(course).section(section),
            Scope::unit(&unit.path).course(course).section(beside),
            Scope::unit(&unit.path).course(course).section(section).activity(activity),
        ];
        for (kind, place, expected) in [
            (ScopeKind::Institution, None, "yyyyyy"),
            (ScopeKind::Unit, Some(unit.id.0), "-yyyyy"),
            (ScopeKind::Course, Some(course), "--yyyy"),
            (ScopeKind::Section, Some(section), "---y-y"),
            (ScopeKind::Activity, Some(activity), "-----y"),
        ] {
            let person = testing::person(tx, &format!("Teacher {kind}")).unwrap();
            testing::role(tx, person, "teacher", (kind, place)).unwrap();
            let viewer = testing::viewer(tx, person).unwrap();
            let told: String = scopes.iter().map(|at| if viewer.can(TEACH, at) { 'y' } else { '-' }).collect();
            assert_eq!(told, expected, "{kind}");
            for at in &scopes {
                let why = viewer.explain(TEACH, at);
                assert_eq!(why.allowed, viewer.can(TEACH, at), "an explanation says what is so");
            }
        }
        // A narrower word counts more, and only there.
        let person = testing::person_with(tx, "Tess", "teacher").unwrap();
        set(tx, "teacher", TEACH, (ScopeKind::Section, beside), Setting::Prevent);
        let viewer = testing::viewer(tx, person).unwrap();
        let told: String = scopes.iter().map(|at| if viewer.can(TEACH, at) { 'y' } else { '-' }).collect();
        assert_eq!(told, "yyyy-y");
    }

    #[store::test]
    fn overrides_and_prohibitions(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[PERMISSIONS, COURSES]).unwrap();
        let unit = testing::unit(tx, "Science", None).unwrap();
        let (open, closed): (Id, Id) = (tx.new_id(), tx.new_id());
        let (ana, bo) = (
            testing::person_with(tx, "Ana", "teacher").unwrap(),
            testing::person_with(tx, "Bo", "administrator").unwrap(),
        );
        set(tx, "teacher", TEACH, (ScopeKind::Course, closed), Setting::Prevent);
        set(tx, "everyone", READ, (ScopeKind::Course, open), Setting::Allow);
        let at = |course: Id| Scope::unit(&unit.path).course(course);

        let viewer = testing::viewer(tx, ana).unwrap();
        assert!(viewer.can(TEACH, &at(open)) && !viewer.can(TEACH, &at(closed)));
        testing::role(tx, ana, "manager", (ScopeKind::Unit, Some(unit.id.0))).unwrap();
        assert!(testing::viewer(tx, ana).unwrap().can(TEACH, &at(closed)), "another role may still allow it");
        set(tx, "teacher", TEACH, (ScopeKind::Unit, unit.id.0), Setting::Prohibit);
        assert!(!testing::viewer(tx, ana).unwrap().can(TEACH, &at(open)), "a prohibition wins over every role");
        set(tx, "everyone", TEACH, INSTITUTION, Setting::Prohibit);
        assert!(testing::viewer(tx, bo).unwrap().can(TEACH, &at(open)), "the administrator may do everything");

        let cy = testing::person(tx, "Cy").unwrap();
        let viewer = testing::viewer(tx, cy).unwrap();
        assert!(viewer.can(READ, &at(open)) && !viewer.can(READ, &at(closed)));
        assert_eq!(viewer.scopes_with(READ).courses, [open]);
    }

    #[store::test]
    async fn a_role_counts_between_its_dates(db: store::Db) {
        let day = 86_400;
        let now = db.clock().now();
        let ana = db
            .write(move |tx| {
                testing::seed_roles(tx, &[PERMISSIONS])?;
                let ana = testing::person(tx, "Ana")?;
                let source: Id = tx.new_id();
                let (starts, ends) = (Some(now.plus_seconds(day)), Some(now.plus_seconds(2 * day)));
                crate::grant(tx, ana, "manager", (ScopeKind::Institution, None), starts, ends, source, None)?;
                Ok::<_, store::Error>(ana)
            })
            .await
            .unwrap();
        for (seconds, expected) in [(0, false), (day, true), (2 * day - 1, true), (2 * day, false)] {
            db.clock().set(now.plus_seconds(seconds));
            let can =
                db.read(move |tx| Ok::<_, store::Error>(testing::viewer(tx, ana)?.can(VIEW, &Scope::institution())));
            assert_eq!(can.await.unwrap(), expected, "after {seconds} s");
        }
    }

    #[store::test]
    fn a_source_is_revoked_as_a_whole(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[PERMISSIONS]).unwrap();
        let (ana, enrolment, course): (_, Id, Id) = (testing::person(tx, "Ana").unwrap(), tx.new_id(), tx.new_id());
        for _ in 0..2 {
            for place in [(ScopeKind::Course, Some(course)), (ScopeKind::Institution, None)] {
                crate::grant(tx, ana, "learner", place, None, None, enrolment, None).unwrap();
            }
        }
        assert_eq!(crate::grant::of_person(tx, ana).unwrap().len(), 2);
        assert_eq!(crate::revoke(tx, enrolment).unwrap(), 2);
        assert!(!testing::viewer(tx, ana).unwrap().access.holds("learner"));
    }

    #[store::test]
    fn defaults_come_and_go_but_changes_stay(tx: &mut Tx<'_>) {
        let info = |roles| crate::PermissionInfo { permission: READ, label_id: "y", roles };
        testing::seed_roles(tx, &[&[info(&["learner", "observer", "teacher"])]]).unwrap();
        set(tx, "learner", READ, INSTITUTION, Setting::Inherit);
        set(tx, "observer", READ, INSTITUTION, Setting::Allow);
        testing::seed_roles(tx, &[&[info(&["learner", "member"])]]).unwrap();
        let roles = crate::role::all(tx).unwrap();
        let key = |id: RoleId| roles.iter().find(|role| role.id == id).unwrap().key.as_str();
        let settings = crate::role::settings_of_institution(tx).unwrap();
        let mut found: Vec<_> = settings.iter().map(|s| (key(s.role), s.setting)).collect();
        found.sort_unstable();
        assert_eq!(found, [("learner", Setting::Inherit), ("member", Setting::Allow), ("observer", Setting::Allow)]);
        assert_eq!(roles.iter().map(|role| role.key.as_str()).collect::<Vec<_>>(), crate::BUILT_IN_ROLES);
    }
}
