//! What a private link lacks by the documentation alone: the API may take it all the same, so it is
//! said and sent.

use serde_json::{Map, Value};

/// Vendors that take a service endpoint by the documentation, beside those that the API's document
/// names.
const WITH_ENDPOINT: [(&str, &str); 4] =
    [("AWS", "S3"), ("AWS", "KINESIS"), ("AWS", "LAMBDA"), ("AZURE", "AZURE_BLOB_STORAGE")];
/// Vendors that take none.
const WITHOUT_ENDPOINT: [(&str, &str); 2] = [("AZURE", "CONFLUENT"), ("GCP", "CONFLUENT")];
/// Where the domain is needed by the documentation, beside where the API's document needs it. On AWS
/// it can be set later.
const WITH_DOMAIN: [(&str, &str); 3] =
    [("AWS", "CONFLUENT"), ("GCP", "CONFLUENT"), ("AZURE", "AZURE_BLOB_STORAGE")];
/// The one whose region is that of its cluster.
const WITHOUT_REGION: (&str, &str) = ("AWS", "MSK");

/// What is doubtful about the document of a private link of this provider and vendor, both in upper
/// case; each with what to do.
pub fn of(provider: &str, vendor: &str, body: &Map<String, Value>) -> Vec<String> {
    let kind = (provider, vendor);
    let has = |field: &str| body.get(field).is_some_and(|value| !value.is_null());
    let needs = |field: &str, option: &str| {
        format!(
            "by the documentation, a private link to {vendor} on {provider} needs {field}: add {option}"
        )
    };
    let mut doubts = Vec::new();
    if kind != WITHOUT_REGION && !has("region") {
        doubts.push(needs("region", "--region"));
    }
    if kind == WITHOUT_REGION && has("region") {
        doubts.push(format!(
            "by the documentation, the region of a private link to {vendor} on {provider} is that \
             of its arn: leave --region out"
        ));
    }
    if WITH_ENDPOINT.contains(&kind) && !has("serviceEndpointId") {
        doubts.push(needs("serviceEndpointId", "--service-endpoint"));
    }
    if WITHOUT_ENDPOINT.contains(&kind) && has("serviceEndpointId") {
        doubts.push(format!(
            "by the documentation, a private link to {vendor} on {provider} takes no \
             serviceEndpointId: leave --service-endpoint out"
        ));
    }
    if WITH_DOMAIN.contains(&kind) && !has("dnsDomain") {
        doubts.push(needs("dnsDomain", "--dns-domain"));
    }
    let subdomains = body.get("dnsSubDomain").and_then(Value::as_array).into_iter().flatten();
    if let Some(domain) = body.get("dnsDomain").and_then(Value::as_str) {
        let subdomains = subdomains.filter_map(Value::as_str);
        for outside in outside(domain, subdomains) {
            doubts.push(format!(
                "by the documentation, a DNS subdomain contains the DNS domain, which {outside} \
                 does not: give it as NAME.{domain}"
            ));
        }
    }
    doubts
}

/// The subdomains that do not contain the domain, as the documentation says they do.
pub fn outside<'a>(
    domain: &str,
    subdomains: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = &'a str> {
    subdomains.filter(move |subdomain| !subdomain.contains(domain))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn doubts(provider: &str, vendor: &str, body: Value) -> usize {
        of(provider, vendor, body.as_object().expect("an object")).len()
    }

    #[test]
    fn what_the_documentation_alone_asks_for_is_doubted() {
        let region = json!({ "region": "r" });
        for (provider, vendor, body, count) in [
            ("AWS", "MSK", json!({}), 0),
            ("AWS", "MSK", region.clone(), 1),
            ("AZURE", "EVENTHUB", json!({}), 1),
            ("AZURE", "EVENTHUB", region.clone(), 0),
            ("GCP", "PUBSUB", json!({ "region": null }), 1),
            ("AWS", "S3", region.clone(), 1),
            ("AWS", "KINESIS", region.clone(), 1),
            ("AWS", "LAMBDA", json!({ "region": "r", "serviceEndpointId": "s" }), 0),
            ("AZURE", "CONFLUENT", json!({ "region": "r", "serviceEndpointId": "s" }), 1),
            ("AWS", "CONFLUENT", json!({ "region": "r", "serviceEndpointId": "s" }), 1),
            ("AZURE", "AZURE_BLOB_STORAGE", region.clone(), 2),
            ("GCP", "CONFLUENT", json!({ "region": "r", "serviceEndpointId": "s" }), 2),
            ("GCP", "CONFLUENT", json!({ "region": "r", "dnsDomain": "d" }), 0),
            ("GCP", "CONFLUENT", region, 1),
        ] {
            assert_eq!(doubts(provider, vendor, body.clone()), count, "{provider} {vendor} {body}");
        }
        let zones = |zones: &[&str]| json!({ "region": "r", "dnsDomain": "d.example", "dnsSubDomain": zones });
        assert_eq!(doubts("AWS", "CONFLUENT", zones(&[])), 0);
        assert_eq!(doubts("AWS", "CONFLUENT", zones(&["az1.d.example", "az2.d.example"])), 0);
        assert_eq!(doubts("AWS", "CONFLUENT", zones(&["az1.d.example", "az2"])), 1);
    }
}
