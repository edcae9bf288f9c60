//! Peerings of VPCs that others have asked for, and the account that they are asked of.

use serde_json::json;

use crate::local::domain::peerings::{self, PeeringId};
use crate::local::http::paging;
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const ALL: &str = "/groups/{groupId}/streams/vpcPeeringConnections";
const ACTIVE: &str = "/groups/{groupId}/streams/activeVpcPeeringConnections";
const ONE: &str = "/groups/{groupId}/streams/vpcPeeringConnections/{id}";
const ACCEPT: &str = "/groups/{groupId}/streams/vpcPeeringConnections/{id}:accept";
const REJECT: &str = "/groups/{groupId}/streams/vpcPeeringConnections/{id}:reject";
const ACCOUNT: &str = "/groups/{groupId}/streams/accountDetails";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamVpcPeeringConnections", "GET", ALL, "2023-02-01", list),
    Route::json("listGroupStreamActiveVpcPeeringConnections", "GET", ACTIVE, "2024-11-13", active),
    Route::json("acceptGroupStreamVpcPeeringConnection", "POST", ACCEPT, "2023-02-01", accept),
    Route::json("rejectGroupStreamVpcPeeringConnection", "POST", REJECT, "2023-02-01", reject),
    Route::json("deleteGroupStreamVpcPeeringConnection", "DELETE", ONE, "2023-02-01", delete),
    Route::json("getGroupStreamAccountDetails", "GET", ACCOUNT, "2024-11-13", account),
];

fn list(call: &Admitted<'_>) -> Outcome {
    let account = required(call, "requesterAccountId")?;
    paging::page(call, |part| peerings::list(&call.work, call.project(), &account, part))
}

fn active(call: &Admitted<'_>) -> Outcome {
    paging::page(call, |part| peerings::active(&call.work, call.project(), part))
}

fn accept(call: &Admitted<'_>) -> Outcome {
    peerings::accept(&call.work, named(call), &call.object()?)?;
    Ok(Reply::json(202, json!({})))
}

fn reject(call: &Admitted<'_>) -> Outcome {
    peerings::reject(&call.work, named(call))?;
    Ok(Reply::json(202, json!({})))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    peerings::delete(&call.work, named(call))?;
    Ok(Reply::json(202, json!({})))
}

fn account(call: &Admitted<'_>) -> Outcome {
    let (provider, region) = (required(call, "cloudProvider")?, required(call, "regionName")?);
    Ok(Reply::ok(peerings::account(call.project(), &provider, &region)?))
}

fn named<'a>(call: &Admitted<'a>) -> PeeringId<'a> {
    PeeringId { project: call.project(), id: call.param("id") }
}

/// A query parameter that must be there.
fn required(call: &Admitted<'_>, name: &str) -> Result<String, ErrorReply> {
    call.query(name).ok_or_else(|| {
        let detail = format!("The query parameter {name} is required.");
        ErrorReply::bad("MISSING_QUERY_PARAMETER", detail)
    })
}
