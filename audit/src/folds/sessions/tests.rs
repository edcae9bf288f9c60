use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::event::Micros;

/// A line of a session: what, when, whose, how.
fn line(kind: &str, ms: i64, session: &str, user: &str, status: i64) -> Value {
    let class = if ["authenticate", "logout"].contains(&kind) { 3002 } else { 3004 };
    let mut line = json!({
        "class_uid": class, "time": ms, "status_id": status, "metadata": {"correlation_uid": session},
        "src_endpoint": {"ip": format!("192.0.2.{}", user.len())}, "unmapped": {"atype": kind},
    });
    match status {
        1 => line["actor"] = json!({"user": {"name": user}}),
        _ => line["user"] = json!({"name": user}),
    }
    if class == 3004 {
        line["entity"] = json!({"name": "totals", "type": "stream_processor", "uid": "a1"});
    }
    line
}

fn fold(sessions: &mut Sessions, lines: &[Value]) {
    let source = Source::of_bytes("orders", *b"").of_instance("orders");
    for (number, line) in lines.iter().enumerate() {
        let bytes = line.to_string();
        let event = Event::parse(bytes.as_bytes()).unwrap();
        sessions.take(&event, Place { source: &source, line: number as u64 + 1 });
    }
}

fn sessions(lines: &[Value]) -> Vec<Session> {
    let mut sessions = Sessions::new(Part::ALL, MOST);
    fold(&mut sessions, lines);
    sessions.finish()
}

fn of(lines: &[Value]) -> Session {
    let [session] = sessions(lines).try_into().unwrap();
    session
}

const T: i64 = 1_772_000_000_000;

#[test]
fn a_session_is_what_happened_from_logon_to_logoff() {
    let session = of(&[
        line("logout", T + 9_000, "a", "admin.dave", 1),
        line(".sample()", T + 2_000, "a", "admin.dave", 1),
        line("dropStreamProcessor", T + 3_000, "a", "admin.dave", 2),
        line("authenticate", T, "a", "admin.dave", 1),
    ]);
    assert_eq!((session.state(), session.lasted()), (State::Closed, Some(9_000_000)));
    assert_eq!((session.done(), session.failures, session.events), (2, 1, 4));
    assert_eq!(session.users.iter().collect::<Vec<_>>(), ["admin.dave"]);
    assert_eq!(session.processors.iter().collect::<Vec<_>>(), ["totals"]);
}

#[test]
fn what_was_read_may_lack_an_end() {
    let logon = line("authenticate", T, "a", "admin.dave", 1);
    let sample = line(".sample()", T + 1_000, "a", "admin.dave", 1);
    let mut logoff = line("logout", T + 5_000, "a", "admin.dave", 1);
    let open = of(&[logon, sample.clone()]);
    assert_eq!((open.state(), open.lasted()), (State::Open, None));

    let ended = of(&[sample.clone(), logoff.clone()]);
    assert_eq!((ended.state(), ended.began(), ended.lasted()), (State::BeganBefore, None, None));
    logoff["unmapped"]["loginTime"] = (T - 60_000).into();
    let ended = of(&[sample.clone(), logoff]);
    assert_eq!(ended.began(), Some(Micros((T - 60_000) * 1_000)));
    assert_eq!(ended.lasted(), Some(65_000_000));

    assert_eq!(of(&[sample]).state(), State::ActsOnly);
}

#[test]
fn a_refused_logon_is_no_session_that_began() {
    let refused = line("authenticate", T, "a", "admin.eve", 2);
    assert_eq!(of(std::slice::from_ref(&refused)).state(), State::Refused);
    let off = line("logout", T + 100, "a", "admin.eve", 1);
    assert_eq!(of(&[refused.clone(), off]).state(), State::Refused);
    let second = line("authenticate", T + 50, "a", "admin.eve", 1);
    let session = of(&[refused, second]);
    assert_eq!((session.state(), session.refused_logons, session.logons), (State::Open, 1, 1));
}

#[test]
fn a_shared_session_keeps_a_few_of_its_users() {
    let users: Vec<_> =
        (0..40).map(|n| line("authenticate", T + n, "a", &format!("admin.u{n:02}"), 1)).collect();
    let session = of(&users);
    assert_eq!((session.users.iter().count(), session.users.more), (16, true));
    let backwards: Vec<_> = users.into_iter().rev().collect();
    assert_eq!(of(&backwards), session);
}

