//! `users grant` and `users revoke`.

use std::str::FromStr;

use serde_json::{Value, json};

use super::edit::{self, Edit, Verb, Who, refuse};
use super::list::role;
use crate::atlas::users::Role;
use crate::commands::change::Fact;
use crate::context::Context;
use crate::error::Result;

/// Which roles, and whose.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users grant alice --role stream-operator
  spctl users grant alice --role read@sales.invoices
  spctl users revoke alice bob --role atlasAdmin --yes")]
pub struct Args {
    #[command(flatten)]
    who: Who,
    /// A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default
    #[arg(long = "role", value_name = "ROLE", required = true, num_args = 1..)]
    roles: Vec<RoleArg>,
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
pub(super) async fn grant(context: &Context, args: Args) -> Result<()> {
    edit::edit(context, &args.who, Verb("grant roles to", "granted roles to"), |known| {
        let before = &known.user().roles;
        let mut after = before.clone();
        for RoleArg(role) in &args.roles {
            if !after.contains(role) {
                after.push(role.clone());
            }
        }
        Ok(change(before, &after))
    })
    .await
}

/// Takes roles away; a user keeps at least one, as the API demands.
pub(super) async fn revoke(context: &Context, args: Args) -> Result<()> {
    edit::edit(context, &args.who, Verb("revoke roles of", "revoked roles of"), |known| {
        let before = &known.user().roles;
        let taken = |role: &Role| args.roles.iter().any(|RoleArg(r)| r == role);
        let after: Vec<Role> = before.iter().filter(|r| !taken(r)).cloned().collect();
        if after.is_empty() && !before.is_empty() {
            return Err(refuse(
                known,
                "this would take its last role away, and a user has at least one",
            )
            .hint("grant another role first, or: spctl users delete"));
        }
        Ok(change(before, &after))
    })
    .await
}

fn change(before: &[Role], after: &[Role]) -> Edit {
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
            facts.push(Fact::new(label, roles));
        }
    }
    let roles: Vec<Value> = after.iter().map(document).collect();
    Edit::fields(json!({ "roles": roles }), facts)
}
