//! What clients send of attributes that they do not use, and what is left of one kind of an
//! attribute when another takes its place.

use serde_json::{Value, json};

use crate::clients::answer;
use crate::raw;
use crate::support::Lab;

const STREAMS: &str = "2023-02-01";
const V: &str = "2023-01-01";
const PROCESSORS: &str = "2024-05-30";
const WITH: &str = "2025-03-12";

const USERS: &str = "{p}/databaseUsers";
const CONNECTIONS: &str = "{p}/streams/orders/connections";

#[test]
fn a_null_in_what_is_created_was_not_given() {
    // The document knows nothing of this.
    let lab = Lab::faulty();
    let pipeline = json!([
        { "$source": { "connectionName": "order-events", "topic": "orders" } },
        { "$match": { "gone": null } },
        { "$emit": { "connectionName": "order-events", "topic": "copies" } },
    ]);
    let region = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    let role = json!([{ "roleName": "read", "databaseName": "shop" }]);
    let find = json!([{ "action": "FIND", "resources": [{ "db": "a", "collection": "b" }] }]);
    for (path, date, status, new) in [
        ("/groups", V, 201, json!({ "name": "n", "orgId": lab.org(), "tags": null })),
        (
            USERS,
            V,
            201,
            json!({
                "username": "n", "databaseName": "admin", "password": "long enough", "roles": role,
                "awsIAMType": null, "ldapAuthType": null, "oidcAuthType": null, "x509Type": null,
                "groupId": null, "labels": null, "scopes": null, "deleteAfterDate": null,
            }),
        ),
        (
            USERS,
            V,
            201,
            json!({
                "username": "CN=n", "databaseName": "$external", "x509Type": "CUSTOMER",
                "roles": role, "password": null,
            }),
        ),
        (
            "{p}/customDBRoles/roles",
            V,
            202,
            json!({ "roleName": "n", "actions": find, "inheritedRoles": null }),
        ),
        (
            "{p}/accessList",
            V,
            201,
            json!([{ "ipAddress": "198.51.100.9", "cidrBlock": null, "awsSecurityGroup": null,
                     "comment": null, "deleteAfterDate": null }]),
        ),
        (
            "{p}/streams",
            STREAMS,
            200,
            json!({ "name": "n", "dataProcessRegion": region, "streamConfig": null,
                    "failoverRegions": null, "sampleConnections": null }),
        ),
        (
            "{p}/streams/orders/processor",
            PROCESSORS,
            200,
            json!({ "name": "n", "pipeline": pipeline, "options": null, "tier": null,
                    "failoverEnabled": null }),
        ),
        (
            "{p}/streams/orders/processor/n:startWith",
            WITH,
            200,
            json!({ "tier": null, "failover": null, "resumeFromCheckpoint": null,
                    "startAtOperationTime": null, "autoscaling": null }),
        ),
    ] {
        answer(&lab, status, "POST", path, date, Some(new));
    }
    // A null within an attribute is the client's own.
    let made = answer(&lab, 200, "GET", "{p}/streams/orders/processor/n", PROCESSORS, None);
    assert_eq!(made["pipeline"], pipeline);
    // What cannot be left out is missed by its name.
    let nameless = json!({ "name": null, "orgId": lab.org() });
    let refused = answer(&lab, 400, "POST", "/groups", V, Some(nameless));
    assert!(refused["detail"].as_str().unwrap_or_default().contains("name"), "{refused}");
}

#[test]
fn a_role_on_a_whole_database_may_have_an_empty_collection() {
    // The document knows nothing of this.
    let lab = Lab::faulty();
    for (name, empty) in [("empty", json!("")), ("null", Value::Null)] {
        let new = json!({
            "username": name, "databaseName": "admin", "password": "long enough", "roles": [
                { "roleName": "readAnyDatabase", "databaseName": "admin", "collectionName": empty },
                { "roleName": "read", "databaseName": "shop", "collectionName": empty },
                { "roleName": "read", "databaseName": "ledger", "collectionName": "rows" },
            ],
        });
        let made = answer(&lab, 201, "POST", USERS, V, Some(new));
        let kept = json!([
            { "roleName": "readAnyDatabase", "databaseName": "admin" },
            { "roleName": "read", "databaseName": "shop" },
            { "roleName": "read", "databaseName": "ledger", "collectionName": "rows" },
        ]);
        assert_eq!(made["roles"], kept);
    }
    let limited = json!({ "roles": [
        { "roleName": "readAnyDatabase", "databaseName": "admin", "collectionName": "rows" },
    ] });
    answer(&lab, 400, "PATCH", &format!("{USERS}/admin/empty"), V, Some(limited));
}

#[test]
fn a_cluster_s_project_left_empty_is_the_connection_s_own() {
    let lab = Lab::new();
    let mut new = json!({
        "name": "near", "type": "Cluster", "clusterName": "shop-main", "clusterGroupId": "",
        "dbRoleToExecute": { "role": "atlasAdmin", "type": "BUILT_IN" },
    });
    let made = answer(&lab, 200, "POST", CONNECTIONS, STREAMS, Some(new.clone()));
    assert!(made.get("clusterGroupId").is_none(), "{made}");
    new["name"] = "far".into();
    new["clusterGroupId"] = "0123456789abcdef01234567".into();
    answer(&lab, 404, "POST", CONNECTIONS, STREAMS, Some(new));
}

