//! Why something about people was not done.

use store::Time;

/// What a function of this crate may answer: trouble with the database, or a refusal that a person can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked for breaks a rule; nothing was changed.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// The refusal, where it is one.
    pub const fn refused(&self) -> Option<&Refused> {
        match self {
            Self::Refused(refused) => Some(refused),
            Self::Store(_) => None,
        }
    }
}

/// A refusal that no form takes in becomes an error page that says what is wrong.
impl From<Error> for web::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(error) => error.into(),
            Error::Refused(Refused::LinkSpent) => {
                Self::new(http::StatusCode::GONE, "link-spent", web::word!("people-refused-link"))
            }
            Error::Refused(refused) => Self::invalid(refused.message_id()).field(refused.field()),
        }
    }
}

/// A rule that was broken. [`Refused::field`] says at which field of a form, [`Refused::message_id`] how to say it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each says itself what is wrong")]
pub enum Refused {
    #[error("a name is needed")]
    NameMissing,
    #[error("the name is too long")]
    NameTooLong,
    #[error("the given name is missing")]
    GivenMissing,
    #[error("the family name is too long")]
    FamilyTooLong,
    #[error("this is no e-mail address")]
    EmailInvalid,
    #[error("another person has this e-mail address")]
    EmailTaken,
    #[error("sign-up is not open to this mail domain")]
    EmailDomain,
    #[error("this is no domain of mail addresses: {0}")]
    DomainInvalid(String),
    #[error("too many domains")]
    TooManyDomains,
    #[error("another person has this external id")]
    ExternalIdTaken,
    #[error("the external id is too long")]
    ExternalIdTooLong,
    #[error("the text is too long")]
    AboutTooLong,
    #[error("the pronouns are too long")]
    PronounsTooLong,
    #[error("there is no such language here")]
    LocaleUnknown,
    #[error("there is no such time zone")]
    ZoneUnknown,
    #[error("there is no such unit")]
    NoSuchUnit,
    #[error("there is a unit of this name in the same place")]
    UnitNameTaken,
    #[error("a unit cannot lie in itself")]
    UnitInItself,
    #[error("units may not lie that deep in each other")]
    UnitTooDeep,
    #[error("the unit is in use")]
    UnitInUse,
    #[error("there are too many units")]
    TooManyUnits,
    #[error("there is no such role")]
    NoSuchRole,
    #[error("there is a role of this name")]
    RoleNameTaken,
    #[error("the role is in use")]
    RoleInUse,
    #[error("there are too many roles")]
    TooManyRoles,
    #[error("a built-in role cannot be changed in this way")]
    RoleBuiltIn,
    #[error("this role is more than you may give")]
    RoleTooMighty,
    #[error("there are too many exceptions for roles")]
    TooManyOverrides,
    #[error("the end lies before the start")]
    EndBeforeStart,
    #[error("you cannot do this to yourself")]
    Yourself,
    #[error("somebody must stay administrator")]
    LastAdministrator,
    #[error("the password is too short")]
    PasswordShort,
    #[error("the password is too long")]
    PasswordLong,
    #[error("the password is too well known")]
    PasswordCommon,
    #[error("the password is the name or the address")]
    PasswordPersonal,
    #[error("the two passwords differ")]
    PasswordsDiffer,
    #[error("the password is not right")]
    PasswordWrong,
    #[error("e-mail address or password is not right")]
    SignInWrong,
    #[error("the account is suspended")]
    Suspended,
    #[error("too many attempts; wait until {0}")]
    Wait(Time),
    #[error("the link is not valid any more")]
    LinkSpent,
    #[error("the set-up code is not right")]
    CodeWrong,
    #[error("there is an administrator already")]
    AlreadySetUp,
    #[error("sign-up is closed")]
    SignUpClosed,
}

