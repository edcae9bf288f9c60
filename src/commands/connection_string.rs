//! Connection strings for shells and drivers, as MongoDB specifies them. They never hold a password.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::atlas::users::User;

/// What stands for itself in the values of options and in names.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A connection string to be.
#[derive(Debug, Clone, Default)]
pub struct ConnectionString {
    hosts: Vec<String>,
    user: Option<String>,
    options: Vec<(&'static str, String)>,
}

impl ConnectionString {
    /// To these hosts, with their ports if they are not MongoDB's own.
    pub fn to(hosts: impl IntoIterator<Item = impl ToString>) -> Self {
        let hosts = hosts.into_iter().map(|host| host.to_string()).collect();
        ConnectionString { hosts, ..ConnectionString::default() }
    }

    /// By TLS.
    #[must_use]
    pub fn with_tls(mut self) -> Self {
        self.set("tls", "true");
        self
    }

    /// By TLS, trusting the authority in a file.
    #[must_use]
    pub fn trusting(self, ca_file: &Path) -> Self {
        let mut string = self.with_tls();
        string.set("tlsCAFile", &ca_file.display().to_string());
        string
    }

    /// As a database user, in the way that it authenticates.
    #[must_use]
    pub fn for_user(mut self, user: &User) -> Self {
        let mechanism = mechanism(user);
        // It sends the password as it is.
        if mechanism == Some("PLAIN") && !self.options.iter().any(|(name, _)| *name == "tls") {
            self = self.with_tls();
        }
        // What the others sign in with is no name of a user.
        if matches!(mechanism, None | Some("MONGODB-X509" | "PLAIN")) {
            self.user = Some(user.username.clone());
        }
        self.set("authSource", &user.database_name);
        if let Some(mechanism) = mechanism {
            self.set("authMechanism", mechanism);
        }
        self
    }

    fn set(&mut self, name: &'static str, value: &str) {
        self.options.push((name, value.to_owned()));
    }
}

/// Whether a user signs in with a certificate, which only TLS can show.
pub fn shows_certificate(user: &User) -> bool {
    mechanism(user) == Some("MONGODB-X509")
}

/// The mechanism of a user without a password.
pub fn mechanism(user: &User) -> Option<&'static str> {
    [
        ("MONGODB-X509", &user.x509_type),
        ("MONGODB-AWS", &user.aws_iam_type),
        ("MONGODB-OIDC", &user.oidc_auth_type),
        ("PLAIN", &user.ldap_auth_type),
    ]
    .into_iter()
    .find(|(_, kind)| kind.as_ref().is_some_and(|kind| kind != "NONE"))
    .map(|(name, _)| name)
}

impl std::fmt::Display for ConnectionString {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("mongodb://")?;
        if let Some(user) = &self.user {
            write!(f, "{}@", utf8_percent_encode(user, NON_ALPHANUMERIC))?;
        }
        write!(f, "{}/", self.hosts.join(","))?;
        for (number, (name, value)) in self.options.iter().enumerate() {
            let before = if number == 0 { '?' } else { '&' };
            write!(f, "{before}{name}={}", utf8_percent_encode(value, ENCODED))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_a_connection_string_is_encoded() {
        let plain = User {
            username: "a@b:c/d é".to_owned(),
            database_name: "admin".to_owned(),
            x509_type: Some("NONE".to_owned()),
            ..User::default()
        };
        let string = ConnectionString::to(["127.0.0.1:37017"]);
        let string = string.trusting(Path::new("/home/x y/ca&1.pem")).for_user(&plain);
        assert_eq!(
            string.to_string(),
            "mongodb://a%40b%3Ac%2Fd%20%C3%A9@127.0.0.1:37017/?tls=true&\
             tlsCAFile=/home/x%20y/ca%261.pem&authSource=admin"
        );
    }

    #[test]
    fn users_sign_in_as_they_do() {
        let certified = User {
            username: "CN=kim,O=Shop".to_owned(),
            database_name: "$external".to_owned(),
            x509_type: Some("CUSTOMER".to_owned()),
            ..User::default()
        };
        let string = ConnectionString::to(["h.example"]).with_tls().for_user(&certified);
        assert_eq!(
            string.to_string(),
            "mongodb://CN%3Dkim%2CO%3DShop@h.example/?tls=true&authSource=%24external&\
             authMechanism=MONGODB-X509"
        );
        let arn = User {
            username: "arn:aws:iam::1:role/x".to_owned(),
            database_name: "$external".to_owned(),
            aws_iam_type: Some("ROLE".to_owned()),
            ..User::default()
        };
        let string = ConnectionString::to(["h.example"]).for_user(&arn).to_string();
        assert_eq!(string, "mongodb://h.example/?authSource=%24external&authMechanism=MONGODB-AWS");
    }
}
