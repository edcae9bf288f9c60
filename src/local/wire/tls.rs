//! TLS and plain on one port, and who the client's certificate is of.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::RootCertStore;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

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