impl Refused {
    /// The field of the form at which it is said; empty for the form as a whole.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::NameMissing | Self::NameTooLong | Self::UnitNameTaken | Self::RoleNameTaken => "name",
            Self::GivenMissing => "given",
            Self::FamilyTooLong => "family",
            Self::EmailInvalid | Self::EmailTaken | Self::EmailDomain => "email",
            Self::DomainInvalid(_) | Self::TooManyDomains => "domains",
            Self::ExternalIdTaken | Self::ExternalIdTooLong => "external_id",
            Self::AboutTooLong => "about",
            Self::PronounsTooLong => "pronouns",
            Self::LocaleUnknown => "locale",
            Self::ZoneUnknown => "zone",
            Self::NoSuchUnit => "unit",
            Self::UnitInItself | Self::UnitTooDeep => "parent",
            Self::NoSuchRole | Self::RoleTooMighty => "role",
            Self::EndBeforeStart => "ends",
            Self::PasswordShort | Self::PasswordLong | Self::PasswordCommon | Self::PasswordPersonal => "password",
            Self::PasswordsDiffer => "again",
            Self::PasswordWrong => "current",
            Self::CodeWrong => "code",
            _ => "",
        }
    }

    /// Notes the refusal at its field; `now` tells how long a wait is. What belongs to no field goes to the field
    /// `form`, which the page shows at the head.
    pub fn blame(&self, form: &mut web::Form, now: Time) {
        let field = if self.field().is_empty() { "form" } else { self.field() };
        match self {
            Self::Wait(until) => {
                let minutes = until.since(now).as_secs().div_ceil(60).max(1);
                form.fail_with(field, self.message_id(), &[("count", web::Arg::Whole(minutes as i64))]);
            }
            Self::DomainInvalid(domain) => {
                form.fail_with(field, self.message_id(), &[("domain", web::ToArg::to_arg(domain))]);
            }
            _ => form.fail(field, self.message_id()),
        }
    }

    /// The Fluent message that says it.
    pub const fn message_id(&self) -> &'static str {
        match self {
            Self::NameMissing => web::word!("people-refused-name-missing"),
            Self::NameTooLong => web::word!("people-refused-name-long"),
            Self::GivenMissing => web::word!("people-refused-given-missing"),
            Self::FamilyTooLong => web::word!("people-refused-family-long"),
            Self::EmailInvalid => web::word!("people-refused-email-invalid"),
            Self::EmailTaken => web::word!("people-refused-email-taken"),
            Self::EmailDomain => web::word!("people-refused-email-domain"),
            Self::DomainInvalid(_) => web::word!("people-refused-domain-invalid"),
            Self::TooManyDomains => web::word!("people-refused-too-many-domains"),
            Self::ExternalIdTaken => web::word!("people-refused-external-id-taken"),
            Self::ExternalIdTooLong => web::word!("people-refused-external-id-long"),
            Self::AboutTooLong => web::word!("people-refused-about-long"),
            Self::PronounsTooLong => web::word!("people-refused-pronouns-long"),
            Self::LocaleUnknown => web::word!("people-refused-locale"),
            Self::ZoneUnknown => web::word!("people-refused-zone"),
            Self::NoSuchUnit => web::word!("people-refused-no-unit"),
            Self::UnitNameTaken => web::word!("people-refused-unit-name-taken"),
            Self::UnitInItself => web::word!("people-refused-unit-in-itself"),
            Self::UnitTooDeep => web::word!("people-refused-unit-deep"),
            Self::UnitInUse => web::word!("people-refused-unit-in-use"),
            Self::TooManyUnits => web::word!("people-refused-too-many-units"),
            Self::NoSuchRole => web::word!("people-refused-no-role"),
            Self::RoleNameTaken => web::word!("people-refused-role-name-taken"),
            Self::RoleInUse => web::word!("people-refused-role-in-use"),
            Self::TooManyRoles => web::word!("people-refused-too-many-roles"),
            Self::RoleBuiltIn => web::word!("people-refused-role-built-in"),
            Self::RoleTooMighty => web::word!("people-refused-role-mighty"),
            Self::TooManyOverrides => web::word!("people-refused-too-many-overrides"),
            Self::EndBeforeStart => web::word!("people-refused-end-before-start"),
            Self::Yourself => web::word!("people-refused-yourself"),
            Self::LastAdministrator => web::word!("people-refused-last-administrator"),
            Self::PasswordShort => web::word!("people-refused-password-short"),
            Self::PasswordLong => web::word!("people-refused-password-long"),
            Self::PasswordCommon => web::word!("people-refused-password-common"),
            Self::PasswordPersonal => web::word!("people-refused-password-personal"),
            Self::PasswordsDiffer => web::word!("people-refused-passwords-differ"),
            Self::PasswordWrong => web::word!("people-refused-password-wrong"),
            Self::SignInWrong => web::word!("people-refused-sign-in"),
            Self::Suspended => web::word!("people-refused-suspended"),
            Self::Wait(_) => web::word!("people-refused-wait"),
            Self::LinkSpent => web::word!("people-refused-link"),
            Self::CodeWrong => web::word!("people-refused-code"),
            Self::AlreadySetUp => web::word!("people-refused-set-up"),
            Self::SignUpClosed => web::word!("people-refused-sign-up-closed"),
        }
    }
}
