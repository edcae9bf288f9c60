//! Roles of people, as they are typed and as they are shown.

use crate::atlas::members::Home;
use crate::comma_list::{CommaList, Items};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::catalogue::atlas_roles::{self, RoleLevel};

/// Which roles.
#[derive(Debug, Clone, clap::Args)]
pub struct RoleArgs {
    /// A role: Project Owner, project-owner or GROUP_OWNER (spctl roles list --project-roles)
    #[arg(long = "role", value_name = "ROLE,…", required = true, num_args = 1..)]
    roles: Vec<CommaList<String>>,
}

impl RoleArgs {
    /// The API's names, each once. An unknown role is passed on with a note.
    ///
    /// # Errors
    /// Usage: a role of organisations for a project, or the other way round.
    pub fn api(&self, context: &Context, home: &Home) -> Result<Vec<String>> {
        let mut roles: Vec<String> = Vec::new();
        for given in self.roles.items() {
            let role = match atlas_roles::find(given) {
                Some(role) => {
                    fits(role, home)?;
                    role.api.to_owned()
                }
                None => {
                    let role = guess(given);
                    context.ui.note(format!("unknown role {given:?}; sent as {role}"));
                    context.ui.hint("spctl roles list --project-roles shows the known ones");
                    role
                }
            };
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        Ok(roles)
    }
}

fn fits(role: &atlas_roles::AtlasRole, home: &Home) -> Result<()> {
    let display = role.display;
    match (role.level, home) {
        (RoleLevel::Organization, Home::Project(_)) => {
            Err(Error::usage(format!("{display} is an organisation role, not a project role"))
                .hint("add --in-org to use the organisation"))
        }
        (RoleLevel::Project, Home::Org(_)) => {
            Err(Error::usage(format!("{display} is a project role, not an organisation role"))
                .hint("omit --in-org and --org, and choose a project with --project"))
        }
        _ => Ok(()),
    }
}

/// The API's name of an unknown role, by the rule that the known names follow; anything that does
/// not look like a role's name is returned unchanged.
fn guess(given: &str) -> String {
    let words = given.trim().to_ascii_uppercase().replace(['-', ' '], "_");
    let prefixed = [("PROJECT_", "GROUP_"), ("ORGANIZATION_", "ORG_"), ("ORGANISATION_", "ORG_")]
        .iter()
        .find_map(|(display, api)| Some(format!("{api}{}", words.strip_prefix(display)?)));
    match prefixed {
        Some(name) => name,
        None if words.starts_with("GROUP_") || words.starts_with("ORG_") => words,
        None => given.to_owned(),
    }
}

/// The name that the documentation uses, or the API's if none is known.
pub fn display(api: &str) -> String {
    atlas_roles::find(api).map_or_else(|| api.to_owned(), |role| role.display.to_owned())
}

/// Several, for one line.
pub fn displays(roles: &[String]) -> String {
    match roles.is_empty() {
        true => "none".to_owned(),
        false => roles.iter().map(|role| display(role)).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_role_is_spelt_as_the_api_spells_roles() {
        for given in ["project-cluster-manager", "Project Cluster Manager", "group_cluster_manager"]
        {
            assert_eq!(guess(given), "GROUP_CLUSTER_MANAGER");
        }
        assert_eq!(guess("organization-billing-admin"), "ORG_BILLING_ADMIN");
        assert_eq!(guess("cook"), "cook");
    }
}
