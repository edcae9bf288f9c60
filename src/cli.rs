//! The root command: global options, and one variant and one arm a noun.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::{
    access_lists, api, audit, auth, completion, connections, events, generate, instances, ips,
    local, members, orgs, peerings, private_links, processors, profiles, projects, roles, users,
};
use crate::config::{Environment, Flags};
use crate::context::Context;
use crate::error::Result;
use crate::noun::{self, Lone, Noun};
use crate::ui::{self, Format, Ui};
use crate::usage;

/// Administers the security of MongoDB Atlas Stream Processing.
///
/// Who may do what on which stream processing instance, as which role connections reach clusters,
/// which addresses brokers must let in, and what the audit log proves. With --local everything
/// runs against a control plane inside the command, with no account and no network.
#[derive(Debug, Parser)]
#[command(name = "spctl", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Examples:
  spctl --local users list
  spctl users restrict alice --instance orders --dry-run
  spctl audit download orders --since 7d
  spctl ips --provider aws --region us-east-1 --for kafka-acls --principal User:atlas \\
      --bootstrap-server broker:9092 --topic orders

Exit codes: 0 done · 1 failed · 2 usage, or confirmation needed · 3 the answer is no, or differs
  4 not authenticated or not permitted · 5 not found · 6 conflict · 7 throttled or unavailable
  130 interrupted")]
struct Root {
    #[command(flatten)]
    global: Global,
}

/// The command line.
#[derive(Debug)]
pub struct Cli {
    /// Options that every command takes.
    pub global: Global,
    /// What to do.
    pub command: Command,
}

impl Cli {
    /// Reads a command line.
    ///
    /// The parser copies the options that every command takes into each noun it knows and each
    /// verb of the noun, so it is first told of no more than the noun and the verb that seem to be
    /// meant. Whatever is wrong then is told by one that knows them all; where no noun is meant,
    /// none of them needs the copies.
    fn read(line: &[OsString]) -> Result<Cli, clap::Error> {
        let mut words = line.iter().skip(1);
        let all = command();
        let matches = match words.find_map(|word| all.find_subcommand(word)) {
            Some(noun) => root()
                .subcommand(noun::narrowed(noun, words))
                .try_get_matches_from(line)
                .or_else(|_| all.try_get_matches_from(line)),
            None => all.mut_args(|arg| arg.global(false)).try_get_matches_from(line),
        };
        let matches = matches.map_err(usage::advised)?;
        Ok(Cli {
            global: Global::from_arg_matches(&matches)?,
            command: Command::from_arg_matches(&matches)?,
        })
    }
}

fn root() -> clap::Command {
    Root::command().subcommand_required(true)
}

/// Options that every command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The profile of config.toml to use
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Talk to the embedded control plane instead of Atlas
    #[arg(long, global = true)]
    pub local: bool,
    /// The project, by id or name
    #[arg(long, global = true, value_name = "ID|NAME")]
    pub project: Option<String>,
    /// The organisation, by id or name
    #[arg(long, global = true, value_name = "ID|NAME")]
    pub org: Option<String>,
    /// A PEM file of the certificate authorities to trust, in place of the system's
    #[arg(long, global = true, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Allow plain http to a host that is not this one: credentials are sent in clear text
    #[arg(long, global = true)]
    pub allow_http: bool,
    /// How to write data; a table on a terminal, tab-separated values elsewhere
    #[arg(
        short,
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    #[arg(help = "How to write data: table, json, ndjson, yaml, csv or tsv")]
    pub output: Option<Format>,
    /// A jq filter over the JSON output
    #[arg(long, global = true, value_name = "FILTER", conflicts_with_all = ["output", "columns", "names_only"])]
    pub jq: Option<String>,
    /// The columns to write, in this order
    #[arg(long, global = true, value_name = "A,B", value_delimiter = ',')]
    pub columns: Option<Vec<String>>,
    /// Names only, one a line: feeds the next command
    #[arg(short = 'q', long = "names", global = true, conflicts_with_all = ["columns", "output"])]
    pub names_only: bool,
    /// Confirm every change
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Show the requests of a change and send none of them
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Say on stderr what is sent (-v), with headers and bodies (-vv); secrets are masked
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

impl Global {
    /// What the configuration needs to know of them.
    pub fn flags(&self) -> Flags {
        Flags {
            profile: self.profile.clone(),
            local: self.local,
            project: self.project.clone(),
            org: self.org.clone(),
            ca_file: self.ca_file.clone(),
            allow_http: self.allow_http,
        }
    }

