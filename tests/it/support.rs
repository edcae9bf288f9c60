//! A hermetic place to run the binary in: a home of its own, no environment but `PATH`, and a
//! control plane inside the test process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::json;
use spctl::local::admin::{ACCESS_LIST_LIMIT, Admin, Credential, CredentialKind, USER_LIMIT};
use spctl::local::{
    self, Clock, Create, Fault, FaultAction, Faults, InstanceOptions, Meanwhile, Options,
    RateLimits, Recorder, Server,
};
use tempfile::TempDir;

use crate::contract::{Exchange, contract};
use crate::run::Run;

/// The control plane's clock, which is stopped.
pub const NOW: &str = "2026-08-20T12:00:00Z";

/// The control plane's file, in the home directory.
const STORE: &str = "server/store.db";

/// Tells that a test, or a part of it, was not run.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// A home directory and a running control plane.
pub struct Lab {
    home: TempDir,
    server: Option<Server>,
    clock: Clock,
    /// Faults on order for the control plane.
    pub faults: Faults,
    recorder: Recorder,
    judged: bool,
    /// The last of the sample's project events.
    sampled: i64,
}

impl Lab {
    /// The sample, at [`NOW`]; every exchange is held against the contract at the end.
    pub fn new() -> Self {
        Lab::started(Clock::Fixed(now()), RateLimits::default(), true)
    }

    /// Like [`Lab::new`], for tests whose server misbehaves on purpose.
    pub fn faulty() -> Self {
        Lab::started(Clock::Fixed(now()), RateLimits::default(), false)
    }

    /// Like [`Lab::faulty`], at the time that it is, which passes.
    pub fn faulty_today() -> Self {
        let lab = Lab::started(Clock::System, RateLimits::default(), false);
        let admin = Admin::open(&lab.file(STORE), Clock::System);
        admin.and_then(|mut admin| admin.set_time(Timestamp::now())).expect("nobody else writes");
        lab
    }

    /// Like [`Lab::new`], where time passes.
    pub fn ticking() -> Self {
        Lab::started(Clock::System, RateLimits::default(), true)
    }

    /// Like [`Lab::ticking`], with rate limits of its own.
    pub fn busy(rate: RateLimits) -> Self {
        Lab::started(Clock::System, rate, true)
    }

    /// Like [`Lab::new`], with rate limits of its own.
    pub fn limited(rate: RateLimits) -> Self {
        Lab::started(Clock::Fixed(now()), rate, true)
    }

    /// The same lab, whose project has this many further users `u00000` and so on, and a server
    /// that was started again with these limits.
    pub fn crowded(mut self, users: usize, rate: RateLimits) -> Self {
        let project = self.project().to_owned();
        drop(self.server.take());
        let mut db = rusqlite::Connection::open(self.file(STORE)).expect("the store is there");
        let tx = db.transaction().expect("nobody else writes");
        for number in 0..users {
            let name = format!("u{number:05}");
            let user = json!({
                "awsIAMType": "NONE", "databaseName": "admin", "groupId": project, "labels": [],
                "ldapAuthType": "NONE", "links": [], "oidcAuthType": "NONE", "scopes": [],
                "roles": [{ "databaseName": "admin", "roleName": "readAnyDatabase" }],
                "username": name, "x509Type": "NONE",
            });
            tx.prepare_cached(
                "INSERT INTO resources (kind, parent, key, doc) VALUES ('database_user', ?1, ?2, ?3)",
            )
            .and_then(|mut insert| {
                insert.execute([&project, &format!("admin/{name}"), &user.to_string()])
            })
            .expect("the user is new");
        }
        tx.commit().expect("nobody else writes");
        self.server =
            Some(serve(&self.file(STORE), self.clock, rate, &self.faults, &self.recorder));
        self
    }

    /// The same lab, whose projects' access lists have no end.
    pub fn with_any_number_of_entries(self) -> Self {
        let mut admin = Admin::open(&self.file(STORE), Clock::System).expect("the store is there");
        admin.set_limit(&ACCESS_LIST_LIMIT, None).expect("nobody else writes");
        self
    }

    /// The same lab, whose project has this many further events.
    pub fn eventful(self, events: usize) -> Self {
        let mut db = rusqlite::Connection::open(self.file(STORE)).expect("the store is there");
        let tx = db.transaction().expect("nobody else writes");
        let copy = "INSERT INTO events (project, time, type, doc)
                    SELECT project, time, type, json_set(doc, '$.id', ?2)
                    FROM events WHERE project = ?1 ORDER BY seq LIMIT 1";
        for number in 0..events {
            tx.prepare_cached(copy)
                .and_then(|mut copy| copy.execute([self.project(), &format!("{number:024x}")]))
                .expect("the sample has events");
        }
        tx.commit().expect("nobody else writes");
        self
    }

