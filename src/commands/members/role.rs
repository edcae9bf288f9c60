//! Roles of people, as they are typed and as they are shown.

use crate::atlas::members::Home;
use crate::comma_list::{CommaList, Items};
use crate::commands::known::{self, Verbatim};
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::catalogue::atlas_roles::{self, RoleLevel};

/// Which roles.
#[derive(Debug, Clone, clap::Args)]
pub struct RoleArgs {
    /// A role: Project Owner, project-owner or GROUP_OWNER (spctl roles list --project-roles)
    #[arg(long = "role", value_name = "ROLE,…", required = true, num_args = 1..)]
    roles: Vec<CommaList<String>>,
    #[command(flatten)]
    verbatim: Verbatim,
}

impl RoleArgs {
    /// The API's names, each once.
    ///
    /// # Errors
    /// Usage: a role of organisations for a project, or the other way round; one that is not known,
    /// unless it is to be sent all the same.
    pub fn api(&self, home: &Home) -> Result<Vec<String>> {
        let mut roles: Vec<String> = Vec::new();
        for given in self.roles.items() {
            let role = match atlas_roles::api_name(given) {
                Some((role, level)) => {
                    fits(role, level, home)?;
                    role
                }
                None => {
                    self.verbatim.or(|| not_known(given, home))?;
                    given
                }
            };
            if !roles.iter().any(|other| other == role) {
                roles.push(role.to_owned());
            }
        }
        Ok(roles)
    }
}

fn fits(role: &str, level: RoleLevel, home: &Home) -> Result<()> {
    let display = display(role);
    match (level, home) {
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

/// A role that is not known, with the nearest ones that can be held there.
fn not_known(given: &str, home: &Home) -> Error {
    let (level, what) = match home {
        Home::Project(_) => (RoleLevel::Project, "project role"),
        Home::Org(_) => (RoleLevel::Organization, "organisation role"),
    };
    let named = atlas_roles::names_at(level).map(|(display, _)| display);
    let api = atlas_roles::names_at(level).map(|(_, api)| api);
    let otherwise = near::hint(given, api, "spctl roles list --project-roles shows the known ones");
    known::unknown(what, given, named, otherwise)
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
