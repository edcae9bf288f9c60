//! Where the list of addresses is read from.

use std::path::Path;

use super::refused;
use crate::brokers::addresses::{AddressList, Direction};
use crate::brokers::set::AddressSet;
use crate::commands::input;
use crate::config::Target;
use crate::context::Context;
use crate::error::{Error, Result};

/// Which list is read.
#[derive(Debug, clap::Args)]
pub(super) struct SourceArgs {
    /// Read the list from a file, or from stdin with -, instead of from the API
    #[arg(long, value_name = "FILE|-")]
    pub(super) from_file: Option<String>,
}

/// Which list is read, and which half of it.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// As seen from the control plane: outbound or inbound
    #[arg(long, default_value = "outbound")]
    pub(super) direction: Direction,
    #[command(flatten)]
    pub(super) source: SourceArgs,
}

/// A list, and where it is from.
pub(super) struct FetchedList {
    pub(super) addresses: AddressList,
    pub(super) source: String,
}

impl FetchedList {
    /// Every address of the list, in both directions.
    ///
    /// # Errors
    /// Failed: an entry that cannot be read, entries that mean everybody, or none.
    pub(super) fn all(&self) -> Result<AddressSet> {
        self.addresses.all().map_err(|problem| refused(problem).context(&self.source))
    }
}

/// Reads a list from a file, or with `-` from stdin; `option` is what named it.
///
/// # Errors
/// Usage: a file that cannot be read. Failed: it is no such list.
pub(super) fn read_file(context: &Context, option: &str, file: &str) -> Result<FetchedList> {
    let file = Path::new(file);
    let json = input::bytes(context, option, file)?;
    parsed(&json, input::name(file))
}

/// Reads the list from the file that is named, or else from the API.
///
/// # Errors
/// Usage: a file that cannot be read; a local control plane that was not asked for by name. Unavailable: no answer. Failed:
/// what was read is no such list.
pub(super) async fn read_list(context: &Context, args: &SourceArgs) -> Result<FetchedList> {
    match &args.from_file {
        Some(file) => read_file(context, "--from-file", file),
        None => {
            let (json, source) = fetch(context).await?;
            parsed(&json, source)
        }
    }
}

fn parsed(json: &[u8], source: String) -> Result<FetchedList> {
    let addresses =
        AddressList::parse(json).map_err(|problem| refused(problem).context(&source))?;
    Ok(FetchedList { addresses, source })
}

async fn fetch(context: &Context) -> Result<(Vec<u8>, String)> {
    let source = source(context)?;
    let client = context.public_client()?;
    let raw = client.control_plane_addresses().await.map_err(Error::from)?;
    Ok((raw.get().as_bytes().to_vec(), source))
}

/// Whose addresses the API's are: Atlas', or samples that were asked for by name.
///
/// # Errors
/// Usage: a file that cannot be read; a local control plane that was not asked for by name.
pub(super) fn source(context: &Context) -> Result<String> {
    match &context.settings.target {
        Target::Atlas { base_url } => Ok(base_url.to_string()),
        Target::Local { .. } if context.flags.local => {
            context.ui.note(
                "these are sample addresses of the local control plane, from ranges that are \
                 reserved for documentation: not Atlas' own",
            );
            Ok("sample".to_owned())
        }
        Target::Local { .. } => {
            Err(Error::usage("a local control plane has only sample addresses")
                .hint("add --local to see them anyway")
                .hint("for Atlas' addresses, unset SPCTL_LOCAL or choose another profile"))
        }
    }
}
