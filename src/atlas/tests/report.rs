use http::HeaderMap;

use super::*;
use crate::atlas::{Call, instances};

fn report(status: u16, body: &str, with_credential: bool) -> Error {
    let call = Call::new(&instances::GET).path("groupId", "p").path("tenantName", "inst");
    let status = StatusCode::from_u16(status).unwrap();
    ApiError::from_answer(status, &HeaderMap::new(), body.as_bytes())
        .of(&call, with_credential)
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
        assert_eq!(report(status, r#"{"errorCode":null}"#, true).kind(), kind, "{status}");
    }
}

#[test]
fn hints_say_what_to_do() {
    assert!(report(401, "", false).hints()[0].contains("no credentials are set"));
    assert!(report(401, "", true).hints()[0].contains("were not accepted"));
    let body = r#"{"detail":"IP address 192.0.2.7 is not allowed to access this resource.",
                   "errorCode":"IP_ADDRESS_NOT_ON_ACCESS_LIST"}"#;
    let error = report(403, body, true);
    assert!(error.hints()[0].contains("add 192.0.2.7 to the access list of the API key"));
    assert_eq!(error.api_facts().error_code.as_deref(), Some("IP_ADDRESS_NOT_ON_ACCESS_LIST"));
    let error = report(403, r#"{"errorCode":"USER_UNAUTHORIZED"}"#, true);
    assert!(error.hints()[0].contains("Project"), "{:?}", error.hints());
    let error = report(404, "<html>", true);
    assert_eq!(
        error.to_string(),
        "cannot read stream processing instance inst: the server answered 404 Not Found"
    );
}
