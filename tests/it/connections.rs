//! `spctl connections`: what is sent of a connection, where its secrets come from and never go,
//! and as which role it acts.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::Run;
use crate::support::Lab;

/// Ends in 2090.
const FAR: &str = "-----BEGIN CERTIFICATE-----
MIIBOTCB4aADAgECAgEBMAoGCCqGSM49BAMCMCYxEDAOBgNVBAoMB0V4YW1wbGUx
EjAQBgNVBAMMCWJyb2tlci1jYTAgFw0yMDAxMDEwMDAwMDBaGA8yMDkwMDEwMTAw
MDAwMFowJjEQMA4GA1UECgwHRXhhbXBsZTESMBAGA1UEAwwJYnJva2VyLWNhMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE26JwLWu/jxmP2XQnXRol/AD/2vhe8krw
CB++YxcDc3n8msNJOTSWX/KNPXWq18W9qr1xlZEADIzk097cXi6wSzAKBggqhkjO
PQQDAgNHADBEAiBgvsl9WOkoJtDlZ+WHsNR+tl7OM4+HCw74vS8O/8iCHwIgOkIM
Xb9vsDNyJcTWyj61T4BpbN5zP+oq6yUTXNQXugg=
-----END CERTIFICATE-----
";
/// Ended in 2021.
const ENDED: &str = "-----BEGIN CERTIFICATE-----
MIIBMzCB2aADAgECAgEBMAoGCCqGSM49BAMCMCMxEDAOBgNVBAoMB0V4YW1wbGUx
DzANBgNVBAMMBm9sZC1jYTAeFw0yMDAxMDEwMDAwMDBaFw0yMTAxMDEwMDAwMDBa
MCMxEDAOBgNVBAoMB0V4YW1wbGUxDzANBgNVBAMMBm9sZC1jYTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABH++LVVn3zTGoVRzM0eN1eIHyoDDj7kFzgICROlmwUuV
xHmcWQa5CzOBz7OhQrwYUnb6nC9AzcMoc1fi0L3dLbcwCgYIKoZIzj0EAwIDSQAw
RgIhAKVuKE28RXp15YQ9NuBy6HN84320HkQ7QiU/QiGRCIdYAiEAl80ioh575o2z
+ozEnTl4vsMtljeI8A5p5+tjVp2oO3Q=
-----END CERTIFICATE-----
";

fn with(mut run: Run, args: &[&str]) -> Run {
    run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
    run
}

/// A verb about connections of the instance orders.
fn orders(lab: &Lab, args: &[&str]) -> Run {
    let run = with(lab.spctl(["connections"]), args);
    with(run, &["--instance", "orders"])
}

/// The bodies that were sent since the last look.
fn sent(lab: &Lab) -> Vec<Value> {
    let exchanges = lab.exchanges();
    let changes = exchanges.iter().filter(|e| !e.request_body.is_empty());
    changes.map(|e| serde_json::from_slice(&e.request_body).expect("JSON")).collect()
}

#[track_caller]
fn only_reads(lab: &Lab) {
    let requests = lab.requests();
    assert!(requests.iter().all(|r| r.starts_with("GET ")), "{requests:?}");
}

const KAFKA: [&str; 9] = [
    "create",
    "kafka",
    "--bootstrap-servers",
    "a.example:9092",
    "--mechanism",
    "scram-512",
    "--username",
    "atlas",
    "--yes",
];

#[test]
fn connections_are_listed_in_every_format() {
    let lab = Lab::new();
    let mut shown = String::new();
    for format in ["table", "csv", "tsv"] {
        shown.push_str(&orders(&lab, &["list", "-o", format]).shown());
    }
    assert_snapshot!("connections_list", shown);
    let json = orders(&lab, &["list", "-o", "json"]).finish().exits(0).json();
    assert_eq!(json.as_array().map(Vec::len), Some(6));
    lab.spctl(["connections", "list", "--instance", "nothing"]).finish().exits(5);
    orders(&lab, &["get", "shop", "nothing"]).finish().exits(5);
    let names = orders(&lab, &["get", "-", "-q"]).stdin("shop\nwarehouse\n").finish().exits(0);
    assert_eq!(names.out(), "shop\nwarehouse\n");
}

