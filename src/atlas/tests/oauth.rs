use std::fs;
use std::path::{Path, PathBuf};

use futures_util::future::join_all;

use super::*;
use crate::atlas::{Cause, RemovedToken};

fn account(cache: Option<PathBuf>) -> Credential {
    let (id, secret) = ("mdb_sa_id_1".to_owned(), "mdb_sa_sk_+/=".into());
    Credential::ServiceAccount { id, secret, cache }
}

/// Hands out `t1`, `t2`, …, and accepts only what `accepts` does.
async fn server(accepts: fn(&str) -> bool) -> (Url, Log) {
    let issued = Mutex::new(0);
    serve(move |_, request| {
        if request.target == "/api/oauth/token" {
            let mut issued = issued.lock().unwrap();
            *issued += 1;
            return json(200, &format!(r#"{{"access_token":"t{issued}","expires_in":3600}}"#));
        }
        match accepts(request.header("authorization").trim_start_matches("Bearer ")) {
            true => json(200, "{}"),
            false => json(401, ""),
        }
    })
    .await
}

fn asked(log: &Log) -> usize {
    log.lock().unwrap().iter().filter(|seen| seen.target == "/api/oauth/token").count()
}

fn use_until(path: &Path, seconds_from_now: i64) {
    let mut kept: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    kept["use_until"] = (jiff::Timestamp::now().as_second() + seconds_from_now).into();
    fs::write(path, kept.to_string()).unwrap();
}

#[tokio::test]
async fn one_token_serves_all_calls_and_the_next_run() {
    let directory = tempfile::tempdir().unwrap();
    let cache = directory.path().join("deep/token.json");
    let (url, log) = server(|_| true).await;
    let first = client(&url, account(Some(cache.clone())));
    assert!(join_all((0..8).map(|_| first.status())).await.iter().all(Result::is_ok));
    client(&url, account(Some(cache.clone()))).status().await.unwrap();
    assert_eq!(asked(&log), 1);
    {
        let log = log.lock().unwrap();
        assert_eq!(log[0].body, "grant_type=client_credentials");
        assert_eq!(log[0].header("authorization"), "Basic bWRiX3NhX2lkXzE6bWRiX3NhX3NrXysvPQ==");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&cache).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let left = fs::read_dir(cache.parent().unwrap()).unwrap();
    let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["token.json", "token.json.lock"]);

    use_until(&cache, -1);
    client(&url, account(Some(cache.clone()))).status().await.unwrap();
    assert_eq!(asked(&log), 2);
    fs::write(&cache, "{broken").unwrap();
    client(&url, account(Some(cache))).status().await.unwrap();
    assert_eq!(asked(&log), 3);
}

#[tokio::test]
async fn a_token_of_another_server_is_not_used() {
    let directory = tempfile::tempdir().unwrap();
    let cache = directory.path().join("token.json");
    let (one, _) = server(|_| true).await;
    let (two, log) = server(|_| true).await;
    client(&one, account(Some(cache.clone()))).status().await.unwrap();
    client(&two, account(Some(cache))).status().await.unwrap();
    assert_eq!(asked(&log), 1);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let (url, log) = server(|token| token == "t2").await;
    client(&url, account(None)).status().await.unwrap();
    assert_eq!(asked(&log), 2);

    let (url, log) = server(|_| false).await;
    client(&url, account(None)).status().await.unwrap_err();
    assert_eq!(asked(&log), 2);
}

#[tokio::test]
async fn a_server_that_refuses_what_it_issues_is_not_asked_for_every_call() {
    let (url, log) = server(|_| false).await;
    let client = client(&url, account(None));
    for _ in 0..4 {
        let error = client.status().await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    }
    assert!(join_all((0..4).map(|_| client.status())).await.iter().all(Result::is_err));
    assert_eq!(asked(&log), 2);
}

#[tokio::test]
async fn a_wrong_secret_is_tried_once() {
    let (url, log) = serve(|_, _| json(401, r#"{"error":"invalid_client"}"#)).await;
    let client = client(&url, account(None));
    assert!(join_all((0..8).map(|_| client.status())).await.iter().all(Result::is_err));
    let error = client.status().await.unwrap_err();
    assert_eq!(error.error_code(), Some("invalid_client"));
    let error = crate::error::Error::from(error);
    assert_eq!(error.kind(), crate::error::Kind::NotPermitted);
    assert!(error.hints()[0].contains("mdb_sa_id_1"), "{:?}", error.hints());
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_fails_those_who_wait_together() {
    let (url, log) = serve(|_, _| json(503, "{}")).await;
    let client = client(&url, account(None));
    assert!(join_all((0..8).map(|_| client.status())).await.iter().all(Result::is_err));
    assert_eq!(asked(&log), 3, "the attempts of one call");
    // Whoever comes later tries again.
    client.status().await.unwrap_err();
    assert_eq!(asked(&log), 6);
}

#[tokio::test]
async fn clients_with_one_cache_ask_in_turns() {
    let directory = tempfile::tempdir().unwrap();
    let cache = directory.path().join("token.json");
    let (url, log) = server(|_| true).await;
    let clients: Vec<_> = (0..8).map(|_| client(&url, account(Some(cache.clone())))).collect();
    assert!(join_all(clients.iter().map(|c| c.status())).await.iter().all(Result::is_ok));
    assert_eq!(asked(&log), 1);
}

#[tokio::test]
async fn a_turn_that_never_ends_is_not_waited_for() {
    let directory = tempfile::tempdir().unwrap();
    let cache = directory.path().join("token.json");
    let (url, log) = server(|_| true).await;
    let stuck = fs::File::create(directory.path().join("token.json.lock")).unwrap();
    stuck.lock().unwrap();
    let started = std::time::Instant::now();
    client(&url, account(Some(cache.clone()))).status().await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(2));
    assert_eq!(asked(&log), 1);
    // What it kept is used without waiting.
    client(&url, account(Some(cache))).status().await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(4));
    assert_eq!(asked(&log), 1);
}

#[tokio::test]
async fn the_throttling_of_the_token_endpoint_is_waited_out() {
    let (url, log) = serve(|before, request| match (before, request.target.as_str()) {
        (0, _) => with(json(429, "{}"), "retry-after", "0"),
        (_, "/api/oauth/token") => json(200, r#"{"access_token":"t","expires_in":60}"#),
        _ => json(200, "{}"),
    })
    .await;
    client(&url, account(None)).status().await.unwrap();
    assert_eq!(asked(&log), 2);
}

#[tokio::test]
async fn what_is_taken_away_is_revoked_by_the_secret_that_made_it() {
    let directory = tempfile::tempdir().unwrap();
    let cache = directory.path().join("token.json");
    let (url, log) = server(|_| true).await;
    let ours = client(&url, account(Some(cache.clone())));
    assert!(!ours.revoke_token().await.unwrap());
    ours.status().await.unwrap();
    let take = |id: &str| RemovedToken::take(&cache, id).unwrap();
    assert!(take("mdb_sa_id_2").is_none() && cache.exists(), "another account's is left");
    let taken = take("mdb_sa_id_1").unwrap();
    assert!(!cache.exists() && taken.ends().is_some());
    let other = Credential::ServiceAccount {
        id: "mdb_sa_id_1".to_owned(),
        secret: "mdb_sa_sk_other".into(),
        cache: None,
    };
    assert_eq!(
        client(&url, other).revoke_removed(&taken).await.unwrap_err().cause(),
        Cause::Refused
    );
    ours.revoke_removed(&taken).await.unwrap();
    let log = log.lock().unwrap();
    assert_eq!(log.last().unwrap().body, "token=t1&token_type_hint=access_token");
    assert_eq!(log.iter().filter(|seen| seen.target.contains("revoke")).count(), 1);
}

#[tokio::test]
async fn who_read_the_secret_before_a_sign_out_keeps_no_token_after_it() {
    let directory = tempfile::tempdir().unwrap();
    let cache = directory.path().join("token.json");
    let (url, _) = server(|_| true).await;
    let before = client(&url, account(Some(cache.clone())));
    assert!(RemovedToken::take(&cache, "mdb_sa_id_1").unwrap().is_none());
    before.status().await.unwrap();
    assert!(!cache.exists(), "the sign-out stands");
    let after = client(&url, account(Some(cache.clone())));
    after.status().await.unwrap();
    assert!(cache.exists(), "a new sign-in is kept");
}
