//! Answers of Atlas that are kept, for when it cannot be reached: the last one of each address.

use std::fs;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::brokers::addresses::AddressList;
use crate::config::Target;
use crate::context::Context;
use crate::files;
use crate::times::rfc3339;

/// An answer, whose it is, and when it came.
#[derive(Serialize, Deserialize)]
struct Stored {
    base_url: String,
    fetched: String,
    list: Box<RawValue>,
}

/// An answer that was kept.
#[derive(Debug)]
pub(super) struct KeptAnswer {
    /// When it came.
    pub(super) fetched: Timestamp,
    /// The list as it was answered.
    pub(super) list: Box<RawValue>,
}

impl KeptAnswer {
    /// How old it is; `None` if its time has not come, so that nobody knows.
    pub(super) fn age(&self) -> Option<SignedDuration> {
        let age = Timestamp::now().duration_since(self.fetched);
        (!age.is_negative()).then_some(age)
    }
}

/// Keeps an answer that can be read to its last entry; no other replaces one that could be used.
/// Where nothing can be kept, nothing is.
pub(super) fn keep(context: &Context, list: &RawValue) {
    let Some((base_url, path)) = place(context) else { return };
    let is_whole = AddressList::parse(list.get().as_bytes()).is_ok_and(|list| list.all().is_ok());
    let stored = Stored { base_url, fetched: rfc3339(Timestamp::now()), list: list.to_owned() };
    if let (true, Ok(text), Some(directory)) =
        (is_whole, serde_json::to_vec(&stored), path.parent())
    {
        let made = files::private_directory(directory);
        let _ = made.and_then(|()| files::replace(&path, &text));
    }
}

/// The last answer of this Atlas, if one is kept that can be read.
pub(super) fn last(context: &Context) -> Option<KeptAnswer> {
    let (base_url, path) = place(context)?;
    let stored: Stored = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let fetched = stored.fetched.parse().ok()?;
    (stored.base_url == base_url).then_some(KeptAnswer { fetched, list: stored.list })
}

/// Whose answers are kept, and where: those of a local control plane are not.
fn place(context: &Context) -> Option<(String, PathBuf)> {
    match &context.settings.target {
        Target::Atlas { base_url } => {
            Some((base_url.to_string(), context.settings.addresses_cache()?))
        }
        Target::Local { .. } => None,
    }
}
