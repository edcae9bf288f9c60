//! Who may do what: database users, custom roles, and the project's IP access list.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::places::{Ids, ORDERS, PAYMENTS, TELEMETRY};
use super::time;

const EXTERNAL: &str = "$external";

/// Database users; among them every case that a review has to find.
pub(super) fn users(ids: &Ids, now: Timestamp) -> Vec<(String, Value)> {
    let project = &ids.project;
    let stream = |name: &str| json!({"name": name, "type": "STREAM"});
    let cluster = |name: &str| json!({"name": name, "type": "CLUSTER"});

    let mut users = vec![
        with(
            user(project, "alice", "admin", &["streamOperator", "shop.readWrite"], &[]),
            json!({"description": "runs the order pipelines"}),
        ),
        user(project, "bob", "admin", &["streamDeveloper"], &[stream(PAYMENTS)]),
        user(project, "carol", "admin", &["readAnyDatabase"], &[]),
        with(
            user(project, "carol", EXTERNAL, &["streamViewer"], &[stream(TELEMETRY)]),
            json!({"ldapAuthType": "USER"}),
        ),
        user(project, "dave", "admin", &["atlasAdmin"], &[]),
        with(
            user(project, "erin", "admin", &["streamOperator"], &[stream(TELEMETRY)]),
            json!({
                "deleteAfterDate": time(now, 36),
                "description": "on call this week",
            }),
        ),
        // The cluster of this scope was deleted: it points at nothing.
        user(
            project,
            "frank",
            "admin",
            &["streamOperator"],
            &[stream(ORDERS), cluster("legacy-orders")],
        ),
        user(
            project,
            "grace",
            "admin",
            &["readAnyDatabase"],
            &[cluster("shop-main"), json!({"name": "lakehouse", "type": "DATA_LAKE"})],
        ),
        with(
            user(
                project,
                "svc-payments",
                "admin",
                &["streamDeveloper", "ledger.readWrite"],
                &[stream(PAYMENTS), cluster("payments-ledger")],
            ),
            json!({"labels": [{"key": "team", "value": "payments"}]}),
        ),
        with(
            user(
                project,
                "CN=gateway,OU=telemetry,O=ExampleShop",
                EXTERNAL,
                &["streamOperator"],
                &[stream(TELEMETRY), cluster("sensor-archive")],
            ),
            json!({"x509Type": "CUSTOMER"}),
        ),
        with(
            user(
                project,
                "arn:aws:iam::111122223333:role/orders-deployer",
                EXTERNAL,
                &["streamDeveloper"],
                &[stream(ORDERS)],
            ),
            json!({"awsIAMType": "ROLE"}),
        ),
    ];
    users.push(user(&ids.staging, "henry", "admin", &["readWriteAnyDatabase"], &[]));
    users
}

/// One user. A role is a name of database `admin`, or `database.role`.
fn user(
    project: &str,
    name: &str,
    auth_db: &str,
    roles: &[&str],
    scopes: &[Value],
) -> (String, Value) {
    let roles: Vec<Value> = roles
        .iter()
        .map(|role| {
            let (database, role) = role.split_once('.').unwrap_or(("admin", role));
            json!({"databaseName": database, "roleName": role})
        })
        .collect();
    let user = json!({
        "awsIAMType": "NONE",
        "databaseName": auth_db,
        "groupId": project,
        "labels": [],
        "ldapAuthType": "NONE",
        "oidcAuthType": "NONE",
        "roles": roles,
        "scopes": scopes,
        "username": name,
        "x509Type": "NONE",
    });
    (project.to_owned(), user)
}

fn with(mut user: (String, Value), fields: Value) -> (String, Value) {
    if let (Value::Object(all), Value::Object(fields)) = (&mut user.1, fields) {
        all.extend(fields);
    }
    user
}

/// Custom roles: three made of stream actions, and one that a connection executes as.
pub(super) fn roles(ids: &Ids) -> Vec<(String, Value)> {
    let action = |name: &str, resource: Value| json!({"action": name, "resources": [resource]});
    let stream = |names: &[&str]| -> Vec<Value> {
        names.iter().map(|name| action(name, json!({"cluster": true}))).collect()
    };
    let role = |name: &str, actions: Vec<Value>, inherited: &[&str]| {
        let inherited: Vec<Value> =
            inherited.iter().map(|role| json!({"db": "admin", "role": role})).collect();
        json!({"actions": actions, "inheritedRoles": inherited, "roleName": name})
    };
    let orders = || json!({"collection": "orders", "db": "shop"});
    let writes = ["FIND", "INSERT", "UPDATE"].map(|name| action(name, orders()));
    [
        role(
            "streamViewer",
            stream(&[
                "GET_STREAM_PROCESSOR",
                "LIST_CONNECTIONS",
                "LIST_STREAM_PROCESSORS",
                "STREAM_PROCESSOR_STATS",
            ]),
            &[],
        ),
        role(
            "streamOperator",
            stream(&[
                "PROCESS_STREAM_PROCESSOR",
                "SAMPLE_STREAM_PROCESSOR",
                "START_STREAM_PROCESSOR",
                "STOP_STREAM_PROCESSOR",
            ]),
            &["streamViewer"],
        ),
        role(
            "streamDeveloper",
            stream(&[
                "CREATE_STREAM_PROCESSOR",
                "DROP_STREAM_PROCESSOR",
                "MODIFY_STREAM_PROCESSOR",
            ]),
            &["streamOperator"],
        ),
        role("ordersWriter", writes.into(), &[]),
    ]
    .map(|role| (ids.project.clone(), role))
    .into()
}

/// Entries of the projects' IP access lists.
pub(super) fn access_list(ids: &Ids, now: Timestamp) -> Vec<(String, Value)> {
    let entry = |project: &String, cidr: &str, comment: &str| {
        let entry = json!({"cidrBlock": cidr, "comment": comment, "groupId": project});
        (project.clone(), entry)
    };
    vec![
        entry(&ids.project, "203.0.113.0/24", "office"),
        with(
            entry(&ids.project, "198.51.100.7/32", "build server"),
            json!({"ipAddress": "198.51.100.7"}),
        ),
        with(
            entry(&ids.project, "192.0.2.77/32", "consultant"),
            json!({"deleteAfterDate": time(now, 48), "ipAddress": "192.0.2.77"}),
        ),
        entry(&ids.staging, "192.0.2.0/25", "staging network"),
    ]
}
