//! Which ports instances get.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};
use crate::local::store::endpoints::{self, Endpoint, Listening};
use crate::local::store::serving::Claim;

/// Where ports are looked for.
#[derive(Clone)]
pub(super) struct Ports {
    /// The first; 0 is any that is free.
    pub(super) first: u16,
    /// That ports are kept in the store, unless another process keeps its own there.
    pub(super) claim: Option<Arc<Claim>>,
    /// Whether clients may sign in with certificates, as is told along with the ports.
    pub(super) takes_certificates: bool,
}

/// An instance, and the listener that it gets.
pub(super) struct Bound {
    pub(super) endpoint: Endpoint,
    pub(super) listener: Result<(TcpListener, u16)>,
    /// What there is to say of it.
    pub(super) news: String,
}

impl Ports {
    /// Binds a port for each of these: the one that is kept for it, or else the next that is free,
    /// which is kept for those that have none; and tells others of the store where that is.
    pub(super) fn bind(
        &self,
        db: &mut Connection,
        instances: Vec<Endpoint>,
    ) -> rusqlite::Result<Vec<Bound>> {
        let tx = db.transaction_with_behavior(match self.claim {
            Some(_) => TransactionBehavior::Immediate,
            None => TransactionBehavior::Deferred,
        })?;
        // Nobody gets the port of another, even if that is not listened on yet.
        let all = endpoints::list(&tx)?;
        let mut kept: Vec<u16> = all.iter().filter_map(|endpoint| endpoint.port).collect();
        let (mut bound, mut ports) = (Vec::new(), Vec::new());
        for endpoint in instances {
            let own = endpoint.port.filter(|_| self.claim.is_some());
            let (listener, taken) = self.free(own, &kept);
            let mut news = String::new();
            if let Ok((_, port)) = listener {
                ports.push((endpoint.row, port));
                kept.push(port);
                news = format!("instance {} is on 127.0.0.1:{port}", endpoint.name);
                if let Some(own) = own.filter(|own| *own != port) {
                    news += &format!(": its own port, {own}, is taken");
                } else if let Some(taken) = taken {
                    news += &format!(": port {taken} is taken");
                }
            }
            bound.push(Bound { endpoint, listener, news });
        }
        if self.claim.is_some() {
            self.keep(&tx, ports)?;
        }
        tx.commit()?;
        Ok(bound)
    }

    /// Keeps ports for instances that have none, and tells that they are listened on.
    pub(super) fn keep(
        &self,
        db: &Connection,
        ports: impl IntoIterator<Item = (i64, u16)>,
    ) -> rusqlite::Result<()> {
        let all = endpoints::list(db)?;
        let mut listening = Listening::get(db)?;
        for (row, port) in ports {
            if all.iter().any(|endpoint| endpoint.row == row && endpoint.port.is_none()) {
                endpoints::set(db, row, port)?;
            }
            listening.ports.insert(row, port);
        }
        listening.ports.retain(|row, _| all.iter().any(|endpoint| endpoint.row == *row));
        listening.takes_certificates = self.takes_certificates;
        listening.set(db)
    }

    /// A listener with its port, and the port that it would have had if another program had not taken
    /// that.
    fn free(&self, own: Option<u16>, kept: &[u16]) -> (Result<(TcpListener, u16)>, Option<u16>) {
        let mut taken = None;
        let next = (self.first..=u16::MAX).filter(|port| !kept.contains(port));
        for port in own.into_iter().chain(next) {
            let bound = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
            match bound.and_then(|listener| Ok((listener.local_addr()?.port(), listener))) {
                Ok((port, listener)) => return (Ok((listener, port)), taken),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                    taken = taken.or(Some(port));
                }
                // It is not for the port that there is none.
                Err(error) => {
                    return (
                        Err(Error::failed(format!("cannot listen on a port: {error}"))),
                        taken,
                    );
                }
            }
        }
        let none = format!("no port from {} to {} is free", self.first, u16::MAX);
        (Err(Error::failed(none).hint("give a lower one to --instances, or 0 for any")), taken)
    }
}
