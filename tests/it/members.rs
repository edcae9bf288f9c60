//! `spctl members`: who is shown, what is sent, and what is refused.

use insta::assert_snapshot;
use serde_json::{Value, json};
use spctl::local::admin::CredentialKind;

use crate::run::Run;
use crate::support::Lab;

fn with(mut run: Run, args: &str) -> Run {
    run.args.extend(args.split(' ').map(str::to_owned));
    run
}

fn members(lab: &Lab, args: &str) -> Run {
    with(lab.spctl(["members"]), args)
}

/// What was sent since the last call: method, the end of the path, body.
fn sent(lab: &Lab) -> Vec<(String, String, Value)> {
    let changes = lab.exchanges().into_iter().filter(|e| e.method != "GET");
    changes
        .map(|e| {
            let end = e.target.rsplit(['/', ':']).next().unwrap_or_default().to_owned();
            (e.method, end, serde_json::from_slice(&e.request_body).unwrap_or_default())
        })
        .collect()
}

#[track_caller]
fn only_reads(lab: &Lab) {
    let requests = lab.requests();
    assert!(requests.iter().all(|r| r.starts_with("GET ")), "{requests:?}");
}

#[test]
fn everyone_with_access_is_listed() {
    let lab = Lab::new();
    assert_snapshot!("members_list", members(&lab, "list").shown());
    assert_snapshot!("members_list_org", members(&lab, "list --in-org").shown());
    let named = members(&lab, "list --org ExampleShop -q").finish().exits(0).out();
    assert!(named.starts_with("olivia@example.com\n"), "{named}");
    let both = members(&lab, "list --org ExampleShop --project shop -q").finish().exits(0).out();
    assert!(both.starts_with("pat@example.com\n"), "{both}");
    let rows = members(&lab, "list -o json").finish().exits(0).json();
    assert_eq!(rows[0]["roles"], json!(["GROUP_OWNER"]));
    let csv = members(&lab, "list --pending -o csv --columns name,status,invitation-ends");
    let csv = csv.finish().exits(0).out();
    let row = "nia@example.org,pending,2026-09-13T12:00:00Z";
    assert_eq!(csv, format!("name,status,invitation-ends\n{row}\n"));
    let nobody = members(&lab, "list --email nobody@example.com -o json").finish().exits(0);
    assert_eq!(nobody.out(), "[]\n");
    assert!(nobody.err().contains("not in this project"), "{}", nobody.shown());
}

#[test]
fn people_are_shown_by_address_in_any_case() {
    let lab = Lab::new();
    assert_snapshot!("members_get", members(&lab, "get Sam@Example.com nia@example.org").shown());
    assert_snapshot!("members_get_org", members(&lab, "get sam@example.com --in-org").shown());
    let several = members(&lab, "get - -o ndjson").stdin("sam@example.com\nx@example.com\n");
    let several = several.finish().exits(5);
    assert_eq!(several.out().lines().count(), 1, "{}", several.shown());
    assert!(several.err().contains("x@example.com is not in this project"));
}

#[test]
fn an_invitation_is_shown_sent_and_read_back() {
    let lab = Lab::new();
    let invite = "invite New@Example.org --role project-stream-processing-owner";
    members(&lab, invite).finish().exits(2);
    assert_snapshot!(
        "members_invite_dry_run",
        members(&lab, &format!("{invite} --dry-run")).shown()
    );
    only_reads(&lab);
    let yes = format!("{invite} --yes -o json");
    let made = members(&lab, &yes).finish().exits(0).json();
    assert_eq!(made["orgMembershipStatus"], "PENDING");
    let body = json!({ "roles": ["GROUP_STREAM_PROCESSING_OWNER"], "username": "new@example.org" });
    assert_eq!(sent(&lab), [("POST".into(), "users".into(), body)]);
    assert!(members(&lab, &yes).finish().exits(0).err().contains("unchanged"));
    let other = members(&lab, "invite new@example.org --role GROUP_OWNER --yes").finish().exits(6);
    assert!(other.err().contains("members grant"), "{}", other.shown());
    members(&lab, "invite new --role GROUP_OWNER --yes").finish().exits(2);
    let wrong = members(&lab, "invite x@example.org --role ORG_OWNER --yes").finish().exits(2);
    assert!(wrong.err().contains("--in-org"), "{}", wrong.shown());
    only_reads(&lab);
    // An invitation to the project is one to its organisation.
    let org = members(&lab, "get new@example.org --in-org --jq .roles.orgRoles[0]");
    assert_eq!(org.finish().exits(0).out().trim().trim_matches('"'), "ORG_MEMBER");
}

