//! `--for`, and the options of the targets: what `brokers::targets` declares, as the parser knows it.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

use crate::brokers::targets::{
    self, Argument, DEFAULT, Options, Rendering, TARGETS, Target, Values, parse_port,
};
use crate::error::{Error, Result};

/// How the addresses are written.
#[derive(Debug)]
pub(super) struct TargetArgs {
    /// The target of `--for`.
    pub(super) target: Option<&'static dyn Target>,
    options: Options,
}

impl TargetArgs {
    /// The form that is asked for, once every option fits it.
    ///
    /// # Errors
    /// Usage: an option that is missing, that the target does not take, or that it cannot use.
    pub(super) fn rendering(&self) -> Result<Rendering> {
        let target = self.target.unwrap_or(DEFAULT);
        target
            .read(&self.options)
            .map_err(|misuse| Error::usage(misuse.problem).hint(misuse.remedy))
    }
}

impl clap::Args for TargetArgs {
    fn augment_args(command: Command) -> Command {
        let options = targets::arguments().into_iter().map(|argument| {
            let takers = targets::takers(argument).join(", ");
            let help = format!("{} ({takers})", argument.help);
            option(argument).help(help)
        });
        command.next_help_heading("Target").arg(target()).args(options)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for TargetArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut options = Options::default();
        for argument in targets::arguments() {
            if let Some(values) = matches.get_many::<String>(argument.flag) {
                options.insert(argument, values.cloned().collect());
            }
        }
        Ok(TargetArgs { target: given(matches), options })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The target that `--for` names.
pub(super) fn given(matches: &ArgMatches) -> Option<&'static dyn Target> {
    matches.get_one("for").copied()
}

fn target() -> Arg {
    let value = |target: &&dyn Target| PossibleValue::new(target.name()).help(target.about());
    let names = PossibleValuesParser::new(TARGETS.iter().map(value));
    Arg::new("for")
        .long("for")
        .value_name("TARGET")
        .value_parser(names.map(|name| targets::find(&name).unwrap_or(DEFAULT)))
        .help("Write the rules of this kind of broker or firewall")
}

/// An option of targets, as the parser takes it.
pub(super) fn option(argument: &Argument) -> Arg {
    let port = |text: &str| parse_port(text).map(|_| text.to_owned());
    let (action, parser): (_, ValueParser) = match argument.values {
        Values::Text => (ArgAction::Set, ValueParser::string()),
        Values::Texts => (ArgAction::Append, ValueParser::string()),
        Values::Ports => (ArgAction::Append, port.into()),
        Values::Words(words) => (ArgAction::Append, PossibleValuesParser::new(words).into()),
    };
    let arg = Arg::new(argument.flag)
        .long(argument.flag)
        .visible_aliases(argument.alias)
        .value_name(argument.value)
        .action(action)
        .value_parser(parser)
        .help(argument.help);
    match argument.values {
        Values::Text | Values::Texts => arg,
        Values::Ports | Values::Words(_) => arg.value_delimiter(','),
    }
}
