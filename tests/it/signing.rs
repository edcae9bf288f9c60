//! Who makes the requests: one challenge for many calls, one token for many runs, and secrets
//! that nobody gets to see.

use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use secrecy::ExposeSecret;
use serde_json::json;
use spctl::local::admin::{Credential, CredentialKind};
use spctl::local::{Fault, FaultAction};

use crate::run::Run;
use crate::support::Lab;

const OWNER: &str = "GROUP_STREAM_PROCESSING_OWNER";

fn key(lab: &Lab) -> Credential {
    lab.credential(CredentialKind::ApiKey, OWNER)
}

/// A service account that keeps its tokens in a directory that is there already.
fn with_account<const N: usize>(lab: &Lab, account: &Credential, args: [&str; N]) -> Run {
    let cache = lab.file("cache");
    std::fs::create_dir_all(&cache).unwrap();
    lab.spctl(args)
        .without("MONGODB_ATLAS_ACCESS_TOKEN")
        .env("MONGODB_ATLAS_CLIENT_ID", &account.name)
        .env("MONGODB_ATLAS_CLIENT_SECRET", account.secret.expose_secret())
        .env("SPCTL_CACHE_DIR", &cache.display().to_string())
}

fn token_requests(lab: &Lab) -> usize {
    lab.requests().iter().filter(|r| r.starts_with("POST /api/oauth/token")).count()
}

