//! `connections check`: when the certificates of connections end.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::ser::Serializer;

use super::certificates::{Certificate, certificates};
use super::fetch;
use crate::commands::instance_args::OnInstance;
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times::{self, Moment};
use crate::ui::{Cell, Column, Listing, plural};

/// Which connections to check.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 3 means that a certificate has expired, expires within the time, or cannot be read.

Examples:
  spctl connections check all --instance orders
  spctl connections check order-events --instance orders --within 90d"
)]
pub struct Args {
    /// The connections, all for every connection, or - to read names from stdin
    #[arg(value_name = "NAME|all", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    instance: OnInstance,
    /// Exit with code 3 if a certificate expires within this time
    #[arg(long, value_name = "TIME", default_value = "30d", value_parser = span)]
    within: Duration,
}

fn span(text: &str) -> Result<Duration, String> {
    match times::parse(text) {
        Ok(Moment::Span(span)) => Duration::try_from(span).map_err(|e| e.to_string()),
        Ok(Moment::At(_)) => Err("expected a length of time, such as 30d, not a date".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// A certificate of a connection, and the verdict on it.
#[derive(Serialize)]
struct CheckedCertificate {
    connection: String,
    #[serde(flatten)]
    certificate: Certificate,
    verdict: &'static str,
    /// How long until it ends; negative if it has ended.
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

static LISTING: Listing<CheckedCertificate> = Listing {
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

/// Checks certificates.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let instance = &args.instance.name;
    let wanted = names::read(context, &args.names)?;
    let known = fetch::fetch(on, instance).await?;
    let all = wanted.iter().any(|name| name == "all");
    let mut failed = Vec::new();
    for name in wanted.iter().filter(|name| *name != "all") {
        if !known.iter().any(|row| row.view.name == *name) {
            failed.push(fetch::not_there(instance, name, fetch::names(&known)));
        }
    }
    let now = context.ui.now();
    let soon = now.checked_add(args.within).unwrap_or(Timestamp::MAX);
    let mut found = Vec::new();
    for row in known.iter().filter(|row| all || wanted.contains(&row.view.name)) {
        for certificate in certificates(&row.view) {
            let verdict = certificate.verdict(now, soon);
            let end = certificate.read.as_ref().ok().map(|(.., end)| *end);
            let left = end.map(|end| end.duration_since(now));
            found.push(CheckedCertificate {
                connection: row.view.name.clone(),
                certificate,
                verdict,
                left,
            });
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
                "{bad} of {} expired, expire soon, or cannot be read",
                plural(looked_at, "certificate")
            ),
        )
        .hint("spctl connections update NAME with --broker-ca-file or --client-certificate sets a new one")),
    }
}
