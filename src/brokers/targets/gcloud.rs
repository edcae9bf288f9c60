//! A firewall rule of a VPC network at Google Cloud.

use super::command::Line;
use super::google::{self, check_name};
use super::options::{CLOUD_PROJECT, DESCRIPTION, ID, NAME, NETWORK, PORT, PRIORITY};
use super::remark::Remark;
use super::{Argument, Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::coverage::Family;

/// Source ranges that one rule holds.
const LIMIT: usize = 5000;

/// The most characters of a rule's description.
const DESCRIPTION_LENGTH: usize = 2048;

/// What a name gets at its end if the rule is for IPv6.
const IPV6: &str = "-ipv6";

/// `gcloud compute firewall-rules create`, or `update`.
#[derive(Debug)]
pub(super) struct Gcloud;

impl Target for Gcloud {
    fn name(&self) -> &'static str {
        "gcloud"
    }

    fn about(&self) -> &'static str {
        "A `gcloud` command that makes or updates a firewall rule of a VPC network"
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&NAME, &PORT, &NETWORK, &ID, &PRIORITY, &DESCRIPTION, &CLOUD_PROJECT]
    }

    fn advice(&self) -> &'static str {
        "--name NAME --port PORT makes a rule; --id NAME replaces the source ranges of one that exists"
    }

    fn applied(&self) -> &'static str {
        "piped into sh, where gcloud is signed in"
    }

    fn extension(&self) -> &'static str {
        "sh"
    }

    fn bites(&self) -> &'static str {
        "It takes --name and --port, which make a rule, or --id, which updates the rule of that name: \
         its source ranges are replaced as a whole, and its ports stay. A rule holds 5000 ranges, of \
         IPv4 or of IPv6; where there are both, --name makes a second rule, NAME-ipv6. Without \
         --network the rule is made in the network `default`. A rule without source ranges lets \
         everybody in. The rule applies to every machine of the network."
    }

    fn example(&self) -> &'static str {
        "--name atlas-kafka --port 9092"
    }

    fn undivided(&self, options: &Options) -> Option<&'static str> {
        let same = "every file would replace what the one before let in to the one rule of --id";
        options.has(&ID).then_some(same)
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Rule::read(options)?))
    }
}

/// A rule that allows TCP connections from outside.
#[derive(Debug)]
struct Rule {
    verb: Verb,
    project: Option<String>,
    priority: Option<u64>,
    remark: Remark,
}

/// What is done to the rule.
#[derive(Debug)]
enum Verb {
    Create { name: String, network: Option<String>, ports: Vec<u16> },
    Update { name: String },
}

impl Rule {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let verb = match (options.one(&NAME), options.one(&ID)) {
            (None, None) => return Err(super::missing_option(&Gcloud, &NAME)),
            (Some(_), Some(_)) => {
                let problem = "--name and --id exclude each other";
                return Err(Misuse::new(problem, Gcloud.advice()));
            }
            (Some(name), None) => {
                check_name(&NAME, name)?;
                if !options.has(&PORT) {
                    return Err(super::missing_option(&Gcloud, &PORT));
                }
                let network = options.one(&NETWORK).map(str::to_owned);
                if let Some(network) = network.as_deref().filter(|network| !is_network(network)) {
                    let problem = format!("--network {network:?} is not a network");
                    let remedy = "name it, as `gcloud compute networks list` does";
                    return Err(Misuse::new(problem, remedy));
                }
                Verb::Create { name: name.to_owned(), network, ports: options.ports(&PORT)? }
            }
            (None, Some(name)) => {
                check_name(&ID, name)?;
                for fixed in [&NETWORK, &PORT] {
                    if options.was_typed(fixed) {
                        let problem = format!("--{} does not apply to --id", fixed.flag);
                        return Err(Misuse::new(problem, "a rule that exists keeps its own"));
                    }
                }
                Verb::Update { name: name.to_owned() }
            }
        };
        Ok(Rule {
            verb,
            project: google::project(options)?.map(str::to_owned),
            priority: options.number(&PRIORITY, 0..=65535)?,
            remark: Remark::read(options, DESCRIPTION_LENGTH)?,
        })
    }

    /// The command for the blocks of one family, if there are any.
    fn command(&self, blocks: &Blocks, family: Family, suffix: &str) -> Result<String, Problem> {
        let Some(blocks) = blocks.only(family) else { return Ok(String::new()) };
        let limit = LIMIT;
        let is_divisible = matches!(self.verb, Verb::Create { .. });
        if blocks.len() > limit {
            return Err(Problem::TooManyBlocks {
                blocks: blocks.len(),
                holder: "a firewall rule",
                limit,
                is_divisible,
            });
        }
        let (verb, name) = match &self.verb {
            Verb::Create { name, .. } => ("create", name),
            Verb::Update { name } => ("update", name),
        };
        let ranges: Vec<String> = blocks.iter().map(|block| block.net.to_string()).collect();
        let mut line = Line::new(&["gcloud", "compute", "firewall-rules", verb]);
        line = line.word(&format!("{name}{suffix}")).set_if("project", self.project.as_deref());
        if let Verb::Create { network, ports, .. } = &self.verb {
            let allowed: Vec<String> = ports.iter().map(|port| format!("tcp:{port}")).collect();
            line = line.set_if("network", network.as_deref()).set("direction", "INGRESS");
            line = line.set("allow", &allowed.join(","));
        }
        line = line.set_if("priority", self.priority).set("source-ranges", &ranges.join(","));
        // What is said of a rule that exists stays, unless another text is given.
        let text = match self.verb {
            Verb::Create { .. } => Some(self.remark.of(&blocks)).filter(|text| !text.is_empty()),
            Verb::Update { .. } => self.remark.given().map(str::to_owned),
        };
        line.set_if("description", text).end()
    }
}

