//! What nobody should do to an access list by accident: open it to everybody, or shut oneself out.

use std::net::IpAddr;

use ipnet::IpNet;

use super::entry::Target;
use crate::context::Context;
use crate::error::{Error, Result};

/// Whether the entries together let in every address of IPv4 or of IPv6, be it in several pieces.
fn is_anywhere(targets: impl Iterator<Item = Target>) -> bool {
    let nets: Vec<IpNet> = targets
        .filter_map(|target| match target {
            Target::Net(net) => Some(net),
            Target::Group(_) => None,
        })
        .collect();
    IpNet::aggregate(&nets).iter().any(|net| net.prefix_len() == 0)
}

/// Refuses what would let everybody in, where not everybody is let in already.
///
/// # Errors
/// Usage.
pub fn anywhere(
    before: impl Iterator<Item = Target>,
    after: impl Iterator<Item = Target>,
    allowed: bool,
) -> Result<()> {
    if allowed || !is_anywhere(after) || is_anywhere(before) {
        return Ok(());
    }
    Err(Error::usage("this would let in every address on the internet").hint(
        "add --allow-anywhere if it is meant; a password would be all that protects the databases",
    ))
}

/// Asks the server for the caller's address, and refuses what would shut it out.
///
/// # Errors
/// Usage.
pub async fn lockout(
    context: &Context,
    before: impl Iterator<Item = Target>,
    after: impl Iterator<Item = Target>,
) -> Result<()> {
    match context.client()?.own_address().await {
        Some(own) => shuts_out(own, before, after),
        None => {
            let unknown = "the server does not tell which address you have: whether this shuts you \
                           out was not checked";
            context.ui.note(unknown);
            Ok(())
        }
    }
}

fn shuts_out(
    own: IpAddr,
    mut before: impl Iterator<Item = Target>,
    mut after: impl Iterator<Item = Target>,
) -> Result<()> {
    if !before.any(|target| target.covers(&own)) || after.any(|target| target.covers(&own)) {
        return Ok(());
    }
    Err(Error::usage(format!(
        "this would shut you out: no other entry lets in {own}, the address you have now"
    ))
    .hint("add --lock-myself-out if it is meant; the Admin API can still be reached"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(names: &[&str]) -> impl Iterator<Item = Target> {
        names.iter().map(|name| Target::parse(name).unwrap()).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn everybody_is_everybody_in_pieces_too() {
        let opens = |before: &[&str], after: &[&str]| {
            anywhere(targets(before), targets(after), false).is_err()
        };
        assert!(opens(&[], &["0.0.0.0/0"]));
        assert!(opens(&[], &["::/0"]));
        assert!(opens(&["0.0.0.0/1"], &["0.0.0.0/1", "128.0.0.0/1"]));
        assert!(opens(&[], &["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"]));
        assert!(!opens(&[], &["0.0.0.0/1"]));
        assert!(!opens(&["0.0.0.0/0"], &["0.0.0.0/0", "192.0.2.1"]));
        assert!(anywhere(targets(&[]), targets(&["::/0"]), true).is_ok());
    }

    #[test]
    fn who_is_let_in_twice_may_lose_one_entry() {
        let shuts = |own: [u8; 4], after: &[&str]| {
            let before = targets(&["192.0.2.7", "192.0.2.0/24"]);
            shuts_out(IpAddr::from(own), before, targets(after)).is_err()
        };
        assert!(shuts([192, 0, 2, 7], &[]));
        assert!(!shuts([192, 0, 2, 7], &["192.0.2.0/24"]));
        assert!(!shuts([203, 0, 113, 1], &[]));
    }
}
