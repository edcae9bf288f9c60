//! Where logs are: instances, archives, files, stdin.

use std::collections::HashSet;
use std::fs::{self, DirEntry, File, FileType};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::filter::{FilterArgs, Range};
use super::{no_log, spool};
use crate::audit::archive::{check, manifest, place};
use crate::audit::looks::{BEGINNING, Looks};
use crate::audit::name::{SUFFIXES, is_log};
use crate::audit::source::Source;
use crate::commands::audit::archive as store;
use crate::commands::range;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::shell::quote;
use crate::ui::plural;

/// How an instance is named where a file or a directory here has its name too.
const INSTANCE: &str = "instance=";

/// How stdin is called.
pub(super) const STDIN: &str = "stdin";

/// Where the events are.
#[derive(Debug, clap::Args)]
pub(in crate::commands::audit) struct SourceArgs {
    /// Instances, archives, directories or files of logs (plain, gzip or zstd), or - for stdin. A
    /// path has a / in it, or ends in .gz, .zst, .ndjson, .json or .log (also .LOG, .log.1)
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<String>,
}

/// What was found.
pub(super) struct Found {
    pub(super) sources: Vec<Source>,
    /// An error for each that cannot be opened.
    pub(super) failed: Vec<Error>,
    /// What archives are not that they should be.
    pub(super) damaged: Vec<Error>,
}

