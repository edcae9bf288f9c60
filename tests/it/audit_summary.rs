//! `spctl audit summary`: counts that equal a recount by hand.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Map, Value, json};

use crate::support::Lab;
use crate::terminal::Terminal;

/// The sample's log of an instance, in a file; its events.
fn sample(lab: &Lab) -> Vec<Value> {
    let args = ["audit", "download", "orders", "--since", "all", "--decompress", "--out", "a.log"];
    lab.spctl(args).finish().exits(0);
    let text = fs::read_to_string(lab.file("a.log")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn rows(lab: &Lab, line: &str) -> Vec<Value> {
    let finished = lab.typed(&format!("audit summary {line} -o json")).finish().exits(0);
    finished.json().as_array().expect("an array").clone()
}

fn time(event: &Value) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(event["time"].as_i64().expect("a time")).unwrap()
}

/// What an event of the sample is counted under, read from the line in another way.
fn value(event: &Value, key: &str) -> Value {
    let user = || match &event["actor"]["user"]["name"] {
        Value::Null => event["user"]["name"].clone(),
        name => name.clone(),
    };
    let failed = event["status_id"] == 2;
    let zoned = time(event).to_zoned(jiff::tz::TimeZone::UTC);
    match key {
        "user" => user(),
        "ip" => event["src_endpoint"]["ip"].clone(),
        "instance" => "orders".into(),
        "outcome" => if failed { "failure" } else { "success" }.into(),
        "day" => zoned.strftime("%Y-%m-%d").to_string().into(),
        "hour" => zoned.strftime("%Y-%m-%dT%H:00:00Z").to_string().into(),
        "weekday-hour" => zoned.strftime("%a %H:00").to_string().into(),
        "processor" if event["entity"]["type"] == "stream_processor" => {
            event["entity"]["name"].clone()
        }
        "processor" => Value::Null,
        "event" => match event["unmapped"]["atype"].as_str().unwrap() {
            "authenticate" if failed => "Failed Authentication".into(),
            "authenticate" => "Successful Authentication".into(),
            "logout" => "Connection Termination".into(),
            name => name.into(),
        },
        other => panic!("{other}"),
    }
}

/// The rows by their keys, in no order.
fn recounted(events: &[Value], keys: &[&str]) -> BTreeMap<String, Value> {
    let mut groups: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for event in events {
        let key: Vec<Value> = keys.iter().map(|key| value(event, key)).collect();
        groups.entry(json!(key).to_string()).or_default().push(event);
    }
    let row = |(key, events): (String, Vec<&Value>)| {
        let failures = events.iter().filter(|event| event["status_id"] == 2).count();
        let times = || events.iter().map(|event| time(event));
        let mut row: Map<String, Value> =
            keys.iter().map(|key| ((*key).to_owned(), value(events[0], key))).collect();
        row.insert("count".into(), events.len().into());
        row.insert("failures".into(), failures.into());
        row.insert("first".into(), times().min().unwrap().to_string().into());
        row.insert("last".into(), times().max().unwrap().to_string().into());
        (key, Value::Object(row))
    };
    groups.into_iter().map(row).collect()
}

#[test]
fn each_key_and_pair_of_keys_equals_a_recount() {
    let lab = Lab::new();
    let events = sample(&lab);
    fs::create_dir_all(lab.file("logs/instance=orders")).unwrap();
    fs::copy(lab.file("a.log"), lab.file("logs/instance=orders/a.log")).unwrap();
    let keys =
        ["user", "event", "ip", "instance", "processor", "day", "hour", "weekday-hour", "outcome"];
    let pairs = [["user", "event"], ["day", "user"], ["ip", "outcome"], ["weekday-hour", "event"]];
    let all = keys.iter().map(std::slice::from_ref).chain(pairs.iter().map(|pair| &pair[..]));
    for keys in all {
        let got = rows(&lab, &format!("logs/ --by {}", keys.join(",")));
        let got: BTreeMap<String, Value> = got
            .into_iter()
            .map(|row| {
                (json!(keys.iter().map(|key| &row[key]).collect::<Vec<_>>()).to_string(), row)
            })
            .collect();
        assert!(got == recounted(&events, keys), "{keys:?}: {got:#?}");
    }
}

#[test]
fn the_largest_comes_first_and_times_follow_each_other() {
    let lab = Lab::new();
    let events = sample(&lab);
    let counts = |line: &str| -> Vec<u64> {
        rows(&lab, line).iter().map(|row| row["count"].as_u64().unwrap()).collect()
    };
    let by_user = counts("./a.log --by user");
    assert!(by_user.is_sorted_by(|one, other| one >= other), "{by_user:?}");
    assert_eq!(counts("./a.log --by user -n 2"), by_user[..2]);
    let texts = |key: &str| -> Vec<String> {
        rows(&lab, &format!("./a.log --by {key}"))
            .iter()
            .map(|row| row[key].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(texts("day").is_sorted() && texts("hour").is_sorted());
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let number =
        |text: &String| (days.iter().position(|day| text.starts_with(day)), text[4..].to_owned());
    assert!(texts("weekday-hour").is_sorted_by_key(number));
    // By event, where nothing else is asked for.
    assert_eq!(counts("./a.log"), counts("./a.log --by event"));
    assert_eq!(counts("./a.log").iter().sum::<u64>(), events.len() as u64);
}

/// A log with everything that lines may lack.
const ODD: &str = r#"{"class_uid":3002,"activity_id":1,"time":1785542400000,"actor":{},"user":{"name":"admin.eve"},"src_endpoint":{"ip":"2001:db8:0::1"},"metadata":{"product":"MongoDB Server"},"unmapped":{"atype":"authenticate"}}
{"class_uid":3002,"activity_id":1,"time":1785628800000,"status_id":2,"user":{"name":"admin.eve"},"src_endpoint":{"ip":"2001:DB8::1"}}
{"class_uid":3002,"activity_id":1,"time":1785888000000,"status_id":1,"actor":{"user":{"name":"admin.alice"}}}
{"class_uid":3004,"activity_id":4,"status_id":1,"entity":{"name":"p","type":"stream_processor"},"unmapped":{"atype":"dropStreamProcessor"}}

{"cut":
"#;

#[test]
fn what_lines_do_not_say_is_a_row_and_what_is_inferred_is_told() {
    let lab = Lab::new();
    fs::write(lab.file("odd.log"), ODD).unwrap();
    let shown = |line: &str| lab.typed(&format!("audit summary ./odd.log {line}")).shown();
    insta::assert_snapshot!(
        [
            shown("--by user -o table --columns user,count,failures"),
            shown("--by user,outcome -o json"),
            shown("--by ip"),
            shown("--by day -o csv"),
            shown("--by weekday-hour -o csv --columns weekday-hour,count,failures,inferred"),
            shown("--by user -n 1 -q"),
            shown("--user nobody --by user -o json"),
        ]
        .join("\n")
    );
}

#[test]
fn what_cannot_be_counted_by_is_refused() {
    let lab = Lab::new();
    fs::write(lab.file("odd.log"), ODD).unwrap();
    for wrong in
        ["--by users", "--by", "-n few", "-n 0", "--columns nothing", "--by user --columns ip"]
    {
        let refused = lab.typed(&format!("audit summary ./odd.log {wrong}")).finish().exits(2);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
    }
    // Once is enough.
    let twice = rows(&lab, "./odd.log --by user --by user,user");
    assert_eq!(twice, rows(&lab, "./odd.log --by user"));
}

#[test]
fn instances_of_one_name_in_two_projects_are_two() {
    let lab = Lab::new();
    for (project, lines) in [("shop", 2), ("bank", 1)] {
        let dir = lab.file(&format!("logs/project={project}/instance=orders/day=2026-08-01"));
        fs::create_dir_all(&dir).unwrap();
        let line = "{\"class_uid\":3002,\"time\":1785542400000}\n";
        fs::write(dir.join("a.ndjson"), line.repeat(lines)).unwrap();
    }
    let names = |line: &str| lab.typed(line).finish().exits(0).out();
    assert_eq!(names("audit summary logs/ --by instance -q"), "shop/orders\nbank/orders\n");
    assert_eq!(names("audit summary logs/project=shop --by instance -q"), "orders\n");
}

/// A second reading would find nothing to read.
#[test]
fn too_many_values_are_not_counted_from_a_pipe_that_is_empty_then() {
    let lab = Lab::new();
    let mut text = String::new();
    for number in 0..100_001 {
        text.push_str(&format!("{{\"class_uid\":3002,\"user\":{{\"name\":\"u{number}\"}}}}\n"));
    }
    text.push_str(&"{\"class_uid\":3002,\"user\":{\"name\":\"often\"}}\n".repeat(10));
    fs::write(lab.file("many.log"), &text).unwrap();
    let many = lab.typed("audit summary ./many.log --by user -o json").finish().exits(0);
    let rows = many.json();
    let told: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (&row["user"], &row["count"])).collect();
    assert_eq!(told, [(&json!("often"), &json!(10))]);
    assert!(many.err().contains("those with up to 2 events are left out"), "{}", many.err());
    assert!(many.err().contains("100011 events"), "{}", many.err());
    let piped = lab.typed("audit summary - --by user -o json").stdin(&text).finish();
    // Either it can be read twice, or it is said that it cannot.
    match piped.code {
        Some(0) => assert_eq!(piped.json(), rows),
        _ => assert!(piped.err().contains("save what comes from stdin"), "{}", piped.shown()),
    }
}

fn on_screen(lab: &Lab, line: &str, columns: u16) -> String {
    let screen = Terminal::wide(&lab.typed(line), columns).ends(0);
    screen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_terminal_shows_when_it_was() {
    let lab = Lab::new();
    fs::write(lab.file("odd.log"), ODD).unwrap();
    let by_day = on_screen(&lab, "audit summary ./odd.log --by day", 80);
    // Days without events are seen to be empty.
    for day in ["2026-08-01", "2026-08-02", "2026-08-03", "2026-08-04", "2026-08-05", "(none)"] {
        assert!(by_day.lines().any(|line| line.starts_with(day)), "{day}: {by_day}");
    }
    let blocks = |day: &str| {
        let line = by_day.lines().find(|line| line.starts_with(day)).unwrap();
        line.matches('█').count()
    };
    assert_eq!((blocks("2026-08-01"), blocks("2026-08-03")), (30, 0), "{by_day}");
    let by_user = on_screen(&lab, "audit summary ./odd.log --by user", 80);
    assert!(by_user.contains('█') && by_user.contains("from 2026-08-01T00:00:00Z"), "{by_user}");
    assert!(by_user.contains("admin.eve"), "{by_user}");
    let by_hour = on_screen(&lab, "audit summary ./odd.log --by weekday-hour", 80);
    assert!(by_hour.contains("Mon │") && by_hour.contains("Sun │"), "{by_hour}");
    for wide in [by_day, by_user, by_hour] {
        let drawn = wide.lines().filter(|line| !line.contains(" events from "));
        assert!(drawn.clone().all(|line| line.chars().count() <= 80), "{wide}");
    }
    // Whoever asks for data gets numbers.
    let csv = on_screen(&lab, "audit summary ./odd.log --by day -o csv", 80);
    assert!(!csv.contains('█') && !csv.contains("2026-08-03"), "{csv}");
}
