//! `spctl profiles`: named settings in `config.toml`.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use crate::atlas::{Row, redact};
use crate::commands::names::{self, Named};
use crate::config::secrets::helper;
use crate::config::{DEFAULT_BASE_URL, Profile, ProfileKind, Profiles, edit};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::mask::MASK;
use crate::ui::{Cell, Column, Detail, Listing, NoColumns, row};

mod import;
mod write;

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
    /// Make a profile the one of commands that name none
    #[command(after_help = "Examples:
  spctl profiles use prod")]
    Use {
        /// The profile
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Set keys of a profile, that of --profile or else the default one
    ///
    /// A profile that is new comes into being. The keys: kind (atlas or local), base_url, project,
    /// org, output, ca_file, client_id, public_key, credential_command. Secrets are no keys:
    /// spctl auth login keeps them.
    #[command(after_help = "Examples:
  spctl profiles set project=orders-prod output=json
  spctl profiles set --profile laptop kind=local
  spctl profiles set --profile prod credential_command='pass show atlas/prod'")]
    Set {
        /// A key and its value
        #[arg(value_name = "KEY=VALUE", required = true)]
        pairs: Vec<String>,
    },
    /// Take keys out of a profile, that of --profile or else the default one
    #[command(after_help = "Examples:
  spctl profiles unset --profile prod output ca_file")]
    Unset {
        /// A key
        #[arg(value_name = "KEY", required = true)]
        keys: Vec<String>,
    },
    /// Remove profiles, and the secrets that are kept for them
    #[command(
        visible_alias = "delete",
        alias = "rm",
        after_help = "Examples:
  spctl profiles remove old --yes"
    )]
    Remove(Named),
    /// Call a profile by another name; its secret goes with it
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
    /// Take over the profiles of MongoDB's own command-line tool
    ///
    /// Its configuration file and its entries in the keyring are read and stay as they are. What
    /// is taken over is shown first. Secrets go into the keyring, or with --insecure-storage into
    /// a file that only you can read.
    #[command(after_help = "Examples:
  spctl profiles import --dry-run
  spctl profiles import default prod --yes")]
    Import {
        /// Its configuration file, where it is not in its usual place
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
        /// Keep secrets in a file that only you can read, in plain text
        #[arg(long)]
        insecure_storage: bool,
        /// Leave secrets where they are
        #[arg(long, conflicts_with = "insecure_storage")]
        no_secrets: bool,
        /// The profiles to take over; all without a name
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
}

/// A profile with its name.
struct Entry {
    name: String,
    is_default: bool,
    profile: Profile,
}

impl Entry {
    fn target(&self) -> String {
        match self.profile.kind {
            ProfileKind::Local => "local".to_owned(),
            ProfileKind::Atlas => {
                shown(self.profile.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL))
            }
        }
    }

    fn secret(&self) -> Option<String> {
        let place = self.profile.secret.map(|place| place.to_string());
        place.or(self.profile.credential_command.as_ref().map(|_| "command".to_owned()))
    }

    fn row(self) -> Result<Row<Entry>> {
        let Profile { project, org, output, ca_file, credential_command, .. } = &self.profile;
        let document = json!({
            "name": self.name,
            "default": self.is_default,
            "kind": match self.profile.kind { ProfileKind::Local => "local", ProfileKind::Atlas => "atlas" },
            "baseUrl": (self.profile.kind == ProfileKind::Atlas).then(|| self.target()),
            "project": project,
            "org": org,
            "output": output,
            "caFile": ca_file,
            "credential": self.profile.credential_kind(),
            "id": self.profile.shown_id(),
            "secret": self.secret(),
            "credentialCommand": credential_command.as_deref().map(helper::program),
        });
        Ok(Row { raw: row::document(&document)?, view: self })
    }
}

/// An address as it may be shown: who wrote a user or a password into it by hand sees neither.
fn shown(address: &str) -> String {
    let target = redact::target(address);
    match (redact::anonymous(&target), target.rsplit_once('@')) {
        (Some(address), _) => address,
        (None, Some((_, host))) if !target.contains("://") => format!("{MASK}@{host}"),
        _ => target,
    }
}

static LISTING: Listing<Entry> = Listing {
    columns: &[
        Column::identifying("name", |p| p.name.as_str().into()),
        Column::new("default", |p| Cell::maybe(p.is_default.then_some("yes"))),
        Column::new("target", |p| p.target().as_str().into()),
        Column::new("project", |p| Cell::maybe(p.profile.project.clone())),
        Column::new("credential", |p| {
            Cell::maybe(p.profile.credential_kind().map(|kind| kind.to_string()))
        }),
        Column::new("secret", |p| Cell::maybe(p.secret())),
        Column::new("id", |p| Cell::maybe(p.profile.shown_id())),
        Column::new("org", |p| Cell::maybe(p.profile.org.clone())),
        Column::new("output", |p| Cell::maybe(p.profile.output.clone())),
    ],
    default: 6,
    name: |p| p.name.clone(),
};

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
        Command::List => list(context, edit::read(&dir)?),
        Command::Get(named) => get(context, &edit::read(&dir)?, &named),
        Command::Use { name } => write::make_default(context, &dir, &name),
        Command::Set { pairs } => write::set(context, &dir, &pairs),
        Command::Unset { keys } => write::unset(context, &dir, &keys),
        Command::Remove(named) => {
            write::remove(context, &dir, &names::read(context, &named.names)?)
        }
        Command::Rename { from, to } => write::rename(context, &dir, &from, &to),
        Command::Import { from, insecure_storage, no_secrets, names } => {
            let choice = import::Choice { from, insecure_storage, no_secrets, names };
            import::run(context, &dir, choice)
        }
    }
}

fn list(context: &Context, known: Profiles) -> Result<()> {
    let default = known.default_profile;
    let rows = known.profiles.into_iter().map(|(name, profile)| {
        let is_default = default.as_ref() == Some(&name);
        Entry { name, is_default, profile }.row().map(|row| (row.raw, row.view))
    });
    let empty = "there are no profiles; spctl auth login makes one";
    context.ui.list_all(&LISTING, rows, empty).map(drop)
}

fn get(context: &Context, known: &Profiles, named: &Named) -> Result<()> {
    let fetch = async |name: &str, _: bool| {
        let profile = existing(known, name)?.clone();
        let is_default = known.default_profile.as_deref() == Some(name);
        Entry { name: name.to_owned(), is_default, profile }.row()
    };
    context.block_on(names::show(context, &LISTING, "profile", &named.names, fetch, detail))
}

fn detail(named: &Entry) -> Detail {
    let p = &named.profile;
    let kind = p.credential_kind().map(|kind| kind.to_string());
    let is_default = named.is_default.then(|| "yes".to_owned());
    let lines = [
        ("profile", Some(named.name.clone())),
        ("default", is_default),
        ("target", Some(named.target())),
        ("project", p.project.clone()),
        ("organisation", p.org.clone()),
        ("output", p.output.clone()),
        ("CA file", p.ca_file.clone()),
        ("credential", kind),
        ("id", p.shown_id().map(str::to_owned)),
        ("secret", named.secret()),
        ("command", p.credential_command.as_deref().map(helper::program)),
    ];
    lines.into_iter().filter_map(|(label, value)| Some((label, vec![value?]))).collect()
}

/// A profile that is there.
fn existing<'a>(known: &'a Profiles, name: &str) -> Result<&'a Profile> {
    known.profiles.get(name).ok_or_else(|| {
        Error::not_found(format!("there is no profile {name:?}"))
            .hint("spctl profiles list shows what there is")
    })
}
