//! What database users left in audit logs, for questions about people.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::reading::{self, FilterArgs, Reading, SourceArgs};
use crate::audit::event::{Kind, Micros};
use crate::audit::folds::acts::{About, Acts};
use crate::audit::scan::Tally;
use crate::context::Context;
use crate::error::Result;

/// How many acts are held at most: the newest.
const MOST: usize = 100_000;

/// What some users left.
pub struct Traces {
    /// The processors that they created.
    pub created: Vec<Created>,
    /// When each last did something to a processor, by its name in logs.
    pub last: BTreeMap<String, Timestamp>,
    reading: Reading,
    tally: Tally,
}

/// A processor that one of them created.
pub struct Created {
    /// By whom, `admin.alice`.
    pub by: String,
    /// When; a line need not say.
    pub at: Option<Timestamp>,
    instance: Option<Arc<str>>,
    processor: Arc<str>,
}

impl Created {
    /// The processor, told apart by its instance: `orders/orders-to-shop`.
    pub fn name(&self) -> String {
        match &self.instance {
            Some(instance) => format!("{instance}/{}", self.processor),
            None => self.processor.to_string(),
        }
    }
}

/// Reads what these users, as logs name them, did to processors.
///
/// # Errors
/// Usage; that no source can be opened.
pub fn traces(context: &Context, sources: &[String], users: Vec<String>) -> Result<Traces> {
    let from = SourceArgs::named(sources);
    let reading = reading::open(context, &from, &FilterArgs::by(users))?;
    let (acts, tally) = reading.fold(|| Acts::new(About::Processors, MOST));
    let (mut created, mut last) = (Vec::new(), BTreeMap::new());
    for act in acts.finish().0 {
        let Some(by) = act.user.as_deref().map(str::to_owned) else { continue };
        let at = act.time.and_then(Micros::timestamp);
        if let Some(at) = at {
            last.insert(by.clone(), at);
        }
        let is_creation = act.kind == Kind::Create && !act.failed();
        if let (true, Some(processor)) = (is_creation, act.processor) {
            created.push(Created { by, at, instance: act.instance, processor });
        }
    }
    Ok(Traces { created, last, reading, tally })
}

impl Traces {
    /// Tells what could not be read. Called once the answer is written.
    ///
    /// # Errors
    /// A source that could not be read, or not to its end.
    pub fn finish(self, context: &Context) -> Result<()> {
        self.reading.finish(context, self.tally)
    }
}
