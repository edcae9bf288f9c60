//! Peerings of VPCs that others have asked for, and the account that they are asked of.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::local::crypto;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};

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

/// How long the cloud takes to do what it was asked.
const WORKING: SignedDuration = SignedDuration::from_secs(2);

/// A project has a handful of peerings: they are read whole.
fn all(call: &Call<'_>) -> rusqlite::Result<Vec<Value>> {
    docs::list(call.db, call.now, kind::PEERING, call.project(), -1, 0)
}

fn list(call: &Call<'_>) -> Outcome {
    let Some(account) = call.query("requesterAccountId") else {
        let detail = "The query parameter requesterAccountId is required.";
        return Err(Refusal::bad("MISSING_QUERY_PARAMETER", detail));
    };
    let mut peerings = all(call)?;
    peerings.retain(|peering| peering["requesterAccountId"] == account);
    reply::chosen(call, peerings)
}

fn active(call: &Call<'_>) -> Outcome {
    let mut peerings = all(call)?;
    peerings.retain(|peering| peering["localStatus"] == "ACTIVE");
    reply::chosen(call, peerings)
}

fn accept(call: &Call<'_>) -> Outcome {
    let peering = find(call)?;
    let given = call.object()?;
    for name in ["requesterAccountId", "requesterVpcId"] {
        match given.get(name) {
            None => {
                let detail = format!("The required attribute {name} was not specified.");
                return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
            }
            Some(value) if *value == peering[name] => {}
            Some(_) => return Err(Refusal::attribute(name, "it is not the requester's")),
        }
    }
    let done = json!({
        "cloudStatus": "active", "localStatus": "ACTIVE", "statusMessage": "Active",
    });
    answer(call, peering, "ACCEPT_REQUESTED", done)
}

fn reject(call: &Call<'_>) -> Outcome {
    let done = json!({
        "cloudStatus": "rejected", "localStatus": "NONE", "statusMessage": "Rejected",
    });
    let peering = find(call)?;
    answer(call, peering, "REJECT_REQUESTED", done)
}

/// What was asked for is under way, and will be so.
fn answer(call: &Call<'_>, mut peering: Value, under_way: &str, done: Value) -> Outcome {
    if peering["cloudStatus"] != "pending-acceptance" || peering["localStatus"] != "NONE" {
        let state = [&peering["cloudStatus"], &peering["localStatus"]].map(text).join(", ");
        let detail = format!("The peering {} awaits no answer: {state}.", call.param("id"));
        return Err(Refusal::conflict("STREAM_VPC_PEERING_NOT_PENDING", detail));
    }
    peering["localStatus"] = under_way.into();
    docs::becomes(&mut peering, later(call), done);
    // The request's own end no longer counts once it is answered.
    save(call, &peering, None)
}

fn delete(call: &Call<'_>) -> Outcome {
    let mut peering = find(call)?;
    if peering["localStatus"] == "DELETE_REQUESTED" {
        let detail = format!("The peering {} is being deleted already.", call.param("id"));
        return Err(Refusal::conflict("STREAM_VPC_PEERING_BEING_DELETED", detail));
    }
    peering["localStatus"] = "DELETE_REQUESTED".into();
    save(call, &peering, Some(later(call)))
}

fn save(call: &Call<'_>, peering: &Value, expires: Option<Timestamp>) -> Outcome {
    docs::update(call.db, kind::PEERING, call.project(), text(&peering["_id"]), peering, expires)?;
    Ok(Reply::json(202, json!({})))
}

fn later(call: &Call<'_>) -> Timestamp {
    call.now.checked_add(WORKING).unwrap_or(call.now)
}

/// By the API's own id, or by the cloud's name `pcx-…`.
fn find(call: &Call<'_>) -> Result<Value, Refusal> {
    let id = call.param("id");
    all(call)?.into_iter().find(|peering| peering["_id"] == id || peering["name"] == id).ok_or_else(
        || {
            let detail = format!("No VPC peering connection {id} exists in this group.");
            Refusal::not_found("STREAM_VPC_PEERING_NOT_FOUND", detail)
        },
    )
}

/// The account and network that stream processing of this project has in a region: made up, but
/// the same whenever they are asked for.
fn account(call: &Call<'_>) -> Outcome {
    let query = |name: &str| {
        call.query(name).ok_or_else(|| {
            let detail = format!("The query parameter {name} is required.");
            Refusal::bad("MISSING_QUERY_PARAMETER", detail)
        })
    };
    let (provider, region) = (query("cloudProvider")?.to_lowercase(), query("regionName")?);
    let wellformed = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
    };
    if !wellformed(&region) {
        let detail = format!("There is no region {region}.");
        return Err(Refusal::bad("INVALID_REGION", detail));
    }
    let id = crypto::derived_id(&format!("{} {provider} {region}", call.project()), 0);
    let number = |range: std::ops::Range<usize>| {
        u64::from_str_radix(id.get(range).unwrap_or_default(), 16).unwrap_or_default()
    };
    // As the API has it: an address within the network, not the network's own.
    let mut details = json!({
        "cidrBlock": format!("192.168.{}.0/21", number(0..2) | 1),
        "cloudProvider": provider,
        "links": [],
    });
    match provider.as_str() {
        "aws" => {
            details["awsAccountId"] = format!("{:012}", number(0..9)).into();
            details["vpcId"] = format!("vpc-{}", &id[..17]).into();
        }
        "azure" => {
            let (a, b) = (&id[..8], &id[12..]);
            let subscription = format!("{a}-{}-4{}-8{}-{b}", &id[8..12], &id[1..4], &id[4..7]);
            details["azureSubscriptionId"] = subscription.into();
            details["virtualNetworkName"] = format!("vnet_{id}").into();
        }
        "gcp" => {
            details["gcpProjectId"] = format!("p-{id}").into();
            details["vpcNetworkName"] = format!("nt-{}", &id[..12]).into();
        }
        _ => {
            let detail = format!("The provider {provider} is neither aws, azure nor gcp.");
            return Err(Refusal::bad("INVALID_CLOUD_PROVIDER", detail));
        }
    }
    Ok(Reply::ok(details))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
