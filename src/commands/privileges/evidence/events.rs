//! What the project's events tell of use, and since when grants are as they are.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use jiff::Timestamp;

use crate::atlas::events::{Event, EventFilter};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::actions::Action;
use crate::privileges::catalogue::traces::{self, GAPS};
use crate::privileges::evidence::{Changes, Evidence, Span, Use};
use crate::privileges::project::{DatabaseUser, Project};

/// How the types of events begin that tell of changes to users and to custom roles.
const USERS: &str = "MONGODB_USER_";
const ROLES: &str = "MONGODB_ROLE_";
/// Under which an event names the user or the role that it is about.
const USER_NAMES: [&str; 2] = ["dbUserUsername", "targetUsername"];
const ROLE_NAME: &str = "roleName";

/// What the events of a window tell.
#[derive(Default)]
pub struct Said {
    users: BTreeMap<String, Timestamp>,
    roles: BTreeMap<String, Timestamp>,
    /// Changes to users or roles that are not named: they may have been any.
    nameless: Option<Timestamp>,
    /// Who did what where, and when.
    used: Vec<(String, &'static Action, String, Timestamp)>,
    /// When logs were deleted or their settings changed: of one instance, or of any.
    broken: Vec<(Option<String>, Timestamp)>,
    custom: Vec<String>,
}

/// Reads the events of a window, or says why they cannot be read.
///
/// # Errors
/// Those of the API, but for a refusal.
pub fn said(
    context: &Context,
    project: &Project,
    window: Span,
) -> Result<std::result::Result<Said, Error>> {
    let wanted = EventFilter { since: Some(window.since.to_string()), ..EventFilter::default() };
    let asked = context.signals.interruptible(async {
        let on = context.project().await?;
        let events = on.client.streaming().events(&on.project, &wanted).map_err(Error::from);
        let custom = project.roles.definitions().map(|(name, _)| name.to_owned()).collect();
        let said = Said { custom, ..Said::default() };
        events
            .try_fold(said, |mut said, row| async move {
                said.take(&row.view);
                Ok(said)
            })
            .await
    });
    match context.block_on(asked) {
        Ok(said) => Ok(Ok(said)),
        Err(error) if error.kind() == Kind::NotPermitted => Ok(Err(error)),
        Err(error) => Err(error.hint("--no-project-events answers from the logs alone")),
    }
}

impl Said {
    fn take(&mut self, event: &Event) {
        let time = event.created.as_deref().and_then(|time| time.parse().ok());
        let Some(time): Option<Timestamp> = time else { return };
        let text = |key: &str| event.rest.get(key).and_then(|value| value.as_str());
        let kind = event.event_type_name.as_str();
        if let Some(action) = traces::in_events(kind) {
            if let (Some(user), Some(instance)) = (text(USER_NAMES[0]), text("instanceName")) {
                self.used.push((user.to_owned(), action, instance.to_owned(), time));
            }
        } else if kind.starts_with(USERS) {
            let name = USER_NAMES.iter().find_map(|key| text(key));
            newest(name, time, &mut self.users, &mut self.nameless);
        } else if kind.starts_with(ROLES) {
            newest(text(ROLE_NAME), time, &mut self.roles, &mut self.nameless);
        } else if GAPS.contains(&kind) {
            self.broken.push((text("instanceName").map(str::to_owned), time));
        }
    }

    /// Adds what they tell.
    pub fn weave(self, evidence: &mut Evidence, users: &[&DatabaseUser]) {
        let mut of_events: BTreeMap<_, Use> = BTreeMap::new();
        for (name, action, instance, time) in self.used {
            // An event gives no database: it may have been any user of this name.
            for user in users.iter().filter(|user| user.name == name) {
                let key = (user.database.clone(), user.name.clone());
                let used = Use { count: 1, denied: 0, first: Some(time), last: Some(time) };
                of_events.entry((key, action.documented, instance.clone())).or_default().join(used);
            }
        }
        for ((user, action, instance), used) in of_events {
            let own = evidence.uses.entry(user).or_default().entry(action).or_default();
            let own = own.entry(instance).or_default();
            // What the log tells too is not counted twice.
            if own.count == 0 {
                own.join(used);
            }
        }
        for (instance, time) in self.broken {
            let is_meant = |name: &String| instance.as_ref().is_none_or(|other| other == name);
            let window = evidence.window;
            for (_, gaps) in evidence.gaps.iter_mut().filter(|(name, _)| is_meant(name)) {
                gaps.push(Span { since: window.since, until: time.min(window.until) });
                gaps.sort();
            }
        }
        let (mut by_user, mut by_role) = (self.users, self.roles);
        if let Some(time) = self.nameless {
            for user in users {
                let at = by_user.entry(user.name.clone()).or_insert(time);
                *at = (*at).max(time);
            }
            for role in self.custom {
                let at = by_role.entry(role).or_insert(time);
                *at = (*at).max(time);
            }
        }
        evidence.changes = Changes::Known { users: by_user, roles: by_role };
    }
}

fn newest(
    name: Option<&str>,
    time: Timestamp,
    known: &mut BTreeMap<String, Timestamp>,
    nameless: &mut Option<Timestamp>,
) {
    match name {
        None => *nameless = (*nameless).max(Some(time)),
        Some(name) => {
            let at = known.entry(name.to_owned()).or_insert(time);
            *at = (*at).max(time);
        }
    }
}
