//! What a log holds behind the API, and what an archive holds on disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use rusqlite::Connection;

use crate::support::Lab;

/// Lines, counted.
pub type Counts = BTreeMap<String, u64>;

/// The logs in a control plane's store.
pub struct Logs(Connection);

impl Logs {
    /// Those of the lab's server.
    pub fn of(lab: &Lab) -> Logs {
        Logs::in_store(&lab.file("server/store.db"))
    }

    /// Those of the store that `--local` uses, once it is there.
    pub fn local(lab: &Lab) -> Logs {
        Logs::in_store(&lab.file("data/local.sqlite"))
    }

    fn in_store(path: &Path) -> Logs {
        let db = Connection::open(path).expect("the store is there");
        db.busy_timeout(std::time::Duration::from_secs(10)).expect("a timeout");
        Logs(db)
    }

    /// Writes a line into the log of an instance of the first project, as of this moment.
    pub fn add(&self, instance: &str, time: Timestamp, line: &str) {
        let insert = "INSERT INTO audit (project, instance, time, line)
                      SELECT project, instance, ?2, ?3 FROM audit WHERE instance = ?1 LIMIT 1";
        let added = self.0.execute(insert, (instance, time.as_millisecond(), line));
        assert_eq!(added.expect("the store takes it"), 1, "{instance} has a log");
    }

    /// The lines of an instance before this moment.
    pub fn lines(&self, instance: &str, until: Timestamp) -> Counts {
        let select = "SELECT line FROM audit WHERE instance = ?1 AND time < ?2";
        let mut select = self.0.prepare(select).expect("a table");
        let rows = select.query_map((instance, until.as_millisecond()), |row| row.get(0));
        count(rows.expect("rows").map(|row| row.expect("a line")))
    }

    /// Removes the last line that is like this.
    pub fn remove_last(&self, instance: &str, like: &str) {
        let delete = "DELETE FROM audit WHERE seq =
                      (SELECT max(seq) FROM audit WHERE instance = ?1 AND line LIKE ?2)";
        assert_eq!(self.0.execute(delete, (instance, like)).expect("a table"), 1);
    }
}

fn count(lines: impl Iterator<Item = String>) -> Counts {
    let mut counts = Counts::new();
    lines.for_each(|line| *counts.entry(line).or_default() += 1);
    counts
}

/// All files below a directory, in order.
pub fn below(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() { directories.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// The files that hold lines.
pub fn files(archive: &Path) -> Vec<PathBuf> {
    let mut files = below(archive);
    files.retain(|path| path.to_string_lossy().ends_with(".ndjson.gz"));
    files
}

/// The plain text of a file.
pub fn text(file: &Path) -> String {
    let mut text = String::new();
    let stored = fs::File::open(file).expect("the file is there");
    MultiGzDecoder::new(stored).read_to_string(&mut text).expect("whole gzip");
    text
}

/// The lines below a directory.
pub fn archived(directory: &Path) -> Counts {
    let texts: Vec<String> = files(directory).iter().map(|file| text(file)).collect();
    count(texts.iter().flat_map(|text| text.split_terminator('\n')).map(str::to_owned))
}

/// The lines of an instance's manifest.
pub fn manifest(directory: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(directory.join("manifest.jsonl")).expect("a manifest");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The SHA-256 of a text, in hexadecimal digits.
pub fn sha256(text: &str) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
