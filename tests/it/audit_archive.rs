//! An archive that something has happened to: what `pull`, `verify` and those that read logs say of it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use spctl::local::{Fault, FaultAction};

use crate::archives::{Logs, archived, files, manifest, sha256};
use crate::bytes::Raw;
use crate::support::Lab;

const PULL: &str = "downloadGroupStreamAuditLogs";

fn directory(lab: &Lab, instance: &str) -> PathBuf {
    lab.file(&format!("a/project=shop/instance={instance}"))
}

/// Archives all instances, in two pulls; the last entry of each has a file.
fn archive(lab: &Lab) {
    let pull = || lab.typed("audit pull --all --to a --since 2026-08-01").finish().exits(0);
    pull();
    let time = Timestamp::now() - SignedDuration::from_mins(5);
    for instance in ["orders", "payments", "telemetry"] {
        let line = r#"{"class_uid":3002,"activity_id":1,"user":{"name":"admin.late"},"time":"#;
        Logs::of(lab).add(instance, time, &format!("{line}{}}}", time.as_millisecond()));
    }
    pull();
    let entries = manifest(&directory(lab, "orders"));
    assert!(entries.last().expect("entries")["files"][0]["path"].is_string());
}

/// The archive as a copy of what `kept` is.
fn copied(lab: &Lab, from: &str, to: &str) {
    let _ = fs::remove_dir_all(lab.file(to));
    let copied = Command::new("cp").args(["-a", from, to]).current_dir(lab.home()).status();
    assert!(copied.expect("cp").success());
}

/// A line of the manifest that never came to its end, whatever is left of the run that wrote it.
#[test]
fn a_torn_last_line_of_the_manifest_is_read_again() {
    let lab = Lab::new();
    archive(&lab);
    copied(&lab, "a", "kept");
    let torn: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.truncate(bytes.len() - 1),
        |bytes| bytes.truncate(bytes.len() - 100),
        |bytes| {
            let end = bytes.len();
            bytes[end - 100..].fill(0);
        },
        |bytes| bytes.extend(b"{\"previous\":\"00"),
    ];
    for (index, tear) in torn.into_iter().enumerate() {
        for leaves_stage in [false, true] {
            copied(&lab, "kept", "a");
            let orders = directory(&lab, "orders");
            let before = archived(&orders);
            let path = orders.join("manifest.jsonl");
            let mut bytes = fs::read(&path).unwrap();
            tear(&mut bytes);
            fs::write(&path, bytes).unwrap();
            if leaves_stage {
                fs::create_dir(orders.join(".pull")).unwrap();
            }
            let told = lab.typed("audit verify a").finish().exits(0);
            assert!(told.err().contains("was begun and not ended"), "{}", told.shown());
            let pulled = lab.typed("audit pull orders --to a").finish().exits(0);
            assert!(pulled.err().contains("never counted, and is read again"), "{}", pulled.err());
            assert!(pulled.err().contains(" and 1 file;") != (index == 3), "{}", pulled.err());
            let verified = lab.typed("audit verify a -o json").finish().exits(0);
            assert_eq!(verified.json()[0]["notes"], Value::Array(Vec::new()), "{index}");
            let after = archived(&orders);
            assert!(before.iter().all(|(line, n)| after.get(line) == Some(n)), "{index}");
            let truth = Logs::of(&lab).lines("orders", Timestamp::MAX);
            assert!(after.iter().all(|(line, n)| truth.get(line) >= Some(n)), "{index}");
        }
    }
}

