//! Rows: the document that json and yaml write, and the view that columns are made of.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::error::{Error, Result};

/// A row of a listing: its document, and the view beside it.
pub type Row<T> = (Box<RawValue>, T);

/// A row of our own computation, which is its own document.
///
/// # Errors
/// Failed, where it cannot be written as JSON.
pub fn computed<T: Serialize>(view: T) -> Result<Row<T>> {
    Ok((document(&view)?, view))
}

/// A document of our own computation.
///
/// # Errors
/// Failed, where it cannot be written as JSON.
pub fn document(value: &impl Serialize) -> Result<Box<RawValue>> {
    to_raw_value(value).map_err(|e| Error::failed("cannot write a row as JSON").source(e))
}
