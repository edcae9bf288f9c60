//! How connections to instances end: in order, with what that writes, and with the server's power.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bson::doc;
use serde_json::Value;

use crate::local::Served;
use crate::run::{signal, wait};
use crate::support::Lab;
use crate::wire::{Wire, ok};

const PASSWORD: &str = "correct horse battery";

/// A server, and a user `writer` who may do everything.
fn served() -> (Lab, Served) {
    let lab = Lab::new();
    let served = Served::start(&lab);
    let create = ["users", "create", "writer", "--role", "atlasAdmin", "--password-stdin", "--yes"];
    lab.local(create).stdin(PASSWORD).finish().exits(0);
    (lab, served)
}

fn endpoint(lab: &Lab) -> SocketAddr {
    let columns = ["local", "endpoints", "orders", "--columns", "address", "-o", "csv"];
    let shown = lab.bare(columns).finish().exits(0).out();
    shown.lines().last().expect("a row").parse().expect("an address")
}

/// The names of processors that the server has said it created, until it is gone.
fn create(mut wire: Wire, client: usize, created: &AtomicUsize) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for number in 0..100_000 {
        let name = format!("t{client}-{number}");
        let command = doc! {
            "createStreamProcessor": &name,
            "pipeline": [
                { "$source": { "connectionName": "sample_stream_solar" } },
                { "$emit": { "connectionName": "__testLog" } },
            ],
        };
        let Ok(answer) = wire.try_run(command) else { break };
        assert_eq!(ok(&answer), 1.0, "{answer}");
        acknowledged.push(name);
        created.fetch_add(1, Ordering::Relaxed);
    }
    acknowledged
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let (lab, mut served) = served();
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let (address, created) = (endpoint(&lab), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            // Everybody has signed in before anybody's server is killed.
            let wires = [0, 1, 2].map(|_| Wire::signed_in(address, "writer", PASSWORD));
            let mut number = round * wires.len();
            let clients = wires.map(|wire| {
                let created = &created;
                number += 1;
                scope.spawn(move || create(wire, number, created))
            });
            while created.load(Ordering::Relaxed) < 10 {
                assert!(clients.iter().any(|client| !client.is_finished()), "nothing is created");
                std::thread::sleep(Duration::from_millis(1));
            }
            served.child.kill().expect("the child is ours");
            served.child.wait().expect("the child is ours");
            acknowledged.extend(clients.into_iter().flat_map(|c| c.join().expect("no panic")));
        });
        served = Served::start(&lab);
    }
    let list = lab.local(["processors", "list", "--instance", "orders", "-q"]).finish().exits(0);
    let list = list.out();
    let kept: BTreeSet<&str> = list.lines().collect();
    let lost: Vec<_> = acknowledged.iter().filter(|name| !kept.contains(name.as_str())).collect();
    assert!(lost.is_empty() && acknowledged.len() >= 30, "{lost:?} of {}", acknowledged.len());
}

/// The sessions that the log of `orders` says began, and those that it says ended.
fn sessions(lab: &Lab) -> [BTreeSet<String>; 2] {
    let log = ["audit", "download", "orders", "--since", "1h", "--decompress", "--out", "-"];
    let log = lab.local(log).finish().exits(0).out();
    let events: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    [300_201, 300_202].map(|kind| {
        let of_kind = events.iter().filter(|event| event["type_uid"] == kind);
        let by_writer = of_kind.filter(|event| event.to_string().contains("writer"));
        by_writer
            .map(|event| {
                event["metadata"]["correlation_uid"].as_str().unwrap_or_default().to_owned()
            })
            .collect()
    })
}

#[test]
fn with_the_server_sessions_end_and_that_is_written() {
    for name in ["TERM", "INT"] {
        let (lab, mut served) = served();
        let address = endpoint(&lab);
        let mut open: Vec<Wire> =
            (0..3).map(|_| Wire::signed_in(address, "writer", PASSWORD)).collect();
        let [begun, ended] = sessions(&lab);
        assert_eq!((begun.len(), ended.len()), (3, 0));
        signal(&served.child, name);
        assert_eq!(wait(&mut served.child), Some(130));
        assert!(open.iter_mut().all(|wire| wire.try_run(doc! { "ping": 1 }).is_err()));
        let [begun, ended] = sessions(&lab);
        assert_eq!((begun.len(), begun), (3, ended));
    }
}
