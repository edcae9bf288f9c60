//! The least role that covers what was seen in use.

use std::collections::BTreeMap;

use super::catalogue::actions::{self, Action};
use super::definition::Definition;
use super::evidence::{Evidence, Judged, Use, Verdict};
use super::graph::{GrantedRole, RoleGraph, RoleKind};
use super::permission::{Permission, Permissions};
use super::pipeline::{DeadLetterQueue, PipelineUse, StageUse};
use super::project::{DatabaseUser, Instance, Processor, Project, Unseen};
use super::scopes::{Scope, ScopeKind, Scopes};

/// Why a suggested role holds a permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It was seen in use, or is of no use without what was.
    Seen(Use, BTreeMap<String, Use>, String),
    /// It is to be kept.
    Kept,
    /// The log has gaps, and may not show that it was used: why.
    Untold(String),
    /// It is about data, of which the log of an instance shows nothing.
    Data,
    /// A stage of a processor's pipeline needs it.
    Needed(Vec<String>),
}

/// A permission, and why the suggested role holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The permission.
    pub permission: Permission,
    /// Why.
    pub why: Why,
}

/// What a suggested role holds beside what was seen in use.
#[derive(Debug, Clone, Default)]
pub struct Keep {
    /// These actions, whatever is known of them.
    pub actions: Vec<&'static Action>,
    /// Not even what the log may not show for its gaps.
    pub drops_untold: bool,
}

/// The least role for a user, for all holders of a role, or for a connection.
#[derive(Debug, Clone, Default)]
pub struct Suggestion {
    /// The role.
    pub definition: Definition,
    /// Why it is so, in the order of its permissions.
    pub reasons: Vec<Reason>,
    /// What is held today and not suggested.
    pub dropped: Vec<Judged>,
    /// The roles that it replaces.
    pub replaces: Vec<GrantedRole>,
    /// Those among them that allow something on data, which goes with them: built-in roles cannot be split.
    pub with_data: Vec<GrantedRole>,
    /// The roles that stay beside it: they allow no stream action.
    pub stays: Vec<GrantedRole>,
    /// What the user is to be restricted to; `None` if its scopes stay as they are.
    pub scopes: Option<Scopes>,
    /// What could not be told.
    pub doubts: Vec<String>,
}

impl Suggestion {
    /// Whether it takes nothing away.
    pub fn changes_nothing(&self) -> bool {
        self.dropped.is_empty() && self.with_data.is_empty() && self.scopes.is_none()
    }

    /// Whether something on data stays possible with it, for which clusters have to be reached.
    pub fn keeps_data(&self) -> bool {
        let is_data = |permission: &Permission| permission.as_stream().is_none();
        let Definition { permissions, inherits } = &self.definition;
        !self.stays.is_empty() || !inherits.is_empty() || permissions.iter().any(is_data)
    }

    /// The actions that it holds only because the log has gaps.
    pub fn untold(&self) -> Vec<String> {
        let untold = self.reasons.iter().filter(|reason| matches!(reason.why, Why::Untold(_)));
        untold.map(|reason| reason.permission.spelled()).collect()
    }

    /// The roles that a user holds with it, under this name.
    pub fn roles_after(&self, name: &str) -> Vec<GrantedRole> {
        let own = (!self.definition.is_empty()).then(|| GrantedRole::on_admin(name));
        self.stays.iter().cloned().chain(own).collect()
    }

    /// The least role for who holds these roles and does what was judged.
    ///
    /// # Errors
    /// The name of a role that is not understood, so that nothing can stand in its place.
    pub fn of_roles(
        graph: &RoleGraph,
        held: &[GrantedRole],
        judged: &[Judged],
        keep: &Keep,
    ) -> Result<Suggestion, String> {
        let mut suggestion = Suggestion::default();
        for role in held {
            let closure = graph.closure([role.clone()]);
            if let Some((obscure, _)) = closure.obscure().first() {
                return Err(obscure.clone());
            }
            if closure.stream_actions().next().is_none() {
                suggestion.stays.push(role.clone());
                continue;
            }
            for permission in closure.permissions() {
                if permission.as_stream().is_none() {
                    suggestion.add(permission, Why::Data);
                }
            }
            let mut loses_data = false;
            for (other, database) in closure.others() {
                let inherited = GrantedRole::from((other.clone(), database.clone()));
                let has_actions = graph.closure([inherited]).stream_actions().next().is_some();
                match graph.kind(&other) {
                    RoleKind::BuiltIn(_) if has_actions => loses_data = true,
                    _ => drop(suggestion.definition.inherits.insert((other, database))),
                }
            }
            if loses_data {
                suggestion.with_data.push(role.clone());
            }
            suggestion.replaces.push(role.clone());
        }
        for one in judged {
            let why = match one.verdict {
                Verdict::Used => Why::Seen(one.total, one.instances.clone(), one.why.clone()),
                _ if keep.actions.contains(&one.action) => Why::Kept,
                _ if one.is_untold && !keep.drops_untold => Why::Untold(one.why.clone()),
                _ => {
                    suggestion.dropped.push(one.clone());
                    continue;
                }
            };
            suggestion.add(Permission::stream(one.action), why);
        }
        suggestion.reasons.sort_by_key(|reason| rank(&reason.permission));
        Ok(suggestion)
    }

