use super::*;

fn parse(line: &str) -> Event<'_> {
    Event::parse(line.as_bytes()).expect("an object")
}

#[test]
fn a_line_of_mongod() {
    let line = r#"{"activity_id":1,"category_uid":3,"class_uid":3002,"time":1710715316123,"severity_id":1,"type_uid":300201,"metadata":{"correlation_uid":"20ec","product":"MongoDB Server","version":"1.0.0"},"actor":{"user":{"type_id":1,"name":"admin.alice","groups":[{"name":"admin.readWriteAnyDatabase"}]}},"src_endpoint":{"ip":"192.0.2.7","port":56692,"intermediate_ips":[{"ip":"x"}]},"dst_endpoint":{"ip":"192.0.2.9","port":27017},"user":{"type_id":1,"name":"admin.alice"},"auth_protocol":"SCRAM-SHA-256","unmapped":{"atype":"authenticate"}}"#;
    let event = parse(line);
    assert_eq!(event.shape, Shape::Mongod);
    assert_eq!(event.time, Some(Micros(1_710_715_316_123_000)));
    assert_eq!((event.kind.clone(), event.name()), (Kind::Logon, "Successful Authentication"));
    assert_eq!((event.outcome, event.outcome_is_inferred), (Some(Outcome::Success), true));
    let user = event.user.unwrap();
    assert_eq!((user.database(), user.name()), (Some("admin"), "alice"));
    assert_eq!(event.roles, ["admin.readWriteAnyDatabase"]);
    assert_eq!((event.ip.as_deref(), event.port), (Some("192.0.2.7"), Some(56692)));
    assert_eq!(event.session.as_deref(), Some("20ec"));
    let refused = line.replace(r#""actor":{"user":{"type_id":1,"name":"admin.alice","groups":[{"name":"admin.readWriteAnyDatabase"}]}}"#, r#""actor":{}"#);
    let event = parse(&refused);
    assert_eq!((event.name(), event.outcome_is_inferred), ("Failed Authentication", true));
    assert_eq!(event.user.unwrap().text, "admin.alice");
}

#[test]
fn a_line_by_the_schema() {
    let line = r#"{"class_uid":3004,"activity_id":3,"time":1772000000000,"status_id":2,"status_code":"13","status_detail":"no","metadata":{"product":{"name":"x"},"correlation_uid":"s"},"actor":{"user":{"name":"$external.CN=a.b"}},"src_endpoint":{"ip":"2001:db8::1"},"entity":{"name":"p","uid":"u","type":"stream_processor"},"unmapped":{"atype":"stopStreamProcessor"}}"#;
    let event = parse(line);
    assert_eq!((event.shape, event.name()), (Shape::Ocsf, "stopStreamProcessor"));
    assert_eq!((event.outcome, event.outcome_is_inferred), (Some(Outcome::Failure), false));
    assert_eq!((event.processor(), event.code), (Some("p"), Some(13)));
    assert_eq!(event.user.unwrap().name(), "CN=a.b");
}

#[test]
fn a_legacy_line() {
    for ts in [
        r#"{"$date":"2026-02-25T06:13:20Z"}"#,
        r#"{"$date":"2026-02-25T06:13:20.000+0000"}"#,
        r#"{"$date":"2026-02-25T06:13:20.000+00:00"}"#,
        r#"{"$date":1772000000000}"#,
        r#"{"$date":{"$numberLong":"1772000000000"}}"#,
        "1772000000",
        r#""1772000000000000""#,
        "1772000000000000000",
    ] {
        let line = format!(
            r#"{{"atype":"authenticate","ts":{ts},"uuid":{{"$binary":"abc==","$type":"04"}},"local":{{"ip":"192.0.2.9","port":27017}},"remote":{{"ip":"192.0.2.7","port":5}},"users":[],"roles":[],"param":{{"user":"alice","db":"admin","mechanism":"SCRAM-SHA-256"}},"result":18}}"#
        );
        let event = parse(&line);
        assert_eq!((event.shape, event.name()), (Shape::Legacy, "Failed Authentication"));
        assert_eq!(event.time, Some(Micros(1_772_000_000_000_000)), "{ts}");
        assert_eq!(event.user.unwrap().text, "admin.alice");
        assert_eq!((event.session.as_deref(), event.code), (Some("abc=="), Some(18)));
    }
}

#[test]
fn a_field_of_another_type_is_absent() {
    let line = r#"{"class_uid":"3004","time":[],"actor":7,"metadata":[1,{"a":2}],"entity":null,"unmapped":"x","users":"y","src_endpoint":{"port":"12","ip":{}}}"#;
    let event = parse(line);
    assert_eq!((event.class_uid, event.time, event.port), (Some(3004), None, Some(12)));
    assert!(event.user.is_none() && event.ip.is_none());
    for none in ["", "[]", "7", "{} {}", "{\"a\":", "null", "\"x\""] {
        assert!(Event::parse(none.as_bytes()).is_none(), "{none}");
    }
}

/// A line with these members.
fn of(members: &str) -> Event<'static> {
    parse(Box::leak(format!("{{{members}}}").into_boxed_str()))
}

