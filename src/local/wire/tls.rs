//! TLS and plain on one port, and who the client's certificate is of.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{CertificateError, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::endpoints::Tell;
use super::subject;
use crate::error::{Error, Result};

/// What TLS begins with: a record of a handshake, of version 3.1 to 3.3 (RFC 8446, 5.1). Read as the
/// length of a message it is more than a stranger's may have.
const HANDSHAKE: [u8; 2] = [0x16, 3];
const MINOR: std::ops::RangeInclusive<u8> = 1..=3;
/// How long to wait for bytes that come one by one.
const AGAIN: Duration = Duration::from_millis(10);

/// A connection, whatever is beneath.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection that has begun, and the subject of the client's certificate if it has shown one.
pub(super) struct Opened {
    pub(super) stream: Box<dyn Stream>,
    pub(super) subject: Option<String>,
}

/// Begins a connection.
///
/// # Errors
/// There is no TLS with this client, or it is gone.
pub(super) async fn open(stream: TcpStream, acceptor: &TlsAcceptor) -> io::Result<Opened> {
    // Answers are small, and each is waited for.
    stream.set_nodelay(true)?;
    if !is_handshake(&stream).await? {
        return Ok(Opened { stream: Box::new(stream), subject: None });
    }
    let stream = acceptor.accept(stream).await?;
    let shown = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    let subject = shown.and_then(|certificate| subject::of(certificate));
    Ok(Opened { stream: Box::new(stream), subject })
}

/// Looks at the first bytes, and leaves them for whoever reads them.
async fn is_handshake(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0; 3];
    loop {
        let seen = stream.peek(&mut first).await?;
        match first.get(..seen) {
            Some([a, b, minor]) => return Ok([*a, *b] == HANDSHAKE && MINOR.contains(minor)),
            Some(some) if !some.is_empty() && HANDSHAKE.starts_with(some) => {
                tokio::time::sleep(AGAIN).await;
            }
            _ => return Ok(false),
        }
    }
}

/// Asks clients for a certificate by an authority in a file, and lets in those that have none.
///
/// # Errors
/// The file holds no certificates that can be read.
pub(super) fn clients(file: &Path) -> Result<Arc<dyn ClientCertVerifier>> {
    let failed = |why: &str| {
        Error::usage(format!("cannot use {} for --client-ca: {why}", file.display()))
            .hint("give the certificates of authorities in PEM")
    };
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(file).map_err(|e| failed(&e.to_string()))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|e| failed(&e.to_string()))?;
        roots.add(certificate).map_err(|e| failed(&e.to_string()))?;
    }
    if roots.is_empty() {
        return Err(failed("it holds no certificate"));
    }
    let provider = Arc::new(ring::default_provider());
    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
        .allow_unauthenticated()
        .build()
        .map_err(|e| failed(&e.to_string()))
}

/// How often one refusal is told of: whoever tries again and again is not to fill the log.
const EVERY: Duration = Duration::from_secs(1);

/// Tells of certificates that are refused: clients are told little of why.
pub(super) struct Refusals {
    tell: Tell,
    last: Mutex<Option<Instant>>,
}

impl Refusals {
    pub(super) fn new(tell: Tell) -> Refusals {
        Refusals { tell, last: Mutex::default() }
    }

    /// Tells why a connection has no TLS, if that is for the client's certificate.
    pub(super) fn tell(&self, instance: &str, peer: SocketAddr, error: &io::Error) {
        let error = error.get_ref().and_then(|error| error.downcast_ref::<rustls::Error>());
        let Some(rustls::Error::InvalidCertificate(why)) = error else { return };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| last.elapsed() < EVERY) {
            return;
        }
        *last = Some(Instant::now());
        let why = reason(why);
        (self.tell)(&format!("instance {instance} refused the certificate of {peer}: {why}"));
    }
}

/// Why a certificate is refused.
fn reason(why: &CertificateError) -> String {
    let text = match why {
        // By another authority of the same name, its signature is wrong.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "it is not by an authority of --client-ca"
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet"
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            "its extended key usage does not have clientAuth"
        }
        // The library has no name for this one.
        other if format!("{other:?}").contains("UnsupportedCertVersion") => {
            "it is not of X.509 version 3"
        }
        CertificateError::BadEncoding => "it is malformed",
        other => return format!("{other}"),
    };
    text.to_owned()
}
