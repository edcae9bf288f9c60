//! What the client does, on stderr: long waits always, requests with `-v`, headers and bodies with `-vv`.
//! Fields with secret names are masked where the events are created, known secrets here.

use std::fmt::{Debug, Write as _};

use serde_json::Map;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::text::harmless;
use super::{Level, Stderr};

/// Shows the events of this crate from now on: 0 = long waits, 1 = requests, 2 = headers and bodies.
pub fn show(verbosity: u8, stderr: Stderr) {
    let level = match verbosity {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let lines = Lines { level, named: verbosity > 0, stderr };
    // Only the binary calls this, once; a second subscriber would be refused, which is harmless.
    let _ = tracing::subscriber::set_global_default(lines);
}

/// Writes each event as a line: level, message and fields. There are no spans.
struct Lines {
    level: LevelFilter,
    /// Whether lines begin with their level.
    named: bool,
    stderr: Stderr,
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
        event.record(&mut line);
        let level = *event.metadata().level();
        if self.stderr.is_json() {
            let level = match level {
                tracing::Level::ERROR | tracing::Level::WARN => Level::Warning,
                tracing::Level::INFO => Level::Info,
                _ => Level::Debug,
            };
            return self.stderr.json(level, &line.0, None, &[], Map::new());
        }
        let label = if self.named { format!("{level:>5} ") } else { String::new() };
        let line = format!("{label}{}", line.0);
        self.stderr.text(&harmless(&self.stderr.known().mask(&line)));
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
