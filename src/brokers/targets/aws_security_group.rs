//! Rules of an AWS security group.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use ipnet::IpNet;
use serde_json::{Map, Value, json};

use super::aws::{self, Descriptions, GROUP_RULES};
use super::options::{DESCRIPTION, ID, PORT};
use super::{Argument, Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::{Block, Blocks};
use crate::brokers::coverage::Family;
use crate::brokers::delta::Delta;
use crate::brokers::lists::List;

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
        &[&ID, &DESCRIPTION]
    }

    fn advice(&self) -> &'static str {
        "public MSK brokers listen on 9194 (TLS), 9196 (SCRAM) and 9198 (IAM)"
    }

    fn applied(&self) -> &'static str {
        "aws ec2 authorize-security-group-ingress --cli-input-json file://FILE"
    }

    fn applied_delta(&self) -> Option<&'static str> {
        Some(aws::APPLIED_DELTA)
    }

    fn between(&self) -> &'static str {
        super::command::IN_TURN
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn bites(&self) -> &'static str {
        "A security group holds 60 rules, and each port takes one per block; more are refused. One \
         rule that is there already fails the whole call: `spctl ips delta` writes what is missing. \
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

    fn delta(&self, delta: &Delta<'_>) -> Result<String, Problem> {
        if self.id.is_none() {
            return Err(Problem::NotTold { what: "the security group's id", flag: ID.flag });
        }
        let mut calls = Vec::new();
        if let Some(add) = &delta.add {
            let (there, per_block) = (delta.list.entries.len(), self.ports.len());
            let rules = there + add.len() * per_block;
            // With more than that already there, the quota was raised, and how far is not known.
            if there <= GROUP_RULES && rules > GROUP_RULES {
                let (holder, limit) = (aws::GROUP, GROUP_RULES);
                return Err(Problem::TooManyRules { rules, holder, limit, per_block });
            }
            calls.push(aws::call("authorize-security-group-ingress", &self.input(add)?));
        }
        let removed = aws::removed(delta);
        if !removed.is_empty() {
            let input = self.revoked(&removed, &self.ports_of(delta.list));
            calls.push(aws::call("revoke-security-group-ingress", &input));
        }
        Ok(aws::in_turn(&calls))
    }
}

/// Inbound rules for a broker's ports.
#[derive(Debug)]
struct Group {
    /// `sg-…`; without it the command line of `aws` must name the group.
    id: Option<String>,
    /// The broker's TCP ports: one rule per port and block.
    ports: Vec<u16>,
    descriptions: Descriptions,
}

impl Group {
    fn read(options: &Options) -> Result<Self, Misuse> {
        Ok(Group {
            id: aws::id(options, "sg", "a security group")?,
            ports: options.ports(&PORT)?,
            descriptions: Descriptions::read(options)?,
        })
    }

