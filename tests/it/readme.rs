//! Every command of the README's tour and of the pages in docs/, pasted as it stands, gives what they
//! show.

use std::path::Path;
use std::process::Command;

/// In place of what differs from run to run, within one line.
const ANYTHING: &str = "[…]";

#[test]
fn the_tour_shows_what_happens() {
    let run = transcript("README.md", include_str!("../../README.md"));
    assert!(run >= 7, "the tour has {run} commands");
}

#[test]
fn the_pages_show_what_happens() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut run = 0;
    for entry in std::fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "md") {
            let text = std::fs::read_to_string(&path).expect("text");
            run += transcript(&path.display().to_string(), &text);
        }
    }
    assert!(run >= 7, "the pages have {run} commands");
}

/// Runs each command of a page in turn, in a home of their own; returns how many there are.
fn transcript(page: &str, text: &str) -> usize {
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut run = 0;
    for block in text.split("```console\n").skip(1) {
        let block = format!("\n{}", block.split("```").next().unwrap_or_default());
        for step in block.split("\n$ ").filter(|step| !step.is_empty()) {
            let (command, shown) = step.split_once('\n').unwrap_or((step, ""));
            let printed = paste(command, home.path());
            assert!(
                matches(&printed, shown),
                "$ {command}\nprinted:\n{printed}\n{page} shows:\n{shown}"
            );
            run += 1;
        }
    }
    run
}

/// Scripts that stop at the first failure are run as they stand.
#[test]
fn the_scripts_run() {
    let text = include_str!("../../README.md");
    let scripts = text.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let whole: Vec<&str> = scripts.filter(|script| script.starts_with("set -eu")).collect();
    assert!(!whole.is_empty());
    for script in whole {
        let home = tempfile::tempdir().expect("a temporary directory");
        let printed = paste(&format!("({script}); echo \"exit $?\""), home.path());
        assert!(printed.ends_with("exit 0\n"), "{printed}");
        assert!(printed.contains("deleted project streaming"), "{printed}");
    }
}

/// What a shell prints for a command line, stdout and stderr as they come.
fn paste(command: &str, home: &Path) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_spctl")).parent().expect("a directory");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .env_clear()
        .env("PATH", path)
        .env("HOME", home)
        .current_dir(home)
        .output()
        .expect("sh runs");
    String::from_utf8(output.stdout).expect("text")
}

/// Whether the lines are those shown, in any order: a pipe and stderr are not in step.
fn matches(printed: &str, shown: &str) -> bool {
    let mut printed: Vec<&str> = printed.lines().collect();
    let shown: Vec<&str> = shown.lines().filter(|line| !line.is_empty()).collect();
    shown.iter().all(|line| {
        let found = printed.iter().position(|p| is_like(p, line));
        found.map(|at| printed.remove(at)).is_some()
    }) && printed
        .iter()
        .all(|rest| shown.iter().any(|line| line.contains(ANYTHING) && is_like(rest, line)))
}

fn is_like(printed: &str, shown: &str) -> bool {
    let mut parts = shown.split(ANYTHING);
    let Some(mut rest) = parts.next().and_then(|first| printed.strip_prefix(first)) else {
        return false;
    };
    let mut anything = false;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        anything = part.is_empty();
    }
    rest.is_empty() || anything
}
