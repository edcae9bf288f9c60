//! The role that a Cluster connection reads and writes as, and `connections execute-as`.

use std::collections::HashSet;

use futures_util::TryStreamExt;
use serde_json::{Value, json};

use super::Instance;
use super::list::{self, LISTING, execute_as};
use crate::atlas::connections;
use crate::atlas::roles::{Action, CustomRole};
use crate::change::{self, Change, Expect, Fact, Plan, Planned, Weight};
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// Built-in roles that a connection can execute as, and what each may do.
const BUILT_IN: [(&str, &str); 3] = [
    (
        "atlasAdmin",
        "administers the cluster: reads and writes every database, makes and drops them, and may \
         do every stream action",
    ),
    ("readWriteAnyDatabase", "reads and writes every database of the cluster"),
    ("readAnyDatabase", "reads every database of the cluster, and writes nothing"),
];

/// Roles that administer; a role that inherits one does so too.
const ADMINISTRATORS: [&str; 5] =
    ["atlasAdmin", "clusterAdmin", "dbAdminAnyDatabase", "root", "userAdminAnyDatabase"];

/// How the name of a role is meant.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct Meaning {
    /// The role is built in: atlasAdmin, readWriteAnyDatabase or readAnyDatabase
    #[arg(long, conflicts_with = "custom", help_heading = "Cluster")]
    pub built_in: bool,
    /// The role is a custom one of the cluster's project
    #[arg(long, help_heading = "Cluster")]
    pub custom: bool,
    /// Let pipelines act as an administrator of the cluster
    #[arg(long, help_heading = "Cluster")]
    pub allow_administrator: bool,
}

/// Which connection is to act as which role.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Whoever may start a processor acts on the cluster as this role, so it should hold no more
than the pipelines need: a custom role. An administrator's role is taken only with
--allow-administrator.

Examples:
  spctl connections execute-as shop ordersWriter --instance orders
  spctl connections execute-as ledger readAnyDatabase --instance payments --dry-run"
)]
pub struct Args {
    /// The connection, of type Cluster
    #[arg(value_name = "NAME")]
    name: String,
    /// The role
    #[arg(value_name = "ROLE")]
    role: String,
    #[command(flatten)]
    instance: Instance,
    #[command(flatten)]
    meaning: Meaning,
    #[command(flatten)]
    wait: Wait,
}

/// A role that was found, and what it may do.
pub struct Judged {
    /// As the API takes it.
    pub document: Value,
    /// For the preview.
    pub facts: Vec<Fact>,
}

/// Changes the role of one connection, and nothing else of it.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let instance = &args.instance.name;
    let look = async || plan(on, &args).await;
    let planned = Planned::by(look).await?;
    let fetch = || list::fetch(on, instance);
    let applied = change::apply(context, planned, None, &LISTING, fetch).await;
    applied
        .then(context, async |done| list::wait(context, on, &args.wait, instance, done).await)
        .await
}

async fn plan(on: &ProjectClient, args: &Args) -> Result<Plan> {
    let instance = &args.instance.name;
    let row = list::one(on, instance, &args.name).await?;
    if row.view.kind != "Cluster" {
        let (name, kind) = (&args.name, &row.view.kind);
        let message = format!("connection {name} is of type {kind}, and executes as no role");
        return Err(Error::usage(message).hint("only connections of type Cluster do"));
    }
    let home = row.view.cluster_group_id.as_deref().unwrap_or(&on.project);
    let before = row.view.db_role_to_execute.clone();
    let mut plan = Plan::new(&on.project, "connection", "change", "changed");
    let kind = kind_of(&args.role, &args.meaning)?;
    if before.as_ref().is_some_and(|before| before.role == args.role && before.kind == kind) {
        plan.unchanged.push(args.name.clone());
    } else {
        let judged =
            judge(&on.elsewhere(home), &args.role, kind, args.meaning.allow_administrator).await?;
        let before = before.as_ref().map_or_else(|| "nothing named".to_owned(), execute_as);
        let after = format!("{} ({})", args.role, kind.to_lowercase());
        let mut facts = vec![Fact::change("execute as", &before, &after).weighs(Weight::Meaning)];
        facts.extend(judged.facts);
        let body = json!({ "type": "Cluster", "dbRoleToExecute": judged.document });
        plan.changes.push(Change {
            object: plan.object(&args.name),
            before: Some(row.raw.clone()),
            facts,
            expect: Expect::Has(body.clone()),
            call: connections::update_call(&on.project, instance, &args.name, body),
        });
    }
    Ok(plan)
}

