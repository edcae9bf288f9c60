//! MongoDB's driver for Node.js, unmodified, at the endpoint of an instance.

use std::path::Path;
use std::process::Command;

use crate::consumers::driver::{self, Driver};
use crate::consumers::{part, tool};

#[test]
fn the_driver_for_node_does_everything() {
    let (Some(node), Some(_)) = (tool("node"), part("node_modules/mongodb")) else { return };
    let Some(packages) = part("node_modules") else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/consumers/node_driver.cjs");
    driver::does_everything(|uri| {
        let mut command = Command::new(&node);
        command.arg(&script).arg(uri).env("NODE_PATH", &packages);
        Driver::start(command)
    });
}
