//! What can be allowed, and the built-in roles that are allowed it from the start.

/// One thing that a person may be allowed to do, named `noun.verb`. Each noun declares its own as constants and lists
/// them with [`PermissionInfo`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permission(pub &'static str);

impl Permission {
    /// Its name, as it is kept.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for Permission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// A permission as it is shown and handed out at the start.
#[derive(Clone, Copy, Debug)]
pub struct PermissionInfo {
    /// The permission.
    pub permission: Permission,
    /// The Fluent message that says it in words: "See the course".
    pub label_id: &'static str,
    /// Keys of the built-in roles that hold it by default. `administrator` holds everything and is not named.
    pub roles: &'static [&'static str],
}

/// The permissions of all nouns, for the pages on which roles are made and explained; put into the context by `app`.
#[derive(Clone, Debug)]
pub struct Permissions(pub Vec<&'static [PermissionInfo]>);

impl Permissions {
    /// All of the program, in the order of its nouns; this crate's own where `app` has put none in.
    pub fn of(ctx: &web::Ctx) -> Self {
        ctx.find::<Self>().map_or_else(|| Self(vec![PERMISSIONS]), |known| Self::clone(&known))
    }

    /// The permission of this name.
    pub fn find(&self, name: &str) -> Option<&'static PermissionInfo> {
        self.0.iter().flat_map(|list| list.iter()).find(|info| info.permission.as_str() == name)
    }
}

/// The key of the role that may do everything, whatever any other role says.
pub const ADMINISTRATOR: &str = "administrator";
/// The key of the role that every signed-in person holds without a grant.
pub const EVERYONE: &str = "everyone";

/// The built-in roles, from the widest to the narrowest.
pub const BUILT_IN_ROLES: &[&str] =
    &[ADMINISTRATOR, "manager", "teacher", "assistant", "author", "learner", "observer", "member", EVERYONE];

/// See the list of people.
pub const VIEW: Permission = Permission("people.view");
/// Add, change, invite, import and suspend people.
pub const EDIT: Permission = Permission("people.edit");
/// Give roles to people and take them away; never more than the giver may do.
pub const ASSIGN: Permission = Permission("people.assign");
/// See the small profile of another person.
pub const PROFILE: Permission = Permission("people.profile");
/// Change the tree of organisation units.
pub const UNITS: Permission = Permission("institution.units");
/// Say what each role may do.
pub const ROLES: Permission = Permission("institution.roles");
/// Change the institution's name, language, zone and sign-up.
pub const SETTINGS: Permission = Permission("institution.settings");
/// Ask why a person may or may not do something.
pub const EXPLAIN: Permission = Permission("access.explain");

/// The permissions of this crate.
pub const PERMISSIONS: &[PermissionInfo] = &[
    PermissionInfo { permission: VIEW, label_id: web::word!("permission-people-view"), roles: &["manager"] },
    PermissionInfo { permission: EDIT, label_id: web::word!("permission-people-edit"), roles: &[] },
    PermissionInfo { permission: ASSIGN, label_id: web::word!("permission-people-assign"), roles: &[] },
    PermissionInfo { permission: PROFILE, label_id: web::word!("permission-people-profile"), roles: &[EVERYONE] },
    PermissionInfo { permission: UNITS, label_id: web::word!("permission-institution-units"), roles: &[] },
    PermissionInfo { permission: ROLES, label_id: web::word!("permission-institution-roles"), roles: &[] },
    PermissionInfo { permission: SETTINGS, label_id: web::word!("permission-institution-settings"), roles: &[] },
    PermissionInfo { permission: EXPLAIN, label_id: web::word!("permission-access-explain"), roles: &["manager"] },
];