    fn ui(&self, environment: &Environment) -> ui::Options {
        let dumb = environment.get("TERM") == Some("dumb");
        ui::Options {
            format: self.output,
            jq: self.jq.clone(),
            columns: self.columns.clone(),
            names: self.names_only,
            yes: self.yes,
            colour: environment.get("NO_COLOR").is_none() && !dumb,
        }
    }
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
    /// Stream processing instances (workspaces)
    #[command(visible_alias = "workspaces", aliases = ["instance", "workspace"])]
    Instances(Noun<instances::Command>),
    /// Connections of an instance, and the roles they execute as
    #[command(alias = "connection")]
    Connections(Noun<connections::Command>),
    /// Addresses that may reach the project's databases
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
    /// Projects
    #[command(alias = "project")]
    Projects(Noun<projects::Command>),
    /// Organisations
    #[command(alias = "org")]
    Orgs(Noun<orgs::Command>),
    /// Audit logs of instances
    Audit(Noun<audit::Command>),
    /// Project events: what administrators changed and looked at
    #[command(alias = "event")]
    Events(Noun<events::Command>),
    /// The control plane's IP addresses, for brokers to let in
    #[command(alias = "ip")]
    Ips(Lone<ips::Args>),
    /// The embedded control plane
    Local(Noun<local::Command>),
    /// Signing in and out, and as whom commands act
    Auth(Noun<auth::Command>),
    /// Profiles: named settings in config.toml
    #[command(alias = "profile")]
    Profiles(Noun<profiles::Command>),
    /// Any operation of the Admin API, signed and paged
    Api(Lone<api::Args>),
    /// Print a shell's completion script
    Completion(Lone<completion::Args>),
    /// Write completions and man pages into a directory
    #[command(hide = true)]
    Generate(Lone<generate::Args>),
}

/// Runs the process' command line.
pub fn main() -> ExitCode {
    let line: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::read(&line) {
        Ok(cli) => cli,
        Err(error) => {
            let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
            let format = usage::format(&line);
            if error.use_stderr() && matches!(format, Some(Format::Json | Format::Ndjson)) {
                let options = ui::Options { format, ..ui::Options::default() };
                Ui::new(options).error(&usage::error(&error));
                return code;
            }
            // A closed pipe while help is printed is no error.
            let _ = error.print();
            return code;
        }
    };
    let environment = Environment::of_the_process();
    ui::trace::show(cli.global.verbose);
    let ui = Ui::new(cli.global.ui(&environment));
    let mends = match &cli.command {
        Command::Auth(noun) => noun.0.mends_settings(),
        Command::Profiles(_) => true,
        _ => false,
    };
    let context = match Context::new(ui, cli.global, environment, mends) {
        Ok(context) => context,
        Err(stopped) => {
            let (ui, error) = *stopped;
            return ended(&ui, Err(error));
        }
    };
    let outcome = run(&context, cli.command);
    ended(&context.ui, outcome)
}

fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::Users(noun) => users::run(context, noun.0),
        Command::Roles(noun) => roles::run(context, noun.0),
        Command::Instances(noun) => instances::run(context, noun.0),
        Command::Connections(noun) => connections::run(context, noun.0),
        Command::Projects(noun) => projects::run(context, noun.0),
        Command::Orgs(noun) => orgs::run(context, noun.0),
        Command::Audit(noun) => audit::run(context, noun.0),
        Command::Ips(args) => ips::run(context, args.0),
        Command::Local(noun) => local::run(context, noun.0),
        Command::Auth(noun) => auth::run(context, noun.0),
        Command::Profiles(noun) => profiles::run(context, noun.0),
        Command::Members(noun) => members::run(context, noun.0),
        Command::AccessLists(noun) => access_lists::run(context, noun.0),
        Command::Processors(noun) => processors::run(context, noun.0),
        Command::Peerings(noun) => peerings::run(context, noun.0),
        Command::PrivateLinks(noun) => private_links::run(context, noun.0),
        Command::Events(noun) => events::run(context, noun.0),
        Command::Api(args) => api::run(context, args.0),
        Command::Completion(args) => completion::run(context, &args.0),
        Command::Generate(args) => generate::run(&args.0),
    }
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

/// The command tree, for completions and man pages.
pub fn command() -> clap::Command {
    noun::with_verbs::<Command>(root())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_value_that_is_called_like_a_noun_is_a_value() {
        let read = |line: &str| {
            let line: Vec<_> = line.split(' ').map(Into::into).collect();
            super::Cli::read(&line)
        };
        let cli = read("spctl --project users roles list").unwrap();
        assert!(matches!(cli.command, super::Command::Roles(_)));
        assert_eq!(cli.global.project.as_deref(), Some("users"));
        let help = read("spctl --help users").unwrap_err().to_string();
        assert!(help.contains("processors"), "{help}");
        let verb = read("spctl users list --help").unwrap_err().to_string();
        assert!(verb.contains("Usage: spctl users list"), "{verb}");
        let noun = read("spctl users --project list --help").unwrap_err().to_string();
        assert!(noun.contains("restrict"), "{noun}");
        let cli = read("spctl workspace ls --project get").unwrap();
        assert!(matches!(cli.command, super::Command::Instances(_)));
        let cli = read("spctl ips project --cluster orders").unwrap();
        assert!(matches!(cli.command, super::Command::Ips(_)));
        let typo = read("spctl user restrct").unwrap_err().to_string();
        assert!(typo.contains("restrict"), "{typo}");
    }

    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
