//! What is handed in: assignments, submissions, rubrics and marking (campus-rules M8, M20 to M25).

use web::Routes;

/// The tables of this crate.
pub static SCHEMA: store::Schema = store::Schema { noun: "assignments", migrations: &[], needs: &[&gradebook::SCHEMA] };

/// The addresses of this crate.
pub fn routes() -> Routes {
    Routes::new()
}

/// The kinds of this crate.
pub fn kinds(kinds: outline::Kinds) -> outline::Kinds {
    kinds
}
