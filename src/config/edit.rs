//! Editing `config.toml` without losing a comment: it is read, edited, checked and replaced whole.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use toml_edit::{Decor, DocumentMut, Item, RawString, Table, TableLike, value};

use super::lines::ends_kept;
use super::profile::{self, Profiles};
use crate::error::{Error, Result};
use crate::files::text::without_mark;
use crate::files::{self, link};

/// The keys of a profile that people set by hand.
pub const KEYS: &[&str] = &[
    "kind",
    "base_url",
    "project",
    "org",
    "output",
    "owner",
    "ca_file",
    "client_id",
    "public_key",
    "credential_command",
];

/// `config.toml`, being edited. Anyone else who edits it, or `credentials.toml`, waits until this is
/// dropped: even this process, which must not touch secrets meanwhile.
#[derive(Debug)]
pub struct Editor {
    path: PathBuf,
    /// The file as it was read.
    before: String,
    document: DocumentMut,
    _alone: File,
}

impl Editor {
    /// Opens the file of a configuration directory, which is created if it is missing.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no configuration.
    pub fn open(dir: &Path) -> Result<Self> {
        private_directory(dir)?;
        let alone = lock(dir)?;
        let path = dir.join("config.toml");
        // A link to a file elsewhere stays a link.
        let path = link::target(&path)
            .map_err(|e| Error::failed(format!("cannot follow {}", path.display())).source(e))?;
        let before = profile::text(&path)?;
        let text = without_mark(&before).replace("\r\n", "\n");
        profile::parse(&text, &path)?;
        let document =
            text.parse().map_err(|_| Error::failed(format!("{} is not TOML", path.display())))?;
        Ok(Editor { path, before, document, _alone: alone })
    }

    /// Creates an empty profile, if none of this name exists.
    pub fn ensure(&mut self, profile: &str) {
        if let Some(profiles) = self.profiles() {
            profiles.entry(profile).or_insert_with(|| Item::Table(Table::new()));
        }
    }

    /// Sets a key of a profile, which is created if it is new.
    pub fn set(&mut self, profile: &str, key: &str, text: &str) {
        self.ensure(profile);
        let table = self.profiles().and_then(|profiles| profiles.get_mut(profile));
        let Some(table) = table else { return };
        if let Some(table) = table.as_table_like_mut() {
            assign(table, key, text);
        }
    }

    /// The value of a key of a profile.
    pub fn get(&self, profile: &str, key: &str) -> Option<String> {
        let table = self.document.get("profiles")?.get(profile)?;
        table.get(key)?.as_str().map(str::to_owned)
    }

    /// Removes a key from a profile.
    pub fn unset(&mut self, profile: &str, key: &str) {
        let table = self.profiles().and_then(|profiles| profiles.get_mut(profile));
        if let Some(table) = table.and_then(Item::as_table_like_mut) {
            table.remove(key);
        }
    }

    /// Removes a profile; it is no longer the default either.
    pub fn remove(&mut self, profile: &str) {
        let next = self.profiles().and_then(|profiles| {
            let mut from_it_on = profiles.iter().skip_while(|(name, _)| *name != profile);
            from_it_on.nth(1).map(|(name, _)| name.to_owned())
        });
        let gone = self.profiles().and_then(|profiles| profiles.remove(profile));
        if let Some(Item::Table(table)) = gone {
            self.leave(above_a_gap(prefix(table.decor())), next.as_deref());
        }
        if self.default_profile() == Some(profile) {
            let first = self.profiles().and_then(|p| Some(p.iter().next()?.0.to_owned()));
            let key = self.document.key("default_profile");
            let orphan = key.map_or("", |key| prefix(key.leaf_decor())).to_owned();
            self.document.remove("default_profile");
            self.leave(&orphan, first.as_deref());
        }
    }

