//! The help of `ips`, which depends on `--for` and so is written when the whole line is read.

use clap::builder::StyledStr;
use clap::error::Error;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

use super::for_target::{given, option};
use crate::brokers::targets::Target;

/// The two flags that ask for help; neither is set once this was read.
#[derive(Debug)]
pub(super) struct HelpFlags;

impl clap::Args for HelpFlags {
    fn augment_args(command: Command) -> Command {
        let flag = |name: &'static str| Arg::new(name).action(ArgAction::SetTrue);
        command
            .disable_help_flag(true)
            .arg(flag("help").long("help").help(
                "Print help (see a summary with '-h'); with --for TARGET, that target's options",
            ))
            .arg(flag("summary").short('h').hide(true))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for HelpFlags {
    /// # Errors
    /// The help, if it is requested.
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let is_long = matches.get_flag("help");
        if !is_long && !matches.get_flag("summary") {
            return Ok(HelpFlags);
        }
        let mut page = given(matches).map_or_else(overview, page);
        let text = if is_long { page.render_long_help() } else { page.render_help() };
        Err(printed(text))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// `ips` itself, as the root command has it.
fn overview() -> Command {
    let mut root = crate::cli::command();
    root.build();
    root.find_subcommand("ips").cloned().unwrap_or(root)
}

/// What one target takes.
fn page(target: &'static dyn Target) -> Command {
    let needed = target.needs().iter().map(|argument| option(argument).required(true));
    let taken = target.takes().iter().map(|argument| option(argument));
    let named = format!("spctl ips --for {}", target.name());
    let mut after = String::new();
    if !target.limits().is_empty() {
        after += &format!("{}\n\n", target.limits());
    }
    after += &format!("Example:\n  {named} --provider aws --region us-east-1");
    if !target.example().is_empty() {
        after += &format!(" \\\n      {}", target.example());
    }
    after += "\n\nSee spctl ips --help for the addresses that are written.";
    Command::new("ips")
        .bin_name(named)
        .about(target.about())
        .max_term_width(100)
        .args(needed)
        .args(taken)
        .after_help(after)
}

/// A text as the parser would print help.
fn printed(help: StyledStr) -> Error {
    let command = Command::new("help").override_help(help);
    match command.try_get_matches_from(["help", "--help"]) {
        Err(help) => help,
        // Not to be had: the flag asks for help.
        Ok(_) => Error::new(clap::error::ErrorKind::DisplayHelp),
    }
}

/// `-h` and `--help` of a verb below `ips`, which has no such flags of its own to hand down.
#[derive(Debug, clap::Args)]
pub(super) struct VerbHelp {
    /// Print help (see more with '--help')
    #[arg(short, long, action = ArgAction::Help)]
    #[arg(long_help = "Print help (see a summary with '-h')")]
    help: Option<bool>,
}
