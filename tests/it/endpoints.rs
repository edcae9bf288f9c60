//! The endpoints of instances: listeners, ports, TLS, and what a server does for strangers.

use std::io::Read;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use bson::doc;
use serde_json::Value;

use crate::local::Served;
use crate::run::{Run, signal, wait};
use crate::support::Lab;
use crate::wire::{Wire, limited, message, ok, refusal};

/// The endpoints as the tool shows them: name and address.
fn endpoints(lab: &Lab) -> Vec<(String, SocketAddr)> {
    let rows = lab.bare(["local", "endpoints", "-o", "json"]).finish().exits(0).json();
    let rows = rows.as_array().expect("rows").iter();
    let row = |row: &Value| {
        let text = |key: &str| row[key].as_str().expect("text").to_owned();
        (text("name"), text("address").parse().expect("an address"))
    };
    rows.map(row).collect()
}

fn endpoint(lab: &Lab, instance: &str) -> SocketAddr {
    let all = endpoints(lab);
    all.into_iter().find(|(name, _)| name == instance).expect("an endpoint").1
}

/// A run against a server that was started by `local serve`.
fn against(served: &Served, run: Run) -> Run {
    ["BASE_URL", "PUBLIC_API_KEY", "PRIVATE_API_KEY", "PROJECT_ID"].iter().fold(run, |run, name| {
        let name = format!("MONGODB_ATLAS_{name}");
        run.env(&name, served.get(&name).expect("it is printed"))
    })
}

fn answers(address: SocketAddr) -> bool {
    ok(&Wire::connect(address).run(doc! { "ping": 1 })) == 1.0
}

/// Waits until something is so.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn refuses(address: SocketAddr) -> bool {
    TcpStream::connect(address).is_err()
}

/// Whether the server has closed a connection.
fn is_closed(stream: &mut TcpStream) -> bool {
    matches!(stream.read(&mut [0]), Ok(0) | Err(_))
}

/// A port that is free, with the next ones likely to be.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

#[test]
fn strangers_are_told_what_the_server_is_and_nothing_else() {
    let lab = Lab::new().with_instances();
    let mut wire = Wire::connect(lab.endpoint("orders"));
    let hello = wire.run(doc! { "hello": 1 });
    assert_eq!(hello.get_str("msg").ok(), Some("isdbgrid"), "{hello}");
    let answer = wire.run(doc! { "listStreamProcessors": 1 });
    let text = "Command listStreamProcessors requires authentication";
    assert_eq!(refusal(&answer), (13, text));
}

#[test]
fn a_port_is_kept_for_its_instance() {
    let lab = Lab::new();
    let mut served = Served::start(&lab);
    let before = endpoints(&lab);
    let names: Vec<&str> = before.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["orders", "payments", "telemetry"]);
    assert!(before.iter().all(|(_, address)| answers(*address)));
    signal(&served.child, "TERM");
    assert_eq!(wait(&mut served.child), Some(130));
    let nobody = lab.bare(["local", "endpoints"]).finish().exits(7).err();
    assert!(
        nobody.contains("no server listens") && nobody.contains("spctl local serve"),
        "{nobody}"
    );
    assert!(before.iter().all(|(_, address)| refuses(*address)));
    let served = Served::start(&lab);
    assert_eq!(endpoints(&lab), before);
    // Killed in the middle of everything, it holds nothing up.
    drop(served);
    lab.bare(["local", "endpoints"]).finish().exits(7);
    let _served = Served::start(&lab);
    assert_eq!(endpoints(&lab), before);
}

#[test]
fn a_port_that_is_taken_is_passed_over_and_told_of() {
    let lab = Lab::new();
    drop(Served::start(&lab));
    // Nobody listens on the port that was kept but another program.
    let kept = {
        let _served = Served::start(&lab);
        endpoint(&lab, "payments")
    };
    let _other = TcpListener::bind(kept).expect("it is free again");
    let first = free_port();
    let run = lab.bare(["local", "serve", "--listen", "127.0.0.1:0"]);
    let mut child =
        run.and(&["--instances", &first.to_string()]).command().spawn().expect("the binary starts");
    until("the instances are served", || {
        lab.bare(["local", "endpoints", "-q"]).finish().code == Some(0)
    });
    let now = endpoint(&lab, "payments");
    assert!(now != kept && answers(now), "{now}");
    signal(&child, "INT");
    assert_eq!(wait(&mut child), Some(130));
    let mut told = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut told).expect("text");
    let line = format!("instance payments is on {now}: its own port, {}, is taken", kept.port());
    assert!(told.contains(&line), "{told}");
    let line = format!("instances keep the ports that they have: {first} is for new ones");
    assert!(told.contains(&line), "{told}");
    // It is its own again once the other program has ended.
    drop(_other);
    let _served = Served::start(&lab);
    assert_eq!(endpoint(&lab, "payments"), kept);
}

