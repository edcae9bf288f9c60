//! `roles list`.

use futures_util::{StreamExt, stream};

use super::view;
use crate::atlas::roles::CustomRole;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;
use crate::privileges::catalogue::built_in;
use crate::ui::{Cell, Column, Listing};

/// Which roles to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl roles list
  spctl roles list --custom -q
  spctl roles list --built-in -o json
  spctl roles list --project-roles")]
pub struct Args {
    /// Only the built-in roles, which every project has
    #[arg(long, group = "which")]
    built_in: bool,
    /// Only the project's custom roles
    #[arg(long, group = "which")]
    custom: bool,
    /// The roles of people, API keys and service accounts instead, and what each allows
    #[arg(long, group = "which")]
    pub(super) project_roles: bool,
}

/// The columns of a role.
pub static LISTING: Listing<CustomRole> = Listing {
    columns: &[
        Column::identifying("name", |r| r.role_name.as_str().into()),
        Column::telling_apart("kind", |r| match built_in::find(&r.role_name) {
            Some(_) => "built-in".into(),
            None => "custom".into(),
        }),
        Column::new("actions", |r| {
            Cell::List(r.actions.iter().map(|a| a.action.clone()).collect())
        }),
        Column::new("inherits", |r| Cell::List(view::inherited(&r.inherited_roles))),
    ],
    default: 4,
    name: |r| r.role_name.clone(),
};

/// Lists the project's roles, then the built-in ones.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let built_in = built_in::ROLES.iter().map(|role| {
        let row = view::built_in(role)?;
        Ok((row.raw, row.view))
    });
    let built_in = stream::iter(built_in);
    if args.built_in {
        return context.ui.list(&LISTING, built_in, "").await.map(drop);
    }
    let on = context.project().await?;
    let custom = rows(on.client.custom_roles(&on.project));
    let nothing = "no custom roles in this project";
    match args.custom {
        true => context.ui.list(&LISTING, custom, nothing).await.map(drop),
        false => context.ui.list(&LISTING, custom.chain(built_in), nothing).await.map(drop),
    }
}
