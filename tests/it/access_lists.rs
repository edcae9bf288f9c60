//! `spctl access-lists`: one request for all that is new, and no list by accident.

use insta::assert_snapshot;
use serde_json::{Value, json};
use spctl::local::{Fault, FaultAction};

use crate::raw;
use crate::run::Run;
use crate::support::Lab;

fn run(lab: &Lab, args: &[&str]) -> Run {
    let mut run = lab.spctl(["access-lists"]);
    run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
    run
}

/// The changes since the last look, as `METHOD last-segment body`.
fn changes(lab: &Lab) -> Vec<String> {
    let shown = |e: spctl::local::Exchange| {
        let last = e.target.rsplit('/').next().unwrap_or_default().to_owned();
        format!("{} {last} {}", e.method, String::from_utf8_lossy(&e.request_body))
    };
    let changes = lab.exchanges().into_iter().filter(|e| e.method != "GET");
    changes.map(|e| shown(e).trim_end().to_owned()).collect()
}

#[track_caller]
fn unchanged(lab: &Lab) {
    assert_eq!(changes(lab), Vec::<String>::new());
}

fn names(lab: &Lab) -> String {
    run(lab, &["list", "-q"]).finish().exits(0).out().trim_end().replace('\n', " ")
}

#[test]
fn every_format_shows_the_same_list() {
    let lab = Lab::new();
    let mut shown = String::new();
    for format in ["table", "json", "csv"] {
        let columns = ["list", "-o", format, "--columns", "entry,comment,kind"];
        let args = if format == "json" { &columns[..3] } else { &columns[..] };
        shown.push_str(&run(&lab, args).shown());
    }
    shown.push_str(&run(&lab, &["get", "198.51.100.7/32", "203.0.113.0/24", "10.0.0.1"]).shown());
    shown.push_str(&run(&lab, &["status", "198.51.100.7", "10.0.0.1", "-o", "csv"]).shown());
    assert_snapshot!("access_lists_formats", shown);
    let all = names(&lab).replace(' ', "\n");
    let refused = run(&lab, &["remove", "-", "--yes"]).stdin(&all).finish().exits(2);
    assert!(refused.err().contains("--allow-empty"), "{}", refused.shown());
    assert_eq!(names(&lab).replace(' ', "\n"), all);
    let empty = ["remove", "-", "--yes", "--allow-empty"];
    run(&lab, &empty).stdin(&all).finish().exits(0);
    let empty = run(&lab, &["list"]).finish().exits(0);
    assert!(empty.err().contains("is empty"), "{}", empty.shown());
    assert!(run(&lab, &["list", "-o", "json"]).finish().exits(0).out().contains("[]"));
}

#[test]
fn what_is_new_is_added_at_once_and_what_stands_stays() {
    let lab = Lab::new();
    let args = ["add", "-", "--comment", "net", "--failed", "failed"];
    let given = "10.1.0.0/16\n2001:DB8::/32\nsg-0ab\n198.51.100.7/32\n10.1.2.3/8\n10.1.0.0/16\n";
    let dry = run(&lab, &[&args[..], &["--dry-run"]].concat()).stdin(given).finish();
    assert!(dry.out().contains("10.1.0.0/16"), "{}", dry.shown());
    run(&lab, &args).stdin("10.1.0.0/16\n").finish().exits(2);
    unchanged(&lab);
    let added = run(&lab, &[&args[..], &["--yes"]].concat()).stdin(given).finish().exits(2);
    assert_snapshot!("access_lists_add", added.shown());
    let all = [
        json!({ "cidrBlock": "10.1.0.0/16", "comment": "net" }),
        json!({ "cidrBlock": "2001:db8:0:0:0:0:0:0/32", "comment": "net" }),
        json!({ "awsSecurityGroup": "sg-0ab", "comment": "net" }),
    ];
    let sent = changes(&lab);
    let [sent] = &sent[..] else { panic!("one request for all: {sent:?}") };
    let body: Value = serde_json::from_str(sent.trim_start_matches("POST accessList ")).unwrap();
    assert_eq!(body, Value::from(all.to_vec()));
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "10.1.2.3/8\n");

    let again = run(&lab, &["add", "10.1.0.0/16", "2001:db8:0::/32", "--yes"]).finish().exits(0);
    assert!(again.err().contains("unchanged"), "{}", again.shown());
    for (args, code) in [
        (&["add", "192.0.2.77", "--yes"][..], 6),
        (&["add", "10.0.0.1", "--comment", &"x".repeat(81), "--yes"], 2),
        (&["add", "10.0.0.1", "--expires", "8d", "--yes"], 2),
        (&["add", "sg-0cd", "--expires", "1d", "--yes"], 2),
        (&["add", "example.org", "--yes"], 2),
        (&["add", "--yes"], 2),
    ] {
        run(&lab, args).finish().exits(code);
    }
    let none = run(&lab, &["add", "-", "--yes"]).stdin("\n").finish().exits(2);
    assert!(none.err().contains("no names"), "{}", none.shown());
    unchanged(&lab);
    let made = run(&lab, &["add", "10.0.0.1", "10.0.0.2", "--yes", "-o", "ndjson"]).finish();
    assert_eq!(made.out().lines().count(), 2, "{}", made.shown());
}

