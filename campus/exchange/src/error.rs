//! Why a package cannot be read or written.

/// Why a package was not taken over. Nothing of it is there then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be read: it is damaged, of another kind, or too large.
    #[error(transparent)]
    Package(#[from] cartridge::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The place of files.
    #[error(transparent)]
    Files(#[from] files::FilesError),
    /// The file cannot be opened.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The person may no longer do this.
    #[error("you may no longer change this course, or make one in this unit")]
    NotAllowed,
    /// The new course has no unit to belong to.
    #[error("there is no unit for a new course: make one, or name a course to add to")]
    NoUnit,
}

/// Why a course was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be written as a package.
    #[error(transparent)]
    Package(#[from] cartridge::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A file is missing.
    #[error(transparent)]
    Files(#[from] files::FilesError),
    /// The bytes of a file are gone.
    #[error("the bytes of {name} are missing: replace that file, or restore it from a backup")]
    Missing {
        /// What the file is called.
        name: String,
    },
    /// The file cannot be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}
