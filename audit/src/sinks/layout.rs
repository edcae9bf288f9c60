//! How the files of an export are named.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::rows::Partition;
use crate::event::Micros;
use crate::name::harmless;

/// The day of what has no time, as Hive names what has no value.
const NO_DAY: &str = "__HIVE_DEFAULT_PARTITION__";

const EPOCH: Date = Date::constant(1970, 1, 1);

/// How files are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// By day.
    Plain,
    /// As Amazon Security Lake expects them.
    SecurityLake(Lake),
}

/// What partitions of Amazon Security Lake are named by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lake {
    /// What names of custom sources begin with; the class follows.
    pub source: String,
    /// The region, `us-east-1`.
    pub region: String,
    /// The account's id, twelve digits.
    pub account: String,
}

impl Lake {
    /// The name of the custom source that holds a class.
    pub fn source_of(&self, class: i64) -> String {
        format!("{}-{class}", self.source)
    }
}

impl Layout {
    /// Whether classes are kept apart, and days must be known.
    pub(super) fn is_by_class(&self) -> bool {
        matches!(self, Layout::SecurityLake(_))
    }

    /// The name of a part of a partition's lines.
    pub(super) fn name(
        &self,
        partition: Partition,
        origin: &str,
        part: u32,
        suffix: &str,
    ) -> String {
        let day = partition.day.and_then(date);
        match self {
            Layout::Plain => {
                let day = day.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
                format!("day={day}/{origin}.{part:04}.{suffix}")
            }
            Layout::SecurityLake(lake) => {
                let day =
                    day.map_or_else(|| NO_DAY.to_owned(), |day| day.strftime("%Y%m%d").to_string());
                let Lake { region, account, .. } = lake;
                let source = lake.source_of(partition.class);
                format!(
                    "ext/{source}/region={region}/accountId={account}/eventDay={day}/{origin}.{part:04}.{suffix}"
                )
            }
        }
    }
}

/// The days that calendars have: those of the years 1 to 9999, since 1970.
const DAYS: RangeInclusive<i64> = -719_162..=2_932_896;

/// The day of a moment, if calendars have it.
pub(super) fn day(time: Micros) -> Option<i32> {
    let day = time.day();
    DAYS.contains(&day).then_some(day as i32)
}

fn date(day: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().days(i64::from(day))).ok()
}

/// Days since 1970.
pub(super) fn number(date: Date) -> i32 {
    date.since(EPOCH).map_or(0, |span| span.get_days())
}

/// What files of a source's lines are called.
pub(super) fn stem(project: Option<&str>, instance: Option<&str>, label: &str) -> String {
    match (project, instance) {
        (Some(project), Some(instance)) => harmless(&format!("{project}.{instance}")),
        (None, Some(instance)) => harmless(instance),
        (_, None) => {
            let name = label.rsplit('/').next().unwrap_or(label);
            let known = ["gz", "zst", "ndjson", "json", "jsonl", "log"];
            let mut stem = name;
            while let Some((before, suffix)) = stem.rsplit_once('.') {
                if before.is_empty() || !known.contains(&suffix) {
                    break;
                }
                stem = before;
            }
            match stem {
                "-" | "" => "stdin".to_owned(),
                stem => harmless(stem),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_calendars() {
        let day_at = |micros: i64| day(Micros(micros));
        let edge = |day: i64| {
            let day = day_at(day * 86_400_000_000)?;
            Some(date(day).expect("a date").to_string())
        };
        assert_eq!(edge(*DAYS.start()).as_deref(), Some("0001-01-01"));
        assert_eq!(edge(*DAYS.end()).as_deref(), Some("9999-12-31"));
        assert_eq!((edge(*DAYS.start() - 1), edge(*DAYS.end() + 1)), (None, None));
        assert_eq!(day_at(-1), Some(-1), "a moment before 1970");
        assert_eq!(number(Date::constant(2026, 2, 16)), 20_500);
        assert_eq!(date(20_500), Some(Date::constant(2026, 2, 16)));
    }

    #[test]
    fn files_are_called_as_their_source() {
        assert_eq!(stem(Some("Shop"), Some("orders"), "x"), "Shop.orders");
        assert_eq!(stem(None, Some("or/ders"), "x"), "or_ders");
        assert_eq!(stem(None, None, "logs/orders_2026:08_audit.log.gz"), "orders_2026-08_audit");
        assert_eq!(stem(None, None, "-"), "stdin");
        assert_eq!(stem(None, None, ".gz"), "_.gz");
    }

    #[test]
    fn names_are_those_that_engines_look_for() {
        let mut partition = Partition { origin: 0, class: 3002, day: Some(20_500) };
        let plain = Layout::Plain;
        let name = plain.name(partition, "orders", 0, "parquet");
        assert_eq!(name, "day=2026-02-16/orders.0000.parquet");
        let lake = Layout::SecurityLake(Lake {
            source: "atlas".into(),
            region: "eu-west-1".into(),
            account: "123456789012".into(),
        });
        assert_eq!(
            lake.name(partition, "orders", 12, "parquet"),
            "ext/atlas-3002/region=eu-west-1/accountId=123456789012/eventDay=20260216/orders.0012.parquet"
        );
        partition.day = None;
        let name = plain.name(partition, "orders", 0, "csv");
        assert_eq!(name, "day=__HIVE_DEFAULT_PARTITION__/orders.0000.csv");
    }
}
