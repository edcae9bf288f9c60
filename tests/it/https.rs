//! Over real TLS: whom to trust, and what is in the way.

use std::net::SocketAddr;

use secrecy::ExposeSecret;
use spctl::local::admin::CredentialKind;

use crate::run::Run;
use crate::support::Lab;
use crate::tls::{Authority, Proxy, VALID, says};

/// A lab whose control plane is also reached by https, and the authority's file in its home.
struct Secured {
    lab: Lab,
    authority: Authority,
    address: SocketAddr,
}

impl Secured {
    fn new() -> Self {
        let (lab, authority) = (Lab::new(), Authority::new());
        std::fs::write(lab.file("ca.pem"), authority.pem()).unwrap();
        let address = authority.relay("localhost", VALID, lab.url());
        Secured { lab, authority, address }
    }

    /// A listing over https; the base URL is that of `address`.
    fn list_at<const N: usize>(&self, address: SocketAddr, options: [&str; N]) -> Run {
        let mut run = self.lab.spctl(["instances", "list", "-q"]);
        run.args.extend(options.map(str::to_owned));
        let url = format!("https://localhost:{}", address.port());
        run.env("MONGODB_ATLAS_BASE_URL", &url)
    }

    fn list<const N: usize>(&self, options: [&str; N]) -> Run {
        self.list_at(self.address, options)
    }
}

#[test]
fn an_authority_is_trusted_by_flag_variable_or_profile_in_this_order() {
    let secured = Secured::new();
    let lab = &secured.lab;
    let names = secured.list(["--ca-file", "ca.pem"]).finish().exits(0).out();
    assert!(names.contains("orders"), "{names}");
    secured.list([]).env("SSL_CERT_FILE", "ca.pem").finish().exits(0);

    let other = Authority::new();
    std::fs::write(lab.file("other.pem"), other.pem()).unwrap();
    secured.list(["--ca-file", "ca.pem"]).env("SSL_CERT_FILE", "other.pem").finish().exits(0);
    secured.list(["--ca-file", "other.pem"]).env("SSL_CERT_FILE", "ca.pem").finish().exits(1);

    let profile = "default_profile = \"a\"\n[profiles.a]\nca_file = \"ca.pem\"\n";
    std::fs::create_dir(lab.file("config")).unwrap();
    std::fs::write(lab.file("config/config.toml"), profile).unwrap();
    let config = lab.file("config").display().to_string();
    secured.list([]).env("SPCTL_CONFIG_DIR", &config).finish().exits(0);
    let run = secured.list([]).env("SPCTL_CONFIG_DIR", &config).env("SSL_CERT_FILE", "other.pem");
    run.finish().exits(1);
}

#[test]
fn keys_and_service_accounts_work_over_https_as_without() {
    let secured = Secured::new();
    let lab = &secured.lab;
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_OWNER");
    let account = lab.credential(CredentialKind::ServiceAccount, "GROUP_OWNER");
    let list = || secured.list(["--ca-file", "ca.pem"]).without("MONGODB_ATLAS_ACCESS_TOKEN");

    let by_key = list()
        .env("MONGODB_ATLAS_PUBLIC_API_KEY", &key.name)
        .env("MONGODB_ATLAS_PRIVATE_API_KEY", key.secret.expose_secret());
    by_key.finish().exits(0);
    assert_eq!(lab.exchanges().iter().filter(|e| e.status == 401).count(), 1);

    let cache = lab.file("cache").display().to_string();
    let by_account = || {
        list()
            .env("SPCTL_CACHE_DIR", &cache)
            .env("MONGODB_ATLAS_CLIENT_ID", &account.name)
            .env("MONGODB_ATLAS_CLIENT_SECRET", account.secret.expose_secret())
    };
    let tokens = || lab.requests().iter().filter(|r| r.contains("/oauth/token")).count();
    for asked in [1, 0] {
        by_account().finish().exits(0);
        assert_eq!(tokens(), asked);
    }
    // Refused, and replaced in the same run.
    let file = lab.file("cache/token.json");
    let mut kept: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    kept["access_token"] = "revoked".into();
    std::fs::write(&file, kept.to_string()).unwrap();
    by_account().finish().exits(0);
    assert_eq!(tokens(), 1);
}

#[test]
fn who_is_not_trusted_is_told_why_and_nothing_is_sent() {
    let secured = Secured::new();
    let lab = &secured.lab;
    let lists = |run: Run| run.finish().exits(1).err();

    let unknown = lists(secured.list([]));
    assert!(unknown.contains("certificate is not trusted"), "{unknown}");
    assert!(unknown.contains("--ca-file") && unknown.contains("SSL_CERT_FILE"), "{unknown}");

    let elsewhere = secured.authority.relay("other.example", VALID, lab.url());
    let wrong = lists(secured.list_at(elsewhere, ["--ca-file", "ca.pem"]));
    assert!(wrong.contains("other.example"), "it names the host: {wrong}");
    assert!(wrong.contains("the certificate is for another host"), "{wrong}");
    assert!(!wrong.contains("--ca-file"), "{wrong}");

    let old = secured.authority.relay("localhost", (2020, 2021), lab.url());
    let expired = lists(secured.list_at(old, ["--ca-file", "ca.pem"]));
    assert!(expired.contains("needs a new certificate"), "{expired}");
    assert!(expired.contains("clock") && !expired.contains("--ca-file"), "{expired}");

    let new = secured.authority.relay("localhost", (2120, 2121), lab.url());
    let early = lists(secured.list_at(new, ["--ca-file", "ca.pem"]));
    assert!(early.contains("clock"), "{early}");

    let plain: SocketAddr = lab.url().trim_start_matches("http://").parse().unwrap();
    let none = lists(secured.list_at(plain, ["--ca-file", "ca.pem"]));
    assert!(none.contains("no TLS connection"), "{none}");

    assert!(lab.requests().is_empty(), "nobody who is not trusted sees a request");
}

