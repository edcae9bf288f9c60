//! `spctl users lock` and `unlock`, `users list` across projects, and the limit of users.

use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use serde_json::Value;
use spctl::local::admin::CredentialKind;

use crate::support::Lab;

const GATEWAY: &str = "CN=gateway,OU=telemetry,O=ExampleShop";

#[track_caller]
fn only_reads(lab: &Lab) {
    let requests = lab.requests();
    assert!(requests.iter().all(|r| r.starts_with("GET ")), "{requests:?}");
}

fn user(lab: &Lab, name: &str) -> Value {
    lab.typed(&format!("users get {name} -o json")).finish().exits(0).json()
}

fn passwords(lab: &Lab) -> Vec<String> {
    let bodies = lab.exchanges().into_iter().filter(|e| !e.request_body.is_empty());
    let bodies = bodies.map(|e| serde_json::from_slice::<Value>(&e.request_body).unwrap());
    bodies.filter_map(|b| Some(b["password"].as_str()?.to_owned())).collect()
}

#[test]
fn locked_users_are_restored_as_they_were() {
    let lab = Lab::new();
    lab.typed(&format!("users update {GATEWAY} --description edge --label team=iot --yes"))
        .finish()
        .exits(0);
    let before = user(&lab, GATEWAY);
    lab.requests();
    let line = format!("users lock alice bob {GATEWAY} nobody --record lock.json");
    let dry = lab.typed(&format!("{line} --dry-run")).finish().exits(5);
    assert_snapshot!("users_lock_dry_run", dry.shown());
    lab.typed(&line).finish().exits(2);
    assert!(!lab.file("lock.json").exists(), "nothing is written before it is confirmed");
    only_reads(&lab);

    let finished = lab.typed(&format!("{line} --yes --failed failed")).finish().exits(5);
    assert!(finished.stdout.is_empty(), "{}", finished.shown());
    let said = finished.err();
    assert!(said.contains("open sessions may continue"), "{said}");
    assert!(said.contains("users unlock --from lock.json"), "{said}");
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "nobody\n");
    let secrets = passwords(&lab);
    let [alice, bob] = &secrets[..] else { panic!("two passwords: {}", secrets.len()) };
    assert!(alice != bob && alice.len() >= 32);
    let record = std::fs::read_to_string(lab.file("lock.json")).unwrap();
    let mode = std::fs::metadata(lab.file("lock.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for secret in &secrets {
        assert!(!record.contains(secret) && !said.contains(secret), "it is discarded");
    }
    lab.typed(&format!("users get {GATEWAY}")).finish().exits(5);
    lab.requests();

    // A record is never replaced.
    lab.typed("users lock dave --record lock.json --yes").finish().exits(6);
    lab.typed("users lock dave --record lock.json --dry-run").finish().exits(6);
    lab.typed("users lock dave --record nowhere/lock.json --yes").finish().exits(5);
    assert_eq!(record, std::fs::read_to_string(lab.file("lock.json")).unwrap());
    only_reads(&lab);

    let unlock = |rest: &str| lab.typed(&format!("users unlock --from lock.json {rest}"));
    assert_snapshot!("users_unlock_dry_run", unlock("--dry-run").shown());
    unlock("--yes").finish().exits(2);
    unlock("--yes --password-stdin").stdin("long enough\n").finish().exits(2);
    unlock("--generate-password").finish().exits(2);
    only_reads(&lab);
    let mixed = unlock("--yes --generate-password -o json").finish().exits(2);
    assert_eq!(mixed.out(), "", "{}", mixed.shown());
    only_reads(&lab);
    let finished = unlock("--yes --generate-password").finish().exits(0);
    let handed: Vec<(String, String)> = finished
        .out()
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(name, secret)| (name.to_owned(), secret.to_owned()))
        .collect();
    let names: Vec<_> = handed.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["alice", "bob"], "{}", finished.shown());
    let new = passwords(&lab);
    assert!(handed.iter().all(|(_, secret)| new.contains(secret) && !secrets.contains(secret)));
    assert_eq!(user(&lab, GATEWAY), before);

    // Their new passwords may be in use by now: a second run does not change them.
    let again = unlock("--yes --generate-password").finish().exits(0);
    assert!(again.stdout.is_empty(), "{}", again.shown());
    assert!(again.err().contains("alice got a new password"), "{}", again.shown());
    let mode = std::fs::metadata(lab.file("lock.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(passwords(&lab), Vec::<String>::new());
    unlock("alice --again --yes --generate-password").finish().exits(0);
    assert_eq!(passwords(&lab).len(), 1);
}

#[test]
fn some_are_restored_and_existing_users_stay() {
    let lab = Lab::new();
    lab.typed(&format!("users lock alice carol@$external {GATEWAY} --yes")).finish().exits(0);
    let records: Vec<_> = std::fs::read_dir(lab.home())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("locked-users-") && name.ends_with("Z.json"))
        .collect();
    let [record] = &records[..] else { panic!("one record: {records:?}") };
    let unlock = |rest: &str| lab.typed(&format!("users unlock --from {record} {rest}"));
    unlock("carol --yes").finish().exits(0);
    assert!(unlock("carol@$external --yes").finish().exits(0).err().contains("unchanged"));
    let given = unlock("alice --yes --password-env NEW").env("NEW", "another one").finish();
    assert!(given.exits(0).stdout.is_empty());
    let set = passwords(&lab);
    assert!(set.len() == 2 && set[0].len() >= 32 && set[1] == "another one", "{set:?}");
    lab.typed(
        "users create CN=gateway,OU=telemetry,O=ExampleShop --x509 customer --role read@shop --yes",
    )
    .finish()
    .exits(0);
    lab.typed("users delete alice --yes").finish().exits(0);
    lab.requests();
    let batch = unlock("- --yes --generate-password --failed failed");
    let batch = batch.stdin(&format!("{GATEWAY}\nalice\nzoe\ncarol\n")).finish().exits(6);
    assert_snapshot!("users_unlock_batch", batch.shown().replace(record, "[RECORD]"));
    only_reads(&lab);
    unlock("- --yes").stdin("").finish().exits(2);
    lab.typed("users unlock --from nothing --yes").finish().exits(2);
    std::fs::write(lab.file("other.json"), "{}").unwrap();
    lab.typed("users unlock --from other.json --yes").finish().exits(2);
    lab.typed(&format!("users unlock --from {record} --project shop-staging")).finish().exits(2);
    lab.typed("users lock - --yes").stdin("\n").finish().exits(2);
    only_reads(&lab);
}