/// Asks for entries in each way there is, and sees that they are refused and nothing is sent.
#[track_caller]
fn opens(lab: &Lab, entries: &[&str]) -> String {
    let lines = entries.join("\n");
    let csv = format!("entry,expires\n{},1d\n", entries.join(",1d\n"));
    for refused in [
        run(lab, &[&["add", "--yes"], entries].concat()),
        run(lab, &["add", "-", "--yes", "--expires", "1d"]).stdin(&lines),
        run(lab, &["replace", "-", "--yes"]).stdin(&lines),
        run(lab, &["replace", "-", "--dry-run"]).stdin(&csv),
    ] {
        let refused = refused.finish().exits(2);
        assert!(refused.err().contains("hint: add --allow-anywhere"), "{}", refused.shown());
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
    }
    unchanged(lab);
    run(lab, &[&["add", "--dry-run"], entries].concat()).finish().err()
}

#[test]
fn everybody_needs_a_word_in_every_spelling() {
    let lab = Lab::new();
    for entry in [
        "0.0.0.0/0",
        "::/0",
        "0.0.0.0",
        "0.0.0.0/32",
        "0:0:0:0:0:0:0:0/128",
        "8.0.0.0/7",
        "9.0.0.0/8",
        "2000::/3",
        "::ffff:0:0/96",
        "::FFFF:8.0.0.0/103",
        "2002::/16",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
    ] {
        let told = opens(&lab, &["203.0.113.9", entry]);
        assert!(told.contains("effectively everyone"), "{told}");
    }
    // With the word it may be said, and is shown for what it is.
    let meant = run(&lab, &["add", "::ffff:0:0/96", "--dry-run", "--allow-anywhere"]).finish();
    assert!(meant.exits(0).err().contains("which servers may read as 0.0.0.0/0 of IPv4"));
}

#[test]
fn everybody_needs_a_word_in_pieces_too() {
    let lab = Lab::new();
    let internet = ["1.0.0.0/8", "2.0.0.0/7", "4.0.0.0/6", "8.0.0.0/5", "16.0.0.0/4"];
    opens(&lab, &[&internet[..], &["32.0.0.0/3", "64.0.0.0/2", "128.0.0.0/1"]].concat());
    opens(&lab, &["0.0.0.0/1", "128.0.0.0/1"]);
    let sixteenths: Vec<String> = (0..16).map(|n| format!("9.{}.0.0/12", n * 16)).collect();
    let mut sixteenths: Vec<&str> = sixteenths.iter().map(String::as_str).collect();
    let told = opens(&lab, &sixteenths);
    // The sample's own entries count.
    assert!(told.contains("the list would let in 16777474 public IPv4 addresses"), "{told}");
    assert!(told.contains("this adds 16777216 public IPv4 addresses"), "{told}");
    opens(&lab, &["9.0.0.0/9", "::ffff:11.0.0.0/105"]);
    opens(&lab, &["2600::/21", "2a00::/21"]);
    // Overlaps and private ranges are nothing more, and families do not add up.
    for fine in [
        &["9.0.0.0/9", "9.0.0.0/10", "9.64.0.0/10", "::ffff:9.0.0.0/105", "2600::/21"][..],
        &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"],
    ] {
        run(&lab, &[&["add", "--dry-run"], fine].concat()).finish().exits(0);
    }
    let last = sixteenths.pop().unwrap();
    run(&lab, &[&["add", "--yes"], &sixteenths[..]].concat()).finish().exits(0);
    changes(&lab);
    // What stands counts, and what is temporary.
    for expires in [&[][..], &["--expires", "1d"]] {
        let refused = run(&lab, &[&["add", "--yes", last], expires].concat()).finish().exits(2);
        assert!(refused.err().contains("this adds 1048576"), "{}", refused.shown());
    }
    unchanged(&lab);
    run(&lab, &["add", "9.240.0.0/13", "--yes"]).finish().exits(0);
    run(&lab, &["add", "9.248.0.0/13", "--yes"]).finish().exits(2);
}

