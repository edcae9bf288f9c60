//! Entries of lists.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Subnets, Ipv6Subnets};

use crate::brokers::addresses::parse_block;

/// One entry of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// As the file has it.
    pub text: String,
    /// The addresses that it means. None: it is no address, but a name, a group or a tag.
    pub nets: Vec<IpNet>,
    /// What the file says about it.
    pub label: Option<String>,
    /// Why it never matches, where it does not.
    pub dead: Option<&'static str>,
}

impl Listed {
    /// An entry that stands for addresses, or for something else.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Listed { nets: blocks(&text).unwrap_or_default(), text, ..Listed::default() }
    }

    /// An entry that lets in every address, as the file has it.
    pub fn everyone(text: impl Into<String>) -> Self {
        let nets = [IpNet::V4(Default::default()), IpNet::V6(Default::default())];
        Listed { text: text.into(), nets: nets.into(), ..Listed::default() }
    }

    /// An entry that names something else than addresses.
    pub fn other(text: impl Into<String>) -> Self {
        Listed { text: text.into(), ..Listed::default() }
    }

    /// With what the file says about it, if that is anything.
    #[must_use]
    pub fn label<S: Into<String>>(mut self, label: Option<S>) -> Self {
        self.label = label.map(Into::into).filter(|label| !label.trim().is_empty());
        self
    }

    /// Whether it lets in all of IPv4 or all of IPv6.
    pub fn is_everyone(&self) -> bool {
        self.nets.iter().any(|net| net.prefix_len() == 0)
    }
}

/// The blocks that a text means: an address, a block, which may have host bits or a netmask, or a
/// range from the first to the last address.
pub fn blocks(text: &str) -> Option<Vec<IpNet>> {
    if let Some((first, last)) = text.split_once('-') {
        return range(first.trim().parse().ok()?, last.trim().parse().ok()?);
    }
    let masked = || {
        let (address, mask) = text.split_once('/')?;
        IpNet::with_netmask(address.parse().ok()?, mask.parse().ok()?).ok()
    };
    Some(vec![parse_block(text).or_else(masked)?.trunc()])
}

/// The blocks from the first to the last address.
pub fn range(first: IpAddr, last: IpAddr) -> Option<Vec<IpNet>> {
    match (first, last) {
        (IpAddr::V4(first), IpAddr::V4(last)) if first <= last => {
            Some(Ipv4Subnets::new(first, last, 0).map(IpNet::V4).collect())
        }
        (IpAddr::V6(first), IpAddr::V6(last)) if first <= last => {
            Some(Ipv6Subnets::new(first, last, 0).map(IpNet::V6).collect())
        }
        _ => None,
    }
}
