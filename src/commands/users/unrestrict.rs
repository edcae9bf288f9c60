//! `users unrestrict`: lifts the restriction of users to instances.

use super::patch;
use super::scopes::{change, understood};
use super::selection::{UserArgs, Verb};
use crate::commands::consequence::Around;
use crate::context::Context;
use crate::error::Result;
use crate::privileges::scopes::Scopes;

/// Which users to unrestrict.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  spctl users unrestrict alice")]
pub struct Args {
    #[command(flatten)]
    who: UserArgs,
}

/// Removes all scopes.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let estate = async |around: &Around| around.estate().await;
    let verb = Verb("unrestrict", "unrestricted");
    patch::each(context, &args.who, verb, None, estate, |known, estate, _| {
        Ok(change(known, &understood(known)?, &Scopes::new(), estate))
    })
    .await
}
