//! Waiting for changes that Atlas completes after it has answered.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times::{self, Moment};

/// Time between two looks, at first; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// The options of commands whose effect comes later than the answer.
#[derive(Debug, Clone, clap::Args)]
pub struct Wait {
    /// Wait until the change has taken effect
    #[arg(long)]
    pub wait: bool,
    /// The longest time to wait
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
    /// It will never be so, and why.
    Failed(String),
}

fn limit(text: &str) -> Result<Duration, String> {
    match times::parse(text) {
        Ok(Moment::Span(span)) => Duration::try_from(span).map_err(|e| e.to_string()),
        _ => Err("give a duration, such as 90s or 20m".to_owned()),
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
        if !self.wait || context.dry_run {
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
                    context.ui.note_progress(format!("waiting for {object}: done"));
                    return Ok(());
                }
                Look::Failed(why) => {
                    return Err(Error::failed(format!("{object} failed: {why}")));
                }
                Look::Still(state) => {
                    if state != said {
                        context.ui.note_progress(format!("waiting for {object}: {state}"));
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
                            "the change was sent; check again later, or wait longer with --wait-limit",
                        ));
                    }
                    sleep(pause.min(left)).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Environment, Flags, Settings};
    use crate::mask::Known;
    use crate::ui::{self, Ui};

    #[cfg(target_os = "linux")]
    fn threads_for_signals() -> usize {
        let tasks = std::fs::read_dir("/proc/self/task").expect("Linux tells of threads");
        let name = |task: std::io::Result<std::fs::DirEntry>| {
            std::fs::read_to_string(task.ok()?.path().join("comm")).ok()
        };
        tasks.filter_map(name).filter(|name| name.trim_end() == "signals").count()
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_looks_until_its_time_is_over() {
        let flags = Flags { local: true, ..Flags::default() };
        let environment = Environment::from([("SPCTL_DATA_DIR", "/nowhere")]);
        let settings = Settings::resolve(&flags, &environment).expect("they are consistent");
        let ui = Ui::new(ui::Options::default(), Known::default());
        let context = Context::new(ui, flags, false, settings, environment);
        let wait = Wait { wait: true, wait_limit: Duration::from_secs(1000) };
        let (mut looks, began) = (0, Instant::now());
        let look = async || {
            looks += 1;
            Ok(Look::Still("PENDING".to_owned()))
        };
        let error = wait.until(&context, "it", look).await.expect_err("it never is");
        assert_eq!(error.kind(), Kind::Unavailable);
        assert!(error.to_string().contains("still PENDING after 1000 seconds"), "{error}");
        // 0.5, 1, 2, 4 and 8 seconds between the first looks, then 10.
        assert_eq!((looks, began.elapsed().as_secs()), (105, 1000));
        // A thread is named once it runs; another test in this process may have one, too.
        #[cfg(target_os = "linux")]
        {
            let begun = std::time::Instant::now();
            while threads_for_signals() == 0 && begun.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(20));
            }
            assert!((1..4).contains(&threads_for_signals()), "{}", threads_for_signals());
        }
    }
}
