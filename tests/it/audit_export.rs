//! `spctl audit export`: every event in a file of its day, whole or not there.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use spctl_planted::{Packing, Plan, bytes};

use crate::run::{Finished, Run, signal};
use crate::support::Lab;

/// A lab with a dirty log `orders.log.gz`, and its lines that are events.
fn planted() -> (Lab, Vec<String>) {
    let lab = Lab::new();
    let (gzip, truth) =
        bytes(&Plan::everything(3000), Packing::Gzip { level: 1, member: Some(100_000) });
    fs::write(lab.file("orders.log.gz"), &gzip).unwrap();
    let lines = lines_of(&unpacked(&gzip));
    assert_eq!(lines.len() as u64, truth.events);
    (lab, lines)
}

fn unpacked(gzip: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(gzip).read_to_end(&mut plain).expect("it is gzip");
    plain
}

/// The lines that are events, sorted.
fn lines_of(bytes: &[u8]) -> Vec<String> {
    let texts =
        bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    let is_event =
        |line: &&str| serde_json::from_str::<Value>(line).is_ok_and(|value| value.is_object());
    let mut lines: Vec<String> = texts.filter(is_event).map(str::to_owned).collect();
    lines.sort();
    lines
}

/// The files below a directory, with their contents.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut files, mut directories) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).into_iter().flatten() {
            let path: PathBuf = entry.unwrap().path();
            match path.is_dir() {
                true => directories.push(path),
                false => {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
    }
    files
}

fn export(lab: &Lab, more: &[&str]) -> Run {
    lab.typed("audit export ./orders.log.gz --to out -o json").and(more)
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// What became of each file.
fn states(finished: &Finished) -> Vec<String> {
    let rows = finished.json();
    let state = |row: &Value| row["state"].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(state).collect()
}

#[test]
fn every_line_is_in_a_file_of_its_day() {
    let (lab, lines) = planted();
    let rows = export(&lab, &["--format", "ndjson"]).finish().exits(0);
    let files = tree(&lab.file("out"));
    assert_eq!(lines_of(&files.values().cloned().collect::<Vec<_>>().concat()), lines);
    let told = rows.json();
    let told: Vec<(&str, u64, u64)> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["file"].as_str().unwrap(),
                row["lines"].as_u64().unwrap(),
                row["bytes"].as_u64().unwrap(),
            )
        })
        .collect();
    let found: Vec<(String, u64, u64)> = files
        .iter()
        .map(|(name, bytes)| {
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            (format!("out/{name}"), lines, bytes.len() as u64)
        })
        .collect();
    let found: Vec<_> =
        found.iter().map(|(name, lines, bytes)| (name.as_str(), *lines, *bytes)).collect();
    assert_eq!(told, found);
    assert!(files.keys().any(|name| name == "day=__HIVE_DEFAULT_PARTITION__/orders.0000.ndjson"));
    assert!(
        files.keys().any(|name| name == "day=2026-09-02/orders.0000.ndjson"),
        "{:?}",
        files.keys()
    );
    assert!(rows.err().contains("are no event"), "{}", rows.err());
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(lab.file("out/day=2026-09-02")), 0o700);
    assert_eq!(mode(lab.file("out/day=2026-09-02/orders.0000.ndjson")), 0o600);
}

#[test]
fn filters_narrow_an_export() {
    let (lab, lines) = planted();
    export(&lab, &["--format", "ndjson", "--grep", "admin.alice"]).finish().exits(0);
    let exported = lines_of(&tree(&lab.file("out")).into_values().collect::<Vec<_>>().concat());
    let wanted = lines.iter().filter(|line| line.contains("admin.alice"));
    assert_eq!(exported, wanted.cloned().collect::<Vec<_>>());
    assert!(!exported.is_empty() && exported.len() < lines.len());
}

