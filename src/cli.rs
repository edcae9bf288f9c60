//! The root command: global options, and one variant and one arm per noun.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::{
    access_lists, api, audit, auth, completion, connections, events, generate, instances, ips,
    lint, local, members, orgs, peerings, policy, private_links, privileges, processors, profiles,
    projects, roles, users,
};
use crate::config::{Environment, Settings};
use crate::context::Context;
use crate::error::{Error, Kind, Result, SUCCESS};
use crate::files;
use crate::mask::Known;
use crate::noun::{self, Noun, Speaking};
use crate::options::Global;
use crate::ui::{self, Format, Stderr, Ui};
use crate::usage;

/// Administer the security of MongoDB Atlas Stream Processing.
///
/// Manage who may do what on which stream processing instance, the roles that connections execute
/// as, the addresses that brokers must allow, and the audit logs. With --local, everything runs
/// against a control plane embedded in the command: no account, no network.
#[derive(Debug, Parser)]
#[command(name = "spctl", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = after_help())]
struct Root;

fn after_help() -> String {
    let examples = "Examples:
  spctl --local users list
  spctl users restrict alice --instance orders --dry-run
  spctl audit download orders --since 7d
  spctl ips --provider aws --region us-east-1 --for kafka-acls \\
      --principal User:atlas --bootstrap-server broker:9092 --topic orders";
    let mut text = format!("{examples}\n\nExit codes:\n  0    {SUCCESS}");
    for kind in Kind::ALL {
        text += &format!("\n  {:<3}  {}", kind.exit_code(), kind.meaning());
    }
    text
}

/// The command line.
#[derive(Debug)]
pub struct Cli {
    /// Options that every command takes.
    pub global: Global,
    /// The command.
    pub command: Command,
}

impl Cli {
    /// Reads a command line.
    ///
    /// # Errors
    /// The parser's, including requests for help.
    fn read(line: &[OsString]) -> Result<Cli, clap::Error> {
        let mut parser = command();
        let matches = parser.try_get_matches_from_mut(line);
        let is_help = matches.as_ref().is_err_and(|error| !error.use_stderr());
        if let Some(error) = usage::secret_given(&parser, line).filter(|_| !is_help) {
            return Err(error);
        }
        let mut matches = matches.map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp => error,
            _ => help_all_the_same(line)
                .unwrap_or_else(|| usage::advised(error, line, &parser, &is_read)),
        })?;
        let global = Global::of_line(&parser, &matches).map_err(|error| {
            help_all_the_same(line).unwrap_or_else(|| usage::with_usage(error, line, &parser))
        })?;
        if let Some(page) = help(&mut parser, &matches) {
            return Err(printed(page));
        }
        Ok(Cli { global, command: Command::from_arg_matches_mut(&mut matches)? })
    }

    /// Refuses a format of findings for a command that has none.
    fn suits_format(&self) -> Result<()> {
        let writes = |format| match &self.command {
            Command::Audit(noun) => noun.0.writes(format),
            Command::Lint(args) => args.writes(format),
            _ => false,
        };
        match self.global.output.filter(|format| format.is_for_findings()) {
            Some(format) if !writes(format) => Err(Error::usage(
                "-o sarif, ocsf and junit are formats of findings, and this command does not write this one",
            )
            .hint("use table, json, ndjson, yaml, csv or tsv")
            .hint("spctl audit detect writes sarif and ocsf, spctl lint sarif and junit")),
            _ => Ok(()),
        }
    }
}

/// The help that a command has in place of the parser's, if the line asks for it.
fn help(parser: &mut clap::Command, matches: &ArgMatches) -> Option<StyledStr> {
    match matches.subcommand()? {
        ("ips", matches) => ips::help(parser.find_subcommand_mut("ips")?, matches),
        _ => None,
    }
}

/// Help wins over what is wrong with the rest of the line, as it does where the parser answers.
fn help_all_the_same(line: &[OsString]) -> Option<clap::Error> {
    let mut parser = command().ignore_errors(true);
    let matches = parser.try_get_matches_from_mut(line).ok()?;
    help(&mut parser, &matches).map(printed)
}

