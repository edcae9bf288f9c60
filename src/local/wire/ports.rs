//! Which ports instances get.

use std::fmt::Write as _;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};
use crate::local::store::endpoints::{self, Endpoint};
use crate::local::store::serving::Claim;

/// Where ports are looked for.
#[derive(Clone)]
pub(super) struct Ports {
    /// The first; 0 is any that is free.
    pub(super) first: u16,
    /// That ports are kept in the store, unless another process keeps its own there.
    pub(super) claim: Option<Arc<Claim>>,
}

/// An instance, and the listener that it gets.
pub(super) struct Bound {
    pub(super) endpoint: Endpoint,
    pub(super) listener: Result<TcpListener>,
    /// What there is to say of it.
    pub(super) news: String,
}

impl Ports {
    /// Binds a port for each of these: the one that is kept for it, or else the next that is free;
    /// and keeps it.
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
        let mut bound = Vec::new();
        for endpoint in instances {
            let own = endpoint.port.filter(|_| self.claim.is_some());
            let (listener, taken) = self.free(own, &kept);
            let listener = listener.and_then(|listener| {
                let port = listener.local_addr()?.port();
                Ok((listener, port))
            });
            let mut news = String::new();
            if let Ok((_, port)) = listener {
                if self.claim.is_some() && own != Some(port) {
                    endpoints::set(&tx, endpoint.row, port)?;
                }
                kept.push(port);
                news = format!("instance {} is on 127.0.0.1:{port}", endpoint.name);
                if let Some(taken) = taken {
                    let _ = write!(news, ": port {taken} is taken");
                }
            }
            let failed = |e| Error::failed(format!("cannot listen on a port: {e}"));
            let listener = listener.map(|(listener, _)| listener).map_err(failed);
            bound.push(Bound { endpoint, listener, news });
        }
        tx.commit()?;
        Ok(bound)
    }

    /// A listener, and the port that it would have had if another program had not taken that.
    fn free(&self, own: Option<u16>, kept: &[u16]) -> (io::Result<TcpListener>, Option<u16>) {
        let (mut taken, mut failure) = (None, io::ErrorKind::AddrInUse.into());
        let next = (self.first..=u16::MAX).filter(|port| !kept.contains(port));
        for port in own.into_iter().chain(next) {
            match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
                Ok(listener) => return (Ok(listener), taken),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                    taken = taken.or(Some(port));
                    failure = error;
                }
                // It is not for the port that there is none.
                Err(error) => return (Err(error), taken),
            }
        }
        (Err(failure), taken)
    }
}
