//! `--help` of `ips` and its verbs. `ips` and `ips delta` answer it themselves, once the line is
//! parsed: with `--for` it is the target's own page.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::for_target::option;
use crate::brokers::targets::Target;

/// The help that a line asks for, if the parser left it to `ips` or a verb of it.
pub fn help(ips: &mut Command, matches: &ArgMatches) -> Option<StyledStr> {
    if let Some(help) = Help::of(matches) {
        let target = matches.try_get_one::<&'static dyn Target>("for").ok().flatten();
        return Some(help.page(ips, target.copied()));
    }
    let (verb, matches) = matches.subcommand()?;
    help(ips.find_subcommand_mut(verb)?, matches)
}

/// How much help is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Help {
    /// `-h`.
    Summary,
    /// `--help`.
    Whole,
}

const WHOLE: &str = "help";
const SUMMARY: &str = "summary";

impl Help {
    /// The options that ask for it. What a command requires must not be required beside them.
    pub(super) fn options() -> [Arg; 2] {
        let flag = |id: &'static str| Arg::new(id).action(ArgAction::SetTrue).display_order(999);
        let help = "Print help, with --for that of the target (see a summary with '-h')";
        [
            flag(WHOLE).long("help").help(help),
            flag(SUMMARY).short('h').hide(true).help("Print a summary of the help"),
        ]
    }

    fn of(matches: &ArgMatches) -> Option<Help> {
        let is_set = |id| matches.try_get_one(id).ok().flatten().is_some_and(|set: &bool| *set);
        let asked = [(WHOLE, Help::Whole), (SUMMARY, Help::Summary)];
        asked.into_iter().find(|(id, _)| is_set(id)).map(|(_, help)| help)
    }

    /// The page of a command, or of the target that it writes for.
    fn page(self, command: &mut Command, target: Option<&'static dyn Target>) -> StyledStr {
        let mut of_target = target.map(|target| page(command, target));
        let command = of_target.as_mut().unwrap_or(command);
        match self {
            Help::Summary => command.render_help(),
            Help::Whole => command.render_long_help(),
        }
    }
}

/// `--help` of a verb that has no targets, which the parser answers: the setting that takes it from
/// `ips` takes it from its verbs too.
pub(super) fn flag() -> Arg {
    Arg::new(WHOLE)
        .short('h')
        .long(WHOLE)
        .action(ArgAction::Help)
        .display_order(999)
        .help("Print help (see more with '--help')")
        .long_help("Print help (see a summary with '-h')")
}

/// What one target takes.
fn page(command: &Command, target: &'static dyn Target) -> Command {
    let needed = target.needs().iter().map(|argument| option(argument).required(true));
    let taken = target.takes().iter().map(|argument| option(argument));
    let verb = command.get_bin_name().unwrap_or("spctl ips");
    let named = format!("{verb} --for {}", target.name());
    let is_delta = command.get_name() == "delta";
    let applied = target.applied_delta().filter(|_| is_delta).unwrap_or(target.applied());
    let mut after = format!("Applied: {applied}\n\n");
    if !target.bites().is_empty() {
        after += &format!("{}\n\n", target.bites());
    }
    let against = if is_delta { " --against FILE" } else { "" };
    after += &format!(
        "Example:\n  {verb} --for {} \\\n      --provider aws --region us-east-1{against}",
        target.name()
    );
    let example = if is_delta { target.example_delta() } else { target.example() };
    if !example.is_empty() {
        after += &format!(" \\\n      {example}");
    }
    after += &format!("\n\nSee {verb} --help for the addresses that are written.");
    Command::new("ips")
        .bin_name(named)
        .about(target.about())
        .max_term_width(100)
        .args(needed)
        .args(taken)
        .after_help(after)
}
