//! The subject of a certificate as a name, as MongoDB has it: RFC 2253, the way OpenSSL writes it.

use std::fmt::Write as _;

use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::{Decode, Encode};

/// What attributes are called; others go by their numbers.
const NAMES: &[(&str, &str)] = &[
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "street"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.42", "GN"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
];

/// The subject of a certificate in DER, its most specific part first; `None` if it has none.
pub(super) fn of(certificate: &[u8]) -> Option<String> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let subject = certificate.tbs_certificate().subject();
    let mut parts = Vec::new();
    for part in subject.iter_rdn() {
        let attributes: Option<Vec<String>> = part.iter().map(attribute).collect();
        parts.push(attributes?.join("+"));
    }
    parts.reverse();
    (!parts.is_empty()).then(|| parts.join(","))
}

fn attribute(attribute: &AttributeTypeAndValue) -> Option<String> {
    let number = attribute.oid.to_string();
    match NAMES.iter().find(|(known, _)| *known == number) {
        Some((_, name)) => {
            // The value as it is escaped there; the name is not MongoDB's for all of them.
            let written = attribute.to_string();
            Some(format!("{name}={}", written.split_once('=')?.1))
        }
        None => {
            let mut text = format!("{number}=#");
            for byte in attribute.value.to_der().ok()? {
                write!(text, "{byte:02X}").ok()?;
            }
            Some(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, KeyPair};

    use super::*;

    fn subject(parts: &[(DnType, &str)]) -> Option<String> {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        for (kind, value) in parts {
            let value = DnValue::Utf8String((*value).to_owned());
            params.distinguished_name.push(kind.clone(), value);
        }
        let key = KeyPair::generate().unwrap();
        of(params.self_signed(&key).unwrap().der())
    }

    #[test]
    fn the_most_specific_part_comes_first() {
        let parts = [
            (DnType::CountryName, "DE"),
            (DnType::StateOrProvinceName, "Berlin"),
            (DnType::LocalityName, "Berlin"),
            (DnType::OrganizationName, "Shop"),
            (DnType::OrganizationalUnitName, "Ops"),
            (DnType::CommonName, "kim"),
        ];
        let expected = "CN=kim,OU=Ops,O=Shop,L=Berlin,ST=Berlin,C=DE";
        assert_eq!(subject(&parts).as_deref(), Some(expected));
        assert_eq!(subject(&[]), None);
    }

    /// RFC 2253, 2.4, as `openssl x509 -subject -nameopt RFC2253` writes it.
    #[test]
    fn what_separates_is_escaped() {
        for (value, written) in [
            ("a,b+c\"d\\e<f>g;h", "a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h"),
            ("#first", "\\#first"),
            (" around ", "\\ around\\ "),
            ("a#b=c d", "a#b=c d"),
            ("Zoë", "Zoë"),
        ] {
            let expected = format!("CN={written}");
            assert_eq!(subject(&[(DnType::CommonName, value)]), Some(expected));
        }
    }

    #[test]
    fn attributes_have_mongodb_s_names_or_their_numbers() {
        let email = DnType::CustomDnType(vec![1, 2, 840, 113_549, 1, 9, 1]);
        let own = DnType::CustomDnType(vec![1, 3, 6, 1, 4, 1, 99_999, 1]);
        let user = DnType::CustomDnType(vec![0, 9, 2342, 19_200_300, 100, 1, 1]);
        let parts = [(own, "x"), (email, "kim@example.com"), (user, "kim")];
        let expected = "UID=kim,emailAddress=kim@example.com,1.3.6.1.4.1.99999.1=#0C0178";
        assert_eq!(subject(&parts).as_deref(), Some(expected));
    }
}
