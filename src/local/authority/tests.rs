//! Certificates as a client judges them, at any time.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tempfile::TempDir;

use super::*;
use crate::local::store::private_directory;

fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn after(number: i64) -> Timestamp {
    now() + days(number)
}

fn in_(directory: &TempDir, now: Timestamp) -> Result<Authority> {
    Authority::open(directory.path(), now)
}

fn private(directory: &TempDir) -> PathBuf {
    directory.path().join("local-authority.pem")
}

fn served(directory: &TempDir, now: Timestamp) -> ServedCertificate {
    let names = ["localhost", "127.0.0.1"].map(str::to_owned).to_vec();
    ServedCertificate::new(directory.path(), names, now).unwrap()
}

/// Whether who trusts the authority in this PEM takes this certificate for a host.
fn takes(ca: &[u8], key: &CertifiedKey, host: &str, at: Timestamp) -> bool {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca).unwrap()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
    let at = UnixTime::since_unix_epoch(Duration::from_secs(at.as_second().try_into().unwrap()));
    let host = ServerName::try_from(host).unwrap();
    let verifier = verifier.build().unwrap();
    verifier.verify_server_cert(&key.cert[0], &[], &host, &[], at).is_ok()
}

#[test]
fn this_machine_and_local_instances_can_be_certified_and_nobody_else() {
    let directory = private_directory();
    let authority = in_(&directory, now()).unwrap();
    let ca = fs::read(authority.ca_file()).unwrap();
    let taken = |host: &str| {
        let issued = authority.issue(&[host.to_owned()], now()).unwrap();
        takes(&ca, &issued.key, host, now())
    };
    let instance = "atlas-stream-65f0-1a2b3.virginia-usa.stream.example.net";
    for host in ["localhost", "shop.localhost", "127.0.0.1", "127.9.9.9", "::1", instance] {
        assert!(taken(host) && certifies(host), "{host}");
    }
    for host in [
        "cloud.mongodb.com",
        "example.net",
        "example.com",
        "localhost.example.com",
        "xlocalhost",
        "stream.example.net.example.com",
        "xstream.example.net",
        "128.0.0.1",
        "126.255.255.255",
        "192.168.0.1",
        "0.0.0.0",
        "::",
        "::2",
        "::ffff:127.0.0.1",
        "fe80::1",
    ] {
        assert!(!taken(host) && !certifies(host), "{host}");
    }
    // One name too many, and none of them is taken.
    let names = ["localhost", "cloud.mongodb.com"].map(str::to_owned);
    let both = authority.issue(&names, now()).unwrap();
    assert!(!takes(&ca, &both.key, "localhost", now()));
}

