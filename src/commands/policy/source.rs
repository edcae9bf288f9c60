//! Where a policy is read from: the project as it is, or a file.

use std::path::{Path, PathBuf};

use super::live;
use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::policy::Policy;
use crate::privileges::project::Project;

/// What a question about a project is answered from.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct SourceArgs {
    /// Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin
    #[arg(long, value_name = "FILE")]
    pub snapshot: Option<PathBuf>,
}

impl SourceArgs {
    /// The policy: of the file, or else of the project as it is now. What could not be read is in
    /// it, and is said by whoever it matters to.
    ///
    /// # Errors
    /// Usage: a file that is no policy. Those of the API, but for what may not be read.
    pub fn policy(&self, context: &Context) -> Result<Policy> {
        match &self.snapshot {
            Some(file) => read(context, "--snapshot", file),
            None => context.block_on(live::fetch(context)),
        }
    }

    /// What is known of the project, from the same source.
    ///
    /// # Errors
    /// Those of [`policy`](Self::policy).
    pub fn project(&self, context: &Context) -> Result<Project> {
        self.policy(context).map(|policy| policy.project())
    }
}

/// The policy of a file, or with `-` of stdin; `option` is what named it.
///
/// # Errors
/// Usage: it cannot be read, or is no policy.
pub fn read(context: &Context, option: &str, file: &Path) -> Result<Policy> {
    let document = input::document(context, option, file)?;
    let mut policy = Policy::read(&document).map_err(|why| {
        Error::usage(format!("{option}: {} is no policy: {why}", input::name(file)))
            .hint("spctl policy export writes one")
    })?;
    policy.taken.get_or_insert(context.ui.now());
    Ok(policy)
}
