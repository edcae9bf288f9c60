//! What an entry of an access list lets in, whatever spelling it has.

use std::fmt;
use std::net::IpAddr;

use futures_util::TryStreamExt;
use ipnet::IpNet;
use serde_json::{Map, Value};

use crate::atlas::access_lists::AccessEntry;
use crate::atlas::{Client, Row};
use crate::error::{Error, Result};

/// An address, a block of addresses, or a security group.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A block; a single address has the full length.
    Net(IpNet),
    /// An AWS security group, perhaps behind its account's number.
    Group(String),
}

impl Target {
    /// Reads an entry as a person writes it.
    ///
    /// # Errors
    /// Usage: it is none of the three, or a block whose address is not its network's.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if is_group(text) {
            return Ok(Target::Group(text.to_owned()));
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Target::Net(address.into()));
        }
        let Ok(net) = text.parse::<IpNet>() else {
            return Err(Error::usage(format!("{text:?} is no access-list entry")).hint(
                "say an address, a block such as 203.0.113.0/24, or a security group such as sg-0123abcd",
            ));
        };
        if net.trunc() != net {
            return Err(Error::usage(format!("{text} names an address within a block"))
                .hint(format!("the block is {}, the address alone {}", net.trunc(), net.addr())));
        }
        Ok(Target::Net(net))
    }

    /// What an entry of the API lets in; `None` where it cannot be told.
    pub fn of(entry: &AccessEntry) -> Option<Self> {
        let text = entry.value();
        match text.parse::<IpNet>() {
            // The API may keep a block as it was given.
            Ok(net) => Some(Target::Net(net.trunc())),
            Err(_) => Target::parse(text).ok(),
        }
    }

    /// Whether an address is let in; of a security group nobody can tell.
    pub fn covers(&self, address: &IpAddr) -> bool {
        matches!(self, Target::Net(net) if net.contains(address))
    }

    /// `address`, `network`, `anywhere` or `security group`.
    pub fn kind(&self) -> &'static str {
        match self {
            Target::Group(_) => "security group",
            Target::Net(net) if net.prefix_len() == 0 => "anywhere",
            Target::Net(net) if net.prefix_len() == net.max_prefix_len() => "address",
            Target::Net(_) => "network",
        }
    }

    /// The text that the API's paths and documents take: it knows IPv6 in all eight groups.
    pub fn value(&self) -> String {
        let Target::Net(net) = self else { return self.to_string() };
        let address = match net.addr() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => address.segments().map(|g| format!("{g:x}")).join(":"),
        };
        match net.prefix_len() == net.max_prefix_len() {
            true => address,
            false => format!("{address}/{}", net.prefix_len()),
        }
    }

    /// The fields of a new entry.
    pub fn document(&self) -> Map<String, Value> {
        let key = match (self, self.kind()) {
            (Target::Group(_), _) => "awsSecurityGroup",
            (Target::Net(_), "address") => "ipAddress",
            (Target::Net(_), _) => "cidrBlock",
        };
        Map::from_iter([(key.to_owned(), Value::from(self.value()))])
    }

    /// What it lets in, in words.
    pub fn extent(&self) -> String {
        let Target::Net(net) = self else { return self.kind().to_owned() };
        match self.kind() {
            "network" => {
                let bits = net.max_prefix_len() - net.prefix_len();
                let many = match bits {
                    0..=32 => format!("{} addresses", 1_u64 << bits),
                    _ => format!("2^{bits} addresses"),
                };
                format!("{many}, {} to {}", net.network(), net.broadcast())
            }
            "anywhere" => "every address there is".to_owned(),
            kind => kind.to_owned(),
        }
    }
}

/// The shortest unambiguous spelling, by which commands name it.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Group(id) => f.pad(id),
            Target::Net(net) if net.prefix_len() == net.max_prefix_len() => net.addr().fmt(f),
            Target::Net(net) => net.fmt(f),
        }
    }
}

/// `sg-…`, perhaps behind the number of its account.
fn is_group(text: &str) -> bool {
    let (account, id) = text.rsplit_once('/').unwrap_or(("", text));
    let hex = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit());
    account.bytes().all(|b| b.is_ascii_digit()) && id.strip_prefix("sg-").is_some_and(hex)
}

/// The name of an entry: the same for each spelling of it.
pub fn name(entry: &AccessEntry) -> String {
    Target::of(entry).map_or_else(|| entry.value().to_owned(), |target| target.to_string())
}

/// The whole list.
pub async fn fetch(client: &Client, project: &str) -> Result<Vec<Row<AccessEntry>>> {
    client.access_list(project).try_collect().await.map_err(Error::from)
}

/// What the entries of a list let in.
pub fn targets(rows: &[Row<AccessEntry>]) -> impl Iterator<Item = Target> + Clone {
    rows.iter().filter_map(|row| Target::of(&row.view))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Target::parse(text).map_or_else(|e| format!("{e}"), |t| format!("{t} {}", t.value()))
    }

    #[test]
    fn one_entry_has_one_name() {
        assert_eq!(shown("198.51.100.7"), "198.51.100.7 198.51.100.7");
        assert_eq!(shown("198.51.100.7/32"), "198.51.100.7 198.51.100.7");
        assert_eq!(shown("10.0.0.0/8"), "10.0.0.0/8 10.0.0.0/8");
        assert_eq!(shown("2001:DB8::/32"), "2001:db8::/32 2001:db8:0:0:0:0:0:0/32");
        assert_eq!(shown("2001:db8:0:0::1/128"), "2001:db8::1 2001:db8:0:0:0:0:0:1");
        assert_eq!(shown("sg-0a1b"), "sg-0a1b sg-0a1b");
        assert_eq!(shown("123456789012/sg-0a1b"), "123456789012/sg-0a1b 123456789012/sg-0a1b");
    }

    #[test]
    fn what_is_no_entry_is_refused() {
        for text in
            ["", "10.0.0", "10.0.0.0/33", "sg-", "sg-xyz", "a/sg-1", "example.org", "::/129"]
        {
            assert!(Target::parse(text).is_err(), "{text}");
        }
        let error = Target::parse("10.1.2.3/8").unwrap_err();
        assert!(error.hints()[0].contains("10.0.0.0/8"), "{:?}", error.hints());
    }
}
