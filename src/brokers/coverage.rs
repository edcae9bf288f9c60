//! How many addresses a list of blocks lets in, each counted once, whatever its spelling.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

pub use super::ranges::Share;
use super::ranges::{Ranges, span_v4, span_v6};

/// Addresses of one kind, which are counted separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl Family {
    /// Both.
    pub const ALL: [Family; 2] = [Family::V4, Family::V6];

    /// That of a block.
    pub fn of(net: &IpNet) -> Self {
        if net.addr().is_ipv4() { Family::V4 } else { Family::V6 }
    }

    /// With this many public addresses a list is effectively open to everyone: a /8 of IPv4 is the
    /// most that one party was ever given, a /20 of IPv6 what the largest providers hold.
    pub const fn limit(self) -> u128 {
        match self {
            Family::V4 => 1 << (32 - 8),
            Family::V6 => 1 << (128 - 20),
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        })
    }
}

/// How a block is read. Which of the two a server follows is not known, so what must not be opened
/// must stay shut in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As written; an IPv4-mapped address is the IPv4 address by definition (RFC 4291, 2.5.5.2).
    Literal,
    /// The most that it may mean: an IPv6 address that stands for one of IPv4 is that one, and
    /// `0.0.0.0` and `::` mean everyone, whatever their mask.
    Widest,
}

impl Reading {
    /// Both.
    pub const ALL: [Reading; 2] = [Reading::Literal, Reading::Widest];
}

/// The addresses that a list lets in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    v4: Ranges,
    v6: Ranges,
}

impl Coverage {
    /// The union of the blocks.
    pub fn new(nets: impl IntoIterator<Item = IpNet>, reading: Reading) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for net in nets {
            match (net.trunc(), reading) {
                (IpNet::V4(net), Reading::Literal) => v4.push(net),
                (IpNet::V4(net), Reading::Widest) => v4.push(widened(net)),
                (IpNet::V6(net), Reading::Literal) => match inside(&MAPPED, net) {
                    Some(net) => v4.push(net),
                    None => v6.push(net),
                },
                (IpNet::V6(net), Reading::Widest) => match stands_for(net) {
                    Some(net) => v4.push(widened(net)),
                    None => {
                        let net = if net.network().is_unspecified() { EVERY_V6 } else { net };
                        let whole = FORMS.iter().any(|form| net.contains(&form.block));
                        v4.extend(whole.then_some(EVERY_V4));
                        v6.push(net);
                    }
                },
            }
        }
        let (v4, v6) = (v4.into_iter().collect(), v6.into_iter().collect());
        match reading {
            Reading::Literal => Coverage { v4, v6 },
            Reading::Widest => Coverage { v4, v6: v6.without(&forms()) },
        }
    }

    /// What this lets in and the other does not.
    #[must_use]
    pub fn without(&self, other: &Coverage) -> Self {
        Coverage { v4: self.v4.without(&other.v4), v6: self.v6.without(&other.v6) }
    }

    /// Whether it has an address of the family at all.
    pub fn has(&self, family: Family) -> bool {
        let ranges = match family {
            Family::V4 => &self.v4,
            Family::V6 => &self.v6,
        };
        !ranges.is_empty()
    }

    /// How many addresses of a family it has.
    pub fn count(&self, family: Family) -> u128 {
        match family {
            Family::V4 => self.v4.count(),
            Family::V6 => self.v6.count(),
        }
    }

    /// How many addresses of the public internet it has.
    pub fn public(&self, family: Family) -> u128 {
        match family {
            Family::V4 => self.v4.without(&PRIVATE_V4.iter().copied().collect()).count(),
            Family::V6 => self.v6.without(&PRIVATE_V6.iter().copied().collect()).count(),
        }
    }

    /// Whether it is effectively open to everyone.
    pub fn is_open(&self, family: Family) -> bool {
        self.public(family) >= family.limit()
    }

    /// What a block has that is not in this, in as few blocks as possible; literally read.
    pub fn lacks(&self, net: IpNet) -> Vec<IpNet> {
        match self.side(net) {
            (Family::V4, ranges, span) => ranges.lacks(span).blocks_v4().map(IpNet::V4).collect(),
            (Family::V6, ranges, span) => ranges.lacks(span).blocks_v6().map(IpNet::V6).collect(),
        }
    }

    /// How much of a block it has, literally read.
    pub fn share(&self, net: IpNet) -> Share {
        let (_, ranges, span) = self.side(net);
        ranges.share(span)
    }

    /// Whether it has an address of the block, literally read.
    pub fn meets(&self, net: IpNet) -> bool {
        self.share(net) != Share::None
    }

    /// Its blocks, as few as possible: in numeric order, IPv4 first.
    pub fn blocks(&self) -> Vec<IpNet> {
        self.v4.blocks_v4().map(IpNet::V4).chain(self.v6.blocks_v6().map(IpNet::V6)).collect()
    }

    /// The addresses among which a block is, and where it stands there.
    fn side(&self, net: IpNet) -> (Family, &Ranges, (u128, u128)) {
        match net {
            IpNet::V4(net) => (Family::V4, &self.v4, span_v4(net)),
            IpNet::V6(net) => match inside(&MAPPED, net.trunc()) {
                Some(net) => (Family::V4, &self.v4, span_v4(net)),
                None => (Family::V6, &self.v6, span_v6(net)),
            },
        }
    }

    /// Whether an address is let in, private or not.
    pub fn contains(&self, address: IpAddr, reading: Reading) -> bool {
        Coverage::new([IpNet::from(address)], reading).without(self) == Coverage::default()
    }
}