#[test]
fn one_id_in_two_instances_is_two_sessions() {
    let mut both = Sessions::new(Part::ALL, MOST);
    let line = line("authenticate", T, "a", "admin.dave", 1).to_string();
    for instance in ["orders", "payments"] {
        let source = Source::of_bytes("file", *b"").of_instance(instance);
        both.take(&Event::parse(line.as_bytes()).unwrap(), Place { source: &source, line: 1 });
    }
    both.take(
        &Event::parse(b"{}").unwrap(),
        Place { source: &Source::of_bytes("x", *b""), line: 1 },
    );
    assert_eq!(both.without, 1);
    assert_eq!(both.finish().len(), 2);
}

prop_compose! {
    fn any_line()(
        kind in prop::sample::select(vec![
            "authenticate", "logout", ".sample()", "startStreamProcessor", "Audit log accessed", "find",
        ]),
        ms in T..T + 50,
        session in 0..40_u32,
        user in prop::sample::select(vec!["admin.a", "admin.bb", "admin.ccc", "key"]),
        status in 1_i64..=2,
    ) -> Value {
        line(kind, ms, &format!("s{session}"), user, status)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn splitting_and_order_do_not_matter(
        (lines, mixed) in prop::collection::vec(any_line(), 0..80)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        cuts in prop::collection::vec(0_usize..80, 3),
        most in 3_usize..60,
        backwards: bool,
    ) {
        let mut whole = Sessions::new(Part::ALL, most);
        fold(&mut whole, &lines);
        let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(mixed.len())).collect();
        cuts.extend([0, mixed.len()]);
        cuts.sort_unstable();
        let mut pieces: Vec<_> = cuts.windows(2).map(|ends| {
            let mut piece = Sessions::new(Part::ALL, most);
            fold(&mut piece, &mixed[ends[0]..ends[1]]);
            piece
        }).collect();
        if backwards {
            pieces.reverse();
        }
        let joined = pieces.into_iter().reduce(|mut one, other| { one.join(other); one }).unwrap();
        prop_assert_eq!(joined.part(), whole.part());
        prop_assert_eq!(joined.finish(), whole.finish());
    }

    #[test]
    fn part_by_part_all_are_found_whole(
        lines in prop::collection::vec(any_line(), 0..80), most in 1_usize..20,
    ) {
        let (mut left, mut all) = (vec![Part::ALL], Vec::new());
        while let Some(part) = left.pop() {
            let mut some = Sessions::new(part, most);
            fold(&mut some, &lines);
            left.extend(part.without(some.part()));
            all.extend(some.finish());
        }
        all.sort_by(|one, other| one.id.cmp(&other.id));
        let mut naive: std::collections::BTreeMap<&str, Vec<Value>> = Default::default();
        for line in &lines {
            let id = line["metadata"]["correlation_uid"].as_str().unwrap();
            naive.entry(id).or_default().push(line.clone());
        }
        let naive: Vec<_> = naive.into_values().map(|lines| of(&lines)).collect();
        prop_assert_eq!(all, naive);
    }

    #[test]
    fn the_chosen_are_whole(lines in prop::collection::vec(any_line(), 0..80), most in 1_usize..20) {
        let source = Source::of_bytes("orders", *b"").of_instance("orders");
        let is_wanted = |line: &Value| line["actor"]["user"]["name"] == "admin.a";
        let (mut left, mut found) = (vec![Part::ALL], Vec::new());
        while let Some(part) = left.pop() {
            let mut chosen = Chosen::new(part, most);
            for line in lines.iter().filter(|line| is_wanted(line)) {
                let bytes = line.to_string();
                chosen.take(&Event::parse(bytes.as_bytes()).unwrap(), Place { source: &source, line: 1 });
            }
            let mut some = Sessions::of(Arc::new(chosen), most);
            fold(&mut some, &lines);
            left.extend(part.without(some.part()));
            found.extend(some.finish());
        }
        found.sort_by(|one, other| one.id.cmp(&other.id));
        let mut wanted = sessions(&lines);
        wanted.retain(|session| session.users.iter().any(|user| user == "admin.a")
            && lines.iter().any(|line| is_wanted(line) && line["metadata"]["correlation_uid"] == *session.id));
        wanted.sort_by(|one, other| one.id.cmp(&other.id));
        prop_assert_eq!(found, wanted);
    }
}

