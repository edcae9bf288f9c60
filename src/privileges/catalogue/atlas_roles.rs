//! The roles that people, API keys and service accounts hold in organisations and projects: their
//! names, and which role includes which.

use crate::privileges::reach::reach;

/// Where a role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleLevel {
    /// In an organisation; reaches its projects.
    Organization,
    /// In one project.
    Project,
}

/// A role as the documentation and as the API call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtlasRole {
    /// The name that the documentation uses.
    pub display: &'static str,
    /// The name that the API uses.
    pub api: &'static str,
    /// Where it is held.
    pub level: RoleLevel,
    /// The roles (display names) that it includes by itself; [`closure`] follows them further.
    includes: &'static [&'static str],
}

const fn project(
    display: &'static str,
    api: &'static str,
    includes: &'static [&'static str],
) -> AtlasRole {
    AtlasRole { display, api, level: RoleLevel::Project, includes }
}

const fn organization(
    display: &'static str,
    api: &'static str,
    includes: &'static [&'static str],
) -> AtlasRole {
    AtlasRole { display, api, level: RoleLevel::Organization, includes }
}

/// Holds every role of its project.
pub const PROJECT_OWNER: AtlasRole = project(
    "Project Owner",
    "GROUP_OWNER",
    &[
        "Project Stream Processing Owner",
        "Project Database Access Admin",
        "Project Access Manager",
        "Project Network Access Manager",
        "Project Data Access Admin",
    ],
);

/// Holds everything about stream processing in its project, and its database users.
pub const PROJECT_STREAM_PROCESSING_OWNER: AtlasRole = project(
    "Project Stream Processing Owner",
    "GROUP_STREAM_PROCESSING_OWNER",
    &["Project Stream Processing Manager"],
);

/// Included in every other role of a project.
pub const PROJECT_READ_ONLY: AtlasRole = project("Project Read Only", "GROUP_READ_ONLY", &[]);

/// Holds every role of its organisation, and of all its projects.
pub const ORGANIZATION_OWNER: AtlasRole = organization(
    "Organization Owner",
    "ORG_OWNER",
    &["Project Owner", "Organization Stream Processing Admin"],
);

/// Included in every other role of an organisation.
pub const ORGANIZATION_MEMBER: AtlasRole = organization("Organization Member", "ORG_MEMBER", &[]);

/// The roles known here, with what each includes by the documentation. Atlas may have others. That
/// Organization Read Only also reads projects is an assumption.
pub const ROLES: &[AtlasRole] = &[
    PROJECT_OWNER,
    PROJECT_STREAM_PROCESSING_OWNER,
    project(
        "Project Stream Processing Manager",
        "GROUP_STREAM_PROCESSING_MANAGER",
        &["Project Read Only"],
    ),
    project("Project Database Access Admin", "GROUP_DATABASE_ACCESS_ADMIN", &["Project Read Only"]),
    project("Project Access Manager", "GROUP_ACCESS_MANAGER", &["Project Read Only"]),
    project(
        "Project Network Access Manager",
        "GROUP_NETWORK_ACCESS_MANAGER",
        &["Project Read Only"],
    ),
    project(
        "Project Data Access Admin",
        "GROUP_DATA_ACCESS_ADMIN",
        &["Project Data Access Read Write"],
    ),
    project(
        "Project Data Access Read Write",
        "GROUP_DATA_ACCESS_READ_WRITE",
        &["Project Data Access Read Only"],
    ),
    project("Project Data Access Read Only", "GROUP_DATA_ACCESS_READ_ONLY", &["Project Read Only"]),
    PROJECT_READ_ONLY,
    ORGANIZATION_OWNER,
    organization(
        "Organization Stream Processing Admin",
        "ORG_STREAM_PROCESSING_ADMIN",
        &["Project Stream Processing Owner", "Organization Read Only"],
    ),
    ORGANIZATION_MEMBER,
    organization(
        "Organization Read Only",
        "ORG_READ_ONLY",
        &["Project Read Only", "Organization Member"],
    ),
];

/// Further roles of Atlas, by the documentation's and the API's names: they can be held, and no
/// operation known here asks for one of them.
const OTHERS: &[(&str, &str)] = &[
    ("Organization Project Creator", "ORG_GROUP_CREATOR"),
    ("Organization Billing Admin", "ORG_BILLING_ADMIN"),
    ("Organization Billing Viewer", "ORG_BILLING_READ_ONLY"),
    ("Project Cluster Manager", "GROUP_CLUSTER_MANAGER"),
    ("Project Backup Manager", "GROUP_BACKUP_MANAGER"),
    ("Project Observability Viewer", "GROUP_OBSERVABILITY_VIEWER"),
    ("Project Search Index Editor", "GROUP_SEARCH_INDEX_EDITOR"),
];

/// Every role's names: the documentation's, and the API's.
fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let known = ROLES.iter().map(|role| (role.display, role.api));
    known.chain(OTHERS.iter().copied())
}

