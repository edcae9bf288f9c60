//! Projects, which the API calls groups.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::actor::no_project;
use super::refusal::{Refusal, Subject};
use super::{Attributes, Listing, Outcome, Part, Work, known_keys, people as person, text};
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;
use crate::local::store::people::{self, Filter, Source, VisibleProjects};
use crate::privileges::catalogue::atlas_roles::PROJECT_OWNER;

/// A part of the projects that the actor may see, in one organisation or in all.
pub fn list(work: &Work<'_>, org: Option<&str>, part: Part) -> Outcome<Listing> {
    let visible = work.actor.visible();
    let found = people::list_projects(work.db, &visible, org, None, part.limit, part.skip)?;
    Ok(Listing {
        total: people::count_projects(work.db, &visible, org)?,
        results: found.into_iter().map(|found| shown(work, found)).collect::<Outcome<_>>()?,
    })
}

/// One project, by id.
pub fn get(work: &Work<'_>, id: &str) -> Outcome {
    let (_, project) = find(work, id)?;
    shown(work, project)
}

/// One project, by name, where the actor may see it.
pub fn by_name(work: &Work<'_>, name: &str) -> Outcome {
    let visible = work.actor.visible();
    match people::list_projects(work.db, &visible, None, Some(name), 1, 0)?.pop() {
        Some(project) => shown(work, project),
        None => {
            let detail = format!("No group named {name} exists.");
            Err(Refusal::not_found(Subject::ProjectName, name, detail))
        }
    }
}

/// A project with the number of its clusters as of now, and with what one that was stored without
/// tags is like.
pub(super) fn shown(work: &Work<'_>, mut project: Value) -> Outcome {
    let clusters = docs::count(work.db, work.now, kind::CLUSTER, text(&project, "id"))?;
    project["clusterCount"] = clusters.into();
    for (name, value) in [("tags", json!([])), ("withDefaultAlertsSettings", true.into())] {
        if project[name].is_null() {
            project[name] = value;
        }
    }
    Ok(project)
}

fn find(work: &Work<'_>, id: &str) -> Outcome<(String, Value)> {
    docs::find(work.db, kind::PROJECT, id)?.ok_or_else(|| no_project(id))
}

/// Creates a project in an organisation. Its owner is the person of this id,
/// or the organisation's first owner.
pub fn create(work: &Work<'_>, given: &Attributes, owner: Option<&str>) -> Outcome {
    let optional = ["clusterCount", "created", "id", "links", "tags", "withDefaultAlertsSettings"];
    person::attributes(given, &["name", "orgId"], &optional)?;
    let org =
        given["orgId"].as_str().ok_or_else(|| Refusal::invalid("orgId", "it must be text"))?;
    let (name, tags) = (name(given)?, tags(given)?);
    let alerts = match given.get("withDefaultAlertsSettings") {
        None | Some(Value::Null) => true,
        Some(Value::Bool(wanted)) => *wanted,
        Some(_) => {
            let detail = "it must be true or false";
            return Err(Refusal::invalid("withDefaultAlertsSettings", detail));
        }
    };
    let everything = VisibleProjects { orgs: vec![org.to_owned()], projects: Vec::new() };
    if !people::list_projects(work.db, &everything, Some(org), Some(&name), 1, 0)?.is_empty() {
        let detail = format!("A group named {name} already exists in this organization.");
        return Err(Refusal::taken(Subject::Project, &name, detail));
    }
    let owner = match owner {
        None => person::first_owner(work, org)?,
        Some(id) => Some(person::by_id(work, org, id)?.ok_or_else(|| {
            let detail = format!("No user with ID {id} exists in this organization.");
            Refusal::not_found(Subject::Person, id, detail)
        })?),
    };
    let id = meta::next_id(work.db)?;
    let project = json!({
        "clusterCount": 0,
        "created": person::second(work.now),
        "id": id,
        "links": [],
        "name": name,
        "orgId": org,
        "tags": tags,
        "withDefaultAlertsSettings": alerts,
    });
    docs::insert(work.db, work.now, kind::PROJECT, org, &id, &project, None)?;
    if let Some(mut owner) = owner {
        person::assign(work, &id, &mut owner, &[PROJECT_OWNER.api.to_owned()])?;
        person::keep(work, org, &owner)?;
    }
    Ok(project)
}

fn name(given: &Attributes) -> Outcome<String> {
    let name = given["name"].as_str().unwrap_or_default();
    let fits = |c: char| c.is_alphanumeric() || "-_.(),:&@+' ".contains(c);
    match (1..=64).contains(&name.chars().count()) && name.chars().all(fits) {
        true => Ok(name.to_owned()),
        false => {
            let detail = "it must be 1 to 64 letters, digits, spaces and -_.(),:&@+'";
            Err(Refusal::invalid("name", detail))
        }
    }
}

/// Pairs of texts, no key of them twice.
fn tags(given: &Attributes) -> Outcome<Vec<Value>> {
    let wrong = |detail: &str| Err(Refusal::invalid("tags", detail));
    let tags = match given.get("tags") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(tags)) => tags,
        Some(_) => return wrong("it must be a list"),
    };
    let mut keys = HashSet::new();
    for tag in tags {
        known_keys("tags", tag, &["key", "value"])?;
        let fits = |part: &str| (1..=255).contains(&text(tag, part).chars().count());
        if !fits("key") || !fits("value") {
            return wrong("key and value must be text of 1 to 255 characters");
        }
        if !keys.insert(text(tag, "key")) {
            return wrong("a key is there more than once");
        }
    }
    Ok(tags.clone())
}

/// Deletes a project that has neither clusters nor instances.
pub fn delete(work: &Work<'_>, id: &str) -> Outcome<()> {
    let (org, project) = find(work, id)?;
    let active = [
        (kind::CLUSTER, Subject::Cluster, "clusters"),
        (kind::INSTANCE, Subject::Instance, "stream workspaces"),
    ];
    for (kind, by, what) in active {
        if docs::count(work.db, work.now, kind, id)? > 0 {
            let detail = format!("The group {} still has {what}.", project["name"]);
            return Err(Refusal::in_use(Subject::Project, id, by, detail));
        }
    }
    let source = Source::Project(id);
    for member in people::list(work.db, work.now, source, &Filter::default(), -1, 0)? {
        if let Some(mut somebody) = person::by_id(work, &org, text(&member, "id"))? {
            person::assign(work, id, &mut somebody, &[])?;
            person::keep(work, &org, &somebody)?;
        }
    }
    Ok(people::delete_project(work.db, &org, id)?)
}
