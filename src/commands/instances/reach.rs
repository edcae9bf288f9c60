//! Which database users reach an instance.

use futures_util::TryStreamExt;
use serde_json::{Value, json};

use crate::atlas::users::User;
use crate::commands::user_names::UserNames;
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
        let users: Result<Vec<User>, _> =
            on.client.users(&on.project).map_ok(|row| row.view).try_collect().await;
        match users.map_err(Error::from) {
            Ok(users) => Ok(InstanceReach { known: Some(reaches(&users)) }),
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

fn reaches(users: &[User]) -> Vec<UserReach> {
    let names = UserNames::among(users);
    let stream = ScopeKind::Stream.api_name();
    let reach = |user: &User| {
        let (instances, others): (Vec<_>, Vec<_>) =
            user.scopes.iter().partition(|scope| scope.kind == stream);
        UserReach {
            name: names.of(user),
            unrestricted: user.scopes.is_empty(),
            instances: instances.into_iter().map(|scope| scope.name.clone()).collect(),
            others: others.len(),
        }
    };
    users.iter().map(reach).collect()
}
