//! A firewall rule of Google Cloud, as Terraform makes it.

use super::options::{DESCRIPTION, NAME, NETWORK, PORT, PRIORITY};
use super::remark::Remark;
use super::{Argument, Misuse, Options, Target, Writer, hcl};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::coverage::Family;

/// Blocks that one rule holds.
const LIMIT: usize = 5000;

/// The most characters of a description.
const DESCRIPTION_LENGTH: usize = 2048;

/// A rule for each address family: one rule takes no two.
#[derive(Debug)]
pub(super) struct TerraformGoogle;

impl Target for TerraformGoogle {
    fn name(&self) -> &'static str {
        "terraform-google"
    }

    fn about(&self) -> &'static str {
        "A Terraform resource of Google Cloud: google_compute_firewall"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME, &NETWORK, &PORT]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&PRIORITY, &DESCRIPTION]
    }

    fn advice(&self) -> &'static str {
        "it takes --name NAME --port PORT, and --network NAME or --network google_compute_network.NAME.id"
    }

    fn applied(&self) -> &'static str {
        "terraform apply, once it is kept as a .tf file of the configuration"
    }

    fn extension(&self) -> &'static str {
        "tf"
    }

    fn bites(&self) -> &'static str {
        "The rule opens the ports of every machine of the network: add target_tags or \
         target_service_accounts to open those of the brokers alone. A rule holds blocks of one kind, \
         and at most 5000; IPv6 blocks become a rule of their own, NAME-ipv6. An update replaces the \
         whole list, and a rule without sources would let in everyone."
    }

    fn example(&self) -> &'static str {
        "--name atlas --network google_compute_network.main.id --port 9092"
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        let name = options.one(&NAME).unwrap_or_default();
        if !is_name(name) {
            return Err(Misuse::new(
                format!("--name {name:?} cannot name a firewall rule of Google Cloud"),
                "a name has at most 58 lower-case letters, digits and -, begins with a letter and ends with none of the -",
            ));
        }
        let network = options.one(&NETWORK).unwrap_or_default();
        if !is_network(network) && !hcl::is_reference(network) {
            return Err(Misuse::new(
                format!("--network {network:?} is neither a network nor a reference"),
                "it looks like default, projects/PROJECT/global/networks/NAME or google_compute_network.main.id",
            ));
        }
        Ok(Box::new(Rule {
            name: name.to_owned(),
            network: hcl::value(network),
            ports: options.ports(&PORT)?,
            priority: options.number(&PRIORITY, 0..=65535)?,
            remark: Remark::read(options, DESCRIPTION_LENGTH)?,
        }))
    }
}

/// A name that Google Cloud and Terraform take, with room for `-ipv6`.
fn is_name(name: &str) -> bool {
    let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=58).contains(&name.len())
        && name.bytes().all(legal)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-')
}

/// A network's name, or its path.
fn is_network(text: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || b"-._:/".contains(&b);
    match text.rsplit_once('/') {
        Some(_) => text.bytes().all(legal),
        None => is_name(text),
    }
}

#[derive(Debug)]
struct Rule {
    name: String,
    network: String,
    ports: Vec<u16>,
    priority: Option<u64>,
    remark: Remark,
}

impl Writer for Rule {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let mut resources = Vec::new();
        for (family, suffix) in Family::ALL.into_iter().zip(["", "-ipv6"]) {
            let Some(blocks) = blocks.only(family) else { continue };
            if blocks.len() > LIMIT {
                let (blocks, holder, limit) = (blocks.len(), "a firewall rule", LIMIT);
                return Err(Problem::TooManyBlocks { blocks, holder, limit, is_divisible: true });
            }
            resources.push(self.resource(&format!("{}{suffix}", self.name), &blocks));
        }
        Ok(resources.join("\n"))
    }
}

impl Rule {
    fn resource(&self, name: &str, blocks: &Blocks) -> String {
        let mut attributes = vec![
            ("name", hcl::string(name)),
            ("network", self.network.clone()),
            ("description", hcl::string(&self.remark.of(blocks))),
            ("direction", hcl::string("INGRESS")),
        ];
        attributes.extend(self.priority.map(|priority| ("priority", priority.to_string())));
        let ports: Vec<String> =
            self.ports.iter().map(|port| hcl::string(&port.to_string())).collect();
        let allow =
            [("protocol", hcl::string("tcp")), ("ports", format!("[{}]", ports.join(", ")))];
        let body = hcl::pairs(&attributes)
            + &hcl::list("source_ranges", blocks)
            + "\n"
            + &hcl::block("allow", &hcl::pairs(&allow));
        hcl::resource("google_compute_firewall", name, &body)
    }
}
