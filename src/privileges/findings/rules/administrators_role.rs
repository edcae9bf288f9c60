//! Users who hold a role that administers whole clusters.

use crate::privileges::catalogue::built_in;
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::{Holder, all_actions, way};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::graph::GrantedRole;

pub(super) static RULE: Rule = Rule {
    id: "SP102",
    name: "administrators-role",
    family: Family::LeastPrivilege,
    severity: Severity::High,
    title: "User with an administrator's built-in role",
    what: "A database user who holds a built-in role that administers whole clusters, directly or through \
custom roles.",
    why: "Such a role allows every stream action and every database of every cluster in reach: far more than \
working on processors takes.",
    passes: "Built-in roles that read and write every database and administer nothing; a custom role of all \
eleven stream actions.",
    mend: "Give a custom role of the stream actions that the logs show in use instead, as the command does: it \
names what it takes away, and keeps a record that gives it back. What the user needs on clusters is granted apart. \
A custom role that inherits an administrator's is changed for all who hold it.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let finding = |holder: &Holder<'_>| {
        let chain = holder.administers.as_ref()?;
        let (held, role) = (chain.first()?, chain.last()?);
        let summary = match chain.len() {
            1 => format!("holds {role}, which administers whole clusters"),
            _ => format!("holds {}, which administers whole clusters", way(chain)),
        };
        let trim = view.trimming(holder);
        let remedy = match (chain.as_slice(), holder.user.roles.len()) {
            ([_, .., above, _], _) => Remedy::new("roles update")
                .name(&above.role)
                .option("--remove-inherit", &role.to_string()),
            ([_], _) if trim.is_some() => trim.unwrap_or_default(),
            ([_], 1) => Remedy::new("users grant")
                .name(&holder.name)
                .list("--action", all_actions())
                .then("users revoke")
                .name(&holder.name)
                .option("--role", &held.to_string()),
            ([above, _], _) => Remedy::new("roles update")
                .name(&above.role)
                .option("--remove-inherit", &role.to_string()),
            _ => Remedy::new("users revoke").name(&holder.name).option("--role", &held.to_string()),
        };
        let object = Object::new("database user", &holder.name);
        let closure = view.project.roles.closure(holder.user.roles.iter().cloned());
        let roles = closure.certain().map(|reached| &reached.role);
        let roles = roles.filter(|role| built_in::administers(&role.role));
        let roles: Vec<String> = roles.map(GrantedRole::to_string).collect();
        Some(Finding::new(&RULE, view, object, summary, remedy).extending(roles))
    };
    Ok(view.holders.iter().filter_map(finding).collect())
}