#[test]
fn the_same_again_changes_nothing_and_another_needs_force() {
    let (lab, _) = planted();
    let first = export(&lab, &[]).finish().exits(0);
    assert!(states(&first).iter().all(|state| state == "written"), "{}", first.out());
    let before = tree(&lab.file("out"));
    // A run that was killed: a file is missing, and one is under way.
    let lost = lab.file("out").join(before.keys().nth(3).unwrap());
    fs::remove_file(&lost).unwrap();
    fs::write(lost.with_file_name(".orders.0000.parquet.0123456789ab.spctl.part"), "half").unwrap();
    let again = export(&lab, &[]).finish().exits(0);
    assert_eq!(states(&again).iter().filter(|state| *state == "written").count(), 1);
    assert!(again.err().contains("were there already"), "{}", again.err());
    assert_eq!(tree(&lab.file("out")), before);
    // Another part of the log.
    let other = export(&lab, &["--event", "sample"]).finish().exits(6);
    assert!(other.err().contains("lines that this export has not"), "{}", other.err());
    assert!(other.err().contains("add --force to lose"), "{}", other.err());
    assert_eq!(tree(&lab.file("out")), before);
    let forced = export(&lab, &["--event", "sample", "--force"]).finish().exits(0);
    assert!(states(&forced).contains(&"replaced".to_owned()), "{}", forced.out());
}

#[test]
fn parts_of_an_earlier_export_are_not_mistaken_for_this_one() {
    let (lab, _) = planted();
    let day = lab.file("out/day=2026-09-02");
    fs::create_dir_all(&day).unwrap();
    fs::write(day.join("orders.0001.csv"), "old").unwrap();
    let refused =
        export(&lab, &["--format", "csv", "--since", "2026-09-02", "--until", "2026-09-03"])
            .finish();
    let refused = refused.exits(6);
    assert!(
        refused.err().contains("orders.0001.csv is there already, with 1 line that this export"),
        "{}",
        refused.err()
    );
    let args = ["--format", "csv", "--since", "2026-09-02", "--until", "2026-09-03", "--force"];
    export(&lab, &args).finish().exits(0);
    assert!(!day.join("orders.0001.csv").exists());
}

#[test]
fn the_same_again_of_a_log_that_has_grown_takes_in_what_is_new() {
    let lake = "--layout security-lake --region eu-west-1 --account 123456789012";
    let forms = [
        "",
        "--format ndjson",
        "--format csv --gzip",
        "--format ecs",
        "--format ndjson --gzip",
        lake,
    ];
    for form in forms {
        let lab = Lab::new();
        let run = |to: &str| {
            lab.bare(["--local"])
                .and(&words(&format!("audit export orders --to {to} -o json {form}")))
                .finish()
                .exits(0)
        };
        let first = run("out");
        let before = tree(&lab.file("out"));
        // That the log was read is an event of the log.
        let again = run("out");
        let states = states(&again);
        let count = |wanted: &str| states.iter().filter(|state| *state == wanted).count();
        assert_eq!((count("replaced"), count("unchanged")), (1, before.len() - 1), "{form}");
        assert!(
            again.err().contains("1 in the place of others, whose lines they hold and more"),
            "{}",
            again.err()
        );
        let lines = |run: &Finished| {
            let rows = run.json();
            rows.as_array().unwrap().iter().map(|row| row["lines"].as_u64().unwrap()).sum::<u64>()
        };
        assert_eq!(lines(&again), lines(&first) + 1, "{form}");
    }
}

