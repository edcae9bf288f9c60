//! Teams: the API shows them only through their people, so they are stored as one value, and
//! their people's access to projects is stored next to the projects' own members.

use jiff::Timestamp;
use rusqlite::{Connection, Result};
use serde_json::Value;

use super::docs::{self, kind};
use super::meta;
use super::people::team_parent;

/// All teams: `[{"id", "orgId", "name", "groups": [{"groupId", "groupRoles"}]}]`.
const TEAMS: &str = "teams";

/// Writes all teams.
pub fn set(db: &Connection, teams: &[Value]) -> Result<()> {
    meta::set(db, TEAMS, Value::from(teams))
}

/// The teams of an organisation.
pub fn all(db: &Connection, org: &str) -> Result<Vec<Value>> {
    let text = meta::get(db, TEAMS)?.unwrap_or_else(|| "[]".to_owned());
    let teams = docs::parse(&text)?;
    let teams = teams.as_array().into_iter().flatten();
    Ok(teams.filter(|team| team["orgId"] == org).cloned().collect())
}

/// Brings a person's access through teams in line with the teams that the person is in.
pub fn sync(
    db: &Connection,
    now: Timestamp,
    org: &str,
    person: &Value,
    expires: Option<Timestamp>,
) -> Result<()> {
    let id = person["id"].as_str().unwrap_or_default();
    for team in all(db, org)? {
        let is_in = person["teamIds"].as_array().is_some_and(|ids| ids.contains(&team["id"]));
        for group in team["groups"].as_array().into_iter().flatten() {
            let project = group["groupId"].as_str().unwrap_or_default();
            let parent = team_parent(project);
            docs::delete(db, now, kind::GROUP_USER, &parent, id)?;
            if is_in && docs::get(db, now, kind::PROJECT, org, project)?.is_some() {
                let mut member = person.clone();
                if let Some(fields) = member.as_object_mut() {
                    fields.shift_remove("teamIds");
                }
                member["roles"] = group["groupRoles"].clone();
                docs::insert(db, now, kind::GROUP_USER, &parent, id, &member, expires)?;
            }
        }
    }
    Ok(())
}
