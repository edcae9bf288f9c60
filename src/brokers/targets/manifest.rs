//! Manifests: what the API server of Kubernetes takes.

use serde_json::{Value, json};

use super::options::NAME;
use super::{Argument, Misuse, Options, Values};
use crate::brokers::Problem;

/// The most bytes of a request that etcd stores, unless its `--max-request-bytes` says otherwise.
const LARGEST: usize = 1_572_864;

/// Where an object is.
pub(super) const NAMESPACE: Argument = Argument::new(
    "namespace",
    "NAMESPACE",
    Values::Text,
    "The namespace, in place of the one that kubectl is set to",
);

/// The object's own name and its namespace.
#[derive(Debug)]
pub(super) struct Metadata {
    name: String,
    namespace: Option<String>,
}

impl Metadata {
    /// Reads it from the options `NAME` and `NAMESPACE`.
    ///
    /// # Errors
    /// What the API server refuses.
    pub(super) fn read(options: &Options) -> Result<Self, Misuse> {
        let name = options.one(&NAME).unwrap_or_default();
        if !is_subdomain(name) {
            let problem = format!("--name {name:?} is not a name that Kubernetes takes");
            let remedy = "use at most 253 small letters, digits, - and ., as in atlas-kafka; each \
                          part begins and ends with a letter or digit";
            return Err(Misuse::new(problem, remedy));
        }
        let namespace = options.one(&NAMESPACE);
        if let Some(namespace) = namespace.filter(|namespace| !is_label(namespace)) {
            let problem = format!("--namespace {namespace:?} is not a namespace's name");
            let remedy = "use at most 63 small letters, digits and -; it begins and ends with a \
                          letter or digit";
            return Err(Misuse::new(problem, remedy));
        }
        Ok(Metadata { name: name.to_owned(), namespace: namespace.map(str::to_owned) })
    }

    /// What the object is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// An object of this kind.
    ///
    /// # Errors
    /// More than the API server stores.
    pub(super) fn manifest(
        &self,
        version: &str,
        kind: &str,
        spec: &Value,
    ) -> Result<String, Problem> {
        let mut metadata = json!({ "name": self.name });
        if let Some(namespace) = &self.namespace {
            metadata["namespace"] = namespace.as_str().into();
        }
        let object =
            json!({ "apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec });
        let bytes = object.to_string().len();
        if bytes > LARGEST {
            return Err(Problem::TooLarge {
                holder: "an object of Kubernetes",
                bytes,
                limit: LARGEST,
            });
        }
        // A value of JSON has no form that YAML lacks.
        Ok(serde_saphyr::to_string(&object).expect("JSON is YAML"))
    }
}

/// RFC 1123, as the API server reads it.
fn is_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(|part| part.len() <= 253 && is_dns(part))
}

fn is_label(text: &str) -> bool {
    text.len() <= 63 && is_dns(text)
}

fn is_dns(text: &str) -> bool {
    let alphanumeric = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let (bytes, ends) = (text.as_bytes(), [text.as_bytes().first(), text.as_bytes().last()]);
    bytes.iter().all(|b| alphanumeric(*b) || *b == b'-')
        && ends.iter().all(|end| end.is_some_and(|b| alphanumeric(*b)))
}

/// A label of objects, `KEY=VALUE`; `None` if the API server refuses it.
pub(super) fn label(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once('=')?;
    let (prefix, name) = key.rsplit_once('/').map_or((None, key), |(p, name)| (Some(p), name));
    let named = |text: &str| {
        let inner = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        let ends = [text.as_bytes().first(), text.as_bytes().last()];
        text.len() <= 63
            && text.bytes().all(inner)
            && ends.iter().all(|end| end.is_some_and(|b| b.is_ascii_alphanumeric()))
    };
    let fits = named(name) && (value.is_empty() || named(value)) && prefix.is_none_or(is_subdomain);
    fits.then_some((key, value))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::brokers::targets::Target;

    /// What a target writes, as an object.
    pub fn object(
        target: &dyn Target,
        given: &[(&'static Argument, &[&str])],
        nets: &[&str],
    ) -> Value {
        let mut options = Options::default();
        for (argument, values) in given {
            options.insert(argument, values.iter().map(|value| (*value).to_owned()).collect());
        }
        let blocks = crate::brokers::blocks::tests::blocks(nets);
        let text = target.read(&options).unwrap().write(&blocks).unwrap();
        serde_saphyr::from_str(&text).unwrap()
    }

    fn metadata(name: &str, namespace: Option<&str>) -> Result<Metadata, Misuse> {
        let mut options = Options::default();
        options.insert(&NAME, vec![name.to_owned()]);
        if let Some(namespace) = namespace {
            options.insert(&NAMESPACE, vec![namespace.to_owned()]);
        }
        Metadata::read(&options)
    }

    #[test]
    fn names_follow_the_rules_of_the_api_server() {
        let longest = "a".repeat(253);
        for name in ["atlas", "a", "1", "my-user.v1", &longest] {
            assert!(metadata(name, Some("kafka")).is_ok(), "{name}");
        }
        let long = "a".repeat(254);
        for name in ["Atlas", "a_b", "-a", "a-", "a..b", ".a", "a b", "ä", "a\"b", &long] {
            assert!(metadata(name, None).is_err(), "{name}");
        }
        for namespace in ["a.b", "A", "-", &"a".repeat(64)] {
            assert!(metadata("a", Some(namespace)).is_err(), "{namespace}");
        }
    }

    #[test]
    fn labels_follow_the_rules_of_the_api_server() {
        for text in ["app=kafka", "strimzi.io/cluster=my-Kafka", "a=", "A_b.c=1"] {
            assert!(label(text).is_some(), "{text}");
        }
        for text in
            ["app", "=a", "a=b=c", "a b=c", "a=b c", "/a=b", "A/a=b", "a/b/c=d", "-a=b", "a=b-"]
        {
            assert!(label(text).is_none(), "{text}");
        }
    }

    /// Words that YAML 1.1 reads as something else stay what they are.
    #[test]
    fn texts_stay_texts() {
        let words =
            ["on", "y", "null", "1e3", "0x1f", "1.5", "12:30", "2001:0:0:0:0:0:0:5", "*", "~"];
        let text = metadata("true", None).unwrap().manifest("v1", "K", &json!(words)).unwrap();
        for word in words.iter().chain(&["true"]) {
            assert!(
                text.contains(&format!("\"{word}\"")) || text.contains(&format!("'{word}'")),
                "{word}: {text}"
            );
        }
    }

    #[test]
    fn what_the_server_cannot_store_is_refused() {
        let large = json!("a".repeat(LARGEST));
        let refused = metadata("a", None).unwrap().manifest("v1", "K", &large).unwrap_err();
        assert!(matches!(refused, Problem::TooLarge { limit: LARGEST, .. }));
    }
}
