//! Every instance has a listener: what is created gets one, what is deleted loses it, whoever did
//! that.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI32;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use rustls::server::NoClientAuth;
use rustls::server::danger::ClientCertVerifier;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use super::listen::{self, Door, House};
use super::plane::Plane;
use super::ports::{Bound, Ports};
use super::session::Instance;
use super::tls::{self, Refusals};
use crate::error::{Error, Result};
use crate::local::authority::{ServedCertificate, acceptor};
use crate::local::seats::{Limits, Seats};
use crate::local::store::endpoints::{self, Endpoint, Listening};
use crate::local::store::serving::Claim;
use crate::local::store::{self, Store};

/// How often to look whether another process has changed the store.
const LOOK: Duration = Duration::from_millis(100);
/// What connections to all instances may take together. Monitors of drivers never sign in, and ask
/// every few seconds to minutes.
const LIMITS: Limits = Limits {
    seats: 2048,
    strangers: 1536,
    held: 128 << 20,
    silent: Duration::from_secs(10),
    quiet: Duration::from_secs(300),
};

/// The port of the first instance, unless another is asked for: far from those of MongoDB's own
/// servers.
pub const FIRST_PORT: u16 = 37_017;

/// How instances are served.
#[derive(Debug, Clone, Default)]
pub struct InstanceOptions {
    /// The port of the first one that has none yet; those after it follow. 0 is any free port,
    /// `None` is [`FIRST_PORT`].
    pub first_port: Option<u16>,
    /// The authorities of clients' certificates, in PEM.
    pub client_ca: Option<PathBuf>,
}

/// Takes a line of the log.
pub(in crate::local) type Tell = Arc<dyn Fn(&str) + Send + Sync>;

/// The listeners of a store's instances.
pub(in crate::local) struct Endpoints {
    ports: Ports,
    /// The store.
    path: PathBuf,
    clients: Arc<dyn ClientCertVerifier>,
    /// Those that are bound and not yet served.
    bound: Vec<Bound>,
    open: BTreeMap<i64, Open>,
    tell: Tell,
}

/// A listener that is served.
struct Open {
    /// Ends it when it is dropped.
    over: watch::Sender<()>,
    port: u16,
    task: JoinHandle<()>,
}

impl Endpoints {
    /// Binds the ports of the instances that there are.
    ///
    /// # Errors
    /// The authorities cannot be read, or the store cannot be written; there is no port for one.
    pub(in crate::local) fn bind(
        options: &InstanceOptions,
        path: &Path,
        db: &mut Connection,
        tell: Tell,
    ) -> Result<Endpoints> {
        let clients = match &options.client_ca {
            Some(file) => tls::clients(file)?,
            None => Arc::new(NoClientAuth),
        };
        let claim = Claim::take(path)?.map(Arc::new);
        if claim.is_none() {
            tell(
                "another server listens for the instances of this store: here they have ports of \
                 their own, which are not kept",
            );
        }
        let ports = Ports {
            first: options.first_port.unwrap_or(FIRST_PORT),
            claim,
            takes_certificates: options.client_ca.is_some(),
        };
        let failed = |e| store::failure(path, "cannot keep ports in", e);
        let instances = endpoints::list(db).map_err(failed)?;
        if let Some(first) = options.first_port.filter(|first| *first != 0)
            && ports.claim.is_some()
            && instances.iter().any(|i| i.port.is_some())
            && instances.iter().all(|i| i.port != Some(first))
        {
            tell(&format!("instances keep the ports that they have: {first} is for new ones"));
        }
        if ports.claim.is_some() {
            // What another has left is not so any more.
            Listening::default().set(db).map_err(failed)?;
        }
        let mut bound = ports.bind(db, instances).map_err(failed)?;
        if let Some(without) = bound.iter().position(|bound| bound.listener.is_err()) {
            let Bound { endpoint, listener, .. } = bound.swap_remove(without);
            let listener = listener.map(drop);
            return Err(listener
                .map_err(|e| e.context(format!("instance {}", endpoint.name)))
                .unwrap_err());
        }
        let mut endpoints =
            Endpoints { ports, path: path.to_owned(), clients, bound, open: BTreeMap::new(), tell };
        // The authority is there before anyone is told of it.
        endpoints.certificate(&[])?;
        Ok(endpoints)
    }

