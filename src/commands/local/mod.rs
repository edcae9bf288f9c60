//! `spctl local`: the embedded control plane, its store, its clock and its keys.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::local::admin::{self, Admin, Credential, CredentialKind};
use crate::local::{Clock, Create, Minute, Options, RateLimits, Server};
use crate::times::{self, Moment, rfc3339};
use crate::ui::{NoColumns, record};

/// What to do with the embedded control plane.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the Admin API over the local store, until interrupted
    ///
    /// Prints the environment that points a client at it on stdout, and one line a request on
    /// stderr. The key in it is an Organization Owner's and ends with the command.
    Serve {
        /// The loopback address to listen on
        #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8765")]
        listen: SocketAddr,
        /// Answer requests to this name, too, with whatever port; may be repeated
        #[arg(long = "allow-host", value_name = "NAME", value_parser = host_name)]
        allow_hosts: Vec<String>,
        /// Answer this many requests a minute, challenges counted, and refuse the rest with 429
        #[arg(long, value_name = "N")]
        rate_limit: Option<u32>,
        /// Count the last sixty seconds at any moment, instead of minute after minute
        #[arg(long, requires = "rate_limit")]
        sliding: bool,
    },
    /// Create the local store
    Init {
        /// What to create.
        #[command(flatten)]
        fresh: Fresh,
        /// Throw an existing store away
        #[arg(long)]
        force: bool,
    },
    /// Show what the local store holds
    Status,
    /// Throw away what the local store holds, keys included, and fill it anew
    Reset {
        /// What to create.
        #[command(flatten)]
        fresh: Fresh,
    },
    /// Show, advance or set the local store's clock
    #[command(subcommand)]
    Clock(ClockCommand),
    /// Credentials of the local control plane
    #[command(subcommand)]
    Key(KeyCommand),
}

/// How many bytes of the log wait for a reader; the lines that come then are left out.
const LOG_KEPT: usize = 1 << 20;

/// A host's name or address, without a port.
fn host_name(text: &str) -> Result<String, String> {
    let authority = text.parse::<http::uri::Authority>().ok();
    let is_name = authority.is_some_and(|a| a.host() == text && !text.contains('@'));
    is_name.then(|| text.to_owned()).ok_or_else(|| "say a name without a port".to_owned())
}

/// What a new store starts with.
#[derive(Debug, Args)]
pub struct Fresh {
    /// Only one organisation with one project, instead of the sample
    #[arg(long)]
    empty: bool,
    /// What ids and sample events are derived from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// What the store's clock says at first
    #[arg(long, value_name = "TIME", value_parser = times::parse)]
    now: Option<Moment>,
    /// How many database users a project may have, or none for any number; 100 by default, as in
    /// Atlas
    #[arg(long, value_name = "N|none", value_parser = user_limit)]
    limit_users: Option<u32>,
}

impl Fresh {
    fn create(&self) -> Create {
        let (seed, now) = (self.seed, self.now.map(|now| now.ago(Timestamp::now())));
        match self.empty {
            true => Create::Empty { seed, now },
            false => Create::Sample { seed, now },
        }
    }

    fn finish(&self, admin: &mut Admin) -> Result<()> {
        self.limit_users.map_or(Ok(()), |most| admin.limit_users(most))
    }
}

/// A number of users; `none` is no limit, which is kept as 0.
fn user_limit(text: &str) -> Result<u32, String> {
    match text {
        "none" => Ok(0),
        _ => text
            .parse()
            .ok()
            .filter(|n| *n > 0)
            .ok_or_else(|| "say a number from 1, or none".into()),
    }
}

/// What to do with the clock.
#[derive(Debug, Subcommand)]
pub enum ClockCommand {
    /// Show the store's time
    Show,
    /// Move the clock onwards
    Advance {
        /// How far: 90s, 15m, 8h, 31d, 2w
        #[arg(value_name = "SPAN", value_parser = span)]
        by: SignedDuration,
    },
    /// Set the clock, which runs on from there
    Set {
        /// A date, or a date and time
        #[arg(value_parser = times::parse)]
        time: Moment,
    },
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make an API key that holds exactly these roles; its private half is shown this once
    Create {
        /// A role, by any of its names (project-read-only, GROUP_READ_ONLY)
        #[arg(long = "role", required = true, value_name = "ROLE", num_args = 1..)]
        roles: Vec<String>,
        /// Make a service account instead
        #[arg(long)]
        service_account: bool,
    },
}

