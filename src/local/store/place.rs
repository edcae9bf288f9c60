//! Where a store is kept: whether there is one, whether it is whole and ours, and who can read it.
//!
//! All of this is found out before SQLite opens the file for good, since that writes: it takes in
//! the log of a process that was killed, and removes the log of a file that is gone.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::schema::APPLICATION_ID;
use crate::error::{Error, Result};
use crate::files;

const LOG: &str = "-wal";
const JOURNAL: &str = "-journal";
/// What SQLite keeps beside a file.
pub const BESIDE: [&str; 3] = [LOG, "-shm", JOURNAL];

/// Another process may be moving pages from the log into the file while both are looked at.
const LOOKS: u32 = 5;
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The path with something behind its name.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether there is a store; false where there is neither file nor anything of SQLite's beside it.
///
/// # Errors
/// Others can read the store; what is there is damaged, or none of ours. It stays untouched.
pub fn is_there(path: &Path) -> Result<bool> {
    loop {
        let Some(metadata) = look(path)? else {
            let Some(left) = beside(path)?.into_iter().next() else {
                return owner_only(path).map(|()| false);
            };
            // Where the file has come into being meanwhile, what is beside it is its own.
            if look(path)?.is_none() {
                return Err(damaged(path, &format!("it is missing, but {} is there", name(&left))));
            }
            continue;
        };
        return check(path, &metadata).map(|()| true);
    }
}

/// What a store holds is nobody else's business, and nobody else's work.
fn owner_only(path: &Path) -> Result<()> {
    files::owner_only(super::directory(path), "700")?;
    ["", LOG, "-shm"]
        .iter()
        .try_for_each(|suffix| files::owner_only(&with_suffix(path, suffix), "600"))
}

/// Whether the log of somebody who has not closed the store is there.
pub fn has_log(path: &Path) -> bool {
    fs::metadata(with_suffix(path, LOG)).is_ok_and(|log| log.len() > 0)
}

fn check(path: &Path, metadata: &Metadata) -> Result<()> {
    if !metadata.is_file() {
        return Err(not_ours(path));
    }
    if metadata.len() == 0 {
        return Err(damaged(path, "it is empty"));
    }
    let beside = beside(path)?;
    if beside.contains(&with_suffix(path, JOURNAL)) {
        return Err(damaged(path, "a journal that spctl does not write is beside it"));
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
    let log = Log::read(&with_suffix(path, LOG)).map_err(|e| cannot_read(path, e))?;
    let Some(log) = log else { return Err(damaged(path, "its write-ahead log is damaged")) };
    let (id, whole) = pages(path).map_err(|e| super::failure(path, "cannot read", e))?;
    if id != APPLICATION_ID && !log.is_ours {
        return Err(not_ours(path));
    }
    let length = fs::metadata(path).map_err(|e| cannot_read(path, e))?.len();
    match (id == APPLICATION_ID && whole) || log.completes(length) {
        true => Ok(()),
        false => Err(damaged(path, "it is shorter than it says")),
    }
}

/// Whose the file says it is, and whether it has all the pages that it says it has. The file is
/// read through SQLite, which knows the locks that this process has on it: closing a file gives
/// them up.
fn pages(path: &Path) -> rusqlite::Result<(i64, bool)> {
    use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = percent_encode(path.as_os_str().as_encoded_bytes(), NON_ALPHANUMERIC);
    // Immutable: neither locks nor the log are looked at, and nothing is written.
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

/// What the committed part of a write-ahead log holds.
#[derive(Debug, Default)]
struct Log {
    page_size: u64,
    /// The pages that are in it.
    pages: HashSet<u64>,
    /// How many pages the file is to have.
    size: u64,
    /// Whether its first page says that the file is ours.
    is_ours: bool,
}

impl Log {
    /// Reads a log as <https://www.sqlite.org/fileformat2.html#walformat> has it; `None` for what
    /// is no log. A log that is not there holds nothing.
    fn read(path: &Path) -> io::Result<Option<Log>> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Some(Log::default())),
            Err(e) => return Err(e),
        };
        if file.metadata()?.len() < 32 {
            return Ok(Some(Log::default()));
        }
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut header = [0; 32];
        file.read_exact(&mut header)?;
        if word(&header, 0) & !1 != 0x377f_0682 {
            return Ok(None);
        }
        let page_size = word(&header, 8);
        if !page_size.is_power_of_two() || !(512..=65536).contains(&page_size) {
            return Ok(None);
        }
        let mut log = Log { page_size: page_size.into(), ..Log::default() };
        let mut pending = Vec::new();
        let (mut frame, mut page) = ([0; 24], vec![0; page_size as usize]);
        while file.read_exact(&mut frame).is_ok() && file.read_exact(&mut page).is_ok() {
            // What another round of the log has left.
            if frame[8..16] != header[16..24] {
                break;
            }
            let (number, size) = (u64::from(word(&frame, 0)), word(&frame, 4));
            pending.push((number, number == 1 && i64::from(word(&page, 68)) == APPLICATION_ID));
            if size > 0 {
                log.size = size.into();
                log.is_ours |= pending.iter().any(|(_, ours)| *ours);
                log.pages.extend(pending.drain(..).map(|(number, _)| number));
            }
        }
        Ok(Some(log))
    }

    /// Whether a file of this length has every page, with those of the log.
    fn completes(&self, length: u64) -> bool {
        self.size > 0
            && (length / self.page_size + 1..=self.size).all(|page| self.pages.contains(&page))
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |word, byte| word << 8 | u32::from(*byte))
}

