//! Findings that are known: what an earlier run wrote.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;

use crate::commands::input;
use crate::error::{Error, Result};
use crate::privileges::findings::Finding;

/// The fingerprints of findings that are known.
#[derive(Debug, Default)]
pub(super) struct Baseline(HashSet<String>);

impl Baseline {
    /// Those of a JSON array of findings, or of a finding a line.
    ///
    /// # Errors
    /// Usage: a file that is neither.
    pub(super) fn read(file: &Path) -> Result<Baseline> {
        let wrong = |why: &str| {
            Error::usage(format!("--baseline: {}: {why}", file.display()))
                .hint("spctl lint -o json > FILE writes one")
        };
        let text = input::file_text("--baseline", file)?;
        let mut known = HashSet::new();
        for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
            let value = value.map_err(|error| wrong("it is not JSON").source(error))?;
            let findings = match value {
                Value::Array(findings) => findings,
                finding => vec![finding],
            };
            for finding in findings {
                let is_ours = finding["rule"].is_string();
                let fingerprint = finding["fingerprint"].as_str().filter(|_| is_ours);
                known.insert(fingerprint.ok_or_else(|| wrong("it has no findings"))?.to_owned());
            }
        }
        match text.trim().is_empty() {
            true => Err(wrong("it is empty")),
            false => Ok(Baseline(known)),
        }
    }

    /// Whether a finding is known.
    pub(super) fn has(&self, finding: &Finding) -> bool {
        self.0.contains(&finding.fingerprint)
    }
}
