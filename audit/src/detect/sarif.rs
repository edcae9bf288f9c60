//! Findings as SARIF 2.1.0: one run, with the rules and their pages.

use serde_json::{Value, json};

use super::{Finding, Findings, Log, Mark, Page, RULES};
use crate::sarif::{self, level, without_links};

/// The findings as a log of one run of this tool.
pub fn document(found: &Findings, log: &Log, tool: &str, version: &str) -> Value {
    let parts: Vec<_> = RULES.iter().map(|rule| rule.page().parts()).collect();
    let rules = RULES.iter().zip(&parts).map(|(rule, parts)| {
        let Page { id, title, what, severity, .. } = *rule.page();
        sarif::Rule { id, title, what, parts, severity, tags: &["security", "audit"] }
    });
    let rules: Vec<sarif::Rule<'_>> = rules.collect();
    let results = found.findings.iter().map(|finding| result(finding, log)).collect();
    let skipped = |(page, why): &(&'static Page, super::Skipped)| {
        sarif::skipped(page.id, index(page.id), &why.0)
    };
    let notices = found.skipped.iter().map(skipped).collect();
    sarif::document([tool, version], &rules, notices, results)
}

fn index(id: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.page().id == id)
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
    sarif::location(id, log.label(mark), mark.line, &super::moment(mark.time))
}
