//! What a rule has found.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::remedy::Remedy;
use super::{Extent, Rule, Severity, View};
use crate::hex::hex;

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Object {
    /// `database user`.
    pub noun: &'static str,
    /// Its name, as the next command takes it.
    pub name: String,
    /// The instance that it is in, if it is in one.
    pub instance: Option<String>,
}

impl Object {
    /// Something of the project itself.
    pub fn new(noun: &'static str, name: impl Into<String>) -> Self {
        Object { noun, name: name.into(), instance: None }
    }

    /// Something of an instance.
    pub fn inside(noun: &'static str, name: &str, instance: &str) -> Self {
        Object { noun, name: name.to_owned(), instance: Some(instance.to_owned()) }
    }
}

/// `database user alice`, `connection shop of orders`
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.noun, self.name)?;
        self.instance.iter().try_for_each(|instance| write!(f, " of {instance}"))
    }
}

/// Something that a rule has found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How grave it is.
    pub severity: Severity,
    /// What it is about.
    pub object: Object,
    /// What was found, in a sentence without its end.
    pub summary: String,
    /// The command line that mends it. What only a person can supply stands in it in capitals.
    pub remedy: String,
    /// What it extends to; nothing of what cannot grow.
    pub extent: Extent,
    /// What it is, in 32 hexadecimal digits: the same finding has the same when it is found again.
    pub fingerprint: String,
}

impl Finding {
    /// A finding of a rule, as grave as the rule says.
    pub(super) fn new(
        rule: &'static Rule,
        view: &View<'_>,
        object: Object,
        summary: impl Into<String>,
        remedy: Remedy,
    ) -> Self {
        let fingerprint = fingerprint(rule, &view.project.id, &object, "");
        Finding {
            rule,
            severity: rule.severity,
            object,
            summary: summary.into(),
            remedy: remedy.to_string(),
            extent: Extent::default(),
            fingerprint,
        }
    }

    /// As grave as this.
    pub(super) fn graded(self, severity: Severity) -> Self {
        Finding { severity, ..self }
    }

    /// Extending to these.
    pub(super) fn extending(self, to: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Finding { extent: to.into_iter().collect(), ..self }
    }

    /// One of several of the same rule about one object, told apart by this.
    pub(super) fn told_apart(self, view: &View<'_>, by: &str) -> Self {
        let fingerprint = fingerprint(self.rule, &view.project.id, &self.object, by);
        Finding { fingerprint, ..self }
    }
}

fn fingerprint(rule: &Rule, project: &str, object: &Object, detail: &str) -> String {
    let Object { noun, name, instance } = object;
    let parts = [rule.id, project, noun, name, instance.as_deref().unwrap_or_default(), detail];
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex(&hash.finalize()[..16])
}