/// What a killed run left may be all that is left of a log: it stays until it was read again.
#[test]
fn what_a_killed_run_left_stays_until_it_was_read_again() {
    let lab = Lab::faulty();
    archive(&lab);
    let orders = directory(&lab, "orders");
    let path = orders.join("manifest.jsonl");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 10]).unwrap();
    let kept = (archived(&orders), fs::read(&path).unwrap());
    let denied = FaultAction::Status { status: 403, error_code: None, retry_after: None };
    lab.faults.push(Fault { operation: Some(PULL), times: 1, action: denied });
    lab.typed("audit pull orders --to a").finish().exits(4);
    assert_eq!((archived(&orders), fs::read(&path).unwrap()), kept);
    lab.typed("audit verify a").finish().exits(0);
    lab.typed("audit pull orders --to a").finish().exits(0);
    lab.typed("audit verify a").finish().exits(0);
}

/// The manifest reaches a limit within a line, as on a disk that is full.
#[test]
fn a_line_of_the_manifest_that_finds_no_room_leaves_a_sound_archive() {
    let lab = Lab::new();
    archive(&lab);
    let orders = directory(&lab, "orders");
    let size = || fs::metadata(orders.join("manifest.jsonl")).unwrap().len();
    let mut failed = 0;
    for _ in 0..12 {
        let run = lab.typed("audit pull orders --to a");
        let blocks = size().div_ceil(512);
        let mut command = Command::new("sh");
        let limited = format!("ulimit -f {blocks}; exec \"$0\" \"$@\"");
        command.args(["-c", &limited, env!("CARGO_BIN_EXE_spctl")]).args(&run.args);
        command.env_clear().envs(run.command().get_envs().filter_map(|(k, v)| Some((k, v?))));
        let output = command.current_dir(lab.home()).output().expect("a shell");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0) => {}
            code => {
                assert_eq!(code, Some(1), "{told}");
                assert!(told.contains("cannot write") && output.stdout.is_empty(), "{told}");
                failed += 1;
            }
        }
        let verified = lab.typed("audit verify a").finish().exits(0);
        assert!(!verified.err().contains("was begun and not ended"), "{}", verified.shown());
        if failed == 3 {
            break;
        }
        lab.typed("audit pull orders --to a").finish().exits(0);
        lab.typed("audit verify a").finish().exits(0);
    }
    assert_eq!(failed, 3);
}

#[test]
fn a_run_that_was_killed_at_once_has_begun_nothing() {
    let lab = Lab::new();
    let orders = directory(&lab, "orders");
    fs::create_dir_all(orders.join(".pull")).unwrap();
    for manifest in [None, Some(""), Some("{\"version\":1,")] {
        let _ = manifest.map(|text| fs::write(orders.join("manifest.jsonl"), text).unwrap());
        let told = lab.typed("audit verify a").finish().exits(0);
        assert!(told.err().contains("a run goes on, or was killed"), "{}", told.shown());
    }
    lab.typed("audit pull orders --to a").finish().exits(0);
    lab.typed("audit verify a").finish().exits(0);
    // Without a trace of a run, what is not there was taken away.
    fs::remove_dir_all(lab.file("a")).unwrap();
    fs::create_dir_all(&orders).unwrap();
    fs::write(orders.join(".lock"), "").unwrap();
    lab.typed("audit verify a").finish().exits(3);
}

type Damage<'a> = &'a dyn Fn(&Path);

