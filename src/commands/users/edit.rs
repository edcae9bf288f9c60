//! What every change to existing users shares: look up, plan, send, read back. And `delete`.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::list::{LISTING, describe, role, scopes};
pub use super::naming::NOUN;
use super::naming::{self, Known};
use crate::atlas::users::{self, User};
use crate::change::{
    self, Applied, Batch, Beside, Change, Expect, Fact, ObjectId, Plan, Planned, Stage,
};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;
use crate::times::rfc3339;
use crate::ui::Cell;

/// The users that a change is about.
#[derive(Debug, clap::Args)]
pub struct Who {
    /// The users, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
    /// The authentication database, where two users have one name
    #[arg(long, value_name = "DB", value_parser = naming::DATABASES)]
    pub auth_db: Option<String>,
    /// What several names have in common.
    #[command(flatten)]
    pub batch: Batch,
}

/// Which users to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users delete alice
  spctl users delete - --yes < leavers.txt")]
pub struct DeleteArgs {
    #[command(flatten)]
    who: Who,
}

/// The most users that one look at a listing tells of.
const PAGE: usize = 500;

/// What shall become of one user.
pub enum Edit {
    /// It is as it should be.
    Unchanged,
    /// Send these fields, and nothing else.
    Send {
        /// The fields of the PATCH.
        fields: Value,
        /// What reading back must show; the fields where they can be read.
        expect: Value,
        /// The preview.
        facts: Vec<Fact>,
    },
}

impl Edit {
    /// Fields that can be read back as they were sent.
    pub fn fields(fields: Value, facts: Vec<Fact>) -> Self {
        Edit::Send { expect: fields.clone(), fields, facts }
    }
}

/// A verb in the forms that messages need.
#[derive(Clone, Copy)]
pub struct Verb(pub &'static str, pub &'static str);

/// The users that a command line names, as often as they are looked up.
pub struct Named<'a> {
    /// The project, and the client on it.
    pub on: &'a ProjectClient,
    /// The names, in the order they were given.
    names: Vec<String>,
    auth_db: Option<&'a str>,
    /// How many users the project had, and the only one that is meant, once they were looked up.
    seen: RefCell<Option<(usize, Option<Known>)>>,
}

/// The users that a command line means.
pub struct Found {
    /// The project's id.
    pub project: String,
    /// Each of them once.
    pub users: Vec<Known>,
    /// The names that mean no user, or more than one.
    pub missing: Vec<(String, Error)>,
}

impl<'a> Named<'a> {
    /// Reads the names.
    ///
    /// # Errors
    /// Those of names from stdin, and that no project is chosen.
    pub async fn read(context: &'a Context, who: &'a Who) -> Result<Named<'a>> {
        let names = names::read(context, &who.names)?;
        let on = context.project().await?;
        let seen = RefCell::default();
        Ok(Named { on, names, auth_db: who.auth_db.as_deref(), seen })
    }

    /// Looks them up, whenever it is called.
    ///
    /// # Errors
    /// Those of the API.
    pub async fn find(&self) -> Result<Found> {
        // Whoever is named alone among many need not be looked for a second time.
        let alone = match &*self.seen.borrow() {
            Some((many, Some(alone))) if *many > PAGE => Some(alone.clone()),
            _ => None,
        };
        let known = match alone {
            Some(alone) => naming::again(self.on, alone).await?,
            None => naming::fetch(self.on).await?,
        };
        let (mut users, mut missing): (Vec<Known>, Vec<_>) = (Vec::new(), Vec::new());
        let mut chosen = HashSet::new();
        for name in &self.names {
            match naming::select(&known, name, self.auth_db) {
                Ok(user) if !chosen.insert(&user.name) => {}
                Ok(user) => users.push(user.clone()),
                Err(error) => missing.push((name.clone(), error)),
            }
        }
        let alone = users.first().filter(|_| self.names.len() == 1).cloned();
        self.seen.borrow_mut().get_or_insert((known.len(), alone));
        Ok(Found { project: self.on.project.clone(), users, missing })
    }
}

impl Found {
    /// A plan that says who is not there.
    pub fn empty_plan(&self, verb: Verb) -> Plan {
        let mut plan = Plan::new(&self.project, NOUN, verb.0, verb.1);
        for (name, error) in &self.missing {
            plan.refuse(plan.object(name), error.again());
        }
        plan
    }

    /// A plan that changes each of them as `edit` says, which may note something beside.
    pub fn plan(
        &self,
        verb: Verb,
        edit: impl Fn(&Known, &mut Vec<String>) -> Result<Edit>,
    ) -> Plan {
        let mut plan = self.empty_plan(verb);
        let mut notes = Vec::new();
        for known in &self.users {
            match edit(known, &mut notes) {
                Ok(Edit::Unchanged) => plan.unchanged(plan.object(&known.name)),
                Ok(Edit::Send { fields, expect, facts }) => {
                    plan.change(update(&plan, known, fields, expect, facts));
                }
                Err(error) => plan.refuse(plan.object(&known.name), error),
            }
        }
        notes.into_iter().for_each(|note| plan.note(note));
        plan
    }
}

