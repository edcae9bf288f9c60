//! `projects list`.

use futures_util::{StreamExt, TryStreamExt};

use super::LISTING;
use crate::atlas::projects::Project;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;

pub(super) async fn run(context: &Context) -> Result<()> {
    let client = context.client()?.streaming();
    let org = context.org().await?;
    let rows = match (&org, &context.flags.org) {
        (Some(org), Some(_)) => rows(client.projects_of(org)).left_stream(),
        // A project's key may be unable to list the organisation that the environment names.
        _ => rows(client.projects()).right_stream(),
    };
    let of_it = |project: &Project| org.is_none() || project.org_id == org;
    let rows = rows.try_filter(|(_, project)| std::future::ready(of_it(project)));
    context.ui.list(&LISTING, rows, "this credential can access no projects").await.map(drop)
}