/// One rule for all: `verify` answers 3, and everything else fails.
#[test]
fn a_damaged_archive_is_a_failure_for_all_but_verify() {
    let first = |directory: &Path| files(directory)[0].clone();
    let last_entry = |directory: &Path| {
        let entries = manifest(directory);
        let path = entries.last().unwrap()["files"][0]["path"].as_str().unwrap().to_owned();
        directory.join(path)
    };
    let cut = |file: &Path| {
        let bytes = fs::read(file).unwrap();
        fs::write(file, &bytes[..bytes.len() - 12]).unwrap();
    };
    let cases: [(&str, Damage<'_>); 6] = [
        ("a cut file", &|directory| cut(&first(directory))),
        ("a cut file of the last hours", &|directory| cut(&last_entry(directory))),
        ("a file that is gone", &|directory| fs::remove_file(first(directory)).unwrap()),
        ("a day that is gone", &|directory| {
            fs::remove_dir_all(first(directory).parent().unwrap()).unwrap();
        }),
        ("a flipped bit in the last hours", &|directory| {
            let file = last_entry(directory);
            let mut bytes = fs::read(&file).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 4;
            fs::write(file, bytes).unwrap();
        }),
        ("a torn line in the middle", &|directory| {
            let path = directory.join("manifest.jsonl");
            let text = fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            let half = &lines[1][..lines[1].len() / 2];
            fs::write(path, text.replacen(lines[1], half, 1)).unwrap();
        }),
    ];
    let lab = Lab::new();
    archive(&lab);
    copied(&lab, "a", "kept");
    for (what, damage) in cases {
        copied(&lab, "kept", "a");
        let orders = directory(&lab, "orders");
        damage(&orders);
        let before = fs::read(orders.join("manifest.jsonl")).unwrap();
        let pulled = lab.typed("audit pull orders --to a -o json").finish();
        assert_eq!(pulled.code, Some(1), "{what}: {}", pulled.shown());
        // Whoever sees a head may go by it.
        assert!(pulled.out().is_empty(), "{what}: {}", pulled.shown());
        assert_eq!(fs::read(orders.join("manifest.jsonl")).unwrap(), before, "{what}");
        // The others are archived all the same.
        let all = lab.typed("audit pull --all --to a --columns instance").finish();
        assert_eq!(all.out(), "payments\ntelemetry\n", "{what}: {}", all.shown());
        lab.typed("audit verify a").finish().exits(3);
        for reader in ["summary a/ --by user", "show a/ --user nobody", "sessions a/"] {
            let read = lab.typed(&format!("audit {reader}")).finish();
            assert_eq!(read.code, Some(1), "{what}: {}", read.shown());
        }
    }
}

#[test]
fn a_directory_that_was_renamed_is_not_taken_for_another_instance() {
    let lab = Lab::new();
    archive(&lab);
    fs::rename(directory(&lab, "orders"), directory(&lab, "bills")).unwrap();
    let told = lab.typed("audit verify a").finish().exits(3);
    assert!(told.err().contains("it is the manifest of instance orders"), "{}", told.shown());
    let told = lab.typed("audit summary a/ --by instance").finish().exits(1);
    assert!(told.err().contains("it is the manifest of instance orders"), "{}", told.shown());
    let told = lab.typed("audit pull --all --to a --columns instance").finish().exits(6);
    assert!(told.err().contains("call it instance=orders again"), "{}", told.shown());
    assert_eq!(told.out(), "orders\npayments\ntelemetry\n");
}

#[test]
fn a_lost_head_is_in_the_row_of_whoever_it_may_have_been() {
    let lab = Lab::new();
    archive(&lab);
    let head = |instance: &str| {
        let text = fs::read_to_string(directory(&lab, instance).join("manifest.jsonl")).unwrap();
        sha256(text.lines().last().unwrap())
    };
    let lost = sha256("lost");
    let findings = |heads: &[&str]| {
        let run = lab.typed(&format!("audit verify a -o json --head {}", heads.join(",")));
        let finished = run.finish();
        let rows = finished.json();
        let rows = rows.as_array().expect("rows").clone();
        let lists: Vec<_> = rows.iter().map(|row| row["findings"].as_array().unwrap()).collect();
        for finding in lists.iter().copied().flatten() {
            assert_eq!(
                (&finding["fault"], &finding["file"]),
                (&"head".into(), &"manifest.jsonl".into())
            );
            assert!(finding["message"].as_str().unwrap().contains(&lost));
        }
        let counts: Vec<_> = lists.iter().map(|list| list.len()).collect();
        let all = counts.iter().sum::<usize>();
        assert_eq!(finished.code, Some(if all == 0 { 0 } else { 3 }), "{}", finished.shown());
        assert_eq!(finished.err().matches("is not in the chain").count(), all);
        counts
    };
    let [orders, payments, telemetry] = ["orders", "payments", "telemetry"].map(head);
    assert_eq!(findings(&[&orders, &payments, &telemetry]), [0, 0, 0]);
    assert_eq!(findings(&[&orders, &lost, &telemetry]), [0, 1, 0]);
    assert_eq!(findings(&[&orders, &lost]), [0, 1, 1]);
    assert_eq!(findings(&[&lost]), [1, 1, 1]);
    assert_eq!(findings(&[&orders, &payments, &telemetry, &lost]), [1, 1, 1]);
}

#[test]
fn a_file_is_not_verified_and_the_hint_says_what_reads_it() {
    let lab = Lab::new();
    archive(&lab);
    let orders = directory(&lab, "orders");
    let whole = orders.canonicalize().unwrap().display().to_string();
    let file = files(&orders)[0].clone();
    fs::copy(&file, lab.file("log.gz")).unwrap();
    let verify = |path: &str, code| lab.bare(["audit", "verify", path]).finish().exits(code).err();
    let told = verify("log.gz", 2);
    assert!(told.contains("log.gz is a file, and what is verified is an archive"), "{told}");
    assert!(told.contains("hint: spctl audit show ./log.gz reads a log"), "{told}");
    lab.bare(["audit", "show", "./log.gz"]).finish().exits(0);
    for within in [file.clone(), orders.join("manifest.jsonl")] {
        let told = verify(&within.display().to_string(), 2);
        assert!(told.contains(&format!("audit verify '{whole}' verifies")), "{told}");
    }
    let told = verify(&file.parent().unwrap().display().to_string(), 5);
    assert!(told.contains(&format!("audit verify '{whole}' verifies")), "{told}");
    verify("log.gz/x", 5);
    verify("-", 5);
}

/// Whatever an instance and its project are called, everything calls them that.
#[test]
fn names_are_the_same_to_all_commands() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(b"{\"class_uid\":3002,\"activity_id\":1,\"time\":1787000000000}\n").unwrap();
    let log = gzip.finish().unwrap();
    let project = "Ü=b/c 50% ..";
    let raw = Raw::new(move |target| {
        let (body, kind) = match target.contains("/auditLogs") {
            true => (log.clone(), "application/gzip"),
            false => (format!("{{\"name\":{project:?}}}").into_bytes(), "application/json"),
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Date: Tue, 18 Aug 2099 00:00:00 GMT\r\nConnection: close\r\n\r\n",
            body.len()
        );
        [head.into_bytes(), body].concat()
    });
    let names =
        ["a b", "Größe", "50%", "%41", "%2F", "a=b", "instance=x", "a/b", "..x", "+", "東京"];
    let lab = Lab::new();
    for name in names {
        let run = raw.run(&lab, "audit pull --to a --since 2026-08-15 -o json");
        let row = run.and(&["--instance", name]).finish().exits(0).json();
        assert_eq!((&row[0]["instance"], &row[0]["project"]), (&(*name).into(), &project.into()));
    }
    let mut wanted = names.to_vec();
    wanted.sort_unstable();
    let column = |line: &str| -> Vec<String> {
        let finished = lab.bare([]).and(&line.split(' ').collect::<Vec<_>>()).finish().exits(0);
        let mut names: Vec<_> = finished.out().lines().map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(column("audit verify a --columns instance"), wanted);
    assert_eq!(column("audit verify a --columns project"), [project]);
    assert_eq!(column("audit summary a/ --by instance --columns instance"), wanted);
    assert_eq!(column("audit show a/ --columns instance -o tsv"), wanted);
    for name in wanted {
        let one = lab.bare(["audit", "summary", "a/", "--by", "instance", "-o", "json"]);
        let rows = one.and(&["--instance", name]).finish().exits(0).json();
        assert_eq!(rows.as_array().map(Vec::len), Some(1), "{name}");
        assert_eq!(rows[0]["instance"], name);
    }
}

/// Inside an archive, paths do not name the directories that they are in.
#[test]
fn inside_an_archive_names_and_manifests_count_as_well() {
    let lab = Lab::new();
    archive(&lab);
    let orders = directory(&lab, "orders");
    let day = files(&orders)[0].parent().unwrap().to_owned();
    fs::copy(&files(&orders)[0], day.join("00000099.ndjson.gz")).unwrap();
    let within = |directory: &Path, words: &[&str]| {
        let mut command = lab.bare(["audit"]).and(words).command();
        let output = command.current_dir(directory).output().expect("the binary runs");
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (out, err) =
        within(&orders, &["summary", "./", "--by", "instance", "--columns", "instance"]);
    assert_eq!(out, "orders\n", "{err}");
    assert!(err.contains("not in its manifest"), "{err}");
    let (out, err) = within(&day, &["show", "./", "-n", "1", "--jq", ".effective.instance"]);
    assert_eq!(out, "orders\n", "{err}");
}

/// `--since` is how far back a new archive begins; one that is there is extended when that is asked for.
#[test]
fn an_archive_goes_further_back_only_when_that_is_asked_for() {
    let lab = Lab::new();
    let from = |options: &str| {
        let row =
            lab.typed(&format!("audit pull orders --to a -o json {options}")).finish().exits(0);
        row.json()[0]["from"].as_str().unwrap()[..10].to_owned()
    };
    assert_eq!(from("--since 2026-08-10"), "2026-08-10");
    assert_eq!(from(""), "2026-08-10");
    assert_eq!(from("--since 2026-08-15"), "2026-08-10");
    assert_eq!(from("--since 2026-08-01"), "2026-08-01");
    lab.typed("audit verify a").finish().exits(0);
}

/// Each window is an event of the log: the overlap is one, and what is new another.
#[test]
fn a_daily_pull_reads_two_windows() {
    let lab = Lab::new();
    let go = |line: &str| lab.local([]).and(&line.split(' ').collect::<Vec<_>>()).finish().exits(0);
    go("audit pull orders --to a --since 40d");
    for _ in 0..3 {
        go("local clock advance 1d");
        let shown = go("audit pull orders --to a --dry-run");
        assert_eq!(shown.out().lines().count(), 2, "{}", shown.shown());
        go("audit pull orders --to a");
        let shown = go("audit pull orders --to a --dry-run");
        assert_eq!(shown.out().lines().count(), 1, "{}", shown.shown());
    }
    go("audit verify a --against-events");
}

#[test]
fn a_clock_that_was_set_back_is_told_of() {
    let lab = Lab::new();
    let go = |line: &str| lab.local([]).and(&line.split(' ').collect::<Vec<_>>()).finish().exits(0);
    go("local init --now 2026-11-20T12:00:00Z");
    go("audit pull orders --to a --since 40d");
    go("local clock set 2026-11-20T06:00:00Z");
    let told = go("audit pull orders --to a");
    assert!(told.err().contains("was the clock set back?"), "{}", told.shown());
    go("audit verify a");
    go("local clock set 2026-11-20T15:00:00Z");
    let told = go("audit pull orders --to a");
    assert!(!told.err().contains("was the clock set back?"), "{}", told.shown());
    go("audit verify a");
}

/// The log of an instance that nothing was ever logged of can be read after its deletion as well.
#[test]
fn an_instance_that_is_gone_and_made_again_is_one_archive() {
    let lab = Lab::new();
    let go = |line: &str| lab.local([]).and(&line.split(' ').collect::<Vec<_>>()).finish().exits(0);
    for _ in 0..2 {
        go("instances create other --provider aws --region us-east-1 --tier SP10 --yes");
        go("audit pull other --to a");
        go("instances delete other --yes");
        go("audit pull other --to a");
    }
    go("audit verify a");
}
