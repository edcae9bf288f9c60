//! `audit verify`: whether an archive is what was archived.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde::Serialize;

use self::instance::Archive;
use crate::audit::archive::check;
use crate::audit::archive::manifest::NAME;
use crate::audit::archive::problem::{Fault, Problem};
use crate::comma_list::{CommaList, Items};
use crate::commands::audit::archive::{Held, Holds, file, find};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;
use crate::ui::{Cell, Column, Listing, plural};

mod against;
mod instance;

/// Which archive is verified, and against what.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every file is read: its SHA-256, its lines, their days and times are held against the manifest, and \
the manifest's lines against each other, each of which names the hash of the one before. Files that \
are missing, that the manifest does not name, and parts of the log that were not read are found too. \
A head that was kept elsewhere proves that nothing archived until then was changed since: without \
one, whoever can write the archive can write all of it anew. A head that is in no chain is a finding \
of each instance of which none of the given heads was found, or of all.

--against-events asks for the project's events, and looks for a line for each that the log must tell \
of: processors that were created, started, stopped or dropped, and downloads of the log. The log does \
not tell of processors that were modified, nor the events of pipelines run and samples taken.

Exit code 3 means that the archive is not what it should be; what is wrong is said on stderr. For \
the commands that read or add to an archive the same is a failure, exit code 1.

Examples:
  spctl audit verify archive
  spctl audit verify archive --against-events --jobs 8
  spctl audit verify archive -o json --jq '.[].findings'"
)]
pub struct Args {
    /// The directory of an archive, or of a project or an instance in it
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// A head that was kept: nothing before it must have been changed
    #[arg(long, value_name = "HASH,…", num_args = 1..)]
    head: Vec<CommaList<String>>,
    /// Compare with the project's events
    #[arg(long)]
    against_events: bool,
    /// How many files are read at the same time [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

/// What an instance's archive is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Verified {
    #[serde(flatten)]
    held: Held,
    findings: Vec<Problem>,
    /// What is worth knowing, and not wrong.
    notes: Vec<String>,
}

impl Holds for Verified {
    fn held(&self) -> &Held {
        &self.held
    }
}

static LISTING: Listing<Verified> = Listing {
    columns: &[
        Verified::INSTANCE,
        Verified::LINES,
        Verified::FILES,
        Verified::FROM,
        Verified::UNTIL,
        Column::new("findings", |v| Cell::Count(v.findings.len() as u64)),
        Verified::PROJECT,
        Verified::BYTES,
        Verified::SETTLED,
        Verified::HEAD,
        Verified::PATH,
    ],
    default: 6,
    name: |v| v.held.instance.clone(),
};

/// Verifies an archive.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let heads = heads(args)?;
    let mut archives = open(&args.directory)?;
    let jobs = args.jobs.map_or_else(cores, usize::from);
    read(context, &mut archives, jobs);
    find_lost(&heads, &mut archives);
    let compared = match args.against_events {
        true => against::events(context, &mut archives, jobs),
        false => Ok(()),
    };
    notes(context, &args.directory, &archives);
    let mut findings = 0;
    for archive in &archives {
        let place = archive.directory().display();
        for problem in &archive.findings {
            context.ui.warn(format!("{place}/{problem}"));
        }
        findings += archive.findings.len();
    }
    let rows = archives.into_iter().map(Archive::row);
    context.ui.list_computed(&LISTING, rows, "the archive holds no instance")?;
    compared?;
    match findings {
        0 => Ok(()),
        n => Err(Error::new(
            Kind::Differs,
            format!("the archive is not what it should be: {}", plural(n, "finding")),
        )),
    }
}

/// Tells what is worth knowing; once if it is true of all.
fn notes(context: &Context, root: &Path, archives: &[Archive]) {
    let mut told: Vec<&str> = Vec::new();
    for archive in archives {
        for note in &archive.notes {
            let is_of_all = archives.iter().all(|archive| archive.notes.contains(note));
            if !is_of_all {
                context.ui.note(format!("{}: {note}", archive.directory().display()));
            } else if !told.contains(&note.as_str()) {
                context.ui.note(format!("{}: {note}", root.display()));
                told.push(note);
            }
        }
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// The heads that were given.
fn heads(args: &Args) -> Result<Vec<String>> {
    let heads: Vec<String> = args.head.items().cloned().collect();
    for head in &heads {
        if head.len() != 64 || !head.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::usage(format!("--head: {head:?} is no head of an archive"))
                .hint("give the 64 hexadecimal digits that spctl audit pull printed"));
        }
    }
    Ok(heads)
}

