//! Somebody leaves: what they hold, made and know is shown, taken back in one recorded change, and can be
//! put back.

use serde_json::{Value, json};
use spctl::local::admin::CredentialKind;
use spctl::local::{Fault, FaultAction};

use crate::run::Finished;
use crate::support::Lab;

const SAM: &str = "sam@example.com";
const GATEWAY: &str = "CN=sam@example.com,OU=telemetry,O=ExampleShop";

/// A lab in which Sam has database users: one of his address, one by a certificate, one that only is
/// called as he is, one whose label names him.
fn lab() -> Lab {
    with_users(Lab::new())
}

fn with_users(lab: Lab) -> Lab {
    for line in [
        format!("users create {SAM} --role streamViewer --instance orders --generate-password"),
        format!("users create {GATEWAY} --x509 customer --role streamOperator --label team=iot"),
        "users create sam --role streamViewer --generate-password".to_owned(),
        format!("users create svc-sam --role streamViewer --label owner={SAM} --generate-password"),
    ] {
        lab.typed(&format!("{line} --yes")).finish().exits(0);
    }
    lab.requests();
    lab
}

fn offboard(lab: &Lab, more: &str) -> Finished {
    lab.typed(&format!("members offboard {more}")).finish()
}

fn footprint(lab: &Lab, more: &str) -> Vec<Value> {
    let rows = lab.typed(&format!("members footprint {more} -o json")).finish().exits(0).json();
    rows.as_array().expect("rows").clone()
}

fn changes(lab: &Lab) -> Vec<String> {
    let sent = lab.requests().into_iter();
    sent.filter(|request| !request.starts_with("GET ")).collect()
}

fn has(rows: &[Value], relation: &str, kind: &str, name: &str) -> bool {
    rows.iter().any(|r| r["relation"] == relation && r["kind"] == kind && r["name"] == name)
}

fn is_member(lab: &Lab, more: &str, name: &str) -> bool {
    let all = lab.typed(&format!("members list -q {more}")).finish().exits(0).out();
    all.lines().any(|line| line == name)
}

fn user(lab: &Lab, name: &str) -> Option<Value> {
    let got = lab.typed(&format!("users get {name} -o json")).finish();
    match got.code {
        Some(0) => Some(got.json()),
        _ => None,
    }
}

