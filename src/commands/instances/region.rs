//! The regions of instances, by any of their names.

use serde_json::{Value, json};

use crate::atlas::instances::{Instance, Region};
use crate::brokers::regions::{self, Provider};
use crate::error::{Error, Result};

/// The region that an instance runs in.
pub(super) fn home(instance: &Instance) -> Option<&Region> {
    instance.data_process_region.as_ref()
}

pub(super) fn place(region: &Region) -> String {
    format!("{} {}", region.cloud_provider, region.region)
}

pub(super) fn known_region(region: &Region) -> Option<&'static regions::Region> {
    let provider: Provider = region.cloud_provider.parse().ok()?;
    regions::by_key(provider, &regions::key(provider, &region.region).ok()?)
}

/// The region under each of its names: the instance's, the address list's, Atlas'.
pub(super) fn names_of(region: &Region) -> String {
    match known_region(region) {
        Some(names) => format!("{} ({}, {})", place(region), names.key, names.atlas),
        None => place(region),
    }
}

/// A region by any of its names, as the API names it for instances.
pub fn named(provider: Provider, name: &str) -> Result<Region> {
    let region = regions::instance_name(provider, name).map_err(|problem| {
        let known = regions::REGIONS.iter().filter(|region| region.provider == provider);
        let known: Vec<&str> = known.map(|region| region.key).collect();
        Error::not_found(problem.to_string())
            .hint(format!("the regions of {provider} are {}", known.join(", ")))
    })?;
    Ok(Region { cloud_provider: provider.key().to_uppercase(), region })
}

/// The failover regions, all of the instance's own provider.
pub(super) fn failover<'a>(
    provider: Provider,
    names: impl Iterator<Item = &'a String>,
) -> Result<Vec<Region>> {
    let regions: Vec<Region> = names.map(|name| named(provider, name)).collect::<Result<_>>()?;
    match regions.len() {
        0..=2 => Ok(regions),
        _ => Err(Error::usage("an instance has at most two failover regions")),
    }
}

/// A region as the API takes it.
pub(super) fn document(region: &Region) -> Value {
    json!({ "cloudProvider": region.cloud_provider, "region": region.region })
}
