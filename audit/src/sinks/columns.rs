//! The columns of an export: one table of what they are called, what they hold, and how that is told from a
//! line. `docs/audit-columns.md` is held against it.

use std::borrow::Cow;

use super::class::Class;
use crate::event::{Event, Outcome, Shape};

/// What values of a column are. Nothing is unsigned, and moments count microseconds: engines differ on
/// everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// UTF-8.
    Text,
    /// Texts in order.
    Texts,
    /// A number of 64 bits.
    Integer,
    /// True or false.
    Flag,
    /// Microseconds since 1970, UTC.
    Moment,
}

impl Type {
    /// As the page of columns has it.
    pub fn name(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Texts => "list of texts",
            Type::Integer => "64-bit integer",
            Type::Flag => "boolean",
            Type::Moment => "timestamp (µs, UTC)",
        }
    }
}

/// What a line holds of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A text.
    Text(&'a str),
    /// Texts, which are the roles of an event.
    Texts(&'a [Cow<'a, str>]),
    /// A number.
    Integer(i64),
    /// True or false.
    Flag(bool),
    /// Microseconds since 1970.
    Moment(i64),
}

/// A line that goes into an export.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// What it says.
    pub event: &'a Event<'a>,
    /// The line itself.
    pub raw: &'a str,
    /// The project that it is of, where that is known.
    pub project: Option<&'a str>,
    /// The instance that it is of, where that is known.
    pub instance: Option<&'a str>,
    /// OCSF's class and activity of it.
    pub class: Option<Class>,
}

/// A column, in one of the two layouts or in both.
#[derive(Debug)]
pub struct Column {
    /// Its name in the plain layout.
    pub name: Option<&'static str>,
    /// Its path in Security Lake's layout, as OCSF names it.
    pub path: Option<&'static str>,
    /// The only class that has it there.
    pub class: Option<i64>,
    /// What its values are.
    pub kind: Type,
    /// What they mean.
    pub meaning: &'static str,
    get: for<'a> fn(&Item<'a>) -> Value<'a>,
}

impl Column {
    /// What a line holds of it.
    pub fn of<'a>(&self, item: &Item<'a>) -> Value<'a> {
        (self.get)(item)
    }
}

type Get = for<'a> fn(&Item<'a>) -> Value<'a>;

/// A column of both layouts.
const fn both(
    name: &'static str,
    path: &'static str,
    kind: Type,
    meaning: &'static str,
    get: Get,
) -> Column {
    Column { name: Some(name), path: Some(path), class: None, kind, meaning, get }
}

/// A column of the plain layout.
const fn plain(name: &'static str, kind: Type, meaning: &'static str, get: Get) -> Column {
    Column { name: Some(name), path: None, class: None, kind, meaning, get }
}

/// A column of Security Lake's layout.
const fn ocsf(path: &'static str, kind: Type, meaning: &'static str, get: Get) -> Column {
    Column { name: None, path: Some(path), class: None, kind, meaning, get }
}

impl Column {
    /// The same, which only one class has.
    const fn only(mut self, class: i64) -> Column {
        self.class = Some(class);
        self
    }
}

/// The name of the column of original lines, in both layouts.
pub const RAW: &str = "raw";
/// The same where columns are named as OCSF does.
pub const RAW_BY_CLASS: &str = "raw_data";

