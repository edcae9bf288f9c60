//! What a body names in another project or organisation than the path's: a caller who may not do
//! the same there is refused, and learns nothing of what is there.

use std::collections::BTreeSet;

use secrecy::ExposeSecret;
use serde_json::{Value, json};
use spctl::local::named;

use crate::contract;
use crate::raw::{self, Answer};
use crate::support::Lab;

/// Operation, body, and what differs in the body between a hit and a miss in the other place:
/// `OTHER` stands for a project that is not the caller's, `ELSEWHERE` for such an organisation,
/// `HIT` for what is there.
const NAMING: &[(&str, &str)] = &[
    ("createGroup", r#"{"name":"HIT","orgId":"ELSEWHERE"}"#),
    (
        "createGroupDatabaseUser",
        r#"{"groupId":"OTHER","username":"HIT","password":"long enough",
        "databaseName":"admin","roles":[{"roleName":"read","databaseName":"shop"}]}"#,
    ),
    ("updateGroupDatabaseUser", r#"{"groupId":"OTHER","labels":[]}"#),
    (
        "createGroupAccessListEntry",
        r#"[{"ipAddress":"192.0.2.1"},{"groupId":"OTHER","ipAddress":"192.0.2.2"}]"#,
    ),
    (
        "createGroupStreamWorkspace",
        r#"{"groupId":"OTHER","name":"n",
        "dataProcessRegion":{"cloudProvider":"AWS","region":"VIRGINIA_USA"}}"#,
    ),
    (
        "withGroupStreamSampleConnections",
        r#"{"name":"n","connections":[{"clusterGroupId":"OTHER","clusterName":"HIT"}],
        "dataProcessRegion":{"cloudProvider":"AWS","region":"VIRGINIA_USA"}}"#,
    ),
    ("updateGroupStreamWorkspace", r#"{"groupId":"OTHER"}"#),
    (
        "createGroupStreamConnection",
        r#"{"name":"c","type":"Cluster","clusterGroupId":"OTHER","clusterName":"HIT",
        "dbRoleToExecute":{"role":"atlasAdmin","type":"BUILT_IN"}}"#,
    ),
    (
        "updateGroupStreamConnection",
        r#"{"type":"Cluster","clusterGroupId":"OTHER","clusterName":"HIT"}"#,
    ),
    (
        "createGroupStreamConnectionFailoverConnection",
        r#"{"type":"Cluster","region":"OHIO_USA",
        "clusterGroupId":"OTHER","clusterName":"HIT"}"#,
    ),
    (
        "updateGroupStreamConnectionFailoverConnection",
        r#"{"clusterGroupId":"OTHER","clusterName":"HIT"}"#,
    ),
    (
        "createOrgUser",
        r#"{"username":"a@example.com","roles":{"orgRoles":["ORG_MEMBER"],
        "groupRoleAssignments":[{"groupId":"OTHER","groupRoles":["GROUP_OWNER"]}]}}"#,
    ),
    (
        "updateOrgUser",
        r#"{"roles":{"orgRoles":["ORG_MEMBER"],
        "groupRoleAssignments":[{"groupId":"OTHER","groupRoles":["GROUP_OWNER"]}]}}"#,
    ),
];

/// Two projects of one organisation, and a third of another one.
struct Estate {
    lab: Lab,
    /// Where the caller has every role: id and name of the second project.
    own: String,
    /// The project and the organisation that are not the caller's.
    foreign: (String, String),
    owner: String,
    token: String,
}