#[test]
fn a_secret_comes_from_anywhere_but_the_command_line_and_is_never_shown() {
    let lab = Lab::new();
    let env = with(orders(&lab, &KAFKA), &["--password-env", "P", "--dry-run"]);
    assert_snapshot!("connections_create_dry_run", env.env("P", "hunter2").shown());
    only_reads(&lab);
    let finished = with(orders(&lab, &KAFKA), &["--password-env", "P", "-vv", "-o", "json"]);
    let finished = finished.env("P", "hunter2").finish().exits(0);
    assert!(!finished.shown().contains("hunter2"), "{}", finished.shown());
    assert_eq!(finished.json()["state"], "PENDING");
    assert_eq!(sent(&lab)[0]["authentication"]["password"], "hunter2");
    let again = with(orders(&lab, &KAFKA), &["--password-stdin"]).stdin("x\n").finish().exits(6);
    assert!(again.err().contains("already exists"), "{}", again.shown());

    let named = |name, args: &[&str]| {
        let mut run = with(orders(&lab, &KAFKA), args);
        run.args[2] = name;
        run
    };
    named("k2".into(), &["--password-stdin"]).stdin("from stdin\n").finish().exits(0);
    std::fs::write(lab.file("secret"), "from a file\n").unwrap();
    named("k3".into(), &["--password-file", "secret"]).finish().exits(0);
    let oauth = [
        "--mechanism=oauthbearer",
        "--client-id=c",
        "--token-url=https://login.example/token",
        "--client-secret-env=S",
    ];
    let args = [&["create", "k4", "--bootstrap-servers", "a.example:9092", "--yes"], &oauth[..]];
    orders(&lab, &args.concat()).env("S", "oauth secret").finish().exits(0);
    let bodies = sent(&lab);
    let given: Vec<_> = bodies.iter().map(|b| b["authentication"].clone()).collect();
    assert_eq!(given[0]["password"], "from stdin");
    assert_eq!(given[1]["password"], "from a file");
    assert_eq!(given[2]["clientSecret"], "oauth secret");

    named("k5".into(), &[]).finish().exits(2);
    named("k5".into(), &["--password-env", "UNSET"]).finish().exits(2);
    named("k5".into(), &["--password", "typed"]).finish().exits(2);
    let header = ["create", "h", "--url", "https://a.example", "--header", "Authorization=x"];
    orders(&lab, &header).finish().exits(2);
    orders(&lab, &["create", "c", "--cluster", "shop-main", "--username", "u"]).finish().exits(2);
    only_reads(&lab);
}

#[test]
fn a_document_names_the_environment_and_its_values_stay_there() {
    let lab = Lab::new();
    let yaml = "type: Https\nurl: https://${HOST}/in\nheaders:\n  X-Key: ${KEY}\n";
    std::fs::write(lab.file("hook.yaml"), yaml).unwrap();
    let create = |args: &[&str]| {
        let run = orders(&lab, &["create", "hook", "--file", "hook.yaml"]);
        with(run, args).env("HOST", "secret-host.example")
    };
    let unset = create(&["--yes"]).finish().exits(2);
    assert!(unset.err().contains("KEY is unset or empty"), "{}", unset.shown());
    let unfit = create(&["--yes"]).env("KEY", "k3y\r").finish().exits(2);
    let said = "error: hook.yaml: KEY holds a carriage return, U+000D\n";
    assert!(unfit.err().starts_with(said), "{}", unfit.shown());
    let shown = create(&["--dry-run"]).env("KEY", "k3y").finish().exits(0);
    assert!(!shown.shown().contains("k3y"), "{}", shown.shown());
    assert!(!shown.shown().contains("secret-host"), "{}", shown.shown());
    assert!(shown.out().contains("https://${HOST}/in"), "{}", shown.shown());
    only_reads(&lab);
    create(&["--yes"]).env("KEY", "\u{feff}k3y\n").finish().exits(0);
    let body = sent(&lab).remove(0);
    assert_eq!(body["url"], "https://secret-host.example/in");
    assert_eq!(body["headers"], json!({ "X-Key": "k3y" }));

    let patch = r#"{"headers": {"X-Key": null, "X-Other": "o"}}"#;
    let update = ["update", "hook", "--file", "-", "--yes"];
    orders(&lab, &update).stdin(patch).finish().exits(0);
    assert_eq!(sent(&lab), [json!({ "type": "Https", "headers": { "X-Other": "o" } })]);
    // No header is told again, so that nobody can say that this one is the same.
    orders(&lab, &update).stdin(patch).finish().exits(0);
    assert_eq!(sent(&lab), [json!({ "type": "Https", "headers": { "X-Other": "o" } })]);
    for wrong in ["", "[1]", "{", r#"{"type": "Kafka"}"#, r#"{"name": "other"}"#] {
        orders(&lab, &update).stdin(wrong).finish().exits(2);
    }
    only_reads(&lab);
}

