//! Where a store is: whether it exists, whether it is intact and ours, and who can read it.
//!
//! All of this is found out before SQLite opens the file for good, since that writes: it takes in
//! the log of a process that was killed, and removes the log of a file that is gone.

use std::ffi::OsString;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::directory;
use super::schema::APPLICATION_ID;
use super::wal::{self, Log};
use crate::error::{Error, Result};
use crate::files;

const LOG: &str = "-wal";
const INDEX: &str = "-shm";
const JOURNAL: &str = "-journal";
/// What SQLite keeps next to a file.
pub const BESIDE: [&str; 3] = [LOG, INDEX, JOURNAL];

/// Another process may be moving pages from the log into the file while both are looked at.
const LOOKS: u32 = 5;
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The path with something behind its name.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether there is a store; false if there is neither the file nor any of SQLite's next to it.
///
/// # Errors
/// Others can read the store; what is there is damaged, or none of ours. It stays untouched.
pub fn is_there(path: &Path) -> Result<bool> {
    let directory = directory(path);
    if let Ok(metadata) = fs::metadata(directory) {
        own(directory, &metadata)?;
        writable(directory)?;
    }
    loop {
        let Some(metadata) = look(path)? else {
            let Some(left) = beside(path)?.into_iter().next() else {
                return owner_only(path).map(|()| false);
            };
            // If the file was created meanwhile, what is next to it belongs to it.
            if look(path)?.is_none() {
                return Err(damaged(path, &format!("it is missing, but {} exists", name(&left))));
            }
            continue;
        };
        return check(path, &metadata).map(|()| true);
    }
}

/// Nobody else may read or write a store.
fn owner_only(path: &Path) -> Result<()> {
    files::owner_only(directory(path), "700")?;
    ["", LOG, INDEX]
        .iter()
        .try_for_each(|suffix| files::owner_only(&with_suffix(path, suffix), "600"))
}

/// Refuses what belongs to another user, who could let others in at any time. The system's own
/// user could do so anyway.
#[cfg(unix)]
fn own(path: &Path, metadata: &Metadata) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let (owner, user) = (metadata.uid(), rustix::process::geteuid().as_raw());
    match owner == user || owner == 0 {
        true => Ok(()),
        false => {
            let path = path.display();
            let what =
                format!("{path} belongs to user {owner}, but this process runs as user {user}");
            Err(Error::failed(what).hint("set SPCTL_DATA_DIR to a directory of your own"))
        }
    }
}

#[cfg(not(unix))]
fn own(_path: &Path, _metadata: &Metadata) -> Result<()> {
    Ok(())
}

/// Files are created next to a store even when it is only read.
fn writable(directory: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        use rustix::io::Errno;
        if let Err(e @ (Errno::ACCESS | Errno::PERM | Errno::ROFS)) =
            access(directory, Access::WRITE_OK | Access::EXEC_OK)
        {
            let quoted = quoted(directory);
            let what = format!("cannot write to {}, where the local store is", directory.display());
            let failed = Error::failed(what).source(io::Error::from(e));
            return Err(match e {
                Errno::ROFS => failed.hint("set SPCTL_DATA_DIR to another directory"),
                _ => failed.hint(format!("chmod u+rwx{} {quoted}", dashes([&quoted]))),
            });
        }
    }
    let _ = directory;
    Ok(())
}

/// Whether there is the log of a process that has not closed the store.
pub fn has_log(path: &Path) -> bool {
    fs::metadata(with_suffix(path, LOG)).is_ok_and(|log| log.len() > 0)
}

fn check(path: &Path, metadata: &Metadata) -> Result<()> {
    if !metadata.is_file() {
        let (shown, kind) = (path.display(), kind(metadata.file_type()));
        let what = format!("{shown} is not a store of spctl: it is {kind}");
        let failed = Error::failed(what).hint(move_aside(path));
        // SQLite puts its files next to the link's target, which may be anybody's.
        return Err(match metadata.is_symlink() {
            true => failed.hint("set SPCTL_DATA_DIR to the directory of a store elsewhere"),
            false => failed,
        });
    }
    if metadata.len() == 0 {
        return Err(damaged(path, "it is empty"));
    }
    own(path, metadata)?;
    let beside = beside(path)?;
    if beside.contains(&with_suffix(path, JOURNAL)) {
        return Err(damaged(path, "there is a journal next to it that is not ours"));
    }
    let private = owner_only(path);
    if beside.is_empty() && private.is_ok() {
        // SQLite leaves what it then refuses as it is.
        return Ok(());
    }
    let mut found = look_inside(path);
    for _ in 1..LOOKS {
        if found.is_ok() {
            break;
        }
        thread::sleep(BETWEEN_LOOKS);
        found = look_inside(path);
    }
    found.and(private)
}

