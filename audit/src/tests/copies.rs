use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn line(second: i64, number: u32) -> String {
    format!(
        r#"{{"class_uid":3002,"activity_id":1,"time":{},"user":{{"name":"admin.u{number}"}}}}"#,
        (1_781_000_000 + second) * 1_000
    )
}

/// How often each line counts.
fn counted(logs: &[(&str, Vec<String>)]) -> Option<BTreeMap<String, u32>> {
    let source = |(label, _): &(&str, _)| Source::of_bytes(*label, *b"");
    let sources: Vec<Source> = logs.iter().map(source).collect();
    let groups = Groups::of(&sources)?;
    let mut copies = Copies::new(Arc::clone(&groups));
    let each = |take: &mut dyn FnMut(&Source, &Event<'_>, &str)| {
        for (source, (_, lines)) in sources.iter().zip(logs) {
            for line in lines {
                take(source, &Event::parse(line.as_bytes()).unwrap(), line);
            }
        }
    };
    each(&mut |source, event, _| copies.take(event, Place { source, line: 1 }));
    let mut once = copies.finish()?;
    let mut counted = BTreeMap::new();
    each(&mut |source, event, line| {
        if once.counts(groups.number(&source.label), event.time, line.as_bytes()) {
            *counted.entry(line.to_owned()).or_default() += 1;
        }
    });
    Some(counted)
}

fn counts(lines: &[String]) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    lines.iter().for_each(|line| *counts.entry(line.clone()).or_default() += 1);
    counts
}

proptest! {
    #[test]
    fn windows_of_one_log_come_to_the_log(
        // Some lines are genuinely there several times.
        lines in proptest::collection::vec((0_i64..400, 0_u32..3), 2..200),
        cuts in proptest::collection::vec((0_i64..400, 0_i64..400), 1..4),
    ) {
        let mut lines = lines;
        lines.sort_unstable();
        let whole: Vec<String> = lines.iter().map(|(s, n)| line(*s, *n)).collect();
        let names = ["a.log", "b.log", "c.log", "d.log"];
        let mut logs = vec![("whole.log", whole.clone())];
        for ((from, until), name) in cuts.iter().zip(names) {
            let inside = lines.iter().filter(|(s, _)| (*from..*until).contains(s));
            logs.push((name, inside.map(|(s, n)| line(*s, *n)).collect()));
        }
        logs.rotate_left(1);
        match counted(&logs) {
            Some(counted) => prop_assert_eq!(counted, counts(&whole)),
            None => prop_assert!(logs.iter().filter(|(_, lines)| !lines.is_empty()).count() < 2),
        }
    }
}

#[test]
fn parts_of_one_log_keep_their_twins() {
    // A line in a hundred is there twice, and the twins are in two files.
    let all: Vec<String> = (0..2_000).map(|n| line(n / 2, (n - n % 200 / 199) as u32)).collect();
    let part = |rest: usize| all.iter().skip(rest).step_by(2).cloned().collect::<Vec<_>>();
    assert_eq!(counted(&[("a.log", part(0)), ("b.log", part(1))]), None);
    // Within one archive every line is one of its own, in whichever file.
    let archived = |day: &str| format!("x/instance=orders/day={day}/1.ndjson.gz");
    let (one, two) = (archived("2026-06-01"), archived("2026-06-02"));
    assert_eq!(counted(&[(&one, all.clone()), (&two, all.clone())]), None);
}

#[test]
fn logs_of_two_instances_are_no_copies() {
    let of =
        |label: &str, instance: &'static str| Source::of_bytes(label, *b"").of_instance(instance);
    assert!(Groups::of(&[of("a", "orders"), of("b", "payments")]).is_none());
    assert!(Groups::of(&[of("a", "orders"), of("b", "orders")]).is_some());
    assert!(Groups::of(&[of("a", "orders"), Source::of_bytes("x.log", *b"")]).is_some());
}
