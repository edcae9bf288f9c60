//! `users list`.

use futures_util::stream;

use super::filter::Filter;
use super::view::LISTING;
use super::{all_projects, facts, naming};
use crate::context::Context;
use crate::error::Result;

/// Which users to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users list --instance payments
  spctl users list --role atlasAdmin --columns name,roles
  spctl users list --all-projects --label owner=dave@example.com
  spctl users list --label team=payments -q | spctl users lock -")]
pub struct Args {
    #[command(flatten)]
    filter: Filter,
    /// List users of all projects that the credential can access; with --org, of that organisation
    #[arg(long, conflicts_with = "instance")]
    all_projects: bool,
}

/// Lists users once all are known: whether a name means one user alone depends on all of them.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    args.filter.check()?;
    if args.all_projects {
        return all_projects::list(context, args.filter).await;
    }
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let filter = args.filter;
    let users = naming::fetch(on).await?.into_iter();
    let users: Vec<_> = users.filter(|known| filter.takes(known.user())).collect();
    filter.check_known(context, on).await?;
    let rows = users.into_iter().map(|known| facts::shown(&context.ui, known, None));
    let rows = stream::iter(rows);
    context.ui.list(&LISTING, rows, &filter.nothing("this project")).await?;
    filter.note_unheld(context);
    Ok(())
}