#[test]
fn a_password_that_was_set_is_handed_over_though_another_user_failed() {
    let lab = Lab::faulty();
    lab.typed(&format!("users lock alice {GATEWAY} --record r.json --yes")).finish().exits(0);
    let action =
        spctl::local::FaultAction::Status { status: 403, error_code: None, retry_after: None };
    let operation = Some("createGroupDatabaseUser");
    lab.faults.push(spctl::local::Fault { operation, times: 1, action });
    let line = "users unlock --from r.json --yes --generate-password --password-file new.txt";
    let finished = lab.typed(line).finish().exits(4);
    let secret = std::fs::read_to_string(lab.file("new.txt")).unwrap();
    assert!(secret.trim().len() >= 32, "{}", finished.shown());
}

#[test]
fn users_are_found_in_every_project() {
    let lab = Lab::new();
    lab.typed("users update henry --label owner=dave --project shop-staging --yes")
        .finish()
        .exits(0);
    lab.typed("users update alice --label owner=dave --yes").finish().exits(0);
    let line = "users list --all-projects --label owner=dave --columns project,name,labels";
    assert_snapshot!("users_everywhere", lab.typed(line).shown());
    let all = lab.typed("users list --all-projects -o ndjson").finish().exits(0).out();
    assert_eq!(all.lines().count(), 12);
    let names = |line: &str| lab.typed(line).finish().exits(0).out();
    assert_eq!(names("users list --label owner=dave -q"), "alice\n");
    assert_eq!(names("users list --role atlasAdmin read@shop readWrite@shop -q"), "alice\ndave\n");
    assert_eq!(
        names("users list --role streamViewer --instance telemetry -q"),
        "carol@$external\n"
    );
    let none = lab.typed("users list --all-projects --role backup").finish().exits(0);
    assert!(none.stdout.is_empty() && none.err().contains("no database user"), "{}", none.shown());
    let elsewhere = lab.typed("users list --all-projects --org ffffffffffffffffffffffff -q");
    assert_eq!(elsewhere.finish().exits(0).out(), "");
    lab.typed("users list --all-projects --instance orders").finish().exits(2);
    lab.typed("users list --label owner").finish().exits(2);
}

