//! A single document with attributes, but neither columns nor a name.

use serde_json::Value;

use super::{Cell, Format, NoColumns, Ui};
use crate::error::{Error, Result};

/// An attribute, its value, and what else is said of it.
pub struct Line {
    label: String,
    cells: Vec<Cell>,
}

impl Line {
    /// An attribute and its value.
    pub fn new(label: impl Into<String>, value: impl Into<Cell>) -> Self {
        Line { label: label.into(), cells: vec![value.into()] }
    }

    /// Says something else of it.
    pub fn with(mut self, more: Option<impl Into<Cell>>) -> Self {
        self.cells.extend(more.map(Into::into));
        self
    }

    fn texts(&self, text: impl Fn(&Cell) -> String) -> Vec<String> {
        let label = Cell::from(self.label.as_str());
        std::iter::once(&label).chain(&self.cells).map(text).collect()
    }
}

/// The attributes of a document, one per line.
pub fn lines(document: &Value) -> Vec<Line> {
    let cell = |value: &Value| match value {
        Value::String(text) => text.as_str().into(),
        value => value.as_u64().map_or_else(|| value.to_string().into(), Cell::Count),
    };
    let attributes = document.as_object().into_iter().flatten();
    attributes.map(|(name, value)| Line::new(name.as_str(), cell(value))).collect()
}

impl Ui {
    /// Checks the output options for [`Ui::record`], before anything is done.
    ///
    /// # Errors
    /// Usage: columns or names where there are none, or a filter that does not compile.
    pub fn check_record(&self) -> Result<()> {
        self.check(&NoColumns)?;
        match self.options.names {
            true => Err(Error::usage("-q: what this command shows has no names")
                .hint("omit -q, or choose a value with --jq")),
            false => Ok(()),
        }
    }

    /// Writes the document if a document format was asked for, otherwise its lines.
    ///
    /// # Errors
    /// Those of writing.
    pub fn record(&self, lines: &[Line], document: &Value) -> Result<()> {
        let format = self.format();
        if self.options.jq.is_some()
            || matches!(format, Format::Json | Format::Ndjson | Format::Yaml)
        {
            return self.document(&super::row::document(document)?);
        }
        let width = lines.iter().map(|line| line.label.len()).max().unwrap_or_default();
        let now = self.now();
        for line in lines {
            match format {
                Format::Csv => self.csv(&line.texts(Cell::machine))?,
                Format::Table => {
                    let values: Vec<_> = line.cells.iter().map(|cell| cell.human(now)).collect();
                    self.line(format!("{:width$}  {}", line.label, values.join("  ")))?;
                }
                _ => self.line(line.texts(Cell::tab_safe).join("\t"))?,
            }
        }
        Ok(())
    }
}
