//! Objects are known by what they are: two that share a name are never taken for each other, and
//! what was not done can be fed back.

use serde_json::{Value, json};
use spctl::local::{Fault, FaultAction};

use crate::run::Run;
use crate::support::Lab;

const GRANT: &str = "--action FIND@shop.orders --role-name ops --yes --failed left";

fn left(lab: &Lab) -> String {
    std::fs::read_to_string(lab.file("left")).unwrap()
}

/// The next requests of an operation are forbidden.
fn forbid(lab: &Lab, operation: &'static str, times: u32) {
    let action = FaultAction::Status { status: 403, error_code: None, retry_after: None };
    lab.faults.push(Fault { operation: Some(operation), times, action });
}

/// A user that is called like the role that it is to get.
fn with_ops() -> Lab {
    let lab = Lab::faulty();
    let line = "users create ops --role read@ledger --yes --generate-password";
    lab.typed(line).finish().exits(0);
    lab.requests();
    lab
}

fn roles_of(lab: &Lab, user: &str) -> String {
    lab.typed(&format!("users get {user} --columns roles")).finish().exits(0).out()
}

#[test]
fn a_role_and_a_user_of_one_name_are_two() {
    let lab = with_ops();
    let run = lab.typed(&format!("users grant ops {GRANT} -o json")).finish().exits(0);
    assert_eq!(run.json()["username"], "ops", "one user, and no role: {}", run.shown());
    let told = run.err();
    assert!(told.contains("created custom role ops"), "{told}");
    assert!(told.contains("granted roles to database user ops"), "{told}");
    assert_eq!(left(&lab), "");
}

#[test]
fn where_the_role_cannot_be_made_its_users_are_fed_back() {
    let lab = with_ops();
    forbid(&lab, "createGroupCustomDbRoleRole", 1);
    let told = lab.typed(&format!("users grant ops bob {GRANT}")).finish().exits(4).err();
    assert!(told.contains("error: custom role ops: "), "{told}");
    assert!(told.contains("error: database user ops: not started"), "{told}");
    assert!(told.contains("1 of 1 custom role and 2 of 2 database users failed"), "{told}");
    assert_eq!(left(&lab), "ops\nbob\n", "the users, each once, and not the role");

    let line = format!("users grant - {GRANT}");
    lab.typed(&line).stdin(&left(&lab)).finish().exits(0);
    assert_eq!(left(&lab), "");
    for user in ["ops", "bob"] {
        assert!(roles_of(&lab, user).contains("ops@admin"), "{user}");
    }
}

#[test]
fn where_the_role_is_made_only_the_user_without_it_is_fed_back() {
    let lab = with_ops();
    // Further than the role, the command is about users alone.
    forbid(&lab, "updateGroupDatabaseUser", 1);
    let told = lab.typed(&format!("users grant ops {GRANT}")).finish().exits(4).err();
    assert!(told.contains("created custom role ops"), "{told}");
    assert!(told.contains("1 of 1 database user failed"), "{told}");
    assert_eq!(left(&lab), "ops\n");
    lab.typed(&format!("users grant - {GRANT}")).stdin(&left(&lab)).finish().exits(0);
    assert!(roles_of(&lab, "ops").contains("ops@admin"));

    // A name of a role is no name that this command is about.
    std::fs::write(lab.file("left"), "ops\n").unwrap();
    let refused = lab.typed(&format!("users grant bob {GRANT}")).finish().exits(6);
    assert!(refused.err().contains("more than the names"), "{}", refused.shown());
}

#[test]
fn users_of_two_databases_keep_their_longer_names() {
    let lab = Lab::faulty();
    forbid(&lab, "deleteGroupDatabaseUser", 2);
    let delete = |names: &str| lab.typed(&format!("users delete {names} --yes --failed left"));
    delete("carol@$external carol@admin").finish().exits(4);
    assert_eq!(left(&lab), "carol@$external\ncarol@admin\n");

    std::fs::remove_file(lab.file("left")).unwrap();
    forbid(&lab, "deleteGroupDatabaseUser", 1);
    delete("carol --auth-db $external").finish().exits(4);
    assert_eq!(left(&lab), "carol@$external\n");
    delete("-").stdin(&left(&lab)).finish().exits(0);
    let names = lab.typed("users list -q").finish().exits(0).out();
    // Alone, it goes by the short name again.
    assert!(names.lines().any(|name| name == "carol"), "{names}");
    let database = lab.typed("users get carol --columns database").finish().exits(0);
    assert!(database.out().contains("admin"), "{}", database.shown());
}

