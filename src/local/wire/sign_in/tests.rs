//! Signing in on a session, command by command, as clients do.

use std::num::NonZeroU32;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bson::spec::BinarySubtype;
use bson::{Binary, Bson, Document, doc};
use jiff::Timestamp;
use ring::{hmac, pbkdf2};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::local::clock::Clock;
use crate::local::domain::actor::Actor;
use crate::local::domain::instances::InstanceName;
use crate::local::domain::users::{self, UserName, UserSpec};
use crate::local::domain::{Outcome, Work};
use crate::local::seed::Create;
use crate::local::store::{self, Store, audit, meta};
use crate::local::wire::commands::{self, Command};
use crate::local::wire::failure::Failure;
use crate::local::wire::plane::Plane;
use crate::local::wire::session::{Instance, Session};

const NOW: &str = "2026-03-01T12:00:00Z";
const PASSWORD: &str = "correct horse";
const GATEWAY: &str = "CN=gateway,OU=telemetry,O=ExampleShop";

/// A control plane with the sample in it, and some users of its own.
struct Estate {
    _dir: tempfile::TempDir,
    plane: Plane,
    project: String,
}

impl Estate {
    async fn new() -> Estate {
        let dir = store::private_directory();
        let now: Timestamp = NOW.parse().unwrap();
        let create = Create::Sample { seed: 1, now: None };
        let path = dir.path().join("local.db");
        let db = store::open(&path, |db| create.fill(db, Clock::Fixed(now))).unwrap();
        let project = meta::get(&db, meta::DEFAULT_PROJECT).unwrap().unwrap();
        let plane = Plane::new(Arc::new(Store::new(db)), Clock::Fixed(now));
        let estate = Estate { _dir: dir, plane, project };
        estate.create(json!({ "username": "ann" })).await;
        estate.create(json!({ "username": "a=b,c" })).await;
        let here = json!([{ "name": "payments", "type": "STREAM" }]);
        estate.create(json!({ "username": "elsewhere", "scopes": here })).await;
        let soon = "2026-03-01T13:00:00Z";
        estate.create(json!({ "username": "brief", "deleteAfterDate": soon })).await;
        estate
    }

    async fn act<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Work<'_>, &str) -> Outcome<T> + Send + 'static,
    ) -> T {
        let project = self.project.clone();
        let nobody = Actor::nobody("192.0.2.1:1".parse().unwrap());
        self.plane.write(nobody, move |work| job(work, &project)).await.unwrap()
    }

    /// Creates a user with a password.
    async fn create(&self, attributes: Value) {
        let mut spec = json!({
            "databaseName": "admin", "password": PASSWORD,
            "roles": [{ "roleName": "streamOperator", "databaseName": "admin" }],
        });
        spec.as_object_mut().unwrap().extend(attributes.as_object().unwrap().clone());
        let spec = UserSpec::of(spec.as_object().unwrap().clone());
        self.act(|work, project| users::create(work, project, spec)).await;
    }

    async fn update(&self, name: &'static str, attributes: Value) {
        let spec = UserSpec::of(attributes.as_object().unwrap().clone());
        self.act(move |work, project| {
            users::update(work, UserName { project, database: "admin", name }, spec)
        })
        .await;
    }

    async fn delete(&self, name: &'static str) {
        self.act(move |work, project| {
            users::delete(work, UserName { project, database: "admin", name })
        })
        .await;
    }

    fn session(&self) -> Session {
        let instance = Instance { project: self.project.clone(), name: "orders".to_owned() };
        Session::new(instance, "192.0.2.7:40000".parse().unwrap(), 7, None).unwrap()
    }

    async fn run(
        &self,
        session: &mut Session,
        database: &str,
        body: Document,
    ) -> Result<Document, Failure> {
        let name = body.keys().next().unwrap().clone();
        let command = Command { name, database: database.to_owned(), body };
        commands::answer(&self.plane, session, &command).await
    }

    async fn sign_in(
        &self,
        session: &mut Session,
        name: &str,
        password: &str,
    ) -> Result<Document, Failure> {
        let mut client = Client::new(name);
        let first = self.run(session, "admin", client.start(true)).await?;
        let last = self.run(session, "admin", client.prove(&first, password)).await?;
        client.believes(&last);
        Ok(last)
    }

    /// What the log of `orders` says since the store was made, without the sample's own lines.
    async fn log(&self) -> Vec<Value> {
        self.act(|work, project| {
            let (mut lines, from) = (Vec::new(), work.now);
            audit::each(work.db, project, "orders", (from, Timestamp::MAX), None, |line| {
                lines.push(serde_json::from_str(line)?);
                Ok(())
            })?;
            Ok(lines)
        })
        .await
    }

    async fn events(&self) -> Vec<String> {
        let told = |line: &Value| {
            let [name, user] = [&line["unmapped"]["atype"], &line["user"]["name"]];
            let [name, user] = [name, user].map(|value| value.as_str().unwrap_or("-").to_owned());
            format!("{name} {user} {}", line["status_code"].as_str().unwrap_or("ok"))
        };
        self.log().await.iter().map(told).collect()
    }
}

