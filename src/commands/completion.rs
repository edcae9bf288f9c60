//! `spctl completion`: a shell's completion script on stdout.

use clap::{Arg, Command, ValueHint};
use clap_complete::Shell;

use crate::context::Context;
use crate::error::Result;

/// For which shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  source <(spctl completion bash)")]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Writes the script.
///
/// # Errors
/// Where stdout cannot be written to.
pub fn run(context: &Context, args: Args, spctl: Command) -> Result<()> {
    context.ui.write(script(args.shell, spctl).as_bytes())
}

/// The completion script of a shell: that of the generator, mended where the shells make more of it
/// than is meant.
pub fn script(shell: Shell, mut spctl: Command) -> String {
    spctl.build();
    let mut spctl = hinted(spctl);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut spctl, "spctl", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        Shell::Zsh => zsh(&script),
        Shell::Fish => fish(&script, &spctl),
        Shell::Bash => bash(&script, &spctl),
        _ => script,
    }
}

/// The command with a hint at each value: a file where it is called one, and nothing elsewhere, where
/// the shells would offer files.
fn hinted(command: Command) -> Command {
    command
        .mut_args(|arg| {
            let hint = hint(&arg);
            arg.value_hint(hint)
        })
        .mut_subcommands(hinted)
}

fn hint(arg: &Arg) -> ValueHint {
    match (arg.get_action().takes_values(), holds_file(arg)) {
        (false, _) => ValueHint::Unknown,
        (true, true) => ValueHint::FilePath,
        (true, false) => ValueHint::Other,
    }
}

fn holds_file(arg: &Arg) -> bool {
    let mut names = arg.get_value_names().unwrap_or_default().iter();
    names.any(|name| name.split('|').any(|name| matches!(name, "FILE" | "DIR")))
}

/// The nouns and verbs that take files by their names alone.
fn on_files(spctl: &Command) -> impl Iterator<Item = (&str, &str)> {
    spctl.get_subcommands().flat_map(|noun| {
        let verbs = noun.get_subcommands();
        let verbs = verbs.filter(|verb| verb.get_positionals().any(holds_file));
        verbs.map(|verb| (noun.get_name(), verb.get_name()))
    })
}

/// bash would offer files wherever the script offers nothing, names of objects above all.
fn bash(script: &str, spctl: &Command) -> String {
    const WORDS: &str = r#"COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;"#;
    const FILES: &str = r#"compopt -o filenames
            COMPREPLY=( $(compgen -f -- "${cur}") )
            return 0
            ;;"#;
    let mut script = script.replace(" -o bashdefault -o default", "");
    for (noun, verb) in on_files(spctl) {
        let label = format!("spctl {noun} {verb}").replace([' ', '-'], "__subcmd__");
        let begin = script.find(&format!("\n        {label})\n"));
        let Some((begin, length)) = begin.and_then(|at| Some((at, script[at..].find(WORDS)?)))
        else {
            continue;
        };
        let end = begin + length + WORDS.len();
        let offering = script[begin..end].replace(" || ${COMP_CWORD} -eq 3 ", " ");
        script.replace_range(begin..end, &offering.replace(WORDS, FILES));
    }
    script
}

/// zsh hides the options behind the first name where two colons stand, and where it has only a
/// description to show for a name, it completes nothing else either.
fn zsh(script: &str) -> String {
    let mended = script.lines().map(|line| {
        let name = ["'*::", "'::", "'*:", "':"].iter().find(|start| line.starts_with(**start));
        let Some(start) = name else { return format!("{line}\n") };
        let rest = &line[start.len()..];
        let rest = rest.strip_suffix(":' \\").map(|name| format!("{name}:{{:}}' \\"));
        let rest = rest.unwrap_or_else(|| line[start.len()..].to_owned());
        format!("{}{rest}\n", start.replace("*::", "*:"))
    });
    mended.collect()
}

/// The options of verbs below a verb, as of `connections failover`: the generator stops above them.
fn third_level(spctl: &Command) -> String {
    let mut lines = String::new();
    for noun in spctl.get_subcommands() {
        for group in noun.get_subcommands().filter(|verb| verb.get_name() != "help") {
            for verb in group.get_subcommands().filter(|verb| verb.get_name() != "help") {
                let (noun, group, name) = (noun.get_name(), group.get_name(), verb.get_name());
                let when = format!(
                    "__fish_spctl_using_subcommand {noun}; and __fish_seen_subcommand_from {group}; \
                     and __fish_seen_subcommand_from {name}"
                );
                for arg in verb.get_arguments().filter(|arg| is_own(arg)) {
                    let Some(long) = arg.get_long() else { continue };
                    let told = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    let told = told.replace('\\', "\\\\").replace('\'', "\\'");
                    let value = match (arg.get_action().takes_values(), holds_file(arg)) {
                        (false, _) => "",
                        (true, true) => " -r -F",
                        (true, false) => " -r -f",
                    };
                    lines +=
                        &format!("complete -c spctl -n \"{when}\" -l {long} -d '{told}'{value}\n");
                }
            }
        }
    }
    lines
}

/// Not one of those that every command takes, which are offered above already.
fn is_own(arg: &Arg) -> bool {
    !arg.is_hide_set() && arg.get_help_heading() != Some("Global options")
}

/// fish offers files wherever nothing says otherwise, and the generator says nothing of words that are
/// no options; nor does the line count as one that has a noun yet while an option lacks its value.
fn fish(script: &str, spctl: &Command) -> String {
    let unfinished = "-- $cmd 2>/dev/null\n    or return\n";
    let finished = "-- $cmd 2>/dev/null\n    or argparse -s (__fish_spctl_global_optspecs) -- $cmd '' 2>/dev/null\n    or return\n";
    let mut script = script.replace(unfinished, finished);
    script.push_str("complete -c spctl -f\n");
    script.push_str(&third_level(spctl));
    for (noun, verb) in on_files(spctl) {
        script.push_str(&format!(
            "complete -c spctl -n \"__fish_spctl_using_subcommand {noun}; and \
             __fish_seen_subcommand_from {verb}\" -F\n",
        ));
    }
    script
}
