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
    /// `spctl` with those of them that a command needs, too, that is to follow this one.
    pub fn spctl(&self) -> String {
        let mut line = "spctl".to_owned();
        if self.local {
            line.push_str(" --local");
        }
        for (option, value) in [("--profile", &self.profile), ("--project", &self.project)] {
            if let Some(value) = value {
                line.push_str(&format!(" {option} {}", crate::shell::quote(value)));
            }
        }
        line
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_follows_talks_to_the_same() {
        let mut flags = Flags { local: true, ..Flags::default() };
        assert_eq!(flags.spctl(), "spctl --local");
        (flags.profile, flags.project) = (Some("it's".into()), Some("my shop".into()));
        assert_eq!(flags.spctl(), r"spctl --local --profile 'it'\''s' --project 'my shop'");
    }
}
