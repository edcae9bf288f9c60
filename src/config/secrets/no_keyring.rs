//! The keyring of a build that knows none.

use secrecy::SecretString;

use super::without_keyring;
use crate::error::{Error, Result};

fn none() -> Error {
    without_keyring(Error::failed("this build has no keyring support"))
}

pub(super) fn probe() -> Result<()> {
    Err(none())
}

pub(super) fn read(_service: &str, _account: &str) -> Result<Option<SecretString>> {
    Err(none())
}

pub(super) fn write(_service: &str, _account: &str, _secret: &SecretString) -> Result<()> {
    Err(none())
}

pub(super) fn remove(_service: &str, _account: &str) -> Result<bool> {
    Err(none())
}
