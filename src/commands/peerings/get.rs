//! `peerings get`.

use super::{Accounts, LISTING, NOUN, lookup, state};
use crate::atlas::peerings::Peering;
use crate::commands::names;
use crate::context::Context;
use crate::error::Result;
use crate::ui::Detail;

/// Which peerings to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings get pcx-0123456789abcdef0 --account-id 111122223333")]
pub struct Args {
    /// The peerings, by id or by the cloud's name, or - to read them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    accounts: Accounts,
}

/// Shows peerings. The API cannot return a single one, so they are looked up in its lists.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let known = lookup::fetch(on, &args.accounts.ids()).await?;
    let fetch = async |name: &str, _: bool| lookup::select(&known, name).cloned();
    let detail = |peering: &Peering| detail(context, peering);
    names::show(context, &LISTING, NOUN, &args.ids, fetch, detail).await
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
