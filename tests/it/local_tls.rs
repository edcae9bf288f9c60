//! `spctl local serve --tls`: https by an authority of this machine.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use crate::local::{Served, key, with_key};
use crate::raw::{send, token};
use crate::run::Run;
use crate::support::Lab;

const ADDRESSES: &str = "/api/atlas/v2/unauth/controlPlaneIPAddresses";
const HEAD: &str = "Accept: application/vnd.atlas.2023-11-15+json\r\n";

struct Secured {
    lab: Lab,
    served: Served,
    account: [String; 2],
}

impl Secured {
    fn with(options: &[&str]) -> Self {
        let lab = Lab::new();
        let served = Served::start_with(&lab, options);
        let roles = ["ORG_OWNER", "GROUP_OWNER"];
        let create = ["local", "key", "create", "--service-account", "--role", roles[0], roles[1]];
        let account = key(&lab, create);
        Secured { lab, served, account }
    }

    fn url(&self) -> &str {
        self.served.get("MONGODB_ATLAS_BASE_URL").unwrap()
    }

    /// The same port, by another scheme or host.
    fn at(&self, origin: &str) -> String {
        format!("{origin}:{}", self.url().rsplit(':').next().unwrap())
    }

    /// A run as the service account, by OAuth, which trusts the authority printed.
    fn run<const N: usize>(&self, url: &str, args: [&str; N]) -> Run {
        let [id, secret] = &self.account;
        self.untrusting(url, args)
            .env("SSL_CERT_FILE", self.served.get("SSL_CERT_FILE").unwrap())
            .env("MONGODB_ATLAS_CLIENT_ID", id)
            .env("MONGODB_ATLAS_CLIENT_SECRET", secret)
    }

    fn untrusting<const N: usize>(&self, url: &str, args: [&str; N]) -> Run {
        self.lab
            .bare(args)
            .env("MONGODB_ATLAS_BASE_URL", url)
            .env("MONGODB_ATLAS_PROJECT_ID", self.served.get("MONGODB_ATLAS_PROJECT_ID").unwrap())
    }
}

#[test]
fn https_and_plain_http_answer_on_one_port() {
    let secured = Secured::with(&["--tls"]);
    assert!(secured.url().starts_with("https://127.0.0.1:"), "{}", secured.url());
    for name in ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"] {
        let file = secured.served.get(name).unwrap();
        assert_eq!(file, secured.lab.file("data/local-ca.pem").display().to_string());
        assert!(!fs::read_to_string(file).unwrap().contains("PRIVATE KEY"));
    }
    let (https, http) = (secured.at("https://localhost"), secured.at("http://localhost"));
    for (url, scheme) in [(secured.url(), "https:"), (&https, "https:"), (&http, "http:")] {
        let names = secured.run(url, ["users", "list", "-q"]).finish().exits(0).out();
        assert!(names.contains("alice"), "{names}");
        // What an answer leads to is reached as it was.
        let page =
            secured.run(url, ["api", "GET", "/groups?itemsPerPage=1"]).finish().exits(0).json();
        let links = page["links"].as_array().unwrap();
        assert_eq!(links.len(), 2, "{page}");
        for link in links {
            assert!(link["href"].as_str().unwrap().starts_with(scheme), "{url}: {page}");
        }
    }
    // HTTP Digest as well.
    let [public, private] = ["PUBLIC", "PRIVATE"]
        .map(|half| secured.served.get(&format!("MONGODB_ATLAS_{half}_API_KEY")).unwrap());
    let owner = [public, private].map(str::to_owned);
    let run = secured.lab.bare(["users", "list", "--ca-file", "data/local-ca.pem"]);
    with_key(run, &secured.served, &owner).finish().exits(0);
}

#[test]
fn who_does_not_trust_the_authority_sends_nothing() {
    let secured = Secured::with(&["--tls"]);
    let run = secured.untrusting(secured.url(), ["users", "list"]);
    let refused = run.env("MONGODB_ATLAS_ACCESS_TOKEN", "x").finish().exits(1).err();
    assert!(refused.contains("certificate is not trusted"), "{refused}");
    // The authority of another machine, or of another directory.
    let other = Lab::new();
    let _others = Served::start_with(&other, &["--tls"]);
    let run = secured.run(secured.url(), ["users", "list"]);
    let other = other.file("data/local-ca.pem").display().to_string();
    run.env("SSL_CERT_FILE", &other).finish().exits(1);
}

#[test]
fn plain_http_is_refused_with_the_right_address_where_only_https_is_wanted() {
    let secured = Secured::with(&["--tls", "only"]);
    secured.run(secured.url(), ["users", "list"]).finish().exits(0);
    let plain = secured.at("http://127.0.0.1");
    let answer = send(&plain, "GET", ADDRESSES, HEAD, "");
    assert_eq!((answer.status, &answer.json()["errorCode"]), (400, &"HTTPS_REQUIRED".into()));
    let run = secured.run(&plain, ["users", "list"]).without("MONGODB_ATLAS_CLIENT_SECRET");
    let run = run.without("MONGODB_ATLAS_CLIENT_ID").env("MONGODB_ATLAS_ACCESS_TOKEN", "x");
    let refused = run.finish().exits(1).err();
    assert!(refused.contains(secured.url()), "{refused}");
}

