//! How new events are written.

use serde_json::value::RawValue;

use crate::audit::event::Event;
use crate::commands::audit::event_row::{EventRow, LISTING};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::{Format, Rows};

/// Where new lines go.
pub(super) struct Output<'a> {
    context: &'a Context,
    form: Form<'a>,
}

enum Form<'a> {
    /// Byte for byte.
    Lines,
    /// Through `--jq`, event by event.
    Filtered,
    Columns(Box<Rows<'a, EventRow>>),
}

impl<'a> Output<'a> {
    /// What the options ask for.
    ///
    /// # Errors
    /// Usage: a format that has an end.
    pub(super) fn new(context: &'a Context, raw: bool) -> Result<Output<'a>> {
        let ui = &context.ui;
        ui.check(&LISTING)?;
        let asked = ui.options();
        if asked.names {
            return Err(Error::usage("-q: events have no names")
                .hint("omit -q, or choose a value with --jq"));
        }
        let in_another = asked.format.is_some_and(|format| format != Format::Ndjson);
        if raw && (asked.jq.is_some() || asked.columns.is_some() || in_another) {
            let why = "--raw writes lines unchanged: -o, --jq and --columns do not apply";
            return Err(Error::usage(why).hint("omit --raw"));
        }
        let form = match ui.format() {
            _ if raw => Form::Lines,
            _ if asked.jq.is_some() => Form::Filtered,
            Format::Ndjson | Format::Sarif | Format::Ocsf | Format::Junit => Form::Lines,
            format @ (Format::Json | Format::Yaml) if asked.format == Some(format) => {
                return Err(Error::usage(
                    "a log that is followed has no end, and a document has one",
                )
                .hint("use -o ndjson: one event a line"));
            }
            Format::Json | Format::Yaml => Form::Lines,
            Format::Table | Format::Csv | Format::Tsv => {
                Form::Columns(Box::new(ui.begin(&LISTING)?))
            }
        };
        Ok(Output { context, form })
    }

    /// Whether lines that are no event can be written.
    pub(super) fn takes_any_line(&self) -> bool {
        matches!(self.form, Form::Lines)
    }

    /// Writes a line of an instance's log.
    ///
    /// # Errors
    /// Those of writing, and of the filter.
    pub(super) fn line(&mut self, line: &[u8], instance: &str) -> Result<()> {
        let ui = &self.context.ui;
        match &mut self.form {
            Form::Lines => {
                ui.write(line)?;
                ui.write(b"\n")
            }
            Form::Filtered => {
                let json = String::from_utf8_lossy(line).into_owned();
                let document = RawValue::from_string(json)
                    .map_err(|e| Error::failed("a line is not JSON").source(e))?;
                ui.document(&document)
            }
            Form::Columns(rows) => match Event::parse(line) {
                Some(event) => rows.row(EventRow::of(&event, Some(instance))),
                None => Ok(()),
            },
        }
    }

    /// Sees to it that who reads along has every line so far.
    ///
    /// # Errors
    /// Those of writing.
    pub(super) fn flush(&mut self) -> Result<()> {
        match &mut self.form {
            Form::Columns(rows) => rows.flush(),
            Form::Lines | Form::Filtered => self.context.ui.flush(),
        }
    }
}
