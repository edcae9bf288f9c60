//! Users who may act on every instance, those to come included.

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::{Holder, NAMED, documented, some};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};

pub(super) static RULE: Rule = Rule {
    id: "SP101",
    name: "unrestricted-user",
    family: Family::LeastPrivilege,
    severity: Severity::High,
    title: "User with stream actions on every instance",
    what: "A database user without scopes whose roles allow a stream action: medium if all of them only \
look, as listing and statistics do.",
    why: "Without scopes the actions apply to every instance of the project, to those that somebody \
creates later, and the roles apply to every cluster. A leaked password reaches all of it.",
    passes: "A user with any scope; a user without stream actions, whose roles do nothing on an instance.",
    mend: "Name the instances that the user works on. The command names all that there are today, so that \
nothing stops working: leave out those that are not needed. It keeps the clusters that the user reaches.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let all = &view.project.instances;
    let found = view.holders.iter().filter(|holder| holder.user.scopes.is_empty());
    let found = found.filter(|holder| !holder.actions.is_empty());
    let finding = |holder: &Holder<'_>| {
        let looks_only = holder.actions.iter().all(|action| action.only_looks());
        let names = documented(holder.actions.iter());
        let summary = format!("no scopes: may perform {} on every instance", some(&names));
        let remedy = Remedy::new("users restrict").name(&holder.name);
        let remedy = match all.len() {
            0 => remedy.word("--instance INSTANCE"),
            1..=NAMED => remedy.list("--instance", all.iter().map(|one| one.name.as_str())),
            _ => remedy.word("--instance $(spctl instances list -q)"),
        };
        let remedy = remedy.word("--keep-clusters");
        let object = Object::new("database user", &holder.name);
        let severity = if looks_only { Severity::Medium } else { RULE.severity };
        let finding = Finding::new(&RULE, view, object, summary, remedy);
        finding.graded(severity).extending(names)
    };
    Ok(found.map(finding).collect())
}