/// A change that opens a list to everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// To whom.
    pub family: Family,
    /// How the blocks were read.
    pub reading: Reading,
    /// How many public addresses the list has then.
    pub public: u128,
    /// How many of them the change adds.
    pub added: u128,
}

impl Opening {
    /// Whether a change opens a list to everyone: it makes the list reach the limit of a family, or
    /// adds as much by itself to one that was open before. What is already let in may be given again
    /// in narrower blocks, and a list that is open in one reading takes what is narrower in the
    /// other.
    pub fn of(before: &[IpNet], after: &[IpNet]) -> Option<Self> {
        let coverage = |nets: &[IpNet], reading| Coverage::new(nets.iter().copied(), reading);
        let most = coverage(before, Reading::Widest);
        let of = |reading: Reading| {
            let (before, after) = (coverage(before, reading), coverage(after, reading));
            let opening = |family: Family| Opening {
                family,
                reading,
                public: after.public(family),
                added: after.without(&before).public(family),
            };
            let open = |family: &Family| after.is_open(*family);
            let was_open = |family| before.is_open(family) || most.is_open(family);
            let mut openings = Family::ALL.into_iter().filter(open).map(opening);
            openings.find(|o| o.added >= o.family.limit() || !was_open(o.family))
        };
        Reading::ALL.into_iter().find_map(of)
    }
}

/// The IPv4 block that an IPv6 block stands for, if it lies in a range whose addresses each stand
/// for an IPv4 address.
pub fn stands_for(net: Ipv6Net) -> Option<Ipv4Net> {
    // `::` means everyone and `::1` this machine; neither is IPv4 in the form of RFC 4291, 2.5.5.1.
    if net.network().is_unspecified() || net.network().is_loopback() {
        return None;
    }
    FORMS.iter().find_map(|form| inside(form, net))
}

fn inside(form: &Embedding, net: Ipv6Net) -> Option<Ipv4Net> {
    let bits = u128::from(net.network()) >> (96 - form.at);
    let length = net.prefix_len().saturating_sub(form.at).min(32);
    let v4 = || Ipv4Net::new_assert(Ipv4Addr::from_bits((bits & 0xffff_ffff) as u32), length);
    form.block.contains(&net).then(|| v4().trunc())
}

/// `0.0.0.0` means everyone to many servers, whatever its mask.
fn widened(net: Ipv4Net) -> Ipv4Net {
    if net.network().is_unspecified() { EVERY_V4 } else { net }
}

/// All of IPv6 that stands for IPv4.
fn forms() -> Ranges {
    let forms: Ranges = FORMS.iter().map(|form| form.block).collect();
    forms.without(&[(0, 1)].into_iter().collect())
}

/// A range of IPv6 whose addresses each stand for an IPv4 address, which begins at bit `at`.
struct Embedding {
    block: Ipv6Net,
    at: u8,
}

const fn form(segments: [u16; 8], length: u8, at: u8) -> Embedding {
    Embedding { block: v6(segments, length), at }
}

/// `::ffff:192.0.2.1`: RFC 4291, 2.5.5.2.
const MAPPED: Embedding = form([0, 0, 0, 0, 0, 0xffff, 0, 0], 96, 96);

const FORMS: [Embedding; 6] = [
    MAPPED,
    // IPv4-compatible, `::192.0.2.1`: RFC 4291, 2.5.5.1.
    form([0; 8], 96, 96),
    // IPv4-translated, `::ffff:0:192.0.2.1`: RFC 2765, 2.1.
    form([0, 0, 0, 0, 0xffff, 0, 0, 0], 96, 96),
    // 6to4, `2002:c000:201::`: RFC 3056, 2.
    form([0x2002, 0, 0, 0, 0, 0, 0, 0], 16, 16),
    // NAT64, `64:ff9b::192.0.2.1`: RFC 6052, 2.1.
    form([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96, 96),
    // NAT64 for local use: RFC 8215. Which layout of RFC 6052 a network has cannot be told; this is
    // the one in which a block stands for the most.
    form([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48, 96),
];

const EVERY_V4: Ipv4Net = v4([0; 4], 0);
const EVERY_V6: Ipv6Net = v6([0; 8], 0);

/// Ranges that are never a source address on the public internet.
const PRIVATE_V4: [Ipv4Net; 6] = [
    // RFC 1918.
    v4([10, 0, 0, 0], 8),
    v4([172, 16, 0, 0], 12),
    v4([192, 168, 0, 0], 16),
    // Between a provider and its customers: RFC 6598.
    v4([100, 64, 0, 0], 10),
    // Loopback: RFC 1122, 3.2.1.3.
    v4([127, 0, 0, 0], 8),
    // Link-local: RFC 3927.
    v4([169, 254, 0, 0], 16),
];

const PRIVATE_V6: [Ipv6Net; 3] = [
    // Loopback: RFC 4291, 2.5.3.
    v6([0, 0, 0, 0, 0, 0, 0, 1], 128),
    // Unique local: RFC 4193.
    v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),
    // Link-local: RFC 4291, 2.5.6.
    v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10),
];

const fn v4([a, b, c, d]: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6([a, b, c, d, e, f, g, h]: [u16; 8], length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, e, f, g, h), length)
}

#[cfg(test)]
#[path = "tests/coverage.rs"]
mod tests;
