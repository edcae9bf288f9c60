//! A rule of a network security group of Azure.

use serde_json::json;

use super::options::{DESCRIPTION, NAME, PORT, PRIORITY};
use super::remark::Remark;
use super::{Argument, Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::coverage::Family;

/// Addresses that the rules of one group hold together.
pub(super) const LIMIT: usize = 4000;

/// The most characters of a rule's name.
const NAME_LENGTH: usize = 80;

/// The most characters of a rule's description.
const DESCRIPTION_LENGTH: usize = 140;

/// The first and the last priority of a rule.
const PRIORITIES: std::ops::RangeInclusive<u64> = 100..=4096;

const HOLDER: &str = "a network security group";

/// The body of a call that makes or replaces a rule.
#[derive(Debug)]
pub(super) struct AzureNsg;

impl Target for AzureNsg {
    fn name(&self) -> &'static str {
        "azure-nsg"
    }

    fn about(&self) -> &'static str {
        "An inbound rule of a network security group, as Azure Resource Manager takes it"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME, &PRIORITY, &PORT]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&DESCRIPTION]
    }

    fn advice(&self) -> &'static str {
        "--name NAME --priority NUMBER --port PORT; the priority is from 100 to 4096, and no two inbound rules of a group have the same"
    }

    fn applied(&self) -> &'static str {
        "az rest --method put --body @FILE --url \
         '/subscriptions/{subscriptionId}/resourceGroups/GROUP/providers/Microsoft.Network/networkSecurityGroups/NSG/securityRules/NAME?api-version=2024-05-01'"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn bites(&self) -> &'static str {
        "A rule of this name is replaced as a whole. Its blocks are of IPv4 or of IPv6; one within \
         another is left out, because Azure refuses blocks that overlap. The rules of a group hold 4000 \
         addresses in all, and each inbound one has a priority of its own: with --chunk, each file has \
         the next one. A rule with a lower number that denies the traffic goes first. Names have at \
         most 80 characters, descriptions 140."
    }

    fn example(&self) -> &'static str {
        "--name atlas-kafka --priority 300 --port 9092"
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Rule::read(options)?))
    }
}

/// An inbound rule that allows TCP.
#[derive(Debug)]
struct Rule {
    name: String,
    priority: u64,
    ports: Vec<u16>,
    remark: Remark,
}

impl Rule {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let name = options.one(&NAME).unwrap_or_default();
        if !is_name(name) {
            return Err(Misuse::new(
                format!("--name {name:?} is not a name of a rule"),
                "it has at most 80 letters, digits, underscores, dots and hyphens, begins with a \
                 letter or digit, and ends with one or an underscore",
            ));
        }
        let first = options.number(&PRIORITY, PRIORITIES)?.unwrap_or(*PRIORITIES.start());
        let priority = first + options.parts_before() as u64;
        if !PRIORITIES.contains(&priority) {
            return Err(Misuse::new(
                format!("--priority {first} leaves no priority for each of the files"),
                "priorities end with 4096: begin with a lower one, or use a larger --chunk",
            ));
        }
        Ok(Rule {
            name: name.to_owned(),
            priority,
            ports: options.ports(&PORT)?,
            remark: Remark::read(options, DESCRIPTION_LENGTH)?,
        })
    }
}

impl Writer for Rule {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        if Family::ALL.iter().all(|family| blocks.of(*family).next().is_some()) {
            return Err(Problem::BothFamilies { holder: "a rule of Azure" });
        }
        let blocks = blocks.outermost();
        if blocks.len() > LIMIT {
            let (blocks, limit) = (blocks.len(), LIMIT);
            return Err(Problem::TooManyBlocks {
                blocks,
                holder: HOLDER,
                limit,
                is_divisible: false,
            });
        }
        let prefixes: Vec<String> = blocks.iter().map(|block| block.net.to_string()).collect();
        let ports: Vec<String> = self.ports.iter().map(u16::to_string).collect();
        let rule = json!({
            "name": self.name,
            "properties": {
                "description": self.remark.of(&blocks),
                "priority": self.priority,
                "direction": "Inbound",
                "access": "Allow",
                "protocol": "Tcp",
                "sourceAddressPrefixes": prefixes,
                "sourcePortRange": "*",
                "destinationAddressPrefix": "*",
                "destinationPortRanges": ports,
            },
        });
        Ok(format!("{rule:#}\n"))
    }
}