/// What a word of the command line means.
#[derive(PartialEq)]
enum Word<'a> {
    Stdin,
    Path(&'a Path),
    Instance(&'a str),
}

impl SourceArgs {
    /// Sources that another option names.
    pub(in crate::commands::audit) fn named(sources: &[String]) -> SourceArgs {
        SourceArgs { sources: sources.to_vec() }
    }

    /// As they were named.
    pub(in crate::commands::audit) fn words(&self) -> &[String] {
        &self.sources
    }

    /// As they are typed on another command line.
    pub(in crate::commands::audit) fn typed(&self) -> Vec<String> {
        let typed = |word: &String| match meant(word) {
            // Here it stood behind `--`.
            Ok(Word::Path(_)) if word.starts_with('-') => quote(&format!("./{word}")).into_owned(),
            Ok(Word::Instance(_)) if word.starts_with('-') => {
                quote(&format!("{INSTANCE}{word}")).into_owned()
            }
            _ => quote(word).into_owned(),
        };
        self.sources.iter().map(typed).collect()
    }

    /// Finds files, and fetches the logs of instances.
    pub(super) fn open(
        &self,
        context: &Context,
        range: &Range,
        which: &FilterArgs,
        expects: Expects,
    ) -> Result<Found> {
        let mut words = Vec::new();
        for word in &self.sources {
            let word = meant(word)?;
            // What is named twice is read once: it would be counted twice.
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let mut found = Found { sources: Vec::new(), failed: Vec::new(), damaged: Vec::new() };
        let mut seen = HashSet::new();
        for word in words {
            let opened = match word {
                Word::Stdin => stdin(context, expects).map(|source| vec![source]),
                Word::Path(path) => files(path).map(|files| {
                    files.tell_left_out(context, path);
                    let Files { mut paths, damaged, strays, .. } = files;
                    found.damaged.extend(damaged);
                    if let Some(first) = strays.first() {
                        let many = plural(strays.len(), "file");
                        let why = "in an archive and not in its manifest, so not read";
                        context.ui.warn(format!("{many} {why}: {}", first.display()));
                    }
                    paths.retain(|at| seen.insert(at.real.clone()));
                    paths.iter().map(file).collect()
                }),
                Word::Instance(name) => instance(context, name, range).map(|source| vec![source]),
            };
            match opened {
                Ok(sources) => found.sources.extend(sources),
                Err(error) if error.kind() == Kind::Usage => return Err(error),
                Err(error) => found.failed.push(error),
            }
        }
        if expects == Expects::Logs {
            found.refuse_others();
        }
        found.narrow(&which.instances())?;
        found.sources.retain(|source| source.day.is_none_or(|day| has(range, day)));
        Ok(found)
    }
}

/// What a reader takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Expects {
    /// Logs alone.
    Logs,
    /// Lines of any kind.
    Anything,
}

impl Found {
    /// Takes out files that are no logs by their beginnings. Logs of instances and of archives are what they
    /// are, and a pipe can be read only once.
    fn refuse_others(&mut self) {
        let is_plain = |source: &Source| {
            (source.instance.is_none() || source.day.is_none())
                && Path::new(&*source.label).is_file()
        };
        let mut others: Vec<(Looks, Vec<Arc<str>>)> = Vec::new();
        self.sources.retain(|source| {
            let looks = if is_plain(source) { no_log::looks(source) } else { None };
            let Some(looks) = looks else { return true };
            match others.iter_mut().find(|(other, _)| *other == looks) {
                Some((_, labels)) => labels.push(Arc::clone(&source.label)),
                None => others.push((looks, vec![Arc::clone(&source.label)])),
            }
            false
        });
        self.failed.extend(others.iter().map(|(looks, labels)| {
            no_log::error(*looks, &labels.iter().map(|label| &**label).collect::<Vec<_>>())
        }));
    }

    /// Keeps the sources of these instances, or all where none is named.
    fn narrow(&mut self, wanted: &[&str]) -> Result<()> {
        if wanted.is_empty() {
            return Ok(());
        }
        if let Some(source) = self.sources.iter().find(|source| source.instance.is_none()) {
            let why = format!("--instance: nothing says which instance {} is of", source.label);
            let name = quote(wanted[0]);
            return Err(Error::usage(why)
                .hint(
                    "a plain log does not name its instance: omit --instance if it is of that one",
                )
                .hint(format!(
                    "a file in a directory of this name is of the instance: {INSTANCE}{name}/"
                )));
        }
        let mut known: Vec<_> = self.sources.iter().filter_map(|s| s.instance.clone()).collect();
        known.sort();
        known.dedup();
        for name in wanted.iter().filter(|_| self.failed.is_empty() && self.damaged.is_empty()) {
            if !known.iter().any(|instance| **instance == **name) {
                let all = format!("there is {}", known.join(", "));
                return Err(Error::not_found(format!("no source is of the instance {name:?}"))
                    .hint(near::hint(name, known.iter().map(|name| &**name), all)));
            }
        }
        let is_wanted = |name: &str| wanted.contains(&name);
        self.sources.retain(|source| source.instance.as_deref().is_some_and(is_wanted));
        Ok(())
    }
}

/// Whether a word can only be a path, whether something is there or not.
pub(in crate::commands::audit) fn is_path(word: &str) -> bool {
    word.contains(std::path::is_separator) || is_log(word)
}

/// What a word means: a path has a separator, or the end of a log's name.
fn meant(word: &str) -> Result<Word<'_>> {
    let path = Path::new(word);
    match word {
        "" => Err(Error::usage("a source is empty").hint("is a variable of the script not set?")),
        "-" => Ok(Word::Stdin),
        _ if word.contains(std::path::is_separator) => Ok(Word::Path(path)),
        _ if word.starts_with(INSTANCE) && !path.exists() => {
            Ok(Word::Instance(&word[INSTANCE.len()..]))
        }
        _ if is_log(word) => Ok(Word::Path(path)),
        _ if path.exists() => {
            let kind = if path.is_dir() { "directory" } else { "file" };
            let quoted = quote(word);
            Err(Error::usage(format!(
                "{word} could be an instance or the {kind} of this name here"
            ))
            .hint(format!("write ./{quoted} for the {kind}, or {INSTANCE}{quoted}")))
        }
        _ => Ok(Word::Instance(word)),
    }
}

