//! `--bad FILE`: the lines that are no event, kept for whoever wants to look at them.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::audit::lines::{Fault, why};
use crate::audit::source::Place;
use crate::context::Context;
use crate::error::Result;
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::ui::plural;

/// A line that is no event. One that is too long to be held is several, one after the other.
#[derive(Serialize)]
struct Kept<'a> {
    source: &'a str,
    line: u64,
    fault: &'static str,
    why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// What is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

/// Where they are kept, by several threads.
pub(super) struct Bad {
    path: PathBuf,
    state: Mutex<State>,
}

struct State {
    out: BufWriter<Pending>,
    kept: usize,
    written: io::Result<()>,
}

impl Bad {
    /// Begins the file, which becomes visible once everything was read.
    ///
    /// # Errors
    /// Where it cannot be, or something is there.
    pub(super) fn create(path: &Path) -> Result<Bad> {
        output::free(path, Replace::Never)?;
        let pending = Pending::create(path)
            .map_err(|error| output::unwritten(path, Replace::Never, error))?;
        let state = State { out: BufWriter::new(pending), kept: 0, written: Ok(()) };
        Ok(Bad { path: path.to_owned(), state: Mutex::new(state) })
    }

    /// Keeps a line.
    pub(super) fn take(&self, place: Place<'_>, fault: Fault, line: &[u8]) {
        let text = std::str::from_utf8(line).ok();
        let kept = Kept {
            source: &place.source.label,
            line: place.line,
            fault: match fault {
                Fault::Blank => "blank",
                Fault::Zero => "zero",
                Fault::Malformed => "malformed",
            },
            why: why(line),
            text,
            base64: text.is_none().then(|| BASE64_STANDARD.encode(line)),
        };
        let state = &mut *self.state();
        if state.written.is_ok() {
            state.written = serde_json::to_writer(&mut state.out, &kept)
                .map_err(io::Error::from)
                .and_then(|()| state.out.write_all(b"\n"));
            state.kept += 1;
        }
    }

    /// Makes the file visible.
    ///
    /// # Errors
    /// What the file system said to any of it.
    pub(super) fn keep(self, context: &Context) -> Result<()> {
        let State { out, kept, written } =
            self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        written
            .and_then(|()| out.into_inner().map_err(io::IntoInnerError::into_error))
            .and_then(|pending| pending.keep(false))
            .map_err(|error| output::unwritten(&self.path, Replace::Never, error))?;
        let lines = plural(kept, "line");
        context.ui.note(format!("{lines} that are no event -> {}", self.path.display()));
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
