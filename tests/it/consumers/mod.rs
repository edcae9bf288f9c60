//! What `spctl ips` and `spctl audit export` write, read by the programs that it is written for; and the
//! endpoints of `spctl local serve`, met by the programs that connect to them.
//!
//! `.ci/consumers DIR` fetches them, and the variable `SPCTL_CONSUMERS` names that directory. A test asks
//! for what it needs, and returns where that is not there; what was skipped has been told by then:
//!
//! ```ignore
//! let Some(python) = consumers::python("moto") else { return };  // a package of DIR/venv
//! python.run("botocore.py", &["ec2", "Operation"], &stdin).exits(0);  // a script beside this file
//! let Some(jars) = consumers::part("kafka-3.9.1") else { return };    // a directory in DIR
//! let Some(nft) = consumers::tool("nft") else { return };             // a program of the system
//! consumers::run(Command::new(nft).arg("-c"), &stdin).exits(0);       // bounded; says what went wrong
//! ```
//!
//! A new package is a line in `.ci/consumers`, a new consumer a file here and a row of
//! `docs/consumers.md`.

#![allow(dead_code, reason = "what the next consumers need")]

mod aiven;
mod aws;
mod azure;
mod broker;
mod chromium;
mod documented;
mod driver;
mod findings;
mod google;
mod kafka;
mod kubernetes;
mod lake;
mod mongosh;
mod nftables;
mod node_driver;
mod pymongo;
mod store;
mod terraform;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::run::{Finished, Run, complete};
use crate::support::{Lab, skipped};

/// After this long a consumer is killed, and the test fails; a busy machine starts many a Java.
const PATIENCE: Duration = Duration::from_secs(120);

/// The directory that `.ci/consumers` has filled, for the sake of this.
fn dir(what: &str) -> Option<PathBuf> {
    let dir = std::env::var_os("SPCTL_CONSUMERS").map(PathBuf::from);
    if dir.is_none() {
        skipped(&format!("{what} (SPCTL_CONSUMERS is not set)"));
    }
    dir
}

/// A file or directory of what was fetched.
pub fn part(name: &str) -> Option<PathBuf> {
    found(name, Some(dir(name)?.join(name)).filter(|part| part.exists()))
}

/// A program of this machine, wanted only where the others are.
pub fn tool(name: &str) -> Option<PathBuf> {
    dir(name)?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Where programs of the administrator are, which not everyone looks for.
    let places = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    found(name, places.map(|place| place.join(name)).find(|program| program.is_file()))
}

/// The interpreter that has this package, named as the package index does.
pub fn python(package: &str) -> Option<Python> {
    let venv = dir(package)?.join("venv");
    let prefix = format!("{}-", package.replace('-', "_"));
    let entries = |path: &Path| std::fs::read_dir(path).into_iter().flatten().flatten();
    let packages = entries(&venv.join("lib"))
        .flat_map(|version| entries(&version.path().join("site-packages")).collect::<Vec<_>>());
    let mut names = packages.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_there = names.any(|name| name.starts_with(&prefix) && name.ends_with(".dist-info"));
    found(package, is_there.then(|| Python(venv.join("bin/python"))))
}

/// What was looked for, or a word about that it is not there.
fn found<T>(what: &str, it: Option<T>) -> Option<T> {
    if it.is_none() {
        skipped(&format!("{what} (not installed)"));
    }
    it
}

/// A Python that has what was asked for.
#[derive(Clone, Debug)]
pub struct Python(PathBuf);

impl Python {
    /// A command that runs a script of this directory.
    pub fn command(&self, script: &str, args: &[&str]) -> Command {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/consumers");
        let mut command = Command::new(&self.0);
        // A script may be called as the package is; no compiled ones are left in the working tree.
        command.arg("-IB").arg(scripts.join(script)).args(args);
        command
    }

    /// Runs a script of this directory to its end.
    pub fn run(&self, script: &str, args: &[&str], stdin: impl AsRef<[u8]>) -> Finished {
        run(&mut self.command(script, args), stdin)
    }

    /// A program that a package has installed.
    pub fn program(&self, name: &str) -> Command {
        Command::new(self.0.with_file_name(name))
    }
}

/// Runs a command to its end, or fails after a while.
pub fn run(command: &mut Command, stdin: impl AsRef<[u8]>) -> Finished {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = Vec::from_iter(words.map(|word| word.to_string_lossy())).join(" ");
    complete(command, line, stdin.as_ref(), PATIENCE)
}

/// Addresses of a list, of one kind or of `both`, for this target.
pub fn addresses(lab: &Lab, kind: &str, target: &str) -> Run {
    wanted(lab, &["ips"], kind).and(&["--for", target])
}

/// A verb of `ips` about these addresses.
pub fn wanted(lab: &Lab, verb: &[&str], kind: &str) -> Run {
    let list = r#"{"outbound": {
        "aws": {"us-east-1": ["198.51.100.7", "203.0.113.0/31"]},
        "azure": {"eastus2": ["198.51.100.7", "203.0.113.0/31", "2001:db8::5"]}}}"#;
    std::fs::write(lab.file("list.json"), list).unwrap();
    let [provider, region] = match kind {
        "ipv4" => ["aws", "us-east-1"],
        "both" => ["azure", "eastus2"],
        _ => panic!("{kind}"),
    };
    let place = ["--provider", provider, "--region", region, "--from-file", "list.json"];
    lab.bare([]).and(verb).and(&place)
}
