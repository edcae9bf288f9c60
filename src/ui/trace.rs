//! What the client does, on stderr: long waits always, requests with `-v`, headers and bodies with `-vv`.
//! Fields with secret names are masked where the events are created, known secrets here.

use std::fmt::{Debug, Write as _};
use std::io::{self, Write as _};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::text::harmless;
use crate::mask::Known;

/// Shows the events of this crate from now on: 0 = long waits, 1 = requests, 2 = headers and bodies.
pub fn show(verbosity: u8, known: Known) {
    let level = match verbosity {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let lines = Lines { level, named: verbosity > 0, known };
    // Only the binary calls this, once; a second subscriber would be refused, which is harmless.
    let _ = tracing::subscriber::set_global_default(lines);
}

/// Writes each event as a line: level, message and fields. There are no spans.
struct Lines {
    level: LevelFilter,
    /// Whether lines begin with their level.
    named: bool,
    known: Known,
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let crates = metadata.target().split("::").next();
        // A question whether something is wanted is no event, and gets the same answer.
        !metadata.is_span() && *metadata.level() <= self.level && crates == Some("spctl")
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        if self.named {
            // A string takes whatever is written to it.
            let _ = write!(line.0, "{:>5}", event.metadata().level());
        }
        event.record(&mut line);
        // There is nowhere to report that stderr is gone.
        let _ = writeln!(io::stderr().lock(), "{}", harmless(&self.known.mask(&line.0)));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        let _ = match field.name() {
            "message" => write!(self.0, "{value:?}"),
            name => write!(self.0, "{name}={value:?}"),
        };
    }
}
