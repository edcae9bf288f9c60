//! `privileges unused`, `suggest` and `trim`: what the logs show of use, and roles that allow no more.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;
use spctl::privileges::catalogue::actions::{self, ACTIONS};

use crate::endpoint::{Endpoint, PASSWORD};
use crate::run::Run;
use crate::support::Lab;
use crate::wire::{Wire, ok, refusal};
use crate::wire_matrix::{CASES, Stage, document};

const ALL: &str = "--audit orders payments telemetry";

/// The events of the log, by the actions that they are the use of.
const EVENTS: [(&str, &str); 6] = [
    ("createStreamProcessor", "createStreamProcessor"),
    ("startStreamProcessor", "startStreamProcessor"),
    ("stopStreamProcessor", "stopStreamProcessor"),
    ("dropStreamProcessor", "dropStreamProcessor"),
    ("processStreamProcessor", ".process()"),
    ("sampleStreamProcessor", ".sample()"),
];

/// A store of its own, with the sample of thirty days.
fn sample() -> Lab {
    let lab = Lab::new();
    typed(&lab, "local init --seed 7 --now 2026-11-28T12:00:00Z").finish().exits(0);
    lab
}

/// A run on the lab's store, by whose clock it goes.
fn typed(lab: &Lab, line: &str) -> Run {
    lab.local([]).and(&line.split(' ').collect::<Vec<_>>())
}

fn rows(lab: &Lab, line: &str) -> Vec<Value> {
    let line = format!("privileges unused {line} -o json");
    typed(lab, &line).finish().exits(0).json().as_array().expect("an array").clone()
}

/// What is said of each action.
fn verdicts(rows: &[Value]) -> BTreeMap<String, String> {
    let text = |row: &Value, key: &str| row[key].as_str().expect("a text").to_owned();
    rows.iter().map(|row| (text(row, "action"), text(row, "verdict"))).collect()
}

#[test]
fn what_is_used_is_what_the_log_counts_and_the_rest_is_unused_or_unobservable() {
    let lab = sample();
    for days in ["1d", "3d", "30d"] {
        let rows = rows(&lab, &format!("{ALL} --window {days} --user dave"));
        assert_eq!(rows.len(), ACTIONS.len());
        let summary = "audit summary orders payments telemetry --user dave --by event -o json";
        let counts = typed(&lab, &format!("{summary} --since {days}")).finish().exits(0).json();
        let count = |event: &str| -> u64 {
            let groups = counts.as_array().expect("an array").iter();
            groups.filter(|row| row["event"] == event).filter_map(|row| row["count"].as_u64()).sum()
        };
        for row in &rows {
            let action = row["action"].as_str().expect("a name");
            let event = EVENTS.iter().find(|(name, _)| *name == action);
            let Some((_, event)) = event else {
                assert_eq!(row["verdict"], "unobservable", "{row}");
                continue;
            };
            let sampled_with = *event == ".sample()" && count(".process()") > 0;
            let expected = match count(event) > 0 || sampled_with {
                true => "used",
                false => "unused",
            };
            assert_eq!(row["verdict"], expected, "{days}: {row}");
            assert_eq!(row["count"], count(event), "{days}: {row}");
        }
    }
}

#[test]
fn unused_is_not_said_of_what_the_log_or_the_grant_is_too_young_for() {
    let lab = sample();
    // The sample's log has 30 days.
    let said = typed(&lab, &format!("privileges unused {ALL} --user bob --window 90d")).finish();
    assert!(said.err().contains("payments: the log does not cover"), "{}", said.shown());
    assert!(!said.exits(0).out().contains("\tunused\t"));
    // Nobody knows what happens in payments.
    let some = rows(&lab, "--audit orders --window 1d --user dave");
    assert!(!verdicts(&some).values().any(|verdict| verdict == "unused"), "{some:?}");
    assert!(some.iter().any(|row| row["why"] == "no log of payments, telemetry"), "{some:?}");
    let asked = rows(&lab, "--audit orders --instance orders --window 3d --user dave");
    assert!(!verdicts(&asked).values().any(|verdict| verdict == "unknown"), "{asked:?}");
    // Granted a moment ago.
    typed(
        &lab,
        "users create nina --role streamDeveloper --instance orders --password-stdin --yes",
    )
    .stdin(PASSWORD)
    .finish()
    .exits(0);
    let new = verdicts(&rows(&lab, "--audit orders --window 7d --user nina"));
    for (action, _) in EVENTS {
        assert_eq!(new[action], "too-new");
    }
    let unread = "--audit orders --window 7d --user nina --no-project-events";
    assert_eq!(verdicts(&rows(&lab, unread))["dropStreamProcessor"], "unknown");
    let policy = typed(&lab, "policy export").finish().exits(0).out();
    std::fs::write(lab.file("policy.yaml"), policy).expect("a new file");
    let offline = rows(&lab, "--audit orders --window 7d --user nina --snapshot policy.yaml");
    assert_eq!(verdicts(&offline)["dropStreamProcessor"], "unknown");
    let before = rows(&lab, &format!("{ALL} --window 2026-01-01 --user dave"));
    assert!(!verdicts(&before).values().any(|verdict| verdict == "unused"), "{before:?}");
}

