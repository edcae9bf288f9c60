//! Lists: what brokers and firewalls let in, as their tools print it.
//!
//! A format is one file here and one line in [`FORMATS`].

mod aiven;
mod aws_prefix_list;
mod aws_security_group;
mod azure;
mod commands;
mod confluent;
mod document;
mod entry;
mod gcloud;
mod json;
mod kafka_acls;
mod kubernetes;
mod nftables;
mod plain;
mod terraform;
#[cfg(test)]
mod tests;
mod value;

use std::collections::HashMap;
use std::fmt;
use std::ops::RangeInclusive;

pub use document::Document;
pub use entry::{Listed, blocks};

use super::coverage::Family;
use crate::json::Excess;

/// Every format, in the order of help. None recognises what another one does, but for the first
/// two, which are what is left.
pub static FORMATS: &[&dyn Format] = &[
    &plain::Plain,
    &json::Json,
    &kafka_acls::KafkaAcls,
    &kubernetes::Kubernetes,
    &aws_security_group::AwsSecurityGroup,
    &aws_prefix_list::AwsPrefixList,
    &terraform::Terraform,
    &gcloud::Gcloud,
    &gcloud::ManagedKafka,
    &azure::AzureNsg,
    &azure::AzureEventHubs,
    &confluent::Confluent,
    &aiven::Aiven,
    &nftables::Nftables,
];

/// One list: a rule of a group, a set, the peers of a listener.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// What tells it from the others of its file: `sg-0123 tcp/9194`, `User:atlas Read topic orders`.
    pub name: String,
    /// The platform's own id of what holds it, where that is not its name: `sg-0123`, `pl-0123`.
    pub id: Option<String>,
    /// What holds it and others, where whoever one of them lets in gets in: a group, a chain. Empty:
    /// it stands alone.
    pub holder: String,
    /// The only kind of addresses that it takes; `None`: both, or it does not say.
    pub family: Option<Family>,
    /// How often it was changed, where the platform counts (prefix lists).
    pub version: Option<u64>,
    /// The ports that it lets in to. None: all of them, or it does not say.
    pub ports: Vec<RangeInclusive<u16>>,
    /// What else tells which list it is, as options of targets, by their names: `topic`, `orders`.
    pub options: Vec<(&'static str, String)>,
    /// Who is let in, in the order of the file.
    pub entries: Vec<Listed>,
    /// Whom other lists of the file let in to the same, and to more.
    pub beside: Vec<Listed>,
    /// Who is shut out all the same.
    pub denied: Vec<Listed>,
}

impl List {
    /// An empty list.
    pub fn new(name: impl Into<String>) -> Self {
        List { name: name.into(), ..List::default() }
    }

    /// Whether it may let in to a port.
    pub fn has_port(&self, port: u16) -> bool {
        self.ports.is_empty() || self.ports.iter().any(|ports| ports.contains(&port))
    }

    /// Whether it lets in to every port that another list lets in to.
    pub fn has_ports_of(&self, other: &List) -> bool {
        let inside = |ports: &RangeInclusive<u16>| {
            self.ports.iter().any(|own| own.start() <= ports.start() && ports.end() <= own.end())
        };
        self.ports.is_empty() || (!other.ports.is_empty() && other.ports.iter().all(inside))
    }
}

/// What a file does not say about those that will read it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The broker's access-control entries may name blocks: Kafka from 4.4, and Redpanda.
    pub cidr: bool,
}

/// How a tool prints lists.
pub trait Format: Sync + fmt::Debug {
    /// What `--as` calls it.
    fn name(&self) -> &'static str;

    /// What prints it, in one line.
    fn about(&self) -> &'static str;

    /// Whether a document is of this format.
    fn recognises(&self, document: &Document<'_>) -> bool;

    /// The lists of a document, which was recognised or is said to be of this format.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read(&self, document: &Document<'_>, reading: Reading) -> Result<Vec<List>, Unreadable>;
}

impl PartialEq for dyn Format + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

/// What a file holds.
#[derive(Debug)]
pub struct Found {
    /// How it is written.
    pub format: &'static dyn Format,
    /// Its lists: at least one.
    pub lists: Vec<List>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is nothing in it. Whether nobody or everybody is let in then, only the platform knows.
    #[error("it is empty")]
    Empty,
    /// It is no text.
    #[error("it is not UTF-8 text")]
    NotText,
    /// It is larger, in some way, than anything that is meant.
    #[error(transparent)]
    Excess(#[from] Excess),
    /// It does not follow the rules of its notation.
    #[error("it is not valid {notation}: {why}")]
    Broken {
        /// `JSON` or `YAML`.
        notation: &'static str,
        /// Where, and why.
        why: String,
    },
    /// No format recognises it.
    #[error("its format is not recognised")]
    Unknown,
    /// It is of the format, or is said to be, and has no list.
    #[error("it has no list in the format {0}")]
    NoList(&'static str),
    /// Something in it cannot be what it should.
    #[error("{0}")]
    Wrong(String),
}

/// Tells lists of one name apart by their number.
fn number(lists: &mut [List]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for list in lists {
        let count = seen.entry(list.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            list.name = format!("{} ({count})", list.name);
        }
    }
}

/// The format of a name.
pub fn find(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// Reads a file, in the format that is named or else in the one that recognises it.
///
/// # Errors
/// Where it cannot be read, or holds no list.
pub fn read(
    bytes: &[u8],
    named: Option<&'static dyn Format>,
    reading: Reading,
) -> Result<Found, Unreadable> {
    let document = Document::parse(bytes)?;
    let format = match named {
        Some(format) => format,
        None if document.is_empty() => return Err(Unreadable::Empty),
        None => {
            let mut formats = FORMATS.iter().copied();
            formats.rfind(|format| format.recognises(&document)).ok_or(Unreadable::Unknown)?
        }
    };
    let mut lists = format.read(&document, reading)?;
    number(&mut lists);
    match lists.is_empty() {
        false => Ok(Found { format, lists }),
        true => Err(Unreadable::NoList(format.name())),
    }
}
