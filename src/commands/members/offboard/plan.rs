//! What an offboarding removes, from people as they are now.

use super::Leaving;
use super::rest::told;
use crate::atlas::members::Home;
use crate::change::{Change, Expect, Fact, Plan, Planned, Remark};
use crate::commands::members::footprint::Trace;
use crate::commands::members::view::missing;
use crate::commands::members::{home, remove, selection};
use crate::context::Context;
use crate::error::Result;

impl Leaving<'_> {
    /// Removes them, each as they are now.
    pub(super) async fn plan(&self, context: &Context) -> Result<Plan> {
        let known = home::direct(context.client()?, &self.home).await?;
        let mut plan = home::plan(&self.home, "remove", "removed");
        let mut absent = Vec::new();
        for footprint in &self.gathered.people {
            let person = &footprint.person;
            let Some(row) = known.iter().find(|row| person.is(&row.view.username)) else {
                absent.push(footprint);
                continue;
            };
            let member = &row.view;
            let object = home::object(&self.home, member);
            plan.typed(&object, &person.address);
            let change = Change::new(object, self.home.remove_call(&member.id), Expect::Gone);
            let mut facts = remove::facts(&self.home, member, &self.projects);
            if let Home::Project(_) = &self.home {
                facts.retain(|fact| fact.label != "keeps");
                let kept = footprint.kept(&self.gathered.policy.project.name).map(Trace::told);
                let kept = kept.collect::<Vec<_>>().join(", ");
                if !kept.is_empty() {
                    facts.push(Fact::new("keeps", format!("{kept}: --from-org takes that too")));
                }
            }
            let told = told(footprint).into_iter().map(|(label, text)| Fact::new(label, text));
            plan.change(change.was(row.raw.clone()).facts(facts).facts(told));
        }
        let names = absent.iter().map(|one| one.person.address.clone()).collect();
        let reasons = match &self.home {
            // There is nobody to find by another way.
            Home::Org(_) => absent
                .iter()
                .map(|one| {
                    let name = one.person.address.clone();
                    let error = missing(&self.home, &name, &known);
                    (name, error)
                })
                .collect(),
            Home::Project(_) => selection::explain(context, &self.home, names, &known).await?,
        };
        for (name, error) in reasons {
            let found = absent.iter().find(|one| one.person.address == name);
            let has_users = self.users.iter().any(|(_, whose, _)| *whose == name);
            match found.filter(|_| has_users) {
                None => {
                    let error = match found.filter(|one| one.is_known) {
                        Some(_) if matches!(self.home, Home::Project(_)) => {
                            error.hint("--from-org removes them from the organisation")
                        }
                        _ => error,
                    };
                    plan.refuse(plan.object(&name), error);
                }
                Some(footprint) => {
                    plan.note(Remark::Warning(error.to_string()));
                    if footprint.is_known && matches!(self.home, Home::Project(_)) {
                        plan.note(Remark::Hint(
                            "--from-org takes it back with the rest".to_owned(),
                        ));
                    }
                    for (label, text) in told(footprint) {
                        plan.note(format!("{name}: {label}: {text}"));
                    }
                }
            }
        }
        if self.gathered.policy.list("users").is_none() {
            let why = "database users may not be read: those that are theirs are not locked";
            plan.note(Remark::Warning(why.to_owned()));
        }
        for unseen in &self.gathered.unseen {
            plan.note(format!("not seen: {}: {}", unseen.name, unseen.why));
        }
        Ok(plan)
    }

    /// Lets a list of what failed name people, whatever of theirs it was.
    pub(super) fn name_people(&self, locked: &mut Planned<'_>, people: &Plan) {
        let removed = people.changes().iter().map(|change| change.object().clone());
        let mut typed: Vec<_> = removed.map(|object| (object.clone(), object.name)).collect();
        let all = self.gathered.people.iter().map(|one| one.person.address.clone());
        typed.extend(all.map(|address| (people.object(&address), address)));
        let plan = locked.plan();
        for (name, whose, _) in &self.users {
            typed.push((plan.object(name), whose.clone()));
        }
        for object in plan.changes().iter().map(|change| change.object().clone()) {
            let is = |(name, ..): &&(String, String, String)| {
                *name == object.name || name.starts_with(&format!("{}@", object.name))
            };
            let whose = self.users.iter().find(is).map(|(_, whose, _)| whose.clone());
            typed.extend(whose.map(|whose| (object, whose)));
        }
        typed.iter().for_each(|(object, text)| locked.typed(object, text));
    }
}
