//! Owners of the project for whom the role of stream processing would do.

use crate::privileges::catalogue::atlas_roles::{
    ORGANIZATION_OWNER, PROJECT_OWNER, PROJECT_STREAM_PROCESSING_OWNER,
};
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::project::{Principal, PrincipalKind};
use crate::times::rfc3339;

pub(super) static RULE: Rule = Rule {
    id: "SP106",
    name: "owner-for-streams",
    family: Family::LeastPrivilege,
    severity: Severity::Medium,
    title: "Member who owns the project where the role of stream processing would do",
    what: "A member who holds the owner's role of the project, by invitation or directly, and whose events \
of the last 30 days show nothing that the owner's role of stream processing does not allow. Low where the \
events are not known, so that only the member can tell.",
    why: "An owner of the project opens its access list, invites people and deletes clusters. The owner's \
role of stream processing allows everything about instances, connections, processors and database users.",
    passes: "Whoever changed the network, members, keys, clusters or settings in that time; the last owner, \
since a project needs one; owners through a team or the organisation, whose role is not this project's.",
    mend: "Give the role of stream processing, and take the owner's away.",
    needs: Some("the project's events, to tell what an owner did; without them the finding is low"),
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let of_role = |principal: &Principal, role: &str, direct: bool| {
        let mut roles = principal.roles.iter();
        roles.any(|held| held.role == role && !(direct && held.team.is_some()))
    };
    let people = || {
        let kinds = [PrincipalKind::Person, PrincipalKind::Invited];
        view.project.principals.iter().filter(move |one| kinds.contains(&one.kind))
    };
    let owners = || people().filter(|one| of_role(one, PROJECT_OWNER.api, true));
    let remain = people()
        .filter(|one| one.kind == PrincipalKind::Person)
        .filter(|one| {
            [PROJECT_OWNER.api, ORGANIZATION_OWNER.api].iter().any(|r| of_role(one, r, false))
        })
        .count();
    let mut left = remain;
    let mut found = Vec::new();
    for owner in owners() {
        let counts = usize::from(owner.kind == PrincipalKind::Person);
        // Somebody has to own the project.
        if left.saturating_sub(counts) == 0 {
            continue;
        }
        let (severity, shows) = match &view.facts.events {
            Ok(deeds) => {
                let done =
                    [&owner.name, &owner.id].iter().find_map(|by| deeds.beyond_streams.get(*by));
                if done.is_some() {
                    continue;
                }
                let since = rfc3339(deeds.since);
                (RULE.severity, format!("nothing since {since} took more than {STREAMS}"))
            }
            Err(_) => (
                Severity::Low,
                format!("{STREAMS} would do for streams; what else this member does is not known"),
            ),
        };
        left -= counts;
        let (held, wanted) = (PROJECT_OWNER.api, PROJECT_STREAM_PROCESSING_OWNER.api);
        let remedy = Remedy::new("members grant")
            .name(&owner.name)
            .option("--role", wanted)
            .then("members revoke")
            .name(&owner.name)
            .option("--role", held);
        let summary = format!("holds {}; {shows}", PROJECT_OWNER.display);
        let object = Object::new("member", &owner.name);
        found.push(Finding::new(&RULE, view, object, summary, remedy).graded(severity));
    }
    Ok(found)
}

/// The role that would do.
const STREAMS: &str = PROJECT_STREAM_PROCESSING_OWNER.display;
