//! Targets: the forms that brokers and firewalls take addresses in.
//!
//! A target is one file here and one line in [`TARGETS`].

mod acl;
mod aiven;
mod aws;
mod aws_prefix_list;
mod aws_security_group;
mod azure_event_hubs;
mod azure_nsg;
mod command;
mod confluent;
mod gcloud;
mod gcp_managed_kafka;
mod google;
mod hcl;
mod kafka_acls;
mod kubernetes;
mod manifest;
mod nftables;
mod of_list;
pub mod options;
mod plain;
mod remark;
mod strimzi;
mod strimzi_user;
mod terraform_aws;
mod terraform_aws_prefix_list;
mod terraform_azure;
mod terraform_google;
#[cfg(test)]
mod tests;
mod tfvars;

pub(super) use acl::java;
pub use of_list::{Meant, meant};
pub use options::{Argument, Options, Values, parse_port};

use std::fmt;

use super::Problem;
use super::blocks::Blocks;
use super::delta::Delta;
use super::lists::List;

/// Every target, in the order of help.
pub static TARGETS: &[&dyn Target] = &[
    &plain::Plain,
    &kafka_acls::KafkaAcls,
    &strimzi::Strimzi,
    &strimzi_user::StrimziUser,
    &kubernetes::Kubernetes,
    &nftables::Nftables,
    &gcloud::Gcloud,
    &gcp_managed_kafka::GcpManagedKafka,
    &azure_nsg::AzureNsg,
    &azure_event_hubs::AzureEventHubs,
    &confluent::Confluent,
    &aiven::Aiven,
    &aws_security_group::AwsSecurityGroup,
    &aws_prefix_list::AwsPrefixList,
    &tfvars::Tfvars,
    &terraform_aws::TerraformAws,
    &terraform_aws_prefix_list::TerraformAwsPrefixList,
    &terraform_google::TerraformGoogle,
    &terraform_azure::TerraformAzure,
];

/// If no target is named: one CIDR block per line.
pub static DEFAULT: &dyn Target = &plain::Plain;

/// A target whose options are read and checked.
pub trait Writer {
    /// The blocks in the target's form, whole.
    ///
    /// # Errors
    /// Blocks that the platform does not take, or more than it holds.
    fn write(&self, blocks: &Blocks) -> Result<String, Problem>;

    /// What changes a list as the delta says. Here, it is the whole list afterwards, for platforms
    /// that replace it; where [`Target::applied_delta`] says so, what to add and then what to remove.
    ///
    /// # Errors
    /// As [`Writer::write`].
    fn delta(&self, delta: &Delta<'_>) -> Result<String, Problem> {
        self.write(&delta.merged)
    }

    /// Whether a list of the object that is replaced is among what is written. One that is not
    /// would be lost.
    fn covers(&self, _list: &List) -> bool {
        true
    }
}

/// A form in which brokers or firewalls of one kind take addresses.
pub trait Target: Sync + fmt::Debug {
    /// What `--for` calls it.
    fn name(&self) -> &'static str;

    /// What it writes, in one line.
    fn about(&self) -> &'static str;

    /// How what it writes is applied, in one line: the command that takes it.
    fn applied(&self) -> &'static str;

    /// How what [`Writer::delta`] writes is applied, if that adds and removes entries one by one.
    /// None: it is the whole list, and applied as ever.
    fn applied_delta(&self) -> Option<&'static str> {
        None
    }

    /// What stands between the changes of two lists. Commands run each once the one before has done
    /// its work: what fails in one list is not hidden by the success of the next.
    fn between(&self) -> &'static str {
        "\n"
    }

    /// What its files are called: `json`.
    fn extension(&self) -> &'static str;

    /// The options that it requires.
    fn needs(&self) -> &'static [&'static Argument] {
        &[]
    }

    /// The options that it takes besides.
    fn takes(&self) -> &'static [&'static Argument] {
        &[]
    }

    /// How to find the options that it needs, shown when one is missing.
    fn advice(&self) -> &'static str {
        ""
    }

    /// How it bites: what it cannot express or hold, and what else happens where it is applied.
    fn bites(&self) -> &'static str {
        ""
    }

    /// Why its addresses cannot be divided between several files with these options, if so: each
    /// may replace what the one before let in.
    fn undivided(&self, _options: &Options) -> Option<&'static str> {
        None
    }

    /// Options for an example in help, as typed after `--for NAME`.
    fn example(&self) -> &'static str {
        ""
    }

    /// Options for an example of a delta, where those differ.
    fn example_delta(&self) -> &'static str {
        self.example()
    }

    /// What these options leave out that whoever uses the rules may need.
    fn caution(&self, _options: &Options) -> Option<&'static str> {
        None
    }

    /// Reads its options, which are complete and all its own.
    ///
    /// # Errors
    /// Values that it cannot use.
    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse>;
}

impl dyn Target + '_ {
    /// Every option that it takes, those that it needs first.
    pub fn arguments(&self) -> impl Iterator<Item = &'static Argument> {
        self.needs().iter().chain(self.takes()).copied()
    }

    /// Checks the options, and reads them.
    ///
    /// # Errors
    /// An option that it does not take, one that it needs and that is missing, or a value that it
    /// cannot use.
    pub fn read(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        // An option that is silently ignored would be worse than an error.
        if let Some(other) = options.given().find(|given| !self.arguments().any(|a| a == *given)) {
            return Err(Misuse::new(
                format!("--{} does not apply to --for {}", other.flag, self.name()),
                format!("--{} belongs to --for {}", other.flag, takers(other).join(", ")),
            ));
        }
        if let Some(missing) = self.needs().iter().find(|needed| !options.has(needed)) {
            return Err(missing_option(self, missing));
        }
        options.check_words()?;
        self.prepare(options)
    }
}

/// The error for a missing option.
fn missing_option(target: &dyn Target, argument: &Argument) -> Misuse {
    Misuse::new(format!("--for {} needs --{}", target.name(), argument.flag), target.advice())
}

/// The target of a name.
pub fn find(name: &str) -> Option<&'static dyn Target> {
    TARGETS.iter().copied().find(|target| target.name() == name)
}

/// The options of all targets, each once.
pub fn arguments() -> Vec<&'static Argument> {
    let mut all: Vec<&Argument> = Vec::new();
    for argument in TARGETS.iter().flat_map(|target| target.arguments()) {
        if !all.contains(&argument) {
            all.push(argument);
        }
    }
    all
}

/// The names of the targets that take an option.
pub fn takers(argument: &Argument) -> Vec<&'static str> {
    let takes = |target: &&&dyn Target| target.arguments().any(|taken| taken == argument);
    TARGETS.iter().filter(takes).map(|target| target.name()).collect()
}

/// Why a target cannot be written with these options.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct Misuse {
    /// The option, and the rule that it breaks.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl Misuse {
    fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Misuse { problem: problem.into(), remedy: remedy.into() }
    }
}
