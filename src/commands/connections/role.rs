//! The role that a Cluster connection reads and writes as.

use serde_json::{Map, Value, json};

use super::body::Body;
use crate::atlas::Row;
use crate::atlas::connections::Connection;
use crate::atlas::roles::{Action, CustomRole};
use crate::change::Fact;
use crate::commands::consequence::Around;
use crate::commands::processors::through::{Execution, Processors};
use crate::commands::roles::view;
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::catalogue::built_in;
use crate::privileges::graph::{Closure, GrantedRole, Reached, RoleGraph};
use crate::session::ProjectClient;
use crate::shell::quote;

/// Which kind of role a name means.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct RoleFlags {
    /// The role is built in: atlasAdmin, readWriteAnyDatabase or readAnyDatabase
    #[arg(long, conflicts_with = "custom", help_heading = "Cluster")]
    pub built_in: bool,
    /// The role is a custom role of the cluster's project
    #[arg(long, help_heading = "Cluster")]
    pub custom: bool,
    /// Let pipelines act as an administrator of the cluster
    #[arg(long, help_heading = "Cluster")]
    pub allow_administrator: bool,
}

/// The role of a connection that is made or changed.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct RoleOption {
    /// The role that pipelines read and write the cluster as
    #[arg(id = "execute_as", long = "execute-as", value_name = "ROLE", help_heading = "Cluster")]
    pub name: Option<String>,
    #[command(flatten)]
    pub flags: RoleFlags,
}

/// A role to execute as, and what it may do.
pub struct ExecutionRole {
    /// As the API takes it.
    pub document: Value,
    /// For the preview.
    pub facts: Vec<Fact>,
    /// The roles of the cluster's project, as far as they matter.
    graph: RoleGraph,
    role: GrantedRole,
}

impl ExecutionRole {
    /// What the processors of the connection's instance do through it, and this role does not
    /// allow.
    pub fn losses(&self, processors: &Processors, connection: &str) -> Vec<Fact> {
        let after = Execution { graph: &self.graph, roles: std::slice::from_ref(&self.role) };
        processors.losses(connection, None, None, after)
    }
}

/// `BUILT_IN` or `CUSTOM`: as the options say, or by the name.
///
/// # Errors
/// Usage: `--built-in` with a role that is not, or that a connection cannot execute as.
pub fn kind_of(role: &str, role_flags: &RoleFlags) -> Result<&'static str> {
    let known = built_in::find(role).is_some_and(|role| role.execute_as.is_some());
    match (role_flags.built_in, role_flags.custom, known) {
        (true, _, false) => {
            let names: Vec<&str> = built_in::for_connections().map(|role| role.name).collect();
            Err(Error::usage(format!(
                "{role} is not a built-in role that a connection can execute as"
            ))
            .hint(format!("the built-in roles for connections are {}", names.join(", "))))
        }
        (_, true, _) | (_, _, false) => Ok("CUSTOM"),
        _ => Ok("BUILT_IN"),
    }
}

/// Looks up a role of a project and what it may do, and refuses an administrator's unless that is allowed.
///
/// # Errors
/// Not found, if there is no such custom role; usage, for an administrator's.
pub async fn assess(
    around: &Around,
    project: &str,
    role: &str,
    kind: &str,
    allow_administrator: bool,
) -> Result<ExecutionRole> {
    let (may, administers, graph) = match kind {
        "BUILT_IN" => {
            let may = built_in::find(role).and_then(|role| role.execute_as);
            let may = may.unwrap_or("unknown to this version of spctl");
            let administers = built_in::administers(role).then(|| role.to_owned());
            (vec![may.to_owned()], administers, RoleGraph::default())
        }
        _ => {
            let roles = around.roles_with(project, [role]).await?;
            let graph = view::graph(&roles);
            if !graph.has_custom(role) {
                let why = format!("there is no custom role {role:?} in the cluster's project");
                let otherwise = format!(
                    "spctl roles list --project {} shows which ones exist; spctl roles create \
                     adds one",
                    quote(project)
                );
                let custom = roles.iter().map(|row| row.view.role_name.as_str());
                let built_in = built_in::for_connections().map(|role| role.name);
                let known = custom.chain(built_in);
                return Err(Error::not_found(why).hint(near::hint(role, known, otherwise)));
            }
            // A role is no less dangerous because part of it is not understood.
            let closure = graph.closure([GrantedRole::on_admin(role)]);
            let mut names = closure.0.iter().map(|reached| &reached.role.role);
            let administrator = names.find(|name| built_in::administers(name)).cloned();
            (privileges(&closure, &roles), administrator, graph)
        }
    };
    if let Some(of) = administers.as_ref().filter(|_| !allow_administrator) {
        let how = if of == role { String::new() } else { format!(", through {of}") };
        return Err(Error::usage(format!(
            "{role} is an administrator's role{how}: anyone who may start a processor would act as one"
        ))
        .hint(format!(
            "name a custom role that holds what the pipelines need, or {}",
            built_in::READ_WRITE_ANY.name
        ))
        .hint("--allow-administrator accepts it anyway"));
    }
    let mut facts: Vec<Fact> = may.into_iter().map(|may| Fact::means("may", may)).collect();
    if administers.is_some() {
        facts.push(Fact::new("warning", "this is an administrator's role"));
    }
    let document = role_document(role, kind);
    Ok(ExecutionRole { document, facts, graph, role: GrantedRole::on_admin(role) })
}

