//! The list of control-plane addresses, as the endpoint or a file gives it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use serde::Deserialize;
use serde_json::Value;

use super::Problem;
use super::coverage::stands_for;
use super::regions::{Provider, key};
use super::set::{AddressSet, Entry, Origin};
use crate::json::UniqueKeys;

/// A direction as seen from the control plane: a broker's inbound rule takes the outbound list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the control plane to the world.
    #[default]
    Outbound,
    /// From the world to the control plane.
    Inbound,
}

impl Direction {
    /// The list's key.
    pub fn key(self) -> &'static str {
        match self {
            Direction::Outbound => "outbound",
            Direction::Inbound => "inbound",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

impl FromStr for Direction {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "outbound" => Ok(Direction::Outbound),
            "inbound" => Ok(Direction::Inbound),
            _ => Err(format!("unknown direction '{name}': expected outbound or inbound")),
        }
    }
}

/// Region to entries. Any level may be missing.
type Regions = BTreeMap<String, Option<Vec<String>>>;

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
struct Lists {
    inbound: Option<BTreeMap<String, Option<Regions>>>,
    outbound: Option<BTreeMap<String, Option<Regions>>>,
}

impl Lists {
    fn regions(&self, direction: Direction, provider: Provider) -> Option<&Regions> {
        let providers = match direction {
            Direction::Outbound => &self.outbound,
            Direction::Inbound => &self.inbound,
        };
        providers.as_ref()?.get(provider.key())?.as_ref()
    }

    /// Refuses a region in two spellings: either would be half of it.
    fn unambiguous(&self) -> Result<(), Problem> {
        for direction in [Direction::Outbound, Direction::Inbound] {
            for provider in [Provider::Aws, Provider::Azure, Provider::Gcp] {
                let mut seen = HashMap::new();
                for name in self.regions(direction, provider).into_iter().flat_map(Regions::keys) {
                    let Ok(key) = key(provider, name) else { continue };
                    if let Some(other) = seen.insert(key, name) {
                        let why = format!("{provider} {other} and {name} are the same region");
                        return Err(Problem::NotAList(why));
                    }
                }
            }
        }
        Ok(())
    }

    /// The regions that have entries, sorted.
    fn filled(&self, direction: Direction, provider: Provider) -> impl Iterator<Item = &str> {
        self.regions(direction, provider)
            .into_iter()
            .flatten()
            .filter(|(_, entries)| entries.as_ref().is_some_and(|entries| !entries.is_empty()))
            .map(|(region, _)| region.as_str())
    }

    fn entries(&self, direction: Direction, provider: Provider, region: &str) -> &[String] {
        self.regions(direction, provider)
            .and_then(|regions| regions.get(region)?.as_deref())
            .unwrap_or_default()
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Gateway {
    name: Option<String>,
    ips: Option<Lists>,
}

impl Gateway {
    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("(unnamed)")
    }
}

/// The whole list. Entries are read when they are selected: a broken entry of a region that
/// nobody asked for does no harm.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct AddressList {
    #[serde(flatten)]
    lists: Lists,
    gateways: Option<Vec<Gateway>>,
}

/// The endpoint's document, out of what it may be wrapped in.
///
/// # Errors
/// It is not JSON, repeats a key, is the answer to a failed request, or has no list in it.
pub fn document(json: &[u8]) -> Result<Value, Problem> {
    if json.trim_ascii().is_empty() {
        return Err(Problem::NotAList("it is empty".to_owned()));
    }
    serde_json::from_slice::<UniqueKeys>(json).map_err(not_a_list)?;
    let mut value: Value = serde_json::from_slice(json).map_err(not_a_list)?;
    if let Some(status) = value.get("status").and_then(Value::as_u64).filter(|s| *s >= 400) {
        return Err(Problem::NotAList(format!("it is an answer with status {status}")));
    }
    for wrapper in ["content", "controlPlane"] {
        if let Some(inner) = value.get_mut(wrapper) {
            value = inner.take();
        }
    }
    let levels = ["inbound", "outbound", "gateways"];
    match value.as_object() {
        Some(fields) if levels.iter().any(|level| fields.contains_key(*level)) => Ok(value),
        _ => Err(Problem::NotAList("it has neither inbound nor outbound".into())),
    }
}

fn not_a_list(error: serde_json::Error) -> Problem {
    Problem::NotAList(error.to_string())
}

impl AddressList {
    /// Reads the endpoint's JSON: bare, inside `{"controlPlane": …}` as the documentation prints
    /// it, or inside the `{"status", "content"}` of `envelope=true`.
    pub fn parse(json: &[u8]) -> Result<Self, Problem> {
        let list: AddressList = serde_json::from_value(document(json)?).map_err(not_a_list)?;
        list.lists.unambiguous()?;
        let mut gateways = list.gateways.iter().flatten().filter_map(|g| g.ips.as_ref());
        gateways.try_for_each(Lists::unambiguous)?;
        Ok(list)
    }

