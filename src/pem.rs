//! Texts in PEM form (RFC 7468), and what is wrong with one that is none.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::Decode;

use crate::files::text::without_mark;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Longer than the longest label in use, and shorter than a line of base64.
const LONGEST_LABEL: usize = 40;

/// What stands between a line that begins and one that ends.
struct Section<'a> {
    label: &'a str,
    /// The number of the line that begins it, from 1.
    line: usize,
    der: Vec<u8>,
    /// Whether it is encrypted in the old way, with headers before the base64.
    has_headers: bool,
}

impl Section<'_> {
    fn is_key(&self) -> bool {
        self.label.ends_with("PRIVATE KEY")
    }
}

/// The certificates of a text in DER, of which there is one at least; what else it holds is left out.
///
/// # Errors
/// What is wrong with the text, as a sentence about it.
pub fn certificates(text: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let sections = sections(text, "CERTIFICATE")?;
    let held = sections.iter().filter(|section| section.label == "CERTIFICATE");
    let one = |section: &Section<'_>| match Certificate::from_der(&section.der) {
        Ok(_) => Ok(section.der.clone()),
        Err(_) => Err(format!(
            "what begins in line {} is not an X.509 certificate, or not whole",
            section.line
        )),
    };
    let certificates: Vec<_> = held.map(one).collect::<Result<_, _>>()?;
    match certificates.is_empty() {
        true => Err(instead(&sections, "a certificate")),
        false => Ok(certificates),
    }
}

/// From when until when a certificate in DER is valid; `None` if that is out of range.
pub fn validity(der: &[u8]) -> Option<(Timestamp, Timestamp)> {
    let moment = |time: x509_cert::time::Time| {
        let seconds = i64::try_from(time.to_unix_duration().as_secs());
        seconds.ok().and_then(|seconds| Timestamp::from_second(seconds).ok())
    };
    let certificate = Certificate::from_der(der).ok()?;
    let validity = certificate.tbs_certificate().validity();
    moment(validity.not_before).zip(moment(validity.not_after))
}

/// Checks that a text that is passed on holds certificates, and no private key.
///
/// # Errors
/// What is wrong with the text, as a sentence about it.
pub fn only_certificates(text: &[u8]) -> Result<(), String> {
    certificates(text)?;
    match sections(text, "CERTIFICATE")?.iter().find(|section| section.is_key()) {
        None => Ok(()),
        Some(key) => Err(format!(
            "a private key begins in line {}: keep it in a file of its own, or it would be shown \
             as the certificate is",
            key.line
        )),
    }
}

/// Checks that a text holds a private key, encrypted or not.
///
/// # Errors
/// What is wrong with the text, as a sentence about it, which shows nothing of it.
pub fn private_key(text: &[u8]) -> Result<(), String> {
    let sections = sections(text, "PRIVATE KEY")?;
    let Some(key) = sections.iter().find(|section| section.is_key()) else {
        return Err(instead(&sections, "a private key"));
    };
    let is_der = key.has_headers || key.label.starts_with("OPENSSH") || is_whole_der(&key.der);
    match is_der {
        true => Ok(()),
        false => Err(format!("the private key that begins in line {} is not whole", key.line)),
    }
}

/// What there is where there is none of what was wanted.
fn instead(sections: &[Section<'_>], wanted: &str) -> String {
    let first = sections.first().map_or("", |section| section.label);
    let found = match first {
        "CERTIFICATE" => "a certificate",
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => "a request for a certificate",
        "PUBLIC KEY" => "a public key",
        label if label.ends_with("PRIVATE KEY") => "a private key",
        _ => return format!("it holds {first:?}, not {wanted}"),
    };
    format!("it holds {found}, not {wanted}")
}

/// The sections of a text; `wanted` is the label to name where there are none.
fn sections<'a>(bytes: &'a [u8], wanted: &str) -> Result<Vec<Section<'a>>, String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Err(binary(bytes).to_owned()) };
    let text = without_mark(text);
    if text.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    if is_whole_der(bytes) {
        return Err(binary(bytes).to_owned());
    }
    let mut found = Vec::new();
    let mut lines = (1..).zip(text.lines().map(str::trim));
    while let Some((number, line)) = lines.next() {
        let Some(label) = label(line, BEGIN) else { continue };
        found.push(section(label, number, &mut lines)?);
    }
    match found.is_empty() {
        false => Ok(found),
        true => Err(unframed(text, wanted)),
    }
}

