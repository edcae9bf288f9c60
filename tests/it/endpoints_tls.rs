//! The endpoints of instances by TLS: whom clients can trust, and who clients are.

use std::fs;
use std::io::Read;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bson::doc;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::run::{signal, wait};
use crate::support::Lab;
use crate::wire::{Wire, limited, ok};

/// An authority for clients, in a file.
pub struct Clients {
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate and its key.
pub type Identity = (CertificateDer<'static>, PrivateKeyDer<'static>);

impl Clients {
    pub fn new(file: &Path) -> Clients {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "the shop's people");
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        fs::write(file, certificate.pem()).expect("a file");
        Clients { issuer: Issuer::new(params, key) }
    }

    /// Somebody of this name in an organisation.
    pub fn certify(&self, name: &str, organization: &str) -> Identity {
        self.certify_with(name, organization, |_| {})
    }

    /// The same, with something that is different.
    fn certify_with(
        &self,
        name: &str,
        organization: &str,
        change: impl FnOnce(&mut CertificateParams),
    ) -> Identity {
        let mut params = CertificateParams::default();
        change(&mut params);
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::OrganizationName, organization);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        (certificate.der().clone(), PrivateKeyDer::Pkcs8(key.serialize_der().into()))
    }
}

/// A connection by TLS to a server of this name, trusting the lab's authority.
pub fn connect(lab: &Lab, address: SocketAddr, name: &str, identity: Option<Identity>) -> Wire {
    connect_to(&lab.file("server/local-ca.pem"), address, name, identity)
}

/// The same, trusting the authority in a file.
fn connect_to(ca: &Path, address: SocketAddr, name: &str, identity: Option<Identity>) -> Wire {
    let mut roots = RootCertStore::empty();
    let ca = CertificateDer::from_pem_file(ca).expect("it is there");
    roots.add(ca).expect("an authority");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots);
    let config = match identity {
        Some((certificate, key)) => {
            config.with_client_auth_cert(vec![certificate], key).expect("a certificate")
        }
        None => config.with_no_client_auth(),
    };
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    let client = ClientConnection::new(Arc::new(config), name).expect("a client");
    let stream = limited(TcpStream::connect(address).expect("a listener"));
    Wire::over(StreamOwned::new(client, stream))
}

/// The host name of an instance.
fn host(lab: &Lab, instance: &str) -> String {
    let shown = lab.spctl(["instances", "get", instance, "-o", "json"]).finish().exits(0).json();
    shown["hostnames"][0].as_str().expect("a host name").to_owned()
}

#[test]
fn tls_and_plain_are_answered_on_one_port_under_the_names_of_the_instance() {
    let lab = Lab::new().with_instances();
    let address = lab.endpoint("orders");
    assert_eq!(ok(&Wire::connect(address).run(doc! { "ping": 1 })), 1.0);
    for name in ["localhost", "127.0.0.1", &host(&lab, "orders")] {
        let mut wire = connect(&lab, address, name, None);
        assert_eq!(ok(&wire.run(doc! { "ping": 1 })), 1.0, "{name}");
    }
    for name in ["example.com", "127.0.0.2", &host(&lab, "payments")] {
        let mut wire = connect(&lab, address, name, None);
        let refused = wire.try_run(doc! { "ping": 1 }).expect_err(name);
        assert!(refused.to_string().contains("certificate"), "{refused}");
    }
}

#[test]
fn clients_show_certificates_of_the_authorities_given_or_none() {
    let lab = Lab::new();
    let (file, others) = (lab.file("clients.pem"), lab.file("others.pem"));
    let (clients, others) = (Clients::new(&file), Clients::new(&others));
    let lab = lab.with_instances_for(Some(file));
    let address = lab.endpoint("orders");
    let try_as = |identity| {
        connect(&lab, address, "localhost", identity).try_run(doc! { "ping": 1 }).map(|a| ok(&a))
    };
    assert_eq!(try_as(None).expect("none is needed"), 1.0);
    assert_eq!(try_as(Some(clients.certify("kim", "Shop"))).expect("it is trusted"), 1.0);
    assert!(try_as(Some(others.certify("kim", "Shop"))).is_err());
}

#[test]
fn the_server_says_why_it_refuses_a_certificate() {
    let lab = Lab::new();
    let (file, others) = (lab.file("clients.pem"), lab.file("others.pem"));
    let (clients, others) = (Clients::new(&file), Clients::new(&others));
    let run = lab.bare(["local", "serve", "--listen", "127.0.0.1:0", "--instances", "0"]);
    let run = run.and(&["--client-ca", "clients.pem"]);
    let mut child = run.command().spawn().expect("the binary starts");
    let mut served = lab.bare(["local", "endpoints", "orders", "-o", "json"]).finish();
    for _ in 0..400 {
        if served.code == Some(0) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
        served = lab.bare(["local", "endpoints", "orders", "-o", "json"]).finish();
    }
    let row = served.json()[0].clone();
    let address = row["address"].as_str().expect("text").parse().expect("an address");
    let ca = lab.file("data/local-ca.pem");
    let for_servers = |params: &mut CertificateParams| {
        params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    };
    let of_the_past = |params: &mut CertificateParams| {
        params.not_after = rcgen::date_time_ymd(2001, 1, 1);
    };
    let cases = [
        (others.certify("kim", "Shop"), "it is not by an authority of --client-ca"),
        (clients.certify_with("kim", "Shop", for_servers), "does not have clientAuth"),
        (clients.certify_with("kim", "Shop", of_the_past), "it has expired"),
    ];
    for (identity, _) in &cases {
        let identity = (identity.0.clone(), identity.1.clone_key());
        assert!(
            connect_to(&ca, address, "localhost", Some(identity))
                .try_run(doc! { "ping": 1 })
                .is_err()
        );
        // One line a second is written.
        std::thread::sleep(Duration::from_millis(1100));
    }
    for _ in 0..5 {
        let identity = Some(others.certify("kim", "Shop"));
        let _ = connect_to(&ca, address, "localhost", identity).try_run(doc! { "ping": 1 });
    }
    signal(&child, "TERM");
    assert_eq!(wait(&mut child), Some(130));
    let mut told = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut told).expect("text");
    for (_, why) in &cases {
        let mut lines = told.lines().filter(|line| line.contains("instance orders refused"));
        assert!(lines.any(|line| line.contains(why)), "{why}: {told}");
    }
    let again = told.matches("not by an authority").count();
    assert!((2..6).contains(&again), "{again}: {told}");
}

#[test]
fn a_file_without_authorities_is_refused() {
    let lab = Lab::new();
    fs::write(lab.file("empty.pem"), "nothing\n").expect("a file");
    for (file, why) in [("empty.pem", "no certificate"), ("missing.pem", "missing.pem")] {
        let run = lab.bare(["local", "serve", "--listen", "127.0.0.1:0", "--instances", "0"]);
        let told = run.and(&["--client-ca", file]).finish().exits(2).err();
        assert!(told.contains("--client-ca") && told.contains(why), "{told}");
    }
    let run = lab.bare(["local", "serve", "--instances", "off", "--client-ca", "empty.pem"]);
    run.finish().exits(2);
}