#[test]
fn a_batch_continues_after_a_failure_and_writes_the_name() {
    let lab = Lab::new();
    let run = members(&lab, "invite - --role project-read-only --yes --failed left.txt");
    let names = "a@example.org\npat@example.com\nb@example.org\nA@example.org\n";
    assert_snapshot!("members_batch", run.stdin(names).shown());
    assert_eq!(sent(&lab).len(), 2);
    assert_eq!(std::fs::read_to_string(lab.file("left.txt")).unwrap(), "pat@example.com\n");
    members(&lab, "remove - --yes").stdin("").finish().exits(2);
    only_reads(&lab);
}

#[test]
fn roles_are_granted_and_revoked_one_per_request_except_the_last() {
    let lab = Lab::new();
    members(&lab, "grant SAM@example.com --role project-read-only --yes").finish().exits(0);
    members(&lab, "grant sam@example.com --role Project-Owner group_access_manager --yes")
        .finish()
        .exits(0);
    let revoke = "revoke sam@example.com --role GROUP_OWNER project-read-only --yes";
    members(&lab, revoke).finish().exits(0);
    let mut all = sent(&lab);
    all.sort_by_key(|(_, verb, body)| (verb.clone(), body.to_string()));
    let one =
        |verb: &str, role: &str| ("POST".to_owned(), verb.to_owned(), json!({ "groupRole": role }));
    let wanted = [
        one("addRole", "GROUP_ACCESS_MANAGER"),
        one("addRole", "GROUP_OWNER"),
        one("addRole", "GROUP_READ_ONLY"),
        one("removeRole", "GROUP_OWNER"),
        one("removeRole", "GROUP_READ_ONLY"),
    ];
    assert_eq!(all, wanted);
    assert!(members(&lab, revoke).finish().exits(0).err().contains("unchanged"));
    let last = members(&lab, "revoke robin@example.com --role project-read-only --yes");
    assert_snapshot!("members_revoke_last", last.shown());
    let implicit = members(&lab, "grant olivia@example.com --role GROUP_OWNER --yes");
    let implicit = implicit.finish().exits(5);
    assert!(implicit.err().contains("no role of their own"), "{}", implicit.shown());
    members(&lab, "update sam@example.com --role GROUP_OWNER --yes").finish().exits(2);
    only_reads(&lab);
    // Unknown roles are left to the API when that is asked for.
    let unknown = "grant sam@example.com --role cook --verbatim --yes";
    let unknown = members(&lab, unknown).finish().exits(1);
    assert!(unknown.err().contains("cook"), "{}", unknown.shown());
}

