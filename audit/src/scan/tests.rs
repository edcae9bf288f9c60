use std::io::Write;
use std::ops::ControlFlow;

use super::*;
use crate::filter::WantedUser;
use crate::folds::summary::{By, Group, Summary, Value};

fn line(number: u64) -> String {
    let user = ["alice", "bob", "carol"][number as usize % 3];
    format!(
        r#"{{"class_uid":3002,"activity_id":1,"time":{},"status_id":1,"actor":{{"user":{{"name":"admin.{user}"}}}},"unmapped":{{"atype":"authenticate"}}}}"#,
        1_772_000_000_000 + number
    )
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn text(numbers: std::ops::Range<u64>) -> String {
    numbers.map(|number| line(number) + "\n").collect()
}

fn sources() -> Vec<Source> {
    let zstd = zstd::encode_all(text(7000..7010).as_bytes(), 1).unwrap();
    let members = [gzip(&text(10..5000)), gzip(""), gzip(&text(5000..7000))].concat();
    vec![
        Source::of_bytes("plain", text(0..10).trim_end().as_bytes()),
        Source::of_bytes("gzip", members),
        Source::of_bytes("zstd", zstd),
        Source::of_bytes("empty", *b""),
    ]
}

#[test]
fn lines_come_in_order_from_every_container() {
    let mut read = String::new();
    let tally = each(&sources(), &Filter::default(), &mut |seen| {
        read.push_str(std::str::from_utf8(seen.line).unwrap());
        read.push('\n');
        ControlFlow::Continue(())
    });
    assert!(read == text(0..7010));
    assert_eq!((tally.lines.events, tally.passed, tally.unreadable.len()), (7010, 7010, 0));
}

#[test]
fn folding_is_the_same_on_any_number_of_threads() {
    let filter = Filter {
        users: vec![WantedUser::named("alice"), WantedUser::named("bob@admin")],
        ..Filter::default()
    };
    let bad = |_: Place<'_>, fault: Fault, _: &[u8]| panic!("{fault:?}");
    let of = |threads| fold(&sources(), &filter, threads, &|| Summary::new([By::User]), &bad);
    let (one, tally) = of(1);
    assert_eq!((tally.lines.events, tally.passed), (7010, 4674));
    let sorted = |summary: Summary| {
        let mut groups = summary.groups().0;
        groups.sort_by(|one, other| one.key.cmp(&other.key));
        groups
    };
    let one = sorted(one);
    let Group { key, total } = &one[0];
    assert_eq!((&key[..], total.count), (&[Value::Text("admin.alice".to_owned())][..], 2337));
    assert_eq!(one, sorted(of(4).0));
}

#[test]
fn damage_is_told_after_what_came_before_it() {
    let mut cut = gzip(&text(0..5000));
    cut.truncate(cut.len() / 2);
    let sources =
        [Source::of_bytes("cut", cut), Source::of_bytes("whole", text(0..3).into_bytes())];
    let mut faults = 0;
    let tally = each(&sources, &Filter::default(), &mut |seen| {
        faults += u32::from(matches!(seen.what, What::Fault(_)));
        ControlFlow::Continue(())
    });
    assert_eq!(&*tally.unreadable[0].label, "cut");
    assert!(tally.unreadable[0].lines > 1000 && faults <= 1);
    assert_eq!(tally.lines.all(), tally.unreadable[0].lines + 3);
}
