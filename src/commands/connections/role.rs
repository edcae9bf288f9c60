//! The role that a Cluster connection reads and writes as, and `connections execute-as`.

use serde_json::{Value, json};

use super::Instance;
use super::list::{self, LISTING, execute_as};
use crate::atlas::Row;
use crate::atlas::connections;
use crate::atlas::roles::{Action, CustomRole};
use crate::change::{self, Change, Expect, Fact, Plan, Planned, Weight};
use crate::commands::roles::view;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::catalogue::built_in;
use crate::privileges::graph::{Closure, GrantedRole, Reached};
use crate::session::ProjectClient;

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
        plan.unchanged(plan.object(&args.name));
    } else {
        let judged =
            judge(&on.elsewhere(home), &args.role, kind, args.meaning.allow_administrator).await?;
        let before = before.as_ref().map_or_else(|| "nothing named".to_owned(), execute_as);
        let after = format!("{} ({})", args.role, kind.to_lowercase());
        let mut facts = vec![Fact::change("execute as", &before, &after).weighs(Weight::Meaning)];
        facts.extend(judged.facts);
        let body = json!({ "type": "Cluster", "dbRoleToExecute": judged.document });
        let expect = Expect::Has(body.clone());
        let call = connections::update_call(&on.project, instance, &args.name, body);
        let change = Change::new(plan.object(&args.name), call, expect);
        plan.change(change.was(row.raw.clone()).facts(facts));
    }
    Ok(plan)
}

/// `BUILT_IN` or `CUSTOM`: as said, or by the name.
///
/// # Errors
/// Usage: a role that was called built-in and is none that a connection can execute as.
pub fn kind_of(role: &str, meaning: &Meaning) -> Result<&'static str> {
    let known = built_in::find(role).is_some_and(|role| role.execute_as.is_some());
    match (meaning.built_in, meaning.custom, known) {
        (true, _, false) => {
            let names: Vec<&str> = built_in::for_connections().map(|role| role.name).collect();
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
            let may = built_in::find(role).and_then(|role| role.execute_as);
            let may = may.unwrap_or("unknown to this version of spctl");
            (vec![may.to_owned()], built_in::administers(role).then(|| role.to_owned()))
        }
        _ => {
            let roles = view::fetch(on).await?;
            let graph = view::graph(&roles);
            if !graph.has_custom(role) {
                let why = format!("there is no custom role {role:?} in the cluster's project");
                return Err(Error::not_found(why).hint(format!(
                    "spctl roles list --project {} shows those there are; spctl roles create \
                     makes one",
                    on.project
                )));
            }
            // What cannot be understood of a role on the way does not make it harmless.
            let closure = graph.closure([GrantedRole::on_admin(role)]);
            let mut names = closure.0.iter().map(|reached| &reached.role.role);
            let administrator = names.find(|name| built_in::administers(name)).cloned();
            (privileges(&closure, &roles), administrator)
        }
    };
    if let Some(of) = administers.as_ref().filter(|_| !allow_administrator) {
        let how = if of == role { String::new() } else { format!(", by way of {of}") };
        return Err(Error::usage(format!(
            "{role} is an administrator's role{how}: whoever may start a processor would act as one"
        ))
        .hint(format!(
            "name a custom role that holds what the pipelines need, or {}",
            built_in::READ_WRITE_ANY.name
        ))
        .hint("--allow-administrator takes it all the same"));
    }
    let mut facts: Vec<Fact> = may.into_iter().map(|may| Fact::means("may", may)).collect();
    if administers.is_some() {
        facts.push(Fact::new("warning", "this is an administrator's role"));
    }
    Ok(Judged { document: role_document(role, kind), facts })
}

/// What custom roles among these may do: their actions by place, and the other roles.
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
            None => vec![format!("everything of {role} on {database}")],
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
