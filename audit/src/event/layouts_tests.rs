use proptest::prelude::*;
use spctl_planted::{Packing, Plan};

use super::*;

/// Values of which some decide what a line means, some are no text or number, and some are no JSON.
const VALUES: [&str; 24] = [
    r#""alice""#,
    r#""bob.smith""#,
    r#""a.b@example.com""#,
    r#""""#,
    r#""o\"neil""#,
    r#""\ud83d\ude00""#,
    "\"\u{fc}\u{20ac}\"",
    "\"\u{7}\"",
    r#""authCheck""#,
    r#""stopStreamProcessor""#,
    r#""2026-02-25T06:13:20Z""#,
    "7",
    "0",
    "-5",
    "007",
    "70000",
    "1.5e3",
    "1772000000123",
    "99999999999999999999",
    "null",
    "true",
    r#"{"a":[1,"x",{}]}"#,
    r#"[{"name":"x"}]"#,
    "[",
];

/// The line with the values of those numbers put in other values' places.
fn changed(line: &str, changes: &[(u8, u8)]) -> String {
    let mut line = line.to_owned();
    for (place, value) in changes {
        let colons: Vec<usize> = line.match_indices("\":").map(|(at, _)| at + 2).collect();
        let Some(begin) = colons.get(usize::from(*place) % colons.len().max(1)).copied() else {
            break;
        };
        // The values of objects and arrays lose their beginning, which leaves no JSON now and then.
        let end = match line.as_bytes()[begin] {
            b'"' => line[begin + 1..].find('"').map_or(line.len(), |end| begin + end + 2),
            _ => line[begin..].find([',', '}']).map_or(line.len(), |end| begin + end),
        };
        line.replace_range(begin..end, VALUES[usize::from(*value) % VALUES.len()]);
    }
    line
}

/// Lines of every shape.
fn lines() -> Vec<String> {
    let (log, _) = spctl_planted::bytes(&Plan::everything(400), Packing::Plain);
    let lines = log.split(|byte| *byte == b'\n').filter(|line| line.len() < 4000);
    lines.map(|line| String::from_utf8_lossy(line).into_owned()).collect()
}

/// What each says, read by one parser and each by one of its own.
fn both(lines: &[String]) -> Vec<(String, String)> {
    let mut parser = Parser::default();
    let both = |line: &String| {
        let (one, other) = (parser.parse(line.as_bytes()), Event::parse(line.as_bytes()));
        (format!("{line} {one:?}"), format!("{line} {other:?}"))
    };
    lines.iter().map(both).collect()
}

#[test]
fn nothing_depends_on_the_lines_before() {
    let lines = lines();
    for (one, other) in both(&lines) {
        assert_eq!(one, other);
    }
}

#[test]
fn most_lines_are_laid_out_as_one_before() {
    let (log, _) = spctl_planted::bytes(&Plan::clean(2000), Packing::Plain);
    let lines = || log.split(|byte| *byte == b'\n').filter_map(|line| str::from_utf8(line).ok());
    let mut parser = Parser::default();
    for line in lines() {
        parser.parse(line.as_bytes());
    }
    let known = lines().filter(|line| parser.layouts.event(line).is_some()).count();
    assert!(known > 1900, "{known}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn nor_on_what_is_changed_in_them(
        first in any::<prop::sample::Index>(),
        changes in prop::collection::vec(prop::collection::vec(any::<(u8, u8)>(), 0..4), 1..40),
    ) {
        let all = lines();
        let first = &all[first.index(all.len())];
        // All of one line, so that one is laid out as another.
        let lines: Vec<String> = changes.iter().map(|changes| changed(first, changes)).collect();
        for (one, other) in both(&lines) {
            prop_assert_eq!(one, other);
        }
    }
}
