//! The institution: its name, its language and zone, and who may sign up.

use store::{Event, FromRow, Json, Tx, params, sql};

use crate::PersonId;
use crate::error::{Error, Refused};
use crate::name;

/// How many mail domains may be listed.
pub const DOMAINS_MAX: usize = 200;

store::text_enum! {
    /// Who may make an account.
    pub enum SignUp {
        /// Only those whom an administrator adds.
        Closed = "closed",
        /// Those who follow an invitation.
        Invitation = "invitation",
        /// Anyone with an address of the listed domains, or of any where none is listed.
        Open = "open",
    }
}

/// The institution that this installation serves.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Institution {
    /// Its name.
    pub name: String,
    /// Its language, a BCP 47 tag.
    pub locale: String,
    /// Its time zone, an IANA name.
    pub zone: String,
    /// Who may sign up.
    pub sign_up: SignUp,
    /// The mail domains that may sign up, in lower case; empty: any.
    pub sign_up_domains: Json<Vec<String>>,
}

impl Institution {
    /// Whether sign-up is open to an address.
    pub fn takes(&self, email: &str) -> bool {
        let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
        let domains = &self.sign_up_domains.0;
        // `uni.example` stands for its own subdomains too: `student.uni.example`.
        let within = |listed: &String| {
            domain == listed || domain.strip_suffix(listed.as_str()).is_some_and(|rest| rest.ends_with('.'))
        };
        self.sign_up == SignUp::Open && (domains.is_empty() || domains.iter().any(within))
    }
}

/// The institution; none before the first run.
pub fn find(tx: &mut Tx<'_>) -> store::Result<Option<Institution>> {
    tx.maybe(sql!("select name, locale, zone, sign_up, sign_up_domains from institution where one"), params![])
}

/// Makes or changes the institution.
pub fn save(tx: &mut Tx<'_>, wanted: &Institution, by: Option<PersonId>) -> Result<(), Error> {
    let called = name::checked(&wanted.name, name::NAME_MAX)?;
    let domains = checked_domains(&wanted.sign_up_domains.0)?;
    crate::person::check_zone(&wanted.zone)?;
    let id: store::Id = tx.new_id();
    let now = tx.now();
    let id: store::Id = tx.value(
        sql!(
            "insert into institution (id, name, locale, zone, sign_up, sign_up_domains, made_at, changed_at, changed_by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)
             on conflict (one) do update set name = excluded.name, locale = excluded.locale, zone = excluded.zone,
                 sign_up = excluded.sign_up, sign_up_domains = excluded.sign_up_domains,
                 changed_at = excluded.changed_at, changed_by = excluded.changed_by
             returning id"
        ),
        params![id, called, wanted.locale, wanted.zone, wanted.sign_up, Json(domains), now, by],
    )?;
    let mut event = Event::new("institution.changed", "institution", id);
    event.actor = by.map(Into::into);
    tx.record(&event)?;
    Ok(())
}

fn checked_domains(domains: &[String]) -> Result<Vec<String>, Error> {
    let mut checked = Vec::new();
    for domain in domains.iter().map(|domain| domain.trim().trim_start_matches('@').to_lowercase()) {
        let whole = domain.contains('.') && domain.split('.').all(is_label) && domain.len() <= 253;
        if !whole {
            return Err(Refused::DomainInvalid(domain).into());
        }
        if !checked.contains(&domain) {
            checked.push(domain);
        }
    }
    if checked.len() > DOMAINS_MAX {
        return Err(Refused::TooManyDomains.into());
    }
    Ok(checked)
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn institution(sign_up: SignUp, domains: &[&str]) -> Institution {
        Institution {
            name: "Academy".into(),
            locale: "en".into(),
            zone: "UTC".into(),
            sign_up,
            sign_up_domains: Json(domains.iter().map(|domain| (*domain).to_owned()).collect()),
        }
    }

    #[test]
    fn open_sign_up_keeps_to_its_domains() {
        let open = institution(SignUp::Open, &["uni.example"]);
        assert!(open.takes("ana@uni.example") && open.takes("ana@student.uni.example"));
        assert!(!open.takes("ana@other.example") && !open.takes("ana@notuni.example"));
        assert!(institution(SignUp::Open, &[]).takes("ana@other.example"));
        assert!(!institution(SignUp::Invitation, &["uni.example"]).takes("ana@uni.example"));
    }

    #[store::test]
    fn there_is_one_institution(tx: &mut Tx<'_>) {
        assert_eq!(find(tx).unwrap(), None);
        save(tx, &institution(SignUp::Closed, &[]), None).unwrap();
        save(tx, &institution(SignUp::Open, &["@Uni.Example", "uni.example"]), None).unwrap();
        let found = find(tx).unwrap().unwrap();
        assert_eq!(
            (found.sign_up, found.sign_up_domains.0.as_slice()),
            (SignUp::Open, &["uni.example".to_owned()][..])
        );
        let refused = save(tx, &institution(SignUp::Open, &["no domain"]), None).unwrap_err();
        assert_eq!(refused.refused(), Some(&Refused::DomainInvalid("no domain".into())));
    }
}