#[test]
fn one_session_may_have_lines_of_several_shapes() {
    let id = "20ec4769-984d-445c-aea7-da0429da9122";
    let legacy = |id: Value| {
        json!({
            "atype": "authenticate", "ts": {"$date": "2026-02-25T06:13:20Z"}, "uuid": id,
            "users": [{"user": "dave", "db": "admin"}], "remote": {"ip": "192.0.2.5"}, "result": 0,
        })
    };
    for uuid in [
        json!({"$binary": "IOxHaZhNRFyup9oEKdqRIg==", "$type": "04"}),
        json!({"$binary": {"base64": "IOxHaZhNRFyup9oEKdqRIg==", "subType": "04"}}),
        json!({"$uuid": id}),
        json!(id),
    ] {
        let session = of(&[legacy(uuid), line("logout", T + 9_000, id, "admin.dave", 1)]);
        assert_eq!((&*session.id, session.state()), (id, State::Closed));
        assert_eq!(session.users.iter().collect::<Vec<_>>(), ["admin.dave"]);
    }
}

#[test]
fn the_prefilter_knows_an_id_in_every_spelling() {
    // The bytes of the second have a slash in base64, which a line may escape.
    let ids = [
        ("20ec4769-984d-445c-aea7-da0429da9122", "IOxHaZhNRFyup9oEKdqRIg=="),
        ("ffec4769-984d-445c-aea7-da0429da9122", "\\/+xHaZhNRFyup9oEKdqRIg=="),
    ];
    for (id, bytes) in ids {
        let lines = format!(
            "{}\n{{\"atype\":\"logout\",\"uuid\":{{\"$binary\":\"{bytes}\",\"$type\":\"04\"}}}}\n{{}}\n",
            line("authenticate", T, id, "admin.dave", 1)
        );
        let filter = crate::filter::Filter { session: Some(id.to_owned()), ..Default::default() };
        let sources = [Source::of_bytes("log", lines.into_bytes())];
        let tally =
            crate::scan::each(&sources, &filter, &mut |_| std::ops::ControlFlow::Continue(()));
        assert_eq!((tally.passed, tally.is_prefiltered), (2, true));
    }
}

#[test]
fn the_sessions_of_a_log_are_those_that_were_planted() {
    for plan in [spctl_planted::Plan::clean(20_000), spctl_planted::Plan::everything(20_000)] {
        let (log, truth) = spctl_planted::bytes(&plan, spctl_planted::Packing::Plain);
        let sources = [Source::of_bytes("log", log)];
        let (new, bad) = (|| Sessions::new(Part::ALL, MOST), |_: Place<'_>, _, _: &[u8]| {});
        let filter = crate::filter::Filter { parses_all: true, ..Default::default() };
        let (sessions, _) = crate::scan::fold(&sources, &filter, 2, &new, &bad);
        let sessions = sessions.finish();
        let of = |states: &[State]| {
            sessions.iter().filter(|s| states.contains(&s.state())).count() as u64
        };
        let planted = &truth.sessions;
        assert_eq!(of(&[State::Closed, State::Open]), planted.begun);
        assert_eq!(sessions.iter().filter(|s| s.logoffs > 0).count() as u64, planted.ended);
        assert_eq!(of(&[State::Refused]), planted.refused);
        assert_eq!(sessions.iter().map(|session| session.inferred).sum::<u64>(), truth.inferred);
        for wanted in &planted.of_user {
            let session =
                sessions.iter().find(|session| *session.id == wanted.id).expect("planted");
            let ms = |time: Option<Micros>| time.map(|time| time.0 / 1_000);
            assert_eq!(
                (ms(session.logon), ms(session.logoff)),
                (wanted.logon, wanted.logoff),
                "{wanted:?}"
            );
            assert_eq!(session.done(), wanted.acts, "{wanted:?}");
            assert!(session.addresses.iter().any(|ip| ip == wanted.ip), "{wanted:?}");
        }
    }
}