/// A client of SCRAM-SHA-256, written from RFC 5802 alone.
struct Client {
    bare: String,
    signature: Vec<u8>,
}

fn sign(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text).as_ref().to_vec()
}

fn bytes(text: impl AsRef<[u8]>) -> Binary {
    Binary { subtype: BinarySubtype::Generic, bytes: text.as_ref().to_vec() }
}

fn said(answer: &Document) -> String {
    String::from_utf8(answer.get_binary_generic("payload").unwrap().clone()).unwrap()
}

fn field<'a>(message: &'a str, name: &str) -> &'a str {
    message.split(',').find_map(|part| part.strip_prefix(name)).unwrap()
}

impl Client {
    fn new(name: &str) -> Client {
        let name = name.replace('=', "=3D").replace(',', "=2C");
        Client { bare: format!("n={name},r=fyko+d2lbbFgONRv9qkxdawL"), signature: Vec::new() }
    }

    fn start(&self, skip_empty: bool) -> Document {
        doc! {
            "saslStart": 1, "mechanism": "SCRAM-SHA-256",
            "payload": bytes(format!("n,,{}", self.bare)), "autoAuthorize": 1,
            "options": { "skipEmptyExchange": skip_empty },
        }
    }

    fn prove(&mut self, first: &Document, password: &str) -> Document {
        let challenge = said(first);
        let salt = STANDARD.decode(field(&challenge, "s=")).unwrap();
        let rounds: NonZeroU32 = field(&challenge, "i=").parse().unwrap();
        let mut salted = [0; 32];
        let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
        pbkdf2::derive(algorithm, rounds, &salt, password.as_bytes(), &mut salted);
        let bare = format!("c=biws,r={}", field(&challenge, "r="));
        let all = format!("{},{challenge},{bare}", self.bare);
        let key = sign(&salted, b"Client Key");
        let signature = sign(&Sha256::digest(&key), all.as_bytes());
        let proof: Vec<u8> = key.iter().zip(signature).map(|(a, b)| a ^ b).collect();
        self.signature = sign(&sign(&salted, b"Server Key"), all.as_bytes());
        let payload = bytes(format!("{bare},p={}", STANDARD.encode(proof)));
        doc! { "saslContinue": 1, "conversationId": id(first), "payload": payload }
    }

    fn believes(&self, last: &Document) {
        assert_eq!(STANDARD.decode(field(&said(last), "v=")).unwrap(), self.signature);
    }
}

fn id(step: &Document) -> i32 {
    step.get_i32("conversationId").unwrap()
}

fn names(failure: &Failure) -> (i32, &str, &str) {
    (failure.code.0, failure.code.1, &failure.text)
}

const FAILED: (i32, &str, &str) = (18, "AuthenticationFailed", "Authentication failed.");

