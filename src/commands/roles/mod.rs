//! `spctl roles`: custom database roles, and the stream privilege actions they are made of.

use clap::Subcommand;

use crate::commands::names::Named;
use crate::context::Context;
use crate::error::{Error, Result};

pub(super) mod arg;
mod delete;
pub(super) mod edit;
mod list;
pub(super) mod remaining;
pub(super) mod usage;
pub(super) mod view;

/// What messages call a role that is not built in.
pub(super) const NOUN: &str = "custom role";

/// What to do with roles.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the project's custom roles and the built-in ones
    #[command(alias = "ls")]
    List(list::ListArgs),
    /// Show roles: what each allows, and what it inherits
    #[command(
        alias = "show",
        after_help = "Examples:
  spctl roles get streamOperator
  spctl roles list --custom -q | spctl roles get - -o yaml"
    )]
    Get(Named),
    /// Create a custom role
    Create(edit::CreateArgs),
    /// Add or remove actions and inherited roles of custom roles
    Update(edit::UpdateArgs),
    /// Delete custom roles that nothing uses
    #[command(alias = "rm")]
    Delete(delete::DeleteArgs),
    /// Create a custom role that says what another one says
    #[command(alias = "copy")]
    Clone(edit::CloneArgs),
    /// List who holds a role, what inherits it, and which connections execute as it
    #[command(after_help = "Examples:
  spctl roles used-by streamOperator
  spctl roles used-by atlasAdmin readWriteAnyDatabase -o csv")]
    UsedBy(Named),
    /// List the stream privilege actions: both spellings, what each allows, who holds it
    #[command(after_help = "Examples:
  spctl roles actions
  spctl roles actions -q
  spctl roles actions --columns name,presets -o csv")]
    Actions,
    /// List the presets: sets of stream actions for viewers, operators, developers, administrators
    #[command(after_help = "Examples:
  spctl roles presets
  spctl roles presets --jq '.[] | select(.name == \"operator\") | .actions'")]
    Presets,
}

/// Runs one of them.
///
/// # Errors
/// Those of the API, and of names that are not there.
pub fn run(context: &Context, command: Command) -> Result<()> {
    if let Command::List(list::ListArgs { project_roles: true, .. }) = command {
        return super::project_roles::list(context);
    }
    context.block_on(async {
        match command {
            Command::List(args) => list::list(context, args).await,
            Command::Get(named) => list::get(context, named).await,
            Command::Create(args) => edit::create(context, args).await,
            Command::Update(args) => edit::update(context, args).await,
            Command::Delete(args) => delete::run(context, args).await,
            Command::Clone(args) => edit::clone(context, args).await,
            Command::UsedBy(named) => usage::run(context, named).await,
            Command::Actions => list::list_actions(context),
            Command::Presets => list::list_presets(context),
        }
    })
}

/// There is no role of this name.
fn missing(name: &str) -> Error {
    Error::not_found(format!("there is no role {name:?} in this project"))
        .hint("spctl roles list shows those there are")
}
