//! What a credential can access: who the API says it is, its organisations and its projects.

use futures_util::TryStreamExt;
use serde_json::{Value, json};

use crate::atlas::Client;
use crate::atlas::orgs::Org;
use crate::atlas::projects::Project;
use crate::atlas::status::{KeyRole, SystemStatus};
use crate::error::{Error, Result};
use crate::privileges::catalogue::atlas_roles;
use crate::ui::plural;

/// What a credential can access.
#[derive(Debug, Default)]
pub(super) struct CredentialView {
    pub(super) status: SystemStatus,
    pub(super) orgs: Vec<Org>,
    pub(super) projects: Vec<Project>,
}

/// Tries a credential; the first call fails if it is not valid.
pub(super) async fn look(client: &Client) -> Result<CredentialView> {
    let status = client.status().await.map_err(Error::from)?.view;
    let (orgs, projects) = tokio::try_join!(
        client.orgs().map_ok(|row| row.view).try_collect(),
        client.projects().map_ok(|row| row.view).try_collect(),
    )?;
    Ok(CredentialView { status, orgs, projects })
}

impl CredentialView {
    /// The roles of an API key; the API does not report those of other callers.
    pub(super) fn roles(&self) -> Option<&[KeyRole]> {
        self.status.api_key.as_ref().map(|key| key.roles.as_slice())
    }

    /// An accessible project, by id or name.
    pub(super) fn project(&self, wanted: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == wanted || project.name == wanted)
    }

    /// Lines for people: a label and a text.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let orgs: Vec<_> = self.orgs.iter().map(|o| o.name.as_str()).collect();
        let projects: Vec<_> = self.projects.iter().map(|p| p.name.as_str()).collect();
        vec![("organisations", some_of(&orgs)), ("projects", some_of(&projects))]
    }

    /// The same for programs.
    pub(super) fn json(&self) -> (Value, Value) {
        let orgs = self.orgs.iter().map(|o| json!({ "id": o.id, "name": o.name })).collect();
        let projects = self.projects.iter();
        let projects =
            projects.map(|p| json!({ "id": p.id, "name": p.name, "orgId": p.org_id })).collect();
        (orgs, projects)
    }

    /// A role for people: `Project Owner on orders`.
    pub(super) fn role_text(&self, role: &KeyRole) -> String {
        let name = atlas_roles::find(&role.role_name).map_or(&*role.role_name, |r| r.display);
        let place = match (&role.group_id, &role.org_id) {
            (Some(id), _) => Some(self.project(id).map_or(id, |project| &project.name)),
            (None, Some(id)) => {
                Some(self.orgs.iter().find(|org| org.id == *id).map_or(id, |org| &org.name))
            }
            (None, None) => None,
        };
        place.map_or(name.to_owned(), |place| format!("{name} on {place}"))
    }
}

/// How many names are shown.
const SHOWN: usize = 5;

fn some_of(names: &[&str]) -> String {
    match names.len() {
        0 => "none".to_owned(),
        1..=SHOWN => names.join(", "),
        more => format!("{} and {}", names[..SHOWN].join(", "), plural(more - SHOWN, "other")),
    }
}
