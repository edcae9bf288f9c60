//! Listings and details: one description of a noun's columns serves every format.

use std::io;

use futures_util::{FutureExt, Stream, StreamExt};
use serde_json::value::RawValue;

use super::{Cell, Collected, Format, Ui, jq, table};
use crate::error::{Error, Result};

/// Rows of a table that decide its widths: one page of the API.
const FIRST_CHUNK: usize = 500;

/// Where names with control characters can be read.
const ESCAPED: &str = "-o json shows every name, with its control characters escaped";

/// One column of a noun.
pub struct Column<T> {
    /// As `--columns` names it.
    pub name: &'static str,
    /// Its value in a row.
    pub value: fn(&T) -> Cell,
}

/// The lines of one object, for people: a label and its values.
pub type Detail = Vec<(&'static str, Vec<String>)>;

/// How a noun is listed.
pub struct Listing<T: 'static> {
    /// Every column there is; those of the default view come first.
    pub columns: &'static [Column<T>],
    /// How many of them the default view has.
    pub default: usize,
    /// The name that the next command takes.
    pub name: fn(&T) -> String,
}

/// What `--columns` can choose from.
pub trait Columns {
    /// The columns' names; none where a command writes no table.
    fn names(&self) -> Vec<&'static str>;
}

impl<T> Columns for Listing<T> {
    fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.name).collect()
    }
}

/// Of a command that writes no table.
pub struct NoColumns;

impl Columns for NoColumns {
    fn names(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

fn is_called(column: &str, wanted: &str) -> bool {
    column.eq_ignore_ascii_case(wanted.trim())
}

impl<T> Listing<T> {
    /// The columns to write; [`Ui::check`] has seen to it that there are those that are wanted.
    fn chosen(&self, ui: &Ui) -> Vec<&'static Column<T>> {
        let all = self.columns.iter();
        match &ui.options.columns {
            None => all.take(self.default).collect(),
            Some(wanted) => {
                let find = |name: &String| all.clone().find(|column| is_called(column.name, name));
                wanted.iter().filter_map(find).collect()
            }
        }
    }
}

impl Ui {
    /// Checks `--columns` and `--jq` before anything is sent.
    ///
    /// # Errors
    /// Usage: an unknown column, columns of a format or a command that has none, or a filter that
    /// does not compile.
    pub fn check(&self, shown: &dyn Columns) -> Result<()> {
        self.options
            .columns
            .as_deref()
            .map_or(Ok(()), |wanted| self.check_columns(wanted, shown))?;
        self.options.jq.as_deref().map_or(Ok(()), jq::check)
    }

    fn check_columns(&self, wanted: &[String], shown: &dyn Columns) -> Result<()> {
        let known = shown.names();
        if known.is_empty() {
            return Err(Error::usage("--columns: this command writes no table")
                .hint("leave --columns away"));
        }
        if matches!(self.format(), Format::Json | Format::Ndjson | Format::Yaml) {
            let why = "--columns: this format writes whole documents, not columns";
            return Err(Error::usage(why)
                .hint("choose fields with --jq, or columns with -o table, csv or tsv"));
        }
        match wanted.iter().find(|name| !known.iter().any(|column| is_called(column, name))) {
            None => Ok(()),
            Some(name) => Err(Error::usage(format!("--columns: there is no column {name:?}"))
                .hint(format!("the columns are {}", known.join(", ")))),
        }
    }

