use axum::response::Response;
use futures_util::future::join_all;
use serde_json::json as value;

use super::*;
use crate::atlas::{ApiError, users};

fn challenge(nonce: &str, stale: bool) -> Response {
    let text = format!(
        "Digest realm=\"MMS Public API\", domain=\"\", nonce=\"{nonce}\", algorithm=MD5, \
         qop=\"auth\", stale={stale}"
    );
    with(json(401, ""), "www-authenticate", &text)
}

/// Accepts whatever is signed with one of the nonces.
fn accept(request: &SeenRequest, current: &str) -> Response {
    match request.digest("nonce") {
        nonce if nonce == current => json(200, r#"{"username":"alice"}"#),
        nonce => challenge(current, !nonce.is_empty()),
    }
}

#[tokio::test]
async fn calls_that_start_together_share_one_challenge() {
    let (url, log) = serve(|_, request| accept(request, "n1")).await;
    let client = client(&url, key());
    let calls = (0..8).map(|_| client.user("p", "admin", "alice"));
    let answers: Result<Vec<_>, ApiError> = join_all(calls).await.into_iter().collect();
    assert_eq!(answers.unwrap().len(), 8);

    let log = log.lock().unwrap();
    assert_eq!(log.len(), 9);
    assert_eq!(log[0].target, "/api/atlas/v2");
    assert_eq!(log.iter().filter(|seen| seen.header("authorization").is_empty()).count(), 1);
    let mut counts: Vec<_> = log[1..].iter().map(|seen| seen.digest("nc")).collect();
    counts.sort();
    let expected: Vec<_> = (1..=8).map(|count| format!("{count:08x}")).collect();
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn the_query_is_signed() {
    let (url, log) = serve(|_, request| accept(request, "n1")).await;
    let call = crate::atlas::Call::new(&users::LIST).path("groupId", "p").query("pageNum", 2);
    client(&url, key()).send(&call).await.unwrap();
    let log = log.lock().unwrap();
    assert_eq!(log[1].digest("uri"), log[1].target);
    assert!(log[1].target.ends_with("?pageNum=2"));
}

#[tokio::test]
async fn a_stale_nonce_costs_one_more_request_even_for_a_write() {
    let (url, log) =
        serve(|before, request| accept(request, if before < 2 { "n1" } else { "n2" })).await;
    let client = client(&url, key());
    client.user("p", "admin", "alice").await.unwrap();
    client.send(&users::create_call("p", value!({"username": "alice"}))).await.unwrap();
    let log = log.lock().unwrap();
    assert_eq!(log.len(), 4);
    assert_eq!(log[3].digest("nonce"), "n2");
    assert_eq!(log[3].digest("nc"), "00000001");
    assert_eq!(log[3].body, r#"{"username":"alice"}"#);
}

#[tokio::test]
async fn a_second_refusal_is_the_answer() {
    let (url, log) = serve(|_, _| challenge("n", false)).await;
    let error = client(&url, key()).user("p", "admin", "alice").await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(log.lock().unwrap().len(), 3);
    assert!(!format!("{error:?}{error}").contains("private half"));
}

#[tokio::test]
async fn a_refusal_without_a_challenge_asks_for_one() {
    let (url, _) = serve(|before, request| match before {
        1 => json(401, ""),
        _ => accept(request, if before == 0 { "n1" } else { "n2" }),
    })
    .await;
    client(&url, key()).user("p", "admin", "alice").await.unwrap();
}

#[tokio::test]
async fn public_operations_and_nobody_send_no_credential() {
    let (url, log) = serve(|_, _| json(200, "{}")).await;
    client(&url, key()).control_plane_addresses().await.unwrap();
    client(&url, Credential::None).status().await.unwrap();
    client(&url, Credential::Bearer("t0ken".into())).status().await.unwrap();
    let log = log.lock().unwrap();
    let sent: Vec<_> = log.iter().map(|seen| seen.header("authorization")).collect();
    assert_eq!(sent, ["", "", "Bearer t0ken"]);
}
