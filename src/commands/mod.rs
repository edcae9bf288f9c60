//! One folder per noun, one file per verb: arguments, columns, and what the command does. No HTTP, no
//! printing.

pub mod access_lists;
pub mod api;
pub mod audit;
pub mod auth;
mod clusters;
pub mod completion;
pub mod connection_string;
pub mod connections;
mod consequence;
mod effective;
mod estate;
pub mod events;
mod expiry;
pub mod generate;
mod input;
mod instance_args;
pub mod instances;
pub mod ips;
mod known;
pub mod lint;
pub mod local;
pub mod members;
mod most;
mod names;
pub mod orgs;
mod owner;
pub mod peerings;
pub mod policy;
pub mod private_links;
pub mod privileges;
pub mod processors;
pub mod profiles;
mod project_roles;
pub mod projects;
mod range;
mod record;
pub mod roles;
mod state_file;
mod unseen;
mod user_names;
pub mod users;
mod wait;

use futures_util::{Stream, TryStreamExt};
use serde_json::value::RawValue;

use crate::atlas::{ApiError, Row};
use crate::error::{Error, Result};

/// Rows of the API in the form that the terminal takes.
fn rows<T>(
    stream: impl Stream<Item = Result<Row<T>, ApiError>>,
) -> impl Stream<Item = Result<(Box<RawValue>, T)>> {
    stream.map_ok(|row| (row.raw, row.view)).map_err(Error::from)
}
