//! A command about stream processing: who sends it to which instance, and whether that is allowed.

use rusqlite::TransactionBehavior;

use super::Command;
use crate::local::domain::Work;
use crate::local::domain::actor::{Actor, Identity};
use crate::local::domain::instances::InstanceName;
use crate::local::domain::processors;
use crate::local::wire::cursors::{Cursors, Owner};
use crate::local::wire::failure::{Code, Failure};
use crate::local::wire::plane::Plane;
use crate::local::wire::session::{Instance, Session};
use crate::privileges::catalogue::actions::Action;

/// A command of somebody who has signed in.
pub(super) struct Call<'a> {
    plane: &'a Plane,
    actor: Actor,
    instance: Instance,
    command: &'a Command,
    action: &'static Action,
}

impl<'a> Call<'a> {
    /// A command, which needs this action.
    ///
    /// # Errors
    /// Nobody has signed in; it is for another database than `admin`.
    pub(super) fn of(
        plane: &'a Plane,
        session: &Session,
        command: &'a Command,
        action: &'static Action,
    ) -> Result<Call<'a>, Failure> {
        let actor = session.actor(&command.name)?;
        if command.database != "admin" {
            let text = format!("{} may only be run against the admin database.", command.name);
            return Err(Failure::new(Code::UNAUTHORIZED, text));
        }
        Ok(Call { plane, actor, instance: session.instance.clone(), command, action })
    }

    /// The cursors of the server.
    pub(super) fn cursors(&self) -> &Cursors {
        &self.plane.cursors
    }

    /// Who sends it, as an owner of cursors.
    pub(super) fn owner(&self) -> Owner {
        let (database, row) = match &self.actor.identity {
            Identity::DatabaseUser { database, row, .. } => (database.clone(), *row),
            _ => (String::new(), None),
        };
        Owner { instance: self.instance.clone(), database, name: self.actor.name.clone(), row }
    }

    /// The processor that the command names, if its value is a name.
    fn named(&self) -> Option<&'a str> {
        self.command.body.get_str(&self.command.name).ok()
    }

    /// The processor that the command names.
    ///
    /// # Errors
    /// It names none.
    pub(super) fn processor(&self) -> Result<String, Failure> {
        let name = self.named().map(str::to_owned);
        let text = || format!("{} needs the name of a processor", self.command.name);
        name.ok_or_else(|| Failure::new(Code::FAILED_TO_PARSE, text()))
    }

    /// Reads, if the actor may.
    ///
    /// # Errors
    /// It may not; what the job refuses.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Work<'_>, InstanceName<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.perform(TransactionBehavior::Deferred, job).await
    }

    /// Reads and writes, all or nothing, if the actor may.
    ///
    /// # Errors
    /// It may not; what the job refuses.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Work<'_>, InstanceName<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.perform(TransactionBehavior::Immediate, job).await
    }

    async fn perform<T: Send + 'static>(
        &self,
        behavior: TransactionBehavior,
        job: impl FnOnce(&Work<'_>, InstanceName<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (action, instance) = (self.action, self.instance.clone());
        let done = self.plane.work(behavior, self.actor.clone(), move |work| {
            let instance = InstanceName { project: &instance.project, name: &instance.name };
            work.authorize_action(action, instance)?;
            job(work, instance)
        });
        let done = done.await;
        if let Err(refused) = &done
            && refused.code == Code::UNAUTHORIZED
        {
            self.record(refused).await?;
        }
        done
    }

    /// Writes a refusal into the instance's log: apart, since what was refused leaves nothing.
    async fn record(&self, refused: &Failure) -> Result<(), Failure> {
        let (instance, command) = (self.instance.clone(), self.command.name.clone());
        let (name, why) = (self.named().map(str::to_owned), refused.text.clone());
        let write = self.plane.write(self.actor.clone(), move |work| {
            let instance = InstanceName { project: &instance.project, name: &instance.name };
            processors::refused(work, instance, &command, name.as_deref(), &why)
        });
        write.await
    }
}