/// All columns, in their order.
pub const COLUMNS: &[Column] = &[
    plain("time", Type::Moment, "when it happened", |i| moment(i.event.time.map(|t| t.0))),
    ocsf("time", Type::Integer, "when it happened, in milliseconds since 1970", |i| {
        integer(i.event.time.map(|time| time.0.div_euclid(1000)))
    }),
    ocsf("time_dt", Type::Moment, "when it happened", |i| moment(i.event.time.map(|t| t.0))),
    both("event", "activity_name", Type::Text, EVENT, |i| Value::Text(i.event.name())),
    plain("event_is_ambiguous", Type::Flag, AMBIGUOUS, |i| Value::Flag(i.event.kind_is_ambiguous)),
    both("outcome", "status", Type::Text, "success or failure", |i| {
        text(i.event.outcome.map(Outcome::name))
    }),
    both("outcome_is_inferred", "unmapped.outcome_is_inferred", Type::Flag, INFERRED, |i| {
        Value::Flag(i.event.outcome_is_inferred)
    }),
    both("user", "actor.user.name", Type::Text, "who, as the line has it: admin.alice", user),
    ocsf("user.name", Type::Text, "who logged on or off, or wanted to", user).only(3002),
    plain("user_database", Type::Text, "the user's authentication database: admin", |i| {
        text(i.event.user.as_ref().and_then(|user| user.database()))
    }),
    plain("user_name", Type::Text, "the user without the database: alice", |i| {
        text(i.event.user.as_ref().map(|user| user.name()))
    }),
    both("roles", "unmapped.roles", Type::Texts, "the roles held at that moment", |i| {
        match i.event.roles.as_slice() {
            [] => Value::Null,
            roles => Value::Texts(roles),
        }
    }),
    both("ip", "src_endpoint.ip", Type::Text, "the address that it came from", |i| {
        text(i.event.ip.as_deref())
    }),
    both("port", "src_endpoint.port", Type::Integer, "the port that it came from", |i| {
        integer(i.event.port.map(i64::from))
    }),
    both("interface", "src_endpoint.interface_name", Type::Text, INTERFACE, |i| {
        text(i.event.interface.as_deref())
    }),
    both(
        "host",
        "dst_endpoint.hostname",
        Type::Text,
        "the instance's host name, or its address",
        |i| text(i.event.host.as_deref()),
    ),
    both("session", "metadata.correlation_uid", Type::Text, SESSION, |i| {
        text(i.event.session.as_deref())
    }),
    both(
        "mechanism",
        "auth_protocol",
        Type::Text,
        "how the user authenticated: SCRAM-SHA-256",
        |i| text(i.event.mechanism.as_deref()),
    )
    .only(3002),
    both(
        "processor",
        "unmapped.processor",
        Type::Text,
        "the stream processor that it is about",
        |i| text(i.event.processor()),
    ),
    both("entity_name", "entity.name", Type::Text, "the name of what it is about", |i| {
        text(i.event.entity.name.as_deref())
    })
    .only(3004),
    both("entity_uid", "entity.uid", Type::Text, "the id of what it is about", |i| {
        text(i.event.entity.uid.as_deref())
    })
    .only(3004),
    both("entity_type", "entity.type", Type::Text, "what kind of thing it is about", |i| {
        text(i.event.entity.kind.as_deref())
    })
    .only(3004),
    ocsf("api.operation", Type::Text, "the operation that was called", |i| {
        Value::Text(i.event.name())
    })
    .only(6003),
    both("code", "unmapped.code", Type::Integer, CODE, |i| integer(i.event.code)),
    both("detail", "status_detail", Type::Text, "more about the outcome, in words", |i| {
        text(i.event.detail.as_deref())
    }),
    both("login_time", "unmapped.login_time", Type::Moment, LOGIN, |i| {
        moment(i.event.login_time.map(|time| time.0))
    }),
    plain("class_uid", Type::Integer, "OCSF's class, as the line has it", |i| {
        integer(i.event.class_uid)
    }),
    plain("activity_id", Type::Integer, "OCSF's activity, as the line has it", |i| {
        integer(i.event.activity_id)
    }),
    plain("type_uid", Type::Integer, "OCSF's type, as the line has it", |i| {
        integer(i.event.type_uid)
    }),
    plain("severity_id", Type::Integer, "OCSF's severity, 1 Informational to 6 Fatal", |i| {
        integer(i.event.severity_id)
    }),
    ocsf("class_uid", Type::Integer, "the class: 3002, 3004, 6003", |i| {
        integer(i.class.map(|class| class.uid))
    }),
    ocsf("category_uid", Type::Integer, "the class' category: 3, 6", |i| {
        integer(i.class.map(Class::category))
    }),
    ocsf(
        "activity_id",
        Type::Integer,
        "the activity; of legacy lines the one of their event",
        |i| integer(i.class.map(|class| class.activity)),
    ),
    ocsf("type_uid", Type::Integer, "class and activity in one number", |i| {
        integer(i.class.map(Class::type_uid))
    }),
    ocsf("severity_id", Type::Integer, "the severity, 0 where the line states none", |i| {
        Value::Integer(i.event.severity_id.unwrap_or(0))
    }),
    ocsf("status_id", Type::Integer, "1 success, 2 failure", |i| {
        Value::Integer(match i.event.outcome {
            Some(Outcome::Success) => 1,
            Some(Outcome::Failure) => 2,
            None => 0,
        })
    }),
    ocsf(
        "metadata.version",
        Type::Text,
        "the version of OCSF that the columns are named by",
        |_| Value::Text("1.3.0"),
    ),
    ocsf("metadata.product.name", Type::Text, "whose log it is", |_| {
        Value::Text("MongoDB Atlas Stream Processing")
    }),
    ocsf("metadata.product.vendor_name", Type::Text, "who makes that", |_| Value::Text("MongoDB")),
    both(
        "shape",
        "unmapped.shape",
        Type::Text,
        "how the line is written: mongod, ocsf, legacy, unknown",
        |i| {
            Value::Text(match i.event.shape {
                Shape::Mongod => "mongod",
                Shape::Ocsf => "ocsf",
                Shape::Legacy => "legacy",
                Shape::Unknown => "unknown",
            })
        },
    ),
    both(
        "project",
        "unmapped.project",
        Type::Text,
        "the project, where the source tells it",
        |i| text(i.project),
    ),
    both(
        "instance",
        "unmapped.instance",
        Type::Text,
        "the instance, where the source tells it",
        |i| text(i.instance),
    ),
    both(RAW, RAW_BY_CLASS, Type::Text, "the line itself", |i| Value::Text(i.raw)),
];

