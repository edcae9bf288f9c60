//! The kernel's packet filter, in a network of its own.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::consumers::{self, Python};
use crate::run::Finished;
use crate::support::{Lab, skipped};

const LIST: &str = "--from-file list.json --provider aws --region us-east-1";

/// Where clients come from: addresses that every machine has.
const SOURCES: [&str; 6] = ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.7", "127.0.0.8", "::1"];

/// A kernel that filters, and a list of addresses that should get in.
struct Case {
    lab: Lab,
    python: Python,
    /// The option that gives a program a network of its own.
    apart: &'static str,
}

impl Case {
    fn new() -> Option<Self> {
        let python = Python(consumers::tool("python3")?);
        let (nft, unshare) = (consumers::tool("nft")?, consumers::tool("unshare")?);
        let works = |apart: &&str| {
            let mut probe = Command::new(&unshare);
            probe.arg(apart).arg(&nft).args(["list", "ruleset"]);
            consumers::run(&mut probe, "").code == Some(0)
        };
        // Whoever is not root is root in a namespace of users.
        let Some(apart) = ["-n", "-rn"].into_iter().find(works) else {
            skipped("nftables (no network of its own)");
            return None;
        };
        Some(Case { lab: Lab::new(), python, apart })
    }

    fn wants(&self, addresses: &[&str]) {
        let list = json!({ "outbound": { "aws": { "us-east-1": addresses } } });
        fs::write(self.lab.file("list.json"), list.to_string()).unwrap();
    }

    /// What happens with the rules for what is wanted: who connects, and what the kernel lists.
    fn load(&self) -> Value {
        let line = format!("ips {LIST} --for nftables --name atlas --port 9092,9094");
        let rules = self.lab.file("rules.nft");
        fs::write(&rules, self.lab.typed(&line).finish().exits(0).stdout).unwrap();
        let rules = rules.display().to_string();
        let args = [&[&rules, "9092"], &SOURCES[..]].concat();
        let script = self.python.command("nft.py", &args);
        let mut command = Command::new("unshare");
        command.arg(self.apart).arg(script.get_program()).args(script.get_args());
        consumers::run(&mut command, "").exits(0).json()
    }

    /// What the kernel lists, held against what is wanted.
    fn check(&self, listing: &Value) -> Finished {
        let line = format!("ips check {LIST} --fail-on any --against -");
        self.lab.typed(&line).stdin(&listing.to_string()).finish()
    }
}

#[test]
fn the_kernel_lets_in_the_addresses_that_are_listed() {
    let Some(case) = Case::new() else { return };
    case.wants(&["127.0.0.2/32", "127.0.0.4/30", "127.0.0.5", "::1"]);
    let loaded = case.load();
    assert_eq!(loaded["admitted"], json!(["127.0.0.2", "127.0.0.4", "127.0.0.7", "::1"]));
    // Nobody is shut out of a port that was not named.
    assert_eq!(loaded["elsewhere"], json!(SOURCES));
    case.check(&loaded["ruleset"]).exits(0);

    // A family that has no addresses is shut out too.
    case.wants(&["127.0.0.3"]);
    let narrower = case.load();
    assert_eq!(narrower["admitted"], json!(["127.0.0.3"]));
    assert_eq!(narrower["elsewhere"], json!(SOURCES));
    let [set] = &narrower["sets"].as_array().unwrap()[..] else { panic!("{narrower}") };
    case.check(set).exits(0);
    case.check(&narrower["ruleset"]).exits(0);

    let changed = case.check(&loaded["ruleset"]).exits(3);
    let told = |words: [&str; 2]| {
        changed.out().lines().any(|line| words.iter().all(|word| line.contains(word)))
    };
    assert!(told(["missing", "127.0.0.3"]), "{}", changed.shown());
    assert!(told(["stale", "127.0.0.2"]), "{}", changed.shown());
}

#[test]
fn the_kernel_holds_as_many_blocks_as_there_may_be() {
    let Some(case) = Case::new() else { return };
    let many: Vec<String> = (0..20_000u32)
        .map(|n| format!("10.{}.{}.{}/32", n >> 14, n >> 6 & 255, (n & 63) * 4))
        .collect();
    let mut many: Vec<&str> = many.iter().map(String::as_str).collect();
    many.push("127.0.0.8");
    case.wants(&many);
    let loaded = case.load();
    assert_eq!(loaded["admitted"], json!(["127.0.0.8"]));
    case.check(&loaded["ruleset"]).exits(0);
}
