//! What one reads and watches in a course: the kinds page, file, video, link and heading.
//!
//! Each kind keeps its content in tables of its own and implements [`outline::ActivityKind`]; title, dates, release and
//! completion belong to the outline. [`course_file`] is the course's library of files, which pages show and items offer.

pub mod course_file;
pub mod file;
pub mod heading;
pub mod link;
pub mod page;
mod pages;
pub mod video;

pub use pages::routes;

store::id!(FileId);

/// The tables of this crate.
pub static SCHEMA: store::Schema = store::Schema {
    noun: "materials",
    migrations: &[store::migration!("0001_materials"), store::migration!("0002_files")],
    needs: &[&outline::SCHEMA],
};

/// The kinds of this crate, in the order in which they are offered.
pub fn kinds() -> outline::Kinds {
    outline::Kinds::default()
        .with(page::Page)
        .with(video::Video)
        .with(file::File)
        .with(link::Link)
        .with(heading::Heading)
}
