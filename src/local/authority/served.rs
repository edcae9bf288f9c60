//! The certificate of a server that runs for longer than it is valid.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio_rustls::TlsAcceptor;

use super::{Authority, ISSUED, Issued};
use crate::error::{Error, Result};

/// A server's certificate, which is renewed before its end.
#[derive(Debug)]
pub struct ServedCertificate {
    directory: PathBuf,
    names: Vec<String>,
    ca_file: PathBuf,
    current: Mutex<Issued>,
}

impl ServedCertificate {
    /// A certificate for these names, by the authority of a store's directory.
    ///
    /// # Errors
    /// As [`Authority::open`] and [`Authority::issue`].
    pub fn new(directory: &Path, names: Vec<String>, now: Timestamp) -> Result<ServedCertificate> {
        let authority = Authority::open(directory, now)?;
        let current = Mutex::new(authority.issue(&names, now)?);
        let (directory, ca_file) = (directory.to_owned(), authority.ca_file().to_owned());
        Ok(ServedCertificate { directory, names, ca_file, current })
    }

    /// The file of the authority's certificate, in PEM.
    pub fn ca_file(&self) -> &Path {
        &self.ca_file
    }

    /// The certificate to use at this time.
    pub(super) fn at(&self, now: Timestamp) -> Arc<CertifiedKey> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if !current.validity.lasts(now, ISSUED) {
            let renewed = Authority::open(&self.directory, now)
                .and_then(|authority| authority.issue(&self.names, now));
            // Where that fails, the old one is tried: its end may be some time off.
            if let Ok(renewed) = renewed {
                *current = renewed;
            }
        }
        Arc::clone(&current.key)
    }
}

impl ResolvesServerCert for ServedCertificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.at(Timestamp::now()))
    }
}

/// Accepts TLS with a certificate, from these clients, for these protocols.
///
/// # Errors
/// There is no version of TLS that can be spoken.
pub fn acceptor(
    certificate: &Arc<ServedCertificate>,
    clients: Arc<dyn ClientCertVerifier>,
    protocols: &[&[u8]],
) -> Result<TlsAcceptor> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::failed("cannot set up TLS").source(e))?
        .with_client_cert_verifier(clients)
        .with_cert_resolver(Arc::clone(certificate) as _);
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    Ok(TlsAcceptor::from(Arc::new(config)))
}