/// A page of help, for the parser to print as it prints its own.
fn printed(page: StyledStr) -> clap::Error {
    let printer = clap::Command::new("help").override_help(page);
    let asked = printer.try_get_matches_from(["help", "--help"]);
    asked.err().unwrap_or_else(|| clap::Error::new(ErrorKind::DisplayHelp))
}

/// Whether a line can be read.
fn is_read(line: &[&str]) -> bool {
    let mut parser = command();
    let matches = parser.try_get_matches_from_mut(line);
    matches.is_ok_and(|matches| Global::of_line(&parser, &matches).is_ok())
}

/// The nouns.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Database users: who may act on which instance
    #[command(alias = "user")]
    Users(Noun<users::Command>),
    /// People with roles in the project, or with --in-org in the organisation
    #[command(alias = "member")]
    Members(Noun<members::Command>),
    /// Database roles and stream privilege actions
    #[command(alias = "role")]
    Roles(Noun<roles::Command>),
    /// Who may do what on which instance, and by which way
    #[command(alias = "privilege")]
    Privileges(Noun<privileges::Command>),
    /// Stream processing instances (workspaces)
    #[command(visible_alias = "workspaces", aliases = ["instance", "workspace"])]
    Instances(Noun<instances::Command>),
    /// Connections of an instance, and the roles they execute as
    #[command(alias = "connection")]
    Connections(Noun<connections::Command>),
    /// Addresses allowed to reach the project's databases
    #[command(alias = "access-list")]
    AccessLists(Noun<access_lists::Command>),
    /// Stream processors of an instance
    #[command(alias = "processor")]
    Processors(Noun<processors::Command>),
    /// VPC peering connections to brokers
    #[command(alias = "peering")]
    Peerings(Noun<peerings::Command>),
    /// Private links to brokers
    #[command(alias = "private-link")]
    PrivateLinks(Noun<private_links::Command>),
    /// A project's policy as a file: users, roles, instances, and what lets them in
    #[command(alias = "policies")]
    Policy(Noun<policy::Command>),
    /// Projects
    #[command(alias = "project")]
    Projects(Noun<projects::Command>),
    /// Organisations
    #[command(alias = "org")]
    Orgs(Noun<orgs::Command>),
    /// Find what of privileges, connections and the access list somebody should mend
    Lint(Box<lint::Args>),
    /// Audit logs of instances
    Audit(Noun<audit::Command>),
    /// Project events: what administrators changed and viewed
    #[command(alias = "event")]
    Events(Noun<events::Command>),
    /// The control plane's IP addresses, for brokers to allow
    #[command(alias = "ip")]
    Ips(Box<Speaking<ips::Args>>),
    /// The embedded control plane
    Local(Noun<local::Command>),
    /// Sign in and out, and show who commands act as
    Auth(Noun<auth::Command>),
    /// Profiles: named settings in config.toml
    #[command(alias = "profile")]
    Profiles(Noun<profiles::Command>),
    /// Any operation of the Admin API, signed and paged
    Api(api::Args),
    /// Print a shell's completion script
    Completion(completion::Args),
    /// Write completions, man pages and schemas into a directory
    #[command(hide = true)]
    Generate(generate::Args),
}

impl Command {
    fn run(self, context: &Context) -> Result<()> {
        match self {
            Command::Users(Noun(noun)) => users::run(context, noun),
            Command::Members(Noun(noun)) => members::run(context, noun),
            Command::Roles(Noun(noun)) => roles::run(context, noun),
            Command::Privileges(Noun(noun)) => privileges::run(context, noun),
            Command::Instances(Noun(noun)) => instances::run(context, noun),
            Command::Connections(Noun(noun)) => connections::run(context, noun),
            Command::AccessLists(Noun(noun)) => access_lists::run(context, noun),
            Command::Processors(Noun(noun)) => processors::run(context, noun),
            Command::Peerings(Noun(noun)) => peerings::run(context, noun),
            Command::PrivateLinks(Noun(noun)) => private_links::run(context, noun),
            Command::Policy(Noun(noun)) => policy::run(context, noun),
            Command::Projects(Noun(noun)) => projects::run(context, noun),
            Command::Orgs(Noun(noun)) => orgs::run(context, noun),
            Command::Lint(args) => lint::run(context, &args),
            Command::Audit(Noun(noun)) => audit::run(context, noun),
            Command::Events(Noun(noun)) => events::run(context, noun),
            Command::Ips(args) => ips::run(context, args.0),
            Command::Local(Noun(noun)) => local::run(context, noun),
            Command::Auth(Noun(noun)) => auth::run(context, noun),
            Command::Profiles(Noun(noun)) => profiles::run(context, noun),
            Command::Api(args) => api::run(context, args),
            Command::Completion(args) => completion::run(context, args, command()),
            Command::Generate(args) => generate::run(context, args, command()),
        }
    }
}