#[test]
fn days_are_exported_whole_so_that_a_part_of_one_takes_no_place() {
    let (lab, lines) = planted();
    let ndjson = ["--format", "ndjson"];
    export(&lab, &ndjson).finish().exits(0);
    let before = tree(&lab.file("out"));
    for range in [
        &["--since", "2026-09-03T12:00:00Z"][..],
        &["--until", "2026-09-03T12:00:00Z"],
        &["--since", "2026-09-02T23:59:59Z", "--until", "2026-09-03T00:00:01Z"],
        &["--since", "2026-09-03T12:00:00Z", "--force"],
    ] {
        let part = export(&lab, &ndjson).and(range).finish().exits(0);
        assert!(states(&part).iter().all(|state| state == "unchanged"), "{}", part.shown());
        assert!(part.err().contains("days are exported whole: "), "{}", part.shown());
        assert_eq!(tree(&lab.file("out")), before);
    }
    let exact = export(&lab, &ndjson).and(&["--since", "2026-09-03"]).finish().exits(0);
    assert!(!exact.err().contains("whole"), "{}", exact.shown());
    assert_eq!(lines_of(&before.into_values().collect::<Vec<_>>().concat()), lines);

    // Of an instance, too: by default its log begins within a day.
    let lab = Lab::new();
    let all =
        |lab: &Lab| lines_of(&tree(&lab.file("out")).into_values().collect::<Vec<_>>().concat());
    let run = |more: &str| {
        lab.bare(["--local"])
            .and(&words(&format!("audit export orders --to out --format ndjson {more}")))
            .finish()
            .exits(0)
    };
    run("");
    let whole = all(&lab);
    for more in ["--since 5d", "--since 5d --force", "--force", ""] {
        run(more);
        let now = all(&lab);
        assert!(whole.iter().all(|line| now.contains(line)), "{more}");
    }
}

#[test]
fn a_file_that_has_lost_lines_is_not_put_in_the_place_of_one_that_has_them() {
    let (lab, _) = planted();
    export(&lab, &["--format", "csv"]).finish().exits(0);
    let before = tree(&lab.file("out"));
    let log = unpacked(&fs::read(lab.file("orders.log.gz")).unwrap());
    let half: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').step_by(2).collect();
    fs::write(lab.file("orders.log.gz"), half.concat()).unwrap();
    let refused = export(&lab, &["--format", "csv"]).finish().exits(6);
    assert!(refused.err().contains("lines that this export has not"), "{}", refused.shown());
    assert_eq!(tree(&lab.file("out")), before);
    export(&lab, &["--format", "csv", "--force"]).finish().exits(0);
    assert_ne!(tree(&lab.file("out")), before);
}

#[test]
fn what_is_under_way_when_it_is_interrupted_is_let_go() {
    let (lab, lines) = planted();
    let mut command = lab.typed("audit export - --to out --format ndjson").command();
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut log = child.stdin.take().unwrap();
    // As many as are written at once, and more: files are under way.
    let all = lines.join("\n") + "\n";
    for _ in 0..20 {
        log.write_all(all.as_bytes()).unwrap();
    }
    let has_begun = || fs::read_dir(lab.file("out")).is_ok_and(|mut days| days.next().is_some());
    assert!((0..3000).any(|_| {
        sleep(Duration::from_millis(10));
        has_begun()
    }));
    signal(&child, "INT");
    // What is read next tells that nobody wants it.
    let _ = log.write_all(all.as_bytes());
    drop(log);
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(130), "{said}");
    assert!(said.contains("files that were written are whole"), "{said}");
    let left = tree(&lab.file("out")).into_keys().filter(|name| name.ends_with(".part"));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_dry_run_tells_what_there_would_be() {
    let (lab, _) = planted();
    let planned = export(&lab, &["--dry-run"]).finish().exits(0);
    assert!(states(&planned).iter().all(|state| state == "planned"), "{}", planned.out());
    assert!(!lab.file("out").exists());
    let done = export(&lab, &[]).finish().exits(0);
    assert_eq!(planned.out().replace("planned", "written"), done.out());
}

#[test]
fn text_can_be_compressed() {
    let (lab, _) = planted();
    for format in ["ndjson", "csv", "ecs"] {
        let plain = format!("audit export ./orders.log.gz --to {format} --format {format}");
        lab.typed(&plain).finish().exits(0);
        let packed =
            format!("audit export ./orders.log.gz --to {format}-gz --format {format} --gzip");
        lab.typed(&packed).finish().exits(0);
        let (plain, packed) = (tree(&lab.file(format)), tree(&lab.file(&format!("{format}-gz"))));
        let unpacked = packed
            .into_iter()
            .map(|(name, bytes)| (name.strip_suffix(".gz").unwrap().to_owned(), unpacked(&bytes)));
        assert_eq!(unpacked.collect::<BTreeMap<_, _>>(), plain, "{format}");
    }
    let refused = export(&lab, &["--gzip"]).finish().exits(2);
    assert!(refused.err().contains("Parquet is compressed within"), "{}", refused.err());
}