#[test]
fn somebody_who_lacks_two_roles_is_one_person() {
    let lab = Lab::faulty();
    let grant = |project: &str, who: &str| {
        lab.typed(&format!(
            "members grant {who} --role group_owner group_data_access_admin --project {project} \
             --yes --failed left"
        ))
    };
    forbid(&lab, "addGroupUserRole", 2);
    let told = grant("shop", "SAM@example.com").finish().exits(4).err();
    assert!(told.contains("1 of 1 project member failed"), "{told}");
    assert_eq!(left(&lab), "sam@example.com\n");

    // The same person in another project is another member.
    grant("shop-staging", "sam@example.com").finish().exits(0);
    assert_eq!(left(&lab), "");
    let held = |project: &str| {
        let line = format!("members get sam@example.com --columns roles --project {project}");
        lab.typed(&line).finish().exits(0).out()
    };
    assert!(held("shop-staging").contains("Project Owner"));
    assert!(!held("shop").contains("Project Owner"));

    // One of two roles was given: what is left is asked for with the same words.
    forbid(&lab, "addGroupUserRole", 1);
    let half = grant("shop", "sam@example.com robin@example.com").finish().exits(4);
    assert!(half.err().contains("1 of 2 project members failed"), "{}", half.shown());
    assert_eq!(left(&lab).lines().count(), 1, "{}", left(&lab));
    grant("shop", "-").stdin(&left(&lab)).finish().exits(0);
    assert!(held("shop").contains("Project Owner"));
}

#[test]
fn projects_of_one_name_are_told_apart_by_their_ids() {
    let lab = Lab::faulty();
    let (id, org) = ("aaaaaaaaaaaaaaaaaaaaaaa1", "aaaaaaaaaaaaaaaaaaaaaaa2");
    lab.add("org", "", org, &json!({ "id": org, "name": "Elsewhere" }));
    let project = json!({
        "id": id, "name": "shop", "orgId": org, "created": "2026-01-01T00:00:00Z", "clusterCount": 0,
    });
    lab.add("project", org, id, &project);
    forbid(&lab, "deleteGroup", 1);
    let delete = |names: &str| lab.typed(&format!("projects delete {names} --yes --failed left"));
    delete(id).finish().exits(4);
    assert_eq!(left(&lab), format!("{id}\n"), "its name could mean the other one");
    let both = delete("- shop").stdin(&left(&lab)).finish().exits(6);
    assert!(both.err().contains("deleted project shop"), "{}", both.shown());
    assert!(both.err().contains("project shop cannot be deleted"), "{}", both.shown());
    assert_eq!(left(&lab), "shop\n");
    let ids = lab.typed("projects list --columns id -o csv").finish().exits(0).out();
    assert!(ids.contains(lab.project()) && !ids.contains(id), "{ids}");
}

#[test]
fn a_name_of_two_lines_is_not_fed_back_as_two_names() {
    let lab = Lab::new();
    let mut run = lab.typed("users delete --yes --failed left nobody");
    run.args.push("alice\nbob".to_owned());
    let told = run.finish().exits(5);
    assert_eq!(left(&lab), "nobody\n");
    assert!(told.err().contains(r#""alice\nbob" is left out of left"#), "{}", told.shown());
}

#[test]
fn an_error_tells_what_it_is_about() {
    let lab = Lab::faulty();
    let objects = |run: Run| -> Vec<Value> {
        let told = run.finish().err();
        let errors = told.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        errors
            .filter(|line| line["level"] == "error")
            .map(|error| error["object"].clone())
            .collect()
    };
    let user = |name: &str| json!({ "noun": "database user", "name": name });
    let refused = objects(lab.typed("users delete nobody carol --yes -o json"));
    assert_eq!(refused, [user("nobody"), user("carol"), Value::Null]);
    forbid(&lab, "deleteGroupDatabaseUser", 1);
    assert_eq!(objects(lab.typed("users delete erin --yes -o json")), [user("erin")]);
    let log = objects(lab.typed("audit download nothing --since 1h -o json"));
    assert_eq!(log, [json!({ "noun": "instance", "name": "nothing" })]);
}