/// Runs the process' command line.
pub fn main() -> ExitCode {
    files::outlive_size_limits();
    no_core_dumps();
    let known = Known::default();
    let stderr = Stderr::from(known.clone());
    ui::crash::tell_without(stderr.clone());
    let line: Vec<OsString> = std::env::args_os().collect();
    // Until the line is understood, it is looked through.
    stderr.set_json(matches!(usage::format(&line), Some(Format::Json | Format::Ndjson)));
    let parsed = Cli::read(&line);
    let environment = Environment::of_the_process();
    environment.learn_secrets(&known);
    // Even if they are never read.
    usage::variables(&line).filter_map(|name| environment.get(name)).for_each(|s| known.learn(s));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return not_understood(error, &line, &environment, stderr),
    };
    ui::trace::show(cli.global.verbose, stderr.clone());
    let ui = Ui::new(cli.global.ui(&environment), stderr);
    let repairs = match &cli.command {
        Command::Auth(noun) => noun.0.repairs_settings(),
        Command::Profiles(_) => true,
        _ => false,
    };
    let environment = match &cli.command {
        Command::Profiles(_) | Command::Local(_) => environment.without_blanks(),
        Command::Completion(_) | Command::Generate(_) => environment.without_blanks(),
        _ => environment,
    };
    let flags = cli.global.flags();
    let settings = match Settings::resolve(&flags, &environment) {
        // A command that repairs profiles works without the broken one.
        Err(_) if repairs => Settings::without_profile(&flags, &environment),
        settings => settings,
    };
    let settings = match settings {
        Ok(settings) => settings,
        Err(error) => return ended(&ui, Err(error)),
    };
    let context = Context::new(ui, flags, cli.global.dry_run, settings, environment);
    let outcome = cli.suits_format().and_then(|()| cli.command.run(&context));
    ended(&context.ui, outcome)
}

/// A dump would hold every secret of the run, in a file that nobody knows about.
fn no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        // Lowering a limit is always allowed; if it is not, the system's own limit applies.
        let _ = setrlimit(Resource::Core, none);
    }
}

/// Prints the help that was asked for, or the parser's error.
fn not_understood(
    mut error: clap::Error,
    line: &[OsString],
    environment: &Environment,
    stderr: Stderr,
) -> ExitCode {
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    let options = Global { output: usage::format(line), ..Global::default() }.ui(environment);
    let as_json = matches!(options.format, Some(Format::Json | Format::Ndjson));
    let ui = Ui::new(options, stderr);
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if !(as_json && error.use_stderr()) =>
        {
            match error.print() {
                // A closed pipe while help is printed is no error.
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    let error = Error::failed("cannot write to stdout").source(error);
                    return ended(&ui, Err(error));
                }
                _ => {}
            }
        }
        _ if as_json => {
            usage::show_words(&mut error, |word| ui::harmless(&ui.known().mask(word)).into_owned());
            ui.error(&usage::error(&error, ui.known()));
        }
        _ => {
            usage::show_words(&mut error, |word| ui.visible(&ui.known().mask(word)));
            ui.usage(&usage::text(&error));
        }
    }
    code
}

fn ended(ui: &Ui, outcome: Result<()>) -> ExitCode {
    let outcome = outcome.and_then(|()| ui.flush());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            let _ = ui.flush();
            ui.error(&error);
            ExitCode::from(error.kind().exit_code())
        }
    }
}

/// The command tree.
pub fn command() -> clap::Command {
    let root = Root::command().subcommand_required(true);
    noun::with_options(noun::with_verbs::<Command>(root))
}

#[cfg(test)]
#[path = "tests/cli.rs"]
mod tests;
