//! Users who are meant to be temporary and have no end.

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::Holder;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};

pub(super) static RULE: Rule = Rule {
    id: "SP402",
    name: "temporary-without-expiry",
    family: Family::Hygiene,
    severity: Severity::Medium,
    title: "Temporary user without an end",
    what: "A database user without an expiry whose name, label or description has the word temporary, temp, \
tmp, trial, interim, ephemeral or short-term.",
    why: "Whoever made it meant it to go. Without an end it stays, and nobody remembers its password's \
whereabouts.",
    passes: "Users who expire; words that only contain such a word, as template does.",
    mend: "Let the user expire, a week from now at most, or delete it.",
    needs: None,
    look,
};

const WORDS: [&str; 7] = ["temporary", "temp", "tmp", "trial", "interim", "ephemeral", "shortterm"];

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let finding = |holder: &Holder<'_>| {
        let user = holder.user;
        let labels = user.labels.iter().map(|(key, value)| ("label", format!("{key}={value}")));
        let description = user.description.iter().map(|text| ("description", text.clone()));
        let said = [("name", user.name.clone())].into_iter().chain(labels).chain(description);
        let (place, text) = said.into_iter().find(|(_, text)| says_temporary(text))?;
        let summary = match place {
            "name" => "is temporary by its name, and has no expiry".to_owned(),
            _ => format!("is temporary by its {place} ({text}), and has no expiry"),
        };
        let remedy = Remedy::new("users update").name(&holder.name).option("--expires", "7d");
        let object = Object::new("database user", &holder.name);
        Some(Finding::new(&RULE, view, object, summary, remedy))
    };
    let lasting = view.holders.iter().filter(|holder| holder.user.expires.is_none());
    Ok(lasting.filter_map(finding).collect())
}

fn says_temporary(text: &str) -> bool {
    let text =
        text.to_lowercase().replace("short-term", "shortterm").replace("short term", "shortterm");
    text.split(|c: char| !c.is_alphabetic()).any(|word| WORDS.contains(&word))
}
