//! Organisations and their projects.

use serde_json::Value;

use super::actor::no_organization;
use super::{Listing, Outcome, Part, Work, projects, text};
use crate::local::store::docs::kind;
use crate::local::store::people;

/// A part of the organisations that the actor may see; of those whose name begins so, where that is
/// asked for.
pub fn list(work: &Work<'_>, beginning: Option<&str>, part: Part) -> Outcome<Listing> {
    let mut orgs = work.all(kind::ORG, "")?;
    orgs.retain(|org| work.actor.sees_org(text(org, "id")) && begins(org, beginning));
    Ok(Listing::chosen(orgs, part))
}

/// One organisation.
pub fn get(work: &Work<'_>, id: &str) -> Outcome {
    work.get(kind::ORG, "", id)?.ok_or_else(|| no_organization(id))
}

/// A part of an organisation's projects that the actor may see.
pub fn projects(
    work: &Work<'_>,
    org: &str,
    beginning: Option<&str>,
    part: Part,
) -> Outcome<Listing> {
    if beginning.is_none() {
        return projects::list(work, Some(org), part);
    }
    let visible = work.actor.visible();
    let mut found = people::list_projects(work.db, &visible, Some(org), None, -1, 0)?;
    found.retain(|project| begins(project, beginning));
    Ok(Listing::chosen(found, part))
}

/// Whether a name begins so, whatever its case.
fn begins(doc: &Value, beginning: Option<&str>) -> bool {
    let name = || text(doc, "name").to_lowercase();
    beginning.is_none_or(|beginning| name().starts_with(&beginning.to_lowercase()))
}
