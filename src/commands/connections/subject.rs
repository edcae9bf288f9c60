//! Whom a certificate is for, in the words of RFC 4514.
//!
//! The certificate library writes names, too, but out of a table of all object identifiers ever
//! registered, which every start of the program would pay for.

use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::Encode;
use x509_cert::der::asn1::Ia5StringRef;
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::name::Name;

use crate::hex::hex;

/// The distinguished name, its most particular part first: `CN=broker,O=Example`.
pub fn of(name: &Name) -> String {
    let parts =
        name.iter_rdn().map(|part| part.iter().map(attribute).collect::<Vec<_>>().join("+"));
    let mut parts: Vec<_> = parts.collect();
    parts.reverse();
    parts.join(",")
}

fn attribute(attribute: &AttributeTypeAndValue) -> String {
    let identifier = attribute.oid.to_string();
    match (keyword(&identifier), text(attribute)) {
        (Some(keyword), Some(text)) => format!("{keyword}={}", escaped(&text)),
        _ => {
            let der = attribute.value.to_der().unwrap_or_default();
            format!("{identifier}=#{}", hex(&der))
        }
    }
}

/// The keywords of RFC 4514, section 3, and what OpenSSL calls the e-mail address of RFC 2985.
fn keyword(identifier: &str) -> Option<&'static str> {
    Some(match identifier {
        "2.5.4.3" => "CN",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return None,
    })
}

fn text(attribute: &AttributeTypeAndValue) -> Option<String> {
    let value = &attribute.value;
    let directory = value.decode_as::<DirectoryString>().map(|text| text.value().into_owned());
    let text =
        directory.or_else(|_| value.decode_as::<Ia5StringRef>().map(|text| text.to_string()));
    text.ok()
}

/// With a backslash before whatever would be read as part of the notation: RFC 4514, section 2.4.
fn escaped(text: &str) -> String {
    let last = text.chars().count().saturating_sub(1);
    let mut escaped = String::with_capacity(text.len());
    for (index, character) in text.chars().enumerate() {
        let of_an_edge = match character {
            '#' => index == 0,
            ' ' => index == 0 || index == last,
            _ => false,
        };
        if of_an_edge || matches!(character, '"' | '+' | ',' | ';' | '<' | '>' | '\\') {
            escaped.push('\\');
        }
        match u8::try_from(character) {
            Ok(byte) if byte.is_ascii_control() => escaped.push_str(&format!("\\{byte:02x}")),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, KeyPair};
    use x509_cert::Certificate;
    use x509_cert::der::DecodePem;

    fn subject(parts: &[(DnType, &str)]) -> String {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name = DistinguishedName::new();
        for (kind, value) in parts {
            params.distinguished_name.push(kind.clone(), DnValue::Utf8String((*value).to_owned()));
        }
        let pem = params.self_signed(&KeyPair::generate().unwrap()).unwrap().pem();
        super::of(Certificate::from_pem(pem).unwrap().tbs_certificate().subject())
    }

    #[test]
    fn a_subject_reads_from_the_particular_to_the_general() {
        let parts = [
            (DnType::CountryName, "IE"),
            (DnType::OrganizationName, "Example, Ltd"),
            (DnType::OrganizationalUnitName, "streams + sinks"),
            (DnType::CommonName, "broker-1"),
        ];
        assert_eq!(subject(&parts), r"CN=broker-1,OU=streams \+ sinks,O=Example\, Ltd,C=IE");
        assert_eq!(subject(&[]), "");
    }

    #[test]
    fn what_has_no_keyword_is_written_in_full() {
        let serial = DnType::CustomDnType(vec![2, 5, 4, 5]);
        assert_eq!(subject(&[(serial, "A1")]), "2.5.4.5=#0c024131");
    }

    #[test]
    fn what_is_notation_elsewhere_is_escaped() {
        assert_eq!(super::escaped("#a#"), r"\#a#");
        assert_eq!(super::escaped(" a b "), r"\ a b\ ");
        assert_eq!(super::escaped(" "), r"\ ");
        assert_eq!(super::escaped("a\\b\n\u{7f}é"), "a\\\\b\\0a\\7fé");
    }
}