#[tokio::test]
async fn a_user_signs_in_and_out() {
    let estate = Estate::new().await;
    let mut session = estate.session();
    let last = estate.sign_in(&mut session, "ann", PASSWORD).await.unwrap();
    assert_eq!((last.get_bool("done").unwrap(), last.get_f64("ok").unwrap()), (true, 1.0));
    let status = doc! { "connectionStatus": 1, "showPrivileges": true };
    let status = estate.run(&mut session, "admin", status).await.unwrap();
    let info = status.get_document("authInfo").unwrap();
    let user = doc! { "user": "ann", "db": "admin" };
    assert_eq!(info.get_array("authenticatedUsers").unwrap()[..], [user.into()]);
    let role: Bson = doc! { "role": "streamOperator", "db": "admin" }.into();
    assert!(info.get_array("authenticatedUserRoles").unwrap().contains(&role));
    let privileges = info.get_array("authenticatedUserPrivileges").unwrap();
    let actions = privileges[0].as_document().unwrap().get_array("actions").unwrap();
    assert!(actions.contains(&"startStreamProcessor".into()), "{actions:?}");
    assert!(!actions.contains(&"createStreamProcessor".into()), "{actions:?}");

    let again = estate.sign_in(&mut session, "ann", PASSWORD).await.unwrap_err();
    assert_eq!(names(&again).0, 17, "a connection is one user's at a time");
    for _ in 0..2 {
        estate.run(&mut session, "admin", doc! { "logout": 1 }).await.unwrap();
    }
    let status = estate.run(&mut session, "admin", doc! { "connectionStatus": 1 }).await.unwrap();
    let nobody = doc! { "authenticatedUsers": [], "authenticatedUserRoles": [] };
    assert_eq!(*status.get_document("authInfo").unwrap(), nobody);
    super::sign_out(&estate.plane, &mut session).await.unwrap();

    let log = estate.log().await;
    assert_eq!(estate.events().await, ["authenticate admin.ann ok", "logout admin.ann ok"]);
    for line in &log {
        assert_eq!(line["metadata"]["correlation_uid"], session.id.as_str());
        assert_eq!(line["src_endpoint"], json!({ "ip": "192.0.2.7", "port": 40000 }));
        assert_eq!(line["actor"]["user"]["groups"], json!([{ "name": "admin.streamOperator" }]));
        assert!(
            line["dst_endpoint"]["hostname"].as_str().unwrap().ends_with(".example.net"),
            "{line}"
        );
    }
    assert_eq!(log[0]["auth_protocol"], "SCRAM-SHA-256");
}

#[tokio::test]
async fn hello_begins_a_conversation_that_takes_an_empty_message_at_its_end() {
    let estate = Estate::new().await;
    let mut session = estate.session();
    let mut client = Client::new("a=b,c");
    let mut attempt = client.start(false);
    attempt.insert("db", "admin");
    let hello = doc! {
        "hello": 1, "saslSupportedMechs": "admin.nobody", "speculativeAuthenticate": attempt,
    };
    let answer = estate.run(&mut session, "$external", hello).await.unwrap();
    let mechanisms = answer.get_array("saslSupportedMechs").unwrap();
    assert_eq!(mechanisms[..], ["SCRAM-SHA-256".into()]);
    let first = answer.get_document("speculativeAuthenticate").unwrap();
    assert!(!first.get_bool("done").unwrap());
    let second = estate.run(&mut session, "admin", client.prove(first, PASSWORD)).await.unwrap();
    client.believes(&second);
    assert!(!second.get_bool("done").unwrap());
    assert!(session.user.is_none() && estate.log().await.is_empty());
    let end =
        doc! { "saslContinue": 1, "conversationId": f64::from(id(first)), "payload": bytes("") };
    assert!(estate.run(&mut session, "admin", end).await.unwrap().get_bool("done").unwrap());
    assert_eq!(session.user.unwrap().name, "a=b,c");
    assert_eq!(estate.events().await, ["authenticate admin.a=b,c ok"]);
}

/// Ways to fail, by name, password and database.
const WRONG: [(&str, &str, &str); 7] = [
    ("ann", "wrong password", "admin"),
    ("nobody", PASSWORD, "admin"),
    // Of the sample, whose users have none.
    ("alice", PASSWORD, "admin"),
    ("elsewhere", PASSWORD, "admin"),
    ("brief", PASSWORD, "admin"),
    ("ann", PASSWORD, "test"),
    ("ann", PASSWORD, "$external"),
];

