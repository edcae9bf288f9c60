//! Where the list of addresses is read from.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ArgGroup;
use jiff::{SignedDuration, Timestamp};
use serde_json::value::RawValue;

use super::{kept, refused};
use crate::brokers::addresses::{AddressList, Direction};
use crate::brokers::set::AddressSet;
use crate::commands::input;
use crate::config::Target;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::times::{self, Moment, rfc3339};
use crate::ui::relative;

/// Which list is read, and what becomes of it.
#[derive(Debug, Default, clap::Args)]
#[command(group = ArgGroup::new("written").multiple(true))]
pub(super) struct SourceArgs {
    /// Read the list from a file, or from stdin with -, instead of from the API
    #[arg(long, value_name = "FILE|-")]
    pub(super) from_file: Option<String>,
    /// If Atlas cannot be reached, use its last answer unless it is older than this, such as 24h or 7d
    #[arg(long, value_name = "AGE", value_parser = age, conflicts_with = "from_file")]
    pub(super) allow_stale: Option<SignedDuration>,
    /// Also write the whole list as it was fetched to this file, for --from-file and diff
    #[arg(long, value_name = "FILE", group = "written", conflicts_with = "from_file")]
    pub(super) save: Option<PathBuf>,
    /// Replace files that exist
    #[arg(long, requires = "written")]
    pub(super) force: bool,
}

fn age(text: &str) -> Result<SignedDuration, String> {
    match times::parse(text) {
        Ok(Moment::Span(span)) => Ok(span),
        _ => Err("give an age, such as 24h or 7d".to_owned()),
    }
}

impl SourceArgs {
    /// Checks that the list can be saved, before it is fetched.
    ///
    /// # Errors
    /// Conflict: the file exists. Not found: its directory does not. Usage: it is no file.
    pub(super) fn check(&self) -> Result<()> {
        self.save.as_deref().map_or(Ok(()), |path| output::free(path, self.replace()))
    }

    fn replace(&self) -> Replace {
        Replace::forced(self.force)
    }

    fn write(&self, list: &[u8]) -> Result<()> {
        let Some(path) = &self.save else { return Ok(()) };
        let save = || {
            let mut pending = Pending::create(path)?;
            pending.write_all(list)?;
            pending.write_all(b"\n")?;
            pending.keep(self.force)
        };
        save().map_err(|error| output::unwritten(path, self.replace(), error))
    }
}

/// Which list is read, and which half of it.
#[derive(Debug, Default, clap::Args)]
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
    if let Some(file) = &args.from_file {
        return read_file(context, "--from-file", file);
    }
    args.check()?;
    let (list, source) = fetch(context, args).await?;
    let json = list.get().as_bytes();
    let parsed = parsed(json, source)?;
    args.write(json)?;
    Ok(parsed)
}

fn parsed(json: &[u8], source: String) -> Result<FetchedList> {
    let addresses =
        AddressList::parse(json).map_err(|problem| refused(problem).context(&source))?;
    Ok(FetchedList { addresses, source })
}

/// The API's answer, which is kept; where there is none, the last one, if that is allowed.
async fn fetch(context: &Context, args: &SourceArgs) -> Result<(Box<RawValue>, String)> {
    let source = source(context)?;
    let client = context.public_client()?;
    match client.control_plane_addresses().await.map_err(Error::from) {
        Ok(list) => {
            kept::keep(context, &list);
            Ok((list, source))
        }
        Err(error) if error.kind() == Kind::Unavailable => stale(context, args, error, &source),
        Err(error) => Err(error),
    }
}

/// The last answer, if it is young enough; else the error that there is no new one.
fn stale(
    context: &Context,
    args: &SourceArgs,
    error: Error,
    source: &str,
) -> Result<(Box<RawValue>, String)> {
    let Some(answer) = kept::last(context) else {
        return Err(match args.allow_stale {
            Some(_) => error.hint("no earlier answer is kept that could be used"),
            None => error,
        });
    };
    let when = rfc3339(answer.fetched);
    let Some(age) = answer.age() else {
        return Err(error.hint(format!(
            "the answer that is kept is dated {when}, which is yet to come: its age is not known"
        )));
    };
    let old = relative(answer.fetched, Timestamp::now());
    if args.allow_stale.is_none_or(|limit| age > limit) {
        let least = times::span_of(age);
        return Err(error
            .hint(format!("the last answer is of {when} ({old}); --allow-stale {least} uses it")));
    }
    context.ui.warn(error.to_string());
    context.ui.warn(format!("this is the answer of {when} ({old}), and may have changed since"));
    Ok((answer.list, format!("{source} at {when}")))
}

/// Whose addresses the API's are: Atlas', or a local control plane's, which was asked for by name.
///
/// # Errors
/// Usage: a file that cannot be read; a local control plane that was not asked for by name.
pub(super) fn source(context: &Context) -> Result<String> {
    match &context.settings.target {
        Target::Atlas { base_url } => Ok(base_url.to_string()),
        Target::Local { .. } if context.flags.local => {
            context.ui.note("these are the local control plane's addresses, not Atlas' own");
            Ok("local control plane".to_owned())
        }
        Target::Local { .. } => {
            Err(Error::usage("a local control plane's addresses are not Atlas' own")
                .hint("add --local to see them anyway")
                .hint("for Atlas' addresses, unset SPCTL_LOCAL or choose another profile"))
        }
    }
}
