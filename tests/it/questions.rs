//! What counts as a yes, and what `--dry-run` leaves undone where no request could show it.

use std::process::Command;

use crate::run::Run;
use crate::support::Lab;
use crate::terminal::Terminal;

#[test]
fn only_a_whole_yes_is_one() {
    let lab = Lab::new();
    let delete = || Terminal::start(&lab.spctl(["users", "delete", "frank"]));
    for answer in ["not yet", "nay", "", "n", "y n", "yes, please"] {
        let mut terminal = delete();
        terminal.sees("delete database user frank? [y/N]").answers(answer);
        let screen = terminal.ends(2);
        assert!(screen.contains("not confirmed; nothing was changed"), "{answer:?}: {screen}");
    }
    let mut terminal = delete();
    terminal.sees("[y/N]").ends_input();
    terminal.ends(2);
    lab.spctl(["users", "get", "frank"]).finish().exits(0);
    let mut terminal = delete();
    terminal.sees("[y/N]").answers(" YES ");
    terminal.ends(0);
    lab.spctl(["users", "get", "frank"]).finish().exits(5);
}

/// The run in a shell of the terminal's, with this around it.
fn in_a_shell(run: &Run, script: &str) -> Terminal {
    let run = run.command();
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(run.get_program()).args(run.get_args()).env_clear();
    command.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(run.get_current_dir().expect("a directory of its own"));
    Terminal::begin(command)
}

#[test]
fn names_through_a_pipe_leave_the_terminal_to_answer_on() {
    let lab = Lab::new();
    let delete = lab.spctl(["users", "delete", "-"]);
    for (answer, code, left) in [("no", 2, 0), ("yes", 0, 5)] {
        let mut terminal = in_a_shell(&delete, "printf 'frank\\n' | \"$0\" \"$@\"");
        terminal.sees("delete database user frank? [y/N]").answers(answer);
        terminal.ends(code);
        lab.spctl(["users", "get", "frank"]).finish().exits(left);
    }
    // Nobody sees a question that goes into a file.
    let delete = lab.spctl(["users", "delete", "-"]);
    let script = "printf 'grace\\n' | \"$0\" \"$@\" 2>said";
    in_a_shell(&delete, script).ends(2);
    let said = std::fs::read_to_string(lab.file("said")).expect("a file");
    assert!(said.contains("there is no terminal to ask on"), "{said}");
}

#[test]
fn a_dry_run_leaves_the_local_store_alone() {
    let lab = Lab::new();
    let local = |args| lab.local(args).finish().exits(0);
    let store = || {
        let status = lab.bare(["local", "status", "-o", "json"]).finish().exits(0).json();
        let count = |name: &str| status[name].clone();
        let ips = lab.bare(["local", "ips", "show"]).finish().exits(0).out();
        (count("database_users"), count("keys"), count("clockOffsetSeconds"), ips)
    };
    local(["users", "delete", "frank", "--yes"]);
    let before = store();
    assert!(before.0.is_u64() && before.1.is_u64() && before.2.is_i64(), "{before:?}");
    let lines = [
        "local reset",
        "local init --force",
        "local clock advance 2d",
        "local clock set 2030-01-01",
        "local key create --role ORG_OWNER",
        "local ips set list.json",
        "local ips reset",
    ];
    let list = r#"{"outbound": {"aws": {"us-east-1": ["203.0.113.77"]}}}"#;
    std::fs::write(lab.file("list.json"), list).expect("a file");
    for line in lines {
        let mut run = lab.bare([]);
        run.args = line.split(' ').chain(["--dry-run"]).map(str::to_owned).collect();
        let finished = run.finish().exits(0);
        assert!(finished.err().contains("would "), "{}", finished.shown());
        assert!(finished.err().contains("nothing was done"), "{}", finished.shown());
        assert!(finished.stdout.is_empty(), "{}", finished.shown());
        assert_eq!(store(), before, "{line}");
    }
    lab.bare(["local", "init", "--dry-run"]).finish().exits(6);
}
