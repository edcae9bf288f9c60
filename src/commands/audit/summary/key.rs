//! What can be counted by, as words of the command line.

use jiff::tz::TimeZone;

use crate::audit::folds::summary::{By, Value};
use crate::times::rfc3339;

/// The days of the week, as they are counted.
pub(super) const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// What to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Key {
    /// Who acted
    User,
    /// What was done, named as on the product page
    Event,
    /// The address it came from
    Ip,
    /// The instance
    Instance,
    /// The stream processor it was done to
    Processor,
    /// The day
    Day,
    /// The hour of the day of each day
    Hour,
    /// The hour of the week, Monday first
    WeekdayHour,
    /// Success or failure
    Outcome,
}

impl Key {
    pub(super) fn by(self) -> By {
        match self {
            Key::User => By::User,
            Key::Event => By::Event,
            Key::Ip => By::Ip,
            Key::Instance => By::Instance,
            Key::Processor => By::Processor,
            Key::Day => By::Day,
            Key::Hour => By::Hour,
            Key::WeekdayHour => By::WeekdayHour,
            Key::Outcome => By::Outcome,
        }
    }

    /// As the command line, columns and JSON have it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Key::User => "user",
            Key::Event => "event",
            Key::Ip => "ip",
            Key::Instance => "instance",
            Key::Processor => "processor",
            Key::Day => "day",
            Key::Hour => "hour",
            Key::WeekdayHour => "weekday-hour",
            Key::Outcome => "outcome",
        }
    }

    /// A value of it in words; none where lines do not say. Instances of several projects are named with
    /// theirs.
    pub(super) fn label(self, value: &Value, has_projects: bool) -> Option<String> {
        Some(match value {
            Value::None => return None,
            Value::Text(text) => text.clone(),
            Value::Instance { project: Some(project), name } if has_projects => {
                format!("{project}/{name}")
            }
            Value::Instance { name, .. } => name.clone(),
            Value::HourOfWeek(hour) => {
                format!("{} {:02}:00", DAYS[usize::from(hour / 24) % 7], hour % 24)
            }
            Value::From(begin) => match (begin.timestamp(), self) {
                (Some(time), Key::Day) => time.to_zoned(TimeZone::UTC).date().to_string(),
                (Some(time), _) => rfc3339(time),
                (None, _) => begin.0.to_string(),
            },
        })
    }
}
