//! Connections that act on their cluster as an administrator.

use crate::privileges::findings::least::narrowed;
use crate::privileges::findings::view::{administrator_of, way};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};

pub(super) static RULE: Rule = Rule {
    id: "SP103",
    name: "executes-as-administrator",
    family: Family::LeastPrivilege,
    severity: Severity::High,
    title: "Connection that executes as an administrator",
    what: "A connection to a cluster whose role administers the whole cluster, itself or through a role that \
it inherits.",
    why: "Whoever may create or change a processor on the instance, or run a pipeline, acts on the cluster as \
this role. One pipeline then reads, overwrites or drops any database.",
    passes: "Built-in roles that read and write every database and administer nothing; custom roles that \
administer nothing; custom roles of another project, which are not known here.",
    mend: "Let the connection execute as the narrowest role that its pipelines need: a custom role of the \
project if one covers them, or else a new \
one of exactly what the stored processors do; where that is not known, a built-in role that administers nothing.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let found = view.connections().filter_map(|(instance, connection)| {
        let role = connection.executes_as.as_ref()?;
        let chain = administrator_of(view.project, connection, role)?;
        let summary = format!("executes as {}, which administers the cluster", way(&chain));
        let object = Object::inside("connection", &connection.name, &instance.name);
        let remedy = narrowed(view, instance, connection);
        let cluster = connection.cluster.as_ref().map_or("", |cluster| &cluster.name);
        let roles = chain.last().map(|role| format!("{role} on cluster {cluster}"));
        Some(Finding::new(&RULE, view, object, summary, remedy).extending(roles))
    });
    Ok(found.collect())
}
