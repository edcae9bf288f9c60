//! Commands that add access-control entries to a Kafka broker.

use super::acl::{Access, Grant};
use super::options::{BOOTSTRAP_SERVER, CIDR, GROUP, OPERATION, PRINCIPAL, TOPIC};
use super::{Argument, Misuse, Options, Target, Values, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::delta::Delta;
use crate::shell::script;

const COMMAND_CONFIG: Argument = Argument::new(
    "command-config",
    "FILE",
    Values::Text,
    "The properties file that kafka-acls.sh signs in with",
);

/// Commands of Kafka's own `kafka-acls.sh`.
#[derive(Debug)]
pub(super) struct KafkaAcls;

impl Target for KafkaAcls {
    fn name(&self) -> &'static str {
        "kafka-acls"
    }

    fn about(&self) -> &'static str {
        "Commands that allow single addresses, for a broker with an authorizer"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&PRINCIPAL, &BOOTSTRAP_SERVER]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&COMMAND_CONFIG, &TOPIC, &GROUP, &OPERATION, &CIDR]
    }

    fn advice(&self) -> &'static str {
        "it takes --principal User:NAME --bootstrap-server HOST:PORT --topic TOPIC, and --group GROUP for a source"
    }

    fn applied(&self) -> &'static str {
        "piped into sh, where kafka-acls.sh is on the PATH"
    }

    fn applied_delta(&self) -> Option<&'static str> {
        Some(
            "piped into sh, or pasted, where kafka-acls.sh is on the PATH; nothing is removed if adding fails",
        )
    }

    fn between(&self) -> &'static str {
        super::command::IN_TURN
    }

    fn extension(&self) -> &'static str {
        "sh"
    }

    fn bites(&self) -> &'static str {
        "At least one --topic or --group is needed; a source needs both, because it joins a \
         consumer group. Up to Kafka 4.3 an access-control entry names one address and a block \
         never matches, so a block becomes one command per address; more than 1024 are refused. \
         With --cidr a block is one command. Behind a load balancer the broker sees the balancer's \
         address."
    }

    fn example(&self) -> &'static str {
        "--principal User:atlas --bootstrap-server broker:9092 \\\n      --topic orders --group asp"
    }

    fn caution(&self, options: &Options) -> Option<&'static str> {
        Access::caution(options)
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Entries::read(options)?))
    }
}

impl Writer for Entries {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let hosts = self.access.hosts(blocks)?;
        Ok(hosts.iter().flat_map(|host| self.commands(&["--add"], host)).collect())
    }

    /// Each command runs once the one before has done its work.
    fn delta(&self, delta: &Delta<'_>) -> Result<String, Problem> {
        let added = delta.add.as_ref().map(|blocks| self.access.hosts(blocks)).transpose()?;
        let added = added.iter().flatten().flat_map(|host| self.commands(&["--add"], host));
        let removed = delta.remove.iter();
        let removed =
            removed.flat_map(|entry| self.commands(&["--remove", "--force"], &entry.text));
        let commands: Vec<String> = added.chain(removed).collect();
        Ok(commands.concat().trim_end().replace('\n', super::command::IN_TURN) + "\n")
    }
}

/// What the access-control entries say besides the address.
#[derive(Debug)]
struct Entries {
    /// The principal that the control plane signs in as: `User:atlas`.
    principal: String,
    /// The broker that the commands are sent to, `HOST:PORT`.
    bootstrap_server: String,
    /// The client properties of the administrator who runs the commands.
    command_config: Option<String>,
    access: Access,
}

impl Entries {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let one = |argument| options.one(argument).map(str::to_owned);
        let principal = one(&PRINCIPAL).unwrap_or_default();
        let given = one(&BOOTSTRAP_SERVER).unwrap_or_default();
        let servers = given.split(',').map(str::trim).filter(|server| !server.is_empty());
        let servers: Vec<&str> = servers.collect();
        let bootstrap_server = servers.join(",");
        let access = Access::read(&KafkaAcls, options)?;
        if !is_principal(&principal) {
            let problem = format!("--principal {principal:?} is not TYPE:NAME");
            return Err(Misuse::new(problem, "a broker's users are named User:NAME"));
        }
        if servers.is_empty() || !servers.iter().all(|server| is_host_and_port(server)) {
            let problem = format!("--bootstrap-server {given:?} is not HOST:PORT");
            return Err(Misuse::new(problem, "as in broker.example.com:9092"));
        }
        let command_config = one(&COMMAND_CONFIG);
        Ok(Entries { principal, bootstrap_server, command_config, access })
    }

    /// A command per line for one host: for its topics, and for its groups.
    fn commands(&self, action: &[&str], host: &str) -> Vec<String> {
        self.access.grants().map(|grant| self.command(action, host, &grant)).collect()
    }

    fn command(&self, action: &[&str], host: &str, grant: &Grant<'_>) -> String {
        let mut words = vec!["kafka-acls.sh".to_owned()];
        let option = |name: &str, value: &str| format!("{name} {}", script(value));
        words.push(option("--bootstrap-server", &self.bootstrap_server));
        words.extend(self.command_config.iter().map(|file| option("--command-config", file)));
        words.extend(action.iter().map(|&word| word.to_owned()));
        words.push(option("--allow-principal", &self.principal));
        words.push(option("--allow-host", host));
        words.extend(grant.operations.iter().map(|operation| option("--operation", operation)));
        let resource = format!("--{}", grant.kind);
        words.extend(grant.names.iter().map(|name| option(&resource, name)));
        words.join(" ") + "\n"
    }
}

fn is_principal(text: &str) -> bool {
    text.split_once(':').is_some_and(|(kind, name)| !kind.is_empty() && !name.is_empty())
}

fn is_host_and_port(text: &str) -> bool {
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && is_port(port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;

    fn write(more: &[(&'static Argument, &[&str])], nets: &[&str]) -> String {
        let mut options = Options::default();
        options.insert(&PRINCIPAL, vec!["User:atlas".into()]);
        options.insert(&BOOTSTRAP_SERVER, vec!["b-1.kafka.example:9196".into()]);
        for (argument, values) in more {
            options.insert(argument, values.iter().map(|value| (*value).to_owned()).collect());
        }
        Entries::read(&options).unwrap().write(&blocks(nets)).unwrap()
    }

    #[test]
    fn an_address_is_a_command() {
        let out = write(&[(&TOPIC, &["orders"])], &["203.0.113.0/31"]);
        let command = "kafka-acls.sh --bootstrap-server b-1.kafka.example:9196 --add \
                       --allow-principal User:atlas --allow-host";
        let line = |host: &str| format!("{command} {host} --operation Read --topic orders\n");
        assert_eq!(out, line("203.0.113.0") + &line("203.0.113.1"));
        let blocks = write(&[(&TOPIC, &["orders"]), (&CIDR, &[])], &["203.0.113.0/31"]);
        assert_eq!(blocks, line("203.0.113.0/31"));
    }

    #[test]
    fn groups_are_read_whatever_is_done_to_topics() {
        let more: [(_, &[&str]); 4] = [
            (&TOPIC, &["orders"]),
            (&OPERATION, &["Read", "Write"]),
            (&GROUP, &["asp"]),
            (&COMMAND_CONFIG, &["/etc/kafka/my admin.properties"]),
        ];
        let out = write(&more, &["203.0.113.9/32"]);
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[0].ends_with("--operation Read --operation Write --topic orders"));
        assert!(lines[1].ends_with("--allow-host 203.0.113.9 --operation Read --group asp"));
        assert!(lines[1].contains("--command-config '/etc/kafka/my admin.properties' --add"));
    }
}
