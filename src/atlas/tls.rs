//! Whom to trust.
//!
//! Loading every certificate of the system costs more than all the rest of a short command, so
//! one bundle file is read, and only for https.

use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::client::Resumption;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use super::error::{ApiError, Cause};
use crate::pem;

/// Where distributions keep their bundle.
const BUNDLES: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// TLS as this client speaks it: 1.2 or later, by ring. Without https nobody is trusted and
/// nothing is read.
pub(super) fn config(https: bool, ca_file: Option<&Path>) -> Result<ClientConfig, ApiError> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| ApiError::new(Cause::Setup, format!("cannot set up TLS: {error}")))?;
    if !https {
        let trusts_nobody = builder.with_root_certificates(RootCertStore::empty());
        let mut config = trusts_nobody.with_no_client_auth();
        // Room for sessions that there will not be.
        config.resumption = Resumption::disabled();
        return Ok(config);
    }
    match ca_file.or_else(|| BUNDLES.iter().map(Path::new).find(|path| path.exists())) {
        Some(bundle) => Ok(builder.with_root_certificates(load(bundle)?).with_no_client_auth()),
        None => {
            let verifier = rustls_platform_verifier::Verifier::new(provider).map_err(|error| {
                ApiError::new(
                    Cause::Setup,
                    format!("cannot load the system's trusted certificates: {error}"),
                )
            })?;
            let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
            Ok(builder.with_no_client_auth())
        }
    }
}

fn load(bundle: &Path) -> Result<RootCertStore, ApiError> {
    let unusable = |why: &dyn std::fmt::Display| {
        let path = bundle.display();
        ApiError::new(Cause::Bundle, format!("cannot use the certificate bundle {path}: {why}"))
    };
    let text = std::fs::read(bundle).map_err(|error| unusable(&error))?;
    let certificates: Vec<_> = match plain(&text) {
        Some(certificates) => certificates,
        None => pem::certificates(&text)
            .map_err(|why| unusable(&why))?
            .into_iter()
            .map(CertificateDer::from)
            .collect(),
    };
    let mut store = RootCertStore::empty();
    // Bundles hold a few authorities that webpki cannot use; one that can be used is enough.
    let (usable, _) = store.add_parsable_certificates(certificates);
    match usable {
        0 => {
            Err(unusable(&pem::certificates(&text).err().unwrap_or_else(|| {
                "none of its certificates can be that of an authority".to_owned()
            })))
        }
        _ => Ok(store),
    }
}

/// The certificates of a bundle as distributions write it; `None` for anything that looks
/// different, which is left to the general reader. That one decodes base64 slowly: it would take a
/// fifth of a short command's time.
fn plain(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let mut base64 = String::new();
    let sections = std::str::from_utf8(pem).ok()?.split("-----BEGIN CERTIFICATE-----").skip(1);
    let certificates: Option<Vec<_>> = sections
        .map(|section| {
            base64.clear();
            base64.extend(section.split_once("-----END CERTIFICATE-----")?.0.lines());
            STANDARD.decode(&base64).ok().map(CertificateDer::from)
        })
        .collect();
    certificates.filter(|certificates| !certificates.is_empty())
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;

    #[test]
    fn a_plain_bundle_reads_as_any_other() {
        let made = |name: &str| {
            let certified = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
            certified.cert.pem().replace("\r\n", "\n")
        };
        let bundle = format!("# a comment\n{}\n# another\n{}", made("one"), made("two"));
        let read: Vec<_> = CertificateDer::pem_slice_iter(bundle.as_bytes()).flatten().collect();
        assert_eq!(read.len(), 2);
        assert_eq!(super::plain(bundle.replace('\n', "\r\n").as_bytes()), Some(read.clone()));
        assert_eq!(super::plain(bundle.as_bytes()), Some(read));
        let broken = [bundle.replace("END CERT", "END OF CERT"), bundle.replace("\nMII", "\n!MII")];
        for odd in broken.iter().map(String::as_str).chain(["no certificate", ""]) {
            assert_eq!(super::plain(odd.as_bytes()), None);
        }
    }
}
