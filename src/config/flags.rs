//! The options that choose a server and a project.

use std::path::PathBuf;

use crate::error::{Error, Result};

/// The settings that the command line can give.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--profile`.
    pub profile: Option<String>,
    /// `--local`.
    pub local: bool,
    /// `--project`, an id or a name.
    pub project: Option<String>,
    /// `--org`, an id or a name.
    pub org: Option<String>,
    /// `--ca-file`.
    pub ca_file: Option<PathBuf>,
    /// `--allow-http`.
    pub allow_http: bool,
}

impl Flags {
    /// Checks that no project is named where all of them are asked for.
    ///
    /// # Errors
    /// Usage: `--project` is on the command line.
    pub fn all_projects(&self) -> Result<()> {
        match self.project {
            None => Ok(()),
            Some(_) => Err(Error::usage("--project names one, and --all-projects means all")
                .hint("omit one of them")),
        }
    }
}
