//! Findings as SARIF 2.1.0: one run, with the rules and their pages.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Finding, Findings, Log, Mark, Page, RULES, Severity};

/// The version of the format.
const VERSION: &str = "2.1.0";

/// The findings as a log of one run of this tool.
pub fn document(found: &Findings, log: &Log, tool: &str, version: &str) -> Value {
    let rules: Vec<Value> = RULES.iter().map(|rule| descriptor(rule.page())).collect();
    let results: Vec<Value> = found.findings.iter().map(|finding| result(finding, log)).collect();
    let notice = |(page, why): &(&'static Page, super::Skipped)| {
        json!({
            "level": "warning",
            "message": {"text": format!("{} was skipped: {}", page.id, why.0)},
            "associatedRule": {"id": page.id, "index": index(page.id)},
        })
    };
    let notices: Vec<Value> = found.skipped.iter().map(notice).collect();
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

fn index(id: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.page().id == id)
}

fn descriptor(page: &'static Page) -> Value {
    json!({
        "id": page.id,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.what},
        "help": {"text": help(page, ""), "markdown": help(page, "**")},
        "defaultConfiguration": {"level": level(page.severity)},
        "properties": {
            "tags": ["security", "audit"],
            "security-severity": score(page.severity),
        },
    })
}

fn help(page: &Page, strong: &str) -> String {
    let mut text = String::new();
    for (label, part) in page.parts() {
        let _ = write!(text, "{strong}{label}{strong}: {part}\n\n");
    }
    text.trim_end().to_owned()
}

fn result(finding: &Finding, log: &Log) -> Value {
    let mut places = finding.evidence.iter().enumerate().map(|(id, mark)| location(id, mark, log));
    let first: Vec<Value> = places.next().into_iter().collect();
    let others: Vec<Value> = places.collect();
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index(finding.rule),
        "kind": "fail",
        "level": level(finding.severity),
        "message": {"text": without_links(&finding.summary)},
        "locations": first,
        "relatedLocations": others,
        "occurrenceCount": finding.count,
        "partialFingerprints": {"spctlFinding/v1": finding.fingerprint},
        "properties": {
            "severity": finding.severity.name(),
            "project": finding.project,
            "instances": finding.instances,
            "users": finding.users,
            "addresses": finding.addresses,
            "first": super::moment(finding.first),
            "last": super::moment(finding.last),
            "inferred": finding.inferred,
        },
    })
}

fn location(id: usize, mark: &Mark, log: &Log) -> Value {
    json!({
        "id": id,
        "physicalLocation": {
            "artifactLocation": {"uri": uri(log.label(mark))},
            "region": {"startLine": mark.line},
        },
        "message": {"text": super::moment(mark.time)},
    })
}

/// A text in which no name of the log is taken for a link, which `[words](target)` would be in a message.
fn without_links(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return text.into();
    }
    ["\\", "[", "]"]
        .into_iter()
        .fold(text.to_owned(), |text, special| text.replace(special, &format!("\\{special}")))
        .into()
}

/// A source's name as a reference, relative where the name is.
fn uri(label: &str) -> String {
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

fn level(severity: Severity) -> &'static str {
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