#[test]
fn a_user_is_read_alone_if_its_database_is_known() {
    let lab = Lab::new();
    let one = lab.typed("users get carol --auth-db $external -q").finish().exits(0);
    assert_eq!(one.out(), "carol@$external\n");
    let operations: Vec<_> = lab.exchanges().into_iter().filter_map(|e| e.operation).collect();
    assert!(operations.iter().any(|o| o == "getGroupDatabaseUser"), "{operations:?}");
    assert!(!operations.iter().any(|o| o == "listGroupDatabaseUsers"), "{operations:?}");
    lab.typed("users get carol@$external --auth-db $external").finish().exits(0);
    let near = lab.typed("users get alcie --auth-db admin").finish().exits(5);
    assert!(near.err().contains("did you mean alice"), "{}", near.shown());
}

#[test]
fn a_project_has_as_many_users_as_its_store_allows() {
    let lab = Lab::new();
    let mut run = lab.bare(["local", "init", "--limit-users", "13"]);
    run.finish().exits(0);
    let create = |name: &str| {
        let mut run = lab.local(["users", "create"]);
        run.args.extend(
            [name, "--role", "read@shop", "--generate-password", "--yes"].map(str::to_owned),
        );
        run.finish()
    };
    create("u12").exits(0);
    create("u13").exits(0);
    let refused = create("u14").exits(6);
    assert!(refused.err().contains("at most 13"), "{}", refused.shown());
    run = lab.bare(["local", "reset", "--limit-users", "none", "--yes"]);
    run.finish().exits(0);
    create("u12").exits(0);
    lab.bare(["local", "reset", "--limit-users", "0", "--yes"]).finish().exits(2);

    // The default is Atlas' limit: the sample's eleven and these are a hundred.
    let store = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    let fill = "INSERT INTO resources (kind, parent, key, doc)
        WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 89)
        SELECT kind, parent, 'admin/u' || n, json_set(doc, '$.username', 'u' || n)
        FROM resources, n WHERE kind = 'database_user' AND key = 'admin/dave'";
    assert_eq!(store.execute(fill, []).unwrap(), 89);
    let full = lab.typed("users create one-more --role read@shop --generate-password --yes");
    assert!(full.finish().exits(6).err().contains("at most 100"));
    assert_eq!(lab.typed("users list -q").finish().exits(0).out().lines().count(), 100);
}

#[test]
fn a_restored_user_keeps_its_expiry() {
    let lab = Lab::new();
    let ci = "CN=ci,O=example";
    let line = format!(
        "users create {ci} --x509 customer --role streamViewer --instance orders --label a=b \
         --expires 8h --yes"
    );
    // The lab's own clock is stopped, a month away from the caller's: this store runs with the caller's.
    let mut run = lab.bare([]);
    let mut local = |line: &str| {
        run.args = std::iter::once("--local").chain(line.split(' ')).map(str::to_owned).collect();
        run.command().output().expect("the binary runs")
    };
    assert!(local(&line).status.success());
    let before = local(&format!("users get {ci} -o json")).stdout;
    assert!(local(&format!("users lock {ci} --record r.json --yes")).status.success());
    assert!(local("users unlock --from r.json --yes").status.success());
    let mut after: Value =
        serde_json::from_slice(&local(&format!("users get {ci} -o json")).stdout).unwrap();
    let mut before: Value = serde_json::from_slice(&before).unwrap();
    for user in [&mut before, &mut after] {
        user.as_object_mut().unwrap().remove("links");
    }
    assert!(before["deleteAfterDate"].is_string());
    assert_eq!(before, after);

    assert!(local(&format!("users delete {ci} --yes")).status.success());
    let mut record: Value =
        serde_json::from_slice(&std::fs::read(lab.file("r.json")).unwrap()).unwrap();
    record["steps"][0]["before"]["deleteAfterDate"] = "2026-01-01T00:00:00Z".into();
    std::fs::write(lab.file("late.json"), record.to_string()).unwrap();
    let late = local("users unlock --from late.json --yes");
    let said = String::from_utf8_lossy(&late.stderr);
    assert!(late.status.code() == Some(1) && said.contains("would have expired"), "{said}");
}