#[tokio::test]
async fn every_way_to_fail_has_one_answer() {
    let mut estate = Estate::new().await;
    estate.plane.clock = Clock::Fixed("2026-03-01T13:00:01Z".parse().unwrap());
    let (mut expected, mut pauses) = (Vec::new(), Vec::new());
    for skip_empty in [true, false] {
        for (name, password, database) in WRONG {
            let mut challenges = Vec::new();
            for _ in 0..2 {
                let mut session = estate.session();
                let mut client = Client::new(name);
                let start = client.start(skip_empty);
                let first = estate.run(&mut session, database, start).await.unwrap();
                let challenge = said(&first);
                challenges.push(field(&challenge, "s=").to_owned());
                assert_eq!(STANDARD.decode(&challenges[0]).unwrap().len(), 28);
                assert_eq!(field(&challenge, "i="), "15000");
                let proof = client.prove(&first, password);
                let failure = estate.run(&mut session, database, proof.clone()).await.unwrap_err();
                assert_eq!(names(&failure), FAILED, "{name}@{database}");
                assert!(session.user.is_none());
                let pause = session.progress.take_pause();
                pauses.push(pause.expect("a pause"));
                let over = estate.run(&mut session, database, proof).await.unwrap_err();
                assert_eq!(names(&over).0, 17, "a conversation that failed is over");
                expected.push(format!("authenticate {database}.{name} 18"));
            }
            assert_eq!(challenges[0], challenges[1], "{name}: a salt stays the same");
        }
    }
    pauses.dedup();
    assert_eq!(pauses.len(), 1, "everybody waits for as long");
    assert_eq!(estate.events().await, expected);
    let log = estate.log().await;
    assert!(log.iter().all(|line| line.get("actor").is_none()), "nobody has signed in");
}

#[tokio::test]
async fn pauses_grow_on_a_connection_and_lock_nobody_out() {
    let estate = Estate::new().await;
    for name in ["ann", "nobody"] {
        let (mut session, mut pauses) = (estate.session(), Vec::new());
        for _ in 0..4 {
            estate.sign_in(&mut session, name, "wrong password").await.unwrap_err();
            pauses.push(session.progress.take_pause().unwrap());
        }
        assert!(pauses.windows(2).all(|two| two[0] < two[1]), "{name}: {pauses:?}");
        // Neither here nor elsewhere is the right password refused, or answered late.
        for session in [&mut session, &mut estate.session()] {
            estate.sign_in(session, "ann", PASSWORD).await.unwrap();
            assert_eq!(session.progress.take_pause(), None);
        }
    }
}

#[tokio::test]
async fn salts_of_unknown_names_differ_and_outlive_a_restart() {
    let estate = Estate::new().await;
    let mut salts = Vec::new();
    for name in ["nobody", "nobody else", "nobody"] {
        let start = Client::new(name).start(true);
        let first = estate.run(&mut estate.session(), "admin", start).await.unwrap();
        salts.push(field(&said(&first), "s=").to_owned());
    }
    assert_eq!(salts[0], salts[2]);
    assert_ne!(salts[0], salts[1]);
    let path = estate._dir.path().join("local.db");
    let again = Store::new(store::open_existing(&path).unwrap());
    let plane = Plane::new(Arc::new(again), estate.plane.clock);
    let again = Estate { _dir: store::private_directory(), plane, project: estate.project.clone() };
    let start = Client::new("nobody").start(true);
    let first = again.run(&mut again.session(), "admin", start).await.unwrap();
    assert_eq!(field(&said(&first), "s="), salts[0]);
}

#[tokio::test]
async fn a_conversation_that_is_tampered_with_fails() {
    let estate = Estate::new().await;
    let tampered: [fn(String) -> String; 5] = [
        |message| message.replacen("c=biws", "c=eSws", 1),
        |message| message.replacen("r=fyko", "r=fykO", 1),
        |message| message.replacen(",p=", ",x=y,p=", 1),
        |message| message.replacen(",p=", "", 1),
        |_| String::new(),
    ];
    for tamper in tampered {
        let mut session = estate.session();
        let mut client = Client::new("ann");
        let first = estate.run(&mut session, "admin", client.start(true)).await.unwrap();
        let mut proof = client.prove(&first, PASSWORD);
        let message = String::from_utf8(proof.get_binary_generic("payload").unwrap().clone());
        proof.insert("payload", bytes(tamper(message.unwrap())));
        let failure = estate.run(&mut session, "admin", proof).await.unwrap_err();
        assert_eq!(names(&failure), FAILED);
    }
    assert_eq!(estate.events().await, vec!["authenticate admin.ann 18"; 5]);
}

