//! The root command: global options, and one variant and one arm a noun.

use std::ffi::OsString;
use std::io;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser};

use crate::commands::{
    access_lists, api, audit, auth, completion, connections, events, generate, instances, ips,
    local, members, orgs, peerings, private_links, processors, profiles, projects, roles, users,
};
use crate::config::{Environment, Flags};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files;
use crate::mask::Known;
use crate::noun::{self, Late, Noun, nouns};
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
    /// Most lines name a noun and a verb and are right, and need a parser of no more than these.
    /// Whatever is asked or wrong is told by one that knows them all.
    // Inlined it would leave its frame, of several pages, below that of the command.
    #[inline(never)]
    fn read(line: &[OsString]) -> Result<Cli, clap::Error> {
        Cli::short(line)
            .unwrap_or_else(|| Cli::whole(line).map_err(|error| usage::advised(error, line)))
    }

    /// By the parser of the noun and the verb that the line names; nothing where it does not, or
    /// is wrong. The help of a verb is all there.
    fn short(line: &[OsString]) -> Option<Result<Cli, clap::Error>> {
        // To take a parser apart costs as much as to build it: each is left to the process' end.
        let helps = line.iter().any(|word| word == "-h" || word == "--help");
        let at = noun::behind::<Global>(line)?;
        let noun = Command::named(line.get(at)?.to_str()?)?;
        let options = |verb: clap::Command| {
            let has_own = verb.get_arguments().any(|arg| arg.get_id() == "help");
            let helpless = !helps || verb.has_subcommands() || has_own;
            let all = ManuallyDrop::new(Global::augment_args(noun::bare("options")));
            let options = all.get_arguments().map(|option| option.clone().global(false));
            verb.disable_help_flag(helpless).args(options)
        };
        let verb = at + noun::behind::<Global>(&line[at..]).unwrap_or(1);
        let (noun, names) = noun::narrowed(noun, &line[verb..], options)?;
        // Options before the noun and before the verb are read as if they stood behind the verb.
        let (before, between) = (&line[1..at], &line[at + 1..verb]);
        let after = &line[verb + names.len() - 1..];
        let words = [&line[..1], &names, before, between, after].concat();
        let root = noun::bare("spctl").disable_help_flag(!helps);
        let mut parser = ManuallyDrop::new(root.subcommand(noun));
        let mut matches = match parser.try_get_matches_from_mut(words) {
            Ok(matches) => ManuallyDrop::new(matches),
            Err(help) if help.kind() == ErrorKind::DisplayHelp && names.len() > 1 => {
                return Some(Err(help));
            }
            // The whole parser does not see it where one of the two stands before the noun.
            Err(error) if error.kind() == ErrorKind::ArgumentConflict && !is_twice(&error) => {
                return Some(Err(error));
            }
            Err(_) => return None,
        };
        let last = names.iter().try_fold(&*matches, |matches, _| Some(matches.subcommand()?.1))?;
        let global = Global::from_arg_matches(last).ok()?;
        let command = Command::from_arg_matches_mut(&mut matches).ok()?;
        Some(Ok(Cli { global, command }))
    }

    /// By the parser of all nouns. It copies the options that every command takes into each noun
    /// it knows and each verb of the noun, so it is first told of the one noun that seems to be
    /// meant; where none is, none of them needs the copies.
    fn whole(line: &[OsString]) -> Result<Cli, clap::Error> {
        let all = command();
        let matches = match line.iter().skip(1).find_map(|word| all.find_subcommand(word)) {
            Some(noun) => root()
                .subcommand(noun.clone())
                .try_get_matches_from(line)
                .or_else(|_| all.try_get_matches_from(line)),
            None => all.mut_args(|arg| arg.global(false)).try_get_matches_from(line),
        }?;
        Ok(Cli {
            global: Global::from_arg_matches(&matches)?,
            command: Command::from_arg_matches(&matches)?,
        })
    }
}

