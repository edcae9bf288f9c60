//! One answer: it arrives whole beside the archive, then what is new in it is sorted by day.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::instance::{Puller, asked};
use super::target::Target;
use crate::atlas::audit_logs::DOWNLOAD;
use crate::audit::archive::check;
use crate::audit::archive::intake::{self, Refused, Taken};
use crate::audit::archive::known::Known;
use crate::audit::archive::plan::Window;
use crate::audit::archive::problem::{Fault, Problem};
use crate::change::ObjectId;
use crate::commands::audit::archive::{Stage, Store, damaged, file};
use crate::commands::audit::log;
use crate::commands::audit::receive::named;
use crate::error::{Error, Result};

/// What gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// An answer that was read.
pub(super) struct Answered {
    pub(super) taken: Taken,
    pub(super) stage: Stage,
}

/// Why a window was not archived.
pub(super) enum Unread {
    /// The server, or its answer: other windows may be read all the same.
    Answer(Error),
    /// The archive: nothing can be added to it now.
    Archive(Error),
}

/// Asks for a window, and reads the answer. Nothing of it counts yet.
///
/// # Errors
/// Those of the API and of the file system; an answer that is not whole, or may not be; files of the archive
/// that are not what was archived.
pub(super) async fn read(
    puller: &Puller<'_>,
    target: &Target,
    object: &ObjectId,
    store: &Store,
    window: Window,
) -> Result<Answered, Unread> {
    let parts = store.stage().map_err(Unread::Archive)?;
    let path = parts.join("answer");
    receive(puller, target, object, window, &path).await?;
    let mut known = Known::new(window);
    let files = known.files(store.manifest()).into_iter();
    let files: Vec<_> = files.map(|(entry, is_own)| (entry.clone(), is_own)).collect();
    let root = store.directory().to_owned();
    // Whoever stops waiting stops the thread as well, which would be waited for at the end.
    let stop = Stop(Arc::new(AtomicBool::new(false)));
    let stopped = stop.0.clone();
    let sorted = tokio::task::spawn_blocking(move || {
        for (entry, is_own) in files {
            let stored = file(&root.join(&entry.path));
            // By what was changed nothing can be told apart.
            let problem = check::bytes(&entry, &stored).or_else(|| {
                let error = known.read(&stored, is_own).err()?;
                let message = format!("the file cannot be unpacked to its end: {error}");
                Some(Problem::new(Fault::Damaged, entry.path.as_str(), message))
            });
            if let Some(error) = damaged(&root, problem.as_slice()) {
                return Err(Unread::Archive(error));
            }
        }
        let mut stage = Stage::new(parts);
        let answer = file(&path);
        let taken =
            intake::read(&answer, known, &mut |placed| match stopped.load(Ordering::Relaxed) {
                true => Err(io::ErrorKind::Interrupted.into()),
                false => stage.add(placed),
            });
        fs::remove_file(&path).map_err(|error| unwritable(&path, error))?;
        match taken {
            Ok(taken) => Ok(Answered { taken, stage }),
            Err(Refused::Sink(error)) => Err(unwritable(&root, error)),
            Err(refused) => Err(Unread::Answer(Error::failed(refused.to_string()))),
        }
    });
    let sorted = sorted.await.map_err(|e| Error::failed("cannot sort the log").source(e));
    sorted.map_err(Unread::Archive)?
}

fn unwritable(path: &Path, error: io::Error) -> Unread {
    let what = format!("cannot write {}", path.display());
    Unread::Archive(Error::failed(what).source(error))
}

struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Writes the answer to a file, whole.
async fn receive(
    puller: &Puller<'_>,
    target: &Target,
    object: &ObjectId,
    window: Window,
    path: &Path,
) -> Result<(), Unread> {
    let on = &target.on;
    let asked = asked(window);
    let begun = on.client.instance_log(&DOWNLOAD, &on.project, &target.instance, &asked).await;
    let mut answer = match begun.map_err(|error| named(error, object)) {
        Ok(answer) => answer,
        Err(error) => {
            return Err(Unread::Answer(log::not_found(on, &target.instance, error).await));
        }
    };
    puller.check_clock(answer.ahead).map_err(Unread::Answer)?;
    if !answer.framed {
        // A log may have several compressed parts, and a cut between two looks like a proper end.
        return Err(Unread::Answer(
            Error::failed(
                "the server announced no length, so part of the log may be missing: it is not archived",
            )
            .hint("is there a proxy that passes answers on without their length?"),
        ));
    }
    let cannot = |error| unwritable(path, error);
    let mut file = BufWriter::new(crate::files::append_private(path).map_err(cannot)?);
    let mut begin: Vec<u8> = Vec::new();
    let unread = |error| Unread::Answer(named(error, object));
    while let Some(piece) = answer.chunk().await.map_err(unread)? {
        begin.extend(piece.iter().take(GZIP.len().saturating_sub(begin.len())));
        file.write_all(&piece).map_err(cannot)?;
    }
    file.into_inner().map(drop).map_err(|error| cannot(error.into_error()))?;
    match begin.is_empty() || begin == GZIP {
        true => Ok(()),
        false => Err(Unread::Answer(Error::failed("the server sent something that is not gzip"))),
    }
}
