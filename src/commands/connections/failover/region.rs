//! The failover regions of an instance.

use crate::brokers::regions::REGIONS;
use crate::commands::instances;
use crate::error::{Error, Result};
use crate::near;
use crate::session::ProjectClient;
use crate::shell::quote;

/// One of the instance's failover regions, by any name.
pub async fn failover_region(on: &ProjectClient, instance: &str, name: &str) -> Result<String> {
    let view = instances::one(on, instance).await?.view;
    let regions: Vec<String> =
        view.failover_regions.into_iter().map(|place| place.region).collect();
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    if let Some(region) = regions.iter().find(|region| names_of(region).any(is)) {
        return Ok(region.clone());
    }
    let all = if regions.is_empty() { "none".to_owned() } else { regions.join(", ") };
    let all = format!("its failover regions: {all}");
    let known = regions.iter().flat_map(|region| names_of(region));
    Err(Error::usage(format!("{name} is not a failover region of instance {instance}"))
        .hint(near::hint(name, known, all))
        .hint(format!("spctl instances update {} --failover-region sets them", quote(instance))))
}

/// The names of an instance's region, the provider's own first.
pub(super) fn names_of(region: &str) -> impl Iterator<Item = &str> {
    let known = REGIONS.iter().filter(move |known| known.instance == region);
    known.flat_map(|known| [known.key, known.instance, known.atlas]).chain([region])
}
