//! Projects, people and users, as official clients ask for them.

use serde_json::{Value, json};

use crate::clients::{V, answer, only};
use crate::raw;
use crate::support::Lab;

#[test]
fn a_project_has_tags_alert_settings_and_links() {
    let lab = Lab::new();
    let tags = json!([{ "key": "env", "value": "e2e" }, { "key": "prod", "value": "false" }]);
    let new = json!({ "name": "e2e-proj-201", "orgId": lab.org(), "tags": tags });
    let made = answer(&lab, 201, "POST", "/groups", V, Some(new));
    let id = made["id"].as_str().expect("an id");
    let own = format!("{}/api/atlas/v2/groups/{id}", lab.url());
    let below = ["containers", "clusters", "databaseUsers", "peers", "processes", "whitelist"];
    let below = below.map(|name| {
        json!({ "href": format!("{own}/{name}"), "rel": format!("https://cloud.mongodb.com/{name}") })
    });
    let mut links = vec![json!({ "href": own, "rel": "self" })];
    links.extend(below);
    let recorded = json!({
        "clusterCount": 0, "created": made["created"], "id": id, "links": links,
        "name": "e2e-proj-201", "orgId": lab.org(), "tags": tags,
        "withDefaultAlertsSettings": true,
    });
    assert_eq!(made, recorded);
    assert_eq!(answer(&lab, 200, "GET", &format!("/groups/{id}"), V, None), recorded);
    assert_eq!(answer(&lab, 200, "GET", "/groups/byName/e2e-proj-201", V, None), recorded);
    let in_list = |path: &str| {
        let page = answer(&lab, 200, "GET", path, V, None);
        let rows = page["results"].as_array().expect("a page").clone();
        for row in &rows {
            assert_eq!(row["links"].as_array().map(Vec::len), Some(1), "{row}");
            assert!(row["tags"].is_array() && row["withDefaultAlertsSettings"] == true, "{row}");
        }
        rows.into_iter().find(|row| row["id"] == id).expect("it is listed")
    };
    let mut listed = recorded.clone();
    listed["links"] = json!([{ "href": own, "rel": "self" }]);
    assert_eq!(in_list("/groups"), listed);
    assert_eq!(in_list(&format!("/orgs/{}/groups", lab.org())), listed);
    assert_eq!(in_list(&format!("/orgs/{}/groups?name=e2e", lab.org())), listed);

    let quiet = json!({ "name": "quiet", "orgId": lab.org(), "withDefaultAlertsSettings": false });
    let made = answer(&lab, 201, "POST", "/groups", V, Some(quiet));
    assert_eq!(
        only(&made, &["tags", "withDefaultAlertsSettings"]),
        json!({
            "tags": [], "withDefaultAlertsSettings": false,
        })
    );
    for wrong in [
        json!({ "key": "a" }),
        json!({ "key": "", "value": "b" }),
        json!({ "key": "a", "value": "x".repeat(256) }),
        json!("a"),
    ] {
        let body = json!({ "name": "wrong", "orgId": lab.org(), "tags": [wrong] });
        answer(&lab, 400, "POST", "/groups", V, Some(body));
    }
    let twice = json!([{ "key": "a", "value": "1" }, { "key": "a", "value": "2" }]);
    let body = json!({ "name": "wrong", "orgId": lab.org(), "tags": twice });
    answer(&lab, 400, "POST", "/groups", V, Some(body));
}

#[test]
fn users_entries_and_organizations_link_to_themselves() {
    let lab = Lab::new();
    let root = format!("{}/api/atlas/v2", lab.url());
    let group = format!("{root}/groups/{}", lab.project());
    let to = |href: String| json!([{ "href": href, "rel": "self" }]);
    let page = answer(&lab, 200, "GET", "{p}/databaseUsers", V, None);
    for user in page["results"].as_array().expect("a page") {
        let href = user["links"][0]["href"].as_str().expect("a link");
        let path = href.strip_prefix(&*root).expect("a path of this server");
        assert_eq!(&answer(&lab, 200, "GET", path, V, None), user);
    }
    let external = page["results"].as_array().into_iter().flatten();
    let external = external.filter(|user| user["databaseName"] == "$external");
    let hrefs: Vec<&Value> = external.map(|user| &user["links"][0]["href"]).collect();
    let plain = format!("{group}/databaseUsers/$external/");
    assert!(!hrefs.is_empty() && hrefs.iter().all(|h| h.as_str().unwrap().starts_with(&plain)));

    let entries = json!([{ "ipAddress": "192.168.0.127", "comment": "test" }]);
    let page = answer(&lab, 201, "POST", "{p}/accessList", V, Some(entries));
    let last = page["results"].as_array().and_then(|rows| rows.last()).expect("a page");
    assert_eq!(last["links"], to(format!("{group}/accessList/192.168.0.127%2F32")));
    for entry in page["results"].as_array().expect("a page") {
        let href = entry["links"][0]["href"].as_str().expect("a link");
        let path = href.strip_prefix(&*root).expect("a path of this server");
        assert_eq!(&answer(&lab, 200, "GET", path, V, None), entry);
    }

    let org = format!("{root}/orgs/{}", lab.org());
    let page = answer(&lab, 200, "GET", "/orgs", V, None);
    assert_eq!(
        page["results"][0],
        json!({
            "id": lab.org(), "isDeleted": false, "links": to(org.clone()), "name": "ExampleShop",
            "skipDefaultAlertsSettings": false,
        })
    );
    let below = ["groups", "teams", "users"].map(|name| {
        json!({ "href": format!("{org}/{name}"), "rel": format!("https://cloud.mongodb.com/{name}") })
    });
    let got = answer(&lab, 200, "GET", &format!("/orgs/{}", lab.org()), V, None);
    assert_eq!(got["links"][0], to(org)[0]);
    assert_eq!(got["links"].as_array().map(|links| &links[1..]), Some(&below[..]));
}

