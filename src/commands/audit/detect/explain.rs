//! `audit detect --explain`: what rules there are, and the page of one.

use serde::Serialize;

use crate::audit::detect::{COMMON, Page, RULES, page};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::ui::{Column, Detail, Listing, row, wrapped};

/// A rule and its page, as they are written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleRow {
    rule: &'static str,
    severity: &'static str,
    title: &'static str,
    what: &'static str,
    why: &'static str,
    normal: &'static str,
    tuning: &'static str,
    false_positives: &'static str,
    cannot_be_seen: &'static str,
    settings: Vec<SettingRow>,
}

/// Something that the rule can be told.
#[derive(Debug, Serialize)]
struct SettingRow {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    means: &'static str,
}

impl RuleRow {
    fn of(page: &'static Page) -> RuleRow {
        let own = page.settings.iter().map(|setting| SettingRow {
            name: setting.name,
            default: Some(setting.default.text()),
            means: setting.means,
        });
        let common = COMMON.iter().map(|(name, means)| SettingRow { name, default: None, means });
        RuleRow {
            rule: page.id,
            severity: page.severity.name(),
            title: page.title,
            what: page.what,
            why: page.why,
            normal: page.normal,
            tuning: page.tuning,
            false_positives: page.false_positives,
            cannot_be_seen: page.blind,
            settings: own.chain(common).collect(),
        }
    }

    /// The page for people.
    fn detail(&self, wrapped: fn(&str) -> Vec<String>) -> Detail {
        let parts = page(self.rule).map(Page::parts).into_iter().flatten();
        let setting = |setting: &SettingRow| match &setting.default {
            Some(default) => format!("{} = {default}: {}", setting.name, setting.means),
            None => format!("{}: {}", setting.name, setting.means),
        };
        let settings = self.settings.iter().flat_map(|one| wrapped(&setting(one))).collect();
        let head = [
            ("rule", vec![self.rule.to_owned()]),
            ("finds", vec![self.title.to_owned()]),
            ("severity", vec![self.severity.to_owned()]),
        ];
        let parts = parts.map(|(label, text)| (label, wrapped(text)));
        head.into_iter().chain(parts).chain([("settings", settings)]).collect()
    }
}

static LISTING: Listing<RuleRow> = Listing {
    columns: &[
        Column::identifying("rule", |row| row.rule.into()),
        Column::telling_apart("severity", |row| row.severity.into()),
        Column::new("finds", |row| row.title.into()),
    ],
    default: 3,
    name: |row| row.rule.to_owned(),
};

/// Lists the rules, or shows the page of one.
pub(super) fn run(context: &Context, rule: Option<&str>) -> Result<()> {
    let pages = || RULES.iter().map(|rule| rule.page());
    match rule {
        None => context.ui.list_computed(&LISTING, pages().map(RuleRow::of), "").map(drop),
        Some(id) => {
            let page = page(id).ok_or_else(|| unknown(id))?;
            let rows = vec![row::computed(RuleRow::of(page))?];
            // Only a terminal has an edge.
            let lines = match context.ui.stdout_is_terminal() {
                true => wrapped,
                false => |text: &str| vec![text.to_owned()],
            };
            context.ui.show(&LISTING, rows, |row| row.detail(lines))
        }
    }
}

/// There is no such rule.
pub(super) fn unknown(id: &str) -> Error {
    let ids = RULES.iter().map(|rule| rule.page().id);
    Error::usage(format!("there is no rule {id:?}")).hint(near::hint(
        id,
        ids,
        "spctl audit detect --explain lists the rules",
    ))
}
