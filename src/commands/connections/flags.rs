//! The options that say what a connection is, for every type.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::body::Body;
use super::hosts;
use super::needs::{fits, with_article};
use crate::atlas::redact;
use crate::comma_list::{CommaList, Items};
use crate::commands::{clusters, input, private_links};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pem;
use crate::secret_input::{NamedSecret, SecretOptions, SecretSource};
use crate::session::project_id;

/// What a connection is. Secrets come from the environment, files, stdin or a prompt.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct Flags {
    /// A document in JSON or YAML, or - for stdin; ${NAME} in it stands for the environment variable NAME
    #[arg(long, value_name = "FILE|-")]
    pub file: Option<PathBuf>,

    /// The brokers
    #[arg(long, value_name = "HOST:PORT,…", num_args = 1.., help_heading = "Kafka")]
    bootstrap_servers: Vec<CommaList<String>>,
    /// The authentication mechanism: PLAIN, SCRAM-256, SCRAM-512, OAUTHBEARER or AWS_MSK_IAM
    #[arg(long, value_name = "MECHANISM", ignore_case = true, help_heading = "Kafka",
        value_parser = ["PLAIN", "SCRAM-256", "SCRAM-512", "OAUTHBEARER", "AWS_MSK_IAM"], hide_possible_values = true)]
    mechanism: Option<String>,
    /// The user for PLAIN and SCRAM, or for a schema registry
    #[arg(long, value_name = "NAME", help_heading = "Kafka")]
    username: Option<String>,
    #[command(flatten)]
    password: SecretOptions<Password>,
    /// OAUTHBEARER: the client's id
    #[arg(long, value_name = "ID", help_heading = "Kafka")]
    client_id: Option<String>,
    #[command(flatten)]
    client_secret: SecretOptions<ClientSecret>,
    /// OAUTHBEARER: the token endpoint
    #[arg(long, value_name = "URL", help_heading = "Kafka")]
    token_url: Option<String>,
    /// OAUTHBEARER: the scope to request
    #[arg(long, value_name = "SCOPE", help_heading = "Kafka")]
    scope: Option<String>,
    /// OAUTHBEARER: extensions
    #[arg(long, value_name = "KEY=VALUE,…", num_args = 1.., help_heading = "Kafka")]
    sasl_extensions: Vec<CommaList<String>>,
    /// The security protocol: SASL_SSL, SASL_PLAINTEXT or PLAINTEXT (no TLS), or SSL (client
    /// certificate only)
    #[arg(long, value_name = "PROTOCOL", ignore_case = true, help_heading = "Kafka",
        value_parser = ["SASL_SSL", "SASL_PLAINTEXT", "SSL", "PLAINTEXT"], hide_possible_values = true)]
    protocol: Option<String>,
    /// The CA certificates to trust brokers by, in PEM form
    #[arg(long, value_name = "FILE", help_heading = "Kafka")]
    broker_ca_file: Option<PathBuf>,
    /// The client certificate, in PEM form
    #[arg(long, value_name = "FILE", help_heading = "Kafka")]
    client_certificate: Option<PathBuf>,
    /// The private key of the client certificate, in PEM form
    #[arg(long, value_name = "FILE", help_heading = "Kafka")]
    client_key: Option<PathBuf>,
    #[command(flatten)]
    key_password: SecretOptions<KeyPassword>,
    /// A Kafka client setting
    #[arg(long = "config", value_name = "KEY=VALUE", num_args = 1.., value_parser = pair, help_heading = "Kafka")]
    config: Vec<(String, String)>,

    /// The cluster
    #[arg(long, value_name = "NAME", help_heading = "Cluster")]
    cluster: Option<String>,
    /// The cluster's project, if it is another one
    #[arg(long, value_name = "ID|NAME", help_heading = "Cluster")]
    cluster_project: Option<String>,

    /// The URL to send requests to
    #[arg(long, value_name = "URL", help_heading = "Https")]
    url: Option<String>,
    /// A header; use --header-env for one that holds a key
    #[arg(long = "header", value_name = "NAME=VALUE", num_args = 1.., value_parser = pair,
        help_heading = "Https")]
    headers: Vec<(String, String)>,
    /// A header whose value is in an environment variable
    #[arg(long = "header-env", value_name = "NAME=VARIABLE", num_args = 1.., value_parser = pair,
        help_heading = "Https")]
    header_env: Vec<(String, String)>,

    /// The IAM role to assume; for Kafka too, with AWS_MSK_IAM
    #[arg(long, value_name = "ARN", help_heading = "S3, AWSLambda, AWSKinesisDataStreams")]
    role_arn: Option<String>,
    /// S3: a bucket to test the role with
    #[arg(long, value_name = "NAME", help_heading = "S3, AWSLambda, AWSKinesisDataStreams")]
    test_bucket: Option<String>,

    /// A URL of the registry
    #[arg(long = "registry-url", value_name = "URL,…", num_args = 1.., help_heading = "SchemaRegistry")]
    registry_urls: Vec<CommaList<String>>,
    /// Authenticate as the Kafka connection does
    #[arg(long, conflicts_with = "username", help_heading = "SchemaRegistry")]
    inherit_sasl: bool,

    /// The storage account
    #[arg(long, value_name = "NAME", help_heading = "AzureBlobStorage")]
    storage_account: Option<String>,
    /// The service principal's id
    #[arg(long, value_name = "ID", help_heading = "AzureBlobStorage")]
    service_principal: Option<String>,

    /// The service account's e-mail address
    #[arg(long, value_name = "EMAIL", help_heading = "GCPPubSub")]
    service_account: Option<String>,

    /// The network access: PUBLIC, VPC or PRIVATE_LINK
    #[arg(long, value_name = "WAY", ignore_case = true, help_heading = "Network",
        value_parser = ["PUBLIC", "VPC", "PRIVATE_LINK"], hide_possible_values = true)]
    networking: Option<String>,
    /// The private link to connect through
    #[arg(long, value_name = "ID", help_heading = "Network")]
    private_link: Option<String>,
}

