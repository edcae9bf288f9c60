//! `spctl lint`: true findings on the sample, remedies that work, files, formats, and what counts.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::run::complete;
use crate::support::Lab;

/// The words of a line, on a store of its own.
fn local(lab: &Lab, line: &str) -> crate::run::Run {
    let mut run = lab.local([]);
    run.args.extend(line.split_whitespace().map(str::to_owned));
    run
}

fn found(lab: &Lab, line: &str, code: i32) -> Vec<Value> {
    let rows = local(lab, &format!("lint {line} -o json")).finish().exits(code).json();
    rows.as_array().unwrap().clone()
}

fn told(rows: &[Value]) -> BTreeSet<String> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.iter().map(|row| format!("{} {}", text(row, "rule"), text(row, "object"))).collect()
}

/// What the sample has: each of it on purpose.
const SAMPLE: [&str; 14] = [
    "SP101 database user alice",
    "SP101 database user carol@admin",
    "SP101 database user dave",
    "SP102 database user dave",
    "SP104 connection archive of telemetry",
    "SP105 database user alice",
    "SP105 database user arn:aws:iam::111122223333:role/orders-deployer",
    "SP105 database user bob",
    "SP105 database user frank",
    "SP105 database user svc-payments",
    "SP107 connection ledger of payments",
    "SP107 connection shop of orders",
    "SP404 database user frank",
    "SP411 processor orders-to-shop of orders",
];

#[test]
fn the_sample_has_what_was_put_there() {
    let lab = Lab::new();
    let rows = found(&lab, "", 3);
    assert_eq!(told(&rows), SAMPLE.map(str::to_owned).into());
    let order: Vec<&str> = rows.iter().map(|row| row["severity"].as_str().unwrap()).collect();
    let falls = |pair: &[&str]| pair[0] == pair[1] || pair[0] == "high" || pair[1] == "low";
    assert!(order.windows(2).all(falls), "{order:?}");
    let run = local(&lab, "lint").finish().exits(3);
    assert!(run.err().contains("SP403 stale-user was skipped: no audit log was given"));
    assert!(
        run.err().contains("error: 3 findings: 3 high\nhint: spctl --local lint --explain SP101")
    );
}

