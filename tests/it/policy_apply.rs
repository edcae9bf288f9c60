//! A policy is applied: to the project that it is of, and to one with nothing in it; interrupted at
//! every step and gone on with; and taken back byte for byte.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use spctl::local::{Fault, FaultAction};

use crate::run::Finished;
use crate::support::Lab;

/// The policy of the project, without the moment at which it was read.
pub fn export(lab: &Lab, more: &str) -> String {
    let policy = lab.typed(&format!("policy export {more}")).finish().exits(0).out();
    policy
        .lines()
        .filter(|line| !line.starts_with("taken:"))
        .map(|line| format!("{line}\n"))
        .collect()
}

pub fn document(lab: &Lab) -> Value {
    lab.typed("policy export -o json").finish().exits(0).json()
}

pub fn named<'a>(policy: &'a mut Value, list: &str, key: &str, name: &str) -> &'a mut Value {
    let list = policy[list].as_array_mut().unwrap();
    list.iter_mut().find(|one| one[key] == name).expect("it is there")
}

pub fn remove(policy: &mut Value, list: &str, key: &str, name: &str) {
    policy[list].as_array_mut().unwrap().retain(|one| one[key] != name);
}

pub fn apply(lab: &Lab, more: &str) -> Finished {
    lab.typed(&format!("policy apply wanted.json {more}")).finish()
}

pub fn write(lab: &Lab, policy: &Value) {
    std::fs::write(lab.file("wanted.json"), policy.to_string()).unwrap();
}

pub fn changes(lab: &Lab) -> Vec<String> {
    lab.requests().into_iter().filter(|request| !request.starts_with("GET ")).collect()
}

/// A policy that differs in every kind that a policy owns: created, changed in both directions, and
/// removed; its new role inherits another new one, and a user and a connection need them.
fn another(lab: &Lab) -> Value {
    let mut policy = document(lab);
    let cluster = json!({"cluster": true});
    let roles = policy["roles"].as_array_mut().unwrap();
    roles.push(json!({
        "roleName": "aLead",
        "actions": [],
        "inheritedRoles": [{"db": "admin", "role": "zBase"}],
    }));
    roles.push(json!({
        "roleName": "zBase",
        "actions": [
            {"action": "START_STREAM_PROCESSOR", "resources": [cluster]},
            {"action": "FIND", "resources": [{"db": "shop", "collection": "orders"}]},
        ],
        "inheritedRoles": [],
    }));
    // It gains one action and loses the others.
    let viewer = named(&mut policy, "roles", "roleName", "streamViewer");
    viewer["actions"] = json!([{"action": "STOP_STREAM_PROCESSOR", "resources": [cluster]}]);
    let bob = named(&mut policy, "users", "username", "bob");
    bob["roles"] = json!([{"databaseName": "admin", "roleName": "aLead"}]);
    bob["description"] = "on call, owner=blue".into();
    bob["labels"] = json!([{"key": "team", "value": "payments"}]);
    // It only loses.
    let alice = named(&mut policy, "users", "username", "alice");
    alice["scopes"] = json!([{"name": "orders", "type": "STREAM"}]);
    remove(&mut policy, "users", "username", "frank");
    policy["users"].as_array_mut().unwrap().push(json!({
        "username": "arn:aws:iam::111122223333:role/new",
        "databaseName": "$external",
        "awsIAMType": "ROLE",
        "roles": [{"databaseName": "admin", "roleName": "zBase"}],
        "scopes": [{"name": "orders", "type": "STREAM"}],
    }));
    let list = policy["accessList"].as_array_mut().unwrap();
    list.retain(|entry| entry["comment"] != "build server");
    list.push(json!({"cidrBlock": "192.0.2.0/28", "comment": "office"}));
    policy
}

#[test]
fn what_is_exported_needs_no_change() {
    let lab = Lab::new();
    write(&lab, &document(&lab));
    lab.requests();
    let same = apply(&lab, "--prune").exits(0);
    assert!(
        same.err().contains("unchanged: the project is as the policy says"),
        "{}",
        same.shown()
    );
    assert_eq!(changes(&lab), Vec::<String>::new());
    let left: Vec<_> = std::fs::read_dir(lab.home()).unwrap().flatten().collect();
    let names: Vec<_> = left.iter().map(|one| one.file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().starts_with("applied-")), "{names:?}");
}

