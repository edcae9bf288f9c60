//! Findings that are known: what an earlier run wrote.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use crate::commands::input;
use crate::error::{Error, Result};
use crate::privileges::findings::{Extent, Finding, Severity};

/// The findings that are known, by their fingerprints.
#[derive(Debug, Default)]
pub(super) struct Baseline(HashMap<String, Vec<Known>>);

/// A finding as it was.
#[derive(Debug)]
struct Known {
    /// How grave it was, if the file says so.
    severity: Option<Severity>,
    /// What it extended to; files that older versions wrote do not say so.
    extent: Option<Extent>,
}

/// What a finding is beside those that are known.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Compared {
    /// None of them.
    New,
    /// One of them; it may have grown since, where the file does not tell what it extended to.
    Known { may_have_grown: bool },
    /// More than it was, and how.
    Grown(String),
}

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
        let mut known: HashMap<String, Vec<Known>> = HashMap::new();
        for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
            let value = value.map_err(|error| wrong("it is not JSON").source(error))?;
            let findings = match value {
                Value::Array(findings) => findings,
                finding => vec![finding],
            };
            for finding in findings {
                let is_ours = finding["rule"].is_string();
                let fingerprint = finding["fingerprint"].as_str().filter(|_| is_ours);
                let fingerprint = fingerprint.ok_or_else(|| wrong("it has no findings"))?;
                let one = Known::of(&finding);
                known.entry(fingerprint.to_owned()).or_default().push(one);
            }
        }
        match text.trim().is_empty() {
            true => Err(wrong("it is empty")),
            false => Ok(Baseline(known)),
        }
    }

    /// Whether a finding is known, as it is by now.
    pub(super) fn compare(&self, finding: &Finding) -> Compared {
        let all = self.0.get(&finding.fingerprint).into_iter().flatten();
        let all = all.map(|known| known.compare(finding)).collect::<Vec<_>>();
        let is_known = |one: &Compared| matches!(one, Compared::Known { .. });
        let at = all.iter().position(is_known).unwrap_or_default();
        all.into_iter().nth(at).unwrap_or(Compared::New)
    }
}

impl Known {
    fn of(finding: &Value) -> Known {
        let severity = finding["severity"].as_str();
        let named = |name: &str| Severity::ALL.into_iter().find(|one| one.name() == name);
        let extent = finding["extent"].as_array();
        let items = |items: &Vec<Value>| items.iter().filter_map(Value::as_str).collect();
        Known { severity: severity.and_then(named), extent: extent.map(items) }
    }

    fn compare(&self, finding: &Finding) -> Compared {
        if let Some(before) = self.severity.filter(|before| *before < finding.severity) {
            let (before, now) = (before.name(), finding.severity.name());
            return Compared::Grown(format!("it was {before} and is {now}"));
        }
        let is_told = self.extent.is_some();
        let beyond = self.extent.as_ref().map(|known| finding.extent.beyond(known));
        match beyond.unwrap_or_default().split_first() {
            None => {
                let may_have_grown = !is_told && finding.extent != Extent::default();
                Compared::Known { may_have_grown }
            }
            Some((first, [])) => Compared::Grown(format!("it now extends to {first}")),
            Some((first, more)) => {
                Compared::Grown(format!("it now extends to {first} and {} more", more.len()))
            }
        }
    }
}