    /// Serves them, and those of instances to come, until it is over; then ends all connections.
    pub(in crate::local) async fn serve(
        mut self,
        plane: Plane,
        changed: Arc<Notify>,
        mut over: watch::Receiver<()>,
    ) {
        let seats = Seats::new(LIMITS);
        let sweeper = tokio::spawn(Arc::clone(&seats).sweep());
        let tell = Arc::clone(&self.tell);
        let refusals = Refusals::new(tell);
        let house = Arc::new(House { plane, seats, last: AtomicI32::new(0), refusals });
        let mut seen = None;
        loop {
            for bound in std::mem::take(&mut self.bound) {
                self.open(&house, bound);
            }
            tokio::select! {
                _ = over.changed() => break,
                () = changed.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
            self.look(&house.plane.store, &mut seen).await;
            self.take_over(&house.plane.store).await;
        }
        let open = std::mem::take(&mut self.open);
        close(open.into_values()).await;
        sweeper.abort();
    }

    /// Closes the listeners of instances that are gone, and binds ports for new ones.
    async fn look(&mut self, store: &Store, seen: &mut Option<(i64, u64)>) {
        let last = *seen;
        let listed = store.read(move |db| {
            // The first number counts the changes of others, the second one's own.
            let others = db.query_row("PRAGMA data_version", [], |row| row.get(0))?;
            let now = (others, db.total_changes());
            let instances = if Some(now) == last { None } else { Some(endpoints::list(db)?) };
            Ok::<_, rusqlite::Error>((now, instances))
        });
        let Some(Ok((now, instances))) = listed.await else { return };
        *seen = Some(now);
        let Some(mut instances) = instances else { return };
        let is_there = |row: &i64| instances.iter().any(|instance| instance.row == *row);
        let gone: Vec<i64> = self.open.keys().copied().filter(|row| !is_there(row)).collect();
        let gone: Vec<Open> = gone.iter().filter_map(|row| self.open.remove(row)).collect();
        close(gone).await;
        if instances.iter().all(|instance| self.open.contains_key(&instance.row)) {
            return;
        }
        let ports = self.ports.clone();
        instances.retain(|instance| !self.open.contains_key(&instance.row));
        match store.run(move |db| ports.bind(db, instances)).await {
            Some(Ok(bound)) => self.bound = bound,
            // It may be possible at the next look.
            _ => *seen = None,
        }
    }

    /// Takes the place of the server that listened for the instances of the store, once that has ended:
    /// others are told of the listeners here from then on.
    async fn take_over(&mut self, store: &Store) {
        if self.ports.claim.is_some() {
            return;
        }
        let Ok(Some(claim)) = Claim::take_now(&self.path) else { return };
        let ports = Ports { claim: Some(Arc::new(claim)), ..self.ports.clone() };
        let open: BTreeMap<i64, u16> = self.open.iter().map(|(row, o)| (*row, o.port)).collect();
        let kept = ports.clone();
        let told = store.run(move |db| {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            Listening::default().set(&tx)?;
            kept.keep(&tx, open)?;
            tx.commit()
        });
        if let Some(Ok(())) = told.await {
            self.ports = ports;
            (self.tell)(
                "the server that listened for the instances of this store has ended: this one takes \
                 its place",
            );
        }
    }

    fn open(&mut self, house: &Arc<House>, bound: Bound) {
        let Bound { endpoint, listener, news } = bound;
        let opened = listener.and_then(|(listener, port)| {
            let door = self.door(&endpoint)?;
            let failed = |e| Error::failed("cannot listen").source(e);
            listener.set_nonblocking(true).map_err(failed)?;
            Ok((door, tokio::net::TcpListener::from_std(listener).map_err(failed)?, port))
        });
        let (door, listener, port) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                return (self.tell)(&format!(
                    "instance {} has no endpoint: {error}",
                    endpoint.name
                ));
            }
        };
        (self.tell)(&news);
        let (over, ends) = watch::channel(());
        let task = tokio::spawn(listen::serve(Arc::clone(house), Arc::new(door), listener, ends));
        self.open.insert(endpoint.row, Open { over, port, task });
    }

    fn door(&mut self, endpoint: &Endpoint) -> Result<Door> {
        let certificate = self.certificate(&endpoint.hosts)?;
        let acceptor = acceptor(&certificate, Arc::clone(&self.clients), &[])?;
        let Endpoint { project, name, .. } = endpoint.clone();
        Ok(Door { instance: Instance { project, name }, acceptor })
    }

    /// A certificate for this machine and these hosts.
    fn certificate(&mut self, hosts: &[String]) -> Result<Arc<ServedCertificate>> {
        let own = ["localhost", "127.0.0.1"].map(str::to_owned);
        let names = own.into_iter().chain(hosts.iter().cloned()).collect();
        ServedCertificate::new(store::directory(&self.path), names, Timestamp::now()).map(Arc::new)
    }
}

/// Ends listeners and their connections, and waits until they have ended.
async fn close(open: impl IntoIterator<Item = Open>) {
    let ended: Vec<JoinHandle<()>> = open
        .into_iter()
        .map(|Open { task, over, .. }| {
            drop(over);
            task
        })
        .collect();
    for task in ended {
        drop(task.await);
    }
}
