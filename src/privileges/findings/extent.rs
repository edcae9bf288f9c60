//! What a finding extends to: so it is told whether one that is known has grown since.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::hex::hex;
use crate::privileges::catalogue::built_in;
use crate::privileges::effective::End;
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::Permission;

/// So many things are told one by one; of more the rest is told as one, by what it is a digest of.
const TOLD: usize = 256;

/// The actions, roles, connections and the like that a finding is about, each as a text. Behind a
/// place and a colon stands what is allowed there: a permission or a built-in role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extent(BTreeSet<String>);

impl<T: Into<String>> FromIterator<T> for Extent {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Extent(items.into_iter().map(Into::into).collect())
    }
}

impl Extent {
    /// As it is written: bounded, in order.
    pub fn told(&self) -> Vec<String> {
        let mut told: Vec<String> = self.0.iter().take(TOLD).cloned().collect();
        let rest: Vec<&String> = self.0.iter().skip(TOLD).collect();
        if !rest.is_empty() {
            let mut hash = Sha256::new();
            for item in &rest {
                hash.update((item.len() as u64).to_be_bytes());
                hash.update(item);
            }
            told.push(format!("{} more, {}", rest.len(), hex(&hash.finalize()[..16])));
        }
        told
    }

    /// What is in it and not in an earlier one that was written: neither as such, nor as a part of
    /// something wider in the same place.
    pub fn beyond(&self, earlier: &Extent) -> Vec<String> {
        self.told().into_iter().filter(|item| !earlier.has(item)).collect()
    }

    fn has(&self, item: &str) -> bool {
        if self.0.contains(item) {
            return true;
        }
        let (place, wanted) = parted(item);
        let wanted = permissions(wanted);
        let here = self.0.iter().map(|item| parted(item)).filter(|(other, _)| *other == place);
        let here: Vec<Permission> = here.flat_map(|(_, token)| permissions(token)).collect();
        let covers = |wanted: &Permission| {
            here.iter()
                .any(|held| held.action == wanted.action && held.resource.covers(&wanted.resource))
        };
        !wanted.is_empty() && wanted.iter().all(covers)
    }
}

/// The place, which may be none, and what is allowed there.
fn parted(item: &str) -> (&str, &str) {
    item.rsplit_once(": ").unwrap_or(("", item))
}

/// What a permission or a built-in role comes to; nothing of what is neither.
fn permissions(token: &str) -> Vec<Permission> {
    let (role, _) = token.split_once('@').unwrap_or((token, ""));
    if built_in::find(role).is_none() {
        return token.parse().into_iter().collect();
    }
    let chains = RoleGraph::default().chains(&[GrantedRole::on_admin(role)]);
    let allowed = chains.into_iter().filter_map(|chain| match chain.end {
        End::Allows(given) => Some(given.permission),
        End::Unclear(_) => None,
    });
    allowed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beyond(now: &[&str], earlier: &[&str]) -> usize {
        now.iter().copied().collect::<Extent>().beyond(&earlier.iter().copied().collect()).len()
    }

    #[test]
    fn what_is_wider_holds_what_is_narrower_in_the_same_place_alone() {
        for (now, earlier, new) in [
            (&["startStreamProcessor"][..], &["startStreamProcessor", "x"][..], 0),
            (&["startStreamProcessor"], &["stopStreamProcessor"], 1),
            (&["a on b: FIND@shop.orders"], &["a on b: FIND@shop"], 0),
            (&["a on b: FIND@shop"], &["a on b: FIND@shop.orders"], 1),
            (&["a on c: FIND@shop"], &["a on b: FIND@shop"], 1),
            (&["a on b: FIND@shop"], &["a on b: readWriteAnyDatabase@admin"], 0),
            (&["a on b: readAnyDatabase@admin"], &["a on b: readWriteAnyDatabase@admin"], 0),
            (&["a on b: readWriteAnyDatabase@admin"], &["a on b: readAnyDatabase@admin"], 1),
            (&["a on b: theirs@admin"], &["a on b: theirs@admin"], 0),
            (&["a on b: theirs@admin"], &["a on b: other@admin"], 1),
        ] {
            assert_eq!(beyond(now, earlier), new, "{now:?} after {earlier:?}");
        }
    }

    #[test]
    fn of_very_many_the_rest_is_one() {
        let many = |count: usize| (0..count).map(|n| format!("{n:05}")).collect::<Extent>();
        let told = many(1000).told();
        assert_eq!(told.len(), TOLD + 1);
        let written: Extent = told.into_iter().collect();
        assert!(many(1000).beyond(&written).is_empty());
        assert_eq!(many(1001).beyond(&written).len(), 1);
        assert!(many(20).beyond(&written).is_empty());
    }
}
