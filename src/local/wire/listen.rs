//! A listener for an instance, and the connections to it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::connection::{self, End};
use super::plane::Plane;
use super::session::{Instance, Session};
use super::sign_in;
use super::tls::{self, Refusals};
use crate::local::seats::Seats;

/// How long connections may take to end with their listener: to answer what was asked, and to record
/// that their sessions are over.
const GRACE: Duration = Duration::from_secs(5);

/// What all listeners share.
pub(super) struct House {
    pub(super) plane: Plane,
    pub(super) seats: Arc<Seats>,
    /// The number of the last connection.
    pub(super) last: AtomicI32,
    /// Tells of clients' certificates that are refused.
    pub(super) refusals: Refusals,
}

/// Where an instance is served.
pub(super) struct Door {
    pub(super) instance: Instance,
    pub(super) acceptor: TlsAcceptor,
}

/// Serves an instance until it is over; then ends its connections.
pub(super) async fn serve(
    house: Arc<House>,
    door: Arc<Door>,
    listener: TcpListener,
    mut over: watch::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, peer, seat) = tokio::select! {
            accepted = house.seats.accept(&listener) => accepted,
            // The sender says nothing, and is dropped at the end.
            _ = over.changed() => break,
        };
        while connections.try_join_next().is_some() {}
        let end = End { seat, over: over.clone() };
        connections.spawn(attend(Arc::clone(&house), Arc::clone(&door), stream, peer, end));
    }
    drop(listener);
    let ended = async { while connections.join_next().await.is_some() {} };
    // What is left of them is dropped.
    drop(timeout(GRACE, ended).await);
}

/// One connection. What goes wrong on it is its client's.
async fn attend(house: Arc<House>, door: Arc<Door>, stream: TcpStream, peer: SocketAddr, end: End) {
    let opened = tokio::select! {
        () = end.comes() => return,
        opened = tls::open(stream, &door.acceptor) => opened,
    };
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => return house.refusals.tell(&door.instance.name, peer, &error),
    };
    let number = house.last.fetch_add(1, Ordering::Relaxed);
    let session = Session::new(door.instance.clone(), peer, number, opened.subject);
    let Ok(mut session) = session else { return };
    drop(connection::serve(opened.stream, &house.plane, &mut session, &end).await);
    drop(sign_in::sign_out(&house.plane, &mut session).await);
}
