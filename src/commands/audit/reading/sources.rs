//! Where logs are: instances, archives, files, stdin.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::filter::{FilterArgs, Range};
use super::spool;
use crate::audit::source::Source;
use crate::context::Context;
use crate::error::{Error, Result};

/// How the names of files end that hold logs.
const SUFFIXES: [&str; 5] = [".gz", ".zst", ".ndjson", ".json", ".log"];

/// Where the events are.
#[derive(Debug, clap::Args)]
pub(in crate::commands::audit) struct SourceArgs {
    /// Instances, archives, files (plain, gzip or zstd), or - for stdin; write ./NAME for a file
    /// whose name could be an instance's
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<String>,
}

/// What was found.
pub(super) struct Found {
    pub(super) sources: Vec<Source>,
    pub(super) asked: usize,
    pub(super) failed: Vec<Error>,
}

impl SourceArgs {
    /// Finds files, and fetches the logs of instances.
    pub(super) fn open(
        &self,
        context: &Context,
        range: &Range,
        which: &FilterArgs,
    ) -> Result<Found> {
        let mut found =
            Found { sources: Vec::new(), asked: self.sources.len(), failed: Vec::new() };
        for word in &self.sources {
            let opened =
                match word.as_str() {
                    "" => Err(Error::usage("a source is empty")
                        .hint("is a variable of the script not set?")),
                    "-" => Ok(vec![Source::new("-", || Ok(Box::new(io::stdin()) as _))]),
                    word if is_path(word) => files(Path::new(word)),
                    word => instance(context, word, range).map(|source| vec![source]),
                };
            match opened {
                Ok(sources) => found.sources.extend(sources),
                Err(error) if error.kind() == crate::error::Kind::Usage => return Err(error),
                Err(error) => found.failed.push(error),
            }
        }
        found.sources.retain(|source| {
            which.has_instance(source.instance.as_deref())
                && source.day.is_none_or(|day| has(range, day))
        });
        Ok(found)
    }
}

/// Whether a word means a file or a directory, rather than an instance.
fn is_path(word: &str) -> bool {
    word.contains('/')
        || SUFFIXES.iter().any(|suffix| word.ends_with(suffix)) && Path::new(word).exists()
}

fn instance(context: &Context, name: &str, range: &Range) -> Result<Source> {
    let fetched = context.signals.interruptible(async {
        let on = context.project().await?;
        spool::fetch(context, on, name, range).await
    });
    context.block_on(fetched)
}

/// Whether a day has part in a range.
fn has(range: &Range, day: Date) -> bool {
    let begin = |day: Date| day.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
    let (Ok(first), Ok(next)) = (begin(day), day.tomorrow().and_then(begin)) else { return true };
    range.since.is_none_or(|since| next > since) && range.until.is_none_or(|until| first < until)
}

/// The file, or the files of a directory, in the order of their names.
fn files(path: &Path) -> Result<Vec<Source>> {
    let cannot = |path: &Path, e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => Error::not_found(format!("there is no {}", path.display())),
        _ => Error::failed(format!("cannot read {}", path.display())).source(e),
    };
    if !fs::metadata(path).map_err(|e| cannot(path, e))?.is_dir() {
        return Ok(vec![file(path)]);
    }
    let mut found = Vec::new();
    let mut directories = vec![path.to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).map_err(|e| cannot(&directory, e))? {
            let path = entry.map_err(|e| cannot(&directory, e))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match path.is_dir() {
                _ if name.starts_with('.') => {}
                true => directories.push(path),
                false if SUFFIXES.iter().any(|suffix| name.ends_with(suffix)) => found.push(path),
                false => {}
            }
        }
    }
    if found.is_empty() {
        return Err(Error::not_found(format!("{} holds no logs", path.display()))
            .hint(format!("their names end in {}", SUFFIXES.join(", "))));
    }
    found.sort();
    Ok(found.iter().map(|path| file(path)).collect())
}

/// A file, with what its archive's directories say of it.
fn file(path: &Path) -> Source {
    let opened: PathBuf = path.to_owned();
    let open = move || Ok(Box::new(File::open(&opened)?) as _);
    let mut source = Source::new(path.to_string_lossy().into_owned(), open);
    let said = |key: &str| {
        let mut parts = path.components().rev();
        parts.find_map(|part| part.as_os_str().to_str()?.strip_prefix(key)?.strip_prefix('='))
    };
    source.project = said("project").map(Into::into);
    source.instance = said("instance").map(Into::into);
    source.day = said("day").and_then(|day| day.parse().ok());
    source
}
