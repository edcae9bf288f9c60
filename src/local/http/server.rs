//! The server's thread: starting, stopping, and what it is started with.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{oneshot, watch};

use super::auth::{Authenticator, Key};
use super::doorway::Hosts;
use super::faults::Faults;
use super::operation::Shared;
use super::rate::RateLimits;
use super::rate::Windows;
use super::recorder::Recorder;
use super::service::{self, Origin, Service};
use super::transport::{Tls, Transport};
use crate::error::{Error, Result};
use crate::local::admin::{CredentialKind, fresh_pair};
use crate::local::seats::{Limits, Seats};
use crate::local::store::{self, Store, meta};
use crate::local::wire::{Endpoints, InstanceOptions, Plane, Tell};
use crate::local::{Clock, Create, RequestLog, crypto};

/// How long requests in flight may take to end when the server stops.
const GRACE: Duration = Duration::from_millis(500);
/// A request's line and headers, and whatever else of a connection is read ahead.
const MOST_HEAD_BYTES: usize = 32 << 10;
/// What connections may take. Clients that sign in do so with every request.
const LIMITS: Limits = Limits {
    seats: 512,
    strangers: 256,
    held: 32 << 20,
    silent: Duration::from_secs(10),
    quiet: Duration::from_secs(10),
};

/// What a server is started with.
pub struct Options {
    /// The SQLite file; its directory is created when there is none.
    pub store: PathBuf,
    /// Where to listen; port 0 is any free port.
    pub listen: SocketAddr,
    /// Names besides its own that requests may call the server by.
    pub allow_hosts: Vec<String>,
    /// Whether it answers https.
    pub tls: Tls,
    /// How its instances are served, if they are.
    pub instances: Option<InstanceOptions>,
    /// What to do when the store does not exist yet.
    pub create: Create,
    /// What time it is, but for the store's own offset.
    pub clock: Clock,
    /// Rate limits.
    pub rate: RateLimits,
    /// Faults on order.
    pub faults: Faults,
    /// Records requests and answers.
    pub recorder: Option<Recorder>,
    /// Takes a line a request.
    pub request_log: Option<RequestLog>,
    /// Whether objects link to themselves. Those of a server that ends with its command lead
    /// nowhere.
    pub object_links: bool,
}

