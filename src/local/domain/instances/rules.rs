//! What the attributes of an instance may be.

use serde_json::Value;

use crate::local::domain::refusal::{Refusal, Subject};
use crate::local::domain::{Attributes, Outcome, known_keys, text, unknown_attribute};

/// The regions in which instances can be, by provider.
const REGIONS: &[(&str, &[&str])] = &[
    (
        "AWS",
        &[
            "VIRGINIA_USA",
            "OHIO_USA",
            "OREGON_USA",
            "MONTREAL_CAN",
            "SAOPAULO_BRA",
            "DUBLIN_IRL",
            "LONDON_GBR",
            "PARIS_FRA",
            "FRANKFURT_DEU",
            "TOKYO_JPN",
            "SEOUL_KOR",
            "SINGAPORE_SGP",
            "SYDNEY_AUS",
            "MUMBAI_IND",
        ],
    ),
    (
        "AZURE",
        &[
            "eastus",
            "eastus2",
            "westus",
            "westeurope",
            "northeurope",
            "brazilsouth",
            "australiaeast",
            "eastasia",
            "southeastasia",
        ],
    ),
    ("GCP", &["US_CENTRAL1", "US_EAST4", "US_WEST1", "EUROPE_WEST1", "ASIA_SOUTH1"]),
];

/// Sizes, the smallest first.
const TIERS: &[&str] = &["SP2", "SP5", "SP10", "SP30", "SP50"];

/// How many failover regions an instance has at most.
const MOST_FAILOVER_REGIONS: usize = 2;

/// What stands beside the instances in paths.
const TAKEN: &[&str] = &[
    "accountDetails",
    "activeVpcPeeringConnections",
    "privateLinkConnections",
    "vpcPeeringConnections",
];

/// Checks a name: scopes point at instances by it, so it is what a scope can name. What Atlas answers
/// to one that is another path is not known; here no request could name such an instance again.
pub fn name(name: &Value) -> Outcome<&str> {
    if TAKEN.iter().any(|taken| name == *taken) {
        return Err(Refusal::invalid("name", "its path would be that of something else"));
    }
    let fits = |name: &&str| {
        (1..=64).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    name.as_str().filter(fits).ok_or_else(|| {
        let detail = "it must be 1 to 64 letters, digits and hyphens, and not begin with a hyphen";
        Refusal::invalid("name", detail)
    })
}

/// Checks a provider's region.
pub fn region(attribute: &str, value: &Value) -> Outcome<()> {
    known_keys(attribute, value, &["cloudProvider", "region", "links"])?;
    let (provider, region) = (&value["cloudProvider"], &value["region"]);
    let Some((_, regions)) = REGIONS.iter().find(|(name, _)| provider == name) else {
        let detail = format!("{provider} is not a cloud provider with stream processing");
        return Err(Refusal::invalid(attribute, detail));
    };
    match region.as_str().is_some_and(|name| regions.contains(&name)) {
        true => Ok(()),
        false => {
            let detail = format!("{region} is not a region of {provider} with stream processing");
            Err(Refusal::unfit(Subject::InstanceRegion, text(value, "region"), detail))
        }
    }
}

/// The smallest processor that can fail over.
const LEAST_FAILOVER_TIER: &str = "SP10";

/// Checks that an instance with failover regions may have processors that can fail over.
pub fn failover_size(instance: &Value) -> Outcome<()> {
    let none = instance["failoverRegions"].as_array().is_none_or(Vec::is_empty);
    let config = &instance["streamConfig"];
    let largest = rank(&config["maxTierSize"]).max(rank(&config["tier"]));
    match none || largest >= rank(&LEAST_FAILOVER_TIER.into()) {
        true => Ok(()),
        false => {
            let detail = format!("failover needs a tier of {LEAST_FAILOVER_TIER} or higher");
            Err(Refusal::invalid("failoverRegions", detail))
        }
    }
}

/// Checks the failover regions of an instance that runs in `home`.
pub fn failover_regions(value: &Value, home: &Value) -> Outcome<()> {
    let wrong = |detail: &str| Err(Refusal::invalid("failoverRegions", detail));
    let Some(regions) = value.as_array() else { return wrong("it must be a list") };
    if regions.len() > MOST_FAILOVER_REGIONS {
        return wrong("an instance has at most two");
    }
    let same = |a: &Value, b: &Value| a["region"] == b["region"];
    for (index, item) in regions.iter().enumerate() {
        region("failoverRegions", item)?;
        if item["cloudProvider"] != home["cloudProvider"] {
            return wrong("they must be regions of the instance's own cloud provider");
        }
        let earlier = regions.iter().take(index);
        if same(item, home) || earlier.into_iter().any(|earlier| same(earlier, item)) {
            return wrong("each must differ from the instance's own region and from the other");
        }
    }
    Ok(())
}

/// Takes over what a body says of the size.
pub fn merge_config(config: &mut Value, given: &Value) -> Outcome<()> {
    known_keys("streamConfig", given, &["tier", "maxTierSize", "links"])?;
    for key in ["tier", "maxTierSize"] {
        let Some(value) = given.get(key) else { continue };
        if rank(value).is_none() {
            let detail = format!("{key} must be one of {}", TIERS.join(", "));
            return Err(Refusal::invalid("streamConfig", detail));
        }
        config[key] = value.clone();
    }
    match (rank(&config["tier"]), rank(&config["maxTierSize"])) {
        (Some(tier), Some(most)) if tier > most => {
            Err(Refusal::invalid("streamConfig", "tier is larger than maxTierSize"))
        }
        _ => Ok(()),
    }
}

fn rank(tier: &Value) -> Option<usize> {
    TIERS.iter().position(|name| tier == name)
}

/// Refuses what no body of an instance has; what the API only answers is passed over.
pub fn known(given: &Attributes, known: &[&str]) -> Outcome<()> {
    const ANSWERED: &[&str] = &["_id", "groupId", "hostnames", "links", "connections"];
    let odd = |key: &&String| !known.contains(&key.as_str()) && !ANSWERED.contains(&key.as_str());
    match given.keys().find(odd) {
        None => Ok(()),
        Some(key) => Err(unknown_attribute(key)),
    }
}

/// Whether the sample connection is asked for.
pub fn sample_wanted(given: &Attributes, default: bool) -> Outcome<bool> {
    let Some(samples) = given.get("sampleConnections") else { return Ok(default) };
    known_keys("sampleConnections", samples, &["solar", "links"])?;
    match samples.get("solar") {
        None => Ok(default),
        Some(Value::Bool(wanted)) => Ok(*wanted),
        Some(_) => Err(Refusal::invalid("sampleConnections", "solar must be true or false")),
    }
}
