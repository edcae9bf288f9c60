//! What requests arrive on: plain http, https, or both on the one port. A connection's first byte
//! tells them apart.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::server::NoClientAuth;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::refusal::ErrorReply;
use crate::error::Result;
use crate::local::authority::{ServedCertificate, acceptor, certifies};

/// What TLS begins with: a record of a handshake (RFC 8446, 5.1). No HTTP method does.
const HANDSHAKE: u8 = 0x16;

/// Whether a server answers https.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tls {
    /// Plain http only.
    #[default]
    Off,
    /// Both, on the same port.
    Both,
    /// https only.
    Only,
}

/// A connection, whatever is beneath.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// How a server is reached.
pub struct Transport {
    plain: Arc<str>,
    secure: Arc<str>,
    only_secure: bool,
    tls: Option<(TlsAcceptor, Arc<ServedCertificate>)>,
}

impl Transport {
    /// That of a server that listens on an address, whose store is in a directory; `hosts` are
    /// further names of it.
    ///
    /// # Errors
    /// For https, those of the authority in the directory.
    pub fn new(
        tls: Tls,
        directory: &Path,
        address: SocketAddr,
        hosts: &[String],
    ) -> Result<Transport> {
        let secured = match tls {
            Tls::Off => None,
            Tls::Both | Tls::Only => Some(secured(directory, names(address.ip(), hosts))?),
        };
        Ok(Transport {
            plain: format!("http://{address}").into(),
            secure: format!("https://{address}").into(),
            only_secure: tls == Tls::Only,
            tls: secured,
        })
    }

    /// Scheme, host and port that clients are to use.
    pub fn url(&self) -> &Arc<str> {
        self.base(self.tls.is_some())
    }

    /// Scheme, host and port that requests came to.
    pub fn base(&self, is_secure: bool) -> &Arc<str> {
        if is_secure { &self.secure } else { &self.plain }
    }

    /// The file of the authority that clients must trust.
    pub fn ca_file(&self) -> Option<&Path> {
        self.tls.as_ref().map(|(_, certificate)| certificate.ca_file())
    }

    /// Begins a connection; true beside it if it is https.
    ///
    /// # Errors
    /// There is no TLS with this client, or it is gone.
    pub async fn open(&self, stream: TcpStream) -> std::io::Result<(Box<dyn Stream>, bool)> {
        let Some((acceptor, _)) = &self.tls else { return Ok((Box::new(stream), false)) };
        let mut first = [0];
        match stream.peek(&mut first).await? {
            1 if first == [HANDSHAKE] => Ok((Box::new(acceptor.accept(stream).await?), true)),
            _ => Ok((Box::new(stream), false)),
        }
    }

    /// Refuses plain http where there is to be none.
    ///
    /// # Errors
    /// 400, which names the right address.
    pub fn check(&self, is_secure: bool) -> Result<(), ErrorReply> {
        match self.only_secure && !is_secure {
            false => Ok(()),
            true => {
                let detail = format!("This server answers https only, at {}.", self.secure);
                Err(ErrorReply::bad("HTTPS_REQUIRED", detail))
            }
        }
    }
}

/// What a server's certificate is for: this machine's own names, the address that is listened on,
/// and of the other names those that can be certified.
fn names(listen: IpAddr, hosts: &[String]) -> Vec<String> {
    let own = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into_iter();
    let others = hosts.iter().filter(|host| certifies(host)).map(|host| host.to_ascii_lowercase());
    let mut names: Vec<String> = Vec::new();
    for name in own.chain([listen.to_string()]).chain(others) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn secured(directory: &Path, names: Vec<String>) -> Result<(TlsAcceptor, Arc<ServedCertificate>)> {
    let certificate = Arc::new(ServedCertificate::new(directory, names, Timestamp::now())?);
    let acceptor = acceptor(&certificate, Arc::new(NoClientAuth), &[b"http/1.1"])?;
    Ok((acceptor, certificate))
}
