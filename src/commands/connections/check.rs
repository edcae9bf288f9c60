//! `connections check`: when the certificates of connections end.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use x509_cert::Certificate as X509;

use super::{Instance, list, subject};
use crate::atlas::connections::Connection;
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times::{self, Moment, rfc3339};
use crate::ui::{Cell, Column, Listing, plural};

/// Which connections to look at.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 3 says that a certificate has ended, ends within the time, or cannot be read.

Examples:
  spctl connections check all --instance orders
  spctl connections check order-events --instance orders --within 90d"
)]
pub struct Args {
    /// The connections, all for every one, or - to read names from stdin
    #[arg(value_name = "NAME|all", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    instance: Instance,
    /// A certificate that ends within this time is told of with exit code 3
    #[arg(long, value_name = "TIME", default_value = "30d", value_parser = span)]
    within: Duration,
}

fn span(text: &str) -> Result<Duration, String> {
    match times::parse(text) {
        Ok(Moment::Span(span)) => Duration::try_from(span).map_err(|e| e.to_string()),
        Ok(Moment::At(_)) => Err("say how long, such as 30d, not until when".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// One certificate that a connection holds.
pub struct Certificate {
    field: &'static str,
    /// Subject, beginning and end; or why it cannot be read.
    read: Result<(String, Timestamp, Timestamp), String>,
}

/// Where it stands, its subject, beginning and end; or what is the matter with it.
impl Serialize for Certificate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("field", self.field)?;
        match &self.read {
            Ok((subject, begin, end)) => {
                document.serialize_entry("subject", subject)?;
                document.serialize_entry("notBefore", &rfc3339(*begin))?;
                document.serialize_entry("notAfter", &rfc3339(*end))?;
            }
            Err(why) => document.serialize_entry("problem", why)?,
        }
        document.end()
    }
}

/// `security.brokerPublicCertificate: CN=… ends 2027-01-01T00:00:00Z`
impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.read {
            Ok((subject, _, end)) => {
                write!(f, "{}: {subject}, ends {}", self.field, rfc3339(*end))
            }
            Err(why) => write!(f, "{}: cannot be read: {why}", self.field),
        }
    }
}

/// The certificates of a connection, in the order in which they stand there.
pub fn certificates(connection: &Connection) -> Vec<Certificate> {
    let trusted = connection.security.as_ref().and_then(|s| s.broker_public_certificate.as_deref());
    let own = connection.authentication.as_ref().and_then(|a| a.ssl_certificate.as_deref());
    let held =
        [("security.brokerPublicCertificate", trusted), ("authentication.sslCertificate", own)];
    let held = held.into_iter().filter_map(|(field, pem)| Some((field, pem?)));
    held.filter(|(_, pem)| !pem.trim().is_empty())
        .flat_map(|(field, pem)| read(pem).into_iter().map(move |read| Certificate { field, read }))
        .collect()
}

/// The certificates of a text in PEM form: a chain has several.
fn read(pem: &str) -> Vec<Result<(String, Timestamp, Timestamp), String>> {
    let chain = match X509::load_pem_chain(pem.as_bytes()) {
        Ok(chain) if !chain.is_empty() => chain,
        Ok(_) => return vec![Err("it holds no certificate in PEM form".to_owned())],
        Err(error) => return vec![Err(error.to_string())],
    };
    let moment = |time: x509_cert::time::Time| {
        let seconds = i64::try_from(time.to_unix_duration().as_secs());
        seconds.ok().and_then(|seconds| Timestamp::from_second(seconds).ok())
    };
    let one = |certificate: &X509| {
        let inner = certificate.tbs_certificate();
        let validity = inner.validity();
        let times = moment(validity.not_before).zip(moment(validity.not_after));
        let (from, to) = times.ok_or_else(|| "its time lies out of reach".to_owned())?;
        Ok((subject::of(inner.subject()), from, to))
    };
    chain.iter().map(one).collect()
}

/// A certificate of a connection, and what is to be said of it.
#[derive(Serialize)]
struct Checked {
    connection: String,
    #[serde(flatten)]
    certificate: Certificate,
    verdict: &'static str,
    /// How long until it ends; negative where it has ended.
    #[serde(
        rename = "secondsLeft",
        serialize_with = "in_seconds",
        skip_serializing_if = "Option::is_none"
    )]
    left: Option<SignedDuration>,
}

fn in_seconds<S: Serializer>(
    left: &Option<SignedDuration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    left.map(|left| left.as_secs()).serialize(serializer)
}

static LISTING: Listing<Checked> = Listing {
    columns: &[
        Column::identifying("connection", |f| f.connection.as_str().into()),
        Column::telling_apart("certificate", |f| f.certificate.field.into()),
        Column::new("subject", |f| match &f.certificate.read {
            Ok((subject, ..)) => subject.as_str().into(),
            Err(why) => why.as_str().into(),
        }),
        Column::new("ends", |f| {
            f.certificate.read.as_ref().map_or(Cell::Empty, |(.., end)| Cell::Moment(*end))
        }),
        Column::new("verdict", |f| f.verdict.into()),
        Column::new("left", |f| f.left.map_or(Cell::Empty, Cell::Duration)),
    ],
    default: 5,
    name: |f| f.connection.clone(),
};

/// Looks at certificates.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let instance = &args.instance.name;
    let wanted = names::read(context, &args.names)?;
    let known = list::fetch(on, instance).await?;
    let all = wanted.iter().any(|name| name == "all");
    let mut failed = Vec::new();
    for name in wanted.iter().filter(|name| *name != "all") {
        if !known.iter().any(|row| row.view.name == *name) {
            failed.push(list::not_there(instance, name));
        }
    }
    let now = context.ui.now();
    let soon = now.checked_add(args.within).unwrap_or(Timestamp::MAX);
    let mut found = Vec::new();
    for row in known.iter().filter(|row| all || wanted.contains(&row.view.name)) {
        for certificate in certificates(&row.view) {
            let verdict = verdict(&certificate, now, soon);
            let end = certificate.read.as_ref().ok().map(|(.., end)| *end);
            let left = end.map(|end| end.duration_since(now));
            found.push(Checked { connection: row.view.name.clone(), certificate, verdict, left });
        }
    }
    let bad = found.iter().filter(|found| found.verdict != "valid").count();
    let looked_at = found.len();
    if context.ui.options().names {
        found.dedup_by(|one, other| one.connection == other.connection);
    }
    let nothing = "none of these connections holds a certificate";
    context.ui.list_computed(&LISTING, found, nothing)?;
    names::failures(context, failed, wanted.len(), "connection")?;
    match bad {
        0 => Ok(()),
        _ => Err(Error::new(
            Kind::Differs,
            format!(
                "{bad} of {} ended, end soon, or cannot be read",
                plural(looked_at, "certificate")
            ),
        )
        .hint("a new one is set with: spctl connections update NAME, with --broker-ca-file or --client-certificate")),
    }
}

fn verdict(certificate: &Certificate, now: Timestamp, soon: Timestamp) -> &'static str {
    match &certificate.read {
        Err(_) => "unreadable",
        Ok((.., end)) if *end <= now => "ended",
        Ok((.., end)) if *end <= soon => "ends soon",
        Ok((_, begin, _)) if *begin > now => "not yet valid",
        Ok(_) => "valid",
    }
}
