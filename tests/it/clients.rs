//! Requests as official clients send them, and answers as recordings have them: the Go SDK, the
//! Terraform provider and the official CLI.

use serde_json::{Value, json};

use crate::raw::call;
use crate::support::Lab;

const STREAMS: &str = "2023-02-01";
pub const V: &str = "2023-01-01";
const PROCESSORS: &str = "2024-05-30";
const WITH: &str = "2025-03-12";

/// The answer to a call beneath the API's root, `{p}` being the default project.
#[track_caller]
pub fn answer(
    lab: &Lab,
    status: u16,
    method: &str,
    path: &str,
    date: &str,
    body: Option<Value>,
) -> Value {
    let path = path.replace("{p}", &format!("/groups/{}", lab.project()));
    let answer = call(lab, method, &path, date, body.as_ref());
    let text = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, status, "{method} {path}: {}\n{text}", answer.head);
    answer.json()
}

/// The document without what differs from run to run or that a create adds by itself.
pub fn only(document: &Value, names: &[&str]) -> Value {
    names.iter().map(|name| ((*name).to_owned(), document[*name].clone())).collect()
}

const CONNECTIONS: &str = "{p}/streams/orders/connections";

#[test]
fn brokers_are_reached_without_tls() {
    let lab = Lab::new();
    let new = json!({
        "name": "connection-264", "type": "Kafka",
        "authentication": { "mechanism": "SCRAM-256", "username": "admin", "password": "hush" },
        "bootstrapServers": "example.com:8080,fraud.example.com:8000",
        "config": { "auto.offset.reset": "earliest" },
        "security": { "protocol": "PLAINTEXT" },
    });
    let made = answer(&lab, 200, "POST", CONNECTIONS, STREAMS, Some(new));
    let recorded = json!({
        "authentication": { "mechanism": "SCRAM-256", "username": "admin" },
        "bootstrapServers": "example.com:8080,fraud.example.com:8000",
        "config": { "auto.offset.reset": "earliest" },
        "name": "connection-264",
        "networking": { "access": { "type": "PUBLIC" } },
        "security": { "protocol": "PLAINTEXT" },
        "type": "Kafka",
    });
    let names: Vec<&str> =
        recorded.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(only(&made, &names), recorded);
}

#[test]
fn brokers_trust_a_role() {
    let lab = Lab::new();
    let kafka = |authentication: Value| {
        Some(json!({
            "name": "msk", "type": "Kafka", "authentication": authentication,
            "bootstrapServers": "b-1.msk.example:9198", "security": { "protocol": "SASL_SSL" },
        }))
    };
    let bare = kafka(json!({ "mechanism": "AWS_MSK_IAM" }));
    let refused = answer(&lab, 400, "POST", CONNECTIONS, STREAMS, bare);
    assert!(refused["detail"].as_str().unwrap_or_default().contains("authentication.aws"));
    let role = "arn:aws:iam::111122223333:role/streams";
    let by_role = json!({ "mechanism": "AWS_MSK_IAM", "aws": { "roleArn": role } });
    let made = answer(&lab, 200, "POST", CONNECTIONS, STREAMS, kafka(by_role.clone()));
    assert_eq!(made["authentication"], by_role);
    let one = format!("{CONNECTIONS}/msk");
    assert_eq!(answer(&lab, 200, "GET", &one, STREAMS, None)["authentication"], by_role);
    // A password that nobody ever gave is not kept.
    let password = json!({ "authentication": { "mechanism": "PLAIN", "username": "u" } });
    answer(&lab, 400, "PATCH", &one, STREAMS, Some(password));
}

#[test]
fn a_role_for_brokers_is_an_option() {
    let lab = Lab::new();
    let role = "arn:aws:iam::111122223333:role/streams";
    let create = "connections create msk --instance orders --type kafka --yes \
                  --bootstrap-servers b-1.msk.example:9198 --mechanism aws_msk_iam";
    let bare = lab.typed(create).finish().exits(2);
    assert!(bare.err().contains("needs --role-arn"), "{}", bare.shown());
    lab.typed(&format!("{create} --role-arn {role} --protocol plaintext")).finish().exits(0);
    let made = answer(&lab, 200, "GET", &format!("{CONNECTIONS}/msk"), STREAMS, None);
    let by_role = json!({ "mechanism": "AWS_MSK_IAM", "aws": { "roleArn": role } });
    assert_eq!((&made["authentication"], &made["aws"]), (&by_role, &Value::Null));
    assert_eq!(made["security"]["protocol"], "PLAINTEXT");
}

