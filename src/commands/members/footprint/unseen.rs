//! What of people cannot be seen.

use super::{Relation, Trace};
use crate::policy::Policy;
use crate::privileges::project::{PrincipalKind, Project, Unseen};

/// Something that cannot be seen, and why.
pub(super) fn not_seen(what: &str, why: &str) -> Trace {
    Trace {
        person: None,
        relation: Relation::Unseen,
        kind: String::new(),
        name: what.to_owned(),
        why: why.to_owned(),
        at: None,
        remedy: None,
    }
}

/// What the answer rests on that could not be read, and what nobody can read.
pub(super) fn unseen(policy: &Policy, project: &Project) -> Vec<Trace> {
    const BESIDE: [&str; 4] = ["clusters", "federated databases", "VPC peerings", "private links"];
    let counts = |unseen: &&Unseen| !BESIDE.contains(&unseen.what.as_str());
    let mut all: Vec<Trace> =
        policy.unseen.iter().filter(counts).map(|one| not_seen(&one.what, &one.why)).collect();
    let groups = project.users.iter().filter(|user| user.is_group());
    let groups: Vec<String> =
        groups.map(|user| format!("{}@{}", user.name, user.database)).collect();
    if !groups.is_empty() {
        let why = format!("directories and identity providers tell: {}", groups.join(", "));
        all.push(not_seen("groups that they are in", &why));
    }
    let programs = [PrincipalKind::ApiKey, PrincipalKind::ServiceAccount];
    let programs = project.principals.iter().filter(|one| programs.contains(&one.kind));
    let programs: Vec<&str> = programs.map(|one| one.name.as_str()).collect();
    if !programs.is_empty() {
        let why =
            format!("Atlas does not tell who was handed the secret of {}", programs.join(", "));
        all.push(not_seen("secrets of programs that they know", &why));
    }
    all.extend([
        not_seen("sessions", "open ones of people and of database users may continue for a while"),
        not_seen("database users of other projects", "each project is asked by itself: --project"),
    ]);
    all
}