fn unframed(text: &str, wanted: &str) -> String {
    let packed: String = text.split_whitespace().collect();
    let is_begun = text.contains("BEGIN ");
    let begin = format!("{BEGIN}{wanted}{DASHES}");
    match STANDARD.decode(packed).is_ok_and(|der| is_whole_der(&der)) {
        true => {
            format!("the lines {begin} and {END}{wanted}{DASHES} are missing around its base64")
        }
        false if is_begun => {
            format!("no line is {begin}, on a line of its own with five dashes at each end")
        }
        false => format!("it has no line {begin}"),
    }
}

fn section<'a>(
    label: &'a str,
    begin: usize,
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
) -> Result<Section<'a>, String> {
    let (mut base64, mut last, mut has_headers) = (String::new(), begin, false);
    for (number, line) in lines {
        if let Some(end) = self::label(line, END) {
            if end != label {
                return Err(format!(
                    "line {number} ends {end:?}, but line {begin} begins {label:?}"
                ));
            }
            let der = STANDARD.decode(&base64);
            let der = der.map_err(|_| match base64.is_empty() {
                true => format!("nothing stands between line {begin} and line {number}"),
                false => format!("the base64 is broken in line {last}: part of it is missing"),
            })?;
            if der.is_empty() {
                return Err(format!("nothing stands between line {begin} and line {number}"));
            }
            return Ok(Section { label, line: begin, der, has_headers });
        }
        if line.starts_with(BEGIN) {
            break;
        }
        if base64.is_empty() && line.contains(':') {
            has_headers = true;
            continue;
        }
        let is_base64 = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/');
        let data = line.trim_end_matches('=');
        let ended = base64.ends_with('=') && !line.is_empty();
        if ended || !data.bytes().all(is_base64) {
            return Err(format!("the base64 is broken in line {number}"));
        }
        base64.push_str(line);
        last = number;
    }
    Err(format!("line {begin} begins {label:?}, and no line {END}{label}{DASHES} ends it"))
}

/// The label of a line that begins or ends a section. What has no form of a label is none, since labels
/// are shown, and in a text without line ends a whole key stands between the dashes.
fn label<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let label = line.strip_prefix(mark)?.strip_suffix(DASHES)?;
    let is_shown = label.len() <= LONGEST_LABEL
        && label.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b' ');
    is_shown.then_some(label)
}

/// What bytes are that are no text.
fn binary(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xfe, 0xed, 0xfe, 0xed, ..] => {
            "it is a Java key store, not PEM: export what is wanted from it"
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16 text: save it as UTF-8",
        _ if is_whole_der(bytes) || bytes.starts_with(&[0x30, 0x82]) => {
            "it is in DER form (binary), not PEM: openssl converts it, with -inform der -outform pem"
        }
        _ => "it is binary, not text in PEM form",
    }
}

