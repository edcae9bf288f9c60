//! The table of `docs/consumers.md` is true of what is fetched and tested.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::consumers;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A target, its consumers, what was shown, and the tests that showed it.
fn rows() -> Vec<[&'static str; 4]> {
    let page = include_str!("../../../docs/consumers.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = |row: &'static str| Vec::from_iter(row.split(" | ")).try_into();
    // The first is the heading.
    rows.skip(1).map(|row| cells(row).unwrap_or_else(|_| panic!("four cells: {row}"))).collect()
}

#[test]
fn the_versions_of_the_table_are_those_that_are_fetched() {
    let mut command = Command::new("bash");
    command.args([".ci/consumers", "--versions"]).current_dir(ROOT);
    let pinned = consumers::run(&mut command, "").exits(0).out();
    let pinned: Vec<(&str, &str)> =
        pinned.lines().filter_map(|line| line.split_once(' ')).collect();
    let page = include_str!("../../../docs/consumers.md");
    for (name, version) in &pinned {
        assert!(page.contains(&format!("{name} {version}")), "{name} {version} stands nowhere");
    }
    for [_, consumers, ..] in rows() {
        for consumer in consumers.split(", ") {
            let words: Vec<&str> = consumer.split(' ').collect();
            let named =
                words.windows(2).find(|pair| pinned.iter().any(|(name, _)| *name == pair[0]));
            if let Some(pair) = named {
                assert!(pinned.contains(&(pair[0], pair[1])), "{consumer} is not what is fetched");
            }
        }
    }
}

/// A row behind other text is no row of a table to who reads it.
#[test]
fn the_rows_stand_together() {
    let page = include_str!("../../../docs/consumers.md");
    let is_row = |line: &&str| line.starts_with('|');
    let table = page.lines().skip_while(|line| !is_row(line)).take_while(is_row).count();
    assert_eq!(table, page.lines().filter(is_row).count());
}

#[test]
fn the_tests_of_the_table_are_there() {
    for [.., tests] in rows() {
        for test in tests.split(", ") {
            let named = test.trim_matches('`').split_once("::");
            let (file, name) = named.unwrap_or_else(|| panic!("{test} is no test"));
            let file = Path::new(ROOT).join(format!("tests/it/consumers/{file}.rs"));
            let text = fs::read_to_string(&file).expect(test);
            assert!(text.contains(&format!("#[test]\nfn {name}()")), "{test} is not there");
        }
    }
}
