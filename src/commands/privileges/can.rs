//! `privileges can`.

use serde_json::{Value, json};

use super::asked::{self, StreamActionParser};
use super::of::why;
use super::users::Called;
use super::who_can::steps;
use crate::commands::instance_args::OnInstance;
use crate::commands::policy::SourceArgs;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::actions::Action;
use crate::privileges::decide::{self, Decider};
use crate::privileges::rights::Verdict;

/// Who, and what.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code 3 means no, or that it depends on a role that is not fully understood.

Examples:
  spctl privileges can alice startStreamProcessor --instance orders
  spctl privileges can svc-payments drop --instance payments || echo refused
  spctl privileges can bob start --instance payments --snapshot policy.yaml")]
pub struct Args {
    /// The database user
    #[arg(value_name = "USER")]
    user: String,
    /// The action
    #[arg(value_parser = StreamActionParser, hide_possible_values = true)]
    action: &'static Action,
    #[command(flatten)]
    on: OnInstance,
    #[command(flatten)]
    source: SourceArgs,
}

/// Answers in one line.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check_record()?;
    let project = args.source.project(context)?;
    let called = Called::of(&project);
    let user = called.find(&args.user)?;
    let instance = asked::instances(&project, &[&args.on.name])?;
    let instance = instance.first().copied().unwrap_or_default();
    asked::say_unseen(context, &project, asked::ON_USERS);
    let decider = Decider::new(&project);
    let (action, name) = (args.action, called.name(user));
    let verdict = decider.verdict(user, action, instance);
    let why = why(&decider, user, action, instance);
    let ways = match verdict {
        Verdict::No => Vec::new(),
        Verdict::Yes | Verdict::Might => decider.ways(user, action).chains,
    };
    let ways: Vec<_> = ways.iter().map(|chain| steps(&decide::links(chain))).collect();
    let document = json!({
        "user": name,
        "action": action.documented,
        "instance": instance,
        "allowed": verdict.word(),
        "why": why,
        "ways": serde_json::to_value(ways).unwrap_or(Value::Null),
    });
    let line = format!("{}: {name} {} on {instance}: {why}", verdict.word(), action.documented);
    match context.ui.wants_data() {
        true => context.ui.record(&crate::ui::record::lines(&document), &document)?,
        false => context.ui.line(&line)?,
    }
    match verdict {
        Verdict::Yes => Ok(()),
        Verdict::Might => Err(Error::new(
            Kind::Differs,
            format!("it is unclear whether {name} may {} on {instance}", action.documented),
        )),
        Verdict::No => Err(Error::new(
            Kind::Differs,
            format!("{name} may not {} on {instance}", action.documented),
        )),
    }
}
