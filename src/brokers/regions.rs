//! Three names for one region: the instance's, the address list's, and Atlas' own.
//!
//! A name means something only together with its provider: `US_WEST_2` is AWS us-west-2, Azure
//! westus2 or GCP us-west2.

use std::fmt;
use std::str::FromStr;

use super::Problem;

/// A cloud provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    /// Amazon Web Services.
    Aws,
    /// Microsoft Azure.
    Azure,
    /// Google Cloud.
    Gcp,
}

impl Provider {
    /// All providers, in the order of the address list.
    pub const ALL: [Provider; 3] = [Provider::Aws, Provider::Azure, Provider::Gcp];

    /// The address list's key: `aws`, `azure` or `gcp`.
    pub fn key(self) -> &'static str {
        match self {
            Provider::Aws => "aws",
            Provider::Azure => "azure",
            Provider::Gcp => "gcp",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

impl FromStr for Provider {
    type Err = String;

    /// Reads both spellings, `aws` and the API's `AWS`.
    fn from_str(name: &str) -> Result<Self, String> {
        Provider::ALL
            .into_iter()
            .find(|provider| provider.key().eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("unknown provider '{name}': expected aws, azure or gcp"))
    }
}

/// One place under its three names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Whose region it is.
    pub provider: Provider,
    /// An instance's `dataProcessRegion.region`.
    pub instance: &'static str,
    /// The key in the list of control-plane addresses: the provider's own name.
    pub key: &'static str,
    /// What Atlas calls the region elsewhere.
    pub atlas: &'static str,
}

const fn region(
    provider: Provider,
    instance: &'static str,
    key: &'static str,
    atlas: &'static str,
) -> Region {
    Region { provider, instance, key, atlas }
}

/// The regions in which instances can be.
pub const REGIONS: [Region; 28] = [
    region(Provider::Aws, "VIRGINIA_USA", "us-east-1", "US_EAST_1"),
    region(Provider::Aws, "OHIO_USA", "us-east-2", "US_EAST_2"),
    region(Provider::Aws, "OREGON_USA", "us-west-2", "US_WEST_2"),
    region(Provider::Aws, "MONTREAL_CAN", "ca-central-1", "CA_CENTRAL_1"),
    region(Provider::Aws, "SAOPAULO_BRA", "sa-east-1", "SA_EAST_1"),
    region(Provider::Aws, "DUBLIN_IRL", "eu-west-1", "EU_WEST_1"),
    region(Provider::Aws, "LONDON_GBR", "eu-west-2", "EU_WEST_2"),
    region(Provider::Aws, "PARIS_FRA", "eu-west-3", "EU_WEST_3"),
    region(Provider::Aws, "FRANKFURT_DEU", "eu-central-1", "EU_CENTRAL_1"),
    region(Provider::Aws, "TOKYO_JPN", "ap-northeast-1", "AP_NORTHEAST_1"),
    region(Provider::Aws, "SEOUL_KOR", "ap-northeast-2", "AP_NORTHEAST_2"),
    region(Provider::Aws, "SINGAPORE_SGP", "ap-southeast-1", "AP_SOUTHEAST_1"),
    region(Provider::Aws, "SYDNEY_AUS", "ap-southeast-2", "AP_SOUTHEAST_2"),
    region(Provider::Aws, "MUMBAI_IND", "ap-south-1", "AP_SOUTH_1"),
    region(Provider::Azure, "eastus", "eastus", "US_EAST"),
    region(Provider::Azure, "eastus2", "eastus2", "US_EAST_2"),
    region(Provider::Azure, "westus", "westus", "US_WEST"),
    region(Provider::Azure, "westeurope", "westeurope", "EUROPE_WEST"),
    region(Provider::Azure, "northeurope", "northeurope", "EUROPE_NORTH"),
    region(Provider::Azure, "eastasia", "eastasia", "ASIA_EAST"),
    region(Provider::Azure, "southeastasia", "southeastasia", "ASIA_SOUTH_EAST"),
    region(Provider::Azure, "brazilsouth", "brazilsouth", "BRAZIL_SOUTH"),
    region(Provider::Azure, "australiaeast", "australiaeast", "AUSTRALIA_EAST"),
    region(Provider::Gcp, "US_CENTRAL1", "us-central1", "CENTRAL_US"),
    region(Provider::Gcp, "US_EAST4", "us-east4", "US_EAST_4"),
    region(Provider::Gcp, "EUROPE_WEST1", "europe-west1", "WESTERN_EUROPE"),
    region(Provider::Gcp, "US_WEST1", "us-west1", "WESTERN_US"),
    region(Provider::Gcp, "ASIA_SOUTH1", "asia-south1", "ASIA_SOUTH_1"),
];

/// The providers' own names of their other regions, in which no instance is known to be.
const OTHERS: &[(Provider, &[&str])] = &[
    (
        Provider::Aws,
        &[
            "us-west-1",
            "us-gov-east-1",
            "us-gov-west-1",
            "ca-west-1",
            "mx-central-1",
            "eu-north-1",
            "eu-central-2",
            "eu-south-1",
            "eu-south-2",
            "ap-east-1",
            "ap-east-2",
            "ap-south-2",
            "ap-northeast-3",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "af-south-1",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "cn-north-1",
            "cn-northwest-1",
        ],
    ),
    (
        Provider::Azure,
        &[
            "centralus",
            "northcentralus",
            "southcentralus",
            "westcentralus",
            "westus2",
            "westus3",
            "canadacentral",
            "canadaeast",
            "mexicocentral",
            "brazilsoutheast",
            "uksouth",
            "ukwest",
            "francecentral",
            "francesouth",
            "germanywestcentral",
            "germanynorth",
            "switzerlandnorth",
            "switzerlandwest",
            "norwayeast",
            "norwaywest",
            "swedencentral",
            "swedensouth",
            "polandcentral",
            "italynorth",
            "spaincentral",
            "israelcentral",
            "qatarcentral",
            "uaenorth",
            "uaecentral",
            "southafricanorth",
            "southafricawest",
            "japaneast",
            "japanwest",
            "koreacentral",
            "koreasouth",
            "centralindia",
            "southindia",
            "westindia",
            "australiacentral",
            "australiacentral2",
            "australiasoutheast",
            "newzealandnorth",
            "chinaeast",
            "chinanorth",
            "usgovvirginia",
            "usgovarizona",
            "usgovtexas",
        ],
    ),
    (
        Provider::Gcp,
        &[
            "us-east1",
            "us-east5",
            "us-west2",
            "us-west3",
            "us-west4",
            "us-south1",
            "northamerica-northeast1",
            "northamerica-northeast2",
            "northamerica-south1",
            "southamerica-east1",
            "southamerica-west1",
            "europe-north1",
            "europe-north2",
            "europe-west2",
            "europe-west3",
            "europe-west4",
            "europe-west6",
            "europe-west8",
            "europe-west9",
            "europe-west10",
            "europe-west12",
            "europe-central2",
            "europe-southwest1",
            "me-central1",
            "me-central2",
            "me-west1",
            "africa-south1",
            "asia-east1",
            "asia-east2",
            "asia-northeast1",
            "asia-northeast2",
            "asia-northeast3",
            "asia-south2",
            "asia-southeast1",
            "asia-southeast2",
            "australia-southeast1",
            "australia-southeast2",
        ],
    ),
];

/// The providers' own names of all regions, those first that instances can be in.
pub fn keys(provider: Provider) -> impl Iterator<Item = &'static str> {
    let instances = REGIONS.iter().filter(move |region| region.provider == provider);
    let others = OTHERS.iter().filter(move |(of, _)| *of == provider);
    instances.map(|region| region.key).chain(others.flat_map(|(_, keys)| keys.iter().copied()))
}

