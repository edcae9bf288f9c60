//! Findings as SARIF: their places are lines of the policy's file, where there is one.

use serde_json::{Value, json};

use super::Run;
use super::row::{FindingRow, Status};
use crate::audit::sarif::{self, level, without_links};
use crate::privileges::findings::{Finding, RULES, Rule};

/// The findings as a log of one run of this tool.
pub(super) fn document(run: &Run<'_>, tool: [&str; 2]) -> Value {
    let parts: Vec<_> = RULES.iter().map(|rule| rule.parts()).collect();
    let tags: Vec<_> = RULES.iter().map(|rule| ["security", rule.family.name()]).collect();
    let rules = RULES.iter().zip(&parts).zip(&tags).map(|((rule, parts), tags)| {
        let Rule { id, title, what, severity, .. } = **rule;
        sarif::Rule { id, title, what, parts, severity, tags }
    });
    let rules: Vec<sarif::Rule<'_>> = rules.collect();
    let results = run.found.findings.iter().zip(&run.rows);
    let results = results.map(|(finding, row)| result(finding, row)).collect();
    let skipped = run.found.skipped.iter();
    let notices = skipped.map(|(rule, why)| sarif::skipped(rule.id, index(rule), &why.0)).collect();
    sarif::document(tool, &rules, notices, results)
}

fn index(rule: &Rule) -> Option<usize> {
    RULES.iter().position(|known| *known == rule)
}

fn result(finding: &Finding, row: &FindingRow) -> Value {
    let object = finding.object.to_string();
    let message = format!("{object} {}", finding.summary);
    let place = row.place().map(|(file, line)| sarif::location(0, file, line, &object));
    let logical = json!([{"name": finding.object.name, "fullyQualifiedName": object}]);
    let location = match place {
        Some(Value::Object(mut place)) => {
            place.insert("logicalLocations".to_owned(), logical);
            Value::Object(place)
        }
        _ => json!({"logicalLocations": logical}),
    };
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index(finding.rule),
        "kind": "fail",
        "level": level(finding.severity),
        "message": {"text": without_links(&message)},
        "locations": [location],
        "partialFingerprints": {"spctlLint/v1": finding.fingerprint},
        "baselineState": match row.status {
            Status::Known => "unchanged",
            Status::Grown => "updated",
            Status::New | Status::Suppressed(_) => "new",
        },
        "properties": {
            "severity": finding.severity.name(),
            "family": finding.rule.family.name(),
            "remedy": row.remedy,
        },
    });
    if let Status::Suppressed(accepted) = &row.status {
        let why = format!("{} (until {})", accepted.reason, accepted.until);
        result["suppressions"] =
            json!([{"kind": "external", "status": "accepted", "justification": why}]);
    }
    result
}
