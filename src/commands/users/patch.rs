//! Changes to fields of existing users.

use serde_json::{Map, Value};

use super::execute::execute;
use super::naming::{self, NamedUser};
use super::selection::{SelectedUsers, Selection, UserArgs, Verb};
use crate::atlas::users::{self, User};
use crate::change::{Beside, Change, Expect, Fact, Plan, Planned, Remark};
use crate::commands::consequence::{Around, Sent, of_users};
use crate::context::Context;
use crate::error::Result;

/// The change to one user.
pub enum UserPatch {
    /// It is as it should be.
    Unchanged,
    /// Send these fields, and nothing else.
    Send {
        /// The fields of the PATCH.
        fields: Value,
        /// What reading back must show: the fields, if they can be read.
        expect: Value,
        /// The preview.
        facts: Vec<Fact>,
    },
}

impl UserPatch {
    /// Fields that can be read back as they were sent.
    pub fn fields(fields: Value, facts: Vec<Fact>) -> Self {
        UserPatch::Send { expect: fields.clone(), fields, facts }
    }
}

impl SelectedUsers {
    /// A plan that changes each of them as `edit` says, which may add notes.
    pub fn plan(
        &self,
        verb: Verb,
        edit: impl Fn(&NamedUser, &mut Vec<Remark>) -> Result<UserPatch>,
    ) -> Plan {
        let mut plan = self.empty_plan(verb);
        let mut notes = Vec::new();
        for known in &self.users {
            match edit(known, &mut notes) {
                Ok(UserPatch::Unchanged) => plan.unchanged(plan.object(&known.name)),
                Ok(UserPatch::Send { fields, expect, facts }) => {
                    plan.change(patch(&plan, known, fields, expect, facts));
                }
                Err(error) => plan.refuse(plan.object(&known.name), error),
            }
        }
        notes.into_iter().for_each(|note| plan.note(note));
        plan
    }
}

/// The change that sends these fields of a user.
pub fn patch(
    plan: &Plan,
    known: &NamedUser,
    fields: Value,
    expect: Value,
    facts: Vec<Fact>,
) -> Change {
    let User { database_name, username, .. } = known.user();
    // Its short name may have become ambiguous by the time it is read back.
    let lasting = plan.object(naming::full_name(known.user()));
    let expect = match expect.as_object().is_some_and(Map::is_empty) {
        true => Expect::Still(lasting, still(known)),
        false => Expect::At(lasting, expect),
    };
    let call = users::update_call(plan.project(), database_name, username, fields);
    Change::new(plan.object(&known.name), call, expect).was(known.row.raw.clone()).facts(facts)
}

/// What a new password must leave unchanged, to be read back.
fn still(known: &NamedUser) -> Value {
    let object: Value = serde_json::from_str(known.row.raw.get()).unwrap_or_default();
    let fields = ["roles", "scopes"].into_iter();
    let fields: Map<String, Value> =
        fields.filter_map(|key| Some((key.to_owned(), object.get(key)?.clone()))).collect();
    Value::Object(fields)
}

/// Looks the users up and changes each as `edit` says, by what is read `beside`. What the change of
/// grants comes to is said if it is `sent`; otherwise the edit says it itself.
pub async fn each<T>(
    context: &Context,
    who: &UserArgs,
    verb: Verb,
    sent: Option<Sent>,
    beside: impl AsyncFn(&Around) -> Result<T>,
    edit: impl Fn(&NamedUser, &T, &mut Vec<Remark>) -> Result<UserPatch>,
) -> Result<()> {
    let named = Selection::read(context, who).await?;
    let around = Beside::new(context, async || Ok(Around::new(context, named.on)));
    let look = async || {
        let around = around.get().await?;
        let beside = context.signals.interruptible(beside(&around)).await?;
        let found = context.signals.interruptible(named.find()).await?;
        let mut plan = found.plan(verb, |known, notes| edit(known, &beside, notes));
        if let Some(sent) = sent {
            let told = of_users(&around, None, sent, &mut plan);
            context.signals.interruptible(told).await?;
        }
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    execute(context, planned, Some(&who.batch), named.on).await.outcome
}