#[test]
fn a_file_covers_what_it_has_events_of() {
    let lab = sample();
    let log = typed(&lab, "audit download orders --since 30d --decompress --out -").finish();
    let log = log.exits(0).out();
    let lines: Vec<(i64, &str)> = log
        .lines()
        .map(|line| (serde_json::from_str::<Value>(line).expect("JSON"), line))
        .filter(|(event, _)| {
            let by_dave = event["actor"]["user"]["name"] == "admin.dave";
            !(by_dave && event["unmapped"]["atype"] == "dropStreamProcessor")
        })
        .map(|(event, line)| (event["time"].as_i64().expect("a time"), line))
        .collect();
    let write = |name: &str, keeps: &dyn Fn(i64) -> bool| {
        let kept = lines.iter().filter(|(time, _)| keeps(*time)).map(|(_, line)| *line);
        let text = kept.collect::<Vec<_>>().join("\n");
        std::fs::write(lab.file(name), text).expect("a new file");
    };
    let first = lines[0].0;
    let day = 86_400_000;
    write("whole.ndjson", &|_| true);
    write("torn.ndjson", &|time| !(first + 10 * day..first + 14 * day).contains(&time));
    write("late.ndjson", &|time| time > first + 3 * day);
    write("early.ndjson", &|time| time < first + 26 * day);
    let said = |name: &str| {
        let line = format!("--audit {name} --instance orders --window 30d --user dave");
        verdicts(&rows(&lab, &line))["dropStreamProcessor"].clone()
    };
    assert_eq!(said("whole.ndjson"), "unused");
    for name in ["torn.ndjson", "late.ndjson", "early.ndjson"] {
        assert_eq!(said(name), "unknown", "{name}");
    }
    // A file says by its name which instance it is of, as audit download writes it.
    let name = "orders_2026-10-29_2026-11-28_audit.log";
    std::fs::copy(lab.file("whole.ndjson"), lab.file(name)).expect("a copy");
    let named = rows(&lab, &format!("--audit {name} --window 30d --user dave"));
    assert!(named.iter().any(|row| row["instances"]["orders"]["count"].is_u64()), "{named:?}");
    // What two files hold happened once.
    std::fs::copy(lab.file("whole.ndjson"), lab.file("again.ndjson")).expect("a copy");
    let count = |files: &str| {
        let line = format!("--audit {files} --instance orders --window 30d --user dave");
        let rows = rows(&lab, &line);
        rows.iter().filter_map(|row| row["count"].as_u64()).sum::<u64>()
    };
    assert_eq!(count("whole.ndjson"), count("whole.ndjson again.ndjson"));
    let nameless = typed(&lab, "privileges unused --audit whole.ndjson --user dave").finish();
    assert!(nameless.exits(2).err().contains("--instance INSTANCE says it"));
    // What cannot be read to its end covers nothing.
    let broken = lab.file("broken.gz");
    let fetch = typed(&lab, "audit download orders --since 30d --out broken.gz");
    fetch.finish().exits(0);
    let bytes = std::fs::read(&broken).expect("a file");
    std::fs::write(&broken, &bytes[..bytes.len() - 9]).expect("the file");
    let line = "privileges unused --audit broken.gz --instance orders --window 30d --user dave";
    let cut = typed(&lab, line).finish().exits(1);
    assert!(!cut.out().contains("\tunused\t"), "{}", cut.shown());
}

