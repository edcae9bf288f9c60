//! `instances list`.

use super::region::{home, place};
use super::tier;
use crate::atlas::instances::Instance;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

/// The columns of an instance.
pub(super) static LISTING: Listing<Instance> = Listing {
    columns: &[
        Column::identifying("name", |i| i.name.as_str().into()),
        Column::new("provider", |i| Cell::maybe(home(i).map(|r| r.cloud_provider.clone()))),
        Column::telling_apart("region", |i| Cell::maybe(home(i).map(|r| r.region.clone()))),
        Column::new("failover", |i| Cell::List(i.failover_regions.iter().map(place).collect())),
        Column::new("tier", |i| Cell::maybe(tier(i))),
        Column::new("hostnames", |i| Cell::List(i.hostnames.clone())),
        Column::new("id", |i| i.id.as_str().into()),
    ],
    default: 5,
    name: |i| i.name.clone(),
};

/// Lists the instances of the project.
pub(super) async fn run(context: &Context) -> Result<()> {
    let on = context.project().await?;
    let rows = rows(on.client.streaming().instances(&on.project));
    let nothing = "no stream processing instances in this project";
    context.ui.list(&LISTING, rows, nothing).await.map(drop)
}
