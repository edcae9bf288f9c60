//! stderr is JSON where the output is, and text everywhere else.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::Finished;
use crate::support::Lab;

/// The lines of stderr, each of which fits the schema and has no key that the schema does not name.
#[track_caller]
pub fn lines(finished: &Finished) -> Vec<Value> {
    let schema: Value =
        serde_json::from_str(include_str!("../../docs/stderr.schema.json")).unwrap();
    let validator = jsonschema::options().build(&schema).expect("a schema");
    let line = |line: &str| {
        let line: Value =
            serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {}", finished.shown()));
        let wrong: Vec<_> = validator.iter_errors(&line).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}: {}", finished.shown());
        for key in line.as_object().unwrap().keys() {
            assert!(schema["properties"].get(key).is_some(), "{key}: {}", finished.shown());
        }
        // What a line is, its level says.
        let message = line["message"].as_str().unwrap();
        for label in ["error: ", "warning: ", "note: ", "hint: "] {
            assert!(!message.starts_with(label), "{}", finished.shown());
        }
        line
    };
    finished.err().lines().map(line).collect()
}

/// What is said by all kinds of commands: reads, changes, refusals, waits, traces.
const COMMANDS: [&str; 35] = [
    "users list",
    "users list --role nosuch",
    "users get nobody",
    "users get alice nobody",
    "users restrict alice --instance orders --dry-run",
    "users restrict alice grace nobody --instance orders --yes",
    "users update bob --description A --yes",
    "users update bob --description A --yes",
    "users update bob --remove-label nosuch --yes",
    "users delete bob",
    "users lst",
    "users list --colums a",
    "users list -v",
    "users list -vv",
    "users create zoe --role read@shop --password-env NOWHERE --yes",
    "users lock dave --record dave.json --yes",
    "instances get nothing",
    "instances create new --provider aws --region us-east-1 --tier SP10 --yes --wait",
    "connections create hook --instance orders --url https://a.example --yes --wait",
    "connections list --instance nothing",
    "access-lists add 2000::/3 --yes",
    "audit download orders --out log.gz",
    "audit download nothing --out other.gz",
    "ips --provider aws --region nowhere",
    "members list",
    "api GET groups/{project}/nothing --api-version 2023-01-01",
    "profiles set --profile new project=x",
    "users unlock --from dave.json --generate-password --yes",
    "users unlock --from dave.json --generate-password --password-file dave.secret --yes",
    "users unlock --from dave.json --generate-password --password-file again.secret --yes",
    "users revoke alice --role streamViewer --yes",
    "users revoke alice --action INSERT@shop.orders --yes",
    "access-lists add 0.0.0.0/0 --allow-anywhere --yes",
    "access-lists add 203.0.113.0/24 --yes",
    "processors stats totals --instance orders",
];

#[test]
fn with_json_every_line_is_an_object() {
    for format in ["json", "ndjson"] {
        let lab = Lab::ticking();
        std::fs::write(lab.file("sample"), "type: Sample\nname: sol\n").unwrap();
        let mut levels = BTreeSet::new();
        for command in COMMANDS {
            let finished = lab.typed(&format!("{command} -o {format}")).finish();
            let lines = lines(&finished);
            let of = |level: &str| lines.iter().filter(|line| line["level"] == level).count();
            match finished.code {
                Some(0) => assert_eq!(of("error"), 0, "{}", finished.shown()),
                _ => assert_ne!(of("error"), 0, "{}", finished.shown()),
            }
            levels.extend(lines.iter().map(|line| line["level"].to_string()));
        }
        for level in ["error", "warning", "note", "plan", "progress", "info", "debug"] {
            assert!(levels.contains(&format!("{level:?}")), "{level}: {levels:?}");
        }
    }
}

#[test]
fn without_json_no_line_is_an_object() {
    let lab = Lab::ticking();
    std::fs::write(lab.file("sample"), "type: Sample\nname: sol\n").unwrap();
    for (index, command) in COMMANDS.into_iter().enumerate() {
        let format = ["", " -o yaml", " -o csv", " -o table"][index % 4];
        let finished = lab.typed(&format!("{command}{format}")).finish();
        let is_json = |line: &str| serde_json::from_str::<Value>(line).is_ok();
        assert!(!finished.err().lines().any(is_json), "{}", finished.shown());
    }
    // Names and what a filter makes of it are no JSON either, whatever the default is.
    for command in ["users get nobody -q", "users get nobody --jq ."] {
        let finished = lab.typed(command).env("MONGODB_ATLAS_OUTPUT", "json").finish().exits(5);
        assert!(finished.err().starts_with("error: "), "{}", finished.shown());
    }
}

#[test]
fn a_plan_and_a_result_name_their_object() {
    let lab = Lab::new();
    let run = lab.typed("users restrict alice --instance orders --keep-clusters --yes -o json");
    let finished = run.finish().exits(0);
    let said = lines(&finished);
    let alice = serde_json::json!({"noun": "database user", "name": "alice"});
    let plan = said.iter().find(|line| line["level"] == "plan").expect("a plan");
    assert_eq!(
        (&plan["message"], &plan["object"]),
        (&"restrict database user alice".into(), &alice)
    );
    let facts = plan["facts"].as_array().unwrap();
    assert!(facts.iter().any(|fact| fact["label"] == "loses"), "{plan}");
    let done = said.iter().find(|line| line["message"] == "restricted database user alice");
    assert_eq!(done.expect("a result")["object"], alice);
    // A note about a second try is not one about the change.
    let again = lab.typed("users restrict alice --instance orders --keep-clusters --yes -o json");
    let said = lines(&again.finish().exits(0));
    assert_eq!(said[0]["object"], alice);
}

#[test]
fn a_default_from_the_environment_counts_as_the_option() {
    let lab = Lab::new();
    let finished = lab.typed("users get nobody").env("MONGODB_ATLAS_OUTPUT", "json").finish();
    assert_eq!(lines(&finished.exits(5))[0]["kind"], "not_found");
}

#[test]
fn hints_are_part_of_their_error() {
    let lab = Lab::new();
    let finished = lab.typed("access-lists add 2000::/3 --yes -o json").finish().exits(2);
    let said = lines(&finished);
    let error = said.last().expect("an error");
    let hint = error["hint"].as_str().expect("a hint");
    assert!(hint.contains("--allow-anywhere") && hint.lines().count() > 1, "{error}");
    assert!(!said.iter().any(|line| line["level"] == "hint"), "{}", finished.shown());
}