#[test]
fn nothing_that_the_log_shows_in_use_is_refused_after_a_trim() {
    let endpoint = Endpoint::start();
    let users = ["dave", "alice", "frank"];
    let line = format!("privileges unused {ALL} --window 30d --only used -o json");
    let used = endpoint.run(&line).finish().exits(0).json();
    let mut by_user: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in used.as_array().expect("an array") {
        let user = row["user"].as_str().expect("a name");
        // An action of whose use nothing but another tells has no instances.
        let here = row["instances"]["orders"]["count"].as_u64().is_some_and(|count| count > 0);
        if here && users.contains(&user) {
            by_user.entry(user).or_default().insert(row["action"].as_str().expect("a name"));
        }
    }
    assert_eq!(by_user.len(), users.len());
    let trim = format!("privileges trim --user {} {ALL} --window 30d --yes", users.join(" "));
    endpoint.run(&trim).finish().exits(0);
    for user in users {
        let update = format!("users update {user} --password-stdin --yes");
        endpoint.run(&update).stdin(PASSWORD).finish().exits(0);
    }
    endpoint.user("ada", "atlasAdmin", "");
    let address = endpoint.address().parse().expect("an address");
    let mut stage = Stage::new(Wire::signed_in(address, "ada", PASSWORD));
    let mut replayed = 0;
    for (user, actions) in by_user {
        let mut wire = Wire::signed_in(address, user, PASSWORD);
        for (command, action, _, before) in CASES {
            if command == "getMoreSampleStreamProcessor" {
                continue;
            }
            stage.sets(before);
            let answer = wire.run(document(command));
            if actions.contains(action) {
                assert_eq!(ok(&answer), 1.0, "{user}: {command}: {answer}");
                replayed += 1;
            } else {
                assert_eq!(refusal(&answer).0, 13, "{user}: {command}: {answer}");
            }
            stage.forget();
        }
    }
    assert!(replayed >= 14, "{replayed} pairs of user and action");
}

#[test]
fn what_was_trimmed_comes_back_exactly() {
    let lab = sample();
    let user =
        |name: &str| typed(&lab, &format!("users get {name} -o json")).finish().exits(0).out();
    let roles = || typed(&lab, "roles list -o json").finish().exits(0).out();
    let (before, roles_before) = ((user("dave"), user("alice")), roles());
    let line = format!("privileges trim --user dave alice {ALL} --window 30d --record trim.json");
    let dry = typed(&lab, &format!("{line} --dry-run")).finish().exits(0);
    assert!(
        dry.err().contains("atlasAdmin@admin: all that it allows on clusters"),
        "{}",
        dry.err()
    );
    typed(&lab, &line).finish().exits(2);
    assert!(!lab.file("trim.json").exists(), "nothing is written before it is confirmed");
    assert_eq!(((user("dave"), user("alice")), roles()), (before.clone(), roles_before.clone()));

    let done = typed(&lab, &format!("{line} --yes")).finish().exits(0);
    assert!(
        done.err().contains("spctl --local privileges trim --undo trim.json"),
        "{}",
        done.err()
    );
    let mode = std::fs::metadata(lab.file("trim.json")).expect("the record").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let trimmed: Value = serde_json::from_str(&user("dave")).expect("JSON");
    let role = trimmed["roles"][0]["roleName"].as_str().expect("a role");
    assert!(role.starts_with("stream-"), "{trimmed}");
    let scopes = trimmed["scopes"].as_array().expect("scopes");
    assert_eq!(scopes.len(), 3, "the instances where it was seen: {trimmed}");
    let alice: Value = serde_json::from_str(&user("alice")).expect("JSON");
    let data = alice["roles"].as_array().expect("roles").iter();
    assert!(data.clone().any(|role| role["databaseName"] == "shop"), "data stays: {alice}");
    assert!(alice["scopes"].to_string().contains("shop-main"), "and is reached: {alice}");
    let again = typed(&lab, &format!("{} --yes", line.replace("trim.json", "again.json"))).finish();
    assert!(again.exits(0).err().contains("unchanged: database user dave"));
    assert!(!lab.file("again.json").exists());

    // A role that somebody else has by then stays as long as that is so.
    typed(&lab, &format!("users grant frank --role {role} --yes")).finish().exits(0);
    let undo = typed(&lab, "privileges trim --undo trim.json --yes").finish().exits(6);
    assert!(undo.err().contains("in use by the database user frank"), "{}", undo.err());
    assert_eq!((user("dave"), user("alice")), before);
    typed(&lab, &format!("users revoke frank --role {role} --yes")).finish().exits(0);
    typed(&lab, "privileges trim --undo trim.json --yes").finish().exits(0);
    assert_eq!(roles(), roles_before);
    let nothing = typed(&lab, "privileges trim --undo trim.json --yes").finish().exits(0);
    assert!(nothing.err().contains("unchanged"), "{}", nothing.err());
    assert_eq!((user("dave"), user("alice")), before);

    // What somebody else has changed by then is put back where that is said.
    typed(&lab, &format!("{} --yes", line.replace("trim.json", "late.json"))).finish().exits(0);
    for name in ["dave", "alice"] {
        typed(&lab, &format!("users grant {name} --role streamViewer --yes")).finish().exits(0);
    }
    let held = typed(&lab, "privileges trim --undo late.json --yes").finish().exits(6);
    let both = ["dave@admin", "alice@admin", "were changed again since", "--changed-since"];
    assert!(both.iter().all(|word| held.err().contains(word)), "{}", held.err());
    typed(&lab, "privileges trim --undo late.json --changed-since --yes").finish().exits(0);
    assert_eq!(((user("dave"), user("alice")), roles()), (before.clone(), roles_before.clone()));

    // One verb undoes any record.
    typed(&lab, &format!("{} --yes", line.replace("trim.json", "more.json"))).finish().exits(0);
    typed(&lab, "policy rollback more.json --yes").finish().exits(0);
    assert_eq!(((user("dave"), user("alice")), roles()), (before, roles_before));
}