    /// The same lab, where a project has any number of users.
    pub fn unlimited(self) -> Self {
        let mut admin = Admin::open(&self.file(STORE), Clock::System).expect("the store is there");
        admin.set_limit(&USER_LIMIT, None).expect("nobody else writes");
        self
    }

    /// The same lab without the sample's processors, which stand in the way of what they use.
    pub fn idle(self) -> Self {
        let db = rusqlite::Connection::open(self.file(STORE)).expect("the store is there");
        db.execute("DELETE FROM resources WHERE kind = 'processor'", []).expect("a table");
        self
    }

    /// The project events since the start, without those of the sample, oldest first.
    pub fn events(&self) -> Vec<serde_json::Value> {
        let db = rusqlite::Connection::open(self.file(STORE)).expect("the store is there");
        let mut query = db
            .prepare("SELECT doc FROM events WHERE seq > ?1 ORDER BY seq")
            .expect("a table of events");
        let docs = query.query_map([self.sampled], |row| row.get::<_, String>(0)).expect("rows");
        docs.map(|doc| serde_json::from_str(&doc.expect("a row")).expect("JSON")).collect()
    }

    fn started(clock: Clock, rate: RateLimits, judged: bool) -> Self {
        let home = tempfile::tempdir().expect("a temporary directory");
        let (faults, recorder) = (Faults::default(), Recorder::default());
        let store = home.path().join(STORE);
        let server = serve(&store, clock, rate, &faults, &recorder);
        let sampled = rusqlite::Connection::open(store)
            .and_then(|db| db.query_row("SELECT max(seq) FROM events", [], |row| row.get(0)))
            .expect("the sample has events");
        Lab { home, server: Some(server), clock, faults, recorder, judged, sampled }
    }

    /// The same lab, whose server was started again and listens for its instances.
    pub fn with_instances(self) -> Self {
        self.with_instances_for(None)
    }

    /// Like [`Lab::with_instances`], for clients with certificates by the authorities in a file.
    pub fn with_instances_for(mut self, client_ca: Option<PathBuf>) -> Self {
        drop(self.server.take());
        let mut options = options(
            &self.file(STORE),
            self.clock,
            RateLimits::default(),
            &self.faults,
            &self.recorder,
        );
        options.instances = Some(InstanceOptions { first_port: Some(0), client_ca });
        self.server = Some(Server::start(options).expect("the control plane starts"));
        self
    }

    /// Where an instance of the default project is served.
    pub fn endpoint(&self, instance: &str) -> SocketAddr {
        let admin = Admin::open(&self.file(STORE), Clock::System).expect("the store is there");
        let all = admin.endpoints(None).expect("a server listens for them");
        all.iter().find(|endpoint| endpoint.name == instance).expect("an instance").address
    }

    /// Stops the control plane: from now on nothing answers at its address.
    pub fn stop(&mut self) {
        drop(self.server.take());
    }

    fn server(&self) -> &Server {
        self.server.as_ref().expect("it runs until the lab is dropped")
    }

    /// The control plane's address.
    pub fn url(&self) -> &str {
        self.server().url()
    }

    /// The bearer token that acts as Organization Owner.
    pub fn token(&self) -> &str {
        self.server().token().expose_secret()
    }

    /// The default project's id.
    pub fn project(&self) -> &str {
        self.server().default_project()
    }

    /// The home directory, which is the working directory of every run.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A new credential of the control plane, with these roles in the default project.
    pub fn credential(&self, kind: CredentialKind, role: &str) -> Credential {
        let mut admin = Admin::open(&self.file(STORE), Clock::System).expect("the store is there");
        admin.create_credential(kind, &[role.to_owned()], None).expect("a known role")
    }

    /// A new service account, with these roles in a project and in its organisation.
    pub fn account(&self, roles: &[&str], project: &str) -> Credential {
        let mut admin = Admin::open(&self.file(STORE), Clock::System).expect("the store is there");
        let roles: Vec<String> = roles.iter().map(|&role| role.to_owned()).collect();
        let made = admin.create_credential(CredentialKind::ServiceAccount, &roles, Some(project));
        made.expect("known roles")
    }

    /// Puts a document into the store, past the API.
    pub fn add(&self, kind: &str, parent: &str, key: &str, document: &serde_json::Value) {
        let db = rusqlite::Connection::open(self.file(STORE)).expect("the store is there");
        let insert = "INSERT INTO resources (kind, parent, key, doc) VALUES (?1, ?2, ?3, ?4)";
        db.execute(insert, [kind, parent, key, &document.to_string()]).expect("it is new");
    }

