//! Where rows go: one of the formats, and what waits to be written in it.

use serde_json::value::RawValue;

use super::column::Yields;
use super::{Cell, Collected, Column, Format, Listing, Ui, jq, table};
use crate::error::{Error, Result};

/// Rows of a table that decide its widths: one page of the API.
const FIRST_CHUNK: usize = 500;

/// Where names with control characters can be read.
const ESCAPED: &str = "-o json shows every name, with control characters escaped";

/// Where rows go: one of the formats.
pub struct Sink<'a, T> {
    ui: &'a Ui,
    listing: &'a Listing<'a, T>,
    columns: Vec<&'a Column<'a, T>>,
    format: Format,
    written: u64,
    /// Names that cannot be written as a line.
    left_out: u64,
    /// Rows that wait: the first chunk of a table, or all of a YAML document.
    table: Option<table::Writer>,
    chunk: Vec<Vec<table::Shown>>,
    collected: Option<Collected>,
    /// `--jq`, where it runs over each row.
    filtering: Option<jq::Filtering<'a>>,
}

impl<'a, T> Sink<'a, T> {
    /// Rows of which there may be any number: `--jq` runs over each of them, rather than over an array
    /// of all.
    ///
    /// # Errors
    /// Those of [`Ui::check`], and of writing.
    pub fn of_any_number(ui: &'a Ui, listing: &'a Listing<'a, T>) -> Result<Self> {
        ui.check(listing)?;
        let mut sink = Sink::new(ui, listing)?;
        if let Some(filter) = ui.options.jq.as_deref().filter(|_| sink.collected.take().is_some()) {
            sink.filtering = Some(jq::Filtering::start(ui, filter)?);
        }
        Ok(sink)
    }

    pub(super) fn new(ui: &'a Ui, listing: &'a Listing<'a, T>) -> Result<Self> {
        let columns = chosen(ui, listing);
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
            filtering: None,
        };
        if ui.options.names || sink.collected.is_some() {
            return Ok(sink);
        }
        match format {
            Format::Table => {
                let columns = sink.columns.iter().map(|column| (column.name, column.yields));
                sink.table = Some(table::Writer::new(columns, ui.width()));
            }
            Format::Csv => ui.csv(&header)?,
            _ => {}
        }
        Ok(sink)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Those of writing, and of `--jq`.
    pub fn row(&mut self, raw: &RawValue, view: T) -> Result<()> {
        self.written += 1;
        if self.ui.options.names {
            let name = (self.listing.name)(&view);
            if name.is_empty() || name.contains(char::is_control) {
                // Read as lines it would be other names: the next command would act on those.
                let why = if name.is_empty() { "empty" } else { "not one line" };
                self.ui.warn(format!("left out, because its name is {why}: {name:?}"));
                self.left_out += 1;
                return Ok(());
            }
            return self.ui.line(name);
        }
        if let Some(collected) = &mut self.collected {
            return collected.push(raw);
        }
        if let Some(filtering) = &mut self.filtering {
            return filtering.document(raw.get());
        }
        match self.format {
            Format::Json => {
                let before = if self.written == 1 { "[\n" } else { ",\n" };
                let row = self.ui.for_stdout(&self.ui.pretty(raw.get()));
                self.ui.write(format!("{before}{row}").as_bytes())
            }
            Format::Ndjson | Format::Sarif | Format::Ocsf | Format::Junit => {
                self.ui.line(raw.get())
            }
            Format::Csv => {
                let cells = self.cells(&view, Cell::machine);
                self.ui.csv(&cells)
            }
            Format::Table => {
                let cells = self.columns.iter().map(|column| self.shown(column, &view)).collect();
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

    /// Writes what waits, and says how many rows there were.
    ///
    /// # Errors
    /// Those of writing; names that were left out.
    pub fn finish(mut self) -> Result<u64> {
        if let Some(collected) = self.collected.take() {
            self.ui.document(&collected.finish()?)?;
        } else if self.format == Format::Json && self.filtering.is_none() && !self.ui.options.names
        {
            self.ui.line(if self.written == 0 { "[]" } else { "\n]" })?;
        }
        self.flush_table()?;
        self.ui.flush()?;
        let left_out = self.table.as_ref().map(table::Writer::left_out).unwrap_or_default();
        if !left_out.is_empty() {
            self.ui.note(format!(
                "the terminal is too narrow for {}; --columns chooses",
                left_out.join(", ")
            ));
        }
        match self.left_out {
            0 => Ok(self.written),
            1 => Err(Error::failed("1 name was left out").hint(ESCAPED)),
            many => Err(Error::failed(format!("{many} names were left out")).hint(ESCAPED)),
        }
    }

    /// Writes what waits, and leaves an array unclosed.
    pub(super) fn abandon(mut self) -> Result<u64> {
        if self.collected.is_some() {
            return Ok(0);
        }
        self.flush()?;
        Ok(self.written)
    }

    /// Writes what waits.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.flush_table()?;
        self.ui.flush()
    }

    fn cells(&self, view: &T, text: impl Fn(&Cell) -> String) -> Vec<String> {
        self.columns.iter().map(|column| text(&column.cell(view))).collect()
    }

    fn shown(&self, column: &Column<T>, view: &T) -> table::Shown {
        let cell = column.cell(view);
        let text = self.ui.visible_in_line(&cell.human(self.ui.now()));
        let text = if column.yields == Yields::Whole { text } else { table::cut(text) };
        table::Shown { text, is_number: cell.is_number() }
    }

    fn flush_table(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.chunk);
        if rows.is_empty() {
            return Ok(());
        }
        for line in self.table.as_mut().map(|t| t.lines(&rows)).unwrap_or_default() {
            self.ui.line(line)?;
        }
        Ok(())
    }
}

/// The columns to write; [`Ui::check`] has seen to it that there are those that are wanted.
fn chosen<'a, T>(ui: &Ui, listing: &Listing<'a, T>) -> Vec<&'a Column<'a, T>> {
    let all = listing.columns.iter();
    match &ui.options.columns {
        None => all.take(listing.default).collect(),
        Some(wanted) => {
            let find = |name: &String| all.clone().find(|column| column.is_called(name));
            wanted.iter().filter_map(find).collect()
        }
    }
}
