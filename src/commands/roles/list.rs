//! `roles list`, `get`, `actions` and `presets`.

use futures_util::{StreamExt, stream};
use serde_json::{Map, Value, json};

use super::{missing, view};
use crate::atlas::roles::CustomRole;
use crate::commands::names::{self, Named};
use crate::commands::{effective, rows};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::built_in::BuiltInRole;
use crate::privileges::catalogue::presets::{PRESETS, Preset};
use crate::privileges::catalogue::{actions, built_in};
use crate::ui::{Cell, Column, Detail, Listing, row};

/// Which roles to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl roles list
  spctl roles list --custom -q
  spctl roles list --built-in -o json
  spctl roles list --project-roles")]
pub struct ListArgs {
    /// Only the roles that every project has
    #[arg(long, group = "which")]
    built_in: bool,
    /// Only the project's own roles
    #[arg(long, group = "which")]
    custom: bool,
    /// The roles of people, API keys and service accounts instead, and what each may do
    #[arg(long, group = "which")]
    pub(super) project_roles: bool,
}

/// The columns of a role.
pub static LISTING: Listing<CustomRole> = Listing {
    columns: &[
        Column::identifying("name", |r| r.role_name.as_str().into()),
        Column::telling_apart("kind", |r| match built_in::find(&r.role_name) {
            Some(_) => "built-in".into(),
            None => "custom".into(),
        }),
        Column::new("actions", |r| {
            Cell::List(r.actions.iter().map(|a| a.action.clone()).collect())
        }),
        Column::new("inherits", |r| Cell::List(view::inherited(&r.inherited_roles))),
    ],
    default: 4,
    name: |r| r.role_name.clone(),
};

static ACTIONS: Listing<&'static actions::Action> = Listing {
    columns: &[
        Column::identifying("name", |a| a.documented.into()),
        Column::telling_apart("api", |a| a.api.into()),
        Column::new("allows", |a| a.allows.into()),
        Column::new("built-in", |a| {
            Cell::List(a.held_by.iter().map(|r| (*r).to_owned()).collect())
        }),
        Column::new("presets", |a| Cell::List(presets_with(a))),
    ],
    default: 4,
    name: |a| a.api.to_owned(),
};

static PRESET_LISTING: Listing<&'static Preset> = Listing {
    columns: &[
        Column::identifying("name", |p| p.name.into()),
        Column::new("allows", |p| p.allows.into()),
        Column::new("actions", |p| {
            Cell::List(p.actions().map(|a| a.documented.to_owned()).collect())
        }),
    ],
    default: 3,
    name: |p| p.name.to_owned(),
};

fn presets_with(action: &actions::Action) -> Vec<String> {
    let holds = |preset: &&Preset| preset.actions().any(|held| held == action);
    PRESETS.iter().filter(holds).map(|preset| preset.name.to_owned()).collect()
}

/// Lists the project's roles, then the built-in ones.
pub(super) async fn list(context: &Context, args: ListArgs) -> Result<()> {
    context.ui.check(&LISTING)?;
    let built_in = built_in::ROLES.iter().map(|role| {
        let row = view::built_in(role)?;
        Ok((row.raw, row.view))
    });
    let built_in = stream::iter(built_in);
    if args.built_in {
        return context.ui.list(&LISTING, built_in, "").await.map(drop);
    }
    let on = context.project().await?;
    let custom = rows(on.client.custom_roles(&on.project));
    let nothing = "no custom roles in this project";
    match args.custom {
        true => context.ui.list(&LISTING, custom, nothing).await.map(drop),
        false => context.ui.list(&LISTING, custom.chain(built_in), nothing).await.map(drop),
    }
}

/// Shows roles by name.
pub(super) async fn get(context: &Context, named: Named) -> Result<()> {
    let listed = names::Listed::default();
    let find = async |name: &str, many: bool| {
        if let Some(role) = built_in::find(name) {
            return view::built_in(role);
        }
        let on = context.project().await?;
        if many {
            let all = async || view::fetch(on).await;
            let found = listed.find(name, all, |role| vec![role.role_name.clone()]).await?;
            return found.ok_or_else(|| missing(name));
        }
        let role = on.client.custom_role(&on.project, name).await.map_err(Error::from);
        role.map_err(|error| match error.kind() {
            Kind::NotFound => missing(name).api(error.api_facts().clone()),
            _ => error,
        })
    };
    let fetch = async |name: &str, many: bool| {
        effective::with(find(name, many).await?, |role| Ok(facts(role)))
    };
    names::show(context, &LISTING, "role", &named.names, fetch, detail).await
}

/// Lists the stream actions.
pub(super) fn list_actions(context: &Context) -> Result<()> {
    let rows = actions::ACTIONS.iter().map(|action| {
        let document = row::document(&json!({
            "name": action.documented, "api": action.api, "allows": action.allows,
            "builtIn": action.held_by, "presets": presets_with(action),
        }))?;
        Ok((document, action))
    });
    context.ui.list_all(&ACTIONS, rows, "").map(drop)
}

/// Lists the presets.
pub(super) fn list_presets(context: &Context) -> Result<()> {
    let rows = PRESETS.iter().map(|preset| {
        let actions: Vec<&str> = preset.actions().map(|action| action.api).collect();
        let document = json!({"name": preset.name, "allows": preset.allows, "actions": actions});
        Ok((row::document(&document)?, preset))
    });
    context.ui.list_all(&PRESET_LISTING, rows, "").map(drop)
}

/// Where a built-in role can be granted.
fn granted_on(role: &BuiltInRole) -> &'static str {
    if role.on_admin { "admin only" } else { "any database" }
}

/// What is computed of a role: what its stream actions are called elsewhere, and allow.
fn facts(role: &CustomRole) -> Value {
    let known = role.actions.iter().filter_map(|action| actions::find(&action.action));
    let explained = known.map(|action| {
        json!({ "action": action.api, "documented": action.documented, "allows": action.allows })
    });
    let explained: Vec<_> = explained.collect();
    let mut facts = Map::new();
    if let Some(built_in) = built_in::find(&role.role_name) {
        facts.insert("grantedOn".into(), granted_on(built_in).into());
    }
    if !explained.is_empty() {
        facts.insert("actions".into(), explained.into());
    }
    facts.into()
}

fn detail(role: &CustomRole) -> Detail {
    let mut detail = vec![("role", vec![role.role_name.clone()])];
    if let Some(built_in) = built_in::find(&role.role_name) {
        detail.push(("kind", vec!["built-in".to_owned()]));
        detail.push(("allows", vec![built_in.allows.to_owned()]));
        detail.push(("granted on", vec![granted_on(built_in).to_owned()]));
    }
    if !role.actions.is_empty() {
        detail.push(("actions", role.actions.iter().map(view::explained).collect()));
    }
    if !role.inherited_roles.is_empty() {
        detail.push(("inherits", view::inherited(&role.inherited_roles)));
    }
    detail
}
