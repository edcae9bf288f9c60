//! `ips project`: the addresses of the project's own clusters.

use std::collections::BTreeSet;

use clap::ValueEnum;
use ipnet::IpNet;
use serde::Serialize;

use super::refused;
use super::source::source;
use crate::atlas::addresses::ClusterAddresses;
use crate::brokers::addresses::parse_block;
use crate::brokers::set::everybody;
use crate::comma_list::{CommaList, Items};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::ui::{Column, Listing};

/// Of which clusters, and in which direction.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl ips project
  spctl ips project --cluster shop-main --direction outbound
  spctl ips project --future -o json")]
pub(super) struct Args {
    /// Only addresses of these clusters
    #[arg(long = "cluster", value_name = "NAME,…", num_args = 1..)]
    clusters: Vec<CommaList<String>>,
    /// As seen from the clusters: outbound, inbound, or both
    #[arg(long, value_enum, default_value = "both")]
    direction: DirectionFilter,
    /// Include addresses that are announced but not yet in use
    #[arg(long)]
    future: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DirectionFilter {
    Inbound,
    Outbound,
    Both,
}

/// One address as the listing formats write it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Row {
    #[serde(serialize_with = "as_text")]
    cidr: IpNet,
    cluster: String,
    direction: &'static str,
    #[serde(rename = "use")]
    use_from: &'static str,
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("cidr", |row| row.cidr.to_string().into()),
        Column::telling_apart("cluster", |row| row.cluster.as_str().into()),
        Column::new("direction", |row| row.direction.into()),
        Column::new("use", |row| row.use_from.into()),
    ],
    default: 4,
    name: |row| row.cidr.to_string(),
};

/// Lists them.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    source(context)?;
    let on = context.project().await?;
    let found = on.client.project_addresses(&on.project).await.map_err(Error::from)?;
    let clusters = found.services.clusters;
    for name in args.clusters.items() {
        if !clusters.iter().any(|cluster| cluster.cluster_name == *name) {
            let known: Vec<&str> = clusters.iter().map(|c| c.cluster_name.as_str()).collect();
            let otherwise = format!("clusters with addresses: {}", known.join(", "));
            return Err(Error::not_found(format!("no cluster {name:?} has addresses here"))
                .hint(near::hint(name, known, otherwise)));
        }
    }
    let wanted = |c: &&ClusterAddresses| {
        args.clusters.is_empty() || args.clusters.items().any(|name| *name == c.cluster_name)
    };
    let mut rows = BTreeSet::new();
    for cluster in clusters.iter().filter(wanted) {
        let lists = [
            (DirectionFilter::Inbound, "inbound", "now", &cluster.inbound),
            (DirectionFilter::Outbound, "outbound", "now", &cluster.outbound),
            (DirectionFilter::Inbound, "inbound", "future", &cluster.future_inbound),
            (DirectionFilter::Outbound, "outbound", "future", &cluster.future_outbound),
        ];
        for (side, direction, use_from, addresses) in lists {
            let chosen = args.direction == DirectionFilter::Both || args.direction == side;
            if !chosen || (use_from == "future" && !args.future) {
                continue;
            }
            for address in addresses {
                let cidr = network(address)
                    .ok_or_else(|| Error::failed(format!("{address:?} is not an address")))?;
                rows.insert(Row {
                    cidr,
                    cluster: cluster.cluster_name.clone(),
                    direction,
                    use_from,
                });
            }
        }
    }
    let nets: BTreeSet<IpNet> = rows.iter().map(|row| row.cidr).collect();
    everybody(&Vec::from_iter(nets.iter().copied())).map_err(refused)?;
    let asked = context.ui.options();
    let listed =
        asked.format.is_some() || asked.jq.is_some() || asked.columns.is_some() || asked.names;
    if listed {
        return context.ui.list_computed(&LISTING, rows, "no addresses").map(drop);
    }
    if rows.is_empty() {
        context.ui.note("no addresses");
    }
    nets.iter().try_for_each(|net| context.ui.line(net.to_string()))
}

fn as_text<S: serde::Serializer>(net: &IpNet, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(net)
}

/// An address or a block of them; host bits would say something else than they seem to.
fn network(text: &str) -> Option<IpNet> {
    parse_block(text).filter(|net| net.trunc() == *net)
}
