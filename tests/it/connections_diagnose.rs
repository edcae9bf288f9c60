//! `spctl connections diagnose`: why the other side of a connection does not answer.

use insta::assert_snapshot;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::ips_instance::{connection, instance, kafka};
use crate::run::Finished;
use crate::support::Lab;

fn diagnose(lab: &Lab, name: &str, instance: &str, more: &str) -> Finished {
    lab.typed(&format!("connections diagnose {name} --instance {instance} -o json {more}")).finish()
}

/// Severity, subject and message of each finding.
fn findings(document: &Value) -> Vec<(String, String, String)> {
    let text = |finding: &Value, field: &str| finding[field].as_str().expect("text").to_owned();
    let findings = document["findings"].as_array().expect("findings").iter();
    findings
        .map(|finding| {
            (text(finding, "severity"), text(finding, "about"), text(finding, "message"))
        })
        .collect()
}

/// One finding of this severity that says this, and the exit code that goes with it.
fn found(lab: &Lab, document: Value, severity: &str, says: &str) -> Value {
    let name = document["name"].as_str().expect("a name").to_owned();
    lab.add("connection", &format!("{}/lone", lab.project()), &name, &document);
    let code = if severity == "error" { 3 } else { 0 };
    let finished = diagnose(lab, &name, "lone", "").exits(code);
    let document = finished.json();
    let all = findings(&document);
    let fits =
        |(is, _, message): &&(String, String, String)| is == severity && message.contains(says);
    assert_eq!(all.iter().filter(fits).count(), 1, "{says}: {}", finished.shown());
    let errors = all.iter().any(|(is, ..)| is == "error");
    assert_eq!(errors, code == 3, "{}", finished.shown());
    document
}

fn with(mut document: Value, field: &str, value: Value) -> Value {
    document[field] = value;
    document
}

#[test]
fn one_page_says_what_is_known() {
    let lab = Lab::new();
    let args = ["connections", "diagnose", "order-events", "--instance", "orders"];
    assert_snapshot!("connections_diagnose", lab.spctl(args).shown());
    std::fs::write(lab.file("allowed.txt"), "198.51.100.7\n203.0.113.0/30\n").unwrap();
    let run = lab.spctl(args).and(&["--against", "allowed.txt"]);
    assert_snapshot!("connections_diagnose_against", run.shown());
    let run = lab.spctl(args).and(&["--against", "allowed.txt", "-o", "json"]);
    assert_snapshot!("connections_diagnose_json", run.shown());
}

#[test]
fn a_connection_of_every_type_can_be_diagnosed_locally_and_remotely() {
    let lab = Lab::new();
    let mut kinds = Vec::new();
    for instance in ["orders", "payments", "telemetry"] {
        let list = lab.typed(&format!("connections list {instance} -o json")).finish().exits(0);
        for row in list.json().as_array().expect("rows") {
            let name = row["name"].as_str().expect("a name");
            let remote = diagnose(&lab, name, instance, "").exits(0).json();
            assert_eq!(remote["type"], row["type"]);
            let addresses = remote["addresses"].as_array().expect("addresses").len();
            assert_eq!(addresses == 0, remote["noAddresses"].is_string(), "{remote}");
            let args = ["connections", "diagnose", name, "--instance", instance, "-o", "json"];
            let local = lab.local(args).finish().exits(0).json();
            assert_eq!(local["findings"], json!([]), "{local}");
            kinds.push(row["type"].as_str().expect("a type").to_owned());
        }
    }
    for kind in ["Kafka", "Cluster", "Sample", "Https", "AWSLambda"] {
        assert!(kinds.iter().any(|found| found == kind), "{kind}");
    }
    instance(&lab, &[]);
    for (kind, more) in [
        ("S3", json!({ "aws": { "roleArn": "arn:aws:iam::111122223333:role/x" } })),
        (
            "AWSKinesisDataStreams",
            json!({ "aws": { "roleArn": "arn:aws:iam::111122223333:role/x" } }),
        ),
        (
            "AzureBlobStorage",
            json!({ "azure": { "storageAccountName": "a", "servicePrincipalId": "p" } }),
        ),
        ("GCPPubSub", json!({ "gcp": { "serviceAccountId": "a@b.example" } })),
        (
            "SchemaRegistry",
            json!({
                "provider": "CONFLUENT",
                "schemaRegistryUrls": ["https://r.example"],
                "schemaRegistryAuthentication": { "type": "USER_INFO", "username": "u" },
            }),
        ),
    ] {
        let key = format!("{}/lone", lab.project());
        lab.add("connection", &key, kind, &connection(kind, kind, more));
        let document = diagnose(&lab, kind, "lone", "").exits(0).json();
        assert_eq!(document["findings"], json!([]), "{document}");
        assert_eq!(document["noAddresses"].is_null(), kind == "SchemaRegistry", "{document}");
    }
}