#[test]
fn an_instance_is_exported_under_its_name() {
    let lab = Lab::new();
    let export = words("audit export orders payments --to out --format csv");
    let rows = lab.bare(["--local"]).and(&export);
    rows.finish().exits(0);
    let files = tree(&lab.file("out"));
    for instance in ["orders", "payments"] {
        let records: usize = files
            .iter()
            .filter(|(name, _)| name.contains(&format!("/{instance}.0")))
            .map(|(_, csv)| csv::Reader::from_reader(csv.as_slice()).records().count())
            .sum();
        let log = lab
            .bare(["--local", "audit", "download", instance, "--decompress", "--out", "-"])
            .finish();
        let lines = lines_of(&log.stdout).len();
        // Each look at a log is an event of its own.
        assert!(records > 20 && lines.abs_diff(records) <= 1, "{instance}: {records}, {lines}");
    }
}

#[test]
fn a_lake_has_a_source_for_each_class() {
    let (lab, _) = planted();
    let args = ["--layout", "security-lake", "--region", "eu-west-1", "--account", "123456789012"];
    let done = export(&lab, &args).finish().exits(0);
    let files = tree(&lab.file("out"));
    let sources: Vec<&str> = files.keys().map(|name| name.split('/').nth(1).unwrap()).collect();
    for source in ["atlas-streams-3002", "atlas-streams-3004"] {
        assert!(sources.contains(&source), "{sources:?}");
    }
    let name = "ext/atlas-streams-3002/region=eu-west-1/accountId=123456789012/eventDay=20260902/";
    assert!(files.keys().any(|file| file.starts_with(name)), "{:?}", files.keys());
    assert!(done.err().contains("left out, without a time"), "{}", done.err());
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_read() {
    let lab = Lab::new();
    let refused = |line: &str| lab.typed(&format!("audit export ./missing.log.gz {line}")).shown();
    let shown = [
        "--to=",
        "--to -",
        "--to gs://bucket",
        "--to s3://b",
        "--to s3://bucket//x",
        "--to out --endpoint http://127.0.0.1:1",
        "--to out --account 123456789012",
        "--to out --layout security-lake --format csv",
        "--to out --layout security-lake --region eu-west-1",
        "--to out --layout security-lake --region eu-west-1 --account 12",
        "--to out --layout security-lake --account 123456789012",
        "--to out --layout security-lake --account 123456789012 --region ../x",
        "--to out --layout security-lake --account 123456789012 --region eu-west-1 --source-name my/source",
    ];
    insta::assert_snapshot!("audit_export_misuse", shown.map(refused).join("\n"));
}

#[test]
fn a_bucket_needs_a_key_a_region_and_a_safe_way() {
    let lab = Lab::new();
    let run = |args: &[&str], env: &[(&str, &str)]| {
        let run = lab.typed("audit export ./missing.log.gz --to s3://bucket/logs").and(args);
        env.iter().fold(run, |run, (name, value)| run.env(name, value)).shown()
    };
    let key =
        [("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "canary-of-the-key")];
    let shown = [
        run(&[], &[]),
        run(&[], &key[..1]),
        run(&[], &key),
        run(&["--endpoint", "http://192.0.2.1:9000"], &key),
        run(&["--endpoint", "nowhere"], &key),
        // Nobody listens there.
        run(&["--endpoint", "http://127.0.0.1:9"], &key).replace("(os error 111)", ""),
    ];
    let shown = shown.join("\n");
    assert!(!shown.contains("canary"), "{shown}");
    insta::assert_snapshot!("audit_export_bucket", shown);
}
