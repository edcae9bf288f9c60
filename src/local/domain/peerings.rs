//! Peerings of VPCs that others have asked for, and the account that they are asked of.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::refusal::{Reason, Refusal, Subject};
use super::{Attributes, Listing, Outcome, Part, Work, require, text};
use crate::local::crypto;
use crate::local::store::docs::{self, kind};

/// How long the cloud takes to do what it was asked.
const WORKING: SignedDuration = SignedDuration::from_secs(2);

/// A peering of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeeringId<'a> {
    /// Id of the project.
    pub project: &'a str,
    /// The API's own id, or the cloud's name `pcx-…`.
    pub id: &'a str,
}

/// A part of the peerings that an account has asked for. A project has a handful of peerings: they
/// are read whole.
pub fn list(work: &Work<'_>, project: &str, account: &str, part: Part) -> Outcome<Listing> {
    let mut peerings = work.all(kind::PEERING, project)?;
    peerings.retain(|peering| peering["requesterAccountId"] == account);
    Ok(Listing::chosen(peerings, part))
}

/// A part of the peerings that are up.
pub fn active(work: &Work<'_>, project: &str, part: Part) -> Outcome<Listing> {
    let mut peerings = work.all(kind::PEERING, project)?;
    peerings.retain(|peering| peering["localStatus"] == "ACTIVE");
    Ok(Listing::chosen(peerings, part))
}

/// Accepts a peering, which its requester's account and network are named for once more.
pub fn accept(work: &Work<'_>, own: PeeringId<'_>, given: &Attributes) -> Outcome<()> {
    let peering = find(work, own)?;
    for name in ["requesterAccountId", "requesterVpcId"] {
        require(given, &[name])?;
        if given[name] != peering[name] {
            return Err(Refusal::invalid(name, "it is not the requester's"));
        }
    }
    let done = json!({
        "cloudStatus": "active", "localStatus": "ACTIVE", "statusMessage": "Active",
    });
    answer(work, own, peering, "ACCEPT_REQUESTED", done)
}

/// Rejects a peering.
pub fn reject(work: &Work<'_>, own: PeeringId<'_>) -> Outcome<()> {
    let done = json!({
        "cloudStatus": "rejected", "localStatus": "NONE", "statusMessage": "Rejected",
    });
    answer(work, own, find(work, own)?, "REJECT_REQUESTED", done)
}

/// What was asked for is under way, and will be so.
fn answer(
    work: &Work<'_>,
    own: PeeringId<'_>,
    mut peering: Value,
    under_way: &str,
    done: Value,
) -> Outcome<()> {
    if peering["cloudStatus"] != "pending-acceptance" || peering["localStatus"] != "NONE" {
        let state = ["cloudStatus", "localStatus"].map(|name| text(&peering, name)).join(", ");
        let detail = format!("The peering {} is not awaiting an answer: {state}.", own.id);
        return Err(Refusal::new(Reason::WrongState, Subject::Peering, own.id, detail));
    }
    peering["localStatus"] = under_way.into();
    docs::becomes(&mut peering, later(work), done);
    // The request's own end no longer counts once it is answered.
    save(work, own, &peering, None)
}

/// Deletes a peering, which takes the cloud a while.
pub fn delete(work: &Work<'_>, own: PeeringId<'_>) -> Outcome<()> {
    let mut peering = find(work, own)?;
    if peering["localStatus"] == "DELETE_REQUESTED" {
        let detail = format!("The peering {} is already being deleted.", own.id);
        return Err(Refusal::new(Reason::BeingDeleted, Subject::Peering, own.id, detail));
    }
    peering["localStatus"] = "DELETE_REQUESTED".into();
    save(work, own, &peering, Some(later(work)))
}

fn save(
    work: &Work<'_>,
    own: PeeringId<'_>,
    peering: &Value,
    expires: Option<Timestamp>,
) -> Outcome<()> {
    let id = text(peering, "_id");
    Ok(docs::update(work.db, kind::PEERING, own.project, id, peering, expires)?)
}

fn later(work: &Work<'_>) -> Timestamp {
    work.now.checked_add(WORKING).unwrap_or(work.now)
}

fn find(work: &Work<'_>, own: PeeringId<'_>) -> Outcome {
    let PeeringId { project, id } = own;
    let mut all = work.all(kind::PEERING, project)?.into_iter();
    all.find(|peering| peering["_id"] == id || peering["name"] == id).ok_or_else(|| {
        let detail = format!("No VPC peering connection {id} exists in this group.");
        Refusal::not_found(Subject::Peering, id, detail)
    })
}

/// The account and network that stream processing of this project has in a region: made up, but
/// the same whenever they are asked for.
pub fn account(project: &str, provider: &str, region: &str) -> Outcome {
    let provider = provider.to_lowercase();
    let wellformed = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
    };
    if !wellformed(region) {
        let detail = format!("There is no region {region}.");
        return Err(Refusal::unfit(Subject::Region, region, detail));
    }
    let id = crypto::derived_id(&format!("{} {provider} {region}", project), 0);
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
            return Err(Refusal::unfit(Subject::CloudProvider, &provider, detail));
        }
    }
    Ok(details)
}