/// What these roles may do: the actions of custom roles by resource, and the other roles.
fn privileges(closure: &Closure<'_>, roles: &[Row<CustomRole>]) -> Vec<String> {
    let lines = |reached: &Reached<'_>| {
        let GrantedRole { role, database, .. } = &reached.role;
        let through = match reached.through.is_empty() {
            true => String::new(),
            false => format!(" (through {role})"),
        };
        match roles.iter().find(|row| row.view.role_name == *role) {
            Some(row) => {
                let actions = row.view.actions.iter();
                actions.map(|a| format!("{} {}{through}", a.action, places(a))).collect()
            }
            None => vec![format!("everything that {role} allows on {database}")],
        }
    };
    closure.0.iter().flat_map(lines).collect()
}

fn places(action: &Action) -> String {
    let place = |resource: &crate::atlas::roles::Resource| {
        let named = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        match (resource.cluster, named(&resource.db), named(&resource.collection)) {
            (Some(true), ..) => "on the whole cluster".to_owned(),
            (_, Some(db), Some(collection)) => format!("on {db}.{collection}"),
            (_, Some(db), None) => format!("on {db}"),
            (_, None, Some(collection)) => format!("on {collection} in every database"),
            _ => "on every database".to_owned(),
        }
    };
    action.resources.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// A role as the API takes it.
pub fn role_document(role: &str, kind: &str) -> Value {
    json!({ "role": role, "type": kind })
}

/// The role that a Cluster connection is to execute as, and its kind; there is no default.
///
/// # Errors
/// Usage: none is given, or one that a connection cannot execute as.
pub(super) fn role_to_execute(body: &Body, option: &RoleOption) -> Result<(String, String)> {
    if let Some(role) = &option.name {
        return Ok((role.clone(), kind_of(role, &option.flags)?.to_owned()));
    }
    match body.text(&["dbRoleToExecute", "role"]) {
        Some(role) => {
            let kind = match body.text(&["dbRoleToExecute", "type"]) {
                Some(kind) => kind,
                None => kind_of(role, &option.flags)?,
            };
            Ok((role.to_owned(), kind.to_owned()))
        }
        None => Err(Error::usage("a Cluster connection needs a role to execute as")
            .hint("add --execute-as ROLE: a custom role that holds what the pipelines need")
            .hint("there is no default, because any default would allow too much")),
    }
}

/// The part of a patch that says which role is executed as. In another project the role of the same
/// name is another one: a connection that moves there is judged anew.
pub(super) fn names_role(
    on: &ProjectClient,
    patch: &mut Body,
    before: (&Map<String, Value>, &Connection),
    option: &RoleOption,
) -> bool {
    let (fields, connection) = before;
    let home = fields.get("clusterGroupId").and_then(Value::as_str).unwrap_or(&on.project);
    let moves = patch.text(&["clusterGroupId"]).is_some_and(|to| to != home);
    let is_named = option.name.is_some() || patch.sent.contains_key("dbRoleToExecute");
    match &connection.db_role_to_execute {
        Some(role) if moves && !is_named => {
            patch.set(&["dbRoleToExecute"], role_document(&role.role, &role.kind));
            true
        }
        _ => is_named,
    }
}

/// Sets the role, of the project that the body names or else of `home`, and returns what it may do; the
/// facts begin with the role itself.
pub(super) async fn set_role(
    around: &Around,
    home: &str,
    body: &mut Body,
    (role, kind): (String, String),
    role_flags: &RoleFlags,
) -> Result<ExecutionRole> {
    let home = body.text(&["clusterGroupId"]).unwrap_or(home);
    let mut assessed = assess(around, home, &role, &kind, role_flags.allow_administrator).await?;
    body.set(&["dbRoleToExecute"], role_document(&role, &kind));
    let text = format!("{role} ({})", kind.to_lowercase());
    assessed.facts.insert(0, Fact::new("execute as", text));
    Ok(assessed)
}