    /// Every entry: of every region, in both directions, those of gateways included.
    ///
    /// # Errors
    /// An entry that is neither an address nor a block, entries that cover everyone, or none at all.
    pub fn all(&self) -> Result<AddressSet, Problem> {
        let mut entries = Vec::new();
        for region in self.each() {
            entries.extend(region?);
        }
        AddressSet::new(entries)?.ok_or_else(|| Problem::NotAList("it has no addresses".to_owned()))
    }

    /// The blocks of every region that can be read, gateways' included; there may be none.
    pub fn readable(&self) -> impl Iterator<Item = IpNet> {
        self.each().flatten().flatten().map(|entry| entry.net)
    }

    /// The entries of each region, in both directions, and those of each gateway.
    fn each(&self) -> impl Iterator<Item = Result<Vec<Entry>, Problem>> {
        let of = move |direction| {
            let regions = Provider::ALL.into_iter().flat_map(move |provider| {
                let regions = self.regions(direction, provider).into_iter();
                regions.map(move |region| self.region(direction, provider, region))
            });
            let gateways = self.gateways(direction).into_iter();
            regions.chain(gateways.map(move |gateway| gateway.entries(direction)))
        };
        [Direction::Outbound, Direction::Inbound].into_iter().flat_map(of)
    }

    /// The regions that have entries, sorted.
    pub fn regions(&self, direction: Direction, provider: Provider) -> Vec<&str> {
        self.lists.filled(direction, provider).collect()
    }

    /// Whether the list has a region, in either direction.
    pub fn has(&self, provider: Provider, region: &str) -> bool {
        let directions = [Direction::Outbound, Direction::Inbound];
        directions.into_iter().any(|direction| self.count(direction, provider, region) > 0)
    }

    /// How many entries a region has.
    pub fn count(&self, direction: Direction, provider: Provider, region: &str) -> usize {
        self.lists.entries(direction, provider, region).len()
    }

    /// The entries of one region, in the order of the list.
    pub fn region(
        &self,
        direction: Direction,
        provider: Provider,
        region: &str,
    ) -> Result<Vec<Entry>, Problem> {
        if self.regions(direction, provider).is_empty() {
            return Err(Problem::NoneAtAll { provider, direction });
        }
        let texts = self.lists.entries(direction, provider, region);
        if texts.is_empty() {
            return Err(Problem::NoEntries { provider, region: region.to_owned(), direction });
        }
        read(texts, direction, provider, region, Origin::ControlPlane)
    }

    /// The gateways, each with the regions for which it has entries, in the order of the list: groups
    /// of addresses of one service, which are allowed apart from the control plane's own.
    pub fn gateways(&self, direction: Direction) -> Vec<GatewayRegion<'_>> {
        let mut found = Vec::new();
        for gateway in self.gateways.iter().flatten() {
            let Some(lists) = &gateway.ips else { continue };
            for provider in Provider::ALL {
                for region in lists.filled(direction, provider) {
                    let entries = lists.entries(direction, provider, region);
                    found.push(GatewayRegion { name: gateway.name(), provider, region, entries });
                }
            }
        }
        found
    }
}

/// What a gateway has for one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayRegion<'a> {
    /// The gateway's name.
    pub name: &'a str,
    /// Whose region it is.
    pub provider: Provider,
    /// The region's key in the list.
    pub region: &'a str,
    entries: &'a [String],
}

impl GatewayRegion<'_> {
    /// How many entries there are; at least one.
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// The entries, in the order of the list.
    ///
    /// # Errors
    /// An entry that is neither an address nor a block.
    pub fn entries(&self, direction: Direction) -> Result<Vec<Entry>, Problem> {
        read(
            self.entries,
            direction,
            self.provider,
            self.region,
            Origin::Gateway(self.name.to_owned()),
        )
    }
}

/// Reads the entries of one region.
fn read(
    texts: &[String],
    direction: Direction,
    provider: Provider,
    region: &str,
    origin: Origin,
) -> Result<Vec<Entry>, Problem> {
    let entry = |text: &String| {
        let net = parse_entry(text).ok_or_else(|| Problem::BadEntry {
            provider,
            region: region.to_owned(),
            entry: text.clone(),
        })?;
        let (region, origin) = (region.to_owned(), origin.clone());
        Ok(Entry { net, provider, region, direction, origin })
    };
    texts.iter().map(entry).collect()
}

/// A bare address or a CIDR block. One with host bits is refused: it may be a `/32` with a slip in
/// it, and would open many addresses where one is meant. So is one of IPv6 that stands for IPv4: it
/// may let in IPv4 addresses that no IPv4 rule shows.
fn parse_entry(text: &str) -> Option<IpNet> {
    let net = parse_block(text).filter(|net| net.trunc() == *net)?;
    match net {
        IpNet::V6(v6) if stands_for(v6).is_some() => None,
        _ => Some(net),
    }
}

