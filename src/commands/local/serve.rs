//! `spctl local serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use secrecy::ExposeSecret;

use super::would;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::local::{self, Minute, Options, RateLimits, Server, Tls};
use crate::shell;
use crate::ui::NoColumns;

/// How many bytes of the log may wait for a reader; further lines are dropped.
const LOG_KEPT: usize = 1 << 20;

/// Where programs look for authorities to trust: those with OpenSSL, Go and spctl; curl and
/// Python's requests, which have words of their own that come first; Node.js.
const TRUST: [&str; 4] =
    ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"];

/// Where to listen, and what to answer.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The loopback address to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8765")]
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

/// A host's name or address, without a port.
fn host_name(text: &str) -> Result<String, String> {
    let authority = text.parse::<http::uri::Authority>().ok();
    let is_name = authority.is_some_and(|a| a.host() == text && !text.contains('@'));
    is_name.then(|| text.to_owned()).ok_or_else(|| "give a name without a port".to_owned())
}

pub(super) fn run(context: &Context, path: PathBuf, args: Args) -> Result<()> {
    context.ui.check(&NoColumns)?;
    let Args { listen, allow_hosts, tls, rate_limit, sliding } = args;
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
    let (lines, log) = mpsc::channel::<String>();
    let waiting = Arc::new(AtomicUsize::new(0));
    let kept = Arc::clone(&waiting);
    options.request_log = Some(Box::new(move |line| {
        // Bounded, in case nobody reads it. Only one thread adds to it.
        if kept.load(Ordering::Relaxed) + line.len() <= LOG_KEPT {
            kept.fetch_add(line.len(), Ordering::Relaxed);
            let _ = lines.send(line.to_owned());
        }
    }));
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
    for line in log {
        waiting.fetch_sub(line.len(), Ordering::Relaxed);
        context.ui.note(line);
    }
    server.wait();
    Err(Error::failed("the local control plane stopped unexpectedly"))
}
