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
