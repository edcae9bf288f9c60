//! The reader, held against logs whose answers are known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use spctl_audit::event::Micros;
use spctl_audit::filter::Filter;
use spctl_audit::folds::summary::{By, Summary, Total, Value};
use spctl_audit::scan;
use spctl_audit::source::Source;
use spctl_planted::{Counts, Packing, Plan, Shape, bytes};

/// What a group is called in the planted answers.
fn name(by: By, value: &Value) -> String {
    const DAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    match value {
        Value::From(time) => {
            let length = if by == By::Day { 10 } else { 13 };
            time.timestamp().unwrap().to_string()[..length].to_owned()
        }
        Value::HourOfWeek(hour) => format!("{} {:02}", DAYS[usize::from(hour / 24)], hour % 24),
        Value::Text(text) => text.clone(),
        Value::Instance { name, .. } => name.clone(),
        Value::None => String::new(),
    }
}

fn totals(log: &[u8], by: By, threads: usize) -> BTreeMap<String, Total> {
    let sources = [Source::of_bytes("log", log).of_instance("orders")];
    let new = || Summary::new([by]);
    let (summary, _) = scan::fold(&sources, &Filter::default(), threads, &new, &|_, _, _| {});
    summary.groups().0.iter().map(|group| (name(by, &group.key[0]), group.total)).collect()
}

fn wanted(counts: &BTreeMap<String, Counts>) -> BTreeMap<String, Total> {
    let total = |counts: &Counts| Total {
        count: counts.count,
        failures: counts.failures,
        inferred: counts.inferred,
        first: counts.first.map(|time| Micros(time * 1000)),
        last: counts.last.map(|time| Micros(time * 1000)),
    };
    counts.iter().map(|(key, counts)| (key.clone(), total(counts))).collect()
}

fn plans() -> [Plan; 3] {
    let everything = Plan::everything(6000);
    [Plan::clean(3000), Plan { seed: 7, ..everything.clone() }, everything]
}

#[test]
fn every_line_is_what_it_was_planted_as() {
    for plan in plans() {
        for packing in
            [Packing::Plain, Packing::Zstd, Packing::Gzip { level: 1, member: Some(70_001) }]
        {
            let (log, truth) = bytes(&plan, packing);
            let bad = AtomicU64::new(0);
            let sources = [Source::of_bytes("log", log)];
            let count = |_: spctl_audit::source::Place<'_>, _, _: &[u8]| {
                bad.fetch_add(1, Ordering::Relaxed);
            };
            let new = || Summary::new([By::Event]);
            let (_, tally) = scan::fold(&sources, &Filter::default(), 2, &new, &count);
            assert_eq!(tally.bytes, truth.bytes);
            assert_eq!((tally.lines.events, tally.lines.all()), (truth.events, truth.lines));
            assert_eq!(bad.into_inner(), truth.malformed(), "{:?}", truth.malformed);
        }
    }
}

#[test]
fn totals_are_those_that_were_planted() {
    for plan in plans() {
        let (log, truth) = bytes(&plan, Packing::Plain);
        for (by, counts) in [
            (By::User, &truth.by_user),
            (By::Event, &truth.by_event),
            (By::Ip, &truth.by_ip),
            (By::Day, &truth.by_day),
            (By::Hour, &truth.by_hour),
            (By::WeekdayHour, &truth.by_weekday_hour),
            (By::Outcome, &truth.by_outcome),
            (By::Instance, &truth.by_instance),
            (By::Processor, &truth.by_processor),
        ] {
            // The server's lines about denied calls name no processor as such.
            if by == By::Processor && plan.shapes.contains(&Shape::Server) {
                continue;
            }
            let wanted = wanted(counts);
            for threads in [1, 3] {
                let mut found = totals(&log, by, threads);
                let none = found.remove("").map_or(0, |none| none.count);
                for (key, total) in &wanted {
                    assert_eq!(found.get(key), Some(total), "{by:?} {key}");
                }
                assert_eq!(found.len(), wanted.len(), "{by:?}");
                let counted = wanted.values().map(|total| total.count).sum::<u64>();
                assert_eq!(counted + none, truth.events);
            }
        }
    }
}