#[test]
fn in_the_organisation_roles_are_set_and_removal_is_from_all_projects() {
    let lab = Lab::new();
    let update = "update sam@example.com --in-org --role organization-read-only";
    assert_snapshot!("members_update_org", members(&lab, &format!("{update} --dry-run")).shown());
    members(&lab, &format!("{update} --yes")).finish().exits(0);
    assert!(
        members(&lab, &format!("{update} --yes")).finish().exits(0).err().contains("unchanged")
    );
    let roles =
        members(&lab, "get sam@example.com -o json").finish().exits(0).json()["roles"].clone();
    assert_eq!(roles, json!(["GROUP_STREAM_PROCESSING_OWNER"]), "roles in projects stay");
    let out = members(&lab, "remove sam@example.com --in-org --yes");
    assert_snapshot!("members_remove_org", out.shown());
    members(&lab, "get sam@example.com").finish().exits(5);
    let owner = members(&lab, "remove olivia@example.com --in-org --yes").finish().exits(6);
    assert!(owner.err().contains("at least one Organization Owner"), "{}", owner.shown());
    members(&lab, "remove robin@example.com --yes").finish().exits(0);
    let stays = members(&lab, "get robin@example.com --in-org --columns name").finish().exits(0);
    assert_eq!(stays.out(), "robin@example.com\n");
}

#[test]
fn all_access_of_a_person_is_found() {
    let lab = Lab::new();
    let everywhere = "list --all-projects --email SAM@example.com";
    assert_snapshot!("members_everywhere", members(&lab, everywhere).shown());
    let json = members(&lab, &format!("{everywhere} -o json")).finish().exits(0).json();
    assert_eq!(json[1]["effective"]["project"]["name"], "shop");
    let whole = members(&lab, "list --all-projects -q").finish().exits(0).out();
    assert!(whole.lines().filter(|name| *name == "olivia@example.com").count() == 3, "{whole}");
    // A credential of one project reports what it cannot read.
    let key = lab.credential(CredentialKind::ApiKey, "project-read-only");
    let run =
        with(lab.with_key(&key, ["members"]), &format!("{everywhere} --columns name,project"));
    let finished = run.finish().exits(0);
    assert_eq!(finished.out(), "sam@example.com\tshop\n", "{}", finished.shown());
    assert!(finished.err().contains("the members of organisation"), "{}", finished.shown());
    let refused = lab.with_key(&key, ["members", "remove", "sam@example.com", "--yes"]);
    assert!(refused.finish().exits(4).err().contains("Project Access Manager"));
}

#[test]
fn an_invitation_expires_by_the_clock_of_the_store() {
    let lab = Lab::new();
    let local = |args: &str| with(lab.local([]), args).finish().exits(0);
    local("members list");
    local("members invite late@example.org --role GROUP_READ_ONLY --yes");
    local("local clock advance 25d");
    let names = local("members list --pending -q").out();
    assert_eq!(names, "late@example.org\n");
    local("local clock advance 6d");
    let gone = local("members list --pending -q");
    assert!(gone.out().is_empty() && gone.err().contains("no pending invitations"));
}

#[test]
fn a_role_in_the_organisation_is_one_in_its_projects() {
    let lab = Lab::new();
    members(&lab, "remove robin@example.com --yes").finish().exits(0);
    for (role, implied) in [
        ("organization-stream-processing-admin", json!(["GROUP_STREAM_PROCESSING_OWNER"])),
        ("organization-read-only", json!(["GROUP_READ_ONLY"])),
        ("organization-owner", json!(["GROUP_OWNER"])),
    ] {
        let update = format!("update robin@example.com --in-org --role {role} --yes");
        members(&lab, &update).finish().exits(0);
        let rows = members(&lab, "list -o json").finish().exits(0).json();
        let robin = rows.as_array().unwrap().iter().find(|m| m["username"] == "robin@example.com");
        assert_eq!(robin.map(|robin| &robin["roles"]), Some(&implied), "{role}");
        let one = members(&lab, "get robin@example.com -o json").finish().exits(0).json();
        assert_eq!(one["roles"], implied, "{role}");
    }
    let update = "update robin@example.com --in-org --role organization-member --yes";
    members(&lab, update).finish().exits(0);
    members(&lab, "get robin@example.com").finish().exits(5);
}

#[test]
fn the_roles_of_people_say_what_they_allow() {
    let lab = Lab::new();
    let run = lab.spctl(["roles", "list", "--project-roles"]);
    assert_snapshot!("project_roles", run.shown());
    assert!(lab.requests().is_empty());
}