#[test]
fn every_remedy_works_as_it_is_pasted() {
    let lab = Lab::new();
    for line in [
        "access-lists add 0.0.0.0/0 --allow-anywhere --yes",
        "access-lists add 192.0.2.99 --yes",
        "connections create plain --instance orders --bootstrap-servers b.x.example:9092 \
         --mechanism PLAIN --username u --password-env HOME --protocol SASL_PLAINTEXT --yes",
        "connections create root --instance orders --cluster shop-main --execute-as atlasAdmin \
         --allow-administrator --yes",
        "roles create spare --action dropStreamProcessor --yes",
        "roles create runner --action processStreamProcessor --yes",
        "users create tmp-x --role runner --instance orders --generate-password --yes",
        "users create lost --role streamViewer --instance nowhere --allow-future-instance \
         --generate-password --yes",
        "members invite ann@example.com --role project-owner --yes",
    ] {
        local(&lab, line).finish().exits(0);
    }
    let mended = [
        "SP101", "SP102", "SP103", "SP104", "SP105", "SP106", "SP107", "SP201", "SP203", "SP401",
        "SP402", "SP404", "SP406", "SP409", "SP411",
    ];
    let rows = found(&lab, "", 3);
    let rules: BTreeSet<&str> = rows.iter().map(|row| row["rule"].as_str().unwrap()).collect();
    assert!(mended.iter().all(|rule| rules.contains(rule)), "{rules:?}");
    let given = lab.local([]);
    let environment = given.command();
    for row in &rows {
        // Once the open entry is gone there is nothing left to close.
        let is_too_new = row["rule"] == "SP105" && row["object"] == "database user tmp-x";
        if row["rule"] == "SP202" || is_too_new {
            continue;
        }
        let remedy = row["remedy"].as_str().unwrap();
        let program = env!("CARGO_BIN_EXE_spctl");
        let script = format!("spctl() {{ '{program}' --yes \"$@\"; }}; {remedy}");
        let mut shell = Command::new("bash");
        shell.args(["-c", &script]).current_dir(lab.home()).env_clear();
        shell.envs(environment.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let run = complete(&mut shell, remedy.to_owned(), b"", Duration::from_secs(60));
        assert_eq!(run.code, Some(0), "{}", run.shown());
    }
    // Whose work it is to write pipelines only the log tells.
    let logs = "--audit orders payments telemetry --fail-on never";
    let left = told(&found(&lab, logs, 0));
    let mut was = told(&rows);
    // Nobody can tell yet what somebody needs who was made a moment ago.
    was.remove("SP105 database user tmp-x");
    let stayed: Vec<&String> = left.intersection(&was).collect();
    assert!(stayed.is_empty(), "{stayed:?}");
}

#[test]
fn a_snapshot_has_the_same_findings_each_with_its_line() {
    let lab = Lab::new();
    local(&lab, "policy export --to policy.yaml").finish().exits(0);
    let policy = fs::read_to_string(lab.file("policy.yaml")).unwrap();
    let lines: Vec<&str> = policy.lines().collect();
    let run = lab.bare(["lint", "--snapshot", "policy.yaml", "-o", "json"]).finish().exits(3);
    let rows = run.json();
    let rows = rows.as_array().unwrap();
    // Without events nobody knows what an owner did.
    let wanted = SAMPLE.into_iter().chain(["SP106 member pat@example.com"]);
    assert_eq!(told(rows), wanted.map(str::to_owned).collect());
    assert!(run.err().contains("SP408 made-by-program was skipped"), "{}", run.err());
    for row in rows {
        let line = usize::try_from(row["line"].as_u64().expect("a line")).unwrap();
        let name = row["objectName"].as_str().unwrap();
        let name = name.strip_suffix("@admin").unwrap_or(name);
        assert_eq!(row["file"], "policy.yaml");
        // The first field of an object is what tells it from others.
        assert!(lines[line - 1].contains(name), "{row}: {}", lines[line - 1]);
    }
    let sarif = ["lint", "--snapshot", "policy.yaml", "-o", "sarif", "--fail-on", "never"];
    let sarif = lab.bare(sarif).finish().exits(0).json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let places: Vec<&Value> =
        results.iter().map(|one| &one["locations"][0]["physicalLocation"]["region"]).collect();
    let lines: Vec<Value> = rows.iter().map(|row| json!({"startLine": row["line"]})).collect();
    assert_eq!(places, lines.iter().collect::<Vec<_>>());
}

#[test]
fn what_is_known_fails_nothing_and_what_is_new_does() {
    let lab = Lab::new();
    let known = local(&lab, "lint -o json").finish().exits(3);
    fs::write(lab.file("known.json"), &known.stdout).unwrap();
    let run = local(&lab, "lint --baseline known.json --fail-on low").finish().exits(0);
    assert!(run.err().contains("14 findings are known by the baseline"), "{}", run.err());
    let new = "users create eve --role streamOperator --generate-password --yes";
    local(&lab, new).finish().exits(0);
    let rows = found(&lab, "--baseline known.json", 3);
    let new: Vec<&Value> = rows.iter().filter(|row| row["status"] == "new").collect();
    assert!(new.iter().all(|row| row["object"] == "database user eve"), "{new:#?}");
    assert_eq!(new.len(), 2);
    for (text, why) in
        [("", "it is empty"), ("{", "it is not JSON"), ("[{}]", "it has no findings")]
    {
        fs::write(lab.file("wrong.json"), text).unwrap();
        let run = local(&lab, "lint --baseline wrong.json").finish().exits(2);
        assert!(run.err().contains(why), "{}", run.err());
    }
}

#[test]
fn what_is_known_and_has_grown_since_is_new() {
    let lab = Lab::new();
    let known = local(&lab, "lint -o json").finish().exits(3);
    fs::write(lab.file("known.json"), &known.stdout).unwrap();
    let mut old = known.json();
    for row in old.as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("extent");
    }
    fs::write(lab.file("old.json"), old.to_string()).unwrap();
    let new = |baseline: &str, code| {
        let run = local(&lab, &format!("lint --baseline {baseline} -o json")).finish().exits(code);
        let rows = run.json().as_array().unwrap().clone();
        let new = rows.into_iter().filter(|row| row["status"] == "new").collect::<Vec<_>>();
        (told(&new), run.err())
    };
    // Reaching more through a connection that is known.
    let wider = "connections execute-as ledger-read readWriteAnyDatabase --instance orders --yes";
    local(&lab, wider).finish().exits(0);
    let (grown, err) = new("known.json", 0);
    for user in ["alice", "frank", "arn:aws:iam::111122223333:role/orders-deployer"] {
        assert!(grown.contains(&format!("SP105 database user {user}")), "{grown:?}");
    }
    assert!(!grown.contains("SP105 database user bob"), "{grown:?}");
    assert!(
        err.contains(
            "SP105 database user frank is known by the baseline, but it now extends to \
             ledger-read of orders on payments-ledger: readWriteAnyDatabase@admin"
        ),
        "{err}"
    );
    // Of a file that an older version wrote it is said that this is not seen.
    let (grown, err) = new("old.json", 0);
    assert!(grown.is_empty() && err.contains("so that growth is not seen"), "{grown:?} {err}");
    // A role that does less in the same place is no growth, a graver finding is.
    let narrower = "connections execute-as ledger-read readAnyDatabase --instance orders --yes";
    local(&lab, narrower).finish().exits(0);
    assert!(new("known.json", 0).0.is_empty());
    local(&lab, "users grant carol@admin --role streamDeveloper --yes").finish().exits(0);
    for baseline in ["known.json", "old.json"] {
        let (grown, err) = new(baseline, 3);
        assert!(grown.contains("SP101 database user carol@admin"), "{grown:?}");
        assert!(err.contains("but it was medium and is high"), "{err}");
    }
    let sarif = local(&lab, "lint --baseline known.json -o sarif").finish().exits(3).json();
    let states = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(states.iter().any(|one| one["baselineState"] == "updated"), "{states:?}");
}

