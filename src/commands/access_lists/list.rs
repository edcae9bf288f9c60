//! `access-lists list`.

use std::cell::RefCell;

use futures_util::TryStreamExt;

use super::LISTING;
use super::entry::EntryTarget;
use super::idle::WholeList;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;

/// Lists the entries as they come, and says which restrict no one.
pub(super) async fn run(context: &Context) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let targets = RefCell::new(Vec::new());
    let rows = rows(on.client.streaming().access_list(&on.project)).inspect_ok(|(_, entry)| {
        targets.borrow_mut().extend(EntryTarget::of(entry));
    });
    let nothing = "the IP access list is empty: no address can reach this project's databases";
    context.ui.list(&LISTING, rows, nothing).await?;
    let targets = targets.take();
    let idle = WholeList::of(&targets).told(&targets);
    idle.into_iter().for_each(|text| context.ui.warn(text));
    Ok(())
}
