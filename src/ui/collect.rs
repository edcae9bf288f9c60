//! Rows that are held until all of them have arrived.

use serde_json::value::RawValue;

use crate::error::{Error, Result};

/// How much is held, in bytes.
const LARGEST: usize = 64 << 20;

/// Rows that become one JSON array.
#[derive(Default)]
pub struct Collected(String);

impl Collected {
    /// Adds a row.
    ///
    /// # Errors
    /// Failed, where all of them together are larger than can be held.
    pub fn push(&mut self, row: &RawValue) -> Result<()> {
        if self.0.len() + row.get().len() >= LARGEST {
            let why = format!("the listing is larger than {} MiB", LARGEST >> 20);
            return Err(Error::failed(why).hint(
                "--jq and -o yaml hold all of it in memory; -o json, ndjson, csv and tsv write rows as \
                 they come",
            ));
        }
        self.0.push(if self.0.is_empty() { '[' } else { ',' });
        self.0.push_str(row.get());
        Ok(())
    }

    /// The array.
    ///
    /// # Errors
    /// Failed, where a row was not JSON.
    pub fn finish(mut self) -> Result<Box<RawValue>> {
        self.0.push_str(if self.0.is_empty() { "[]" } else { "]" });
        RawValue::from_string(self.0).map_err(|e| Error::failed("the answer is not JSON").source(e))
    }
}
