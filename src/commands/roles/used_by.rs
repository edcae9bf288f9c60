//! `roles used-by`: who holds a role, what inherits it, which connections execute as it.

use super::usage::{Use, UsedBy, Users};
use crate::commands::names;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

/// Whose uses to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl roles used-by streamOperator
  spctl roles used-by atlasAdmin readWriteAnyDatabase -o csv
  spctl roles used-by streamOperator --noun users -q \\
      | spctl users revoke - --role streamOperator")]
pub struct Args {
    /// The roles, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// Only uses by this noun, as for -q, whose names feed the next command
    #[arg(long)]
    noun: Option<UsedBy>,
}

static LISTING: Listing<Use> = Listing {
    columns: &[
        Column::new("role", |u| u.role.as_str().into()),
        Column::telling_apart("used-by", |u| u.kind.word().into()),
        Column::identifying("name", |u| u.name.as_str().into()),
        Column::new("through", |u| Cell::maybe(u.through.clone())),
    ],
    default: 4,
    name: |u| u.name.clone(),
};

/// Lists the uses of roles.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let wanted = super::wanted(context, &args.names)?;
    let on = context.project().await?;
    // Of another project, only connections can use a role.
    let users = match args.noun {
        None | Some(UsedBy::Connection) => Users::fetch_everywhere(on).await?,
        Some(UsedBy::User | UsedBy::Role) => Users::fetch(on).await?,
    };
    users.warn(context);
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for role in &wanted {
        let uses = users.of(role);
        if uses.is_empty() && !users.has(role) {
            failed.push(super::missing(role, users.graph.names()));
        }
        let asked = |one: &Use| args.noun.is_none_or(|noun| one.is_by(noun));
        rows.extend(uses.into_iter().filter(asked));
    }
    if failed.len() < wanted.len() {
        let nobody = args.noun.map_or("nothing".to_owned(), |noun| format!("no {}", noun.word()));
        let nothing = match wanted.as_slice() {
            [role] => format!("{nobody} uses role {role}"),
            _ => format!("{nobody} uses these roles"),
        };
        context.ui.list_computed(&LISTING, rows, &nothing)?;
    }
    names::failures(context, failed, wanted.len(), "role")
}
