//! Every command of the README's tour and of the pages in docs/, pasted as it stands, gives what they
//! show.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::skipped;

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
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "md") {
            let text = fs::read_to_string(&path).expect("text");
            run += transcript(&path.display().to_string(), &text);
        }
    }
    assert!(run >= 7, "the pages have {run} commands");
}

/// Where a page's commands run. What they leave running ends with it, if they keep its number in a file
/// `NAME.pid`.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().expect("a temporary directory"))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let kill = "for file in ./*.pid; do if [ -f \"$file\" ]; then kill \"$(cat \"$file\")\"; fi; done 2>&1";
        paste(kill, self.0.path());
    }
}

/// Runs each command of a page in turn, in a home of their own; returns how many there are. A block that
/// begins with "console PROGRAM" needs this program: where it is not there, the page ends before it.
pub fn transcript(page: &str, text: &str) -> usize {
    let home = Home::new();
    let mut run = 0;
    for block in text.split("\n```console").skip(1) {
        let (needs, block) = block.split_once('\n').unwrap_or_default();
        if let Some(missing) = needs.split_whitespace().find(|name| !is_there(name)) {
            skipped(&format!("{page} after {run} commands ({missing} is not installed)"));
            break;
        }
        let block = format!("\n{}", block.split("```").next().unwrap_or_default());
        for step in block.split("\n$ ").filter(|step| !step.is_empty()) {
            let (command, shown) = step.split_once('\n').unwrap_or((step, ""));
            let printed = paste(command, home.0.path());
            assert!(
                matches(&printed, shown),
                "$ {command}\nprinted:\n{printed}\n{page} shows:\n{shown}"
            );
            run += 1;
        }
    }
    run
}

/// The directories of programs: the one under test, what `.ci/consumers` has fetched, the system's.
fn path() -> Vec<PathBuf> {
    let bin = Path::new(env!("CARGO_BIN_EXE_spctl")).parent().expect("a directory");
    let fetched = env::var_os("SPCTL_CONSUMERS").map(PathBuf::from);
    let fetched = fetched.map(|directory| directory.join("node_modules/.bin"));
    let system = env::var_os("PATH").unwrap_or_default();
    let system = env::split_paths(&system).collect::<Vec<_>>();
    std::iter::once(bin.to_owned()).chain(fetched).chain(system).collect()
}

fn is_there(program: &str) -> bool {
    path().iter().any(|directory| directory.join(program).is_file())
}

/// Scripts that stop at the first failure are run as they stand.
#[test]
fn the_scripts_run() {
    let printed: String = scripts(include_str!("../../README.md")).map(run).collect();
    assert!(printed.contains("deleted project streaming"), "{printed}");
    assert!(printed.ends_with("exit 0\n"), "{printed}");
}

/// The scripts of a page.
pub fn scripts(text: &str) -> impl Iterator<Item = &str> {
    let blocks = text.split("\n```sh\n").skip(1).filter_map(|block| block.split("```").next());
    blocks.filter(|script| script.starts_with("set -eu"))
}

/// Runs a script in a home of its own; what it prints, and at last its exit code.
pub fn run(script: &str) -> String {
    paste(&format!("({script}); echo \"exit $?\""), Home::new().0.path())
}

/// What a shell prints for a command line, stdout and stderr as they come.
fn paste(command: &str, home: &Path) -> String {
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .env_clear()
        .env("PATH", env::join_paths(path()).expect("directories"))
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
