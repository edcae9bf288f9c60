//! `orgs list`.

use super::LISTING;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;

/// Lists organisations as they come.
pub(super) async fn run(context: &Context) -> Result<()> {
    let rows = rows(context.client()?.streaming().orgs());
    context.ui.list(&LISTING, rows, "this credential can access no organisations").await.map(drop)
}
