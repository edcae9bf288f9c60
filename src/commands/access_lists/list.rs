//! `access-lists list`.

use super::LISTING;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;

/// Lists the entries as they come.
pub(super) async fn run(context: &Context) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let rows = rows(on.client.streaming().access_list(&on.project));
    let nothing = "the IP access list is empty: no address can reach this project's databases";
    context.ui.list(&LISTING, rows, nothing).await.map(drop)
}
