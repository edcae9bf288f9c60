//! What is stored of a password: a verifier for SCRAM-SHA-256 (RFC 5802, RFC 7677), which proves
//! that somebody knows the password without revealing it.

use std::num::NonZeroU32;

use ring::{hmac, pbkdf2};
use sha2::{Digest, Sha256};

use crate::local::crypto;
use crate::local::domain::Outcome;
use crate::local::domain::refusal::Refusal;
use crate::local::domain::users::UserName;
use crate::local::store::scram::{Key, Verifier};

/// How often a password is hashed: what MongoDB does for SCRAM-SHA-256.
const ITERATIONS: NonZeroU32 = NonZeroU32::new(15_000).expect("it is not 0");
/// The fewest characters that the API takes.
const LEAST_CHARACTERS: usize = 8;

/// Derives the verifier of a password under a new salt. It takes milliseconds, on purpose: do it
/// before a transaction begins.
///
/// # Errors
/// Invalid: too short, or with a character that SASLprep (RFC 4013) prohibits. Failed: the system
/// has no randomness to give.
pub fn derive(password: &str) -> Outcome<Verifier> {
    if password.chars().count() < LEAST_CHARACTERS {
        return Err(too_short());
    }
    let prepared = stringprep::saslprep(password).ok().filter(|text| !text.is_empty());
    let Some(prepared) = prepared else {
        let why = "it holds a character that SASLprep (RFC 4013) prohibits";
        return Err(Refusal::invalid("password", why));
    };
    let salt = crypto::random()?;
    let salted = salted(&prepared, &salt, ITERATIONS);
    Ok(verifier(salt, ITERATIONS, &salted))
}

/// Checks a client's proof over what both sides have said (RFC 5802's `AuthMessage`), and returns
/// the server's own signature; `None` if the client does not know the password.
pub fn check(verifier: &Verifier, said: &[u8], proof: &Key) -> Option<Key> {
    let mut client_key = sign(&verifier.stored_key, said);
    client_key.iter_mut().zip(proof).for_each(|(byte, other)| *byte ^= other);
    let digest: Key = Sha256::digest(client_key).into();
    // In a time that does not depend on where the difference is.
    let same = digest.iter().zip(&verifier.stored_key).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
    let signature = sign(&verifier.server_key, said);
    same.then_some(signature)
}

/// The verifier of a password that nobody knows, for a user who has none: it follows from a secret
/// of the store's, so that the salt of a name that nobody has stays the same, as one that somebody
/// has.
pub fn decoy(secret: &str, user: UserName<'_>) -> Verifier {
    let UserName { project, database, name } = user;
    let secret = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let derived = |what: &str| {
        let text = format!("{what}\0{project}\0{database}\0{name}");
        let mut key = Key::default();
        key.copy_from_slice(hmac::sign(&secret, text.as_bytes()).as_ref());
        key
    };
    let mut salt = [0; 28];
    salt.iter_mut().zip(derived("salt")).for_each(|(byte, derived)| *byte = derived);
    Verifier {
        salt,
        iterations: ITERATIONS.get(),
        stored_key: derived("stored key"),
        server_key: derived("server key"),
    }
}

fn verifier(salt: [u8; 28], iterations: NonZeroU32, salted: &Key) -> Verifier {
    Verifier {
        salt,
        iterations: iterations.get(),
        stored_key: Sha256::digest(sign(salted, b"Client Key")).into(),
        server_key: sign(salted, b"Server Key"),
    }
}

/// There is no text of enough characters.
pub(super) fn too_short() -> Refusal {
    let why = format!("it must be text of at least {LEAST_CHARACTERS} characters");
    Refusal::invalid("password", why)
}

fn salted(prepared: &str, salt: &[u8], iterations: NonZeroU32) -> Key {
    let mut key = Key::default();
    let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
    pbkdf2::derive(algorithm, iterations, salt, prepared.as_bytes(), &mut key);
    key
}

fn sign(key: &Key, text: &[u8]) -> Key {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text);
    let mut signature = Key::default();
    signature.copy_from_slice(tag.as_ref());
    signature
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    fn key(text: &str) -> Key {
        STANDARD.decode(text).unwrap().try_into().unwrap()
    }

    /// RFC 7677, 3.
    #[test]
    fn the_rfc_s_conversation_is_understood() {
        let said = b"n=user,r=rOprNGfwEbeRWgbNEkqO,\
            r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,\
            c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        let iterations = NonZeroU32::new(4096).unwrap();
        let verifier = verifier([0; 28], iterations, &salted("pencil", &salt, iterations));
        let proof = key("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        let signature = check(&verifier, said, &proof);
        assert_eq!(signature, Some(key("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")));
        let mut wrong = proof;
        wrong[31] ^= 1;
        assert_eq!(check(&verifier, said, &wrong), None);
        assert_eq!(check(&verifier, b"something else", &proof), None);
    }

    /// Signs in as a client does.
    fn signs_in(verifier: &Verifier, prepared: &str) -> bool {
        let iterations = NonZeroU32::new(verifier.iterations).unwrap();
        let salted = salted(prepared, &verifier.salt, iterations);
        let mut proof = sign(&salted, b"Client Key");
        let stored: Key = Sha256::digest(proof).into();
        proof.iter_mut().zip(sign(&stored, b"said")).for_each(|(byte, other)| *byte ^= other);
        check(verifier, b"said", &proof).is_some()
    }

    #[test]
    fn a_password_is_known_by_what_saslprep_makes_of_it() {
        // RFC 4013, 3: a soft hyphen is nothing, a number in Roman is letters, a space is a space.
        let verifier = derive("pass\u{ad}word \u{2168}\u{a0}x").unwrap();
        assert!(signs_in(&verifier, "password IX x"));
        assert!(!signs_in(&verifier, "password IX y"));
        let again = derive("password IX x").unwrap();
        assert_ne!(verifier.salt, again.salt);
        assert_eq!(verifier.iterations, 15_000);
    }

    #[test]
    fn what_is_prohibited_or_too_short_is_refused() {
        for password in
            ["short", "", "1234567", "tab\there!", "12345678\u{7}", "\u{627}1\u{628}bcdefgh"]
        {
            let refusal = derive(password).unwrap_err();
            assert!(refusal.detail.starts_with("Invalid attribute password: it "), "{refusal:?}");
        }
        let nothing = "\u{ad}".repeat(8);
        assert!(derive(&nothing).unwrap_err().detail.contains("SASLprep"));
    }
}
