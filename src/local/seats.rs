//! Limits on open connections and on what they have sent: callers that are not authenticated cannot
//! take more than a share.
//!
//! When places run out, the unauthenticated connection that has been idle for longest is closed,
//! and preferably one that has sent nothing. A part of the places is reserved for authenticated
//! callers.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// An authenticated connection that has been idle for so long makes way if all places are taken by
/// such connections.
const IDLE: Duration = Duration::from_secs(10);
/// How often slow connections are looked for.
const SWEEP: Duration = Duration::from_secs(1);
/// How long to wait when the system has no more sockets.
const NO_SOCKET: Duration = Duration::from_millis(50);

/// How much there is of what connections take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once.
    pub seats: usize,
    /// Of these, those on which nobody has been authenticated.
    pub strangers: usize,
    /// Bytes of all requests that are being read.
    pub held: usize,
    /// How long a stranger may take to send its first request.
    pub silent: Duration,
    /// How long one may take for the next, after an answer.
    pub quiet: Duration,
}

/// All connections of a server.
#[derive(Debug)]
pub struct Seats {
    limits: Limits,
    taken: Mutex<Occupancy>,
    free: Notify,
}

#[derive(Debug, Default)]
struct Occupancy {
    places: HashMap<u64, Slot>,
    last: u64,
    held: usize,
}

#[derive(Debug)]
struct Slot {
    /// When it was opened, or answered last.
    since: Instant,
    /// A caller was authenticated on it.
    known: bool,
    /// A whole request is being answered.
    busy: bool,
    /// A whole request has come.
    asked: bool,
    /// Bytes of the request that is being read.
    held: usize,
    close: Arc<Notify>,
}

impl Seats {
    /// As many as these limits allow.
    pub fn new(limits: Limits) -> Arc<Seats> {
        Arc::new(Seats { limits, taken: Mutex::default(), free: Notify::default() })
    }

    /// The next connection that there is a place for.
    pub async fn accept(self: &Arc<Self>, listener: &TcpListener) -> (TcpStream, SocketAddr, Seat) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => return (stream, peer, self.take().await),
                Err(e) if e.kind() == ErrorKind::ConnectionAborted => {}
                Err(_) => {
                    // The system has no more sockets to give.
                    self.lock().evict_stranger(&self.limits);
                    tokio::time::sleep(NO_SOCKET).await;
                }
            }
        }
    }

    /// Takes a place; closes what makes way for it, or waits until there is one.
    pub async fn take(self: &Arc<Self>) -> Seat {
        loop {
            if let Some((number, close)) = self.lock().take(&self.limits) {
                return Seat { number, close, places: Arc::clone(self) };
            }
            // A busy connection is done soon, and does not notify when it is.
            let _ = tokio::time::timeout(Duration::from_millis(50), self.free.notified()).await;
        }
    }

    /// Closes the strangers that take too long, again and again.
    pub async fn sweep(self: Arc<Self>) {
        let Limits { silent, quiet, .. } = self.limits;
        let patience = |place: &Slot| if place.asked { quiet } else { silent };
        let slow =
            |place: &Slot| place.is_idle_stranger() && place.since.elapsed() > patience(place);
        let mut every = tokio::time::interval(SWEEP);
        loop {
            every.tick().await;
            while self.lock().evict(slow) {}
        }
    }

    fn lock(&self) -> MutexGuard<'_, Occupancy> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Occupancy {
    fn take(&mut self, limits: &Limits) -> Option<(u64, Arc<Notify>)> {
        let strangers = self.places.values().filter(|place| !place.known).count();
        let room = match (self.places.len() < limits.seats, strangers < limits.strangers) {
            (true, true) => true,
            (_, false) => self.evict_stranger(limits),
            (false, true) => {
                self.evict_stranger(limits)
                    || self.evict(|place| !place.busy && place.since.elapsed() > IDLE)
            }
        };
        if !room {
            return None;
        }
        self.last += 1;
        let since = Instant::now();
        let close = Arc::new(Notify::new());
        let own = Arc::clone(&close);
        let place = Slot { since, known: false, busy: false, asked: false, held: 0, close };
        self.places.insert(self.last, place);
        Some((self.last, own))
    }

    /// Closes a stranger, preferably one that has sent nothing: one that has sent a request may be
    /// about to answer a challenge. Those hold half of the places at most: newcomers need some,
    /// too.
    fn evict_stranger(&mut self, limits: &Limits) -> bool {
        let have_asked = |place: &Slot| place.is_idle_stranger() && place.asked;
        let too_many = self.places.values().filter(|p| have_asked(p)).count();
        let too_many = too_many > limits.strangers / 2;
        self.evict(|place| place.is_idle_stranger() && place.asked == too_many)
            || self.evict(Slot::is_idle_stranger)
    }

    /// Closes the one that has been idle for longest among these; false when there is none.
    fn evict(&mut self, which: impl Fn(&Slot) -> bool) -> bool {
        let fitting = self.places.iter().filter(|(_, place)| which(place));
        let Some(number) = fitting.min_by_key(|(_, place)| place.since).map(|(n, _)| *n) else {
            return false;
        };
        self.leave(number);
        true
    }

    fn leave(&mut self, number: u64) {
        if let Some(place) = self.places.remove(&number) {
            self.held -= place.held;
            place.close.notify_one();
        }
    }
}

