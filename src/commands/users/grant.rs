//! `users grant`.

use super::role_arg::{RoleArg, held};
use super::role_change::{GRANT, change, with};
use super::selection::UserArgs;
use super::{grant_actions, patch};
use crate::atlas::users::Role;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::consequence::{Around, Sent};
use crate::commands::known::Verbatim;
use crate::commands::roles::arg::{self, ActionParser};
use crate::context::Context;
use crate::error::Result;
use crate::privileges::permission::Permission;

/// Which roles or actions to grant, and to whom.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --action, a custom role with exactly these actions is reused or created; \
no other user's rights change.

Examples:
  spctl users grant alice --role streamOperator
  spctl users grant alice --role read@sales.invoices
  spctl users grant alice bob \\
      --action startStreamProcessor stopStreamProcessor
  spctl users grant alice --action FIND@shop.orders \\
      --role-name orders-reader"
)]
#[group(id = "what", required = true, multiple = true, args = ["roles", "actions"])]
pub struct Args {
    #[command(flatten)]
    who: UserArgs,
    /// A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default
    #[arg(long = "role", value_name = "ROLE,…", num_args = 1..)]
    roles: Vec<CommaList<RoleArg>>,
    /// A privilege action, in either spelling; with @DATABASE.COLLECTION for one on data
    #[arg(long = "action", value_name = "ACTION,…", num_args = 1.., value_parser = CommaListParser(ActionParser), hide_possible_values = true)]
    actions: Vec<CommaList<Permission>>,
    /// The name of the custom role for the actions, which is created unless it exists
    #[arg(long, value_name = "NAME", requires = "actions")]
    role_name: Option<String>,
    #[command(flatten)]
    verbatim: Verbatim,
}

/// Adds roles to those that users hold.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let roles: Vec<Role> = args.roles.into_items().into_iter().map(|RoleArg(role)| role).collect();
    if !args.actions.is_empty() {
        let actions = args.actions.into_items().into_iter().collect();
        return grant_actions::run(
            context,
            &args.who,
            &roles,
            actions,
            args.role_name,
            args.verbatim,
        )
        .await;
    }
    let names = || roles.iter().map(|role| role.role_name.as_str());
    let exist = async |around: &Around| {
        arg::check_given(roles.iter().map(held), &arg::graph_of(around, names()).await?)
    };
    patch::each(context, &args.who, GRANT, Some(Sent::Fields), exist, |known, (), _| {
        let before = &known.user().roles;
        Ok(change(before, &with(before, &roles)))
    })
    .await
}
