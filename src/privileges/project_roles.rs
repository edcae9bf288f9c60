//! Roles of the organisation and of its projects: their two names, and which includes which.

/// Whose role it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Held in an organisation; reaches its projects.
    Organization,
    /// Held in one project.
    Project,
}

/// A role as the documentation and as the API call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// The name that the documentation uses.
    pub display: &'static str,
    /// The name that the API uses.
    pub api: &'static str,
    /// Where it is held.
    pub scope: Scope,
}

const fn project(display: &'static str, api: &'static str) -> Role {
    Role { display, api, scope: Scope::Project }
}

const fn organization(display: &'static str, api: &'static str) -> Role {
    Role { display, api, scope: Scope::Organization }
}

/// The roles known here. Atlas may have others: a client passes an unknown name on.
pub const ROLES: &[Role] = &[
    project("Project Owner", "GROUP_OWNER"),
    project("Project Stream Processing Owner", "GROUP_STREAM_PROCESSING_OWNER"),
    project("Project Stream Processing Manager", "GROUP_STREAM_PROCESSING_MANAGER"),
    project("Project Database Access Admin", "GROUP_DATABASE_ACCESS_ADMIN"),
    project("Project Access Manager", "GROUP_ACCESS_MANAGER"),
    project("Project Network Access Manager", "GROUP_NETWORK_ACCESS_MANAGER"),
    project("Project Data Access Admin", "GROUP_DATA_ACCESS_ADMIN"),
    project("Project Data Access Read Write", "GROUP_DATA_ACCESS_READ_WRITE"),
    project("Project Data Access Read Only", "GROUP_DATA_ACCESS_READ_ONLY"),
    project("Project Read Only", "GROUP_READ_ONLY"),
    organization("Organization Owner", "ORG_OWNER"),
    organization("Organization Stream Processing Admin", "ORG_STREAM_PROCESSING_ADMIN"),
    organization("Organization Member", "ORG_MEMBER"),
    organization("Organization Read Only", "ORG_READ_ONLY"),
];

/// Finds a role by its display name, its API name, or either of them in any case with `-`, `_`
/// or a space between the words (`project-read-only`).
pub fn find(name: &str) -> Option<&'static Role> {
    let plain = |s: &str| s.trim().to_ascii_lowercase().replace(['-', '_'], " ");
    let wanted = plain(name);
    ROLES.iter().find(|role| plain(role.display) == wanted || plain(role.api) == wanted)
}

/// Whether a holder of one role may do all that another allows (display names).
///
/// A role includes itself, also one that is not in [`ROLES`]. That every project role includes
/// Project Read Only is an assumption; the rest is documented.
pub fn includes(held: &str, required: &str) -> bool {
    if held == required || held == "Organization Owner" {
        return true;
    }
    let to_project = required.starts_with("Project ");
    match held {
        "Project Owner" if to_project => return true,
        "Project Stream Processing Owner" if required == "Project Stream Processing Manager" => {
            return true;
        }
        "Project Data Access Admin" | "Project Data Access Read Write"
            if required == "Project Data Access Read Only" =>
        {
            return true;
        }
        "Project Data Access Admin" if required == "Project Data Access Read Write" => return true,
        _ => {}
    }
    match required {
        "Project Read Only" => {
            held.starts_with("Project ")
                || matches!(held, "Organization Stream Processing Admin" | "Organization Read Only")
        }
        "Organization Member" => held.starts_with("Organization "),
        _ => false,
    }
}

/// The known roles (display names) that would do where one of `required` is asked for, the
/// least first, then those that include them.
pub fn that_would_do(required: &[&str]) -> Vec<&'static str> {
    let named = ROLES.iter().filter(|role| required.contains(&role.display));
    let above = ROLES.iter().filter(|role| {
        !required.contains(&role.display) && required.iter().any(|r| includes(role.display, r))
    });
    named.chain(above).map(|role| role.display).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_found_by_any_of_its_names() {
        for name in ["Project Read Only", "GROUP_READ_ONLY", "project-read-only", "group_read_only"]
        {
            assert_eq!(find(name).map(|r| r.api), Some("GROUP_READ_ONLY"), "{name}");
        }
        assert_eq!(find("project"), None);
    }

    #[test]
    fn owners_include_everything_beneath_them() {
        for role in ROLES {
            assert!(includes("Organization Owner", role.display));
            assert_eq!(
                includes("Project Owner", role.display),
                role.scope == Scope::Project,
                "{}",
                role.display
            );
            assert!(includes(role.display, role.display));
        }
    }

    #[test]
    fn inclusion_is_transitive() {
        for a in ROLES {
            for b in ROLES.iter().filter(|b| includes(a.display, b.display)) {
                for c in ROLES.iter().filter(|c| includes(b.display, c.display)) {
                    assert!(includes(a.display, c.display), "{a:?} {b:?} {c:?}");
                }
            }
        }
    }

    #[test]
    fn narrow_roles_stay_narrow() {
        assert!(!includes("Project Stream Processing Owner", "Project Database Access Admin"));
        assert!(!includes("Project Stream Processing Manager", "Project Stream Processing Owner"));
        assert!(!includes("Organization Member", "Project Read Only"));
        assert!(includes("Project Data Access Admin", "Project Data Access Read Only"));
        assert!(!includes("Project Data Access Read Only", "Project Data Access Read Write"));
    }

    #[test]
    fn the_least_role_is_named_first() {
        let names =
            that_would_do(&["Project Database Access Admin", "Project Stream Processing Owner"]);
        assert_eq!(names.len(), 4);
        assert!(names.ends_with(&["Project Owner", "Organization Owner"]));
    }
}
