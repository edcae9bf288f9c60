use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::event::User;
use crate::filter::Filter;
use crate::lines::Fault;
use crate::scan;
use crate::source::Source;

const ALL: [By; 9] = [
    By::User,
    By::Event,
    By::Ip,
    By::Instance,
    By::Processor,
    By::Day,
    By::Hour,
    By::WeekdayHour,
    By::Outcome,
];

fn summed(by: &[By], sources: &[Source], threads: usize) -> Summary {
    let bad = |_: Place<'_>, fault: Fault, _: &[u8]| panic!("{fault:?}");
    scan::fold(sources, &Filter::default(), threads, &|| Summary::new(by), &bad).0
}

fn sorted(summary: Summary) -> Vec<(Vec<Value>, Total)> {
    let mut groups: Vec<_> =
        summary.groups().0.into_iter().map(|group| (group.key, group.total)).collect();
    groups.sort_by(|one, other| one.0.cmp(&other.0));
    groups
}

/// What a line says, besides the line.
#[derive(Debug, Clone)]
struct Said {
    user: Option<&'static str>,
    ip: Option<&'static str>,
    /// In milliseconds since 1970.
    time: Option<i64>,
    failed: bool,
    instance: usize,
}

const INSTANCES: [&str; 2] = ["orders", "payments"];

impl Said {
    fn line(&self) -> String {
        let mut line = serde_json::json!({
            "class_uid": 3002, "activity_id": 1, "status_id": if self.failed { 2 } else { 1 },
        });
        if let Some(user) = self.user {
            line["user"] = serde_json::json!({ "name": user });
        }
        if let Some(ip) = self.ip {
            line["src_endpoint"] = serde_json::json!({ "ip": ip });
        }
        if let Some(time) = self.time {
            line["time"] = time.into();
        }
        line.to_string()
    }

    /// Counted in another way than the fold does.
    fn value(&self, by: By) -> Value {
        let text = |text: &str| Value::Text(text.to_owned());
        let zoned = self.time.map(|time| {
            let time = jiff::Timestamp::from_millisecond(time).unwrap();
            time.to_zoned(jiff::tz::TimeZone::UTC)
        });
        let from = |unit| {
            let zoned = zoned
                .as_ref()?
                .round(jiff::ZonedRound::new().smallest(unit).mode(jiff::RoundMode::Floor));
            Some(Value::From(zoned.unwrap().timestamp().into()))
        };
        let value = match by {
            By::User => self.user.map(text),
            By::Ip => self.ip.map(text),
            By::Event => Some(text(match self.failed {
                true => "Failed Authentication",
                false => "Successful Authentication",
            })),
            By::Outcome => Some(text(if self.failed { "failure" } else { "success" })),
            By::Processor => None,
            By::Instance => {
                Some(Value::Instance { project: None, name: INSTANCES[self.instance].to_owned() })
            }
            By::Day => from(jiff::Unit::Day),
            By::Hour => from(jiff::Unit::Hour),
            By::WeekdayHour => zoned.map(|zoned| {
                let day = zoned.weekday().to_monday_zero_offset();
                Value::HourOfWeek(
                    u8::try_from(i16::from(day) * 24 + i16::from(zoned.hour())).unwrap(),
                )
            }),
        };
        value.unwrap_or(Value::None)
    }
}

fn said() -> impl Strategy<Value = Said> {
    let user = proptest::option::weighted(
        0.9,
        prop_oneof![Just("admin.alice"), Just("admin.bob"), Just("")],
    );
    let ip = proptest::option::weighted(0.9, prop_oneof![Just("192.0.2.1"), Just("2001:db8::1")]);
    let time = proptest::option::weighted(0.9, 1_790_000_000_000..1_790_400_000_000_i64);
    (user, ip, time, any::<bool>(), 0..2_usize).prop_map(|(user, ip, time, failed, instance)| {
        Said { user: user.filter(|user| !user.is_empty()), ip, time, failed, instance }
    })
}

/// The lines in several sources, as a log is split into days.
fn sources(lines: &[Said], pieces: usize) -> Vec<Source> {
    let mut sources = Vec::new();
    for (instance, name) in INSTANCES.iter().enumerate() {
        let own: Vec<_> = lines.iter().filter(|line| line.instance == instance).collect();
        for piece in own.chunks(own.len().div_ceil(pieces).max(1)) {
            let text: String = piece.iter().map(|line| line.line() + "\n").collect();
            sources.push(Source::of_bytes(*name, text.into_bytes()).of_instance(*name));
        }
    }
    sources
}

