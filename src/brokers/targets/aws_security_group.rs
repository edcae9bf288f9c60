//! Rules of an AWS security group.

use serde_json::{Map, Value, json};

use super::options::{ID, PORT};
use super::{Argument, Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::{Block, Blocks};
use crate::brokers::coverage::Family;

/// Rules that one security group holds, unless the account's quota was raised.
const LIMIT: usize = 60;

/// The input of `aws ec2 authorize-security-group-ingress --cli-input-json`.
#[derive(Debug)]
pub(super) struct AwsSecurityGroup;

impl Target for AwsSecurityGroup {
    fn name(&self) -> &'static str {
        "aws-security-group"
    }

    fn about(&self) -> &'static str {
        "Input of `aws ec2 authorize-security-group-ingress --cli-input-json`"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&PORT]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&ID]
    }

    fn advice(&self) -> &'static str {
        "public MSK brokers listen on 9194 (TLS), 9196 (SCRAM) and 9198 (IAM)"
    }

    fn applied(&self) -> &'static str {
        "aws ec2 authorize-security-group-ingress --cli-input-json file://FILE"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn bites(&self) -> &'static str {
        "A security group holds 60 rules, and each port takes one per block; more are refused. \
         Without --id, pass the group to `aws` itself."
    }

    fn example(&self) -> &'static str {
        "--port 9194,9196 --id sg-0123456789abcdef0"
    }

    fn undivided(&self, options: &Options) -> Option<&'static str> {
        let same = "every file would go to the one group of --id, which holds 60 rules in all";
        options.has(&ID).then_some(same)
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Group::read(options)?))
    }
}

impl Writer for Group {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        Ok(format!("{:#}\n", self.input(blocks)?))
    }
}

/// Inbound rules for a broker's ports.
#[derive(Debug)]
struct Group {
    /// `sg-…`; without it the command line of `aws` must name the group.
    id: Option<String>,
    /// The broker's TCP ports: one rule per port and block.
    ports: Vec<u16>,
}

impl Group {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let id = options.one(&ID).map(str::to_owned);
        if let Some(id) = id.as_deref().filter(|id| !is_group_id(id)) {
            let problem = format!("--id {id:?} is not a security group's id");
            return Err(Misuse::new(problem, "it looks like sg-0123456789abcdef0"));
        }
        Ok(Group { id, ports: options.ports(&PORT)? })
    }

    /// A family without addresses is left out rather than written empty.
    fn input(&self, blocks: &Blocks) -> Result<Value, Problem> {
        let per_block = self.ports.len();
        let rules = blocks.len() * per_block;
        if rules > LIMIT {
            let holder = "a security group";
            return Err(Problem::TooManyRules { rules, holder, limit: LIMIT, per_block });
        }
        let v4: Vec<&Block> = blocks.of(Family::V4).collect();
        let v6: Vec<&Block> = blocks.of(Family::V6).collect();
        let ranges = |blocks: &[&Block], key: &str| -> Vec<Value> {
            let range = |block: &&Block| json!({key: block.net.to_string(), "Description": description(&block.label)});
            blocks.iter().map(range).collect()
        };
        let permissions: Vec<Value> = (self.ports.iter())
            .map(|port| {
                let mut permission = json!({"IpProtocol": "tcp", "FromPort": port, "ToPort": port});
                if !v4.is_empty() {
                    permission["IpRanges"] = ranges(&v4, "CidrIp").into();
                }
                if !v6.is_empty() {
                    permission["Ipv6Ranges"] = ranges(&v6, "CidrIpv6").into();
                }
                permission
            })
            .collect();
        let mut input = Map::new();
        if let Some(id) = &self.id {
            input.insert("GroupId".into(), id.as_str().into());
        }
        input.insert("IpPermissions".into(), permissions.into());
        Ok(input.into())
    }
}

fn is_group_id(text: &str) -> bool {
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
    text.strip_prefix("sg-").is_some_and(is_id)
}

/// At most 255 characters of the set that AWS allows.
fn description(label: &str) -> String {
    let allowed = |c: &char| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(*c);
    label.chars().filter(allowed).take(255).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;

    fn group(ports: &[u16]) -> Group {
        Group { id: Some("sg-0123".into()), ports: ports.into() }
    }

    #[test]
    fn families_stand_apart_and_an_empty_one_is_left_out() {
        let description = "Atlas control plane outbound aws us-east-1";
        let input = group(&[9194]).input(&blocks(&["203.0.113.0/31"])).unwrap();
        let expected = json!({
            "GroupId": "sg-0123",
            "IpPermissions": [{
                "IpProtocol": "tcp",
                "FromPort": 9194,
                "ToPort": 9194,
                "IpRanges": [{"CidrIp": "203.0.113.0/31", "Description": description}],
            }],
        });
        assert_eq!(input, expected);
        let input = group(&[9194]).input(&blocks(&["2001:db8::5/128"])).unwrap();
        assert!(input["IpPermissions"][0].get("IpRanges").is_none());
        assert_eq!(input["IpPermissions"][0]["Ipv6Ranges"][0]["CidrIpv6"], "2001:db8::5/128");
    }

    #[test]
    fn more_rules_than_a_group_holds_are_refused() {
        let nets: Vec<String> = (0..30).map(|n| format!("192.0.2.{n}/32")).collect();
        let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
        assert!(group(&[9194, 9196]).input(&blocks(&nets)).is_ok());
        let refused = Problem::TooManyRules {
            rules: 90,
            holder: "a security group",
            limit: 60,
            per_block: 3,
        };
        assert_eq!(group(&[9194, 9196, 9198]).input(&blocks(&nets)), Err(refused));
    }
}
