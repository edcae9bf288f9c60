//! `connections diagnose`: why the other side of a connection does not answer.

use ipnet::IpNet;
use serde::Serialize;

use self::against::Compared;
use self::finding::{Finding, Severity};
use super::certificates::{Certificate, certificates};
use super::fetch::{self, shown};
use crate::atlas::Row;
use crate::atlas::connections::Connection;
use crate::brokers::lists::Reading;
use crate::brokers::set::Entry;
use crate::brokers::ways::Peer;
use crate::commands::instance_args::OnInstance;
use crate::commands::ips::against::{Against, AgainstArgs};
use crate::commands::ips::instance::{self, Place, Reach};
use crate::commands::ips::selection::{Selected, SelectionArgs, select};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;
use crate::ui::{Cell, Column, Detail, Listing, row};

mod against;
mod connection;
mod finding;
mod processors;
mod way;

/// Which connection to diagnose.
#[derive(Debug, clap::Args)]
#[command(
    mut_arg("against", |arg| arg.required(false)),
    after_help = "Nothing is sent to the broker itself. What Atlas says of the connection is held against what is \
known of brokers: the way to it and what stands there, the state, certificates, the addresses that \
must be let in, ports, and whether TLS is spoken on them. With --against, the addresses are held \
against what the broker or its firewall lets in today; spctl ips check reads the same files.

A finding is an error if it explains why the other side does not answer, otherwise a warning. Exit \
code 3 means that there is an error among the findings.

Examples:
  spctl connections diagnose order-events --instance orders
  aws ec2 describe-security-groups --group-ids sg-0123456789abcdef0 | \\
      spctl connections diagnose order-events --instance orders --against -
  spctl connections diagnose shop --instance orders -o json --jq .findings"
)]
pub struct Args {
    /// The connection
    #[arg(value_name = "CONNECTION")]
    name: String,
    #[command(flatten)]
    instance: OnInstance,
    #[command(flatten)]
    against: Option<AgainstArgs>,
    /// Access-control entries may name blocks: brokers of Kafka 4.4 or later, and Redpanda
    #[arg(long, requires = "against")]
    cidr: bool,
}

/// What there is to say of a connection, in the order in which it is said.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Diagnosis {
    connection: String,
    instance: String,
    #[serde(rename = "type")]
    kind: String,
    state: Option<String>,
    way: &'static str,
    /// Why no address needs to be let in, if none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_addresses: Option<String>,
    servers: Vec<ServerRow>,
    regions: Vec<RegionRow>,
    protocol: Option<String>,
    mechanism: Option<String>,
    certificates: Vec<Certificate>,
    /// What the other side must let in.
    addresses: Vec<AddressRow>,
    /// What it lets in today.
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Compared>,
    /// The processors that use the connection; none if that may not be read.
    processors: Option<Vec<ProcessorRow>>,
    findings: Vec<Finding>,
    /// Command lines to go on with.
    next: Vec<String>,
    #[serde(skip)]
    page: Page,
}

/// What the page for people has in other words than the document.
#[derive(Debug, Default)]
struct Page {
    way: String,
    after_failover: Vec<String>,
    authenticates_as: Option<String>,
}

#[derive(Debug, Serialize)]
struct ServerRow {
    host: String,
    port: Option<u16>,
}

#[derive(Debug, Serialize)]
struct RegionRow {
    provider: &'static str,
    region: String,
    failover: bool,
}

#[derive(Debug, Serialize)]
struct ProcessorRow {
    name: String,
    state: String,
}

/// An entry, as `ips` lists it.
#[derive(Debug, Serialize)]
struct AddressRow {
    cidr: String,
    provider: &'static str,
    region: String,
    origin: &'static str,
    because: Vec<String>,
}

impl AddressRow {
    fn of(selected: &Selected, entry: &Entry) -> Self {
        AddressRow {
            cidr: entry.net.to_string(),
            provider: entry.provider.key(),
            region: entry.region.clone(),
            origin: entry.origin.key(),
            because: selected.because(entry),
        }
    }
}

static LISTING: Listing<Diagnosis> = Listing {
    columns: &[
        Column::identifying("connection", |d| d.connection.as_str().into()),
        Column::new("type", |d| d.kind.as_str().into()),
        Column::new("state", |d| Cell::maybe(d.state.clone())),
        Column::new("way", |d| d.way.into()),
        Column::new("errors", |d| Cell::Count(d.count(Severity::Error) as u64)),
        Column::new("warnings", |d| Cell::Count(d.count(Severity::Warning) as u64)),
        Column::new("addresses", |d| Cell::Count(d.addresses.len() as u64)),
    ],
    default: 6,
    name: |d| d.connection.clone(),
};