/// Reads an address, which is a block of its own, or a block in CIDR notation.
///
/// Stricter than the usual parsers: a leading zero is read as octal elsewhere.
pub fn parse_block(text: &str) -> Option<IpNet> {
    let Some((address, length)) = text.split_once('/') else {
        return text.parse::<IpAddr>().ok().map(IpNet::from);
    };
    let is_plain =
        length.bytes().all(|b| b.is_ascii_digit()) && (length == "0" || !length.starts_with('0'));
    let number: u8 = length.parse().ok().filter(|_| is_plain)?;
    IpNet::new(address.parse().ok()?, number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWS: Provider = Provider::Aws;
    const OUT: Direction = Direction::Outbound;

    fn nets(json: &str) -> Result<Vec<String>, Problem> {
        let list = AddressList::parse(json.as_bytes())?;
        let entries = list.region(OUT, AWS, "us-east-1")?;
        Ok(entries.iter().map(|entry| entry.net.to_string()).collect())
    }

    #[test]
    fn all_three_wrappings_are_read() {
        let bare = r#"{"outbound": {"aws": {"us-east-1": ["198.51.100.7", "203.0.113.0/31"]}}}"#;
        let documented = format!(r#"{{"controlPlane": {bare}}}"#);
        let envelope = format!(r#"{{"status": 200, "content": {bare}}}"#);
        for json in [bare, &documented, &envelope] {
            assert_eq!(nets(json).unwrap(), ["198.51.100.7/32", "203.0.113.0/31"]);
        }
    }

    #[test]
    fn a_region_that_stands_there_twice_is_not_half_read() {
        let list = |regions: &str| nets(&format!(r#"{{"outbound": {{"aws": {{{regions}}}}}}}"#));
        for regions in [
            r#""us-east-1": ["192.0.2.1"], "us-east-1": ["192.0.2.2"]"#,
            r#""us-east-1": ["192.0.2.1"], "US_EAST_1": ["192.0.2.2"]"#,
        ] {
            assert!(matches!(list(regions), Err(Problem::NotAList(_))), "{regions}");
        }
        assert!(list(r#""us-east-1": ["192.0.2.1"], "us-east-2": ["192.0.2.1"]"#).is_ok());
    }

    #[test]
    fn ipv6_is_read() {
        let json = r#"{"outbound": {"aws": {"us-east-1": ["2001:db8::5", "2001:db8::/48"]}}}"#;
        assert_eq!(nets(json).unwrap(), ["2001:db8::5/128", "2001:db8::/48"]);
    }

    #[test]
    fn what_is_no_address_stops_everything() {
        for entry in [
            "",
            " 192.0.2.1",
            "192.0.2.1/33",
            "192.0.2.1/24",
            "192.0.2.1/08",
            "192.0.2.1/+8",
            "192.0.2.1/",
            "192.0.2.01",
            "broker.example",
            "::ffff:192.0.2.1",
            "::ffff:0:0/96",
            "::192.0.2.1",
            "64:ff9b::192.0.2.1",
            "2002:c000:201::/48",
        ] {
            let json =
                format!(r#"{{"outbound":{{"aws":{{"us-east-1":["192.0.2.1","{entry}"]}}}}}}"#);
            assert!(matches!(nets(&json), Err(Problem::BadEntry { .. })), "{entry}");
        }
    }

    #[test]
    fn missing_levels_are_told_from_what_is_no_list() {
        let none = |json: &str| matches!(nets(json), Err(Problem::NoneAtAll { .. }));
        assert!(none(r#"{"outbound": null}"#));
        assert!(none(r#"{"inbound": {"aws": {"us-east-1": ["192.0.2.1"]}}}"#));
        assert!(none(r#"{"outbound": {"aws": {"us-east-1": []}}}"#));
        for json in ["", "[]", "{}", "null", r#"{"error": 500}"#, r#"{"outbound": "x"}"#] {
            assert!(matches!(nets(json), Err(Problem::NotAList(_))), "{json}");
        }
        let other = r#"{"outbound": {"aws": {"us-west-2": ["192.0.2.1"], "us-east-1": null}}}"#;
        assert!(matches!(nets(other), Err(Problem::NoEntries { .. })));
    }

    #[test]
    fn gateways_are_apart_from_the_control_plane() {
        let json = r#"{
            "outbound": {"aws": {"us-east-1": ["192.0.2.1/32"]}},
            "gateways": [{"name": "g", "ips": {"outbound": {"aws": {"us-east-1": ["192.0.2.9"]}}}}]
        }"#;
        let list = AddressList::parse(json.as_bytes()).unwrap();
        let [gateway] = &list.gateways(OUT)[..] else { panic!("one") };
        assert_eq!((gateway.name, gateway.region, gateway.count()), ("g", "us-east-1", 1));
        let [entry] = &gateway.entries(OUT).unwrap()[..] else { panic!("one") };
        assert_eq!(
            (entry.net.to_string().as_str(), entry.origin.gateway()),
            ("192.0.2.9/32", Some("g"))
        );
        assert!(list.gateways(Direction::Inbound).is_empty());
        assert_eq!(nets(json).unwrap(), ["192.0.2.1/32"]);
    }
}
