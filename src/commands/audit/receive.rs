//! Passes a log on as it arrives, and checks that it is whole.

use std::io::{self, Write};

use crate::atlas::{ApiError, Download};
use crate::audit::lines::Count;
use crate::audit::unpack::{UnpackError, Unpacker};
use crate::change::ObjectId;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::Ui;

/// The warning about a log that came with neither a length nor chunks.
pub const UNFRAMED: &str = "the server announced no length; the log ends \
properly, but if it has several parts, some may be missing";

/// Passes the log on as it arrives, and checks that it is whole.
pub(super) async fn receive<W: Write>(
    context: &Context,
    log: &mut Download,
    object: &ObjectId,
    decompress: bool,
    sink: W,
) -> Result<(Count, W)> {
    let instance = object.name.as_str();
    let progress = context.ui.progress_bytes(instance, log.length);
    let (packed, plain) = match decompress {
        true => (None, Some(sink)),
        false => (Some(sink), None),
    };
    let mut packed = packed;
    let mut unpacker = Unpacker::new(PlainSink(plain));
    while let Some(piece) = log.chunk().await.map_err(|error| named(error, object))? {
        if let Some(sink) = &mut packed {
            sink.write_all(&piece).map_err(unwritten)?;
        }
        unpacker = unpacker.feed(&piece).map_err(broken)?;
        progress.advance(piece.len() as u64);
    }
    let (lines, plain) = unpacker.finish().map_err(broken)?;
    if !log.framed {
        // A log may have several compressed parts, and a cut between two looks like a proper end.
        context.ui.warn(format!("{instance}: {UNFRAMED}"));
    }
    let sink = packed.or(plain.0).ok_or_else(|| Error::failed("the log went nowhere"))?;
    Ok((lines, sink))
}

/// The error of a call about an instance.
pub(super) fn named(error: ApiError, object: &ObjectId) -> Error {
    Error::from(error).about(object.clone())
}

/// Takes plain lines: passes them to the sink, or drops them if the sink takes gzip.
struct PlainSink<W>(Option<W>);

impl<W: Write> Write for PlainSink<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(bytes.len()), |sink| sink.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// Stdout, written through the `ui` room.
pub(super) struct Stdout<'a>(pub(super) &'a Ui);

impl Write for Stdout<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map(|()| bytes.len()).map_err(|e| match e.is_broken_pipe() {
            true => io::ErrorKind::BrokenPipe.into(),
            false => io::Error::other(e),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn broken(problem: UnpackError) -> Error {
    match problem {
        UnpackError::Sink(error) => unwritten(error),
        UnpackError::Damaged(_) => Error::failed(problem.to_string()),
    }
}

fn unwritten(error: io::Error) -> Error {
    Error::failed("cannot write the log").source(error)
}
