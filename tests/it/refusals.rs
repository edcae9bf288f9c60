//! Each kind of refusal comes with what to do about it.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use spctl::local::admin::CredentialKind;

use crate::run::Finished;
use crate::support::Lab;
use crate::tls::says;

/// A listing from a server that says this to everybody.
fn told(lab: &Lab, answer: &str) -> Finished {
    let address = says(answer.to_owned());
    let run = lab.spctl(["instances", "list"]);
    run.env("MONGODB_ATLAS_BASE_URL", &format!("http://{address}")).finish()
}

#[track_caller]
fn hints(finished: &Finished, wanted: &[&str]) {
    let hints: Vec<_> = finished
        .err()
        .lines()
        .filter_map(|l| l.strip_prefix("hint: ").map(str::to_owned))
        .collect();
    for want in wanted {
        assert!(hints.iter().any(|h| h.contains(want)), "{want}: {}", finished.shown());
    }
}

#[test]
fn a_wrong_secret_names_whose_it_is() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_OWNER");
    let run = lab.with_key(&key, ["instances", "list"]);
    let finished = run.env("MONGODB_ATLAS_PRIVATE_API_KEY", "wrong").finish().exits(4);
    hints(&finished, &[&format!("the API key {} was not accepted", key.name)]);

    let account = lab.credential(CredentialKind::ServiceAccount, "GROUP_OWNER");
    let run = lab
        .spctl(["instances", "list"])
        .without("MONGODB_ATLAS_ACCESS_TOKEN")
        .env("MONGODB_ATLAS_CLIENT_ID", &account.name)
        .env("MONGODB_ATLAS_CLIENT_SECRET", "wrong");
    let finished = run.finish().exits(4);
    hints(&finished, &[&format!("the service account {} got no token", account.name)]);
    assert!(finished.err().contains("[invalid_client]"), "{}", finished.shown());
}

#[test]
fn a_server_that_takes_no_api_keys_is_no_failure_of_the_tool() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_OWNER");
    let address = says("401 Unauthorized\r\nWWW-Authenticate: Bearer\r\n\r\n".to_owned());
    let run = lab.with_key(&key, ["instances", "list"]);
    let run = run.env("MONGODB_ATLAS_BASE_URL", &format!("http://{address}"));
    let finished = run.finish().exits(4);
    assert!(finished.err().contains("offers no digest challenge"), "{}", finished.shown());
    hints(&finished, &["check that both halves are right and belong to this server"]);
}

#[test]
fn a_missing_role_is_named() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_READ_ONLY");
    let finished = lab.with_key(&key, ["instances", "delete", "orders", "--yes"]).finish().exits(4);
    // The local control plane names the roles itself; once is enough.
    assert_eq!(finished.err().matches("Project Stream Processing Manager").count(), 1);
    hints(&finished, &["use a credential that has one of these roles"]);

    let body = r#"{"detail":"The current user is not in the group.","error":403,"errorCode":"USER_UNAUTHORIZED"}"#;
    let answer = format!("403 Forbidden\r\nContent-Type: application/json\r\n\r\n{body}");
    let finished = told(&lab, &answer).exits(4);
    hints(&finished, &["this needs one of these roles: Project Read Only"]);
}

#[test]
fn an_address_that_is_not_let_in_is_named_with_the_list() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_OWNER");
    let body = r#"{"detail":"IP address 203.0.113.9 is not allowed to access this resource.","error":403,"errorCode":"IP_ADDRESS_NOT_ON_ACCESS_LIST"}"#;
    let answer = format!("403 Forbidden\r\nContent-Type: application/json\r\n\r\n{body}");
    let finished = told(&lab, &answer).exits(4);
    hints(&finished, &["add 203.0.113.9 to the access list of the API key or service account"]);
    assert!(!finished.err().contains("one of these roles"), "{}", finished.shown());

    // A key is named by its public half. The challenge comes as Atlas sends it.
    let challenge = "WWW-Authenticate: Digest realm=\"MMS Public API\", nonce=\"n\", qop=\"auth\"";
    let answer = format!("401 Unauthorized\r\n{challenge}\r\n\r\n{body}");
    let run = lab.with_key(&key, ["instances", "list"]);
    let address = says(answer);
    let finished =
        run.env("MONGODB_ATLAS_BASE_URL", &format!("http://{address}")).finish().exits(4);
    hints(&finished, &[&key.name]);
    assert!(!finished.err().contains(key.secret.expose_secret()), "{}", finished.shown());
}

#[test]
fn a_token_that_has_ended_says_when() {
    let lab = Lab::new();
    let claims = BASE64_URL_SAFE_NO_PAD.encode(r#"{"exp":1700000000}"#);
    let run = lab.spctl(["instances", "list"]);
    let finished =
        run.env("MONGODB_ATLAS_ACCESS_TOKEN", &format!("e30.{claims}.c2ln")).finish().exits(4);
    hints(&finished, &["expired at 2023-11-14T22:13:20Z"]);
    let run = lab.spctl(["instances", "list"]);
    let finished = run.env("MONGODB_ATLAS_ACCESS_TOKEN", "opaque").finish().exits(4);
    hints(&finished, &["it has expired, was revoked, or belongs to another server"]);
}

#[test]
fn a_clock_that_is_wrong_is_told_of_and_only_then() {
    let lab = Lab::new();
    let answer = |minutes: i64| {
        let date = Timestamp::now() - SignedDuration::from_mins(minutes);
        let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT");
        format!("401 Unauthorized\r\nDate: {date}\r\n\r\n")
    };
    hints(&told(&lab, &answer(90)).exits(4), &["this machine's clock is 90 minutes ahead of"]);
    hints(&told(&lab, &answer(-90)).exits(4), &["minutes behind the server's"]);
    let right = told(&lab, &answer(1)).exits(4);
    assert!(!right.err().contains("clock"), "{}", right.shown());
    // The local control plane dates its answers by the system's time, whatever its own is.
    lab.requests();
    let finished = lab.spctl(["instances", "list", "-vv"]).finish().exits(0);
    assert!(finished.err().contains("\"date\""), "{}", finished.shown());
    let wrong = lab.spctl(["instances", "list"]).env("MONGODB_ATLAS_ACCESS_TOKEN", "wrong");
    assert!(!wrong.finish().exits(4).err().contains("clock"));
}

#[test]
fn what_answers_in_the_api_s_place_is_recognised() {
    let lab = Lab::new();
    let page = "Content-Type: text/html; charset=utf-8\r\n\r\n<html><h1>Sign in to the Wi-Fi</h1>";
    for (status, exit) in [("200 OK", 1), ("403 Forbidden", 4), ("404 Not Found", 1)] {
        let finished = told(&lab, &format!("{status}\r\n{page}")).exits(exit);
        hints(&finished, &["the answer is a web page, which the API never sends"]);
        assert!(finished.stdout.is_empty() && !finished.err().contains("one of these roles"));
        assert!(!finished.err().contains("Wi-Fi"), "{}", finished.shown());
    }
    let finished = told(&lab, "407 Proxy Authentication Required\r\n\r\n").exits(1);
    hints(&finished, &["https_proxy names"]);
}
