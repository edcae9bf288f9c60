//! MongoDB's driver for Python, unmodified, at the endpoint of an instance.

use crate::consumers::driver::{self, Driver};
use crate::consumers::python;

#[test]
fn the_driver_for_python_does_everything() {
    let Some(python) = python("pymongo") else { return };
    driver::does_everything(|uri| Driver::start(python.command("pymongo.py", &[uri])));
}
