//! Guards against accidents: opening an access list to everyone, or locking oneself out.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use jiff::Timestamp;
use tokio::sync::OnceCell;

use super::entry::{EntryTarget, Lease};
use crate::brokers::coverage::{Coverage, Family, Opening, Reading};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times::rfc3339;

/// Refuses to open the list to everyone, even in several pieces or at a later time: existing
/// entries count until they expire.
///
/// # Errors
/// Usage.
pub fn anywhere(before: &[Lease], after: &[Lease], allowed: bool) -> Result<()> {
    if allowed {
        return Ok(());
    }
    // A change can weigh more only once an existing entry has expired.
    let ends: BTreeSet<Timestamp> = before.iter().filter_map(|lease| lease.until).collect();
    for end in std::iter::once(None).chain(ends.into_iter().map(Some)) {
        let lasting = |leases: &[Lease]| nets(leases.iter().filter(|lease| lease.outlasts(end)));
        let (before, after) = (lasting(before), lasting(after));
        if let Some(opening) = Opening::of(&before, &after) {
            return Err(refusal(&before, &after, opening, end));
        }
        // Later, the list only gets narrower.
        if Opening::of(&[], &after).is_none() {
            break;
        }
    }
    Ok(())
}

fn nets<'a>(leases: impl Iterator<Item = &'a Lease>) -> Vec<IpNet> {
    leases.filter_map(|lease| lease.target.net()).collect()
}

/// Names the entries that open the list by themselves, or else the total.
fn refusal(before: &[IpNet], after: &[IpNet], opening: Opening, end: Option<Timestamp>) -> Error {
    let Opening { family, reading, .. } = opening;
    let many = |many: u128| count(many, family);
    let alone = |net: &&IpNet| Coverage::new([**net], reading).is_open(family);
    let mut wide: Vec<&IpNet> =
        after.iter().filter(|net| !before.contains(net)).filter(alone).collect();
    wide.sort_by_key(|net| net.prefix_len());
    let mut text = match &wide[..] {
        [] => format!(
            "the list would let in {}, which is effectively everyone; this adds {}",
            many(opening.public),
            many(opening.added)
        ),
        [net, more @ ..] => {
            let lets_in = Coverage::new([**net], reading).public(family);
            let more = match more.len() {
                0 => String::new(),
                more => format!("; so do {more} more"),
            };
            let target = EntryTarget::Net(**net);
            format!("{target} lets in {}, which is effectively everyone{more}", many(lets_in))
        }
    };
    if reading == Reading::Widest {
        text.push_str(", as a server may read it");
    }
    if let Some(end) = end {
        text.push_str(&format!(
            ", even after {}, when existing entries have expired",
            rfc3339(end)
        ));
    }
    Error::usage(text)
        .hint(
            "add --allow-anywhere if this is intended; only passwords would protect the databases",
        )
        .hint(format!(
            "a list counts as open from {} or {}; private ranges do not count",
            count(Family::V4.limit(), Family::V4),
            count(Family::V6.limit(), Family::V6)
        ))
}

/// A number of addresses, in words.
fn count(many: u128, family: Family) -> String {
    let number = match many {
        0..=0xffff_ffff => many.to_string(),
        _ if many.is_power_of_two() => format!("2^{}", many.ilog2()),
        _ => format!("more than 2^{}", many.ilog2()),
    };
    format!("{number} public {family} addresses")
}

/// Refuses to leave a list without entries: no one could connect any more.
///
/// # Errors
/// Usage.
pub fn emptied(is_empty: bool, allowed: bool) -> Result<()> {
    match is_empty && !allowed {
        false => Ok(()),
        true => Err(Error::usage("this leaves no entry, so that no one could connect")
            .hint("add --allow-empty to remove every entry")),
    }
}

/// The note on new entries if the list is already open to everyone.
pub fn open_already(stays: &[EntryTarget], new: &[EntryTarget]) -> Option<String> {
    let concerns = |open: &Open| new.iter().any(|target| open.concerns(target.net()));
    let open = openings(stays, &Reading::ALL).into_iter().find(concerns)?;
    Some(format!("the list is already open, it lets in {}", open.many()))
}

/// A list that is open to everyone, in one family and one reading.
pub struct Open {
    family: Family,
    reading: Reading,
    /// How many public addresses it lets in.
    public: u128,
}

