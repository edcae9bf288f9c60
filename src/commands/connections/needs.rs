//! What a connection of each type must have, and what it cannot have.

use secrecy::ExposeSecret;

use super::body::Body;
use crate::atlas::redact;
use crate::commands::known::{self, Verbatim};
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// The types of connections.
const KINDS: [&str; 10] = [
    "Kafka",
    "Cluster",
    "Sample",
    "Https",
    "S3",
    "AWSLambda",
    "AWSKinesisDataStreams",
    "SchemaRegistry",
    "AzureBlobStorage",
    "GCPPubSub",
];

/// The API's spelling of a type.
///
/// # Errors
/// Usage: one that is not known, unless it is to be sent all the same.
pub fn spelled(kind: &str, verbatim: Verbatim) -> Result<String> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], "");
    let known = KINDS.iter().find(|known| plain(known) == plain(kind));
    if known.is_none() {
        let otherwise = format!("the types are {}", kinds());
        verbatim.or(|| known::unknown("type of connections", kind, KINDS, otherwise))?;
    }
    Ok(known.map_or_else(|| kind.to_owned(), |known| (*known).to_owned()))
}

/// The type with its article, for a sentence.
pub fn with_article(kind: &str) -> String {
    match kind.starts_with('A') || kind == "S3" {
        true => format!("an {kind}"),
        false => format!("a {kind}"),
    }
}

/// The types, for a sentence.
pub fn kinds() -> String {
    KINDS.join(", ")
}

/// Asks for the secret that an account needs, if no option gave it.
pub fn complete(context: &Context, body: &mut Body, kind: &str) -> Result<()> {
    let mechanism = body.text(&["authentication", "mechanism"]);
    let registry = body.text(&["schemaRegistryAuthentication", "type"]);
    let (path, word): ([&str; 2], _) = match (kind, mechanism, registry) {
        ("Kafka", Some("AWS_MSK_IAM"), _) => return Ok(()),
        ("Kafka", Some("OAUTHBEARER"), _) => (["authentication", "clientSecret"], "client secret"),
        ("Kafka", Some(_), _) => (["authentication", "password"], "password"),
        ("SchemaRegistry", _, Some("USER_INFO")) => {
            (["schemaRegistryAuthentication", "password"], "password")
        }
        _ => return Ok(()),
    };
    if body.text(&path).is_some() {
        return Ok(());
    }
    if context.dry_run {
        body.set(&path, redact::MASK);
        return Ok(());
    }
    let option = word.replace(' ', "-");
    let secret = context.ui.ask_secret(word).map_err(|error| match error.kind() {
        Kind::Usage => {
            error.hint(format!("use --{option}-env, --{option}-file or --{option}-stdin"))
        }
        _ => error,
    })?;
    body.set_secret(&path, secret.expose_secret(), redact::MASK);
    Ok(())
}

/// Requires the fields that each type needs, and names the option for one that is missing.
pub fn check_whole(body: &Body, kind: &str) -> Result<()> {
    let ssl_only = body.text(&["security", "protocol"]) == Some("SSL");
    let mechanism = body.text(&["authentication", "mechanism"]);
    let needs: &[(&[&str], &str)] = match kind {
        "Kafka" if ssl_only => &[
            (&["bootstrapServers"], "--bootstrap-servers"),
            (&["authentication", "sslCertificate"], "--client-certificate"),
            (&["authentication", "sslKey"], "--client-key"),
        ],
        "Kafka" if mechanism == Some("AWS_MSK_IAM") => &[
            (&["bootstrapServers"], "--bootstrap-servers"),
            (&["authentication", "aws", "roleArn"], "--role-arn"),
        ],
        "Kafka" if mechanism == Some("OAUTHBEARER") => &[
            (&["bootstrapServers"], "--bootstrap-servers"),
            (&["authentication", "clientId"], "--client-id"),
            (&["authentication", "tokenEndpointUrl"], "--token-url"),
        ],
        "Kafka" => &[
            (&["bootstrapServers"], "--bootstrap-servers"),
            (&["authentication", "mechanism"], "--mechanism"),
            (&["authentication", "username"], "--username"),
        ],
        "Cluster" => &[(&["clusterName"], "--cluster")],
        "Https" => &[(&["url"], "--url")],
        "S3" | "AWSLambda" | "AWSKinesisDataStreams" => &[(&["aws", "roleArn"], "--role-arn")],
        "SchemaRegistry" => &[
            (&["provider"], "--registry-url"),
            (&["schemaRegistryAuthentication", "type"], "--username or --inherit-sasl"),
        ],
        "AzureBlobStorage" => &[
            (&["azure", "storageAccountName"], "--storage-account"),
            (&["azure", "servicePrincipalId"], "--service-principal"),
        ],
        "GCPPubSub" => &[(&["gcp", "serviceAccountId"], "--service-account")],
        _ => &[],
    };
    match needs.iter().find(|(path, _)| body.text(path).is_none_or(str::is_empty)) {
        None => Ok(()),
        Some((path, option)) => {
            let (path, kind) = (path.join("."), with_article(kind));
            Err(Error::usage(format!("{kind} connection needs {option}"))
                .hint(format!("in a --file document, that is {path}")))
        }
    }
}

/// Refuses options of one type on a connection of another, which the API would refuse too.
pub fn fits(body: &Body, kind: &str) -> Result<()> {
    const OWN: [(&str, &[&str]); 9] = [
        ("bootstrapServers", &["Kafka"]),
        ("authentication", &["Kafka"]),
        ("security", &["Kafka"]),
        ("clusterName", &["Cluster"]),
        ("url", &["Https"]),
        ("aws", &["S3", "AWSLambda", "AWSKinesisDataStreams"]),
        ("schemaRegistryUrls", &["SchemaRegistry"]),
        ("azure", &["AzureBlobStorage"]),
        ("gcp", &["GCPPubSub"]),
    ];
    let odd =
        |(field, of): &&(&str, &[&str])| body.sent.contains_key(*field) && !of.contains(&kind);
    match OWN.iter().find(odd) {
        Some((field, of)) if KINDS.contains(&kind) => Err(Error::usage(format!(
            "{} connection has no {field}: that is for {}",
            with_article(kind),
            of.join(", ")
        ))),
        _ => Ok(()),
    }
}