#[test]
fn a_key_of_several_lines_comes_from_the_environment_as_it_is() {
    let lab = Lab::new();
    let yaml = "type: Kafka\nbootstrapServers: b.example:9092\nsecurity: {protocol: SSL}\n\
                authentication: {sslCertificate: '${CERT}', sslKey: '${KEY}'}\n";
    std::fs::write(lab.file("tls.yaml"), yaml).unwrap();
    let made = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let create = orders(&lab, &["create", "tls", "--file", "tls.yaml", "--yes"]);
    create.env("CERT", &certificate).env("KEY", &key).finish().exits(0);
    let body = sent(&lab).remove(0);
    assert_eq!(body["authentication"]["sslCertificate"], json!(certificate));
    assert_eq!(body["authentication"]["sslKey"], json!(key));
}

#[test]
fn every_type_can_be_made_by_options() {
    let lab = Lab::new();
    let arn = "arn:aws:iam::111122223333:role/sink";
    let lines: [(&str, &[&str]); 6] = [
        ("S3", &["bucket", "--role-arn", arn, "--test-bucket", "out"]),
        ("AWSLambda", &["mail", "--type", "aws-lambda", "--role-arn", arn]),
        ("AWSKinesisDataStreams", &["k", "--type", "AWSKinesisDataStreams", "--role-arn", arn]),
        (
            "SchemaRegistry",
            &["reg", "--registry-url", "https://r.example", "--username", "u", "--password-stdin"],
        ),
        ("AzureBlobStorage", &["blob", "--storage-account", "out", "--service-principal", "p"]),
        ("GCPPubSub", &["pub", "--service-account", "a@b.iam.gserviceaccount.com"]),
    ];
    for (kind, line) in lines {
        let run = orders(&lab, &[&["create"], line, &["--yes", "-o", "json"]].concat());
        let made = run.stdin("a secret\n").finish().exits(0);
        assert_eq!(made.json()["type"], kind, "{}", made.shown());
        assert!(!made.shown().contains("a secret"), "{}", made.shown());
    }
    lab.requests();
    orders(&lab, &["create", "x", "--role-arn", arn, "--yes"]).finish().exits(2);
    orders(&lab, &["create", "x", "--type", "S3", "--yes"]).finish().exits(2);
    orders(&lab, &["create", "x", "--type", "Kafka", "--url", "https://a"]).finish().exits(2);
    only_reads(&lab);
    let link = ["--networking", "private_link", "--private-link", "ffffffffffffffffffffffff"];
    let run = orders(
        &lab,
        &[&["create", "x", "--type", "S3", "--role-arn", arn, "--yes"], &link[..]].concat(),
    );
    run.finish().exits(5);
}

