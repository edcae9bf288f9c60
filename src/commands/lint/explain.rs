//! `lint --explain`: what rules there are, and the page of one.

use serde::Serialize;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::findings::{self, RULES, Rule};
use crate::ui::{Column, Detail, Listing, row, wrapped};

/// A rule and its page, as they are written.
#[derive(Debug, Serialize)]
struct RuleRow {
    rule: &'static str,
    name: &'static str,
    family: &'static str,
    severity: &'static str,
    title: &'static str,
    finds: &'static str,
    why: &'static str,
    passes: &'static str,
    remedy: &'static str,
    needs: Option<&'static str>,
}

impl RuleRow {
    fn of(rule: &'static Rule) -> RuleRow {
        RuleRow {
            rule: rule.id,
            name: rule.name,
            family: rule.family.name(),
            severity: rule.severity.name(),
            title: rule.title,
            finds: rule.what,
            why: rule.why,
            passes: rule.passes,
            remedy: rule.mend,
            needs: rule.needs,
        }
    }

    /// The page for people.
    fn detail(&self, lines: fn(&str) -> Vec<String>) -> Detail {
        let head = [
            ("rule", format!("{} {}", self.rule, self.name)),
            ("title", self.title.to_owned()),
            ("family", self.family.to_owned()),
            ("severity", self.severity.to_owned()),
        ];
        let parts = findings::rule(self.rule).map(Rule::parts).unwrap_or_default();
        let parts = parts.into_iter().map(|(label, text)| (label, lines(text)));
        head.into_iter().map(|(label, text)| (label, vec![text])).chain(parts).collect()
    }
}

static LISTING: Listing<RuleRow> = Listing {
    columns: &[
        Column::identifying("rule", |row| row.rule.into()),
        Column::identifying("name", |row| row.name.into()),
        Column::telling_apart("severity", |row| row.severity.into()),
        Column::new("family", |row| row.family.into()),
        Column::new("title", |row| row.title.into()),
    ],
    default: 5,
    name: |row| row.rule.to_owned(),
};

/// Lists the rules, or shows the page of one.
pub(super) fn run(context: &Context, rule: Option<&str>) -> Result<()> {
    let Some(word) = rule else {
        let all = RULES.iter().map(|rule| RuleRow::of(rule));
        return context.ui.list_computed(&LISTING, all, "").map(drop);
    };
    let rule = findings::rule(word).ok_or_else(|| {
        let words = RULES.iter().flat_map(|rule| [rule.id, rule.name]);
        let all = "spctl lint --explain lists the rules";
        Error::usage(format!("there is no rule {word:?}")).hint(near::hint(word, words, all))
    })?;
    // Only a terminal has an edge.
    let lines = match context.ui.stdout_is_terminal() {
        true => wrapped,
        false => |text: &str| vec![text.to_owned()],
    };
    context.ui.show(&LISTING, vec![row::computed(RuleRow::of(rule))?], |row| row.detail(lines))
}
