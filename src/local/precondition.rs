//! `If-Match`: a write that is answered only while its object is what the client has read.
//!
//! Atlas knows no such thing. Between a look and a write of the tool itself, somebody else's write
//! would be lost; here, where several may work on one store, none is.

use rusqlite::Connection;

use super::refusal::Refusal;
use super::reply::Body;
use super::request::Call;
use super::routes::{self, Found};
use crate::fingerprint;

/// Refuses a write whose object has another fingerprint than the request names.
pub fn check(call: &Call<'_>, db: &Connection) -> Result<(), Refusal> {
    let Some(wanted) = call.request.header("if-match") else { return Ok(()) };
    let wanted: Vec<&str> = wanted.split(',').map(|tag| tag.trim().trim_matches('"')).collect();
    if wanted.contains(&"*") {
        return Ok(());
    }
    let Found::Operation(reads, params) = routes::find("GET", call.request.path()) else {
        return Ok(());
    };
    let is_it = |route: &&routes::Route| {
        let look = Call { db, params: &params, ..*call };
        // What is not there is the write's own to say.
        (route.handler)(&look).map_or(true, |reply| match reply.body {
            Body::Json(object) => wanted.contains(&&*fingerprint::of(object)),
            _ => true,
        })
    };
    match reads.iter().copied().any(|route| is_it(&route)) {
        true => Ok(()),
        false => Err(Refusal::new(
            412,
            "PRECONDITION_FAILED",
            "The object is no longer what If-Match says.",
        )),
    }
}
