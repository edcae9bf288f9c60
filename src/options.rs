//! The options that every command takes, wherever they are on the line.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use crate::comma_list::{CommaList, Items};
use crate::config::{Environment, Flags};
use crate::shell::quote;
use crate::ui::{self, Format, PlaceOption};

/// Options that every command takes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The profile in config.toml to use, rather than SPCTL_PROFILE's or the default one
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Use the embedded control plane instead of Atlas
    #[arg(long, overrides_with = "local")]
    pub local: bool,
    /// The project, by id or name
    #[arg(long, value_name = "ID|NAME")]
    pub project: Option<String>,
    /// The organisation, by id or name
    #[arg(long, value_name = "ID|NAME")]
    pub org: Option<String>,
    /// A PEM file of the certificate authorities to trust, instead of the system's
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Allow plain http to other hosts: credentials are sent in clear text
    #[arg(long, overrides_with = "allow_http")]
    pub allow_http: bool,
    /// The output format: a table on a terminal and tab-separated values elsewhere by default.
    #[arg(short, long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    #[arg(
        help = "Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit"
    )]
    pub output: Option<Format>,
    /// Filter the JSON output with a jq expression
    #[arg(long, value_name = "FILTER")]
    pub jq: Option<String>,
    /// The columns to write, in this order
    #[arg(long, value_name = "NAME,…")]
    pub columns: Option<Vec<CommaList<String>>>,
    /// Names only, one per line: feeds the next command
    #[arg(short = 'q', long = "names", overrides_with = "names_only")]
    pub names_only: bool,
    /// Confirm every change
    #[arg(short, long, overrides_with = "yes")]
    pub yes: bool,
    /// Show the requests of a change without sending them
    #[arg(long, overrides_with = "dry_run")]
    pub dry_run: bool,
    /// Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked
    #[arg(short, long, action = ArgAction::Count)]
    pub verbose: u8,
}

impl Global {
    /// Those of a line, whether before its noun, between noun and verb, or after them.
    ///
    /// # Errors
    /// One with two values; two that exclude each other; an option of the noun before a verb.
    pub fn of_line(root: &Command, line: &ArgMatches) -> Result<Self, Error> {
        let mut all = Global::default();
        let (mut command, mut part) = (root, line);
        loop {
            all.add(Global::from_arg_matches(part)?)?;
            let Some((verb, rest)) = part.subcommand() else { break };
            let given = |arg: &&Arg| {
                part.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
            };
            let is_global = |arg: &Arg| root.get_arguments().any(|global| global == arg);
            if let Some(own) = command.get_arguments().filter(given).find(|arg| !is_global(arg)) {
                return Err(conflict(ContextKind::InvalidSubcommand, verb, &own.to_string()));
            }
            let Some(below) = command.find_subcommand(verb) else { break };
            (command, part) = (below, rest);
        }
        all.check()?;
        Ok(all)
    }

    fn add(&mut self, more: Global) -> Result<(), Error> {
        add_value("profile", &mut self.profile, more.profile)?;
        add_value("project", &mut self.project, more.project)?;
        add_value("org", &mut self.org, more.org)?;
        add_value("ca_file", &mut self.ca_file, more.ca_file)?;
        add_value("output", &mut self.output, more.output)?;
        add_value("jq", &mut self.jq, more.jq)?;
        if let Some(columns) = more.columns {
            self.columns.get_or_insert_default().extend(columns);
        }
        self.local |= more.local;
        self.allow_http |= more.allow_http;
        self.names_only |= more.names_only;
        self.yes |= more.yes;
        self.dry_run |= more.dry_run;
        self.verbose = self.verbose.saturating_add(more.verbose);
        Ok(())
    }

    fn check(&self) -> Result<(), Error> {
        let (jq, names) = (self.jq.is_some(), self.names_only);
        let (output, columns) = (self.output.is_some(), self.columns.is_some());
        // What is filtered is JSON, and so is what is said beside it.
        let is_json = matches!(self.output, Some(Format::Json | Format::Ndjson));
        match (jq, names) {
            (true, true) => Err(exclusive("jq", "names_only")),
            (true, _) if output && !is_json => Err(exclusive("jq", "output")),
            (true, _) if columns => Err(exclusive("jq", "columns")),
            (_, true) if output => Err(exclusive("names_only", "output")),
            (_, true) if columns => Err(exclusive("names_only", "columns")),
            _ => Ok(()),
        }
    }

    /// The ones that the configuration needs.
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

    /// The ones that say where a command acts, as they are written.
    fn place(&self) -> Vec<PlaceOption> {
        let flag = |name, given: bool| given.then_some((name, None));
        let value = |name, value: &Option<String>| Some((name, Some(value.clone()?)));
        let ca_file = self.ca_file.as_ref().and_then(|path| path.to_str()).map(str::to_owned);
        let given = [
            flag("--local", self.local),
            value("--profile", &self.profile),
            value("--project", &self.project),
            value("--org", &self.org),
            value("--ca-file", &ca_file),
            flag("--allow-http", self.allow_http),
        ];
        let words = |(name, value): (&'static str, Option<String>)| PlaceOption {
            name,
            words: value.map_or(name.to_owned(), |value| format!("{name} {}", quote(&value))),
        };
        given.into_iter().flatten().map(words).collect()
    }

    /// The ones that the terminal needs.
    pub fn ui(&self, environment: &Environment) -> ui::Options {
        let dumb = environment.get("TERM") == Some("dumb");
        ui::Options {
            format: self.output,
            jq: self.jq.clone(),
            columns: self.columns.clone().map(Items::into_items),
            names: self.names_only,
            yes: self.yes,
            place: self.place(),
            colour: environment.get("NO_COLOR").is_none() && !dumb,
            width: environment.get("COLUMNS").and_then(|n| n.parse().ok()).filter(|n| *n > 0),
        }
    }
}

fn add_value<T>(id: &str, to: &mut Option<T>, more: Option<T>) -> Result<(), Error> {
    if to.is_some() && more.is_some() {
        return Err(exclusive(id, id));
    }
    *to = to.take().or(more);
    Ok(())
}

/// The error about two options that exclude each other, or one given more than once.
fn exclusive(one: &str, other: &str) -> Error {
    let mut command = Global::augment_args(Command::new("spctl"));
    command.build();
    let option = |id| command.get_arguments().find(|arg| arg.get_id() == id);
    let shown = |id| option(id).map(Arg::to_string).unwrap_or_default();
    conflict(ContextKind::InvalidArg, &shown(one), &shown(other))
}

/// The error that the parser has for what excludes each other on one level of the line.
fn conflict(kind: ContextKind, one: &str, other: &str) -> Error {
    let mut error = Error::new(ErrorKind::ArgumentConflict).with_cmd(&Command::new("spctl"));
    error.insert(kind, ContextValue::String(one.to_owned()));
    error.insert(ContextKind::PriorArg, ContextValue::String(other.to_owned()));
    error
}