#[test]
fn a_role_is_named_and_an_administrator_needs_a_word() {
    let lab = Lab::new();
    let cluster = |name: &str, args: &[&str]| {
        let run = orders(&lab, &["create", name, "--cluster", "shop-main", "--yes"]);
        with(run, args).finish()
    };
    let none = cluster("c1", &[]).exits(2);
    assert!(none.err().contains("--execute-as"), "{}", none.shown());
    let admin = cluster("c1", &["--execute-as", "atlasAdmin"]).exits(2);
    assert!(admin.err().contains("--allow-administrator"), "{}", admin.shown());
    cluster("c1", &["--execute-as", "nothing"]).exits(5);
    cluster("c1", &["--execute-as", "dbAdmin", "--built-in"]).exits(2);
    only_reads(&lab);
    cluster("c1", &["--execute-as", "atlasAdmin", "--allow-administrator"]).exits(0);
    let role = |name: &str, kind: &str| json!({ "role": name, "type": kind });
    assert_eq!(sent(&lab)[0]["dbRoleToExecute"], role("atlasAdmin", "BUILT_IN"));

    let execute_as = |name: &str, role: &str, args: &[&str]| {
        with(orders(&lab, &["execute-as", name, role]), args)
    };
    let dry = execute_as("shop", "readAnyDatabase", &["--dry-run"]);
    assert_snapshot!("connections_execute_as", dry.shown());
    execute_as("shop", "readAnyDatabase", &[]).finish().exits(2);
    execute_as("shop", "atlasAdmin", &["--yes"]).finish().exits(2);
    execute_as("warehouse", "ordersWriter", &["--yes"]).finish().exits(2);
    execute_as("nothing", "ordersWriter", &["--yes"]).finish().exits(5);
    let same = execute_as("shop", "ordersWriter", &["--yes"]).finish().exits(0);
    assert!(same.err().contains("unchanged"), "{}", same.shown());
    only_reads(&lab);
    let create = ["roles", "create", "sneaky", "--inherit", "atlasAdmin", "--yes"];
    if lab.spctl(create).finish().code == Some(0) {
        execute_as("shop", "sneaky", &["--yes"]).finish().exits(2);
        sent(&lab);
    }
    execute_as("shop", "readAnyDatabase", &["--yes"]).finish().exits(0);
    let body = json!({ "type": "Cluster", "dbRoleToExecute": role("readAnyDatabase", "BUILT_IN") });
    assert_eq!(sent(&lab), [body]);
}

#[test]
fn a_role_is_judged_by_all_that_it_inherits() {
    let lab = Lab::new();
    for role in [
        "base --action FIND@shop --inherit read@ref",
        "middle --action INSERT@shop.orders --inherit base readAnyDatabase",
        "top --inherit middle",
        "root-cause --inherit top dbAdminAnyDatabase",
        "deep --inherit root-cause",
    ] {
        lab.typed(&format!("roles create {role} --yes")).finish().exits(0);
    }
    let execute_as =
        |role: &str, args: &[&str]| with(orders(&lab, &["execute-as", "shop", role]), args);
    assert_snapshot!("connections_execute_as_heir", execute_as("top", &["--dry-run"]).shown());
    let refused = execute_as("deep", &["--yes"]).finish().exits(2);
    let way = "deep is an administrator's role, through dbAdminAnyDatabase";
    assert!(refused.err().contains(way), "{}", refused.shown());
}

#[test]
fn an_update_needs_no_secret_and_loses_nothing() {
    let lab = Lab::new();
    let update = |args: &[&str]| with(orders(&lab, &["update", "order-events", "--yes"]), args);
    update(&["--bootstrap-servers", "b.example:9092"]).finish().exits(0);
    update(&["--config", "debug=all"]).finish().exits(0);
    update(&["--networking", "vpc"]).finish().exits(0);
    update(&["--password-env", "P"]).env("P", "a new one").finish().exits(0);
    let kafka = |field: &str, value: Value| json!({ "type": "Kafka", field: value });
    let authentication =
        json!({ "mechanism": "SCRAM-512", "username": "atlas-orders", "password": "a new one" });
    assert_eq!(
        sent(&lab),
        [
            kafka("bootstrapServers", json!("b.example:9092")),
            kafka("config", json!({ "auto.offset.reset": "earliest", "debug": "all" })),
            kafka("networking", json!({ "access": { "type": "VPC" } })),
            kafka("authentication", authentication),
        ]
    );
    let again = update(&["--bootstrap-servers", "b.example:9092"]).finish().exits(0);
    assert!(again.err().contains("unchanged"), "{}", again.shown());
    update(&[]).finish().exits(2);
    update(&["--cluster", "shop-main"]).finish().exits(2);
    orders(&lab, &["update", "nothing", "--username", "u", "--yes"]).finish().exits(5);
    only_reads(&lab);
}