/// Looks at everything that is known of a connection.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let reading = Reading { cidr: args.cidr };
    let against =
        args.against.as_ref().map(|against| against.read(context, reading)).transpose()?;
    let on = context.project().await?;
    let (name, instance) = (&args.name, &args.instance.name);
    let row = shown(fetch::one(on, instance, name).await?);
    let places = instance::read(on, instance, true).await?;
    let reaches = instance::reaches(on, instance, &row.view, &places).await?;
    let used_by = processors::using(on, instance, name).await?;
    let mut diagnosis = Diagnosis::new(instance, &row, &places, &reaches);
    let mut findings: Vec<Finding> = connection::state(instance, &row).into_iter().collect();
    findings.extend(connection::certificates(context, instance, &row.view));
    for reach in &reaches {
        findings.extend(connection::servers(&row.view, reach));
        findings.extend(way::findings(on, &row.view, reach).await?);
    }
    findings.extend(processors::findings(instance, used_by.as_deref()));
    if reaches.iter().any(|reach| reach.way.needs_none().is_none()) {
        findings.extend(diagnosis.let_in(context, &args, against.as_ref()).await?);
    } else if let Some(against) = &against {
        let what =
            format!("{} is held against nothing: no address is known to be needed", against.file);
        findings.push(Finding::warning("addresses", what));
    }
    diagnosis.processors = used_by.map(|used_by| {
        let row = |p: processors::Using| ProcessorRow { name: p.name, state: p.state };
        used_by.into_iter().map(row).collect()
    });
    diagnosis.conclude(context, findings);
    let errors = diagnosis.count(Severity::Error);
    context.ui.show(&LISTING, vec![row::computed(diagnosis)?], Diagnosis::detail)?;
    match errors {
        0 => Ok(()),
        _ => {
            let whom = match Peer::of(&row.view.kind) {
                Peer::Broker => "the broker does not answer",
                Peer::Web | Peer::Other => "the other side does not answer",
            };
            let why = match errors {
                1 => format!("1 error explains why {whom}"),
                n => format!("{n} errors explain why {whom}"),
            };
            Err(Error::new(Kind::Differs, format!("connection {name}: {why}")))
        }
    }
}

impl Diagnosis {
    fn new(instance: &str, row: &Row<Connection>, places: &[Place], reaches: &[Reach]) -> Self {
        let connection = &row.view;
        let own = Reach::of(connection, Vec::new());
        let region = |place: &Place| RegionRow {
            provider: place.provider.key(),
            region: place.region.clone(),
            failover: place.is_failover,
        };
        let authentication = connection.authentication.as_ref();
        let replaced = reaches.iter().filter(|reach| reach.replaces);
        let page = Page {
            way: own.way.to_string(),
            after_failover: replaced.map(Reach::summary).collect(),
            authenticates_as: authentication
                .and_then(|a| a.username.clone().or_else(|| a.client_id.clone())),
        };
        Diagnosis {
            connection: connection.name.clone(),
            instance: instance.to_owned(),
            kind: connection.kind.clone(),
            state: connection.state.clone(),
            way: own.way.key(),
            no_addresses: own.way.needs_none(),
            servers: (own.servers.into_iter())
                .map(|server| ServerRow { host: server.host, port: server.port })
                .collect(),
            regions: places.iter().map(region).collect(),
            protocol: connection.security.as_ref().and_then(|security| security.protocol.clone()),
            mechanism: authentication.and_then(|a| a.mechanism.clone()),
            certificates: certificates(connection),
            addresses: Vec::new(),
            against: None,
            processors: None,
            findings: Vec::new(),
            next: Vec::new(),
            page,
        }
    }

