//! `instances uri`: connection strings of Atlas and of the local control plane.

use crate::local::Served;
use crate::raw::call;
use crate::run::Run;
use crate::support::Lab;

fn out(run: Run) -> String {
    run.finish().exits(0).out()
}

/// The lab's instances as Atlas would have them: under names of its own.
fn in_atlas() -> Lab {
    let lab = Lab::new();
    let db = rusqlite::Connection::open(lab.file("server/store.db")).expect("the store is there");
    db.execute(
        "UPDATE resources SET doc = json_set(doc, '$.hostnames[0]', key || '.a.query.mongodb.net')
         WHERE kind = 'instance'",
        [],
    )
    .expect("instances");
    lab
}

#[test]
fn that_of_atlas_is_by_tls_to_its_host() {
    let lab = in_atlas();
    assert_eq!(
        out(lab.spctl(["instances", "uri", "orders"])),
        "mongodb://orders.a.query.mongodb.net/?tls=true\n"
    );
    assert_eq!(
        out(lab.spctl(["instances", "uri", "orders", "payments", "--tls", "--username", "alice"])),
        "mongodb://alice@orders.a.query.mongodb.net/?tls=true&authSource=admin\n\
         mongodb://alice@payments.a.query.mongodb.net/?tls=true&authSource=admin\n"
    );
    let row = lab.spctl(["instances", "uri", "orders", "-o", "json"]).finish().exits(0).json();
    let uri = "mongodb://orders.a.query.mongodb.net/?tls=true";
    assert_eq!(row, serde_json::json!({ "name": "orders", "uri": uri }));
}

#[test]
fn names_that_mean_nothing_are_refused() {
    let lab = in_atlas();
    let told = lab.spctl(["instances", "uri", "order"]).finish().exits(5).err();
    assert!(told.contains("orders"), "{told}");
    let told = lab.spctl(["instances", "uri", "orders", "--username", "alic"]).finish();
    assert!(told.exits(5).err().contains("alice"));
    let some = lab.spctl(["instances", "uri", "nowhere", "orders"]).finish().exits(5);
    assert_eq!(some.out(), "mongodb://orders.a.query.mongodb.net/?tls=true\n");
}

#[test]
fn a_user_signs_in_in_its_own_way() {
    let lab = in_atlas();
    let user = serde_json::json!({
        "databaseName": "$external", "username": "CN=kim,O=Shop", "x509Type": "CUSTOMER",
        "roles": [{ "databaseName": "admin", "roleName": "readAnyDatabase" }],
    });
    let path = format!("/groups/{}/databaseUsers", lab.project());
    assert_eq!(call(&lab, "POST", &path, "2023-01-01", Some(&user)).status, 201);
    assert_eq!(
        out(lab.spctl(["instances", "uri", "orders", "--username", "CN=kim,O=Shop"])),
        "mongodb://CN%3Dkim%2CO%3DShop@orders.a.query.mongodb.net/?tls=true&\
         authSource=%24external&authMechanism=MONGODB-X509\n"
    );
}

#[test]
fn that_of_the_local_control_plane_is_its_endpoint() {
    let lab = Lab::new();
    let told = lab.local(["instances", "uri", "orders"]).finish().exits(7).err();
    assert!(told.contains("spctl local serve"), "{told}");
    let served = Served::start(&lab);
    let address =
        out(lab.bare(["local", "endpoints", "orders", "--columns", "address", "-o", "csv"]));
    let address = address.lines().last().expect("a row").to_owned();
    let plain = out(lab.local(["instances", "uri", "orders", "--username", "alice"]));
    assert_eq!(plain, format!("mongodb://alice@{address}/?authSource=admin\n"));
    let tls = out(lab.local(["instances", "uri", "orders", "--tls"]));
    let file = lab.file("data/local-ca.pem").display().to_string();
    assert_eq!(tls, format!("mongodb://{address}/?tls=true&tlsCAFile={file}\n"));
    // With the variables that it prints, it is known by the names of its instances.
    let run = ["BASE_URL", "PUBLIC_API_KEY", "PRIVATE_API_KEY", "PROJECT_ID"].iter().fold(
        lab.bare(["instances", "uri", "orders"]),
        |run, name| {
            let name = format!("MONGODB_ATLAS_{name}");
            run.env(&name, served.get(&name).expect("it is printed"))
        },
    );
    assert_eq!(out(run), format!("mongodb://{address}/\n"));
}

#[test]
fn who_cannot_sign_in_there_is_told_of() {
    let lab = Lab::new();
    let _served = Served::start(&lab);
    let uri = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        lab.local(["instances", "uri"]).and(&words).finish()
    };
    let note = |line: &str| uri(line).exits(0).err();
    let told = note("orders --username alice");
    assert!(
        told.contains("no password") && told.contains("users update alice --password"),
        "{told}"
    );
    assert!(uri("orders --username alice").out().starts_with("mongodb://alice@"));
    let update = ["users", "update", "alice", "--password-stdin", "--yes"];
    lab.local(update).stdin("correct horse\n").finish().exits(0);
    assert_eq!(note("orders --username alice"), "");
    // Scoped elsewhere; said once for each instance.
    let told = note("orders telemetry --username svc-payments");
    for instance in ["orders", "telemetry"] {
        let why =
            format!("svc-payments cannot sign in to {instance}: its scopes are instance payments");
        assert!(told.contains(&why), "{told}");
    }
    // By means that the local control plane does not have.
    for (line, mechanism) in [
        ("telemetry --username carol --auth-db $external", "PLAIN"),
        ("telemetry --username carol@$external", "PLAIN"),
        ("orders --username arn:aws:iam::111122223333:role/orders-deployer", "MONGODB-AWS"),
    ] {
        let refused = uri(line).exits(1);
        assert_eq!(refused.out(), "");
        let told = refused.err();
        assert!(
            told.contains(mechanism) && told.contains("hint: there, users sign in by"),
            "{told}"
        );
    }
    // Two users have the name.
    let told = uri("orders --username carol").exits(2).err();
    assert!(told.contains("--auth-db"), "{told}");
    let one = uri("orders --username carol --auth-db admin").exits(0).out();
    assert!(one.starts_with("mongodb://carol@"), "{one}");
    // Certificates that the server does not take.
    let gateway = "CN=gateway,OU=telemetry,O=ExampleShop";
    let told = note(&format!("telemetry --username {gateway}"));
    assert!(told.contains("takes no certificates") && told.contains("--client-ca"), "{told}");
    let told = lab.local(["users", "get", gateway]).finish().exits(0).err();
    assert!(told.contains("--client-ca"), "{told}");
}

#[test]
fn a_server_that_takes_certificates_is_known() {
    let lab = Lab::new();
    crate::endpoints_tls::Clients::new(&lab.file("clients.pem"));
    let _served = Served::start_with(&lab, &["--client-ca", "clients.pem"]);
    let gateway = "CN=gateway,OU=telemetry,O=ExampleShop";
    let uri = ["instances", "uri", "telemetry", "--username", gateway];
    assert_eq!(lab.local(uri).finish().exits(0).err(), "");
    assert_eq!(lab.local(["users", "get", gateway]).finish().exits(0).err(), "");
}

#[test]
fn no_password_is_ever_sent_without_tls() {
    let lab = in_atlas();
    let uri = ["instances", "uri", "telemetry", "--username", "carol@$external"];
    assert_eq!(
        out(lab.spctl(uri)),
        "mongodb://carol@telemetry.a.query.mongodb.net/?tls=true&authSource=%24external&\
         authMechanism=PLAIN\n"
    );
}
