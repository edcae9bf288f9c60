//! The log of an instance, fetched into a private file without a name before it is read: an answer from
//! half a log would pass for one from the whole.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use super::filter::Range;
use super::sources::STDIN;
use crate::atlas::audit_logs::Window;
use crate::audit::source::Source;
use crate::change::ObjectId;
use crate::commands::audit::log::{AUDIT, not_found};
use crate::commands::audit::receive::{named, receive};
use crate::commands::audit::window::{BEGINNING, between, describe};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// Fetches the log of an instance.
pub(super) async fn fetch(
    context: &Context,
    on: &ProjectClient,
    instance: &str,
    range: &Range,
) -> Result<Source> {
    let object = ObjectId::new("instance", &on.project, instance);
    let mut window = between(range.since, range.until);
    window.start = window.start.or(range.is_whole.then_some(BEGINNING));
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
    let private = private()?;
    let (_, file) = receive(context, &mut log, object, false, private).await?;
    Ok(of_file(instance, file).of_instance(instance))
}

/// Stdin, for an answer that takes several readings.
pub(super) fn stdin() -> Result<Source> {
    let mut private = private()?;
    io::copy(&mut io::stdin().lock(), &mut private)
        .map_err(|e| Error::failed("cannot keep stdin in a temporary file").source(e))?;
    Ok(of_file(STDIN, private))
}

fn private() -> Result<File> {
    tempfile::tempfile()
        .map_err(|e| Error::failed("cannot make a temporary file for the log").source(e))
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