#[test]
fn what_is_accepted_is_so_for_a_reason_and_until_a_day() {
    let lab = Lab::new();
    let run = |text: &str, code| {
        fs::write(lab.file("accepted.yaml"), text).unwrap();
        local(&lab, "lint --suppress accepted.yaml -o json").finish().exits(code)
    };
    let all = "- {rule: unrestricted-user, reason: being mended, until: 2099-01-31}\n";
    let dave = "- rule: SP102\n  object: database user dave\n  reason: break glass\n  \
                until: 2099-12-31\n";
    let accepted = run(&format!("{all}{dave}"), 0);
    assert!(accepted.err().contains("4 findings are suppressed"), "{}", accepted.err());
    assert_eq!(accepted.json().as_array().unwrap().len(), SAMPLE.len() - 4);
    let ended = run(&format!("{all}{}", dave.replace("2099", "2020")), 3);
    assert!(ended.err().contains("accepted.yaml:2: the suppression of SP102 ended 2020-12-31"));
    let unused = run(&dave.replace("dave", "nobody"), 3);
    assert!(unused.err().contains("1 suppression of nothing that was found: accepted.yaml:1"));
    for (text, why) in [
        ("- {rule: SP999, reason: a, until: 2099-01-31}", "accepted.yaml:1: there is no rule"),
        ("- {rule: SP101, reason: '', until: 2099-01-31}", "the reason is empty"),
        ("- {rule: SP101, reason: a, until: soon}", "until has to be a day"),
        ("- {rule: SP101, reason: a}", "accepted.yaml:1: missing field `until`\","),
        ("- {rule: SP101, rule: SP102, reason: a}", "the key rule is there twice"),
        ("- {rule: SP101, reason: a, until: 2099-01-31, user: dave}", "user"),
        ("rules: []", "accepted.yaml"),
    ] {
        let refused = run(text, 2);
        assert!(refused.err().contains(why), "{text}: {}", refused.err());
    }
}

#[test]
fn the_severity_that_fails_can_be_chosen() {
    let lab = Lab::new();
    for (line, code) in [("low", 3), ("medium", 3), ("high", 3), ("critical", 0), ("never", 0)] {
        found(&lab, &format!("--fail-on {line}"), code);
    }
    local(&lab, "lint --fail-on grave").finish().exits(2);
}

#[test]
fn who_was_not_seen_is_told_only_by_a_log_that_goes_back_so_far() {
    let lab = Lab::new();
    let stale = |line: &str, code| {
        let run = local(&lab, &format!("lint --audit {line} --fail-on never -o json")).finish();
        let run = run.exits(code);
        let rows = run.json();
        let rows: Vec<Value> = rows.as_array().unwrap().clone();
        let stale = rows.into_iter().filter(|row| row["rule"] == "SP403").collect::<Vec<_>>();
        (told(&stale), run.err())
    };
    let all = "orders payments telemetry";
    let carol = BTreeSet::from(["SP403 database user carol@admin".to_owned()]);
    assert_eq!(stale(all, 0).0, carol);
    // Carol reaches every instance: without all logs nobody can tell.
    assert_eq!(stale("orders", 0).0, BTreeSet::new());
    // Somebody who was made a moment ago cannot have been seen.
    let new = "users create eve --role streamOperator --instance orders --generate-password --yes";
    local(&lab, new).finish().exits(0);
    assert_eq!(stale(all, 0).0, carol);
    local(&lab, "audit pull --all --to kept -q").finish().exits(0);
    assert_eq!(stale("kept/ --stale 20d", 0).0, carol);
    // The log of an instance begins with its first event, however far back it is asked for.
    let (none, err) = stale(&format!("{all} --stale 90d"), 0);
    assert!(none.is_empty() && err.contains("SP403 stale-user was skipped"), "{err}");
    // Files say by their names whose they are.
    fs::create_dir(lab.file("logs")).unwrap();
    local(&lab, &format!("audit download {all} --since 30d --out logs/")).finish().exits(0);
    let files = fs::read_dir(lab.file("logs")).unwrap().map(|file| file.unwrap().file_name());
    let files: Vec<String> = files.map(|name| format!("logs/{}", name.to_string_lossy())).collect();
    assert_eq!(files.len(), 3);
    assert_eq!(stale(&format!("{} --stale 20d", files.join(" ")), 0).0, carol);
    let (none, err) = stale("kept/ --stale 60d", 0);
    assert!(none.is_empty() && err.contains("SP403 stale-user was skipped"), "{err}");
    local(&lab, "lint --audit orders --stale soon").finish().exits(2);
}