#[test]
fn a_peering_needs_tls() {
    let lab = Lab::new();
    let security = |protocol: &str| Some(json!({ "security": { "protocol": protocol } }));
    let one = format!("{CONNECTIONS}/warehouse");
    for protocol in ["PLAINTEXT", "SASL_PLAINTEXT"] {
        answer(&lab, 400, "PATCH", &one, STREAMS, security(protocol));
    }
    answer(&lab, 200, "PATCH", &one, STREAMS, security("SASL_SSL"));
    let public = "{p}/streams/orders/connections/order-events";
    answer(&lab, 200, "PATCH", public, STREAMS, security("PLAINTEXT"));
}

#[test]
fn a_cluster_s_project_is_answered_where_it_was_sent() {
    let lab = Lab::new();
    let execute_as = json!({ "role": "atlasAdmin", "type": "BUILT_IN" });
    let cluster = |name: &str| {
        json!({
            "name": name, "type": "Cluster", "clusterName": "shop-main",
            "dbRoleToExecute": execute_as,
        })
    };
    let recorded = ["clusterName", "dbRoleToExecute", "name", "type"];
    let made = answer(&lab, 200, "POST", CONNECTIONS, STREAMS, Some(cluster("ClusterConn")));
    assert_eq!(only(&made, &recorded), cluster("ClusterConn"));
    let mut told = cluster("told");
    told["clusterGroupId"] = lab.project().into();
    let made = answer(&lab, 200, "POST", CONNECTIONS, STREAMS, Some(told));
    assert_eq!(made["clusterGroupId"], lab.project());
    let one = format!("{CONNECTIONS}/ClusterConn");
    let change = json!({ "dbRoleToExecute": { "role": "readAnyDatabase", "type": "BUILT_IN" } });
    for answered in [
        answer(&lab, 200, "GET", &one, STREAMS, None),
        answer(&lab, 200, "PATCH", &one, STREAMS, Some(change)),
        answer(&lab, 200, "GET", CONNECTIONS, STREAMS, None)["results"][2].clone(),
    ] {
        assert!(answered.get("clusterGroupId").is_none(), "{answered}");
    }
}

#[test]
fn empty_attributes_of_other_types_say_nothing() {
    // The document has no such attributes of these types.
    let lab = Lab::faulty();
    let page = answer(&lab, 200, "GET", CONNECTIONS, STREAMS, None);
    for connection in page["results"].as_array().expect("a page") {
        let (name, kind) = (&connection["name"], &connection["type"]);
        let one = format!("{CONNECTIONS}/{}", name.as_str().expect("a name"));
        let empty = [json!({}), Value::Null];
        for headers in empty.iter().filter(|headers| kind != "Https" || headers.is_object()) {
            let body = json!({ "name": name, "type": kind, "headers": headers });
            let after = answer(&lab, 200, "PATCH", &one, STREAMS, Some(body));
            assert!(kind == "Https" || after.get("headers").is_none(), "{after}");
        }
        let body = json!({
            "type": kind, "headers": {}, "schemaRegistryUrls": [], "provider": "", "url": null,
        });
        if kind != "Https" && kind != "SchemaRegistry" {
            answer(&lab, 200, "PATCH", &one, STREAMS, Some(body));
            let foreign = json!({ "headers": { "x": "y" }, "url": "https://a.example" });
            answer(&lab, 400, "PATCH", &one, STREAMS, Some(foreign));
        }
    }
    let new = json!({
        "name": "created", "type": "Cluster", "clusterName": "shop-main", "headers": {},
        "dbRoleToExecute": { "role": "atlasAdmin", "type": "BUILT_IN" },
    });
    let made = answer(&lab, 200, "POST", CONNECTIONS, STREAMS, Some(new));
    assert!(made.get("headers").is_none(), "{made}");
}

