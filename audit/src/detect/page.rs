//! What there is to read about a rule.

use super::finding::Severity;
use super::settings::Setting;

/// A rule's page: what `--explain` shows, and what goes with its findings to other programs.
#[derive(Debug, PartialEq)]
pub struct Page {
    /// The name under which it is set, switched off and reported; it does not change.
    pub id: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// How grave a finding is, unless a file of rules says otherwise.
    pub severity: Severity,
    /// What it finds, exactly.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What is normal, and not found.
    pub normal: &'static str,
    /// How to fit it to one's own log.
    pub tuning: &'static str,
    /// What is found and is harmless all the same.
    pub false_positives: &'static str,
    /// What the log does not show.
    pub blind: &'static str,
    /// What can be set, beside what every rule can be told.
    pub settings: &'static [Setting],
}

impl Page {
    /// What it says, each part under its label.
    pub fn parts(&self) -> [(&'static str, &'static str); 6] {
        [
            ("what", self.what),
            ("why", self.why),
            ("normal", self.normal),
            ("tuning", self.tuning),
            ("false positives", self.false_positives),
            ("cannot be seen", self.blind),
        ]
    }
}
