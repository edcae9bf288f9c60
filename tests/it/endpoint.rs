//! The endpoint of the instance `orders` while `spctl local serve` runs, and who signs in there.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::local::Served;
use crate::run::Run;
use crate::support::Lab;
use crate::tls::Authority;

/// The instance.
pub const INSTANCE: &str = "orders";

/// The password of everybody: with characters that a URI escapes, and one (Ⅸ) that SASLprep writes
/// in others.
pub const PASSWORD: &str = "p@ss w\u{f6}rd/\u{2168}";
const ESCAPED: &str = "p%40ss%20w%C3%B6rd%2F%E2%85%A8";

/// Whose certificate [`Endpoint::certificate`] makes.
pub const SUBJECT: &str = "CN=deploy,OU=streams,O=ExampleShop";

/// A served sample.
pub struct Endpoint {
    /// Where it runs, and where commands run on its store.
    pub lab: Lab,
    _served: Served,
    row: Value,
}

impl Endpoint {
    /// Serves a new store.
    pub fn start() -> Self {
        let lab = Lab::new();
        let authority = Authority::new();
        fs::write(lab.file("clients.pem"), authority.pem()).expect("a new file");
        fs::write(lab.file("deploy.pem"), authority.client(SUBJECT)).expect("a new file");
        let served = Served::start_with(&lab, &["--client-ca", "clients.pem"]);
        let rows = lab.bare(["local", "endpoints", INSTANCE, "-o", "json"]).finish().exits(0);
        let row = rows.json()[0].clone();
        Endpoint { lab, _served: served, row }
    }

    /// A run on the same store, of the words of this line.
    pub fn run(&self, line: &str) -> Run {
        let words: Vec<&str> = line.split(' ').collect();
        self.lab.local([]).and(&words)
    }

    /// A custom role of these actions.
    pub fn role(&self, name: &str, actions: &[&str]) {
        let create = self.run(&format!("roles create {name} --yes --action")).and(actions);
        create.finish().exits(0);
    }

    /// A user with this role, whose scopes these options set.
    pub fn user(&self, name: &str, role: &str, scopes: &str) {
        let create = format!("users create {name} --role {role} {scopes} --password-stdin --yes");
        self.run(create.replace("  ", " ").as_str()).stdin(PASSWORD).finish().exits(0);
    }

    /// `HOST:PORT`.
    pub fn address(&self) -> &str {
        self.row["address"].as_str().expect("an address")
    }

    /// The authority that the server's certificate comes from.
    pub fn ca_file(&self) -> &str {
        self.row["caFile"].as_str().expect("a file")
    }

    /// A certificate of [`SUBJECT`] and its key, of an authority that the server trusts.
    pub fn certificate(&self) -> PathBuf {
        self.lab.file("deploy.pem")
    }

    /// The URI as it is printed, with this user's name and password.
    pub fn uri(&self, user: &str) -> String {
        self.uri_with(&format!("{user}:{ESCAPED}@"))
    }

    /// The same, with this before the host.
    pub fn uri_with(&self, user: &str) -> String {
        let printed = self.row["uri"].as_str().expect("a URI");
        printed.replacen("mongodb://", &format!("mongodb://{user}"), 1)
    }

    /// The URI for signing in over TLS with the certificate of [`SUBJECT`].
    pub fn uri_of_certificate(&self) -> String {
        let uri = self.uri_with("");
        let joint = if uri.contains('?') { '&' } else { '?' };
        format!(
            "{uri}{joint}tls=true&tlsCAFile={}&tlsCertificateKeyFile={}&authMechanism=MONGODB-X509&authSource=$external",
            self.ca_file(),
            self.certificate().display(),
        )
    }

    /// What the instance's audit log says, oldest first: about whom, which event, and how it ended.
    pub fn log(&self) -> Vec<(String, String)> {
        let download = "audit download orders --since 1h --decompress --out -";
        let log = self.run(download).finish().exits(0).out();
        let events = log.lines().map(|line| serde_json::from_str(line).expect("JSON"));
        events.map(|event: Value| (who(&event).to_owned(), told(&event))).collect()
    }

    /// What it says about a user.
    pub fn audited(&self, user: &str) -> Vec<String> {
        self.log().into_iter().filter(|(who, _)| who == user).map(|(_, event)| event).collect()
    }
}

/// Whom an event is about.
fn who(event: &Value) -> &str {
    let actor = event["actor"]["user"]["name"].as_str();
    actor.or_else(|| event["user"]["name"].as_str()).unwrap_or_default()
}

/// `startStreamProcessor`, or `startStreamProcessor 13`.
fn told(event: &Value) -> String {
    let name = event["unmapped"]["atype"].as_str().unwrap_or_default();
    match event["status_code"].as_str() {
        Some(code) => format!("{name} {code}"),
        None => name.to_owned(),
    }
}
