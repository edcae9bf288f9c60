//! `users list --all-projects`: somebody who leaves may have users in any project.

use std::cell::RefCell;

use futures_util::{StreamExt, TryStreamExt, stream};

use super::facts;
use super::filter::Filter;
use super::naming::{self, NamedUser};
use super::view::LISTING;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::ui::{Cell, Column, Listing, plural};

/// How many projects are read at the same time.
const AT_ONCE: usize = 8;

/// The column before those of a user.
const PROJECT: [Column<NamedUser>; 1] =
    [Column::telling_apart("project", |k| Cell::maybe(k.project.clone()))];

/// Lists users of all projects, one project after another. A project that cannot be read is reported,
/// and the others are still listed.
pub async fn list(context: &Context, filter: Filter) -> Result<()> {
    let columns = [&PROJECT, LISTING.columns].concat();
    let listing = Listing { columns: &columns, default: LISTING.default + 1, ..LISTING };
    context.ui.check(&listing)?;
    context.flags.all_projects()?;
    let client = context.client()?;
    let org = context.org().await?;
    let (asked, unread) = (RefCell::new(Vec::new()), RefCell::new(Vec::<Kind>::new()));
    let rows = client
        .projects()
        .map_err(Error::from)
        .try_filter(|row| std::future::ready(org.is_none() || row.view.org_id == org))
        .map_ok(|row| {
            let on = ProjectClient { client: client.clone(), project: row.view.id };
            asked.borrow_mut().push(on.clone());
            async move { Ok((row.view.name, naming::fetch(&on).await)) }
        })
        .try_buffered(AT_ONCE)
        .map_ok(|(project, users)| {
            let users = users.unwrap_or_else(|error| {
                unread.borrow_mut().push(error.kind());
                context.ui.error(&error.context(format!("project {project}")));
                Vec::new()
            });
            let named = users.into_iter().map(move |mut known| {
                known.project = Some(project.clone());
                known
            });
            stream::iter(named.map(Ok))
        })
        .try_flatten()
        .try_filter(|known| std::future::ready(filter.takes(known.user())))
        .and_then(|known| std::future::ready(facts::shown(&context.ui, known, None)))
        .boxed_local();
    let nothing = filter.nothing("any project that this credential can access");
    context.ui.list(&listing, rows, &nothing).await?;
    filter.note_unheld(context);
    context.ui.note(format!(
        "these are the database users of {} that this credential can access; API keys, service \
         accounts, teams and people are not included: spctl members list --all-projects lists people",
        plural(asked.borrow().len(), "project")
    ));
    filter.check_roles(context, &asked.into_inner()).await?;
    let unread = unread.into_inner();
    match Kind::worst(unread.iter().copied()) {
        None => Ok(()),
        Some(kind) => {
            Err(Error::new(kind, format!("{} could not be read", plural(unread.len(), "project"))))
        }
    }
}
