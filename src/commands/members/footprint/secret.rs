//! What becomes of what somebody made: how it is taken back, and which secret they may know.

use super::made::{API_KEY, CONNECTION, Did};
use crate::atlas::users::User;
use crate::commands::access_lists::entry;
use crate::commands::user_names::UserNames;
use crate::commands::users::{self, has_password};
use crate::policy::{Policy, references};
use crate::privileges::project::Project;
use crate::shell::quote;

/// The command that takes back what they made, where that is a matter of course.
pub(super) fn undoing(did: &Did) -> Option<String> {
    (did.noun == entry::NOUN).then(|| format!("spctl access-lists remove {}", quote(&did.name)))
}

/// The secret that whoever made or changed an object may know, and the command that replaces it.
pub(super) fn secret(
    policy: &Policy,
    project: &Project,
    did: &Did,
) -> Option<(String, Option<String>)> {
    match did.noun {
        users::NOUN => {
            let mut documents =
                policy.each("users").iter().filter(|one| one["username"] == did.name);
            let user = documents.find_map(|one| {
                let user: User = serde_json::from_value(one.clone()).ok()?;
                has_password(&user).then_some(user)
            })?;
            let names = UserNames::among_names(project.users.iter().map(|user| user.name.as_str()));
            let called = names.called(&user.username, &user.database_name);
            let remedy = format!("spctl users update {} --generate-password", quote(&called));
            Some(("its password".to_owned(), Some(remedy)))
        }
        CONNECTION => {
            let (instance, name) = did.name.split_once('/')?;
            let all = policy.instances.as_ref()?.iter().find(|one| one.name() == instance)?;
            let document = all.connections.as_ref()?.iter().find(|one| one["name"] == name)?;
            let fields: Vec<String> = references(document)
                .into_iter()
                .filter_map(|(path, _)| path.last().cloned())
                .collect();
            if fields.is_empty() {
                return None;
            }
            let remedy = fields.iter().any(|field| field == "password").then(|| {
                format!(
                    "spctl connections update {} --instance {} --password-stdin",
                    quote(name),
                    quote(instance)
                )
            });
            Some((format!("its {}", fields.join(" and ")), remedy))
        }
        API_KEY => Some(("its private key".to_owned(), None)),
        _ => None,
    }
}
