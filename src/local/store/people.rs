//! Listings of people and of projects, chosen and paged by the store: an organisation may have
//! thousands of projects, a project ten thousand people.

use jiff::Timestamp;
use rusqlite::{Connection, Result, named_params};
use serde_json::Value;

use super::docs::{self, kind};
use crate::privileges::catalogue::atlas_roles;

/// Where people with access through a team are stored: next to the project's own.
pub fn team_parent(project: &str) -> String {
    format!("{project}/teams")
}

/// Which people are requested.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// This e-mail address only, in lower case.
    pub username: Option<String>,
    /// People of these membership statuses only; of any when empty.
    pub statuses: Vec<String>,
}

impl Filter {
    /// What a document with this address contains. Addresses need no escaping in JSON.
    fn needle(&self) -> String {
        let text = |name| format!("\"username\":{}", Value::from(name));
        self.username.as_deref().map(text).unwrap_or_default()
    }
}

/// One source of people in an organisation or a project.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// All of the organisation.
    Organisation(&'a str),
    /// Those with roles of their own in the project.
    Project(&'a str),
    /// Those whose team has roles in the project, and who have none of their own.
    Teams(&'a str),
    /// Those whose role in the organisation reaches its projects, and who are in none of the
    /// project's other sources.
    Implicit {
        /// The organisation.
        org: &'a str,
        /// The project.
        project: &'a str,
        /// Whether teams are one of those sources.
        teams: bool,
    },
}

struct Rows {
    kind: &'static str,
    parent: String,
    only_implicit: bool,
    except: [Option<String>; 2],
}

impl Source<'_> {
    fn rows(self) -> Rows {
        let rows = |kind, parent: &str, only_implicit, except| Rows {
            kind,
            parent: parent.to_owned(),
            only_implicit,
            except,
        };
        match self {
            Source::Organisation(org) => rows(kind::ORG_USER, org, false, [None, None]),
            Source::Project(project) => rows(kind::GROUP_USER, project, false, [None, None]),
            Source::Teams(project) => {
                let except = [Some(project.to_owned()), None];
                rows(kind::GROUP_USER, &team_parent(project), false, except)
            }
            Source::Implicit { org, project, teams } => {
                let except = [Some(project.to_owned()), teams.then(|| team_parent(project))];
                rows(kind::ORG_USER, org, true, except)
            }
        }
    }
}

const CHOSEN: &str = "
    FROM resources AS r WHERE r.kind = :kind AND r.parent = :parent
    AND (r.expires IS NULL OR r.expires > :now)
    AND (:needle = '' OR instr(r.doc, :needle) > 0)
    AND (:statuses = '[]' OR json_extract(r.doc, '$.orgMembershipStatus') IN
        (SELECT value FROM json_each(:statuses)))
    AND (:implicit = '[]' OR EXISTS (SELECT 1 FROM json_each(:implicit) AS role
        WHERE instr(r.doc, role.value) > 0))
    AND NOT EXISTS (SELECT 1 FROM resources AS d WHERE d.kind = 'group_user'
        AND d.parent IN (:except, :except_too) AND d.key = r.key)";

/// The roles that reach an organisation's projects, as they appear in a document; none if they do
/// not matter.
fn reaching(only_implicit: bool) -> String {
    let roles = atlas_roles::reaching_projects().filter(|_| only_implicit);
    roles.map(|role| Value::from(role.api).to_string()).collect::<Value>().to_string()
}

/// How many people a source has.
pub fn count(db: &Connection, now: Timestamp, source: Source<'_>, filter: &Filter) -> Result<i64> {
    let Rows { kind, parent, only_implicit, except: [except, except_too] } = source.rows();
    db.prepare_cached(&format!("SELECT count(*) {CHOSEN}"))?.query_row(
        named_params! {
            ":kind": kind, ":parent": parent, ":now": now.as_millisecond(),
            ":needle": filter.needle(), ":statuses": Value::from(&*filter.statuses).to_string(),
            ":implicit": reaching(only_implicit), ":except": except, ":except_too": except_too,
        },
        |row| row.get(0),
    )
}

/// A part of a source, in the order in which people were added.
pub fn list(
    db: &Connection,
    now: Timestamp,
    source: Source<'_>,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<Vec<Value>> {
    let Rows { kind, parent, only_implicit, except: [except, except_too] } = source.rows();
    db.prepare_cached(&format!("SELECT r.doc {CHOSEN} ORDER BY r.seq LIMIT :limit OFFSET :offset"))?
        .query_map(
            named_params! {
                ":kind": kind, ":parent": parent, ":now": now.as_millisecond(),
                ":needle": filter.needle(),
                ":statuses": Value::from(&*filter.statuses).to_string(),
                ":implicit": reaching(only_implicit), ":except": except, ":except_too": except_too,
                ":limit": limit, ":offset": offset,
            },
            |row| row.get::<_, String>(0),
        )?
        .map(|doc| docs::parse(&doc?))
        .collect()
}

/// The projects that a caller may see.
#[derive(Debug, Clone, Default)]
pub struct VisibleProjects {
    /// All projects of these organisations.
    pub orgs: Vec<String>,
    /// And these.
    pub projects: Vec<String>,
}

const VISIBLE: &str = "
    FROM resources WHERE kind = 'project' AND (:org IS NULL OR parent = :org)
    AND (:name IS NULL OR json_extract(doc, '$.name') = :name)
    AND (parent IN (SELECT value FROM json_each(:orgs))
        OR key IN (SELECT value FROM json_each(:projects)))";

/// How many projects a caller may see, in one organisation or in all.
pub fn count_projects(
    db: &Connection,
    visible: &VisibleProjects,
    org: Option<&str>,
) -> Result<i64> {
    db.prepare_cached(&format!("SELECT count(*) {VISIBLE}"))?.query_row(
        named_params! {
            ":org": org, ":name": None::<&str>,
            ":orgs": Value::from(&*visible.orgs).to_string(),
            ":projects": Value::from(&*visible.projects).to_string(),
        },
        |row| row.get(0),
    )
}

/// A part of the projects that a caller may see; of one name, where a name is given.
pub fn list_projects(
    db: &Connection,
    visible: &VisibleProjects,
    org: Option<&str>,
    name: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Value>> {
    db.prepare_cached(&format!("SELECT doc {VISIBLE} ORDER BY seq LIMIT :limit OFFSET :offset"))?
        .query_map(
            named_params! {
                ":org": org, ":name": name,
                ":orgs": Value::from(&*visible.orgs).to_string(),
                ":projects": Value::from(&*visible.projects).to_string(),
                ":limit": limit, ":offset": offset,
            },
            |row| row.get::<_, String>(0),
        )?
        .map(|doc| docs::parse(&doc?))
        .collect()
}

/// Removes a project and everything below it.
pub fn delete_project(db: &Connection, org: &str, project: &str) -> Result<()> {
    db.execute(
        "DELETE FROM resources WHERE parent = ?1 OR substr(parent, 1, length(?1) + 1) = ?1 || '/'",
        [project],
    )?;
    db.execute("DELETE FROM events WHERE project = ?1", [project])?;
    db.execute(
        "DELETE FROM resources WHERE kind = 'project' AND parent = ?1 AND key = ?2",
        [org, project],
    )
    .map(drop)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// An organisation of which half is in the project, one of these by a team too.
    fn store(size: usize) -> (tempfile::TempDir, Connection, Timestamp) {
        let dir = crate::local::store::private_directory();
        let mut db = super::super::open(&dir.path().join("store"), |_| Ok(())).unwrap();
        let now = "2026-08-20T12:00:00Z".parse().unwrap();
        let tx = db.transaction().unwrap();
        for n in 0..size {
            let role = match n % 30 {
                9 => "ORG_OWNER",
                19 => "ORG_STREAM_PROCESSING_ADMIN",
                29 => "ORG_READ_ONLY",
                _ => "ORG_MEMBER",
            };
            let status = if n % 7 == 0 { "PENDING" } else { "ACTIVE" };
            let doc = json!({
                "id": n.to_string(), "orgMembershipStatus": status,
                "roles": { "orgRoles": [role] }, "username": format!("p{n}@example.com"),
            });
            let key = n.to_string();
            docs::insert(&tx, now, kind::ORG_USER, "org", &key, &doc, None).unwrap();
            if n % 2 == 0 {
                docs::insert(&tx, now, kind::GROUP_USER, "project", &key, &doc, None).unwrap();
            }
            if n < 2 {
                let parent = team_parent("project");
                docs::insert(&tx, now, kind::GROUP_USER, &parent, &key, &doc, None).unwrap();
            }
        }
        tx.commit().unwrap();
        (dir, db, now)
    }

    #[test]
    fn the_sources_of_a_project_have_nobody_twice() {
        let (_dir, db, now) = store(100);
        let sources = [
            (Source::Organisation("org"), 100),
            (Source::Project("project"), 50),
            (Source::Teams("project"), 1),
            (Source::Implicit { org: "org", project: "project", teams: true }, 10),
        ];
        for (source, wanted) in sources {
            assert_eq!(count(&db, now, source, &Filter::default()).unwrap(), wanted, "{source:?}");
        }
    }

    #[test]
    fn filters_choose_by_whole_address_and_by_status() {
        let (_dir, db, now) = store(100);
        let choose = |username: Option<&str>, statuses: &[&str]| {
            let filter = Filter {
                username: username.map(str::to_owned),
                statuses: statuses.iter().map(|s| (*s).to_owned()).collect(),
            };
            list(&db, now, Source::Organisation("org"), &filter, -1, 0).unwrap().len()
        };
        assert_eq!(choose(Some("p1@example.com"), &[]), 1);
        assert_eq!(choose(Some("1@example.com"), &[]), 0);
        assert_eq!(choose(None, &["PENDING"]), 15);
        assert_eq!(choose(None, &["PENDING", "ACTIVE"]), 100);
        assert_eq!(choose(Some("p0@example.com"), &["ACTIVE"]), 0);
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let (_dir, db, now) = store(2_000);
        let source = Source::Project("project");
        let mut ids = Vec::new();
        for page in 0..11 {
            let part = list(&db, now, source, &Filter::default(), 100, page * 100).unwrap();
            ids.extend(part.iter().map(|doc| doc["id"].as_str().unwrap().to_owned()));
        }
        let wanted: Vec<String> = (0..2_000).step_by(2).map(|n: usize| n.to_string()).collect();
        assert_eq!(ids, wanted);
    }
}
