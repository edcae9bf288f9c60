//! How stderr is written: text for people, or with `-o json` and `-o ndjson` one JSON object per line,
//! as `docs/stderr.schema.json` describes it.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Map, Value, json};

use super::text;
use crate::mask::Known;
use crate::object::ObjectId;

/// What a line on stderr is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Why something was not done.
    Error,
    /// Something that a person should know before relying on the result.
    Warning,
    /// What is done, or was.
    Note,
    /// What to do.
    Hint,
    /// A change that is about to be made, or would be.
    Plan,
    /// How far something has come that is waited for.
    Progress,
    /// A request, with `-v`.
    Info,
    /// Its headers and bodies, with `-vv`.
    Debug,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
            Level::Hint => "hint",
            Level::Plan => "plan",
            Level::Progress => "progress",
            Level::Info => "info",
            Level::Debug => "debug",
        }
    }
}

/// Where everything goes that is no data. Clones share whether it is JSON.
#[derive(Debug, Clone, Default)]
pub struct Stderr {
    known: Known,
    json: Arc<AtomicBool>,
}

impl From<Known> for Stderr {
    fn from(known: Known) -> Self {
        Stderr { known, json: Arc::default() }
    }
}

impl Stderr {
    /// The secrets that are masked in it.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Whether it is JSON from now on.
    pub fn set_json(&self, json: bool) {
        self.json.store(json, Ordering::Relaxed);
    }

    /// Whether it is JSON.
    pub fn is_json(&self) -> bool {
        self.json.load(Ordering::Relaxed)
    }

    /// Writes a line of text, which is harmless already.
    pub(super) fn text(&self, line: &str) {
        // There is nowhere to report that stderr is gone.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// Writes a line of JSON.
    pub(super) fn json(
        &self,
        level: Level,
        message: &str,
        object: Option<&ObjectId>,
        hints: &[String],
        more: Map<String, Value>,
    ) {
        let object = object.map(|object| json!({ "noun": object.noun, "name": object.name }));
        let hint = (!hints.is_empty()).then(|| hints.join("\n"));
        let mut line = json!({
            "level": level.name(), "message": message, "object": object, "hint": hint,
        });
        if let Some(line) = line.as_object_mut() {
            line.extend(more);
        }
        self.known.mask_json(&mut line);
        // The level is one of ours, even if a secret is called like it.
        line["level"] = level.name().into();
        self.text(&text::harmless_json(&line.to_string()));
    }

    /// Writes a line of JSON in which nothing is masked any more: masking may be at fault.
    pub(super) fn plain_json(&self, level: Level, message: &str, hint: &str) {
        let line = json!({
            "level": level.name(), "message": message, "object": null, "hint": hint,
        });
        self.text(&line.to_string());
    }
}
