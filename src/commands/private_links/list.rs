//! `private-links list`.

use super::LISTING;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;

/// Lists private links as they come.
pub(super) async fn run(context: &Context) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let rows = rows(on.client.streaming().private_links(&on.project));
    context.ui.list(&LISTING, rows, "no private links in this project").await.map(drop)
}
