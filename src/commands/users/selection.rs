//! The users that a command line names.

use std::cell::RefCell;
use std::collections::HashSet;

use super::naming::{self, NOUN, NamedUser};
use crate::change::{Batch, Plan};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// The users that a change is about.
#[derive(Debug, clap::Args)]
pub struct UserArgs {
    /// The users, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
    /// The authentication database, where two users have one name
    #[arg(long, value_name = "DB", value_parser = naming::DATABASES)]
    pub auth_db: Option<String>,
    /// What several names have in common.
    #[command(flatten)]
    pub batch: Batch,
}

/// The most users that one look at a listing tells of.
const PAGE: usize = 500;

/// A verb in the forms that messages need.
#[derive(Clone, Copy)]
pub struct Verb(pub &'static str, pub &'static str);

/// The users that a command line names, as often as they are looked up.
pub struct Selection<'a> {
    /// The project, and the client on it.
    pub on: &'a ProjectClient,
    /// The names, in the order they were given.
    names: Vec<String>,
    auth_db: Option<&'a str>,
    /// How many users the project had, and the only one that is meant, once they were looked up.
    seen: RefCell<Option<(usize, Option<NamedUser>)>>,
}

/// The users that a command line means.
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
    /// Those of names from stdin, and that no project is chosen.
    pub async fn read(context: &'a Context, who: &'a UserArgs) -> Result<Selection<'a>> {
        let names = names::read(context, &who.names)?;
        let on = context.project().await?;
        let seen = RefCell::default();
        Ok(Selection { on, names, auth_db: who.auth_db.as_deref(), seen })
    }

    /// Looks them up, whenever it is called.
    ///
    /// # Errors
    /// Those of the API.
    pub async fn find(&self) -> Result<SelectedUsers> {
        // Whoever is named alone among many need not be looked for a second time.
        let alone = match &*self.seen.borrow() {
            Some((many, Some(alone))) if *many > PAGE => Some(alone.clone()),
            _ => None,
        };
        let known = match alone {
            Some(alone) => naming::again(self.on, alone).await?,
            None => naming::fetch(self.on).await?,
        };
        let (mut users, mut missing): (Vec<NamedUser>, Vec<_>) = (Vec::new(), Vec::new());
        let mut chosen = HashSet::new();
        for name in &self.names {
            match naming::select(&known, name, self.auth_db) {
                Ok(user) if !chosen.insert(&user.name) => {}
                Ok(user) => users.push(user.clone()),
                Err(error) => missing.push((name.clone(), error)),
            }
        }
        let alone = users.first().filter(|_| self.names.len() == 1).cloned();
        self.seen.borrow_mut().get_or_insert((known.len(), alone));
        Ok(SelectedUsers { project: self.on.project.clone(), users, missing })
    }
}

impl SelectedUsers {
    /// A plan that says who is not there.
    pub fn empty_plan(&self, verb: Verb) -> Plan {
        let mut plan = Plan::new(&self.project, NOUN, verb.0, verb.1);
        for (name, error) in &self.missing {
            plan.refuse(plan.object(name), error.again());
        }
        plan
    }
}

/// An error of the command line about one user.
pub fn refuse(known: &NamedUser, message: impl std::fmt::Display) -> Error {
    Error::usage(format!("database user {}: {message}", known.name))
}