/// Whether a flag is in conflict with itself, which is harmless: it means nothing else twice.
fn is_twice(error: &clap::Error) -> bool {
    let (one, other) = (error.get(ContextKind::InvalidArg), error.get(ContextKind::PriorArg));
    one == other && one.is_some_and(|option| !option.to_string().contains('<'))
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

nouns! {
    /// Database users: who may act on which instance
    Users(Noun<users::Command>) = users, "users" | "user";
    /// People with roles in the project, or with --in-org in the organisation
    Members(Noun<members::Command>) = members, "members" | "member";
    /// Database roles and stream privilege actions
    Roles(Noun<roles::Command>) = roles, "roles" | "role";
    /// Stream processing instances (workspaces)
    Instances(Noun<instances::Command>) = instances,
        "instances" + "workspaces" | "instance" | "workspace";
    /// Connections of an instance, and the roles they execute as
    Connections(Noun<connections::Command>) = connections, "connections" | "connection";
    /// Addresses that may reach the project's databases
    AccessLists(Noun<access_lists::Command>) = access_lists, "access-lists" | "access-list";
    /// Stream processors of an instance
    Processors(Noun<processors::Command>) = processors, "processors" | "processor";
    /// VPC peering connections to brokers
    Peerings(Noun<peerings::Command>) = peerings, "peerings" | "peering";
    /// Private links to brokers
    PrivateLinks(Noun<private_links::Command>) = private_links, "private-links" | "private-link";
    /// Projects
    Projects(Noun<projects::Command>) = projects, "projects" | "project";
    /// Organisations
    Orgs(Noun<orgs::Command>) = orgs, "orgs" | "org";
    /// Audit logs of instances
    Audit(Noun<audit::Command>) = audit, "audit";
    /// Project events: what administrators changed and looked at
    Events(Noun<events::Command>) = events, "events" | "event";
    /// The control plane's IP addresses, for brokers to let in
    Ips(Late<ips::Args>) = ips, "ips" | "ip";
    /// The embedded control plane
    Local(Noun<local::Command>) = local, "local";
    /// Signing in and out, and as whom commands act
    Auth(Noun<auth::Command>) = auth, "auth";
    /// Profiles: named settings in config.toml
    Profiles(Noun<profiles::Command>) = profiles, "profiles" | "profile";
    /// Any operation of the Admin API, signed and paged
    Api(Late<api::Args>) = api, "api";
    /// Print a shell's completion script
    Completion(Late<completion::Args>) = completion, "completion";
    /// Write completions and man pages into a directory
    #[command(hide = true)]
    Generate(Late<generate::Args>) = generate, "generate";
}

/// Runs the process' command line.
pub fn main() -> ExitCode {
    files::outlive_size_limits();
    no_core_dumps();
    let known = Known::default();
    ui::crash::tell_without(known.clone());
    let line: Vec<OsString> = std::env::args_os().collect();
    let parsed = Cli::read(&line);
    let environment = Environment::of_the_process();
    environment.learn_secrets(&known);
    // Also where nothing comes to be read from them.
    usage::variables(&line).filter_map(|name| environment.get(name)).for_each(|s| known.learn(s));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return not_understood(error, &line, &environment, known),
    };
    ui::trace::show(cli.global.verbose, known.clone());
    let ui = Ui::new(cli.global.ui(&environment), known);
    let mends = match &cli.command {
        Command::Auth(noun) => noun.0.mends_settings(),
        Command::Profiles(_) => true,
        _ => false,
    };
    let environment = match &cli.command {
        Command::Profiles(_) | Command::Local(_) => environment.without_blanks(),
        Command::Completion(_) | Command::Generate(_) => environment.without_blanks(),
        _ => environment,
    };
    let context = match Context::new(ui, cli.global, environment, mends) {
        Ok(context) => context,
        Err(stopped) => {
            let (ui, error) = *stopped;
            return ended(&ui, Err(error));
        }
    };
    let outcome = cli.command.run(&context);
    let code = ended(&context.ui, outcome);
    context.end();
    code
}

/// A dump would hold every secret of the run, in a file that nobody knows of.
fn no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        // Lowering a limit is always allowed; where it is not, the system's own limit holds.
        let _ = setrlimit(Resource::Core, none);
    }
}