    /// Keeps the comment above a removed entry, above the profile that follows or at the end.
    fn leave(&mut self, orphan: &str, next: Option<&str>) {
        if orphan.trim().is_empty() {
            return;
        }
        let table = next.and_then(|next| self.profiles()?.get_mut(next)?.as_table_mut());
        match table {
            Some(table) => {
                let text = format!("{orphan}{}", prefix(table.decor()));
                table.decor_mut().set_prefix(text);
            }
            None => {
                let end = self.document.trailing().as_str().unwrap_or_default();
                let text = format!("{orphan}{end}");
                self.document.set_trailing(text);
            }
        }
    }

    /// Renames a profile.
    pub fn rename(&mut self, from: &str, to: &str) {
        if let Some(profiles) = self.profiles()
            && let Some(table) = profiles.remove(from)
        {
            profiles.insert(to, table);
        }
        if self.default_profile() == Some(from) {
            self.set_default(to);
        }
    }

    /// Makes a profile the default one.
    pub fn set_default(&mut self, profile: &str) {
        assign(self.document.as_table_mut(), "default_profile", profile);
    }

    fn default_profile(&self) -> Option<&str> {
        self.document.get("default_profile").and_then(Item::as_str)
    }

    fn profiles(&mut self) -> Option<&mut Table> {
        let profiles = self.document.entry("profiles").or_insert_with(|| {
            let mut table = Table::new();
            // No line [profiles] above the tables of the profiles.
            table.set_implicit(true);
            Item::Table(table)
        });
        if !profiles.is_table() {
            let inline = std::mem::take(profiles).into_table();
            *profiles = Item::Table(inline.unwrap_or_default());
        }
        profiles.as_table_mut()
    }

    /// What the edited file says.
    ///
    /// # Errors
    /// A text that would no longer be a configuration.
    pub fn result(&self) -> Result<Profiles> {
        profile::parse(&self.document.to_string(), &self.path)
    }

    /// Replaces the file, which only its owner may read afterwards.
    ///
    /// # Errors
    /// Those of [`Editor::result`], and what the file system says.
    pub fn save(&self) -> Result<()> {
        self.result()?;
        let text = without_mark(&self.before);
        let mark = &self.before[..self.before.len() - text.len()];
        let text = format!("{mark}{}", ends_kept(text, &self.document.to_string()));
        files::replace(&self.path, text.as_bytes())
            .map_err(|e| Error::failed(format!("cannot write {}", self.path.display())).source(e))
    }
}

fn prefix(decor: &Decor) -> &str {
    decor.prefix().and_then(RawString::as_str).unwrap_or_default()
}

/// The part of a comment that an empty line parts from what follows: it is about something else.
fn above_a_gap(comment: &str) -> &str {
    comment.rfind("\n\n").map_or("", |gap| &comment[..gap + 2])
}

/// Sets a key; the comments before and behind the old value stay.
fn assign(table: &mut dyn TableLike, key: &str, text: &str) {
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            let decor = old.decor().clone();
            *old = text.into();
            *old.decor_mut() = decor;
        }
        _ => drop(table.insert(key, value(text))),
    }
}

/// The contents of `config.toml` in a directory.
///
/// # Errors
/// A file that cannot be read, or that is no configuration.
pub fn read(dir: &Path) -> Result<Profiles> {
    let path = dir.join("config.toml");
    profile::parse(without_mark(&profile::text(&path)?), &path)
}

/// Makes a directory that only its owner may enter; one that is there stays as it is.
pub(super) fn private_directory(dir: &Path) -> Result<()> {
    link::target(dir)
        .and_then(|dir| files::private_directory(&dir))
        .map_err(|e| Error::failed(format!("cannot make {}", dir.display())).source(e))
}

/// Waits until no other process edits this directory's files, and keeps others waiting.
pub(super) fn lock(dir: &Path) -> Result<File> {
    let path = dir.join(".lock");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let locked = options.open(&path).and_then(|file| file.lock().map(|()| file));
    locked.map_err(|e| Error::failed(format!("cannot lock {}", path.display())).source(e))
}
