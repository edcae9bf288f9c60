//! Whose an object is, where several keep objects in one project: `owner=NAME` in its comment, its
//! description or its labels.

use serde_json::Value;

use crate::context::Context;
use crate::error::{Error, Result};

/// The tag's key.
const KEY: &str = "owner";

/// Whose objects are ours.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct OwnerArgs {
    /// Whose objects are yours, instead of the profile's owner: those tagged owner=NAME for others
    /// are left alone
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
}

impl OwnerArgs {
    /// Us: as the option says, or else the profile.
    ///
    /// # Errors
    /// Usage: what no tag can name.
    pub fn name<'a>(&'a self, context: &'a Context) -> Result<Option<&'a str>> {
        let own = context.settings.owner.as_ref().map(|owner| owner.value.as_str());
        let name = self.owner.as_deref().or(own);
        match name.filter(|name| name.is_empty() || name.contains(separates)) {
            None => Ok(name),
            Some(name) => Err(Error::usage(format!("{name:?} is not the name of an owner"))
                .hint("it is one word, as it stands in owner=NAME")),
        }
    }
}

/// What parts a text's words.
fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '[' | ']')
}

/// Whose a text says that something is: `owner=NAME` as a word of its own.
pub fn of_text(text: &str) -> Option<&str> {
    let mut words = text.split(separates);
    words.find_map(|word| word.strip_prefix(KEY)?.strip_prefix('=')).filter(|name| !name.is_empty())
}

/// Whose an object is, by its document.
pub fn of(document: &Value) -> Option<&str> {
    let texts = ["comment", "description"].into_iter();
    let said = texts.filter_map(|key| document[key].as_str()).find_map(of_text);
    let labels = document["labels"].as_array().into_iter().flatten();
    let mut named = labels.filter(|label| label["key"] == KEY);
    said.or_else(|| named.find_map(|label| label["value"].as_str()))
}

/// The owner of an object that belongs to others than us; nobody is another where we are nobody.
pub fn foreign<'a>(document: &'a Value, own: Option<&str>) -> Option<&'a str> {
    let own = own?;
    of(document).filter(|owner| *owner != own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_tag_is_a_word_of_its_own() {
        for (text, owner) in [
            ("owner=blue", Some("blue")),
            ("office, owner=blue", Some("blue")),
            ("office (owner=blue)", Some("blue")),
            ("owner=blue;since=2026", Some("blue")),
            ("owner=blue-2", Some("blue-2")),
            ("coowner=blue", None),
            ("owner =blue", None),
            ("Owner=blue", None),
            ("owner=", None),
            ("ask the owner", None),
            ("", None),
        ] {
            assert_eq!(of_text(text), owner, "{text}");
        }
        let labelled =
            json!({"labels": [{"key": "team", "value": "a"}, {"key": "owner", "value": "blue"}]});
        assert_eq!(of(&labelled), Some("blue"));
        assert_eq!(foreign(&labelled, Some("blue")), None);
        assert_eq!(foreign(&labelled, Some("green")), Some("blue"));
        assert_eq!(foreign(&labelled, None), None);
        assert_eq!(of(&json!({"description": "owner=x"})), Some("x"));
    }
}
