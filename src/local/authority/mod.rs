//! The certificate authority of the local servers. Each directory of a store has its own, made when
//! it is first needed; whoever trusts it trusts it for this machine's own names and for those of
//! local instances, and for nothing else: its certificate says so (RFC 5280, 4.2.1.10).
//!
//! Certificates are dated by the machine's clock, since those who check them have no other. The
//! store's clock may be set to any time.

mod file;
mod served;

use std::net::{IpAddr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    NameConstraints, SerialNumber,
};
use rustls::crypto::ring::sign::any_ecdsa_type;
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::CertifiedKey;

pub use file::ca_file;
pub use served::{ServedCertificate, acceptor};

use super::crypto;
use super::domain::instances::HOST_DOMAIN;
use crate::error::{Error, Result};

/// How long an authority's certificate is valid, and how long before its end it is renewed: with
/// the same key, so that what was issued stays trusted.
const AUTHORITY: Life = Life { days: 3650, renewed: 365 };
/// The same for what it issues.
const ISSUED: Life = Life { days: 60, renewed: 20 };
/// The domains that can be certified, with the names in them.
const DOMAINS: [&str; 2] = ["localhost", HOST_DOMAIN];
/// Certificates begin this long before they are made: other clocks may be slow.
const BACKDATED: SignedDuration = days(1);

/// How long a certificate is used.
#[derive(Debug, Clone, Copy)]
struct Life {
    days: i64,
    /// Days before the end.
    renewed: i64,
}

/// When a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Validity {
    from: Timestamp,
    until: Timestamp,
}

impl Validity {
    fn new(now: Timestamp, life: Life) -> Validity {
        let until = now.checked_add(days(life.days)).unwrap_or(Timestamp::MAX);
        Validity { from: now.checked_sub(BACKDATED).unwrap_or(Timestamp::MIN), until }
    }

    /// Whether a certificate can be used for some time yet.
    fn lasts(self, now: Timestamp, life: Life) -> bool {
        self.from <= now && self.until.duration_since(now) > days(life.renewed)
    }
}

const fn days(number: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * number)
}

/// An authority, and where its certificate is for those who are to trust it.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    validity: Validity,
    ca_file: PathBuf,
}

/// A server's certificate with its key.
#[derive(Debug)]
pub struct Issued {
    /// As rustls takes it.
    pub key: Arc<CertifiedKey>,
    validity: Validity,
}

impl Authority {
    /// The authority of a store's directory, which is made or renewed if need be. Several processes
    /// may do so at once, and have the same authority.
    ///
    /// # Errors
    /// Its file can be read by others, is damaged, or is none that spctl made; nothing is written
    /// then. The directory cannot be written to.
    pub fn open(directory: &Path, now: Timestamp) -> Result<Authority> {
        file::open(directory, now)
    }

    /// The file of its certificate, in PEM.
    pub fn ca_file(&self) -> &Path {
        &self.ca_file
    }

    /// Issues a certificate for a server, by host names and addresses. Nobody accepts one for names
    /// that the authority's own certificate excludes.
    ///
    /// # Errors
    /// A name that no certificate can hold; the system has no random numbers.
    pub fn issue(&self, names: &[String], now: Timestamp) -> Result<Issued> {
        let mut validity = Validity::new(now, ISSUED);
        // It is not trusted for longer than its authority.
        validity.until = validity.until.min(self.validity.until);
        let mut params = CertificateParams::new(names).map_err(cannot_issue)?;
        params.distinguished_name = common_name("spctl local server");
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        dated(&mut params, validity)?;
        let key = KeyPair::generate().map_err(cannot_issue)?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(cannot_issue)?;
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let key = any_ecdsa_type(&key).map_err(cannot_issue)?;
        let key = Arc::new(CertifiedKey::new(vec![certificate.der().clone()], key));
        Ok(Issued { key, validity })
    }
}

/// Whether a host's name or address is one that authorities are trusted for.
pub fn certifies(host: &str) -> bool {
    if let Ok(address) = host.parse::<IpAddr>() {
        return address.is_loopback();
    }
    let host = host.to_ascii_lowercase();
    DOMAINS.iter().any(|domain| {
        let rest = host.strip_suffix(domain);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// An authority's own certificate.
fn certified(key: &KeyPair, now: Timestamp) -> Result<Certificate> {
    let mut params = authority();
    dated(&mut params, Validity::new(now, AUTHORITY))?;
    params.self_signed(key).map_err(cannot_issue)
}

/// What an authority's certificate says, but for its dates.
fn authority() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = common_name("spctl local authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.use_authority_key_identifier_extension = true;
    let domains = DOMAINS.iter().map(|domain| GeneralSubtree::DnsName((*domain).to_owned()));
    let loopback = [
        CidrSubnet::from_v4_prefix([127, 0, 0, 0], 8),
        CidrSubnet::from_v6_prefix(Ipv6Addr::LOCALHOST.octets(), 128),
    ];
    let loopback = loopback.into_iter().map(GeneralSubtree::IpAddress);
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: domains.chain(loopback).collect(),
        excluded_subtrees: Vec::new(),
    });
    params
}

/// What every certificate here has: a number of its own, dates, and that it is for servers only.
fn dated(params: &mut CertificateParams, validity: Validity) -> Result<()> {
    let moment = |time: Timestamp| {
        let since_1970 = u64::try_from(time.as_second()).unwrap_or_default();
        rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(since_1970)
    };
    params.not_before = moment(validity.from);
    params.not_after = moment(validity.until);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let number = crypto::random::<16>().map_err(cannot_issue)?;
    params.serial_number = Some(SerialNumber::from_slice(&number));
    Ok(())
}

/// Not a host's name, which some clients would hold against the constraints.
fn common_name(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

fn cannot_issue(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::failed("cannot issue a certificate").source(error)
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority").field("ca_file", &self.ca_file).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