impl Estate {
    fn new() -> Self {
        let lab = Lab::faulty();
        let own = ask(&lab, lab.token(), "GET", "/api/atlas/v2/groups/byName/shop-staging", "");
        let own = own.json()["id"].as_str().expect("an id").to_owned();
        let foreign = ("f".repeat(24), "e".repeat(24));
        lab.add("org", "", &foreign.1, &json!({ "id": foreign.1, "name": "Elsewhere" }));
        let project = json!({ "id": foreign.0, "name": "far", "orgId": foreign.1 });
        lab.add("project", &foreign.1, &foreign.0, &project);
        lab.add("cluster", &foreign.0, "far-cluster", &json!({ "name": "far-cluster" }));
        let roles = ["GROUP_OWNER", "GROUP_STREAM_PROCESSING_OWNER"];
        let token = access_token(&lab, &roles, "shop-staging");
        let owner = access_token(&lab, &["ORG_OWNER"], "shop-staging");
        let estate = Estate { lab, own, foreign, owner, token };
        let region = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
        let failover = json!([{ "cloudProvider": "AWS", "region": "OHIO_USA" }]);
        let body = json!({
            "name": "mine", "dataProcessRegion": region, "failoverRegions": failover,
        });
        let made = estate.call("createGroupStreamWorkspace", &body.to_string());
        assert_eq!(made.status, 200, "{}", made.head);
        estate
    }

    /// A caller with every right where the path points.
    fn call(&self, operation: &str, body: &str) -> Answer {
        self.call_as(&self.token, operation, body)
    }

    fn call_as(&self, token: &str, operation: &str, body: &str) -> Answer {
        let answered = spctl::local::operations().find(|o| o.id == operation).expect("known");
        let mut path = answered.path.replace("{orgId}", self.lab.org());
        for (name, value) in [
            ("groupId", self.own.as_str()),
            ("tenantName", "mine"),
            ("connectionName", "far"),
            ("failoverConnectionId", "0".repeat(24).as_str()),
            ("databaseName", "admin"),
            ("username", "u"),
            ("userId", "0".repeat(24).as_str()),
        ] {
            path = path.replace(&format!("{{{name}}}"), value);
        }
        let org = answered.path.contains("{orgId}") || operation == "createGroup";
        let token = if org { &self.owner } else { token };
        ask(&self.lab, token, answered.method, &path, body)
    }
}

fn ask(lab: &Lab, token: &str, method: &str, path: &str, body: &str) -> Answer {
    let media = "application/vnd.atlas.2099-01-01+json";
    let head =
        format!("Authorization: Bearer {token}\r\nAccept: {media}\r\nContent-Type: {media}\r\n");
    raw::send(lab.url(), method, path, &head, body)
}

/// A token of an account that has these roles in a project, and in its organisation.
fn access_token(lab: &Lab, roles: &[&str], project: &str) -> String {
    let account = lab.account(roles, project);
    raw::token(lab.url(), &account.name, account.secret.expose_secret())
}

#[test]
fn nobody_acts_or_looks_where_only_the_body_points() {
    let estate = Estate::new();
    let shop = estate.lab.project();
    for (operation, body) in NAMING {
        // An owner of the organisation is a stranger in another one only.
        let others = match body.contains("groupRoleAssignments") {
            true => vec![estate.foreign.0.as_str()],
            false => vec![shop, estate.foreign.0.as_str()],
        };
        for other in others {
            let with = |hit: &str| {
                let body = body.replace("OTHER", other).replace("ELSEWHERE", &estate.foreign.1);
                let answer = estate.call(operation, &body.replace("HIT", hit));
                assert_eq!(answer.status, 403, "{operation} {other} {hit}: {}", answer.json());
                let mut said = answer.json();
                assert_eq!(said["errorCode"], "USER_UNAUTHORIZED", "{said}");
                said["detail"].take()
            };
            let answers = ["shop-main", "far-cluster", "shop", "no-such-thing", ""].map(with);
            assert!(answers.iter().all(|said| *said == answers[0]), "{answers:?}");
        }
    }
}

