use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

#[test]
fn a_role_is_found_by_any_of_its_names() {
    for name in ["Project Read Only", "GROUP_READ_ONLY", "project-read-only", "group_read_only"] {
        assert_eq!(find(name).map(|r| r.api), Some("GROUP_READ_ONLY"), "{name}");
    }
    assert_eq!(find("project"), None);
}

#[test]
fn the_table_names_only_roles_that_are_in_it() {
    for role in ROLES {
        assert_eq!(level_of(role.display), Some(role.level), "{role:?}");
        assert_eq!(level_of(role.api), Some(role.level), "{role:?}");
        for included in role.includes {
            assert!(ROLES.iter().any(|other| other.display == *included), "{included}");
        }
    }
}

/// What the documentation says that each role amounts to, in all.
#[test]
fn every_role_includes_what_is_documented_and_nothing_else() {
    let project: Vec<&str> =
        ROLES.iter().filter(|r| r.level == RoleLevel::Project).map(|r| r.display).collect();
    let all: Vec<&str> = ROLES.iter().map(|r| r.display).collect();
    let stream_owner = [
        "Project Stream Processing Owner",
        "Project Stream Processing Manager",
        "Project Read Only",
    ];
    let documented: &[(&str, &[&str])] = &[
        ("Project Owner", &project),
        ("Project Stream Processing Owner", &stream_owner),
        ("Project Stream Processing Manager", &stream_owner[1..]),
        ("Project Database Access Admin", &["Project Database Access Admin", "Project Read Only"]),
        ("Project Access Manager", &["Project Access Manager", "Project Read Only"]),
        (
            "Project Network Access Manager",
            &["Project Network Access Manager", "Project Read Only"],
        ),
        (
            "Project Data Access Admin",
            &[
                "Project Data Access Admin",
                "Project Data Access Read Write",
                "Project Data Access Read Only",
                "Project Read Only",
            ],
        ),
        (
            "Project Data Access Read Write",
            &[
                "Project Data Access Read Write",
                "Project Data Access Read Only",
                "Project Read Only",
            ],
        ),
        ("Project Data Access Read Only", &["Project Data Access Read Only", "Project Read Only"]),
        ("Project Read Only", &["Project Read Only"]),
        ("Organization Owner", &all),
        (
            "Organization Stream Processing Admin",
            &[
                "Organization Stream Processing Admin",
                "Project Stream Processing Owner",
                "Project Stream Processing Manager",
                "Project Read Only",
                "Organization Read Only",
                "Organization Member",
            ],
        ),
        ("Organization Member", &["Organization Member"]),
        (
            "Organization Read Only",
            &["Organization Read Only", "Project Read Only", "Organization Member"],
        ),
    ];
    assert_eq!(documented.len(), ROLES.len());
    for (held, includes_these) in documented {
        for required in &all {
            let expected = includes_these.contains(required);
            assert_eq!(includes(held, required), expected, "{held} includes {required}");
        }
    }
}

#[test]
fn a_role_that_is_not_known_includes_itself_and_what_every_role_of_its_level_does() {
    assert!(includes("GROUP_CLUSTER_MANAGER", "GROUP_CLUSTER_MANAGER"));
    assert!(includes("GROUP_CLUSTER_MANAGER", "Project Read Only"));
    assert!(!includes("GROUP_CLUSTER_MANAGER", "Project Data Access Read Only"));
    assert!(includes("ORG_BILLING_ADMIN", "Organization Member"));
    assert!(!includes("ORG_BILLING_ADMIN", "Project Read Only"));
    assert!(includes("cook", "cook") && !includes("cook", "Project Read Only"));
    assert!(includes("Project Owner", "GROUP_CLUSTER_MANAGER"));
    assert!(includes("Organization Owner", "ORG_BILLING_ADMIN"));
    assert!(!includes("Project Owner", "ORG_BILLING_ADMIN"));
    assert!(exists("GROUP_CLUSTER_MANAGER", RoleLevel::Project));
    assert!(!exists("GROUP_CLUSTER_MANAGER", RoleLevel::Organization));
    assert!(!exists("GROUP_COOK", RoleLevel::Project));
}

#[test]
fn the_least_role_is_named_first() {
    let names =
        that_would_do(&["Project Database Access Admin", "Project Stream Processing Owner"]);
    assert_eq!(
        names,
        [
            "Project Stream Processing Owner",
            "Project Database Access Admin",
            "Project Owner",
            "Organization Owner",
            "Organization Stream Processing Admin",
        ]
    );
}

#[test]
fn roles_of_the_organisation_are_roles_in_its_projects() {
    let implied = |held: &[&str]| {
        let roles = implied_in_projects(held.iter().copied());
        roles.iter().map(|role| role.api).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(implied(&["ORG_OWNER"]), "GROUP_OWNER");
    assert_eq!(implied(&["ORG_MEMBER", "ORG_READ_ONLY"]), "GROUP_READ_ONLY");
    let admin = "ORG_STREAM_PROCESSING_ADMIN";
    assert_eq!(implied(&["ORG_READ_ONLY", admin]), "GROUP_STREAM_PROCESSING_OWNER");
    assert_eq!(implied(&[admin, "ORG_OWNER", "ORG_MEMBER"]), "GROUP_OWNER");
    assert_eq!(implied(&["ORG_MEMBER", "ORG_BILLING_ADMIN"]), "");
    let reaching: Vec<_> = reaching_projects().map(|role| role.api).collect();
    assert_eq!(reaching, ["ORG_OWNER", admin, "ORG_READ_ONLY"]);
}

fn name() -> impl Strategy<Value = &'static str> {
    let known = ROLES.iter().flat_map(|role| [role.display, role.api]);
    select(
        known
            .chain(OTHERS.iter().flat_map(|(display, api)| [*display, *api]))
            .chain(["cook"])
            .collect::<Vec<_>>(),
    )
}

proptest! {
    #[test]
    fn inclusion_is_transitive(a in name(), b in name(), c in name()) {
        prop_assert!(includes(a, a));
        prop_assert!(!(includes(a, b) && includes(b, c)) || includes(a, c), "{a} {b} {c}");
    }

    #[test]
    fn what_would_do_is_what_includes(
        required in subsequence(ROLES.iter().map(|r| r.display).collect::<Vec<_>>(), 1..4),
    ) {
        let names = that_would_do(&required);
        for role in ROLES {
            let does = required.iter().any(|required| includes(role.display, required));
            prop_assert_eq!(names.contains(&role.display), does, "{}", role.display);
        }
    }
}
