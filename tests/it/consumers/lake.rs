//! Engines and a store that nobody here wrote, on what `spctl audit export` writes.

use std::fs;
use std::io::Write;

use serde_json::{Value, json};
use spctl_planted::{Packing, Plan, bytes};

use crate::consumers::store::Store;
use crate::consumers::{self, Python};
use crate::run::{self, Run};
use crate::support::Lab;

/// A lab with a log of everything, and what is true of it.
fn planted(events: u64) -> (Lab, Value) {
    let lab = Lab::new();
    let (log, truth) =
        bytes(&Plan::everything(events), Packing::Gzip { level: 1, member: Some(500_000) });
    fs::write(lab.file("orders.log.gz"), log).unwrap();
    (lab, serde_json::to_value(truth).unwrap())
}

/// What a query by the engine must say.
fn expected(truth: &Value) -> Value {
    let query = &truth["query"];
    json!({
        "events": truth["events"], "untimed": truth["untimed"], "inferred": truth["inferred"],
        "failures": truth["failures"],
        "by_event": truth["by_event"], "by_user": truth["by_user"], "by_ip": truth["by_ip"],
        "by_day": truth["by_day"], "by_processor": truth["by_processor"],
        "query": query["counts"]["count"], "query_bytes": query["bytes"],
    })
}

fn ask(python: &Python, script: &str, lab: &Lab, glob: &str, truth: &Value) -> Value {
    let path = lab.file(glob).display().to_string();
    python.run(script, &[&path], truth["query"].to_string()).exits(0).json()
}

/// Fails on the first answer that is another.
#[track_caller]
fn same(found: &Value, expected: &Value) {
    for (name, value) in expected.as_object().unwrap() {
        if value.is_object() {
            assert_eq!(
                found[name].as_object().map(|all| all.len()),
                value.as_object().map(|all| all.len()),
                "{name}"
            );
            for (key, counts) in value.as_object().unwrap() {
                assert_eq!(&found[name][key], counts, "{name} {key}");
            }
        }
        assert_eq!(&found[name], value, "{name}");
    }
}

#[test]
fn duckdb_finds_what_was_planted() {
    let Some(python) = consumers::python("duckdb") else { return };
    let (lab, truth) = planted(20_000);
    for (format, glob) in [("parquet", "out/**/*.parquet"), ("csv", "csv/**/*.csv.gz")] {
        let to = if format == "csv" { "csv --gzip" } else { "out" };
        let export = format!("audit export ./orders.log.gz --to {to} --format {format}");
        lab.typed(&export).finish().exits(0);
        same(&ask(&python, "duckdb_lake.py", &lab, glob, &truth), &expected(&truth));
    }
}

#[test]
fn spark_finds_what_was_planted() {
    let Some(python) = consumers::python("pyspark") else { return };
    if consumers::part("java").is_none() {
        return;
    }
    let (lab, truth) = planted(6000);
    lab.typed("audit export ./orders.log.gz --to out").finish().exits(0);
    same(&ask(&python, "spark_lake.py", &lab, "out", &truth), &expected(&truth));
}

#[test]
fn duckdb_reads_a_security_lake() {
    let Some(python) = consumers::python("duckdb") else { return };
    let (lab, truth) = planted(6000);
    let line = "audit export ./orders.log.gz --to lake --layout security-lake --region eu-west-1 \
                --account 123456789012";
    let done = lab.typed(line).finish().exits(0);
    let root = lab.file("lake/ext").display().to_string();
    let found = python.run("duckdb_ocsf.py", &[&root], "").exits(0).json();
    let timed = truth["events"].as_u64().unwrap() - truth["untimed"].as_u64().unwrap();
    assert_eq!(found["lines"], timed, "{}", done.err());
    // Every row of a source is of its class, filed by its day, in order, and says what OCSF requires.
    assert_eq!(found["misplaced"], 0);
    assert_eq!(found["incomplete"], 0);
    let failed = &found["failed_logons"];
    assert!(failed.as_u64().unwrap() > 0);
}

/// Sources of a log whose export is longer than one part: its lines cannot be compressed.
fn long(lab: &Lab) -> Run {
    let path = lab.file("long.log");
    if !path.exists() {
        let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
        let mut state = 1u64;
        for second in 0..20_000u64 {
            let mut noise = String::new();
            for _ in 0..256 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                noise += &format!("{:08x}", state >> 32);
            }
            let time = 1_788_220_800_000 + second * 1000;
            writeln!(
                file,
                r#"{{"class_uid":3002,"activity_id":1,"time":{time},"noise":"{noise}"}}"#
            )
            .unwrap();
        }
    }
    lab.typed("audit export ./long.log --to s3://logs/atlas -o json")
}

