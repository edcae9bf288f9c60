//! What changes of database users come to.

use std::collections::{BTreeMap, HashMap};

use super::around::{Around, Unseen};
use super::told;
use crate::atlas::users::User;
use crate::change::{Change, Plan};
use crate::commands::policy::access::{self, AccessChange};
use crate::commands::users::NOUN;
use crate::error::{Error, Result};
use crate::policy::database_user;
use crate::privileges::catalogue::built_in;
use crate::privileges::delta::Holder;
use crate::privileges::graph::RoleGraph;
use crate::privileges::project::{DatabaseUser, Project};
use crate::privileges::scopes::Estate;

/// What the requests about users come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// What they say.
    Fields,
    /// Their users can no longer sign in.
    Lock,
    /// Their users can sign in again.
    Unlock,
}

/// A user as it is and as it will be; none where there is none, or none who can sign in.
type Pair = (Option<DatabaseUser>, Option<DatabaseUser>);

/// Says in a plan about users what each of them gains and loses. `graph` are the roles, where the
/// command knows them; otherwise they are listed if a custom one is held.
///
/// # Errors
/// Interrupted; what may not be read is said.
pub async fn of_users(
    around: &Around,
    graph: Option<&RoleGraph>,
    sent: Sent,
    plan: &mut Plan,
) -> Result<()> {
    let changes = plan.changes().iter().filter(|change| change.object().noun == NOUN);
    let pairs: HashMap<String, Pair> = changes
        .map(|change| (change.object().name.clone(), pair(change, sent)))
        .filter(|(_, (before, after))| !is_same(before.as_ref(), after.as_ref()))
        .collect();
    if pairs.is_empty() {
        return Ok(());
    }
    let (before, after): (Vec<_>, Vec<_>) = pairs.values().cloned().unzip();
    let all = || before.iter().chain(&after).flatten();
    let has_custom = all().flat_map(|user| &user.roles).any(|r| built_in::find(&r.role).is_none());
    let is_everywhere = all().any(|user| user.scopes.is_empty());
    let mut unseen = Unseen::default();
    let (listed, estate) = tokio::join!(
        async {
            match graph {
                Some(graph) => Ok(graph.clone()),
                None if has_custom => around.graph().await,
                None => Ok(RoleGraph::default()),
            }
        },
        async {
            let mut unseen = Unseen::default();
            let estate = match is_everywhere {
                true => around.visible_estate(&mut unseen).await?,
                false => Estate::default(),
            };
            Ok::<_, Error>((estate, unseen))
        }
    );
    let roles = unseen.or_default(ROLES, listed)?;
    let (estate, of_estate) = estate?;
    unseen.extend(of_estate);
    let project = |users: Vec<Option<DatabaseUser>>| Project {
        taken: around.now,
        users: users.into_iter().flatten().collect(),
        roles: roles.clone(),
        estate: estate.clone(),
        ..Project::default()
    };
    let mut found: BTreeMap<(String, String), Vec<AccessChange>> = BTreeMap::new();
    for mut change in access::between(&project(before), &project(after)) {
        if unseen.has(ROLES) {
            change.actions = change.actions.iter().map(|action| whatever(action)).collect();
        }
        if let Holder::User { name, database } = &change.who {
            found.entry((name.clone(), database.clone())).or_default().push(change);
        }
    }
    plan.tell(|change| {
        let Some((before, after)) = pairs.get(&change.object().name) else { return Vec::new() };
        let Some(user) = before.as_ref().or(after.as_ref()) else { return Vec::new() };
        let key = (user.name.clone(), user.database.clone());
        let has_expired = |user: &Option<DatabaseUser>| {
            user.as_ref().is_none_or(|user| user.has_expired(around.now))
        };
        match found.get(&key) {
            Some(found) => told::facts(found),
            None if has_expired(before) && has_expired(after) => {
                vec![told::nothing("it has expired")]
            }
            None => vec![told::nothing("")],
        }
    });
    unseen.remarks().for_each(|remark| plan.note(remark));
    Ok(())
}

/// What a preview calls the custom roles.
pub(super) const ROLES: &str = "custom roles";

/// Of a role that may not be read, the model knows no more than its name: `ops@admin, which …`.
fn whatever(action: &str) -> String {
    match action.split_once(", which ") {
        Some((role, _)) => format!("whatever {role} allows"),
        None => action.to_owned(),
    }
}

fn pair(change: &Change, sent: Sent) -> Pair {
    let before = change.before().and_then(|raw| serde_json::from_str::<User>(raw.get()).ok());
    let after = change.after().and_then(|after| serde_json::from_value::<User>(after).ok());
    let (before, after) = (before.map(database_user), after.map(database_user));
    match sent {
        Sent::Fields => (before, after),
        Sent::Lock => (before, None),
        Sent::Unlock => (None, after),
    }
}

/// Whether nothing of what decides access differs.
fn is_same(before: Option<&DatabaseUser>, after: Option<&DatabaseUser>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => {
            before.roles == after.roles
                && before.scopes == after.scopes
                && before.expires == after.expires
        }
        (before, after) => before.is_none() && after.is_none(),
    }
}