    /// Writes rows as they come; `empty` says on stderr that there were none.
    ///
    /// # Errors
    /// The first error of the rows: a JSON array is then left unclosed, and stderr says how many
    /// rows were written.
    pub async fn list<T, S>(&self, listing: &Listing<T>, rows: S, empty: &str) -> Result<u64>
    where
        S: Stream<Item = Result<(Box<RawValue>, T)>>,
    {
        self.check(listing)?;
        let mut sink = Sink::new(self, listing)?;
        let mut rows = std::pin::pin!(rows);
        loop {
            let row = match rows.next().now_or_never() {
                Some(row) => row,
                // Who reads along need not wait for the next page to see this one.
                None => {
                    self.flush()?;
                    rows.next().await
                }
            };
            let Some(row) = row else { break };
            match row {
                Ok((raw, view)) => sink.row(&raw, view)?,
                Err(error) => {
                    let written = sink.abandon()?;
                    if written > 0 {
                        self.warn(format!(
                            "the listing is incomplete: {written} rows were written"
                        ));
                    }
                    return Err(error);
                }
            }
        }
        let count = sink.finish()?;
        if count == 0 {
            self.note(empty);
        }
        Ok(count)
    }

    /// Writes one object, or several: as [`Ui::show_asked`] does, for who asked for as many.
    ///
    /// # Errors
    /// Those of writing.
    pub fn show<T>(
        &self,
        listing: &Listing<T>,
        rows: Vec<(Box<RawValue>, T)>,
        detail: impl Fn(&T) -> Detail,
    ) -> Result<()> {
        let alone = rows.len() == 1;
        self.show_asked(listing, rows, alone, detail)
    }

    /// Writes objects that were asked for by name: details for people, otherwise like a listing. As
    /// JSON or YAML what was asked for `alone` is a document; else there is an array, however many
    /// were found, so that a filter written for several does not break on one.
    ///
    /// # Errors
    /// Those of writing.
    pub fn show_asked<T>(
        &self,
        listing: &Listing<T>,
        rows: Vec<(Box<RawValue>, T)>,
        alone: bool,
        detail: impl Fn(&T) -> Detail,
    ) -> Result<()> {
        self.check(listing)?;
        let structured = self.options.names || self.options.columns.is_some();
        if !structured && !self.wants_data() {
            return self.details(rows.iter().map(|(_, view)| detail(view)));
        }
        let document =
            self.options.jq.is_some() || matches!(self.format(), Format::Json | Format::Yaml);
        if let [(raw, _)] = rows.as_slice()
            && alone
            && document
            && !structured
        {
            return self.document(raw);
        }
        let mut sink = Sink::new(self, listing)?;
        for (raw, view) in rows {
            sink.row(&raw, view)?;
        }
        sink.finish().map(drop)
    }

    /// Writes one line of comma-separated values.
    pub(super) fn csv(&self, cells: &[String]) -> Result<()> {
        let mut line = csv::WriterBuilder::new().from_writer(Vec::new());
        let bytes = line
            .write_record(cells)
            .map_err(io::Error::other)
            .and_then(|()| line.into_inner().map_err(|e| io::Error::other(e.to_string())))
            .map_err(|e| Error::failed("cannot write CSV").source(e))?;
        // A quoted cell may hold a line's end, so the line is made harmless, not split.
        match self.stdout_terminal {
            true => self.write(self.for_stdout(&String::from_utf8_lossy(&bytes)).as_bytes()),
            false => self.write(&bytes),
        }
    }

