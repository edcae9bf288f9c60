//! Listings and details, in every format.

use std::io;

use futures_util::{FutureExt, Stream, StreamExt};
use serde::Serialize;
use serde_json::value::RawValue;

use super::column::is_called;
use super::row::{self, Row};
use super::sink::Sink;
use super::{Cell, Columns, Format, Listing, Ui, jq};
use crate::error::{Error, Result};
use crate::near;

/// The lines of one object, for people: a label and its values.
pub type Detail = Vec<(&'static str, Vec<String>)>;

/// A listing under way.
pub struct Rows<'a, T>(Sink<'a, T>);

impl<T> Rows<'_, T> {
    /// Writes a row.
    ///
    /// # Errors
    /// Those of writing.
    pub fn row(&mut self, view: T) -> Result<()> {
        self.0.row(RawValue::NULL, view)
    }

    /// Sees to it that who reads along has every row so far.
    ///
    /// # Errors
    /// Those of writing.
    pub fn flush(&mut self) -> Result<()> {
        self.0.flush()
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
        if known.as_ref().is_some_and(Vec::is_empty) {
            return Err(
                Error::usage("--columns: this command writes no table").hint("omit --columns")
            );
        }
        if !self.format().has_columns() {
            let why = "--columns: this format writes whole documents, not columns";
            return Err(Error::usage(why).hint(match self.format() {
                Format::Json | Format::Ndjson => {
                    "choose fields with --jq, or columns with -o table, csv or tsv"
                }
                _ => "omit --columns, or choose columns with -o table, csv or tsv",
            }));
        }
        let Some(known) = known else { return Ok(()) };
        let all = format!("the columns are {}", known.join(", "));
        match wanted.iter().find(|name| !known.iter().any(|column| is_called(column, name))) {
            None => Ok(()),
            Some(name) => Err(Error::usage(format!("--columns: there is no column {name:?}"))
                .hint(near::hint(name, known.iter().copied(), all))),
        }
    }

    /// Writes rows as they come; `empty` says on stderr that there were none.
    ///
    /// # Errors
    /// The first error of the rows: a JSON array is then left unclosed, and stderr says how many
    /// rows were written.
    pub async fn list<T, S>(&self, listing: &Listing<'_, T>, rows: S, empty: &str) -> Result<u64>
    where
        S: Stream<Item = Result<Row<T>>>,
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

    /// Writes rows of our own computation, each of which is its own document.
    ///
    /// # Errors
    /// Those of writing.
    pub fn list_computed<T: Serialize>(
        &self,
        listing: &Listing<'_, T>,
        rows: impl IntoIterator<Item = T>,
        empty: &str,
    ) -> Result<u64> {
        self.list_all(listing, rows.into_iter().map(row::computed), empty)
    }

    /// Writes rows that have all arrived.
    ///
    /// # Errors
    /// The first error of the rows, and those of writing.
    pub fn list_all<T>(
        &self,
        listing: &Listing<'_, T>,
        rows: impl IntoIterator<Item = Result<Row<T>>>,
        empty: &str,
    ) -> Result<u64> {
        self.check(listing)?;
        let rows: Vec<_> = rows.into_iter().collect::<Result<_>>()?;
        let mut sink = Sink::new(self, listing)?;
        for (document, view) in rows {
            sink.row(&document, view)?;
        }
        let count = sink.finish()?;
        if count == 0 {
            self.note(empty);
        }
        Ok(count)
    }

    /// Begins a listing whose rows come as time passes: in columns, with one header.
    ///
    /// # Errors
    /// Those of writing.
    pub fn begin<'a, T>(&'a self, listing: &'a Listing<'a, T>) -> Result<Rows<'a, T>> {
        self.check(listing)?;
        Sink::new(self, listing).map(Rows)
    }

    /// Writes one object, or several: as [`Ui::show_asked`] does, for who asked for as many.
    ///
    /// # Errors
    /// Those of writing.
    pub fn show<T>(
        &self,
        listing: &Listing<'_, T>,
        rows: Vec<Row<T>>,
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
        listing: &Listing<'_, T>,
        rows: Vec<Row<T>>,
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