#[test]
fn another_mechanism_takes_the_place_of_the_one_before() {
    let lab = Lab::new();
    let role = "arn:aws:iam::111122223333:role/streams";
    let new = json!({
        "name": "msk", "type": "Kafka", "bootstrapServers": "b-1.msk.example:9198",
        "authentication": { "mechanism": "AWS_MSK_IAM", "aws": { "roleArn": role } },
    });
    answer(&lab, 200, "POST", CONNECTIONS, STREAMS, Some(new));
    let one = format!("{CONNECTIONS}/msk");
    let oauth = json!({
        "mechanism": "OAUTHBEARER", "clientId": "id", "clientSecret": "hush",
        "tokenEndpointUrl": "https://a.example/token", "scope": "all",
    });
    let steps = [
        (
            json!({ "mechanism": "PLAIN", "username": "u", "password": "hush" }),
            json!({ "mechanism": "PLAIN", "username": "u" }),
        ),
        // The same user, with the same password.
        (json!({ "mechanism": "SCRAM-512" }), json!({ "mechanism": "SCRAM-512", "username": "u" })),
        (
            oauth,
            json!({ "mechanism": "OAUTHBEARER", "clientId": "id", "scope": "all",
                    "tokenEndpointUrl": "https://a.example/token" }),
        ),
        (
            json!({ "mechanism": "AWS_MSK_IAM", "aws": { "roleArn": role } }),
            json!({ "mechanism": "AWS_MSK_IAM", "aws": { "roleArn": role } }),
        ),
    ];
    for (given, stored) in steps {
        let body = json!({ "authentication": given });
        let after = answer(&lab, 200, "PATCH", &one, STREAMS, Some(body));
        assert_eq!(after["authentication"], stored);
        let read = answer(&lab, 200, "GET", &one, STREAMS, None);
        assert_eq!(read["authentication"], stored);
    }
}

#[test]
fn a_connection_that_is_public_again_uses_no_private_link() {
    let lab = Lab::new();
    let new = json!({
        "provider": "AWS", "vendor": "S3", "region": "us-east-1",
        "serviceEndpointId": "com.amazonaws.us-east-1.s3",
    });
    let links = "{p}/streams/privateLinkConnections";
    let link = answer(&lab, 200, "POST", links, STREAMS, Some(new))["_id"].clone();
    let id = link.as_str().expect("an id");
    let access = |access: Value| json!({ "access": access });
    let new = json!({
        "name": "bucket", "type": "S3", "aws": { "roleArn": "arn:aws:iam::111122223333:role/s" },
        "networking": access(json!({ "type": "PRIVATE_LINK", "connectionId": link })),
    });
    answer(&lab, 200, "POST", CONNECTIONS, STREAMS, Some(new));
    let one = format!("{links}/{id}");
    answer(&lab, 409, "DELETE", &one, STREAMS, None);
    let public = access(json!({ "type": "PUBLIC" }));
    let after = answer(
        &lab,
        200,
        "PATCH",
        &format!("{CONNECTIONS}/bucket"),
        STREAMS,
        Some(json!({ "networking": public })),
    );
    assert_eq!(after["networking"], public);
    answer(&lab, 202, "DELETE", &one, STREAMS, None);
}

#[test]
fn what_is_missing_is_not_called_wrong() {
    let lab = Lab::new();
    let new = json!({
        "name": "msk", "type": "Kafka", "bootstrapServers": "b-1.msk.example:9198",
        "authentication": { "mechanism": "AWS_MSK_IAM" },
    });
    let refused = answer(&lab, 400, "POST", CONNECTIONS, STREAMS, Some(new));
    assert_eq!(refused["errorCode"], "MISSING_ATTRIBUTE", "{refused}");
}

#[test]
fn a_private_link_knows_the_schemes_of_msk() {
    let lab = Lab::faulty();
    let links = "{p}/streams/privateLinkConnections";
    let link = |scheme: &str| {
        Some(json!({
            "provider": "AWS", "vendor": "MSK", "authenticationScheme": scheme,
            "arn": format!("arn:aws:kafka:us-east-1:111122223333:cluster/{scheme}/abc-1"),
        }))
    };
    for scheme in ["TLS", "SASL_SCRAM", "IAM"] {
        answer(&lab, 200, "POST", links, STREAMS, link(scheme));
    }
    let refused = answer(&lab, 400, "POST", links, STREAMS, link("SCRAM"));
    let detail = refused["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("authenticationScheme: it must be one of TLS"), "{refused}");
}

#[test]
fn media_types_have_no_case() {
    // The document knows nothing of this.
    let lab = Lab::faulty();
    for (accept, status) in [
        ("APPLICATION/VND.ATLAS.2023-02-01+JSON", 200),
        ("Application/Vnd.Atlas.2023-02-01+json; charset=UTF-8", 200),
        ("application/vnd.atla", 406),
        ("application/vnd.atlas\u{e9}2023-02-01+json", 406),
    ] {
        let head = format!("Authorization: Bearer {}\r\nAccept: {accept}\r\n", lab.token());
        let path = format!("/api/atlas/v2/groups/{}/streams", lab.project());
        assert_eq!(raw::send(lab.url(), "GET", &path, &head, "").status, status, "{accept}");
    }
}