#[test]
fn a_user_whose_certificate_atlas_makes_has_a_plain_name() {
    let lab = Lab::new();
    let new = |name: &str, kind: &str| {
        Some(json!({
            "databaseName": "$external", "groupId": lab.project(), "username": name,
            "roles": [{ "databaseName": "admin", "roleName": "atlasAdmin" }], "x509Type": kind,
        }))
    };
    let made = answer(&lab, 201, "POST", "{p}/databaseUsers", V, new("user35", "MANAGED"));
    let href = format!(
        "{}/api/atlas/v2/groups/{}/databaseUsers/$external/user35",
        lab.url(),
        lab.project()
    );
    assert_eq!(
        made,
        json!({
            "awsIAMType": "NONE", "databaseName": "$external", "groupId": lab.project(),
            "labels": [], "ldapAuthType": "NONE", "links": [{ "href": href, "rel": "self" }],
            "oidcAuthType": "NONE",
            "roles": [{ "databaseName": "admin", "roleName": "atlasAdmin" }], "scopes": [],
            "username": "user35", "x509Type": "MANAGED",
        })
    );
    answer(&lab, 400, "POST", "{p}/databaseUsers", V, new("user36", "CUSTOMER"));
    answer(&lab, 201, "POST", "{p}/databaseUsers", V, new("CN=user36,O=x", "CUSTOMER"));
}

#[test]
fn certificates_of_a_user_are_no_user() {
    // The document does not have this path.
    let lab = Lab::faulty();
    for (method, body) in [("GET", None), ("POST", Some(json!({ "monthsUntilExpiration": 5 })))] {
        let refused = answer(&lab, 404, method, "{p}/databaseUsers/alice/certs", V, body);
        assert_eq!(refused["errorCode"], "RESOURCE_NOT_FOUND", "{refused}");
    }
}

#[test]
fn older_versions_of_listings_are_answered() {
    // The document has only the newest version of clusters, and calls a password of a person
    // required that no answer has.
    let lab = Lab::faulty();
    for date in ["2023-01-01", "2023-02-01", "2024-08-05", "2025-03-12"] {
        let page = answer(&lab, 200, "GET", "{p}/clusters", date, None);
        assert_eq!(page["results"][0]["name"], "shop-main", "{page}");
        assert_eq!(page["results"][0]["stateName"], "IDLE", "{page}");
    }
    answer(&lab, 406, "GET", "{p}/clusters", "2022-12-31", None);
    let page = answer(&lab, 200, "GET", "{p}/users", V, None);
    let rows = page["results"].as_array().expect("a page");
    let pat = rows.iter().find(|row| row["username"] == "pat@example.com").expect("a member");
    let role = json!({ "groupId": lab.project(), "roleName": "GROUP_OWNER" });
    assert!(pat["roles"].as_array().is_some_and(|roles| roles.contains(&role)), "{pat}");
    let member = json!({ "orgId": lab.org(), "roleName": "ORG_MEMBER" });
    assert!(pat["roles"].as_array().is_some_and(|roles| roles.contains(&member)), "{pat}");
    assert_eq!(pat["emailAddress"], "pat@example.com");
    assert!(pat.get("orgMembershipStatus").is_none(), "{pat}");
    let path = format!("/orgs/{}/users", lab.org());
    let old = answer(&lab, 200, "GET", &path, V, None);
    let new = answer(&lab, 200, "GET", &path, "2025-02-19", None);
    // Who is invited has no account yet.
    let active = new["results"].as_array().into_iter().flatten();
    let active = active.filter(|person| person["orgMembershipStatus"] == "ACTIVE").count();
    assert_eq!(old["results"].as_array().map(Vec::len), Some(active));
    assert_eq!(old["totalCount"], active);
    let media = "application/vnd.atlas.2023-01-01+json";
    let head = format!("Authorization: Bearer {}\r\nAccept: {media}\r\n", lab.token());
    let target = format!("/api/atlas/v2{path}");
    let answered = raw::send(lab.url(), "GET", &target, &head, "");
    assert!(answered.head.contains(media), "{}", answered.head);
}

#[test]
fn a_member_of_one_project_sees_no_roles_in_others() {
    let lab = Lab::faulty();
    let account = lab.account(&["GROUP_READ_ONLY"], "shop-staging");
    let secret = secrecy::ExposeSecret::expose_secret(&account.secret);
    let token = raw::token(lab.url(), &account.name, secret);
    let staging = answer(&lab, 200, "GET", "/groups/byName/shop-staging", V, None);
    let staging = staging["id"].as_str().expect("an id");
    let media = "application/vnd.atlas.2023-01-01+json";
    let head = format!("Authorization: Bearer {token}\r\nAccept: {media}\r\n");
    let target = format!("/api/atlas/v2/groups/{staging}/users");
    let page = raw::send(lab.url(), "GET", &target, &head, "").json();
    let rows = page["results"].as_array().expect("a page");
    assert!(!rows.is_empty());
    for row in rows {
        let roles = row["roles"].as_array().expect("roles");
        assert!(roles.iter().all(|role| role["groupId"] == staging), "{row}");
    }
}
