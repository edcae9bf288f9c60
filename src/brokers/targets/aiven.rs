//! The IP filter of a service at Aiven.

use std::collections::BTreeMap;

use ipnet::IpNet;
use serde_json::{Value, json};

use super::command::Line;
use super::options::{CLOUD_PROJECT, DESCRIPTION, ID};
use super::remark::Remark;
use super::{Argument, Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::delta::Delta;

/// Entries that the filter of one service holds.
const LIMIT: usize = 8000;

/// The most characters that may be said of an entry.
const DESCRIPTION_LENGTH: usize = 1024;

/// `avn service update`.
#[derive(Debug)]
pub(super) struct Aiven;

impl Target for Aiven {
    fn name(&self) -> &'static str {
        "aiven"
    }

    fn about(&self) -> &'static str {
        "An `avn` command that sets the IP filter of an Aiven service"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&ID]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&CLOUD_PROJECT, &DESCRIPTION]
    }

    fn advice(&self) -> &'static str {
        "--id is the service's name; `avn service list` prints them"
    }

    fn applied(&self) -> &'static str {
        "piped into sh, where avn is signed in"
    }

    fn extension(&self) -> &'static str {
        "sh"
    }

    fn bites(&self) -> &'static str {
        "The service's filter is replaced as a whole: other clients that are not in it are shut out. \
         It holds 8000 entries; a new service has 0.0.0.0/0 there, which lets everybody in. --id is \
         the service's name. Without --cloud-project, avn takes the project that it is set up with. \
         With --description, every entry is an object that says so."
    }

    fn example(&self) -> &'static str {
        "--id kafka-prod --cloud-project shop"
    }

    fn undivided(&self, _: &Options) -> Option<&'static str> {
        Some("every file would replace the filter of the one before")
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Service::read(options)?))
    }
}

#[derive(Debug)]
struct Service {
    name: String,
    project: Option<String>,
    remark: Remark,
}

impl Service {
    fn read(options: &Options) -> Result<Self, Misuse> {
        for (argument, what) in [(&ID, "service"), (&CLOUD_PROJECT, "project")] {
            if let Some(name) = options.one(argument).filter(|name| !is_name(name)) {
                let problem = format!("--{} {name:?} is not a {what} at Aiven", argument.flag);
                let rule = "it has at most 64 lower-case letters, digits and hyphens, and begins with a letter";
                return Err(Misuse::new(problem, rule));
            }
        }
        Ok(Service {
            name: options.one(&ID).unwrap_or_default().to_owned(),
            project: options.one(&CLOUD_PROJECT).map(str::to_owned),
            remark: Remark::read(options, DESCRIPTION_LENGTH)?,
        })
    }

    /// The command that sets the filter to these blocks, of which some keep what is said of them.
    fn command(&self, blocks: &Blocks, kept: &BTreeMap<IpNet, &str>) -> Result<String, Problem> {
        if blocks.len() > LIMIT {
            let (blocks, holder, limit) =
                (blocks.len(), "the IP filter of an Aiven service", LIMIT);
            return Err(Problem::TooManyBlocks { blocks, holder, limit, is_divisible: false });
        }
        let entry = |net: IpNet| match kept.get(&net).copied().or(self.remark.given()) {
            Some(text) => json!({"network": net.to_string(), "description": text}),
            None => net.to_string().into(),
        };
        let entries: Vec<Value> = blocks.iter().map(|block| entry(block.net)).collect();
        let mut line = Line::new(&["avn", "service", "update", &self.name]);
        if let Some(project) = &self.project {
            line = line.word("--project").word(project);
        }
        line.word("-c").word(&format!("ip_filter={}", Value::from(entries))).end()
    }
}

impl Writer for Service {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        self.command(blocks, &BTreeMap::new())
    }

    fn delta(&self, delta: &Delta<'_>) -> Result<String, Problem> {
        let labelled =
            delta.foreign.iter().filter_map(|entry| Some((entry, entry.label.as_deref()?)));
        let kept =
            labelled.flat_map(|(entry, label)| entry.nets.iter().map(move |net| (*net, label)));
        self.command(&delta.merged, &kept.collect())
    }
}

