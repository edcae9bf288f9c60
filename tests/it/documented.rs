//! Whatever the document lets a request's body hold is known to the control plane.

use serde_json::{Value, json};

use crate::contract::contract;
use crate::raw;
use crate::support::Lab;

/// What the document itself says that Atlas refuses: it belongs to another cloud.
const REFUSED: [&str; 1] = ["createGroup /regionUsageRestrictions"];

/// Bodies that are complete, to which a property is added. An update needs none.
fn complete(operation: &str, org: &str) -> Vec<Value> {
    let pipeline = json!([
        { "$source": { "connectionName": "order-events" } },
        { "$merge": { "into": { "connectionName": "shop", "db": "shop", "coll": "orders" } } },
    ]);
    let region = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    let role = json!({ "roleArn": "arn:aws:iam::111122223333:role/r" });
    let actions = json!([{ "action": "FIND", "resources": [{ "db": "d", "collection": "" }] }]);
    match operation {
        "createGroup" => vec![json!({ "name": "n", "orgId": org })],
        "createGroupAccessListEntry" => vec![json!([{ "ipAddress": "203.0.113.77" }])],
        "createGroupCustomDbRoleRole" => vec![json!({ "roleName": "n", "actions": actions })],
        "updateGroupCustomDbRoleRole" => vec![json!({ "actions": actions })],
        "createGroupDatabaseUser" => vec![json!({
            "username": "n", "databaseName": "admin", "password": "long enough",
            "roles": [{ "roleName": "read", "databaseName": "d" }],
        })],
        "createGroupStreamWorkspace" | "withGroupStreamSampleConnections" => {
            vec![json!({ "name": "n", "dataProcessRegion": region })]
        }
        "createGroupStreamPrivateLinkConnection" => {
            vec![json!({ "provider": "AWS", "vendor": "MSK", "arn": "arn:aws:kafka:x" })]
        }
        "createGroupStreamProcessor" => vec![json!({ "name": "n", "pipeline": pipeline })],
        "addGroupUsers" => vec![json!({ "username": "n@example.com", "roles": ["GROUP_OWNER"] })],
        "createOrgUser" => {
            vec![json!({ "username": "n@example.com", "roles": { "orgRoles": ["ORG_MEMBER"] } })]
        }
        "updateGroupUserRoles" => vec![json!({ "groupRoles": ["GROUP_OWNER"] })],
        "updateOrgUserRoles" => vec![json!({ "orgRoles": ["ORG_MEMBER"] })],
        "createGroupStreamConnection" | "updateGroupStreamConnection" => vec![
            json!({
                "name": "n", "type": "Kafka", "bootstrapServers": "b.example:9092",
                "authentication": { "mechanism": "PLAIN", "username": "u", "password": "p" },
            }),
            json!({
                "name": "n", "type": "Cluster", "clusterName": "shop-main",
                "dbRoleToExecute": { "role": "atlasAdmin", "type": "BUILT_IN" },
            }),
            json!({ "name": "n", "type": "Https", "url": "https://a.example" }),
            json!({ "name": "n", "type": "S3", "aws": role }),
            json!({ "name": "n", "type": "AWSLambda", "aws": role }),
            json!({
                "name": "n", "type": "SchemaRegistry", "provider": "CONFLUENT",
                "schemaRegistryUrls": ["https://a.example"],
                "schemaRegistryAuthentication": {
                    "type": "USER_INFO", "username": "u", "password": "p",
                },
            }),
            json!({
                "name": "n", "type": "AzureBlobStorage",
                "azure": { "storageAccountName": "a", "servicePrincipalId": "b" },
            }),
            json!({ "name": "n", "type": "GCPPubSub", "gcp": { "serviceAccountId": "a" } }),
        ],
        _ => vec![json!({})],
    }
}

/// The body with this value at a pointer, whose `*` is the first item of a list.
fn with(mut body: Value, pointer: &str, value: &Value) -> Value {
    let mut place = &mut body;
    for name in pointer.split('/').skip(1) {
        place = match name {
            "*" => {
                if place.as_array().is_none_or(Vec::is_empty) {
                    *place = json!([{}]);
                }
                &mut place[0]
            }
            name => {
                if !place.is_object() {
                    *place = json!({});
                }
                &mut place[name]
            }
        };
    }
    *place = value.clone();
    body
}

/// Whether an answer says that there is nothing of a name.
fn knows_nothing(answer: &raw::Answer) -> bool {
    let detail = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
    ["unknown", "no such attribute", "there is none with this name", "is not an option"]
        .iter()
        .any(|words| detail.contains(words))
}

#[test]
fn every_property_of_a_body_is_known() {
    let Some(contract) = contract() else { return };
    // What is tried is wrong more often than not.
    let lab = Lab::faulty();
    let media = "application/vnd.atlas.2099-01-01+json";
    let head = format!(
        "Authorization: Bearer {}\r\nAccept: {media}\r\nContent-Type: {media}\r\n",
        lab.token()
    );
    let (mut tried, mut unknown) = (0, Vec::new());
    for operation in spctl::local::operations() {
        let (pointers, _) = contract.names(operation.id);
        let mut path = operation.path.clone();
        for (name, value) in [
            ("groupId", lab.project()),
            ("orgId", lab.org()),
            ("tenantName", "orders"),
            ("processorName", "orders-to-shop"),
            ("databaseName", "admin"),
            ("username", "alice"),
            ("roleName", "streamViewer"),
            ("userId", "0".repeat(24).as_str()),
            ("connectionId", "0".repeat(24).as_str()),
            ("failoverConnectionId", "0".repeat(24).as_str()),
            ("id", "0".repeat(24).as_str()),
        ] {
            path = path.replace(&format!("{{{name}}}"), value);
        }
        for pointer in pointers {
            tried += 1;
            // What a connection holds depends on its type.
            let paths = ["order-events", "shop"].map(|c| path.replace("{connectionName}", c));
            // A text, or a list of texts: one of them is of the property's own type or near it.
            let values = [json!("x"), json!(["x"])];
            let bodies = complete(operation.id, lab.org());
            let mut bodies = bodies.iter().flat_map(|body| {
                values.iter().map(|value| with(body.clone(), &pointer, value).to_string())
            });
            let is_known = bodies.any(|body| {
                paths.iter().any(|path| {
                    let answer = raw::send(lab.url(), operation.method, path, &head, &body);
                    assert_ne!(answer.status / 100, 5, "{} {pointer} {body}", operation.id);
                    !knows_nothing(&answer)
                })
            });
            if !is_known {
                unknown.push(format!("{} {pointer}", operation.id));
            }
        }
    }
    assert!(tried > 250, "{tried}");
    assert_eq!(unknown, REFUSED);
}
