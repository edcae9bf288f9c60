//! An archive of audit logs: which parts of a log it holds, and what proves that it holds them still.
//!
//! ```text
//! DIR/project=NAME/instance=NAME/manifest.jsonl
//!                                day=YYYY-MM-DD/00000012.ndjson.gz
//! ```
//!
//! A file of a day is written once and never again: lines that appear later stand in a further file of
//! their day. The manifest is a [`Header`], then one [`Entry`] for each window of the log that was read,
//! in the order of reading. It is only ever appended to, and a line of it is what makes a file part of the
//! archive: files that no line names were left by a run that was killed.
//!
//! Each line of the manifest names the SHA-256 of the line before it, and an entry those of its files. The
//! hash of the last line, the head, therefore vouches for everything before it: who has kept a head can
//! tell that nothing under it was changed since.
//!
//! Time is divided into [`cells`](coverage::Cell), the windows that were first asked for. A cell is read
//! again until it was read so long after its end that no line can be missing ([`plan::SETTLED`]), and always
//! within the same bounds, whatever the server goes by when it chooses lines: so the answer must hold the
//! lines that are archived of this cell, and what it holds besides them is new.

pub mod against;
pub mod check;
pub mod coverage;
pub mod intake;
pub mod known;
pub mod manifest;
pub mod moment;
pub mod place;
pub mod plan;
pub mod problem;
