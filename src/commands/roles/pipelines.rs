//! What processors do through connections that execute as a role, for changes that take something
//! from it.

use std::collections::BTreeMap;

use futures_util::{StreamExt, TryStreamExt, stream};

use super::usage::{Executor, Users};
use crate::change::Fact;
use crate::commands::processors::through::{Execution, Processors};
use crate::error::Result;
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::session::ProjectClient;

/// How many instances are asked for their processors concurrently.
const AT_ONCE: usize = 8;

/// The processors of the instances that have such connections.
#[derive(Default)]
pub(super) struct Pipelines {
    /// By project and instance.
    processors: BTreeMap<(String, String), Processors>,
}

impl Pipelines {
    /// Those that roles matter to.
    ///
    /// # Errors
    /// Those of the API, except that the credential may not list them.
    pub(super) async fn fetch(
        on: &ProjectClient,
        users: &Users,
        roles: &[String],
    ) -> Result<Pipelines> {
        let executors = roles.iter().flat_map(|role| users.executors(role));
        let mut places: Vec<_> = executors.map(place).collect();
        places.sort();
        places.dedup();
        let processors = stream::iter(places)
            .map(async |place| {
                let (project, instance) = &place;
                Processors::fetch(&on.elsewhere(project), instance)
                    .await
                    .map(|found| (place, found))
            })
            .buffered(AT_ONCE);
        Ok(Pipelines { processors: processors.try_collect().await? })
    }

    /// What connections that execute as a role, or as one that inherits it, could do and no longer
    /// can when the roles are as in `after`.
    pub(super) fn losses(&self, users: &Users, role: &str, after: &RoleGraph) -> Vec<Fact> {
        let of_executor = |executor: &Executor| {
            let processors = self.processors.get(&place(executor))?;
            let roles = [GrantedRole::on_admin(&executor.role)];
            let before = Execution { graph: &users.graph, roles: &roles };
            let after = Execution { graph: after, roles: &roles };
            let name = format!("connection {}", executor.name);
            Some(processors.losses(&executor.connection, Some(&name), Some(before), after))
        };
        users.executors(role).into_iter().filter_map(of_executor).flatten().collect()
    }
}

fn place(executor: &Executor) -> (String, String) {
    (executor.project.clone(), executor.instance.clone())
}
