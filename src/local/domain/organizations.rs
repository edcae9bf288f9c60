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
    Ok(Listing::chosen(orgs.into_iter().map(shown).collect(), part))
}

/// One organisation.
pub fn get(work: &Work<'_>, id: &str) -> Outcome {
    work.get(kind::ORG, "", id)?.map(shown).ok_or_else(|| no_organization(id))
}

/// An organisation, its projects' alerts being those that Atlas begins with.
fn shown(mut org: Value) -> Value {
    org["skipDefaultAlertsSettings"] = false.into();
    org
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
    let found = found.into_iter().map(|project| projects::shown(work, project));
    let found = found.collect::<Outcome<_>>()?;
    Ok(Listing::chosen(found, part))
}

/// Whether a name begins so, whatever its case.
fn begins(doc: &Value, beginning: Option<&str>) -> bool {
    let name = || text(doc, "name").to_lowercase();
    beginning.is_none_or(|beginning| name().starts_with(&beginning.to_lowercase()))
}