#[test]
fn a_trim_needs_the_logs_of_all_that_a_user_reaches() {
    let lab = sample();
    let refused = typed(&lab, "privileges trim --user dave --audit orders --yes").finish().exits(2);
    assert!(refused.err().contains("it reaches payments, telemetry"), "{}", refused.err());
    let nothing = format!("privileges trim --user carol@$external {ALL} --yes");
    let nothing = typed(&lab, &nothing).finish().exits(2);
    assert!(nothing.err().contains("--keep ACTION leaves it some"), "{}", nothing.err());
    typed(&lab, "users lock alice --record lock.json --yes").finish().exits(0);
    let foreign = typed(&lab, "privileges trim --undo lock.json --yes").finish().exits(2);
    assert!(foreign.err().contains("is a record of users lock"), "{}", foreign.err());
}

#[test]
fn a_suggestion_is_taken_by_the_api_and_by_the_shell() {
    let lab = sample();
    let line = format!("privileges suggest --user dave {ALL} --keep list,stats --name dave-does");
    let body = typed(&lab, &format!("{line} -o json")).finish().exits(0).out();
    let suggested: Value = serde_json::from_str(&body).expect("JSON");
    let evidence = suggested["effective"]["evidence"].as_array().expect("evidence");
    assert_eq!(evidence.len(), suggested["actions"].as_array().expect("actions").len());
    assert!(evidence.iter().all(|one| one["because"] == "used" || one["because"] == "kept"));
    let post = "api POST groups/{project}/customDBRoles/roles --input - --yes";
    typed(&lab, post).stdin(&body).finish().exits(0);
    let names = |role: &str| {
        let row = typed(&lab, &format!("roles get {role} -o json")).finish().exits(0).json();
        let names = row["actions"].as_array().expect("actions").iter();
        names.map(|action| action["action"].as_str().expect("a name").to_owned()).collect()
    };
    let posted: BTreeSet<String> = names("dave-does");
    let kept = ["list", "stats"].map(|word| actions::find_by_word(word).expect("an action").api);
    assert!(kept.iter().all(|name| posted.contains(*name)) && posted.len() == 8, "{posted:?}");
    typed(&lab, "roles delete dave-does --yes").finish().exits(0);

    let lines = typed(&lab, &format!("{line} --as commands")).finish().exits(0).out();
    for line in lines.lines() {
        let line = line.strip_prefix("spctl --local ").expect("a command");
        typed(&lab, &format!("{line} --yes")).finish().exits(0);
    }
    assert_eq!(names("dave-does"), posted);
    let dave = typed(&lab, "users get dave -o json").finish().exits(0).json();
    assert_eq!(dave["roles"].as_array().map(Vec::len), Some(1), "{dave}");
    assert_eq!(dave["roles"][0]["roleName"], "dave-does");

    // A role is narrowed for all who hold it, and what it inherits is left as it is.
    let role = format!("privileges suggest --role streamDeveloper {ALL} --as commands");
    let lines = typed(&lab, &role).finish().exits(0).out();
    let update = lines.trim().strip_prefix("spctl --local ").expect("a command");
    typed(&lab, &format!("{update} --yes")).finish().exits(0);
    let left: BTreeSet<String> = names("streamDeveloper");
    assert_eq!(left.len(), EVENTS.len(), "{left:?}");
}

