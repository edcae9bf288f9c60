//! Which database users reach an instance.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use serde_json::{Value, json};

use crate::error::{Error, Kind, Result};
use crate::privileges::scopes::ScopeKind;
use crate::session::ProjectClient;
use crate::ui::plural;

/// The database users of a project, and which instances they reach.
#[derive(Debug, Default)]
pub struct InstanceReach {
    /// `None` if the credential may not list users.
    known: Option<Vec<UserReach>>,
}

#[derive(Debug)]
struct UserReach {
    name: String,
    unrestricted: bool,
    instances: Vec<String>,
    others: usize,
}

impl InstanceReach {
    /// Lists the users; a credential that may not is no error.
    ///
    /// # Errors
    /// Those of the API.
    pub async fn fetch(on: &ProjectClient) -> Result<InstanceReach> {
        let users: Result<Vec<_>> = on
            .client
            .users(&on.project)
            .map_ok(|row| {
                let user = row.view;
                let scopes = || user.scopes.iter();
                let stream = ScopeKind::Stream.api_name();
                UserReach {
                    unrestricted: user.scopes.is_empty(),
                    instances: scopes()
                        .filter(|scope| scope.kind == stream)
                        .map(|scope| scope.name.clone())
                        .collect(),
                    others: scopes().filter(|scope| scope.kind != stream).count(),
                    name: format!("{}@{}", user.username, user.database_name),
                }
            })
            .try_collect()
            .await
            .map_err(Error::from);
        match users {
            Ok(users) => Ok(InstanceReach { known: Some(short(users)) }),
            Err(error) if error.kind() == Kind::NotPermitted => Ok(InstanceReach { known: None }),
            Err(error) => Err(error),
        }
    }

    /// InstanceReach without any scope.
    pub fn unrestricted(&self) -> Vec<&str> {
        self.names(|user| user.unrestricted)
    }

    /// InstanceReach with a scope for the instance.
    pub fn scoped(&self, instance: &str) -> Vec<&str> {
        self.names(|user| user.instances.iter().any(|name| name == instance))
    }

    /// InstanceReach whose every scope is for the instance.
    pub fn only(&self, instance: &str) -> Vec<&str> {
        self.names(|user| {
            user.others == 0
                && !user.instances.is_empty()
                && user.instances.iter().all(|name| name == instance)
        })
    }

    /// The same as data; `null` if the credential may not list users.
    pub fn document(&self, instance: &str) -> Value {
        match &self.known {
            None => Value::Null,
            Some(_) => {
                json!({ "unrestricted": self.unrestricted(), "scoped": self.scoped(instance) })
            }
        }
    }

    /// The lines that say who reaches an instance.
    pub fn of(&self, instance: &str) -> Vec<String> {
        if self.known.is_none() {
            return vec!["unknown: this credential may not list database users".to_owned()];
        }
        let (all, scoped) = (self.unrestricted(), self.scoped(instance));
        if all.is_empty() && scoped.is_empty() {
            return vec!["no database user".to_owned()];
        }
        let mut lines = vec![plural(all.len() + scoped.len(), "database user")];
        for (what, names) in [("unrestricted", all), ("with a scope for it", scoped)] {
            if !names.is_empty() {
                lines.push(format!("{what} ({}): {}", names.len(), names.join(", ")));
            }
        }
        lines
    }

    fn names(&self, wanted: impl Fn(&UserReach) -> bool) -> Vec<&str> {
        let users = self.known.iter().flatten();
        users.filter(|user| wanted(user)).map(|user| user.name.as_str()).collect()
    }
}

/// Leaves out the authentication database if the name alone is unique.
fn short(mut users: Vec<UserReach>) -> Vec<UserReach> {
    let bare = |name: &str| name.rsplit_once('@').map_or(name, |(bare, _)| bare).to_owned();
    let mut count: HashMap<String, usize> = HashMap::new();
    for user in &users {
        *count.entry(bare(&user.name)).or_default() += 1;
    }
    for user in &mut users {
        let name = bare(&user.name);
        if count.get(&name) == Some(&1) {
            user.name = name;
        }
    }
    users
}
