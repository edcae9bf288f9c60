//! What a plan depends on besides the objects that it changes.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use super::send::FRESH;
use crate::context::Context;
use crate::error::Result;

/// Something that is read with the first look, and again if somebody was asked meanwhile, since a
/// question may stay open for hours, or if it has grown old. A change that nobody is asked about
/// costs no more requests than its objects do.
pub struct Beside<'a, T, F> {
    context: &'a Context,
    fetch: F,
    held: RefCell<Option<(Instant, Rc<T>)>>,
}

impl<'a, T, F: AsyncFn() -> Result<T>> Beside<'a, T, F> {
    /// Nothing is read yet.
    pub fn new(context: &'a Context, fetch: F) -> Self {
        Beside { context, fetch, held: RefCell::new(None) }
    }

    /// As it is, or was a moment ago.
    ///
    /// # Errors
    /// Those of reading it.
    pub async fn get(&self) -> Result<Rc<T>> {
        let held = self.held.borrow().clone();
        match held {
            Some((at, held)) if self.context.ui.assumes_yes() && at.elapsed() < FRESH => Ok(held),
            _ => {
                let began = Instant::now();
                let read = Rc::new((self.fetch)().await?);
                self.held.replace(Some((began, Rc::clone(&read))));
                Ok(read)
            }
        }
    }
}
