use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;

use super::*;

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, found)),
        _ => {}
    }
}

fn parsed(sample: &Sample) -> Vec<Value> {
    sample.audit.iter().map(|line| serde_json::from_str(&line.line).unwrap()).collect()
}

#[test]
fn the_same_seed_and_time_make_the_same_sample() {
    assert_eq!(build(7, now()), build(7, now()));
    assert_ne!(build(7, now()), build(8, now()));
}

#[test]
fn every_line_parses_and_its_type_follows_from_class_and_activity() {
    let sample = build(1, now());
    for (line, event) in sample.audit.iter().zip(parsed(&sample)) {
        let number = |key: &str| event[key].as_u64().unwrap();
        assert_eq!(number("type_uid"), number("class_uid") * 100 + number("activity_id"));
        assert_eq!(event["time"].as_i64(), Some(line.time_ms));
        assert!(line.time_ms < now().as_millisecond());
        assert!(line.time_ms >= now().as_millisecond() - 30 * 86_400_000);
    }
}

#[test]
fn all_ten_kinds_of_event_occur_for_any_seed() {
    for seed in 0..8 {
        let sample = build(seed, now());
        for instance in ["orders", "payments"] {
            let kinds: BTreeSet<(String, u64)> = sample
                .audit
                .iter()
                .zip(parsed(&sample))
                .filter(|(line, _)| line.instance == instance)
                .map(|(_, event)| {
                    let name = event["unmapped"]["atype"].as_str().unwrap().to_owned();
                    (name, event["status_id"].as_u64().unwrap())
                })
                .collect();
            assert_eq!(kinds.len(), 10, "seed {seed}, {instance}: {kinds:?}");
        }
    }
}

#[test]
fn a_day_of_the_busiest_instance_has_some_dozens_of_events() {
    let sample = build(1, now());
    let orders = sample.audit.iter().filter(|line| line.instance == "orders").count();
    assert!((30 * 40..30 * 80).contains(&orders), "{orders}");
}

#[test]
fn every_address_is_one_of_the_documentation_ranges() {
    let ranges: Vec<IpNet> = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"]
        .map(|range| range.parse().unwrap())
        .into();
    let sample = build(1, now());
    let mut found = Vec::new();
    let documents = sample.access_list.iter().map(|(_, entry)| entry);
    documents.chain([&sample.control_plane_ips]).for_each(|value| strings(value, &mut found));
    parsed(&sample).iter().for_each(|value| strings(value, &mut found));
    let addresses: Vec<IpNet> = found
        .iter()
        .filter_map(|text| text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).ok())
        .collect();
    assert!(addresses.len() > 1000);
    for address in addresses {
        assert!(ranges.iter().any(|range| range.contains(&address)), "{address}");
    }
}

#[test]
fn ids_are_unique_and_have_24_hexadecimal_digits() {
    let sample = build(1, now());
    let ids: Vec<&str> = (sample.orgs.iter().chain(&sample.projects))
        .chain(sample.clusters.iter().map(|(_, cluster)| cluster))
        .chain(sample.instances.iter().map(|(_, instance)| instance))
        .map(|document| document.get("id").or(document.get("_id")).unwrap().as_str().unwrap())
        .collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for id in ids {
        assert!(id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    }
}

#[test]
fn one_name_and_one_name_only_stands_in_two_authentication_databases() {
    let sample = build(1, now());
    let count = |name: &str| {
        let named = |user: &&(String, Value)| user.1["username"] == name;
        sample.database_users.iter().filter(named).count()
    };
    assert_eq!((count("alice"), count("carol")), (1, 2));
    assert!(sample.database_users.len() <= 12);
}