    /// A family without addresses is left out rather than written empty.
    fn input(&self, blocks: &Blocks) -> Result<Value, Problem> {
        let per_block = self.ports.len();
        let rules = blocks.len() * per_block;
        if rules > GROUP_RULES {
            let (holder, limit) = (aws::GROUP, GROUP_RULES);
            return Err(Problem::TooManyRules { rules, holder, limit, per_block });
        }
        let v4: Vec<&Block> = blocks.of(Family::V4).collect();
        let v6: Vec<&Block> = blocks.of(Family::V6).collect();
        let ranges = |blocks: &[&Block], key: &str| -> Vec<Value> {
            let range = |block: &&Block| {
                let mut range = json!({key: block.net.to_string()});
                if let Some(description) = self.descriptions.of(block) {
                    range["Description"] = description.into();
                }
                range
            };
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
        Ok(self.about(permissions))
    }

    /// The ports that the rules of a list have; none: all of them. A list that is no group's does not
    /// say, and the broker's own ports are meant: a rule for all of them is another rule.
    fn ports_of(&self, list: &List) -> Vec<RangeInclusive<u16>> {
        match list.holder.is_empty() && list.ports.is_empty() {
            true => self.ports.iter().map(|port| *port..=*port).collect(),
            false => list.ports.clone(),
        }
    }

    /// A rule is revoked by exactly the ports that it has.
    fn revoked(&self, nets: &BTreeSet<IpNet>, ports: &[RangeInclusive<u16>]) -> Value {
        let mut ranges = Map::new();
        for net in nets {
            let (kind, key) = match net {
                IpNet::V4(_) => ("IpRanges", "CidrIp"),
                IpNet::V6(_) => ("Ipv6Ranges", "CidrIpv6"),
            };
            let range = json!({ key: net.to_string() });
            match ranges.entry(kind).or_insert_with(|| json!([])) {
                Value::Array(all) => all.push(range),
                _ => unreachable!("a list that was just made"),
            }
        }
        let permission = |rule: Value| {
            let mut permission = ranges.clone();
            permission.extend(rule.as_object().cloned().unwrap_or_default());
            Value::from(permission)
        };
        let of_ports = |ports: &RangeInclusive<u16>| {
            permission(
                json!({"IpProtocol": "tcp", "FromPort": ports.start(), "ToPort": ports.end()}),
            )
        };
        self.about(match ports {
            [] => vec![permission(json!({ "IpProtocol": "-1" }))],
            ports => ports.iter().map(of_ports).collect(),
        })
    }

    /// The input of a call with these permissions.
    fn about(&self, permissions: Vec<Value>) -> Value {
        let mut input = Map::new();
        if let Some(id) = &self.id {
            input.insert("GroupId".into(), id.as_str().into());
        }
        input.insert("IpPermissions".into(), permissions.into());
        input.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;
    use crate::brokers::delta::{Atlas, Foreign};
    use crate::brokers::lists::Listed;
    use crate::brokers::set::tests::set;

    fn group(ports: &[u16]) -> Group {
        let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
        let mut options = Options::default();
        options.insert(&ID, vec!["sg-0123".into()]);
        options.insert(&PORT, ports);
        Group::read(&options).unwrap()
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

    /// The calls that change a list with these entries and ports, each with its input.
    fn calls(
        group: &Group,
        wanted: &[&str],
        there: &[&str],
        ports: &[RangeInclusive<u16>],
    ) -> Result<Vec<(String, Value)>, Problem> {
        let list = List {
            entries: there.iter().map(|text| Listed::new(*text)).collect(),
            ports: ports.to_vec(),
            holder: "sg-0123".into(),
            ..List::new("sg-0123")
        };
        changes(group, wanted, &list)
    }

    fn changes(
        group: &Group,
        wanted: &[&str],
        list: &List,
    ) -> Result<Vec<(String, Value)>, Problem> {
        let wanted = set(wanted);
        let atlas = Atlas::new(&wanted, []);
        let delta = Delta::new(&wanted, &atlas, list, Foreign::Remove)?;
        let text = group.delta(&delta)?;
        assert!(text.ends_with("'\n"), "{text}");
        let call = |line: &str| {
            let words = shell_words::split(line).unwrap();
            assert_eq!([&words[0][..], &words[1], &words[3]], ["aws", "ec2", "--cli-input-json"]);
            (words[2].clone(), serde_json::from_str(&words[4]).unwrap())
        };
        Ok(text.trim_end().split(" &&\n").map(call).collect())
    }

    #[test]
    fn a_delta_adds_what_is_missing_and_then_takes_what_is_not_wanted() {
        let wanted = ["192.0.2.1/32", "198.51.100.7/32", "2001:db8::1/128"];
        let there = ["192.0.2.1/32", "203.0.113.0/24", "2001:db8::9/128"];
        let made = calls(&group(&[9194]), &wanted, &there, &[9194..=9194]).unwrap();
        let names: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
        let add = "authorize-security-group-ingress";
        assert_eq!(names, [add, "revoke-security-group-ingress"]);
        assert_eq!(made[0].1["IpPermissions"][0]["IpRanges"].as_array().unwrap().len(), 1);
        assert_eq!(made[0].1["IpPermissions"][0]["IpRanges"][0]["CidrIp"], "198.51.100.7/32");
        let revoked = json!({
            "GroupId": "sg-0123",
            "IpPermissions": [{
                "IpProtocol": "tcp",
                "FromPort": 9194,
                "ToPort": 9194,
                "IpRanges": [{"CidrIp": "203.0.113.0/24"}],
                "Ipv6Ranges": [{"CidrIpv6": "2001:db8::9/128"}],
            }],
        });
        assert_eq!(made[1].1, revoked);
    }

    #[test]
    fn a_rule_is_revoked_by_the_ports_that_it_has() {
        let of = |ports: &[RangeInclusive<u16>]| {
            let made = calls(&group(&[9194]), &["192.0.2.1/32"], &["192.0.2.1", "9.9.9.9"], ports);
            made.unwrap().remove(0).1["IpPermissions"][0].clone()
        };
        let range = of(&[9000..=9999]);
        assert_eq!((&range["FromPort"], &range["ToPort"]), (&json!(9000), &json!(9999)));
        let all = of(&[]);
        assert_eq!((&all["IpProtocol"], all.get("FromPort")), (&json!("-1"), None));
    }

    #[test]
    fn a_list_that_does_not_say_its_ports_is_of_the_brokers() {
        let entries = vec![Listed::new("192.0.2.1"), Listed::new("9.9.9.9")];
        let list = List { entries, ..List::new("allowed.txt") };
        let made = changes(&group(&[9194, 9196]), &["192.0.2.1/32"], &list).unwrap();
        let revoked = made[0].1["IpPermissions"].as_array().unwrap().iter();
        let ports: Vec<_> = revoked.map(|rule| (&rule["IpProtocol"], &rule["FromPort"])).collect();
        assert_eq!(ports, [(&json!("tcp"), &json!(9194)), (&json!("tcp"), &json!(9196))]);
    }

    #[test]
    fn a_delta_counts_what_is_there_and_needs_the_group() {
        let there: Vec<String> = (0..59).map(|n| format!("192.0.2.{n}/32")).collect();
        let there: Vec<&str> = there.iter().map(String::as_str).collect();
        let more = |more: &[&'static str]| [&there[..], more].concat();
        let one = more(&["198.51.100.1/32"]);
        assert!(calls(&group(&[9194]), &one, &there, &[9194..=9194]).is_ok());
        let two = more(&["198.51.100.1/32", "198.51.100.3/32"]);
        let refused = calls(&group(&[9194]), &two, &there, &[9194..=9194]);
        assert!(matches!(refused, Err(Problem::TooManyRules { rules: 61, .. })), "{refused:?}");
        let nameless = Group { id: None, ..group(&[9194]) };
        let refused = calls(&nameless, &["192.0.2.1/32"], &[], &[]);
        assert!(matches!(refused, Err(Problem::NotTold { flag: "id", .. })), "{refused:?}");
    }
}
