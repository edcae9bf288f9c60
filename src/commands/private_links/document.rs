//! The document of a new private link: from options, a file, or both.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::doubts;
use crate::brokers::regions::{self, Provider};
use crate::comma_list::{CommaList, Items};
use crate::commands::input;
use crate::commands::known::{self, Verbatim};
use crate::context::Context;
use crate::error::{Error, Result};

/// A field of the document, and the option that sets it.
type Need = (&'static str, &'static str);

/// What Atlas requires for each provider and vendor.
const NEEDED: &[(&str, &str, &[Need])] = &[
    ("AWS", "MSK", &[("arn", "--arn")]),
    ("AWS", "CONFLUENT", &[("serviceEndpointId", "--service-endpoint")]),
    ("AWS", "KINESIS", &[("region", "--region")]),
    ("AWS", "S3", &[("region", "--region")]),
    ("AWS", "LAMBDA", &[("region", "--region")]),
    (
        "AZURE",
        "EVENTHUB",
        &[("serviceEndpointId", "--service-endpoint"), ("dnsDomain", "--dns-domain")],
    ),
    (
        "AZURE",
        "CONFLUENT",
        &[("azureResourceIds", "--azure-resource-id"), ("dnsDomain", "--dns-domain")],
    ),
    ("GCP", "CONFLUENT", &[("gcpServiceAttachmentUris", "--gcp-service-attachment")]),
];

/// The vendors that Atlas is known to reach, as they are typed.
const VENDORS: [&str; 9] = [
    "generic",
    "msk",
    "confluent",
    "kinesis",
    "s3",
    "lambda",
    "eventhub",
    "azure-blob-storage",
    "pubsub",
];

/// The settings of a new private link.
#[derive(Debug, clap::Args)]
pub struct LinkDocument {
    /// A file with the whole document in JSON or YAML, or - for stdin; options override it
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// aws, azure or gcp
    #[arg(long, required_unless_present = "file", value_parser = ["aws", "azure", "gcp"], ignore_case = true)]
    provider: Option<String>,
    /// The kind of service. On AWS: msk, confluent, kinesis, s3, lambda; on Azure: eventhub,
    /// confluent, azure-blob-storage; on Google Cloud: confluent, pubsub [default: generic]
    #[arg(long)]
    vendor: Option<String>,
    /// The region of the service, by its provider's name
    #[arg(long)]
    region: Option<String>,
    /// The service: the name of a VPC endpoint service, or the id of an Event Hubs namespace
    #[arg(long, value_name = "ID")]
    service_endpoint: Option<String>,
    /// The service's ARN, for MSK
    #[arg(long)]
    arn: Option<String>,
    /// The domain of the service's host names
    #[arg(long, value_name = "DOMAIN")]
    dns_domain: Option<String>,
    /// A subdomain with its domain, usually an availability zone
    #[arg(long = "dns-sub-domain", value_name = "NAME,…", num_args = 1..)]
    dns_sub_domains: Vec<CommaList<String>>,
    /// The resource of an availability zone, for Confluent on Azure
    #[arg(long = "azure-resource-id", value_name = "ID,…", num_args = 1..)]
    azure_resource_ids: Vec<CommaList<String>>,
    /// The service attachment of an availability zone, for Confluent on Google Cloud; at most three
    #[arg(long = "gcp-service-attachment", value_name = "URI,…", num_args = 1..)]
    gcp_service_attachments: Vec<CommaList<String>>,
    /// The id of a Private Service Connect connection; at most three
    #[arg(long = "gcp-connection-id", value_name = "ID,…", num_args = 1..)]
    gcp_connection_ids: Vec<CommaList<String>>,
    /// How connections authenticate: tls, sasl-scram or iam
    #[arg(long, value_name = "SCHEME", value_parser = ["tls", "sasl-scram", "iam"])]
    authentication: Option<String>,
    #[command(flatten)]
    verbatim: Verbatim,
}

