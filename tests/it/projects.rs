//! `spctl projects` and `spctl orgs`: what comes, what goes, and what stands in the way.

use insta::assert_snapshot;

use crate::support::Lab;

#[test]
fn projects_come_and_go() {
    let lab = Lab::new();
    let create = |last| lab.spctl(["projects", "create", "blue", "green", last]);
    assert_snapshot!("projects_create_dry_run", create("--dry-run").shown());
    create("--no").finish().exits(2);
    lab.spctl(["projects", "create", "blue"]).finish().exits(2);
    assert!(lab.requests().iter().all(|r| r.starts_with("GET ")));
    create("--yes").finish().exits(0);
    create("--yes").finish().exits(6);
    let one = ["projects", "create", "red", "--org", "ExampleShop", "--yes", "-o", "json"];
    let made = lab.spctl(one).finish().exits(0).json();
    assert_eq!(made["clusterCount"], 0);
    let members = lab.spctl(["members", "list", "--project", "red", "-q"]).finish().exits(0);
    assert_eq!(members.out(), "olivia@example.com\n");

    let run = lab.spctl(["projects", "delete", "-", "--yes", "--failed", "left"]);
    assert_snapshot!("projects_delete", redacted(run.stdin("blue\nshop\nnone\n").shown()));
    assert_eq!(std::fs::read_to_string(lab.file("left")).unwrap(), "shop\nnone\n");
    lab.spctl(["projects", "get", "blue"]).finish().exits(5);
    let names = lab.spctl(["projects", "list", "-q"]).finish().exits(0).out();
    assert_eq!(names, "shop\nshop-staging\ngreen\nred\n");
}

/// Ids follow from the store's seed, and would change with every new object of the sample.
fn redacted(text: String) -> String {
    let mut out = String::new();
    for word in text.split_inclusive([' ', '\n', '\t']) {
        let id = word.trim_end();
        match id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit()) {
            true => out.push_str(&word.replace(id, "[ID]")),
            false => out.push_str(word),
        }
    }
    out
}

#[test]
fn organisations_are_shown() {
    let lab = Lab::new();
    let run = lab.spctl(["orgs", "get", "ExampleShop", "Nothing", "--columns", "name"]);
    let finished = run.finish().exits(5);
    assert_eq!(finished.out(), "ExampleShop\n", "{}", finished.shown());
    let org = lab.spctl(["orgs", "list", "--columns", "id"]).finish().exits(0).out();
    let shown = lab.spctl(["orgs", "get", org.trim(), "-o", "json"]).finish().exits(0).json();
    assert_eq!(shown["name"], "ExampleShop");
    let projects = lab.spctl(["projects", "list", "--org", "ExampleShop", "-q"]).finish().exits(0);
    assert_eq!(projects.out(), "shop\nshop-staging\n");
    assert!(lab.requests().iter().any(|r| r.contains(&format!("/orgs/{}/groups", org.trim()))));
}