#[test]
fn certificates_are_read_and_their_end_is_an_exit_code() {
    let lab = Lab::new();
    std::fs::write(lab.file("far.pem"), FAR).unwrap();
    std::fs::write(lab.file("ended.pem"), ENDED).unwrap();
    std::fs::write(lab.file("none.pem"), "nothing").unwrap();
    let none = orders(&lab, &["check", "all"]).finish().exits(0);
    assert!(none.stdout.is_empty() && none.err().contains("none of"), "{}", none.shown());
    let trust = |name: &str, file: &str| {
        orders(&lab, &["update", name, "--broker-ca-file", file, "--yes"]).finish()
    };
    trust("order-events", "none.pem").exits(2);
    trust("order-events", "far.pem").exits(0);
    let far = orders(&lab, &["check", "order-events"]).finish().exits(0);
    assert!(far.out().contains("broker-ca") && far.out().contains("2090"), "{}", far.shown());
    orders(&lab, &["check", "order-events", "--within", "36500d"]).finish().exits(3);
    trust("warehouse", "ended.pem").exits(0);
    assert_snapshot!("connections_check", orders(&lab, &["check", "all", "-o", "csv"]).shown());
    orders(&lab, &["check", "nothing"]).finish().exits(5);
    // A chain is one name: it feeds the next command.
    std::fs::write(lab.file("chain.pem"), format!("{FAR}\n{ENDED}")).unwrap();
    trust("order-events", "chain.pem").exits(0);
    let names = orders(&lab, &["check", "order-events", "-q"]).finish().exits(3);
    assert_eq!(names.out(), "order-events\n");
    trust("order-events", "far.pem").exits(0);
    let got = orders(&lab, &["get", "order-events"]).finish().exits(0);
    assert!(got.out().contains("broker-ca"), "{}", got.shown());
}

#[test]
fn connections_go_one_by_one_and_a_failure_is_told() {
    let lab = Lab::ticking().idle();
    orders(&lab, &["delete", "shop", "--dry-run"]).finish().exits(0);
    orders(&lab, &["delete", "shop"]).finish().exits(2);
    orders(&lab, &["delete", "-", "--yes"]).stdin("").finish().exits(2);
    only_reads(&lab);
    let args = ["delete", "-", "--yes", "--failed", "failed"];
    let batch = orders(&lab, &args).stdin("shop\nnothing\nwarehouse\n").finish().exits(5);
    assert!(batch.err().contains("1 of 3 connections failed"), "{}", batch.shown());
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "nothing\n");
    let gone = orders(&lab, &["delete", "order-mailer", "--yes", "--wait"]).finish().exits(0);
    assert!(gone.err().contains("waiting for order-mailer: DELETING"), "{}", gone.shown());
    orders(&lab, &["get", "order-mailer"]).finish().exits(5);
    let hook = ["create", "hook", "--url", "https://a.example", "--wait", "--yes"];
    let ready = orders(&lab, &hook).finish().exits(0);
    assert!(ready.err().contains("waiting for hook: PENDING"), "{}", ready.shown());
    let state = orders(&lab, &["get", "hook", "--columns", "state"]).finish().exits(0).out();
    assert_eq!(state, "READY\n");
}

