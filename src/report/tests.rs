use http::{HeaderMap, StatusCode, header};
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::atlas::{Call, Caller, Client, Settings, instances};
use crate::mask::Known;

fn key() -> Caller {
    Caller::Key("abcdefgh".to_owned())
}

fn report(status: u16, body: &str, caller: Caller) -> Error {
    let call = Call::new(&instances::GET).path("groupId", "p").path("tenantName", "inst");
    let status = StatusCode::from_u16(status).unwrap();
    ApiError::from_answer(status, &HeaderMap::new(), body.as_bytes(), &Known::default())
        .of(&call, caller)
        .into()
}

#[test]
fn the_status_decides_the_kind() {
    for (status, kind) in [
        (400, Kind::Failed),
        (401, Kind::NotPermitted),
        (403, Kind::NotPermitted),
        (404, Kind::NotFound),
        (409, Kind::Conflict),
        (429, Kind::Unavailable),
        (500, Kind::Failed),
        (503, Kind::Unavailable),
    ] {
        assert_eq!(report(status, r#"{"errorCode":null}"#, key()).kind(), kind, "{status}");
    }
    let throttled = report(400, r#"{"errorCode":"INVITATIONS_RATE_LIMITED_IP"}"#, key());
    assert_eq!(throttled.kind(), Kind::Unavailable);
    let settings = Settings::new("http://cloud.mongodb.com".parse().unwrap());
    assert_eq!(Error::from(Client::new(settings).unwrap_err()).kind(), Kind::Usage);
}

#[test]
fn hints_say_what_to_do() {
    assert!(report(401, "", Caller::Nobody).hints()[0].contains("no credentials are set"));
    assert!(report(401, "", key()).hints()[0].contains("key abcdefgh was not accepted"));
    let body = r#"{"detail":"IP address 192.0.2.7 is not allowed to access this resource.",
                   "errorCode":"IP_ADDRESS_NOT_ON_ACCESS_LIST"}"#;
    let error = report(403, body, key());
    assert!(
        error.hints()[0]
            .contains("add 192.0.2.7 to the access list of the API key abcdefgh itself")
    );
    assert_eq!(error.api_facts().error_code.as_deref(), Some("IP_ADDRESS_NOT_ON_ACCESS_LIST"));
    let error = report(403, r#"{"errorCode":"USER_UNAUTHORIZED"}"#, key());
    assert!(error.hints()[0].contains("Project"), "{:?}", error.hints());
    let error = report(404, "<html>", key());
    assert_eq!(
        error.to_string(),
        "cannot read stream processing instance inst: the server answered 404 Not Found"
    );
}

/// The answer of a server whose clock is this many minutes behind ours.
fn dated(status: u16, minutes: i64) -> Error {
    let call = Call::new(&instances::GET).path("groupId", "p").path("tenantName", "inst");
    let date = Timestamp::now() - SignedDuration::from_mins(minutes);
    let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let headers = [(header::DATE, date.parse().unwrap())].into_iter().collect();
    let status = StatusCode::from_u16(status).unwrap();
    ApiError::from_answer(status, &headers, b"", &Known::default()).of(&call, key()).into()
}

#[test]
fn a_wrong_clock_is_reported_and_only_a_wrong_one() {
    for status in [401, 403] {
        let ahead = dated(status, 17);
        assert!(ahead.hints()[0].contains("clock is 17 minutes ahead of"), "{:?}", ahead.hints());
        let behind = dated(status, -17);
        assert!(behind.hints()[0].contains("minutes behind"), "{:?}", behind.hints());
        for minutes in [-4, 0, 4] {
            let error = dated(status, minutes);
            assert!(!error.hints().iter().any(|hint| hint.contains("clock")), "{minutes}");
        }
    }
    assert!(!dated(404, 17).hints().iter().any(|hint| hint.contains("clock")));
}

#[test]
fn an_expired_token_is_called_expired() {
    let ends = Some("2023-11-14T22:13:20Z".parse().unwrap());
    let error = report(401, "", Caller::Token { ends });
    assert!(error.hints()[0].contains("expired at 2023-11-14T22:13:20Z"), "{:?}", error.hints());
    let error = report(401, "", Caller::Token { ends: None });
    assert!(error.hints()[0].contains("it has expired, was revoked"), "{:?}", error.hints());
}

#[test]
fn a_web_page_is_not_mistaken_for_the_api() {
    let call = Call::new(&instances::GET).path("groupId", "p").path("tenantName", "inst");
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8".parse().unwrap())];
    let error = ApiError::from_answer(
        StatusCode::FORBIDDEN,
        &headers.into_iter().collect(),
        b"<html>Blocked</html>",
        &Known::default(),
    );
    let error: Error = error.of(&call, key()).through(Some("proxy:3128")).into();
    assert!(error.hints()[0].contains("the proxy proxy:3128"), "{:?}", error.hints());
    assert!(!error.hints().iter().any(|hint| hint.contains("roles")), "{:?}", error.hints());
}