#[test]
fn a_list_that_is_open_takes_narrower_entries_and_says_what_they_are_worth() {
    let lab = Lab::new();
    run(&lab, &["add", "0.0.0.0/0", "--yes", "--allow-anywhere"]).finish().exits(0);
    let more = run(&lab, &["add", "203.0.113.77", "8.0.0.0/6", "--yes"]).finish().exits(0);
    let note = "203.0.113.77, 8.0.0.0/6 restrict no one: the list is open, it lets in 4256038912 \
                public IPv4 addresses";
    assert!(more.err().contains(note), "{}", more.shown());
    let other = run(&lab, &["add", "2001:db8::/32", "--yes"]).finish().exits(0);
    assert!(!other.err().contains("already open"), "{}", other.shown());
    run(&lab, &["add", "::/0", "--yes"]).finish().exits(2);
    // A list that is shut again is not spoken of, and one that is opened elsewhere is asked about.
    let replace = ["replace", "-", "--yes", "--lock-myself-out"];
    let shut = run(&lab, &replace).stdin("9.0.0.0/8\n").finish().exits(0);
    assert!(!shut.err().contains("already open"), "{}", shut.shown());
    let beside = run(&lab, &["add", "203.0.113.7", "--dry-run"]).finish().exits(0).err();
    assert!(beside.contains("already open") && !beside.contains("no one"), "{beside}");
    run(&lab, &replace).stdin("11.0.0.0/8\n").finish().exits(2);
    assert_eq!(names(&lab), "9.0.0.0/8");
}

#[test]
fn an_entry_that_restricts_no_one_says_so_wherever_it_is_seen() {
    let lab = Lab::new();
    let wide = run(&lab, &["add", "0.0.0.0/0", "9.9.9.9", "--yes", "--allow-anywhere"]).finish();
    let everyone = "the list is open, it lets in 4256038912 public IPv4 addresses";
    let text = wide.exits(0).err();
    assert!(
        text.contains(&format!(
            "203.0.113.0/24, 198.51.100.7, 192.0.2.77 and 1 more restrict no one: {everyone}"
        )),
        "{text}"
    );
    let again = run(&lab, &["add", "198.51.100.7", "--yes"]).finish().exits(0).err();
    let alone = format!("warning: 198.51.100.7 restricts no one: {everyone}");
    assert!(again.contains(&alone), "{again}");
    let listed = run(&lab, &["list", "-q"]).finish().exits(0);
    assert_eq!(listed.out().lines().count(), 5);
    assert!(listed.err().contains("and 1 more restrict no one"), "{}", listed.shown());
    let status = run(&lab, &["status", "198.51.100.7", "0.0.0.0/0"]).finish().exits(0);
    assert!(
        status.err().contains(&alone) && !status.err().contains("0.0.0.0/0 r"),
        "{}",
        status.shown()
    );
    let status = run(&lab, &["status", "198.51.100.7"]).finish().exits(0);
    assert!(status.err().contains(&alone), "{}", status.shown());
    let get = run(&lab, &["get", "198.51.100.7"]).finish().exits(0);
    assert!(get.out().contains(&format!("no one: {everyone}")), "{}", get.shown());
    let get =
        run(&lab, &["get", "198.51.100.7", "0.0.0.0/0", "-o", "json"]).finish().exits(0).json();
    assert_eq!(get[0]["effective"]["restricts"], format!("no one: {everyone}"));
    assert!(get[1]["effective"].get("restricts").is_none(), "{get}");
    // So does one within another.
    run(&lab, &["remove", "0.0.0.0/0", "--yes", "--lock-myself-out"]).finish().exits(0);
    assert!(!run(&lab, &["list"]).finish().exits(0).err().contains("restrict"));
    let within = run(&lab, &["add", "203.0.113.9", "--yes"]).finish().exits(0).err();
    assert!(
        within.contains("203.0.113.9 restricts no one: 203.0.113.0/24 lets in all of it"),
        "{within}"
    );
}

