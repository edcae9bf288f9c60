//! A broker of Kafka on loopback: one node that is its own controller, and asks an authorizer.

use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::consumers::{self, Python};
use crate::run::Finished;

/// How long a broker may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// Small and quick to start, rather than fast.
const JVM: &str = "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
                   -Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

/// What says that it has started.
const TOLD: &str = "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info";

/// Users and passwords in the clear, which is enough on loopback.
const LOGIN: &str = "org.apache.kafka.common.security.plain.PlainLoginModule required";

/// The user that may do everything; the file `admin.properties` signs in as it.
const ADMIN: &str = "admin";

/// The user whose addresses count.
pub const USER: &str = "atlas";

/// A broker that runs until this is dropped, or the test's process is gone.
pub struct Broker {
    process: Child,
    home: TempDir,
    python: Python,
    /// Where it listens, `HOST:PORT`.
    pub address: String,
    /// The same over IPv6, where this machine has it.
    pub address6: Option<String>,
}

impl Broker {
    /// A broker of this version with a topic `orders`, and nobody who may use it.
    pub fn start(version: &str) -> Option<Self> {
        let jars = consumers::part(&format!("kafka-{version}"))?;
        let python = consumers::python("kafka-python")?;
        let java = consumers::part("java")?;
        let java =
            |class: &str| format!("'{}' {JVM} -cp '{}/*' {class}", java.display(), jars.display());
        let package =
            if version.starts_with("3.") { "kafka.admin" } else { "org.apache.kafka.tools" };
        // Someone else may take a port that was free.
        let broker = (0..3).find_map(|_| {
            let broker = Broker::launch(java, &python);
            broker.has_started().then_some(broker)
        });
        let broker = broker.expect("a port stays free in one of three times");
        let acls = java(&format!("{package}.AclCommand"));
        script(&broker.file("kafka-acls.sh"), &format!("exec {acls} \"$@\""));
        broker.client("127.0.0.1", ADMIN, &["create", "orders"]).exits(0);
        Some(broker)
    }

    fn launch(java: impl Fn(&str) -> String, python: &Python) -> Self {
        let home = tempfile::tempdir().expect("a temporary directory");
        let [address, controller] =
            [(); 2].map(|()| free("127.0.0.1").expect("IPv4 is everywhere"));
        let address6 = free("::1");
        let file = |name: &str| home.path().join(name);
        let write = |name: &str, text: String| fs::write(file(name), text).expect("a new file");
        write("server.properties", settings(&address, address6.as_deref(), &controller));
        write(
            "admin.properties",
            format!(
                "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config={LOGIN} \
             username={ADMIN:?} password={ADMIN:?};\n"
            ),
        );
        let sh = |line: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", line]).current_dir(home.path());
            command
        };
        // A cluster's id is sixteen bytes in base64.
        let format =
            "kafka.tools.StorageTool format -t c3BjdGwtdGVzdHMtLS0tLQ -c server.properties";
        consumers::run(&mut sh(&java(format)), "").exits(0);
        // Its input ends with this process, however that ends.
        let serve = java(&format!("{TOLD} kafka.Kafka server.properties"));
        let serve = format!("{serve} >server.log 2>&1 & cat >/dev/null; kill -9 $!");
        let process = sh(&serve).stdin(Stdio::piped()).spawn().expect("a shell");
        Broker { process, home, python: python.clone(), address, address6 }
    }

    /// Waits until the broker serves; it does not where somebody else has its port.
    fn has_started(&self) -> bool {
        let start = Instant::now();
        loop {
            let log = fs::read_to_string(self.file("server.log")).unwrap_or_default();
            if log.contains("Kafka Server started") {
                return true;
            } else if log.contains("Address already in use") {
                return false;
            }
            assert!(start.elapsed() < PATIENCE, "the broker did not start:\n{log}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// A file beside the broker's own: `admin.properties` is what its administrator signs in with.
    pub fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs lines of a shell that has Kafka's `kafka-acls.sh`, up to the first that fails.
    pub fn shell(&self, lines: &str) -> Finished {
        let path = std::env::var("PATH").expect("a path");
        let path = format!("{}:{path}", self.home.path().display());
        consumers::run(
            Command::new("sh").arg("-e").env("PATH", path).current_dir(self.home.path()),
            lines,
        )
    }

    /// What `kafka-acls.sh --list` says.
    pub fn listing(&self) -> String {
        let list = "kafka-acls.sh --command-config admin.properties --bootstrap-server";
        self.shell(&format!("{list} {} --list", self.address)).exits(0).out()
    }

    /// Whether a client from this source may write to the topic, and read from it in the group `asp`.
    #[track_caller]
    pub fn admits(&self, source: &str) -> bool {
        let went = self.client(source, USER, &["use", "orders", "asp"]).exits(0);
        let ways = ["produce", "consume"].map(|way| went.json()[way].as_str().map(str::to_owned));
        match ways.each_ref().map(Option::as_deref) {
            [Some("ok"), Some("ok")] => true,
            // Refused by the authorizer, and by nothing else.
            [Some("TopicAuthorizationFailedError"), Some(refusal)]
                if refusal.ends_with("AuthorizationFailedError") =>
            {
                false
            }
            _ => panic!("{}", went.shown()),
        }
    }

    fn client(&self, source: &str, user: &str, words: &[&str]) -> Finished {
        let broker = match &self.address6 {
            Some(address6) if source.contains(':') => address6,
            _ => &self.address,
        };
        let args = [&[broker, source, user], words].concat();
        self.python.run("kafka.py", &args, "")
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        drop(self.process.wait());
    }
}

fn settings(plain: &str, six: Option<&str>, controller: &str) -> String {
    let listeners: Vec<String> = std::iter::once(format!("CLIENT://{plain}"))
        .chain(six.map(|six| format!("CLIENT6://{six}")))
        .collect();
    let listeners = listeners.join(",");
    let mut text = format!(
        "process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{controller}
controller.listener.names=CONTROLLER
listeners={listeners},CONTROLLER://{controller}
advertised.listeners={listeners}
listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CLIENT6:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENT
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:{ADMIN};User:ANONYMOUS
log.dirs=log
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
"
    );
    for listener in ["client", "client6"] {
        writeln!(
            text,
            "listener.name.{listener}.plain.sasl.jaas.config={LOGIN} username={ADMIN:?} \
             password={ADMIN:?} user_{ADMIN}={ADMIN:?} user_{USER}={USER:?};"
        )
        .expect("a string takes text");
    }
    text
}

/// Where nobody listens, `HOST:PORT`, if this machine has such a host.
fn free(host: &str) -> Option<String> {
    let listener = TcpListener::bind((host, 0)).ok()?;
    listener.local_addr().ok().map(|address| address.to_string())
}

fn script(path: &PathBuf, line: &str) {
    fs::write(path, format!("#!/bin/sh\n{line}\n")).expect("a new file");
    let mut permissions = fs::metadata(path).expect("it was written").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    fs::set_permissions(path, permissions).expect("it is ours");
}
