//! `spctl profiles`: named settings in `config.toml`.

use clap::Subcommand;

use crate::commands::names::Named;
use crate::config::{Profile, Profiles};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::ui::NoColumns;

mod delete;
mod entry;
mod get;
mod import;
mod keys;
mod list;
mod rename;
mod set;
mod unset;
#[path = "use.rs"]
mod use_profile;

/// What to do with profiles.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the profiles
    #[command(
        alias = "ls",
        after_help = "Examples:
  spctl profiles list
  spctl profiles list --jq '.[] | select(.default) | .name'"
    )]
    List,
    /// Show profiles
    #[command(
        alias = "show",
        after_help = "Examples:
  spctl profiles get prod
  spctl profiles list -q | spctl profiles get -"
    )]
    Get(Named),
    /// Make a profile the default one
    #[command(after_help = "Examples:
  spctl profiles use prod")]
    Use {
        /// The profile
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Set keys of the profile given with --profile, or of the default profile
    ///
    /// A profile that does not exist is created. The keys: kind (atlas or local), base_url, project,
    /// org, output, ca_file, client_id, public_key, credential_command. Secrets are not keys:
    /// spctl auth login stores them.
    #[command(after_help = "Examples:
  spctl profiles set project=orders-prod output=json
  spctl profiles set --profile laptop kind=local
  spctl profiles set \\
      --profile prod credential_command='pass show atlas/prod'")]
    Set {
        /// A key and its value
        #[arg(value_name = "KEY=VALUE", required = true)]
        pairs: Vec<String>,
    },
    /// Unset keys of the profile given with --profile, or of the default profile
    #[command(after_help = "Examples:
  spctl profiles unset --profile prod output ca_file")]
    Unset {
        /// A key
        #[arg(value_name = "KEY", required = true)]
        keys: Vec<String>,
    },
    /// Remove profiles and their stored secrets
    #[command(
        aliases = ["delete", "rm"],
        after_help = "Examples:
  spctl profiles remove old --yes"
    )]
    Remove(Named),
    /// Rename a profile, along with its secret
    #[command(
        alias = "mv",
        after_help = "Examples:
  spctl profiles rename default prod"
    )]
    Rename {
        /// The profile
        #[arg(value_name = "NAME")]
        from: String,
        /// Its new name
        #[arg(value_name = "NEW-NAME")]
        to: String,
    },
    /// Import the profiles of MongoDB's own command-line tool
    ///
    /// Its configuration file and keyring entries are read, and left unchanged. What would be
    /// imported is shown first. Secrets go into the keyring, or with --insecure-storage into a file
    /// that only you can read.
    #[command(after_help = "Examples:
  spctl profiles import --dry-run
  spctl profiles import default prod --yes")]
    Import(import::Args),
}

/// Runs one of them.
///
/// # Errors
/// Those of `config.toml` and of the places where secrets are kept.
pub fn run(context: &Context, command: Command) -> Result<()> {
    let dir = context.environment.config_dir()?;
    if !matches!(command, Command::List | Command::Get(_)) {
        context.ui.check(&NoColumns)?;
    }
    match command {
        Command::List => list::run(context, &dir),
        Command::Get(named) => get::run(context, &dir, &named),
        Command::Use { name } => use_profile::run(context, &dir, &name),
        Command::Set { pairs } => set::run(context, &dir, &pairs),
        Command::Unset { keys } => unset::run(context, &dir, &keys),
        Command::Remove(named) => delete::run(context, &dir, &named),
        Command::Rename { from, to } => rename::run(context, &dir, &from, &to),
        Command::Import(args) => import::run(context, &dir, args),
    }
}

/// The profile of this name.
fn existing<'a>(known: &'a Profiles, name: &str) -> Result<&'a Profile> {
    known.profiles.get(name).ok_or_else(|| {
        Error::not_found(format!("there is no profile {name:?}")).hint(near::hint(
            name,
            known.profiles.keys().map(String::as_str),
            "spctl profiles list shows which ones exist",
        ))
    })
}

fn is_dry(context: &Context) -> bool {
    if context.dry_run {
        context.ui.note("dry run: nothing was changed");
    }
    context.dry_run
}