#[test]
fn names_of_connections_hold_what_atlas_takes() {
    let lab = Lab::new();
    for name in ["a.b-c_d", "all*"] {
        let new = json!({ "name": name, "type": "Https", "url": "https://a.example/in" });
        answer(&lab, 200, "POST", CONNECTIONS, STREAMS, Some(new));
        let one = format!("{CONNECTIONS}/{}", name.replace('*', "%2A"));
        assert_eq!(answer(&lab, 200, "GET", &one, STREAMS, None)["name"], name);
    }
}

fn pipeline() -> Value {
    json!([
        { "$source": { "connectionName": "order-events" } },
        { "$merge": { "into": { "connectionName": "shop", "db": "shop", "coll": "orders" } } },
    ])
}

#[test]
fn a_processor_is_scaled_between_sizes() {
    // The document does not know it yet.
    let lab = Lab::faulty();
    let (new, one) = ("{p}/streams/orders/processor", "{p}/streams/orders/processor/scaled");
    let create = |name: &str, scaling: Value| {
        let options = json!({ "autoscaling": scaling });
        Some(json!({ "name": name, "pipeline": pipeline(), "options": options }))
    };
    let scaling = json!({ "enabled": true, "minTier": "SP10", "maxTier": "SP50" });
    let made = answer(&lab, 200, "POST", new, PROCESSORS, create("scaled", scaling.clone()));
    assert_eq!(made["options"], json!({ "autoscaling": scaling }));
    let stored =
        || answer(&lab, 200, "GET", one, PROCESSORS, None)["options"]["autoscaling"].clone();
    assert_eq!(stored(), scaling);

    let patch = |status: u16, scaling: Value| {
        let body = json!({ "options": { "autoscaling": scaling } });
        answer(&lab, status, "PATCH", one, PROCESSORS, Some(body));
    };
    patch(200, json!({ "maxTier": "SP30" }));
    assert_eq!(stored(), json!({ "enabled": true, "minTier": "SP10", "maxTier": "SP30" }));
    patch(200, json!({ "minTier": null }));
    assert_eq!(stored(), json!({ "enabled": true, "maxTier": "SP30" }));
    let dlq = json!({ "connectionName": "shop", "db": "d", "coll": "c" });
    let body = json!({ "options": { "dlq": dlq } });
    let both = answer(&lab, 200, "PATCH", one, PROCESSORS, Some(body));
    assert_eq!(both["options"], json!({ "autoscaling": stored(), "dlq": dlq }));
    for wrong in [
        json!({ "enabled": "yes" }),
        json!({ "minTier": "SP50" }),
        json!({ "maxTier": "SP7" }),
        json!({ "enabled": false, "maxTier": "SP30" }),
        json!({ "most": "SP30" }),
        json!(true),
    ] {
        patch(400, wrong);
    }
    patch(200, json!({ "enabled": false }));
    assert_eq!(stored(), json!({ "enabled": false }));

    let start = format!("{one}:startWith");
    let with = json!({ "autoscaling": { "enabled": true, "maxTier": "SP50" } });
    answer(&lab, 200, "POST", &start, WITH, Some(with));
    assert_eq!(stored(), json!({ "enabled": true, "maxTier": "SP50" }));
    answer(&lab, 200, "POST", &format!("{one}:stop"), PROCESSORS, None);
    patch(200, Value::Null);
    assert_eq!(stored(), Value::Null);
}

#[test]
fn a_processor_is_scaled_as_the_mcp_server_asks() {
    // The document does not know it yet.
    let lab = Lab::faulty();
    let (new, one) = ("{p}/streams/orders/processor", "{p}/streams/orders/processor/p1");
    let create = json!({
        "name": "p1", "pipeline": pipeline(),
        "options": { "autoscaling": { "enabled": true, "minTier": "SP5", "maxTier": "SP10" } },
    });
    answer(&lab, 200, "POST", new, PROCESSORS, Some(create));
    let stored = || answer(&lab, 200, "GET", one, PROCESSORS, None);
    for (body, after) in [
        (
            json!({ "tier": "SP5", "options": { "autoscaling": { "enabled": false } } }),
            json!({ "enabled": false }),
        ),
        (
            json!({ "options": { "autoscaling": { "enabled": true, "minTier": null, "maxTier": null } } }),
            json!({ "enabled": true }),
        ),
    ] {
        answer(&lab, 200, "PATCH", one, PROCESSORS, Some(body));
        assert_eq!(stored()["options"]["autoscaling"], after);
    }
    let with = json!({
        "tier": "SP5", "autoscaling": { "enabled": true, "minTier": "SP2", "maxTier": "SP10" },
        "resumeFromCheckpoint": false, "startAtOperationTime": "2026-08-20T00:00:00Z",
    });
    answer(&lab, 200, "POST", &format!("{one}:startWith"), WITH, Some(with.clone()));
    let got = stored();
    assert_eq!(
        (&got["tier"], &got["options"]["autoscaling"]),
        (&with["tier"], &with["autoscaling"])
    );
}

