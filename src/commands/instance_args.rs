//! The instances of a command line: behind `--instance` everywhere, and by name alone where nothing
//! else is named.

use crate::comma_list::{CommaList, Items};

/// The instance that what a command names is on.
#[derive(Debug, Clone, clap::Args)]
pub struct OnInstance {
    /// The instance
    #[arg(id = "instance", long, visible_alias = "workspace", value_name = "INSTANCE")]
    pub name: String,
}

/// The one instance that a command is about.
#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = false)]
pub struct OneInstance {
    /// The instance
    #[arg(value_name = "INSTANCE")]
    name: Option<String>,
    /// The same as the name alone
    #[arg(long, visible_alias = "workspace", value_name = "INSTANCE")]
    instance: Option<String>,
}

impl OneInstance {
    /// Its name: the parser sees to it that there is one.
    pub fn name(&self) -> &str {
        self.name.as_deref().or(self.instance.as_deref()).unwrap_or_default()
    }
}

/// The instances that a command is about.
#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = true)]
pub struct Instances {
    /// The instances, or - to read names from stdin
    #[arg(value_name = "INSTANCE")]
    names: Vec<String>,
    /// The same as the names alone
    #[arg(long = "instance", visible_alias = "workspace", value_name = "INSTANCE,…", num_args = 1..)]
    instances: Vec<CommaList<String>>,
}

impl Instances {
    /// Their names as they are given, at least one.
    pub fn names(&self) -> Vec<String> {
        self.names.iter().chain(self.instances.items()).cloned().collect()
    }
}