#[test]
fn a_bundle_that_cannot_be_used_is_named() {
    let secured = Secured::new();
    std::fs::write(secured.lab.file("empty.pem"), "").unwrap();
    for (file, why) in [("missing.pem", "No such file"), ("empty.pem", "it is empty")] {
        let finished = secured.list(["--ca-file", file]).finish().exits(2);
        assert!(finished.err().contains(file), "{}", finished.shown());
        assert!(finished.err().contains(why), "{}", finished.shown());
        assert!(finished.err().contains("SSL_CERT_FILE"), "{}", finished.shown());
    }
}

#[test]
fn plain_http_goes_to_other_hosts_only_where_it_is_allowed() {
    let lab = Lab::faulty();
    let run = |options: &[&str]| {
        let mut run = lab.spctl(["instances", "list"]);
        run.args.extend(options.iter().map(|o| (*o).to_owned()));
        // A documentation address: nobody is there, so that only the rule is tested.
        run.env("MONGODB_ATLAS_BASE_URL", "http://0.0.0.0:1").finish()
    };
    let refused = run(&[]).exits(2).err();
    assert!(refused.contains("clear text") && refused.contains("--allow-http"), "{refused}");
    let tried = run(&["--allow-http"]).exits(7).err();
    assert!(tried.contains("no connection"), "{tried}");
}

#[test]
fn a_proxy_in_the_way_is_used_and_told_of() {
    let secured = Secured::new();
    let lab = &secured.lab;
    let through = |proxy: &str| secured.list(["--ca-file", "ca.pem"]).env("HTTPS_PROXY", proxy);
    let connect = format!("CONNECT localhost:{} HTTP/1.1", secured.address.port());

    let open = Proxy::new(None, None);
    let url = format!("http://{}", open.address);
    through(&url).finish().exits(0);
    assert_eq!(open.asked(), std::slice::from_ref(&connect));
    // Also by its other name, and without a scheme.
    let run = secured.list(["--ca-file", "ca.pem"]);
    run.env("https_proxy", &open.address.to_string()).finish().exits(0);
    assert_eq!(open.asked(), [connect]);
    for except in ["localhost", "example.com, localhost", "*"] {
        through(&url).env("NO_PROXY", except).finish().exits(0);
        assert!(open.asked().is_empty(), "NO_PROXY={except}");
    }
    through(&url).env("NO_PROXY", "example.com").finish().exits(0);
    assert_eq!(open.asked().len(), 1);
    // Plain http stays on this machine and needs no proxy.
    lab.spctl(["instances", "list"]).env("HTTPS_PROXY", &url).finish().exits(0);
    assert!(open.asked().is_empty());

    // user:canary, as RFC 7617 has it
    let closed = Proxy::new(Some("Basic dXNlcjpjYW5hcnk="), None);
    through(&format!("http://user:canary@{}", closed.address)).finish().exits(0);
    let wrong = format!("http://user:kanarienvogel@{}", closed.address);
    for run in [through(&format!("http://{}", closed.address)), through(&wrong)] {
        let finished = run.finish().exits(1);
        assert!(finished.err().contains("asks for a user and a password"), "{}", finished.shown());
        assert!(finished.err().contains(&closed.address.to_string()), "{}", finished.shown());
        assert!(!finished.err().contains("kanarienvogel"), "{}", finished.shown());
    }
    assert_eq!(closed.asked().len(), 3, "a refusal is not tried again");

    let strict = Proxy::new(None, Some("403 Forbidden"));
    let refused = through(&format!("http://{}", strict.address)).finish().exits(1).err();
    assert!(refused.contains("the proxy refused the connection"), "{refused}");

    let down = through("http://user:kanarienvogel@127.0.0.1:9").finish().exits(7).err();
    assert!(down.contains("127.0.0.1:9 (https_proxy)"), "{down}");
    assert!(down.contains("NO_PROXY") && !down.contains("kanarienvogel"), "{down}");

    let nonsense = through("ftp://user:kanarienvogel@proxy").finish().exits(2).err();
    assert!(nonsense.contains("https_proxy") && !nonsense.contains("kanarienvogel"), "{nonsense}");
}

#[test]
fn credentials_follow_no_redirect() {
    let secured = Secured::new();
    // The other origin would be trusted: the same authority, another port.
    let other = secured.authority.relay("localhost", VALID, secured.lab.url());
    for status in ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let to = format!("https://localhost:{}/api/atlas/v2", other.port());
        let origin = says(format!("{status}\r\nLocation: {to}\r\n\r\n"));
        let address = secured.authority.relay("localhost", VALID, &format!("http://{origin}"));
        let finished = secured.list_at(address, ["--ca-file", "ca.pem"]).finish().exits(1);
        let elsewhere = format!("https://localhost:{}", other.port());
        assert!(finished.err().contains(&elsewhere), "{}", finished.shown());
    }
    assert!(secured.lab.requests().is_empty());
}
