//! Findings as OCSF's Detection Finding, class 2004.

use serde_json::{Value, json};

use super::{Finding, Log, Severity, page};

/// The version of the schema that the findings keep to; newer ones take them as well.
pub const VERSION: &str = "1.3.0";

const CATEGORY: u32 = 2;
const CLASS: u32 = 2004;
/// A finding was made.
const CREATE: u32 = 1;
/// A rule made it.
const BY_RULE: u32 = 1;

/// A finding as an event of its class, made at a moment in microseconds since 1970.
pub fn event(finding: &Finding, log: &Log, tool: &str, version: &str, now: i64) -> Value {
    let milliseconds = |micros: i64| micros.div_euclid(1_000);
    let rule = page(finding.rule);
    let mut event = json!({
        "activity_id": CREATE,
        "activity_name": "Create",
        "category_uid": CATEGORY,
        "category_name": "Findings",
        "class_uid": CLASS,
        "class_name": "Detection Finding",
        "type_uid": CLASS * 100 + CREATE,
        "type_name": "Detection Finding: Create",
        "time": milliseconds(now),
        "start_time": milliseconds(finding.first),
        "end_time": milliseconds(finding.last),
        "severity_id": severity(finding.severity),
        "severity": severity_name(finding.severity),
        "status_id": 1,
        "status": "New",
        "count": finding.count,
        "message": finding.summary,
        "metadata": {
            "version": VERSION,
            "product": {"name": tool, "vendor_name": tool, "version": version},
            "uid": finding.fingerprint,
        },
        "finding_info": {
            "uid": finding.fingerprint,
            "title": rule.map_or(finding.rule, |page| page.title),
            "desc": finding.summary,
            "types": [finding.rule],
            "analytic": {
                "type_id": BY_RULE,
                "type": "Rule",
                "uid": finding.rule,
                "name": rule.map_or(finding.rule, |page| page.title),
            },
            "first_seen_time": milliseconds(finding.first),
            "last_seen_time": milliseconds(finding.last),
        },
        "evidences": evidences(finding, log),
        "unmapped": {"inferred": finding.inferred},
    });
    let resource = |instance: &String| {
        let mut resource = json!({"name": instance, "type": "stream processing instance"});
        if let Some(project) = &finding.project {
            resource["group"] = json!({"name": project, "type": "project"});
        }
        resource
    };
    if !finding.instances.is_empty() {
        event["resources"] = finding.instances.iter().map(resource).collect();
    }
    event
}

/// The lines, then whom and which addresses the finding is about.
fn evidences(finding: &Finding, log: &Log) -> Value {
    let line = |mark: &super::Mark| {
        json!({"data": {
            "file": log.label(mark),
            "line": mark.line,
            "time": super::moment(mark.time),
        }})
    };
    let lines = finding.evidence.iter().map(line);
    let users = finding.users.iter().map(|user| json!({"actor": {"user": {"name": user}}}));
    let addresses = finding.addresses.iter().map(|ip| json!({"src_endpoint": {"ip": ip}}));
    lines.chain(users).chain(addresses).collect()
}

fn severity(severity: Severity) -> u32 {
    match severity {
        Severity::Low => 2,
        Severity::Medium => 3,
        Severity::High => 4,
        Severity::Critical => 5,
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
        Severity::Critical => "Critical",
    }
}
