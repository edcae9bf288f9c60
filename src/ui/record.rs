//! One thing that is no object of a listing: it has attributes, and neither columns nor a name.

use serde_json::Value;
use serde_json::value::to_raw_value;

use super::{Cell, Format, NoColumns, Ui};
use crate::error::{Error, Result};

/// An attribute, its value, and what else is said of it.
pub type Line = Vec<String>;

/// The attributes of a document, a line each.
pub fn lines(document: &Value) -> Vec<Line> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let attributes = document.as_object().into_iter().flatten();
    attributes.map(|(name, value)| vec![name.clone(), text(value)]).collect()
}

impl Ui {
    /// Checks the options about output for [`Ui::record`], before anything is done.
    ///
    /// # Errors
    /// Usage: columns or names where there are none, or a filter that does not compile.
    pub fn check_record(&self) -> Result<()> {
        self.check(&NoColumns)?;
        match self.options.names {
            true => Err(Error::usage("-q: what this command shows has no names")
                .hint("leave -q away, or choose a value with --jq")),
            false => Ok(()),
        }
    }

    /// Writes a document where a format of documents was asked for, and its lines otherwise.
    ///
    /// # Errors
    /// Those of writing.
    pub fn record(&self, lines: &[Line], document: &Value) -> Result<()> {
        let format = self.format();
        if self.options.jq.is_some()
            || matches!(format, Format::Json | Format::Ndjson | Format::Yaml)
        {
            let raw = to_raw_value(document)
                .map_err(|e| Error::failed("cannot write the answer").source(e))?;
            return self.document(&raw);
        }
        let width = lines.iter().filter_map(|line| line.first()).map(String::len).max();
        let width = width.unwrap_or_default();
        for line in lines {
            match (format, line.split_first()) {
                (Format::Csv, _) => self.csv(line)?,
                (Format::Table, Some((label, rest))) => {
                    self.line(format!("{label:width$}  {}", rest.join("  ")))?;
                }
                _ => {
                    let safe = |text: &String| Cell::from(text.as_str()).tab_safe();
                    self.line(line.iter().map(safe).collect::<Vec<_>>().join("\t"))?;
                }
            }
        }
        Ok(())
    }
}