    /// The binary against the control plane, in the default project, by HTTP Digest.
    pub fn with_key<const N: usize>(&self, key: &Credential, args: [&str; N]) -> Run {
        self.spctl(args)
            .without("MONGODB_ATLAS_ACCESS_TOKEN")
            .env("MONGODB_ATLAS_PUBLIC_API_KEY", &key.name)
            .env("MONGODB_ATLAS_PRIVATE_API_KEY", key.secret.expose_secret())
    }

    /// The default project's organisation.
    pub fn org(&self) -> &str {
        self.server().default_org()
    }

    /// A file in the home directory.
    pub fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Something else happens once: after the answer to this operation's request of this number,
    /// from 1, and before it is sent.
    pub fn meanwhile(&self, operation: &'static str, nth: u32, runs: Vec<Run>) {
        let operation = Some(operation);
        let action = FaultAction::Delay(Duration::ZERO);
        self.faults.push(Fault { operation, times: nth - 1, action });
        let runs = Mutex::new(runs);
        let act = move || {
            for run in runs.lock().expect("no run panics").drain(..) {
                run.finish().exits(0);
            }
        };
        let action = FaultAction::Meanwhile(Meanwhile(Arc::new(act)));
        self.faults.push(Fault { operation, times: 1, action });
    }

    /// The requests since the last look, as `METHOD target`.
    pub fn requests(&self) -> Vec<String> {
        let exchanges = self.exchanges();
        exchanges.iter().map(|e| format!("{} {}", e.method, e.target)).collect()
    }

    /// The exchanges since the last look, judged as they are taken.
    pub fn exchanges(&self) -> Vec<local::Exchange> {
        let exchanges = self.recorder.take();
        if self.judged
            && let Some(contract) = contract()
        {
            let problems = exchanges.iter().flat_map(|e| contract.validate(&plain(e)));
            let problems: Vec<String> = problems.map(|p| p.to_string()).collect();
            assert!(problems.is_empty(), "against the contract:\n{}", problems.join("\n"));
        }
        exchanges
    }

    /// A run of the binary with the words of this line.
    pub fn typed(&self, line: &str) -> Run {
        let mut run = self.spctl([]);
        run.args = line.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        run
    }

    /// The binary against the control plane, as Organization Owner, in the default project.
    pub fn spctl<const N: usize>(&self, args: [&str; N]) -> Run {
        self.bare(args)
            .env("MONGODB_ATLAS_BASE_URL", self.url())
            .env("MONGODB_ATLAS_ACCESS_TOKEN", self.token())
            .env("MONGODB_ATLAS_PROJECT_ID", self.project())
    }

    /// The binary on a store of its own inside its own process.
    pub fn local<const N: usize>(&self, args: [&str; N]) -> Run {
        let mut run = self.bare([]);
        run.args.push("--local".to_owned());
        run.args.extend(args.map(str::to_owned));
        run
    }

    /// The binary without an account.
    pub fn bare<const N: usize>(&self, args: [&str; N]) -> Run {
        let home = self.home.path().to_owned();
        let mut redactions = vec![(home.display().to_string(), "[HOME]".to_owned())];
        redactions
            .extend(self.server.iter().map(|server| (server.url().to_owned(), "[URL]".to_owned())));
        let run = Run {
            args: args.map(str::to_owned).to_vec(),
            env: Vec::new(),
            home,
            stdin: Vec::new(),
            redactions,
        };
        let data = self.file("data").display().to_string();
        run.env("SPCTL_DATA_DIR", &data)
    }
}

fn serve(
    store: &Path,
    clock: Clock,
    rate: RateLimits,
    faults: &Faults,
    recorder: &Recorder,
) -> Server {
    Server::start(options(store, clock, rate, faults, recorder)).expect("the control plane starts")
}

fn options(
    store: &Path,
    clock: Clock,
    rate: RateLimits,
    faults: &Faults,
    recorder: &Recorder,
) -> Options {
    let mut options = Options::new(store.to_owned());
    options.create = Create::Sample { seed: 1, now: Some(now()) };
    options.clock = clock;
    options.rate = rate;
    options.faults = faults.clone();
    options.recorder = Some(recorder.clone());
    options
}

fn now() -> Timestamp {
    NOW.parse().expect("a time")
}

impl Drop for Lab {
    fn drop(&mut self) {
        drop(self.server.take());
        if !thread::panicking() {
            self.exchanges();
        }
    }
}

fn plain(exchange: &local::Exchange) -> Exchange {
    let pairs = |headers: &http::HeaderMap| {
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into();
        headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
    };
    Exchange {
        method: exchange.method.clone(),
        target: exchange.target.clone(),
        request_headers: pairs(&exchange.request_headers),
        request_body: exchange.request_body.clone(),
        status: exchange.status,
        response_headers: pairs(&exchange.response_headers),
        response_body: exchange.response_body.clone(),
    }
}
