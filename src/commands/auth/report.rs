//! Lines about the credential: a label, a value and where it came from.

use serde_json::Value;

use crate::config::Source;
use crate::context::Context;
use crate::error::{Error, Result};

/// One line.
pub(super) struct Line {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) source: Option<Source>,
}

impl Line {
    pub(super) fn new(label: &'static str, value: impl Into<String>) -> Self {
        Line { label, value: value.into(), source: None }
    }

    pub(super) fn from(mut self, source: &Source) -> Self {
        self.source = Some(source.clone());
        self
    }
}

/// The document where a format was asked for; otherwise the lines, on stdout.
pub(super) fn show(context: &Context, lines: &[Line], document: &Value) -> Result<()> {
    if context.ui.wants_data() {
        let raw = serde_json::value::to_raw_value(document)
            .map_err(|e| Error::failed("cannot write the answer").source(e))?;
        return context.ui.document(&raw);
    }
    let width = lines.iter().map(|line| line.label.len()).max().unwrap_or_default();
    for Line { label, value, source } in lines {
        let line = match (context.ui.stdout_is_terminal(), source) {
            (true, Some(source)) => format!("{label:width$}  {value}  ({source})"),
            (true, None) => format!("{label:width$}  {value}"),
            (false, Some(source)) => format!("{label}\t{value}\t{source}"),
            (false, None) => format!("{label}\t{value}"),
        };
        context.ui.line(line)?;
    }
    Ok(())
}
