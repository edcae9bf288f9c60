//! Lines about the credential: a label, a value and where it came from.

use serde_json::Value;

use crate::config::Source;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Format, record};

/// One line.
pub(super) struct StatusLine {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) source: Option<Source>,
}

impl StatusLine {
    pub(super) fn new(label: &'static str, value: impl Into<String>) -> Self {
        StatusLine { label, value: value.into(), source: None }
    }

    pub(super) fn from(mut self, source: &Source) -> Self {
        self.source = Some(source.clone());
        self
    }
}

/// Writes the document if a document format was asked for, otherwise the lines.
pub(super) fn show(context: &Context, lines: &[StatusLine], document: &Value) -> Result<()> {
    let is_table = context.ui.format() == Format::Table;
    let line = |StatusLine { label, value, source }: &StatusLine| {
        let source = source.as_ref().map(|source| match is_table {
            true => format!("({source})"),
            false => source.to_string(),
        });
        record::Line::new(*label, value.clone()).with(source)
    };
    let lines: Vec<_> = lines.iter().map(line).collect();
    context.ui.record(&lines, document)
}
