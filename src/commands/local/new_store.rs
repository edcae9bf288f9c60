//! The options of a new store, for `init` and `reset`.

use std::str::FromStr;

use clap::Args;
use jiff::Timestamp;

use crate::error;
use crate::local::Create;
use crate::local::admin::{ACCESS_LIST_LIMIT, Admin, USER_LIMIT};
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
    #[arg(long, value_name = "N|none")]
    limit_users: Option<Most>,
    /// The most entries a project's IP access list may have, or none for no limit [default: 200, as in Atlas]
    #[arg(long, value_name = "N|none")]
    limit_access_list: Option<Most>,
}

impl NewStoreArgs {
    pub(super) fn create(&self) -> Create {
        let (seed, now) = (self.seed, self.now.map(|now| now.ago(Timestamp::now())));
        match self.empty {
            true => Create::Empty { seed, now },
            false => Create::Sample { seed, now },
        }
    }

    pub(super) fn finish(&self, admin: &mut Admin) -> error::Result<()> {
        let limits = [(USER_LIMIT, self.limit_users), (ACCESS_LIST_LIMIT, self.limit_access_list)];
        for (limit, most) in limits {
            if let Some(Most(most)) = most {
                admin.set_limit(&limit, most)?;
            }
        }
        Ok(())
    }
}

/// How many there may be; `None` is no limit.
#[derive(Debug, Clone, Copy)]
struct Most(Option<u32>);

impl FromStr for Most {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(0) => {}
            Ok(most) => return Ok(Most(Some(most))),
            Err(_) if text == "none" => return Ok(Most(None)),
            Err(_) => {}
        }
        Err("give a number from 1, or none")
    }
}