fn stdin(context: &Context, expects: Expects) -> Result<Source> {
    if context.ui.stdin_is_terminal() {
        return Err(Error::usage("- reads a log from stdin, and stdin is a terminal")
            .hint("pipe one in, as in: zcat log.gz | spctl audit show -"));
    }
    let mut begun = Vec::new();
    if expects == Expects::Logs {
        // What goes wrong here goes wrong again where it is read.
        let _ = io::stdin().lock().take(BEGINNING as u64).read_to_end(&mut begun);
        if let Some(looks) = no_log::looks(&Source::of_bytes(STDIN, begun.as_slice())) {
            return Err(no_log::error(looks, &[STDIN]));
        }
    }
    let begun = Mutex::new(begun);
    Ok(Source::new(STDIN, move || {
        let begun = std::mem::take(&mut *begun.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(Box::new(Cursor::new(begun).chain(io::stdin())) as _)
    }))
}

fn instance(context: &Context, name: &str, range: &Range) -> Result<Source> {
    range::has_begun(range.since, context.now()?)?;
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

/// A file or a directory.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct At {
    /// As it is named.
    path: PathBuf,
    /// Where it is.
    real: PathBuf,
}

impl At {
    fn new(path: &Path) -> At {
        At { path: path.to_owned(), real: real(path) }
    }

    /// Something in this directory. To ask for each where it is would take longer than to read a day's log.
    fn within(&self, entry: &DirEntry, is_link: bool) -> At {
        let path = entry.path();
        let real = if is_link { real(&path) } else { self.real.join(entry.file_name()) };
        At { path, real }
    }
}

/// The files that a path names.
#[derive(Default)]
struct Files {
    /// In the order of their names.
    paths: Vec<At>,
    /// What archives are not that they should be, and directories that cannot be read.
    damaged: Vec<Error>,
    /// Those that are in an archive, and that its manifest does not name: a pull under way has not finished
    /// them, or somebody else has put them there.
    strays: Vec<PathBuf>,
    /// Those in a directory that are no logs by their names, or no regular files.
    left_out: Vec<PathBuf>,
}

/// So many names are told of files that are left out.
const TOLD: usize = 3;

impl Files {
    /// Says what in a directory is not read: a log may be called otherwise than logs are.
    fn tell_left_out(&self, context: &Context, directory: &Path) {
        let [first, ..] = &self.left_out[..] else { return };
        let name =
            |path: &PathBuf| path.strip_prefix(directory).unwrap_or(path).display().to_string();
        let mut names: Vec<_> = self.left_out.iter().take(TOLD).map(name).collect();
        let more = self.left_out.len() - names.len();
        if more > 0 {
            names.push(format!("and {more} more"));
        }
        let (many, directory) = (plural(self.left_out.len(), "file"), directory.display());
        let (names, first) = (names.join(", "), quote(&first.to_string_lossy()).into_owned());
        context.ui.note(format!(
            "{directory}: {many} left out, no log by its name or no regular file: {names}; \
             name one to read it: {first}"
        ));
    }

    /// Holds what was found in an instance's archive against its manifest.
    fn check(&mut self, directory: &Path) -> Result<()> {
        let manifest = store::manifest(directory)?;
        let named: HashSet<PathBuf> =
            manifest.files().map(|file| directory.join(&file.path)).collect();
        let mut problems = store::at_a_glance(directory, &manifest);
        let changed: HashSet<_> = problems.iter().map(|file| directory.join(&file.file)).collect();
        self.paths.retain(|at| !changed.contains(&at.path));
        let instance = place::name("instance", &name_of(directory)).unwrap_or_default();
        let owner = check::owner(&manifest, &instance);
        problems.splice(0..0, manifest.problems.into_iter().chain(owner));
        let damaged = store::damaged(directory, &problems);
        self.damaged.extend(damaged);
        let (known, strays) = std::mem::take(&mut self.paths)
            .into_iter()
            .partition(|at| named.contains(&at.path) || !at.path.starts_with(directory));
        self.paths = known;
        self.strays.extend::<Vec<_>>(strays.into_iter().map(|at: At| at.path).collect());
        Ok(())
    }
}

/// What is in a directory.
fn entries(directory: &Path) -> io::Result<Vec<(DirEntry, FileType)>> {
    fs::read_dir(directory)?
        .map(|entry| entry.and_then(|e| e.file_type().map(|t| (e, t))))
        .collect()
}

/// The file, or the files of a directory.
fn files(path: &Path) -> Result<Files> {
    let cannot = |path: &Path, e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => Error::not_found(format!("there is no {}", path.display())),
        _ => Error::failed(format!("cannot read {}", path.display())).source(e),
    };
    let top = At::new(path);
    if !fs::metadata(path).map_err(|e| cannot(path, e))?.is_dir() {
        return Ok(Files { paths: vec![top], ..Files::default() });
    }
    let (mut found, mut archives) = (Files::default(), Vec::new());
    let mut directories = vec![top];
    let mut entered = HashSet::new();
    while let Some(directory) = directories.pop() {
        // A link may lead back to where it is.
        if !entered.insert(directory.real.clone()) {
            continue;
        }
        let entries = match entries(&directory.path) {
            Ok(entries) => entries,
            Err(error) if directory.path == path => return Err(cannot(path, error)),
            Err(error) => {
                found.damaged.push(cannot(&directory.path, error));
                continue;
            }
        };
        for (entry, kind) in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let at = directory.within(&entry, kind.is_symlink());
            let is = |kind_is: bool, is: fn(&Path) -> bool| match kind.is_symlink() {
                true => is(&at.path),
                false => kind_is,
            };
            match is(kind.is_dir(), Path::is_dir) {
                _ if name.starts_with('.') => {}
                true => directories.push(at),
                false if name == manifest::NAME && is_of_an_instance(&directory.path) => {
                    archives.push(directory.path.clone());
                }
                // Nobody may ever write to a pipe that happens to be there.
                false if is(kind.is_file(), Path::is_file) && is_log(&name) => found.paths.push(at),
                false => found.left_out.push(at.path),
            }
        }
    }
    found.paths.sort();
    found.left_out.sort();
    for directory in archives {
        found.check(&directory)?;
    }
    if found.paths.is_empty() && found.damaged.is_empty() {
        let ends = format!("their names end in {}", SUFFIXES.join(", "));
        let error = Error::not_found(format!("{} holds no logs", path.display())).hint(ends);
        return Err(match found.left_out.first() {
            Some(first) => {
                let first = first.to_string_lossy();
                error.hint(format!("name a file of another name to read it: {}", quote(&first)))
            }
            None => error,
        });
    }
    Ok(found)
}