#[test]
fn a_connection_of_dead_letters_is_in_use() {
    let lab = Lab::new().idle();
    let dlq = json!({ "connectionName": "ledger-read", "db": "d", "coll": "c" });
    let new = json!({ "name": "p1", "pipeline": pipeline(), "options": { "dlq": dlq } });
    answer(&lab, 200, "POST", "{p}/streams/orders/processor", PROCESSORS, Some(new));
    let act = |verb: &str| {
        let path = format!("{{p}}/streams/orders/processor/p1:{verb}");
        answer(&lab, 200, "POST", &path, PROCESSORS, None);
    };
    act("start");
    let delete = "connections delete ledger-read --instance orders --yes";
    let used = lab.typed(delete).finish().exits(6);
    assert!(used.err().contains("running processor p1"), "{}", used.shown());
    answer(&lab, 403, "DELETE", &format!("{CONNECTIONS}/ledger-read"), STREAMS, None);
    act("stop");
    lab.typed(delete).finish().exits(0);
}

#[test]
fn an_access_list_ends_where_it_does_in_atlas() {
    let lab = Lab::new();
    let entries = |from: u32, to: u32| {
        let entry = |n: u32| json!({ "ipAddress": format!("10.0.{}.{}", n / 256, n % 256) });
        Some((from..to).map(entry).collect::<Value>())
    };
    let all = "{p}/accessList?itemsPerPage=500";
    let count = || {
        let page = answer(&lab, 200, "GET", all, V, None);
        page["totalCount"].as_u64().and_then(|n| u32::try_from(n).ok()).expect("a number")
    };
    let room = 200 - count();
    let refused = answer(&lab, 409, "POST", "{p}/accessList", V, entries(0, room + 1));
    assert!(refused["detail"].as_str().unwrap_or_default().contains("200"), "{refused}");
    assert_eq!(count(), 200 - room, "all or none");
    answer(&lab, 201, "POST", "{p}/accessList", V, entries(0, room));
    assert_eq!(count(), 200);
    // What stands already is no further entry.
    answer(&lab, 201, "POST", "{p}/accessList", V, entries(0, room));
    answer(&lab, 409, "POST", "{p}/accessList", V, entries(room, room + 1));
}

#[test]
fn the_end_of_an_access_list_is_an_option() {
    let lab = Lab::new();
    lab.bare(["local", "init", "--empty", "--limit-access-list", "2"]).finish().exits(0);
    let add = |addresses: &str| {
        let mut run = lab.local(["access-lists", "add"]);
        run.args.extend(addresses.split(' ').map(str::to_owned));
        run.and(&["--yes"]).finish()
    };
    add("192.0.2.1 192.0.2.2").exits(0);
    let refused = add("192.0.2.3").exits(6);
    assert!(refused.err().contains("at most 2"), "{}", refused.shown());
    let reset = |most: &str| {
        lab.bare(["local", "reset", "--empty", "--limit-access-list", most, "--yes"]).finish()
    };
    reset("none").exits(0);
    add("192.0.2.1 192.0.2.2 192.0.2.3").exits(0);
    reset("0").exits(2);
}

