//! What of a project's privileges and of its exposure somebody should mend.
//!
//! A rule is a file of [`rules`] and a line of [`RULES`]: its page stands there, and what it finds. All
//! of them look at one [`View`] of a project; what the project does not tell by itself is in [`Facts`].

mod extent;
mod facts;
mod finding;
mod least;
mod remedy;
mod rule;
mod rules;
mod view;

pub use crate::audit::detect::Severity;
pub use extent::Extent;
pub use facts::{Deed, Deeds, Facts, LastSeen};
pub use finding::{Finding, Object};
pub use rule::{Family, Rule, Skipped};
pub use rules::RULES;
pub use view::View;

use super::project::Project;

/// What all rules have found.
#[derive(Debug, Default)]
pub struct Findings {
    /// The gravest first, then by rule and by object.
    pub findings: Vec<Finding>,
    /// The rules that could not look, and why.
    pub skipped: Vec<(&'static Rule, Skipped)>,
}

/// Looks at a project with every rule.
pub fn lint(project: &Project, facts: &Facts) -> Findings {
    let view = View::new(project, facts);
    let mut all = Findings::default();
    for rule in RULES {
        match (rule.look)(&view) {
            Ok(found) => all.findings.extend(found),
            Err(why) => all.skipped.push((rule, why)),
        }
    }
    all.findings.sort_by(|one, other| {
        let by_severity = other.severity.cmp(&one.severity);
        by_severity.then(one.rule.id.cmp(other.rule.id)).then_with(|| one.object.cmp(&other.object))
    });
    all
}

/// The rule of this id or name, in any case; of the id its number will do.
pub fn rule(word: &str) -> Option<&'static Rule> {
    let is = |text: &str| text.eq_ignore_ascii_case(word.trim());
    let number = |rule: &Rule| rule.id.trim_start_matches(|c: char| !c.is_ascii_digit());
    RULES.iter().copied().find(|rule| is(rule.id) || is(rule.name) || is(number(rule)))
}

#[cfg(test)]
mod tests;
