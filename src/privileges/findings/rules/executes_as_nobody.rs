//! Connections that do not say as whom they act on their cluster.

use crate::privileges::findings::least::narrowed;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};

pub(super) static RULE: Rule = Rule {
    id: "SP104",
    name: "executes-as-nobody",
    family: Family::LeastPrivilege,
    severity: Severity::Medium,
    title: "Connection that names no role to execute as",
    what: "A connection to a cluster without a role to execute as.",
    why: "What pipelines may do on the cluster is then decided by a default that nobody has chosen and no \
review sees; whoever may run pipelines on the instance has it.",
    passes: "Connections of other types, which execute as no role of a cluster.",
    mend: "Name the narrowest role that the connection's pipelines need: a custom role of the project if one \
covers them, or else a new \
one of exactly what the stored processors do; where that is not known, a built-in role that administers nothing.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let nameless = view
        .connections()
        .filter(|(_, connection)| connection.executes_as.is_none() && connection.cluster.is_some());
    let found = nameless.map(|(instance, connection)| {
        let cluster = connection.cluster.as_ref().map_or("", |cluster| &cluster.name);
        let summary = format!("names no role to execute as on cluster {cluster}");
        let object = Object::inside("connection", &connection.name, &instance.name);
        let remedy = narrowed(view, instance, connection);
        let finding = Finding::new(&RULE, view, object, summary, remedy);
        finding.extending([format!("cluster {cluster}")])
    });
    Ok(found.collect())
}