fn span(text: &str) -> Result<SignedDuration, String> {
    match times::parse(text)? {
        Moment::Span(span) => Ok(span),
        Moment::At(_) => Err("say how far, as in 8h or 31d".into()),
    }
}

/// Runs one of them. They are about the local store whatever else the settings name.
///
/// # Errors
/// Those of the store; an address that is taken.
pub fn run(context: &Context, command: Command) -> Result<()> {
    let path = context.environment.data_dir()?.join("local.sqlite");
    match &command {
        Command::Status | Command::Clock(_) | Command::Key(_) => context.ui.check_record()?,
        Command::Serve { .. } | Command::Init { .. } | Command::Reset { .. } => {
            context.ui.check(&NoColumns)?;
        }
    }
    match command {
        Command::Serve { listen, .. } if context.dry_run => {
            would(context, &format!("serve {} on {listen}", path.display()))
        }
        Command::Serve { listen, allow_hosts, rate_limit, sliding } => {
            let mut rate = RateLimits::default();
            if let Some(limit) = rate_limit {
                let minute = if sliding { Minute::Sliding } else { Minute::Fixed };
                rate = RateLimits { per_minute: limit, minute, everything: true, ..rate };
            }
            let mut options = Options::new(path);
            (options.listen, options.allow_hosts, options.rate) = (listen, allow_hosts, rate);
            serve(context, options)
        }
        Command::Init { fresh, force } => {
            if context.dry_run {
                if admin::is_there(&path)? && !force {
                    return Err(admin::there_already(&path));
                }
                return would(context, &format!("create {} anew", path.display()));
            }
            let mut admin = Admin::init(&path, fresh.create(), Clock::System, force)?;
            fresh.finish(&mut admin)?;
            context.ui.note(format!("created {}", path.display()));
            Ok(())
        }
        Command::Reset { fresh } => {
            let mut admin = Admin::open(&path, Clock::System)?;
            if context.dry_run {
                return would(
                    context,
                    &format!("throw away everything in {}, keys included", path.display()),
                );
            }
            let question = format!("Throw away everything in {}, keys included?", path.display());
            if !context.ui.confirm(&question)? {
                return Err(Error::new(Kind::Usage, "not confirmed, nothing was done"));
            }
            admin.reset(fresh.create())?;
            fresh.finish(&mut admin)?;
            context.ui.note(format!("reset {}", path.display()));
            Ok(())
        }
        Command::Status => status(context, &Admin::open(&path, Clock::System)?),
        Command::Clock(ClockCommand::Advance { by }) if context.dry_run => {
            would(context, &format!("move the clock of {} on by {by:#}", path.display()))
        }
        Command::Clock(ClockCommand::Set { time }) if context.dry_run => {
            let time = rfc3339(time.ago(Timestamp::now()));
            would(context, &format!("set the clock of {} to {time}", path.display()))
        }
        Command::Clock(command) => clock(context, &mut Admin::open(&path, Clock::System)?, command),
        Command::Key(KeyCommand::Create { roles, service_account }) => {
            let kind = match service_account {
                true => CredentialKind::ServiceAccount,
                false => CredentialKind::ApiKey,
            };
            if context.dry_run {
                let noun = if service_account { "a service account" } else { "an API key" };
                return would(context, &format!("make {noun} that holds {}", roles.join(", ")));
            }
            // The first use of a store creates it, whichever command it is.
            let mut admin = open_or_create(path.clone())?;
            let project = context.flags.project.as_deref();
            let credential = admin.create_credential(kind, &roles, project)?;
            context.ui.note(format!("local control plane: {}", path.display()));
            key(context, kind, &credential)
        }
    }
}

/// Says what was left undone: the local store has no requests that could be shown.
fn would(context: &Context, what: &str) -> Result<()> {
    context.ui.note(format!("would {what}; nothing was done"));
    Ok(())
}

