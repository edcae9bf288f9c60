//! `roles get`.

use serde_json::{Map, Value, json};

use super::list::LISTING;
use super::{missing, view};
use crate::atlas::roles::CustomRole;
use crate::commands::effective;
use crate::commands::names::{self, Named};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::built_in::BuiltInRole;
use crate::privileges::catalogue::{actions, built_in};
use crate::ui::Detail;

/// Shows roles by name.
pub(super) async fn run(context: &Context, named: Named) -> Result<()> {
    let listed = names::Listed::default();
    let find = async |name: &str, many: bool| {
        let name = super::plain(name);
        if let Some(role) = built_in::find(name) {
            return view::built_in(role);
        }
        let on = context.project().await?;
        if many {
            let all = async || view::fetch(on).await;
            let found = listed.find(name, all, |role| vec![role.role_name.clone()]).await?;
            return match found {
                Some(row) => Ok(row),
                None => {
                    let built_in = built_in::ROLES.iter().map(|role| role.name);
                    Err(missing(name, built_in.chain(listed.names())))
                }
            };
        }
        match on.client.custom_role(&on.project, name).await.map_err(Error::from) {
            Err(error) if error.kind() == Kind::NotFound => {
                let known = view::fetch(on).await.unwrap_or_default();
                Err(missing(name, view::graph(&known).names()).api(error.api_facts().clone()))
            }
            role => role,
        }
    };
    let fetch = async |name: &str, many: bool| {
        effective::with(find(name, many).await?, |role| Ok(facts(role)))
    };
    names::show(context, &LISTING, "role", &named.names, fetch, detail).await
}

/// Where a built-in role can be granted.
fn granted_on(role: &BuiltInRole) -> &'static str {
    if role.on_admin { "admin only" } else { "any database" }
}

/// What is computed for a role: the other spelling of its stream actions, and what they allow.
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
