//! The documents of the sample connection: readings of solar panels.

use bson::{DateTime, Document, doc};
use jiff::{SignedDuration, Timestamp};

/// The time between two documents.
pub const PACE: SignedDuration = SignedDuration::from_millis(250);

/// After how many documents their values come again; their times never do. It is a multiple of the
/// numbers of devices and of groups.
pub(super) const PERIOD: u64 = 66;

const DEVICES: u64 = 11;
const GROUPS: u64 = 11;

/// A run of the sample source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    seed: u64,
    /// Milliseconds since 1970.
    since: i64,
    /// The field that metadata go to.
    meta: String,
}

impl Source {
    /// The source as it runs since a moment; different seeds make different documents.
    pub fn new(seed: &str, since: Timestamp) -> Source {
        // FNV-1a.
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let seed = seed.bytes().fold(0xcbf2_9ce4_8422_2325, mix);
        Source { seed, since: since.as_millisecond(), meta: "_stream_meta".to_owned() }
    }

    /// The same with documents' metadata in another field.
    #[must_use]
    pub fn with_meta(self, field: &str) -> Source {
        Source { meta: field.to_owned(), ..self }
    }

    /// How many documents have come until a moment. The first comes one pace after the beginning.
    pub fn arrived(&self, now: Timestamp) -> u64 {
        let elapsed = now.as_millisecond().saturating_sub(self.since);
        u64::try_from(elapsed / pace()).unwrap_or_default()
    }

    /// When the `n`th document comes, counted from 0, in milliseconds since 1970. Times before that
    /// are told as 1970, so that all are written with the same number of digits.
    pub(super) fn time(&self, n: u64) -> i64 {
        let paces = i64::try_from(n).unwrap_or(i64::MAX).saturating_add(1);
        let time = paces.saturating_mul(pace()).saturating_add(self.since);
        time.clamp(0, latest())
    }

    /// The same as a document says it.
    pub(super) fn timestamp(&self, n: u64) -> String {
        let time = Timestamp::from_millisecond(self.time(n)).unwrap_or_default();
        time.strftime("%Y-%m-%dT%H:%M:%S.%3f+00:00").to_string()
    }

    /// The number from which on all documents have the last time that can be told.
    pub(super) fn end(&self) -> u64 {
        let left = latest().saturating_sub(self.since);
        u64::try_from(left / pace()).unwrap_or_default()
    }

    /// The `n`th document, counted from 0.
    pub(super) fn document(&self, n: u64) -> Document {
        let index = n % PERIOD;
        let chance = mixed(self.seed ^ index);
        let device = (index + self.seed % DEVICES) % DEVICES;
        // Other groups each time that a device comes round.
        let group = (index * 5 + index / DEVICES + (self.seed >> 8) % GROUPS) % GROUPS;
        let max_watts = if device.is_multiple_of(2) { 450 } else { 250 };
        let below = |most: u64, shift: u32| small((chance >> shift) % most);
        let mut document = doc! {
            "device_id": format!("device_{device}"),
            "group_id": small(group),
            "timestamp": self.timestamp(n),
            "max_watts": small(max_watts),
            "event_type": i32::from(index % 8 == 7),
            "obs": { "watts": below(max_watts + 1, 8), "temp": 5 + below(20, 40) },
            "_ts": DateTime::from_millis(self.time(n)),
        };
        document.insert(&self.meta, meta());
        document
    }
}

/// What is known of a document beside itself.
pub(super) fn meta() -> Document {
    doc! { "source": { "type": "generated" } }
}

/// The last whole second that can be told, in milliseconds.
fn latest() -> i64 {
    Timestamp::MAX.as_second() * 1000
}

fn pace() -> i64 {
    i64::try_from(PACE.as_millis()).unwrap_or(i64::MAX)
}

fn small(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A number that looks random: the mixer of SplitMix64.
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
