//! `spctl roles`: custom database roles, and the stream privilege actions they are made of.

use std::collections::HashSet;

use clap::Subcommand;

use crate::commands::names::{self, Named};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;

mod actions;
pub(super) mod arg;
mod clone;
mod create;
pub(super) mod creation;
mod delete;
mod get;
mod list;
mod pipelines;
mod presets;
pub(super) mod remaining;
mod update;
pub(super) mod usage;
mod used_by;
pub(super) mod view;

/// What messages call a role that is not built in.
pub(super) const NOUN: &str = "custom role";

/// What to do with roles.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the project's custom roles and the built-in ones
    #[command(alias = "ls")]
    List(list::Args),
    /// Show roles: what each allows and inherits
    #[command(
        alias = "show",
        after_help = "Examples:
  spctl roles get streamOperator
  spctl roles list --custom -q | spctl roles get - -o yaml"
    )]
    Get(Named),
    /// Create a custom role
    Create(create::Args),
    /// Add or remove actions and inherited roles of custom roles
    Update(update::Args),
    /// Delete custom roles that nothing uses
    #[command(aliases = ["remove", "rm"])]
    Delete(delete::Args),
    /// Create a copy of a custom role
    #[command(alias = "copy")]
    Clone(clone::Args),
    /// List who holds a role, what inherits it, and which connections execute as it
    UsedBy(used_by::Args),
    /// List the stream privilege actions: both spellings, what each allows, who holds it
    #[command(after_help = "Examples:
  spctl roles actions
  spctl roles actions -q
  spctl roles actions --columns name,presets -o csv")]
    Actions,
    /// List the presets: sets of stream actions for viewers, operators, developers, administrators
    #[command(after_help = "Examples:
  spctl roles presets
  spctl roles presets \\
      --jq '.[] | select(.name == \"operator\") | .actions'")]
    Presets,
}

/// Runs one of them.
///
/// # Errors
/// Those of the API; not found, for names that do not exist.
pub fn run(context: &Context, command: Command) -> Result<()> {
    if let Command::List(list::Args { project_roles: true, .. }) = command {
        return super::project_roles::list(context);
    }
    context.block_on(async {
        match command {
            Command::List(args) => list::run(context, args).await,
            Command::Get(named) => get::run(context, named).await,
            Command::Create(args) => create::run(context, args).await,
            Command::Update(args) => update::run(context, args).await,
            Command::Delete(args) => delete::run(context, args).await,
            Command::Clone(args) => clone::run(context, args).await,
            Command::UsedBy(args) => used_by::run(context, args).await,
            Command::Actions => actions::run(context),
            Command::Presets => presets::run(context),
        }
    })
}

/// A role's name as users' roles are shown, with the database that custom roles are granted on,
/// without it. No role's own name has an `@`.
fn plain(name: &str) -> &str {
    name.strip_suffix("@admin").unwrap_or(name)
}

/// The roles that are named, each once.
fn wanted(context: &Context, given: &[String]) -> Result<Vec<String>> {
    let mut seen = HashSet::new();
    let named = names::read(context, given)?.into_iter().map(|name| plain(&name).to_owned());
    Ok(named.filter(|name| seen.insert(name.clone())).collect())
}

/// There is no role of this name among the project's.
fn missing<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    Error::not_found(format!("there is no role {name:?} in this project")).hint(near::hint(
        name.split_once('@').map_or(name, |(role, _)| role),
        known,
        "spctl roles list shows which ones exist",
    ))
}

/// A role that the typed view does not read completely cannot be changed without losing something.
fn obscure(name: &str) -> Error {
    Error::failed(format!(
        "custom role {name} holds something that this program does not understand; it is left unchanged"
    ))
}
