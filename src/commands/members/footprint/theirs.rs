//! Which database users are somebody's: Atlas keeps people and database users apart, and only names tell.

use crate::privileges::project::DatabaseUser;

/// Who a person is, as far as database users may be named after them.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The address, as the API spells it where it knows the person.
    pub address: String,
    /// The id, if the API knows the person.
    pub id: Option<String>,
    /// First and last name.
    pub name: Option<String>,
}

/// Why a database user is taken for a person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// It cannot be anybody else's.
    Certain(String),
    /// It may be theirs or not.
    Likely(String),
}

impl Person {
    /// Somebody of whom only the address is known.
    pub fn of(address: &str) -> Self {
        Person { address: address.to_owned(), ..Person::default() }
    }

    /// Whether a text is the person's address or id.
    pub fn is(&self, text: &str) -> bool {
        self.address.eq_ignore_ascii_case(text) || self.id.as_deref() == Some(text)
    }

    /// The address up to its `@`, without what follows a `+`.
    fn account(&self) -> Option<&str> {
        let (local, _) = self.address.split_once('@')?;
        local.split('+').next().filter(|account| !account.is_empty())
    }

    fn is_likely(&self, text: &str) -> bool {
        let is = |known: Option<&str>| known.is_some_and(|known| known.eq_ignore_ascii_case(text));
        is(self.account()) || is(self.name.as_deref())
    }

    /// What tells that a database user is theirs, if anything does. One that stands for a group is
    /// nobody's.
    pub fn sign(&self, user: &DatabaseUser) -> Option<Sign> {
        if user.is_group() {
            return None;
        }
        for part in parts(&user.name) {
            let why = match part.of {
                None => "it has their address for a name".to_owned(),
                Some(of) => format!("{of} names their address"),
            };
            if self.address.eq_ignore_ascii_case(&part.text) {
                return Some(Sign::Certain(why));
            }
        }
        let likely = parts(&user.name).into_iter().find(|part| self.is_likely(&part.text));
        if let Some(part) = likely {
            return Some(Sign::Likely(match part.of {
                None => "it is called as they are".to_owned(),
                Some(of) => format!("{of} is called as they are"),
            }));
        }
        let label = user.labels.iter().find(|(_, value)| self.is(value));
        if let Some((key, value)) = label {
            return Some(Sign::Likely(format!("its label {key}={value}")));
        }
        let description = user.description.as_deref().unwrap_or_default().to_lowercase();
        description
            .contains(&self.address.to_lowercase())
            .then(|| Sign::Likely("its description names them".to_owned()))
    }
}

/// A part of a name that may be a person's, and what it is of if not all of it.
struct Part {
    of: Option<String>,
    text: String,
}

/// All of a name; the parts of a distinguished name, as X.509 and LDAP have it; what follows the identity
/// provider, as OIDC has it.
fn parts(name: &str) -> Vec<Part> {
    let mut all = vec![Part { of: None, text: name.to_owned() }];
    if let Some((_, rest)) = name.split_once('/') {
        all.push(Part { of: Some("its identity provider".to_owned()), text: rest.to_owned() });
    }
    let attributes = name.split(',').filter_map(|pair| pair.split_once('='));
    all.extend(attributes.map(|(key, value)| Part {
        of: Some(format!("{} of its subject", key.trim())),
        text: value.trim().to_owned(),
    }));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str) -> DatabaseUser {
        DatabaseUser { name: name.to_owned(), ..DatabaseUser::default() }
    }

    fn sign(name: &str) -> Option<bool> {
        let ann =
            Person { name: Some("Ann Lee".to_owned()), ..Person::of("ann.lee+x@example.com") };
        ann.sign(&user(name)).map(|sign| matches!(sign, Sign::Certain(_)))
    }

    #[test]
    fn only_the_whole_address_is_certain() {
        for certain in [
            "ann.lee+x@example.com",
            "Ann.Lee+X@Example.com",
            "64d3b1f2a1b2c3d4e5f60718/ann.lee+x@example.com",
            "emailAddress=ann.lee+x@example.com,CN=x",
        ] {
            assert_eq!(sign(certain), Some(true), "{certain}");
        }
        let ann = Person::of("ann@example.com");
        let found = ann.sign(&user("CN=ann@example.com,OU=dev,O=Shop"));
        assert_eq!(found, Some(Sign::Certain("CN of its subject names their address".to_owned())));
        for likely in ["ann.lee", "CN=Ann Lee,O=Shop", "idp/ann.lee", "uid=ann.lee,dc=shop"] {
            assert_eq!(sign(likely), Some(false), "{likely}");
        }
        for other in ["ann", "lee", "joann.lee", "xann.lee+x@example.com", "CN=Ann,O=Ann Lees"] {
            assert_eq!(sign(other), None, "{other}");
        }
    }

    #[test]
    fn labels_and_descriptions_may_name_whoever_is_to_be_asked() {
        let ann = Person::of("ann@example.com");
        let labelled = DatabaseUser {
            labels: vec![("owner".to_owned(), "ann@example.com".to_owned())],
            ..user("svc")
        };
        assert_eq!(
            ann.sign(&labelled),
            Some(Sign::Likely("its label owner=ann@example.com".to_owned()))
        );
        let described = DatabaseUser {
            description: Some("Made for Ann@example.com".to_owned()),
            ..user("svc")
        };
        assert!(matches!(ann.sign(&described), Some(Sign::Likely(_))));
        let group =
            DatabaseUser { authentication: "LDAP group".to_owned(), ..user("ann@example.com") };
        assert_eq!(ann.sign(&group), None, "its members are others");
    }
}
