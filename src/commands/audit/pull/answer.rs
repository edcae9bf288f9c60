//! One answer: it arrives whole beside the archive, then what is new in it is sorted by day.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::instance::{Puller, asked};
use super::target::Target;
use crate::atlas::audit_logs::DOWNLOAD;
use crate::audit::archive::intake::{self, Refused, Taken};
use crate::audit::archive::known::Known;
use crate::audit::archive::plan::Window;
use crate::audit::source::Source;
use crate::change::ObjectId;
use crate::commands::audit::archive::{Stage, Store, file};
use crate::commands::audit::log;
use crate::commands::audit::receive::named;
use crate::error::{Error, Kind, Result};

/// What gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// An answer that was read.
pub(super) struct Answered {
    pub(super) taken: Taken,
    pub(super) stage: Stage,
}

/// Asks for a window, and reads the answer. Nothing of it counts yet.
///
/// # Errors
/// Those of the API and of the file system; an answer that is not whole, or may not be.
pub(super) async fn read(
    puller: &Puller<'_>,
    target: &Target,
    object: &ObjectId,
    store: &Store,
    window: Window,
) -> Result<Answered> {
    let parts = store.stage();
    // What an earlier attempt left.
    let cannot = |error| Error::failed(format!("cannot write {}", parts.display())).source(error);
    fs::remove_dir_all(&parts)
        .and_then(|()| crate::files::private_directory(&parts))
        .map_err(cannot)?;
    let path = parts.join("answer");
    receive(puller, target, object, window, &path).await?;
    let mut known = Known::new(window);
    let files = known.files(store.manifest()).into_iter();
    let files: Vec<_> = files.map(|(file, is_own)| (store.file(&file.path), is_own)).collect();
    // Whoever stops waiting stops the thread as well, which would be waited for at the end.
    let stop = Stop(Arc::new(AtomicBool::new(false)));
    let stopped = stop.0.clone();
    let sorted = tokio::task::spawn_blocking(move || {
        for (file, is_own) in files {
            known.read(&file, is_own).map_err(|error| unreadable(&file, error))?;
        }
        let mut stage = Stage::new(parts);
        let answer = file(&path);
        let taken =
            intake::read(&answer, known, &mut |placed| match stopped.load(Ordering::Relaxed) {
                true => Err(io::ErrorKind::Interrupted.into()),
                false => stage.add(placed),
            });
        fs::remove_file(&path).map_err(|e| Error::failed("cannot remove a file").source(e))?;
        taken.map(|taken| Answered { taken, stage }).map_err(refused)
    });
    let sorted = sorted.await.map_err(|e| Error::failed("cannot sort the log").source(e))?;
    sorted.map_err(|error| error.of(object))
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
) -> Result<()> {
    let on = &target.on;
    let asked = asked(window);
    let begun = on.client.instance_log(&DOWNLOAD, &on.project, &target.instance, &asked).await;
    let mut answer = match begun.map_err(|error| named(error, object)) {
        Ok(answer) => answer,
        Err(error) => return Err(log::not_found(on, &target.instance, error).await),
    };
    puller.check_clock(answer.ahead)?;
    if !answer.framed {
        // A log may have several compressed parts, and a cut between two looks like a proper end.
        return Err(Error::failed(
            "the server announced no length, so part of the log may be missing: it is not archived",
        )
        .hint("is there a proxy that passes answers on without their length?")
        .of(object));
    }
    let cannot = |error| Error::failed(format!("cannot write {}", path.display())).source(error);
    let mut file = BufWriter::new(crate::files::append_private(path).map_err(cannot)?);
    let mut begin: Vec<u8> = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| named(error, object))? {
        begin.extend(piece.iter().take(GZIP.len().saturating_sub(begin.len())));
        file.write_all(&piece).map_err(cannot)?;
    }
    file.into_inner().map(drop).map_err(|error| cannot(error.into_error()))?;
    match begin.is_empty() || begin == GZIP {
        true => Ok(()),
        false => Err(Error::failed("the server sent something that is not gzip").of(object)),
    }
}

fn unreadable(file: &Source, error: io::Error) -> Error {
    Error::new(Kind::Conflict, format!("the archive is damaged: cannot read {}", file.label))
        .source(error)
        .hint("spctl audit verify tells what is damaged; what is archived must be restored first")
}

fn refused(refused: Refused) -> Error {
    match refused {
        Refused::Sink(error) => Error::failed("cannot write the log").source(error),
        refused => Error::failed(refused.to_string()),
    }
}