/// The other names of regions: the instances', and Atlas' own.
pub fn other_names(provider: Provider) -> impl Iterator<Item = &'static str> {
    let instances = REGIONS.iter().filter(move |region| region.provider == provider);
    instances.flat_map(|region| [region.instance, region.atlas])
}

/// Whether the provider has a region of this key; a key that only follows its rule may be a slip.
pub fn is_known(provider: Provider, key: &str) -> bool {
    keys(provider).any(|known| known == key)
}

/// The table's row for a provider and a key of the address list.
pub fn by_key(provider: Provider, key: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.provider == provider && region.key == key)
}

/// Atlas' own name of the region of this key; for one that is not in the table it follows the
/// provider's.
pub fn atlas_name(provider: Provider, key: &str) -> String {
    let known = by_key(provider, key).map(|region| region.atlas.to_owned());
    known.unwrap_or_else(|| key.to_uppercase().replace('-', "_"))
}

/// The address list's key for a name in any of the three forms, in upper or lower case.
///
/// The list has more regions than the table, so a name that follows a provider's rule is passed
/// on; an unknown city name (`OSLO_NOR`) follows none and is an error, never a guess.
pub fn key(provider: Provider, name: &str) -> Result<String, Problem> {
    let known = REGIONS.iter().find(|region| {
        region.provider == provider
            && [region.instance, region.key, region.atlas]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
    });
    if let Some(region) = known {
        return Ok(region.key.to_owned());
    }
    let lower = name.to_ascii_lowercase();
    let wellformed = lower.starts_with(|c: char| c.is_ascii_alphabetic())
        && lower.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let key = match provider {
        // Every key ends in a number (us-gov-west-1); no city name does.
        Provider::Aws if lower.ends_with(|c: char| c.is_ascii_digit()) => lower.replace('_', "-"),
        Provider::Azure if !lower.contains(['_', '-']) => lower,
        Provider::Gcp => lower.replace('_', "-"),
        _ => String::new(),
    };
    if !wellformed || key.is_empty() {
        return Err(Problem::UnknownRegion { provider, name: name.to_owned() });
    }
    Ok(key)
}

