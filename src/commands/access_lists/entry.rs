//! Entries of an access list: what each lets in, however it is written.

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
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;

/// An address, a block of addresses, or a security group.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EntryTarget {
    /// A block; a single address has the full prefix length.
    Net(IpNet),
    /// An AWS security group, optionally prefixed with its account number.
    Group(String),
}

impl EntryTarget {
    /// Reads an entry as a person writes it.
    ///
    /// # Errors
    /// Usage: it is none of the three, or a block with host bits set.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if is_group(text) {
            return Ok(EntryTarget::Group(text.to_owned()));
        }
        let Some(net) = parse_block(text) else {
            return Err(Error::usage(format!("{text:?} is not an access-list entry")).hint(
                "give an address, a block such as 203.0.113.0/24, or a security group such as \
                 sg-0123abcd",
            ));
        };
        if net.trunc() != net {
            return Err(Error::usage(format!("{text} is an address within a block")).hint(
                format!(
                    "use {} for the block, or {} for the address alone",
                    net.trunc(),
                    net.addr()
                ),
            ));
        }
        Ok(EntryTarget::Net(net))
    }

    /// What an entry of the API lets in; `None` if its form is unknown.
    pub fn of(entry: &AccessEntry) -> Option<Self> {
        let text = entry.value();
        match text.parse::<IpNet>() {
            // The API may store a block with host bits set.
            Ok(net) => Some(EntryTarget::Net(net.trunc())),
            Err(_) => EntryTarget::parse(text).ok(),
        }
    }

    /// The block; `None` for a security group, whose addresses are unknown.
    pub fn net(&self) -> Option<IpNet> {
        match self {
            EntryTarget::Net(net) => Some(*net),
            EntryTarget::Group(_) => None,
        }
    }

    /// `address`, `network`, `anywhere` or `security group`.
    pub fn kind(&self) -> &'static str {
        match self {
            EntryTarget::Group(_) => "security group",
            EntryTarget::Net(net) if Opening::of(&[], &[*net]).is_some() => "anywhere",
            EntryTarget::Net(net) if is_single(net) => "address",
            EntryTarget::Net(_) => "network",
        }
    }

    /// The text for the API's paths and documents, with all eight groups of IPv6.
    pub fn value(&self) -> String {
        let EntryTarget::Net(net) = self else { return self.to_string() };
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
            EntryTarget::Group(_) => "awsSecurityGroup",
            EntryTarget::Net(net) if is_single(net) => "ipAddress",
            EntryTarget::Net(_) => "cidrBlock",
        };
        Map::from_iter([(key.to_owned(), Value::from(self.value()))])
    }

    /// What it lets in, in words.
    pub fn extent(&self) -> String {
        let EntryTarget::Net(net) = self else { return self.kind().to_owned() };
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
                stands_for(*net).map(|net| format!("{} of IPv4", EntryTarget::Net(net.into())))
            }
            IpNet::V4(_) => None,
        };
        match meant {
            Some(meant) => format!("{many}, which servers may read as {meant}"),
            None => many,
        }
    }
}

/// What an entry lets in, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// What it lets in.
    pub target: EntryTarget,
    /// When it expires; `None` if never.
    pub until: Option<Timestamp>,
}

impl Lease {
    /// Whether it still applies after a moment; `None` is now.
    pub fn outlasts(&self, moment: Option<Timestamp>) -> bool {
        moment.is_none_or(|moment| self.until.is_none_or(|until| until > moment))
    }
}

fn is_single(net: &IpNet) -> bool {
    net.prefix_len() == net.max_prefix_len()
}

/// The shortest unambiguous spelling, by which commands name it.
impl fmt::Display for EntryTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EntryTarget::Group(id) => f.pad(id),
            EntryTarget::Net(net) if is_single(net) => net.addr().fmt(f),
            EntryTarget::Net(net) => net.fmt(f),
        }
    }
}

/// `sg-…`, optionally prefixed with its account number.
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

/// The name of an entry, the same for every spelling of it.
pub fn name(entry: &AccessEntry) -> String {
    EntryTarget::of(entry).map_or_else(|| entry.value().to_owned(), |target| target.to_string())
}

/// The whole list.
pub async fn fetch(on: &ProjectClient) -> Result<Vec<Row<AccessEntry>>> {
    on.client.access_list(&on.project).try_collect().await.map_err(Error::from)
}

/// What the entries of a list let in.
pub fn targets(rows: &[Row<AccessEntry>]) -> impl Iterator<Item = EntryTarget> + Clone {
    rows.iter().filter_map(|row| EntryTarget::of(&row.view))
}

/// What the entries let in, and for how long. An expiry that cannot be parsed is not relied on: the
/// entry counts only for now.
pub fn leases(rows: &[Row<AccessEntry>]) -> Vec<Lease> {
    let until = |entry: &AccessEntry| {
        entry.delete_after_date.as_ref().map(|at| at.parse().unwrap_or(Timestamp::MIN))
    };
    let lease = |row: &Row<AccessEntry>| {
        Some(Lease { target: EntryTarget::of(&row.view)?, until: until(&row.view) })
    };
    rows.iter().filter_map(lease).collect()
}

/// The keys that an entry is looked up by.
pub fn keys(entry: &AccessEntry) -> Vec<String> {
    EntryTarget::of(entry).iter().map(EntryTarget::to_string).collect()
}

/// The not-found error of an entry, unless it is the project that is missing.
pub fn missing(error: Error, target: &EntryTarget) -> Error {
    let project = error.api_facts().error_code.as_deref() == Some("GROUP_NOT_FOUND");
    if error.kind() != Kind::NotFound || project {
        return error;
    }
    not_found(&target.to_string()).api(error.api_facts().clone())
}

/// There is no such entry.
pub fn not_found(name: &str) -> Error {
    Error::not_found(format!("{name} is not on this project's access list"))
        .hint("spctl access-lists list shows which entries exist")
}

#[cfg(test)]
#[path = "tests/entry.rs"]
mod tests;
