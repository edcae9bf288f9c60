//! Inbound rules of AWS security groups.

use serde_json::Value;

use super::value::{array, number, shown, text};
use super::{Document, Format, List, Listed, Reading, Unreadable};

/// What `aws ec2 describe-security-groups` prints, or takes to add rules; a list for each port.
#[derive(Debug)]
pub(super) struct AwsSecurityGroup;

impl Format for AwsSecurityGroup {
    fn name(&self) -> &'static str {
        "aws-security-group"
    }

    fn about(&self) -> &'static str {
        "aws ec2 describe-security-groups, describe-security-group-rules, or the input that adds rules"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        ["SecurityGroups", "SecurityGroupRules", "IpPermissions"]
            .iter()
            .any(|key| document.has(key))
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        let mut lists = Vec::new();
        for item in document.items() {
            array(item, "SecurityGroups").iter().for_each(|group| of_group(group, &mut lists));
            if item.get("IpPermissions").is_some() {
                of_group(item, &mut lists);
            }
            let inbound = |rule: &&Value| rule.get("IsEgress") != Some(&Value::Bool(true));
            for rule in array(item, "SecurityGroupRules").iter().filter(inbound) {
                let group = text(rule, "GroupId").unwrap_or("security group");
                if let Some(list) = list_for(group, rule, &mut lists) {
                    list.entries.extend(entry_of(rule));
                }
            }
        }
        Ok(lists)
    }
}

fn of_group(group: &Value, lists: &mut Vec<List>) {
    let id = text(group, "GroupId").or(text(group, "GroupName")).unwrap_or("security group");
    let count = lists.len();
    for permission in array(group, "IpPermissions") {
        let Some(list) = list_for(id, permission, lists) else { continue };
        let kinds = [
            ("IpRanges", "CidrIp"),
            ("Ipv6Ranges", "CidrIpv6"),
            ("PrefixListIds", "PrefixListId"),
            ("UserIdGroupPairs", "GroupId"),
        ];
        for (kind, key) in kinds {
            let entry =
                |range| Some(Listed::new(text(range, key)?).label(text(range, "Description")));
            list.entries.extend(array(permission, kind).iter().filter_map(entry));
        }
    }
    // A group without rules lets nobody in.
    if lists.len() == count {
        lists.push(List { id: Some(id.to_owned()), holder: id.to_owned(), ..List::new(id) });
    }
}

/// The list that a rule's entries belong to, unless it is for another protocol than TCP.
fn list_for<'a>(group: &str, rule: &Value, lists: &'a mut Vec<List>) -> Option<&'a mut List> {
    let port = |key: &str| rule.get(key).and_then(Value::as_i64);
    let ports = match text(rule, "IpProtocol")? {
        "-1" | "all" => vec![],
        "tcp" | "6" => match (port("FromPort"), port("ToPort")) {
            (Some(first), Some(last)) if first >= 0 => {
                vec![first.try_into().ok()?..=last.try_into().ok()?]
            }
            _ => vec![],
        },
        _ => return None,
    };
    let name = format!("{group} {}", shown(&ports));
    let at = lists.iter().position(|list| list.name == name).unwrap_or_else(|| {
        let (id, holder) = (Some(group.to_owned()), group.to_owned());
        lists.push(List { id, holder, ports, ..List::new(name) });
        lists.len() - 1
    });
    lists.get_mut(at)
}

/// A rule as `describe-security-group-rules` has it: one entry each.
fn entry_of(rule: &Value) -> Option<Listed> {
    let other = || text(rule.get("ReferencedGroupInfo")?, "GroupId");
    let keys = ["CidrIpv4", "CidrIpv6", "PrefixListId"];
    let entry = keys.iter().find_map(|key| text(rule, key)).or_else(other)?;
    Some(Listed::new(entry).label(text(rule, "Description")))
}

/// A version or a size.
pub(super) fn count(value: &Value, key: &str) -> Option<u64> {
    value.get(key).and_then(number)
}
