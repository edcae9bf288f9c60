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
use crate::local::{Minute, Options, RateLimits, Server};
use crate::ui::NoColumns;

/// How many bytes of the log may wait for a reader; further lines are dropped.
const LOG_KEPT: usize = 1 << 20;

/// Where to listen, and what to answer.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The loopback address to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8765")]
    listen: SocketAddr,
    /// Also answer requests to this host name, with any port
    #[arg(long = "allow-host", value_name = "NAME,…", num_args = 1.., value_parser = CommaListParser(host_name))]
    allow_hosts: Vec<CommaList<String>>,
    /// Answer this many requests per minute, including challenges, and refuse the rest with 429
    #[arg(long, value_name = "N")]
    rate_limit: Option<u32>,
    /// Count the last 60 seconds, instead of each minute separately
    #[arg(long, requires = "rate_limit")]
    sliding: bool,
}

/// A host's name or address, without a port.
fn host_name(text: &str) -> Result<String, String> {
    let authority = text.parse::<http::uri::Authority>().ok();
    let is_name = authority.is_some_and(|a| a.host() == text && !text.contains('@'));
    is_name.then(|| text.to_owned()).ok_or_else(|| "give a name without a port".to_owned())
}

pub(super) fn run(context: &Context, path: PathBuf, args: Args) -> Result<()> {
    context.ui.check(&NoColumns)?;
    let Args { listen, allow_hosts, rate_limit, sliding } = args;
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
    serve(context, options)
}

fn serve(context: &Context, mut options: Options) -> Result<()> {
    let (listen, path) = (options.listen, options.store.clone());
    if !listen.ip().is_loopback() {
        return Err(Error::usage(format!("{listen} is not a loopback address"))
            .hint("listen on 127.0.0.1: the local control plane speaks plain HTTP"));
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
    Err(Error::failed("the local control plane stopped unexpectedly"))
}
