//! `If-Match`: a write that is answered only while its object is what the client has read.
//!
//! Atlas has no such thing. There, a write by somebody else between the tool's read and its write
//! is lost; here, where several may work on one store, none is.

use bytes::Bytes;
use http::{Method, header};

use super::refusal::ErrorReply;
use super::reply::Body;
use super::request::{Admitted, Request};
use super::routes::{self, Lookup};
use crate::fingerprint;

/// Refuses a write whose object has another fingerprint than the request names.
///
/// # Errors
/// 400 for a condition that is not text; 412 if it does not hold, or if that cannot be known.
pub fn check(call: &Admitted<'_>) -> Result<(), ErrorReply> {
    let mut wanted = Vec::new();
    // Several lines are one list.
    for line in call.request.headers.get_all(header::IF_MATCH) {
        let Ok(line) = line.to_str() else {
            return Err(ErrorReply::bad(
                "INVALID_HEADER",
                "If-Match is not a list of entity tags.",
            ));
        };
        wanted.extend(line.split(',').map(fingerprint_of));
    }
    if wanted.is_empty() || wanted.contains(&"*") {
        return Ok(());
    }
    let path = call.request.path();
    let Lookup::Operation { routes: reads, params, .. } = routes::find("GET", path) else {
        // A peering and what is done by a verb have no answer of their own that a client could
        // have read: as with Atlas, the condition says nothing.
        return Ok(());
    };
    // Reads the object alone: query and body belong to the write.
    let (method, target, body) = (Method::GET, path.to_owned(), Bytes::new());
    let request = Request { method, target, body, ..call.request.clone() };
    let look = Admitted { params: &params, request: &request, ..*call };
    let is_it = |route: &routes::Route| match (route.handler)(&look).map(|reply| reply.body) {
        Ok(Body::Json(object)) => wanted.contains(&&*fingerprint::of(object)),
        Ok(_) => false,
        // The write itself reports a missing object.
        Err(refusal) => refusal.status == 404,
    };
    match reads.into_iter().any(is_it) {
        true => Ok(()),
        false => Err(ErrorReply::new(
            412,
            "PRECONDITION_FAILED",
            "The object no longer matches If-Match.",
        )),
    }
}

/// What an entity tag says, be it weak.
fn fingerprint_of(tag: &str) -> &str {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"')
}
