//! The messages of SCRAM (RFC 5802, 7) that a client sends, and the one that it is challenged with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::local::store::scram::{Key, Verifier};

/// The longest message of a client that is looked at, in bytes: a name takes 1,024 characters.
const LONGEST: usize = 16 << 10;

/// `n,,n=user,r=nonce`
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClientFirst<'a> {
    /// What says that there is no channel binding, with its commas.
    pub(super) header: &'a str,
    /// The rest of the message: what both sides have said begins with it.
    pub(super) bare: &'a str,
    pub(super) name: String,
    pub(super) nonce: &'a str,
}

impl<'a> ClientFirst<'a> {
    /// `None` if the message is malformed, or wants what the server does not have: channel binding,
    /// somebody else's name to act in, extensions that are mandatory.
    pub(super) fn parse(message: &'a [u8]) -> Option<ClientFirst<'a>> {
        let message = text(message)?;
        let header = ["n,,", "y,,"].into_iter().find(|header| message.starts_with(header))?;
        let (header, bare) = message.split_at(header.len());
        let (name, rest) = bare.strip_prefix("n=")?.split_once(',')?;
        let nonce = rest.split(',').next()?.strip_prefix("r=")?;
        let is_printable = |byte: u8| byte.is_ascii_graphic() && byte != b',';
        let fits = !nonce.is_empty() && nonce.bytes().all(is_printable);
        fits.then_some(ClientFirst { header, bare, name: unescaped(name)?, nonce })
    }
}

/// `c=biws,r=nonce,p=proof`
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClientFinal<'a> {
    /// What was said of channel binding, again.
    pub(super) header: Vec<u8>,
    /// The client's and the server's nonce.
    pub(super) nonce: &'a str,
    /// The message without its proof: what both sides have said ends with it.
    pub(super) bare: &'a str,
    pub(super) proof: Key,
}

impl<'a> ClientFinal<'a> {
    /// `None` if the message is malformed.
    pub(super) fn parse(message: &'a [u8]) -> Option<ClientFinal<'a>> {
        let (bare, proof) = text(message)?.rsplit_once(",p=")?;
        let (header, rest) = bare.strip_prefix("c=")?.split_once(',')?;
        let nonce = rest.split(',').next()?.strip_prefix("r=")?;
        let header = STANDARD.decode(header).ok()?;
        let proof = STANDARD.decode(proof).ok()?.try_into().ok()?;
        Some(ClientFinal { header, nonce, bare, proof })
    }
}

/// The server's first message.
pub(super) fn server_first(nonce: &str, verifier: &Verifier) -> String {
    format!("r={nonce},s={},i={}", STANDARD.encode(verifier.salt), verifier.iterations)
}

/// The server's last message.
pub(super) fn server_final(signature: &Key) -> String {
    format!("v={}", STANDARD.encode(signature))
}

fn text(message: &[u8]) -> Option<&str> {
    let message = (message.len() <= LONGEST).then_some(message)?;
    std::str::from_utf8(message).ok()
}

/// A name, in which a comma is `=2C` and an equals sign `=3D`.
fn unescaped(name: &str) -> Option<String> {
    let mut parts = name.split('=');
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        let (sign, rest) = match (part.strip_prefix("2C"), part.strip_prefix("3D")) {
            (Some(rest), _) => (',', rest),
            (_, Some(rest)) => ('=', rest),
            _ => return None,
        };
        plain.push(sign);
        plain.push_str(rest);
    }
    (!plain.is_empty()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 7677, 3.
    #[test]
    fn the_rfc_s_messages_are_read() {
        let first = ClientFirst::parse(b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO").unwrap();
        let bare = "n=user,r=rOprNGfwEbeRWgbNEkqO";
        let nonce = "rOprNGfwEbeRWgbNEkqO";
        assert_eq!(first, ClientFirst { header: "n,,", bare, name: "user".into(), nonce });
        let message = b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
            p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
        let last = ClientFinal::parse(message).unwrap();
        assert_eq!(last.header, b"n,,");
        assert_eq!(last.nonce, "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
        assert_eq!(last.bare, "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
        assert_eq!(last.proof[..3], [0x74, 0x7c, 0xdb]);
    }

    #[test]
    fn what_is_malformed_or_wants_too_much_is_refused() {
        let long = format!("n,,n={},r=x", "a".repeat(LONGEST));
        for first in [
            "",
            "n,,",
            "n,,n=,r=x",
            "n,,n=user",
            "n,,n=user,r=",
            "n,,n=user,r=\u{e9}",
            "n,,n=user,r=a b",
            "n,,n=us=er,r=x",
            "n,,n=us=2cer,r=x",
            "n,,n=user=,r=x",
            "n,,r=x,n=user",
            "n,,m=must,n=user,r=x",
            "n,a=other,n=user,r=x",
            "p=tls-unique,,n=user,r=x",
            &long,
        ] {
            assert_eq!(ClientFirst::parse(first.as_bytes()), None, "{first}");
        }
        assert_eq!(ClientFirst::parse(b"n,,n=\xff,r=x"), None);
        for last in [
            "",
            "c=biws,r=x",
            "r=x,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "c=biws,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "c=biws,r=x,p=",
            "c=biws,r=x,p=dHzb",
            "c=biws,r=x,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ",
            "c=biws,r=x,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=,x=y",
            "c=?,r=x,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        ] {
            assert_eq!(ClientFinal::parse(last.as_bytes()), None, "{last}");
        }
    }

    proptest! {
        /// As clients escape them: any name comes through, whatever follows the nonce.
        #[test]
        fn any_name_is_read(name in "\\PC{1,40}", nonce in "[!-+--~]{1,30}", more in "(,[a-z]=x)?") {
            let escaped = name.replace('=', "=3D").replace(',', "=2C");
            let message = format!("n,,n={escaped},r={nonce}{more}");
            let first = ClientFirst::parse(message.as_bytes()).unwrap();
            prop_assert_eq!((first.name, first.nonce), (name, nonce.as_str()));
            prop_assert_eq!(first.bare, &message[3..]);
        }

        #[test]
        fn nothing_panics(bytes: Vec<u8>, near in "[nyp,=acrm2CD]{0,20}") {
            for message in [bytes.as_slice(), near.as_bytes()] {
                if let Some(first) = ClientFirst::parse(message) {
                    prop_assert_eq!(first.header.len() + first.bare.len(), message.len());
                }
                if let Some(last) = ClientFinal::parse(message) {
                    prop_assert!(last.bare.len() < message.len());
                }
            }
        }
    }
}