#[test]
fn who_may_do_the_same_there_is_let_in() {
    let estate = Estate::new();
    let (shop, both) = (estate.lab.project(), access_token(&estate.lab, &["ORG_OWNER"], "shop"));
    let body = |cluster: &str| {
        json!({
            "name": "far", "type": "Cluster", "clusterGroupId": shop, "clusterName": cluster,
            "dbRoleToExecute": { "role": "readAnyDatabase", "type": "BUILT_IN" },
        })
        .to_string()
    };
    let create = "createGroupStreamConnection";
    assert_eq!(estate.call_as(&both, create, &body("shop-main")).status, 200);
    assert_eq!(estate.call_as(&both, create, &body("no-such")).status, 404);

    // Who has no rights in the cluster's project cannot change what is done there either, even
    // where the body does not name it.
    let admin = json!({ "role": "atlasAdmin", "type": "BUILT_IN" });
    for body in [
        json!({ "type": "Cluster", "dbRoleToExecute": admin }),
        json!({ "type": "Cluster", "clusterName": "payments-ledger" }),
        json!({ "type": "Cluster", "clusterName": "no-such" }),
        json!({ "type": "Cluster", "region": "OHIO_USA" }),
    ] {
        let answer = estate.call("updateGroupStreamConnection", &body.to_string());
        assert_eq!(answer.status, 403, "{body}: {}", answer.json());
        let answer = estate.call_as(&both, "updateGroupStreamConnection", &body.to_string());
        assert_ne!(answer.status, 403, "{body}: {}", answer.json());
    }
    let own = json!({ "type": "Cluster", "clusterGroupId": estate.own, "clusterName": "x" });
    assert_eq!(estate.call("updateGroupStreamConnection", &own.to_string()).status, 404);
    // What is one's own can always be taken away.
    assert_eq!(estate.call("deleteGroupStreamConnection", "").status, 202);

    let project = json!({ "name": "new", "orgId": estate.lab.org() }).to_string();
    assert_eq!(estate.call("createGroup", &project).status, 201);
    for org in [json!(null), json!(""), json!(7), json!(["x"])] {
        let answer = estate.call("createGroup", &json!({ "name": "n", "orgId": org }).to_string());
        assert!(matches!(answer.status, 400 | 404), "{org}: {}", answer.json());
    }
}

/// Every property of a request's body, and every parameter of a query, whose name says that it is
/// an id of a project or an organisation, is in the table.
#[test]
fn no_body_and_no_query_names_a_place_that_is_not_known() {
    let Some(contract) = contract::contract() else { return };
    let known: Vec<&str> = named::PROJECTS.iter().chain(named::ORGANIZATIONS).copied().collect();
    let is_place = |name: &str| {
        let name = name.to_lowercase();
        let ends = ["groupid", "orgid", "projectid", "organizationid", "groupids", "orgids"];
        ends.iter().any(|end| name.ends_with(end)) && name != "gcpprojectid"
    };
    let (mut walked, mut met) = (0, BTreeSet::new());
    for operation in spctl::local::operations() {
        let (properties, parameters) = contract.names(operation.id);
        walked += 1;
        for pointer in properties {
            let place = is_place(pointer.rsplit('/').next().unwrap_or_default());
            assert!(!place || known.contains(&pointer.as_str()), "{} {pointer}", operation.id);
            if place {
                met.insert(pointer.clone());
                let tried = NAMING.iter().any(|(id, _)| *id == operation.id);
                assert!(tried, "{} {pointer} is not tried", operation.id);
            }
        }
        let asked: Vec<_> = parameters.iter().filter(|name| is_place(name)).collect();
        assert!(asked.is_empty(), "{} {asked:?}", operation.id);
    }
    assert!(walked >= 81, "{walked}");
    assert_eq!(
        met.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        known.into_iter().collect()
    );
}

#[test]
fn the_table_names_operations_that_are_there() {
    for (operation, body) in NAMING {
        assert!(spctl::local::operations().any(|o| o.id == *operation), "{operation}");
        serde_json::from_str::<Value>(body).expect("JSON");
    }
}
