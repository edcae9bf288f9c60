//! Where the list of addresses is read from.

use std::path::Path;

use super::refused;
use crate::brokers::addresses::{AddressList, Direction};
use crate::commands::input;
use crate::config::Target;
use crate::context::Context;
use crate::error::{Error, Result};

/// Which list is read, and which half of it.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// As seen from the control plane: outbound or inbound
    #[arg(long, default_value = "outbound")]
    pub(super) direction: Direction,
    /// Read the list from a file, or from stdin with -, instead of from the API
    #[arg(long, value_name = "FILE|-")]
    pub(super) from_file: Option<String>,
}

/// A list, and where it is from.
pub(super) struct FetchedList {
    pub(super) addresses: AddressList,
    pub(super) source: String,
}

/// Reads the list from the file that is named, or else from the API.
///
/// # Errors
/// Usage: a file that cannot be read; a local control plane that was not asked for by name. Unavailable: no answer. Failed:
/// what was read is no such list.
pub(super) async fn read_list(context: &Context, args: &ListArgs) -> Result<FetchedList> {
    let (json, source) = match &args.from_file {
        Some(file) => {
            let file = Path::new(file);
            (input::bytes(context, "--from-file", file)?, input::name(file))
        }
        None => fetch(context).await?,
    };
    let addresses =
        AddressList::parse(&json).map_err(|problem| refused(problem).context(&source))?;
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