#[test]
fn a_report_for_test_runners_fails_where_the_command_fails() {
    let lab = Lab::new();
    fs::write(lab.file("accepted.yaml"), "- {rule: SP102, reason: 'a < b', until: 2099-01-31}")
        .unwrap();
    let run = local(&lab, "lint --suppress accepted.yaml -o junit").finish().exits(3);
    let xml = run.out();
    let count = |what: &str| xml.matches(what).count();
    assert_eq!(count("<failure type=\"high\""), 2, "{xml}");
    assert_eq!((count("<testsuite "), count("</testsuite>")), (4, 4));
    assert!(xml.contains("failures=\"2\"") && xml.contains("<skipped message=\"a &lt; b (until"));
    assert!(
        xml.contains(
            "<testcase classname=\"SP203.no-tls\" name=\"SP203 Connection without TLS\"/>"
        )
    );
    local(&lab, "lint -o ocsf").finish().exits(2);
    local(&lab, "lint --explain SP101 -o sarif").finish().exits(2);
}

#[test]
fn what_a_program_made_is_found_by_the_projects_events() {
    let lab = Lab::new();
    let delegate = json!({"id": "p-1", "name": "helper",
        "onBehalfOf": {"id": "u-1", "name": "dana@example.com"}});
    let event = |seq: u32, user: &str, delegate: Option<&Value>| {
        let mut event = json!({
            "created": "2026-11-01T08:00:00Z", "eventTypeName": "MONGODB_USER_ADDED",
            "groupId": lab.project(), "id": format!("{seq:024x}"), "isGlobalAdmin": false,
            "links": [], "dbUserUsername": user, "username": "dana@example.com",
            "userId": "6927aaaaaaaaaaaaaaaaaaaa",
        });
        if let Some(delegate) = delegate {
            event["delegatePrincipal"] = delegate.clone();
        }
        let db = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
        let insert = "INSERT INTO events (project, time, type, doc) VALUES (?1, ?2, ?3, ?4)";
        let time = 1_793_500_000_000 + i64::from(seq);
        let kind = "MONGODB_USER_ADDED";
        db.execute(insert, rusqlite::params![lab.project(), time, kind, event.to_string()])
            .unwrap();
    };
    event(1, "bob", Some(&delegate));
    event(2, "grace", Some(&delegate));
    event(3, "grace", None);
    let rows = lab.spctl(["lint", "--fail-on", "never", "-o", "json"]).finish().exits(0).json();
    let rows: Vec<&Value> =
        rows.as_array().unwrap().iter().filter(|row| row["rule"] == "SP408").collect();
    assert_eq!(rows.len(), 1, "{rows:#?}");
    let finding = rows[0]["finding"].as_str().unwrap();
    assert_eq!(rows[0]["object"], "database user bob");
    assert!(finding.contains("dana@example.com through helper"), "{finding}");
}

#[test]
fn the_page_of_all_rules_is_that_of_the_rules() {
    let kept = include_str!("../../docs/lint.md");
    assert!(
        kept == spctl::commands::lint::page(),
        "docs/lint.md is stale: cargo run -- generate ."
    );
}

#[test]
fn every_rule_has_a_page_and_what_is_none_is_told() {
    let lab = Lab::new();
    let rules = lab.bare(["lint", "--explain", "-o", "json"]).finish().exits(0).json();
    assert_eq!(rules.as_array().unwrap().len(), spctl::privileges::findings::RULES.len());
    for rule in rules.as_array().unwrap() {
        let id = rule["rule"].as_str().unwrap();
        let page = lab.bare(["lint", "--explain", id]).finish().exits(0).out();
        assert!(page.contains(rule["why"].as_str().unwrap()), "{page}");
    }
    let by_number = lab.bare(["lint", "--explain", "105"]).finish().exits(0).out();
    assert!(by_number.contains("SP105"), "{by_number}");
    let run = lab.bare(["lint", "--explain", "no-tsl"]).finish().exits(2);
    assert!(run.err().contains("no-tls"), "{}", run.err());
}