#[test]
fn a_list_that_is_open_for_a_while_is_not_left_open() {
    let lab = Lab::new();
    let body = json!([{ "cidrBlock": "0.0.0.0/0", "deleteAfterDate": "2026-08-21T12:00:00Z" }]);
    let path = format!("/groups/{}/accessList", lab.project());
    assert_eq!(raw::call(&lab, "POST", &path, "2023-01-01", Some(&body)).status, 201);
    changes(&lab);
    for longer in [&[][..], &["--expires", "2d"]] {
        let halves = ["add", "0.0.0.0/1", "128.0.0.0/1", "--yes"];
        let refused = run(&lab, &[&halves[..], longer].concat()).finish().exits(2);
        let why = "even after 2026-08-21T12:00:00Z, when existing entries have expired";
        assert!(refused.err().contains(why), "{}", refused.shown());
    }
    unchanged(&lab);
    run(&lab, &["add", "203.0.113.77", "--yes"]).finish().exits(0);
}

#[test]
fn nobody_shuts_himself_out_unawares() {
    let lab = Lab::new();
    run(&lab, &["add", "--current-ip", "--yes"]).finish().exits(0);
    lab.exchanges();
    let refused = run(&lab, &["remove", "127.0.0.1/32", "--yes"]).finish().exits(2);
    assert!(refused.err().contains("--lock-myself-out"), "{}", refused.shown());
    // The difference is shown, whatever it comes to.
    for rest in ["--yes", "--dry-run"] {
        let refused = run(&lab, &["replace", "-", rest]).stdin("10.0.0.1\n").finish().exits(2);
        let told = refused.err();
        assert!(told.contains("--lock-myself-out"), "{}", refused.shown());
        assert!(told.contains("remove access-list entry 127.0.0.1"), "{}", refused.shown());
        assert!(refused.stdout.is_empty(), "nothing would be sent: {}", refused.shown());
    }
    unchanged(&lab);
    // The same address in another spelling is a way in as well.
    run(&lab, &["add", "::ffff:127.0.0.1", "--yes"]).finish().exits(0);
    run(&lab, &["remove", "127.0.0.1", "--dry-run"]).finish().exits(0);
    run(&lab, &["remove", "127.0.0.1", "::ffff:127.0.0.1", "--yes"]).finish().exits(2);
    run(&lab, &["remove", "::ffff:127.0.0.1", "--yes"]).finish().exits(0);
    run(&lab, &["add", "127.0.0.0/8", "--yes"]).finish().exits(0);
    run(&lab, &["remove", "127.0.0.1", "--yes"]).finish().exits(0);
    run(&lab, &["remove", "127.0.0.0/8", "--yes", "--lock-myself-out"]).finish().exits(0);
    assert!(!names(&lab).contains("127."));
    // Each of it is an event of the project.
    let text = |event: &Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
    let events = lab.events();
    let events: Vec<String> = events
        .iter()
        .map(|e| format!("{} {}", text(e, "eventTypeName"), text(e, "whitelistEntry")))
        .collect();
    let event = |what, entry| format!("NETWORK_PERMISSION_ENTRY_{what} {entry}");
    assert_eq!(
        events,
        [
            event("ADDED", "127.0.0.1/32"),
            event("ADDED", "::ffff:127.0.0.1/128"),
            event("REMOVED", "::ffff:127.0.0.1/128"),
            event("ADDED", "127.0.0.0/8"),
            event("REMOVED", "127.0.0.1/32"),
            event("REMOVED", "127.0.0.0/8"),
        ]
    );
}

#[test]
fn a_batch_of_removals_names_what_failed() {
    let lab = Lab::new();
    let args = ["remove", "-", "--failed", "failed"];
    let given = "203.0.113.0/24\n198.51.100.7/32\n198.51.100.7\n10.0.0.1\n";
    run(&lab, &args).stdin(given).finish().exits(2);
    run(&lab, &[&args[..], &["--dry-run"]].concat()).stdin(given).finish();
    unchanged(&lab);
    let removed = run(&lab, &[&args[..], &["--yes"]].concat()).stdin(given).finish().exits(5);
    assert_snapshot!("access_lists_remove", removed.shown());
    assert_eq!(changes(&lab), ["DELETE 203.0.113.0%2F24", "DELETE 198.51.100.7"]);
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "10.0.0.1\n");
    assert_eq!(names(&lab), "192.0.2.77");
}

