//! What `spctl privileges` says of every user, action and instance, against what the instances
//! themselves refuse.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use bson::{Document, doc};
use serde_json::Value;
use spctl::privileges::catalogue::actions::ACTIONS;
use spctl::privileges::catalogue::commands;

use crate::endpoint::{Endpoint, PASSWORD};
use crate::wire::{Wire, ok, refusal};

/// The addresses of the instances.
fn addresses(endpoint: &Endpoint) -> BTreeMap<String, SocketAddr> {
    let rows = endpoint.lab.bare(["local", "endpoints", "-o", "json"]).finish().exits(0).json();
    let address = |row: &Value| {
        let text = |key: &str| row[key].as_str().expect("a text").to_owned();
        (text("name"), text("address").parse().expect("an address"))
    };
    rows.as_array().expect("rows").iter().map(address).collect()
}

/// A command that needs this action, about a processor that is not there.
fn asking(action: &str) -> Document {
    let (command, _) =
        commands::all().find(|(_, needed)| needed.documented == action).expect("a command");
    match command {
        "processStreamProcessor" => doc! { command: [] },
        "createStreamProcessor" | "modifyStreamProcessor" => doc! { command: "p", "pipeline": [] },
        list if list.starts_with("list") => doc! { command: 1 },
        _ => doc! { command: "absent" },
    }
}

/// Roles that are built of each other, drawn from a seed.
fn build(endpoint: &Endpoint, roles: usize, users: usize) -> Vec<String> {
    let mut seed = 0x5eed_u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    let built_in = ["readAnyDatabase", "readWriteAnyDatabase", "readWrite@shop", "streamViewer"];
    for index in 0..roles {
        let mut line = format!("roles create r{index} --yes --action");
        for _ in 0..=below(2) {
            line += &format!(" {}", ACTIONS[below(ACTIONS.len())].documented);
        }
        for _ in 0..below(3) {
            match below(5) {
                0 => line += &format!(" --inherit {}", built_in[below(built_in.len())]),
                _ if index > 0 => line += &format!(" --inherit r{}", below(index)),
                _ => {}
            }
        }
        endpoint.run(&line).finish().exits(0);
    }
    let scopes = [
        "",
        "--instance orders",
        "--instance payments telemetry",
        "--cluster shop-main",
        "--instance orders telemetry",
    ];
    let mut names = Vec::new();
    for index in 0..users {
        let role = match below(6) {
            0 => built_in[below(built_in.len())].to_owned(),
            _ => format!("r{}", below(roles)),
        };
        let name = format!("w{index}");
        endpoint.user(&name, &role, scopes[below(scopes.len())]);
        names.push(name);
    }
    names
}

#[test]
fn what_is_said_is_what_the_instances_allow() {
    let endpoint = Endpoint::start();
    let users = build(&endpoint, 10, 14);
    let addresses = addresses(&endpoint);
    let matrix = endpoint.run("privileges matrix -o json").finish().exits(0).json();
    let said = |user: &str, instance: &str, action: &str| {
        let is_it = |row: &&Value| row["user"] == user && row["instance"] == instance;
        let row = matrix.as_array().expect("rows").iter().find(is_it).expect("a row");
        row["actions"][action] == "yes"
    };
    let (mut allowed, mut refused) = (0, 0);
    for user in &users {
        for (instance, address) in &addresses {
            let mut wire = Wire::connect(*address);
            let is_in = ok(&wire.sign_in(user, PASSWORD)) == 1.0;
            for action in ACTIONS {
                let may = is_in && {
                    let answer = wire.run(asking(action.documented));
                    ok(&answer) == 1.0 || refusal(&answer).0 != 13
                };
                let what = format!("{user} {} on {instance}", action.documented);
                assert_eq!(said(user, instance, action.documented), may, "{what}");
                allowed += usize::from(may);
                refused += usize::from(!may);
            }
        }
    }
    assert_eq!(allowed + refused, 14 * 3 * 11);
    // Neither is everything allowed, nor nothing.
    assert!(allowed > 40 && refused > 40, "{allowed} {refused}");
}
