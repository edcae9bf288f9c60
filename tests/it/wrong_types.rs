//! Attributes of a wrong type: the local control plane refuses them by name, and does not take them
//! for absent, which would take away what is there or do something else than was asked for.

use serde_json::{Value, json};

use crate::raw;
use crate::support::Lab;

#[test]
fn what_has_a_wrong_type_is_refused_by_its_name_and_changes_nothing() {
    let lab = Lab::faulty();
    let (org, project) = (format!("/orgs/{}", lab.org()), format!("/groups/{}", lab.project()));
    let people = raw::call(&lab, "GET", &format!("{org}/users"), "2025-02-19", None).json();
    let holds = |person: &&Value| {
        let projects = person["roles"]["groupRoleAssignments"].as_array();
        projects.is_some_and(|projects| !projects.is_empty())
    };
    let person = people["results"].as_array().and_then(|p| p.iter().find(holds)).expect("one");
    let user = format!("{org}/users/{}", person["id"].as_str().expect("text"));
    let held = &person["roles"]["groupRoleAssignments"];
    let own = &person["roles"]["orgRoles"];
    let roles =
        |given: Value| json!({ "roles": { "orgRoles": own, "groupRoleAssignments": given } });
    let twice = json!([held[0], held[0]]);
    let orders = format!("{project}/streams/orders");
    let connections = format!("{orders}/connections");
    let (shop, kafka) = (format!("{connections}/shop"), format!("{connections}/order-events"));
    let processor = format!("{orders}/processor/low-stock");
    let standing = raw::call(&lab, "GET", &processor, "2024-05-30", None).json();
    let stages = |stage: Value| {
        let source = &standing["pipeline"][0];
        let sink = json!({ "$merge": { "into": {
            "connectionName": "shop", "db": "a", "coll": "b" } } });
        json!({ "pipeline": [source, stage, sink] })
    };
    let failover = |value: Value| json!({ "failover": value });
    let entry = |name: &str, value: Value| {
        let mut entry = json!({ "cidrBlock": "198.51.100.0/24" });
        entry[name] = value;
        json!([entry])
    };
    let cases: Vec<(&str, String, &str, Value, &str)> = vec![
        ("PATCH", user.clone(), "2025-02-19", roles(json!({})), "groupRoleAssignments"),
        ("PATCH", user.clone(), "2025-02-19", roles(json!(held[0])), "groupRoleAssignments"),
        ("PATCH", user.clone(), "2025-02-19", roles(json!("none")), "groupRoleAssignments"),
        ("PATCH", user.clone(), "2025-02-19", roles(Value::Null), "groupRoleAssignments"),
        ("PATCH", user.clone(), "2025-02-19", roles(json!(["a"])), "groupRoleAssignments"),
        ("PATCH", user.clone(), "2025-02-19", roles(json!([{}])), "groupRoleAssignments"),
        ("PATCH", user.clone(), "2025-02-19", roles(twice), "groupRoleAssignments"),
        ("PATCH", user.clone(), "2025-02-19", json!({ "roles": [] }), "roles"),
        ("PATCH", user.clone(), "2025-02-19", json!({ "teamIds": {} }), "teamIds"),
        ("PATCH", shop.clone(), "2023-02-01", json!({ "clusterGroupId": 5 }), "clusterGroupId"),
        ("PATCH", shop.clone(), "2023-02-01", json!({ "clusterName": ["a"] }), "clusterName"),
        ("PATCH", shop.clone(), "2023-02-01", json!({ "region": 1 }), "region"),
        ("PATCH", shop, "2023-02-01", json!({ "dbRoleToExecute": { "role": 1 } }), "role"),
        ("PATCH", kafka.clone(), "2023-02-01", json!({ "security": "SSL" }), "security"),
        ("PATCH", kafka.clone(), "2023-02-01", json!({ "config": [] }), "config"),
        ("PATCH", kafka.clone(), "2023-02-01", json!({ "authentication": [] }), "authentication"),
        ("PATCH", kafka, "2023-02-01", json!({ "authentication": { "scope": 1 } }), "scope"),
        ("PATCH", processor.clone(), "2024-05-30", json!({ "pipeline": {} }), "pipeline"),
        ("PATCH", processor.clone(), "2024-05-30", json!({ "options": [] }), "options"),
        ("PATCH", processor.clone(), "2024-05-30", json!({ "name": 5 }), "name"),
        (
            "PATCH",
            processor.clone(),
            "2024-05-30",
            stages(json!({ "$tumblingWindow": { "pipeline": { "$merge": {} } } })),
            "pipeline",
        ),
        (
            "PATCH",
            processor.clone(),
            "2024-05-30",
            stages(json!({ "$lookup": { "pipeline": ["$match"] } })),
            "pipeline",
        ),
        (
            "POST",
            format!("{processor}:startWith"),
            "2025-03-12",
            failover(json!({ "region": "VIRGINIA_USA", "mode": "FORCED", "dryRun": "true" })),
            "failover.dryRun",
        ),
        ("POST", format!("{processor}:startWith"), "2025-03-12", failover(json!([])), "failover"),
        (
            "POST",
            format!("{project}/accessList"),
            "2023-01-01",
            entry("ipAddress", json!(7)),
            "ipAddress",
        ),
        (
            "POST",
            format!("{project}/accessList"),
            "2023-01-01",
            entry("awsSecurityGroup", json!(["sg-1"])),
            "awsSecurityGroup",
        ),
        (
            "PATCH",
            orders.clone(),
            "2023-02-01",
            json!({ "failoverRegions": {} }),
            "failoverRegions",
        ),
        ("PATCH", orders.clone(), "2023-02-01", json!({ "streamConfig": [] }), "streamConfig"),
        ("PATCH", orders, "2023-02-01", json!({ "region": 1 }), "region"),
        (
            "PATCH",
            format!("{project}/databaseUsers/admin/bob"),
            "2023-01-01",
            json!({ "scopes": {} }),
            "scopes",
        ),
        (
            "PATCH",
            format!("{project}/databaseUsers/admin/bob"),
            "2023-01-01",
            json!({ "roles": {} }),
            "roles",
        ),
    ];
    let states = || {
        ["databaseUsers?itemsPerPage=500", "accessList", "streams/orders/processors"].map(|list| {
            raw::call(&lab, "GET", &format!("{project}/{list}"), "2024-05-30", None).body
        })
    };
    let before = states();
    for (method, path, date, body, attribute) in cases {
        let answer = raw::call(&lab, method, &path, date, Some(&body));
        let told = answer.json();
        let shown = format!("{method} {path} {body}: {} {told}", answer.status);
        assert_eq!(answer.status, 400, "{shown}");
        let detail = told["detail"].as_str().unwrap_or_default();
        let code = told["errorCode"].as_str().unwrap_or_default();
        assert!(detail.contains(attribute) || code.contains("REGION"), "{shown}");
    }
    assert!(states() == before);
    let now = raw::call(&lab, "GET", &user, "2025-02-19", None).json();
    assert_eq!(&now["roles"]["groupRoleAssignments"], held);
    // A field of the data may go by any name.
    let fields = stages(json!({ "$addFields": { "pipeline": "a", "more": { "pipeline": [1] } } }));
    let answer = raw::call(&lab, "PATCH", &processor, "2024-05-30", Some(&fields));
    assert_eq!(answer.status, 200, "{}", answer.json());
}
