//! The pages of the gradebook, one file each.

/// The addresses of this crate, each with who may ask.
pub fn routes() -> web::Routes {
    web::Routes::new()
}