#[test]
fn what_the_broker_lets_in_decides_and_the_exit_code_says_so() {
    let lab = Lab::new();
    let wanted = lab.typed("ips --instance orders --connection order-events").finish().exits(0);
    let against = |text: &str, more: &str| {
        std::fs::write(lab.file("list"), text).unwrap();
        diagnose(&lab, "order-events", "orders", &format!("--against list {more}"))
    };
    let fits = against(&wanted.out(), "").exits(0).json();
    assert_eq!(fits["findings"], json!([]));
    assert_eq!(fits["against"]["lists"][0]["missing"], json!([]));
    let less = wanted.out().lines().skip(1).collect::<Vec<_>>().join("\n");
    let missing = against(&less, "").exits(3);
    assert_eq!(missing.json()["against"]["lists"][0]["missing"], json!(["198.51.100.7/32"]));
    assert!(missing.err().contains("1 error explains why the broker does not answer"));
    // A broker of Kafka compares text, until 4.4.
    let acl = "Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=t, \
               patternType=LITERAL)`: \n";
    let nets = wanted.out();
    let entries = nets.lines().map(|net| {
        format!("\t(principal=User:atlas, host={net}, operation=READ, permissionType=ALLOW)\n")
    });
    let acls = format!("{acl}{}", entries.collect::<String>());
    let dead = against(&acls, "").exits(3).json();
    let (_, _, message) = &findings(&dead)[1];
    assert!(message.contains("never match"), "{dead}");
    assert_eq!(against(&acls, "--cidr").exits(0).json()["findings"], json!([]));
    // From stdin, which is read once.
    let run = lab.typed("connections diagnose order-events --instance orders --against -");
    let piped = run.stdin(&less).finish().exits(3);
    assert!(!piped.out().contains("ips check"), "{}", piped.shown());
    // What needs no address is held against nothing, and that is said.
    let cluster = diagnose(&lab, "shop", "orders", "--against list").exits(0).json();
    assert!(findings(&cluster)[0].2.contains("held against nothing"), "{cluster}");
    lab.exchanges();
    for more in ["--against nowhere", "--as plain", "--list x", "--cidr"] {
        diagnose(&lab, "order-events", "orders", more).exits(2);
    }
    assert!(lab.requests().is_empty());
}

#[test]
fn rules_for_other_ports_do_not_let_in() {
    let lab = Lab::new();
    let line = "ips --instance orders --connection order-events --for aws-security-group";
    let rules = lab.typed(line).finish().exits(0).json();
    let groups = |port: u16| {
        let mut permissions = rules["IpPermissions"].clone();
        for permission in permissions.as_array_mut().expect("rules") {
            permission["FromPort"] = port.into();
            permission["ToPort"] = port.into();
        }
        let group = json!({ "GroupId": "sg-0123", "GroupName": "g", "IpPermissions": permissions });
        json!({ "SecurityGroups": [group] }).to_string()
    };
    for (port, code) in [(9196, 0), (9194, 3)] {
        std::fs::write(lab.file("groups.json"), groups(port)).unwrap();
        let finished = diagnose(&lab, "order-events", "orders", "--against groups.json");
        // Until there is a format that reads it.
        if finished.err().contains("not recognised") {
            crate::support::skipped("no format reads security groups");
            return;
        }
        let document = finished.exits(code).json();
        let told = findings(&document).iter().any(|found| found.2.contains("to port 9196"));
        assert_eq!(told, code == 3, "{document}");
    }
}

#[test]
fn states_and_their_reasons_are_told() {
    let lab = Lab::faulty();
    instance(&lab, &[]);
    let state = |name: &str, state: &str| {
        with(kafka(name, "b.example:9093", "PUBLIC"), "state", state.into())
    };
    let failed = with(state("a", "FAILED"), "errorMessage", "no route to host".into());
    let document = found(&lab, failed, "error", "could not set it up: no route to host");
    assert_eq!(document["state"], "FAILED");
    assert_eq!(document["next"][0], "spctl connections get a --instance lone");
    found(&lab, state("b", "PENDING"), "error", "still setting it up");
    found(&lab, state("c", "DELETING"), "error", "being deleted");
    found(&lab, state("d", "ODD"), "warning", "ODD is not known here");
}

