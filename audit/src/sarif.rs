//! SARIF 2.1.0, as far as findings need it: one run, with the rules and their pages.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::detect::Severity;

/// The version of the format.
const VERSION: &str = "2.1.0";

/// A rule and its page.
#[derive(Debug)]
pub struct Rule<'a> {
    /// The name under which it is reported.
    pub id: &'a str,
    /// What it finds, in a few words.
    pub title: &'a str,
    /// What it finds, exactly.
    pub what: &'a str,
    /// What there is to read about it, each part under its label.
    pub parts: &'a [(&'a str, &'a str)],
    /// How grave a finding is.
    pub severity: Severity,
    /// Words to choose rules by.
    pub tags: &'a [&'a str],
}

/// A document of one run of a tool, which is its name and version.
pub fn document(
    [tool, version]: [&str; 2],
    rules: &[Rule<'_>],
    notices: Vec<Value>,
    results: Vec<Value>,
) -> Value {
    let rules: Vec<Value> = rules.iter().map(descriptor).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": VERSION,
        "runs": [{
            "tool": {"driver": {"name": tool, "version": version, "rules": rules}},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notices,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// That a rule, which has this number among all, could not look.
pub fn skipped(id: &str, index: Option<usize>, why: &str) -> Value {
    json!({
        "level": "warning",
        "message": {"text": format!("{id} was skipped: {why}")},
        "associatedRule": {"id": id, "index": index},
    })
}

/// A place in a file.
pub fn location(id: usize, file: &str, line: u64, message: &str) -> Value {
    json!({
        "id": id,
        "physicalLocation": {
            "artifactLocation": {"uri": uri(file)},
            "region": {"startLine": line},
        },
        "message": {"text": message},
    })
}

fn descriptor(rule: &Rule<'_>) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.what},
        "help": {"text": help(rule, ""), "markdown": help(rule, "**")},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": rule.tags, "security-severity": score(rule.severity)},
    })
}

fn help(rule: &Rule<'_>, strong: &str) -> String {
    let mut text = String::new();
    for (label, part) in rule.parts {
        let _ = write!(text, "{strong}{label}{strong}: {part}\n\n");
    }
    text.trim_end().to_owned()
}

/// A text in which no name of the log is taken for a link, which `[words](target)` would be in a message.
pub fn without_links(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return text.into();
    }
    ["\\", "[", "]"]
        .into_iter()
        .fold(text.to_owned(), |text, special| text.replace(special, &format!("\\{special}")))
        .into()
}

/// A file's name as a reference, relative where the name is.
pub fn uri(label: &str) -> String {
    let mut uri = String::new();
    for byte in label.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'=' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// The level of a finding.
pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "note",
        Severity::Medium => "warning",
        Severity::High | Severity::Critical => "error",
    }
}

/// What code scanning services sort by, from 0 to 10.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "3.0",
        Severity::Medium => "5.5",
        Severity::High => "8.0",
        Severity::Critical => "9.5",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_become_no_links() {
        for (text, wanted) in [
            ("[x](https://example.com) dropped", "\\[x\\](https://example.com) dropped"),
            (r"\[x\](y)", r"\\\[x\\\](y)"),
            (r"a[0] (b) \", r"a[0] (b) \"),
        ] {
            assert_eq!(super::without_links(text), wanted);
        }
    }

    #[test]
    fn names_of_sources_become_references() {
        for (label, uri) in [
            ("logs/instance=orders/day=2026-11-01/a.ndjson.gz", None),
            ("orders", None),
            ("a b%:é", Some("a%20b%25%3A%C3%A9")),
            ("../x?y#z", Some("../x%3Fy%23z")),
        ] {
            assert_eq!(super::uri(label), uri.unwrap_or(label));
        }
    }
}