#[test]
fn a_connection_fails_over_to_a_region_of_its_instance() {
    let lab = Lab::new();
    let failover = |args: &[&str]| orders(&lab, &[&["failover"], args].concat());
    let empty = failover(&["list", "shop"]).finish().exits(0);
    assert!(empty.err().contains("no failover connections"), "{}", empty.shown());
    let add = ["add", "order-events", "--region", "us-east-2", "--yes"];
    failover(&add).finish().exits(2);
    failover(&["add", "order-events", "--region", "us-west-2", "--yes"]).finish().exits(2);
    failover(&["add", "order-mailer", "--region", "us-east-2", "--yes"]).finish().exits(2);
    failover(&["list", "nothing"]).finish().exits(5);
    only_reads(&lab);
    let add = |args: &[&str]| failover(&[&add[..], args].concat()).env("P", "a secret");
    add(&["--bootstrap-servers", "c.example:9092", "--password-env", "P"]).finish().exits(0);
    let body = sent(&lab).remove(0);
    assert_eq!(body["region"], "OHIO_USA");
    assert_eq!(body["authentication"]["username"], "atlas-orders");
    add(&["--password-env", "P"]).finish().exits(6);
    let id = failover(&["list", "order-events", "-q"]).finish().exits(0).out();
    let update =
        ["update", "order-events", id.trim(), "--bootstrap-servers", "d.example:1", "--yes"];
    failover(&update).finish().exits(0);
    assert_eq!(sent(&lab), [json!({ "type": "Kafka", "bootstrapServers": "d.example:1" })]);
    assert!(failover(&update).finish().exits(0).err().contains("unchanged"));
    failover(&["remove", "order-events", "us-east-2"]).finish().exits(2);
    let two = ["remove", "order-events", "us-east-2", "nothing", "--yes"];
    failover(&two).finish().exits(5);
    let left = failover(&["list", "order-events", "-o", "json"]).finish().exits(0);
    assert_eq!(left.json(), json!([]));
}

/// Puts a processor into the control plane's store.
fn processor(lab: &Lab, state: &str) {
    let doc = json!({
        "_id": "0123456789abcdef01234567", "name": "p1", "state": state,
        "pipeline": [{ "$source": { "connectionName": "shop" } }],
    });
    let db = rusqlite::Connection::open(lab.file("server/store.db")).expect("the store");
    let parent = format!("{}/orders", lab.project());
    let sql = "INSERT OR REPLACE INTO resources (kind, parent, key, doc)
               VALUES ('processor', ?1, 'p1', ?2)";
    db.execute(sql, [parent, doc.to_string()]).expect("a processor");
}

#[test]
fn what_a_processor_uses_stays() {
    let lab = Lab::new().idle();
    processor(&lab, "STARTED");
    let used = orders(&lab, &["delete", "shop", "--yes"]).finish().exits(6);
    assert!(used.err().contains("processor"), "{}", used.shown());
    let running = lab.spctl(["instances", "delete", "orders", "--yes"]).finish().exits(6);
    assert!(running.err().contains("processors"), "{}", running.shown());
    processor(&lab, "STOPPED");
    orders(&lab, &["delete", "shop", "--yes"]).finish().exits(0);
    lab.spctl(["instances", "delete", "orders", "--yes"]).finish().exits(0);
}

#[test]
fn every_change_and_every_look_is_an_event() {
    let lab = Lab::new().idle();
    orders(&lab, &["get", "shop"]).finish().exits(0);
    orders(&lab, &["get", "nothing"]).finish().exits(5);
    let hook = ["create", "hook", "--url", "https://a.example", "--yes"];
    orders(&lab, &hook).finish().exits(0);
    orders(&lab, &["update", "hook", "--url", "https://b.example", "--yes"]).finish().exits(0);
    orders(&lab, &["delete", "hook", "--yes"]).finish().exits(0);
    let tier = ["instances", "update", "orders", "--tier", "SP50", "--yes"];
    lab.spctl(tier).finish().exits(0);
    lab.spctl(["audit", "download", "orders"]).finish().exits(0);
    lab.spctl(["instances", "delete", "orders", "--yes"]).finish().exits(0);
    let kind = |event: &Value| event["eventTypeName"].as_str().unwrap_or_default().to_owned();
    let mut types: Vec<String> = lab.events().iter().map(kind).collect();
    types.retain(|kind| kind != "STREAM_TENANT_CONNECTIONS_LISTED");
    types.dedup();
    let wanted = [
        "CONNECTION_VIEWED",
        "CONNECTION_CREATED",
        "CONNECTION_VIEWED",
        "CONNECTION_UPDATED",
        "CONNECTION_DELETED",
        "UPDATED",
        "AUDIT_LOGS",
        "DELETED",
    ];
    assert_eq!(types, wanted.map(|kind| format!("STREAM_TENANT_{kind}")));
}

