use std::time::Instant;

use serde_json::json as value;

use super::*;
use crate::atlas::{Call, Cause, users};

#[tokio::test]
async fn a_request_carries_its_version_and_an_id() {
    let (url, log) = serve(|_, _| with(json(201, "{}"), "x-request-id", "theirs")).await;
    let client = client(&url, Credential::None);
    client.send(&users::create_call("p/q", value!({"username": "a"}))).await.unwrap();
    let answer = client.send(&users::delete_call("p", "$external", "CN=é, O=x/y")).await.unwrap();
    assert_eq!(answer.request_id, "theirs");
    let log = log.lock().unwrap();
    assert_eq!(log[0].target, "/api/atlas/v2/groups/p%2Fq/databaseUsers");
    assert_eq!(log[0].header("accept"), "application/vnd.atlas.2023-01-01+json");
    assert_eq!(log[0].header("content-type"), "application/vnd.atlas.2023-01-01+json");
    assert_eq!(log[0].header("x-request-id").len(), 32);
    assert_eq!(
        log[1].target,
        "/api/atlas/v2/groups/p/databaseUsers/$external/CN%3D%C3%A9%2C%20O%3Dx%2Fy"
    );
    assert_eq!(log[1].header("content-type"), "");
}

#[tokio::test]
async fn names_that_no_path_can_hold_are_not_sent() {
    let (url, log) = serve(|_, _| json(200, "{}")).await;
    for name in ["", ".", ".."] {
        let call = users::delete_call("p", "admin", name);
        let error = client(&url, Credential::None).send(&call).await.unwrap_err();
        assert_eq!(error.cause(), Cause::Refused);
    }
    assert!(log.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_read_is_repeated_and_a_write_only_where_nothing_was_done() {
    for (status, reads, writes) in [(429, 2, 2), (503, 2, 1), (502, 2, 1), (500, 1, 1)] {
        for (method, requests) in [("GET", reads), ("POST", writes)] {
            let (url, log) = serve(move |before, _| match before {
                0 => json(status, r#"{"errorCode":"X"}"#),
                _ => json(200, "{}"),
            })
            .await;
            let client = client(&url, Credential::None);
            let outcome = match method {
                "GET" => client.user("p", "admin", "a").await.map(drop),
                _ => client.send(&users::create_call("p", value!({}))).await.map(drop),
            };
            assert_eq!(log.lock().unwrap().len(), requests, "{method} {status}");
            assert_eq!(outcome.is_ok(), requests == 2, "{method} {status}");
        }
    }
}

#[tokio::test]
async fn throttling_may_come_as_a_400_and_ends_after_all_attempts() {
    let (url, log) =
        serve(|_, _| json(400, r#"{"errorCode":"INVITATIONS_RATE_LIMITED_IP"}"#)).await;
    let error = client(&url, Credential::None)
        .send(&users::create_call("p", value!({})))
        .await
        .unwrap_err();
    assert_eq!(log.lock().unwrap().len(), 3);
    assert!(error.is_throttled());
}

#[tokio::test]
async fn retry_after_is_obeyed_within_limits() {
    let (url, log) = serve(|before, _| match before {
        0 => with(json(429, "{}"), "retry-after", "1"),
        _ => json(200, "{}"),
    })
    .await;
    let started = Instant::now();
    client(&url, Credential::None).status().await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(1000));
    assert_eq!(log.lock().unwrap().len(), 2);

    let (url, log) = serve(|_, _| with(json(503, "{}"), "retry-after", "3600")).await;
    client(&url, Credential::None).status().await.unwrap_err();
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_body_that_was_cut_is_read_again() {
    let (url, log) = serve(|before, _| match before {
        0 => cut("{\"userna"),
        _ => json(200, r#"{"username":"alice"}"#),
    })
    .await;
    let user = client(&url, Credential::None).user("p", "admin", "alice").await.unwrap();
    assert_eq!(user.view.username, "alice");
    assert_eq!(log.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let (other, seen) = serve(|_, _| json(200, "{}")).await;
    let (url, _) =
        serve(move |_, _| with(json(307, ""), "location", &format!("{other}stolen"))).await;
    let error = client(&url, Credential::Bearer("t".into())).status().await.unwrap_err();
    assert_eq!(error.cause(), Cause::Redirected);
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn no_connection_is_unavailable_and_plain_http_stays_at_home() {
    let nobody: Url = "http://127.0.0.1:1".parse().unwrap();
    let error = client(&nobody, Credential::None).status().await.unwrap_err();
    assert_eq!(error.cause(), Cause::NoConnection);

    let settings = Settings::new("http://cloud.mongodb.com".parse().unwrap());
    let error = Client::new(settings.clone()).unwrap_err();
    assert_eq!(error.cause(), Cause::ClearText);
    Client::new(Settings { allow_http: true, ..settings.clone() }).unwrap();

    let base_url = "https://user:hunter22@cloud.mongodb.com".parse().unwrap();
    let error = Client::new(Settings { base_url, ..settings }).unwrap_err();
    assert!(!error.to_string().contains("hunter22"));
}

#[tokio::test]
async fn certificates_are_read_for_https_only() {
    let missing = Some("/nonexistent/bundle.pem".into());
    let plain = Settings::new("http://127.0.0.1:1".parse().unwrap());
    Client::new(Settings { ca_file: missing.clone(), ..plain.clone() }).unwrap();
    let base_url = "https://127.0.0.1:1".parse().unwrap();
    let error = Client::new(Settings { ca_file: missing, base_url, ..plain }).unwrap_err();
    assert_eq!(error.cause(), Cause::Bundle);
    assert!(error.to_string().contains("/nonexistent/bundle.pem"));
}

#[tokio::test]
async fn errors_say_what_atlas_said_but_no_secret() {
    let body = r#"{"detail":"Password hunter22 is weak.","errorCode":"BAD_PASSWORD"}"#;
    let (url, _) = serve(move |_, _| json(400, body)).await;
    let call = users::update_call("p", "admin", "alice", value!({"password": "hunter22"}));
    assert!(!format!("{call:?}").contains("hunter22"));
    let error = client(&url, Credential::None).send(&call).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot update database user alice: Password ******** is weak [BAD_PASSWORD]"
    );
}

#[tokio::test]
async fn a_batch_never_meets_a_429() {
    let windows = Mutex::new((Instant::now(), 0u32));
    let (url, log) = serve(move |_, _| {
        let mut window = windows.lock().unwrap();
        if window.0.elapsed() >= Duration::from_millis(200) {
            *window = (Instant::now(), 0);
        }
        window.1 += 1;
        match window.1 {
            count @ 1..=10 => {
                with(json(200, "{}"), "ratelimit-remaining", &(10 - count).to_string())
            }
            _ => json(429, "{}"),
        }
    })
    .await;
    let client = client(&url, Credential::None);
    use futures_util::{StreamExt, stream};
    let calls = (0..30).map(|_| {
        let client = client.clone();
        async move { client.send(&Call::new(&users::LIST).path("groupId", "p")).await }
    });
    let answers: Vec<_> = stream::iter(calls).buffer_unordered(8).collect().await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(log.lock().unwrap().len(), 30);
}

#[tokio::test]
async fn interim_answers_without_end_are_no_answer() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: Url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(100);
                while stream.write_all(interim.as_bytes()).await.is_ok() {}
            });
        }
    });
    let client = Client::new(Settings {
        idle_timeout: Duration::from_millis(300),
        retry: Retry { attempts: 2, first_wait: Duration::from_millis(2), ..Retry::default() },
        ..Settings::new(url)
    })
    .unwrap();
    let answer = tokio::time::timeout(Duration::from_secs(20), client.status());
    let error = answer.await.expect("it does not wait for ever").unwrap_err();
    assert_eq!(error.cause(), Cause::Timeout);
}