#[test]
fn a_policy_is_applied_in_order_and_taken_back_byte_for_byte() {
    let lab = Lab::new();
    let before = export(&lab, "");
    let wanted = another(&lab);
    write(&lab, &wanted);
    lab.requests();
    let dry = apply(&lab, "--prune --dry-run").exits(0);
    assert!(dry.out().contains("aLead") && dry.err().contains("loses"), "{}", dry.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    assert!(!lab.file("r.json").exists());
    apply(&lab, "--prune").exits(2);
    assert_eq!(changes(&lab), Vec::<String>::new());

    let done = apply(&lab, "--prune --record r.json --yes").exits(0);
    assert_eq!(std::fs::metadata(lab.file("r.json")).unwrap().permissions().mode() & 0o777, 0o600);
    let sent = changes(&lab);
    let at = |what: &str| {
        let found = sent.iter().position(|request| request.contains(what));
        found.unwrap_or_else(|| panic!("{what} in {sent:#?}\n{}", done.shown()))
    };
    let roles: Vec<usize> = sent
        .iter()
        .enumerate()
        .filter(|(_, request)| request.contains("customDBRoles"))
        .map(|(at, _)| at)
        .collect();
    assert_eq!(roles.len(), 4, "two are created, one gains and then loses: {sent:#?}");
    assert!(roles[2] < at("PATCH /api/atlas/v2/groups/") || roles[2] < at("databaseUsers"));
    assert!(at("POST ") < at("DELETE "), "{sent:#?}");
    assert!(roles[3] > at("databaseUsers/admin/bob"), "roles shrink last: {sent:#?}");

    let mut then = document(&lab);
    for list in ["users", "roles", "accessList"] {
        let told = |policy: &Value| -> BTreeSet<String> {
            policy[list].as_array().unwrap().iter().map(|one| one.to_string()).collect()
        };
        if list != "accessList" {
            assert_eq!(told(&then).len(), told(&wanted).len(), "{list}");
        }
    }
    assert_eq!(named(&mut then, "users", "username", "bob")["labels"][0]["value"], "payments");
    assert!(apply(&lab, "--prune").exits(0).err().contains("unchanged"));
    let record: Value =
        serde_json::from_slice(&std::fs::read(lab.file("r.json")).unwrap()).unwrap();
    assert!(record["finishedAt"].is_string());
    assert!(record["steps"].as_array().unwrap().iter().all(|step| step["state"] == "done"));
    assert!(!record.to_string().contains("password"));

    lab.typed("policy rollback r.json").finish().exits(2);
    lab.typed("policy rollback r.json --yes").finish().exits(0);
    assert_eq!(export(&lab, ""), before);
    let again = lab.typed("policy rollback r.json --yes").finish().exits(0);
    assert!(again.err().contains("unchanged"), "{}", again.shown());
}

/// Everything that the API is asked to change, and the policy afterwards.
fn undisturbed() -> (usize, String) {
    let lab = Lab::new();
    write(&lab, &another(&lab));
    lab.requests();
    apply(&lab, "--prune --yes").exits(0);
    let sent = changes(&lab).len();
    (sent, export(&lab, ""))
}

const CHANGING: [&str; 7] = [
    "createGroupCustomDbRoleRole",
    "updateGroupCustomDbRoleRole",
    "createGroupDatabaseUser",
    "updateGroupDatabaseUser",
    "deleteGroupDatabaseUser",
    "createGroupAccessListEntry",
    "deleteGroupAccessListEntry",
];

/// The one record that runs without `--record` have written.
fn record(lab: &Lab) -> String {
    let names = std::fs::read_dir(lab.home()).unwrap().flatten();
    let names = names.map(|one| one.file_name().to_string_lossy().into_owned());
    let records: Vec<String> = names.filter(|name| name.starts_with("applied-")).collect();
    let [record] = &records[..] else { panic!("one record for all runs: {records:?}") };
    record.clone()
}

/// How a step goes wrong, and what is done about it.
#[derive(Debug, Clone, Copy)]
enum Disturbed {
    RefusedAndGoneOn,
    RefusedAndTakenBack,
    DoneAndNeverAnswered,
}

#[test]
fn refused_at_every_step_the_same_command_goes_on_and_a_rollback_goes_back() {
    let (_, wanted) = undisturbed();
    let mut failed = 0;
    let ways = [
        (Disturbed::RefusedAndGoneOn, 0),
        (Disturbed::RefusedAndGoneOn, 1),
        (Disturbed::RefusedAndTakenBack, 0),
        (Disturbed::RefusedAndTakenBack, 1),
        (Disturbed::DoneAndNeverAnswered, 0),
    ];
    for (operation, (way, nth)) in
        CHANGING.into_iter().flat_map(|operation| ways.map(|way| (operation, way)))
    {
        let what = format!("{operation} {way:?} {nth}");
        let lab = Lab::faulty();
        let before = export(&lab, "");
        write(&lab, &another(&lab));
        let fault = |action| Fault { operation: Some(operation), times: 1, action };
        for _ in 0..nth {
            lab.faults.push(fault(FaultAction::Delay(Duration::ZERO)));
        }
        lab.faults.push(fault(match way {
            Disturbed::DoneAndNeverAnswered => FaultAction::Gateway(502),
            _ => FaultAction::Status {
                status: 400,
                error_code: Some("UNEXPECTED".to_owned()),
                retry_after: None,
            },
        }));
        let first = apply(&lab, "--prune --yes");
        if first.code != Some(0) {
            failed += 1;
            assert!(first.err().contains("the same command goes on"), "{}", first.shown());
        } else if nth > 0 {
            // There is no second step of this kind, and the fault still waits for one.
            continue;
        }
        if !matches!(way, Disturbed::RefusedAndTakenBack) {
            apply(&lab, "--prune --yes").exits(0);
            assert!(export(&lab, "") == wanted, "{what}\n{}", first.shown());
        }
        lab.typed(&format!("policy rollback {} --yes", record(&lab))).finish().exits(0);
        assert!(export(&lab, "") == before, "{what}\n{}", first.shown());
    }
    assert!(failed >= 16, "{failed} runs were disturbed");
}

#[test]
fn killed_at_every_step_the_same_command_ends_in_the_same_state() {
    let (sent, wanted) = undisturbed();
    let mut killed = 0;
    for step in 1..=sent {
        let lab = Lab::faulty();
        let before = export(&lab, "");
        write(&lab, &another(&lab));
        for operation in CHANGING {
            let action = FaultAction::Delay(Duration::from_millis(150));
            lab.faults.push(Fault { operation: Some(operation), times: 9, action });
        }
        let mut child = lab
            .typed("policy apply wanted.json --prune --yes --record r.json")
            .command()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Until so many steps are written down, the last of which is on its way.
        let is_there = || {
            let text = std::fs::read_to_string(lab.file("r.json")).unwrap_or_default();
            text.matches("\"state\"").count() >= step
        };
        for _ in 0..6000 {
            if is_there() || child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let resumed = apply(&lab, "--prune --yes --record r.json");
        // What was killed after its last step has nothing left to do.
        assert_eq!(resumed.code, Some(0), "{step}\n{}", resumed.shown());
        assert!(export(&lab, "") == wanted, "{step}\n{}", resumed.shown());
        lab.typed("policy rollback r.json --yes").finish().exits(0);
        assert!(export(&lab, "") == before, "{step}");
    }
    assert!(killed >= 6, "{killed} of {sent} runs were killed");
}

#[test]
fn the_policy_of_one_project_rebuilds_it_in_an_empty_one() {
    let lab = Lab::new();
    let org = lab.org().to_owned();
    lab.typed(&format!("projects create empty --org {org} --yes")).finish().exits(0);
    std::fs::write(lab.file("wanted.json"), lab.typed("policy export").finish().exits(0).out())
        .unwrap();
    lab.requests();
    // It is no mistake only where the project is named.
    apply(&lab, "--project empty --yes").exits(2);
    let lost = apply(&lab, "--project empty --yes").exits(2);
    assert!(lost.err().contains("cannot be brought back"), "{}", lost.shown());
    assert!(lost.err().contains("password of database user alice"), "{}", lost.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    apply(&lab, "--project empty --without-secrets --confirm empty --yes").exits(0);
    let policies = ["", "--project empty"].map(|project| {
        lab.typed(&format!("policy export -o json {project}")).finish().exits(0).json()
    });
    for list in ["users", "roles", "accessList"] {
        assert_eq!(policies[0][list], policies[1][list], "{list}");
        assert!(policies[0][list].as_array().is_some_and(|list| !list.is_empty()), "{list}");
    }
    let names = |policy: &Value| -> Vec<Value> {
        policy["instances"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect()
    };
    assert_eq!(names(&policies[0]), names(&policies[1]));
}

#[test]
fn the_last_administrator_is_not_taken_by_a_yes() {
    let lab = Lab::new();
    let mut policy = document(&lab);
    for list in policy["users"].as_array_mut().unwrap() {
        for role in list["roles"].as_array_mut().unwrap() {
            if role["roleName"] == "atlasAdmin" {
                role["roleName"] = "readAnyDatabase".into();
            }
        }
    }
    write(&lab, &policy);
    lab.requests();
    let refused = apply(&lab, "--yes").exits(2);
    assert!(refused.err().contains("no database user would administer"), "{}", refused.shown());
    assert!(refused.err().contains("--confirm"), "{}", refused.shown());
    apply(&lab, "--yes --confirm yes").exits(2);
    assert_eq!(changes(&lab), Vec::<String>::new());
    let name = policy["project"]["name"].as_str().unwrap();
    apply(&lab, &format!("--yes --confirm {name}")).exits(0);
    assert_eq!(changes(&lab).len(), 1);
}

#[test]
fn what_others_own_is_left_alone_unless_it_is_named() {
    let lab = Lab::new();
    lab.typed("users update bob --description owner=blue --yes").finish().exits(0);
    lab.typed("access-lists add 192.0.2.1 --comment owner=blue --yes").finish().exits(0);
    let mut policy = document(&lab);
    remove(&mut policy, "users", "username", "bob");
    policy["accessList"].as_array_mut().unwrap().retain(|entry| entry["comment"] != "owner=blue");
    write(&lab, &policy);
    lab.requests();
    let left = apply(&lab, "--prune --owner green --yes").exits(0);
    assert!(left.err().contains("left alone: database user bob@admin"), "{}", left.shown());
    assert!(left.err().contains("owner=blue"), "{}", left.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    let typo = apply(&lab, "--prune --owner green --foreign bob@admn --yes").exits(5);
    assert!(typo.err().contains("bob@admin"), "{}", typo.shown());
    apply(&lab, "--prune --owner green --foreign bob@admin --yes").exits(0);
    assert_eq!(changes(&lab).len(), 1);
    apply(&lab, "--prune --owner blue --yes --record mine.json").exits(0);
    assert_eq!(changes(&lab).len(), 1);
}

#[test]
fn whoever_is_no_owner_removes_nothing_that_has_one() {
    let lab = Lab::new();
    let before = document(&lab);
    lab.typed("access-lists add 192.0.2.1 --comment owner=blue --yes").finish().exits(0);
    write(&lab, &before);
    lab.requests();
    let left = apply(&lab, "--prune --yes").exits(0);
    assert!(left.err().contains("left alone: access-list entry 192.0.2.1"), "{}", left.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    apply(&lab, "--prune --foreign 192.0.2.1 --yes").exits(0);
    assert_eq!(changes(&lab).len(), 1);
}

#[test]
fn an_undated_policy_is_the_same_a_second_later() {
    let lab = Lab::faulty();
    let mut policy = another(&lab);
    policy.as_object_mut().unwrap().remove("taken");
    write(&lab, &policy);
    lab.faults.push(Fault {
        operation: Some("updateGroupDatabaseUser"),
        times: 1,
        action: FaultAction::Status { status: 400, error_code: None, retry_after: None },
    });
    apply(&lab, "--prune --yes --record r.json").exits(1);
    std::thread::sleep(Duration::from_millis(1100));
    let resumed = apply(&lab, "--prune --yes --record r.json").exits(0);
    assert!(resumed.err().contains("going on with the record r.json"), "{}", resumed.shown());
}

/// A file that names little, whose role others hold: what it does not name is still there, to gain.
#[test]
fn a_gate_counts_what_a_file_does_not_name() {
    let lab = Lab::new();
    let evil = json!({"spctlPolicy": 1, "roles": [{
        "roleName": "streamViewer",
        "actions": [],
        "inheritedRoles": [{"db": "admin", "role": "atlasAdmin"}],
    }]});
    write(&lab, &evil);
    let who = |output: &Value| -> BTreeSet<String> {
        let rows = output.as_array().unwrap().iter();
        let gains = rows.filter(|row| row["kind"] != "access" || row["change"] == "gains");
        gains.map(|row| row["name"].as_str().unwrap().replace("@admin", "")).collect()
    };
    let gate = "privileges check no-new-access live wanted.json -o json";
    let gained = who(&lab.typed(gate).finish().exits(3).json());
    assert!(gained.contains("carol"), "{gained:?}");
    // Nor does a gate open because a file does not say who there is.
    let cannot = "privileges check not-granted wanted.json --action start --instance orders";
    let cannot = lab.typed(cannot).finish();
    assert!(cannot.code == Some(3) || cannot.code == Some(5), "{}", cannot.shown());
    // The same where the list of users is there, and lacks those who hold the role.
    let mut policy = document(&lab);
    policy["roles"].as_array_mut().unwrap().retain(|role| role["roleName"] != "streamViewer");
    policy["roles"].as_array_mut().unwrap().push(evil["roles"][0].clone());
    remove(&mut policy, "users", "username", "carol");
    write(&lab, &policy);
    let gained = who(&lab.typed(gate).finish().exits(3).json());
    assert!(gained.contains("carol"), "{gained:?}");
    let differs = lab.typed("policy diff wanted.json -o json").finish().exits(3).json();
    let told = who(&differs);
    assert!(told.iter().any(|name| name.starts_with("carol")), "{differs:#}");
}

#[test]
fn an_entry_of_another_owner_is_not_removed() {
    let lab = Lab::new();
    lab.typed("access-lists add 192.0.2.1 --comment 'ci,owner=blue' --yes").finish().exits(0);
    lab.requests();
    let refused = lab.typed("access-lists remove 192.0.2.1 --owner green --yes").finish().exits(6);
    assert!(refused.err().contains("belongs to blue"), "{}", refused.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    // Without an owner of ours it works as ever, and says whose it was.
    let removed = lab.typed("access-lists remove 192.0.2.1 --yes").finish().exits(0);
    assert!(removed.err().contains("owner:    blue"), "{}", removed.shown());
}

#[test]
fn what_was_changed_again_since_is_not_put_back_silently() {
    let lab = Lab::new();
    write(&lab, &another(&lab));
    apply(&lab, "--prune --record r.json --yes").exits(0);
    lab.typed("users update bob --description mine --yes").finish().exits(0);
    let refused = lab.typed("policy rollback r.json --yes").finish().exits(6);
    assert!(refused.err().contains("bob@admin was changed again since"), "{}", refused.shown());
    lab.typed("policy rollback r.json --changed-since --yes").finish().exits(0);
}

#[test]
fn a_gate_tells_what_is_newly_possible() {
    let lab = Lab::new();
    std::fs::write(lab.file("old.json"), document(&lab).to_string()).unwrap();
    write(&lab, &another(&lab));
    lab.requests();
    let same = lab.typed("privileges check no-new-access old.json").finish().exits(0);
    assert!(same.out().is_empty(), "{}", same.shown());
    let gate =
        lab.typed("privileges check no-new-access live wanted.json -o json").finish().exits(3);
    let rows = gate.json();
    let start = rows.as_array().unwrap().iter().find(|row| {
        row["name"] == "arn:aws:iam::111122223333:role/new"
            && row["action"] == "startStreamProcessor"
    });
    let start = start.unwrap_or_else(|| panic!("{rows:#}"));
    assert_eq!(start["where"], json!(["instance orders"]));
    assert_eq!(start["chain"], json!(["zBase@admin"]));
    lab.typed("privileges check no-new-access - -").stdin("{}").finish().exits(2);
    let granted =
        "privileges check not-granted wanted.json --action startStreamProcessor --instance orders";
    lab.typed(granted).finish().exits(3);
    lab.typed(&format!("{granted} --to grace")).finish().exits(0);
    lab.typed(&format!("{granted} --to alice")).finish().exits(3);
    lab.typed(&format!("{granted} --to nobody")).finish().exits(5);
    assert_eq!(changes(&lab), Vec::<String>::new());
}

#[test]
fn a_gate_tells_of_people_what_they_may_and_could_grant_themselves() {
    let lab = Lab::new();
    let mut policy = document(&lab);
    write(&lab, &policy);
    let gate = |file: &str, more: &str| {
        let line = format!("privileges check not-granted {file} --action drop --instance payments");
        lab.typed(&format!("{line} {more}")).finish()
    };
    for file in ["live", "wanted.json"] {
        let robin = gate(file, "--to robin@example.com").exits(0);
        assert!(robin.out().is_empty(), "{}", robin.shown());
        let told = gate(file, "--to Sam@example.com dana@example.com -o json").exits(3);
        assert!(told.err().contains("2 people may dropStreamProcessor on payments"));
        let rows = told.json();
        let way = |name: &str| {
            let mut all = rows.as_array().unwrap().iter();
            let row = all.find(|row| row["name"] == name).unwrap_or_else(|| panic!("{rows:#}"));
            assert_eq!(row["kind"], "person");
            assert_eq!(row["allowed"], "yes");
            assert_eq!(row["instance"], "payments");
            row["chain"].as_array().unwrap().clone()
        };
        assert_eq!(way("sam@example.com")[0]["role"], "GROUP_STREAM_PROCESSING_OWNER");
        assert_eq!(way("dana@example.com").last().unwrap()["via"], "obtained");
        // The kinds tell a gate of database users from one of people.
        let people = gate(file, "--kind person -q").exits(3).out();
        assert!(people.contains("olivia@example.com") && !people.contains("alice"), "{people}");
        let users = gate(file, "--kind database-user -q").exits(3).out();
        assert!(!users.contains("@example.com"), "{users}");
        let invited = gate(file, "--to nia@example.org").exits(0);
        assert!(invited.err().contains("invited, and not counted"), "{}", invited.shown());
    }
    let typo = gate("live", "--to robbin@example.com").exits(5);
    assert!(typo.err().contains("robin@example.com"), "{}", typo.shown());

    let robin = named(&mut policy, "members", "username", "robin@example.com");
    robin["roles"] = json!(["GROUP_DATABASE_ACCESS_ADMIN", "GROUP_READ_ONLY"]);
    write(&lab, &policy);
    gate("wanted.json", "--to robin@example.com").exits(3);
    let new = lab.typed("privileges check no-new-access live wanted.json -o json").finish();
    let rows = new.exits(3).json();
    let [row] = &rows.as_array().unwrap()[..] else { panic!("{rows:#}") };
    assert_eq!(row["kind"], "person");
    assert_eq!(row["name"], "robin@example.com");
    assert_eq!(row["action"], "Project Database Access Admin");
    assert_eq!(row["where"], json!(["the project"]));
}

#[test]
fn one_verb_undoes_a_lock_too() {
    let lab = Lab::new();
    let before = export(&lab, "");
    let line = "users lock alice CN=gateway,OU=telemetry,O=ExampleShop --record lock.json --yes";
    lab.typed(line).finish().exits(0);
    assert_ne!(export(&lab, ""), before);
    let undone = lab
        .typed("policy rollback lock.json --generate-password --password-file p --yes")
        .finish()
        .exits(0);
    assert!(undone.err().contains("unlocked database user"), "{}", undone.shown());
    assert_eq!(export(&lab, ""), before);
    let again = lab.typed("policy rollback lock.json --yes").finish().exits(0);
    assert!(again.err().contains("unchanged: database user alice"), "{}", again.shown());
}
