//! What was found about a connection.

use serde::Serialize;

/// Something that may keep the other side from answering.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Finding {
    pub(super) severity: Severity,
    /// What it is about: `state`, `certificate`, `port` and so on.
    about: &'static str,
    message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hints: Vec<String>,
    /// A command line that tells more.
    #[serde(skip)]
    pub(super) next: Option<String>,
}

/// What a finding means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Severity {
    /// It explains why the other side does not answer.
    Error,
    /// It may.
    Warning,
}

impl Finding {
    /// Something that explains it.
    pub(super) fn error(about: &'static str, message: impl Into<String>) -> Self {
        Finding::new(Severity::Error, about, message.into())
    }

    /// Something that may explain it.
    pub(super) fn warning(about: &'static str, message: impl Into<String>) -> Self {
        Finding::new(Severity::Warning, about, message.into())
    }

    fn new(severity: Severity, about: &'static str, message: String) -> Self {
        Finding { severity, about, message, hints: Vec::new(), next: None }
    }

    /// Says what to do about it.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Names the command line that tells more.
    pub(super) fn next(mut self, line: String) -> Self {
        self.next = Some(line);
        self
    }

    /// The finding for people, and its hints.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let hints = self.hints.iter().map(|hint| format!("  hint: {hint}"));
        std::iter::once(format!("{word}: {}", self.message)).chain(hints)
    }
}