/// The password of a Kafka user or a schema registry.
#[derive(Debug, Clone)]
struct Password;

impl NamedSecret for Password {
    const NAME: &'static str = "password";
    const WHAT: &'static str = "the password";
    const HEADING: Option<&'static str> = Some("Kafka");
}

/// The secret of an OIDC client.
#[derive(Debug, Clone)]
struct ClientSecret;

impl NamedSecret for ClientSecret {
    const NAME: &'static str = "client-secret";
    const WHAT: &'static str = "the OAUTHBEARER client's secret";
    const HEADING: Option<&'static str> = Some("Kafka");
}

/// The password of a client certificate's key.
#[derive(Debug, Clone)]
struct KeyPassword;

impl NamedSecret for KeyPassword {
    const NAME: &'static str = "key-password";
    const WHAT: &'static str = "the password of the client key";
    const HEADING: Option<&'static str> = Some("Kafka");
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.to_owned()))
        }
        _ => Err("expected KEY=VALUE".to_owned()),
    }
}

impl Flags {
    /// The type that the options imply, if they imply one.
    pub fn kind(&self) -> Option<&'static str> {
        let says = [
            (!self.bootstrap_servers.is_empty(), "Kafka"),
            (self.cluster.is_some(), "Cluster"),
            (self.url.is_some(), "Https"),
            (self.test_bucket.is_some(), "S3"),
            (!self.registry_urls.is_empty(), "SchemaRegistry"),
            (self.storage_account.is_some(), "AzureBlobStorage"),
            (self.service_account.is_some(), "GCPPubSub"),
        ];
        says.into_iter().find(|(given, _)| *given).map(|(_, kind)| kind)
    }

    /// Refuses more than one option that reads stdin.
    fn check_stdin(&self) -> Result<()> {
        let file = self.file.as_deref() == Some(Path::new("-"));
        let users = [
            file,
            self.password.is_stdin(),
            self.client_secret.is_stdin(),
            self.key_password.is_stdin(),
        ];
        match users.iter().filter(|user| **user).count() {
            0 | 1 => Ok(()),
            _ => Err(Error::usage("only one option can read from stdin")
                .hint("read the others from the environment or from files")),
        }
    }

    /// Overlays a body of this type with the options.
    ///
    /// # Errors
    /// Usage: a file or variable that cannot be read, an option of another type, a secret on the
    /// command line.
    pub async fn apply(&self, context: &Context, body: &mut Body, kind: &str) -> Result<()> {
        self.check_stdin()?;
        let auth = match kind {
            "SchemaRegistry" => "schemaRegistryAuthentication",
            _ => "authentication",
        };
        let (servers, extensions) =
            (joined(&self.bootstrap_servers), joined(&self.sasl_extensions));
        let role_arn: &[&str] = match kind {
            "Kafka" => &["authentication", "aws", "roleArn"],
            _ => &["aws", "roleArn"],
        };
        let texts: [(&[&str], &Option<String>); 13] = [
            (&["bootstrapServers"], &servers),
            (&[auth, "username"], &self.username),
            (&["authentication", "clientId"], &self.client_id),
            (&["authentication", "tokenEndpointUrl"], &self.token_url),
            (&["authentication", "scope"], &self.scope),
            (&["authentication", "saslOauthbearerExtensions"], &extensions),
            (&["clusterName"], &self.cluster),
            (&["url"], &self.url),
            (role_arn, &self.role_arn),
            (&["aws", "testBucket"], &self.test_bucket),
            (&["azure", "storageAccountName"], &self.storage_account),
            (&["azure", "servicePrincipalId"], &self.service_principal),
            (&["gcp", "serviceAccountId"], &self.service_account),
        ];
        for (path, text) in texts {
            if let Some(text) = text {
                body.set(path, text.as_str());
            }
        }
        if let Some(mechanism) = &self.mechanism {
            body.set(&["authentication", "mechanism"], mechanism.to_uppercase());
            if mechanism.eq_ignore_ascii_case("OAUTHBEARER") {
                body.set(&["authentication", "method"], "OIDC");
            }
        }
        if let Some(protocol) = &self.protocol {
            body.set(&["security", "protocol"], protocol.to_uppercase());
        }
        for (key, value) in &self.config {
            if redact::is_secret(key) {
                return Err(on_the_command_line(&format!("the setting {key}"))
                    .hint("--file takes a document with ${NAME} in its place"));
            }
            body.set(&["config", key], value.as_str());
        }
        self.registry(body, kind);
        hosts::tidy(body)?;
        self.files(context, body)?;
        self.secrets(context, body, auth)?;
        self.headers(context, body)?;
        self.network(body, kind)?;
        if let Some(project) = &self.cluster_project {
            body.set(&["clusterGroupId"], project_id(context.client()?, project).await?);
        }
        self.check_named(context, body).await?;
        let shown = Value::Object(body.shown.clone());
        redact::learn(context.ui.known(), &Value::Object(body.sent.clone()), &shown);
        fits(body, kind)
    }

    /// Checks that what the options name is there.
    async fn check_named(&self, context: &Context, body: &Body) -> Result<()> {
        if let Some(cluster) = &self.cluster {
            let on = context.project().await?;
            let home = body.text(&["clusterGroupId"]).unwrap_or(&on.project);
            clusters::check(context, &on.elsewhere(home), cluster).await?;
        }
        if let Some(id) = &self.private_link {
            private_links::check(context, context.project().await?, id).await?;
        }
        Ok(())
    }

    fn registry(&self, body: &mut Body, kind: &str) {
        if !self.registry_urls.is_empty() {
            body.set(
                &["schemaRegistryUrls"],
                self.registry_urls.items().cloned().collect::<Value>(),
            );
        }
        if kind != "SchemaRegistry" {
            return;
        }
        if self.inherit_sasl {
            body.set(&["schemaRegistryAuthentication", "type"], "SASL_INHERIT");
        } else if self.username.is_some() {
            body.set(&["schemaRegistryAuthentication", "type"], "USER_INFO");
        }
        if !self.registry_urls.is_empty() && body.text(&["provider"]).is_none() {
            body.set(&["provider"], "CONFLUENT");
        }
    }

    fn files(&self, context: &Context, body: &mut Body) -> Result<()> {
        let certificates: [(&str, &[&str], &Option<PathBuf>); 2] = [
            ("--broker-ca-file", &["security", "brokerPublicCertificate"], &self.broker_ca_file),
            (
                "--client-certificate",
                &["authentication", "sslCertificate"],
                &self.client_certificate,
            ),
        ];
        for (option, path, file) in certificates {
            let Some(file) = file else { continue };
            body.set(path, pem_file(option, file, pem::only_certificates)?);
        }
        if let Some(file) = &self.client_key {
            let key = pem_file("--client-key", file, pem::private_key)?;
            context.ui.known().learn(&key);
            body.set_secret(&["authentication", "sslKey"], &key, redact::MASK);
        }
        Ok(())
    }

    fn secrets(&self, context: &Context, body: &mut Body, auth: &str) -> Result<()> {
        set(context, &self.password, body, &[auth, "password"])?;
        set(context, &self.client_secret, body, &["authentication", "clientSecret"])?;
        set(context, &self.key_password, body, &["authentication", "sslKeyPassword"])?;
        Ok(())
    }

    fn headers(&self, context: &Context, body: &mut Body) -> Result<()> {
        for (name, value) in &self.headers {
            if redact::is_secret(name) {
                return Err(on_the_command_line(&format!("the header {name}"))
                    .hint("--header-env reads it from the environment"));
            }
            body.set(&["headers", name], value.as_str());
        }
        for (name, variable) in &self.header_env {
            let value = SecretSource::Variable(variable.clone()).read(
                context.ui.known(),
                &context.environment,
                "header",
            )?;
            let shown = format!("${{{variable}}}");
            body.set_secret(&["headers", name], value.expose_secret(), shown);
        }
        Ok(())
    }

    fn network(&self, body: &mut Body, kind: &str) -> Result<()> {
        let field = match kind {
            "AWSLambda" | "AzureBlobStorage" | "GCPPubSub" => "publicPrivateNetworking",
            _ => "networking",
        };
        let way = self.networking.as_ref().map(|way| way.to_uppercase());
        let way = way.or(self.private_link.is_some().then(|| "PRIVATE_LINK".to_owned()));
        let Some(way) = way else { return Ok(()) };
        if way == "VPC" && field == "publicPrivateNetworking" {
            return Err(Error::usage(format!(
                "{} connection takes PUBLIC or PRIVATE_LINK",
                with_article(kind)
            )));
        }
        match (way.as_str(), &self.private_link) {
            ("PRIVATE_LINK", None) if body.text(&[field, "access", "connectionId"]).is_none() => {
                Err(Error::usage("--networking PRIVATE_LINK needs --private-link ID")
                    .hint("spctl private-links list shows which ones exist"))
            }
            ("PRIVATE_LINK", link) => {
                body.set(&[field, "access", "type"], way);
                if let Some(link) = link {
                    body.set(&[field, "access", "connectionId"], link.as_str());
                }
                Ok(())
            }
            (_, Some(_)) => Err(Error::usage(format!("--private-link cannot be used with {way}"))),
            (_, None) => {
                body.set(&[field], json!({ "access": { "type": way } }));
                Ok(())
            }
        }
    }
}

