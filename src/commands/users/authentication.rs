//! How a new user authenticates.

use super::naming::DATABASES;
use crate::error::{Error, Result};

/// How the user authenticates; by password unless another method is given.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub struct Authentication {
    /// Authenticate by X.509 certificate
    #[arg(long, value_name = "customer|managed", value_parser = ["customer", "managed"], group = "kind")]
    x509: Option<String>,
    /// Authenticate by AWS IAM
    #[arg(long, value_name = "user|role", value_parser = ["user", "role"], group = "kind")]
    iam: Option<String>,
    /// Authenticate by OIDC: a workload (user) or a group of people (group)
    #[arg(long, value_name = "user|group", value_parser = ["user", "group"], group = "kind")]
    oidc: Option<String>,
    /// Authenticate by LDAP
    #[arg(long, value_name = "user|group", value_parser = ["user", "group"], group = "kind")]
    ldap: Option<String>,
    /// Authenticate by password, although the name looks like an ARN, a distinguished name or IDP/NAME
    #[arg(long, group = "kind")]
    password_user: bool,
    /// The authentication database, if not the default of the authentication method
    #[arg(long, value_name = "DB", value_parser = DATABASES)]
    auth_db: Option<String>,
}

impl Authentication {
    /// The API's field of the method and its value; none for a password.
    pub fn field(&self) -> Option<(&'static str, String)> {
        let upper = |v: &String| v.to_uppercase();
        let x509 = self.x509.as_ref().map(|v| ("x509Type", upper(v)));
        let iam = self.iam.as_ref().map(|v| ("awsIAMType", upper(v)));
        let ldap = self.ldap.as_ref().map(|v| ("ldapAuthType", upper(v)));
        let oidc = self.oidc.as_ref().map(|v| match v.as_str() {
            "group" => ("oidcAuthType", "IDP_GROUP".to_owned()),
            _ => ("oidcAuthType", "USER".to_owned()),
        });
        x509.or(iam).or(ldap).or(oidc)
    }

    /// The authentication database: people who sign in by OIDC and users with a password are in
    /// `admin`.
    pub fn database(&self) -> &str {
        let usual = match self.field() {
            Some(("oidcAuthType", group)) if group == "IDP_GROUP" => DATABASES[0],
            Some(_) => DATABASES[1],
            None => DATABASES[0],
        };
        self.auth_db.as_deref().unwrap_or(usual)
    }

    /// Checks that a user with such a name is meant to authenticate like this.
    ///
    /// # Errors
    /// Usage: the name looks like that of a user without a password, or is none that the method knows.
    pub fn check(&self, name: &str) -> Result<()> {
        let looks = looks_like(name);
        let form = match (&self.iam, &self.x509, &self.oidc) {
            (Some(_), ..) => Some((ARN, "AWS IAM")),
            // Atlas makes the certificate of a managed user itself, from any name.
            (_, Some(kind), _) if kind == "customer" => Some((DISTINGUISHED, "X.509 certificate")),
            (.., Some(_)) => Some((IDP_NAME, "OIDC")),
            _ => None,
        };
        if let Some((form, by)) =
            form.filter(|(form, _)| looks.map(|(looks, _)| looks) != Some(*form))
        {
            let why = format!(
                "database user {name}: the user would authenticate by {by}, and its name is not {form}"
            );
            return Err(Error::usage(why).hint(match form {
                ARN => "as in arn:aws:iam::111122223333:role/NAME",
                DISTINGUISHED => "as in CN=NAME,O=EXAMPLE; --x509 managed takes a plain name",
                _ => "as in IDP/NAME, where IDP is the id of the identity provider",
            }));
        }
        if let (Some(kind), Some((ARN, method))) = (&self.iam, looks)
            && !method.ends_with(kind.as_str())
        {
            let why = format!("database user {name}: the name is not that of an IAM {kind}");
            return Err(Error::usage(why).hint(format!("did you mean {method}?")));
        }
        if self.password_user || self.field().is_some() {
            return Ok(());
        }
        let Some((looks, method)) = looks else { return Ok(()) };
        let why = format!(
            "database user {name}: the name looks like {looks}, but the user would authenticate by password"
        );
        Err(Error::usage(why)
            .hint(format!("add its authentication method: {method}"))
            .hint("if it is to have a password all the same, add --password-user"))
    }
}

const ARN: &str = "an ARN";
const DISTINGUISHED: &str = "a distinguished name";
const IDP_NAME: &str = "IDP/NAME";

/// What a name looks like that is no password user's, and the options that such a user takes.
fn looks_like(name: &str) -> Option<(&'static str, &'static str)> {
    let name = name.trim();
    let is_arn = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("arn:"));
    if is_arn {
        let is_role = ["role/", "role:"].iter().any(|kind| name.contains(kind));
        return Some((ARN, if is_role { "--iam role" } else { "--iam user" }));
    }
    if is_distinguished(name) {
        return Some((DISTINGUISHED, "--x509 customer or --ldap user"));
    }
    let parts = name.split_once('/').filter(|(idp, name)| !idp.is_empty() && !name.is_empty());
    parts.map(|_| (IDP_NAME, "--oidc user or --oidc group"))
}

/// Whether a name begins as distinguished names do, which some tools write with slashes:
/// `CN=ci,OU=build`, `/CN=ci`, `2.5.4.3=ci`.
fn is_distinguished(name: &str) -> bool {
    let first = name.trim_start_matches('/');
    first.split_once('=').is_some_and(|(attribute, _)| {
        let attribute = attribute.trim_end();
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        attribute.starts_with(|c: char| c.is_ascii_alphanumeric()) && attribute.chars().all(fits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_kinds_are_recognised_in_every_spelling() {
        let looks = |name| looks_like(name).map_or("", |(looks, _)| looks);
        for (expected, names) in [
            (
                "an ARN",
                &[
                    "arn:aws:iam::111122223333:role/ci",
                    "arn:aws-us-gov:iam::111122223333:user/ci",
                    "ARN:aws:sts::1:assumed-role/a/b",
                    " arn:aws:iam::1:user/x",
                ][..],
            ),
            (
                "a distinguished name",
                &[
                    "CN=ci,OU=build,O=example",
                    "cn = ci",
                    "/C=DE/O=Example/CN=ci",
                    "2.5.4.3=ci",
                    "uid=x",
                ],
            ),
            ("IDP/NAME", &["64d613677e1ad50839cce4db/ci", "okta/people"]),
            ("", &["alice", "alice@example.com", "svc-payments", "a.b_c", "/", "a/", "=x", "ä:b"]),
        ] {
            for name in names {
                assert_eq!(looks(name), expected, "{name}");
            }
        }
    }
}