fn open(root: &Path) -> Result<Vec<Archive>> {
    let cannot = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            Error::not_found(format!("there is no directory {}", root.display()))
        }
        _ => Error::failed(format!("cannot read {}", root.display())).source(error),
    };
    if !std::fs::metadata(root).map_err(cannot)?.is_dir() {
        let what = format!("{} is a file, and what is verified is an archive", root.display());
        let show = || {
            let file = Path::new(".").join(root).display().to_string();
            format!("spctl audit show {} reads a log", quote(&file))
        };
        return Err(Error::usage(what).hint(archive_around(root).unwrap_or_else(show)));
    }
    let found = find(root).map_err(cannot)?;
    if found.is_empty() {
        let pull = || "an archive is what spctl audit pull --to DIR writes".to_owned();
        return Err(Error::not_found(format!("there is no archive in {}", root.display()))
            .hint(archive_around(root).unwrap_or_else(pull)));
    }
    found.into_iter().map(Archive::open).collect()
}

/// Names the archive that a path is in.
fn archive_around(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let around = path.ancestors().skip(1).find(|above| above.join(NAME).is_file())?;
    let around = quote(&around.display().to_string()).into_owned();
    Some(format!("spctl audit verify {around} verifies the archive that it is in"))
}

/// Reads all files, several at the same time.
fn read(context: &Context, archives: &mut [Archive], jobs: usize) {
    let mut files = Vec::new();
    for (index, archive) in archives.iter().enumerate() {
        let own = archive.manifest().files().map(|entry| (index, entry, archive.directory()));
        files.extend(own);
    }
    let progress = context.ui.progress_items("files", files.len() as u64);
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let done = AtomicUsize::new(0);
    let work = || {
        while let Some((index, entry, directory)) = files.get(next.fetch_add(1, Ordering::Relaxed))
        {
            let problems = check::file(entry, &file(&directory.join(&entry.path)));
            let mut found = found.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            found.extend(problems.into_iter().map(|problem| (*index, problem)));
            done.fetch_add(1, Ordering::Relaxed);
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs.min(files.len()) {
            scope.spawn(work);
        }
        // The bar is this thread's alone.
        let mut shown = 0;
        while shown < files.len() {
            thread::sleep(std::time::Duration::from_millis(5));
            let now = done.load(Ordering::Relaxed);
            progress.advance((now - shown) as u64);
            shown = now;
        }
    });
    drop(progress);
    let mut found = found.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    found.sort();
    for (index, problem) in found {
        archives[index].findings.push(problem);
    }
}

/// Finds the heads that are in no chain. Nothing says whose such a head was: it is a finding of each instance
/// of which none of the heads was found, and of all where there is no such instance.
fn find_lost(heads: &[String], archives: &mut [Archive]) {
    let is_in = |head: &String, archive: &Archive| archive.manifest().find(head).is_some();
    let lost: Vec<&String> =
        heads.iter().filter(|head| !archives.iter().any(|archive| is_in(head, archive))).collect();
    let lacks: Vec<bool> =
        archives.iter().map(|archive| !heads.iter().any(|head| is_in(head, archive))).collect();
    let is_of_all = !lacks.contains(&true);
    let chain = match archives.len() {
        1 => "the chain",
        _ => "the chain of any instance here",
    };
    for (archive, lacks) in archives.iter_mut().zip(lacks) {
        for head in lost.iter().filter(|_| lacks || is_of_all) {
            let why = "what was archived until then was changed, or is gone";
            let said = format!("the head {head} is not in {chain}: {why}");
            archive.findings.push(Problem::new(Fault::Head, NAME, said));
        }
    }
}