/// Values as the API takes several of them in one text.
fn joined(lists: &Vec<CommaList<String>>) -> Option<String> {
    let values: Vec<&str> = lists.items().map(String::as_str).collect();
    (!values.is_empty()).then(|| values.join(","))
}

/// The text of a file in PEM form, which `check` finds nothing wrong with.
fn pem_file(option: &str, file: &Path, check: fn(&[u8]) -> Result<(), String>) -> Result<String> {
    let bytes = input::file(option, file)?;
    check(&bytes).map_err(|why| {
        Error::usage(format!("{option}: {} cannot be used: {why}", file.display()))
            .hint("nothing was changed")
    })?;
    input::utf8(option, file, bytes)
}

fn on_the_command_line(what: &str) -> Error {
    Error::usage(format!("{what} looks like a secret, which does not belong on the command line"))
}

/// Sets a secret from where an option says; a preview does not read stdin.
fn set<W: NamedSecret>(
    context: &Context,
    options: &SecretOptions<W>,
    body: &mut Body,
    path: &[&str],
) -> Result<()> {
    let secret = match options.is_stdin() && context.dry_run {
        true => Some(redact::MASK.into()),
        false => options.read(context.ui.known(), &context.environment)?,
    };
    if let Some(secret) = secret {
        body.set_secret(path, secret.expose_secret(), redact::MASK);
    }
    Ok(())
}
