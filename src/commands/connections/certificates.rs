//! The certificates that a connection holds.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use x509_cert::Certificate as X509;
use x509_cert::der::Decode;

use super::subject;
use crate::atlas::connections::Connection;
use crate::error::Result;
use crate::pem;
use crate::times::rfc3339;

/// One certificate that a connection holds.
#[derive(Debug)]
pub struct Certificate {
    pub(super) field: &'static str,
    /// Subject, beginning and end; or why it cannot be read.
    pub(super) read: Result<(String, Timestamp, Timestamp), String>,
}

impl Certificate {
    /// How it stands `now`, where an end before `soon` is near: `valid`, or what is wrong with it.
    pub(super) fn verdict(&self, now: Timestamp, soon: Timestamp) -> &'static str {
        match &self.read {
            Err(_) => "unreadable",
            Ok((.., end)) if *end <= now => "ended",
            Ok((.., end)) if *end <= soon => "ends soon",
            Ok((_, begin, _)) if *begin > now => "not yet valid",
            Ok(_) => "valid",
        }
    }
}

/// Its field, subject, beginning and end; or why it cannot be read.
impl Serialize for Certificate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("field", self.field)?;
        match &self.read {
            Ok((subject, begin, end)) => {
                document.serialize_entry("subject", subject)?;
                document.serialize_entry("notBefore", &rfc3339(*begin))?;
                document.serialize_entry("notAfter", &rfc3339(*end))?;
            }
            Err(why) => document.serialize_entry("problem", why)?,
        }
        document.end()
    }
}

/// `security.brokerPublicCertificate: CN=… ends 2027-01-01T00:00:00Z`
impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.read {
            Ok((subject, _, end)) => {
                write!(f, "{}: {subject}, ends {}", self.field, rfc3339(*end))
            }
            Err(why) => write!(f, "{}: cannot be read: {why}", self.field),
        }
    }
}

/// The certificates of a connection, in the order of its fields.
pub fn certificates(connection: &Connection) -> Vec<Certificate> {
    let trusted = connection.security.as_ref().and_then(|s| s.broker_public_certificate.as_deref());
    let own = connection.authentication.as_ref().and_then(|a| a.ssl_certificate.as_deref());
    let held =
        [("security.brokerPublicCertificate", trusted), ("authentication.sslCertificate", own)];
    let held = held.into_iter().filter_map(|(field, pem)| Some((field, pem?)));
    held.filter(|(_, pem)| !pem.trim().is_empty())
        .flat_map(|(field, pem)| read(pem).into_iter().map(move |read| Certificate { field, read }))
        .collect()
}

/// The certificates of a text in PEM form: a chain has several.
fn read(text: &str) -> Vec<Result<(String, Timestamp, Timestamp), String>> {
    let chain = match pem::certificates(text.as_bytes()) {
        Ok(chain) => chain,
        Err(why) => return vec![Err(why)],
    };
    let one = |der: &Vec<u8>| {
        let certificate = X509::from_der(der).map_err(|_| "it is not X.509".to_owned())?;
        let out_of_range = || "its validity is out of range".to_owned();
        let (from, to) = pem::validity(der).ok_or_else(out_of_range)?;
        Ok((subject::of(certificate.tbs_certificate().subject()), from, to))
    };
    chain.iter().map(one).collect()
}
