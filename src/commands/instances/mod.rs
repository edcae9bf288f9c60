//! `spctl instances`: stream processing instances, which newer documentation calls workspaces.

use clap::Subcommand;
use futures_util::TryStreamExt;
use serde_json::{Value, json};

use self::reach::Users;
use super::connections;
use crate::atlas::Row;
use crate::atlas::instances::{Instance, Region};
use crate::brokers::regions::{self, Provider};
use crate::commands::connections::list::shown;
use crate::commands::names::{self, Named};
use crate::commands::{effective, rows};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::ui::{Cell, Column, Detail, Listing};

pub(super) mod create;
pub(super) mod delete;
mod reach;
mod update;

/// What to do with instances.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the instances of the project
    #[command(alias = "ls")]
    List,
    /// Show instances: regions in all their names, hostnames, connections, who can reach them
    #[command(alias = "show")]
    Get(Named),
    /// Create an instance
    Create(create::Args),
    /// Change an instance's size or failover regions
    Update(update::Args),
    /// Delete instances with their processors and connections
    #[command(alias = "rm")]
    Delete(delete::Args),
}

/// The columns of an instance.
static LISTING: Listing<Instance> = Listing {
    columns: &[
        Column::identifying("name", |i| i.name.as_str().into()),
        Column::new("provider", |i| Cell::maybe(region(i).map(|r| r.cloud_provider.clone()))),
        Column::telling_apart("region", |i| Cell::maybe(region(i).map(|r| r.region.clone()))),
        Column::new("failover", |i| Cell::List(i.failover_regions.iter().map(place).collect())),
        Column::new("tier", |i| Cell::maybe(tier(i))),
        Column::new("hostnames", |i| Cell::List(i.hostnames.clone())),
        Column::new("id", |i| i.id.as_str().into()),
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
                let on = context.project().await?;
                let rows = rows(on.client.streaming().instances(&on.project));
                let nothing = "no stream processing instances in this project";
                context.ui.list(&LISTING, rows, nothing).await.map(drop)
            }
            Command::Get(named) => get(context, named).await,
            Command::Create(args) => create::run(context, args).await,
            Command::Update(args) => update::run(context, args).await,
            Command::Delete(args) => delete::run(context, args).await,
        }
    })
}

async fn get(context: &Context, named: Named) -> Result<()> {
    let on = context.project().await?;
    let users = match context.ui.shows_whole() {
        true => Users::fetch(on).await?,
        false => Users::default(),
    };
    let listed = names::Listed::default();
    let fetch = async |name: &str, many: bool| {
        if many {
            let all = async || fetch(on).await;
            let found = listed.find(name, all, |instance| vec![instance.name.clone()]).await?;
            // Its connections stand in no listing.
            found.ok_or_else(|| not_there(name))?;
        }
        let instance =
            on.client.instance_with_connections(&on.project, name).await.map_err(Error::from);
        let row = instance.map(shown).map_err(|error| missing(error, name))?;
        effective::with(row, |instance| Ok(facts(instance, &users)))
    };
    let detail = |instance: &Instance| detail(instance, &users);
    names::show(context, &LISTING, "instance", &named.names, fetch, detail).await
}

/// All instances of the project.
async fn fetch(on: &ProjectClient) -> Result<Vec<Row<Instance>>> {
    on.client.instances(&on.project).try_collect().await.map_err(Error::from)
}

/// What is not found below an instance: the instance, unless the project is missing already.
pub fn missing(error: Error, name: &str) -> Error {
    let project = error.api_facts().error_code.as_deref() == Some("GROUP_NOT_FOUND");
    if error.kind() != Kind::NotFound || project {
        return error;
    }
    not_there(name).api(error.api_facts().clone())
}

/// There is no such instance.
fn not_there(name: &str) -> Error {
    Error::not_found(format!("there is no instance {name:?} in this project"))
        .hint("spctl instances list shows those there are")
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

fn known_region(region: &Region) -> Option<&'static regions::Region> {
    let provider: Provider = region.cloud_provider.parse().ok()?;
    regions::by_key(provider, &regions::key(provider, &region.region).ok()?)
}

/// The region in each of its names: the instance's, the IP list's, Atlas'.
fn names_of(region: &Region) -> String {
    match known_region(region) {
        Some(names) => format!("{} ({}, {})", place(region), names.key, names.atlas),
        None => place(region),
    }
}

/// What is computed of an instance: its regions in all their names, and who reaches it.
fn facts(instance: &Instance, users: &Users) -> Value {
    let names = |region: &Region| {
        let known = known_region(region);
        json!({
            "provider": region.cloud_provider,
            "instanceRegion": region.region,
            "region": known.map(|names| names.key),
            "atlasRegion": known.map(|names| names.atlas),
        })
    };
    json!({
        "region": region(instance).map(names),
        "failoverRegions": instance.failover_regions.iter().map(names).collect::<Vec<_>>(),
        "reachedBy": users.document(&instance.name),
    })
}

fn detail(instance: &Instance, users: &Users) -> Detail {
    let mut detail = vec![
        ("instance", vec![instance.name.clone()]),
        ("id", vec![instance.id.clone()]),
        ("region", region(instance).map(names_of).into_iter().collect()),
    ];
    if !instance.failover_regions.is_empty() {
        detail.push(("failover regions", instance.failover_regions.iter().map(names_of).collect()));
    }
    detail.extend(tier(instance).map(|tier| ("tier", vec![tier])));
    let most = instance.stream_config.as_ref().and_then(|config| config.max_tier_size.clone());
    detail.extend(most.map(|most| ("largest tier", vec![most])));
    detail.push(("hostnames", instance.hostnames.clone()));
    let connections = instance.connections.iter().map(connections::summary).collect::<Vec<_>>();
    detail.push(("connections", or_none(connections)));
    detail.push(("reached by", users.of(&instance.name)));
    detail
}

fn or_none(lines: Vec<String>) -> Vec<String> {
    match lines.is_empty() {
        true => vec!["none".to_owned()],
        false => lines,
    }
}