/// The one file in the cache directory besides the lock file.
fn kept(lab: &Lab) -> PathBuf {
    let entries = std::fs::read_dir(lab.file("cache")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let paths: Vec<_> = paths.filter(|path| path.extension() != Some("lock".as_ref())).collect();
    let [path] = &paths[..] else { panic!("one file, not {paths:?}") };
    path.clone()
}

#[test]
fn a_batch_fetches_one_challenge_and_counts_on() {
    let lab = Lab::new();
    let key = key(&lab);
    let names = lab.spctl(["users", "list", "-q"]).finish().exits(0).out();
    assert!(names.lines().count() >= 8);
    lab.requests();
    let args = ["users", "restrict", "-", "--instance", "orders", "--allow-gain", "--yes"];
    lab.with_key(&key, args).stdin(&names).finish().exits(0);

    let exchanges = lab.exchanges();
    let changes = exchanges.iter().filter(|e| e.method == "PATCH").count();
    assert!(changes >= 8, "{changes} changes");
    assert_eq!(exchanges.iter().filter(|e| e.status == 401).count(), 1);
    let claims: Vec<String> = exchanges
        .iter()
        .filter_map(|e| e.request_headers.get("authorization"))
        .map(|value| value.to_str().unwrap().to_owned())
        .collect();
    let part = |claim: &String, name: &str| {
        let (_, behind) = claim.split_once(&format!(" {name}=")).expect("it is there");
        behind.split(',').next().unwrap_or_default().trim_matches('"').to_owned()
    };
    let nonces: std::collections::HashSet<_> = claims.iter().map(|c| part(c, "nonce")).collect();
    assert_eq!(nonces.len(), 1);
    let mut counts: Vec<u32> =
        claims.iter().map(|c| u32::from_str_radix(&part(c, "nc"), 16).unwrap()).collect();
    counts.sort_unstable();
    let wanted: Vec<u32> = (1..=u32::try_from(counts.len()).unwrap()).collect();
    assert_eq!(counts, wanted, "each count is used once");
}

#[test]
fn a_wrong_secret_is_refused_with_a_sentence() {
    let lab = Lab::new();
    let key = key(&lab);
    let run = lab.with_key(&key, ["users", "list"]);
    let finished = run.env("MONGODB_ATLAS_PRIVATE_API_KEY", "not-the-secret").finish().exits(4);
    assert!(finished.stdout.is_empty());
    assert!(finished.err().contains("error: ") && finished.err().contains("hint: "));
    assert!(!finished.err().contains("not-the-secret"), "{}", finished.shown());
    let refused = lab.exchanges().iter().filter(|e| e.status == 401).count();
    assert!((2..=3).contains(&refused), "it is not tried for ever: {refused}");

    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    let run = with_account(&lab, &account, ["users", "list"]);
    let finished = run.env("MONGODB_ATLAS_CLIENT_SECRET", "not-the-secret").finish().exits(4);
    assert!(!finished.err().contains("not-the-secret"), "{}", finished.shown());
    assert_eq!(token_requests(&lab), 1);
}

/// Runs so many commands in a row, which make one token request.
fn in_a_row(commands: usize) {
    let lab = Lab::limited(spctl::local::RateLimits { per_minute: 100_000, ..Default::default() });
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    for _ in 0..commands {
        with_account(&lab, &account, ["instances", "list", "-q"]).finish().exits(0);
    }
    let exchanges = lab.exchanges();
    let tokens = exchanges.iter().filter(|e| e.target == "/api/oauth/token").count();
    assert_eq!((tokens, exchanges.len()), (1, commands + 1));
}

#[test]
fn commands_in_a_row_make_one_token_request() {
    in_a_row(12);
}

#[test]
#[ignore = "takes the time of five hundred processes"]
fn five_hundred_commands_in_a_row_make_one_token_request() {
    in_a_row(500);
}

#[test]
fn processes_that_start_together_make_one_token_request() {
    let lab = Lab::new();
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    // The first one is made to wait, so that all the others meet an empty cache.
    let throttled = FaultAction::Status { status: 429, error_code: None, retry_after: Some(1) };
    lab.faults.push(Fault { operation: None, times: 1, action: throttled });
    let children: Vec<_> = (0..8)
        .map(|_| with_account(&lab, &account, ["instances", "list", "-q"]).command().spawn())
        .collect();
    for child in children {
        let output = child.unwrap().wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("orders"), "{output:?}");
    }
    assert_eq!(token_requests(&lab), 2, "the throttled one, and the one that was answered");
    let mode = std::fs::metadata(lab.file("cache/token.json.lock")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_process_that_died_while_it_asked_blocks_nobody() {
    let lab = Lab::new();
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    // This server never answers; the connection shows that the turn is taken.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let run = with_account(&lab, &account, ["instances", "list"]);
    let mut doomed = run.env("MONGODB_ATLAS_BASE_URL", &url).command().spawn().unwrap();
    let _open = silent.accept().unwrap();
    let lock = File::open(lab.file("cache/token.json.lock")).unwrap();
    assert!(lock.try_lock().is_err(), "it has its turn");
    doomed.kill().unwrap();
    doomed.wait().unwrap();
    let started = Instant::now();
    with_account(&lab, &account, ["instances", "list"]).finish().exits(0);
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn two_runs_share_one_token() {
    let lab = Lab::new();
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    for _ in 0..2 {
        with_account(&lab, &account, ["users", "list", "-q"]).finish().exits(0);
    }
    assert_eq!(token_requests(&lab), 1);
    let mode = std::fs::metadata(kept(&lab)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_cache_that_cannot_be_used_costs_one_token() {
    let lab = Lab::new();
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    let run = || with_account(&lab, &account, ["users", "list", "-q"]).finish().exits(0);
    run();
    let path = kept(&lab);
    let good: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let other = |field: &str, value: serde_json::Value| {
        let mut kept = good.clone();
        kept[field] = value;
        kept.to_string()
    };
    assert_eq!(token_requests(&lab), 1);
    let unusable = [
        "{\"access_token\": \"half".to_owned(),
        String::new(),
        other("use_until", json!(1)),
        other("client_id", json!("mdb_sa_id_somebody_else")),
        other("base_url", json!("http://127.0.0.1:1/")),
        // Looks well, and was revoked meanwhile.
        other("access_token", json!("revoked")),
    ];
    for text in unusable {
        std::fs::write(&path, &text).unwrap();
        run();
        assert_eq!(token_requests(&lab), 1, "after {text}");
        run();
        assert_eq!(token_requests(&lab), 0, "the new token is kept after {text}");
    }
}

#[test]
fn no_secret_is_ever_traced() {
    const PASSWORD: &str = "canary-of-the-password";
    let lab = Lab::new();
    let create = |run: Run| {
        let finished = run.env("NEW_PASSWORD", PASSWORD).finish().exits(0);
        assert!(finished.err().contains("POST"), "it traces: {}", finished.shown());
        format!("{}{}", finished.out(), finished.err())
    };
    let args = |name| {
        let tail = ["--role", "streamViewer", "--password-env", "NEW_PASSWORD", "--yes", "-vv"];
        let mut args = ["users", "create", name, "", "", "", "", "", ""];
        args[3..].copy_from_slice(&tail);
        args
    };
    let key = key(&lab);
    let by_key = create(lab.with_key(&key, args("zoe")));
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    let by_account = create(with_account(&lab, &account, args("yann")));
    let by_token = create(lab.spctl(args("xaver")));

    let kept = std::fs::read_to_string(kept(&lab)).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let token = kept["access_token"].as_str().expect("a token");
    let secrets = [PASSWORD, key.secret.expose_secret(), account.secret.expose_secret(), token];
    for shown in [by_key, by_account, by_token] {
        for secret in secrets.iter().chain([&lab.token()]) {
            assert!(!shown.contains(secret), "{secret} is shown:\n{shown}");
        }
    }
}