#[tokio::test]
async fn what_is_out_of_turn_or_not_offered_is_refused() {
    let estate = Estate::new().await;
    let mut session = estate.session();
    let end = doc! { "saslContinue": 1, "conversationId": 1, "payload": bytes("") };
    let failure = estate.run(&mut session, "admin", end).await.unwrap_err();
    assert_eq!(names(&failure), (17, "ProtocolError", "No SASL session state found"));

    let mut client = Client::new("ann");
    let first = estate.run(&mut session, "admin", client.start(true)).await.unwrap();
    let mut proof = client.prove(&first, PASSWORD);
    proof.insert("conversationId", i64::from(id(&first)) + 1);
    let failure = estate.run(&mut session, "admin", proof).await.unwrap_err();
    assert_eq!(names(&failure), (17, "ProtocolError", "sasl: Mismatched conversation id"));

    for mechanism in ["SCRAM-SHA-1", "PLAIN", "MONGODB-X509", ""] {
        let mut start = client.start(true);
        start.insert("mechanism", mechanism);
        let failure = estate.run(&mut session, "admin", start.clone()).await.unwrap_err();
        assert_eq!((names(&failure).0, names(&failure).1), (334, "MechanismUnavailable"));
        let hello = doc! { "ismaster": 1, "speculativeAuthenticate": start };
        let answer = estate.run(&mut session, "admin", hello).await.unwrap();
        assert!(!answer.contains_key("speculativeAuthenticate"));
    }
    let authenticate = doc! { "authenticate": 1, "mechanism": "SCRAM-SHA-256" };
    let failure = estate.run(&mut session, "admin", authenticate).await.unwrap_err();
    assert_eq!(names(&failure).0, 334);

    let mut start = client.start(true);
    start.insert("payload", bytes("p=tls-unique,,n=ann,r=x"));
    let failure = estate.run(&mut session, "admin", start.clone()).await.unwrap_err();
    assert_eq!(names(&failure), FAILED);
    start.remove("payload");
    let failure = estate.run(&mut session, "admin", start).await.unwrap_err();
    assert_eq!(names(&failure).0, 9);
    assert!(estate.log().await.is_empty(), "nobody was named");
}

#[tokio::test]
async fn strangers_are_told_what_they_need_to_sign_in() {
    let estate = Estate::new().await;
    let mut session = estate.session();
    let open = [
        "hello",
        "isMaster",
        "ismaster",
        "ping",
        "buildInfo",
        "buildinfo",
        "connectionStatus",
        "endSessions",
        "logout",
    ];
    for name in open {
        let answer = estate.run(&mut session, "admin", doc! { name: 1 }).await;
        assert_eq!(answer.unwrap().get_f64("ok").unwrap(), 1.0, "{name}");
    }
    let closed = [
        "getParameter",
        "atlasVersion",
        "getLog",
        "aggregate",
        "listStreamProcessors",
        "find",
        "processStreamProcessor",
        "listDatabases",
        "hostInfo",
        "constructor",
        "HELLO",
        "$where",
    ];
    for name in closed {
        let failure = estate.run(&mut session, "admin", doc! { name: 1 }).await.unwrap_err();
        let text = format!("Command {name} requires authentication");
        assert_eq!(names(&failure), (13, "Unauthorized", text.as_str()));
    }
    estate.sign_in(&mut session, "ann", PASSWORD).await.unwrap();
    let log = doc! { "getLog": "startupWarnings" };
    let log = estate.run(&mut session, "admin", log).await.unwrap();
    assert_eq!(log, doc! { "totalLinesWritten": 0, "log": [], "ok": 1.0 });
    let version = estate.run(&mut session, "admin", doc! { "atlasVersion": 1 }).await.unwrap();
    assert!(version.get_str("atlasVersion").unwrap().starts_with("20"));
    let parameter = doc! { "getParameter": "foo" };
    let failure = estate.run(&mut session, "admin", parameter).await.unwrap_err();
    assert!(!failure.text.contains("documentdb_api"));
}

