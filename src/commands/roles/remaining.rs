//! The wording for actions that stay possible, and for a removed role that others cover.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::Fact;
use crate::privileges::effective::{Chain, End};
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::{Permission, Permissions};

/// The most chains, or actions, that one line names.
const MOST: usize = 5;

/// Why removed actions stay possible, or may do so.
#[derive(Debug, Clone)]
pub struct Remaining<'a> {
    /// Who holds the roles; `None` if a role itself is meant.
    pub holder: Option<&'a str>,
    /// What is removed.
    pub taken: &'a Permissions,
    /// Why it stays possible; the certain ones first.
    pub chains: &'a [Chain],
}

impl Remaining<'_> {
    /// What stays, for an error or a warning; `None` if nothing does.
    pub fn sentence(&self, stays: &str) -> Option<String> {
        let (sure, unclear) = self.split();
        let stay = |actions: &str| format!("{actions} {stays} possible");
        match (sure.is_empty(), unclear.is_empty()) {
            (true, true) => None,
            (true, false) => {
                let actions = stay(&self.actions(self.chains));
                Some(format!("cannot tell whether {actions}: {}", self.told(unclear)))
            }
            (false, _) => {
                let told = format!("{}: {}", stay(&self.actions(sure)), self.told(sure));
                let doubt = format!("; it is also unclear for {}", self.told(unclear));
                Some(if unclear.is_empty() { told } else { told + &doubt })
            }
        }
    }

    /// The same for a preview.
    pub fn facts(&self) -> Vec<Fact> {
        let (sure, unclear) = self.split();
        [("still possible", sure), ("cannot tell", unclear)]
            .into_iter()
            .filter(|(_, chains)| !chains.is_empty())
            .map(|(label, chains)| Fact::new(label, self.told(chains)))
            .collect()
    }

    fn split(&self) -> (&[Chain], &[Chain]) {
        self.chains.split_at(self.chains.partition_point(Chain::is_sure))
    }

    fn told(&self, chains: &[Chain]) -> String {
        let holder = self.holder.map(|name| format!("{name} -> ")).unwrap_or_default();
        listed(chains.iter().map(|chain| format!("{holder}{chain}")), "; ")
    }

    /// Which of the removed actions these chains lead to.
    fn actions(&self, chains: &[Chain]) -> String {
        let leads = |chain: &Chain, wanted| match &chain.end {
            End::Allows(given) => given.meets(wanted),
            End::Unclear(_) => true,
        };
        let taken = self.taken.iter().filter(|p| chains.iter().any(|chain| leads(chain, p)));
        listed(taken.map(|permission| permission.spelled()), ", ")
    }
}

fn listed(texts: impl Iterator<Item = String>, between: &str) -> String {
    let texts: Vec<String> = texts.collect();
    let shown = texts.iter().take(MOST).cloned().collect::<Vec<_>>().join(between);
    match texts.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Permissions by the held role that makes them possible, with the part of the path that they have
/// in common.
fn ways(holder: Option<&str>, permissions: &[(Permission, Chain)]) -> Vec<(String, Vec<String>)> {
    // A role's own path begins with itself, and branches at what it inherits.
    let parting = usize::from(holder.is_none());
    let mut ways: BTreeMap<Option<&GrantedRole>, (&[GrantedRole], BTreeSet<String>)> =
        BTreeMap::new();
    for (permission, Chain { roles, .. }) in permissions {
        let (way, actions) = ways.entry(roles.get(parting)).or_insert((roles, BTreeSet::new()));
        let common = way.iter().zip(roles).take_while(|(one, other)| one == other).count();
        *way = way.get(..common).unwrap_or(way);
        actions.insert(permission.spelled());
    }
    let told = |(way, actions): (&[GrantedRole], BTreeSet<String>)| {
        let roles = way.iter().map(GrantedRole::to_string);
        let way: Vec<String> = holder.map(str::to_owned).into_iter().chain(roles).collect();
        (way.join(" -> "), actions.into_iter().collect())
    };
    ways.into_values().map(told).collect()
}

/// One line per role through which permissions are held: `FIND@shop (alice -> read@shop)`.
pub fn by_way(holder: &str, permissions: &[(Permission, Chain)]) -> Vec<String> {
    let line = |(way, actions): (String, Vec<String>)| {
        format!("{} ({way})", listed(actions.into_iter(), ", "))
    };
    ways(Some(holder), permissions).into_iter().map(line).collect()
}

/// What other roles allow of a role that is removed, or was never held: one line per role.
pub fn covered(
    graph: &RoleGraph,
    holder: Option<&str>,
    role: &GrantedRole,
    others: &[GrantedRole],
) -> Vec<String> {
    let overlap = graph.overlap(role, others);
    let ways = ways(holder, &overlap.permissions);
    let is_all = overlap.is_whole && ways.len() == 1;
    let line = |(way, actions): (String, Vec<String>)| match is_all {
        true => format!("all that {role} allows ({way})"),
        false => format!("{} ({way})", listed(actions.into_iter(), ", ")),
    };
    ways.into_iter().map(line).collect()
}
