//! Stream processors.

use serde_json::json;

use super::instances;
use crate::local::domain::Attributes;
use crate::local::domain::processors::{self, ProcessorName};
use crate::local::http::paging;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const NEW: &str = "/groups/{groupId}/streams/{tenantName}/processor";
const ALL: &str = "/groups/{groupId}/streams/{tenantName}/processors";
const ONE: &str = "/groups/{groupId}/streams/{tenantName}/processor/{processorName}";
const START: &str = "/groups/{groupId}/streams/{tenantName}/processor/{processorName}:start";
const START_WITH: &str =
    "/groups/{groupId}/streams/{tenantName}/processor/{processorName}:startWith";
const STOP: &str = "/groups/{groupId}/streams/{tenantName}/processor/{processorName}:stop";

pub const ROUTES: &[Route] = &[
    Route::json("getGroupStreamProcessors", "GET", ALL, "2024-05-30", list),
    Route::json("createGroupStreamProcessor", "POST", NEW, "2024-05-30", create),
    Route::json("getGroupStreamProcessor", "GET", ONE, "2024-05-30", get),
    Route::json("updateGroupStreamProcessor", "PATCH", ONE, "2024-05-30", update),
    Route::json("deleteGroupStreamProcessor", "DELETE", ONE, "2024-05-30", delete),
    Route::json("startGroupStreamProcessor", "POST", START, "2024-05-30", start),
    Route::json("startGroupStreamProcessorWith", "POST", START_WITH, "2025-03-12", start_with),
    Route::json("stopGroupStreamProcessor", "POST", STOP, "2024-05-30", stop),
];

fn list(call: &Admitted<'_>) -> Outcome {
    paging::page(call, |part| processors::list(&call.work, instances::named(call), part))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(processors::get(&call.work, named(call))?))
}

fn create(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(processors::create(&call.work, instances::named(call), &call.object()?)?))
}

fn update(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(processors::update(&call.work, named(call), call.object()?)?))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    processors::delete(&call.work, named(call))?;
    Ok(Reply::no_content())
}

fn start(call: &Admitted<'_>) -> Outcome {
    processors::start(&call.work, named(call))?;
    Ok(Reply::ok(json!({})))
}

fn start_with(call: &Admitted<'_>) -> Outcome {
    let given = match call.request.body.is_empty() {
        true => Attributes::new(),
        false => call.object()?,
    };
    processors::start_with(&call.work, named(call), &given)?;
    Ok(Reply::ok(json!({})))
}

fn stop(call: &Admitted<'_>) -> Outcome {
    processors::stop(&call.work, named(call))?;
    Ok(Reply::ok(json!({})))
}

fn named<'a>(call: &Admitted<'a>) -> ProcessorName<'a> {
    ProcessorName { instance: instances::named(call), name: call.param("processorName") }
}
