//! `spctl local serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use secrecy::ExposeSecret;

use super::would;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::local::{self, InstanceOptions, Minute, Options, RateLimits, Server, Tls};
use crate::shell;
use crate::signals::Signals;
use crate::ui::NoColumns;

/// How many bytes of the log may wait for a reader; further lines are dropped.
const LOG_KEPT: usize = 1 << 20;

/// Open files for as many connections as are served at once, and for the store.
#[cfg(unix)]
const MOST_FILES: u64 = 4096;
/// How long lines may take to be written after the server has stopped.
const LINES_END: Duration = Duration::from_secs(2);

/// Where programs look for authorities to trust: those with OpenSSL, Go and spctl; curl and
/// Python's requests, which have words of their own that come first; Node.js.
const TRUST: [&str; 4] =
    ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"];

/// Where to listen, and what to answer.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The loopback address to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8765", value_parser = loopback)]
    listen: SocketAddr,
    /// Also answer requests to this host name, with any port
    #[arg(long = "allow-host", value_name = "NAME,…", num_args = 1.., value_parser = CommaListParser(host_name))]
    allow_hosts: Vec<CommaList<String>>,
    /// Answer https as well, on the same port; --tls only refuses plain http
    ///
    /// The certificate is for localhost, 127.0.0.1, ::1 and the address listened on, and is renewed by
    /// itself. It comes from an authority in the data directory, which clients must trust: the variables
    /// that are printed make most do so, and trust no other. The authority cannot certify any names but this
    /// machine's own and those of local instances.
    #[arg(
        long,
        value_name = "MODE",
        num_args = 0..=1,
        default_missing_value = "both"
    )]
    tls: Option<Scheme>,
    /// Listen for instances from this port on (by default 37017), or not at all
    ///
    /// Every instance has a port of its own, on 127.0.0.1, where shells and drivers connect to it as a
    /// database user, with or without TLS. A port is kept for its instance, which has another for as
    /// long as that is taken by another program; 0 is any free port. `spctl local endpoints` shows them.
    #[arg(long, value_name = "off|PORT", value_parser = FirstPort::from_str)]
    instances: Option<FirstPort>,
    /// Let clients sign in to instances with certificates by the authorities in this file (PEM)
    #[arg(long, value_name = "FILE")]
    client_ca: Option<PathBuf>,
    /// Answer this many requests per minute, including challenges, and refuse the rest with 429
    #[arg(long, value_name = "N")]
    rate_limit: Option<u32>,
    /// Count the last 60 seconds, instead of each minute separately
    #[arg(long, requires = "rate_limit")]
    sliding: bool,
}

/// What is answered on the port.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Scheme {
    /// https and plain http
    Both,
    /// https only
    Only,
}

/// Every client takes a socket: as many as the system lets this process have.
fn more_sockets() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        let enough = limit.maximum.map_or(MOST_FILES, |most| most.min(MOST_FILES));
        if limit.current.is_some_and(|current| current < enough) {
            limit.current = Some(enough);
            // With fewer of them, fewer clients are served at once.
            let _ = setrlimit(Resource::Nofile, limit);
        }
    }
}

/// What a server that runs has to say, or is told.
enum Event {
    Line(String),
    Signal,
    Over,
}

/// Takes the server's lines, and tells when it takes no more of them.
struct Log {
    events: mpsc::Sender<Event>,
    /// Bytes of the lines that nobody has read yet.
    kept: Arc<AtomicUsize>,
}

impl Log {
    /// Bounded, in case nobody reads it. Only one thread adds to it.
    fn add(&self, line: &str) {
        if self.kept.load(Ordering::Relaxed) + line.len() <= LOG_KEPT {
            self.kept.fetch_add(line.len(), Ordering::Relaxed);
            let _ = self.events.send(Event::Line(line.to_owned()));
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let _ = self.events.send(Event::Over);
    }
}

/// Stops the server, or waits until whoever does has done so.
fn stop(server: &Mutex<Option<Server>>) {
    drop(server.lock().unwrap_or_else(PoisonError::into_inner).take());
}

/// What a signal does: with the server the sessions of its clients end, which is recorded. The process
/// ends even where nobody reads its lines any more.
fn stops(
    server: Arc<Mutex<Option<Server>>>,
    events: mpsc::Sender<Event>,
) -> impl Fn(i32) + Send + Sync {
    move |signal| {
        let _ = events.send(Event::Signal);
        stop(&server);
        thread::sleep(LINES_END);
        Signals::end(signal);
    }
}

/// The port of the first instance, or `off`.
#[derive(Debug, Clone, Copy)]
enum FirstPort {
    Off,
    Port(u16),
}

impl FromStr for FirstPort {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "off" => Ok(FirstPort::Off),
            port => port.parse().map(FirstPort::Port).map_err(|_| "give a port, or off"),
        }
    }
}