/// What SQLite keeps beside the file, as far as it is there.
fn beside(path: &Path) -> Result<Vec<PathBuf>> {
    let mut there = Vec::new();
    for suffix in BESIDE {
        let path = with_suffix(path, suffix);
        if look(&path)?.is_some() {
            there.push(path);
        }
    }
    Ok(there)
}

/// What is at a path; a link that leads nowhere is there, too.
fn look(path: &Path) -> Result<Option<Metadata>> {
    let found = fs::metadata(path).or_else(|_| fs::symlink_metadata(path));
    match found {
        Ok(metadata) => Ok(Some(metadata)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(cannot_read(path, e)),
    }
}

fn cannot_read(path: &Path, error: io::Error) -> Error {
    Error::failed(format!("cannot read {}", path.display())).source(error)
}

/// What there is to say of a store that is not whole.
pub fn damaged(path: &Path, why: &str) -> Error {
    let what = format!("the local store {} is damaged: {why}", path.display());
    Error::failed(what).hint(move_aside(path))
}

/// What there is to say of what is no store.
pub fn not_ours(path: &Path) -> Error {
    Error::failed(format!("{} is not a store of spctl", path.display())).hint(move_aside(path))
}

fn move_aside(path: &Path) -> String {
    let quoted = |path: &Path| shell_words::quote(&path.display().to_string()).into_owned();
    let aside = quoted(&path.with_file_name("aside"));
    let there = ["", BESIDE[0], BESIDE[1], BESIDE[2]].map(|suffix| with_suffix(path, suffix));
    let there: Vec<_> =
        there.iter().filter(|path| path.symlink_metadata().is_ok()).map(|p| quoted(p)).collect();
    format!(
        "nothing was changed; this moves it aside, and the next command makes a new store: \
         mkdir {aside} && mv {} {aside}",
        there.join(" ")
    )
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().display().to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{docs, open, open_existing, private_directory};
    use super::*;

    /// A store as a killed process leaves it, with a log; `checkpointed` is whether a part of it
    /// stands in the file already.
    fn killed(dir: &Path, checkpointed: bool) -> PathBuf {
        let (path, other) = (dir.join("local.db"), dir.join("serving.db"));
        let db = open(&other, |_| Ok(())).unwrap();
        let fill = |from: i64| {
            let tx = db.unchecked_transaction().unwrap();
            for n in from..from + 400 {
                let doc = serde_json::json!({ "name": "x".repeat(500) });
                docs::add(&tx, "cluster", "p", &n.to_string(), &doc, None).unwrap();
            }
            tx.commit().unwrap();
        };
        fill(0);
        if checkpointed {
            db.query_row("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(())).unwrap();
        }
        fill(1000);
        for suffix in ["", "-wal", "-shm"] {
            fs::copy(with_suffix(&other, suffix), with_suffix(&path, suffix)).unwrap();
        }
        drop(db);
        for suffix in ["", ".lock"] {
            fs::remove_file(with_suffix(&other, suffix)).unwrap();
        }
        path
    }

    fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
        paths.filter(|p| p.is_file()).map(|p| (p.clone(), fs::read(p).unwrap())).collect()
    }

    fn cut(path: &Path, length: u64) {
        File::options().write(true).open(path).unwrap().set_len(length).unwrap();
    }

    /// What is done to a store, and what is said of it.
    type Damage = (&'static str, fn(&Path));

    #[test]
    fn a_damaged_store_is_refused_and_stays_as_it_is() {
        let damages: &[Damage] = &[
            ("is empty", |p| cut(p, 0)),
            ("shorter than it says", |p| cut(p, 50)),
            ("shorter than it says", |p| cut(p, 4096)),
            ("shorter than it says", |p| cut(p, fs::metadata(p).unwrap().len() / 2)),
            ("shorter than it says", |p| cut(p, fs::metadata(p).unwrap().len() - 81_921)),
            ("it is missing, but local.db-wal is there", |p| fs::remove_file(p).unwrap()),
            ("it is missing, but local.db-shm is there", |p| {
                fs::remove_file(p).unwrap();
                fs::remove_file(with_suffix(p, "-wal")).unwrap();
            }),
            ("not a store", |p| {
                fs::remove_file(p).unwrap();
                fs::create_dir(p).unwrap();
            }),
            ("write-ahead log is damaged", |p| {
                fs::write(with_suffix(p, "-wal"), [7; 999]).unwrap()
            }),
            ("a journal", |p| fs::write(with_suffix(p, "-journal"), "").unwrap()),
            ("not a store", |p| fs::write(p, [7; 8192]).unwrap()),
            ("unsupported file format", |p| {
                let mut bytes = fs::read(p).unwrap();
                bytes[44..48].fill(9);
                fs::write(p, bytes).unwrap();
            }),
            ("not a store", |p| {
                let mut bytes = fs::read(p).unwrap();
                bytes[68..72].copy_from_slice(b"gpkg");
                fs::write(p, bytes).unwrap();
                fs::remove_file(with_suffix(p, "-wal")).unwrap();
            }),
        ];
        for (said, damage) in damages {
            let dir = private_directory();
            let path = killed(dir.path(), true);
            damage(&path);
            #[cfg(unix)]
            for entry in fs::read_dir(dir.path()).unwrap() {
                use std::os::unix::fs::PermissionsExt;
                let mode = fs::Permissions::from_mode(0o700);
                fs::set_permissions(entry.unwrap().path(), mode).unwrap();
            }
            let before = files(dir.path());
            for opened in [open(&path, |_| Ok(())), open_existing(&path)] {
                let error = opened.expect_err(said);
                assert!(error.to_string().contains(said), "{said}: {error}");
                assert!(error.hints().iter().any(|hint| hint.contains("mkdir")), "{error:?}");
                assert_eq!(error.kind(), crate::error::Kind::Failed);
            }
            let mut after = files(dir.path());
            after.remove(&with_suffix(&path, ".lock"));
            assert!(after == before, "{said}: {:?}", after.keys());
        }
    }

    #[test]
    fn a_store_whose_process_was_killed_is_whole() {
        for checkpointed in [false, true] {
            let dir = private_directory();
            let path = killed(dir.path(), checkpointed);
            let db = open_existing(&path).unwrap();
            assert_eq!(docs::count_kind(&db, "cluster").unwrap(), 800);
        }
    }

    #[test]
    fn a_store_killed_while_its_log_was_taken_in_is_whole() {
        let dir = private_directory();
        let path = killed(dir.path(), false);
        // The first page is in the file already, those behind it are in the log alone.
        let log = fs::read(with_suffix(&path, "-wal")).unwrap();
        let frames = log[32..].chunks_exact(24 + 4096);
        let first = frames.rev().find(|frame| word(frame, 0) == 1).unwrap();
        let mut file = fs::read(&path).unwrap();
        file[..4096].copy_from_slice(&first[24..]);
        fs::write(&path, file).unwrap();
        let db = open_existing(&path).unwrap();
        assert_eq!(docs::count_kind(&db, "cluster").unwrap(), 800);
    }

    #[test]
    fn a_store_that_stands_in_its_log_alone_is_ours() {
        let dir = private_directory();
        let path = killed(dir.path(), false);
        // As a first process left it that made the store in its place and was killed.
        let mut file = fs::read(&path).unwrap();
        file[68..72].fill(0);
        fs::write(&path, file).unwrap();
        let db = open_existing(&path).unwrap();
        assert_eq!(docs::count_kind(&db, "cluster").unwrap(), 800);
    }

    #[cfg(unix)]
    #[test]
    fn what_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        for (suffix, wide, right) in [
            ("", 0o644, "600"),
            ("-wal", 0o640, "600"),
            ("-shm", 0o604, "600"),
            ("/..", 0o750, "700"),
        ] {
            let dir = private_directory();
            let path = killed(dir.path(), true);
            let opened = match suffix {
                "/.." => dir.path().to_owned(),
                suffix => with_suffix(&path, suffix),
            };
            fs::set_permissions(&opened, fs::Permissions::from_mode(wide)).unwrap();
            let error = open(&path, |_| Ok(())).unwrap_err();
            let mend = format!("chmod {right} {}", opened.display());
            assert!(error.hints().iter().any(|hint| hint.contains(&mend)), "{error:?}");
            fs::set_permissions(&opened, fs::Permissions::from_mode(0o700)).unwrap();
            open(&path, |_| Ok(())).unwrap();
        }
    }
}
