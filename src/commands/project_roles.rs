//! The roles that people, API keys and service accounts hold in projects and organisations, and
//! what each may do here.

use serde_json::json;

use crate::context::Context;
use crate::error::Result;
use crate::privileges::catalogue::atlas_roles::{self, AtlasRole, ROLES, RoleLevel};
use crate::privileges::catalogue::operations::{self, Caller, TABLE};
use crate::ui::{Cell, Column, Listing, row};

/// What people do with this program, each by the one operation that stands for it.
const ABILITIES: &[(&str, &str)] = &[
    ("read the project", "getGroup"),
    ("manage database users and custom roles", "createGroupDatabaseUser"),
    ("manage instances", "createGroupStreamWorkspace"),
    ("manage connections and processors", "createGroupStreamConnection"),
    ("accept peerings", "acceptGroupStreamVpcPeeringConnection"),
    ("download logs", "downloadGroupStreamAuditLogs"),
    ("manage access lists", "createGroupAccessListEntry"),
    ("manage project members", "addGroupUsers"),
    ("delete the project", "deleteGroup"),
    ("see the organisation and its members", "listOrgUsers"),
    ("manage organisation members and create projects", "createOrgUser"),
];

struct RoleRights {
    role: &'static AtlasRole,
    may: Vec<&'static str>,
    operations: Vec<&'static str>,
    includes: Vec<&'static str>,
}

static LISTING: Listing<RoleRights> = Listing {
    columns: &[
        Column::identifying("name", |k| k.role.display.into()),
        Column::new("typed", |k| typed(k.role).into()),
        Column::new("api", |k| k.role.api.into()),
        Column::new("operations", |k| Cell::Count(k.operations.len() as u64)),
        Column::new("may", |k| texts(&k.may)),
        Column::new("includes", |k| texts(&k.includes)),
        Column::new("held-in", |k| held_in(k.role).into()),
    ],
    default: 5,
    name: |k| typed(k.role),
};

fn texts(texts: &[&str]) -> Cell {
    Cell::List(texts.iter().map(|text| (*text).to_owned()).collect())
}

/// `project-read-only`: the spelling that needs no quotes.
fn typed(role: &AtlasRole) -> String {
    role.display.to_lowercase().replace(' ', "-")
}

fn held_in(role: &AtlasRole) -> &'static str {
    match role.level {
        RoleLevel::Project => "project",
        RoleLevel::Organization => "organisation",
    }
}

/// The operations that a role allows, except those that anyone may call.
fn operations(role: &AtlasRole) -> Vec<&'static str> {
    let guarded = TABLE.iter().filter(|(caller, _)| matches!(caller, Caller::Holding(_)));
    let ids = guarded.flat_map(|(_, ids)| ids.iter().copied());
    ids.filter(|id| operations::allowed([role.display], id)).collect()
}

/// Lists the roles.
///
/// # Errors
/// Usage: an unknown column.
pub fn list(context: &Context) -> Result<()> {
    let rows = ROLES.iter().map(|role| {
        let others = ROLES.iter().filter(|other| other.api != role.api);
        let known = RoleRights {
            role,
            may: ABILITIES
                .iter()
                .filter(|(_, id)| operations::allowed([role.display], id))
                .map(|(text, _)| *text)
                .collect(),
            operations: operations(role),
            includes: others
                .filter(|other| atlas_roles::includes(role.display, other.display))
                .map(|other| other.display)
                .collect(),
        };
        let document = json!({
            "name": role.display, "api": role.api, "typed": typed(role),
            "heldIn": held_in(role), "may": known.may, "operations": known.operations,
            "includes": known.includes,
        });
        Ok((row::document(&document)?, known))
    });
    context.ui.list_all(&LISTING, rows, "").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ability_stands_for_an_operation() {
        for (text, id) in ABILITIES {
            assert!(operations::caller(id).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_typed_is_found() {
        for role in ROLES {
            assert_eq!(atlas_roles::find(&typed(role)).map(|r| r.api), Some(role.api));
        }
    }
}
