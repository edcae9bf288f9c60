//! What stores refuse, and what to do about it.

use std::error::Error as _;

use super::Place;
use crate::error::{Error, Kind};

/// The error of a call about an object.
pub(super) fn error(place: &Place, name: &str, error: object_store::Error) -> Error {
    let code = code(&error);
    let (address, bucket) = (place.of(name), &place.bucket);
    let known = |kind: Kind, what: String| Error::new(kind, what);
    match code.as_deref() {
        Some("NoSuchBucket") => known(Kind::NotFound, format!("there is no bucket {bucket}"))
            .hint("create it first; is --region, or --endpoint, that of the bucket?"),
        Some("SignatureDoesNotMatch") => {
            known(Kind::NotPermitted, format!("{bucket}: the secret of the access key is wrong"))
                .hint("AWS_SECRET_ACCESS_KEY must belong to AWS_ACCESS_KEY_ID")
        }
        Some("InvalidAccessKeyId" | "XAdminUserNotFound") => {
            known(Kind::NotPermitted, format!("{bucket}: there is no such access key"))
                .hint("is AWS_ACCESS_KEY_ID the key of another server, or was it deleted?")
        }
        Some("ExpiredToken" | "InvalidToken" | "TokenRefreshRequired") => known(
            Kind::NotPermitted,
            format!("{bucket}: the session token is no longer valid"),
        )
        .hint("sign in again, and set AWS_SESSION_TOKEN anew, or unset it for a permanent key"),
        Some("RequestTimeTooSkewed") => {
            known(Kind::NotPermitted, format!("{bucket}: the clock of this machine is wrong"))
                .hint("set the clock: requests are signed with the time")
        }
        Some(
            "PermanentRedirect"
            | "AuthorizationHeaderMalformed"
            | "IllegalLocationConstraintException",
        ) => known(Kind::Usage, format!("{bucket} is in another region"))
            .hint("add --region with the bucket's, or set AWS_REGION"),
        Some(code) => {
            let what = format!("{address}: the store says {code}");
            match &error {
                object_store::Error::PermissionDenied { .. }
                | object_store::Error::Unauthenticated { .. } => known(Kind::NotPermitted, what)
                    .hint("the key needs s3:PutObject, s3:GetObject and s3:ListBucket here"),
                object_store::Error::NotFound { .. } => known(Kind::NotFound, what),
                _ if matches!(code, "SlowDown" | "ServiceUnavailable" | "InternalError") => {
                    known(Kind::Unavailable, what).hint("try again: what is there already is kept")
                }
                _ => known(Kind::Failed, what),
            }
        }
        None => by_kind(&address, error),
    }
}

fn by_kind(address: &str, error: object_store::Error) -> Error {
    let kind = match &error {
        object_store::Error::NotFound { .. } => {
            return Error::not_found(format!("{address}: not found"));
        }
        object_store::Error::PermissionDenied { .. }
        | object_store::Error::Unauthenticated { .. } => {
            return Error::new(Kind::NotPermitted, format!("{address}: access denied"))
                .hint("the key needs s3:PutObject, s3:GetObject and s3:ListBucket here");
        }
        object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. } => {
            return Error::new(Kind::Conflict, format!("{address} was written meanwhile"))
                .hint("is another export running?");
        }
        _ => Kind::Unavailable,
    };
    let text = innermost(&error);
    match text.contains("incorrectly configured region") {
        true => Error::usage(format!("{address}: the bucket is in another region"))
            .hint("add --region with the bucket's, or set AWS_REGION"),
        false => Error::new(kind, format!("{address}: {text}"))
            .hint("try again: what is there already is kept"),
    }
}

/// Whether an error says no more than that an object is not there, or may not be looked at.
pub(super) fn is_about_object(error: &Error) -> bool {
    let text = error.to_string();
    match error.kind() {
        Kind::NotFound => text.ends_with("NoSuchKey") || text.ends_with("not found"),
        Kind::NotPermitted => text.ends_with("AccessDenied") || text.ends_with("access denied"),
        _ => false,
    }
}

/// The code that S3 gives an error, from the answer's text.
fn code(error: &object_store::Error) -> Option<String> {
    let mut source = error.source();
    while let Some(error) = source {
        let text = error.to_string();
        let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        if let Some((code, _)) = code {
            return Some(code.to_owned());
        }
        source = error.source();
    }
    None
}

fn innermost(error: &object_store::Error) -> String {
    let mut last: &dyn std::error::Error = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
