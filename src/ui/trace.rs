//! What the client does, on stderr: long waits always, requests with `-v`, all of it with `-vv`.
//! Secrets are redacted where the events are made.

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

/// Shows the events of this crate from now on: 0 = long waits, 1 = requests, 2 = headers and bodies.
pub fn show(verbosity: u8) {
    let level = match verbosity {
        0 => Level::WARN,
        1 => Level::INFO,
        _ => Level::DEBUG,
    };
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .with_level(verbosity > 0)
        .with_filter(Targets::new().with_target("spctl", level));
    // Only the binary calls this, once; a second subscriber would be refused, which is harmless.
    let _ = tracing_subscriber::registry().with(layer).try_init();
}
