//! Findings that somebody accepts, with a reason and until a day.

use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::policy;
use crate::privileges::findings::{self, Finding, RULES, Rule};
use crate::ui::plural;

/// An entry of the file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: Spanned<String>,
    object: Option<String>,
    reason: Spanned<String>,
    until: Spanned<String>,
}

/// What is accepted.
#[derive(Debug)]
struct Suppression {
    rule: &'static Rule,
    object: Option<String>,
    reason: String,
    until: Date,
    /// The moment after its last day, in UTC.
    end: Timestamp,
    line: u64,
    is_used: bool,
}

/// A file of them.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    file: String,
    all: Vec<Suppression>,
}

/// Why a finding is suppressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) reason: String,
    pub(super) until: String,
}

impl Suppressions {
    /// Reads a file.
    ///
    /// # Errors
    /// Usage: it is no list of suppressions; a rule that does not exist, no reason, no day.
    pub(super) fn read(path: &Path) -> Result<Suppressions> {
        let file = path.display().to_string();
        let text = input::file_text("--suppress", path)?;
        let wrong = |line: u64, why: String| {
            let line = if line > 0 { format!(":{line}") } else { String::new() };
            Error::usage(format!("--suppress: {file}{line}: {why}"))
        };
        let entries: Vec<Spanned<Entry>> = match text.trim().is_empty() {
            true => Vec::new(),
            false => serde_saphyr::from_str(&text).map_err(|error| {
                let line = error.location().map_or(0, |at| at.line());
                let why = error.without_snippet().to_string();
                let why = why.lines().next().unwrap_or_default().trim_start_matches("error: ");
                wrong(line, policy::plainly(why))
                    .hint("a suppression has a rule, a reason, until, and perhaps an object")
            })?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let line = entry.referenced.line();
            let Entry { rule, object, reason, until } = entry.value;
            let known = findings::rule(&rule.value).ok_or_else(|| {
                let ids = RULES.iter().map(|rule| rule.id);
                let all = "spctl lint --explain lists the rules";
                let why = format!("there is no rule {:?}", rule.value);
                wrong(rule.referenced.line(), why).hint(near::hint(&rule.value, ids, all))
            })?;
            if reason.value.trim().is_empty() {
                return Err(wrong(reason.referenced.line(), "the reason is empty".to_owned()));
            }
            let no_day = || {
                let why = format!("until has to be a day, not {:?}", until.value);
                wrong(until.referenced.line(), why).hint("write 2027-01-31")
            };
            let day: Date = until.value.trim().parse().map_err(|_| no_day())?;
            let after = day.checked_add(1.day()).map_err(|_| no_day())?;
            let end = after.to_zoned(TimeZone::UTC).map_err(|_| no_day())?.timestamp();
            all.push(Suppression {
                rule: known,
                object,
                reason: reason.value,
                until: day,
                end,
                line,
                is_used: false,
            });
        }
        Ok(Suppressions { file, all })
    }

    /// Whether somebody accepts a finding, and why.
    pub(super) fn of(&mut self, finding: &Finding, now: Timestamp) -> Option<Accepted> {
        let object = finding.object.to_string();
        let mut found = None;
        for one in &mut self.all {
            let is_object = one.object.as_deref().is_none_or(|wanted| wanted == object);
            if one.rule == finding.rule && is_object {
                one.is_used = true;
                if one.end > now && found.is_none() {
                    let until = one.until.to_string();
                    found = Some(Accepted { reason: one.reason.clone(), until });
                }
            }
        }
        found
    }

    /// Says which have ended, and which nothing is left to suppress.
    pub(super) fn tell(&self, context: &Context, now: Timestamp) {
        let ended = |one: &&Suppression| one.end <= now && one.is_used;
        for Suppression { rule, until, line, .. } in self.all.iter().filter(ended) {
            let (file, rule) = (&self.file, rule.id);
            context.ui.warn(format!("{file}:{line}: the suppression of {rule} ended {until}"));
        }
        let unused: Vec<String> = self
            .all
            .iter()
            .filter(|one| !one.is_used)
            .map(|one| format!("{}:{}", self.file, one.line))
            .collect();
        if let Some(first) = unused.first() {
            let many = plural(unused.len(), "suppression");
            context.ui.note(format!("{many} of nothing that was found: {first} is the first"));
        }
    }
}
