//! What a command line names, held against what is known.

use crate::brokers::regions::{self, Provider};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::near;

/// Whether a name of one of the API's open sets is sent though it is not known here.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Verbatim {
    /// Send a name that is not known here all the same, for what Atlas has added since
    #[arg(long)]
    verbatim: bool,
}

impl Verbatim {
    /// Lets an unknown name pass, or refuses it.
    ///
    /// # Errors
    /// The one given, unless the option was.
    pub fn or(self, unknown: impl FnOnce() -> Error) -> Result<()> {
        match self.verbatim {
            true => Ok(()),
            false => Err(unknown().hint("--verbatim sends it all the same")),
        }
    }
}

/// The error about a word that is not one of a known set: usage, with the nearest of them, or else
/// `otherwise`.
pub fn unknown<'a>(
    what: &str,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl Into<String>,
) -> Error {
    Error::usage(format!("there is no {what} {word:?}")).hint(near::hint(word, known, otherwise))
}

/// The error about a region that the provider does not have, as far as is known here: usage, with
/// the nearest names.
pub fn unknown_region(provider: Provider, name: &str) -> Error {
    let all = regions::REGIONS.iter().filter(|region| region.provider == provider);
    let all: Vec<&str> = all.map(|region| region.key).collect();
    let otherwise = format!("the regions of {provider} for instances are {}", all.join(", "));
    let otherwise = near::hint(name, regions::other_names(provider), otherwise);
    unknown(&format!("{provider} region"), name, regions::keys(provider), otherwise)
}

/// The outcome of looking up what a filter names. What the credential may not look up is said, and
/// passes.
///
/// # Errors
/// Those of looking, but for that.
pub fn checked(context: &Context, what: &str, looked: Result<()>) -> Result<()> {
    match looked {
        Err(error) if error.kind() == Kind::NotPermitted => {
            context.ui.warn(format!("not checked whether there is {what}: {error}"));
            Ok(())
        }
        looked => looked,
    }
}
