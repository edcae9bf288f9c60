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
fn what_lint_finds_keeps_to_the_schema_of_sarif() {
    let (Some(python), Some(schema)) =
        (consumers::python("jsonschema"), consumers::part("sarif-2.1.0.json"))
    else {
        return;
    };
    let lab = Lab::new();
    lab.local(["policy", "export", "--to", "a policy.yaml"]).finish().exits(0);
    let accepted = "- {rule: SP102, reason: known, until: 2099-01-31}";
    std::fs::write(lab.file("accepted.yaml"), accepted).unwrap();
    let live = lab.local(["lint", "-o", "sarif"]).finish().exits(3).out();
    let line = ["lint", "--snapshot", "a policy.yaml", "--suppress", "accepted.yaml"];
    let file = lab.bare(line).and(&["-o", "sarif"]).finish().exits(3).out();
    let check = |document: &str| {
        python.run("findings.py", &["sarif", &schema.display().to_string()], document)
    };
    check(&live).exits(0);
    check(&file).exits(0);
    assert!(file.contains("\"a%20policy.yaml\"") && file.contains("\"suppressions\""));
    let changed = file.replace("\"baselineState\":\"new\"", "\"baselineState\":\"fresh\"");
    assert_ne!(changed, file);
    check(&changed).exits(1);
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
