//! Connections to brokers outside the internet: VPC peerings and private links.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::places::Ids;
use super::random::Random;
use super::time;
use crate::local::store::docs;

/// The shop's own AWS account, and a stranger's.
const SHOP: &str = "111122223333";
const STRANGER: &str = "999988887777";

/// Four incoming peerings: one in use, two that await an answer, one that was rejected.
pub(super) fn peerings(ids: &Ids, random: &mut Random, now: Timestamp) -> Vec<(String, Value)> {
    let mut add = |account: &str, name: &str, cidr: &str, local: &str, cloud: &str, said: &str| {
        let peering = json!({
            "_id": random.object_id(),
            "accepterAccountId": "444455556666",
            "accepterCidr": "192.168.120.0/21",
            "accepterVpcId": "vpc-0a5a5a5a5a5a5a5a5",
            "cloudStatus": cloud,
            "groupId": ids.project,
            "localStatus": local,
            "name": format!("pcx-{name}"),
            "requesterAccountId": account,
            "requesterCidr": cidr,
            "requesterVpcId": format!("vpc-{name}"),
            "statusMessage": said,
        });
        (ids.project.clone(), peering)
    };
    let warehouse = add(SHOP, "0aaa1111bbb2222c1", "10.20.0.0/16", "ACTIVE", "active", "Active");
    let mut asked = |name: &str, cidr: &str| {
        let said = "Pending Acceptance by 444455556666";
        let mut peering = add(SHOP, name, cidr, "NONE", "pending-acceptance", said);
        let end = time(now, 5 * 24);
        if let Ok(end) = end.parse() {
            docs::becomes(&mut peering.1, end, json!({ "cloudStatus": "expired" }));
        }
        peering.1["expirationTime"] = end.into();
        peering
    };
    let returns = asked("0aaa1111bbb2222c2", "10.30.0.0/16");
    let again = asked("0aaa1111bbb2222c3", "10.40.0.0/16");
    let unknown =
        add(STRANGER, "0ddd3333eee4444f5", "10.99.0.0/16", "NONE", "rejected", "Rejected");
    vec![warehouse, returns, again, unknown]
}

/// Three private links, all up.
pub(super) fn private_links(ids: &Ids, random: &mut Random) -> Vec<(String, Value)> {
    let confluent = json!({
        "_id": random.object_id(),
        "dnsDomain": "abc123.us-east-1.aws.private.confluent.example",
        "dnsSubDomain": ["use1-az1", "use1-az2", "use1-az4"],
        "interfaceEndpointId": "vpce-0b1b1b1b1b1b1b1b1",
        "provider": "AWS",
        "region": "us-east-1",
        "serviceEndpointId": "com.amazonaws.vpce.us-east-1.vpce-svc-0c1c1c1c1c1c1c1c1",
        "state": "DONE",
        "vendor": "CONFLUENT",
    });
    let hub = json!({
        "_id": random.object_id(),
        "dnsDomain": "payments.servicebus.example",
        "interfaceEndpointName": "pe-payments",
        "provider": "AZURE",
        "region": "westeurope",
        "serviceEndpointId": "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/\
                              payments/providers/Microsoft.EventHub/namespaces/payments",
        "state": "DONE",
        "vendor": "EVENTHUB",
    });
    let bucket = json!({
        "_id": random.object_id(),
        "interfaceEndpointId": "vpce-0d1d1d1d1d1d1d1d1",
        "provider": "AWS",
        "region": "us-east-1",
        "state": "DONE",
        "vendor": "S3",
    });
    [confluent, hub, bucket].map(|link| (ids.project.clone(), link)).into()
}