impl Writer for Rule {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let mixed = Family::ALL.iter().all(|family| blocks.of(*family).next().is_some());
        let suffix = match &self.verb {
            _ if !mixed => "",
            Verb::Update { .. } => return Err(Problem::BothFamilies { holder: "a firewall rule" }),
            Verb::Create { name, .. } => {
                let length = name.len() + IPV6.len();
                if length > google::NAME_LENGTH {
                    let limit = google::NAME_LENGTH;
                    return Err(Problem::NameTooLong { name: format!("{name}{IPV6}"), limit });
                }
                IPV6
            }
        };
        Ok(self.command(blocks, Family::V4, "")? + &self.command(blocks, Family::V6, suffix)?)
    }
}

/// The name of a network, or the whole address of its resource.
fn is_network(text: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || b"-_./:".contains(&b);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.bytes().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;

    fn options(given: &[(&'static Argument, &str)]) -> Options {
        let mut options = Options::default();
        for (argument, value) in given {
            options.insert(argument, value.split(' ').map(str::to_owned).collect());
        }
        options
    }

    fn write(given: &[(&'static Argument, &str)], nets: &[&str]) -> Result<String, Problem> {
        Rule::read(&options(given)).unwrap().write(&blocks(nets))
    }

    const MADE: &[(&Argument, &str)] = &[(&NAME, "atlas-kafka"), (&PORT, "9094 9092")];

    #[test]
    fn a_rule_is_made_with_its_ports_or_gets_other_ranges() {
        let made = write(MADE, &["203.0.113.0/31", "198.51.100.7/32"]).unwrap();
        assert_eq!(
            made,
            "gcloud compute firewall-rules create atlas-kafka --direction=INGRESS \
             --allow=tcp:9092,tcp:9094 --source-ranges=198.51.100.7/32,203.0.113.0/31 \
             --description='Atlas control plane outbound aws us-east-1'\n"
        );
        let given = [(&ID, "atlas-kafka"), (&PRIORITY, "900"), (&CLOUD_PROJECT, "kafka-1")];
        assert_eq!(
            write(&given, &["198.51.100.7/32"]).unwrap(),
            "gcloud compute firewall-rules update atlas-kafka --project=kafka-1 --priority=900 \
             --source-ranges=198.51.100.7/32\n"
        );
    }

    #[test]
    fn a_rule_holds_addresses_of_one_kind() {
        let nets = ["198.51.100.7/32", "2001:db8::5/128"];
        let made = write(MADE, &nets).unwrap();
        let lines: Vec<&str> = made.lines().collect();
        assert!(
            lines[0].contains("create atlas-kafka --") && lines[0].contains("=198.51.100.7/32")
        );
        assert!(
            lines[1].contains("create atlas-kafka-ipv6 --") && lines[1].contains("=2001:db8::5/")
        );
        assert_eq!(lines.len(), 2);
        let alone = write(MADE, &nets[1..]).unwrap();
        assert!(alone.contains("create atlas-kafka --"), "{alone}");
        assert_eq!(
            write(&[(&ID, "atlas")], &nets),
            Err(Problem::BothFamilies { holder: "a firewall rule" })
        );
        let long = "a".repeat(60);
        let given = [(&NAME, long.as_str()), (&PORT, "9092")];
        assert!(matches!(write(&given, &nets), Err(Problem::NameTooLong { .. })));
        assert!(write(&given, &nets[..1]).is_ok());
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let refused =
            |given: &[(&'static Argument, &str)]| Rule::read(&options(given)).unwrap_err();
        assert!(refused(&[]).problem.ends_with("needs --name"));
        assert!(refused(&[(&NAME, "a")]).problem.ends_with("needs --port"));
        assert!(refused(&[(&NAME, "a"), (&ID, "a"), (&PORT, "1")]).problem.contains("exclude"));
        assert!(refused(&[(&ID, "a"), (&PORT, "1")]).problem.contains("--port"));
        assert!(refused(&[(&ID, "a"), (&NETWORK, "n")]).problem.contains("--network"));
        for (argument, bad) in [
            (&NAME, "a;id"),
            (&NETWORK, "-n"),
            (&NETWORK, "n';id"),
            (&PRIORITY, "65536"),
            (&PRIORITY, "-1"),
            (&CLOUD_PROJECT, "--quiet"),
        ] {
            let given: Vec<_> = [MADE, &[(argument, bad)]].concat();
            assert!(refused(&given).problem.contains(bad), "{bad}");
        }
        // The ports of connections are no ports of the rule that exists.
        let mut found = options(&[(&ID, "a")]);
        found.insert_default(&PORT, vec!["9092".into()]);
        let text = Rule::read(&found).unwrap().write(&blocks(&["192.0.2.1/32"])).unwrap();
        assert!(!text.contains("9092"), "{text}");
    }

    #[test]
    fn more_ranges_than_a_rule_holds_are_refused() {
        let nets: Vec<String> =
            (0..5001).map(|n| format!("198.{}.{}.1/32", n / 256, n % 256)).collect();
        let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
        assert!(write(MADE, &nets[1..]).is_ok());
        let refused = Problem::TooManyBlocks {
            blocks: 5001,
            holder: "a firewall rule",
            limit: 5000,
            is_divisible: true,
        };
        assert_eq!(write(MADE, &nets), Err(refused));
    }
}
