//! `spctl audit show`: what of which logs, and how it is written.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use spctl_planted::{self as planted, Packing, Plan};

use crate::run::{Finished, wait};
use crate::support::Lab;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The log of an instance of the sample, as it is downloaded.
fn log(lab: &Lab, instance: &str) -> String {
    let line = format!("audit download {instance} --since all --decompress --out -");
    lab.typed(&line).finish().exits(0).out()
}

/// A lab in whose home `orders.log` is, with that text.
fn with_log() -> (Lab, String) {
    let lab = Lab::new();
    let text = log(&lab, "orders");
    std::fs::write(lab.file("orders.log"), &text).unwrap();
    (lab, text)
}

/// What comes of `audit show` with these words.
fn show(lab: &Lab, words: &[&str]) -> Finished {
    lab.bare(["audit", "show"]).and(words).finish()
}

/// Every kind of damage, CRLF, and no end of the last line.
fn dirty() -> Vec<u8> {
    let event =
        br#"{"class_uid":3002,"activity_id":1,"time":1772000000000,"user":{"name":"admin.al"}}"#;
    let long = [br#"{"x":""#.as_slice(), &vec![b'x'; 1_500_000], br#""}"#].concat();
    let lines: [&[u8]; 14] = [
        event,
        &[event.as_slice(), b"\r"].concat(),
        b"",
        b" \t",
        b"\0\0\0",
        b"empty file",
        b"\xef\xbb\xbf{}",
        b"{\"x\":\"\xff\xfe\"}",
        &event[..40],
        b"[{}]",
        &long,
        b"{} {}",
        b"null",
        event,
    ];
    lines.join(&b'\n')
}

#[test]
fn raw_without_a_filter_is_the_file_byte_for_byte() {
    let lab = Lab::new();
    let bytes = dirty();
    let half = bytes.len() / 2;
    std::fs::write(lab.file("plain.log"), &bytes).unwrap();
    let members = [gzip(&bytes[..half]), gzip(b""), gzip(&bytes[half..])].concat();
    std::fs::write(lab.file("members.gz"), members).unwrap();
    std::fs::write(lab.file("anew.zst"), zstd::encode_all(&*bytes, 1).unwrap()).unwrap();
    for file in ["plain.log", "./members.gz", "anew.zst"] {
        let shown = show(&lab, &[file, "--raw"]).exits(0);
        assert!(shown.stdout == bytes, "{file}");
        let told = "10 lines are no event (2 blank, 1 of NUL bytes, 7 malformed)";
        assert!(shown.err().contains(told), "{}", shown.err());
    }
    let piped = lab.bare(["audit", "show", "-", "--raw"]).stdin(&gzip(&bytes)).finish().exits(0);
    assert!(piped.stdout == bytes);
    // Behind a file that ends within a line comes another line.
    let both = show(&lab, &["plain.log", "anew.zst", "--raw"]).exits(0).stdout;
    assert!(both == [&bytes, &b"\n"[..], &bytes].concat());
    let last = show(&lab, &["plain.log", "--raw", "--reverse"]).exits(0).stdout;
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    lines.reverse();
    assert!(last == [&lines.join(&b'\n'), &b"\n"[..]].concat());
}

#[test]
fn a_line_that_is_too_long_to_be_held_is_passed_on_as_well() {
    let lab = Lab::new();
    let bytes = [b"{}\n".as_slice(), &vec![b'x'; 70 << 20], b"\n{\"y\":1}\n"].concat();
    std::fs::write(lab.file("long.zst"), zstd::encode_all(&*bytes, 1).unwrap()).unwrap();
    assert!(show(&lab, &["long.zst", "--raw"]).exits(0).stdout == bytes);
    let two = show(&lab, &["long.zst", "--raw", "-n", "2"]).exits(0);
    assert!(two.stdout == bytes[..bytes.len() - 8]);
    let last = show(&lab, &["long.zst", "--raw", "--reverse", "-n", "2"]).exits(0).stdout;
    assert!(last == [&bytes[bytes.len() - 8..], &bytes[3..bytes.len() - 8]].concat());
    let told = show(&lab, &["long.zst", "-o", "ndjson", "--jq", ".y"]).exits(0);
    assert_eq!(told.out(), "null\n1\n");
    assert!(told.err().contains("1 line is no event (1 malformed)"), "{}", told.err());
}

#[test]
fn every_filter_lets_pass_what_a_plain_look_at_the_lines_does() {
    let (lab, text) = with_log();
    let events: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let name = |event: &Value| {
        let actor = &event["actor"]["user"]["name"];
        if actor.is_null() { &event["user"]["name"] } else { actor }
            .as_str()
            .unwrap_or("")
            .to_owned()
    };
    let atype = |event: &Value, kind: &str| event["unmapped"]["atype"] == kind;
    let ip = |event: &Value, part: &str| {
        event["src_endpoint"]["ip"].as_str().is_some_and(|ip| ip.starts_with(part))
    };
    let session = events[0]["metadata"]["correlation_uid"].as_str().unwrap().to_owned();
    type Look<'a> = &'a dyn Fn(&Value) -> bool;
    let looks: [(&[&str], Look); 18] = [
        (&["--user", "alice"], &|e| name(e) == "admin.alice"),
        (&["--user", "alice@admin"], &|e| name(e) == "admin.alice"),
        (&["--user", "admin.alice", "--user", "frank"], &|e| {
            ["admin.alice", "admin.frank"].contains(&&*name(e))
        }),
        (&["--user", "alice@$external"], &|_| false),
        (&["--event", "failed authentication"], &|e| {
            atype(e, "authenticate") && e["status_id"] == 2
        }),
        (&["--event", "SUCCESSFUL_AUTHENTICATION"], &|e| {
            atype(e, "authenticate") && e["status_id"] == 1
        }),
        (&["--event", "login"], &|e| atype(e, "authenticate")),
        (&["--event", "Drop,start", "--event", ".sample()"], &|e| {
            ["dropStreamProcessor", "startStreamProcessor", ".sample()"].iter().any(|k| atype(e, k))
        }),
        (&["--event", "auditLogAccessed"], &|e| atype(e, "Audit log accessed")),
        (&["--outcome", "failure"], &|e| e["status_id"] == 2),
        (&["--outcome", "success", "--user", "frank"], &|e| {
            e["status_id"] == 1 && name(e) == "admin.frank"
        }),
        (&["--ip", "192.0.2.0/24"], &|e| ip(e, "192.0.2.")),
        (&["--ip", "::ffff:192.0.2.14"], &|e| e["src_endpoint"]["ip"] == "192.0.2.14"),
        (&["--ip", "2001:db8::/32,198.51.100.61"], &|e| {
            ip(e, "2001:db8:") || ip(e, "198.51.100.61")
        }),
        (&["--processor", "enrich-orders"], &|e| e["entity"]["name"] == "enrich-orders"),
        (&["--session", &session], &|e| e["metadata"]["correlation_uid"] == *session),
        (&["--since", "2026-08-10", "--until", "2026-08-11T12:00:00Z"], &|e| {
            (1_786_320_000_000..1_786_449_600_000).contains(&e["time"].as_i64().unwrap())
        }),
        (&["--grep", "streamOperator\"}]}},\"src"], &|e| {
            e["actor"]["user"]["groups"][0]["name"] == "admin.streamOperator"
        }),
    ];
    for (options, look) in looks {
        let wanted = text.lines().zip(&events).filter(|(_, event)| look(event));
        let wanted: String = wanted.map(|(line, _)| format!("{line}\n")).collect();
        for more in [&["--raw"][..], &["--raw", "--no-prefilter"]] {
            let shown = show(&lab, &[&["orders.log"], options, more].concat()).exits(0);
            assert_eq!(shown.out(), wanted, "{options:?}");
        }
        assert!(options.contains(&"alice@$external") || wanted.lines().count() > 1, "{options:?}");
    }
}

#[test]
fn the_first_and_the_last() {
    let (lab, text) = with_log();
    let lines: Vec<&str> = text.lines().collect();
    let raw = |more: &[&str]| show(&lab, &[&["orders.log", "--raw"], more].concat()).exits(0).out();
    let joined = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    assert_eq!(raw(&["-n", "3"]), joined(&lines[..3]));
    let mut backwards = lines.clone();
    backwards.reverse();
    assert_eq!(raw(&["--reverse"]), joined(&backwards));
    assert_eq!(raw(&["--reverse", "-n", "3"]), joined(&backwards[..3]));
    assert_eq!(raw(&["--reverse", "-n", "100000"]), joined(&backwards));
    // Who has enough lines need not wait for the end of a stream.
    let mut run = lab.bare(["audit", "show", "-", "--raw", "-n", "1"]).command();
    let mut child = run.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let many = joined(&lines).repeat(20);
    let _ = stdin.write_all(many.as_bytes());
    assert_eq!(wait(&mut child), Some(0));
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert_eq!(first.trim_end(), lines[0]);
    show(&lab, &["orders.log", "-n", "0"]).exits(2);
}

#[test]
fn documents_are_what_came_with_what_was_read_from_it_as_the_last_key() {
    let (lab, text) = with_log();
    let ndjson = show(&lab, &["orders.log", "-o", "ndjson"]).exits(0).out();
    assert_eq!(ndjson.lines().count(), text.lines().count());
    for (shown, line) in ndjson.lines().zip(text.lines()) {
        let (came, computed) = shown.rsplit_once(",\"effective\":").expect(shown);
        assert_eq!(format!("{came}}}"), line);
        let computed: Value = serde_json::from_str(computed.strip_suffix('}').unwrap()).unwrap();
        assert_eq!(computed["source"], "orders.log");
        assert!(computed.get("outcomeIsInferred").is_none(), "{computed}");
    }
    // What was shown can be read again.
    let again = lab.bare(["audit", "show", "-", "-o", "ndjson"]).stdin(&ndjson).finish().exits(0);
    assert_eq!(again.out(), ndjson);
    let array = show(&lab, &["orders.log", "-o", "json", "-n", "5"]).exits(0).json();
    let first: Vec<Value> =
        ndjson.lines().take(5).map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array, Value::Array(first));
    let none = show(&lab, &["orders.log", "--user", "nobody", "-o", "json"]).exits(0);
    assert_eq!(none.json(), Value::Array(Vec::new()));
    assert!(none.err().contains("no events"), "{}", none.err());
    let users = show(&lab, &["orders.log", "--jq", ".effective.user"]).exits(0).out();
    assert_eq!(users.lines().count(), text.lines().count());
    let halted = show(&lab, &["orders.log", "--jq", "halt"]).exits(0);
    assert_eq!(halted.out(), "");
    show(&lab, &["orders.log", "--jq", ".time.x"]).exits(1);
}

