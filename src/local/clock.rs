//! The store's own time, which may be set and advanced.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::store::meta;

/// What the store's offset is added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The system's time.
    #[default]
    System,
    /// A fixed instant, so that tests are repeatable.
    Fixed(Timestamp),
}

impl Clock {
    /// Time without the store's offset.
    pub fn base(self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Fixed(time) => time,
        }
    }

    /// The store's time, with its offset as of now: another process may have moved it.
    pub fn now(self, db: &Connection) -> rusqlite::Result<Timestamp> {
        let offset =
            SignedDuration::from_millis(meta::number(db, meta::CLOCK_OFFSET)?.unwrap_or(0));
        let base = self.base();
        Ok(base.checked_add(offset).unwrap_or(base))
    }

    /// Moves the store's clock so that it says `time` now.
    pub fn set(self, db: &Connection, time: Timestamp) -> rusqlite::Result<()> {
        let offset = time.as_millisecond() - self.base().as_millisecond();
        meta::set(db, meta::CLOCK_OFFSET, offset)
    }
}