fn open_or_create(path: PathBuf) -> Result<Admin> {
    match Admin::open(&path, Clock::System) {
        Err(error) if error.kind() == Kind::NotFound => {
            Admin::init(&path, Create::default(), Clock::System, false)
        }
        other => other,
    }
}

fn serve(context: &Context, mut options: Options) -> Result<()> {
    let (listen, path) = (options.listen, options.store.clone());
    if !listen.ip().is_loopback() {
        return Err(Error::usage(format!("{listen} is not a loopback address"))
            .hint("the local control plane speaks plain HTTP: listen on 127.0.0.1"));
    }
    let (lines, log) = mpsc::channel::<String>();
    let waiting = Arc::new(AtomicUsize::new(0));
    let kept = Arc::clone(&waiting);
    options.request_log = Some(Box::new(move |line| {
        // What nobody reads is not kept for ever. One thread alone adds to it.
        if kept.load(Ordering::Relaxed) + line.len() <= LOG_KEPT {
            kept.fetch_add(line.len(), Ordering::Relaxed);
            let _ = lines.send(line.to_owned());
        }
    }));
    let server = Server::start(options)?;
    let (public, private) = server.key();
    context.ui.known().learn(private.expose_secret());
    for (name, value) in [
        ("MONGODB_ATLAS_BASE_URL", server.url()),
        ("MONGODB_ATLAS_OPS_MANAGER_URL", server.url()),
        ("MONGODB_ATLAS_PUBLIC_API_KEY", public),
        ("MONGODB_ATLAS_PRIVATE_API_KEY", private.expose_secret()),
        ("MONGODB_ATLAS_PROJECT_ID", server.default_project()),
        ("MONGODB_ATLAS_ORG_ID", server.default_org()),
    ] {
        context.ui.line(format!("export {name}={value}"))?;
    }
    context.ui.flush()?;
    context.ui.note(format!("serving {} on {}", path.display(), server.url()));
    for line in log {
        waiting.fetch_sub(line.len(), Ordering::Relaxed);
        context.ui.note(line);
    }
    server.wait();
    Err(Error::failed("the local control plane ended by itself"))
}

fn status(context: &Context, admin: &Admin) -> Result<()> {
    let status = admin.status()?;
    let mut document = json!({
        "store": status.path.display().to_string(),
        "time": rfc3339(status.now),
        "clockOffsetSeconds": status.offset.as_secs(),
        "defaultProject": status.default_project,
        "defaultOrg": status.default_org,
        "keys": status.keys,
        "auditLines": status.audit_lines,
    });
    for (kind, count) in status.documents {
        document[format!("{kind}s")] = count.into();
    }
    show(context, &document)
}

fn clock(context: &Context, admin: &mut Admin, command: ClockCommand) -> Result<()> {
    let now = match command {
        ClockCommand::Show => admin.status()?.now,
        ClockCommand::Advance { by } => admin.advance(by)?,
        ClockCommand::Set { time } => {
            admin.set_time(time.ago(Timestamp::now()))?;
            admin.status()?.now
        }
    };
    show(context, &json!({ "time": rfc3339(now) }))
}

fn key(context: &Context, kind: CredentialKind, credential: &Credential) -> Result<()> {
    let (name, secret) = match kind {
        CredentialKind::ApiKey => ("MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"),
        CredentialKind::ServiceAccount => {
            ("MONGODB_ATLAS_CLIENT_ID", "MONGODB_ATLAS_CLIENT_SECRET")
        }
    };
    context.ui.known().learn(credential.secret.expose_secret());
    if context.ui.wants_data() {
        let (name, secret) = match kind {
            CredentialKind::ApiKey => ("publicKey", "privateKey"),
            CredentialKind::ServiceAccount => ("clientId", "clientSecret"),
        };
        return show(
            context,
            &json!({
                name: credential.name,
                secret: credential.secret.expose_secret(),
                "roles": credential.roles,
            }),
        );
    }
    context.ui.line(format!("export {name}={}", credential.name))?;
    context.ui.line(format!("export {secret}={}", credential.secret.expose_secret()))
}

/// A document in the format asked for; without one, a line an attribute.
fn show(context: &Context, document: &Value) -> Result<()> {
    context.ui.record(&record::lines(document), document)
}