/// The name that instances use for a region given in any of the three forms.
///
/// # Errors
/// A name that [`key`] does not know, and an AWS region beyond the table: its city is not guessed.
pub fn instance_name(provider: Provider, name: &str) -> Result<String, Problem> {
    let key = key(provider, name)?;
    match (by_key(provider, &key), provider) {
        (Some(region), _) => Ok(region.instance.to_owned()),
        (None, Provider::Azure) => Ok(key),
        (None, Provider::Gcp) => Ok(key.to_ascii_uppercase().replace('-', "_")),
        (None, Provider::Aws) => Err(Problem::UnknownRegion { provider, name: name.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_is_found_by_each_of_its_names() {
        for region in REGIONS {
            for name in [region.instance, region.key, region.atlas] {
                for name in [name.to_lowercase(), name.to_uppercase()] {
                    assert_eq!(key(region.provider, &name).as_deref(), Ok(region.key));
                }
            }
        }
    }

    #[test]
    fn an_instance_is_asked_for_under_its_own_name_of_the_region() {
        let name = |provider, name| instance_name(provider, name).ok();
        assert_eq!(name(Provider::Aws, "us-east-1").as_deref(), Some("VIRGINIA_USA"));
        assert_eq!(name(Provider::Azure, "EUROPE_WEST").as_deref(), Some("westeurope"));
        assert_eq!(name(Provider::Gcp, "asia-south1").as_deref(), Some("ASIA_SOUTH1"));
        assert_eq!(name(Provider::Aws, "eu-north-1"), None);
    }

    #[test]
    fn a_region_is_asked_for_under_atlas_name_of_it() {
        assert_eq!(atlas_name(Provider::Aws, "us-east-1"), "US_EAST_1");
        assert_eq!(atlas_name(Provider::Azure, "westeurope"), "EUROPE_WEST");
        assert_eq!(atlas_name(Provider::Aws, "eu-north-1"), "EU_NORTH_1");
    }

    #[test]
    fn one_name_is_another_place_with_another_provider() {
        assert_eq!(key(Provider::Aws, "US_EAST_2").as_deref(), Ok("us-east-2"));
        assert_eq!(key(Provider::Azure, "US_EAST_2").as_deref(), Ok("eastus2"));
    }

    #[test]
    fn every_other_region_follows_the_providers_rule_and_stands_once() {
        for provider in Provider::ALL {
            let all: Vec<_> = keys(provider).collect();
            for (index, name) in all.iter().enumerate() {
                assert_eq!(key(provider, name).as_deref(), Ok(*name));
                assert!(is_known(provider, name) && !all[..index].contains(name), "{name}");
            }
        }
        assert!(!is_known(Provider::Aws, "useast1"));
    }

    #[test]
    fn names_beyond_the_table_follow_the_providers_rules() {
        assert_eq!(key(Provider::Gcp, "ASIA_SOUTH1").as_deref(), Ok("asia-south1"));
        assert_eq!(key(Provider::Aws, "EU_NORTH_1").as_deref(), Ok("eu-north-1"));
        assert_eq!(key(Provider::Azure, "NorwayEast").as_deref(), Ok("norwayeast"));
    }

    #[test]
    fn an_unknown_city_is_never_guessed() {
        for (provider, name) in [
            (Provider::Aws, "OSLO_NOR"),
            (Provider::Azure, "NORWAY_EAST"),
            (Provider::Gcp, ""),
            (Provider::Aws, "us east 1"),
        ] {
            assert!(matches!(key(provider, name), Err(Problem::UnknownRegion { .. })), "{name}");
        }
    }
}
