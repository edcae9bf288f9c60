//! Where an authority is kept: its key with its certificate in one private file, so that neither is
//! ever without the other, and the certificate again in a file for those who are to trust it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rcgen::{Certificate, Issuer, KeyPair, PublicKeyData};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use x509_cert::Certificate as X509;
use x509_cert::der::{Decode, Encode};

use super::{AUTHORITY, Authority, Validity, authority, certified};
use crate::error::{Error, Result};
use crate::files::text::unmarked;
use crate::files::{self, Pending};
use crate::local::store;

/// Key and certificate, for the servers.
const KEPT: &str = "local-authority.pem";
/// The certificate, for their clients.
const CA: &str = "local-ca.pem";
/// No such file comes near this.
const MOST_BYTES: u64 = 64 << 10;

/// The file that the certificate of a directory's authority is in, for those who are to trust it.
pub fn ca_file(directory: &Path) -> PathBuf {
    directory.join(CA)
}

/// What is in the private file.
struct Kept {
    key: KeyPair,
    certificate: X509,
}

/// Reads the authority of a directory; makes or renews it if need be.
pub(super) fn open(directory: &Path, now: Timestamp) -> Result<Authority> {
    let (path, ca_file) = (directory.join(KEPT), ca_file(directory));
    let mut kept = loop {
        if let Some(kept) = read(&path)? {
            break kept;
        }
        // Where another process is faster, its authority is the one.
        let key = KeyPair::generate().map_err(super::cannot_issue)?;
        match create(&path, &key, &certified(&key, now)?) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            written => written.map_err(|e| cannot_write(&path, e))?,
        }
    };
    let fresh = certified(&kept.key, now)?;
    let as_new = X509::from_der(fresh.der()).map_err(super::cannot_issue)?;
    if kept.certificate.tbs_certificate().subject() != as_new.tbs_certificate().subject() {
        return Err(damaged(&path, "another program made the certificate in it"));
    }
    let says_the_same =
        kept.certificate.tbs_certificate().extensions() == as_new.tbs_certificate().extensions();
    if !says_the_same || !validity(&kept.certificate).lasts(now, AUTHORITY) {
        files::replace(&path, pem(&kept.key, &fresh).as_bytes())
            .map_err(|e| cannot_write(&path, e))?;
        kept.certificate = as_new;
    }
    publish(&ca_file, &kept.certificate)?;
    let validity = validity(&kept.certificate);
    Ok(Authority { issuer: Issuer::new(authority(), kept.key), validity, ca_file })
}

fn create(path: &Path, key: &KeyPair, certificate: &Certificate) -> io::Result<()> {
    let mut pending = Pending::create(path)?;
    pending.write_all(pem(key, certificate).as_bytes())?;
    pending.keep(false)
}

fn pem(key: &KeyPair, certificate: &Certificate) -> String {
    format!("{}{}", key.serialize_pem(), certificate.pem())
}

/// The private file; `None` where there is none.
fn read(path: &Path) -> Result<Option<Kept>> {
    if !store::regular(path)? {
        return Ok(None);
    }
    files::owner_only(path, "600")?;
    let pem = match contents(path).and_then(unmarked) {
        Ok(pem) => pem,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::failed(format!("cannot read {}", path.display())).source(e)),
    };
    let no_key = |_| damaged(path, "it holds no private key that can be used");
    let key = PrivatePkcs8KeyDer::from_pem_slice(&pem).map_err(no_key)?;
    let key = KeyPair::try_from(&key)
        .map_err(|_| damaged(path, "it holds no private key that can be used"))?;
    let no_certificate = || damaged(path, "it holds no certificate that can be read");
    let certificate = CertificateDer::from_pem_slice(&pem).map_err(|_| no_certificate())?;
    let certificate = X509::from_der(&certificate).map_err(|_| no_certificate())?;
    let public = certificate.tbs_certificate().subject_public_key_info().to_der();
    match public.is_ok_and(|public| public == key.subject_public_key_info()) {
        true => Ok(Some(Kept { key, certificate })),
        false => Err(damaged(path, "its certificate is not that of its private key")),
    }
}

fn contents(path: &Path) -> io::Result<Vec<u8>> {
    match fs::metadata(path)?.len() {
        0..=MOST_BYTES => fs::read(path),
        _ => Ok(Vec::new()),
    }
}

/// Writes the certificate for clients, unless it is there. Its file follows from the other one, and
/// whatever else is in it is replaced.
fn publish(ca_file: &Path, certificate: &X509) -> Result<()> {
    use x509_cert::der::EncodePem;
    use x509_cert::der::pem::LineEnding;
    let pem = certificate.to_pem(LineEnding::LF).map_err(super::cannot_issue)?;
    let is_there = store::regular(ca_file)?
        && contents(ca_file).is_ok_and(|contents| contents == pem.as_bytes());
    match is_there {
        true => Ok(()),
        false => files::replace(ca_file, pem.as_bytes()).map_err(|e| cannot_write(ca_file, e)),
    }
}

fn validity(certificate: &X509) -> Validity {
    let validity = certificate.tbs_certificate().validity();
    let moment = |time: x509_cert::time::Time| {
        let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
        Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
    };
    Validity { from: moment(validity.not_before), until: moment(validity.not_after) }
}

fn damaged(path: &Path, why: &str) -> Error {
    let what = format!("cannot use the local authority {}: {why}", path.display());
    Error::failed(what).hint(format!(
        "nothing was changed; move it aside, and the next server makes a new one, which its \
         clients must then trust: {}",
        store::moves(path, &[path.to_owned()])
    ))
}

fn cannot_write(path: &Path, error: io::Error) -> Error {
    Error::failed(format!("cannot write {}", path.display())).source(error)
}
