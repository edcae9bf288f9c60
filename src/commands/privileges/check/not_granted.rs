//! `privileges check not-granted`.

use std::path::PathBuf;

use serde::Serialize;

use super::super::asked::{self, StreamActionParser};
use super::super::users::Called;
use super::{LIVE, policy, seen};
use crate::comma_list::{CommaList, Items};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::actions::Action;
use crate::privileges::decide::Decider;
use crate::privileges::project::DatabaseUser;
use crate::privileges::rights::Verdict;
use crate::ui::{Column, Listing, plural};

/// Which policy to check, and for what.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Checked are database users; spctl privileges who-can tells about people, too. A role that is
not fully understood counts as granting it. The exit code is 3 if anybody may do it.

Examples:
  spctl privileges check not-granted policy.yaml \\
      --action dropStreamProcessor --instance payments
  spctl privileges check not-granted live --action start --instance orders \\
      --to alice")]
pub struct Args {
    /// The policy, live for the project as it is now, or - for stdin
    #[arg(value_name = "POLICY", default_value = LIVE)]
    policy: PathBuf,
    /// The stream action
    #[arg(long, value_name = "ACTION", required = true, value_parser = StreamActionParser, hide_possible_values = true)]
    action: &'static Action,
    /// The instance
    #[arg(long, visible_alias = "workspace", value_name = "NAME")]
    instance: String,
    /// Only to these database users
    #[arg(long, value_name = "USER,…", num_args = 1..)]
    to: Vec<CommaList<String>>,
}

/// Somebody who may do it, as it is written.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    action: &'static str,
    instance: String,
    allowed: &'static str,
    chain: String,
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("name", |row| row.name.as_str().into()),
        Column::identifying("action", |row| row.action.into()),
        Column::identifying("instance", |row| row.instance.as_str().into()),
        Column::new("allowed", |row| row.allowed.into()),
        Column::new("chain", |row| row.chain.as_str().into()),
    ],
    default: 5,
    name: |row| row.name.clone(),
};

/// Tells everybody who may do it.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let project = seen(context, &policy(context, "privileges check", &args.policy)?);
    let instance = asked::instances(&project, &[&args.instance])?;
    let instance = instance.first().copied().unwrap_or_default();
    let called = Called::of(&project);
    let asked = args.to.items().map(|name| called.find(name)).collect::<Result<Vec<_>>>()?;
    let users: Vec<&DatabaseUser> = match asked.is_empty() {
        true => project.users.iter().collect(),
        false => asked,
    };
    let decider = Decider::new(&project);
    let row = |user: &DatabaseUser| {
        let verdict = decider.verdict(user, args.action, instance);
        let chain = decider.ways(user, args.action).chains.into_iter().next();
        (verdict != Verdict::No).then(|| Row {
            name: called.name(user),
            action: args.action.documented,
            instance: instance.to_owned(),
            allowed: verdict.word(),
            chain: chain.map(|chain| chain.to_string()).unwrap_or_default(),
        })
    };
    let rows: Vec<Row> = users.into_iter().filter_map(row).collect();
    let many = rows.len();
    context.ui.list_computed(&LISTING, rows, "nobody who was asked about may do it")?;
    match many {
        0 => Ok(()),
        _ => Err(Error::new(
            Kind::Differs,
            format!(
                "{} may {} on {instance}",
                plural(many, "database user"),
                args.action.documented
            ),
        )),
    }
}
