//! `--for`, and the options of the targets: what `brokers::targets` declares, as the parser knows it.

use clap::builder::{
    PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser, ValueParser,
};
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

use super::help::Help;
use crate::brokers::Problem;
use crate::brokers::targets::options::{FAMILY, PORT};
use crate::brokers::targets::{
    self, Argument, DEFAULT, Options, TARGETS, Target, Values, Writer, parse_port,
};
use crate::comma_list::{CommaList, CommaListParser, Items, SEVERAL};
use crate::error::{Error, Result};

/// How the addresses are written.
#[derive(Debug)]
pub(super) struct TargetArgs {
    /// The target of `--for`.
    pub(super) target: Option<&'static dyn Target>,
    options: Options,
}

impl TargetArgs {
    /// The target that is written for.
    pub(super) fn target(&self) -> &'static dyn Target {
        self.target.unwrap_or(DEFAULT)
    }

    /// The writer of the target, once every option fits it. Ports that were found stand in for a
    /// `--port` that was not given.
    ///
    /// # Errors
    /// Usage: an option that is missing, that the target does not take, or that it cannot use.
    pub(super) fn writer(&self, ports: &[u16]) -> Result<Box<dyn Writer>> {
        self.writer_with(&self.options(ports))
    }

    /// The writers of several files.
    ///
    /// # Errors
    /// As [`Self::writer`], and addresses that cannot be divided.
    pub(super) fn writer_of_part(&self, ports: &[u16], number: usize) -> Result<Box<dyn Writer>> {
        self.writer_with(&self.options(ports).part(number))
    }

    /// Whether an option of this name was given.
    pub(super) fn has(&self, flag: &str) -> bool {
        self.options.given().any(|argument| argument.flag == flag)
    }

    /// The options of the line, and ports that were found in place of a `--port` that was not given.
    pub(super) fn options(&self, ports: &[u16]) -> Options {
        let mut options = self.options.clone();
        if !ports.is_empty() && self.target().arguments().any(|taken| *taken == PORT) {
            options.insert_default(&PORT, ports.iter().map(u16::to_string).collect());
        }
        options
    }

    /// The writer of the target with other options than those of the line alone.
    ///
    /// # Errors
    /// As [`Self::writer`].
    pub(super) fn writer_with(&self, options: &Options) -> Result<Box<dyn Writer>> {
        self.target().read(options).map_err(misused)
    }

    /// Checks that the addresses can be divided between several files.
    ///
    /// # Errors
    /// Usage, if they cannot.
    pub(super) fn check_divisible(&self) -> Result<()> {
        match self.target().undivided(&self.options) {
            None => Ok(()),
            Some(why) => {
                let name = self.target().name();
                Err(Error::usage(format!("--chunk does not apply to --for {name}: {why}")))
            }
        }
    }

    /// A problem of the blocks as an error, which offers to divide only what can be divided.
    pub(super) fn refused(&self, problem: Problem) -> Error {
        match problem {
            Problem::TooManyRules { .. } if self.check_divisible().is_err() => {
                Error::failed(problem.to_string()).hint("name fewer regions or ports")
            }
            Problem::BothFamilies { .. } if self.target().arguments().any(|a| *a == FAMILY) => {
                Error::failed(problem.to_string())
                    .hint("--family ipv4 writes those of one kind, --family ipv6 the others")
            }
            _ => super::refused(problem),
        }
    }

    /// What the options leave out that whoever uses the rules may need.
    pub(super) fn caution(&self) -> Option<&'static str> {
        self.target().caution(&self.options)
    }
}

fn misused(misuse: targets::Misuse) -> Error {
    Error::usage(misuse.problem).hint(misuse.remedy)
}

impl clap::Args for TargetArgs {
    fn augment_args(command: Command) -> Command {
        let options = targets::arguments().into_iter().map(|argument| {
            let takers = targets::takers(argument).join(", ");
            let help = format!("{} ({takers})", argument.help);
            option(argument).help(help)
        });
        command.args(Help::options()).next_help_heading("Target").arg(target()).args(options)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for TargetArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut options = Options::default();
        for argument in targets::arguments() {
            let values: Vec<String> = match argument.values {
                Values::None => {
                    if matches.get_flag(argument.flag) {
                        options.insert(argument, Vec::new());
                    }
                    continue;
                }
                Values::Text | Values::Word(_) => {
                    matches.get_one::<String>(argument.flag).cloned().into_iter().collect()
                }
                Values::Texts | Values::Ports | Values::Words(_) => {
                    let lists = matches.get_many::<CommaList<String>>(argument.flag);
                    lists.map(|l| l.cloned().collect::<Vec<_>>().into_items()).unwrap_or_default()
                }
            };
            if !values.is_empty() {
                options.insert(argument, values);
            }
        }
        Ok(TargetArgs { target: matches.get_one("for").copied(), options })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn target() -> Arg {
    let value = |target: &&dyn Target| PossibleValue::new(target.name()).help(target.about());
    let names = PossibleValuesParser::new(TARGETS.iter().map(value));
    Arg::new("for")
        .long("for")
        .value_name("TARGET")
        .value_parser(names.map(|name| targets::find(&name).unwrap_or(DEFAULT)))
        .help("Write the rules of this kind of broker or firewall; --help then shows its options")
}

/// An option of targets, as the parser takes it.
pub(super) fn option(argument: &Argument) -> Arg {
    let port = |text: &str| parse_port(text).map(|_| text.to_owned());
    let arg = Arg::new(argument.flag)
        .long(argument.flag)
        .visible_aliases(argument.alias)
        .help(argument.help);
    let several = |parser: ValueParser| {
        let placeholder = format!("{}{SEVERAL}", argument.value);
        arg.clone()
            .value_name(placeholder)
            .action(ArgAction::Append)
            .num_args(1..)
            .value_parser(parser)
    };
    match argument.values {
        Values::None => arg.action(ArgAction::SetTrue),
        Values::Text => arg.clone().value_name(argument.value).value_parser(ValueParser::string()),
        Values::Word(words) => {
            arg.clone().value_name(argument.value).value_parser(PossibleValuesParser::new(words))
        }
        Values::Texts => several(CommaListParser(StringValueParser::new()).into()),
        Values::Ports => several(CommaListParser(port).into()),
        Values::Words(words) => several(CommaListParser(PossibleValuesParser::new(words)).into()),
    }
}
