//! `peerings list` and `get`.

use futures_util::{StreamExt, stream};

use super::{Accounts, LISTING, find};
use crate::atlas::peerings::Peering;
use crate::commands::{names, rows};
use crate::context::Context;
use crate::error::Result;
use crate::ui::Detail;

/// Which peerings to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings list
  spctl peerings list --account-id 111122223333")]
pub struct ListArgs {
    /// Only active peerings, whoever asked for them; the default where no account is named
    #[arg(long, conflicts_with = "accounts")]
    active: bool,
    #[command(flatten)]
    accounts: Accounts,
}

/// Which peerings to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings get pcx-0123456789abcdef0 --account-id 111122223333")]
pub struct GetArgs {
    /// The peerings, by id or by the cloud's name, or - to read them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    accounts: Accounts,
}

/// Lists peerings as they come.
pub(super) async fn list(context: &Context, args: ListArgs) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let client = on.client.streaming();
    if args.accounts.accounts.is_empty() {
        let rows = rows(client.active_peerings(&on.project));
        let nothing = "no active peerings in this project";
        context.ui.list(&LISTING, rows, nothing).await?;
        if !args.active {
            context.ui.hint("--account-id lists what an account has asked for, active or not");
        }
        return Ok(());
    }
    let accounts = stream::iter(&args.accounts.accounts);
    let rows = rows(accounts.flat_map(|account| client.peerings(&on.project, account)));
    let nothing = format!("no peerings asked for by {}", args.accounts.accounts.join(", "));
    context.ui.list(&LISTING, rows, &nothing).await.map(drop)
}

/// Shows peerings; the API reads none by itself, so they are looked for in its lists.
pub(super) async fn get(context: &Context, args: GetArgs) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let known = find::fetch(on, &args.accounts.accounts).await?;
    let fetch = async |name: &str, _: bool| find::select(&known, name).cloned();
    let detail = |peering: &Peering| detail(context, peering);
    names::show(context, &LISTING, "peering", &args.ids, fetch, detail).await
}

fn detail(context: &Context, peering: &Peering) -> Detail {
    let side = |account: Option<&str>, vpc: Option<&str>, cidr: Option<&str>| {
        let parts = [("account", account), ("VPC", vpc), ("addresses", cidr)];
        let part = |(label, text): (&str, Option<&str>)| text.map(|text| format!("{label} {text}"));
        parts.into_iter().filter_map(part).collect::<Vec<_>>()
    };
    let (account, vpc) = (&peering.requester_account_id, &peering.requester_vpc_id);
    let mut detail = vec![
        ("peering", peering.name.iter().cloned().collect()),
        ("id", vec![peering.id.clone()]),
        ("state", vec![state(peering)]),
        ("asked for by", side(Some(account), Some(vpc), peering.requester_cidr.as_deref())),
        (
            "asked of",
            side(
                peering.accepter_account_id.as_deref(),
                peering.accepter_vpc_id.as_deref(),
                peering.accepter_cidr.as_deref(),
            ),
        ),
    ];
    detail.extend(peering.status_message.iter().map(|text| ("message", vec![text.clone()])));
    let expires = peering.expiration_time.as_deref().map(|date| context.ui.moment(date));
    detail.extend(expires.map(|text| ("expires", vec![text])));
    detail
}

/// What Atlas is doing, or otherwise what the cloud says.
pub(super) fn state(peering: &Peering) -> String {
    match peering.local_status.as_str() {
        "" | "NONE" => peering.cloud_status.clone(),
        "ACTIVE" => "active".to_owned(),
        under_way => under_way.to_lowercase().replace('_', "-"),
    }
}