impl LinkDocument {
    /// The body of the request.
    ///
    /// # Errors
    /// Usage: the file cannot be read, or a field that the vendor requires is missing.
    pub fn body(&self, context: &Context) -> Result<Map<String, Value>> {
        let mut body = match &self.file {
            Some(file) => read(context, file)?,
            None => Map::new(),
        };
        self.check()?;
        let word = |text: &Option<String>| {
            text.as_ref().map(|text| json!(text.to_uppercase().replace('-', "_")))
        };
        let list = |lists: &Vec<CommaList<String>>| {
            (!lists.is_empty()).then(|| lists.items().cloned().collect::<Value>())
        };
        let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
        let given = [
            ("provider", word(&self.provider)),
            ("vendor", word(&self.vendor)),
            ("region", text(&self.region)),
            ("serviceEndpointId", text(&self.service_endpoint)),
            ("arn", text(&self.arn)),
            ("dnsDomain", text(&self.dns_domain)),
            ("dnsSubDomain", list(&self.dns_sub_domains)),
            ("azureResourceIds", list(&self.azure_resource_ids)),
            ("gcpServiceAttachmentUris", list(&self.gcp_service_attachments)),
            ("gcpConnectionIds", list(&self.gcp_connection_ids)),
            ("authenticationScheme", word(&self.authentication)),
        ];
        for (name, value) in given {
            body.extend(value.map(|value| (name.to_owned(), value)));
        }
        for doubt in complete(&mut body)? {
            context.ui.warn(doubt);
        }
        Ok(body)
    }
}

impl LinkDocument {
    /// Checks that the options name what is known, unless it is to be sent all the same.
    fn check(&self) -> Result<()> {
        if let Some(vendor) = &self.vendor {
            let is = |known: &str| known.eq_ignore_ascii_case(&vendor.replace('_', "-"));
            if !VENDORS.iter().any(|known| is(known)) {
                let otherwise = format!("the vendors are {}", VENDORS.join(", "));
                self.verbatim.or(|| known::unknown("vendor", vendor, VENDORS, otherwise))?;
            }
        }
        let provider = self.provider.as_ref().and_then(|name| name.parse::<Provider>().ok());
        if let (Some(region), Some(provider)) = (&self.region, provider) {
            let key = regions::key(provider, region).ok();
            if !key.is_some_and(|key| regions::is_known(provider, &key)) {
                self.verbatim.or(|| known::unknown_region(provider, region))?;
            }
        }
        Ok(())
    }
}

/// Checks that the vendor's required fields are set. An unknown vendor is left to the API. What is
/// required by the documentation alone is returned as doubts.
fn complete(body: &mut Map<String, Value>) -> Result<Vec<String>> {
    let word = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_uppercase);
    let Some(provider) = word("provider") else {
        return Err(Error::usage("the private link has no provider").hint("add --provider"));
    };
    let vendor = word("vendor").unwrap_or_else(|| "GENERIC".to_owned());
    let needed = NEEDED.iter().find(|(p, v, _)| *p == provider && *v == vendor);
    for (field, option) in needed.map_or(&[][..], |(.., fields)| fields) {
        if !body.contains_key(*field) {
            return Err(Error::usage(format!(
                "a private link to {vendor} on {provider} needs {field}"
            ))
            .hint(format!("add {option}")));
        }
    }
    // A Confluent cluster without subdomains needs an empty list.
    if (provider.as_str(), vendor.as_str()) == ("AWS", "CONFLUENT") {
        body.entry("dnsSubDomain").or_insert_with(|| json!([]));
    }
    Ok(doubts::of(&provider, &vendor, body))
}

fn read(context: &Context, file: &Path) -> Result<Map<String, Value>> {
    match input::document(context, "--file", file)? {
        Value::Object(body) => Ok(body),
        _ => Err(Error::usage(format!(
            "--file: {} does not contain a single object",
            input::name(file)
        ))),
    }
}