/// Judges file and log without changing either.
fn look_inside(path: &Path) -> Result<()> {
    let (log_path, index) = (with_suffix(path, LOG), with_suffix(path, INDEX));
    let log = Log::read(&log_path).map_err(|e| cannot_read(&log_path, e))?;
    let (id, whole) = pages(path).map_err(|e| super::failure(path, "cannot read", e))?;
    if id != APPLICATION_ID && !log.is_ours {
        return Err(not_ours(path));
    }
    if let Some(whole) = log.whole_until {
        let (log, aside) = (quoted(&log_path), quoted(&aside(path)));
        let dashes = dashes([&log, &aside]);
        return Err(damaged(path, "its write-ahead log is damaged").hint(format!(
            "this keeps what precedes the damage, and a copy of the whole: mkdir{dashes} \
             {aside} && cp -p{dashes} {log} {aside} && truncate -s {whole}{dashes} {log}"
        )));
    }
    // If there is a log, the index is in use, and reading it here would release its locks.
    if look(&log_path)?.is_none()
        && look(&index)?.is_some()
        && wal::index_has_more(&index).map_err(|e| cannot_read(&index, e))?
    {
        let why = format!("its write-ahead log is missing, but {} refers to one", name(&index));
        let go_on = moves(path, &[index]);
        return Err(damaged(path, &why).hint(format!("this continues without the log: {go_on}")));
    }
    let length = fs::metadata(path).map_err(|e| cannot_read(path, e))?.len();
    match (id == APPLICATION_ID && whole) || log.completes(length) {
        true => Ok(()),
        false => Err(damaged(path, "it is shorter than its header says")),
    }
}

/// The application id in the file's header, and whether all its pages are there. The file is read
/// through SQLite, which knows the locks that this process has on it: closing a file releases them.
fn pages(path: &Path) -> rusqlite::Result<(i64, bool)> {
    use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = percent_encode(path.as_os_str().as_encoded_bytes(), NON_ALPHANUMERIC);
    // Immutable: locks and the log are ignored, and nothing is written.
    let db = Connection::open_with_flags(
        format!("file:{name}?immutable=1"),
        OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    let number = |sql| db.query_row(sql, [], |row| row.get::<_, i64>(0));
    let whole = match number("SELECT count(*) FROM sqlite_schema") {
        Ok(_) => true,
        Err(e) if e.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
            // Says what it can of a file that is too short.
            db.execute_batch("PRAGMA writable_schema = ON")?;
            false
        }
        Err(e) => return Err(e),
    };
    Ok((number("PRAGMA application_id")?, whole))
}

/// Which of SQLite's files exist next to the store.
fn beside(path: &Path) -> Result<Vec<PathBuf>> {
    let mut there = Vec::new();
    for suffix in BESIDE {
        let path = with_suffix(path, suffix);
        if regular(&path)? {
            there.push(path);
        }
    }
    Ok(there)
}

/// Whether the file exists. Nothing but a file is ever opened: opening anything else could block
/// for ever, or reach what belongs to somebody else.
///
/// # Errors
/// What is there is not a file (a link, say), or belongs to another user.
pub fn regular(path: &Path) -> Result<bool> {
    let Some(metadata) = look(path)? else { return Ok(false) };
    if metadata.is_file() {
        return own(path, &metadata).map(|()| true);
    }
    let what = format!("{} is {}", path.display(), kind(metadata.file_type()));
    let moves = moves(path, &[path.to_owned()]);
    let hint = format!(
        "nothing was changed; the local store needs this name for a file, so move it aside: {moves}"
    );
    Err(Error::failed(what).hint(hint))
}

fn kind(kind: FileType) -> &'static str {
    match kind {
        _ if kind.is_dir() => "a directory",
        _ if kind.is_symlink() => "a symbolic link",
        #[cfg(unix)]
        _ if std::os::unix::fs::FileTypeExt::is_fifo(&kind) => "a named pipe",
        #[cfg(unix)]
        _ if std::os::unix::fs::FileTypeExt::is_socket(&kind) => "a socket",
        _ => "a device",
    }
}

/// What is at a path, be it a link.
fn look(path: &Path) -> Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(cannot_read(path, e)),
    }
}

fn cannot_read(path: &Path, error: io::Error) -> Error {
    Error::failed(format!("cannot read {}", path.display())).source(error)
}

/// The error for a damaged store.
pub fn damaged(path: &Path, why: &str) -> Error {
    let what = format!("the local store {} is damaged: {why}", path.display());
    Error::failed(what).hint(move_aside(path))
}

/// The error for a file that is not a store.
pub fn not_ours(path: &Path) -> Error {
    Error::failed(format!("{} is not a store of spctl", path.display())).hint(move_aside(path))
}

fn move_aside(path: &Path) -> String {
    let there = ["", LOG, INDEX, JOURNAL].map(|suffix| with_suffix(path, suffix));
    let there: Vec<_> = there.into_iter().filter(|path| path.symlink_metadata().is_ok()).collect();
    let moves = moves(path, &there);
    format!("nothing was changed; move it aside, and the next command creates a new store: {moves}")
}

/// The commands that move files to a directory next to the store.
pub fn moves(path: &Path, files: &[PathBuf]) -> String {
    let aside = quoted(&aside(path));
    let files: Vec<_> = files.iter().map(|file| quoted(file)).collect();
    let dashes = dashes(files.iter().chain([&aside]));
    format!("mkdir{dashes} {aside} && mv{dashes} {} {aside}", files.join(" "))
}

/// An unused name next to the store.
fn aside(path: &Path) -> PathBuf {
    let names = std::iter::once("aside".to_owned()).chain((2..).map(|n| format!("aside-{n}")));
    let mut paths = names.map(|name| path.with_file_name(name));
    paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_default()
}

fn quoted(path: &Path) -> String {
    crate::shell::quote(&path.display().to_string()).into_owned()
}

/// What prevents a command from taking a path for an option.
fn dashes(paths: impl IntoIterator<Item = impl AsRef<str>>) -> &'static str {
    match paths.into_iter().any(|path| path.as_ref().trim_start_matches('\'').starts_with('-')) {
        true => " --",
        false => "",
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().display().to_string()
}

#[cfg(test)]
#[path = "tests/place.rs"]
mod tests;