#[test]
fn a_time_is_read_in_every_unit_and_spelling() {
    const WANTED: i64 = 1_772_000_000_123_000;
    for time in [
        r#""time":1772000000123"#,
        r#""time":"1772000000123""#,
        r#""time":1772000000.123"#,
        r#""time":"1772000000.123""#,
        r#""time":1772000000123000"#,
        r#""time":1772000000123000000"#,
        r#""time":{"$numberLong":"1772000000123"}"#,
        r#""time":{"$date":{"$numberLong":"1772000000123"}}"#,
        r#""time":{"$date":"2026-02-25T06:13:20.123Z"}"#,
        r#""time":"2026-02-25T06:13:20.123Z""#,
        r#""time":"2026-02-25 06:13:20.123""#,
        r#""time_dt":"2026-02-25T07:13:20.123+01:00""#,
        r#""time":null,"time_dt":"2026-02-25T06:13:20.123+0000""#,
        r#""ts":{"$date":"2026-02-25T06:13:20.123+00:00"}"#,
        r#""time":{},"ts":{"$date":1772000000123}"#,
    ] {
        assert_eq!(of(time).time, Some(Micros(WANTED)), "{time}");
    }
    for (time, micros) in [
        ("1772000000", 1_772_000_000_000_000),
        ("0", 0),
        ("-1000", -1_000_000_000),
        ("99999999999", 99_999_999_999_000_000),
        ("100000000000", 100_000_000_000_000),
        ("-9223372036854775808", -9_223_372_036_854_776),
    ] {
        assert_eq!(of(&format!(r#""time":{time}"#)).time, Some(Micros(micros)), "{time}");
    }
    for time in ["", r#""time":true"#, r#""time":"yesterday""#, r#""time":18446744073709551615"#] {
        assert_eq!(of(time).time, None, "{time}");
    }
}

#[test]
fn a_user_is_a_database_and_a_name_parted_at_the_first_dot() {
    for (members, database, name) in [
        (
            r#""actor":{"user":{"name":"admin.alice"}},"user":{"name":"admin.bob"}"#,
            Some("admin"),
            "alice",
        ),
        (r#""actor":{},"user":{"name":"admin.bob"}"#, Some("admin"), "bob"),
        (r#""actor":{"user":{"name":""}},"user":{"name":"admin.bob"}"#, Some("admin"), "bob"),
        (r#""user":{"name":"$external.CN=a.b,O=c"}"#, Some("$external"), "CN=a.b,O=c"),
        (r#""user":{"name":"abcdefgh"}"#, None, "abcdefgh"),
        (r#""user":{"name":"sam@shop.example.com"}"#, None, "sam@shop.example.com"),
        (r#""user":{"name":7}"#, None, "7"),
        (
            r#""atype":"x","users":[{"user":"a.b","db":"admin"},{"user":"c","db":"d"}]"#,
            Some("admin"),
            "a.b",
        ),
        (r#""atype":"x","users":{"user":"a.b"}"#, None, "a.b"),
        (
            r#""atype":"logout","users":[],"param":{"initialUsers":[{"user":"a","db":"d"}]}"#,
            Some("d"),
            "a",
        ),
    ] {
        let user = of(members).user.expect(members);
        assert_eq!((user.database(), user.name()), (database, name), "{members}");
    }
    assert_eq!(of(r#""actor":{},"users":[]"#).user, None);
    // Whoever acts in another's name is shown as that one, with the roles of that one.
    let line = r#""actor":{"user":{"name":"admin.alice","groups":[{"name":"admin.r"},{},7]},"session":{"uid":"s"},"invoked_by":"admin.__system"}"#;
    let event = of(line);
    assert_eq!((&*event.user.unwrap().text, event.roles.len()), ("admin.alice", 1));
}

#[test]
fn an_outcome_is_stated_somewhere_or_inferred() {
    use Outcome::{Failure, Success};
    for (members, outcome, is_inferred) in [
        (r#""status_id":1,"status":"Failure","status_code":"13""#, Success, false),
        (r#""status_id":"2","status":"Success""#, Failure, false),
        (r#""status_id":99,"status":"failure","status_code":0"#, Failure, false),
        (r#""status_id":0,"status":"Unknown","status_code":"0","result":13"#, Success, false),
        (r#""status_code":"13""#, Failure, false),
        (r#""status_code":"Unauthorized""#, Failure, false),
        (r#""status_code":"?","unmapped":{"result":18},"result":0"#, Failure, false),
        (r#""unmapped":{"result":0},"result":18"#, Success, false),
        (r#""result":18"#, Failure, false),
        (r#""result":{"$numberInt":"0"},"api":{"response":{"code":13}}"#, Success, false),
        (r#""api":{"response":{"code":13,"error":"Unauthorized"}}"#, Failure, false),
        (r#""api":{"response":{"error":"Unauthorized"}}"#, Failure, false),
        (r#""unmapped":{"atype":"failed_authentication"}"#, Failure, false),
        (
            r#""class_uid":3002,"activity_id":1,"message":"Successful Authentication""#,
            Success,
            false,
        ),
        (r#""class_uid":3002,"activity_id":1,"actor":{},"user":{"name":"a.b"}"#, Failure, true),
        (
            r#""class_uid":3002,"activity_id":1,"actor":{"user":{}},"user":{"name":"a.b"}"#,
            Failure,
            true,
        ),
        (
            r#""class_uid":3002,"activity_id":1,"actor":{"user":{"name":"a.b"}},"user":{"name":"a.b"}"#,
            Success,
            true,
        ),
        (r#""class_uid":3002,"activity_id":2,"actor":{},"user":{"name":"a.b"}"#, Success, true),
        (r#""class_uid":3004,"activity_id":1"#, Success, true),
        (r#""unmapped":{"atype":"compactStreams"}"#, Success, true),
        (r#""atype":"compactStreams""#, Success, true),
        (r#""message":"Drop Stream Processor""#, Success, true),
        (r#""level":"error","status":"failed""#, Failure, false),
    ] {
        let event = of(members);
        assert_eq!(
            (event.outcome, event.outcome_is_inferred),
            (Some(outcome), is_inferred),
            "{members}"
        );
    }
}

/// What names neither a class nor an event may be a line of any program.
#[test]
fn what_is_no_act_has_no_outcome() {
    for members in [
        "",
        r#""a":1"#,
        r#""ts":"2026-11-01T00:00:00Z","level":"info","msg":"ready""#,
        r#""time":1793283555145,"message":"ready","user":{"name":"alice"}"#,
        r#""activity_id":1"#,
        r#""ecs":{"version":"8.17.0"},"event":{"outcome":"success"},"user":{"name":"alice"}"#,
    ] {
        let event = of(members);
        assert_eq!((event.outcome, event.outcome_is_inferred), (None, false), "{members}");
    }
}

#[test]
fn an_event_is_named_in_one_of_many_places() {
    for (members, name, is_ambiguous) in [
        (
            r#""unmapped":{"atype":"startStreamProcessor"},"activity_id":1,"class_uid":3004"#,
            "startStreamProcessor",
            false,
        ),
        (
            r#""unmapped":{"command":"STOP_STREAM_PROCESSOR"},"api":{"operation":"drop"}"#,
            "stopStreamProcessor",
            false,
        ),
        (
            r#""unmapped":{"operation":"process"},"class_uid":3004,"activity_id":1"#,
            ".process()",
            false,
        ),
        (r#""api":{"operation":"sample()"},"class_uid":6003"#, ".sample()", false),
        (
            r#""class_uid":3004,"activity_id":99,"activity_name":"Drop Stream Processor""#,
            "dropStreamProcessor",
            false,
        ),
        (
            r#""class_uid":3004,"activity_id":2,"message":"audit log accessed""#,
            "Audit log accessed",
            false,
        ),
        (
            r#""class_uid":6003,"activity_id":2,"entity":{"type":"audit_log"}"#,
            "Audit log accessed",
            false,
        ),
        (
            r#""class_uid":3004,"activity_id":1,"entity":{"type":"create_stream_processor","name":"p"}"#,
            "createStreamProcessor",
            false,
        ),
        (
            r#""class_uid":3004,"activity_id":1,"entity":{"type":"create_collection"},"entity_result":{},"comment":"c""#,
            "create_collection",
            false,
        ),
        (
            r#""unmapped":{"atype":"dropCollection"},"class_uid":3004,"activity_id":4"#,
            "dropCollection",
            false,
        ),
        (r#""unmapped":{"command":"drop"},"class_uid":3004,"activity_id":4"#, "drop", false),
        (r#""class_uid":3004,"activity_id":1,"type_uid":300401"#, "createStreamProcessor", true),
        (r#""type_uid":300404,"entity":{"type":"stream_processor"}"#, "dropStreamProcessor", true),
        (r#""class_uid":3004,"activity_id":2"#, ".sample()", true),
        (r#""class_uid":3004,"activity_id":3,"activity_name":"Update""#, "Update", true),
        (r#""class_uid":3004,"activity_id":3"#, "unnamed", true),
        (
            r#""class_uid":3002,"activity_id":1,"unmapped":{"command":"saslStart"},"status_id":1"#,
            "Successful Authentication",
            false,
        ),
        (r#""class_uid":3002,"activity_name":"Logoff""#, "Connection Termination", false),
        (r#""type_uid":300202"#, "Connection Termination", false),
        (
            r#""class_uid":3002,"type_name":"Authentication: Logoff""#,
            "Connection Termination",
            false,
        ),
        (
            r#""class_uid":6003,"activity_id":99,"api":{"operation":"listConnections"}"#,
            "listConnections",
            false,
        ),
        (
            r#""atype":"authCheck","param":{"command":"stopStreamProcessor"}"#,
            "stopStreamProcessor",
            false,
        ),
        (r#""atype":"authCheck","param":{"ns":"a.b"}"#, "authCheck", false),
        (
            r#""unmapped":{"atype":"authCheck"},"api":{"operation":"dropStreamProcessor"}"#,
            "dropStreamProcessor",
            false,
        ),
        (r#""x":1"#, "unnamed", true),
    ] {
        let event = of(members);
        assert_eq!((event.name(), event.kind_is_ambiguous), (name, is_ambiguous), "{members}");
    }
}

#[test]
fn an_address_is_where_the_call_came_from() {
    for (members, ip, port, address, interface) in [
        (
            r#""src_endpoint":{"ip":"192.0.2.7","port":5,"intermediate_ips":[{"ip":"192.0.2.1"},"x"]},"direct_endpoint":{"ip":"192.0.2.8"}"#,
            Some("192.0.2.7"),
            Some(5),
            Some("192.0.2.7"),
            None,
        ),
        (r#""src_endpoint":{"interface":"unix"}"#, None, None, None, Some("unix")),
        (
            r#""src_endpoint":{"interface_name":"/tmp/mongodb.sock"}"#,
            None,
            None,
            None,
            Some("/tmp/mongodb.sock"),
        ),
        (r#""atype":"x","remote":{"unix":"anonymous"}"#, None, None, None, Some("anonymous")),
        (
            r#""atype":"x","remote":{"ip":"192.0.2.7","port":0}"#,
            Some("192.0.2.7"),
            None,
            Some("192.0.2.7"),
            None,
        ),
        (
            r#""direct_endpoint":{"ip":"2001:db8::8","port":"9"}"#,
            Some("2001:db8::8"),
            Some(9),
            Some("2001:db8::8"),
            None,
        ),
        (
            r#""src_endpoint":{"ip":"::ffff:192.0.2.7","port":99999}"#,
            Some("::ffff:192.0.2.7"),
            None,
            Some("192.0.2.7"),
            None,
        ),
        (
            r#""src_endpoint":{"ip":"[fe80::1%eth0]:27017"}"#,
            Some("[fe80::1%eth0]:27017"),
            None,
            Some("fe80::1"),
            None,
        ),
        (
            r#""src_endpoint":{"ip":"192.0.2.7:1"}"#,
            Some("192.0.2.7:1"),
            None,
            Some("192.0.2.7"),
            None,
        ),
        (r#""src_endpoint":{"ip":"localhost"}"#, Some("localhost"), None, None, None),
    ] {
        let event = of(members);
        let address = address.map(|text| text.parse().unwrap());
        assert_eq!(
            (event.ip.as_deref(), event.port, event.address()),
            (ip, port, address),
            "{members}"
        );
        assert_eq!(event.interface.as_deref(), interface, "{members}");
    }
}

#[test]
fn a_processor_is_named_in_one_of_many_places() {
    for (members, processor) in [
        (r#""entity":{"name":"p","type":"stream_processor"}"#, Some("p")),
        (r#""entity":{"name":"p"},"unmapped":{"atype":"stopStreamProcessor"}"#, Some("p")),
        (
            r#""entity":{"name":"orders","type":"audit_log"},"unmapped":{"atype":"Audit log accessed"}"#,
            None,
        ),
        (
            r#""class_uid":6003,"type_uid":600300,"api":{"operation":"dropStreamProcessor","request":{"dropStreamProcessor":"p","pipeline":[{"name":"x"}]},"response":{"code":13}}"#,
            Some("p"),
        ),
        (
            r#""atype":"authCheck","param":{"command":"startStreamProcessor","args":{"$db":"admin","startStreamProcessor":"p"}}"#,
            Some("p"),
        ),
        (r#""atype":"createStreamProcessor","param":{"name":"p"}"#, Some("p")),
        (r#""atype":"authenticate","param":{"name":"p"}"#, None),
        (
            r#""class_uid":6003,"api":{"operation":"startStreamProcessor","request":{"uid":"p"}}"#,
            Some("p"),
        ),
        (r#""api":{"operation":"startStreamProcessor","request":"p"}"#, None),
    ] {
        assert_eq!(of(members).processor(), processor, "{members}");
    }
}

#[test]
fn what_else_a_line_says() {
    let event = of(
        r#""class_uid":3002,"activity_id":2,"severity_id":1,"metadata":{"correlation_uid":"s"},"dst_endpoint":{"hostname":"h"},"auth_protocol":"PLAIN","status_detail":"","comment":"c","unmapped":{"loginTime":1772000000123}"#,
    );
    assert_eq!(event.login_time, Some(Micros(1_772_000_000_123_000)));
    assert_eq!((event.session.as_deref(), event.host.as_deref()), (Some("s"), Some("h")));
    assert_eq!((event.mechanism.as_deref(), event.detail.as_deref()), (Some("PLAIN"), Some("c")));
    let legacy = of(r#""atype":"x","uuid":{"$binary":{"base64":"YWJj","subType":"04"}}"#);
    assert_eq!(legacy.session.as_deref(), Some("YWJj"));
}

#[test]
fn a_line_is_utf_8_or_none() {
    assert!(Event::parse(b"{\"x\": \"\xff\"}").is_none());
    assert!(Event::parse("\u{feff}{}".as_bytes()).is_none());
    assert!(Event::parse(b"{}\r").is_some());
}