#[test]
fn columns_are_the_same_in_every_format() {
    let (lab, text) = with_log();
    let csv =
        show(&lab, &["orders.log", "-o", "csv", "--columns", "time,user,line"]).exits(0).out();
    let mut rows = csv.lines();
    assert_eq!(rows.next(), Some("time,user,line"));
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let row = rows.next().unwrap();
    assert!(row.ends_with(",1") && row.contains(first["user"]["name"].as_str().unwrap()), "{row}");
    assert_eq!(csv.lines().count(), text.lines().count() + 1);
    for width in ["80", "120"] {
        let table = lab.bare(["audit", "show", "orders.log", "-o", "table", "-n", "40"]);
        let table = table.env("COLUMNS", width).finish().exits(0).out();
        let longest = table.lines().map(|line| line.chars().count()).max();
        assert!(longest <= width.parse().ok(), "{table}");
        let header: Vec<&str> = table.lines().next().unwrap().split_whitespace().collect();
        assert_eq!(header[..5], ["TIME", "EVENT", "OUTCOME", "USER", "IP"], "{table}");
    }
    for wrong in [
        &["orders.log", "-q"][..],
        &["orders.log", "--raw", "-o", "json"],
        &["orders.log", "--raw", "--jq", "."],
        &["orders.log", "--columns", "nothing"],
        &["orders.log", "--report-shape", "--raw"],
        &["orders.log", "--grep", ""],
        &["orders.log", "--user", ""],
        &["orders.log", "--ip", "nowhere"],
        &["orders.log", "--since", "2026-08-02", "--until", "2026-08-01"],
        &["-", "--since", "soon"],
        &[],
    ] {
        show(&lab, wrong).exits(2);
    }
}