#[test]
fn where_there_are_no_ports_for_all_it_is_said_once_with_what_to_do() {
    let lab = Lab::new();
    let run = lab.bare(["local", "serve", "--listen", "127.0.0.1:0", "--instances", "65534"]);
    let told = run.finish().exits(1).err();
    assert!(told.contains("no port from 65534 to 65535 is free"), "{told}");
    assert!(told.contains("hint: give a lower one to --instances"), "{told}");
    assert_eq!(told.matches("error").count(), 1, "{told}");
}

#[test]
fn who_writes_a_name_to_listen_on_is_told_the_number() {
    let lab = Lab::new();
    let told = lab.bare(["local", "serve", "--listen", "localhost:8765"]).finish().exits(2).err();
    assert!(told.contains("127.0.0.1:8765"), "{told}");
}

#[test]
fn when_the_first_of_several_servers_is_killed_another_takes_its_place() {
    let lab = Lab::new();
    let first = Served::start(&lab);
    let kept = endpoints(&lab);
    let second = Served::start(&lab);
    let third = Served::start(&lab);
    let taken_over = |before: &[(String, SocketAddr)]| {
        until("another is told of", || {
            lab.bare(["local", "endpoints", "-q"]).finish().code == Some(0)
        });
        let now = endpoints(&lab);
        assert_eq!(now.len(), 3);
        assert!(now.iter().zip(before).all(|((_, now), (_, before))| now != before), "{now:?}");
        assert!(now.iter().all(|(_, address)| answers(*address)), "{now:?}");
        now
    };
    drop(first);
    let now = taken_over(&kept);
    // Which of the two it is, is theirs to decide.
    drop(second);
    until("one of them is told of", || {
        lab.bare(["local", "endpoints", "-q"]).finish().code == Some(0)
    });
    let last = endpoints(&lab);
    assert!(last.iter().all(|(_, address)| answers(*address)), "{now:?} {last:?}");
    // New instances are told of, too.
    let create = ["instances", "create", "fresh", "--provider", "aws", "--region", "us-east-1"];
    lab.local(create).and(&["--yes"]).finish().exits(0);
    assert!(answers(endpoint(&lab, "fresh")));
    drop(third);
    let _fourth = Served::start(&lab);
    let again = endpoints(&lab);
    assert_eq!(again[..3], kept, "what is kept stays so");
}

#[test]
fn a_second_server_has_ports_of_its_own_and_keeps_none() {
    let lab = Lab::new();
    let first = Served::start(&lab);
    let kept = endpoints(&lab);
    let second = Served::start(&lab);
    assert_eq!(endpoints(&lab), kept);
    assert!(kept.iter().all(|(_, address)| answers(*address)));
    drop(second);
    assert_eq!(endpoints(&lab), kept);
    drop(first);
    let _third = Served::start(&lab);
    assert_eq!(endpoints(&lab), kept);
}

#[test]
fn instances_come_and_go_whoever_makes_them() {
    let lab = Lab::new();
    let served = Served::start(&lab);
    let create =
        ["instances", "create", "fresh", "--provider", "aws", "--region", "us-east-1", "--yes"];
    let delete = ["instances", "delete", "fresh", "--yes"];
    // By the Admin API of the server, and by a process of its own on the same store.
    let ways: [&dyn Fn(Run) -> Run; 2] =
        [&|run| against(&served, run), &|run| run.and(&["--local"])];
    let mut seen = Vec::new();
    for way in ways {
        way(lab.bare(create)).finish().exits(0);
        let address = endpoint(&lab, "fresh");
        assert!(answers(address));
        let mut open = limited(TcpStream::connect(address).expect("a listener"));
        way(lab.bare(delete)).finish().exits(0);
        assert!(is_closed(&mut open));
        until("the port is free", || refuses(address));
        lab.bare(["local", "endpoints", "fresh"]).finish().exits(5);
        seen.push(address);
    }
    assert!(endpoints(&lab).iter().all(|(_, address)| answers(*address)));
}

