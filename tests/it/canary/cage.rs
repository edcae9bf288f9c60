//! A lab whose every secret is known, and the search for them.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::ExposeSecret;
use spctl::local::RateLimits;
use spctl::local::admin::{Credential, CredentialKind};

use crate::run::{Finished, Run};
use crate::support::Lab;
use crate::tour::typed;

/// The formats that a command writes.
pub fn formats(line: &str) -> &'static [&'static str] {
    const ALL: &[&str] = &["json", "ndjson", "yaml", "table", "csv", "tsv"];
    // What any operation answers has no columns.
    if line.starts_with("api ") { &ALL[..3] } else { ALL }
}

/// The secrets that commands are given, under the names by which lines call them.
const GIVEN: [(&str, &str); 4] = [
    ("CANARY_PASSWORD", "canary-of-the-password"),
    ("CANARY_KAFKA", "canary-of-the-kafka-password"),
    // On stdin.
    ("CANARY_CLIENT", "canary-of-the-kafka-client"),
    // Within a key, which is a sequence in DER, and whose line breaks are escaped in JSON.
    ("CANARY_KEY", "MB5jYW5hcnktb2YtdGhlLWNsaWVudC1rZXktNDExeHg="),
];

/// Secrets that the server refuses.
const WRONG: [&str; 3] =
    ["canary-of-a-wrong-key", "mdb_sa_sk_canary-of-a-wrong-account", "canary-of-a-wrong-token"];

/// The value of a header, which the API shows to anyone who may read the connection: it is data
/// in the answers, and a secret in everything else.
pub const HEADER: &str = "canary-of-the-header";

/// In the URL of a proxy, which plain http to this machine does not use.
const PROXY: &str = "canary-of-the-proxy";

/// A policy that makes a user, who gets a password.
const POLICY: &str = r#"{"spctlPolicy": 1, "users": [{"username": "lee", "databaseName": "admin",
    "roles": [{"roleName": "streamViewer", "databaseName": "admin"}], "scopes": []}]}"#;

/// Where secrets stand because the test has put them there.
const INPUTS: &str = "given";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    Key,
    Account,
    Token,
    WrongKey,
    WrongAccount,
    WrongToken,
    /// As the profile says.
    Profile,
}

impl As {
    /// The same, with a secret that is wrong.
    pub fn wrong(self) -> As {
        match self {
            As::Key => As::WrongKey,
            As::Account => As::WrongAccount,
            _ => As::WrongToken,
        }
    }
}

pub struct Cage {
    pub lab: Lab,
    pub key: Credential,
    pub account: Credential,
}

impl Cage {
    pub fn new() -> Self {
        let most = 1_000_000;
        let rate =
            RateLimits { per_minute: most, tokens_per_minute: most, ..RateLimits::default() };
        let lab = Lab::busy(rate);
        let (key, account) = (CredentialKind::ApiKey, CredentialKind::ServiceAccount);
        let [key, account] = [key, account].map(|kind| lab.credential(kind, "ORG_OWNER"));
        let user = format!(
            "{{\"username\": \"kim\", \"databaseName\": \"admin\", \"password\": \"{}\", \
             \"roles\": [{{\"roleName\": \"streamViewer\", \"databaseName\": \"admin\"}}]}}",
            GIVEN[0].1
        );
        let kafka = "{\"type\": \"Kafka\", \"bootstrapServers\": \"b.example:9092\", \
             \"authentication\": {\"mechanism\": \"SCRAM-512\", \"username\": \"atlas\", \
             \"password\": \"${CANARY_KAFKA}\"}}";
        let key_file =
            format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", GIVEN[3].1);
        let authority = crate::tls::Authority::new();
        let inputs = [
            ("password", format!("{}\n", GIVEN[1].1)),
            ("key.pem", key_file),
            ("cert.pem", authority.pem()),
            ("kafka.json", kafka.to_owned()),
            ("user.json", user),
            ("list", "192.0.2.0/24\n".to_owned()),
            ("policy.json", POLICY.to_owned()),
        ];
        std::fs::create_dir(lab.file(INPUTS)).unwrap();
        for (name, text) in inputs {
            std::fs::write(lab.file(INPUTS).join(name), text).unwrap();
        }
        Cage { lab, key, account }
    }

    /// Everything that must not be found.
    fn secrets(&self) -> Vec<String> {
        let [key, account] = [&self.key, &self.account].map(|c| c.secret.expose_secret());
        let given = GIVEN.iter().map(|(_, secret)| *secret);
        let plain = given.chain(WRONG).chain([PROXY, key, account, self.lab.token()]);
        let plain: Vec<String> = plain.map(str::to_owned).chain(self.kept()).collect();
        // As they stand in a header.
        let pair = |secret| BASE64_STANDARD.encode(format!("{}:{secret}", self.account.name));
        let pairs = [account, WRONG[1]].map(pair);
        let encoded: Vec<_> = plain.iter().map(|s| BASE64_STANDARD.encode(s)).collect();
        plain.into_iter().chain(encoded).chain(pairs).collect()
    }

