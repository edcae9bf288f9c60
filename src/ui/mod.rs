//! The only room that writes to the terminal.
//!
//! Data goes to stdout, everything else to stderr. On stderr, known secrets are masked, and control and
//! invisible characters are shown by their codes; for programs it is JSON ([`Stderr`]).

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use console::Term;
use jiff::Timestamp;
use serde_json::{Map, json};

use crate::error::{Error, Kind, Result};
use crate::mask::Known;
use crate::object::ObjectId;
use crate::signals::Signals;
use crate::times::rfc3339;

mod cell;
pub mod chart;
mod closed;
mod collect;
mod column;
pub mod crash;
mod jq;
mod layout;
mod listing;
mod paste;
mod progress;
mod prompt;
pub mod record;
pub mod row;
mod sink;
mod stderr;
mod table;
mod text;
pub mod trace;

pub use cell::Cell;
pub use collect::Collected;
pub use column::{Column, Columns, LaterColumns, Listing, NoColumns};
pub use listing::{Detail, Rows};
pub use paste::PlaceOption;
pub use progress::Progress;
pub use sink::Sink;
pub use stderr::{Level, Stderr};
pub use text::{harmless, plural, relative, wrapped};

/// How data is written to stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Padded columns with relative times, for people.
    Table,
    /// What the API sent, as one JSON document.
    Json,
    /// What the API sent, one JSON document a line.
    Ndjson,
    /// What the API sent, as YAML.
    Yaml,
    /// Columns with a header line.
    Csv,
    /// Columns separated by tabs, without a header: for cut and awk.
    Tsv,
    /// Findings as one SARIF 2.1.0 document: for code scanning services and editors.
    Sarif,
    /// Findings as OCSF events, one a line: for security lakes and SIEMs.
    Ocsf,
    /// Findings as a JUnit report, in XML: for what shows the results of tests.
    Junit,
}

impl Format {
    /// Whether it has columns, rather than whole documents.
    pub fn has_columns(self) -> bool {
        matches!(self, Format::Table | Format::Csv | Format::Tsv)
    }

    /// Whether it is a format of findings, which nothing else can be written in.
    pub fn is_for_findings(self) -> bool {
        matches!(self, Format::Sarif | Format::Ocsf | Format::Junit)
    }
}

/// The command line's options about output and questions.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `-o`; without it a table on a terminal and tab-separated values elsewhere.
    pub format: Option<Format>,
    /// `--jq`: a filter over the JSON document.
    pub jq: Option<String>,
    /// `--columns`: which columns, in which order.
    pub columns: Option<Vec<String>>,
    /// `-q`: names alone, one a line.
    pub names: bool,
    /// `--yes`: every confirmation is given.
    pub yes: bool,
    /// Where this command acts, as options for the command lines in hints.
    pub place: Vec<PlaceOption>,
    /// Whether colour is allowed (`NO_COLOR` unset and not a dumb terminal).
    pub colour: bool,
    /// How wide a table may be, where `COLUMNS` says it.
    pub width: Option<u16>,
}

/// The terminal, or whatever stdin, stdout and stderr are.
pub struct Ui {
    options: Options,
    /// The format if the command line names none.
    default_format: Option<Format>,
    stdout_terminal: bool,
    stderr_terminal: bool,
    stdin_terminal: bool,
    now: std::cell::Cell<Timestamp>,
    out: RefCell<BufWriter<Stdout>>,
    /// The first bytes of a character whose rest has not been written yet.
    begun: RefCell<Vec<u8>>,
    stderr: Stderr,
    signals: Signals,
    /// Whether a character was shown by its code without a note yet, and whether the note was written.
    hidden: std::cell::Cell<bool>,
    told: std::cell::Cell<bool>,
}

impl Ui {
    /// The process' own stdin, stdout and stderr, with known secrets masked.
    pub fn new(options: Options, stderr: impl Into<Stderr>) -> Self {
        let ui = Ui {
            options,
            default_format: None,
            stdout_terminal: io::stdout().is_terminal(),
            stderr_terminal: io::stderr().is_terminal(),
            stdin_terminal: io::stdin().is_terminal(),
            now: Timestamp::now().into(),
            out: RefCell::new(BufWriter::with_capacity(1 << 16, io::stdout())),
            begun: RefCell::default(),
            stderr: stderr.into(),
            signals: Signals::default(),
            hidden: false.into(),
            told: false.into(),
        };
        ui.stderr.set_json(ui.is_for_programs());
        ui
    }