impl Options {
    /// Any free loopback port, the sample for a new store, system time, Atlas' usual limits.
    pub fn new(store: impl Into<PathBuf>) -> Self {
        Options {
            store: store.into(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_hosts: Vec::new(),
            tls: Tls::Off,
            instances: None,
            create: Create::default(),
            clock: Clock::System,
            rate: RateLimits::default(),
            faults: Faults::default(),
            recorder: None,
            request_log: None,
            object_links: true,
        }
    }
}

/// A running control plane; it stops when it is dropped.
pub struct Server {
    url: String,
    ca_file: Option<PathBuf>,
    token: SecretString,
    key: (String, SecretString),
    default_project: String,
    default_org: String,
    began: Timestamp,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Opens the store, creating it if need be, and serves it.
    ///
    /// # Errors
    /// The store cannot be opened or is none of ours, or the address is taken.
    pub fn start(options: Options) -> Result<Server> {
        let mut db = store::open(&options.store, |db| options.create.fill(db, options.clock))?;
        let read = |key| -> Result<String> {
            let value = meta::get(&db, key)
                .map_err(|e| store::failure(&options.store, "cannot read", e))?;
            Ok(value.unwrap_or_default())
        };
        let (default_project, default_org) =
            (read(meta::DEFAULT_PROJECT)?, read(meta::DEFAULT_ORG)?);
        let began = options.clock.now(&db);
        let began = began.map_err(|e| store::failure(&options.store, "cannot read", e))?;
        let listener =
            TcpListener::bind(options.listen).map_err(|e| cannot_listen(options.listen, e))?;
        let failed = |e| Error::failed("cannot start the local control plane").source(e);
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let log: Option<Tell> = options.request_log.map(Tell::from);
        let tell = log.clone().unwrap_or_else(|| Arc::new(|_: &str| {}));
        let instances = options.instances.as_ref();
        let endpoints =
            instances.map(|served| Endpoints::bind(served, &options.store, &mut db, tell));
        let endpoints = endpoints.transpose()?;
        let directory = store::directory(&options.store);
        let transport = Transport::new(options.tls, directory, address, &options.allow_hosts)?;
        let url = transport.url().to_string();
        let ca_file = transport.ca_file().map(Path::to_owned);
        let no_random = |e| Error::failed("cannot get random numbers from the system").source(e);
        let token = crypto::random_token().map_err(no_random)?;
        let (name, secret) = fresh_pair(CredentialKind::ApiKey).map_err(no_random)?;
        let key = Key { ha1: crypto::ha1(&name, secret.expose_secret()), name: name.clone() };
        let service = Arc::new(Service {
            shared: Arc::new(Shared {
                gate: Authenticator::new(&token, key),
                windows: Windows::default(),
                limits: options.rate,
                clock: options.clock,
            }),
            transport,
            hosts: Hosts::new(address.ip(), &options.allow_hosts),
            store: Arc::new(Store::new(db)),
            turn: tokio::sync::Mutex::default(),
            faults: options.faults,
            recorder: options.recorder,
            log,
            changed: Arc::default(),
            object_links: options.object_links,
        });
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("spctl-local".into())
            .spawn(move || {
                runtime.block_on(serve(listener, service, endpoints, stopped));
            })
            .map_err(failed)?;
        Ok(Server {
            url,
            ca_file,
            token: SecretString::from(token),
            key: (name, secret),
            default_project,
            default_org,
            began,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Scheme, host and port.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The file of the authority that clients of its https must trust, in PEM.
    pub fn ca_file(&self) -> Option<&Path> {
        self.ca_file.as_deref()
    }

    /// Both halves of an API key of this server's lifetime that acts as Organization Owner.
    pub fn key(&self) -> (&str, &SecretString) {
        (&self.key.0, &self.key.1)
    }

    /// A bearer token of this server's lifetime that acts as Organization Owner.
    pub fn token(&self) -> &SecretString {
        &self.token
    }

    /// Id of the project to use when none is named.
    pub fn default_project(&self) -> &str {
        &self.default_project
    }

    /// The store's time when the server was started.
    pub fn began(&self) -> Timestamp {
        self.began
    }

    /// Id of the organisation to use when none is named.
    pub fn default_org(&self) -> &str {
        &self.default_org
    }

    /// Ends requests in flight, then the server.
    pub fn stop(mut self) {
        self.shut_down();
    }

    /// Waits until the server ends by itself, which it does only on an error of the listener.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    fn shut_down(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shut_down();
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("url", &self.url).finish_non_exhaustive()
    }
}

fn cannot_listen(address: SocketAddr, error: std::io::Error) -> Error {
    let taken = error.kind() == std::io::ErrorKind::AddrInUse;
    let failed = Error::failed(format!("cannot listen on {address}")).source(error);
    match taken {
        true => failed.hint(format!(
            "choose another port, or let the system choose a free one: {}:0",
            address.ip()
        )),
        false => failed,
    }
}

async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    endpoints: Option<Endpoints>,
    mut stopped: oneshot::Receiver<()>,
) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let (places, graceful) = (Seats::new(LIMITS), GracefulShutdown::new());
    let mut http = http1::Builder::new();
    http.max_buf_size(MOST_HEAD_BYTES);
    let sweeper = tokio::spawn(Arc::clone(&places).sweep());
    let (over, ends) = watch::channel(());
    let endpoints = endpoints.map(|endpoints| {
        let plane = Plane::new(Arc::clone(&service.store), service.shared.clock);
        tokio::spawn(endpoints.serve(plane, Arc::clone(&service.changed), ends))
    });
    loop {
        let accepted = tokio::select! {
            accepted = places.accept(&listener) => accepted,
            _ = &mut stopped => break,
        };
        let (stream, peer, seat) = accepted;
        let (service, seat) = (Arc::clone(&service), Arc::new(seat));
        let (own, http, watcher) = (Arc::clone(&seat), http.clone(), graceful.watcher());
        let connection = async move {
            let (stream, is_secure) = match service.transport.open(stream).await {
                Ok(opened) => opened,
                Err(e) => return service.tell(&format!("no TLS connection: {e}")),
            };
            let from = Origin { peer, is_secure };
            let handler = service_fn(move |request| {
                let answer = service::handle(Arc::clone(&service), Arc::clone(&own), from, request);
                async { Ok::<_, Infallible>(answer.await) }
            });
            // What goes wrong on a connection is its client's.
            drop(watcher.watch(http.serve_connection(TokioIo::new(stream), handler)).await);
        };
        tokio::spawn(async move {
            tokio::select! {
                () = seat.closed() => {}
                () = connection => {}
            }
        });
    }
    sweeper.abort();
    drop((listener, over));
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    if let Some(endpoints) = endpoints {
        let _ = endpoints.await;
    }
}
