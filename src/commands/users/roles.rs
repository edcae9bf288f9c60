//! `users grant` and `users revoke`.

use std::str::FromStr;

use serde_json::{Value, json};

use super::actions;
use super::edit::{self, Edit, Verb, Who, refuse};
use super::list::role;
use super::naming::Known;
use crate::atlas::users::Role;
use crate::change::Fact;
use crate::commands::roles::arg::{self, ActionParser, AllowRemaining};
use crate::commands::roles::remaining::covered;
use crate::commands::roles::view;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::Permission;

/// Which roles or actions to give, and to whom.
#[derive(Debug, clap::Args)]
#[command(after_help = "With --action, a custom role of exactly these actions is found, or made; \
no other user's rights change.

Examples:
  spctl users grant alice --role streamOperator
  spctl users grant alice --role read@sales.invoices
  spctl users grant alice bob --action startStreamProcessor stopStreamProcessor
  spctl users grant alice --action FIND@shop.orders --role-name orders-reader")]
#[group(id = "what", required = true, multiple = true, args = ["roles", "actions"])]
pub struct GrantArgs {
    #[command(flatten)]
    who: Who,
    /// A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default
    #[arg(long = "role", value_name = "ROLE", num_args = 1..)]
    roles: Vec<RoleArg>,
    /// A privilege action, in either spelling, with @DATABASE.COLLECTION for one on data
    #[arg(long = "action", value_name = "ACTION", num_args = 1.., value_parser = ActionParser, hide_possible_values = true)]
    actions: Vec<Permission>,
    /// The custom role for the actions: made under this name, or found under it
    #[arg(long, value_name = "NAME", requires = "actions")]
    role_name: Option<String>,
}

/// Which roles or actions to take, and from whom.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --action, each of the user's custom roles that allows it is replaced by \
one without it, found or made; the role itself, and whoever else holds it, stays as it is. Where the \
action would still be possible, through a built-in role or a right in a wider place, nothing is \
changed without --allow-remaining.

Examples:
  spctl users revoke alice bob --role atlasAdmin --yes
  spctl users revoke alice --action stopStreamProcessor
  spctl users revoke alice --action FIND@shop.orders --allow-remaining"
)]
#[group(id = "what", required = true, multiple = true, args = ["roles", "actions"])]
pub struct RevokeArgs {
    #[command(flatten)]
    who: Who,
    /// A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default
    #[arg(long = "role", value_name = "ROLE", num_args = 1..)]
    roles: Vec<RoleArg>,
    /// A privilege action, in either spelling, with @DATABASE.COLLECTION for one on data
    #[arg(long = "action", value_name = "ACTION", num_args = 1.., value_parser = ActionParser, hide_possible_values = true)]
    actions: Vec<Permission>,
    #[command(flatten)]
    remaining: AllowRemaining,
}

/// A role on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleArg(pub Role);

impl FromStr for RoleArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, place) = text.split_once('@').unwrap_or((text, "admin"));
        let (database, collection) = match place.split_once('.') {
            Some((database, collection)) => (database, Some(collection.to_owned())),
            None => (place, None),
        };
        if name.is_empty() || database.is_empty() || collection.as_deref() == Some("") {
            return Err("say ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION".to_owned());
        }
        Ok(RoleArg(Role {
            role_name: name.to_owned(),
            database_name: database.to_owned(),
            collection_name: collection,
        }))
    }
}

/// A role as the API takes it.
pub fn document(role: &Role) -> Value {
    let mut document = json!({"databaseName": role.database_name, "roleName": role.role_name});
    if let Some(collection) = &role.collection_name {
        document["collectionName"] = json!(collection);
    }
    document
}

/// Adds roles; those held already stay.
pub(super) async fn grant(context: &Context, args: GrantArgs) -> Result<()> {
    let roles: Vec<Role> = args.roles.into_iter().map(|RoleArg(role)| role).collect();
    if !args.actions.is_empty() {
        let actions = args.actions.into_iter().collect();
        return actions::grant(context, &args.who, &roles, actions, args.role_name).await;
    }
    let names = || roles.iter().map(|role| role.role_name.as_str());
    let on = context.project().await?;
    let exist = async || arg::check_given(names(), &arg::graph_of(on, names()).await?);
    edit::edit(context, &args.who, GRANT, exist, |known, (), _| {
        let before = &known.user().roles;
        Ok(change(before, &with(before, &roles)))
    })
    .await
}

