//! Actions and inherited roles on the command line.

use std::ffi::OsStr;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;

use super::view;
use crate::commands::consequence::Around;
use crate::commands::known::Verbatim;
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::catalogue::{actions, built_in, presets};
use crate::privileges::definition::RoleOn;
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::{Permission, action_names, check_database};

/// Reads an action in any spelling; shells complete the eleven stream actions.
#[derive(Debug, Clone, Copy)]
pub struct ActionParser;

impl TypedValueParser for ActionParser {
    type Value = Permission;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> std::result::Result<Permission, clap::Error> {
        let text = value.to_string_lossy();
        text.parse().map_err(|why| {
            let option = arg.map(ToString::to_string).unwrap_or_default();
            let message = format!(
                "invalid value '{text}' for '{option}': {why}\n\n  \
                 tip: spctl roles actions lists the stream actions, such as stopStreamProcessor\n"
            );
            clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let value = |a: &'static actions::Action| PossibleValue::new(a.documented).help(a.allows);
        Some(Box::new(actions::ACTIONS.iter().map(value)))
    }
}

/// Reads the name of a preset.
pub fn preset_name() -> PossibleValuesParser {
    PossibleValuesParser::new(presets::PRESETS.iter().map(|preset| preset.name))
}

/// The permissions of a preset.
pub fn preset(name: &str) -> impl Iterator<Item = Permission> {
    presets::find(name).into_iter().flat_map(presets::Preset::actions).map(Permission::stream)
}

/// A role to inherit: `ROLE` or `ROLE@DATABASE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inherit(pub RoleOn);

impl FromStr for Inherit {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let (role, database) = text.split_once('@').unwrap_or((text, "admin"));
        match role.is_empty() || database.is_empty() {
            true => Err("expected ROLE or ROLE@DATABASE".to_owned()),
            false => {
                check_database(database).map(|()| Inherit((role.to_owned(), database.to_owned())))
            }
        }
    }
}

/// Whether to remove what can be removed even if an action stays possible.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct AllowRemaining {
    /// Remove what can be removed, even if the action stays possible in other ways
    #[arg(long)]
    pub allow_remaining: bool,
}

/// Refuses to allow an action that this program does not know, unless it is to be sent all the same.
///
/// # Errors
/// Usage, with the nearest names.
pub fn check_added<'a>(
    actions: impl IntoIterator<Item = &'a Permission>,
    verbatim: Verbatim,
) -> Result<()> {
    match actions.into_iter().find(|permission| !permission.is_known()) {
        None => Ok(()),
        Some(unknown) => verbatim.or(|| not_known(unknown)),
    }
}

/// An action that is not known, with the nearest names in the documentation's spelling.
fn not_known(permission: &Permission) -> Error {
    let near = near::near(&permission.action, action_names()).into_iter();
    let near = near.map(|name| actions::find(name).map_or(name, |action| action.documented));
    let otherwise = "spctl roles actions lists the stream actions";
    Error::usage(format!("there is no action {permission}")).hint(near::suggestion(near, otherwise))
}

/// Refuses to remove an unknown action that no role allows, unless it is meant all the same: a typo
/// must not pass for "already removed".
///
/// # Errors
/// Usage, with the nearest names.
pub fn check_removed<'a>(
    actions: impl IntoIterator<Item = &'a Permission>,
    graph: &RoleGraph,
    verbatim: Verbatim,
) -> Result<()> {
    let allowed = |wanted: &Permission| {
        let mut all = graph.definitions().flat_map(|(_, definition)| &definition.permissions);
        all.any(|p| p.action == wanted.action)
    };
    match actions.into_iter().find(|p| !p.is_known() && !allowed(p)) {
        None => Ok(()),
        Some(unknown) => verbatim.or(|| not_known(unknown)),
    }
}

/// Refuses to grant or inherit a role that does not exist, or where no role of its kind is granted:
/// better before the confirmation than by the API after it. The built-in roles are an enumeration of
/// the API.
///
/// # Errors
/// Not found, with the nearest name; usage, with the way to write it.
pub fn check_given(roles: impl IntoIterator<Item = GrantedRole>, graph: &RoleGraph) -> Result<()> {
    roles.into_iter().try_for_each(|role| {
        let name = &role.role;
        if !graph.has(name) {
            let error = Error::not_found(format!("there is no role {name:?}"));
            let otherwise = "spctl roles list shows which ones exist; spctl roles create adds one";
            return Err(error.hint(near::hint(name, graph.names(), otherwise)));
        }
        check_place(&role)
    })
}

/// Refuses a role on a database or collection where it cannot be granted.
fn check_place(role: &GrantedRole) -> Result<()> {
    let name = &role.role;
    let elsewhere = || {
        let roles = built_in::ROLES.iter().filter(|role| !role.on_admin);
        roles.map(|role| role.name).collect::<Vec<_>>().join(", ")
    };
    let (kind, otherwise) = match built_in::find(name) {
        Some(built_in) if !built_in.on_admin => return Ok(()),
        Some(_) => ("the built-in role", format!("grant one of {}", elsewhere())),
        None => {
            ("the custom role", "name them in its actions, as in FIND@DATABASE.COLLECTION".into())
        }
    };
    let why = match (role.database.as_str(), &role.collection) {
        ("admin", None) => return Ok(()),
        ("admin", Some(collection)) => format!("cannot be limited to a collection: {collection}"),
        (database, _) => format!("is granted on admin, not on {database}"),
    };
    Err(Error::usage(format!("{kind} {name} {why}"))
        .hint(format!("write {name} alone; for single databases or collections, {otherwise}")))
}

/// The custom roles of a project, and these, if any of these names is not built in; otherwise none are
/// needed.
///
/// # Errors
/// Those of the API.
pub async fn graph_of<'a>(
    around: &Around,
    roles: impl IntoIterator<Item = &'a str>,
) -> Result<RoleGraph> {
    let custom: Vec<&str> =
        roles.into_iter().filter(|role| built_in::find(role).is_none()).collect();
    match custom.is_empty() {
        true => Ok(RoleGraph::default()),
        false => Ok(view::graph(&around.roles_with(around.project(), custom).await?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_inherited_on_admin_unless_told_otherwise() {
        let on = |role: &str, db: &str| Ok(Inherit((role.to_owned(), db.to_owned())));
        assert_eq!("streamViewer".parse(), on("streamViewer", "admin"));
        assert_eq!("read@shop".parse(), on("read", "shop"));
        assert!("@shop".parse::<Inherit>().is_err() && "read@".parse::<Inherit>().is_err());
    }
}