#[test]
fn a_store_takes_an_export() {
    let Some(store) = Store::start() else { return };
    let (lab, _) = planted(3000);
    lab.typed("audit export ./orders.log.gz --to out").finish().exits(0);
    let run = |more: &[&str]| {
        store.reached_by(
            lab.typed("audit export ./orders.log.gz --to s3://logs/atlas -o json").and(more),
        )
    };
    let planned = run(&["--dry-run"]).finish().exits(0);
    assert!(store.objects().is_empty());
    let done = run(&[]).finish().exits(0);
    assert_eq!(planned.out().replace("planned", "written"), done.out());
    let objects = store.objects();
    assert_eq!(objects.len(), done.json().as_array().unwrap().len());
    for name in &objects {
        let file = lab.file("out").join(name.strip_prefix("atlas/").unwrap());
        assert!(fs::read(store.bucket().join(name)).unwrap() == fs::read(file).unwrap(), "{name}");
    }
    // Again: nothing is sent.
    let again = run(&[]).finish().exits(0);
    assert_eq!(again.out(), done.out().replace("written", "unchanged"));
    // Something else under the same names.
    let other = run(&["--event", "sample"]).finish().exits(6);
    assert!(other.err().contains("lines that this export has not"), "{}", other.err());
    // A log that has grown takes in what is new.
    let log = lab.file("orders.log.gz");
    let later = r#"{"class_uid":3002,"activity_id":1,"time":1788393600000}"#;
    let mut bytes = fs::read(&log).unwrap();
    let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    // The last line of the log has no end yet.
    writeln!(member, "\n{later}").unwrap();
    bytes.extend(member.finish().unwrap());
    fs::write(&log, bytes).unwrap();
    let grown = run(&[]).finish().exits(0);
    assert_eq!(grown.out().matches("replaced").count(), 1, "{}", grown.shown());
    let forced = run(&["--event", "sample", "--force"]).finish().exits(0);
    assert!(forced.out().contains("replaced"), "{}", forced.shown());
}

#[test]
fn a_store_refuses_what_is_wrong() {
    let Some(store) = Store::start() else { return };
    let lab = Lab::new();
    // The source is not there: the store is asked before anything is read.
    let run =
        |to: &str| store.reached_by(lab.typed("audit export ./missing.log.gz --to").and(&[to]));
    let wrong =
        run("s3://logs/x").env("AWS_SECRET_ACCESS_KEY", "canary-of-another").finish().exits(4);
    assert!(wrong.err().contains("secret of the access key is wrong"), "{}", wrong.err());
    assert!(!wrong.err().contains("canary"), "{}", wrong.err());
    let unknown = run("s3://logs/x").env("AWS_ACCESS_KEY_ID", "AKNOBODY").finish().exits(4);
    assert!(unknown.err().contains("no such access key"), "{}", unknown.err());
    let nowhere = run("s3://elsewhere/x").finish().exits(5);
    assert!(nowhere.err().contains("there is no bucket elsewhere"), "{}", nowhere.err());
    assert!(store.objects().is_empty());
}

#[test]
fn an_upload_that_was_killed_leaves_no_object() {
    let Some(store) = Store::start() else { return };
    let lab = Lab::new();
    // In the middle of the second part of the only file.
    let line = store.line(9 << 20);
    let endpoint = format!("http://{}", line.address);
    let mut child = store
        .reached_by(long(&lab))
        .env("AWS_ENDPOINT_URL_S3", &endpoint)
        .command()
        .spawn()
        .unwrap();
    line.wait_until_cut();
    run::signal(&child, "KILL");
    child.wait().unwrap();
    assert_eq!(store.objects(), Vec::<String>::new());
    // The same command finishes the job.
    let done = store.reached_by(long(&lab)).finish().exits(0).json();
    let objects = store.objects();
    assert_eq!(objects.len(), done.as_array().unwrap().len());
    assert!(done[0]["bytes"].as_u64().unwrap() > 16 << 20, "{done}");
    lab.typed("audit export ./long.log --to out").finish().exits(0);
    for name in &objects {
        let file = lab.file("out").join(name.strip_prefix("atlas/").unwrap());
        assert!(fs::read(store.bucket().join(name)).unwrap() == fs::read(file).unwrap(), "{name}");
    }
}

#[test]
fn an_upload_that_is_interrupted_is_given_up() {
    let Some(store) = Store::start() else { return };
    let lab = Lab::new();
    let line = store.line(9 << 20);
    let endpoint = format!("http://{}", line.address);
    let mut child = store
        .reached_by(long(&lab))
        .env("AWS_ENDPOINT_URL_S3", &endpoint)
        .command()
        .spawn()
        .unwrap();
    line.wait_until_cut();
    run::signal(&child, "INT");
    assert_eq!(run::wait(&mut child), Some(130));
    assert_eq!(store.objects(), Vec::<String>::new());
}
