//! How permissions are resolved: campus-rules M32, pure.
//!
//! For each role that the person holds on the way from the institution to the place: of what that role says about the
//! permission along the way, the most specific that is not "inherit" counts. If any role says "prohibit" anywhere on the
//! way, the answer is no. Else, if any role says "allow", it is yes. Else it is no.

use store::text_enum;

text_enum! {
    /// What a role says about a permission at one place.
    pub enum Setting {
        /// Nothing: what a wider place says counts.
        Inherit = "inherit",
        /// Yes, unless something more specific of the same role says otherwise.
        Allow = "allow",
        /// No longer yes by this role; another role may still allow it.
        Prevent = "prevent",
        /// No, whatever any role says anywhere.
        Prohibit = "prohibit",
    }
}

/// What one role says along the way: each setting with the depth of its place, in any order.
pub type AlongTheWay = Vec<(usize, Setting)>;

/// How the question was answered, with the number of the role that decided where one did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// This role allows it.
    Allowed(usize),
    /// This role prohibits it.
    Prohibited(usize),
    /// No role that is held here allows it; this role was kept from it by a "prevent", if any was.
    NotAllowed(Option<usize>),
}

impl Decision {
    /// Whether it is yes.
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// Answers the question for the roles that are held on the way to a place.
pub fn decide(roles: &[AlongTheWay]) -> Decision {
    let prohibits = |role: &AlongTheWay| role.iter().any(|(_, setting)| *setting == Setting::Prohibit);
    if let Some(role) = roles.iter().position(prohibits) {
        return Decision::Prohibited(role);
    }
    let says = |setting: Setting| roles.iter().position(|role| most_specific(role) == setting);
    match says(Setting::Allow) {
        Some(role) => Decision::Allowed(role),
        None => Decision::NotAllowed(says(Setting::Prevent)),
    }
}

/// What a role says in the end: its setting at the narrowest place where it says anything.
pub fn most_specific(role: &AlongTheWay) -> Setting {
    let spoken = role.iter().filter(|(_, setting)| *setting != Setting::Inherit);
    spoken.max_by_key(|(depth, _)| *depth).map_or(Setting::Inherit, |(_, setting)| *setting)
}

#[cfg(test)]
mod tests {
    use Setting::{Allow, Inherit, Prevent, Prohibit};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn examples_of_the_rule() {
        let cases: &[(&str, Vec<AlongTheWay>, Decision)] = &[
            ("nobody holds a role", vec![], Decision::NotAllowed(None)),
            ("a role that says nothing", vec![vec![]], Decision::NotAllowed(None)),
            ("one role allows", vec![vec![(0, Allow)]], Decision::Allowed(0)),
            ("the narrower counts", vec![vec![(0, Allow), (2, Prevent)]], Decision::NotAllowed(Some(0))),
            ("in any order", vec![vec![(2, Allow), (0, Prevent)]], Decision::Allowed(0)),
            ("inherit is silent", vec![vec![(0, Allow), (2, Inherit)]], Decision::Allowed(0)),
            ("another role may allow", vec![vec![(1, Prevent)], vec![(0, Allow)]], Decision::Allowed(1)),
            ("prohibit wins over a role", vec![vec![(0, Prohibit)], vec![(3, Allow)]], Decision::Prohibited(0)),
            ("prohibit wins over narrower", vec![vec![(0, Prohibit), (3, Allow)]], Decision::Prohibited(0)),
        ];
        for (name, roles, expected) in cases {
            assert_eq!(decide(roles), *expected, "{name}");
        }
    }

    /// The rule once more, word by word and in another way: place by place from the inside out.
    fn oracle(roles: &[[Setting; 4]]) -> bool {
        let mut allowed = false;
        for role in roles {
            for setting in role {
                if *setting == Prohibit {
                    return false;
                }
            }
            for depth in (0..4).rev() {
                match role[depth] {
                    Inherit => continue,
                    Allow => allowed = true,
                    Prevent | Prohibit => {}
                }
                break;
            }
        }
        allowed
    }

    fn setting() -> impl Strategy<Value = Setting> {
        prop_oneof![6 => Just(Inherit), 3 => Just(Allow), 2 => Just(Prevent), 1 => Just(Prohibit)]
    }

    proptest! {
        #[test]
        fn the_answer_is_the_oracles(
            roles in prop::collection::vec(prop::array::uniform4(setting()), 0..5),
            turn in any::<bool>(),
        ) {
            let along = roles.iter().map(|role| {
                let mut along: AlongTheWay = role.iter().copied().enumerate().collect();
                if turn { along.reverse(); }
                along
            });
            prop_assert_eq!(decide(&along.collect::<Vec<_>>()).is_allowed(), oracle(&roles));
        }
    }
}
