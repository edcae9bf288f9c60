//! Lines as they might come: all shapes, every way to write a text, and damage.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Names that are beginnings, ends and parts of each other, and need escapes or not.
pub(super) const NAMES: [&str; 10] =
    ["alice", "admin.alice", "a/b", "al", "a\"b", "zoé", "admin", "x.y", "sam@example.com", "12"];

pub(super) const EVENTS: [&str; 6] = [
    "authenticate",
    "logout",
    "startStreamProcessor",
    ".sample()",
    "Audit log accessed",
    "create_collection",
];

pub(super) const ADDRESSES: [&str; 5] =
    ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1", "2001:0db8:0::1", "198.51.100.9"];

/// A text as JSON, each character as it is or escaped in one of the ways that there are.
fn text(text: &'static str) -> impl Strategy<Value = String> {
    vec(0..12_u8, text.chars().count()).prop_map(move |ways| {
        let written = text.chars().zip(ways).map(|(c, way)| match (c, way) {
            ('/', 1..4) => "\\/".to_owned(),
            ('"' | '\\', 1..) => format!("\\{c}"),
            (c, 0) => format!("\\u{:04x}", u32::from(c)),
            (c, 1) => format!("\\u{:04X}", u32::from(c)),
            (c, _) => c.to_string(),
        });
        format!("\"{}\"", written.collect::<String>())
    })
}

fn one(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(of).prop_flat_map(text)
}

prop_compose! {
    fn parts()(
        time in 0..100_i64,
        name in one(&NAMES),
        database in one(&["admin", "$external", "a/b"]),
        event in one(&EVENTS),
        ip in one(&ADDRESSES),
        processor in one(&NAMES),
        session in one(&["s1", "s2", "ab/c=="]),
        code in select(&["0", "13", "\"18\""][..]),
    ) -> [String; 8] {
        let time = (1_772_000_000_000 + time).to_string();
        [time, name, database, event, ip, processor, session, code.to_owned()]
    }
}

/// An event in one of the shapes.
fn event() -> impl Strategy<Value = String> {
    (parts(), 0..4_u8, select(&["", " ", "\t"][..])).prop_map(
        |([time, name, database, event, ip, processor, session, code], shape, gap)| {
            let entity = format!(r#"{{"name":{gap}{processor},"type":"stream_processor"}}"#);
            match shape {
                0 => format!(
                    r#"{{"class_uid":3004,{gap}"time":{time},"actor":{{"user":{{"name":{gap}{name}}}}},"src_endpoint":{{"ip":{ip}}},"metadata":{{"correlation_uid":{session}}},"entity":{entity},"unmapped":{{"atype":{event}}},"status_code":{code}}}"#
                ),
                1 => format!(
                    r#"{{"class_uid":3002,"activity_id":1,"time":{time},"actor":{{}},"user":{{"name":{name}}}{gap}}}"#
                ),
                2 => format!(
                    r#"{gap}{{"atype":{event},"ts":{{"$date":{time}}},"uuid":{{"$binary":{session}}},"users":[{{"user":{name},"db":{database}}}],"remote":{{"ip":{ip}}},"param":{{"processorName":{processor}}},"result":{code}}}"#
                ),
                _ => format!(r#"{{"user":{{"name":1e2}},"entity":{entity},"x":{name}}}{gap}"#),
            }
        },
    )
}

/// A line, which is an event more often than not, without its end.
pub(super) fn line() -> impl Strategy<Value = Vec<u8>> {
    let whole = || event().prop_map(String::into_bytes);
    let cut = (whole(), any::<prop::sample::Index>()).prop_map(|(mut line, at)| {
        line.truncate(at.index(line.len()));
        line
    });
    let changed =
        (whole(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(mut line, at, byte)| {
            let at = at.index(line.len());
            line[at] = if byte == b'\n' { b'{' } else { byte };
            line
        });
    let other =
        select(&["", " \t", "\0\0", "[1]", "empty file", "\u{feff}{}", "{}\r", "{} {}"][..]);
    prop_oneof![
        8 => whole(),
        1 => cut,
        2 => changed,
        2 => other.prop_map(|line| line.as_bytes().to_vec()),
    ]
}

/// A log; its last line need not have an end.
pub(super) fn log() -> impl Strategy<Value = Vec<u8>> {
    (vec(line(), 0..20), any::<bool>()).prop_map(|(lines, is_ended)| {
        let mut log = lines.join(&b'\n');
        log.extend(is_ended.then_some(b'\n'));
        log
    })
}
