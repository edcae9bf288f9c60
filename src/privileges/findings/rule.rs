//! A rule and its page.

use super::{Finding, Severity, View};

/// What a finding is about, as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Somebody may do more than they need.
    LeastPrivilege,
    /// Something can be reached, or read on its way, by those who should not.
    NetworkExposure,
    /// A credential is shared, or about to end.
    Secrets,
    /// Something is left over, unexplained, or cannot work.
    Hygiene,
}

impl Family {
    /// All of them, in the order of their numbers.
    pub const ALL: [Family; 4] =
        [Family::LeastPrivilege, Family::NetworkExposure, Family::Secrets, Family::Hygiene];

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Family::LeastPrivilege => "least privilege",
            Family::NetworkExposure => "network exposure",
            Family::Secrets => "secrets",
            Family::Hygiene => "hygiene",
        }
    }

    /// The first digit of its rules' numbers.
    pub fn digit(self) -> char {
        match self {
            Family::LeastPrivilege => '1',
            Family::NetworkExposure => '2',
            Family::Secrets => '3',
            Family::Hygiene => '4',
        }
    }
}

/// Something to look for, and what there is to read about it.
pub struct Rule {
    /// `SP101`: its number, whose first digit is its family's. It never changes, and is never given
    /// to another rule.
    pub id: &'static str,
    /// The same in words.
    pub name: &'static str,
    /// What it is about, as a whole.
    pub family: Family,
    /// How grave a finding is, unless the page says when it is less or more.
    pub severity: Severity,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// What it finds, exactly.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What looks alike and is not found.
    pub passes: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// What it needs beside the project, if it needs anything.
    pub needs: Option<&'static str>,
    /// What it finds in a project.
    pub look: fn(&View<'_>) -> Result<Vec<Finding>, Skipped>,
}

impl Rule {
    /// What its page says, each part under its label.
    pub fn parts(&self) -> Vec<(&'static str, &'static str)> {
        let parts = [("finds", self.what), ("why", self.why), ("passes", self.passes)];
        let needs = self.needs.map(|needs| ("needs", needs));
        parts.into_iter().chain([("remedy", self.mend)]).chain(needs).collect()
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.id, self.name)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.id == other.id
    }
}

/// Why a rule could not look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped(pub String);