/// Help that was asked for, or what the parser has against the line.
fn not_understood(
    mut error: clap::Error,
    line: &[OsString],
    environment: &Environment,
    known: Known,
) -> ExitCode {
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    let options = Global { output: usage::format(line), ..Global::default() }.ui(environment);
    let as_json = matches!(options.format, Some(Format::Json | Format::Ndjson));
    let ui = Ui::new(options, known);
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
            ui.usage(&error.render().to_string());
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

/// The command tree, for completions and man pages.
pub fn command() -> clap::Command {
    noun::with_verbs::<Command>(root())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

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

    /// Whatever is read without the whole parser is read as the whole parser reads it.
    #[test]
    fn the_short_way_is_no_other_way() {
        let both = |line: &str| {
            let line: Vec<OsString> = line.split(' ').map(Into::into).collect();
            let short = super::Cli::short(&line).map(|cli| format!("{:?}", cli.unwrap()));
            (short, super::Cli::whole(&line).map(|cli| format!("{cli:?}")))
        };
        for line in [
            "spctl instances list",
            "spctl workspace ls --project get -vv",
            "spctl --local users list -q",
            "spctl --project users -o json --local roles list --columns a,b",
            "spctl -v --project=x user restrict alice bob --instance orders -n --yes",
            "spctl users restrict - --instance orders --dry-run",
            "spctl local key create --role ORG_OWNER -o json",
            "spctl ips --provider aws --region us-east-1 --for kafka-acls --principal User:x",
            "spctl api GET /groups -q",
            "spctl profiles list",
            "spctl users --local list",
            "spctl users --local list -q",
            "spctl -o json roles --project x list --columns a",
            "spctl local --local key create --role ORG_OWNER",
            "spctl --yes completion bash",
        ] {
            let (short, whole) = both(line);
            assert_eq!(short.ok_or(line), whole.map_err(|_| line), "{line}");
        }
        for line in [
            "spctl",
            "spctl users",
            "spctl --help users list",
            "spctl users --help",
            "spctl connections failover --help",
            "spctl help users",
            "spctl --project --local users list",
            "spctl --nonsense users list",
            "spctl --version",
            "spctl -vq instances list",
            "spctl ips regions",
            "spctl user restrct",
            "spctl -- users list",
        ] {
            assert_eq!(both(line).0, None, "{line}");
        }
    }

    /// Wherever an option stands that every command takes, both ways read it alike; and a line that
    /// the whole parser refuses is not read.
    #[test]
    fn options_of_every_command_stand_anywhere() {
        let options = [
            "--local",
            "-v",
            "-vv",
            "-q",
            "-y",
            "--project=x",
            "--project users",
            "-o json",
            "-ojson",
            "--output=nonsense",
            "--columns name,roles",
            "--jq .",
            "--profile -x",
            "--dry-run -v",
            "--names",
            "--",
            "-",
            "--local=1",
            "-vq",
            "--verbose --verbose",
        ];
        let commands = [
            "spctl users restrict alice --instance orders",
            "spctl local key create --role ORG_OWNER",
            "spctl ips --provider aws --region all",
            "spctl instance ls",
            "spctl --org acme member grant bob --role GROUP_OWNER",
        ];
        let mut read = 0;
        for (command, option) in commands.iter().flat_map(|c| options.iter().map(move |o| (c, o))) {
            let words: Vec<&str> = command.split(' ').collect();
            for at in 1..=words.len() {
                let line =
                    [&words[..at], &option.split(' ').collect::<Vec<_>>(), &words[at..]].concat();
                let words: Vec<OsString> = line.iter().map(Into::into).collect();
                // A conflict is seen by the short way alone.
                if let Some(Ok(short)) = super::Cli::short(&words) {
                    let whole = super::Cli::whole(&words).map_err(|error| error.to_string());
                    let whole = whole.map(|cli| format!("{cli:?}"));
                    assert_eq!(Ok(format!("{short:?}")), whole, "{line:?}");
                    read += 1;
                }
            }
        }
        assert!(read > 200, "only {read} lines were read the short way");
    }

    #[test]
    fn options_that_exclude_each_other_do_so_across_the_noun() {
        for line in [
            "spctl -q users list -o csv",
            "spctl --jq . users list -o json",
            "spctl users list --columns name -q",
            "spctl -o json users list -o yaml",
            "spctl --project a users list --project b",
            "spctl users --project a list --project b",
            "spctl -q users -o csv list",
        ] {
            let line: Vec<OsString> = line.split(' ').map(Into::into).collect();
            let error = super::Cli::read(&line).unwrap_err().to_string();
            assert!(error.contains("cannot be used"), "{error}");
        }
        let twice: Vec<OsString> =
            "spctl -v --local users list --local".split(' ').map(Into::into).collect();
        assert!(super::Cli::read(&twice).unwrap().global.local);
    }

    /// A verb that a noun offers can be read the short way: no option of its own is called like one
    /// that every command takes.
    #[test]
    fn every_verb_takes_the_options_of_every_command() {
        fn lines(command: &clap::Command, line: &str, found: &mut Vec<String>) {
            match command.get_subcommands().filter(|verb| verb.get_name() != "help").count() {
                0 => found.push(line.to_owned()),
                _ => {
                    for verb in command.get_subcommands().filter(|v| v.get_name() != "help") {
                        lines(verb, &format!("{line} {}", verb.get_name()), found);
                    }
                }
            }
        }
        let mut root = super::command();
        root.build();
        let mut found = Vec::new();
        lines(&root, "spctl", &mut found);
        assert!(found.len() > 60, "{found:?}");
        for line in found.iter().filter(|line| !line.starts_with("spctl ips ")) {
            let words: Vec<OsString> = line.split(' ').map(Into::into).collect();
            let noun = super::Command::named(words[1].to_str().unwrap()).unwrap();
            let last = <super::Global as clap::Args>::augment_args;
            let (noun, names) = crate::noun::narrowed(noun, &words[2..], last).expect(line);
            assert_eq!(names, words[1..], "{line}");
            noun.debug_assert();
            for flag in ["-h", "--help"] {
                let line = [&words[..], &[flag.into()]].concat();
                let whole = super::Cli::whole(&line).unwrap_err().to_string();
                match super::Cli::short(&line) {
                    Some(short) => assert_eq!(short.unwrap_err().to_string(), whole),
                    None => assert_eq!(words.len(), 2, "{line:?}"),
                }
            }
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