fn is_name(text: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
    (1..=NAME_LENGTH).contains(&text.len())
        && text.bytes().all(legal)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::brokers::blocks::tests::blocks;

    fn options(name: &str, priority: &str) -> Options {
        let mut options = Options::default();
        options.insert(&NAME, vec![name.to_owned()]);
        options.insert(&PRIORITY, vec![priority.to_owned()]);
        options.insert(&PORT, vec!["9094".into(), "9092".into()]);
        options
    }

    fn write(options: &Options, nets: &[&str]) -> Result<Value, Problem> {
        let text = Rule::read(options).unwrap().write(&blocks(nets))?;
        Ok(serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn the_rule_lets_in_the_blocks_and_nothing_else() {
        let nets = ["198.51.100.7/32", "203.0.113.0/24", "203.0.113.9/32"];
        let rule = write(&options("atlas-kafka", "300"), &nets).unwrap();
        let expected = json!({
            "name": "atlas-kafka",
            "properties": {
                "description": "Atlas control plane outbound aws us-east-1",
                "priority": 300,
                "direction": "Inbound",
                "access": "Allow",
                "protocol": "Tcp",
                "sourceAddressPrefixes": ["198.51.100.7/32", "203.0.113.0/24"],
                "sourcePortRange": "*",
                "destinationAddressPrefix": "*",
                "destinationPortRanges": ["9092", "9094"],
            },
        });
        assert_eq!(rule, expected);
    }

    #[test]
    fn each_file_has_a_name_and_a_priority_of_its_own() {
        let second = write(&options("atlas", "300").part(2), &["192.0.2.1/32"]).unwrap();
        assert_eq!(
            (&second["name"], &second["properties"]["priority"]),
            (&json!("atlas-2"), &json!(301))
        );
        assert!(Rule::read(&options("atlas", "4096").part(1)).is_ok());
        let refused = Rule::read(&options("atlas", "4096").part(2)).unwrap_err();
        assert!(refused.problem.contains("--priority 4096"), "{refused}");
    }

    #[test]
    fn names_and_priorities_follow_the_rules_of_azure() {
        for name in
            ["a", "1a", "Atlas_kafka.1-", "-a", "a.", "a b", "a/b", "größe", &"a".repeat(81)]
        {
            assert_eq!(
                Rule::read(&options(name, "100")).is_ok(),
                ["a", "1a"].contains(&name),
                "{name}"
            );
        }
        for name in ["A_", "a.b-c_d", &"a".repeat(80)] {
            assert!(Rule::read(&options(name, "4096")).is_ok(), "{name}");
        }
        for priority in ["99", "4097", "0", "-1", "1e3", "many", "99999999999"] {
            let refused = Rule::read(&options("a", priority)).unwrap_err();
            assert!(refused.problem.contains(priority), "{refused}");
        }
    }

    #[test]
    fn what_a_rule_does_not_hold_is_refused() {
        let mixed = write(&options("a", "100"), &["192.0.2.1/32", "2001:db8::1/128"]);
        assert_eq!(mixed, Err(Problem::BothFamilies { holder: "a rule of Azure" }));
        assert!(write(&options("a", "100"), &["2001:db8::1/128"]).is_ok());
        let nets: Vec<String> =
            (0..4001).map(|n| format!("198.{}.{}.1/32", n / 250, n % 250)).collect();
        let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
        assert!(write(&options("a", "100"), &nets[1..]).is_ok());
        let refused = write(&options("a", "100"), &nets);
        assert_eq!(
            refused,
            Err(Problem::TooManyBlocks {
                blocks: 4001,
                holder: HOLDER,
                limit: LIMIT,
                is_divisible: false
            })
        );
    }
}