#[test]
fn an_outcome_that_no_line_states_is_marked() {
    let lab = Lab::new();
    let actor = r#""actor":{"user":{"name":"admin.alice"}}"#;
    let line = |actor: &str| {
        format!(
            r#"{{"class_uid":3002,"activity_id":1,"time":1772000000000,"metadata":{{"product":"MongoDB Server"}},{actor},"user":{{"name":"admin.alice"}}}}"#
        )
    };
    let text = format!("{}\n{}\n", line(actor), line(r#""actor":{}"#));
    std::fs::write(lab.file("mongod.log"), text).unwrap();
    let table =
        lab.typed("audit show mongod.log -o table --columns event,outcome").finish().exits(0);
    insta::assert_snapshot!(table.shown(), @r"
    $ spctl audit show mongod.log -o table --columns event,outcome
    EVENT                      OUTCOME
    Successful Authentication  success*
    Failed Authentication      failure*
    --- stderr
    * inferred: the line states no outcome
    --- exit 0
    ");
    let outcomes = show(&lab, &["mongod.log", "--jq", ".effective|[.outcome,.outcomeIsInferred]"]);
    assert_eq!(outcomes.exits(0).out(), "[\"success\",true]\n[\"failure\",true]\n");
    let failed = show(&lab, &["mongod.log", "--outcome", "failure", "--raw"]).exits(0).out();
    assert_eq!(failed.lines().count(), 1);
}

#[test]
fn a_temporary_file_that_cannot_be_made_is_told_with_the_way_to_another_place() {
    let lab = Lab::new();
    for line in ["audit show orders", "audit timeline -"] {
        let run = lab.typed(line).stdin("{}").env("TMPDIR", "/nowhere/at/all").finish().exits(1);
        assert!(run.err().contains("TMPDIR names another directory"), "{}", run.shown());
    }
}

/// It may be a line of any program: nobody succeeded in anything.
#[test]
fn what_is_no_act_has_no_outcome() {
    let lab = Lab::new();
    let lines = "{}\n{\"ts\":\"2026-11-01T08:00:00Z\",\"level\":\"info\",\"msg\":\"ready\"}\n\
                 {\"class_uid\":3002,\"activity_id\":1,\"time\":1793520000000}\n";
    std::fs::write(lab.file("app.log"), lines).unwrap();
    let run = lab.typed("audit show app.log -o csv --columns event,outcome").finish();
    insta::assert_snapshot!(run.shown(), @r"
    $ spctl audit show app.log -o csv --columns event,outcome
    event,outcome
    unnamed,
    unnamed,
    Successful Authentication,success*
    --- stderr
    warning: 2 lines are JSON, but name neither an event nor a class: no outcome is inferred
    hint: audit show SOURCE --report-shape tells which keys lines have
    --- exit 0
    ");
    let inferred = show(&lab, &["app.log", "--jq", ".effective|[.outcome,.outcomeIsInferred]"]);
    assert_eq!(inferred.exits(0).out(), "[null,null]\n[null,null]\n[\"success\",true]\n");
    let counted = lab.typed("audit summary app.log --by outcome -o json").finish().exits(0).json();
    let counts: Vec<_> = counted.as_array().unwrap().iter().map(|row| &row["count"]).collect();
    assert_eq!(counts, [2, 1], "{counted}");
    for outcome in ["success", "failure"] {
        let passed = show(&lab, &["app.log", "--raw", "--outcome", outcome]).exits(0).out();
        assert!(!passed.contains("{}") && !passed.contains("ready"), "{passed}");
    }
}

#[test]
fn what_was_planted_is_found_exactly() {
    let lab = Lab::new();
    let plan = Plan::everything(6_000);
    let (bytes, truth) = planted::bytes(&plan, Packing::Plain);
    let packing = Packing::Gzip { level: 1, member: Some(100_000) };
    planted::file(&plan, packing, &lab.file("log.gz")).unwrap();
    let raw = show(&lab, &["log.gz", "--raw"]).exits(0);
    assert!(raw.stdout == bytes);
    let others = format!("{} lines are no event", truth.lines - truth.events);
    assert!(raw.err().contains(&others), "{}: {others}", raw.err());

    let csv =
        show(&lab, &["log.gz", "-o", "csv", "--columns", "event,user,ip,processor,outcome,time"]);
    let csv = csv.exits(0).out();
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len() as u64, truth.events);
    let count = |column: usize| {
        let mut counts = BTreeMap::<String, u64>::new();
        for value in rows.iter().map(|row| row[column].trim_end_matches('*')) {
            *counts.entry(value.to_owned()).or_default() += 1;
        }
        counts.retain(|name, _| !name.is_empty());
        counts
    };
    let planted =
        [&truth.by_event, &truth.by_user, &truth.by_ip, &truth.by_processor, &truth.by_outcome];
    for (column, planted) in planted.into_iter().enumerate() {
        let planted = planted.iter().filter(|(key, _)| !key.is_empty());
        let planted: BTreeMap<String, u64> =
            planted.map(|(key, of)| (key.clone(), of.count)).collect();
        assert_eq!(count(column), planted);
    }
    let such = |is: &dyn Fn(&csv::StringRecord) -> bool| rows.iter().filter(|row| is(row)).count();
    assert_eq!(such(&|row| row[4].ends_with('*')) as u64, truth.inferred);
    assert_eq!(such(&|row| row[5].is_empty()) as u64, truth.untimed);

    let query = &truth.query;
    let moment = |ms: i64| jiff::Timestamp::from_millisecond(ms).unwrap().to_string();
    let (since, until) = (moment(query.since), moment(query.until));
    let asked =
        ["--user", &query.user, "--event", &query.event, "--since", &since, "--until", &until];
    for more in [&["--raw"][..], &["--raw", "--no-prefilter"]] {
        let found = show(&lab, &[&["log.gz"], &asked[..], more].concat()).exits(0).stdout;
        let mut crc = flate2::Crc::new();
        crc.update(&found);
        assert_eq!((found.len() as u64, crc.sum()), (query.bytes, query.crc32));
    }
    assert!(query.counts.count > 1, "{query:?}");
}

#[test]
fn an_event_that_nothing_is_called_is_refused() {
    let (lab, _) = with_log();
    let refused = show(&lab, &["orders.log", "--event", "faild authentication"]).exits(2);
    assert!(refused.err().contains("did you mean 'Failed Authentication'?"), "{}", refused.err());
    let other = show(&lab, &["orders.log", "--event", "create_collection"]).exits(2);
    assert!(other.err().contains("--verbatim"), "{}", other.err());
    let none = show(&lab, &["orders.log", "--event", "create_collection", "--verbatim"]).exits(0);
    assert!(none.stdout.is_empty());
}

#[test]
fn the_shape_of_lines_is_reported_without_a_value() {
    let (lab, _) = with_log();
    let report = show(&lab, &["orders.log", "--report-shape", "-o", "json"]).exits(0).json();
    let all = report.to_string();
    for value in ["alice", "frank", "enrich-orders", "192.0.2", "SCRAM", "streamOperator"] {
        assert!(!all.contains(value), "{value}");
    }
    let row =
        |path: &str| report.as_array().unwrap().iter().find(|row| row["path"] == path).unwrap();
    assert_eq!(row("time")["types"]["integer"], row("time")["count"]);
    assert_eq!(row("actor.user.groups[].name")["types"].as_object().unwrap().len(), 1);
    std::fs::write(lab.file("other.log"), "[{\"t\": \"2026-01-01T00:00:00Z\"}]\n{\"n\": 1}\n")
        .unwrap();
    let other = show(&lab, &["other.log", "--report-shape", "-o", "csv"]).exits(0);
    assert_eq!(other.out(), "path,count,types\n[],1,object\n[].t,1,string (time)\nn,1,integer\n");
}
