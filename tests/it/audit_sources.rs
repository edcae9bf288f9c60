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
    assert_eq!(users(&lab, &["logs/"]).0, "a b d c");
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
