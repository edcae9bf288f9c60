//! Control-plane addresses, all of them from the documentation ranges.

use serde_json::{Value, json};

/// The endpoint's answer. The same for every seed: these addresses belong to the cloud, not to
/// the sample's organisation.
pub fn addresses() -> Value {
    json!({
        "gateways": [{
            "name": "shared-gateway",
            "ips": {
                "inbound": {"aws": {"us-east-1": ["192.0.2.250/32"]}},
                "outbound": {"aws": {"us-east-1": ["192.0.2.251/32"]}},
            },
        }],
        "inbound": {
            "aws": {
                "ap-southeast-2": ["192.0.2.129/32"],
                "eu-west-1": ["192.0.2.130/32", "192.0.2.131/32"],
                "us-east-1": ["192.0.2.132/32", "192.0.2.133/32"],
                "us-east-2": ["192.0.2.134/32"],
                "us-west-2": ["192.0.2.135/32"],
            },
            "azure": {
                "eastus2": ["192.0.2.160/32"],
                "westeurope": ["192.0.2.161/32", "192.0.2.162/32"],
            },
            "gcp": {
                "europe-west1": ["192.0.2.176/32"],
                "us-central1": ["192.0.2.177/32", "192.0.2.178/32"],
            },
        },
        "outbound": {
            "aws": {
                "ap-southeast-2": ["203.0.113.96/32", "203.0.113.97/32"],
                "eu-west-1": ["203.0.113.40/32", "203.0.113.41/32", "203.0.113.44/30"],
                "us-east-1": [
                    "198.51.100.23/32",
                    "198.51.100.7/32",
                    "203.0.113.12/32",
                    "203.0.113.0/31",
                ],
                "us-east-2": ["198.51.100.64/32", "198.51.100.65/32", "203.0.113.20/32"],
                "us-west-2": ["198.51.100.80/32", "198.51.100.81/32"],
            },
            "azure": {
                "brazilsouth": ["203.0.113.150/32"],
                "eastus2": ["203.0.113.160/32", "203.0.113.161/32"],
                "westeurope": ["203.0.113.168/30", "203.0.113.180/32"],
            },
            "gcp": {
                "europe-west1": ["203.0.113.200/32", "2001:db8:e1::5/128"],
                "us-central1": ["203.0.113.210/32", "203.0.113.211/32", "203.0.113.216/32"],
                "us-east4": ["203.0.113.220/32"],
            },
        },
    })
}
