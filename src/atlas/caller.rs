//! As whom a call was made, as far as messages may show it.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;

/// The caller of a call, without anything secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Caller {
    /// Nobody: the call carried no credential.
    #[default]
    Nobody,
    /// An API key, by its public half.
    Key(String),
    /// A service account, by its id.
    Account(String),
    /// The holder of an access token.
    Token {
        /// When the token ends, if it says so.
        ends: Option<Timestamp>,
    },
}

/// When an access token expires. Atlas' tokens are JSON Web Tokens (RFC 7519), which say so; others
/// do not. Nothing is verified: this explains a refusal and decides none.
pub(super) fn end_of(token: &str) -> Option<Timestamp> {
    #[derive(Deserialize)]
    struct Claims {
        exp: i64,
    }
    let mut parts = token.split('.');
    let (Some(_), Some(claims), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: Claims = serde_json::from_slice(&claims).ok()?;
    Timestamp::from_second(claims.exp).ok()
}

#[cfg(test)]
mod tests {
    use super::end_of;

    #[test]
    fn a_token_tells_its_end_and_an_opaque_one_nothing() {
        // {"exp":1700000000}
        let ends = end_of("e30.eyJleHAiOjE3MDAwMDAwMDB9.c2ln");
        assert_eq!(ends.map(|end| end.as_second()), Some(1_700_000_000));
        for opaque in ["", "opaque", "a.b.c", "a.b", "a.b.c.d"] {
            assert_eq!(end_of(opaque), None, "{opaque}");
        }
    }
}
