//! The domain without a transport: a store, an actor, and what comes of it.

mod runs;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;

use jiff::Timestamp;
use ring::{hmac, pbkdf2};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::actor::{Actor, Identity};
use super::events::Filter;
use super::instances::InstanceName;
use super::processors::ProcessorName;
use super::refusal::Reason;
use super::users::{self, UserName, UserSpec, Verifier, sign_in};
use super::{Attributes, Part, Work, audit, events, processors};
use crate::local::clock::Clock;
use crate::local::seed::Create;
use crate::local::store;
use crate::privileges::catalogue::actions;

const NOW: &str = "2026-03-01T12:00:00Z";

/// The sample's store, and the project in it.
struct Estate {
    _dir: tempfile::TempDir,
    db: Connection,
    project: String,
    now: Timestamp,
}

impl Estate {
    fn new() -> Estate {
        let dir = store::private_directory();
        let now: Timestamp = NOW.parse().unwrap();
        let create = Create::Sample { seed: 1, now: None };
        let path = dir.path().join("local.db");
        let db = store::open(&path, |db| create.fill(db, Clock::Fixed(now))).unwrap();
        let project = store::meta::get(&db, store::meta::DEFAULT_PROJECT).unwrap().unwrap();
        Estate { _dir: dir, db, project, now }
    }

    fn work<'a>(&'a self, actor: &'a Actor) -> Work<'a> {
        Work { db: &self.db, now: self.now, actor }
    }

    fn user<'a>(&'a self, name: &'a str) -> UserName<'a> {
        UserName { project: &self.project, database: "admin", name }
    }

    fn instance<'a>(&'a self, name: &'a str) -> InstanceName<'a> {
        InstanceName { project: &self.project, name }
    }

    /// Whether somebody signs in with a password.
    fn signs_in(&self, name: &str, password: &str) -> bool {
        self.signs_in_to("orders", "admin", name, password)
    }

    fn signs_in_to(&self, instance: &str, database: &str, name: &str, password: &str) -> bool {
        let mut actor = signed_in(&self.project, name, instance);
        let identity = Identity::DatabaseUser {
            project: self.project.clone(),
            database: database.to_owned(),
            instance: instance.to_owned(),
            row: None,
        };
        actor.identity = identity;
        let work = self.work(&actor);
        sign_in::make_secret(&work).unwrap();
        let verifier = sign_in::challenge(&work).unwrap().unwrap();
        let signature = sign_in::prove(&work, "said", Some(&proof(&verifier, password))).unwrap();
        sign_in::sign_in(&work, sign_in::SCRAM_SHA_256, signature.is_some()).unwrap().is_some()
    }
}

fn address() -> SocketAddr {
    "192.0.2.7:40000".parse().unwrap()
}

fn signed_in(project: &str, name: &str, instance: &str) -> Actor {
    let identity = Identity::DatabaseUser {
        project: project.to_owned(),
        database: "admin".to_owned(),
        instance: instance.to_owned(),
        row: None,
    };
    let session = Some("00000000-0000-4000-8000-000000000000".to_owned());
    Actor { identity, name: name.to_owned(), session, ..Actor::nobody(address()) }
}

/// What a client does that knows the password: RFC 5802, 3.
fn proof(verifier: &Verifier, password: &str) -> [u8; 32] {
    let sign = |key: &[u8], text: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text);
    let (mut salted, mut proof) = ([0; 32], [0; 32]);
    let iterations = NonZeroU32::new(verifier.iterations).unwrap();
    let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
    pbkdf2::derive(algorithm, iterations, &verifier.salt, password.as_bytes(), &mut salted);
    let client_key = sign(&salted, b"Client Key");
    let signature = sign(&Sha256::digest(client_key.as_ref()), b"said");
    for (byte, (a, b)) in proof.iter_mut().zip(client_key.as_ref().iter().zip(signature.as_ref())) {
        *byte = a ^ b;
    }
    proof
}

fn attributes(value: Value) -> Attributes {
    value.as_object().unwrap().clone()
}

fn wanted(value: Value) -> UserSpec {
    UserSpec::of(attributes(value))
}

fn new_user(name: &str, password: &str) -> UserSpec {
    wanted(json!({
        "username": name, "databaseName": "admin", "password": password,
        "roles": [{ "roleName": "streamOperator", "databaseName": "admin" }],
    }))
}

