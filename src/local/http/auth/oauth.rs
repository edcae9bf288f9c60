//! `/api/oauth/token` and `/api/oauth/revoke`: tokens for service accounts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::local::crypto;
use crate::local::http::request::Request;
use crate::local::store::principals::{self, Principal};

/// Where a token is requested.
pub const TOKEN: &str = "/api/oauth/token";
/// Where a token is revoked.
pub const REVOKE: &str = "/api/oauth/revoke";

const LIFETIME_SECONDS: i64 = 3600;

/// Status and body; the error bodies are OAuth's own (RFC 6749, 5.2), not the API's.
pub type Answer = (u16, Value);

/// Answers either address.
///
/// # Errors
/// The store fails.
pub fn answer(db: &Connection, now: Timestamp, request: &Request) -> rusqlite::Result<Answer> {
    if request.method != http::Method::POST {
        return Ok((405, problem("invalid_request", "Only POST is supported here.")));
    }
    let Some(principal) = holder(db, request)? else {
        return Ok((401, problem("invalid_client", "The client id or secret is wrong.")));
    };
    let form: Vec<(String, String)> =
        url::form_urlencoded::parse(&request.body).into_owned().collect();
    let field = |name: &str| form.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str());
    if request.path() == REVOKE {
        let Some(token) = field("token") else {
            return Ok((400, problem("invalid_request", "The form lacks a token.")));
        };
        principals::revoke_token(db, &crypto::sha256_hex(token), &principal.name)?;
        return Ok((200, json!({})));
    }
    if field("grant_type") != Some("client_credentials") {
        let detail = "The only grant_type is client_credentials.";
        return Ok((400, problem("unsupported_grant_type", detail)));
    }
    let Ok(token) = crypto::random_token() else {
        return Ok((500, problem("server_error", "Cannot get random numbers.")));
    };
    let ends = now.checked_add(SignedDuration::from_secs(LIFETIME_SECONDS)).unwrap_or(now);
    principals::add_token(db, &crypto::sha256_hex(&token), &principal.name, now, ends)?;
    Ok((
        200,
        json!({ "access_token": token, "expires_in": LIFETIME_SECONDS, "token_type": "Bearer" }),
    ))
}

fn problem(error: &str, description: &str) -> Value {
    json!({ "error": error, "error_description": description })
}

fn holder(db: &Connection, request: &Request) -> rusqlite::Result<Option<Principal>> {
    let credentials = request
        .header("authorization")
        .and_then(|header| header.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, encoded)| STANDARD.decode(encoded.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let Some((id, secret)) = credentials.as_deref().and_then(|c| c.split_once(':')) else {
        return Ok(None);
    };
    let principal = principals::get(db, id)?;
    Ok(principal.filter(|p| crypto::same(&p.secret_digest, &crypto::sha256_hex(secret))))
}
