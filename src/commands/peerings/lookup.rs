//! Peerings by name, as far as the API lists them.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;

use crate::atlas::Row;
use crate::atlas::peerings::Peering;
use crate::error::{Error, Result};
use crate::near;
use crate::session::ProjectClient;

/// Every peering that can be listed: the active ones, and all of the accounts that are named or
/// have an active one.
pub async fn fetch(on: &ProjectClient, accounts: &[String]) -> Result<Vec<Row<Peering>>> {
    let mut found: Vec<_> =
        on.client.active_peerings(&on.project).try_collect().await.map_err(Error::from)?;
    let known = found.iter().map(|row: &Row<Peering>| row.view.requester_account_id.clone());
    let accounts: BTreeSet<String> =
        known.chain(accounts.iter().cloned()).filter(|account| !account.is_empty()).collect();
    for account in accounts {
        let rows: Vec<_> =
            on.client.peerings(&on.project, &account).try_collect().await.map_err(Error::from)?;
        for row in rows {
            if found.iter().all(|other| other.view.id != row.view.id) {
                found.push(row);
            }
        }
    }
    Ok(found)
}

/// The peering with this id or cloud name.
///
/// # Errors
/// Not found.
pub fn select<'a>(peerings: &'a [Row<Peering>], name: &str) -> Result<&'a Row<Peering>> {
    let called =
        |row: &&Row<Peering>| row.view.id == name || row.view.name.as_deref() == Some(name);
    peerings.iter().find(called).ok_or_else(|| {
        let names = |row: &'a Row<Peering>| [Some(row.view.id.as_str()), row.view.name.as_deref()];
        let known = peerings.iter().flat_map(names).flatten();
        let otherwise =
            "name the requesting account with --account-id: otherwise only active ones are listed";
        Error::not_found(format!("no peering {name:?} is visible"))
            .hint(near::hint(name, known, otherwise))
    })
}
