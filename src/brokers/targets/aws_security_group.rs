//! Rules of an AWS security group.

use serde_json::{Map, Value, json};

use super::options::{ID, PORT};
use super::{Argument, Misuse, Options, Rendering, Target};
use crate::brokers::Problem;
use crate::brokers::set::{AddressSet, Entry};

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

    fn limits(&self) -> &'static str {
        "A security group holds 60 rules, and each port takes one per block; more are refused. \
         Without --id, pass the group to `aws` itself."
    }

    fn example(&self) -> &'static str {
        "--port 9194,9196 --id sg-0123456789abcdef0"
    }

    fn prepare(&self, options: &Options) -> Result<Rendering, Misuse> {
        let group = Group::read(options)?;
        Ok(Box::new(move |set| Ok(format!("{:#}\n", group.input(set)?))))
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
    fn input(&self, set: &AddressSet) -> Result<Value, Problem> {
        let rules = set.blocks().count() * self.ports.len();
        if rules > LIMIT {
            return Err(Problem::TooManyRules { rules, holder: "a security group", limit: LIMIT });
        }
        let (v4, v6): (Vec<&Entry>, Vec<&Entry>) =
            set.blocks().partition(|entry| entry.net.addr().is_ipv4());
        let ranges = |entries: &[&Entry], key: &str| -> Vec<Value> {
            let range = |entry: &&Entry| json!({key: entry.net.to_string(), "Description": description(entry)});
            entries.iter().map(range).collect()
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
fn description(entry: &Entry) -> String {
    let allowed = |c: &char| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(*c);
    let whose = match &entry.gateway {
        Some(gateway) => format!("gateway {gateway}"),
        None => "control plane".to_owned(),
    };
    format!("Atlas {whose} {} {} {}", entry.direction, entry.provider, entry.region)
        .chars()
        .filter(allowed)
        .take(255)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::set::tests::set;

    fn group(ports: &[u16]) -> Group {
        Group { id: Some("sg-0123".into()), ports: ports.into() }
    }

    #[test]
    fn families_stand_apart_and_an_empty_one_is_left_out() {
        let description = "Atlas control plane outbound aws us-east-1";
        let input = group(&[9194]).input(&set(&["203.0.113.0/31"])).unwrap();
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
        let input = group(&[9194]).input(&set(&["2001:db8::5/128"])).unwrap();
        assert!(input["IpPermissions"][0].get("IpRanges").is_none());
        assert_eq!(input["IpPermissions"][0]["Ipv6Ranges"][0]["CidrIpv6"], "2001:db8::5/128");
    }

    #[test]
    fn more_rules_than_a_group_holds_are_refused() {
        let nets: Vec<String> = (0..30).map(|n| format!("192.0.2.{n}/32")).collect();
        let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
        assert!(group(&[9194, 9196]).input(&set(&nets)).is_ok());
        let refused = Problem::TooManyRules { rules: 90, holder: "a security group", limit: 60 };
        assert_eq!(group(&[9194, 9196, 9198]).input(&set(&nets)), Err(refused));
    }
}