impl Slot {
    fn is_idle_stranger(&self) -> bool {
        !self.known && !self.busy
    }
}

/// A connection's place, until it is dropped.
#[derive(Debug)]
pub struct Seat {
    number: u64,
    close: Arc<Notify>,
    places: Arc<Seats>,
}

impl Seat {
    /// Waits until the connection has to be closed, to make way or for being slow.
    pub async fn closed(&self) {
        self.close.notified().await;
    }

    /// Takes in some more of a request; false when there is no room for it, even where others have
    /// made way.
    pub fn hold(&self, bytes: usize) -> bool {
        let mut taken = self.places.lock();
        while taken.held + bytes > self.places.limits.held {
            let own = taken.places.remove(&self.number);
            let evicted = taken.evict(|place| place.is_idle_stranger() && place.held > 0);
            taken.places.extend(own.map(|place| (self.number, place)));
            if !evicted {
                return false;
            }
        }
        let Some(place) = taken.places.get_mut(&self.number) else { return false };
        place.held += bytes;
        taken.held += bytes;
        true
    }

    /// The request is whole, and is being answered.
    pub fn busy(&self) {
        if let Some(place) = self.places.lock().places.get_mut(&self.number) {
            (place.busy, place.asked) = (true, true);
        }
    }

    /// The request is answered; `known` is whether somebody was authenticated by it.
    pub fn idle(&self, known: bool) {
        let mut taken = self.places.lock();
        let Some(place) = taken.places.get_mut(&self.number) else { return };
        place.busy = false;
        place.known |= known;
        place.since = Instant::now();
        let held = std::mem::take(&mut place.held);
        taken.held -= held;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(place) = taken.places.remove(&self.number) {
            taken.held -= place.held;
        }
        drop(taken);
        self.places.free.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEATS: usize = 512;
    const STRANGERS: usize = 256;
    const MOST_HELD: usize = 32 << 20;

    fn places() -> Arc<Seats> {
        let (silent, quiet) = (Duration::from_secs(10), Duration::from_secs(300));
        Seats::new(Limits { seats: SEATS, strangers: STRANGERS, held: MOST_HELD, silent, quiet })
    }

    async fn seats(places: &Arc<Seats>, number: usize) -> Vec<Seat> {
        let mut seats = Vec::new();
        for _ in 0..number {
            seats.push(places.take().await);
        }
        seats
    }

    fn is_open(places: &Seats, seat: &Seat) -> bool {
        places.lock().places.contains_key(&seat.number)
    }

    #[tokio::test]
    async fn strangers_make_way_for_each_other_and_leave_room_for_those_who_are_known() {
        let places = places();
        let known = seats(&places, 100).await;
        known.iter().for_each(|seat| seat.idle(true));
        let strangers = seats(&places, 2000).await;
        assert!(known.iter().all(|seat| is_open(&places, seat)));
        let open = strangers.iter().filter(|seat| is_open(&places, seat)).count();
        assert_eq!(open, STRANGERS);
        assert!(is_open(&places, &strangers[1999]) && !is_open(&places, &strangers[0]));
        drop((known, strangers));
        assert!(places.lock().places.is_empty());
    }

    #[tokio::test]
    async fn who_has_asked_stays_before_who_has_sent_nothing_and_neither_keeps_the_other_out() {
        let places = places();
        let ask = |seat: &Seat| {
            seat.busy();
            seat.idle(false);
        };
        let challenged = places.take().await;
        ask(&challenged);
        let _silent = seats(&places, 2000).await;
        assert!(is_open(&places, &challenged));
        let mut asking = Vec::new();
        for _ in 0..2000 {
            let seat = places.take().await;
            ask(&seat);
            asking.push(seat);
        }
        let fresh = seats(&places, STRANGERS / 2 - 1).await;
        assert!(fresh.iter().all(|seat| is_open(&places, seat)));
        assert!(is_open(&places, &asking[1999]) && !is_open(&places, &challenged));
    }

    #[tokio::test]
    async fn who_is_being_answered_is_not_closed() {
        let places = places();
        let asked = places.take().await;
        asked.busy();
        let _strangers = seats(&places, 2 * STRANGERS).await;
        assert!(is_open(&places, &asked));
    }

    #[tokio::test]
    async fn bodies_share_what_there_is() {
        let places = places();
        let strangers = seats(&places, 200).await;
        for seat in &strangers {
            assert!(seat.hold(1 << 20));
        }
        assert!(places.lock().held <= MOST_HELD);
        assert!(!is_open(&places, &strangers[0]) && is_open(&places, &strangers[199]));
        let known = seats(&places, 40).await;
        known.iter().for_each(|seat| seat.idle(true));
        let held = known.iter().filter(|seat| seat.hold(1 << 20)).count();
        assert_eq!(held, MOST_HELD >> 20, "nobody who is known is closed for another");
        drop((known, strangers));
        assert_eq!(places.lock().held, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_waits_until_a_place_is_free() {
        let places = places();
        let mut seats = Vec::new();
        for _ in 0..SEATS {
            let seat = places.take().await;
            seat.idle(true);
            seat.busy();
            seats.push(seat);
        }
        let wait = Duration::from_secs(60);
        assert!(tokio::time::timeout(wait, places.take()).await.is_err());
        seats.pop();
        assert!(tokio::time::timeout(wait, places.take()).await.is_ok());
    }
}
