//! One instance's archive: what its manifest says, and what is there.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Verified;
use crate::audit::archive::check;
use crate::audit::archive::manifest::{Header, Manifest, NAME};
use crate::audit::archive::place;
use crate::audit::archive::problem::{Fault, Problem};
use crate::commands::audit::archive::{Found, LOCK, STAGE};
use crate::error::{Error, Result};
use crate::times::rfc3339;

/// Since this moment auditing of instances is on and cannot be switched off: 16 February 2026.
const ALWAYS_ON: i64 = 1_771_200_000;

/// An instance's archive.
pub(super) struct Archive {
    found: Found,
    manifest: Manifest,
    pub(super) findings: Vec<Problem>,
    pub(super) notes: Vec<String>,
}

impl Archive {
    /// Reads the manifest, and looks at what is there beside what it names.
    pub(super) fn open(found: Found) -> Result<Self> {
        let path = found.directory.join(NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(Error::failed(format!("cannot read {}", path.display())).source(error));
            }
        };
        let manifest = Manifest::read(bytes.as_deref().unwrap_or_default());
        let mut archive = Archive { found, manifest, findings: Vec::new(), notes: Vec::new() };
        match &bytes {
            None => archive.find(Fault::Missing, NAME, "the manifest is missing"),
            Some(bytes) => archive.look(bytes),
        }
        archive.strays().map_err(|error| {
            let what = format!("cannot read {}", archive.found.directory.display());
            Error::failed(what).source(error)
        })?;
        Ok(archive)
    }

    fn find(&mut self, fault: Fault, file: &str, message: impl Into<String>) {
        self.findings.push(Problem::new(fault, file, message));
    }

    fn look(&mut self, bytes: &[u8]) {
        self.findings.append(&mut self.manifest.problems);
        match &self.manifest.header {
            None if self.manifest.whole == 0 => {
                self.find(Fault::Unreadable, NAME, "the manifest is empty");
            }
            Some(Header { instance, .. }) if *instance != self.found.instance => {
                let of = format!("it is the manifest of instance {instance}");
                self.find(Fault::Order, NAME, of);
            }
            _ => {}
        }
        self.findings.extend(check::gaps(&self.manifest));
        if bytes.len() > self.manifest.whole {
            let note = "the last line of the manifest was begun and not ended: a run was killed; \
                        the next one goes on from there";
            self.notes.push(note.to_owned());
        }
        let vanished: u64 = self.manifest.entries.iter().map(|entry| entry.vanished).sum();
        if vanished > 0 {
            self.notes.push(format!(
                "lines that were archived and were not in the log any more when it was read again: \
                 {vanished}"
            ));
        }
        if self.manifest.beginning().is_some_and(|begun| begun.as_second() < ALWAYS_ON) {
            let note = "before 2026-02-16 auditing could be switched off: until then, that there is \
                        no event proves nothing";
            self.notes.push(note.to_owned());
        }
    }

    /// Finds what the manifest does not name.
    fn strays(&mut self) -> io::Result<()> {
        let mut named: HashSet<String> =
            self.manifest.files().map(|file| file.path.clone()).collect();
        named.extend([NAME, LOCK].map(str::to_owned));
        let root = self.found.directory.clone();
        let is_under_way = root.join(STAGE).is_dir();
        let mut left = 0;
        let before = self.findings.len();
        let mut directories = vec![PathBuf::new()];
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(root.join(&directory))? {
                let entry = entry?;
                let path = directory.join(entry.file_name());
                let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
                if text == STAGE {
                    continue;
                }
                if entry.file_type()?.is_dir() {
                    directories.push(path);
                } else if named.contains(&text) {
                    if entry.file_type()?.is_symlink() {
                        self.find(Fault::Stray, &text, "it is a link, not a file");
                    }
                } else if is_under_way
                    && place::parse(&text).is_some_and(|(_, n)| n == self.manifest.next())
                {
                    left += 1;
                } else {
                    self.find(Fault::Stray, &text, "the manifest does not name this file");
                }
            }
        }
        // A directory is read in any order.
        self.findings[before..].sort();
        if is_under_way {
            self.notes.push(match left {
                0 => "a run goes on, or was killed".to_owned(),
                n => format!("a run goes on, or was killed; its new files do not count yet: {n}"),
            });
        }
        Ok(())
    }

    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn directory(&self) -> &Path {
        &self.found.directory
    }

    /// The instance's name.
    pub(super) fn instance(&self) -> &str {
        &self.found.instance
    }

    pub(super) fn row(self) -> Verified {
        let moment = |second| jiff::Timestamp::from_second(second).ok().map(rfc3339);
        let coverage = &self.manifest.coverage;
        let range = coverage.range();
        Verified {
            lines: self.manifest.files().map(|file| file.lines).sum(),
            files: self.manifest.files().count() as u64,
            bytes: self.manifest.files().map(|file| file.bytes).sum(),
            from: range.and_then(|(from, _)| moment(from)),
            until: range.and_then(|(_, until)| moment(until)),
            settled: coverage.settled().and_then(moment),
            head: self.manifest.head().map(str::to_owned),
            path: self.found.directory.display().to_string(),
            project: self.found.project,
            instance: self.found.instance,
            findings: self.findings,
            notes: self.notes,
        }
    }
}
