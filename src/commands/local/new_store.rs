//! The options of a new store, for `init` and `reset`.

use clap::Args;
use jiff::Timestamp;

use crate::error::Result;
use crate::local::Create;
use crate::local::admin::Admin;
use crate::times::{self, Moment};

/// What a new store starts with.
#[derive(Debug, Args)]
pub struct NewStoreArgs {
    /// Create only one organisation with one project, instead of the sample
    #[arg(long)]
    empty: bool,
    /// The number that ids and sample events are derived from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The initial time of the store's clock
    #[arg(long, value_name = "TIME", value_parser = times::parse)]
    now: Option<Moment>,
    /// The most database users a project may have, or none for no limit [default: 100, as in Atlas]
    #[arg(long, value_name = "N|none", value_parser = user_limit)]
    limit_users: Option<u32>,
}

impl NewStoreArgs {
    pub(super) fn create(&self) -> Create {
        let (seed, now) = (self.seed, self.now.map(|now| now.ago(Timestamp::now())));
        match self.empty {
            true => Create::Empty { seed, now },
            false => Create::Sample { seed, now },
        }
    }

    pub(super) fn finish(&self, admin: &mut Admin) -> Result<()> {
        self.limit_users.map_or(Ok(()), |most| admin.limit_users(most))
    }
}

/// A number of users; `none` is no limit, which is kept as 0.
fn user_limit(text: &str) -> Result<u32, String> {
    match text {
        "none" => Ok(0),
        _ => text
            .parse()
            .ok()
            .filter(|n| *n > 0)
            .ok_or_else(|| "give a number from 1, or none".into()),
    }
}
