//! What the shells make of the completion scripts: each shell runs, where it is installed.

use std::any::TypeId;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap_complete::Shell;
use spctl::commands::completion::script;
use tempfile::TempDir;

use crate::support::skipped;
use crate::terminal::Terminal;

/// A directory with a file `afile`, a directory `adir`, and a shell's script, `script`.
fn place(shell: Shell) -> TempDir {
    let place = tempfile::tempdir().expect("a temporary directory");
    let path = |name: &str| place.path().join(name);
    std::fs::write(path("script"), script(shell, spctl::cli::command())).expect("a file");
    std::fs::write(path("afile"), "").expect("a file");
    place
}

/// A shell in that place; nothing where it is not installed.
fn shell(name: &str, place: &TempDir, arguments: &[&str]) -> Option<Command> {
    let mut test = Command::new(name);
    let is_there = test.arg("--version").stdout(Stdio::null()).status();
    if !is_there.is_ok_and(|status| status.success()) {
        skipped(&format!("{name} is not installed"));
        return None;
    }
    let mut command = Command::new(name);
    command.args(arguments).env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.current_dir(place.path()).env("HOME", place.path());
    Some(command)
}

/// What is typed, and what it is completed to.
const COMPLETED: [(&str, &str); 9] = [
    ("users restrict alice --inst", "users restrict alice --instance"),
    ("users restrict alice bob --keep", "users restrict alice bob --keep-clusters"),
    ("audit download orders --decom", "audit download orders --decompress"),
    ("users list -o nd", "users list -o ndjson"),
    ("users get a", "users get a"),
    ("users create alice --role a", "users create alice --role a"),
    ("--project a", "--project a"),
    ("connections create events --file af", "connections create events --file afile"),
    ("access-lists replace af", "access-lists replace afile"),
];

/// A function in place of the program tells what a shell would run; its words are not those typed.
fn completes(mut terminal: Terminal, script: &str) {
    terminal.answers("spctl() { printf '%s%s %s.\\n' RU NS \"$*\"; }; PS1='> '");
    terminal.answers(script);
    terminal.answers("spctl begins").sees("RUNS begins.");
    for (typed, meant) in COMPLETED {
        terminal.completes(&format!("spctl {typed}"));
        terminal.sees("RUNS ");
        // Some shells end a word that is complete, and some begin an option's value.
        let seen = terminal.sees(".\r").last_seen();
        let seen = seen.trim_end_matches(['.', '\r', ' ', '=']);
        assert_eq!(seen, meant, "spctl {typed}");
    }
}

#[test]
fn bash_completes_options_and_offers_files_only_for_files() {
    let place = place(Shell::Bash);
    let Some(bash) = shell("bash", &place, &["--norc", "--noprofile", "-i"]) else { return };
    completes(Terminal::begin(bash), ". ./script");
}

#[test]
fn zsh_completes_options_and_offers_files_only_for_files() {
    let place = place(Shell::Zsh);
    let Some(zsh) = shell("zsh", &place, &["-f", "-i"]) else { return };
    let setup = "autoload -U compinit; compinit -u -D; . ./script; compdef _spctl spctl";
    completes(Terminal::begin(zsh), setup);
}

#[test]
fn fish_completes_options_and_offers_files_only_for_files() {
    let place = place(Shell::Fish);
    for (typed, meant) in
        COMPLETED.into_iter().chain([("-o nd", "-o ndjson"), ("-o afi", "-o afi")])
    {
        let asked = format!("source ./script; complete -C 'spctl {typed}'");
        let Some(mut fish) = shell("fish", &place, &["-N", "-c", &asked]) else { return };
        let output = fish.output().expect("it runs");
        let offered = String::from_utf8_lossy(&output.stdout);
        let offered: Vec<&str> =
            offered.lines().map(|line| line.split('\t').next().unwrap_or_default()).collect();
        match typed == meant {
            true => assert!(offered.is_empty(), "spctl {typed}: {offered:?}"),
            false => {
                let word = meant.rsplit(' ').next().expect("a word");
                assert_eq!(offered, [word], "spctl {typed}");
            }
        }
    }
}

/// The scripts offer files for these.
/// A file, or what is in it.
const FILES: [&str; 6] = ["FILE", "DIR", "RECORD", "POLICY", "OLD", "NEW"];

#[test]
fn options_that_take_a_file_say_so_in_the_name_of_their_value() {
    let mut root = spctl::cli::command();
    root.build();
    let mut commands = vec![&root];
    let mut files = 0;
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands());
        for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
            let names = arg.get_value_names().unwrap_or_default();
            let names: Vec<&str> = names.iter().flat_map(|name| name.split('|')).collect();
            let says_so = names.iter().any(|name| FILES.contains(name));
            if arg.get_value_parser().type_id() == TypeId::of::<PathBuf>() {
                assert!(says_so, "{command} {arg}");
                files += 1;
            }
        }
    }
    assert!(files > 20, "{files} options");
}

/// The generator stops at a noun's verbs.
#[test]
fn fish_has_the_options_below_a_verb() {
    let script = script(Shell::Fish, spctl::cli::command());
    for (noun, group, verb, option) in [
        ("connections", "failover", "add", "-l bootstrap-servers"),
        ("connections", "failover", "list", "-l instance"),
        ("local", "key", "create", "-l service-account"),
    ] {
        let when = format!(
            "using_subcommand {noun}; and __fish_seen_subcommand_from {group}; and \
             __fish_seen_subcommand_from {verb}\" {option} "
        );
        assert!(script.contains(&when), "{noun} {group} {verb} {option}");
    }
}
