//! The system's keyring: Keychain Services on macOS, the Credential Manager on Windows, elsewhere the
//! Secret Service over D-Bus.
//!
//! The library keeps its connection for the whole process. That, and whether it answered, is the only
//! process-wide state there is, and no other file touches it.
//!
//! Its calls block, and a machine without a desktop may answer them late or never. So they run on
//! a thread of their own, which is left behind when its time is over.

use std::io::IsTerminal;
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error as Failure};
use secrecy::{ExposeSecret, SecretString};

use super::without_keyring;
use crate::error::{Error, Result};

/// How long a keyring may take to be there.
const TO_ANSWER: Duration = Duration::from_secs(2);
/// How long it may take with a person before it, whom it may ask for its password.
const TO_UNLOCK: Duration = Duration::from_secs(60);

/// Whether there is a keyring, or why not: one that did not answer is not asked again.
static STATUS: OnceLock<Result<(), String>> = OnceLock::new();

pub(super) fn probe() -> Result<()> {
    let connect = || match on_a_thread(TO_ANSWER, Entry::store_status) {
        Some(Ok(())) => Ok(()),
        Some(Err(failure)) => Err(say(failure)),
        None => Err(format!("it did not answer within {} s", TO_ANSWER.as_secs())),
    };
    STATUS.get_or_init(connect).clone().map_err(|why| {
        without_keyring(Error::failed("the system's keyring cannot be used").source(why))
    })
}

pub(super) fn read(service: &str, account: &str) -> Result<Option<SecretString>> {
    let read = with_entry(service, account, |entry| entry.get_password())?;
    read.map(|password| password.map(SecretString::from))
}

pub(super) fn write(service: &str, account: &str, secret: &SecretString) -> Result<()> {
    let secret = secret.clone();
    let written =
        with_entry(service, account, move |entry| entry.set_password(secret.expose_secret()))?;
    written.map(drop)
}

pub(super) fn remove(service: &str, account: &str) -> Result<bool> {
    let removed = with_entry(service, account, Entry::delete_credential)?;
    removed.map(|removed| removed.is_some())
}

/// The outer result is about the keyring, the inner one about the entry: `None` where it is absent.
fn with_entry<T: Send + 'static>(
    service: &str,
    account: &str,
    act: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<Result<Option<T>>> {
    probe()?;
    let (service, account) = (service.to_owned(), account.to_owned());
    let attended = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let limit = if attended { TO_UNLOCK } else { TO_ANSWER };
    let done = on_a_thread(limit, move || act(&Entry::new(&service, &account)?));
    Ok(match done {
        Some(Ok(value)) => Ok(Some(value)),
        Some(Err(Failure::NoEntry)) => Ok(None),
        Some(Err(failure)) => {
            Err(Error::failed("the system's keyring refused").source(say(&failure)))
        }
        None => Err(without_keyring(Error::failed(format!(
            "the system's keyring did not answer within {} s",
            limit.as_secs()
        )))
        .hint("unlock it first, if it is locked")),
    })
}

fn on_a_thread<T: Send + 'static>(
    limit: Duration,
    act: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (done, outcome) = mpsc::channel();
    thread::spawn(move || done.send(act()));
    outcome.recv_timeout(limit).ok()
}

/// What failed, without the bytes that some failures carry.
fn say(failure: &Failure) -> String {
    match failure {
        Failure::BadEncoding(_) | Failure::BadDataFormat(..) => "the entry is not text".to_owned(),
        other => other.to_string(),
    }
}
