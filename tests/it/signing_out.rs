//! Signing out: what is kept here goes first and in any case, and what could not be revoked is
//! said.

use secrecy::ExposeSecret;
use spctl::local::admin::{Credential, CredentialKind};
use spctl::local::{Fault, FaultAction};

use crate::support::Lab;

/// A sign-in of a service account, kept in a file, with a token in the cache.
fn signed_in(lab: &Lab) -> Credential {
    let account = lab.credential(CredentialKind::ServiceAccount, "GROUP_OWNER");
    let args = ["auth", "login", "--base-url", lab.url(), "--secret-stdin", "--insecure-storage"];
    let run = lab.bare(args).and(&["--client-id", &account.name]);
    run.stdin(account.secret.expose_secret()).finish().exits(0);
    account
}

fn token_file(lab: &Lab) -> std::path::PathBuf {
    lab.file(".cache/spctl/token.json")
}

#[test]
fn signing_out_leaves_nothing_here_whatever_the_server_says() {
    let failing = [
        FaultAction::Status { status: 500, error_code: None, retry_after: None },
        FaultAction::Status { status: 401, error_code: None, retry_after: None },
        FaultAction::Gateway(502),
    ];
    for action in failing {
        let lab = Lab::faulty();
        signed_in(&lab);
        let kept: serde_json::Value =
            serde_json::from_slice(&std::fs::read(token_file(&lab)).unwrap()).unwrap();
        // What a process left that was killed while it wrote.
        std::fs::write(lab.file(".cache/spctl/token.json.0123456789abcdef"), "half").unwrap();
        lab.faults.push(Fault { operation: None, times: 100, action });
        let finished = lab.bare(["auth", "logout", "--yes"]).finish().exits(1);
        let said = finished.err();
        let ends = jiff::Timestamp::from_second(kept["ends"].as_i64().unwrap()).unwrap();
        assert!(said.contains("not revoked") && said.contains(&ends.to_string()), "{said}");
        assert!(!said.contains(kept["access_token"].as_str().unwrap()), "{said}");
        let left = std::fs::read_dir(lab.file(".cache/spctl")).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name == "token.json.lock"), "{left:?}");
        assert!(!lab.file(".config/spctl/credentials.toml").exists());
        let config = std::fs::read_to_string(lab.file(".config/spctl/config.toml")).unwrap();
        assert!(!config.contains("client_id"), "{config}");
    }
    // Nobody is there at all.
    let lab = Lab::new();
    signed_in(&lab);
    let config = lab.file(".config/spctl/config.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let file = lab.file(".config/spctl/credentials.toml");
    std::fs::write(&file, "not toml").unwrap();
    let finished = lab.bare(["auth", "logout", "--yes"]).finish().exits(1);
    assert!(!token_file(&lab).exists(), "{}", finished.shown());
    assert!(finished.err().contains("not revoked") && text.contains("client_id"));
    assert!(finished.err().contains("credentials.toml is not TOML"), "{}", finished.shown());
    assert!(!finished.err().contains("signed out of the profile"), "{}", finished.shown());
}

#[test]
fn what_is_kept_goes_whatever_address_it_was_kept_for() {
    for line in ["auth logout --yes", "profiles remove default --yes"] {
        for token in ["kept", "unreadable", "sealed no more"] {
            let lab = Lab::new();
            signed_in(&lab);
            let config = lab.file(".config/spctl/config.toml");
            let text = std::fs::read_to_string(&config).unwrap();
            std::fs::write(&config, text.replace(lab.url(), "http://127.0.0.1:9")).unwrap();
            match token {
                "unreadable" => {
                    std::fs::write(token_file(&lab), "{\"access_token\": \"eyJ").unwrap()
                }
                "sealed no more" => {
                    let text = std::fs::read_to_string(token_file(&lab)).unwrap();
                    std::fs::write(token_file(&lab), text.replace("\"seal\"", "\"x\"")).unwrap();
                }
                _ => {}
            }
            lab.requests();
            let run = lab.bare([]).and(&line.split(' ').collect::<Vec<_>>());
            let finished = run.finish().exits(1);
            let said = finished.err();
            match token {
                "kept" => assert!(said.contains("was not revoked, and expires"), "{said}"),
                _ => assert!(said.contains("could not be read and so was not revoked"), "{said}"),
            }
            assert!(!token_file(&lab).exists(), "{said}");
            assert!(!lab.file(".config/spctl/credentials.toml").exists(), "{said}");
            // Nothing of it went to the other address, nor to the first one.
            assert!(lab.requests().is_empty());
        }
    }
}

#[test]
fn removing_a_profile_revokes_its_token() {
    let lab = Lab::new();
    signed_in(&lab);
    lab.requests();
    let finished = lab.bare(["profiles", "remove", "default", "--yes"]).finish().exits(0);
    assert!(finished.err().contains("revoked the token"), "{}", finished.shown());
    assert!(lab.requests().iter().any(|request| request.contains("oauth/revoke")));
    assert!(!token_file(&lab).exists() && !lab.file(".config/spctl/credentials.toml").exists());
}

#[test]
fn a_profile_takes_its_secret_with_it_whatever_address_it_is_for() {
    let lab = Lab::new();
    signed_in(&lab);
    let config = lab.file(".config/spctl/config.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replace(lab.url(), "http://127.0.0.1:9")).unwrap();
    lab.bare(["profiles", "rename", "default", "prod"]).finish().exits(0);
    let secrets = std::fs::read_to_string(lab.file(".config/spctl/credentials.toml")).unwrap();
    assert!(secrets.contains("[prod]") && !secrets.contains("[default]"));
    assert!(secrets.contains(lab.url()), "bound to the address that it was kept for");
}

#[test]
fn another_secret_of_an_account_does_not_meet_its_token() {
    let lab = Lab::new();
    let account = lab.credential(CredentialKind::ServiceAccount, "GROUP_OWNER");
    let act = |secret: &str, line: &str| {
        let run = lab.typed(line).without("MONGODB_ATLAS_ACCESS_TOKEN");
        let run = run.env("MONGODB_ATLAS_CLIENT_ID", &account.name);
        run.env("MONGODB_ATLAS_CLIENT_SECRET", secret).finish()
    };
    let right = account.secret.expose_secret();
    act(right, "instances list").exits(0);
    for wrong in ["mdb_sa_sk_wrong", &right[..right.len() - 1], &format!("{right}x")] {
        act(wrong, "instances list").exits(4);
        act(wrong, "auth token").exits(4);
    }
    lab.requests();
    act(right, "instances list").exits(0);
    assert!(!lab.requests().iter().any(|r| r.contains("oauth")), "the token is still kept");
    // Signing out with another secret removes it, but cannot revoke it.
    let finished = act("mdb_sa_sk_wrong", "auth logout --yes").exits(1);
    assert!(finished.err().contains("another secret"), "{}", finished.shown());
    assert!(!token_file(&lab).exists());
    assert!(!lab.requests().iter().any(|r| r.contains("oauth")));
}
