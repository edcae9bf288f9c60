//! What the processors of an instance do through its connections, and what of it a role would not
//! allow.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;

use crate::atlas::processors::Processor;
use crate::change::{Fact, Weight};
use crate::error::{Error, Kind, Result};
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::pipeline::{DeadLetterQueue, PipelineUse, StageUse, Standing};
use crate::session::ProjectClient;

/// The processors of an instance, as far as the credential may read them.
pub struct Processors(std::result::Result<Vec<Processor>, Error>);

/// Roles that a connection executes as, and the roles of the cluster's project.
#[derive(Clone, Copy)]
pub struct Execution<'a> {
    /// The roles of the cluster's project.
    pub graph: &'a RoleGraph,
    /// The roles; empty if there is none.
    pub roles: &'a [GrantedRole],
}

impl Processors {
    /// Lists them.
    ///
    /// # Errors
    /// Those of the API, except that the credential may not list them.
    pub async fn fetch(on: &ProjectClient, instance: &str) -> Result<Self> {
        let rows = on.client.processors(&on.project, instance).map_ok(|row| row.view);
        match rows.try_collect().await.map_err(Error::from) {
            Ok(processors) => Ok(Processors(Ok(processors))),
            Err(error) if error.kind() == Kind::NotPermitted => Ok(Processors(Err(error))),
            Err(error) => Err(error),
        }
    }

    /// What processors do through a connection and `after` does not allow; only what `before` may
    /// allow, if that is given. `name` is what a preview calls the connection; it is left out where
    /// the change itself is about the connection.
    pub fn losses(
        &self,
        connection: &str,
        name: Option<&str>,
        before: Option<Execution<'_>>,
        after: Execution<'_>,
    ) -> Vec<Fact> {
        let through = name.map(|name| format!(" through {name}")).unwrap_or_default();
        let processors = match &self.0 {
            Ok(processors) => processors,
            Err(error) => {
                let text = format!("what processors do{through}: {error}");
                return vec![Fact::new("cannot tell", text)];
            }
        };
        let mut facts = Vec::new();
        for processor in processors {
            let who = format!("processor {}{through}", processor.name);
            let uses = PipelineUse::of(&processor.pipeline, queue(processor), connection);
            let (mut missing, mut unclear) = (Vec::new(), Vec::new());
            for one in &uses.known {
                let standing = |of: Execution<'_>| of.graph.standing(of.roles, &one.permission);
                match standing(after) {
                    Standing::Allowed => {}
                    _ if before.is_some_and(|was| standing(was) == Standing::Missing) => {}
                    Standing::Missing => missing.push(one),
                    Standing::Unclear(chain) => {
                        unclear.push(format!("{who}: {}: {chain}", one.permission));
                    }
                }
            }
            let is_affected = !missing.is_empty();
            facts.extend(
                told(&missing)
                    .map(|text| Fact::means("would be missing", format!("{text} for {who}"))),
            );
            facts.extend(unclear.into_iter().map(|text| Fact::new("cannot tell", text)));
            if before.is_none() {
                facts.extend(
                    uses.unknown.iter().map(|stage| {
                        Fact::new("cannot tell", format!("{who}: what {stage} needs"))
                    }),
                );
            }
            if is_affected {
                let text = format!("processor {} ({})", processor.name, processor.state);
                facts.push(Fact::new("used by", text).weighs(Weight::Passing));
            }
        }
        facts
    }
}

fn queue(processor: &Processor) -> Option<DeadLetterQueue<'_>> {
    let queue = processor.options.dlq.as_ref()?;
    Some(DeadLetterQueue {
        connection: &queue.connection_name,
        database: &queue.db,
        collection: &queue.coll,
    })
}

/// The permissions of each stage: `INSERT@shop.orders, UPDATE@shop.orders ($merge)`.
fn told(uses: &[&StageUse]) -> impl Iterator<Item = String> + use<> {
    let mut stages: BTreeMap<(&str, bool), Vec<String>> = BTreeMap::new();
    for one in uses {
        stages.entry((&one.by, one.is_dynamic)).or_default().push(one.permission.to_string());
    }
    let text = |((by, is_dynamic), permissions): ((&str, bool), Vec<String>)| {
        let varies = match is_dynamic {
            true => ", where an expression names the place: any is assumed",
            false => "",
        };
        format!("{} ({by}{varies})", permissions.join(", "))
    };
    stages.into_iter().map(text).collect::<Vec<_>>().into_iter()
}
