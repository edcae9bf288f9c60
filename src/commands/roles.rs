//! `spctl roles`: custom database roles, and the stream privilege actions they are made of.

use clap::Subcommand;
use futures_util::stream;
use serde_json::json;
use serde_json::value::to_raw_value;

use crate::atlas::roles::{Action, CustomRole};
use crate::commands::names::{self, Named};
use crate::commands::rows;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::actions;
use crate::ui::{Cell, Column, Detail, Listing};

/// What to do with roles.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the project's custom roles
    #[command(alias = "ls")]
    List(ListArgs),
    /// Show custom roles
    #[command(alias = "show")]
    Get(Named),
    /// List the stream privilege actions: both spellings, what each allows, who holds it
    Actions,
}

/// Which roles to list.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// The roles of people, API keys and service accounts instead, and what each may do
    #[arg(long)]
    project_roles: bool,
}

static LISTING: Listing<CustomRole> = Listing {
    columns: &[
        Column { name: "name", value: |r| r.role_name.as_str().into() },
        Column {
            name: "actions",
            value: |r| Cell::List(r.actions.iter().map(|a| a.action.clone()).collect()),
        },
        Column { name: "inherits", value: |r| Cell::List(inherited(r)) },
    ],
    default: 3,
    name: |r| r.role_name.clone(),
};

static ACTIONS: Listing<&'static actions::Action> = Listing {
    columns: &[
        Column { name: "name", value: |a| a.documented.into() },
        Column { name: "api", value: |a| a.api.into() },
        Column { name: "allows", value: |a| a.allows.into() },
        Column {
            name: "built-in",
            value: |a| Cell::List(a.held_by.iter().map(|r| (*r).to_owned()).collect()),
        },
    ],
    default: 4,
    name: |a| a.api.to_owned(),
};

/// Runs one of them.
///
/// # Errors
/// Those of the API, and of names that are not there.
pub fn run(context: &Context, command: Command) -> Result<()> {
    if let Command::List(ListArgs { project_roles: true }) = command {
        return super::project_roles::list(context);
    }
    context.block_on(async {
        match command {
            Command::List(_) => list(context).await,
            Command::Get(named) => get(context, named).await,
            Command::Actions => list_actions(context).await,
        }
    })
}

async fn list(context: &Context) -> Result<()> {
    context.ui.check(&LISTING)?;
    let rows = rows(context.client()?.custom_roles(&context.project().await?));
    context.ui.list(&LISTING, rows, "no custom roles in this project").await.map(drop)
}

async fn list_actions(context: &Context) -> Result<()> {
    let rows = actions::ACTIONS.iter().map(|action| {
        let document = json!({
            "name": action.documented, "api": action.api,
            "allows": action.allows, "builtIn": action.held_by,
        });
        let raw = to_raw_value(&document);
        Ok((raw.map_err(|e| Error::failed("cannot write an action").source(e))?, action))
    });
    context.ui.list(&ACTIONS, stream::iter(rows), "").await.map(drop)
}

async fn get(context: &Context, named: Named) -> Result<()> {
    let project = context.project().await?;
    let client = context.client()?;
    let fetch = async |name: &str| {
        let role = client.custom_role(&project, name).await.map_err(Error::from);
        role.map_err(|error| match error.kind() {
            Kind::NotFound => missing(&error, name),
            _ => error,
        })
    };
    names::show(context, &LISTING, "role", &named.names, fetch, detail).await
}

fn missing(error: &Error, name: &str) -> Error {
    let missing = Error::not_found(format!("there is no custom role {name:?} in this project"))
        .api(error.api_facts().clone());
    match actions::held_by(name).next() {
        Some(_) => {
            missing.hint(format!("{name} is built in; spctl roles actions shows what it may do"))
        }
        None => missing.hint("spctl roles list shows those there are"),
    }
}

fn inherited(role: &CustomRole) -> Vec<String> {
    role.inherited_roles.iter().map(|r| format!("{}@{}", r.role, r.db)).collect()
}

/// The action in both spellings, and where it applies.
fn action(action: &Action) -> String {
    let resources: Vec<String> = action
        .resources
        .iter()
        .map(|r| match (r.cluster, &r.db, &r.collection) {
            (Some(true), ..) => "everywhere".to_owned(),
            (_, Some(db), Some(collection)) if !collection.is_empty() => {
                format!("{db}.{collection}")
            }
            (_, Some(db), _) if !db.is_empty() => db.clone(),
            _ => "any database".to_owned(),
        })
        .collect();
    match actions::find(&action.action) {
        Some(known) => format!("{} ({}): {}", action.action, known.documented, known.allows),
        None => format!("{} on {}", action.action, resources.join(", ")),
    }
}

fn detail(role: &CustomRole) -> Detail {
    let mut detail = vec![
        ("role", vec![role.role_name.clone()]),
        ("actions", role.actions.iter().map(action).collect()),
    ];
    if !role.inherited_roles.is_empty() {
        detail.push(("inherits", inherited(role)));
    }
    detail
}