/// What becomes of a user who is connected.
#[tokio::test]
async fn who_may_not_be_here_any_more_is_refused_at_the_next_command() {
    let mut estate = Estate::new().await;
    for name in ["gone", "moved", "same"] {
        estate.create(json!({ "username": name })).await;
    }
    let mut sessions = Vec::new();
    for name in ["gone", "moved", "brief", "same"] {
        let mut session = estate.session();
        estate.sign_in(&mut session, name, PASSWORD).await.unwrap();
        sessions.push(session);
    }
    estate.delete("gone").await;
    let elsewhere = json!({ "scopes": [{ "name": "payments", "type": "STREAM" }] });
    estate.update("moved", elsewhere).await;
    estate.update("same", json!({ "password": "another password" })).await;
    estate.plane.clock = Clock::Fixed("2026-03-01T13:00:01Z".parse().unwrap());
    for (index, mut session) in sessions.into_iter().enumerate() {
        let log = doc! { "getLog": "startupWarnings" };
        let answer = estate.run(&mut session, "admin", log).await;
        let status = doc! { "connectionStatus": 1 };
        let status = estate.run(&mut session, "admin", status).await.unwrap();
        let users = status.get_document("authInfo").unwrap().get_array("authenticatedUsers");
        // A changed password ends no session.
        let stays = index == 3;
        assert_eq!((answer.is_ok(), users.unwrap().len()), (stays, usize::from(stays)), "{index}");
        if let Err(failure) = answer {
            let text = "Command getLog requires authentication";
            assert_eq!(names(&failure), (13, "Unauthorized", text));
        }
        super::sign_out(&estate.plane, &mut session).await.unwrap();
    }
    let logoffs: Vec<Value> =
        estate.log().await.into_iter().filter(|line| line["type_uid"] == 300_202).collect();
    assert_eq!(logoffs.len(), 4, "a connection's end is written of users who are gone, too");
    assert!(logoffs[0]["actor"]["user"].get("groups").is_none(), "who is gone holds no roles");
}

#[tokio::test]
async fn a_certificate_signs_in_its_subject() {
    let estate = Estate::new().await;
    let explicit = || doc! { "authenticate": 1, "mechanism": "MONGODB-X509" };
    let speculative = || doc! { "hello": 1, "speculativeAuthenticate": explicit() };
    let named = |name: &str| doc! { "authenticate": 1, "mechanism": "MONGODB-X509", "user": name };
    let with = |subject: &str| {
        let mut session = estate.session();
        session.subject = Some(subject.to_owned());
        session
    };

    // In the sample, it may sign in to another instance.
    let scopes = json!([{ "name": "orders", "type": "STREAM" }]);
    let spec = UserSpec::of(json!({ "scopes": scopes }).as_object().unwrap().clone());
    let job = move |work: &Work<'_>, project: &str| {
        let gateway = UserName { project, database: "$external", name: GATEWAY };
        users::update(work, gateway, spec)
    };
    for (subject, command, database) in [
        (None, named(GATEWAY), "$external"),
        (Some(GATEWAY), explicit(), "admin"),
        (Some("CN=other"), explicit(), "$external"),
        (Some("CN=other"), named(GATEWAY), "$external"),
        (Some(GATEWAY), named("CN=other"), "$external"),
        (Some("ann"), explicit(), "admin"),
        (None, explicit(), "$external"),
    ] {
        let mut session = estate.session();
        session.subject = subject.map(str::to_owned);
        let failure = estate.run(&mut session, database, command).await.unwrap_err();
        assert_eq!((names(&failure), session.user.is_none()), (FAILED, true));
    }
    let failed = format!("authenticate $external.{GATEWAY} 18");
    let other = "authenticate $external.CN=other 18";
    let admin = format!("authenticate admin.{GATEWAY} 18");
    let expected = [&failed, &admin, other, &failed, other, "authenticate admin.ann 18"];
    assert_eq!(estate.events().await, expected);

    estate.act(job).await;
    let mut session = with(GATEWAY);
    let answer = estate.run(&mut session, "$external", explicit()).await.unwrap();
    assert_eq!(answer, doc! { "dbname": "$external", "user": GATEWAY, "ok": 1.0 });
    let mut session = with(GATEWAY);
    let answer = estate.run(&mut session, "admin", speculative()).await.unwrap();
    let spoken = answer.get_document("speculativeAuthenticate").unwrap();
    assert_eq!(*spoken, doc! { "dbname": "$external", "user": GATEWAY });
    assert_eq!(session.user.unwrap().database, "$external");
    let mut session = with("CN=other");
    let answer = estate.run(&mut session, "admin", speculative()).await.unwrap();
    assert!(!answer.contains_key("speculativeAuthenticate"));
    let done = format!("authenticate $external.{GATEWAY} ok");
    let log = estate.log().await;
    assert_eq!(estate.events().await[expected.len()..], [done.as_str(), done.as_str()]);
    assert!(log.iter().all(|line| line["auth_protocol"] == "MONGODB-X509"));
}