fn is_name(text: &str) -> bool {
    let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;
    use crate::brokers::delta::{Atlas, Foreign};
    use crate::brokers::lists::{List, Listed};
    use crate::brokers::set::tests::set;

    fn options(given: &[(&'static Argument, &str)]) -> Options {
        let mut options = Options::default();
        for (argument, value) in given {
            options.insert(argument, vec![(*value).to_owned()]);
        }
        options
    }

    fn write(given: &[(&'static Argument, &str)], nets: &[&str]) -> Result<String, Problem> {
        Service::read(&options(given)).unwrap().write(&blocks(nets))
    }

    /// The filter that a command sets.
    fn filter(line: &str) -> Value {
        let words = shell_words::split(line).unwrap();
        serde_json::from_str(words.last().unwrap().strip_prefix("ip_filter=").unwrap()).unwrap()
    }

    #[test]
    fn the_filter_is_set_as_json() {
        let given = [(&ID, "kafka"), (&CLOUD_PROJECT, "shop")];
        let text = write(&given, &["203.0.113.0/31", "198.51.100.7/32"]).unwrap();
        assert_eq!(
            text,
            "avn service update kafka --project shop \
             -c 'ip_filter=[\"198.51.100.7/32\",\"203.0.113.0/31\"]'\n"
        );
        let given = [(&ID, "kafka"), (&DESCRIPTION, "it's \"Atlas\"; $(id)")];
        let text = write(&given, &["198.51.100.7/32"]).unwrap();
        let entry = json!({"network": "198.51.100.7/32", "description": "it's \"Atlas\"; $(id)"});
        assert_eq!(filter(&text), json!([entry]));
    }

    #[test]
    fn what_aiven_does_not_take_is_refused() {
        for name in ["--help", "Kafka", "kafka;id", "1kafka", "ka fka", &"k".repeat(65)] {
            for argument in [&ID, &CLOUD_PROJECT] {
                let mut options = Options::default();
                options.insert(&ID, vec!["kafka".into()]);
                options.insert(argument, vec![name.to_owned()]);
                let refused = Service::read(&options).unwrap_err();
                assert!(refused.problem.contains(argument.flag), "{refused}");
            }
        }
        let nets: Vec<String> =
            (0..8001).map(|n| format!("198.{}.{}.111/32", 100 + n / 250, n % 250)).collect();
        let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
        let refused = write(&[(&ID, "kafka")], &nets);
        assert!(matches!(refused, Err(Problem::TooManyBlocks { limit: 8000, .. })));
        assert!(write(&[(&ID, "kafka")], &nets[..5000]).is_ok());
        // So many are more than one word of a command can hold.
        let refused = write(&[(&ID, "kafka")], &nets[..8000]);
        assert!(matches!(refused, Err(Problem::WordTooLong { .. })));
    }

    #[test]
    fn entries_that_are_kept_keep_what_is_said_of_them() {
        let list = List {
            entries: vec![
                Listed::new("192.0.2.1/32").label(Some("office, it's ours")),
                Listed::new("192.0.2.9/32"),
                Listed::new("203.0.113.0/31").label(Some("Atlas")),
            ],
            ..List::new("kafka")
        };
        let wanted = set(&["203.0.113.0/31", "198.51.100.7/32"]);
        let service = |given: &[(&'static Argument, &str)], foreign| {
            let delta = Delta::new(&wanted, &Atlas::new(&wanted, []), &list, foreign).unwrap();
            filter(&Service::read(&options(given)).unwrap().delta(&delta).unwrap())
        };
        let office = json!({"network": "192.0.2.1/32", "description": "office, it's ours"});
        assert_eq!(
            service(&[(&ID, "kafka")], Foreign::Keep),
            json!([office, "192.0.2.9/32", "198.51.100.7/32", "203.0.113.0/31"])
        );
        let removed = service(&[(&ID, "kafka")], Foreign::Remove);
        assert_eq!(removed, json!(["198.51.100.7/32", "203.0.113.0/31"]));
        let said = service(&[(&ID, "kafka"), (&DESCRIPTION, "new")], Foreign::Keep);
        assert_eq!(said[0], office);
        assert_eq!(said[1], json!({"network": "192.0.2.9/32", "description": "new"}));
    }
}