    /// The least role for a connection to execute as, by the pipelines of its instance.
    pub fn of_connection(instance: &Instance, connection: &str) -> Suggestion {
        let mut needs: BTreeMap<Permission, Vec<String>> = BTreeMap::new();
        let mut suggestion = Suggestion::default();
        for processor in instance.processors.iter().flatten() {
            let found = PipelineUse::of(&processor.pipeline, queue(processor), connection);
            for StageUse { by, permission, is_dynamic } in found.known {
                if is_dynamic {
                    let name = &processor.name;
                    let why =
                        format!("{name}: an expression names the place of {by}: any is assumed");
                    suggestion.doubts.push(why);
                }
                needs.entry(permission).or_default().push(format!("{}: {by}", processor.name));
            }
            let unknown = found.unknown.iter();
            let unknown = unknown.map(|stage| format!("{}: what {stage} needs", processor.name));
            suggestion.doubts.extend(unknown);
        }
        suggestion.doubts.dedup();
        let wide: Permissions = needs.keys().cloned().collect();
        for (permission, by) in needs {
            let is_within_another = wide.iter().any(|other| {
                *other != permission
                    && other.action == permission.action
                    && other.resource.covers(&permission.resource)
            });
            if !is_within_another {
                suggestion.add(permission, Why::Needed(by));
            }
        }
        suggestion
    }

    fn add(&mut self, permission: Permission, why: Why) {
        if self.definition.permissions.insert(permission.clone()) {
            self.reasons.push(Reason { permission, why });
        }
    }
}

/// What a user needs to reach: the instances where it was seen, and those of which the log does not tell; with
/// data, clusters and federated databases as today. `None` if nothing is to change: its scopes are such already,
/// nothing was seen of it, what there is could not be read, or some of its scopes are not understood.
pub fn scopes(
    project: &Project,
    user: &DatabaseUser,
    evidence: &Evidence,
    judged: &[Judged],
    with_data: bool,
) -> Option<Scopes> {
    let reached = project.estate.reached(&user.scopes);
    let (instances, others): (Scopes, Scopes) =
        reached.into_iter().partition(|scope| scope.kind == ScopeKind::Stream);
    let was_seen = |scope: &Scope| {
        let seen = judged.iter().filter_map(|one| one.instances.get(&scope.name));
        seen.map(|used| used.count).sum::<u64>() > 0
    };
    let is_told = |scope: &Scope| evidence.gaps.get(&scope.name).is_some_and(Vec::is_empty);
    let needed: Scopes =
        instances.iter().filter(|scope| was_seen(scope) || !is_told(scope)).cloned().collect();
    let is_narrower = user.scopes.is_empty() || needed.len() < instances.len();
    let is_unseen = |unseen: &Unseen| {
        ["clusters", "federated"].iter().any(|what| unseen.what.starts_with(what))
    };
    if !instances.iter().any(was_seen)
        || !is_narrower
        || user.scopes.iter().any(|scope| scope.kind == ScopeKind::Other)
        || with_data && project.unseen.iter().any(is_unseen)
    {
        return None;
    }
    let others = if with_data { others } else { Scopes::new() };
    let after: Scopes = needed.into_iter().chain(others).collect();
    (after != user.scopes).then_some(after)
}

/// What the holders of a role do, as if they were one: what one of them uses is used.
pub fn together(all: impl IntoIterator<Item = Vec<Judged>>) -> Vec<Judged> {
    let mut by_action: BTreeMap<&str, Judged> = BTreeMap::new();
    for one in all.into_iter().flatten() {
        let Some(held) = by_action.get_mut(one.action.documented) else {
            by_action.insert(one.action.documented, one);
            continue;
        };
        held.total.join(one.total);
        for (instance, used) in one.instances {
            held.instances.entry(instance).or_default().join(used);
        }
        held.is_untold |= one.is_untold;
        if weight(one.verdict) > weight(held.verdict) {
            (held.verdict, held.why) = (one.verdict, one.why);
        }
    }
    actions::ACTIONS.iter().filter_map(|action| by_action.remove(action.documented)).collect()
}

/// What decides where holders differ: any use, then the least that can be said.
fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Unused => 0,
        Verdict::TooNew => 1,
        Verdict::Unknown => 2,
        Verdict::Unobservable => 3,
        Verdict::Used => 4,
    }
}

/// Stream actions in the documentation's order, then the others.
fn rank(permission: &Permission) -> (usize, Permission) {
    let stream = permission.as_stream();
    let at = stream.and_then(|action| actions::ACTIONS.iter().position(|known| known == action));
    (at.unwrap_or(usize::MAX), permission.clone())
}

/// Where a processor's documents go that could not be processed.
pub fn queue(processor: &Processor) -> Option<DeadLetterQueue<'_>> {
    let queue = &processor.document["options"]["dlq"];
    let text = |key: &str| queue[key].as_str();
    Some(DeadLetterQueue {
        connection: text("connectionName")?,
        database: text("db").unwrap_or_default(),
        collection: text("coll").unwrap_or_default(),
    })
}

#[cfg(test)]
#[path = "tests/suggestion.rs"]
mod tests;
