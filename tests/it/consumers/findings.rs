//! SARIF and OCSF: the schemas that are published for them.

use crate::audit_detect::planted;
use crate::consumers;
use crate::support::Lab;

/// The findings of an incident, in a format.
fn findings(format: &str) -> String {
    let lab = Lab::new();
    planted(&lab, "a log.gz", true);
    lab.spctl(["audit", "detect", "./a log.gz", "-o", format]).finish().exits(3).out()
}

#[test]
fn findings_keep_to_the_schema_of_sarif() {
    let (Some(python), Some(schema)) =
        (consumers::python("jsonschema"), consumers::part("sarif-2.1.0.json"))
    else {
        return;
    };
    let document = findings("sarif");
    let check = |document: &str| {
        python.run("findings.py", &["sarif", &schema.display().to_string()], document)
    };
    check(&document).exits(0);
    assert!(document.contains("\"./a%20log.gz\""), "{document}");
    for (right, wrong) in [
        ("\"level\":\"error\"", "\"level\":\"critical\""),
        ("\"startLine\":", "\"startLine\":-"),
        ("\"ruleId\":", "\"rule\":"),
        ("\"version\":\"2.1.0\"", "\"version\":\"2.0\""),
    ] {
        let changed = document.replace(right, wrong);
        assert_ne!(changed, document, "{right}");
        check(&changed).exits(1);
    }
}

#[test]
fn findings_are_detection_findings_of_ocsf() {
    let Some(python) = consumers::python("ocsf-json-schema") else { return };
    let events = findings("ocsf");
    for version in ["1.3.0", "1.8.0"] {
        let check = |events: &str| python.run("findings.py", &["ocsf", version], events);
        let checked = check(&events).exits(0);
        assert_eq!(checked.out().trim(), events.lines().count().to_string());
        for (right, wrong) in [
            ("\"finding_info\":", "\"finding\":"),
            ("\"severity_id\":5", "\"severity_id\":9"),
            ("\"type_uid\":200401", "\"type_uid\":200402"),
            ("\"class_uid\":2004", "\"class_uid\":2001"),
            ("\"ip\":\"198.51.100.66\"", "\"ip\":\"198.51.100.666\""),
            ("\"analytic\":", "\"analytics\":"),
        ] {
            let changed = events.replace(right, wrong);
            assert_ne!(changed, events, "{right}");
            check(&changed).exits(1);
        }
    }
}