#[test]
fn a_connection_executes_as_what_its_pipelines_need() {
    let lab = sample();
    let line = "privileges suggest --connection shop --instance orders --name shop-sink";
    let role = typed(&lab, &format!("{line} -o json")).finish().exits(0).json();
    let actions = role["actions"].as_array().expect("actions").iter();
    let names: Vec<&str> = actions.filter_map(|action| action["action"].as_str()).collect();
    assert_eq!(names, ["INSERT", "UPDATE"], "{role}");
    let lines = typed(&lab, &format!("{line} --as commands")).finish().exits(0).out();
    for line in lines.lines() {
        let line = line.strip_prefix("spctl --local ").expect("a command");
        let done = typed(&lab, &format!("{line} --yes")).finish().exits(0);
        assert!(!done.err().contains("would be missing"), "{}", done.err());
    }
    let none = "privileges suggest --connection order-events --instance orders";
    assert!(typed(&lab, none).finish().exits(2).err().contains("leads to no cluster"));
    typed(&lab, "privileges suggest --connection nowhere --instance orders").finish().exits(5);
}

#[test]
fn a_trim_refuses_damaged_evidence_and_keeps_what_gaps_may_hide() {
    let lab = sample();
    typed(&lab, "audit pull --all --since 30d --to ar -q").finish().exits(0);
    let days = walk(&lab.file("ar"));
    let gone = days.iter().filter(|path| path.contains("instance=payments")).step_by(3);
    gone.for_each(|path| std::fs::remove_file(path).expect("a file"));
    let before = typed(&lab, "users get svc-payments -o json").finish().exits(0).out();
    let line = "privileges trim --user svc-payments --audit ar/ --window 30d --record t.json --yes";
    let refused = typed(&lab, line).finish().exits(1);
    assert!(refused.err().contains("nothing was changed"), "{}", refused.err());
    assert!(!lab.file("t.json").exists());
    assert_eq!(typed(&lab, "users get svc-payments -o json").finish().exits(0).out(), before);

    let log = typed(&lab, "audit download orders --since 30d --decompress --out -").finish();
    let log = log.exits(0).out();
    let event = |line: &&str| serde_json::from_str::<Value>(line).expect("JSON");
    let first = log.lines().next().map(|line| event(&line)["time"].as_i64().expect("a time"));
    let day = 86_400_000;
    let lost = first.expect("an event") + 10 * day..first.expect("an event") + 14 * day;
    let kept = log.lines().filter(|line| {
        let event = event(line);
        let stops = event["actor"]["user"]["name"] == "admin.frank"
            && event["unmapped"]["atype"] == "stopStreamProcessor";
        !stops && !lost.contains(&event["time"].as_i64().expect("a time"))
    });
    let kept = kept.collect::<Vec<_>>().join("\n");
    std::fs::write(lab.file("torn.ndjson"), kept).expect("a new file");
    let logs = "--user frank --audit torn.ndjson --instance orders --window 30d";
    let told = typed(&lab, &format!("privileges suggest {logs}")).finish().exits(0);
    assert!(told.out().contains("stopStreamProcessor\tunknown"), "{}", told.shown());
    let trim = typed(&lab, &format!("privileges trim {logs} --yes")).finish().exits(0);
    let keeps = "stopStreamProcessor: the log has gaps";
    let keeps_all = "frank keeps stopStreamProcessor: the log has gaps";
    assert!(trim.err().contains(keeps) || trim.err().contains(keeps_all), "{}", trim.err());
    typed(&lab, "privileges can frank stop --instance orders").finish().exits(0);
    let line = format!("privileges trim {logs} --drop-unknown --record u.json --yes");
    typed(&lab, &line).finish().exits(0);
    typed(&lab, "privileges can frank stop --instance orders").finish().exits(3);
}