#[test]
fn a_password_can_be_proved_from_when_it_is_set_until_its_user_goes() {
    let mut estate = Estate::new();
    let actor = Actor::nobody(address());
    assert!(!estate.signs_in("alice", "correct horse"), "the sample's users have no password");
    users::update(
        &estate.work(&actor),
        estate.user("alice"),
        wanted(json!({ "password": "correct horse" })),
    )
    .unwrap();
    assert!(estate.signs_in("alice", "correct horse"));
    assert!(!estate.signs_in("alice", "correct house"));
    assert!(!estate.signs_in("bob", "correct horse"));

    // What says nothing of the password leaves it; another takes its place.
    users::update(&estate.work(&actor), estate.user("alice"), wanted(json!({ "labels": [] })))
        .unwrap();
    assert!(estate.signs_in("alice", "correct horse"));
    users::update(
        &estate.work(&actor),
        estate.user("alice"),
        wanted(json!({ "password": "battery staple" })),
    )
    .unwrap();
    assert!(
        !estate.signs_in("alice", "correct horse") && estate.signs_in("alice", "battery staple")
    );
    let shown = users::get(&estate.work(&actor), estate.user("alice")).unwrap().to_string();
    assert!(!shown.contains("password") && !shown.contains("salt"), "{shown}");

    // A user who is made again has the new password only.
    users::delete(&estate.work(&actor), estate.user("alice")).unwrap();
    assert!(!estate.signs_in("alice", "battery staple"));
    assert_eq!(verifiers(&estate.db), 0);
    let project = estate.project.clone();
    users::create(&estate.work(&actor), &project, new_user("alice", "a third one")).unwrap();
    assert!(!estate.signs_in("alice", "battery staple") && estate.signs_in("alice", "a third one"));

    // Who has expired does not sign in, and leaves nothing to a successor.
    let ends = json!({ "deleteAfterDate": "2026-03-02T12:00:00Z" });
    users::update(&estate.work(&actor), estate.user("alice"), wanted(ends)).unwrap();
    estate.now = "2026-03-03T12:00:00Z".parse().unwrap();
    assert!(!estate.signs_in("alice", "a third one"));
    users::create(&estate.work(&actor), &project, new_user("alice", "the fourth one")).unwrap();
    assert!(!estate.signs_in("alice", "a third one") && estate.signs_in("alice", "the fourth one"));
    assert_eq!(verifiers(&estate.db), 1);
}

#[test]
fn a_name_with_a_slash_is_nobody_else_s() {
    let estate = Estate::new();
    let (actor, project) = (Actor::nobody(address()), estate.project.clone());
    users::create(&estate.work(&actor), &project, new_user("x/y", "correct horse")).unwrap();
    assert!(estate.signs_in("x/y", "correct horse"));
    let other = UserName { project: &project, database: "admin/x", name: "y" };
    assert_eq!(users::verifier(&estate.work(&actor), other).unwrap(), None);
}