#[test]
fn without_tls_nothing_of_it_is_printed_or_made() {
    let lab = Lab::new();
    let served = Served::start_with(&lab, &["--instances", "off"]);
    assert!(served.get("MONGODB_ATLAS_BASE_URL").unwrap().starts_with("http://"));
    assert_eq!(served.get("SSL_CERT_FILE"), None);
    assert!(!lab.file("data/local-ca.pem").exists());
    for value in ["--tls=yes", "--tls=", "--tls=only,both"] {
        lab.bare(["local", "serve", "--listen", "127.0.0.1:0", value]).finish().exits(2);
    }
}

#[test]
fn servers_of_one_directory_share_an_authority() {
    let lab = Lab::new();
    let servers = [0, 1, 2].map(|_| Served::start_with(&lab, &["--tls"]));
    let reader = key(&lab, ["local", "key", "create", "--role", "GROUP_READ_ONLY"]);
    for served in &servers {
        let run = lab.bare(["users", "list", "--ca-file", "data/local-ca.pem"]);
        with_key(run, served, &reader).finish().exits(0);
    }
}

#[test]
fn the_environment_is_read_back_by_a_shell_wherever_the_directory_is() {
    let lab = Lab::new();
    let directory = lab.file("it's my data").display().to_string();
    let hosts = ["--allow-host", "atlas.test", "--allow-host", "shop.localhost"];
    let serve = lab.bare(["local", "serve", "--listen", "127.0.0.1:0", "--tls"]).and(&hosts);
    let mut child = serve.env("SPCTL_DATA_DIR", &directory).command().spawn().unwrap();
    let mut printed = Vec::new();
    let mut stdout = child.stdout.take().unwrap();
    while !String::from_utf8_lossy(&printed).contains("ORG_ID") {
        let mut some = [0; 4096];
        let read = stdout.read(&mut some).unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&printed));
        printed.extend_from_slice(&some[..read]);
    }
    let notes = BufReader::new(child.stderr.take().unwrap()).lines();
    let notes: Vec<_> = notes.map_while(Result::ok).take(2).collect();
    assert!(notes[0].contains("not for atlas.test") && notes[1].contains("serving"), "{notes:?}");
    let script = format!("{}\ncat \"$SSL_CERT_FILE\"", String::from_utf8(printed).unwrap());
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(output.stdout.starts_with(b"-----BEGIN CERTIFICATE-----"), "{output:?}");
}

#[test]
fn an_authority_that_cannot_be_used_is_named_and_left() {
    let lab = Lab::new();
    drop(Served::start_with(&lab, &["--tls"]));
    fs::write(lab.file("data/local-authority.pem"), "nonsense").unwrap();
    let serve = ["local", "serve", "--listen", "127.0.0.1:0", "--tls"];
    let said = lab.bare(serve).finish().exits(1).err();
    assert!(said.contains("data/local-authority.pem: it holds no private key"), "{said}");
    let remedy = said.split("must then trust: ").nth(1).unwrap().trim();
    assert!(Command::new("sh").args(["-c", remedy]).status().unwrap().success(), "{remedy}");
    drop(Served::start_with(&lab, &["--tls"]));
}

#[test]
fn the_certificate_is_for_the_names_that_can_be_certified() {
    let lab = Lab::new();
    let (names, listen) = (["shop.localhost", "atlas.test"], "127.0.0.9:0");
    let served = Served::start_with(
        &lab,
        &["--tls", "--listen", listen, "--allow-host", names[0], "--allow-host", names[1]],
    );
    let reader = key(&lab, ["local", "key", "create", "--role", "GROUP_READ_ONLY"]);
    let run = lab.bare(["users", "list", "--ca-file", "data/local-ca.pem"]);
    with_key(run, &served, &reader).finish().exits(0);
    assert!(served.get("MONGODB_ATLAS_BASE_URL").unwrap().starts_with("https://127.0.0.9:"));
}

#[test]
fn who_begins_tls_and_does_not_go_on_holds_up_nobody() {
    let secured = Secured::with(&["--tls"]);
    let address = secured.url().trim_start_matches("https://");
    let begun = [&b"\x16"[..], b"\x16\x03\x01\x02\x00\x01", b"\x16\x03\x01\xff\xff", b"\x17", b""];
    let mut strangers: Vec<_> = begun
        .iter()
        .cycle()
        .take(600)
        .map(|begun| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
            let _ = stream.write_all(begun);
            stream
        })
        .collect();
    secured.run(secured.url(), ["users", "list"]).finish().exits(0);
    let http = secured.at("http://127.0.0.1");
    let [id, secret] = &secured.account;
    assert!(!token(&http, id, secret).is_empty());
    // All of them are shown the door in time.
    for stream in &mut strangers {
        let _ = stream.read_to_end(&mut Vec::new()).map_err(|error| {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
        });
    }
}