const EVENT: &str =
    "what was done, named as on MongoDB's page about auditing; else as the line has it";
const AMBIGUOUS: &str = "whether the event is a guess from class and activity, which several share";
const INFERRED: &str = "whether the line states no outcome, so that it was inferred";
const INTERFACE: &str = "the socket that it came through, where there is no address";
const SESSION: &str = "what ties the events of a connection together";
const CODE: &str = "the server's error code: 13 Unauthorized, 18 AuthenticationFailed";
const LOGIN: &str = "when the connection began that ends here";

fn text(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Null, Value::Text)
}

fn integer<'a>(number: Option<i64>) -> Value<'a> {
    number.map_or(Value::Null, Value::Integer)
}

fn moment<'a>(micros: Option<i64>) -> Value<'a> {
    micros.map_or(Value::Null, Value::Moment)
}

fn user<'a>(item: &Item<'a>) -> Value<'a> {
    text(item.event.user.as_ref().map(|user| user.text.as_ref()))
}

/// The columns of the plain layout.
pub fn of_plain() -> Vec<&'static Column> {
    COLUMNS.iter().filter(|column| column.name.is_some()).collect()
}

/// All columns of Security Lake's layout.
pub fn of_any_class() -> Vec<&'static Column> {
    COLUMNS.iter().filter(|column| column.path.is_some()).collect()
}

/// The tables of `docs/audit-columns.md`, in Markdown.
#[cfg(test)]
fn page() -> (String, String) {
    let mut plain = String::from("| column | type | meaning |\n|---|---|---|\n");
    let mut lake = String::from("| column | type | classes | meaning |\n|---|---|---|---|\n");
    for column in COLUMNS {
        let (kind, meaning) = (column.kind.name(), column.meaning);
        if let Some(name) = column.name {
            plain += &format!("| `{name}` | {kind} | {meaning} |\n");
        }
        if let Some(path) = column.path {
            let class = column.class.map_or_else(|| "all".to_owned(), |class| class.to_string());
            lake += &format!("| `{path}` | {kind} | {class} | {meaning} |\n");
        }
    }
    (plain, lake)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_page_of_columns_has_these() {
        let (plain, lake) = page();
        let page = include_str!("../../../docs/audit-columns.md");
        assert!(page.contains(&plain), "docs/audit-columns.md should hold:\n{plain}");
        assert!(page.contains(&lake), "docs/audit-columns.md should hold:\n{lake}");
    }

    #[test]
    fn names_are_distinct_and_plain() {
        for names in [
            COLUMNS.iter().filter_map(|c| c.name).collect::<Vec<_>>(),
            COLUMNS.iter().filter_map(|c| c.path).collect(),
        ] {
            let distinct: BTreeSet<_> = names.iter().collect();
            assert_eq!(distinct.len(), names.len());
            let is_plain = |name: &&str| {
                name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.'))
            };
            assert!(names.iter().all(is_plain), "{names:?}");
            // These are what directories tell.
            assert!(
                !names.iter().any(|name| ["day", "region", "accountid", "eventday"].contains(name))
            );
        }
    }
}