#[test]
fn a_header_that_is_stored_is_not_shown_by_a_change_beside_it() {
    let lab = Lab::ticking();
    let create = "connections create hook --instance orders --url https://hook.example \
                  --header-env Authorization=HK --yes --wait";
    lab.typed(create).env("HK", "Bearer hunter2").finish().exits(0);
    for read in ["connections get hook --instance orders", "connections list --instance orders"] {
        let shown = lab.typed(&format!("{read} -o json")).finish().exits(0).out();
        assert!(shown.contains(r#""Authorization":"********""#), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
        std::fs::write(lab.file("read.json"), shown).unwrap();
    }
    let whole = lab.typed("instances get orders -o json").finish().exits(0).out();
    assert!(!whole.contains("hunter2"), "{whole}");
    let get = lab.typed("connections get hook --instance orders -o json").finish().exits(0).out();
    std::fs::write(lab.file("read.json"), get).unwrap();
    let back = "connections update hook --instance orders --file read.json --yes";
    let back = lab.typed(back).finish().exits(2);
    assert!(back.err().contains("masked"), "{}", back.shown());
    let update = "connections update hook --instance orders --header Accept=text/plain";
    for rest in ["--dry-run", "--dry-run -o json", "--yes -vv"] {
        let finished = lab.typed(&format!("{update} {rest}")).finish().exits(0);
        assert!(!finished.shown().contains("hunter2"), "{}", finished.shown());
        assert!(!finished.err().contains("headers.Authorization"), "{}", finished.shown());
    }
    let file = lab.file("none.json");
    std::fs::write(&file, r#"{"headers": null}"#).unwrap();
    let none = "connections update hook --instance orders --file none.json --dry-run";
    let finished = lab.typed(none).finish().exits(0);
    assert!(!finished.shown().contains("hunter2"), "{}", finished.shown());
}

#[test]
fn a_password_in_an_address_is_sent_and_not_shown() {
    let lab = Lab::ticking();
    let create =
        "connections create hook --instance orders --url https://d:hunter2@hook.example/in";
    let update =
        "connections update hook --instance orders --url https://e:hunter2@hook.example/out";
    let shows = [
        &format!("{create} --dry-run"),
        &format!("{create} --yes --wait -vv"),
        "connections list --instance orders",
        "connections get hook --instance orders",
        "connections get hook --instance orders -o yaml",
        "instances get orders -o json",
        &format!("{update} --dry-run -o json"),
        &format!("{update} --yes"),
        "connections delete hook --instance orders --dry-run",
    ];
    for line in shows {
        let finished = lab.typed(line).finish().exits(0);
        let told = finished.out() + &finished.err();
        assert!(!told.contains("hunter2"), "{}", finished.shown());
    }
    let sent = sent(&lab);
    let addresses: Vec<_> = sent.iter().filter_map(|body| body["url"].as_str()).collect();
    let wanted = ["https://d:hunter2@hook.example/in", "https://e:hunter2@hook.example/out"];
    assert_eq!(addresses, wanted);
}

#[test]
fn an_error_names_its_object_whatever_that_is_called() {
    let lab = Lab::new();
    for name in ["zzz", "on", "h"] {
        let create = format!("connections create {name} --instance orders --url ftp://x --yes");
        let finished = lab.typed(&create).finish().exits(1);
        assert!(finished.err().contains(&format!("connection {name}: ")), "{}", finished.shown());
    }
}

#[test]
fn a_connection_that_leaves_its_private_link_forgets_it() {
    let lab = Lab::new();
    let link = "8e1f0e39007de2c65125f667";
    let create = format!(
        "connections create kin --instance orders --type AWSKinesisDataStreams \
         --role-arn arn:aws:iam::111122223333:role/kin --private-link {link} --yes"
    );
    let created = lab.typed(&create).finish();
    assert!(created.code == Some(0), "{}", created.shown());
    let update = "connections update kin --instance orders --networking PUBLIC --dry-run";
    let update = lab.typed(update).finish().exits(0);
    assert!(update.out().contains("PUBLIC") && !update.out().contains(link), "{}", update.shown());
}