#[test]
fn a_footprint_tells_what_somebody_holds_made_and_may_know() {
    let lab = lab();
    let rows = footprint(&lab, SAM);
    assert!(has(&rows, "holds", "project role", "Project Stream Processing Owner"), "{rows:#?}");
    assert!(has(&rows, "holds", "organisation role", "Organization Member"));
    assert!(has(&rows, "uses", "database user", SAM));
    assert!(has(&rows, "uses", "database user", GATEWAY));
    assert!(has(&rows, "may-use", "database user", "sam"));
    assert!(has(&rows, "may-use", "database user", "svc-sam"));
    // The project's events tell of these, and the objects stand.
    assert!(has(&rows, "made", "connection", "orders/warehouse"));
    let knows = rows.iter().filter(|row| row["relation"] == "may-know").collect::<Vec<_>>();
    assert!(!knows.iter().any(|row| row["name"] == "orders/shop"), "a cluster's has no secret");
    let staging = rows.iter().find(|row| row["name"] == "Project Read Only").expect("a role");
    assert!(staging["why"].as_str().unwrap().starts_with("in project "), "{staging}");
    for unseen in ["API keys", "service accounts", "sessions", "database users of other projects"] {
        assert!(has(&rows, "unseen", "", unseen), "{unseen}");
    }
    let dana = footprint(&lab, "DANA@example.com");
    assert!(has(&dana, "made", "custom role", "ordersWriter"), "{dana:#?}");
    assert!(has(&dana, "made", "database user", "erin"));
    assert!(!has(&dana, "made", "database user", "henry-trial"), "it is gone");
    let erin = dana.iter().find(|r| r["relation"] == "may-know" && r["name"] == "erin").unwrap();
    assert_eq!(erin["remedy"], "spctl users update erin --generate-password");
    let pat = footprint(&lab, "pat@example.com");
    assert!(has(&pat, "made", "invitation", "nia@example.org"), "{pat:#?}");
    assert!(has(&pat, "made", "access-list entry", "192.0.2.77/32"));
    let nobody = lab.typed("members footprint dna@example.com").finish().exits(5);
    assert!(nobody.err().contains("dana@example.com"), "{}", nobody.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
}

#[test]
fn who_leaves_is_removed_and_locked_and_comes_back() {
    let lab = lab();
    let before = user(&lab, GATEWAY).expect("a user");
    lab.requests();
    let dry = offboard(&lab, &format!("{SAM} --record left.json --dry-run")).exits(0);
    assert!(dry.out().contains("DELETE") && dry.out().contains("PATCH"), "{}", dry.shown());
    for told in [
        "loses:",
        "Project Stream Processing Owner",
        "may be theirs:",
        "sam (it is called as they are): --user locks it",
        "made, stays:",
        "not seen: API keys: ",
    ] {
        assert!(dry.err().contains(told), "{told}\n{}", dry.shown());
    }
    offboard(&lab, &format!("{SAM} --record left.json")).exits(2);
    assert!(!lab.file("left.json").exists());
    assert_eq!(changes(&lab), Vec::<String>::new());

    let left = format!("{SAM} --user sam --record left.json --confirm shop --yes -o json");
    let done = offboard(&lab, &left).exits(0);
    let rest = done.json();
    let rest = rest.as_array().expect("rows");
    assert!(has(rest, "made", "connection", "orders/warehouse"), "{}", done.shown());
    assert!(has(rest, "may-use", "database user", "svc-sam"));
    assert!(!has(rest, "may-use", "database user", "sam"), "it is locked");
    let sent = changes(&lab);
    assert!(
        sent[0].starts_with("DELETE ") && sent[0].contains("/users/"),
        "people first: {sent:?}"
    );
    assert_eq!(sent.len(), 4, "{sent:#?}");
    assert!(!is_member(&lab, "", SAM) && is_member(&lab, "--in-org", SAM));
    assert!(user(&lab, GATEWAY).is_none() && user(&lab, SAM).is_some());
    let record: Value =
        serde_json::from_str(&std::fs::read_to_string(lab.file("left.json")).unwrap()).unwrap();
    assert_eq!(record["command"], "members offboard");
    assert!(record["finishedAt"].is_string());
    assert_eq!(record["steps"].as_array().unwrap().len(), 4);
    lab.requests();

    // The database users alone can be unlocked from it, as from a record of `users lock`.
    let unlocked = lab.typed("users unlock --from left.json --dry-run").finish().exits(0);
    assert!(unlocked.out().contains("POST") && unlocked.out().contains("PATCH"));
    // New passwords have to come from somewhere.
    lab.typed("policy rollback left.json --yes").finish().exits(2);
    assert_eq!(changes(&lab), Vec::<String>::new());
    let back = "policy rollback left.json --yes --generate-password --password-file new.txt";
    lab.typed(back).finish().exits(0);
    assert!(is_member(&lab, "", SAM));
    let after = user(&lab, GATEWAY).expect("it is back");
    for field in ["roles", "scopes", "labels", "x509Type"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    let passwords = std::fs::read_to_string(lab.file("new.txt")).unwrap();
    assert_eq!(passwords.lines().count(), 2, "both who have one");
    lab.requests();
    lab.typed("policy rollback left.json --yes --generate-password").finish().exits(0);
    assert_eq!(changes(&lab), Vec::<String>::new(), "all of it is undone");
}

#[test]
fn who_leaves_the_organisation_is_invited_again() {
    let lab = lab();
    let left = format!("{SAM} --from-org --record left.json --confirm shop --yes");
    let done = offboard(&lab, &left).exits(0);
    assert!(done.err().contains("in project shop-staging"), "{}", done.shown());
    assert!(!is_member(&lab, "--in-org", SAM));
    lab.requests();
    let back = "policy rollback left.json --yes --generate-password --password-file new.txt";
    let back = lab.typed(back).finish().exits(0);
    assert!(back.err().contains("by accepting an invitation"), "{}", back.shown());
    let member = lab.typed(&format!("members get {SAM} --in-org -o json")).finish().exits(0).json();
    assert_eq!(member["orgMembershipStatus"], "PENDING");
    let assigned = member["roles"]["groupRoleAssignments"].as_array().unwrap();
    assert_eq!(assigned.len(), 2, "{member}");
}

#[test]
fn the_last_owner_and_whoever_may_be_the_caller_need_a_word() {
    let lab = Lab::new();
    // An access token does not tell whose it is.
    let told = offboard(&lab, "robin@example.com --yes").exits(2);
    assert!(told.err().contains("--confirm shop"), "{}", told.shown());
    assert!(told.err().contains("remove project member robin@example.com"), "it is shown");
    let key = lab.credential(CredentialKind::ApiKey, "ORG_OWNER");
    lab.requests();
    let both = lab.with_key(&key, ["members", "offboard", "pat@example.com", "olivia@example.com"]);
    let both = both.and(&["--from-org", "--yes"]).finish().exits(2);
    let said = both.err();
    assert!(said.contains("own the project any more"), "{}", both.shown());
    assert!(said.contains("own the organisation any more"), "{}", both.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    // A key is nobody who leaves, and owners are left.
    let robin = lab.with_key(&key, ["members", "offboard", "robin@example.com", "--yes"]);
    robin.finish().exits(0);
    assert!(!is_member(&lab, "", "robin@example.com"));
}

#[test]
fn one_that_fails_does_not_spare_the_others() {
    let lab = with_users(Lab::faulty());
    lab.faults.push(Fault {
        operation: Some("removeGroupUser"),
        times: 1,
        action: FaultAction::Status {
            status: 400,
            error_code: Some("UNEXPECTED".to_owned()),
            retry_after: None,
        },
    });
    let line = format!("{SAM} --record left.json --failed again --confirm shop --yes");
    let partly = offboard(&lab, &line).exits(1);
    assert!(user(&lab, GATEWAY).is_none(), "{}", partly.shown());
    assert!(is_member(&lab, "", SAM));
    assert_eq!(std::fs::read_to_string(lab.file("again")).unwrap(), format!("{SAM}\n"));
    assert!(partly.err().contains("policy rollback left.json"), "{}", partly.shown());
}

#[test]
fn several_come_from_stdin_and_who_is_not_there_is_told() {
    let lab = Lab::new();
    let names = "robin@example.com\nnobody@example.com\nnia@example.org\n";
    let run = lab.typed("members offboard - --confirm shop --yes --failed again").stdin(names);
    let some = run.finish().exits(5);
    assert!(some.err().contains("nobody@example.com is not in this project"), "{}", some.shown());
    assert_eq!(std::fs::read_to_string(lab.file("again")).unwrap(), "nobody@example.com\n");
    assert!(!is_member(&lab, "", "robin@example.com") && !is_member(&lab, "", "nia@example.org"));
    let two = offboard(&lab, "sam@example.com pat@example.com --user sam --yes").exits(2);
    assert!(two.err().contains("--user is for one person"), "{}", two.shown());
    // Toni holds nothing but through a team.
    let toni = offboard(&lab, "toni@example.com --confirm shop --yes").exits(5);
    assert!(toni.err().contains("has no role of their own"), "{}", toni.shown());
}

#[test]
fn who_is_gone_already_may_have_left_database_users() {
    let lab = Lab::new();
    let create = "users create gone@example.com --role streamViewer --generate-password --yes";
    lab.typed(create).finish().exits(0);
    let done = offboard(&lab, "gone@example.com --confirm shop --yes").exits(0);
    assert!(done.err().contains("locked database user gone@example.com"), "{}", done.shown());
}

#[test]
fn what_may_not_be_read_is_told() {
    let lab = lab();
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_OWNER");
    lab.requests();
    let rows = lab.with_key(&key, ["members", "footprint", SAM, "-o", "json"]);
    let rows = rows.finish().exits(0).json();
    let rows = rows.as_array().unwrap();
    let unseen = |what: &str| {
        rows.iter().any(|r| r["relation"] == "unseen" && r["name"].as_str().unwrap().contains(what))
    };
    assert!(unseen("organisation"), "{rows:#?}");
    assert!(has(rows, "uses", "database user", SAM));
    let out = lab.with_key(&key, ["members", "offboard", SAM, "--from-org", "--yes"]);
    let out = out.finish().exits(4);
    assert!(out.err().contains("leave out --from-org"), "{}", out.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    let done = lab.with_key(&key, ["members", "offboard", SAM, "--yes"]).finish().exits(0);
    assert!(done.err().contains("not seen: "), "{}", done.shown());
}

#[test]
fn audit_logs_tell_what_their_database_users_made() {
    let lab = Lab::new();
    // Dave's address is not in the project, his user is.
    let rows = footprint(&lab, "dave@example.com --audit orders payments telemetry");
    let dave = rows.iter().find(|row| row["name"] == "dave").expect("a user");
    assert_eq!(dave["relation"], "may-use");
    assert!(dave["why"].as_str().unwrap().contains("last acted on a processor 2026-"), "{dave}");
    let unread = footprint(&lab, "dave@example.com");
    assert!(has(&unread, "unseen", "", "what their database users made inside instances"));
}

#[test]
fn privileges_of_a_person_tell_what_they_do_and_could_grant() {
    let lab = Lab::new();
    let of =
        |name: &str| lab.typed(&format!("privileges of {name} -o json")).finish().exits(0).json();
    let sam = of(SAM);
    assert_eq!(sam["kind"], "person");
    let allowed = |one: &Value, action: &str| {
        let all = one["actions"].as_array().unwrap();
        let found = all.iter().find(|a| a["action"] == action && a["instance"] == "orders");
        found.unwrap()["allowed"].as_str().unwrap().to_owned()
    };
    assert_eq!(allowed(&sam, "startStreamProcessor"), "yes");
    assert_eq!(allowed(&sam, "listStreamProcessors"), "yes");
    // Only an instance itself offers it: as a database user that they create.
    assert_eq!(allowed(&sam, "sampleStreamProcessor"), "grantable");
    assert!(sam["anyDatabaseUser"]["told"].as_str().unwrap().contains("createGroupDatabaseUser"));
    assert!(!sam["pipelines"].as_array().unwrap().is_empty());
    let dana = of("Dana@Example.com");
    assert_eq!(allowed(&dana, "startStreamProcessor"), "grantable");
    let robin = of("robin@example.com");
    assert_eq!(allowed(&robin, "dropStreamProcessor"), "no");
    assert_eq!(robin["pipelines"], json!([]));
    let nia = lab.typed("privileges of nia@example.org").finish().exits(0);
    assert!(nia.out().contains("not yet accepted"), "{}", nia.shown());
    let wrong = lab.typed("privileges of dna@example.com").finish().exits(5);
    assert!(wrong.err().contains("dana@example.com"), "{}", wrong.shown());
    let csv = lab.typed("privileges of sam@example.com alice -o csv").finish().exits(0).out();
    assert!(csv.lines().any(|line| line.starts_with("sam@example.com,orders,")), "{csv}");
}
