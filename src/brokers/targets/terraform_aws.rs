//! Rules of an AWS security group, as Terraform makes them.

use super::aws::{self, Descriptions, GROUP_RULES};
use super::options::{DESCRIPTION, ID, NAME, PORT};
use super::{Argument, Misuse, Options, Target, Writer, hcl};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::coverage::Family;

/// A resource for each port and address family, with one rule for each block.
#[derive(Debug)]
pub(super) struct TerraformAws;

impl Target for TerraformAws {
    fn name(&self) -> &'static str {
        "terraform-aws"
    }

    fn about(&self) -> &'static str {
        "Terraform resources of AWS: aws_vpc_security_group_ingress_rule"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME, &ID, &PORT]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&DESCRIPTION]
    }

    fn advice(&self) -> &'static str {
        "it takes --name NAME --port PORT, and --id sg-… or --id aws_security_group.NAME.id"
    }

    fn applied(&self) -> &'static str {
        "terraform apply, once it is kept as a .tf file of the configuration"
    }

    fn extension(&self) -> &'static str {
        "tf"
    }

    fn bites(&self) -> &'static str {
        "--id is the group's id, or a reference such as aws_security_group.broker.id. A security group \
         holds 60 rules, and each port takes one per block; more are refused. Rules within the \
         aws_security_group resource, or in aws_security_group_rule, exclude these: each would undo \
         the other's."
    }

    fn example(&self) -> &'static str {
        "--name atlas --id aws_security_group.broker.id --port 9194,9196"
    }

    fn undivided(&self, _: &Options) -> Option<&'static str> {
        Some("every file would fill the one group of --id, which holds 60 rules in all")
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        let id = options.one(&ID).unwrap_or_default();
        if !aws::is_id(id, "sg") && !hcl::is_reference(id) {
            return Err(Misuse::new(
                format!("--id {id:?} is neither a security group's id nor a reference"),
                "it looks like sg-0123456789abcdef0 or aws_security_group.broker.id",
            ));
        }
        Ok(Box::new(Rules {
            name: hcl::name(options)?,
            group: hcl::value(id),
            ports: options.ports(&PORT)?,
            descriptions: Descriptions::read(options)?,
        }))
    }
}

#[derive(Debug)]
struct Rules {
    name: String,
    group: String,
    ports: Vec<u16>,
    descriptions: Descriptions,
}

impl Writer for Rules {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let per_block = self.ports.len();
        let rules = blocks.len() * per_block;
        if rules > GROUP_RULES {
            let (holder, limit) = (aws::GROUP, GROUP_RULES);
            return Err(Problem::TooManyRules { rules, holder, limit, per_block });
        }
        let all = self.ports.iter().flat_map(|port| Family::ALL.map(|family| (*port, family)));
        let resources = all.filter_map(|(port, family)| self.resource(port, family, blocks));
        Ok(resources.collect::<Vec<_>>().join("\n"))
    }
}

impl Rules {
    /// The resource's name holds the port and the kind, so that further ones move no rule.
    fn resource(&self, port: u16, family: Family, blocks: &Blocks) -> Option<String> {
        let entries: Vec<(String, String)> = blocks
            .of(family)
            .map(|block| {
                let description = self.descriptions.of(block);
                let description = description.map_or("null".into(), |text| hcl::string(&text));
                (hcl::string(&block.net.to_string()), description)
            })
            .collect();
        let (suffix, cidr) = match family {
            Family::V4 => ("", "cidr_ipv4"),
            Family::V6 => ("_ipv6", "cidr_ipv6"),
        };
        let body = hcl::object("for_each", &entries)
            + "\n"
            + &hcl::pairs(&[
                ("security_group_id", self.group.clone()),
                ("description", "each.value".into()),
                (cidr, "each.key".into()),
                ("ip_protocol", hcl::string("tcp")),
                ("from_port", port.to_string()),
                ("to_port", port.to_string()),
            ]);
        let name = format!("{}_{port}{suffix}", self.name);
        let kind = "aws_vpc_security_group_ingress_rule";
        (!entries.is_empty()).then(|| hcl::resource(kind, &name, &body))
    }
}
