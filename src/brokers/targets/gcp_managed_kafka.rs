//! The source ranges of a public cluster of Google Cloud's Managed Service for Apache Kafka.

use ipnet::IpNet;

use super::command::Line;
use super::google::{self, check_name};
use super::options::{CLOUD_PROJECT, ID};
use super::{Argument, Misuse, Options, Target, Values, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::coverage::Family;

/// Ranges that one cluster holds.
const LIMIT: usize = 500;

/// The shortest prefix of a range.
const WIDEST: u8 = 16;

const HOLDER: &str = "a public Kafka cluster of Google Cloud";

const LOCATION: Argument =
    Argument::new("location", "LOCATION", Values::Text, "The region that the cluster is in");

/// `gcloud managed-kafka clusters update`.
#[derive(Debug)]
pub(super) struct GcpManagedKafka;

impl Target for GcpManagedKafka {
    fn name(&self) -> &'static str {
        "gcp-managed-kafka"
    }

    fn about(&self) -> &'static str {
        "A `gcloud` command that sets the source ranges of a managed Kafka cluster"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&ID, &LOCATION]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&CLOUD_PROJECT]
    }

    fn advice(&self) -> &'static str {
        "`gcloud managed-kafka clusters list --location=-` prints the clusters and where they are"
    }

    fn applied(&self) -> &'static str {
        "piped into sh, where gcloud 584 or later is signed in"
    }

    fn extension(&self) -> &'static str {
        "sh"
    }

    fn bites(&self) -> &'static str {
        "The cluster becomes a public one, if it is not yet, and its source ranges are replaced as a \
         whole; connections that are open stay open. It takes at most 500 ranges: public IPv4 \
         addresses, of a /16 or less, none within another (one within another is left out). Clients \
         sign in on port 9092 with SASL, on 9192 with a certificate."
    }

    fn example(&self) -> &'static str {
        "--id orders --location us-central1"
    }

    fn undivided(&self, _: &Options) -> Option<&'static str> {
        Some("every file would replace the ranges of the one before")
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        let word = |argument| options.one(argument).unwrap_or_default().to_owned();
        let cluster = Cluster {
            id: word(&ID),
            location: word(&LOCATION),
            project: google::project(options)?.map(str::to_owned),
        };
        check_name(&ID, &cluster.id)?;
        check_name(&LOCATION, &cluster.location)?;
        Ok(Box::new(cluster))
    }
}

#[derive(Debug)]
struct Cluster {
    id: String,
    location: String,
    project: Option<String>,
}

impl Writer for Cluster {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let blocks = blocks.outermost();
        let nets: Vec<IpNet> = blocks.iter().map(|block| block.net).collect();
        let named = |net: &IpNet| net.to_string();
        if let Some(block) = blocks.of(Family::V6).map(|block| named(&block.net)).next() {
            return Err(Problem::WrongFamily { holder: HOLDER, family: Family::V6, block });
        }
        if let Some(block) = nets.iter().find(|net| net.prefix_len() < WIDEST).map(named) {
            return Err(Problem::WiderThan { holder: HOLDER, prefix: WIDEST, block });
        }
        if let Some(block) = nets.iter().find(|net| is_private(net)).map(named) {
            return Err(Problem::NotPublic { holder: HOLDER, block });
        }
        if nets.len() > LIMIT {
            let (blocks, limit) = (nets.len(), LIMIT);
            return Err(Problem::TooManyBlocks {
                blocks,
                holder: HOLDER,
                limit,
                is_divisible: false,
            });
        }
        let ranges: Vec<String> = nets.iter().map(IpNet::to_string).collect();
        Line::new(&["gcloud", "managed-kafka", "clusters", "update", &self.id])
            .set("location", &self.location)
            .set_if("project", self.project.as_deref())
            .word("--public-cluster")
            .set("allowed-source-ip-ranges", &ranges.join(","))
            .end()
    }
}

/// Whether it lies in a range that is not routed on the internet (RFC 1918, 3927, 6598, 1122).
fn is_private(net: &IpNet) -> bool {
    let ranges = [
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
    ];
    ranges.iter().any(|range| range.parse().is_ok_and(|range: IpNet| range.contains(net)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;

    fn cluster(id: &str, location: &str) -> Result<Box<dyn Writer>, Misuse> {
        let mut options = Options::default();
        options.insert(&ID, vec![id.to_owned()]);
        options.insert(&LOCATION, vec![location.to_owned()]);
        GcpManagedKafka.prepare(&options)
    }

    fn write(nets: &[&str]) -> Result<String, Problem> {
        cluster("orders", "us-central1").unwrap().write(&blocks(nets))
    }

    #[test]
    fn the_ranges_are_set_without_those_within_another() {
        let text = write(&["203.0.113.0/24", "203.0.113.9/32", "198.51.100.7/32"]).unwrap();
        assert_eq!(
            text,
            "gcloud managed-kafka clusters update orders --location=us-central1 --public-cluster \
             --allowed-source-ip-ranges=198.51.100.7/32,203.0.113.0/24\n"
        );
    }

    #[test]
    fn what_the_service_does_not_take_is_refused() {
        assert!(matches!(write(&["2001:db8::1/128"]), Err(Problem::WrongFamily { .. })));
        assert!(matches!(write(&["198.50.0.0/15"]), Err(Problem::WiderThan { .. })));
        assert!(write(&["198.51.0.0/16"]).is_ok());
        for private in ["192.168.120.0/21", "10.1.2.3/32", "172.31.0.0/16"] {
            assert!(matches!(write(&[private]), Err(Problem::NotPublic { .. })), "{private}");
        }
        let nets: Vec<String> =
            (0..501).map(|n| format!("198.{}.{}.1/32", n / 250, n % 250)).collect();
        let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
        assert!(write(&nets[1..]).is_ok());
        assert!(matches!(write(&nets), Err(Problem::TooManyBlocks { limit: 500, .. })));
        for (id, location) in
            [("a;id", "us-central1"), ("--help", "us-central1"), ("a", "us central")]
        {
            assert!(cluster(id, location).is_err(), "{id} {location}");
        }
    }
}
