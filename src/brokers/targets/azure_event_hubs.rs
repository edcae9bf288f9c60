//! The network rule set of an Event Hubs namespace of Azure, whose Kafka endpoint it guards.

use serde_json::{Value, json};

use super::{Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::{Block, Blocks};

/// IP rules that one namespace holds.
const LIMIT: usize = 128;

/// The body of a call that replaces the rule set.
#[derive(Debug)]
pub(super) struct AzureEventHubs;

impl Target for AzureEventHubs {
    fn name(&self) -> &'static str {
        "azure-event-hubs"
    }

    fn about(&self) -> &'static str {
        "The network rules of an Event Hubs namespace, as Azure Resource Manager takes them"
    }

    fn applied(&self) -> &'static str {
        "az rest --method put --body @FILE --url \
         '/subscriptions/{subscriptionId}/resourceGroups/GROUP/providers/Microsoft.EventHub/namespaces/NAMESPACE/networkRuleSets/default?api-version=2024-01-01'"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn bites(&self) -> &'static str {
        "The rule set is replaced as a whole, its rules for virtual networks included, and whoever it \
         does not name is shut out: other clients, the portal and other services of Azure. A namespace \
         holds 128 IP rules; one of the basic tier has no rule set. Without a rule, everybody is let \
         in. Kafka clients connect to port 9093."
    }

    fn undivided(&self, _: &Options) -> Option<&'static str> {
        Some("a namespace has one rule set, and every file would replace the one before")
    }

    fn prepare(&self, _: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(AzureEventHubs))
    }
}

impl Writer for AzureEventHubs {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        if blocks.len() > LIMIT {
            let (blocks, holder, limit) = (blocks.len(), "an Event Hubs namespace", LIMIT);
            return Err(Problem::TooManyBlocks { blocks, holder, limit, is_divisible: false });
        }
        let rule = |block: &Block| json!({"ipMask": block.net.to_string(), "action": "Allow"});
        let rules: Vec<Value> = blocks.iter().map(rule).collect();
        let set = json!({"properties": {"defaultAction": "Deny", "ipRules": rules}});
        Ok(format!("{set:#}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;

    #[test]
    fn whoever_is_not_named_is_denied() {
        let text = AzureEventHubs.write(&blocks(&["203.0.113.0/31", "2001:db8::5/128"])).unwrap();
        let set: Value = serde_json::from_str(&text).unwrap();
        let allow = |mask: &str| json!({"ipMask": mask, "action": "Allow"});
        let rules = [allow("203.0.113.0/31"), allow("2001:db8::5/128")];
        assert_eq!(set, json!({"properties": {"defaultAction": "Deny", "ipRules": rules}}));
    }

    #[test]
    fn more_rules_than_a_namespace_holds_are_refused() {
        let nets: Vec<String> = (0..129).map(|n| format!("192.0.2.{n}/32")).collect();
        let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
        assert!(AzureEventHubs.write(&blocks(&nets[1..])).is_ok());
        let refused = Problem::TooManyBlocks {
            blocks: 129,
            holder: "an Event Hubs namespace",
            limit: LIMIT,
            is_divisible: false,
        };
        assert_eq!(AzureEventHubs.write(&blocks(&nets)), Err(refused));
    }
}