#[test]
fn a_project_that_cannot_be_read_hides_no_other() {
    let lab = Lab::faulty();
    let action = spctl::local::FaultAction::Status {
        status: 403,
        error_code: Some("USER_UNAUTHORIZED".to_owned()),
        retry_after: None,
    };
    let operation = Some("listGroupDatabaseUsers");
    lab.faults.push(spctl::local::Fault { operation, times: 1, action });
    let some = lab.typed("users list --all-projects -q").finish().exits(4);
    assert!(!some.stdout.is_empty(), "{}", some.shown());
    assert!(some.err().contains("1 project could not be read"), "{}", some.shown());
}

#[test]
fn a_record_is_never_another_file_of_the_same_command() {
    let lab = Lab::new();
    let lines = [
        "users lock bob --record r --failed ./r --yes",
        "users update bob --generate-password --password-file r --failed r --yes",
        "users unlock --from r --failed r --yes",
    ];
    for line in lines {
        let refused = lab.typed(line).finish().exits(2);
        assert!(refused.err().contains("name the same file"), "{}", refused.shown());
        assert!(!lab.file("r").exists());
    }
    assert!(lab.requests().iter().all(|request| request.starts_with("GET ")));
    // In an incident, users may be locked within one second.
    for user in ["bob", "erin", "frank"] {
        lab.typed(&format!("users lock {user} --yes")).finish().exits(0);
    }
    // A preview writes nothing.
    lab.typed("users delete nobody grace --failed f --dry-run").finish().exits(5);
    assert!(!lab.file("f").exists());
}

#[test]
fn a_user_that_was_not_locked_is_not_unlocked() {
    let lab = Lab::new();
    let reader = lab.credential(CredentialKind::ApiKey, "GROUP_READ_ONLY");
    let lock = ["users", "lock", "bob", "--record", "refused.json", "--yes"];
    lab.with_key(&reader, lock).finish().exits(4);
    passwords(&lab);
    let unlock = "users unlock --from refused.json --generate-password --yes";
    let kept = lab.typed(unlock).finish().exits(0);
    assert!(kept.err().contains("was not locked: its password is unchanged"), "{}", kept.shown());
    assert!(kept.stdout.is_empty(), "{}", kept.shown());
    assert_eq!(passwords(&lab), Vec::<String>::new());
}

#[test]
fn a_record_of_before_there_was_one_kind_of_it_is_still_read() {
    let lab = Lab::new();
    let mut before = user(&lab, GATEWAY);
    let project = before["groupId"].clone();
    for computed in ["effective", "links"] {
        before.as_object_mut().unwrap().remove(computed);
    }
    lab.typed(&format!("users delete {GATEWAY} --yes")).finish().exits(0);
    let earlier = serde_json::json!({
        "spctlLockedUsers": 1,
        "project": project,
        "lockedAt": "2026-08-20T12:00:00Z",
        "users": [
            {"name": format!("{GATEWAY}@$external"), "how": "deleted", "definition": before},
            {"name": "bob@admin", "how": "password", "lockFailed": true,
             "definition": user(&lab, "bob")},
        ],
    });
    std::fs::write(lab.file("earlier.json"), earlier.to_string()).unwrap();
    let unlock = "users unlock --from earlier.json --generate-password --yes";
    let finished = lab.typed(unlock).finish().exits(0);
    assert!(finished.err().contains("bob was not locked"), "{}", finished.shown());
    assert_eq!(user(&lab, GATEWAY)["roles"], before["roles"]);
    let record: Value =
        serde_json::from_slice(&std::fs::read(lab.file("earlier.json")).unwrap()).unwrap();
    assert_eq!(record["spctlRecord"], 1, "what is written down is written in the new form");
    assert!(record["steps"][0]["undoneAt"].is_string(), "{record}");
}
