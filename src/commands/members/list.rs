//! `members list`.

use futures_util::{TryStreamExt, future};
use serde_json::json;

use super::all_projects;
use super::home::{self, InOrg};
use super::view::{LISTING, Person, is_pending};
use crate::atlas::members::Home;
use crate::commands::effective;
use crate::context::Context;
use crate::error::Result;
use crate::near;

/// Which people to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl members list
  spctl members list --pending
  spctl members list --in-org
  spctl members list --all-projects --email leaver@example.com
  spctl members list --columns name,last-login -o csv

Everyone with access is listed: members with roles of their own, then those with access through \
a team or a role in the organisation (access: inherited).")]
pub struct Args {
    #[command(flatten)]
    place: InOrg,
    /// List people in all projects and organisations that the credential can access
    #[arg(long, conflicts_with = "in_org")]
    all_projects: bool,
    /// Only this person
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    /// Only people who have not accepted their invitation yet
    #[arg(long)]
    pending: bool,
}

/// Lists people as they come.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let email = args.email.as_deref();
    if args.all_projects {
        return all_projects::list(context, email, args.pending).await;
    }
    context.ui.check(&LISTING)?;
    let home = args.place.home(context).await?;
    // Whether the API's own filter ignores case is not documented: all are read.
    let mut seen = Vec::new();
    let rows = home::everyone(&context.client()?.streaming(), &home)
        .try_filter(|(row, _)| {
            seen.extend(email.map(|_| row.view.username.clone()));
            let wanted = email.is_none_or(|email| home::is_called(&row.view, email));
            future::ready(wanted && (!args.pending || is_pending(&row.view)))
        })
        .and_then(|(row, access)| {
            let row = effective::with(row, |_| Ok(json!({ "access": access })));
            future::ready(row.map(|row| (row.raw, Person { member: row.view, access })))
        });
    let place = match home {
        Home::Project(_) => "project",
        Home::Org(_) => "organisation",
    };
    let nothing = match (email, args.pending) {
        (Some(email), true) => format!("{email} has no pending invitation to this {place}"),
        (Some(email), false) => format!("{email} is not in this {place}"),
        (None, true) => format!("no pending invitations in this {place}"),
        (None, false) => format!("no people in this {place}"),
    };
    let count = context.ui.list(&LISTING, rows, &nothing).await?;
    // Whether somebody is here is a question, and nobody is an answer; a slip is told all the same.
    let is_here = |email: &str| seen.iter().any(|name| name.eq_ignore_ascii_case(email.trim()));
    if let Some(email) = email.filter(|email| count == 0 && !is_here(email)) {
        let meant = near::hint(email, seen.iter().map(String::as_str), "");
        if !meant.is_empty() {
            context.ui.hint(meant);
        }
    }
    Ok(())
}
