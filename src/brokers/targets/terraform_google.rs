//! A firewall rule of Google Cloud, as Terraform makes it.

use super::options::{DESCRIPTION, NAME, NETWORK, PORT, PRIORITY};
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
        let description = options.one(&DESCRIPTION).map(str::to_owned);
        if description.iter().any(|text| text.chars().count() > DESCRIPTION_LENGTH) {
            let problem = "--description is too long";
            return Err(Misuse::new(problem, "Google Cloud takes 2048 characters at most"));
        }
        Ok(Box::new(Rule {
            name: name.to_owned(),
            network: hcl::value(network),
            ports: options.ports(&PORT)?,
            priority: options.number(&PRIORITY, 0..=65535)?,
            description,
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
    description: Option<String>,
}

impl Writer for Rule {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let mut resources = Vec::new();
        for (family, suffix) in Family::ALL.into_iter().zip(["", "-ipv6"]) {
            let nets: Vec<String> = blocks.of(family).map(|block| block.net.to_string()).collect();
            if nets.len() > LIMIT {
                return Err(Problem::TooManyRules {
                    rules: nets.len(),
                    holder: "a firewall rule",
                    limit: LIMIT,
                    per_block: 1,
                });
            }
            if !nets.is_empty() {
                resources.push(self.resource(&format!("{}{suffix}", self.name), nets, blocks));
            }
        }
        Ok(resources.join("\n"))
    }
}

impl Rule {
    fn resource(&self, name: &str, nets: Vec<String>, blocks: &Blocks) -> String {
        let said = self.description.clone().unwrap_or_else(|| blocks.label(DESCRIPTION_LENGTH));
        let mut attributes = vec![
            ("name", hcl::string(name)),
            ("network", self.network.clone()),
            ("description", hcl::string(&said)),
            ("direction", hcl::string("INGRESS")),
        ];
        attributes.extend(self.priority.map(|priority| ("priority", priority.to_string())));
        let ports: Vec<String> =
            self.ports.iter().map(|port| hcl::string(&port.to_string())).collect();
        let allow =
            [("protocol", hcl::string("tcp")), ("ports", format!("[{}]", ports.join(", ")))];
        let body = hcl::pairs(&attributes)
            + &hcl::list("source_ranges", nets)
            + "\n"
            + &hcl::block("allow", &hcl::pairs(&allow));
        hcl::resource("google_compute_firewall", name, &body)
    }
}