impl Open {
    /// Whether a block has addresses of the family; what a security group lets in is IPv4.
    fn concerns(&self, net: Option<IpNet>) -> bool {
        match net {
            Some(net) => Coverage::new([net], Reading::Widest).has(self.family),
            None => self.family == Family::V4,
        }
    }

    /// Whether the list is open to everyone without this entry, which is of the family.
    pub fn is_without(&self, net: Option<IpNet>) -> bool {
        let own = net.map_or(0, |net| Coverage::new([net], self.reading).public(self.family));
        self.concerns(net) && self.public.saturating_sub(own) >= self.family.limit()
    }

    /// Whether it lets in every public address.
    pub fn is_everyone(&self) -> bool {
        let all: [IpNet; 2] = [Ipv4Net::default().into(), Ipv6Net::default().into()];
        self.public == Coverage::new(all, self.reading).public(self.family)
    }

    /// How many addresses it lets in, in words.
    pub fn many(&self) -> String {
        count(self.public, self.family)
    }
}

/// How a list is open to everyone in one of these readings; empty if it is not.
pub fn openings(targets: &[EntryTarget], readings: &[Reading]) -> Vec<Open> {
    let pairs = Family::ALL.into_iter().flat_map(|f| readings.iter().map(move |r| (f, *r)));
    let all = pairs.map(|(family, reading)| {
        let nets = targets.iter().filter_map(EntryTarget::net);
        Open { family, reading, public: Coverage::new(nets, reading).public(family) }
    });
    all.filter(|open| open.public >= open.family.limit()).collect()
}

/// A guard's error on the list as read back: someone else has changed it too.
pub fn together(error: Error) -> Error {
    let why = format!("done, but someone else changed the list meanwhile: {error}");
    Error::new(Kind::Conflict, why).hint("check the list, and undo what is not intended")
}

/// Keeps callers from locking out their own current address, which is fetched once.
pub struct Lockout {
    /// Whether that is intended.
    pub allowed: bool,
    own: OnceCell<Option<IpAddr>>,
}

impl Lockout {
    /// A guard that has fetched nothing yet.
    pub fn new(allowed: bool) -> Self {
        Lockout { allowed, own: OnceCell::new() }
    }

    /// Refuses to lock the caller out.
    ///
    /// # Errors
    /// Usage.
    pub async fn check(
        &self,
        context: &Context,
        before: impl Iterator<Item = EntryTarget>,
        after: impl Iterator<Item = EntryTarget>,
    ) -> Result<()> {
        if self.allowed {
            return Ok(());
        }
        let is_asked = !self.own.initialized();
        match self.own_address(context).await? {
            Some(own) => shuts_out(own, before, after),
            None => {
                if is_asked {
                    let unknown = "the server does not report your current address: whether this \
                                   locks you out was not checked";
                    context.ui.note(unknown);
                }
                Ok(())
            }
        }
    }

    /// The caller's own address; `None` if the server does not tell.
    ///
    /// # Errors
    /// Those of making a client.
    pub async fn own_address(&self, context: &Context) -> Result<Option<IpAddr>> {
        let ask = async || Ok::<_, Error>(context.client()?.own_address().await);
        self.own.get_or_try_init(ask).await.copied()
    }
}

fn shuts_out(
    own: IpAddr,
    before: impl Iterator<Item = EntryTarget>,
    after: impl Iterator<Item = EntryTarget>,
) -> Result<()> {
    let (before, after) = (Vec::from_iter(before), Vec::from_iter(after));
    let lets_in = |targets: &[EntryTarget], reading: Reading| {
        let nets = targets.iter().filter_map(EntryTarget::net);
        Coverage::new(nets, reading).contains(own, reading)
    };
    let lost = |reading: &Reading| lets_in(&before, *reading) && !lets_in(&after, *reading);
    if !Reading::ALL.iter().any(lost) {
        return Ok(());
    }
    Err(Error::usage(format!(
        "this would lock you out: no other entry lets in {own}, your current address"
    ))
    .hint("add --lock-myself-out if this is intended; the Admin API stays reachable"))
}

#[cfg(test)]
#[path = "tests/guard.rs"]
mod tests;
