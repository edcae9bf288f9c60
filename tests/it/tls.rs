//! A certificate authority, a relay that speaks TLS in front of a server that does not, and a
//! proxy. All on loopback, on threads that end with the test program.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyPair,
};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// An authority that nobody trusts unless told to.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "an authority of a test");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Authority(CertifiedIssuer::self_signed(params, key).expect("an authority"))
    }

    /// Its certificate, for clients that are to trust it.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A client's certificate and its key; the subject as RFC 2253 writes it.
    pub fn client(&self, subject: &str) -> String {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        // The certificate has them the other way round.
        for part in subject.rsplit(',') {
            let (kind, value) = part.split_once('=').expect("KIND=VALUE");
            let kind = match kind {
                "CN" => DnType::CommonName,
                "OU" => DnType::OrganizationalUnitName,
                "O" => DnType::OrganizationName,
                _ => panic!("{kind}"),
            };
            params.distinguished_name.push(kind, value);
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        certificate.pem() + &key.serialize_pem()
    }

    /// A certificate for `host` that is valid between the two years, served in front of `origin`;
    /// the address of the relay.
    pub fn relay(&self, host: &str, years: (i32, i32), origin: &str) -> SocketAddr {
        let mut params = CertificateParams::new([host.to_owned()]).expect("a host's name");
        params.not_before = rcgen::date_time_ymd(years.0, 1, 1);
        params.not_after = rcgen::date_time_ymd(years.1, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions that ring knows")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .expect("a key that fits");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let origin = origin.trim_start_matches("http://").to_owned();
        listen(move |stream| {
            let (acceptor, origin) = (acceptor.clone(), origin.clone());
            async move {
                // A client that distrusts the certificate hangs up: that is what is tested.
                let Ok(mut inside) = acceptor.accept(stream).await else { return };
                if let Ok(mut outside) = TcpStream::connect(origin).await {
                    let _ = copy_bidirectional(&mut inside, &mut outside).await;
                }
            }
        })
    }
}

/// The years in which a certificate is valid today.
pub const VALID: (i32, i32) = (2020, 2120);

/// A proxy and what it was asked: the line of each `CONNECT`.
pub struct Proxy {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Connects to where it is asked to, if the caller brings these words in
    /// `Proxy-Authorization`; `answer` is what it says instead, if anything.
    pub fn new(words: Option<&'static str>, answer: Option<&'static str>) -> Self {
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = asked.clone();
        let address = listen(move |stream| {
            let log = log.clone();
            async move {
                let mut stream = BufReader::new(stream);
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") {
                    match stream.read_line(&mut head).await {
                        Ok(1..) => {}
                        _ => return,
                    }
                }
                let line = head.lines().next().unwrap_or_default().to_owned();
                let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
                log.lock().expect("nobody panics").push(line);
                let named = words.is_none_or(|w| {
                    head.contains(&format!("roxy-authorization: {w}"))
                        || head.contains(&format!("roxy-Authorization: {w}"))
                });
                let refusal = match answer {
                    Some(answer) => Some(answer),
                    None if named => None,
                    None => Some("407 Proxy Authentication Required\r\nProxy-Authenticate: Basic"),
                };
                if let Some(refusal) = refusal {
                    let answer = format!("HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n");
                    let _ = stream.write_all(answer.as_bytes()).await;
                    return;
                }
                let Ok(mut outside) = TcpStream::connect(target).await else { return };
                if stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await.is_ok() {
                    let _ = copy_bidirectional(&mut stream, &mut outside).await;
                }
            }
        });
        Proxy { address, asked }
    }

    /// What it was asked since the last look.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("nobody panics"))
    }
}

/// A server that says the same to everybody, whole: head and body.
pub fn says(answer: String) -> SocketAddr {
    listen(move |stream| {
        let answer = answer.clone();
        async move {
            let mut stream = BufReader::new(stream);
            if request(&mut stream).await.is_some() {
                answered(&mut stream, &answer).await;
            }
        }
    })
}

/// A server that passes reads on to `origin`, and refuses everything else with every word that it
/// was sent.
pub fn quoting(origin: &str) -> SocketAddr {
    let origin = origin.trim_start_matches("http://").to_owned();
    listen(move |stream| {
        let origin = origin.clone();
        async move {
            let mut stream = BufReader::new(stream);
            let Some((head, body)) = request(&mut stream).await else { return };
            let token = head.contains("/api/oauth/token ") && !body.is_empty();
            if !head.starts_with("GET ") && !token {
                let said = serde_json::json!({
                    "detail": format!("You sent: {head}{body}"), "error": 400,
                    "errorCode": "INVALID_ATTRIBUTE", "parameters": [body],
                });
                let head = "400 Bad Request\r\nContent-Type: application/json";
                return answered(&mut stream, &format!("{head}\r\n\r\n{said}")).await;
            }
            let Ok(mut outside) = TcpStream::connect(origin).await else { return };
            let (line, rest) = head.split_once("\r\n").unwrap_or_default();
            let whole = format!("{line}\r\nConnection: close\r\n{rest}{body}");
            if outside.write_all(whole.as_bytes()).await.is_ok() {
                let _ = tokio::io::copy(&mut outside, &mut stream).await;
                let _ = stream.shutdown().await;
            }
        }
    })
}

/// A request: its head with the empty line, and its body.
async fn request(stream: &mut BufReader<TcpStream>) -> Option<(String, String)> {
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let before = head.len();
        if stream.read_line(&mut head).await.ok()? == 0 {
            return None;
        }
        let line = head[before..].to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some((head, String::from_utf8(body).ok()?))
}

async fn answered(stream: &mut BufReader<TcpStream>, answer: &str) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    let length = body.len();
    let whole =
        format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    let _ = stream.write_all(whole.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// Serves each connection on a thread of its own until the program ends.
fn listen<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a socket");
    let address = listener.local_addr().expect("an address");
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let listener = TcpListener::from_std(listener).expect("a socket");
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream));
            }
        });
    });
    address
}
