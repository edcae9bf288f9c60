//! `users list`.

use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::filter::Filter;
use super::naming::{self, NamedUser, full_name};
use super::view::LISTING;
use super::{all_projects, facts};
use crate::atlas::users::User;
use crate::atlas::{ApiError, Row};
use crate::context::Context;
use crate::error::{Error, Result};

/// One page of the API: a listing that fits into it gives names in their short form.
const PAGE: usize = 500;

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

/// Lists users as they come.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    args.filter.check()?;
    if args.all_projects {
        return all_projects::list(context, args.filter).await;
    }
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let rows = on.client.streaming().users(&on.project);
    let filter = args.filter;
    let rows = named(rows)
        .await?
        .try_filter(|known| std::future::ready(filter.takes(known.user())))
        .and_then(|known| std::future::ready(facts::shown(&context.ui, known, None)));
    context.ui.list(&LISTING, rows, &filter.nothing("this project")).await?;
    filter.note_unheld(context);
    filter.check_instance(context).await
}

/// Short names can only be given once all users are known; a listing longer than a page does not
/// wait for that, and gives the long form.
async fn named(
    rows: impl Stream<Item = Result<Row<User>, ApiError>>,
) -> Result<impl Stream<Item = Result<NamedUser>>> {
    let mut rows = Box::pin(rows.map_err(Error::from));
    let first: Vec<_> = rows.by_ref().take(PAGE + 1).try_collect().await?;
    let long = |row: Row<User>| NamedUser::new(full_name(&row.view), row);
    let first: Vec<NamedUser> = match first.len() > PAGE {
        true => first.into_iter().map(long).collect(),
        false => naming::name_all(first),
    };
    Ok(stream::iter(first.into_iter().map(Ok)).chain(rows.map_ok(long)))
}
