//! A plan to be sent: how it is made again, and how it is read back.

use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::record::Recorder;
use super::{Change, ObjectId, Plan, ReadBack};
use crate::error::Result;

pub(super) type Looks<'a> = Box<dyn Fn() -> LocalBoxFuture<'a, Result<Plan>> + 'a>;
pub(super) type ReadsBack<'a> = Box<dyn Fn() -> LocalBoxFuture<'a, Result<ReadBack>> + 'a>;
type Acts<'a> = Box<dyn FnMut(&[Change]) -> Result<()> + 'a>;
type Ends<'a> = Box<dyn FnOnce(&[(Change, Result<()>)]) -> Result<()> + 'a>;

/// A plan, and how it is made again from the state by then. A plan that only creates objects needs
/// no second look: the API refuses a name that is taken.
pub struct Planned<'a> {
    pub(super) plan: Plan,
    pub(super) look: Option<Looks<'a>>,
}

impl<'a> Planned<'a> {
    /// A plan as `look` makes it, now and once more right before anything is sent.
    ///
    /// # Errors
    /// Those of the first look.
    pub async fn by(look: impl AsyncFn() -> Result<Plan> + 'a) -> Result<Planned<'a>> {
        let plan = look().await?;
        Ok(Planned::from(plan).anew(look))
    }

    /// The same plan, made again by this look.
    #[must_use]
    pub fn anew(mut self, look: impl AsyncFn() -> Result<Plan> + 'a) -> Planned<'a> {
        let look = Rc::new(look);
        self.look = Some(Box::new(move || {
            let look = Rc::clone(&look);
            async move { look().await }.boxed_local()
        }));
        self
    }

    /// Records what the command line called an object of it, as [`Plan::typed`] does.
    pub fn typed(&mut self, object: &ObjectId, text: &str) {
        self.plan.typed(object, text);
    }

    /// The plan as it was made first.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl From<Plan> for Planned<'_> {
    fn from(plan: Plan) -> Self {
        Planned { plan, look: None }
    }
}

/// A plan, and how to read back what it changes.
pub struct Stage<'a> {
    pub(super) planned: Planned<'a>,
    pub(super) read_back: ReadsBack<'a>,
    pub(super) before: Acts<'a>,
    pub(super) after: Ends<'a>,
    pub(super) regardless: bool,
}

impl<'a> Stage<'a> {
    /// `read_back` lists the objects' present state; it is called after the sending, and again where
    /// that is not seen yet.
    pub fn new(
        planned: impl Into<Planned<'a>>,
        read_back: impl AsyncFn() -> Result<ReadBack> + 'a,
    ) -> Self {
        let read_back = Rc::new(read_back);
        let reads_back = move || {
            let read_back = Rc::clone(&read_back);
            async move { read_back().await }.boxed_local()
        };
        Stage {
            planned: planned.into(),
            read_back: Box::new(reads_back),
            before: Box::new(|_| Ok(())),
            after: Box::new(|_| Ok(())),
            regardless: false,
        }
    }

    /// It comes after the stages before it without building on them: it is sent even where some of
    /// those failed.
    #[must_use]
    pub fn regardless(self) -> Self {
        Stage { regardless: true, ..self }
    }

    /// Writes down what is sent before it is sent, and how it ended. A batch may be sent in several
    /// parts.
    #[must_use]
    pub fn recorded(mut self, recorder: &'a Recorder<'a>) -> Self {
        self.before = Box::new(|changes| recorder.sends(changes));
        self.after = Box::new(|outcomes| recorder.ended(outcomes));
        self
    }
}
