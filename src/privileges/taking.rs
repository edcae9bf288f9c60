//! The effect of revoking actions or roles, judged by what is possible afterwards and not by what a
//! role's definition lists.

use super::definition::Definition;
use super::effective::{Chain, End, GrantedPermission};
use super::graph::{GrantedRole, RoleGraph};
use super::permission::{Permission, Permissions};

/// The effect of revoking actions from roles. If it loses nothing and nothing remains, the actions
/// were not possible before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revocation {
    /// The replacement of each role that is held; `None` if it stays as it is.
    pub instead: Vec<Option<Definition>>,
    /// The permissions of custom roles that are lost.
    pub lost: Permissions,
    /// Why the actions stay possible, or might.
    pub remaining: Vec<Chain>,
}

/// How much of what a role allows others allow too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlap {
    /// Each permission that others grant too, and why.
    pub permissions: Vec<(Permission, Chain)>,
    /// Whether those are all that the role allows.
    pub is_whole: bool,
}

/// Whether revoking these removes a permission: it is one of them, or a part of one.
pub fn is_taken(permission: &Permission, wanted: &Permissions) -> bool {
    wanted.iter().any(|wanted| permission.is_within(wanted))
}

impl RoleGraph {
    /// Revokes actions, each on its resource, from roles. A permission on a wider resource cannot
    /// be narrowed, and a built-in role cannot be split: those remain.
    pub fn take(&self, held: &[GrantedRole], wanted: &Permissions) -> Revocation {
        let goes =
            |given: &GrantedPermission| !given.by_built_in && is_taken(&given.permission, wanted);
        let lost = self.chains(held).into_iter().filter_map(|chain| match chain.end {
            End::Allows(given) if goes(&given) => Some(given.permission),
            _ => None,
        });
        Revocation {
            instead: held.iter().map(|role| self.without(role, wanted)).collect(),
            lost: lost.collect(),
            remaining: self.remaining(held, wanted, |chain| match &chain.end {
                End::Allows(given) => !goes(given),
                End::Unclear(_) => true,
            }),
        }
    }

    /// Why a custom role with this new definition would still allow what was removed from it; what
    /// was added on purpose does not count.
    pub fn still_allows(
        &self,
        name: &str,
        after: &Definition,
        removed: &Permissions,
        added: &Permissions,
    ) -> Vec<Chain> {
        let mut then = self.clone();
        then.insert(name, after.clone());
        then.remaining(&[GrantedRole::on_admin(name)], removed, |chain| match &chain.end {
            End::Allows(given) => chain.roles.len() > 1 || !added.contains(&given.permission),
            End::Unclear(_) => true,
        })
    }

    fn remaining(
        &self,
        held: &[GrantedRole],
        wanted: &Permissions,
        counts: impl Fn(&Chain) -> bool,
    ) -> Vec<Chain> {
        let ways = wanted.iter().flat_map(|wanted| self.ways(held, wanted));
        let mut remaining: Vec<Chain> = ways.filter(|chain| counts(chain)).collect();
        remaining.sort();
        remaining.dedup();
        remaining
    }

    /// Which of a role's permissions others grant too.
    pub fn overlap(&self, role: &GrantedRole, others: &[GrantedRole]) -> Overlap {
        let (own, further) = (self.chains(std::slice::from_ref(role)), self.chains(others));
        let mut overlap = Overlap { is_whole: !own.is_empty(), ..Overlap::default() };
        for chain in own {
            let covering = match &chain.end {
                End::Unclear(_) => None,
                End::Allows(given) => further.iter().find_map(|chain| match &chain.end {
                    End::Allows(other) if other.covers(&given.permission) => {
                        Some((given.permission.clone(), chain.clone()))
                    }
                    _ => None,
                }),
            };
            overlap.is_whole &= covering.is_some();
            overlap.permissions.extend(covering);
        }
        overlap
    }
}

#[cfg(test)]
#[path = "tests/taking.rs"]
mod tests;
