//! A file of rules: TOML, a table per rule.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, TableLike, Value};

use super::explain::unknown;
use crate::audit::detect::{COMMON, Given, Settings, Wrong, page, span};
use crate::commands::input;
use crate::error::{Error, Result};
use crate::near;

/// The name that stands for no file.
const BUILTIN: &str = "builtin";

/// What is set in the file, or nothing for the rules as they are.
pub(super) fn read(path: &Path) -> Result<Settings> {
    if path.as_os_str() == BUILTIN {
        return Ok(Settings::default());
    }
    let text = input::file_text("--rules", path)?;
    let file = File { path, text: &text };
    let document: Document<String> = text.parse().map_err(|error: toml_edit::TomlError| {
        let why = error.message().trim().lines().next().unwrap_or_default().to_owned();
        file.wrong(error.span(), format!("it is not TOML: {why}"))
    })?;
    let mut settings = Settings::default();
    for (name, item) in document.iter() {
        match (name, item.as_table_like()) {
            ("learn", None) => settings.learn = Some(file.learn(item)?),
            (rule, Some(table)) => file.rule(&mut settings, rule, item, table)?,
            (name, None) => {
                let why = format!("{name:?} stands outside a rule's table");
                return Err(file
                    .wrong(item.span(), why)
                    .hint("write [RULE] above it; only learn is set for all rules"));
            }
        }
    }
    Ok(settings)
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    /// An error about a place of the file.
    fn wrong(&self, at: Option<Range<usize>>, why: String) -> Error {
        let before = at.and_then(|at| self.text.get(..at.start));
        let line = before.map(|text| format!(":{}", text.matches('\n').count() + 1));
        let line = line.unwrap_or_default();
        Error::usage(format!("--rules: {}{line}: {why}", self.path.display()))
    }

    fn learn(&self, item: &Item) -> Result<i64> {
        item.as_str().and_then(span::parse).ok_or_else(|| {
            self.wrong(item.span(), "learn has to be a span such as \"7d\"".to_owned())
        })
    }

    fn rule(
        &self,
        settings: &mut Settings,
        rule: &str,
        item: &Item,
        table: &dyn TableLike,
    ) -> Result<()> {
        let page = page(rule).ok_or_else(|| {
            let unknown = unknown(rule);
            let error = self.wrong(item.span(), unknown.to_string());
            unknown.hints().iter().fold(error, |error, hint| error.hint(hint.as_str()))
        })?;
        for (name, item) in table.iter() {
            let told = settings.set(rule, name, &given(item));
            told.map_err(|wrong| match wrong {
                Wrong::Rule | Wrong::Name => {
                    let own = page.settings.iter().map(|setting| setting.name);
                    let known = own.chain(COMMON.iter().map(|(name, _)| *name));
                    let all = format!("spctl audit detect --explain {rule} lists what can be set");
                    let why = format!("{rule} has no setting {name:?}");
                    self.wrong(item.span(), why).hint(near::hint(name, known, all))
                }
                Wrong::Value(what) => {
                    self.wrong(item.span(), format!("{rule}: {name} has to be {what}"))
                }
            })?;
        }
        Ok(())
    }
}

/// A value without what TOML has beside.
fn given(item: &Item) -> Given {
    let Some(value) = item.as_value() else { return Given::Other };
    match value {
        Value::Boolean(flag) => Given::Flag(*flag.value()),
        Value::Integer(number) => Given::Whole(*number.value()),
        Value::Float(number) => Given::Fraction(*number.value()),
        Value::String(text) => Given::Text(text.value().clone()),
        Value::Array(items) => {
            let texts: Option<Vec<String>> =
                items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
            texts.map_or(Given::Other, Given::Texts)
        }
        _ => Given::Other,
    }
}
