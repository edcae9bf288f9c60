//! The failover regions of an instance.

use crate::brokers::regions::Provider;
use crate::commands::instances::{missing, region};
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// One of the instance's failover regions, by any name.
pub async fn failover_region(on: &ProjectClient, instance: &str, name: &str) -> Result<String> {
    let row = on.client.instance(&on.project, instance).await.map_err(Error::from);
    let view = row.map_err(|error| missing(error, instance))?.view;
    let home = view.data_process_region.unwrap_or_default();
    let provider: Provider = home.cloud_provider.parse().map_err(Error::usage)?;
    let region = region::named(provider, name)?.region;
    match view.failover_regions.iter().any(|place| place.region == region) {
        true => Ok(region),
        false => {
            let known: Vec<String> = view.failover_regions.into_iter().map(|p| p.region).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Err(Error::usage(format!("{region} is not a failover region of instance {instance}"))
                .hint(format!("its failover regions: {known}"))
                .hint("spctl instances update NAME --failover-region sets them"))
        }
    }
}
