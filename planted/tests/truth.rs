//! The answers, held against a slow and simple reading of what was written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde_json::Value;
use spctl_planted::{AVERAGE, DAY, Packing, Plan, Shape, archive, bytes};

fn everything() -> Plan {
    Plan { late_field_from: Some(2000), huge_every: Some(2500), ..Plan::everything(4000) }
}

fn lines(log: &[u8]) -> Vec<&[u8]> {
    let log = log.strip_suffix(b"\n").unwrap_or(log);
    log.split(|byte| *byte == b'\n').collect()
}

/// The lines that are one JSON object, in UTF-8 throughout.
fn objects(log: &[u8]) -> Vec<Value> {
    let object = |line: &&[u8]| serde_json::from_slice(line).ok().filter(Value::is_object);
    lines(log).iter().filter_map(object).collect()
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// User, address and whether it failed, as a person would read it from any shape.
fn told(line: &Value) -> (String, String, bool) {
    if line.get("atype").is_some() {
        let (user, database) = match line["users"].get(0) {
            Some(user) => (text(user, "/user"), text(user, "/db")),
            None => (text(line, "/param/user"), text(line, "/param/db")),
        };
        let user = format!("{database}.{user}");
        return (user, text(line, "/remote/ip").to_owned(), line["result"] != 0);
    }
    let user = [text(line, "/actor/user/name"), text(line, "/user/name")];
    let user = user.into_iter().find(|user| !user.is_empty()).unwrap_or_default();
    let refused =
        line["class_uid"] == 3002 && line["activity_id"] == 1 && line["actor"]["user"].is_null();
    let failed = line["status_id"] == 2 || line["class_uid"] == 6003 || refused;
    (user.to_owned(), text(line, "/src_endpoint/ip").to_owned(), failed)
}

#[test]
fn the_counts_are_those_of_the_lines() {
    let (log, truth) = bytes(&everything(), Packing::Plain);
    assert_eq!(truth.bytes, log.len() as u64);
    assert_eq!(truth.lines, lines(&log).len() as u64);
    assert_eq!(truth.longest, lines(&log).iter().map(|line| line.len()).max().unwrap() as u64);
    assert!(truth.longest > 1_000_000, "{}", truth.longest);
    let objects = objects(&log);
    assert_eq!(truth.events, objects.len() as u64);
    assert_eq!(truth.lines, truth.events + truth.malformed());
    assert!(truth.malformed.len() > 8 && truth.twins > 5 && truth.untimed > 5, "{truth:?}");

    let (mut users, mut addresses, mut failures) = (BTreeMap::new(), BTreeMap::new(), 0);
    for object in &objects {
        let (user, address, failed) = told(object);
        *users.entry(user).or_insert(0) += 1;
        *addresses.entry(address).or_insert(0) += 1;
        failures += u64::from(failed);
    }
    assert_eq!(failures, truth.failures);
    let counts = |of: &BTreeMap<String, spctl_planted::Counts>| -> BTreeMap<String, u64> {
        of.iter().map(|(key, counts)| (key.clone(), counts.count)).collect()
    };
    assert_eq!(users, counts(&truth.by_user));
    assert_eq!(addresses, counts(&truth.by_ip));
    for all in [&truth.by_event, &truth.by_outcome, &truth.by_shape, &truth.by_instance] {
        assert_eq!(all.values().map(|counts| counts.count).sum::<u64>(), truth.events);
    }
    for timed in [&truth.by_day, &truth.by_hour, &truth.by_weekday_hour] {
        let sum = timed.values().map(|counts| counts.count).sum::<u64>();
        assert_eq!(sum, truth.events - truth.untimed);
    }
    let late = truth.late_field.unwrap();
    let has_it = |line: &&[u8]| line.windows(15).any(|window| window == b"direct_endpoint");
    let first = lines(&log).iter().position(has_it).unwrap() as u64 + 1;
    assert_eq!(late.first_line, first);
    assert_eq!(late.lines, lines(&log).iter().filter(|line| has_it(line)).count() as u64);
}

#[test]
fn the_search_and_the_sessions_are_those_of_the_lines() {
    let (log, truth) = bytes(&Plan::clean(20_000), Packing::Plain);
    let query = &truth.query;
    let (mut crc, mut count) = (flate2::Crc::new(), 0);
    let (mut logons, mut logoffs, mut drops) = (BTreeSet::new(), BTreeSet::new(), 0);
    for line in lines(&log) {
        let value: Value = serde_json::from_slice(line).unwrap();
        let (user, _, failed) = told(&value);
        let session = text(&value, "/metadata/correlation_uid").to_owned();
        match text(&value, "/unmapped/atype") {
            "authenticate" if !failed => drop(logons.insert(session)),
            "logout" => drop(logoffs.insert(session)),
            "dropStreamProcessor" => drops += 1,
            "startStreamProcessor" => {
                let time = value["time"].as_i64().unwrap();
                if user == query.user && (query.since..query.until).contains(&time) {
                    count += 1;
                    crc.update(&[line, b"\n"].concat());
                }
            }
            _ => {}
        }
    }
    assert!(count > 3, "{query:?}");
    assert_eq!((count, crc.sum()), (query.counts.count, query.crc32));
    assert_eq!(logons.len() as u64, truth.sessions.begun);
    assert_eq!(logoffs.len() as u64, truth.sessions.ended);
    assert!(logoffs.is_subset(&logons));
    assert_eq!(drops, truth.by_event["dropStreamProcessor"].count);
    assert_eq!(drops, truth.drops.len() as u64);
}

#[test]
fn a_session_keeps_its_shape_and_a_processor_its_life() {
    let plan = Plan { shapes: vec![Shape::Schema], ..Plan::clean(30_000) };
    let (log, _) = bytes(&plan, Packing::Plain);
    let mut lives: BTreeMap<String, &str> = BTreeMap::new();
    for line in lines(&log) {
        let value: Value = serde_json::from_slice(line).unwrap();
        let (what, failed) = (text(&value, "/unmapped/atype").to_owned(), told(&value).2);
        let name = text(&value, "/entity/uid").to_owned();
        if failed {
            continue;
        }
        let before = lives.get(&name).copied();
        let (wanted, after) = match what.as_str() {
            "createStreamProcessor" => (None, "idle"),
            "startStreamProcessor" => (Some("idle"), "running"),
            "stopStreamProcessor" => (Some("running"), "idle"),
            ".sample()" => (Some("running"), "running"),
            "dropStreamProcessor" => (Some("idle"), "dropped"),
            _ => continue,
        };
        assert_eq!(before, wanted, "{what} {name}");
        lives.insert(name, after);
    }
    assert!(lives.values().filter(|state| **state == "dropped").count() > 50);
}

#[test]
fn every_packing_holds_the_same_bytes() {
    let plan = everything();
    let (plain, truth) = bytes(&plan, Packing::Plain);
    let member = Packing::Gzip { level: 1, member: Some(100_003) };
    for packing in [Packing::GZIP, member, Packing::Zstd] {
        let (packed, same) = bytes(&plan, packing);
        assert_eq!(same, truth);
        let mut unpacked = Vec::new();
        match packing {
            Packing::Zstd => unpacked = zstd::decode_all(packed.as_slice()).unwrap(),
            _ => {
                let mut decoder = flate2::read::MultiGzDecoder::new(packed.as_slice());
                decoder.read_to_end(&mut unpacked).unwrap();
            }
        }
        assert!(unpacked == plain, "{packing:?}");
    }
}

#[test]
fn an_archive_holds_each_day_in_its_file() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("planted-archive");
    let _ = std::fs::remove_dir_all(&dir);
    let plan = Plan { shuffle: 300, gap: 4..6, ..Plan::clean(5000).over(12) };
    let truth = archive(&plan, &dir).unwrap();
    let mut days = BTreeMap::new();
    for day in std::fs::read_dir(dir.join("instance=orders")).unwrap() {
        let day = day.unwrap();
        let name = day.file_name().into_string().unwrap();
        let file = std::fs::File::open(day.path().join("0.ndjson.gz")).unwrap();
        let mut log = Vec::new();
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut log).unwrap();
        let objects = objects(&log);
        let time = |object: &Value| object["time"].as_i64().unwrap();
        assert!(
            objects.iter().all(|o| time(o).div_euclid(DAY) == time(&objects[0]).div_euclid(DAY))
        );
        assert!(!objects.is_sorted_by_key(time), "{name}");
        days.insert(name.trim_start_matches("day=").to_owned(), objects.len() as u64);
    }
    let counts: BTreeMap<_, _> =
        truth.by_day.iter().map(|(day, counts)| (day.clone(), counts.count)).collect();
    assert_eq!(days, counts);
    assert_eq!(days.len(), 10);
}

