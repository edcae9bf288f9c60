//! `spctl local`: stores made, reset and moved through time, and several processes at one file.

use std::thread;

use serde_json::Value;

use crate::run::Finished;
use crate::support::Lab;

fn status(lab: &Lab) -> Value {
    lab.bare(["local", "status", "-o", "json"]).finish().exits(0).json()
}

fn names(lab: &Lab) -> Vec<String> {
    let out = lab.local(["users", "list", "-q"]).finish().exits(0).out();
    out.lines().map(str::to_owned).collect()
}

#[test]
fn the_first_users_of_a_store_make_one_sample() {
    let lab = Lab::new();
    let sample = lab.spctl(["users", "list", "-q"]).finish().exits(0).out().lines().count();
    let done: Vec<Finished> = thread::scope(|scope| {
        let start = |n: usize| {
            let run = lab.local(["users", "create", "", "--role", "read@shop", "--yes"]);
            let mut run = run.env("NEW_PASSWORD", "long enough");
            run.args[3] = format!("made-{n}");
            run.args.extend(["--password-env", "NEW_PASSWORD"].map(str::to_owned));
            scope.spawn(move || run.finish())
        };
        let running: Vec<_> = (0..8).map(start).collect();
        running.into_iter().map(|run| run.join().expect("no panic")).collect()
    });
    for finished in done {
        finished.exits(0);
    }
    let names = names(&lab);
    assert_eq!(names.len(), sample + 8, "{names:?}");
    for n in 0..8 {
        assert!(names.contains(&format!("made-{n}")), "made-{n} is missing in {names:?}");
    }
    let orgs = lab.local(["orgs", "list", "-q"]).finish().exits(0).out();
    assert_eq!(orgs.lines().count(), 1, "{orgs}");
}

#[test]
fn a_store_is_made_once_and_thrown_away_by_force_only() {
    let lab = Lab::new();
    let missing = lab.bare(["local", "status"]).finish().exits(5);
    assert!(missing.err().contains("hint: "), "{}", missing.shown());
    lab.bare(["local", "init"]).finish().exits(0);
    let first = status(&lab);
    let refused = lab.bare(["local", "init"]).finish().exits(6);
    assert!(refused.err().contains("--force"), "{}", refused.shown());
    let role = "project-read-only";
    lab.bare(["local", "key", "create", "--role", role]).finish().exits(0);
    assert_eq!(status(&lab)["keys"], 1);

    lab.bare(["local", "init", "--force", "--seed", "2"]).finish().exits(0);
    let second = status(&lab);
    assert_eq!(second["keys"], 0, "{second}");
    assert_ne!(first["defaultProject"], second["defaultProject"], "other ids of another seed");
    lab.bare(["local", "init", "--force"]).finish().exits(0);
    assert_eq!(status(&lab)["defaultProject"], first["defaultProject"]);

    lab.bare(["local", "reset", "--empty"]).finish().exits(2);
    assert!(!names(&lab).is_empty(), "not confirmed, not done");
    lab.bare(["local", "reset", "--empty", "--yes"]).finish().exits(0);
    assert!(names(&lab).is_empty());
    let instances = lab.local(["instances", "list"]).finish().exits(0);
    assert!(instances.stdout.is_empty() && !instances.stderr.is_empty(), "{}", instances.shown());
    let projects = lab.local(["projects", "list", "-q"]).finish().exits(0).out();
    assert_eq!(projects.lines().count(), 1, "{projects}");
}

#[test]
fn what_is_kept_names_no_server_that_is_gone() {
    let lab = Lab::new();
    let create = ["users", "create", "zoe", "--role", "read@shop", "--generate-password", "--yes"];
    lab.local(create).finish().exits(0);
    lab.local(["access-lists", "add", "198.51.100.0/28", "--yes"]).finish().exits(0);
    for noun in ["users", "access-lists"] {
        let shown = lab.local([noun, "list", "-o", "json"]).finish().exits(0).out();
        assert!(!shown.contains("127.0.0.1"), "{shown}");
    }
}

#[test]
fn time_passes_as_it_is_told() {
    let lab = Lab::new();
    lab.bare(["local", "init", "--now", "2030-01-01"]).finish().exits(0);
    let time = status(&lab)["time"].to_string();
    assert!(time.contains("2030-01-01T00:0"), "{time}");
    assert!(names(&lab).contains(&"erin".to_owned()), "she expires within days");
    let shown = lab.bare(["local", "clock", "advance", "7d"]).finish().exits(0);
    assert!(shown.out().contains("2030-01-08T00:0"), "{}", shown.shown());
    assert!(!names(&lab).contains(&"erin".to_owned()), "she has expired");
    lab.local(["users", "get", "erin"]).finish().exits(5);
    lab.bare(["local", "clock", "set", "2031-05-01"]).finish().exits(0);
    let shown = lab.bare(["local", "clock", "show"]).finish().exits(0);
    assert!(shown.out().contains("2031-05-01T00:0"), "{}", shown.shown());
    lab.bare(["local", "clock", "advance", "2030-01-01"]).finish().exits(2);
    lab.bare(["local", "clock", "advance", "soon"]).finish().exits(2);
    lab.bare(["local", "init", "--force", "--now", "soon"]).finish().exits(2);
}

#[test]
fn a_key_has_eight_letters_and_known_roles() {
    let lab = Lab::new();
    let create = ["local", "key", "create", "-o", "json", "--role", "project-read-only"];
    let key = lab.bare(create).finish().exits(0).json();
    let public = key["publicKey"].as_str().expect("a public half");
    assert!(public.len() == 8 && public.bytes().all(|b| b.is_ascii_lowercase()), "{public}");
    assert_eq!(key["roles"][0]["roleName"], "GROUP_READ_ONLY", "{key}");
    let unknown = lab.bare(["local", "key", "create", "--role", "read-nothing"]).finish().exits(2);
    assert!(unknown.err().contains("Project Read Only"), "{}", unknown.shown());
    assert!(unknown.stdout.is_empty());
    lab.bare(["local", "key", "create"]).finish().exits(2);
    let args = ["local", "key", "create", "--role", "GROUP_OWNER", "--project", "nowhere"];
    lab.bare(args).finish().exits(5);
    let elsewhere =
        ["local", "key", "create", "--role", "GROUP_OWNER", "--project", "shop-staging"];
    lab.bare(elsewhere).finish().exits(0);
    assert_eq!(status(&lab)["keys"], 2, "refused keys are not kept");
}

#[test]
fn it_is_served_on_this_machine_only() {
    let lab = Lab::new();
    let finished = lab.bare(["local", "serve", "--listen", "0.0.0.0:0"]).finish().exits(2);
    assert!(finished.err().contains("127.0.0.1"), "{}", finished.shown());
}

#[test]
fn now_is_what_the_store_s_clock_says() {
    let lab = Lab::new();
    lab.local(["local", "init"]).finish().exits(0);
    lab.local(["local", "clock", "advance", "31d"]).finish().exits(0);
    let create = ["users", "create", "m", "--role", "read@shop", "--generate-password"];
    let create = lab.local(create).and(&["--expires", "8h", "--yes"]);
    create.finish().exits(0);
    let entry = ["access-lists", "add", "192.0.2.77", "--expires", "8h", "--yes"];
    lab.local(entry).finish().exits(0);
    let log = ["audit", "download", "orders", "--since", "1h", "--decompress", "--out", "-"];
    // What was looked at just now is a month ahead of this machine's time.
    lab.local(log).finish().exits(0);
    let again = lab.local(log).finish().exits(0);
    assert!(again.out().contains("Audit log accessed"), "{}", again.shown());
}
