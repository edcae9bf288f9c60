//! Waiting for what Atlas goes on doing after it has answered.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times::{self, Moment};

/// Time between two looks, at first; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What every command takes whose effect comes later than its answer.
#[derive(Debug, Clone, clap::Args)]
pub struct Wait {
    /// Wait until it is ready, or gone
    #[arg(long)]
    pub wait: bool,
    /// How long to wait at most
    #[arg(long, value_name = "TIME", default_value = "20m", requires = "wait", value_parser = limit)]
    pub wait_limit: Duration,
}

/// What one look finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// What was waited for is so.
    Done,
    /// Not yet; the state it is in.
    Still(String),
    /// It will never be; why.
    Failed(String),
}

fn limit(text: &str) -> Result<Duration, String> {
    match times::parse(text) {
        Ok(Moment::Span(span)) => Duration::try_from(span).map_err(|e| e.to_string()),
        _ => Err("say how long, such as 90s or 20m".to_owned()),
    }
}

impl Wait {
    /// Looks again and again until `object` is done, when `--wait` was given.
    ///
    /// # Errors
    /// Those of a look; failed, where it never will be; unavailable, when the time is over;
    /// interrupted. In each of these cases what was sent stays as it is.
    pub async fn until(
        &self,
        context: &Context,
        object: &str,
        mut look: impl AsyncFnMut() -> Result<Look>,
    ) -> Result<()> {
        if !self.wait || context.global.dry_run {
            return Ok(());
        }
        context.signals.interruptible(self.looks(context, object, &mut look)).await
    }

    async fn looks(
        &self,
        context: &Context,
        object: &str,
        look: &mut impl AsyncFnMut() -> Result<Look>,
    ) -> Result<()> {
        let end = Instant::now() + self.wait_limit;
        let (mut pause, mut said) = (FIRST_PAUSE, String::new());
        loop {
            match look().await? {
                Look::Done => {
                    context.ui.note(format!("waiting for {object}: done"));
                    return Ok(());
                }
                Look::Failed(why) => {
                    return Err(Error::failed(format!("{object} failed: {why}")));
                }
                Look::Still(state) => {
                    if state != said {
                        context.ui.note(format!("waiting for {object}: {state}"));
                        said = state;
                    }
                    let left = end.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        let limit = self.wait_limit.as_secs();
                        return Err(Error::new(
                            Kind::Unavailable,
                            format!("{object} is still {said} after {limit} seconds"),
                        )
                        .hint(
                            "what was sent stays; look again, or wait longer with --wait-limit",
                        ));
                    }
                    sleep(pause.min(left)).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }
}
