//! The users that a command line names.

use std::cell::RefCell;
use std::collections::HashSet;

use super::naming::{self, NOUN, NamedUser};
use crate::change::{Batch, Plan};
use crate::commands::{instances, names};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// The users that a change is about.
#[derive(Debug, clap::Args)]
pub struct UserArgs {
    /// The users, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
    /// The authentication database, if two users share a name
    #[arg(long, value_name = "DB", value_parser = naming::DATABASES)]
    pub auth_db: Option<String>,
    /// Options of a command on several objects.
    #[command(flatten)]
    pub batch: Batch,
}

/// A verb in the forms that messages need.
#[derive(Clone, Copy)]
pub struct Verb(pub &'static str, pub &'static str);

/// The users that a command line names, to be looked up any number of times.
pub struct Selection<'a> {
    /// The project, and the client on it.
    pub on: &'a ProjectClient,
    /// The names, in the order they were given.
    names: Vec<String>,
    auth_db: Option<&'a str>,
    /// Those that were found before, if they were few and each name meant one.
    seen: RefCell<Vec<NamedUser>>,
}

/// The users that a command line means, looked up.
pub struct SelectedUsers {
    /// The project's id.
    pub project: String,
    /// Each of them once.
    pub users: Vec<NamedUser>,
    /// The names that mean no user, or more than one.
    pub missing: Vec<(String, Error)>,
}

impl<'a> Selection<'a> {
    /// Reads the names.
    ///
    /// # Errors
    /// Those of names from stdin, and of a project that is not chosen.
    pub async fn read(context: &'a Context, who: &'a UserArgs) -> Result<Selection<'a>> {
        let names = names::read(context, &who.names)?;
        let on = context.project().await?;
        Ok(Selection { on, names, auth_db: who.auth_db.as_deref(), seen: RefCell::default() })
    }

    /// Looks them up, each time it is called.
    ///
    /// # Errors
    /// Those of the API.
    pub async fn find(&self) -> Result<SelectedUsers> {
        if let Some(users) = self.again().await? {
            return Ok(SelectedUsers {
                project: self.on.project.clone(),
                users,
                missing: Vec::new(),
            });
        }
        let known = naming::fetch_named(self.on, &self.names, self.auth_db).await?;
        let (mut users, mut missing): (Vec<NamedUser>, Vec<_>) = (Vec::new(), Vec::new());
        let mut chosen = HashSet::new();
        for name in &self.names {
            match naming::select(&known, name, self.auth_db) {
                Ok(user) if !chosen.insert(&user.name) => {}
                Ok(user) => users.push(user.clone()),
                Err(error) => missing.push((name.clone(), error)),
            }
        }
        if !missing.is_empty() {
            // If the instances cannot be listed, the error says enough without them.
            let places = instances::names(self.on).await.unwrap_or_default();
            for (name, error) in &mut missing {
                if places.contains(name) {
                    *error = naming::as_instance(error.again(), name);
                }
            }
        } else if !names::are_many(users.len()) {
            self.seen.replace(users.clone());
        }
        Ok(SelectedUsers { project: self.on.project.clone(), users, missing })
    }

    /// The users that were found before, if all of them still exist.
    async fn again(&self) -> Result<Option<Vec<NamedUser>>> {
        let seen = self.seen.take();
        let users = naming::again(self.on, &seen).await?;
        let all = !seen.is_empty() && users.len() == seen.len();
        self.seen.replace(seen);
        Ok(all.then_some(users))
    }
}

impl SelectedUsers {
    /// A plan that refuses the names without a user.
    pub fn empty_plan(&self, verb: Verb) -> Plan {
        let mut plan = Plan::new(&self.project, NOUN, verb.0, verb.1);
        for (name, error) in &self.missing {
            plan.refuse(plan.object(name), error.again());
        }
        plan
    }
}

/// A usage error about one user.
pub fn refuse(known: &NamedUser, message: impl std::fmt::Display) -> Error {
    Error::usage(format!("database user {}: {message}", known.name))
}