#[tokio::test]
async fn the_log_outlives_an_instance_that_goes_while_somebody_is_connected() {
    let estate = Estate::new().await;
    let mut session = estate.session();
    session.instance.name = "fresh".to_owned();
    let region = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    let fresh = json!({ "name": "fresh", "dataProcessRegion": region });
    let fresh = fresh.as_object().unwrap().clone();
    use crate::local::domain::instances;
    estate.act(move |work, project| instances::create(work, project, &fresh, false)).await;
    estate.sign_in(&mut session, "ann", PASSWORD).await.unwrap();
    estate
        .act(|work, project| instances::delete(work, InstanceName { project, name: "fresh" }))
        .await;
    super::sign_out(&estate.plane, &mut session).await.unwrap();
    let failure = estate.sign_in(&mut session, "ann", PASSWORD).await.unwrap_err();
    assert_eq!(names(&failure), FAILED);
}

/// Somebody who is created again under the same name, with the same password, is somebody else.
#[tokio::test]
async fn nobody_inherits_what_another_of_the_name_has_begun() {
    let estate = Estate::new().await;
    let again = || async {
        estate.delete("ann").await;
        estate.create(json!({ "username": "ann" })).await;
    };
    let status = || doc! { "connectionStatus": 1 };
    let list = || doc! { "listStreamProcessors": 1 };
    let mut signed_in = estate.session();
    estate.sign_in(&mut signed_in, "ann", PASSWORD).await.unwrap();
    // Before the last word, and before the proof.
    let (mut proved, mut challenged) = (estate.session(), estate.session());
    let mut client = Client::new("ann");
    let first = estate.run(&mut proved, "admin", client.start(false)).await.unwrap();
    let proof = client.prove(&first, PASSWORD);
    estate.run(&mut proved, "admin", proof).await.unwrap();
    let mut other = Client::new("ann");
    let begun = estate.run(&mut challenged, "admin", other.start(true)).await.unwrap();

    again().await;
    let end = doc! { "saslContinue": 1, "conversationId": id(&first), "payload": bytes("") };
    let failure = estate.run(&mut proved, "admin", end).await.unwrap_err();
    assert_eq!(names(&failure), FAILED);
    let proof = other.prove(&begun, PASSWORD);
    let failure = estate.run(&mut challenged, "admin", proof).await.unwrap_err();
    assert_eq!(names(&failure), FAILED);
    let answer = estate.run(&mut signed_in, "admin", status()).await.unwrap();
    let users = answer.get_document("authInfo").unwrap().get_array("authenticatedUsers");
    assert!(users.unwrap().is_empty(), "{answer}");
    assert_eq!(estate.run(&mut signed_in, "admin", list()).await.unwrap_err().code.0, 13);
    let mut fresh = estate.session();
    estate.sign_in(&mut fresh, "ann", PASSWORD).await.unwrap();
    estate.run(&mut fresh, "admin", list()).await.unwrap();
    // Nor are the new one's roles those of the session that ends.
    super::sign_out(&estate.plane, &mut signed_in).await.unwrap();
    let log = estate.log().await;
    let ended = log.iter().find(|line| line["unmapped"]["atype"] == "logout").unwrap();
    assert!(ended["actor"]["user"]["groups"].as_array().is_none_or(Vec::is_empty), "{ended}");
}