    fn details(&self, objects: impl Iterator<Item = Detail>) -> Result<()> {
        for (index, detail) in objects.enumerate() {
            if index > 0 {
                self.line("")?;
            }
            let width = detail.iter().map(|(label, _)| label.len()).max().unwrap_or(0) + 1;
            for (label, values) in detail {
                let mut label = format!("{label}:");
                for value in values {
                    match self.stdout_terminal {
                        true => self.line(format!("{label:width$}  {value}"))?,
                        false => {
                            let value = Cell::from(value).tab_safe();
                            self.line(format!("{}\t{value}", label.trim_end_matches(':')))?;
                        }
                    }
                    if self.stdout_terminal {
                        label.clear();
                    }
                }
            }
        }
        self.flush()
    }
}

/// Where rows go: one of the formats.
struct Sink<'a, T: 'static> {
    ui: &'a Ui,
    listing: &'a Listing<T>,
    columns: Vec<&'static Column<T>>,
    format: Format,
    written: u64,
    /// Names that cannot be written as a line.
    left_out: u64,
    /// Rows that wait: the first chunk of a table, or all of a YAML document.
    table: Option<table::Writer>,
    chunk: Vec<Vec<String>>,
    collected: Option<Collected>,
}

impl<'a, T> Sink<'a, T> {
    fn new(ui: &'a Ui, listing: &'a Listing<T>) -> Result<Self> {
        let columns = listing.chosen(ui);
        let format = ui.format();
        let header = columns.iter().map(|c| c.name.to_owned()).collect::<Vec<_>>();
        let collects = ui.options.jq.is_some() || format == Format::Yaml;
        let mut sink = Sink {
            ui,
            listing,
            columns,
            format,
            written: 0,
            left_out: 0,
            table: None,
            chunk: Vec::new(),
            collected: (collects && !ui.options.names).then(Collected::default),
        };
        if ui.options.names || sink.collected.is_some() {
            return Ok(sink);
        }
        match format {
            Format::Table => sink.table = Some(table::Writer::new(header)),
            Format::Csv => ui.csv(&header)?,
            _ => {}
        }
        Ok(sink)
    }

    fn row(&mut self, raw: &RawValue, view: T) -> Result<()> {
        self.written += 1;
        if self.ui.options.names {
            let name = (self.listing.name)(&view);
            if name.is_empty() || name.contains(char::is_control) {
                // Read as lines it would be other names: the next command would act on those.
                let why = if name.is_empty() { "empty" } else { "not one line" };
                self.ui.warn(format!("left out, since its name is {why}: {name:?}"));
                self.left_out += 1;
                return Ok(());
            }
            return self.ui.line(name);
        }
        if let Some(collected) = &mut self.collected {
            return collected.push(raw);
        }
        match self.format {
            Format::Json => {
                let before = if self.written == 1 { "[\n" } else { ",\n" };
                let row = self.ui.for_stdout(&self.ui.pretty(raw.get()));
                self.ui.write(format!("{before}{row}").as_bytes())
            }
            Format::Ndjson => self.ui.line(raw.get()),
            Format::Csv => {
                let cells = self.cells(&view, Cell::machine);
                self.ui.csv(&cells)
            }
            Format::Table => {
                let now = self.ui.now();
                let shown = |cell: &Cell| table::cut(self.ui.visible_in_line(&cell.human(now)));
                let cells = self.cells(&view, shown);
                self.chunk.push(cells);
                match self.chunk.len() {
                    FIRST_CHUNK.. => self.flush_table(),
                    _ => Ok(()),
                }
            }
            Format::Tsv | Format::Yaml => {
                self.ui.line(self.cells(&view, Cell::tab_safe).join("\t"))
            }
        }
    }

    fn finish(mut self) -> Result<u64> {
        if let Some(collected) = self.collected.take() {
            self.ui.document(&collected.finish()?)?;
        } else if self.format == Format::Json && !self.ui.options.names {
            self.ui.line(if self.written == 0 { "[]" } else { "\n]" })?;
        }
        self.flush_table()?;
        self.ui.flush()?;
        match self.left_out {
            0 => Ok(self.written),
            1 => Err(Error::failed("1 name was left out").hint(ESCAPED)),
            many => Err(Error::failed(format!("{many} names were left out")).hint(ESCAPED)),
        }
    }

    /// Writes what waits, and leaves an array unclosed.
    fn abandon(mut self) -> Result<u64> {
        if self.collected.is_some() {
            return Ok(0);
        }
        self.flush_table()?;
        self.ui.flush()?;
        Ok(self.written)
    }

    fn cells(&self, view: &T, text: impl Fn(&Cell) -> String) -> Vec<String> {
        self.columns.iter().map(|c| text(&(c.value)(view))).collect()
    }

    fn flush_table(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.chunk);
        if rows.is_empty() {
            return Ok(());
        }
        for line in self.table.as_mut().map(|t| t.lines(rows)).unwrap_or_default() {
            self.ui.line(line)?;
        }
        Ok(())
    }
}
