//! Questions, quizzes and attempts (campus-rules M11 to M15).

use web::Routes;

/// The tables of this crate.
pub static SCHEMA: store::Schema = store::Schema { noun: "assessment", migrations: &[], needs: &[&gradebook::SCHEMA] };

/// The addresses of this crate.
pub fn routes() -> Routes {
    Routes::new()
}

/// The kinds of this crate.
pub fn kinds(kinds: outline::Kinds) -> outline::Kinds {
    kinds
}