#[test]
fn regions_of_late_take_instances() {
    // The document's list is older.
    let lab = Lab::faulty();
    for (number, (provider, region)) in [
        ("GCP", "US_WEST1"),
        ("GCP", "ASIA_SOUTH1"),
        ("AZURE", "northeurope"),
        ("AZURE", "eastasia"),
        ("AZURE", "southeastasia"),
    ]
    .into_iter()
    .enumerate()
    {
        let place = json!({ "cloudProvider": provider, "region": region });
        let new = json!({ "name": format!("late{number}"), "dataProcessRegion": place });
        let made = answer(&lab, 200, "POST", "{p}/streams", STREAMS, Some(new));
        assert_eq!(made["dataProcessRegion"], place);
    }
}

#[test]
fn what_is_too_small_does_not_fail_over() {
    let lab = Lab::new();
    let place = |region: &str| json!({ "cloudProvider": "AWS", "region": region });
    let new = |tier: &str| {
        Some(json!({
            "name": "small", "dataProcessRegion": place("VIRGINIA_USA"),
            "failoverRegions": [place("OHIO_USA")], "streamConfig": { "tier": tier },
        }))
    };
    answer(&lab, 400, "POST", "{p}/streams", STREAMS, new("SP5"));
    answer(&lab, 200, "POST", "{p}/streams", STREAMS, new("SP10"));
    let smaller = json!({ "streamConfig": { "tier": "SP2" } });
    answer(&lab, 400, "PATCH", "{p}/streams/small", STREAMS, Some(smaller));
}

#[test]
fn only_running_processors_keep_a_connection() {
    let lab = Lab::new();
    let new = json!({ "name": "user", "pipeline": pipeline() });
    answer(&lab, 200, "POST", "{p}/streams/telemetry/processor", PROCESSORS, {
        let mut new = new;
        new["pipeline"] = json!([
            { "$source": { "connectionName": "sensors" } },
            { "$merge": { "into": { "connectionName": "archive", "db": "d", "coll": "c" } } },
        ]);
        Some(new)
    });
    let act = |verb: &str| {
        let path = format!("{{p}}/streams/telemetry/processor/user:{verb}");
        answer(&lab, 200, "POST", &path, PROCESSORS, None);
    };
    act("start");
    let one = "{p}/streams/telemetry/connections/archive";
    answer(&lab, 403, "DELETE", one, STREAMS, None);
    act("stop");
    let others = answer(&lab, 200, "GET", "{p}/streams/telemetry/processors", PROCESSORS, None);
    for other in others["results"].as_array().expect("a page") {
        if other["state"] == "STARTED" {
            let name = other["name"].as_str().expect("a name");
            let path = format!("{{p}}/streams/telemetry/processor/{name}:stop");
            answer(&lab, 200, "POST", &path, PROCESSORS, None);
        }
    }
    answer(&lab, 202, "DELETE", one, STREAMS, None);
}

#[test]
fn events_of_roles_name_the_role() {
    let lab = Lab::new();
    let all = "{p}/customDBRoles/roles";
    let actions = json!([{ "action": "FIND", "resources": [{ "db": "shop", "collection": "" }] }]);
    let role = json!({ "roleName": "reader", "actions": actions });
    answer(&lab, 202, "POST", all, V, Some(role));
    let one = format!("{all}/reader");
    answer(&lab, 200, "PATCH", &one, V, Some(json!({ "actions": actions })));
    answer(&lab, 204, "DELETE", &one, V, None);
    let events = lab.events();
    let told = |event: &Value| (event["eventTypeName"].clone(), event["roleName"].clone());
    let told: Vec<_> = events.iter().map(told).collect();
    let types = ["MONGODB_ROLE_ADDED", "MONGODB_ROLE_UPDATED", "MONGODB_ROLE_DELETED"];
    assert_eq!(told, types.map(|kind| (json!(kind), json!("reader"))));
    let about = ["events", "list", "--about", "reader", "--columns", "type,about"];
    let listed = lab.spctl(about).finish().exits(0).out();
    assert_eq!(listed.lines().count(), 3, "{listed}");
}