fn verifiers(db: &Connection) -> i64 {
    db.query_row("SELECT count(*) FROM scram", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_refused_password_changes_nothing() {
    let estate = Estate::new();
    let actor = Actor::nobody(address());
    let alice = estate.user("alice");
    let before = users::get(&estate.work(&actor), alice).unwrap();
    for password in [json!("short"), json!("bell\u{7}bell"), json!(12345678), json!(null)] {
        let wanted = wanted(json!({ "description": "new", "password": password }));
        let refusal = users::update(&estate.work(&actor), alice, wanted).unwrap_err();
        assert_eq!((refusal.reason, refusal.name.as_str()), (Reason::Invalid, "password"));
    }
    assert_eq!(users::get(&estate.work(&actor), alice).unwrap(), before);
    assert_eq!(verifiers(&estate.db), 0);
}

#[test]
fn a_store_of_before_keeps_its_users_who_get_passwords_later() {
    let Estate { _dir: dir, db, project, now } = Estate::new();
    db.execute_batch(
        "DROP TRIGGER scram_goes_with_its_user; DROP TABLE scram; PRAGMA user_version = 3",
    )
    .unwrap();
    drop(db);
    let db = store::open_existing(&dir.path().join("local.db")).unwrap();
    let estate = Estate { _dir: dir, db, project, now };
    let actor = Actor::nobody(address());
    assert!(users::get(&estate.work(&actor), estate.user("alice")).is_ok());
    assert!(!estate.signs_in("alice", "correct horse"));
    users::update(
        &estate.work(&actor),
        estate.user("alice"),
        wanted(json!({ "password": "correct horse" })),
    )
    .unwrap();
    assert!(estate.signs_in("alice", "correct horse"));
}

/// What a second transport does: a database user who signed in starts and stops processors, by the
/// same rules, and the log records it.
#[test]
fn a_database_user_acts_by_its_own_roles_where_it_signed_in() {
    let estate = Estate::new();
    let action = |name: &str| actions::find(name).unwrap();
    let may = |user: &str, instance: &str, name: &str| {
        let actor = signed_in(&estate.project, user, instance);
        estate.work(&actor).authorize_action(action(name), estate.instance(instance)).is_ok()
    };
    assert!(may("frank", "orders", "START_STREAM_PROCESSOR"), "streamOperator, scoped to orders");
    assert!(!may("frank", "orders", "CREATE_STREAM_PROCESSOR"));
    assert!(!may("frank", "payments", "START_STREAM_PROCESSOR"), "scoped elsewhere");
    assert!(may("dave", "payments", "DROP_STREAM_PROCESSOR"), "atlasAdmin, unrestricted");
    assert!(!may("grace", "orders", "GET_STREAM_PROCESSOR"), "scoped to a cluster only");
    assert!(!may("nobody", "orders", "GET_STREAM_PROCESSOR"));
    let dave = signed_in(&estate.project, "dave", "payments");
    let elsewhere = estate
        .work(&dave)
        .authorize_action(action("START_STREAM_PROCESSOR"), estate.instance("orders"));
    let refusal = elsewhere.unwrap_err();
    assert_eq!(refusal.reason, Reason::NotPermitted);
    assert!(refusal.detail.contains("missing privilege for action startStreamProcessor"));

    let orders = estate.instance("orders");
    let all = processors::list(&estate.work(&dave), orders, Part::ALL).unwrap().results;
    let started = all.iter().find(|p| p["state"] == "STARTED").expect("one runs");
    let name = started["name"].as_str().unwrap();
    let frank = signed_in(&estate.project, "frank", "orders");
    let (work, processor) = (estate.work(&frank), ProcessorName { instance: orders, name });
    assert_eq!(processors::start(&work, processor).unwrap_err().reason, Reason::WrongState);
    processors::stop(&work, processor).unwrap();
    assert_eq!(processors::get(&work, processor).unwrap()["state"], "STOPPED");

    let mut last = String::new();
    let window = audit::Window::between(estate.now, None, None, None).unwrap();
    audit::Log::of(work, orders)
        .unwrap()
        .each(&window, |line| {
            last = line.to_owned();
            Ok(())
        })
        .unwrap();
    let line: Value = serde_json::from_str(&last).unwrap();
    assert_eq!(line["unmapped"]["atype"], "stopStreamProcessor");
    assert_eq!(line["actor"]["user"]["name"], "admin.frank");
    assert_eq!(line["actor"]["user"]["groups"], json!([{ "name": "admin.streamOperator" }]));
    assert_eq!(line["metadata"]["correlation_uid"], frank.session.as_deref().unwrap());
    let filter = Filter { types: vec!["STREAM_PROCESSOR_STOPPED".into()], ..Filter::default() };
    let event = events::list(&work, &estate.project, &filter, Part { limit: 1, skip: 0 }).unwrap();
    assert_eq!(
        (&event[0]["dbUserUsername"], &event[0]["remoteAddress"]),
        (&json!("frank"), &json!("192.0.2.7"))
    );
    assert_eq!(event[0].get("apiKeyId"), None);
}

/// The sources below a folder of this room.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/local").join(folder);
    let (mut folders, mut files) = (vec![root], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    files.push((path.display().to_string(), std::fs::read_to_string(path).unwrap()))
                }
            }
        }
    }
    assert!(files.len() > 5);
    files
}

#[test]
fn neither_the_domain_nor_the_store_knows_a_transport() {
    let foreign = [
        "local::http",
        "super::http",
        "use http",
        "http::",
        "hyper",
        "axum",
        "reqwest",
        "StatusCode",
        "HeaderMap",
        "HeaderName",
        "Request",
        "Reply",
        "errorCode",
        "\"/groups",
        "\"/orgs",
        "/api/",
    ];
    for (file, text) in sources("domain").into_iter().chain(sources("store")) {
        // This list itself.
        if file.ends_with("domain/tests.rs") {
            continue;
        }
        let found: Vec<_> = foreign.iter().filter(|word| text.contains(**word)).collect();
        assert!(found.is_empty(), "{file} speaks of {found:?}");
    }
}

/// Handlers ask the domain, never the store directly.
#[test]
fn no_resource_goes_past_the_domain() {
    for (file, text) in sources("http/resources") {
        assert!(!text.contains("local::store"), "{file}");
    }
}

#[test]
fn the_store_does_not_know_the_domain() {
    for (file, text) in sources("store") {
        assert!(!text.contains("local::domain"), "{file}");
    }
}

/// Every reason and subject that the domain puts together.
pub fn refusals() -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for (file, text) in sources("domain") {
        if file.ends_with("refusal.rs") || file.ends_with("tests.rs") {
            continue;
        }
        let text: String = text.split_whitespace().collect();
        for (call, reason) in [
            ("Refusal::not_found(Subject::", "NotFound"),
            ("Refusal::taken(Subject::", "Taken"),
            ("Refusal::unfit(Subject::", "Invalid"),
            ("Refusal::in_use(Subject::", "InUse"),
        ] {
            for part in text.split(call).skip(1) {
                pairs.insert((reason.to_owned(), word(part)));
            }
        }
        for part in text.split("Refusal::new(Reason::").skip(1) {
            let (reason, rest) = part.split_once(",Subject::").expect("a subject");
            pairs.insert((word(reason), word(rest)));
        }
    }
    pairs
}

fn word(text: &str) -> String {
    text.chars().take_while(char::is_ascii_alphanumeric).collect()
}