/// The files below a directory.
fn walk(directory: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => found.extend(walk(&path)),
            false if path.extension().is_some_and(|end| end == "gz") => {
                found.push(path.display().to_string());
            }
            false => {}
        }
    }
    found.sort();
    found
}

#[test]
fn whoever_is_too_new_to_tell_is_not_to_be_locked() {
    let lab = sample();
    let new = "users create nina --role streamDeveloper --instance orders --password-stdin --yes";
    typed(&lab, new).stdin(PASSWORD).finish().exits(0);
    let line = "--user nina --audit orders --window 7d";
    let suggest = typed(&lab, &format!("privileges suggest {line}")).finish().exits(3);
    let trim = typed(&lab, &format!("privileges trim {line} --yes")).finish().exits(2);
    for said in [suggest.err(), trim.err()] {
        assert!(said.contains("changed within the window") && !said.contains("lock"), "{said}");
    }
    let keep = typed(&lab, &format!("privileges suggest {line} --keep drop,start")).finish();
    assert!(!keep.exits(0).err().contains("is not held"));
    let erin = format!("privileges suggest --user erin {ALL} --window 30d --keep drop");
    let erin = typed(&lab, &erin).finish();
    assert!(erin.err().contains("--keep: dropStreamProcessor is not held"), "{}", erin.shown());
}

/// What the issue of least privilege is about, from the first look to the last.
#[test]
fn who_does_too_much_is_found_and_cut_down_to_what_is_in_use() {
    let lab = sample();
    let who = typed(&lab, "privileges who-can startStreamProcessor -q").finish().exits(0).out();
    assert!(who.lines().any(|name| name == "dave"), "{who}");
    let of_dave = |line: &str, code| {
        let run = typed(&lab, &format!("lint -o json{line}")).finish().exits(code);
        let rows = run.json().as_array().expect("an array").clone();
        let dave = rows.iter().filter(|row| row["object"] == "database user dave");
        let rules = dave.map(|row| row["rule"].as_str().expect("a rule").to_owned());
        (rules.collect::<Vec<_>>(), rows)
    };
    assert_eq!(of_dave("", 3).0, ["SP101", "SP102"]);
    let used = rows(&lab, &format!("{ALL} --window 30d --only used --user dave"));
    assert!(used.len() >= 6, "{used:?}");
    let line = format!("privileges suggest --user dave {ALL} --as policy");
    let policy = typed(&lab, &line).finish().exits(0).out();
    std::fs::write(lab.file("dave.yaml"), policy).expect("a new file");
    typed(&lab, "policy apply dave.yaml --yes --confirm shop").finish().exits(0);
    let (left, all) = of_dave(&format!(" {ALL}"), 3);
    assert!(left.is_empty(), "{left:?}");
    // What a connection allows beyond what its pipelines do is said of the connection.
    let wide = all.iter().find(|row| row["object"] == "connection ledger of payments");
    let wide = wide.and_then(|row| row["finding"].as_str()).expect("a finding");
    assert!(wide.contains("dave"), "{wide}");
    for row in &used {
        for (instance, count) in row["instances"].as_object().expect("instances") {
            let action = row["action"].as_str().expect("an action");
            if count["count"].as_u64() > Some(0) {
                let line = format!("privileges can dave {action} --instance {instance}");
                typed(&lab, &line).finish().exits(0);
            }
        }
    }
}

#[test]
fn a_suggested_policy_names_little_and_differs_in_that_alone() {
    let lab = sample();
    let suggest = format!("privileges suggest --user alice {ALL} --as policy");
    let little = typed(&lab, &suggest).finish().exits(0).out();
    std::fs::write(lab.file("alice.yaml"), little).unwrap();
    typed(&lab, "policy apply alice.yaml --yes").finish().exits(0);
    let same = typed(&lab, "policy diff alice.yaml --no-prune").finish().exits(0);
    assert_eq!(same.out(), "", "{}", same.shown());
    let all = typed(&lab, "policy diff alice.yaml -o json").finish().exits(3).json();
    let gains = all.as_array().unwrap().iter().filter(|row| row["change"] == "gains");
    assert_eq!(gains.count(), 0, "{all:#}");
}
