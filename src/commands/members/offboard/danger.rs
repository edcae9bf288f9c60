//! What an offboarding could take from whoever runs it, or from everybody: it is said, and needs a word.

use serde_json::{Value, json};

use super::Leaving;
use crate::atlas::members::{Home, Member};
use crate::commands::members::home;
use crate::commands::members::view::is_pending;
use crate::commands::policy;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::policy::{Policy, kind};
use crate::privileges::catalogue::atlas_roles::ORGANIZATION_OWNER;

impl Leaving<'_> {
    /// What is dangerous, each a sentence.
    ///
    /// # Errors
    /// Those of the settings, and of reading the organisation's members.
    pub(super) async fn dangers(&self, context: &Context) -> Result<Vec<String>> {
        let old = &self.gathered.project;
        let new = self.afterwards(&self.gathered.policy).project();
        let mut dangers = policy::administrators(context, old, &new)?;
        if let Home::Org(_) = &self.home {
            let all = home::direct(context.client()?, &self.home).await.map_err(|error| {
                Error::new(
                    error.kind(),
                    format!("the organisation's members cannot be read: {error}"),
                )
                .hint("leave out --from-org to take back what they have in the project")
            })?;
            let owns = |member: &Member| {
                !is_pending(member) && member.roles.own.iter().any(|r| r == ORGANIZATION_OWNER.api)
            };
            let mut owners =
                all.iter().map(|row| &row.view).filter(|member| owns(member)).peekable();
            if owners.peek().is_some() && owners.all(|owner| self.has(&owner.username)) {
                dangers.push("nobody would own the organisation any more".to_owned());
            }
        }
        Ok(dangers)
    }

    fn has(&self, address: &str) -> bool {
        self.gathered.people.iter().any(|one| one.person.is(address))
    }

    /// The project's policy without them.
    fn afterwards(&self, policy: &Policy) -> Policy {
        let mut after = policy.clone();
        let is_theirs =
            |member: &Value| member["username"].as_str().is_some_and(|one| self.has(one));
        let from_org = matches!(self.home, Home::Org(_));
        let members = policy.each("members").iter().filter(|one| !(from_org && is_theirs(one)));
        let members = members.map(|member| {
            let mut member = member.clone();
            if is_theirs(&member) {
                member["roles"] = json!([]);
            }
            member
        });
        let is_locked = |user: &Value| {
            let text = |key: &str| user[key].as_str().unwrap_or_default();
            let (name, full) =
                (text("username"), format!("{}@{}", text("username"), text("databaseName")));
            self.users.iter().any(|(taken, ..)| *taken == name || *taken == full)
        };
        let users = policy.each("users").iter().filter(|user| !is_locked(user)).cloned();
        let (members, users): (Vec<_>, Vec<_>) = (members.collect(), users.collect());
        for (key, list) in [("members", members), ("users", users)] {
            if let (Some(kind), true) = (kind(key), policy.list(key).is_some()) {
                after.set(kind, list);
            }
        }
        after
    }
}