/// Whether a directory is an instance's, in an archive.
fn is_of_an_instance(directory: &Path) -> bool {
    name_of(directory).starts_with(INSTANCE)
}

/// How a directory is called, however it is named.
fn name_of(directory: &Path) -> String {
    real(directory).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Where a file is, however it is named; what has no place, such as a pipe, is as it is named.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// A file, with what its archive's directories say of it.
fn file(at: &At) -> Source {
    let At { path, real } = at;
    let (opened, was_read) = (path.to_owned(), AtomicBool::new(false));
    let open = move || {
        // To open a pipe once more would be to wait for another to write to it.
        if was_read.swap(true, Ordering::Relaxed) && !opened.is_file() {
            return Err(io::Error::other("a pipe can be read only once"));
        }
        Ok(Box::new(File::open(&opened)?) as _)
    };
    let mut source = Source::new(path.to_string_lossy().into_owned(), open);
    let said = |key: &str| {
        let names = |path: &Path| {
            let mut parts = path.components().rev();
            parts.find_map(|part| place::name(key, part.as_os_str().to_str()?))
        };
        // Whoever works inside an archive names less of the path.
        names(path).or_else(|| names(real))
    };
    source.project = said("project").map(Into::into);
    source.instance = said("instance").map(Into::into);
    source.day = said("day").and_then(|day| day.parse().ok());
    source
}