/// Takes roles away; a user keeps at least one, as the API demands.
pub(super) async fn revoke(context: &Context, args: RevokeArgs) -> Result<()> {
    let roles: Vec<Role> = args.roles.into_iter().map(|RoleArg(role)| role).collect();
    if !args.actions.is_empty() {
        let actions = args.actions.into_iter().collect();
        let allow = args.remaining.allow_remaining;
        return actions::revoke(context, &args.who, &roles, actions, allow).await;
    }
    let on = context.project().await?;
    let graph = async || Ok(view::graph(&view::fetch(on).await?));
    edit::edit(context, &args.who, REVOKE, graph, |known, graph, notes| {
        check_revoked(known, &roles, graph, notes)?;
        let before = &known.user().roles;
        let after: Vec<Role> = before.iter().filter(|r| !roles.contains(r)).cloned().collect();
        keeps_one(known, before, &after)?;
        let mut edit = change(before, &after);
        if let Edit::Send { facts, .. } = &mut edit {
            let taken = before.iter().filter(|role| !after.contains(role));
            facts.extend(still_allowed(known, taken, &after, graph));
        }
        Ok(edit)
    })
    .await
}

/// What roles that go allow, and those that stay do, too.
pub fn still_allowed<'a>(
    known: &Known,
    taken: impl IntoIterator<Item = &'a Role>,
    after: &[Role],
    graph: &RoleGraph,
) -> Vec<Fact> {
    let others: Vec<GrantedRole> = after.iter().map(held).collect();
    let covered = |role| covered(graph, Some(&known.name), &held(role), &others);
    let lines = taken.into_iter().flat_map(covered);
    lines.map(|text| Fact::new("still allowed", text)).collect()
}

/// A role as a user holds it.
pub fn held(role: &Role) -> GrantedRole {
    GrantedRole {
        role: role.role_name.clone(),
        database: role.database_name.clone(),
        collection: role.collection_name.clone().filter(|name| !name.is_empty()),
    }
}

/// `grant` in the forms that messages need.
pub const GRANT: Verb = Verb("grant roles to", "granted roles to");
/// `revoke` in the forms that messages need.
pub const REVOKE: Verb = Verb("revoke roles of", "revoked roles of");

/// Roles and further ones, each once.
pub fn with(before: &[Role], further: &[Role]) -> Vec<Role> {
    let mut after = before.to_vec();
    for role in further {
        if !after.contains(role) {
            after.push(role.clone());
        }
    }
    after
}

/// Refuses to take the last role, as the API would.
pub fn keeps_one(known: &Known, before: &[Role], after: &[Role]) -> Result<()> {
    if !after.is_empty() || before.is_empty() {
        return Ok(());
    }
    Err(refuse(known, "this would take its last role away, and a user has at least one")
        .hint("grant another role first, or: spctl users delete"))
}

/// Refuses a role to be taken that the user does not hold because there is none of this name: a
/// slip of the pen must not pass for "it is gone already".
pub fn check_revoked(
    known: &Known,
    roles: &[Role],
    graph: &RoleGraph,
    notes: &mut Vec<String>,
) -> Result<()> {
    let held = &known.user().roles;
    for wanted in roles.iter().filter(|wanted| !held.contains(wanted)) {
        let (name, shown) = (&wanted.role_name, role(wanted));
        if !graph.has(name) && !held.iter().any(|r| r.role_name == *name) {
            let why = format!("database user {}: there is no role {shown}", known.name);
            let all: Vec<String> = held.iter().map(role).collect();
            return Err(Error::not_found(why).hint(format!("it holds {}", all.join(", "))));
        }
        let kept: Vec<Role> = held.iter().filter(|r| !roles.contains(r)).cloned().collect();
        let who = &known.name;
        for other in kept.iter().filter(|r| r.role_name == *name) {
            notes.push(format!("{who} does not hold {shown}, but keeps {}", role(other)));
        }
        for fact in still_allowed(known, [wanted], &kept, graph) {
            let text = fact.text;
            notes.push(format!("warning: {who} does not hold {shown}, but is allowed {text}"));
        }
    }
    Ok(())
}

/// The change from one list of roles to another.
pub fn change(before: &[Role], after: &[Role]) -> Edit {
    if before == after {
        return Edit::Unchanged;
    }
    let names = |roles: &[Role]| roles.iter().map(role).collect::<Vec<_>>().join(", ");
    let only = |left: &[Role], right: &[Role]| {
        let only: Vec<Role> = left.iter().filter(|r| !right.contains(r)).cloned().collect();
        names(&only)
    };
    let mut facts = vec![Fact::change("roles", &names(before), &names(after))];
    for (label, roles) in [("gains", only(after, before)), ("loses", only(before, after))] {
        if !roles.is_empty() {
            facts.push(Fact::means(label, roles));
        }
    }
    let roles: Vec<Value> = after.iter().map(document).collect();
    Edit::fields(json!({ "roles": roles }), facts)
}
