//! Azure: the model classes of its clients.

use super::{addresses, wanted};
use crate::consumers;
use crate::support::Lab;

/// The body is read back, as the addresses that it was written for.
fn reads(lab: &Lab, kind: &str, body: &str) {
    std::fs::write(lab.file("body.json"), body).unwrap();
    let check = |kind, code| {
        let against = ["--against", "body.json", "--fail-on", "any"];
        wanted(lab, &["ips", "check"], kind).and(&against).finish().exits(code)
    };
    check(kind, 0);
    let changed = body.replace("203.0.113.0/31", "203.0.113.0/32");
    std::fs::write(lab.file("body.json"), changed).unwrap();
    check(kind, 3);
}

/// The class takes the body, but not with these misspelt.
fn takes(package: [&str; 2], model: &str, body: &str, misspelt: &[(&str, &str)]) {
    let [distribution, module] = package;
    let Some(python) = consumers::python(distribution) else { return };
    let read = |body: &str| python.run("azure.py", &[module, model], body);
    read(body).exits(0);
    for (right, wrong) in misspelt {
        let changed = body.replace(right, wrong);
        assert_ne!(changed, body);
        read(&changed).exits(1);
    }
}

#[test]
fn the_client_takes_a_rule_of_a_network_security_group() {
    let lab = Lab::new();
    let rule = addresses(&lab, "ipv4", "azure-nsg").and(&[
        "--name",
        "atlas-kafka",
        "--priority",
        "300",
        "--port",
        "9092,9094",
    ]);
    let body = rule.finish().exits(0).out();
    let misspelt = [
        ("sourceAddressPrefixes", "sourceAddresPrefixes"),
        ("Inbound", "inbound"),
        ("\"Tcp\"", "\"TCP4\""),
        ("\"properties\"", "\"property\""),
    ];
    reads(&lab, "ipv4", &body);
    takes(["azure-mgmt-network", "azure.mgmt.network"], "SecurityRule", &body, &misspelt);
}

#[test]
fn the_client_takes_the_rules_of_an_event_hubs_namespace() {
    let lab = Lab::new();
    let body = addresses(&lab, "both", "azure-event-hubs").finish().exits(0).out();
    let misspelt = [("ipMask", "ip_mask"), ("Deny", "Forbid"), ("\"Allow\"", "\"Permit\"")];
    reads(&lab, "both", &body);
    takes(["azure-mgmt-eventhub", "azure.mgmt.eventhub"], "NetworkRuleSet", &body, &misspelt);
}