#[test]
fn certificates_that_end_are_told() {
    let lab = Lab::new();
    instance(&lab, &[]);
    let pem = |from: i64, days: i64| {
        let zone = jiff::tz::TimeZone::UTC;
        let date = |days: i64| {
            let time = Timestamp::now().to_zoned(zone.clone());
            let day = time.checked_add(days.days()).expect("a day").date();
            let (month, day, year) = (day.month(), day.day(), day.year());
            rcgen::date_time_ymd(year.into(), month.unsigned_abs(), day.unsigned_abs())
        };
        let mut params = rcgen::CertificateParams::new(["b.example".to_owned()]).expect("a name");
        params.not_before = date(from);
        params.not_after = date(days);
        let key = rcgen::KeyPair::generate().expect("a key");
        params.self_signed(&key).expect("a certificate").pem()
    };
    let trusting = |name: &str, pem: String| {
        let security = json!({ "protocol": "SASL_SSL", "brokerPublicCertificate": pem });
        with(kafka(name, "b.example:9093", "PUBLIC"), "security", security)
    };
    let document = found(&lab, trusting("ended", pem(-9, -1)), "error", "it has ended");
    assert_eq!(document["certificates"][0]["field"], "security.brokerPublicCertificate");
    assert_eq!(document["next"][0], "spctl connections check ended --instance lone");
    found(&lab, trusting("soon", pem(-9, 20)), "warning", "within 30 days");
    found(&lab, trusting("early", pem(9, 4000)), "error", "not valid yet");
    found(&lab, trusting("broken", "nothing".to_owned()), "error", "cannot be read");
    let fine = trusting("fine", pem(-9, 4000));
    lab.add("connection", &format!("{}/lone", lab.project()), "fine", &fine);
    assert_eq!(diagnose(&lab, "fine", "lone", "").exits(0).json()["findings"], json!([]));
}

#[test]
fn ports_protocols_and_hosts_that_do_not_fit_are_told() {
    let lab = Lab::faulty();
    instance(&lab, &[]);
    let speaking = |name: &str, servers: &str, protocol: &str, way: &str| {
        let document = kafka(name, servers, way);
        let document = with(document, "security", json!({ "protocol": protocol }));
        with(document, "authentication", json!({ "mechanism": "SCRAM-512", "username": "u" }))
    };
    let count = std::cell::Cell::new(0);
    let told = |servers: &str, protocol: &str, way: &str, severity: &str, says: &str| {
        let name = format!("c{}", count.replace(count.get() + 1));
        found(&lab, speaking(&name, servers, protocol, way), severity, says)
    };
    told("b.example:9092,c.example:9092", "SASL_SSL", "PUBLIC", "warning", "speaks plaintext");
    told("b.example:9093", "SASL_PLAINTEXT", "PUBLIC", "warning", "speaks TLS");
    let msk = "b-1-public.x.c2.kafka.us-east-1.amazonaws.com";
    told(&format!("{msk}:9198"), "SASL_SSL", "PUBLIC", "error", "takes AWS_MSK_IAM");
    told(&format!("{msk}:9096"), "SASL_SSL", "PUBLIC", "error", "inside its VPC");
    told("10.0.0.5:9093", "SASL_SSL", "PUBLIC", "error", "private address");
    told("b.example", "SASL_SSL", "PUBLIC", "error", "names no port");
    told("", "SASL_SSL", "PUBLIC", "error", "names no server");
    told("10.20.0.5:9095", "SASL_PLAINTEXT", "VPC", "error", "speaks SASL_SSL, not");
}

