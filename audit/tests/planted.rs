//! The reader, held against logs whose answers are known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use spctl_audit::event::Micros;
use spctl_audit::filter::Filter;
use spctl_audit::folds::summary::{By, Summary, Total, Value};
use spctl_audit::scan;
use spctl_audit::source::Source;
use spctl_planted::{Counts, Packing, Plan, Truth, bytes};

fn totals(log: &[u8], by: By, threads: usize) -> BTreeMap<String, Total> {
    let sources = [Source::of_bytes("log", log)];
    let new = || Summary::new([by]);
    let (summary, _) = scan::fold(&sources, &Filter::default(), threads, &new, &|_, _, _| {});
    let text = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        Value::None => String::new(),
        other => panic!("{other:?}"),
    };
    let (groups, _) = summary.groups();
    // What is inferred is not planted by key.
    let total = |total: Total| Total { inferred: 0, ..total };
    groups.into_iter().map(|group| (text(&group.key[0]), total(group.total))).collect()
}

fn wanted(counts: &BTreeMap<String, Counts>) -> BTreeMap<String, Total> {
    let total = |counts: &Counts| Total {
        count: counts.count,
        failures: counts.failures,
        inferred: 0,
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
        let Truth { by_user, by_event, by_ip, .. } = &truth;
        for (by, counts) in [(By::User, by_user), (By::Event, by_event), (By::Ip, by_ip)] {
            let (found, wanted) = (totals(&log, by, 1), wanted(counts));
            for (key, total) in &wanted {
                assert_eq!(found.get(key), Some(total), "{key}");
            }
            assert_eq!(found.len(), wanted.len());
        }
    }
}
