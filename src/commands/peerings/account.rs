//! `peerings account`: where to request a peering.

use ipnet::IpNet;

use crate::atlas::peerings::AccountDetails;
use crate::brokers::regions::{self, Provider};
use crate::commands::known::{self, Verbatim};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Detail, Listing};

/// Where to request peerings.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings account --provider aws --region us-east-1
  spctl peerings account --provider aws --region VIRGINIA_USA -o json")]
pub struct Args {
    /// aws, azure or gcp
    #[arg(long)]
    provider: Provider,
    /// The region, by any of its names
    #[arg(long, value_name = "REGION")]
    region: String,
    #[command(flatten)]
    verbatim: Verbatim,
}

static LISTING: Listing<AccountDetails> = Listing {
    columns: &[
        Column::new("provider", |a| a.cloud_provider.as_str().into()),
        Column::identifying("account", |a| Cell::maybe(a.account().cloned())),
        Column::new("network", |a| Cell::maybe(a.network().cloned())),
        Column::new("cidr", |a| Cell::maybe(a.cidr_block.clone())),
    ],
    default: 4,
    name: |a| a.account().cloned().unwrap_or_default(),
};

/// Shows the account and network.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let provider = args.provider;
    let key = regions::key(provider, &args.region).ok();
    let key = key.filter(|key| regions::is_known(provider, key));
    let region = match key {
        Some(key) => {
            let region = regions::atlas_name(provider, &key);
            if regions::by_key(provider, &key).is_none() {
                context.ui.note(format!("region {key} is sent as {region}"));
            }
            region
        }
        None => {
            args.verbatim.or(|| known::unknown_region(provider, &args.region))?;
            args.region
        }
    };
    let on = context.project().await?;
    let row = on.client.account_details(&on.project, provider.key(), &region).await?;
    context.ui.show(&LISTING, vec![(row.raw, row.view)], detail)
}

fn detail(details: &AccountDetails) -> Detail {
    let mut detail = vec![("provider", vec![details.cloud_provider.clone()])];
    detail.extend(details.account().map(|account| ("account", vec![account.clone()])));
    detail.extend(details.network().map(|network| ("network", vec![network.clone()])));
    detail.extend(details.cidr_block.as_ref().map(|cidr| ("addresses", vec![block(cidr)])));
    detail
}

/// The API may return an address within the block; a route needs the block.
fn block(cidr: &str) -> String {
    match cidr.parse::<IpNet>() {
        Ok(net) if net.trunc() != net => format!("{} (given as {cidr})", net.trunc()),
        _ => cidr.to_owned(),
    }
}