/// Whether bytes are one DER sequence, from beginning to end.
fn is_whole_der(bytes: &[u8]) -> bool {
    let (length, content) = match bytes {
        [0x30, short @ 0..=0x7f, rest @ ..] => (usize::from(*short), rest),
        [0x30, 0x81, length, rest @ ..] => (usize::from(*length), rest),
        [0x30, 0x82, high, low, rest @ ..] => {
            (usize::from(u16::from_be_bytes([*high, *low])), rest)
        }
        _ => return false,
    };
    length > 0 && content.len() == length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> (String, String) {
        let made = rcgen::generate_simple_self_signed(["broker.example".to_owned()]).unwrap();
        (made.cert.pem().replace("\r\n", "\n"), made.signing_key.serialize_pem())
    }

    #[test]
    fn what_is_whole_is_read() {
        let (certificate, key) = pair();
        let chain = format!("# two\n{certificate}\n{}", certificate.replace('\n', "\r\n"));
        only_certificates(chain.as_bytes()).unwrap();
        assert_eq!(certificates(chain.as_bytes()).unwrap().len(), 2);
        let mixed = format!("{key}{certificate}");
        assert_eq!(certificates(mixed.as_bytes()).unwrap().len(), 1);
        private_key(mixed.as_bytes()).unwrap();
        private_key(key.as_bytes()).unwrap();
        only_certificates(format!("\u{feff}{certificate}").as_bytes()).unwrap();
        let old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
        private_key(old.as_bytes()).unwrap();
    }

    #[test]
    fn what_is_wrong_is_said() {
        let (certificate, key) = pair();
        let lines: Vec<&str> = certificate.lines().collect();
        let without = |index: usize| {
            let kept = lines.iter().enumerate().filter(|(at, _)| *at != index);
            kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
        };
        let der = STANDARD.decode(lines[1..lines.len() - 1].concat()).unwrap();
        let bare = lines[1..lines.len() - 1].join("\n");
        let broken = certificate.replacen(lines[2], &format!("!{}", &lines[2][1..]), 1);
        let cut = certificate.replacen(lines[2], &lines[2][1..], 1);
        let mistyped = certificate.replace("-----BEGIN", "----BEGIN");
        let other = certificate.replace("END CERTIFICATE", "END KEY");
        let request = certificate.replace("CERTIFICATE", "CERTIFICATE REQUEST");
        let hollow = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
        for (text, why) in [
            (b"".as_slice(), "it is empty"),
            (b" \n", "it is empty"),
            (b"hello", "it has no line -----BEGIN CERTIFICATE-----"),
            (bare.as_bytes(), "are missing around its base64"),
            (mistyped.as_bytes(), "five dashes"),
            (der.as_slice(), "DER form"),
            (&[0xfe, 0xed, 0xfe, 0xed, 0], "Java key store"),
            (&[0x80, 0x81], "binary"),
            (key.as_bytes(), "it holds a private key, not a certificate"),
            (request.as_bytes(), "it holds a request for a certificate"),
            (broken.as_bytes(), "the base64 is broken in line 3"),
            (cut.as_bytes(), "the base64 is broken in line"),
            (hollow.as_bytes(), "nothing stands between line 1 and line 2"),
            (other.as_bytes(), "but line 1 begins"),
            (without(lines.len() - 1).as_bytes(), "no line -----END CERTIFICATE----- ends it"),
            (without(2).as_bytes(), "line 1 is not an X.509 certificate"),
        ] {
            let said = certificates(text).unwrap_err();
            assert!(said.contains(why), "{why}: {said}");
        }
        let said = only_certificates(format!("{certificate}{key}").as_bytes()).unwrap_err();
        assert!(said.contains(&format!("begins in line {}", lines.len() + 1)), "{said}");
        let said = private_key(certificate.as_bytes()).unwrap_err();
        assert_eq!(said, "it holds a certificate, not a private key");
        for end in [" ", "\r", ""] {
            let joined = key.trim_end().replace('\n', end);
            let said = private_key(joined.as_bytes()).unwrap_err();
            assert_eq!(
                said,
                "no line is -----BEGIN PRIVATE KEY-----, on a line of its own with five dashes at each end"
            );
        }
        let half =
            key.lines().take(2).collect::<Vec<_>>().join("\n") + "\n-----END PRIVATE KEY-----";
        assert!(private_key(half.as_bytes()).unwrap_err().contains("not whole"));
    }
}
