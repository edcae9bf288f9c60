//! `spctl instances`: stream processing instances, which newer documentation calls workspaces.

use clap::Subcommand;

use crate::atlas::instances::{Instance, Region};
use crate::brokers::regions::{self, Provider};
use crate::commands::{names, row, rows};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Detail, Listing};

/// What to do with instances.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the instances of the project
    #[command(alias = "ls")]
    List,
    /// Show instances: regions in all their names, tier, hostnames
    #[command(alias = "show")]
    Get(GetArgs),
}

/// Which instances to show.
#[derive(Debug, clap::Args)]
pub struct GetArgs {
    /// The instances, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
}

static LISTING: Listing<Instance> = Listing {
    columns: &[
        Column { name: "name", value: |i| i.name.as_str().into() },
        Column {
            name: "provider",
            value: |i| Cell::maybe(region(i).map(|r| r.cloud_provider.clone())),
        },
        Column { name: "region", value: |i| Cell::maybe(region(i).map(|r| r.region.clone())) },
        Column {
            name: "failover",
            value: |i| Cell::List(i.failover_regions.iter().map(place).collect()),
        },
        Column { name: "tier", value: |i| Cell::maybe(tier(i)) },
        Column { name: "hostnames", value: |i| Cell::List(i.hostnames.clone()) },
        Column { name: "id", value: |i| i.id.as_str().into() },
    ],
    default: 5,
    name: |i| i.name.clone(),
};

/// Runs one of them.
///
/// # Errors
/// Those of the API, and of names that are not there.
pub fn run(context: &Context, command: Command) -> Result<()> {
    context.ui.check(&LISTING)?;
    context.block_on(async {
        match command {
            Command::List => {
                let rows = rows(context.client()?.instances(&context.project().await?));
                let nothing = "no stream processing instances in this project";
                context.ui.list(&LISTING, rows, nothing).await.map(drop)
            }
            Command::Get(args) => get(context, args).await,
        }
    })
}

async fn get(context: &Context, args: GetArgs) -> Result<()> {
    let wanted = names::read(context, &args.names)?;
    let project = context.project().await?;
    let client = context.client()?;
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for name in &wanted {
        match client.instance(&project, name).await.map_err(Error::from) {
            Ok(instance) => found.push(row(instance)),
            Err(error) if error.kind() == Kind::NotFound => failed.push(missing(error, name)),
            Err(error) => failed.push(error),
        }
    }
    if !found.is_empty() {
        context.ui.show(&LISTING, found, detail)?;
    }
    names::failures(context, failed, wanted.len(), "instance")
}

/// The error for an instance that is not there, or a project that is not.
pub fn missing(error: Error, name: &str) -> Error {
    match error.api_facts().error_code.as_deref() {
        Some("GROUP_NOT_FOUND") => error,
        _ => Error::not_found(format!("there is no instance {name:?} in this project"))
            .api(error.api_facts().clone())
            .hint("spctl instances list shows those there are"),
    }
}

fn region(instance: &Instance) -> Option<&Region> {
    instance.data_process_region.as_ref()
}

fn tier(instance: &Instance) -> Option<String> {
    instance.stream_config.as_ref().and_then(|config| config.tier.clone())
}

fn place(region: &Region) -> String {
    format!("{} {}", region.cloud_provider, region.region)
}

/// The region in each of its names: the instance's, the IP list's, Atlas'.
fn names_of(region: &Region) -> String {
    let known = region.cloud_provider.parse().ok().and_then(|provider: Provider| {
        regions::by_key(provider, &regions::key(provider, &region.region).ok()?)
    });
    match known {
        Some(names) => format!("{} ({}, {})", place(region), names.key, names.atlas),
        None => place(region),
    }
}

fn detail(instance: &Instance) -> Detail {
    let mut detail = vec![
        ("instance", vec![instance.name.clone()]),
        ("id", vec![instance.id.clone()]),
        ("region", region(instance).map(names_of).into_iter().collect()),
    ];
    if !instance.failover_regions.is_empty() {
        detail.push(("failover regions", instance.failover_regions.iter().map(names_of).collect()));
    }
    detail.extend(tier(instance).map(|tier| ("tier", vec![tier])));
    detail.push(("hostnames", instance.hostnames.clone()));
    detail
}
