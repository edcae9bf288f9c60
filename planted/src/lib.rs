//! Audit logs of any size whose every answer is known: what is in them is counted while they are made, and
//! never by reading them.
//!
//! A [`Plan`] says what a log is like; [`bytes`], [`file`], [`archive`] and [`pack`] write it, streaming, and
//! return the [`Truth`]. The same plan gives the same bytes. Tests and benches hold readers against it.
//!
//! ```
//! use spctl_planted::{Packing, Plan, bytes};
//!
//! let (log, truth) = bytes(&Plan::everything(500), Packing::Plain);
//! assert_eq!(log.len() as u64, truth.bytes);
//! assert_eq!(truth.lines, truth.events + truth.malformed());
//! ```

mod cast;
mod clock;
mod damage;
mod event;
mod files;
mod line;
mod log;
mod plan;
mod random;
mod tally;
mod truth;
mod world;

pub use damage::Damage;
pub use event::What;
pub use files::{Packing, archive, bytes, file, pack};
pub use log::write;
pub use plan::{AVERAGE, DAY, Millis, Plan, Query, Shape};
pub use truth::{Act, Counts, Found, Incident, KEPT, LateField, Session, Sessions, Truth};