#[test]
fn a_list_becomes_what_a_file_says() {
    let lab = Lab::new();
    let file = lab.file("list.txt");
    std::fs::write(&file, "# the list\n203.0.113.0/24 # head office\n192.0.2.1 # new\n").unwrap();
    let dry = run(&lab, &["replace", "list.txt", "--dry-run", "-o", "csv"]).finish().exits(0);
    assert_snapshot!("access_lists_replace", dry.shown().replace(lab.project(), "[PROJECT]"));
    run(&lab, &["replace", "list.txt"]).finish().exits(2);
    unchanged(&lab);
    run(&lab, &["replace", "list.txt", "--yes"]).finish().exits(0);
    let sent = changes(&lab);
    assert!(sent[0].starts_with("POST ") && sent.len() == 3, "{sent:?}");
    assert_eq!(names(&lab), "203.0.113.0/24 192.0.2.1");
    // What a listing writes is read back as the same list.
    let csv = run(&lab, &["list", "-o", "csv"]).finish().exits(0).out();
    run(&lab, &["replace", "-", "--yes"]).stdin(&csv).finish().exits(0);
    unchanged(&lab);
    for wrong in ["10.0.0.1/8\n", "10.0.0.1 # a\n10.0.0.1 # b\n", "nonsense\n", ""] {
        run(&lab, &["replace", "-", "--yes"]).stdin(wrong).finish().exits(2);
    }
    run(&lab, &["replace", "missing.txt", "--yes"]).finish().exits(2);
    unchanged(&lab);
    run(&lab, &["replace", "-", "--yes", "--allow-empty"]).stdin("").finish().exits(0);
    assert_eq!(names(&lab), "");
}

#[test]
fn nothing_is_removed_where_the_additions_failed() {
    let lab = Lab::faulty();
    lab.faults.push(Fault {
        operation: Some("createGroupAccessListEntry"),
        times: 1,
        action: FaultAction::Status { status: 400, error_code: None, retry_after: None },
    });
    let failed = run(&lab, &["replace", "-", "--yes", "--failed", "failed"])
        .stdin("192.0.2.1\n192.0.2.2\n")
        .finish()
        .exits(1);
    assert!(failed.err().contains("not started"), "{}", failed.shown());
    assert_eq!(changes(&lab).len(), 1);
    let left = std::fs::read_to_string(lab.file("failed")).unwrap();
    assert_eq!(left.lines().count(), 5, "{left}");
    assert_eq!(names(&lab).split(' ').count(), 3);
}

#[test]
fn an_entry_reaches_the_clouds_and_ends_in_its_time() {
    let lab = Lab::ticking();
    let body = json!([{ "ipAddress": "192.0.2.9", "deleteAfterDate": "2026-08-20T12:00:03Z" }]);
    let path = format!("/groups/{}/accessList", lab.project());
    assert_eq!(raw::call(&lab, "POST", &path, "2023-01-01", Some(&body)).status, 201);
    let status = run(&lab, &["status", "192.0.2.9", "--wait", "-o", "csv"]).finish().exits(0);
    assert!(status.out().contains("192.0.2.9,ACTIVE"), "{}", status.shown());
    let start = std::time::Instant::now();
    while names(&lab).contains("192.0.2.9") {
        assert!(start.elapsed().as_secs() < 20, "it should have ended");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    run(&lab, &["get", "192.0.2.9"]).finish().exits(5);
    let args = ["access-lists", "add", "192.0.2.9", "--expires", "7d", "--yes", "--wait"];
    lab.local(args).finish().exits(0);
    let shown = lab.local(["access-lists", "get", "192.0.2.9", "--jq", ".deleteAfterDate"]);
    assert!(shown.finish().exits(0).out().contains('T'));
}

#[test]
fn ten_thousand_entries_are_added_and_listed() {
    let lab = Lab::new().with_any_number_of_entries();
    let many: String = (0..10_000).map(|n| format!("10.0.{}.{}\n", n / 256, n % 256)).collect();
    let added = run(&lab, &["add", "-", "--yes"]).stdin(&many).finish().exits(0);
    assert!(added.err().contains("and 9997 more"));
    assert_eq!(names(&lab).split(' ').count(), 10_003);
}