#[test]
fn an_authority_is_made_once() {
    let directory = private_directory();
    let made: Vec<_> = std::thread::scope(|scope| {
        let open = || in_(&directory, now()).map(|_| fs::read(private(&directory)).unwrap());
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect()
    });
    assert!(made.iter().all(|kept| *kept == made[0]));
    let first = in_(&directory, now()).unwrap();
    let issued = first.issue(&["localhost".to_owned()], now()).unwrap();
    in_(&directory, after(1)).unwrap();
    assert_eq!(fs::read(private(&directory)).unwrap(), made[0]);
    assert!(takes(&fs::read(first.ca_file()).unwrap(), &issued.key, "localhost", now()));
    let names: Vec<_> = fs::read_dir(directory.path()).unwrap().flatten().collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn what_is_served_is_renewed_before_its_end() {
    let directory = private_directory();
    let served = served(&directory, now());
    let ca = fs::read(served.ca_file()).unwrap();
    let first = served.at(now());
    assert_eq!(served.at(after(39)).cert, first.cert);
    assert!(takes(&ca, &first, "localhost", after(59)), "others' clocks may be wrong");
    assert!(!takes(&ca, &first, "localhost", after(61)));
    let mut last = first;
    for day in (45..3650).step_by(45) {
        let next = served.at(after(day));
        assert_ne!(next.cert, last.cert, "day {day}");
        assert!(takes(&ca, &next, "127.0.0.1", after(day)), "day {day}");
        last = next;
    }
}

#[test]
fn a_clock_that_was_wrong_does_no_lasting_harm() {
    let directory = private_directory();
    let served = served(&directory, after(20_000));
    let next = served.at(now());
    assert!(takes(&fs::read(served.ca_file()).unwrap(), &next, "localhost", now()));
}

#[test]
fn an_authority_is_renewed_with_its_key() {
    let directory = private_directory();
    let old = in_(&directory, now()).unwrap();
    let ca = fs::read(old.ca_file()).unwrap();
    for (day, same) in [(3284, true), (3286, false), (3700, false), (8000, false)] {
        let new = in_(&directory, after(day)).unwrap();
        assert_eq!(fs::read(new.ca_file()).unwrap() == ca, same, "day {day}");
        let issued = new.issue(&["localhost".to_owned()], after(day)).unwrap();
        let now_ca = fs::read(new.ca_file()).unwrap();
        assert!(takes(&now_ca, &issued.key, "localhost", after(day)), "day {day}");
        // Also by who has not read the file again.
        assert!(takes(&ca, &issued.key, "localhost", after(day)), "day {day}");
    }
}

#[test]
fn a_certificate_with_other_limits_is_replaced() {
    let directory = private_directory();
    let old = in_(&directory, now()).unwrap();
    let mut wide = authority();
    wide.name_constraints = None;
    dated(&mut wide, Validity::new(now(), AUTHORITY)).unwrap();
    let wide = wide.self_signed(old.issuer.key()).unwrap();
    let pem = format!("{}{}", old.issuer.key().serialize_pem(), wide.pem());
    crate::files::replace(&private(&directory), pem.as_bytes()).unwrap();
    let new = in_(&directory, now()).unwrap();
    let issued = new.issue(&["example.com".to_owned()], now()).unwrap();
    assert!(!takes(&fs::read(new.ca_file()).unwrap(), &issued.key, "example.com", now()));
}

#[test]
fn the_file_for_clients_follows_from_the_private_one() {
    let directory = private_directory();
    let ca_file = in_(&directory, now()).unwrap().ca_file().to_owned();
    let ca = fs::read(&ca_file).unwrap();
    assert!(!String::from_utf8_lossy(&ca).contains("PRIVATE"));
    for other in ["", "nonsense", &"x".repeat(100_000)] {
        fs::write(&ca_file, other).unwrap();
        in_(&directory, now()).unwrap();
        assert_eq!(fs::read(&ca_file).unwrap(), ca);
    }
    fs::remove_file(&ca_file).unwrap();
    in_(&directory, now()).unwrap();
    assert_eq!(fs::read(&ca_file).unwrap(), ca);
}

#[test]
fn an_authority_may_begin_with_a_byte_order_mark() {
    let directory = private_directory();
    in_(&directory, now()).unwrap();
    let marked = [b"\xef\xbb\xbf".as_slice(), &fs::read(private(&directory)).unwrap()].concat();
    fs::write(private(&directory), &marked).unwrap();
    in_(&directory, now()).unwrap();
    assert_eq!(fs::read(private(&directory)).unwrap(), marked);
}

#[test]
fn what_cannot_be_used_is_refused_and_left() {
    let (directory, other) = (private_directory(), private_directory());
    in_(&directory, now()).unwrap();
    in_(&other, now()).unwrap();
    let read = |directory| fs::read_to_string(private(directory)).unwrap();
    let (kept, other) = (read(&directory), read(&other));
    let begin = "-----BEGIN CERTIFICATE-----";
    let (key, certificate) = kept.split_once(begin).unwrap();
    let (_, other_certificate) = other.split_once(begin).unwrap();
    let foreign = {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        format!("{}{}", key.serialize_pem(), params.self_signed(&key).unwrap().pem())
    };
    for (contents, why) in [
        (String::new(), "no private key"),
        ("nonsense".to_owned(), "no private key"),
        ("\0".repeat(70_000), "no private key"),
        (format!("{begin}{certificate}"), "no private key"),
        (key.replace('A', "B"), "no private key"),
        (key.to_owned(), "no certificate"),
        (kept[..kept.len() - 100].to_owned(), "no certificate"),
        (format!("{key}{begin}{other_certificate}"), "not that of its private key"),
        (foreign, "another program made"),
    ] {
        fs::write(private(&directory), &contents).unwrap();
        let error = in_(&directory, now()).unwrap_err();
        let said = error.to_string();
        assert!(said.contains(why) && said.contains("local-authority.pem"), "{said}");
        assert!(error.hints()[0].contains("mv "), "{:?}", error.hints());
        assert_eq!(read(&directory), contents);
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_an_authority_and_only_a_file_is_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let directory = private_directory();
    let ca_file = in_(&directory, now()).unwrap().ca_file().to_owned();
    for path in [&private(&directory), &ca_file] {
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    fs::set_permissions(private(&directory), fs::Permissions::from_mode(0o640)).unwrap();
    let error = in_(&directory, now()).unwrap_err();
    assert!(error.to_string().contains("others can reach the secrets"), "{error}");
    for path in [private(&directory), ca_file] {
        fs::remove_file(&path).unwrap();
        symlink("elsewhere", &path).unwrap();
        let error = in_(&directory, now()).unwrap_err();
        assert!(error.to_string().contains("is a symbolic link"), "{error}");
        fs::remove_file(&path).unwrap();
    }
    assert!(!directory.path().join("elsewhere").exists());
}
