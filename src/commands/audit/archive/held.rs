//! What is held of an instance's log, as the rows of `pull` and `verify` have it.

use jiff::Timestamp;
use serde::Serialize;

use super::Found;
use crate::audit::archive::manifest::Manifest;
use crate::times::rfc3339;
use crate::ui::{Cell, Column};

/// An instance's archive, and how much is in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::commands::audit) struct Held {
    /// The project's name, if the archive has projects.
    pub(in crate::commands::audit) project: Option<String>,
    pub(in crate::commands::audit) instance: String,
    pub(in crate::commands::audit) lines: u64,
    pub(in crate::commands::audit) files: u64,
    pub(in crate::commands::audit) bytes: u64,
    /// From when to when the archive covers the log.
    from: Option<String>,
    until: Option<String>,
    /// Until when no line can be missing any more.
    settled: Option<String>,
    /// What vouches for all of it; none of an archive that is not begun.
    head: Option<String>,
    path: String,
}

impl Held {
    /// Everything that an archive holds.
    pub(in crate::commands::audit) fn of(found: &Found, manifest: &Manifest) -> Self {
        let moment = |second| Timestamp::from_second(second).ok().map(rfc3339);
        let range = manifest.coverage.range();
        Held {
            project: found.project.clone(),
            instance: found.instance.clone(),
            lines: manifest.files().map(|file| file.lines).sum(),
            files: manifest.files().count() as u64,
            bytes: manifest.files().map(|file| file.bytes).sum(),
            from: range.and_then(|(from, _)| moment(from)),
            until: range.and_then(|(_, until)| moment(until)),
            settled: manifest.coverage.settled().and_then(moment),
            head: manifest.head().map(str::to_owned),
            path: found.directory.display().to_string(),
        }
    }
}

/// A row that begins with what is held.
pub(in crate::commands::audit) trait Holds: Sized {
    fn held(&self) -> &Held;

    const INSTANCE: Column<'static, Self> =
        Column::identifying("instance", |row| row.held().instance.as_str().into());
    const LINES: Column<'static, Self> = Column::new("lines", |row| Cell::Count(row.held().lines));
    const FILES: Column<'static, Self> = Column::new("files", |row| Cell::Count(row.held().files));
    const BYTES: Column<'static, Self> = Column::new("bytes", |row| Cell::Bytes(row.held().bytes));
    const FROM: Column<'static, Self> =
        Column::new("from", |row| Cell::moment(row.held().from.as_deref()));
    const UNTIL: Column<'static, Self> =
        Column::new("until", |row| Cell::moment(row.held().until.as_deref()));
    const SETTLED: Column<'static, Self> =
        Column::new("settled", |row| Cell::moment(row.held().settled.as_deref()));
    const HEAD: Column<'static, Self> =
        Column::whole("head", |row| Cell::maybe(row.held().head.clone()));
    const PROJECT: Column<'static, Self> =
        Column::telling_apart("project", |row| Cell::maybe(row.held().project.clone()));
    const PATH: Column<'static, Self> = Column::new("path", |row| row.held().path.as_str().into());
}