/// The documentation's and the API's names of the roles that are held at a level.
pub fn names_at(level: RoleLevel) -> impl Iterator<Item = (&'static str, &'static str)> {
    names().filter(move |(_, api)| level_of(api) == Some(level))
}

/// The API's name of a role of Atlas, and where it is held, by any of the names that [`find`] takes.
pub fn api_name(name: &str) -> Option<(&'static str, RoleLevel)> {
    let wanted = plain(name);
    let (_, api) = names().find(|(name, api)| plain(name) == wanted || plain(api) == wanted)?;
    Some((api, level_of(api)?))
}

/// A name without what does not count in one: case, what stands between words, and how English is
/// spelt.
fn plain(name: &str) -> String {
    let words = name.trim().to_ascii_lowercase().replace(['-', '_'], " ");
    words.replace("organisation", "organization")
}

/// Finds a role by its display name, its API name, or either of them in any case with `-`, `_`
/// or a space between the words (`project-read-only`).
pub fn find(name: &str) -> Option<&'static AtlasRole> {
    let wanted = plain(name);
    ROLES.iter().find(|role| plain(role.display) == wanted || plain(role.api) == wanted)
}

/// Whether Atlas has a role of this API name, which is held at this level.
pub fn exists(api: &str, level: RoleLevel) -> bool {
    names_at(level).any(|(_, name)| name == api)
}

/// The level at which a role is held, known or not, by how its display or API name begins.
fn level_of(name: &str) -> Option<RoleLevel> {
    let begins = |words: [&str; 2]| words.iter().any(|word| name.starts_with(word));
    match (begins(["Project ", "GROUP_"]), begins(["Organization ", "ORG_"])) {
        (true, _) => Some(RoleLevel::Project),
        (_, true) => Some(RoleLevel::Organization),
        _ => None,
    }
}

/// The display name of a role that is known by its API name; any other name as it is.
fn display(name: &str) -> &str {
    ROLES.iter().find(|role| role.api == name).map_or(name, |role| role.display)
}

/// What a role includes by itself. An unknown one includes what every role of its level does.
fn included(role: &str) -> &'static [&'static str] {
    match (ROLES.iter().find(|known| known.display == role), level_of(role)) {
        (Some(role), _) => role.includes,
        (None, Some(RoleLevel::Project)) => &[PROJECT_READ_ONLY.display],
        (None, Some(RoleLevel::Organization)) => &[ORGANIZATION_MEMBER.display],
        (None, None) => &[],
    }
}

/// Every role that a role amounts to, itself first, the nearest first: display names, and an
/// unknown role by its own.
pub fn closure(role: &str) -> impl Iterator<Item = &str> {
    reach([display(role)], |role| included(role).to_vec())
        .into_iter()
        .filter_map(|mut way| way.pop())
}

/// Whether a holder of one role may do all that another allows. Owners also hold the roles that are
/// not known here.
pub fn includes(held: &str, required: &str) -> bool {
    let (required, level) = (display(required), level_of(required));
    closure(held).any(|role| {
        role == required
            || role == ORGANIZATION_OWNER.display && level.is_some()
            || role == PROJECT_OWNER.display && level == Some(RoleLevel::Project)
    })
}

/// The known roles (display names) that satisfy a need for one of `required`: those first, then the
/// ones that include them.
pub fn that_would_do(required: &[&str]) -> Vec<&'static str> {
    let named = ROLES.iter().filter(|role| required.contains(&role.display));
    let above = ROLES.iter().filter(|role| {
        !required.contains(&role.display) && required.iter().any(|r| includes(role.display, r))
    });
    named.chain(above).map(|role| role.display).collect()
}

/// What a role of an organisation amounts to in each project; `None` if it reaches none.
fn in_projects(role: &AtlasRole) -> Option<&'static AtlasRole> {
    let mut reached = closure(role.display).filter_map(find);
    reached.find(|role| role.level == RoleLevel::Project)
}

/// The roles of an organisation that reach its projects.
pub fn reaching_projects() -> impl Iterator<Item = &'static AtlasRole> {
    let of_organizations = ROLES.iter().filter(|role| role.level == RoleLevel::Organization);
    of_organizations.filter(|role| in_projects(role).is_some())
}

/// The project roles implied by roles of the organisation (API names), without those that another
/// of them includes.
pub fn implied_in_projects<'a>(held: impl IntoIterator<Item = &'a str>) -> Vec<&'static AtlasRole> {
    let mut implied: Vec<&AtlasRole> = Vec::new();
    for role in held.into_iter().filter_map(find).filter_map(in_projects) {
        if !implied.iter().any(|other| includes(other.display, role.display)) {
            implied.retain(|other| !includes(role.display, other.display));
            implied.push(role);
        }
    }
    implied
}

#[cfg(test)]
#[path = "../tests/atlas_roles.rs"]
mod tests;