#[test]
fn what_stands_on_the_way_is_looked_at() {
    let lab = Lab::faulty();
    instance(&lab, &[]);
    let linked = |name: &str, host: &str, link: Option<&str>| {
        let access = json!({ "type": "PRIVATE_LINK", "connectionId": link });
        with(kafka(name, host, ""), "networking", json!({ "access": access }))
    };
    let host = "b.abc123.us-east-1.aws.private.confluent.example:9092";
    found(&lab, linked("unnamed", host, None), "error", "names no private link");
    let gone = "0123456789abcdef01234567";
    found(&lab, linked("gone", host, Some(gone)), "error", "there is no private link");
    let links = lab.typed("private-links list -o json").finish().exits(0).json();
    let link = |vendor: &str| {
        let mut links = links.as_array().expect("links").iter();
        let link = links.find(|link| link["vendor"] == vendor).expect("the sample has one");
        link["_id"].as_str().expect("an id").to_owned()
    };
    let confluent = link("CONFLUENT");
    let key = format!("{}/lone", lab.project());
    lab.add("connection", &key, "fine", &linked("fine", host, Some(&confluent)));
    let fine = diagnose(&lab, "fine", "lone", "").exits(0).json();
    assert_eq!(fine["findings"], json!([]), "{fine}");
    assert_eq!(fine["way"], "private_link");
    let document = found(
        &lab,
        linked("unlike", "b.example:9092", Some(&confluent)),
        "warning",
        "is not within",
    );
    assert_eq!(document["next"][0], format!("spctl private-links get {confluent}"));
    found(
        &lab,
        linked("far", "b.payments.servicebus.example:9093", Some(&link("EVENTHUB"))),
        "warning",
        "the instance is not",
    );
    let broken = json!({
        "_id": "0123456789abcdef01234568", "provider": "AWS", "region": "us-east-1",
        "state": "FAILED", "errorMessage": "the endpoint was rejected", "vendor": "GENERIC",
    });
    lab.add("private_link", lab.project(), "0123456789abcdef01234568", &broken);
    let id = Some("0123456789abcdef01234568");
    found(&lab, linked("failed", host, id), "error", "is FAILED: the endpoint was rejected");
    found(&lab, kafka("outside", "10.99.0.1:9096", "VPC"), "error", "network of no active peering");
    found(&lab, kafka("odd", "b.example:9092", "MESH"), "warning", "MESH is not known here");
    found(&lab, connection("strange", "Quantum", json!({})), "warning", "is not known here");
    let cluster = connection("nowhere", "Cluster", json!({ "clusterName": "nowhere" }));
    found(&lab, cluster, "error", "there is no cluster nowhere");
    // Without a peering there is no way at all.
    let db = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    db.execute("DELETE FROM resources WHERE kind = 'peering'", []).unwrap();
    let document = found(&lab, kafka("cut", "b.example:9096", "VPC"), "error", "no VPC peering");
    assert_eq!(document["next"][0], "spctl peerings account --provider aws --region us-east-1");
}

#[test]
fn addresses_that_are_not_known_are_a_warning_and_not_an_end() {
    let lab = Lab::new();
    let list = json!({ "outbound": { "aws": { "us-east-1": ["198.51.100.7"] } } }).to_string();
    lab.local(["instances", "list"]).finish().exits(0);
    lab.bare(["local", "ips", "set", "-"]).stdin(&list).finish().exits(0);
    let args = ["connections", "diagnose", "order-events", "--instance", "orders", "-o", "json"];
    let document = lab.local(args).finish().exits(0).json();
    let [(severity, about, message)] = &findings(&document)[..] else { panic!("{document}") };
    assert_eq!((severity.as_str(), about.as_str()), ("warning", "addresses"));
    assert!(message.contains("aws region us-east-2"), "{document}");
    assert_eq!(document["addresses"], json!([]));
}

#[test]
fn what_to_run_next_runs() {
    let lab = Lab::faulty();
    std::fs::write(lab.file("a list"), "198.51.100.7\n").unwrap();
    let mut run =
        lab.typed("connections diagnose order-events --instance orders -o json --against");
    run.args.push("a list".to_owned());
    let mut next = run.finish().exits(3).json()["next"].as_array().expect("lines").clone();
    let state = with(kafka("failed", "b.example:9093", "VPC"), "state", "FAILED".into());
    instance(&lab, &[state]);
    let failed = diagnose(&lab, "failed", "lone", "").exits(3).json();
    next.extend(failed["next"].as_array().expect("lines").iter().cloned());
    assert_eq!(next.len(), 4, "{next:?}");
    for line in next {
        let line = line.as_str().expect("text");
        let words = shell_words::split(line).expect("a shell's line");
        let mut run = lab.spctl([]);
        run.args = words[1..].to_vec();
        let finished = run.finish();
        let expected = if line.contains("check") { 3 } else { 0 };
        assert_eq!(finished.code, Some(expected), "{}", finished.shown());
    }
}

#[test]
fn a_connection_or_instance_that_is_not_there_is_not_found() {
    let lab = Lab::new();
    let finished = diagnose(&lab, "order-event", "orders", "").exits(5);
    assert!(finished.err().contains("did you mean order-events?"), "{}", finished.shown());
    assert!(finished.stdout.is_empty());
    diagnose(&lab, "order-events", "order", "").exits(5);
}
