//! The log of an instance, fetched into a private file without a name before it is read: an answer from
//! half a log would pass for one from the whole.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;

use super::filter::Range;
use crate::atlas::audit_logs::Window;
use crate::audit::source::Source;
use crate::change::ObjectId;
use crate::commands::audit::log::{AUDIT, not_found};
use crate::commands::audit::receive::{named, receive};
use crate::commands::audit::window::{BEGINNING, between, describe};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;
use jiff::Timestamp;

/// Fetches the log of an instance.
pub(super) async fn fetch(
    context: &Context,
    on: &ProjectClient,
    instance: &str,
    range: &Range,
) -> Result<Source> {
    let object = ObjectId::new("instance", &on.project, instance);
    let mut window = between(range.since, range.until);
    let default = || range.default_start.map(Timestamp::as_second);
    window.start = window.start.or(range.is_whole.then_some(BEGINNING)).or_else(default);
    context.ui.note_about(&object, format!("{instance}: fetching events {}", describe(&window)));
    fetched(context, on, &object, &window).await
}

/// Fetches a part of the log of an instance, without a word.
pub(in crate::commands::audit) async fn fetched(
    context: &Context,
    on: &ProjectClient,
    object: &ObjectId,
    window: &Window,
) -> Result<Source> {
    let instance = object.name.as_str();
    let begun = on.client.instance_log(AUDIT.operation, &on.project, instance, window).await;
    let mut log = match begun.map_err(|error| named(error, object)) {
        Ok(log) => log,
        Err(error) => return Err(not_found(on, instance, error).await),
    };
    let mut full = false;
    let private = Private { file: private()?, is_full: &mut full };
    let received = receive(context, &mut log, object, false, private).await;
    let file = received.map(|(_, private)| private.file);
    let file = file.map_err(|error| if full { error.hint(elsewhere()) } else { error })?;
    Ok(of_file(instance, file).of_instance(instance))
}

/// Keeps what can be read only once, for an answer that takes several readings.
pub(super) fn kept(source: &Source) -> Result<Source> {
    let label = &source.label;
    let mut private = private()?;
    source
        .stored()
        .and_then(|mut stored| io::copy(&mut stored, &mut private))
        .map_err(|e| unkept(format!("cannot keep {label} in a temporary file"), e))?;
    Ok(of_file(label, private))
}

fn private() -> Result<File> {
    tempfile::tempfile().map_err(|e| unkept("cannot make a temporary file for the log", e))
}

/// The error about what cannot be kept in a temporary file.
pub(in crate::commands::audit) fn unkept(why: impl Into<String>, error: io::Error) -> Error {
    let has_no_room = has_no_room(&error);
    let error = Error::failed(why).source(error);
    if has_no_room { error.hint(elsewhere()) } else { error }
}

fn has_no_room(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, NotFound, QuotaExceeded, ReadOnlyFilesystem, StorageFull};

    [FileTooLarge, NotFound, QuotaExceeded, ReadOnlyFilesystem, StorageFull].contains(&error.kind())
}

fn elsewhere() -> String {
    let here = std::env::temp_dir();
    format!("temporary files are in {}: TMPDIR names another directory", here.display())
}

/// The file that a log is fetched into.
struct Private<'a> {
    file: File,
    /// Whether there was no room for it.
    is_full: &'a mut bool,
}

impl Write for Private<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).inspect_err(|error| *self.is_full |= has_no_room(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn of_file(label: &str, file: File) -> Source {
    let file = Arc::new(file);
    let open = move || Ok(Box::new(FromStart { file: Arc::clone(&file), at: 0 }) as _);
    Source::new(label, open)
}

/// A file that several readers read from its beginning.
struct FromStart {
    file: Arc<File>,
    at: u64,
}

impl Read for FromStart {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(&*self.file, into, self.at)?;
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(&*self.file, into, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}