fn recounted(by: &[By], lines: &[Said]) -> Vec<(Vec<Value>, Total)> {
    let mut groups: BTreeMap<Vec<Value>, Vec<&Said>> = BTreeMap::new();
    for line in lines {
        groups.entry(by.iter().map(|by| line.value(*by)).collect()).or_default().push(line);
    }
    let total = |lines: Vec<&Said>| {
        let times = || lines.iter().filter_map(|line| line.time.map(|time| Micros(time * 1000)));
        Total {
            count: lines.len() as u64,
            failures: lines.iter().filter(|line| line.failed).count() as u64,
            inferred: 0,
            first: times().min(),
            last: times().max(),
        }
    };
    groups.into_iter().map(|(key, lines)| (key, total(lines))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_summary_equals_a_naive_recount(
        lines in proptest::collection::vec(said(), 0..80),
        by in proptest::sample::subsequence(ALL.to_vec(), 0..=3).prop_shuffle(),
        pieces in 1..5_usize,
        threads in 1..4_usize,
    ) {
        let summary = summed(&by, &sources(&lines, pieces), threads);
        prop_assert!(summary.again().is_none());
        prop_assert_eq!(summary.all().count, lines.len() as u64);
        let wanted = recounted(&by, &lines);
        prop_assert_eq!(sorted(summary), wanted);
    }

    /// However the log is split and joined: which groups are missing is decided by their size alone.
    #[test]
    fn of_too_many_groups_the_large_ones_are_exact(
        numbers in proptest::collection::vec(prop_oneof![0..3_u8, 0..200_u8], 0..300),
        pieces in 1..6_usize,
        reverse in any::<bool>(),
        limit in 4..20_usize,
    ) {
        let source = Source::of_bytes("a", *b"");
        let fold = |new: &dyn Fn() -> Summary| {
            let mut parts: Vec<Summary> = numbers
                .chunks(numbers.len().div_ceil(pieces).max(1))
                .map(|piece| {
                    let mut part = new();
                    for number in piece {
                        let user = Some(User::new(format!("u{number}")));
                        let event = Event { user, ..Event::default() };
                        part.take(&event, Place { source: &source, line: 1 });
                    }
                    part
                })
                .collect();
            if reverse {
                parts.reverse();
            }
            parts.into_iter().fold(new(), |mut whole, part| {
                whole.join(part);
                whole
            })
        };
        let mut summary = fold(&|| Summary::limited(vec![By::User], limit));
        let again = summary.again();
        let had_too_many = again.is_some();
        if let Some(again) = again {
            summary = fold(&again);
        }
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        numbers.iter().for_each(|number| *counts.entry(format!("u{number}")).or_default() += 1);
        prop_assert_eq!(had_too_many, counts.len() > limit);
        let missing = if had_too_many { numbers.len() as u64 / (limit as u64 / 2 + 1) } else { 0 };
        counts.retain(|_, count| *count > missing);
        let (groups, said) = summary.groups();
        prop_assert_eq!(said, missing);
        let found: BTreeMap<String, u64> = groups
            .into_iter()
            .map(|group| match &group.key[..] {
                [Value::Text(user)] => (user.clone(), group.total.count),
                other => panic!("{other:?}"),
            })
            .collect();
        prop_assert_eq!(found, counts);
    }
}

/// mongod's own lines state no outcome of a logon: an actor that is empty is what shows a refusal.
#[test]
fn failures_that_no_line_states_are_counted_apart() {
    let refused = r#"{"class_uid":3002,"activity_id":1,"time":1772000000000,"actor":{},"user":{"name":"admin.eve"},"unmapped":{"atype":"authenticate"},"metadata":{"product":"MongoDB Server"}}"#;
    let stated = r#"{"class_uid":3002,"activity_id":1,"time":1772000000000,"status_id":2,"user":{"name":"admin.eve"}}"#;
    let source = Source::of_bytes("a", format!("{refused}\n{stated}").into_bytes());
    let summary = summed(&[By::User], &[source], 1);
    let total = summary.groups().0[0].total;
    assert_eq!((total.count, total.failures, total.inferred), (2, 2, 1));
}

#[test]
fn one_address_is_one_however_it_is_spelled() {
    let spelled = ["2001:db8:0:0::1", "2001:DB8::1", "::ffff:192.0.2.1", "192.0.2.1", "unix"];
    let line = |ip| format!("{{\"class_uid\":3002,\"src_endpoint\":{{\"ip\":\"{ip}\"}}}}\n");
    let source = Source::of_bytes("a", spelled.map(line).concat().into_bytes());
    let summary = summed(&[By::Ip], &[source], 1);
    let groups = sorted(summary).into_iter().map(|(key, total)| (key[0].clone(), total.count));
    let text = |text: &str| Value::Text(text.to_owned());
    let wanted = [(text("192.0.2.1"), 2), (text("2001:db8::1"), 2), (text("unix"), 1)];
    assert_eq!(groups.collect::<Vec<_>>(), wanted);
}
