//! `instances get`.

use serde_json::{Value, json};

use super::list::LISTING;
use super::reach::InstanceReach;
use super::region::{home, known_region, names_of};
use super::{fetch, missing, not_there, or_none, tier};
use crate::atlas::instances::{Instance, Region};
use crate::commands::connections;
use crate::commands::connections::fetch::shown;
use crate::commands::effective;
use crate::commands::instance_args::Instances;
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::Detail;

/// Shows instances by name.
pub(super) async fn run(context: &Context, instances: Instances) -> Result<()> {
    let on = context.project().await?;
    let users = match context.ui.shows_whole() {
        true => InstanceReach::fetch(on).await?,
        false => InstanceReach::default(),
    };
    let listed = names::Listed::default();
    let fetch = async |name: &str, many: bool| {
        if many {
            let all = async || fetch(on).await;
            let found = listed.find(name, all, |instance| vec![instance.name.clone()]).await?;
            // The listing does not have its connections.
            found.ok_or_else(|| not_there(name, listed.names()))?;
        }
        let instance =
            on.client.instance_with_connections(&on.project, name).await.map_err(Error::from);
        let row = match instance {
            Ok(row) => shown(row),
            Err(error) => return Err(missing(on, error, name).await),
        };
        effective::with(row, |instance| Ok(facts(instance, &users)))
    };
    let detail = |instance: &Instance| detail(instance, &users);
    names::show(context, &LISTING, "instance", &instances.names(), fetch, detail).await
}

/// What is computed for an instance: its regions under all their names, and who reaches it.
fn facts(instance: &Instance, users: &InstanceReach) -> Value {
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
        "region": home(instance).map(names),
        "failoverRegions": instance.failover_regions.iter().map(names).collect::<Vec<_>>(),
        "reachedBy": users.document(&instance.name),
    })
}

fn detail(instance: &Instance, users: &InstanceReach) -> Detail {
    let mut detail = vec![
        ("instance", vec![instance.name.clone()]),
        ("id", vec![instance.id.clone()]),
        ("region", home(instance).map(names_of).into_iter().collect()),
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
