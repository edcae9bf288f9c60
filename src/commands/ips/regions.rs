//! `spctl ips regions`: the places that the list knows.

use serde::Serialize;

use super::source::{ListArgs, read_list};
use crate::brokers::addresses::Direction;
use crate::brokers::regions::{Provider, by_key};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

/// Which providers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl ips regions
  spctl ips regions --provider azure -o json")]
pub(super) struct Args {
    /// Regions of this provider only: aws, azure or gcp
    #[arg(long)]
    provider: Option<Provider>,
    #[command(flatten)]
    list: ListArgs,
}

/// A place, and how much the list says of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    provider: &'static str,
    region: String,
    instance_region: Option<&'static str>,
    atlas_region: Option<&'static str>,
    entries: usize,
    direction: &'static str,
}

const LISTING: Listing<Row> = Listing {
    columns: &[
        Column::telling_apart("provider", |row| row.provider.into()),
        Column::identifying("region", |row| row.region.as_str().into()),
        Column::new("instance_region", |row| Cell::maybe(row.instance_region)),
        Column::new("atlas_region", |row| Cell::maybe(row.atlas_region)),
        Column::new("entries", |row| Cell::Count(row.entries as u64)),
        Column::new("direction", |row| row.direction.into()),
    ],
    default: 5,
    name: |row| row.region.clone(),
};

/// Lists the regions with addresses in the chosen direction.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let list = read_list(context, &args.list.source).await?.addresses;
    let direction: Direction = args.list.direction;
    let mut rows = Vec::new();
    for provider in Provider::ALL.into_iter().filter(|p| args.provider.is_none_or(|q| q == *p)) {
        for region in list.regions(direction, provider) {
            let place = by_key(provider, region);
            rows.push(Row {
                provider: provider.key(),
                region: region.to_owned(),
                instance_region: place.map(|place| place.instance),
                atlas_region: place.map(|place| place.atlas),
                entries: list.count(direction, provider, region),
                direction: direction.key(),
            });
        }
    }
    let empty = format!("the list has no {direction} addresses");
    context.ui.list_computed(&LISTING, rows, &empty).map(drop)
}