/// `BUILT_IN` or `CUSTOM`: as said, or by the name.
///
/// # Errors
/// Usage: a role that was called built-in and is none that a connection can execute as.
pub fn kind_of(role: &str, meaning: &Meaning) -> Result<&'static str> {
    let known = BUILT_IN.iter().any(|(name, _)| *name == role);
    match (meaning.built_in, meaning.custom, known) {
        (true, _, false) => {
            let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
            Err(Error::usage(format!(
                "{role} is no built-in role that a connection can execute as"
            ))
            .hint(format!("those are {}", names.join(", "))))
        }
        (_, true, _) | (_, _, false) => Ok("CUSTOM"),
        _ => Ok("BUILT_IN"),
    }
}

/// Looks a role up, says what it may do, and refuses an administrator's unless that is allowed.
///
/// # Errors
/// Not found, where there is no such custom role; usage, for an administrator's.
pub async fn judge(
    on: &ProjectClient,
    role: &str,
    kind: &str,
    allow_administrator: bool,
) -> Result<Judged> {
    let (may, administers) = match kind {
        "BUILT_IN" => {
            let may = BUILT_IN.iter().find(|(name, _)| *name == role);
            let may = may.map_or("unknown to this version of spctl", |(_, may)| *may);
            (vec![may.to_owned()], ADMINISTRATORS.contains(&role).then(|| role.to_owned()))
        }
        _ => {
            let roles: Vec<CustomRole> = on
                .client
                .custom_roles(&on.project)
                .map_ok(|row| row.view)
                .try_collect()
                .await
                .map_err(Error::from)?;
            let Some(found) = roles.iter().find(|custom| custom.role_name == role) else {
                let why = format!("there is no custom role {role:?} in the cluster's project");
                return Err(Error::not_found(why).hint(format!(
                    "spctl roles list --project {} shows those there are; spctl roles create \
                     makes one",
                    on.project
                )));
            };
            (privileges(&roles, found), administrator(&roles, role))
        }
    };
    if let Some(of) = administers.as_ref().filter(|_| !allow_administrator) {
        let how = if of == role { String::new() } else { format!(", by way of {of}") };
        return Err(Error::usage(format!(
            "{role} is an administrator's role{how}: whoever may start a processor would act as one"
        ))
        .hint("name a custom role that holds what the pipelines need, or readWriteAnyDatabase")
        .hint("--allow-administrator takes it all the same"));
    }
    let mut facts: Vec<Fact> = may.into_iter().map(|may| Fact::means("may", may)).collect();
    if administers.is_some() {
        facts.push(Fact::new("warning", "this is an administrator's role"));
    }
    Ok(Judged { document: role_document(role, kind), facts })
}

/// The administrator's role that a custom role inherits, at whatever remove.
fn administrator(roles: &[CustomRole], role: &str) -> Option<String> {
    let mut seen = HashSet::new();
    let mut open = vec![role.to_owned()];
    while let Some(name) = open.pop() {
        if ADMINISTRATORS.contains(&name.as_str()) {
            return Some(name);
        }
        if !seen.insert(name.clone()) {
            continue;
        }
        let found = roles.iter().find(|custom| custom.role_name == name);
        let inherited = found.into_iter().flat_map(|custom| &custom.inherited_roles);
        open.extend(inherited.map(|inherited| inherited.role.clone()));
    }
    None
}

/// What a custom role may do: its actions by place, those of the custom roles it inherits at
/// whatever remove, and the other roles among them.
fn privileges(roles: &[CustomRole], role: &CustomRole) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut seen, mut open) = (HashSet::new(), vec![role]);
    while let Some(one) = open.pop() {
        if !seen.insert(&one.role_name) {
            continue;
        }
        let through = match one.role_name == role.role_name {
            true => String::new(),
            false => format!(" (through {})", one.role_name),
        };
        let actions = one.actions.iter();
        lines.extend(actions.map(|a| format!("{} {}{through}", a.action, places(a))));
        for inherited in &one.inherited_roles {
            match roles.iter().find(|custom| custom.role_name == inherited.role) {
                Some(custom) => open.push(custom),
                None => lines.push(format!("everything of {} on {}", inherited.role, inherited.db)),
            }
        }
    }
    lines
}

fn places(action: &Action) -> String {
    let place = |resource: &crate::atlas::roles::Resource| {
        let named = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        match (resource.cluster, named(&resource.db), named(&resource.collection)) {
            (Some(true), ..) => "on the whole cluster".to_owned(),
            (_, Some(db), Some(collection)) => format!("on {db}.{collection}"),
            (_, Some(db), None) => format!("on {db}"),
            (_, None, Some(collection)) => format!("on every {collection}"),
            _ => "on every database".to_owned(),
        }
    };
    action.resources.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// A role as the API takes it.
pub fn role_document(role: &str, kind: &str) -> Value {
    json!({ "role": role, "type": kind })
}
