//! `spctl peerings`: VPC peerings that others ask for, through which connections reach brokers.

use clap::Subcommand;

use crate::atlas::peerings::Peering;
use crate::comma_list::{CommaList, Items};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

mod accept;
mod account;
mod decision;
mod delete;
mod get;
mod list;
mod lookup;
mod reject;

/// What messages call a peering.
const NOUN: &str = "peering";

/// What to do with VPC peerings.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List incoming peerings: the active ones, or all that an account has requested
    ///
    /// Atlas lists inactive peerings only if the requesting account is named.
    #[command(alias = "ls")]
    List(list::Args),
    /// Show peerings: who requests them, the networks they join, their state
    #[command(alias = "show")]
    Get(get::Args),
    /// Accept peerings, after checking their account and VPC
    ///
    /// Anyone with a peering can reach the network behind it. The account and VPC are shown before
    /// anything is sent; --vpc-id refuses any other VPC.
    Accept(accept::Args),
    /// Reject peerings that await acceptance
    Reject(reject::Args),
    /// Delete peerings; connections that use them stop working
    #[command(aliases = ["remove", "rm"])]
    Delete(delete::Args),
    /// Show the account, network and addresses to request peerings with in a region
    Account(account::Args),
}

/// The requesting accounts.
#[derive(Debug, Clone, clap::Args)]
struct Accounts {
    /// The account that requests the peering
    #[arg(long = "account-id", value_name = "ACCOUNT,…", num_args = 1..)]
    accounts: Vec<CommaList<String>>,
}

impl Accounts {
    /// The ids of the accounts.
    fn ids(&self) -> Vec<String> {
        self.accounts.items().cloned().collect()
    }
}

/// The columns of a peering.
static LISTING: Listing<Peering> = Listing {
    columns: &[
        Column::telling_apart("name", |p| Cell::maybe(p.name.clone())),
        Column::new("state", |p| state(p).into()),
        Column::new("account", |p| p.requester_account_id.as_str().into()),
        Column::new("vpc", |p| p.requester_vpc_id.as_str().into()),
        Column::new("cidr", |p| Cell::maybe(p.requester_cidr.clone())),
        Column::new("expires", |p| Cell::moment(p.expiration_time.as_deref())),
        Column::identifying("id", |p| p.id.as_str().into()),
        Column::new("accepter-account", |p| Cell::maybe(p.accepter_account_id.clone())),
        Column::new("accepter-vpc", |p| Cell::maybe(p.accepter_vpc_id.clone())),
        Column::new("accepter-cidr", |p| Cell::maybe(p.accepter_cidr.clone())),
    ],
    default: 7,
    name: |p| p.id.clone(),
};

/// Runs a subcommand.
///
/// # Errors
/// Those of the subcommand.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List(args) => context.block_on(list::run(context, args)),
        Command::Get(args) => context.block_on(get::run(context, args)),
        Command::Accept(args) => context.block_on(accept::run(context, args)),
        Command::Reject(args) => context.block_on(reject::run(context, args)),
        Command::Delete(args) => context.block_on(delete::run(context, args)),
        Command::Account(args) => context.block_on(account::run(context, args)),
    }
}

/// What Atlas is doing, or else the cloud's status.
fn state(peering: &Peering) -> String {
    match peering.local_status.as_str() {
        "" | "NONE" => peering.cloud_status.clone(),
        "ACTIVE" => "active".to_owned(),
        under_way => under_way.to_lowercase().replace('_', "-"),
    }
}
