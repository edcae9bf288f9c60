//! A managed prefix list of AWS, as Terraform makes it.

use super::aws::Descriptions;
use super::aws_prefix_list::{MAX_ENTRIES, Room, list_name};
use super::options::{DESCRIPTION, FAMILY, NAME};
use super::{Argument, Misuse, Options, Target, Writer, hcl};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;

/// A list with its entries.
#[derive(Debug)]
pub(super) struct TerraformAwsPrefixList;

impl Target for TerraformAwsPrefixList {
    fn name(&self) -> &'static str {
        "terraform-aws-prefix-list"
    }

    fn about(&self) -> &'static str {
        "A Terraform resource of AWS: aws_ec2_managed_prefix_list"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&FAMILY, &MAX_ENTRIES, &DESCRIPTION]
    }

    fn advice(&self) -> &'static str {
        "it names the resource and the list, as in --name atlas"
    }

    fn applied(&self) -> &'static str {
        "terraform apply, once it is kept as a .tf file of the configuration"
    }

    fn extension(&self) -> &'static str {
        "tf"
    }

    fn bites(&self) -> &'static str {
        "A list holds addresses of one kind, and the provider fills it with one call, which takes 100. \
         A security group that refers to a list holds as many rules less as the list can hold \
         entries, so no room is left unless --max-entries asks for it. Entries in \
         aws_ec2_managed_prefix_list_entry exclude these."
    }

    fn example(&self) -> &'static str {
        "--name atlas"
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        let name = hcl::name(options)?;
        list_name(&name)?;
        let (room, descriptions) = (Room::read(options)?, Descriptions::read(options)?);
        Ok(Box::new(List { name, room, descriptions }))
    }
}

#[derive(Debug)]
struct List {
    name: String,
    room: Room,
    descriptions: Descriptions,
}

impl Writer for List {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let (family, blocks) = self.room.blocks(blocks)?;
        let attributes = hcl::pairs(&[
            ("name", hcl::string(&self.name)),
            ("address_family", hcl::string(&family.to_string())),
            ("max_entries", self.room.max_entries(&blocks)?.to_string()),
        ]);
        let entries: Vec<(String, String)> = blocks
            .iter()
            .map(|block| {
                let description = self.descriptions.of(block);
                let description = description.map_or("null".into(), |text| hcl::string(&text));
                (hcl::string(&block.net.to_string()), description)
            })
            .collect();
        let content = hcl::pairs(&[
            ("cidr", "entry.key".to_owned()),
            ("description", "entry.value".to_owned()),
        ]);
        let each = hcl::object("for_each", &entries) + "\n" + &hcl::block("content", &content);
        let body = attributes + "\n" + &hcl::block("dynamic \"entry\"", &each);
        Ok(hcl::resource("aws_ec2_managed_prefix_list", &self.name, &body))
    }
}
