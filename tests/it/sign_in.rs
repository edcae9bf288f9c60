//! Signing in to an instance as a database user: who is let in, what the others are told, and what
//! the instance's log says of them.

use std::collections::BTreeSet;

use bson::{Bson, Document, doc};
use serde_json::Value;

use crate::endpoints_tls::{self, Clients};
use crate::local::Served;
use crate::support::Lab;
use crate::wire::{Wire, ok, refusal};

const PASSWORD: &str = "correct horse";

/// Creates a user with a password.
fn create(lab: &Lab, name: &str, more: &[&str]) {
    let create = ["users", "create", name, "--role", "streamViewer", "--password-stdin", "--yes"];
    lab.spctl(create).and(more).stdin(&format!("{PASSWORD}\n")).finish().exits(0);
}

/// What the log of `orders` says of the connections of a test.
fn log(lab: &Lab) -> Vec<Value> {
    let log = ["audit", "download", "orders", "--since", "all", "--decompress", "--out", "-"];
    let log = lab.spctl(log).finish().exits(0).out();
    let lines = log.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let own = |line: &Value| line["class_uid"] == 3002 && line["src_endpoint"]["ip"] == "127.0.0.1";
    lines.filter(own).collect()
}

/// Event, user and code of each line.
fn told(log: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("ok").to_owned();
    let row = |line: &Value| {
        [&line["unmapped"]["atype"], &line["user"]["name"], &line["status_code"]]
            .map(text)
            .join(" ")
    };
    log.iter().map(row).collect()
}

fn users(wire: &mut Wire) -> Vec<Bson> {
    let status = wire.run(doc! { "connectionStatus": 1 });
    let info = status.get_document("authInfo").expect("who has signed in");
    info.get_array("authenticatedUsers").expect("a list").clone()
}

fn asks(wire: &mut Wire) -> Document {
    wire.run(doc! { "getLog": "startupWarnings" })
}

#[test]
fn a_session_is_in_the_log_from_its_beginning_to_its_end() {
    let lab = Lab::new().with_instances();
    create(&lab, "mia", &[]);
    create(&lab, "a=b,c", &["--password-user"]);
    let address = lab.endpoint("orders");
    let mut mia = Wire::signed_in(address, "mia", PASSWORD);
    assert_eq!(users(&mut mia), [doc! { "user": "mia", "db": "admin" }.into()]);
    assert_eq!(ok(&mia.run(doc! { "logout": 1 })), 1.0);
    assert!(users(&mut mia).is_empty());
    assert_eq!(refusal(&asks(&mut mia)), (13, "Command getLog requires authentication"));
    drop(mia);
    let mut other = Wire::signed_in(address, "a=b,c", PASSWORD);
    assert_eq!(ok(&asks(&mut other)), 1.0);
    let log = log(&lab);
    let expected =
        ["authenticate admin.mia ok", "logout admin.mia ok", "authenticate admin.a=b,c ok"];
    assert_eq!(told(&log), expected);
    let session = |at: usize| log[at]["metadata"]["correlation_uid"].as_str().expect("a UUID");
    assert!(session(0) == session(1) && session(0) != session(2));
    assert_eq!(session(0).len(), 36);
    assert_eq!(log[0]["auth_protocol"], "SCRAM-SHA-256");
    for line in &log {
        assert_eq!(line["actor"]["user"]["groups"][0]["name"], "admin.streamViewer");
        assert!(line["src_endpoint"]["port"].as_u64().is_some_and(|port| port > 0), "{line}");
    }
}

