//! A rule of an Azure network security group, as Terraform makes it.

use super::azure_nsg::LIMIT;
use super::options::{DESCRIPTION, ID, NAME, PORT, PRIORITY};
use super::remark::Remark;
use super::{Argument, Misuse, Options, Target, Writer, hcl};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::coverage::Family;

/// The most characters of a description.
const DESCRIPTION_LENGTH: usize = 140;

/// A rule for each address family: one rule takes no two.
#[derive(Debug)]
pub(super) struct TerraformAzure;

impl Target for TerraformAzure {
    fn name(&self) -> &'static str {
        "terraform-azure"
    }

    fn about(&self) -> &'static str {
        "A Terraform resource of Azure: azurerm_network_security_rule"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME, &ID, &PRIORITY, &PORT]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&DESCRIPTION]
    }

    fn advice(&self) -> &'static str {
        "it takes --name NAME --port PORT --priority NUMBER, and --id /subscriptions/… or --id \
         azurerm_network_security_group.NAME"
    }

    fn applied(&self) -> &'static str {
        "terraform apply, once it is kept as a .tf file of the configuration"
    }

    fn extension(&self) -> &'static str {
        "tf"
    }

    fn bites(&self) -> &'static str {
        "--id is the group's resource id, or the address of its azurerm_network_security_group. No two \
         inbound rules of a group have one priority; IPv6 blocks become a rule of their own, \
         NAME-ipv6, with the next one. A group holds 4000 blocks in all. Rules within the \
         azurerm_network_security_group resource exclude these."
    }

    fn example(&self) -> &'static str {
        "--name atlas --id azurerm_network_security_group.broker \\\n      --port 9092 --priority 200"
    }

    fn undivided(&self, _: &Options) -> Option<&'static str> {
        Some("every file would fill the one group of --id, which holds 4000 blocks in all")
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        let name = hcl::name(options)?;
        if name.len() > 75
            || !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || name.ends_with('-')
        {
            return Err(Misuse::new(
                format!("--name {name:?} cannot name a rule of Azure"),
                "a name has 75 characters at most, begins with a letter and ends with none of the -",
            ));
        }
        let [resource_group, group] = group(options.one(&ID).unwrap_or_default())?;
        Ok(Box::new(Rule {
            name,
            resource_group,
            group,
            ports: options.ports(&PORT)?,
            // One is left for IPv6.
            priority: options.number(&PRIORITY, 100..=4095)?.unwrap_or(100),
            remark: Remark::read(options, DESCRIPTION_LENGTH)?,
        }))
    }
}

/// The resource group and the network security group, as values.
fn group(id: &str) -> Result<[String; 2], Misuse> {
    if hcl::is_reference(id) {
        // Its own id, which other targets take, is of the same resource.
        let id = match id.strip_suffix(".id") {
            Some(resource) if hcl::is_reference(resource) => resource,
            _ => id,
        };
        return Ok([format!("{id}.resource_group_name"), format!("{id}.name")]);
    }
    let parts: Vec<&str> = id.split('/').collect();
    let legal = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "-._()".contains(c))
    };
    match parts[..] {
        [
            "",
            subscriptions,
            subscription,
            groups,
            resource_group,
            providers,
            network,
            kind,
            name,
        ] if [subscriptions, groups, providers, network, kind].map(str::to_ascii_lowercase)
            == [
                "subscriptions",
                "resourcegroups",
                "providers",
                "microsoft.network",
                "networksecuritygroups",
            ]
            && [subscription, resource_group, name].into_iter().all(legal) =>
        {
            Ok([hcl::string(resource_group), hcl::string(name)])
        }
        _ => Err(Misuse::new(
            format!("--id {id:?} is neither a network security group's id nor a reference"),
            "it looks like /subscriptions/ID/resourceGroups/NAME/providers/Microsoft.Network/networkSecurityGroups/NAME \
             or azurerm_network_security_group.broker",
        )),
    }
}

#[derive(Debug)]
struct Rule {
    name: String,
    resource_group: String,
    group: String,
    ports: Vec<u16>,
    priority: u64,
    remark: Remark,
}

impl Writer for Rule {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        // Azure refuses blocks within others.
        let blocks = blocks.outermost();
        if blocks.len() > LIMIT {
            let (blocks, holder, limit) = (blocks.len(), "a network security group", LIMIT);
            return Err(Problem::TooManyBlocks { blocks, holder, limit, is_divisible: false });
        }
        let mut resources = Vec::new();
        for (family, (suffix, priority)) in
            Family::ALL.into_iter().zip([("", self.priority), ("-ipv6", self.priority + 1)])
        {
            if let Some(blocks) = blocks.only(family) {
                resources.push(self.resource(&format!("{}{suffix}", self.name), priority, &blocks));
            }
        }
        Ok(resources.join("\n"))
    }
}

impl Rule {
    fn resource(&self, name: &str, priority: u64, blocks: &Blocks) -> String {
        let ports: Vec<String> =
            self.ports.iter().map(|port| hcl::string(&port.to_string())).collect();
        let head = hcl::pairs(&[
            ("name", hcl::string(name)),
            ("resource_group_name", self.resource_group.clone()),
            ("network_security_group_name", self.group.clone()),
            ("description", hcl::string(&self.remark.of(blocks))),
            ("priority", priority.to_string()),
            ("direction", hcl::string("Inbound")),
            ("access", hcl::string("Allow")),
            ("protocol", hcl::string("Tcp")),
            ("source_port_range", hcl::string("*")),
            ("destination_address_prefix", hcl::string("*")),
            ("destination_port_ranges", format!("[{}]", ports.join(", "))),
        ]);
        let body = head + &hcl::list("source_address_prefixes", blocks);
        hcl::resource("azurerm_network_security_rule", name, &body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_is_meant_by_its_own_id_too() {
        let of = |id: &str| group(id).unwrap();
        let broker = "azurerm_network_security_group.broker";
        assert_eq!(of(&format!("{broker}.id")), of(broker));
        assert_eq!(of("module.id")[1], "module.id.name");
    }
}
