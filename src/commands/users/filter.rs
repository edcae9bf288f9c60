//! Which users a listing shows.

use std::cell::RefCell;
use std::collections::HashSet;
use std::slice;

use super::label::Label;
use super::role_arg::{RoleArg, held};
use super::scopes::scopes;
use super::view::role;
use crate::atlas::users::User;
use crate::comma_list::{CommaList, Items};
use crate::commands::roles::{arg, view};
use crate::commands::{instances, known};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::catalogue::built_in;
use crate::privileges::definition::Definition;
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::scopes::{Scope, ScopeKind};
use crate::session::ProjectClient;

/// Conditions on users, all of which must hold.
#[derive(Debug, clap::Args)]
pub struct Filter {
    /// Only users who can reach this instance, unrestricted ones included; if repeated, any of them
    #[arg(id = "instance", long, visible_alias = "workspace", value_name = "NAME,…", num_args = 1..)]
    instances: Vec<CommaList<String>>,
    /// Only users with this label; if repeated, with all of them
    #[arg(long = "label", value_name = "KEY=VALUE", num_args = 1..)]
    labels: Vec<Label>,
    /// Only users who hold this role, as ROLE or ROLE@DATABASE; if repeated, any of them
    #[arg(long = "role", value_name = "ROLE,…", num_args = 1..)]
    roles: Vec<CommaList<String>>,
    /// Those of the roles that a user listed so far holds.
    #[arg(skip)]
    held: RefCell<HashSet<String>>,
}

impl Filter {
    /// Checks the command line alone.
    ///
    /// # Errors
    /// Usage: what is no role.
    pub fn check(&self) -> Result<()> {
        self.roles.items().try_for_each(|role| granted(role).map(drop))
    }

    /// Whether a user is to be listed.
    pub fn takes(&self, user: &User) -> bool {
        let reaches = |name: &String| {
            let scopes = scopes(user);
            scopes.is_empty() || scopes.contains(&Scope::new(ScopeKind::Stream, name))
        };
        let labelled = |label: &Label| {
            user.labels.iter().any(|l| l.key == label.key && l.value == label.value)
        };
        let holds = |wanted: &String| {
            user.roles.iter().any(|held| held.role_name == *wanted || role(held) == *wanted)
        };
        let held: Vec<&String> = self.roles.items().filter(|role| holds(role)).collect();
        self.held.borrow_mut().extend(held.iter().map(|role| (*role).clone()));
        (self.instances.is_empty() || self.instances.items().any(reaches))
            && self.labels.iter().all(labelled)
            && (self.roles.is_empty() || !held.is_empty())
    }

    /// Warns, after a listing, of those of several roles that nobody holds: a name that was meant
    /// for something else is taken as one more role after `--role`.
    pub fn note_unheld(&self, context: &Context) {
        for role in self.roles.items().filter(|_| self.roles.items().count() > 1) {
            if !self.held.borrow().contains(role) {
                context.ui.warn(format!("--role {role}: no user holds this role"));
            }
        }
    }

    /// Refuses an instance and roles that a project does not have: unrestricted users and stale
    /// scopes reach an instance of any name, and a role that is none is held by nobody.
    ///
    /// # Errors
    /// Not found, with the nearest names; those of the API.
    pub async fn check_known(&self, context: &Context, on: &ProjectClient) -> Result<()> {
        for name in self.instances.items() {
            instances::check(context, on, name).await?;
        }
        self.check_roles(context, slice::from_ref(on)).await
    }

    /// Refuses roles that none of these projects has, and that no user listed so far holds.
    ///
    /// # Errors
    /// Not found, with the nearest names; those of the API.
    pub async fn check_roles(&self, context: &Context, on: &[ProjectClient]) -> Result<()> {
        let wanted = self.roles.items().filter(|role| !self.held.borrow().contains(*role));
        let wanted = wanted.map(|role| granted(role)).collect::<Result<Vec<GrantedRole>>>()?;
        let is_custom = |role: &&GrantedRole| built_in::find(&role.role).is_none();
        let custom: Vec<&str> =
            wanted.iter().filter(is_custom).map(|role| role.role.as_str()).collect();
        if custom.is_empty() {
            return arg::check_given(wanted, &RoleGraph::default());
        }
        let what = format!("a role {}", custom.join(" or "));
        let looked = async {
            let mut known = RoleGraph::default();
            for on in on {
                for row in view::fetch(on).await? {
                    known.insert(&row.view.role_name, Definition::default());
                }
            }
            arg::check_given(wanted, &known)
        };
        known::checked(context, &what, looked.await)
    }

    /// What an empty listing says.
    pub fn nothing(&self, place: &str) -> String {
        let instances: Vec<&str> = self.instances.items().map(String::as_str).collect();
        match instances.is_empty() {
            _ if !self.labels.is_empty() || !self.roles.is_empty() => {
                format!("no database user in {place} matches")
            }
            true => format!("no database users in {place}"),
            false => format!("no database user can reach instance {}", instances.join(" or ")),
        }
    }
}

/// A role of a filter. Without a database it stands for the role on any.
fn granted(role: &str) -> Result<GrantedRole> {
    let parsed: RoleArg =
        role.parse().map_err(|why: String| Error::usage(format!("--role {role}: {why}")))?;
    Ok(held(&parsed.0))
}
