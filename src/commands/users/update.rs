//! `users update`: password, description, labels, expiry.

use serde_json::{Map, Value, json};

use super::execute::execute;
use super::label::{self, Label};
use super::naming::{LONGEST, NamedUser};
use super::password::PasswordSource;
use super::patch::UserPatch;
use super::selection::{SelectedUsers, Selection, UserArgs, Verb, refuse};
use super::view::{authentication, has_password};
use crate::change::{Beside, Fact, ObjectId, Planned};
use crate::comma_list::{CommaList, Items};
use crate::commands::consequence::{Around, Sent, of_users};
use crate::commands::expiry;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::output;
use crate::near;

/// What to change of users.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "To change roles, use grant and revoke; to change scopes, restrict and unrestrict.

Examples:
  spctl users update alice --generate-password \\
      --password-file alice.secret
  spctl users update alice --description 'on call' --label team=payments
  spctl users update contractor --expires 8h
  spctl users update contractor --expires never
  spctl users list --label team=payments -q | spctl users update - \\
      --label team=billing --yes"
)]
pub struct Args {
    #[command(flatten)]
    who: UserArgs,
    /// Prompt for a new password
    #[arg(long, group = "password_source", conflicts_with = "generate_password")]
    password: bool,
    #[command(flatten)]
    source: PasswordSource,
    /// When the user expires, within a week: a duration such as 8h, or a date; never lifts an expiry
    #[arg(long, value_name = "8h|DATE|never")]
    expires: Option<String>,
    /// What the user is for
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Set a label
    #[arg(long = "label", value_name = "KEY=VALUE", num_args = 1..)]
    labels: Vec<Label>,
    /// Remove a label
    #[arg(long = "remove-label", value_name = "KEY,…", num_args = 1..)]
    removed: Vec<CommaList<String>>,
}

/// Changes users.
pub(super) async fn run(context: &Context, mut args: Args) -> Result<()> {
    let removed = std::mem::take(&mut args.removed).into_items();
    let wants_password = args.password || args.source.is_given();
    let nothing = !wants_password
        && args.expires.is_none()
        && args.description.is_none()
        && args.labels.is_empty()
        && removed.is_empty();
    if nothing {
        return Err(Error::usage("no changes given")
            .hint("see spctl users update --help; to change roles, use grant and revoke"));
    }
    if let Some(label) = args.labels.iter().find(|label| removed.contains(&label.key)) {
        let why = format!("label {} is both set and removed", label.key);
        return Err(Error::usage(why).hint("omit either --label or --remove-label"));
    }
    args.source.check(context)?;
    let failed = args.who.batch.failed.as_deref();
    output::apart(&[("--password-file", args.source.file()), ("--failed", failed)])?;
    let new = label::each(&args.labels)?;
    let expires = args.expires.as_deref().map(|text| expiry::date(context, text, LONGEST));
    let expires = expires.transpose().map_err(|error| error.context("--expires"))?;
    args.source.read_ahead_of(context, &args.who.names)?;
    let named = Selection::read(context, &args.who).await?;
    let found = context.signals.interruptible(named.find()).await?;
    for key in removed.iter().filter(|_| !found.users.is_empty()) {
        if !found.users.iter().any(|known| known.user().labels.iter().any(|l| l.key == *key)) {
            context.ui.warn(format!("--remove-label {key}: none of these users has this label"));
            let labels = found.users.iter().flat_map(|known| &known.user().labels);
            let hint = near::hint(key, labels.map(|label| label.key.as_str()), "");
            if !hint.is_empty() {
                context.ui.hint(hint);
            }
        }
    }
    let names: Vec<String> = found.users.iter().map(|known| known.name.clone()).collect();
    // A preview needs no password, and must not ask for one.
    let passwords = match wants_password && !context.dry_run {
        true => {
            Some(args.source.read_each(context, &names, found.users.len() + found.missing.len())?)
        }
        false => None,
    };
    let edit = |known: &NamedUser, _: &mut Vec<_>| {
        let mut edit = Fields::default();
        if let Some(text) = &args.description {
            let before = known.user().description.clone().unwrap_or_default();
            edit.set("description", &before, text, json!(text));
        }
        if let Some(date) = &expires {
            let shown = |date: &Option<String>| date.clone().unwrap_or("never".into());
            let before = shown(&known.user().delete_after_date);
            edit.set("deleteAfterDate", &before, &shown(date), json!(date));
        }
        labels(known, &new, &removed, &mut edit);
        let fields = Value::Object(edit.fields);
        if !wants_password {
            return Ok(match edit.facts.is_empty() {
                true => UserPatch::Unchanged,
                false => UserPatch::fields(fields, edit.facts),
            });
        }
        if !has_password(known.user()) {
            let how = authentication(known.user());
            return Err(refuse(known, format!("it authenticates without a password ({how})")));
        }
        edit.facts.push(Fact::new("password", "a new one"));
        let secret = passwords.as_ref().and_then(|p| p.of(&known.name)).unwrap_or("********");
        let mut sent = fields.clone();
        sent["password"] = json!(secret);
        Ok(UserPatch::Send { fields: sent, expect: fields, facts: edit.facts })
    };
    let around = Beside::new(context, async || Ok(Around::new(context, named.on)));
    let plan = async |found: &SelectedUsers| {
        let mut plan = found.plan(Verb("update", "updated"), edit);
        let around = around.get().await?;
        // Of these fields, the expiry alone decides what a user may do.
        let told = of_users(&around, None, Sent::Fields, &mut plan);
        context.signals.interruptible(told).await?;
        Ok(plan)
    };
    let first = plan(&found).await?;
    let planned = Planned::from(first)
        .anew(async || plan(&context.signals.interruptible(named.find()).await?).await);
    let batch = Some(&args.who.batch);
    let mut applied = execute(context, planned, batch, named.on).await;
    let unknown = std::mem::take(&mut applied.unknown);
    let hand_over = async |done: &[ObjectId]| {
        passwords.map_or(Ok(()), |passwords| passwords.hand_over(context, done, &unknown))
    };
    applied.then(context, hand_over).await
}

#[derive(Default)]
struct Fields {
    fields: Map<String, Value>,
    facts: Vec<Fact>,
}

impl Fields {
    fn set(&mut self, field: &'static str, before: &str, after: &str, value: Value) {
        if before != after {
            self.fields.insert(field.into(), value);
            self.facts.push(Fact::change(field, before, after));
        }
    }
}

fn labels(known: &NamedUser, new: &[Label], removed: &[String], edit: &mut Fields) {
    let before: Vec<Label> = known
        .user()
        .labels
        .iter()
        .map(|l| Label { key: l.key.clone(), value: l.value.clone() })
        .collect();
    let replaced = |l: &Label| new.iter().any(|new| new.key == l.key);
    let mut after: Vec<Label> =
        before.iter().filter(|l| !replaced(l) && !removed.contains(&l.key)).cloned().collect();
    after.extend(new.iter().cloned());
    let same = after.len() == before.len() && after.iter().all(|l| before.contains(l));
    if !same {
        let text = |labels: &[Label]| {
            labels.iter().map(|l| format!("{}={}", l.key, l.value)).collect::<Vec<_>>().join(", ")
        };
        let documents: Vec<Value> = after.iter().map(Label::document).collect();
        edit.set("labels", &text(&before), &text(&after), json!(documents));
    }
}
