//! The regions of instances, by any of their names.

use serde_json::{Value, json};

use crate::atlas::instances::{Instance, Region};
use crate::brokers::regions::{self, Provider};
use crate::commands::known::{self, Verbatim};
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
///
/// # Errors
/// Usage: one that is not known, or not as one for instances, unless it is to be sent all the same.
pub(super) fn named(provider: Provider, name: &str, verbatim: Verbatim) -> Result<Region> {
    let key = regions::key(provider, name).ok();
    let is_known = key.is_some_and(|key| regions::is_known(provider, &key));
    let region = match regions::instance_name(provider, name) {
        Ok(region) if is_known => region,
        _ => {
            verbatim.or(|| match is_known {
                true => not_for_instances(provider, name),
                false => known::unknown_region(provider, name),
            })?;
            name.to_owned()
        }
    };
    Ok(Region { cloud_provider: provider.key().to_uppercase(), region })
}

fn not_for_instances(provider: Provider, name: &str) -> Error {
    let known = regions::REGIONS.iter().filter(|region| region.provider == provider);
    let known: Vec<&str> = known.map(|region| region.key).collect();
    Error::usage(format!("no instance is known to run in {provider} region {name}"))
        .hint(format!("the regions of {provider} for instances are {}", known.join(", ")))
}

/// The failover regions, all of the instance's own provider.
pub(super) fn failover<'a>(
    provider: Provider,
    names: impl Iterator<Item = &'a String>,
    verbatim: Verbatim,
) -> Result<Vec<Region>> {
    let regions = names.map(|name| named(provider, name, verbatim));
    let regions: Vec<Region> = regions.collect::<Result<_>>()?;
    match regions.len() {
        0..=2 => Ok(regions),
        _ => Err(Error::usage("an instance has at most two failover regions")),
    }
}

/// A region as the API takes it.
pub(super) fn document(region: &Region) -> Value {
    json!({ "cloudProvider": region.cloud_provider, "region": region.region })
}