#[test]
fn whoever_may_not_sign_in_is_told_the_same() {
    let lab = Lab::new().with_instances();
    create(&lab, "mia", &[]);
    create(&lab, "elsewhere", &["--instance", "payments"]);
    let address = lab.endpoint("orders");
    // Wrong password, nobody, a user of the sample without a password, one of another instance.
    let wrong = [
        ("mia", "wrong horse"),
        ("nobody", PASSWORD),
        ("alice", PASSWORD),
        ("elsewhere", PASSWORD),
    ];
    let mut answers = BTreeSet::new();
    for (name, password) in wrong {
        let mut wire = Wire::connect(address);
        let answer = wire.sign_in(name, password);
        assert_eq!(refusal(&answer), (18, "Authentication failed."));
        assert!(users(&mut wire).is_empty());
        answers.insert(answer.to_string());
        // Nobody is locked out by it, on the same connection or on another.
        assert_eq!(ok(&wire.sign_in("mia", PASSWORD)), 1.0);
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(ok(&Wire::connect(lab.endpoint("payments")).sign_in("elsewhere", PASSWORD)), 1.0);
    let told = told(&log(&lab));
    let refused = told.iter().filter(|line| line.ends_with(" 18"));
    let expected = ["mia", "nobody", "alice", "elsewhere"];
    let expected = expected.map(|name| format!("authenticate admin.{name} 18"));
    assert_eq!(refused.collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_user_who_is_deleted_or_restricted_is_refused_and_a_new_password_ends_nothing() {
    let lab = Lab::new().with_instances();
    let address = lab.endpoint("orders");
    let mut open = Vec::new();
    for name in ["mia", "leo", "ida"] {
        create(&lab, name, &[]);
        open.push(Wire::signed_in(address, name, PASSWORD));
    }
    lab.spctl(["users", "delete", "mia", "--yes"]).finish().exits(0);
    lab.spctl(["users", "restrict", "leo", "--instance", "payments", "--yes"]).finish().exits(0);
    let lock = lab.spctl(["users", "lock", "ida", "--yes"]).finish().exits(0).err();
    assert!(lock.contains("open sessions may continue"), "{lock}");
    let [mia, leo, ida] = open.as_mut_slice() else { panic!("three") };
    for wire in [mia, leo] {
        assert_eq!(refusal(&asks(wire)), (13, "Command getLog requires authentication"));
        assert!(users(wire).is_empty());
    }
    assert_eq!(ok(&asks(ida)), 1.0);
    assert_eq!(refusal(&Wire::connect(address).sign_in("ida", PASSWORD)).0, 18);
}

#[test]
fn a_session_is_not_that_of_a_user_who_is_created_again() {
    let lab = Lab::new().with_instances();
    let address = lab.endpoint("orders");
    create(&lab, "mia", &[]);
    let mut idle = Wire::signed_in(address, "mia", PASSWORD);
    let mut asking = Wire::signed_in(address, "mia", PASSWORD);
    let list = || doc! { "listStreamProcessors": 1 };
    assert_eq!(ok(&asking.run(list())), 1.0);
    lab.spctl(["users", "delete", "mia", "--yes"]).finish().exits(0);
    assert_eq!(refusal(&asking.run(list())).0, 13);
    create(&lab, "mia", &[]);
    for wire in [&mut idle, &mut asking] {
        assert_eq!(refusal(&wire.run(list())).0, 13);
        assert_eq!(refusal(&asks(wire)), (13, "Command getLog requires authentication"));
        assert!(users(wire).is_empty());
    }
    assert_eq!(ok(&Wire::signed_in(address, "mia", PASSWORD).run(list())), 1.0);
}

#[test]
fn a_session_is_over_when_the_store_is_made_anew() {
    let lab = Lab::new();
    let _served = Served::start(&lab);
    let create = ["users", "create", "mia", "--role", "streamViewer", "--password-stdin", "--yes"];
    let create = || lab.local(create).stdin(&format!("{PASSWORD}\n")).finish().exits(0);
    create();
    let row = lab.bare(["local", "endpoints", "orders", "-o", "json"]).finish().exits(0).json();
    let address = row[0]["address"].as_str().expect("text").parse().expect("an address");
    let mut before = Wire::signed_in(address, "mia", PASSWORD);
    lab.local(["local", "reset", "--yes"]).finish().exits(0);
    create();
    // Its instance is no more, or not yet gone.
    if let Ok(answer) = before.try_run(doc! { "listStreamProcessors": 1 }) {
        assert_eq!(refusal(&answer).0, 13);
    }
}

#[test]
fn a_certificate_signs_in_the_user_of_its_subject() {
    let lab = Lab::new();
    let file = lab.file("clients.pem");
    let clients = Clients::new(&file);
    let lab = lab.with_instances_for(Some(file));
    let address = lab.endpoint("orders");
    let subject = "CN=kim,O=Shop";
    let create = ["users", "create", subject, "--x509", "customer", "--role", "streamViewer"];
    lab.spctl(create).and(&["--yes"]).finish().exits(0);
    let sign_in = |identity, name: Option<&str>| {
        let mut wire = endpoints_tls::connect(&lab, address, "localhost", identity);
        let mut command = doc! { "authenticate": 1, "mechanism": "MONGODB-X509" };
        command.extend(name.map(|name| ("user".to_owned(), name.into())));
        (wire.run_on("$external", command), users(&mut wire))
    };
    let (answer, signed_in) = sign_in(Some(clients.certify("kim", "Shop")), None);
    assert_eq!(answer, doc! { "dbname": "$external", "user": subject, "ok": 1.0 });
    assert_eq!(signed_in, [doc! { "user": subject, "db": "$external" }.into()]);
    let (answer, _) = sign_in(Some(clients.certify("kim", "Shop")), Some(subject));
    assert_eq!(ok(&answer), 1.0);
    for (identity, name) in [
        (Some(clients.certify("kim", "Else")), None),
        (Some(clients.certify("kim", "Else")), Some(subject)),
        (None, Some(subject)),
    ] {
        let (answer, signed_in) = sign_in(identity, name);
        assert_eq!((refusal(&answer), signed_in.len()), ((18, "Authentication failed."), 0));
    }
    let log = log(&lab);
    // Whoever is created under the subject's name later has to sign in.
    let mut open =
        endpoints_tls::connect(&lab, address, "localhost", Some(clients.certify("kim", "Shop")));
    let authenticate = doc! { "authenticate": 1, "mechanism": "MONGODB-X509" };
    assert_eq!(ok(&open.run_on("$external", authenticate.clone())), 1.0);
    lab.spctl(["users", "delete", subject, "--yes"]).finish().exits(0);
    lab.spctl(create).and(&["--yes"]).finish().exits(0);
    assert!(users(&mut open).is_empty());
    assert_eq!(refusal(&open.run(doc! { "listStreamProcessors": 1 })).0, 13);
    assert_eq!(ok(&open.run_on("admin", doc! { "logout": 1 })), 1.0);
    assert_eq!(ok(&open.run_on("$external", authenticate)), 1.0);
    assert_eq!(ok(&open.run(doc! { "listStreamProcessors": 1 })), 1.0);
    let logons = log.iter().filter(|line| line["activity_id"] == 1);
    assert!(logons.clone().all(|line| line["auth_protocol"] == "MONGODB-X509"));
    let ok = format!("authenticate $external.{subject} ok");
    let failed = ok.replace(" ok", " 18");
    let other = failed.replace("Shop", "Else");
    let logons: Vec<Value> = logons.cloned().collect();
    assert_eq!(told(&logons), [&ok, &ok, &other, &failed, &failed].map(String::as_str));
}