#[test]
fn the_incident_is_told() {
    let plan = Plan { incident: true, ..Plan::clean(20_000) };
    let (log, truth) = bytes(&plan, Packing::Plain);
    let incident = truth.incident.unwrap();
    assert_eq!((incident.refused, incident.log_accesses), (40, 1));
    assert!(incident.dropped > 0 && incident.denied == 1, "{incident:?}");
    let all = lines(&log);
    let numbers: Vec<u64> = (1..)
        .zip(&all)
        .filter(|(_, line)| told(&serde_json::from_slice(line).unwrap()).1 == incident.ip)
        .map(|(number, _)| number)
        .collect();
    assert_eq!((numbers[0], numbers[numbers.len() - 1]), incident.lines);
    assert_eq!(numbers.len() as u64, incident.counts.count);
}

#[test]
fn a_plan_gives_the_same_log_again_and_about_the_size_that_is_asked_for() {
    let plan = everything();
    assert!(bytes(&plan, Packing::Plain) == bytes(&plan, Packing::Plain));
    assert!(bytes(&plan, Packing::Plain) != bytes(&Plan { seed: 2, ..plan }, Packing::Plain));
    let (log, _) = bytes(&Plan::clean(0).sized(4_000_000), Packing::Plain);
    assert!((3_600_000..4_400_000).contains(&log.len()), "{} {AVERAGE}", log.len());
    assert_eq!(bytes(&Plan::clean(0), Packing::Plain).0, b"");
}
