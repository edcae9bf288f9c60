//! `credentials.toml`: secrets in plain text, which nobody but their owner may read.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use toml_edit::{DocumentMut, Item, Table, value};

use super::SecretOwner;
use crate::config::lines::ends_kept;
use crate::config::{edit, profile};
use crate::error::{Error, Result};
use crate::files::text::{utf8, without_mark};
use crate::files::{self, link};

pub(super) fn path(dir: &Path) -> PathBuf {
    dir.join("credentials.toml")
}

/// Whether the file, and the directory it is in, can be trusted with a secret; what is not there
/// yet will be made so.
pub(super) fn check(dir: &Path) -> Result<()> {
    open(dir).map(drop)
}

pub(super) fn read(
    dir: &Path,
    owner: SecretOwner<'_>,
    for_the_last_time: bool,
) -> Result<Option<SecretString>> {
    let document = match for_the_last_time.then(|| File::open(path(dir))) {
        Some(Ok(file)) => parse(dir, file)?,
        _ => load(dir)?,
    };
    let Some(table) = document.get(owner.profile).and_then(Item::as_table_like) else {
        return Ok(None);
    };
    let text = |key| table.get(key).and_then(Item::as_str);
    let same = text("base_url") == Some(owner.address());
    Ok(text("secret").filter(|_| same).map(SecretString::from))
}

pub(super) fn write(dir: &Path, owner: SecretOwner<'_>, secret: &SecretString) -> Result<()> {
    edit::private_directory(dir)?;
    let _alone = edit::lock(dir)?;
    let mut document = load(dir)?;
    let mut table = Table::new();
    table.insert("base_url", value(owner.address()));
    table.insert("secret", value(secret.expose_secret()));
    document.insert(owner.profile, Item::Table(table));
    save(dir, &document)
}

/// The address that the secret of a profile is for, as it stands in the file.
pub(super) fn address(dir: &Path, profile: &str) -> Result<Option<String>> {
    let document = load(dir)?;
    let address = document.get(profile).and_then(|table| table.get("base_url")?.as_str());
    Ok(address.map(str::to_owned))
}

/// Removes a profile's secret, whatever address it is for: the profile's may have been changed since.
pub(super) fn remove(dir: &Path, profile: &str) -> Result<bool> {
    match path(dir).symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        _ => {}
    }
    let _alone = edit::lock(dir)?;
    // What others may have read must go all the more.
    let mut document = parse(dir, File::open(path(dir)).map_err(|e| unwritable(dir, e))?)?;
    if document.remove(profile).is_none() {
        return Ok(false);
    }
    match document.is_empty() {
        // A link alone would leave the secrets where it leads.
        true => {
            link::target(&path(dir)).and_then(fs::remove_file).map_err(|e| unwritable(dir, e))?
        }
        false => save(dir, &document)?,
    }
    Ok(true)
}

fn save(dir: &Path, document: &DocumentMut) -> Result<()> {
    let path = link::target(&path(dir)).map_err(|e| unwritable(dir, e))?;
    let before = fs::read_to_string(&path).unwrap_or_default();
    let text = ends_kept(without_mark(&before), &document.to_string());
    files::replace(&path, text.as_bytes()).map_err(|e| unwritable(dir, e))
}

fn unwritable(dir: &Path, error: io::Error) -> Error {
    Error::failed(format!("cannot write {}", path(dir).display())).source(error)
}

fn load(dir: &Path) -> Result<DocumentMut> {
    match open(dir)? {
        Some(file) => parse(dir, file),
        None => Ok(DocumentMut::new()),
    }
}

fn parse(dir: &Path, mut file: File) -> Result<DocumentMut> {
    let path = path(dir);
    let mut bytes = Vec::new();
    let text = file
        .read_to_end(&mut bytes)
        .and_then(|_| utf8(bytes))
        .map_err(|e| Error::failed(format!("cannot read {}", path.display())).source(e))?;
    let text = without_mark(&text);
    text.parse().map_err(|e| profile::not_toml(&path, text, &e))
}

/// The file that was judged is the one that is read: its mode is asked of the open file.
fn open(dir: &Path) -> Result<Option<File>> {
    let cannot =
        |path: &Path, e| Error::failed(format!("cannot open {}", path.display())).source(e);
    match fs::metadata(dir) {
        Ok(metadata) => files::narrow(dir, &metadata, "700")?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(cannot(dir, e)),
    }
    let path = path(dir);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(cannot(&path, e)),
    };
    files::narrow(&path, &file.metadata().map_err(|e| cannot(&path, e))?, "600")?;
    Ok(Some(file))
}
