//! One instance's archive: what its manifest says, and what is there.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Verified;
use crate::audit::archive::check;
use crate::audit::archive::manifest::{Manifest, NAME};
use crate::audit::archive::place;
use crate::audit::archive::problem::{Fault, Problem};
use crate::commands::audit::archive::{Found, Held, LOCK, STAGE};
use crate::error::{Error, Result};

/// Since this moment auditing of instances is on and cannot be switched off: 16 February 2026.
const ALWAYS_ON: i64 = 1_771_200_000;

/// An instance's archive.
pub(super) struct Archive {
    found: Found,
    manifest: Manifest,
    pub(super) findings: Vec<Problem>,
    pub(super) notes: Vec<String>,
}

/// What is in an instance's directory, whatever its manifest says.
struct There {
    /// The paths of files, in order, with slashes, and whether each is a link.
    files: Vec<(String, bool)>,
    /// Whether a run goes on, or was killed.
    is_under_way: bool,
}

impl There {
    fn look(root: &Path) -> io::Result<There> {
        let mut files = Vec::new();
        let mut directories = vec![PathBuf::new()];
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(root.join(&directory))? {
                let entry = entry?;
                let path = directory.join(entry.file_name());
                let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
                let kind = entry.file_type()?;
                match kind.is_dir() {
                    _ if [NAME, LOCK, STAGE].contains(&text.as_str()) => {}
                    true => directories.push(path),
                    false => files.push((text, kind.is_symlink())),
                }
            }
        }
        files.sort();
        Ok(There { files, is_under_way: root.join(STAGE).is_dir() })
    }
}

impl Archive {
    /// Reads the manifest, and looks at what is there beside what it names.
    pub(super) fn open(found: Found) -> Result<Self> {
        // Before the manifest: what a run under way has moved to its place since, that may not name yet.
        let there = There::look(&found.directory).map_err(|error| {
            let what = format!("cannot read {}", found.directory.display());
            Error::failed(what).source(error)
        })?;
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
        // A run that has not got further than this has archived nothing.
        let is_begun = !(there.files.is_empty() && there.is_under_way);
        match &bytes {
            _ if archive.manifest.whole == 0 && !is_begun => {}
            None => archive.find(Fault::Missing, NAME, "the manifest is missing"),
            Some(_) => archive.look(),
        }
        archive.strays(there);
        Ok(archive)
    }

    fn find(&mut self, fault: Fault, file: &str, message: impl Into<String>) {
        self.findings.push(Problem::new(fault, file, message));
    }

    fn look(&mut self) {
        self.findings.append(&mut self.manifest.problems);
        if self.manifest.whole == 0 {
            self.find(Fault::Unreadable, NAME, "the manifest is empty");
        }
        self.findings.extend(check::owner(&self.manifest, &self.found.instance));
        self.findings.extend(check::gaps(&self.manifest));
        if self.manifest.torn > 0 {
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
    fn strays(&mut self, there: There) {
        let named: HashSet<String> = self.manifest.files().map(|file| file.path.clone()).collect();
        let next = self.manifest.next();
        let is_unfinished = there.is_under_way || self.manifest.torn > 0;
        let mut left = 0;
        for (path, is_link) in there.files {
            if named.contains(&path) {
                if is_link {
                    self.find(Fault::Stray, &path, "it is a link, not a file");
                }
            } else if is_unfinished && place::parse(&path).is_some_and(|(_, n)| n == next) {
                left += 1;
            } else {
                self.find(Fault::Stray, &path, "the manifest does not name this file");
            }
        }
        if is_unfinished && (there.is_under_way || left > 0) {
            self.notes.push(match left {
                0 => "a run goes on, or was killed".to_owned(),
                n => format!("a run goes on, or was killed; its new files do not count yet: {n}"),
            });
        }
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
        let held = Held::of(&self.found, &self.manifest);
        Verified { held, findings: self.findings, notes: self.notes }
    }
}