/// A loopback address by number; who writes a name is told the number.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|e: std::net::AddrParseError| match text.strip_prefix("localhost:") {
        Some(port) => format!("{e}: give the address by number, 127.0.0.1:{port}"),
        None => e.to_string(),
    })
}

/// A host's name or address, without a port.
fn host_name(text: &str) -> Result<String, String> {
    let authority = text.parse::<http::uri::Authority>().ok();
    let is_name = authority.is_some_and(|a| a.host() == text && !text.contains('@'));
    is_name.then(|| text.to_owned()).ok_or_else(|| "give a name without a port".to_owned())
}

pub(super) fn run(context: &Context, path: PathBuf, args: Args) -> Result<()> {
    context.ui.check(&NoColumns)?;
    let Args { listen, allow_hosts, tls, instances, client_ca, rate_limit, sliding } = args;
    if context.dry_run {
        return would(context, &format!("serve {} on {listen}", path.display()));
    }
    let mut rate = RateLimits::default();
    if let Some(limit) = rate_limit {
        let minute = if sliding { Minute::Sliding } else { Minute::Fixed };
        rate = RateLimits { per_minute: limit, minute, everything: true, ..rate };
    }
    let mut options = Options::new(path);
    (options.listen, options.allow_hosts, options.rate) = (listen, allow_hosts.into_items(), rate);
    options.tls = match tls {
        None => Tls::Off,
        Some(Scheme::Both) => Tls::Both,
        Some(Scheme::Only) => Tls::Only,
    };
    options.instances = match instances {
        Some(FirstPort::Off) if client_ca.is_some() => {
            return Err(Error::usage("--client-ca needs instances, which are off"));
        }
        Some(FirstPort::Off) => None,
        Some(FirstPort::Port(port)) => Some(InstanceOptions { first_port: Some(port), client_ca }),
        None => Some(InstanceOptions { first_port: None, client_ca }),
    };
    serve(context, options)
}

fn serve(context: &Context, mut options: Options) -> Result<()> {
    let (listen, path) = (options.listen, options.store.clone());
    let mut uncertified = options.allow_hosts.clone();
    uncertified.retain(|host| options.tls != Tls::Off && !local::certifies(host));
    if !listen.ip().is_loopback() {
        return Err(Error::usage(format!("{listen} is not a loopback address"))
            .hint("listen on 127.0.0.1: the local control plane is for this machine alone"));
    }
    let (events, happens) = mpsc::channel::<Event>();
    let waiting = Arc::new(AtomicUsize::new(0));
    let log = Log { events: events.clone(), kept: Arc::clone(&waiting) };
    options.request_log = Some(Box::new(move |line| log.add(line)));
    more_sockets();
    let server = Server::start(options)?;
    let (public, private) = server.key();
    context.ui.known().learn(private.expose_secret());
    let ca_file = server.ca_file().map(std::path::absolute).transpose();
    let ca_file = ca_file.map_err(|e| Error::failed("cannot find the data directory").source(e))?;
    let ca_file = ca_file.map(|path| path.display().to_string());
    let trust = TRUST.iter().filter_map(|name| Some((*name, ca_file.as_deref()?)));
    let variables = trust.chain([
        ("MONGODB_ATLAS_BASE_URL", server.url()),
        ("MONGODB_ATLAS_OPS_MANAGER_URL", server.url()),
        ("MONGODB_ATLAS_PUBLIC_API_KEY", public),
        ("MONGODB_ATLAS_PRIVATE_API_KEY", private.expose_secret()),
        ("MONGODB_ATLAS_PROJECT_ID", server.default_project()),
        ("MONGODB_ATLAS_ORG_ID", server.default_org()),
    ]);
    for (name, value) in variables {
        context.ui.line(format!("export {name}={}", shell::quote(value)))?;
    }
    context.ui.flush()?;
    for host in uncertified {
        context.ui.note(format!(
            "the certificate is not for {host}: clients of the local authority trust it for names \
             of this machine only"
        ));
    }
    context.ui.note(format!("serving {} on {}", path.display(), server.url()));
    let server = Arc::new(Mutex::new(Some(server)));
    let _watch = context.signals.watch(stops(Arc::clone(&server), events));
    for event in happens {
        match event {
            Event::Line(line) => {
                waiting.fetch_sub(line.len(), Ordering::Relaxed);
                context.ui.note(line);
            }
            Event::Signal => {
                stop(&server);
                return Err(Error::new(Kind::Interrupted, "interrupted"));
            }
            Event::Over => break,
        }
    }
    stop(&server);
    Err(Error::failed("the local control plane stopped unexpectedly"))
}
