//! Azure: the model classes of its clients.

use super::addresses;
use crate::consumers;
use crate::support::Lab;

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
    takes(["azure-mgmt-network", "azure.mgmt.network"], "SecurityRule", &body, &misspelt);
}

#[test]
fn the_client_takes_the_rules_of_an_event_hubs_namespace() {
    let lab = Lab::new();
    let body = addresses(&lab, "both", "azure-event-hubs").finish().exits(0).out();
    let misspelt = [("ipMask", "ip_mask"), ("Deny", "Forbid"), ("\"Allow\"", "\"Permit\"")];
    takes(["azure-mgmt-eventhub", "azure.mgmt.eventhub"], "NetworkRuleSet", &body, &misspelt);
}