    /// The token in the cache.
    pub fn kept(&self) -> Option<String> {
        let kept = std::fs::read(self.lab.file("cache/token.json")).ok()?;
        let kept: serde_json::Value = serde_json::from_slice(&kept).ok()?;
        kept["access_token"].as_str().map(str::to_owned)
    }

    /// A run of this line as somebody, with further options.
    pub fn prepared(&self, line: &str, whom: As, options: &[&str], stdin: &str) -> Run {
        let mut run = typed(&self.lab, line)
            .and(options)
            .stdin(stdin)
            .without("MONGODB_ATLAS_ACCESS_TOKEN")
            .env("SPCTL_CACHE_DIR", &self.lab.file("cache").display().to_string())
            .env("SPCTL_CONFIG_DIR", &self.lab.file("config").display().to_string())
            .env("HTTPS_PROXY", &format!("http://user:{PROXY}@127.0.0.1:9"));
        for (name, secret) in GIVEN.into_iter().chain([("CANARY_HEADER", HEADER)]) {
            run = run.env(name, secret);
        }
        let pair = |run: Run, names: [&str; 2], id: &str, secret: &str| {
            run.env(names[0], id).env(names[1], secret)
        };
        let key = ["MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"];
        let account = ["MONGODB_ATLAS_CLIENT_ID", "MONGODB_ATLAS_CLIENT_SECRET"];
        match whom {
            As::Key => pair(run, key, &self.key.name, self.key.secret.expose_secret()),
            As::WrongKey => pair(run, key, &self.key.name, WRONG[0]),
            As::Account => {
                pair(run, account, &self.account.name, self.account.secret.expose_secret())
            }
            As::WrongAccount => {
                // What is kept would be used before the secret is.
                let run = run.env("SPCTL_CACHE_DIR", &self.lab.file("empty").display().to_string());
                pair(run, account, &self.account.name, WRONG[1])
            }
            As::Token => run.env("MONGODB_ATLAS_ACCESS_TOKEN", self.lab.token()),
            As::WrongToken => run.env("MONGODB_ATLAS_ACCESS_TOKEN", WRONG[2]),
            As::Profile => run.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none"),
        }
    }

    /// Runs a line, and looks at what it says.
    pub fn run(&self, line: &str, whom: As, options: &[&str], stdin: &str) -> Finished {
        self.watched(self.prepared(line, whom, options, stdin))
    }

    /// Runs, and looks at what is said, and at what everybody on the machine may see of it.
    pub fn watched(&self, run: Run) -> Finished {
        let secrets = self.secrets();
        let shown_to_all = run.args.join(" ");
        let finished = run.finish();
        let out = String::from_utf8_lossy(&finished.stdout);
        let err = finished.err();
        for (place, text) in [("stdout", &*out), ("stderr", &err), ("the arguments", &shown_to_all)]
        {
            assert!(place == "stdout" || !text.contains(HEADER), "{}", finished.shown());
            if let Some(secret) = secrets.iter().find(|secret| text.contains(secret.as_str())) {
                panic!("{secret} is in {place}:\n{}", finished.shown());
            }
        }
        assert!(finished.code.is_some(), "{}", finished.shown());
        finished
    }

    /// Looks through everything that was left.
    pub fn search(&self) {
        self.search_for(&self.secrets());
    }

    /// Looks for these.
    pub fn search_for(&self, secrets: &[String]) {
        self.search_but(secrets, &[]);
    }

    /// Looks for these in every file but some.
    pub fn search_but(&self, secrets: &[String], but: &[&str]) {
        let mut files = Vec::new();
        collect(self.lab.home(), &mut files);
        assert!(!files.is_empty());
        for path in files {
            let name = path.strip_prefix(self.lab.home()).unwrap();
            if name.starts_with(INPUTS) {
                continue;
            }
            let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", name.display());
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            let kept = self.kept().filter(|_| name == Path::new("cache/token.json"));
            let meant = |secret: &String| kept.as_ref() == Some(secret);
            for secret in secrets.iter().filter(|secret| !meant(secret)) {
                let allowed = but.iter().any(|allowed| name == Path::new(allowed));
                assert!(
                    allowed || !text.contains(secret.as_str()),
                    "{secret} is in {}",
                    name.display()
                );
            }
        }
    }
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}