    /// The same with another default format, from a profile or the environment; ignored if it is not one
    /// of ours, since the variable may be meant for another tool.
    #[must_use]
    pub fn with_default_format(mut self, name: Option<&str>) -> Self {
        let format = name.and_then(|name| <Format as clap::ValueEnum>::from_str(name, true).ok());
        self.default_format = format.filter(|format| !format.is_for_findings());
        self.stderr.set_json(self.is_for_programs());
        self
    }

    /// Whether a format was chosen that goes with JSON on stderr.
    fn is_for_programs(&self) -> bool {
        matches!(self.chosen_format(), Some(Format::Json | Format::Ndjson))
    }

    /// The command line's options about output and questions.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The format that was chosen, by the command line or a default.
    fn chosen_format(&self) -> Option<Format> {
        // A default is for those who say nothing else.
        match self.options.jq.is_some() || self.options.names {
            true => self.options.format,
            false => self.options.format.or(self.default_format),
        }
    }

    /// The format asked for, or the one that fits where stdout goes.
    pub fn format(&self) -> Format {
        match self.chosen_format() {
            Some(format) => format,
            None if self.options.jq.is_some() => Format::Json,
            None if self.stdout_terminal => Format::Table,
            None => Format::Tsv,
        }
    }

    /// Whether an option about data asks for it; a table of everything is for people.
    pub fn wants_data(&self) -> bool {
        let Options { jq, columns, names, .. } = &self.options;
        let format = self.chosen_format().is_some_and(|format| format != Format::Table);
        format || jq.is_some() || columns.is_some() || *names
    }

    /// Whether rows are written as their documents, rather than by their names, columns or details.
    pub fn writes_documents(&self) -> bool {
        (!self.format().has_columns() || self.options.jq.is_some()) && !self.options.names
    }

    /// Whether objects that are asked for by name are shown whole, as documents or in detail, rather
    /// than by their names or columns.
    pub fn shows_whole(&self) -> bool {
        let Options { format, jq, columns, names, .. } = &self.options;
        let in_columns = matches!(format, Some(Format::Csv | Format::Tsv)) && jq.is_none();
        !(*names || columns.is_some() || in_columns)
    }

    /// The known secrets, which are never shown; code that reads a secret adds it here.
    pub fn known(&self) -> &Known {
        self.stderr.known()
    }

    /// Ctrl-C and termination requests, which questions and filters watch for.
    pub fn signals(&self) -> &Signals {
        &self.signals
    }

    /// The time that relative times refer to.
    pub fn now(&self) -> Timestamp {
        self.now.get()
    }

    /// Uses another clock's time, that of a local control plane.
    pub fn set_now(&self, now: Timestamp) {
        self.now.set(now);
    }

    /// Whether a person is there to answer questions.
    pub fn can_ask(&self) -> bool {
        self.stdin_terminal && self.stderr_terminal
    }

    /// Whether stdin is a terminal (so reading names from it would wait for a person).
    pub fn stdin_is_terminal(&self) -> bool {
        self.stdin_terminal
    }

    /// Whether `--yes` was given.
    pub fn assumes_yes(&self) -> bool {
        self.options.yes
    }

    /// Writes one line of status to stderr.
    pub fn note(&self, line: impl AsRef<str>) {
        self.say(Level::Note, line.as_ref(), None);
    }

    /// The same about an object, which the line names.
    pub fn note_about(&self, object: &ObjectId, line: impl AsRef<str>) {
        self.say(Level::Note, line.as_ref(), Some(object));
    }

    /// Writes to stderr how far something has come.
    pub fn note_progress(&self, line: impl AsRef<str>) {
        self.say(Level::Progress, line.as_ref(), None);
    }

    /// Writes a warning to stderr.
    pub fn warn(&self, line: impl AsRef<str>) {
        self.say(Level::Warning, line.as_ref(), None);
    }

    /// Writes a hint to stderr.
    pub fn hint(&self, line: impl AsRef<str>) {
        self.say(Level::Hint, line.as_ref(), None);
    }

