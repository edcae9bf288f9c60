//! Where the commands that read logs find them, and what they say of what cannot be read.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::run::Finished;
use crate::support::Lab;

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// An event of this day of August 2026 by this user.
fn event(day: i64, user: &str) -> String {
    let time = 1_785_542_400_000 + (day - 1) * 86_400_000;
    format!(
        "{{\"class_uid\":3002,\"activity_id\":1,\"time\":{time},\"actor\":{{\"user\":{{\"name\":\"admin.{user}\"}}}}}}\n"
    )
}

/// The users whose events are shown, in their order, joined.
fn users(lab: &Lab, words: &[&str]) -> (String, Finished) {
    let run = lab.bare(["audit", "show"]).and(words).and(&["-o", "tsv", "--columns", "user"]);
    let finished = run.finish();
    let out = finished.out();
    let users = out.lines().map(|user| user.trim_start_matches("admin.").to_owned());
    (users.collect::<Vec<_>>().join(" "), finished)
}

fn write(lab: &Lab, path: &str, bytes: &[u8]) {
    let path = lab.file(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn the_log_of_an_instance_is_fetched_and_read() {
    let lab = Lab::new();
    let wanted = lab.typed("audit download orders --decompress --out -").finish().exits(0).out();
    lab.requests();
    let shown = lab.typed("audit show orders --raw").finish().exits(0);
    // The clock stands still, and the first download is an event of the same moment.
    assert!(shown.out().starts_with(&wanted), "{}", shown.shown());
    let [request] = &lab.requests()[..] else { panic!("one request") };
    assert!(!request.contains("Date="), "{request}");
    let all = lab.typed("audit show orders --raw --since all --until 2026-08-10").finish().exits(0);
    let [request] = &lab.requests()[..] else { panic!("one request") };
    assert!(request.contains("startDate=1199145600&endDate=1786320000"), "{request}");
    assert!(wanted.starts_with(&all.out()) && !all.stdout.is_empty());
    let two =
        lab.typed("audit show payments orders --jq .effective.instance").finish().exits(0).out();
    let mut instances: Vec<&str> = two.lines().collect();
    instances.dedup();
    assert_eq!(instances, ["payments", "orders"]);
    let near = lab.typed("audit show ordres --raw").finish().exits(5);
    assert!(near.err().contains("did you mean orders?"), "{}", near.err());
    let others = lab.typed("audit show ordres orders --raw").finish().exits(5);
    assert!(others.out().starts_with(&wanted), "{}", others.err());
}

#[test]
fn a_word_is_an_instance_or_a_path_and_never_both() {
    let lab = Lab::new();
    write(&lab, "logs/a.ndjson", event(1, "al").as_bytes());
    write(&lab, "notes", event(1, "bo").as_bytes());
    for (word, kind) in [("logs", "directory"), ("notes", "file")] {
        let refused = users(&lab, &[word]).1.exits(2);
        let hint = format!("hint: write ./{word} for the {kind}, or instance={word}");
        assert!(refused.err().contains(&hint), "{}", refused.err());
    }
    assert_eq!(users(&lab, &["./logs"]).0, "al");
    assert_eq!(users(&lab, &["logs/", "./notes"]).0, "al bo");
    fs::create_dir(lab.file("orders")).unwrap();
    lab.typed("audit show orders --raw").finish().exits(2);
    assert!(!lab.typed("audit show instance=orders --raw").finish().exits(0).stdout.is_empty());
    let missing = users(&lab, &["orders.log"]).1.exits(5);
    assert!(missing.err().contains("there is no orders.log"), "{}", missing.err());
    users(&lab, &["./nothing/"]).1.exits(5);
    let none = users(&lab, &["./orders"]).1.exits(5);
    assert!(none.err().contains("./orders holds no logs"), "{}", none.err());
    users(&lab, &[""]).1.exits(2);
    // What is named twice is read once.
    assert_eq!(users(&lab, &["./notes", "./notes"]).0, "bo");
}

#[test]
fn what_is_named_twice_is_read_once_however_it_is_spelled() {
    let lab = Lab::new();
    write(&lab, "notes.log", event(1, "bo").as_bytes());
    let kept = "kept/project=Shop/instance=orders/day=2026-08-01/0.ndjson.gz";
    write(&lab, kept, &gzip(&event(1, "al")));
    let whole = lab.file("notes.log");
    for other in ["./notes.log", "kept/../notes.log", whole.to_str().unwrap()] {
        assert_eq!(users(&lab, &["notes.log", other]).0, "bo", "{other}");
    }
    for other in ["./kept", "kept/project=Shop/", "kept/project=Shop/instance=orders/", kept] {
        assert_eq!(users(&lab, &["kept/", other]).0, "al", "{other}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("notes.log", lab.file("link.log")).unwrap();
        assert_eq!(users(&lab, &["link.log", "notes.log"]).0, "bo");
    }
    let fetched = lab.typed("audit show orders instance=orders --raw").finish().exits(0).err();
    assert_eq!(fetched.matches("fetching").count(), 1, "{fetched}");
}

#[cfg(target_os = "linux")]
#[test]
fn files_whose_names_only_look_alike_are_all_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let lab = Lab::new();
    write(&lab, "odd/z.log", event(1, "cy").as_bytes());
    for (name, user) in [(&b"a\xfe.log"[..], "al"), (&b"a\xff.log"[..], "bo")] {
        let path = lab.file("odd").join(OsStr::from_bytes(name));
        fs::write(path, event(1, user)).unwrap();
    }
    assert_eq!(users(&lab, &["odd/"]).0, "al bo cy");
}

#[test]
fn a_directory_is_its_logs() {
    let lab = Lab::new();
    write(&lab, "logs/b.gz", &gzip(&event(1, "b")));
    write(&lab, "logs/a.log", event(1, "a").as_bytes());
    write(&lab, "logs/deep/c.json", event(1, "c").as_bytes());
    write(&lab, "logs/d.zst", &zstd::encode_all(event(1, "d").as_bytes(), 1).unwrap());
    for other in
        ["logs/manifest.jsonl", "logs/README", "logs/.e.gz.spctl.part", "logs/.hidden/f.log"]
    {
        write(&lab, other, event(1, "x").as_bytes());
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", lab.file("logs/deep/up")).unwrap();
    let (read, finished) = users(&lab, &["logs/"]);
    assert_eq!(read, "a b d c");
    assert_eq!(
        finished.err(),
        "logs/: 2 files left out, no log by its name or no regular file: README, manifest.jsonl; \
         name one to read it: logs/README\n"
    );
}

#[test]
fn a_log_is_told_by_its_name_however_it_is_written_and_rotated() {
    let lab = Lab::new();
    write(&lab, "logs/1.log.1", event(1, "a").as_bytes());
    write(&lab, "logs/2.LOG.GZ", &gzip(&event(1, "b")));
    write(&lab, "logs/3.log-20261101", event(1, "c").as_bytes());
    write(&lab, "logs/4.Json", event(1, "d").as_bytes());
    for other in ["5.ndjson.gz.part", "6.txt", "7", "8.log.old", "9.json5"] {
        write(&lab, &format!("logs/{other}"), event(1, "x").as_bytes());
    }
    let (read, finished) = users(&lab, &["logs/"]);
    assert_eq!(read, "a b c d");
    let told = "5 files left out, no log by its name or no regular file: 5.ndjson.gz.part, 6.txt, 7, and 2 more; \
                name one to read it: logs/5.ndjson.gz.part";
    assert!(finished.exits(0).err().contains(told));
    assert_eq!(users(&lab, &["logs/", "logs/6.txt"]).0, "a b c d x");
    // So are words that have no separator.
    write(&lab, "C.LOG.1", event(1, "e").as_bytes());
    assert_eq!(users(&lab, &["C.LOG.1"]).0, "e");
    write(&lab, "none/6.txt", event(1, "x").as_bytes());
    let none = users(&lab, &["none/"]).1.exits(5).err();
    assert!(none.contains("name a file of another name to read it: none/6.txt"), "{none}");
}

#[test]
fn what_is_no_log_is_told_and_others_are_read() {
    let lab = Lab::new();
    write(&lab, "a.log", event(1, "al").as_bytes());
    for (format, what) in [
        ("ecs", "it looks like an export in the Elastic Common Schema"),
        ("csv", "it looks like a table, such as a CSV export"),
        #[cfg(feature = "lake")]
        ("parquet", "it looks like a Parquet file"),
    ] {
        let export = format!("audit export a.log --to {format} --format {format} -o json");
        let written = lab.typed(&export).finish().exits(0).json();
        let file = written[0]["file"].as_str().or(written[0]["path"].as_str()).unwrap().to_owned();
        let file = if lab.file(&file).exists() { file } else { format!("{format}/{file}") };
        let bytes = fs::read(lab.file(&file)).unwrap();
        let (read, finished) = users(&lab, &[&format!("./{file}"), "a.log"]);
        assert_eq!(read, "al", "{}", finished.err());
        let told = finished.exits(1).err();
        assert!(told.contains(&format!("./{file} is no audit log: {what}")), "{told}");
        for verb in ["show", "summary", "sessions", "timeline", "detect"] {
            let piped = lab.typed(&format!("audit {verb} -")).stdin(&bytes).finish().exits(1);
            assert!(piped.err().contains(&format!("stdin is no audit log: {what}")), "{verb}");
            assert!(piped.stdout.is_empty(), "{}", piped.shown());
        }
        let raw = lab.bare(["audit", "show", "--raw"]).and(&[&format!("./{file}")]);
        assert_eq!(raw.finish().stdout, bytes, "as it is, where that is asked for");
    }
    let packed = gzip(&event(1, "x"));
    write(&lab, "twice.gz", &{
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&packed).unwrap();
        encoder.finish().unwrap()
    });
    write(&lab, "page.log", b"<!DOCTYPE html>\n<title>502</title>\n");
    for (file, hint) in [
        ("twice.gz", "gzip -dc twice.gz | gzip -dc | spctl audit show -"),
        ("page.log", "spctl audit download INSTANCE"),
    ] {
        let told = users(&lab, &[file]).1.exits(1).err();
        assert!(told.contains(hint), "{told}");
    }
}

/// Several exports are told of once, with a line that reads what they were made from.
#[test]
fn an_export_says_how_its_lines_are_read() {
    let lab = Lab::new();
    let lines = [event(1, "al"), event(2, "bo"), event(3, "cy")].concat();
    write(&lab, "a.log", lines.as_bytes());
    lab.typed("audit export a.log --to ecs --format ecs").finish().exits(0);
    let told = users(&lab, &["ecs/"]).1.exits(1).err();
    assert_eq!(told.matches("Elastic Common Schema").count(), 1, "{told}");
    assert!(told.contains("and 2 other files are no audit logs"), "{told}");
    assert!(told.contains("jq -r .event.original 'ecs/day=2026-08-01/"), "{told}");
}

#[test]
fn a_document_that_is_laid_out_is_told_even_among_events() {
    let lab = Lab::new();
    let document: Value = serde_json::from_str(&event(1, "al")).unwrap();
    let laid_out = serde_json::to_string_pretty(&document).unwrap();
    let list = serde_json::to_string_pretty(&[&document]).unwrap();
    for (file, bytes, code, program) in [
        ("alone.json", laid_out.clone(), 1, "jq -c ."),
        ("mixed.log", event(1, "bo") + &laid_out, 0, "jq -c ."),
        ("list.json", list, 1, "jq -c '.[]'"),
        (
            "line.json",
            format!("[{},{}]\n", event(1, "a").trim(), event(1, "b").trim()),
            1,
            "jq -c '.[]'",
        ),
        (
            "items.json",
            format!("[\n{},\n{}]\n", event(1, "a").trim(), event(1, "b")),
            0,
            "jq -c '.[]'",
        ),
    ] {
        write(&lab, file, bytes.as_bytes());
        for verb in ["show", "summary"] {
            let told = lab.typed(&format!("audit {verb} {file}")).finish().exits(code).err();
            let hint = "laid out over several lines, as at line ";
            assert!(told.contains(hint) && told.contains(&format!("{program} {file}")), "{told}");
        }
    }
    // Other damage is no document.
    write(
        &lab,
        "torn.log",
        format!("{}{{\"class_uid\": 30\nempty file\n", event(1, "bo")).as_bytes(),
    );
    let told = users(&lab, &["torn.log"]).1.exits(0).err();
    assert!(told.contains("2 lines are no event") && !told.contains("laid out"), "{told}");
}

#[test]
fn a_name_that_nothing_is_of_is_told_what_is_near() {
    let lab = Lab::new();
    let line = |user: &str, processor: &str| {
        event(1, user).replace("3002", "3004").replace(
            "\"actor\"",
            &format!(
                "\"entity\":{{\"type\":\"stream_processor\",\"name\":\"{processor}\"}},\"actor\""
            ),
        )
    };
    write(&lab, "a.log", [line("alice", "low-stock"), line("bob", "totals")].concat().as_bytes());
    for (options, hint) in [
        ("--user alcie", "did you mean alice?"),
        ("--user alcie@admin", "did you mean alice?"),
        ("--user admin.alcie", "did you mean alice?"),
        ("--user zoe", "the users here are alice, bob"),
        ("--processor low-stok", "did you mean low-stock?"),
        ("--processor nosuch", "the processors here are low-stock, totals"),
    ] {
        for verb in ["show", "summary", "timeline"] {
            // A timeline reads all users' steps, as they are of the same lives.
            if verb == "timeline" && options.starts_with("--user") {
                continue;
            }
            let run = lab.typed(&format!("audit {verb} a.log {options}")).finish().exits(0);
            assert!(run.stdout.is_empty() && run.err().contains(hint), "{}", run.shown());
        }
    }
    // What is there, only not so, was not meant otherwise.
    let there = lab.typed("audit show a.log --user alice --processor totals").finish().exits(0);
    assert_eq!(there.err(), "no events\n");
}

/// One that cannot be entered loses nothing but what is in it.
#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_read_is_told_and_others_are_read() {
    use std::os::unix::fs::PermissionsExt;

    let lab = Lab::new();
    write(&lab, "logs/a.log", event(1, "al").as_bytes());
    write(&lab, "logs/deep/b.log", event(1, "bo").as_bytes());
    std::os::unix::fs::symlink("gone", lab.file("logs/link.log")).unwrap();
    fs::set_permissions(lab.file("logs/deep"), fs::Permissions::from_mode(0o000)).unwrap();
    let (read, finished) = users(&lab, &["logs/"]);
    let told = finished.err();
    let is_refused = fs::read_dir(lab.file("logs/deep")).is_err();
    fs::set_permissions(lab.file("logs/deep"), fs::Permissions::from_mode(0o700)).unwrap();
    assert!(told.contains("1 file left out") && told.contains("link.log"), "{told}");
    if !is_refused {
        return crate::support::skipped("this user may read everything");
    }
    assert_eq!((read.as_str(), finished.code), ("al", Some(1)), "{told}");
    assert!(told.contains("cannot read logs/deep: Permission denied"), "{told}");
}

/// To open a pipe again would be to wait for another writer without an end.
#[cfg(unix)]
#[test]
fn a_pipe_is_read_once_and_answers_that_read_twice_keep_it() {
    let lab = Lab::new();
    let lines = [event(1, "al"), event(2, "bo")].concat();
    write(&lab, "a.log", lines.as_bytes());
    let made = std::process::Command::new("mkfifo").arg(lab.file("pipe.log")).status().unwrap();
    assert!(made.success());
    let read = |verb: &str, options: &str| {
        let (path, lines) = (lab.file("pipe.log"), lines.clone());
        let writer = std::thread::spawn(move || fs::write(path, lines));
        let finished = lab.typed(&format!("audit {verb} pipe.log {options}")).finish().exits(0);
        writer.join().unwrap().unwrap();
        finished
    };
    assert_eq!(read("show", "--raw").out(), lines);
    assert_eq!(read("summary", "--by user").out().lines().count(), 2);
    assert_eq!(read("sessions", "--user bo").err().matches("without a session").count(), 1);
    assert!(read("timeline", "--event drop").err().contains("nothing is told"));
    assert!(read("show", "--user nobody").err().contains("no events"));
}

#[test]
fn a_plain_log_does_not_tell_its_instance() {
    let lab = Lab::new();
    write(&lab, "a.log", event(1, "al").as_bytes());
    let told = users(&lab, &["a.log", "--instance", "orders"]).1.exits(2).err();
    assert!(told.contains("omit --instance") && told.contains("instance=orders/"), "{told}");
    write(&lab, "instance=orders/a.log", event(1, "al").as_bytes());
    let way = users(&lab, &["instance=orders/a.log", "--instance", "orders"]);
    assert_eq!(way.0, "al", "{}", way.1.err());
}

#[test]
fn times_that_make_no_sense_are_told_with_what_does() {
    let lab = Lab::new();
    write(&lab, "a.log", event(1, "al").as_bytes());
    let verbs = [
        "show a.log",
        "summary a.log",
        "sessions a.log",
        "timeline a.log",
        "detect a.log",
        "report a.log --out page.html",
        "export a.log --to out --format csv",
        "follow orders",
        "download orders",
        "pull orders --to kept",
    ];
    for verb in verbs {
        let times: &[(&str, &str)] = &[
            ("--since 0", "--since: \"0\" is no time"),
            ("--since -1d", "hint: spans count backwards from now as they are: --since 1d"),
            ("--since 30", "hint: a span has a unit: --since 30d"),
            ("--since tomorrow", "a date (2026-11-01)"),
            ("--since 2026-11-31", "--since all is the whole log"),
            ("--until now", "hint: omit --until"),
            ("--until 1785542400000", "--until 1785542400\n"),
            ("--since 1d --until 2d", "nothing lies between them"),
        ];
        for (options, part) in times {
            let has_end = options.contains("--until");
            if has_end && (verb.starts_with("follow") || verb.starts_with("pull")) {
                continue;
            }
            let refused = lab.typed(&format!("audit {verb} {options}")).finish().exits(2);
            assert!(refused.err().contains(part), "{verb} {options}: {}", refused.err());
        }
    }
    // A server would say so, in words that are not ours. A file may be of a clock that is ahead.
    lab.requests();
    for verb in [
        "show orders",
        "summary orders",
        "follow orders",
        "download orders",
        "pull orders --to kept",
    ] {
        let refused = lab.typed(&format!("audit {verb} --since 2199-01-01")).finish().exits(2);
        let why = "--since 2199-01-01T00:00:00Z is in the future";
        assert!(refused.err().contains(why), "{verb}: {}", refused.err());
    }
    assert!(!lab.requests().iter().any(|request| request.contains("auditLogs")));
    lab.typed("audit show a.log --since 2199-01-01").finish().exits(0);
}

#[test]
fn of_an_archive_only_what_is_needed_is_read() {
    let lab = Lab::new();
    for (instance, user) in [("orders", "o"), ("payments", "p")] {
        for day in 1..=4 {
            let path =
                format!("kept/project=Shop/instance={instance}/day=2026-08-0{day}/0.ndjson.gz");
            write(&lab, &path, &gzip(&event(day, &format!("{user}{day}"))));
        }
    }
    let broken = "kept/project=Shop/instance=orders/day=2026-08-04/0.ndjson.gz";
    write(&lab, broken, b"\x1f\x8b damaged");
    let instance = ["kept/", "--instance", "orders"];
    let read = |more: &[&str]| users(&lab, &[&instance, more].concat());
    let (all, finished) = read(&[]);
    assert_eq!(all, "o1 o2 o3");
    assert!(finished.exits(1).err().contains("day=2026-08-04"));
    let (some, finished) = read(&["--since", "2026-08-02", "--until", "2026-08-03T00:00:01Z"]);
    assert_eq!((some.as_str(), finished.code), ("o2 o3", Some(0)), "{}", finished.err());
    let (one, finished) = read(&["--until", "2026-08-02"]);
    assert_eq!((one.as_str(), finished.code), ("o1", Some(0)), "{}", finished.err());
    assert_eq!(
        users(
            &lab,
            &[
                "kept/",
                "--instance",
                "payments,orders",
                "--since",
                "2026-08-03",
                "--until",
                "2026-08-04"
            ]
        )
        .0,
        "o3 p3"
    );
    let known = lab.typed(
        "audit show kept/ --instance payments -n 1 -o csv --columns project,instance,source",
    );
    let known = known.finish().exits(0).out();
    assert!(known.contains("Shop,payments,kept/project=Shop/instance=payments/"), "{known}");
    let near = users(&lab, &["kept/", "--instance", "paymnts"]).1.exits(5);
    assert!(near.err().contains("did you mean payments?"), "{}", near.err());
    write(&lab, "a.log", event(1, "a").as_bytes());
    let refused = users(&lab, &["kept/", "a.log", "--instance", "orders"]).1.exits(2);
    assert!(refused.err().contains("nothing says which instance a.log is of"), "{}", refused.err());
}

#[test]
fn what_was_read_before_damage_counts_and_others_go_on() {
    let lab = Lab::new();
    let many: String = (0..4_000).map(|n| event(1 + n % 5, &format!("u{n}"))).collect();
    let mut cut = gzip(&many);
    cut.truncate(cut.len() / 2);
    write(&lab, "cut.gz", &cut);
    write(&lab, "whole.log", event(1, "whole").as_bytes());
    let (read, finished) = users(&lab, &["cut.gz", "./absent.gz", "whole.log"]);
    assert!(read.starts_with("u0 u1 ") && read.ends_with(" whole"), "{read}");
    let finished = finished.exits(1);
    let told = finished.err();
    assert!(told.contains("cut.gz: cannot be read beyond "), "{told}");
    assert!(
        told.contains("there is no ./absent.gz") && told.contains("2 of 3 sources failed"),
        "{told}"
    );
    let summary = lab.typed("audit summary cut.gz whole.log -o json").finish().exits(1);
    let counted: u64 =
        summary.json().as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum();
    assert!(counted > 100, "{counted}");
    // A terminal is no log, and stdin is read once.
    let piped =
        lab.bare(["audit", "show", "-", "-", "--raw"]).stdin(&event(1, "a")).finish().exits(0);
    assert_eq!(piped.out(), event(1, "a"));
}

#[test]
fn lines_that_are_no_event_are_kept_where_one_asks_for_it() {
    let lab = Lab::new();
    let bytes =
        [event(1, "a").as_bytes(), b"\n{\"half\": \n\0\0\n{\"x\": \"\xff\"}\n{\"secret\": x}\n"]
            .concat();
    write(&lab, "dirty.log", &bytes);
    for (verb, file) in [("show", "bad1"), ("summary", "bad2")] {
        let line = format!("audit {verb} dirty.log --user nobody --bad {file}");
        let finished = lab.typed(&line).finish().exits(0);
        assert!(
            finished.err().contains(&format!("5 lines that are no event -> {file}")),
            "{}",
            finished.err()
        );
        let kept = fs::read_to_string(lab.file(file)).unwrap();
        let kept: Vec<Value> =
            kept.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |row: &Value, key: &str| row[key].as_str().map(str::to_owned);
        let faults: Vec<_> = kept
            .iter()
            .map(|row| (row["line"].as_u64().unwrap(), of(row, "why").unwrap()))
            .collect();
        let wanted = [
            (2, "blank"),
            (3, "ends within the object"),
            (4, "begins with a NUL byte"),
            (5, "not UTF-8 behind byte 7"),
            (6, "no JSON from byte 12 on"),
        ];
        assert_eq!(faults, wanted.map(|(line, why)| (line, why.to_owned())));
        assert_eq!(of(&kept[1], "text").as_deref(), Some("{\"half\": "));
        assert_eq!(of(&kept[3], "base64").as_deref(), Some("eyJ4IjogIv8ifQ=="));
        assert!(kept.iter().all(|row| row["source"] == "dirty.log"));
        lab.typed(&line).finish().exits(6);
    }
    let hinted = lab.typed("audit show dirty.log --raw").finish().exits(0);
    assert!(hinted.err().contains("hint: --bad FILE keeps such lines"), "{}", hinted.err());
    // Nothing to keep is told by an empty file.
    write(&lab, "clean.log", event(1, "a").as_bytes());
    lab.typed("audit show clean.log --raw --bad bad3").finish().exits(0);
    assert_eq!(fs::read(lab.file("bad3")).unwrap(), b"");
}