#[test]
fn who_acts_through_a_program_is_shown_with_it() {
    let lab = Lab::new();
    let event = |id: char, delegate: Value, user: Option<&str>| {
        let mut event = json!({
            "created": "2026-08-20T11:00:00Z", "eventTypeName": "STREAM_TENANT_UPDATED",
            "groupId": lab.project(), "id": id.to_string().repeat(24), "isGlobalAdmin": false,
            "links": [], "instanceName": "orders", "delegatePrincipal": delegate,
        });
        if let Some(user) = user {
            event["username"] = user.into();
        }
        event
    };
    let olivia = json!({ "id": "1", "name": "olivia@example.com" });
    let agent = json!({ "id": "mdb-agent-7", "name": "deploy-agent", "onBehalfOf": olivia });
    let events = [
        event('a', agent.clone(), Some("olivia@example.com")),
        event('b', agent, None),
        event('c', json!({ "id": "only-an-id" }), Some("sam@example.com")),
    ];
    let db = rusqlite::Connection::open(lab.file("server/store.db")).expect("the store is there");
    let time: jiff::Timestamp = "2026-08-20T11:00:00Z".parse().expect("a time");
    for event in &events {
        let row =
            (lab.project(), time.as_millisecond(), "STREAM_TENANT_UPDATED", event.to_string());
        db.execute("INSERT INTO events (project, time, type, doc) VALUES (?1, ?2, ?3, ?4)", row)
            .expect("a table of events");
    }
    let by = |who: &str| {
        let list = ["events", "list", "--by", who, "--columns", "by", "--since", "2026-08-20"];
        lab.spctl(list).finish().exits(0).out()
    };
    assert_eq!(
        by("mdb-agent-7"),
        "deploy-agent for olivia@example.com\nolivia@example.com through deploy-agent\n"
    );
    assert_eq!(by("only-an-id"), "sam@example.com through only-an-id\n");
    let raw = lab.typed("events list --by mdb-agent-7 -o json").finish().exits(0).json();
    assert_eq!(raw[0]["delegatePrincipal"], events[1]["delegatePrincipal"]);
}

#[test]
fn private_links_are_doubted_before_they_are_sent() {
    let lab = Lab::new();
    let create = |rest: &str| {
        lab.requests();
        lab.typed(&format!("private-links create {rest} --dry-run")).finish().exits(0).err()
    };
    let doubted = create("--provider gcp --vendor confluent --gcp-service-attachment a");
    for field in ["needs region: add --region", "needs dnsDomain: add --dns-domain"] {
        assert!(doubted.contains(&format!("CONFLUENT on GCP {field}")), "{doubted}");
    }
    assert!(doubted.contains("warning: by the documentation"), "{doubted}");
    let doubted = create("--provider aws --vendor s3 --region us-east-1");
    assert!(doubted.contains("needs serviceEndpointId: add --service-endpoint"), "{doubted}");
    let confluent = "--provider aws --vendor confluent --region us-east-1 --service-endpoint s \
                     --dns-domain d.example --dns-sub-domain";
    let doubted = create(&format!("{confluent} az1"));
    assert!(doubted.contains("which az1 does not: give it as NAME.d.example"), "{doubted}");
    let sure = create(&format!("{confluent} az1.d.example az2.d.example"));
    assert!(!sure.contains("warning"), "{sure}");
    let msk = "--provider aws --vendor msk --arn arn:aws:kafka:us-east-1:1:cluster/a/b";
    assert!(!create(msk).contains("warning"));
}

#[test]
fn private_links_are_made_as_the_provider_of_terraform_makes_them() {
    let lab = Lab::new();
    let all = "{p}/streams/privateLinkConnections";
    let create = |body: Value| {
        let made = answer(&lab, 200, "POST", all, STREAMS, Some(body));
        let one = format!("{all}/{}", made["_id"].as_str().expect("an id"));
        answer(&lab, 200, "GET", &one, STREAMS, None)
    };
    // The domain of a serverless cluster is set later.
    let bare = json!({
        "provider": "AWS", "vendor": "CONFLUENT", "region": "us-east-1", "serviceEndpointId": "s",
    });
    let made = create(bare);
    let one = format!("{all}/{}", made["_id"].as_str().expect("an id"));
    let domain = json!({ "dnsDomain": "d.example" });
    let set = answer(&lab, 200, "PATCH", &one, WITH, Some(domain));
    assert_eq!(set["dnsDomain"], "d.example");
    let arn = "arn:aws:kafka:eu-west-1:111122223333:cluster/events/1";
    let made = create(json!({ "provider": "AWS", "vendor": "MSK", "arn": arn }));
    assert_eq!(made["region"], "eu-west-1");
}
