//! Addresses that may reach a project's databases.

use serde_json::{Value, json};

use crate::local::domain::{Attributes, access_list};
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;
use crate::local::http::{links, paging};

const ALL: &str = "/groups/{groupId}/accessList";
const ONE: &str = "/groups/{groupId}/accessList/{entryValue}";
const STATUS: &str = "/groups/{groupId}/accessList/{entryValue}/status";
const DATE: &str = "2023-01-01";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupAccessListEntries", "GET", ALL, DATE, list),
    Route::json("createGroupAccessListEntry", "POST", ALL, DATE, create),
    Route::json("getGroupAccessListEntry", "GET", ONE, DATE, get),
    Route::json("deleteGroupAccessListEntry", "DELETE", ONE, DATE, delete),
    Route::json("getGroupAccessListStatus", "GET", STATUS, DATE, status),
];

fn list(call: &Admitted<'_>) -> Outcome {
    let query = |part| access_list::list(&call.work, call.project(), part);
    paging::page_of(call, query, |entry| linked(call, entry))
}

fn get(call: &Admitted<'_>) -> Outcome {
    let entry = access_list::get(&call.work, call.project(), named(call))?;
    Ok(Reply::ok(linked(call, entry)))
}

/// An entry with a link to itself: its address or block with a prefix, or its security group.
fn linked(call: &Admitted<'_>, entry: Value) -> Value {
    let key = access_list::key_of(&entry);
    links::to_self(call, entry, &["groups", call.project(), "accessList", &key])
}

fn status(call: &Admitted<'_>) -> Outcome {
    let pending = access_list::is_pending(&call.work, call.project(), named(call))?;
    Ok(Reply::ok(json!({ "STATUS": if pending { "PENDING" } else { "ACTIVE" } })))
}

fn create(call: &Admitted<'_>) -> Outcome {
    let Ok(Value::Array(given)) = serde_json::from_slice(&call.request.body) else {
        return Err(malformed("The body must be a JSON array of entries."));
    };
    let entries = given.into_iter().map(|entry| match entry {
        Value::Object(entry) => Ok(call.request.given(entry)),
        _ => Err(malformed("An entry must be a JSON object.")),
    });
    let entries = entries.collect::<Result<Vec<Attributes>, _>>()?;
    access_list::add(&call.work, call.project(), &entries)?;
    Ok(Reply { status: 201, ..list(call)? })
}

fn delete(call: &Admitted<'_>) -> Outcome {
    access_list::delete(&call.work, call.project(), named(call))?;
    Ok(Reply::no_content())
}

fn named<'a>(call: &Admitted<'a>) -> &'a str {
    call.param("entryValue")
}

fn malformed(detail: &str) -> ErrorReply {
    ErrorReply::bad("MALFORMED_JSON", detail)
}
