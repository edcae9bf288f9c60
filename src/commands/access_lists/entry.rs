//! What an entry of an access list lets in, whatever spelling it has.

use std::fmt;
use std::net::IpAddr;

use futures_util::TryStreamExt;
use ipnet::IpNet;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::atlas::Row;
use crate::atlas::access_lists::AccessEntry;
use crate::brokers::addresses::parse_block;
use crate::brokers::coverage::{Opening, stands_for};
use crate::change::ObjectId;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

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
        let Some(net) = parse_block(text) else {
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

    /// The block; of a security group nobody can tell.
    pub fn net(&self) -> Option<IpNet> {
        match self {
            Target::Net(net) => Some(*net),
            Target::Group(_) => None,
        }
    }

    /// `address`, `network`, `anywhere` or `security group`.
    pub fn kind(&self) -> &'static str {
        match self {
            Target::Group(_) => "security group",
            Target::Net(net) if Opening::of(&[], &[*net]).is_some() => "anywhere",
            Target::Net(net) if is_single(net) => "address",
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
        match is_single(net) {
            true => address,
            false => format!("{address}/{}", net.prefix_len()),
        }
    }

    /// The fields of a new entry.
    pub fn document(&self) -> Map<String, Value> {
        let key = match self {
            Target::Group(_) => "awsSecurityGroup",
            Target::Net(net) if is_single(net) => "ipAddress",
            Target::Net(_) => "cidrBlock",
        };
        Map::from_iter([(key.to_owned(), Value::from(self.value()))])
    }

    /// What it lets in, in words.
    pub fn extent(&self) -> String {
        let Target::Net(net) = self else { return self.kind().to_owned() };
        let bits = net.max_prefix_len() - net.prefix_len();
        let many = match bits {
            _ if net.prefix_len() == 0 => return "every address there is".to_owned(),
            0 => "address".to_owned(),
            1..=32 => {
                format!("{} addresses, {} to {}", 1_u64 << bits, net.network(), net.broadcast())
            }
            _ => format!("2^{bits} addresses, {} to {}", net.network(), net.broadcast()),
        };
        let meant = match net {
            _ if net.network().is_unspecified() => Some("every address there is".to_owned()),
            IpNet::V6(net) => {
                stands_for(*net).map(|net| format!("{} of IPv4", Target::Net(net.into())))
            }
            IpNet::V4(_) => None,
        };
        match meant {
            Some(meant) => format!("{many}, which servers may read as {meant}"),
            None => many,
        }
    }
}

/// An entry of a list for as long as it lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// What it lets in.
    pub target: Target,
    /// When it ends; never where there is none.
    pub until: Option<Timestamp>,
}

impl Lease {
    /// Whether it is still there after a moment; none is now.
    pub fn outlasts(&self, moment: Option<Timestamp>) -> bool {
        moment.is_none_or(|moment| self.until.is_none_or(|until| until > moment))
    }
}

fn is_single(net: &IpNet) -> bool {
    net.prefix_len() == net.max_prefix_len()
}

/// The shortest unambiguous spelling, by which commands name it.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Group(id) => f.pad(id),
            Target::Net(net) if is_single(net) => net.addr().fmt(f),
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

/// What messages call an entry.
pub const NOUN: &str = "access-list entry";

/// What a change to an entry is about.
pub fn object(project: &str, row: &Row<AccessEntry>) -> ObjectId {
    ObjectId::new(NOUN, project, name(&row.view))
}

/// The name of an entry: the same for each spelling of it.
pub fn name(entry: &AccessEntry) -> String {
    Target::of(entry).map_or_else(|| entry.value().to_owned(), |target| target.to_string())
}

/// The whole list.
pub async fn fetch(on: &ProjectClient) -> Result<Vec<Row<AccessEntry>>> {
    on.client.access_list(&on.project).try_collect().await.map_err(Error::from)
}

/// What the entries of a list let in.
pub fn targets(rows: &[Row<AccessEntry>]) -> impl Iterator<Item = Target> + Clone {
    rows.iter().filter_map(|row| Target::of(&row.view))
}

/// What stands, and until when. An end that cannot be read is none to rely on: the entry counts for
/// now alone.
pub fn leases(rows: &[Row<AccessEntry>]) -> Vec<Lease> {
    let until = |entry: &AccessEntry| {
        entry.delete_after_date.as_ref().map(|at| at.parse().unwrap_or(Timestamp::MIN))
    };
    let lease = |row: &Row<AccessEntry>| {
        Some(Lease { target: Target::of(&row.view)?, until: until(&row.view) })
    };
    rows.iter().filter_map(lease).collect()
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
        for text in [
            "",
            "10.0.0",
            "10.0.0.0/33",
            "sg-",
            "sg-xyz",
            "a/sg-1",
            "example.org",
            "::/129",
            "010.0.0.0/8",
            "10.0.0.0/08",
        ] {
            assert!(Target::parse(text).is_err(), "{text}");
        }
        let error = Target::parse("10.1.2.3/8").unwrap_err();
        assert!(error.hints()[0].contains("10.0.0.0/8"), "{:?}", error.hints());
    }
    #[test]
    fn what_lets_in_everybody_is_told_in_every_spelling() {
        let told = |text: &str| {
            let target = Target::parse(text).unwrap();
            format!("{}: {}", target.kind(), target.extent())
        };
        assert_eq!(told("0.0.0.0/0"), "anywhere: every address there is");
        assert_eq!(
            told("0.0.0.0"),
            "anywhere: address, which servers may read as every address there is"
        );
        assert_eq!(
            told("::ffff:0:0/96"),
            "anywhere: 4294967296 addresses, ::ffff:0.0.0.0 to ::ffff:255.255.255.255, \
             which servers may read as 0.0.0.0/0 of IPv4"
        );
        assert_eq!(
            told("2002:c000:201::1"),
            "address: address, which servers may read as 192.0.2.1 of IPv4"
        );
        assert_eq!(told("10.0.0.0/8"), "network: 16777216 addresses, 10.0.0.0 to 10.255.255.255");
        assert!(told("8.0.0.0/7").starts_with("anywhere: 33554432 addresses"));
        assert_eq!(Target::parse("0.0.0.0").unwrap().document()["ipAddress"], "0.0.0.0");
    }
}
