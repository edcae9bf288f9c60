//! Users who reach more through a connection than they hold themselves.

use std::collections::HashSet;

use crate::audit::detect::name_in_log;
use crate::privileges::decide::paths::{Path, Paths};
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::{
    Holder, administrator_of, documented, is_elsewhere, looking, some,
};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::permission::Permission;

pub(super) static RULE: Rule = Rule {
    id: "SP105",
    name: "reach-beyond-grants",
    family: Family::LeastPrivilege,
    severity: Severity::Medium,
    title: "User who reaches more through a connection than is held",
    what: "A database user who may create, modify or process on an instance and so decides what its \
pipelines do, where a connection executes as a role that allows something on its cluster which the user \
does not hold there: not in a role, or not within the scopes. High if that role administers the cluster.",
    why: "The user's own grants look narrow, but through a pipeline the user acts with the connection's role. \
A review of users and roles alone does not show it.",
    passes: "Users who only start, stop or look; connections whose role allows nothing that the user does not \
hold; instances where the log (--audit) shows that the user creates processors or runs pipelines, which is its work: \
what of the connection's role that work does not need is SP107's. Connections without a role to execute as are another rule's: what they allow is not known.",
    mend: "Take the actions that decide on pipelines from users who do not need them. Where no log was given, \
the command leaves what the log shows in use; what then remains is told apart with --audit. Or let the connection \
execute as a narrower role: spctl privileges suggest --connection.",
    needs: Some("the instances' audit logs, to tell whose work it is; without them all are found"),
    look,
};

/// So many ways of a user are told.
const TOLD: usize = 3;

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let administered: HashSet<(&str, &str)> = view
        .connections()
        .filter(|(_, connection)| {
            let role = connection.executes_as.as_ref();
            role.is_some_and(|role| administrator_of(view.project, connection, role).is_some())
        })
        .map(|(instance, connection)| (instance.name.as_str(), connection.name.as_str()))
        .collect();
    let paths = Paths::new(&view.decider);
    let found =
        view.holders.iter().filter_map(|holder| finding(view, &paths, &administered, holder));
    Ok(found.collect())
}

/// What is found of a user. `administered` are the connections of instances that administer clusters.
fn finding<'a>(
    view: &View<'a>,
    paths: &Paths<'_, 'a>,
    administered: &HashSet<(&str, &str)>,
    holder: &Holder<'a>,
) -> Option<Finding> {
    let mut more = paths_of(view, paths, holder);
    let mut ways: Vec<Path<'_>> = more.by_ref().take(TOLD).collect();
    let first = ways.first()?;
    let is_grave =
        |path: &Path<'_>| administered.contains(&(path.instance, &*path.connection.name));
    let writes = documented(first.actions.iter().copied());
    let grave = match ways.iter().any(is_grave) {
        true => None,
        false if administered.is_empty() => None,
        false => more.find(is_grave),
    };
    let administers = grave.is_some() || ways.iter().any(is_grave);
    let is_more = grave.is_some() || more.next().is_some();
    if let (Some(grave), Some(last)) = (grave, ways.last_mut()) {
        *last = grave;
    }
    let told: Vec<String> = ways.iter().map(told).collect();
    let rest = if is_more { " and more" } else { "" };
    let summary = format!("may {} and so acts as {}{rest}", some(&writes), told.join(", "));
    let taken = writes.iter().filter_map(|name| name.parse().ok()).collect();
    let untold = view.facts.log.is_err().then(|| view.trimming(holder)).flatten();
    let left = |role| view.project.roles.without(role, &taken);
    // A user has a role at all times.
    let mut roles = holder.user.roles.iter();
    let keeps_one = roles.any(|role| left(role).is_none_or(|left| !left.is_empty()));
    let remedy = match keeps_one {
        true => Remedy::new("users revoke"),
        false => Remedy::new("users grant")
            .name(&holder.name)
            .list("--action", looking())
            .then("users revoke"),
    };
    let remedy = remedy.name(&holder.name).list("--action", writes);
    let remedy = untold.unwrap_or(remedy);
    let object = Object::new("database user", &holder.name);
    let severity = if administers { Severity::High } else { RULE.severity };
    let finding = Finding::new(&RULE, view, object, summary, remedy).graded(severity);
    Some(match view.facts.extents {
        true => finding.extending(extent(view, paths, holder)),
        false => finding,
    })
}

/// What decides on pipelines, and what each connection that gives more than is held allows in all: what
/// the user holds beside that may shrink, and the finding has not grown by it.
fn extent<'a>(view: &View<'a>, paths: &Paths<'_, 'a>, holder: &Holder<'a>) -> Vec<String> {
    let graph = &view.project.roles;
    let mut all: Vec<String> = Vec::new();
    for path in paths_of(view, paths, holder) {
        all.extend(path.actions.iter().map(|action| action.documented.to_owned()));
        let Some(role) = &path.connection.executes_as else { continue };
        let (connection, cluster) = (path.connection, path.cluster);
        let place = format!("{} of {} on {}", connection.name, path.instance, cluster.name);
        if is_elsewhere(view.project, connection) {
            all.push(format!("{place}: {role}"));
            continue;
        }
        let closure = graph.closure([role.clone()]);
        let others = closure.others().into_iter().chain(closure.obscure());
        let others = others.map(|(role, database)| format!("{role}@{database}"));
        let allowed = closure.permissions();
        let allowed = allowed.iter().map(Permission::as_argument).chain(others);
        all.extend(allowed.map(|allowed| format!("{place}: {allowed}")));
    }
    all
}

/// The paths of a user that give more than is held, on instances where the log does not show that what the
/// user writes there is its work.
fn paths_of<'p, 'd, 'a>(
    view: &'p View<'a>,
    paths: &'p Paths<'d, 'a>,
    holder: &'p Holder<'a>,
) -> impl Iterator<Item = Path<'a>> + use<'p, 'd, 'a> {
    let user = holder.user;
    let log = view.facts.log.as_ref().ok();
    let works = log.and_then(|log| log.writers.get(&name_in_log(&user.database, &user.name)));
    paths.from(user).filter(move |path| {
        let is_its_work = works.is_some_and(|instances| instances.contains(path.instance));
        path.is_certain
            && !is_its_work
            && path.connection.executes_as.is_some()
            && path.gain.is_more() == Some(true)
    })
}

/// `ordersWriter on cluster shop-main (connection shop of orders: FIND@shop.orders)`
fn told(path: &Path<'_>) -> String {
    let role = path.connection.executes_as.as_ref().map_or("", |role| &role.role);
    let (cluster, connection) = (&path.cluster.name, &path.connection.name);
    let gain = path.gain.told();
    format!("{role} on cluster {cluster} (connection {connection} of {}: {gain})", path.instance)
}
