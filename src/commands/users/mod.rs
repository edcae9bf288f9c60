//! `spctl users`: database users, their roles, and the instances they are restricted to.

use clap::Subcommand;

use crate::atlas::Row;
use crate::atlas::users::User;
use crate::context::Context;
use crate::error::Result;
use crate::session::ProjectClient;

mod all_projects;
mod authentication;
mod create;
mod delete;
mod exact_roles;
mod execute;
mod facts;
mod filter;
mod get;
mod grant;
mod grant_actions;
mod label;
mod list;
mod lock;
mod naming;
mod password;
mod patch;
mod record;
mod restrict;
mod revoke;
mod revoke_actions;
mod role_arg;
mod role_change;
mod scopes;
mod selection;
pub mod sign_in;
mod unlock;
mod unrestrict;
mod update;
mod view;
mod without_password;

pub use exact_roles::{ExactRoles, RolesAfter};
pub use lock::Locking;
pub use naming::{NOUN, NamedUser};
pub use password::{PasswordSource, random as random_password};
pub use record::{COMMAND as LOCK, OFFBOARD, read as locked_users};
pub use role_arg::held;
pub use scopes::scopes as scopes_of;
pub use selection::{UserArgs, Verb, refuse};
pub use unlock::all as unlock;
pub use view::has_password;

/// Manage database users.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List database users, with their roles and scopes
    #[command(alias = "ls")]
    List(list::Args),
    /// Show database users: effective access, dangling scopes, expiry
    #[command(alias = "show")]
    Get(get::Args),
    /// Create a database user
    Create(create::Args),
    /// Update passwords, descriptions, labels or expiry of database users
    Update(update::Args),
    /// Delete database users
    #[command(aliases = ["remove", "rm"])]
    Delete(delete::Args),
    /// Grant roles, or individual privilege actions, to database users
    Grant(grant::Args),
    /// Revoke roles, or individual privilege actions, from database users
    Revoke(revoke::Args),
    /// Lock out database users immediately: replace their passwords, delete those without one
    Lock(lock::Args),
    /// Restore locked database users
    Unlock(unlock::Args),
    /// Restrict database users to named instances
    Restrict(restrict::Args),
    /// Let database users reach everything in the project again
    Unrestrict(unrestrict::Args),
}

/// One user, by any of its names, of an authentication database if that is given.
///
/// # Errors
/// Not found, with a similar name; usage, if two users have the name; those of the API.
pub async fn one(on: &ProjectClient, name: &str, auth_db: Option<&str>) -> Result<Row<User>> {
    let users = naming::fetch_named(on, &[name.to_owned()], auth_db).await?;
    naming::select(&users, name, auth_db).map(|known| known.row.clone())
}

/// Runs a command.
///
/// # Errors
/// Those of the command.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List(args) => context.block_on(list::run(context, args)),
        Command::Get(args) => context.block_on(get::run(context, args)),
        Command::Create(args) => context.block_on(create::run(context, args)),
        Command::Update(args) => context.block_on(update::run(context, args)),
        Command::Delete(args) => context.block_on(delete::run(context, args)),
        Command::Grant(args) => context.block_on(grant::run(context, args)),
        Command::Revoke(args) => context.block_on(revoke::run(context, args)),
        Command::Lock(args) => context.block_on(lock::run(context, args)),
        Command::Unlock(args) => context.block_on(unlock::run(context, args)),
        Command::Restrict(args) => context.block_on(restrict::run(context, args)),
        Command::Unrestrict(args) => context.block_on(unrestrict::run(context, args)),
    }
}
