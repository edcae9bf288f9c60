//! What taking actions or roles away comes to: judged by what is possible afterwards, not by what a
//! role's text says.

use super::definition::Definition;
use super::effective::{Chain, End, GrantedPermission};
use super::graph::{GrantedRole, RoleGraph};
use super::permission::{Permission, Permissions};

/// What taking actions from somebody's roles comes to. Where it takes nothing and nothing remains,
/// the actions were not possible before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taking {
    /// For each role that is held what takes its place; `None` where it stays as it is.
    pub instead: Vec<Option<Definition>>,
    /// The permissions of custom roles that go.
    pub lost: Permissions,
    /// Why the actions stay possible, or may do so.
    pub remaining: Vec<Chain>,
}

/// What other roles allow of what one does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlap {
    /// Each permission that others give, too, and why.
    pub permissions: Vec<(Permission, Chain)>,
    /// Whether those are all that the role allows.
    pub is_whole: bool,
}

/// Whether a permission goes when these are taken away: it is one of them, or a part of one.
pub fn is_taken(permission: &Permission, wanted: &Permissions) -> bool {
    wanted.iter().any(|wanted| permission.is_within(wanted))
}

impl RoleGraph {
    /// Takes actions, each in its place, from roles. A right in a wider place cannot be carved, and
    /// a built-in role cannot be taken apart: those remain.
    pub fn take(&self, held: &[GrantedRole], wanted: &Permissions) -> Taking {
        let goes =
            |given: &GrantedPermission| !given.by_built_in && is_taken(&given.permission, wanted);
        let lost = self.chains(held).into_iter().filter_map(|chain| match chain.end {
            End::Allows(given) if goes(&given) => Some(given.permission),
            _ => None,
        });
        Taking {
            instead: held.iter().map(|role| self.without(role, wanted)).collect(),
            lost: lost.collect(),
            remaining: self.remaining(held, wanted, |chain| match &chain.end {
                End::Allows(given) => !goes(given),
                End::Unclear(_) => true,
            }),
        }
    }

    /// Why a custom role would still allow what was taken out of it, when this is what it says
    /// then: what was added by intent does not count.
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

    /// What of a role's permissions others give, too.
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