#[test]
fn an_instance_that_is_made_again_is_another() {
    let lab = Lab::new();
    let _served = Served::start(&lab);
    let address = endpoint(&lab, "telemetry");
    let mut open = limited(TcpStream::connect(address).expect("a listener"));
    lab.local(["local", "reset", "--yes"]).finish().exits(0);
    assert!(is_closed(&mut open), "what it was connected to is no more");
    until("the new one is served", || answers(endpoint(&lab, "telemetry")));
}

#[test]
fn without_instances_nothing_is_listened_for() {
    let lab = Lab::new();
    let _served = Served::start_with(&lab, &["--instances", "off"]);
    let told = lab.bare(["local", "endpoints"]).finish().exits(7).err();
    assert!(told.contains("no server listens"), "{told}");
    assert!(!lab.file("data/local-ca.pem").exists());
}

#[test]
fn names_are_checked() {
    let lab = Lab::new();
    lab.bare(["local", "endpoints", "orders"]).finish().exits(7);
    let _served = Served::start(&lab);
    let one = lab.bare(["local", "endpoints", "orders", "-o", "json"]).finish().exits(0).json();
    let [row] = one.as_array().expect("rows").as_slice() else { panic!("{one}") };
    let keys: Vec<&String> = row.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["name", "address", "caFile", "uri"]);
    assert_eq!(row["uri"], format!("mongodb://{}/", row["address"].as_str().expect("text")));
    let file = row["caFile"].as_str().expect("a path");
    assert!(std::fs::read_to_string(file).expect("it is there").contains("BEGIN CERTIFICATE"));
    let told = lab.bare(["local", "endpoints", "order"]).finish().exits(5).err();
    assert!(told.contains("\"order\"") && told.contains("orders"), "{told}");
    let some = lab.bare(["local", "endpoints", "orders", "nowhere", "-q"]).finish().exits(5);
    assert_eq!(some.out(), "orders\n");
    // The projects of a store have instances of their own.
    let other = lab.bare(["local", "endpoints", "--project", "shop-staging"]).finish().exits(0);
    assert!(other.err().contains("no stream processing instances"), "{}", other.shown());
}

#[test]
fn no_message_and_no_silence_holds_up_others() {
    let lab = Lab::new().with_instances();
    let address = lab.endpoint("orders");
    let hello = message(1, 0, &doc! { "hello": 1, "$db": "admin" });
    let lie = |length: i32| [&length.to_le_bytes()[..], &hello[4..]].concat();
    let opcode = |code: i32| [&hello[..12], &code.to_le_bytes(), &hello[16..]].concat();
    let wrong: Vec<Vec<u8>> = vec![
        lie(0),
        lie(-5),
        lie(i32::MAX),
        lie(40),
        lie(70_000),
        opcode(2012),
        opcode(2010),
        opcode(1),
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x00\x05hello".to_vec(),
        b"\x16\x03\x09\x00".to_vec(),
    ];
    for bytes in &wrong {
        let mut wire = Wire::connect(address);
        wire.send(bytes).expect("it is open");
        assert!(wire.receive().is_err(), "{bytes:?}");
    }
    let half: Vec<Wire> = (1..hello.len())
        .map(|cut| {
            let mut wire = Wire::connect(address);
            wire.send(&hello[..cut]).expect("it is open");
            wire
        })
        .collect();
    assert!(answers(address));
    drop(half);
    assert!(answers(address));
}

#[test]
fn a_thousand_connections_are_answered() {
    let lab = Lab::new();
    let served = Served::start(&lab);
    let address = endpoint(&lab, "orders");
    let before = crate::local_serve::resident(&served.child);
    // This process may have fewer sockets than the server.
    let mut open = Vec::new();
    for _ in 0..1000 {
        let Ok(stream) = TcpStream::connect(address) else { break };
        open.push(Wire::over(limited(stream)));
    }
    let tried = open.len();
    assert!(tried >= 400, "{tried} connections");
    for wire in &mut open {
        assert_eq!(ok(&wire.run(doc! { "hello": 1 })), 1.0);
    }
    if let (Some(before), Some(now)) = (before, crate::local_serve::resident(&served.child)) {
        assert!(now < before + (100 << 20), "{now} bytes after {before}");
    }
    // Silent ones make way for those that come.
    let silent: Vec<_> = (0..1000).map_while(|_| TcpStream::connect(address).ok()).collect();
    open.truncate(100);
    assert!(answers(address));
    drop(silent);
}