/// The change that sends these fields of a user.
pub fn update(
    plan: &Plan,
    known: &Known,
    fields: Value,
    expect: Value,
    facts: Vec<Fact>,
) -> Change {
    let User { database_name, username, .. } = known.user();
    // Its short name may be another user's, too, by the time it is read back.
    let lasting = plan.object(naming::full_name(known.user()));
    let expect = match expect.as_object().is_some_and(Map::is_empty) {
        true => Expect::Still(lasting, still(known)),
        false => Expect::At(lasting, expect),
    };
    let call = users::update_call(plan.project(), database_name, username, fields);
    Change::new(plan.object(&known.name), call, expect).was(known.row.raw.clone()).facts(facts)
}

/// What a new password leaves alone, and must find there when it is read back.
fn still(known: &Known) -> Value {
    let object: Value = serde_json::from_str(known.row.raw.get()).unwrap_or_default();
    let fields = ["roles", "scopes"].into_iter();
    let fields: Map<String, Value> =
        fields.filter_map(|key| Some((key.to_owned(), object.get(key)?.clone()))).collect();
    Value::Object(fields)
}

/// Looks the users up and changes each as `edit` says, by what is read `beside`.
pub async fn edit<T>(
    context: &Context,
    who: &Who,
    verb: Verb,
    beside: impl AsyncFn() -> Result<T>,
    edit: impl Fn(&Known, &T, &mut Vec<String>) -> Result<Edit>,
) -> Result<()> {
    let named = Named::read(context, who).await?;
    let beside = Beside::new(context, beside);
    let look = async || {
        let beside = context.signals.interruptible(beside.get()).await?;
        let found = context.signals.interruptible(named.find()).await?;
        Ok(found.plan(verb, |known, notes| edit(known, &beside, notes)))
    };
    let planned = Planned::by(look).await?;
    execute(context, planned, Some(&who.batch), named.on).await.outcome
}

/// Runs a plan about users, and writes those that were changed where a format was asked for.
pub async fn execute<'a>(
    context: &'a Context,
    planned: impl Into<Planned<'a>>,
    batch: Option<&Batch>,
    on: &'a ProjectClient,
) -> Applied {
    execute_after(context, Vec::new(), planned.into(), batch, on).await
}

/// The same, behind stages that the plan builds on.
pub async fn execute_after<'a>(
    context: &'a Context,
    mut stages: Vec<Stage<'a>>,
    planned: Planned<'a>,
    batch: Option<&Batch>,
    on: &'a ProjectClient,
) -> Applied {
    let alone = planned.plan().asked() == 1;
    let shown = Rc::new(RefCell::new(Vec::new()));
    let fetched = Rc::clone(&shown);
    stages.push(Stage::new(planned, move || async move {
        let users = naming::fetch(on).await?;
        fetched.borrow_mut().clone_from(&users);
        Ok(naming::read_back(&on.project, users))
    }));
    let mut applied = change::execute_all(context, stages, batch, &LISTING).await;
    // What the earlier stages did is not about users.
    applied.done.retain(|object| object.noun == NOUN);
    applied.unknown.retain(|object| object.noun == NOUN);
    if !context.ui.wants_data() || applied.done.is_empty() {
        return applied;
    }
    let done: HashSet<&ObjectId> = applied.done.iter().collect();
    let is_done =
        |known: &Known| naming::objects(&on.project, known).iter().any(|one| done.contains(one));
    let rows: Vec<_> = shown
        .take()
        .into_iter()
        .filter(is_done)
        .map(|known| (known.row.raw.clone(), known))
        .collect();
    let shown = context.ui.show_asked(&LISTING, rows, alone, |_| Vec::new());
    applied.outcome = applied.outcome.and(shown);
    applied
}

/// Deletes users.
pub(super) async fn delete(context: &Context, args: DeleteArgs) -> Result<()> {
    let named = Named::read(context, &args.who).await?;
    let look = async || {
        let found = context.signals.interruptible(named.find()).await?;
        let mut plan = found.empty_plan(Verb("delete", "deleted"));
        for known in &found.users {
            plan.change(deletion(&plan, known).facts(summary(known)));
        }
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    execute(context, planned, Some(&args.who.batch), named.on).await.outcome
}

/// The change that deletes a user.
pub fn deletion(plan: &Plan, known: &Known) -> Change {
    let user = known.user();
    let call = users::delete_call(plan.project(), &user.database_name, &user.username);
    Change::new(plan.object(&known.name), call, Expect::Gone).was(known.row.raw.clone())
}

/// What a user is today.
fn summary(known: &Known) -> Vec<Fact> {
    let user = known.user();
    let roles: Vec<String> = user.roles.iter().map(role).collect();
    let mut facts = vec![
        Fact::new("database", user.database_name.clone()),
        Fact::means("roles", roles.join(", ")),
        Fact::means("scopes", describe(&scopes(user))),
    ];
    if let Cell::Moment(time) = Cell::moment(user.delete_after_date.as_deref()) {
        facts.push(Fact::new("expires", rfc3339(time)));
    }
    facts
}

/// An error of the command line about one user.
pub fn refuse(known: &Known, message: impl std::fmt::Display) -> Error {
    Error::usage(format!("database user {}: {message}", known.name))
}
