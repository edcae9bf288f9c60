//! A profile as it is listed and shown.

use serde_json::json;

use crate::atlas::{Row, redact};
use crate::config::secrets::helper;
use crate::config::{DEFAULT_BASE_URL, Profile, ProfileKind};
use crate::error::Result;
use crate::mask::MASK;
use crate::ui::{Cell, Column, Detail, Listing, row};

/// A profile with its name.
pub(super) struct ListedProfile {
    pub(super) name: String,
    pub(super) is_default: bool,
    pub(super) profile: Profile,
}

impl ListedProfile {
    fn target(&self) -> String {
        match self.profile.kind {
            ProfileKind::Local => "local".to_owned(),
            ProfileKind::Atlas => {
                shown(self.profile.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL))
            }
        }
    }

    fn secret(&self) -> Option<String> {
        let place = self.profile.secret.map(|place| place.to_string());
        place.or(self.profile.credential_command.as_ref().map(|_| "command".to_owned()))
    }

    pub(super) fn row(self) -> Result<Row<ListedProfile>> {
        let Profile { project, org, output, ca_file, credential_command, .. } = &self.profile;
        let document = json!({
            "name": self.name,
            "default": self.is_default,
            "kind": match self.profile.kind { ProfileKind::Local => "local", ProfileKind::Atlas => "atlas" },
            "baseUrl": (self.profile.kind == ProfileKind::Atlas).then(|| self.target()),
            "project": project,
            "org": org,
            "output": output,
            "caFile": ca_file,
            "credential": self.profile.credential_kind(),
            "id": self.profile.shown_id(),
            "secret": self.secret(),
            "credentialCommand": credential_command.as_deref().map(helper::program),
        });
        Ok(Row { raw: row::document(&document)?, view: self })
    }
}

/// An address as it may be shown: without a user or a password.
fn shown(address: &str) -> String {
    let target = redact::target(address);
    match (redact::anonymous(&target), target.rsplit_once('@')) {
        (Some(address), _) => address,
        (None, Some((_, host))) if !target.contains("://") => format!("{MASK}@{host}"),
        _ => target,
    }
}

pub(super) static LISTING: Listing<ListedProfile> = Listing {
    columns: &[
        Column::identifying("name", |p| p.name.as_str().into()),
        Column::new("default", |p| Cell::maybe(p.is_default.then_some("yes"))),
        Column::new("target", |p| p.target().as_str().into()),
        Column::new("project", |p| Cell::maybe(p.profile.project.clone())),
        Column::new("credential", |p| {
            Cell::maybe(p.profile.credential_kind().map(|kind| kind.to_string()))
        }),
        Column::new("secret", |p| Cell::maybe(p.secret())),
        Column::new("id", |p| Cell::maybe(p.profile.shown_id())),
        Column::new("org", |p| Cell::maybe(p.profile.org.clone())),
        Column::new("output", |p| Cell::maybe(p.profile.output.clone())),
    ],
    default: 6,
    name: |p| p.name.clone(),
};

/// An entry in full.
pub(super) fn detail(named: &ListedProfile) -> Detail {
    let p = &named.profile;
    let kind = p.credential_kind().map(|kind| kind.to_string());
    let is_default = named.is_default.then(|| "yes".to_owned());
    let lines = [
        ("profile", Some(named.name.clone())),
        ("default", is_default),
        ("target", Some(named.target())),
        ("project", p.project.clone()),
        ("organisation", p.org.clone()),
        ("output", p.output.clone()),
        ("owner", p.owner.clone()),
        ("CA file", p.ca_file.clone()),
        ("credential", kind),
        ("id", p.shown_id().map(str::to_owned)),
        ("secret", named.secret()),
        ("command", p.credential_command.as_deref().map(helper::program)),
    ];
    lines.into_iter().filter_map(|(label, value)| Some((label, vec![value?]))).collect()
}