    /// Shows what is to be done to an object: labels and texts, one per line.
    pub fn plan<'t>(
        &self,
        verb: &str,
        object: &ObjectId,
        facts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) {
        let facts: Vec<_> = facts.into_iter().collect();
        let message = format!("{verb} {object}");
        if self.stderr.is_json() {
            let fact = |(label, text): &(&str, &str)| json!({ "label": label, "text": self.pasteable(text) });
            let facts = facts.iter().map(fact).collect();
            let more = [("facts".to_owned(), facts)].into_iter().collect();
            self.stderr.json(Level::Plan, &message, Some(object), &[], more);
            return;
        }
        self.note(message);
        let width = facts.iter().map(|(label, _)| label.len()).max().unwrap_or(0) + 1;
        for (label, text) in facts {
            let label = format!("{label}:");
            // A line's end in a value would begin a line that looks like one of ours.
            let text = text.replace('\n', "\\n").replace('\r', "\\r");
            self.note(format!("  {label:width$}  {text}"));
        }
    }

    /// Shows an error.
    pub fn error(&self, error: &Error) {
        let facts = error.api_facts();
        if self.stderr.is_json() {
            let more = json!({
                "kind": error.kind().name(),
                "status": facts.status,
                "errorCode": facts.error_code,
                "requestId": facts.request_id,
            });
            let more = more.as_object().cloned().unwrap_or_default();
            let message = error.to_string();
            let hints: Vec<_> = error.hints().iter().map(|hint| self.pasteable(hint)).collect();
            self.stderr.json(Level::Error, &message, error.object(), &hints, more);
            return;
        }
        let id = facts.request_id.as_deref();
        let id = id.map(|id| format!(" (request {id})")).unwrap_or_default();
        self.say(Level::Error, &format!("{error}{id}"), None);
        for hint in error.hints() {
            self.hint(hint);
        }
    }

    fn say(&self, level: Level, line: &str, object: Option<&ObjectId>) {
        // What failed is told in its own words; what to do about it is a hint.
        let line = match level {
            Level::Error => line.to_owned(),
            _ => self.pasteable(line),
        };
        let line = line.as_str();
        if self.stderr.is_json() {
            return self.stderr.json(level, line, object, &[], Map::new());
        }
        let line = self.for_stderr(line);
        let label = match level {
            Level::Error => self.paint("error:", "31;1"),
            Level::Warning => self.paint("warning:", "33;1"),
            Level::Hint => self.paint("hint:", "36"),
            _ => return self.to_stderr(&line),
        };
        self.to_stderr(&format!("{label} {line}"));
    }

    /// Shows the parser's error about a command line, as `error: ` and its text.
    pub fn usage(&self, text: &str) {
        let text = text.trim_end();
        let text = match text.strip_prefix("error: ") {
            Some(text) => format!("{} {}", self.paint("error:", "31;1"), self.for_stderr(text)),
            None => self.for_stderr(text),
        };
        self.to_stderr(&text);
    }

    /// Writes one line of data to stdout.
    pub fn line(&self, line: impl AsRef<str>) -> Result<()> {
        let line = self.for_stdout(line.as_ref());
        self.write(format!("{line}\n").as_bytes())
    }

    /// Writes bytes of data to stdout as they are; on a terminal, invisible characters as codes.
    pub fn write(&self, bytes: &[u8]) -> Result<()> {
        let mut out = self.out.borrow_mut();
        if !self.stdout_terminal {
            return out.write_all(bytes).map_err(cannot_write);
        }
        let begun = std::mem::take(&mut *self.begun.borrow_mut());
        let bytes = [&begun, bytes].concat();
        let (whole, begun) = bytes.split_at(bytes.len() - text::begun(&bytes));
        *self.begun.borrow_mut() = begun.to_vec();
        let text = self.visible(&text::lossless(whole));
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(cannot_write)
    }

    /// Flushes stdout.
    pub fn flush(&self) -> Result<()> {
        let begun = std::mem::take(&mut *self.begun.borrow_mut());
        let mut out = self.out.borrow_mut();
        let end = text::lossless(&begun);
        out.write_all(end.as_bytes()).and_then(|()| out.flush()).map_err(cannot_write)?;
        drop(out);
        self.say_hidden();
        Ok(())
    }

    /// Writes one JSON document to stdout, in the format asked for, through `--jq` where given.
    pub fn document(&self, raw: &serde_json::value::RawValue) -> Result<()> {
        if let Some(filter) = &self.options.jq {
            return jq::run(self, filter, raw.get());
        }
        match self.format() {
            Format::Yaml => self.yaml(raw.get()),
            Format::Ndjson => self.line(raw.get()),
            _ => self.line(self.pretty(raw.get())),
        }
    }

    /// How wide a table may be: from the environment, or else the terminal's width.
    pub fn width(&self) -> Option<u16> {
        self.options.width.or_else(|| Term::stdout().size_checked().map(|(_, columns)| columns))
    }

    /// A time from an answer, for people: in RFC 3339, and on a terminal also relative; any other text
    /// as it came.
    pub fn moment(&self, text: &str) -> String {
        text.parse().map_or_else(|_| text.to_owned(), |moment| self.when(moment))
    }

    /// The same of a moment.
    pub fn when(&self, moment: Timestamp) -> String {
        match self.stdout_terminal {
            true => format!("{} ({})", rfc3339(moment), relative(moment, self.now())),
            false => rfc3339(moment),
        }
    }

    /// Whether stdout is a terminal.
    pub fn stdout_is_terminal(&self) -> bool {
        self.stdout_terminal
    }

    fn pretty(&self, json: &str) -> String {
        if !self.stdout_terminal {
            return json.to_owned();
        }
        serde_json::from_str::<serde_json::Value>(json)
            .and_then(|value| serde_json::to_string_pretty(&value))
            .unwrap_or_else(|_| json.to_owned())
    }

    fn yaml(&self, json: &str) -> Result<()> {
        let value: serde_json::Value = serde_json::from_str(json)
            .map_err(|e| Error::failed("cannot write the answer as YAML").source(e))?;
        let text = serde_saphyr::to_string(&value)
            .map_err(|e| Error::failed("cannot write the answer as YAML").source(e.to_string()))?;
        self.line(text.trim_end())
    }

    fn for_stdout(&self, line: &str) -> String {
        if !self.stdout_terminal {
            return line.to_owned();
        }
        match self.options.jq.is_none() && matches!(self.format(), Format::Json | Format::Ndjson) {
            true => text::harmless_json(line).into_owned(),
            false => self.visible(line),
        }
    }

    /// stderr is for people, wherever it goes: a log is looked at on a terminal, too.
    fn for_stderr(&self, line: &str) -> String {
        self.visible(&self.known().mask(line))
    }

    /// A text whose command lines act where this command acts.
    pub fn pasteable(&self, text: &str) -> String {
        paste::completed(text, &self.options.place)
    }

    /// A text whose characters are all visible; notes if some are shown by their codes.
    pub fn visible(&self, text: &str) -> String {
        let shown = text::harmless(text);
        if let Cow::Owned(_) = shown {
            self.hidden.set(true);
        }
        shown.into_owned()
    }

    /// The same for a text within a line, where tabs and line ends are shown by their codes, too.
    fn visible_in_line(&self, text: &str) -> String {
        let shown = self.visible(text);
        if !shown.contains(['\n', '\t']) {
            return shown;
        }
        self.hidden.set(true);
        shown.replace('\n', "\\u{a}").replace('\t', "\\u{9}")
    }

    /// Explains once how an invisible character is shown.
    fn say_hidden(&self) {
        if self.hidden.replace(false) && !self.told.replace(true) {
            self.hint("\\u{...} stands for an invisible character: names may only look alike");
        }
    }

    fn to_stderr(&self, line: &str) {
        self.stderr.text(line);
        self.say_hidden();
    }

    /// Text in an ANSI colour where stderr is a terminal that wants it.
    pub fn paint(&self, text: &str, code: &str) -> String {
        match self.options.colour && self.stderr_terminal {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_owned(),
        }
    }
}

fn cannot_write(error: io::Error) -> Error {
    Error::new(Kind::Failed, "cannot write to stdout").source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_cannot_move_the_cursor() {
        let mut ui = Ui::new(Options { colour: true, ..Options::default() }, Known::default());
        (ui.stdout_terminal, ui.stderr_terminal) = (true, true);
        for cleaned in [ui.for_stdout("a\x1b[31mb"), ui.for_stderr("a\x1b[31mb")] {
            assert_eq!(cleaned, "a\\u{1b}[31mb");
        }
        assert_eq!(ui.paint("error:", "31"), "\x1b[31merror:\x1b[0m");
    }
}
