//! Tables on terminals that are too narrow for them.

use crate::run::Run;
use crate::support::Lab;
use crate::terminal::Terminal;

/// The columns' names of a listing, in capitals, as its csv has them.
fn headers(run: Run) -> Vec<String> {
    let csv = run.and(&["-o", "csv"]).finish().exits(0).out();
    csv.lines().next().expect("a header").split(',').map(str::to_uppercase).collect()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[test]
fn names_and_headers_are_whole_at_any_width() {
    let lab = Lab::new();
    for (line, names) in [
        ("users list", "--columns=name"),
        ("users list --all-projects", "--columns=name"),
        ("roles list", "--columns=name"),
        ("connections list --instance orders", "--columns=name"),
        ("processors list --instance orders", "--columns=name"),
        ("instances list", "--columns=name"),
        ("members list", "--columns=name"),
        ("ips --provider aws --region us-east-1 -o table", "--columns=cidr"),
    ] {
        let run = |more: &[&str]| {
            let run = if line.starts_with("ips") { lab.local([]) } else { lab.spctl([]) };
            let args: Vec<&str> = line.split(' ').collect();
            run.and(&args).and(more)
        };
        let plain = line.strip_suffix(" -o table").unwrap_or(line);
        let plain = |more: &[&str]| {
            let run = if line.starts_with("ips") { lab.local([]) } else { lab.spctl([]) };
            run.and(&plain.split(' ').collect::<Vec<_>>()).and(more)
        };
        let known = headers(plain(&[]));
        let names = plain(&["-o", "tsv", names]).finish().exits(0).out();
        let widest = names.lines().map(width).max().expect("rows");
        for columns in [40, 60, 80] {
            let screen = Terminal::wide(&run(&[]), columns).ends(0).replace('\r', "");
            let table = screen
                .lines()
                .skip_while(|line| !line.starts_with(&known[0]) && !line.starts_with("PROJECT"));
            let table: Vec<&str> =
                table.take_while(|line| !line.starts_with("the terminal is")).collect();
            let header: Vec<&str> = table[0].split_whitespace().collect();
            assert!(header.iter().all(|word| known.iter().any(|k| k == word)), "{line}: {screen}");
            for name in names.lines() {
                let there = table.iter().any(|row| row.split("  ").any(|cell| cell.trim() == name));
                assert!(there, "{line} at {columns}: {name} in\n{screen}");
            }
            let project = if line.contains("all-projects") { 2 + 8 } else { 0 };
            for row in table.iter().take(names.lines().count() + 1) {
                assert!(width(row) <= (widest + project).max(columns.into()), "{line}: {row:?}");
            }
            // What has no room is named, and nothing else is missing.
            let missing: Vec<String> = known
                .iter()
                .filter(|k| !header.contains(&k.as_str()))
                .map(|k| k.to_lowercase())
                .collect();
            let told = format!("too narrow for {};", missing.join(", "));
            assert_eq!(screen.contains("too narrow"), !missing.is_empty(), "{screen}");
            assert!(missing.is_empty() || screen.contains(&told), "{told} in\n{screen}");
        }
    }
}

#[test]
fn what_tells_events_apart_is_whole() {
    let lab = Lab::new();
    let types = lab.typed("events list --since 60d --columns type -o tsv").finish().exits(0).out();
    for columns in [60, 80] {
        let run = lab.typed("events list --since 60d");
        let screen = Terminal::wide(&run, columns).ends(0);
        for kind in types.lines() {
            assert!(screen.contains(kind), "{kind} at {columns} in\n{screen}");
        }
        let mut table = screen.lines().take_while(|line| !line.starts_with("the terminal is"));
        assert!(table.all(|line| width(line.trim_end()) <= columns.into()), "{screen}");
    }
}

#[test]
fn the_body_of_a_dry_run_is_whole() {
    let lab = Lab::new();
    let line = "users update alice --description abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz --dry-run";
    let request = lab.typed(line).finish().exits(0).out();
    let (_, body) = request.trim_end().rsplit_once('\t').expect("method, path and body");
    let path = request.split('\t').nth(1).expect("a path");
    for columns in [40, 80] {
        let screen = Terminal::wide(&lab.typed(line), columns).ends(0);
        assert!(screen.contains(body) && screen.contains(path), "{body} in\n{screen}");
    }
    let piped = lab.typed(line).and(&["-o", "table"]).env("COLUMNS", "40").finish().exits(0).out();
    assert!(piped.contains(body), "{piped}");
}

#[test]
fn the_environment_says_how_wide_a_table_is() {
    let lab = Lab::new();
    let run = || lab.typed("roles list -o table");
    let longest = |text: &str| text.lines().map(width).max().unwrap_or_default();
    let free = run().finish().exits(0);
    assert!(longest(&free.out()) > 80 && !free.err().contains("narrow"), "{}", free.shown());
    let narrow = run().env("COLUMNS", "60").finish().exits(0);
    assert!(longest(&narrow.out()) <= 60, "{}", narrow.shown());
    for wrong in ["0", "-1", "wide", ""] {
        let ignored = run().env("COLUMNS", wrong).finish().exits(0);
        assert_eq!(ignored.out(), free.out(), "{wrong:?}");
    }
}