    /// Finds out which addresses must be let in, and whether they are.
    async fn let_in(
        &mut self,
        context: &Context,
        args: &Args,
        against: Option<&Against>,
    ) -> Result<Vec<Finding>> {
        let (name, instance) = (&args.name, &args.instance.name);
        let selection = format!("--instance {} --connection {}", quote(instance), quote(name));
        let selected = select(context, &SelectionArgs::of_connection(instance, name)).await;
        let mut findings = Vec::new();
        match selected {
            Ok(selected) => {
                let rows = selected.set.entries().iter().map(|e| AddressRow::of(&selected, e));
                self.addresses = rows.collect();
                if let Some(against) = against {
                    let wanted: Vec<IpNet> = selected.set.blocks().map(|entry| entry.net).collect();
                    let (compared, found) = against::compared(against, &wanted, &selected.ports);
                    self.against = Some(compared);
                    findings = found;
                }
                let file = args.against.as_ref().and_then(AgainstArgs::words);
                let cidr = if args.cidr { " --cidr" } else { "" };
                let check = file.map(|file| format!("spctl ips check {file}{cidr} {selection}"));
                self.next.extend(check);
                self.next.push(format!("spctl ips {selection}"));
            }
            Err(error) if error.kind() == Kind::Interrupted => return Err(error),
            Err(error) => {
                let what = format!("which addresses must be let in is not known: {error}");
                let finding = Finding::warning("addresses", what);
                let finding = error.hints().iter().fold(finding, |found, hint| found.hint(hint));
                findings.push(finding.next(format!("spctl ips {selection}")));
            }
        }
        Ok(findings)
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Takes the findings, errors first, and what to do about them.
    fn conclude(&mut self, context: &Context, mut findings: Vec<Finding>) {
        findings.sort_by_key(|finding| finding.severity);
        for hint in findings.iter_mut().flat_map(|finding| &mut finding.hints) {
            *hint = context.ui.pasteable(hint);
        }
        let mut next: Vec<String> = findings.iter().filter_map(|f| f.next.clone()).collect();
        next.append(&mut self.next);
        for line in next {
            let line = context.ui.pasteable(&line);
            if !self.next.contains(&line) {
                self.next.push(line);
            }
        }
        self.findings = findings;
    }

    fn detail(&self) -> Detail {
        let region = |row: &RegionRow| {
            let failover = if row.failover { " (failover)" } else { "" };
            format!("{} {}{failover}", row.provider, row.region)
        };
        let server = |row: &ServerRow| match (row.port, row.host.contains(':')) {
            (Some(port), true) => format!("[{}]:{port}", row.host),
            (Some(port), false) => format!("{}:{port}", row.host),
            (None, _) => row.host.clone(),
        };
        let speech: Vec<&str> =
            [&self.protocol, &self.mechanism].into_iter().flatten().map(String::as_str).collect();
        let who = self.page.authenticates_as.iter().map(|who| format!("as {who}"));
        let speech: Vec<String> = speech.into_iter().map(str::to_owned).chain(who).collect();
        let way = match &self.no_addresses {
            None => vec![self.page.way.clone()],
            Some(why) => vec![format!("{}: no addresses to let in", self.page.way), why.clone()],
        };
        let mut detail = vec![
            ("connection", vec![format!("{} ({})", self.connection, self.kind)]),
            ("instance", vec![self.instance.clone()]),
            ("state", self.state.iter().cloned().collect()),
            ("way", way),
            ("after a failover", self.page.after_failover.clone()),
            ("servers", self.servers.iter().map(server).collect()),
            ("regions", self.regions.iter().map(region).collect()),
            ("speaks", if speech.is_empty() { vec![] } else { vec![speech.join(", ")] }),
            ("certificates", self.certificates.iter().map(ToString::to_string).collect()),
            ("must let in", self.addresses_shown()),
        ];
        if let Some(used_by) = &self.processors {
            let used_by: Vec<String> =
                used_by.iter().map(|row| format!("{} ({})", row.name, row.state)).collect();
            let none = || vec!["no processor".to_owned()];
            detail.push(("used by", if used_by.is_empty() { none() } else { used_by }));
        }
        let mut findings: Vec<String> = self.findings.iter().flat_map(Finding::lines).collect();
        if findings.is_empty() {
            findings.push("nothing that explains why it would not answer".to_owned());
            if !self.addresses.is_empty() && self.against.is_none() {
                let unknown = "whether the addresses are let in is not known: --against FILE tells";
                findings.push(unknown.to_owned());
            }
        }
        detail.push(("findings", findings));
        detail.push(("next", self.next.clone()));
        detail.retain(|(_, values)| !values.is_empty());
        detail
    }

    /// As many as a page has room for; the document has them all.
    fn addresses_shown(&self) -> Vec<String> {
        const MOST: usize = 16;
        let origin = |row: &AddressRow| row.origin.replace('_', " ").replace("vpc", "VPC");
        let line = |row: &AddressRow| {
            format!("{}  {}, {} {}", row.cidr, origin(row), row.provider, row.region)
        };
        let mut lines: Vec<String> = self.addresses.iter().take(MOST).map(line).collect();
        let more = self.addresses.len().saturating_sub(MOST);
        lines.extend((more > 0).then(|| format!("and {more} more")));
        lines
    }
}
