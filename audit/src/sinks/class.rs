//! OCSF's class and activity of an event: what its line states, else what the event is by its name.

use crate::event::{Event, Kind};

/// Authentication.
const AUTHENTICATION: i64 = 3002;
/// Entity Management.
const ENTITY_MANAGEMENT: i64 = 3004;
/// An activity that has no number.
const OTHER: i64 = 99;

/// A class and an activity of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// 3002 Authentication, 3004 Entity Management, 6003 API Activity.
    pub uid: i64,
    /// The activity within it.
    pub activity: i64,
}

impl Class {
    /// The class of an event; none of one that has neither a class nor a name that tells it.
    pub fn of(event: &Event<'_>) -> Option<Class> {
        let stated = event.class_uid.or(event.type_uid.map(|uid| uid / 100));
        let uid = stated.filter(|uid| (1..=999_999).contains(uid));
        let named = Class::named(&event.kind);
        let Some(uid) = uid else { return named };
        let activity = event.activity_id.or(event.type_uid.map(|uid| uid % 100));
        let named = named.filter(|named| named.uid == uid).map(|named| named.activity);
        let activity = activity.filter(|activity| (0..=OTHER).contains(activity));
        Some(Class { uid, activity: activity.or(named).unwrap_or(OTHER) })
    }

    fn named(kind: &Kind<'_>) -> Option<Class> {
        let (uid, activity) = match kind {
            Kind::Logon => (AUTHENTICATION, 1),
            Kind::Logoff => (AUTHENTICATION, 2),
            Kind::Create | Kind::Process => (ENTITY_MANAGEMENT, 1),
            Kind::Sample | Kind::LogAccessed => (ENTITY_MANAGEMENT, 2),
            Kind::Start | Kind::Stop => (ENTITY_MANAGEMENT, 3),
            Kind::Drop => (ENTITY_MANAGEMENT, 4),
            Kind::Other(_) => return None,
        };
        Some(Class { uid, activity })
    }

    /// Its category: 3 Identity & Access Management, 6 Application Activity.
    pub fn category(self) -> i64 {
        self.uid / 1000
    }

    /// Class and activity in one number.
    pub fn type_uid(self) -> i64 {
        self.uid * 100 + self.activity
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_stated_or_told_by_the_name() {
        let class = |line: &str| {
            let event = Event::parse(line.as_bytes()).expect("an object");
            Class::of(&event).map(|class| (class.category(), class.type_uid()))
        };
        assert_eq!(class(r#"{"class_uid": 3002, "activity_id": 2}"#), Some((3, 300_202)));
        assert_eq!(
            class(r#"{"type_uid": 600301, "api": {"operation": "find"}}"#),
            Some((6, 600_301))
        );
        assert_eq!(class(r#"{"atype": "authenticate", "result": 18}"#), Some((3, 300_201)));
        assert_eq!(class(r#"{"atype": "dropStreamProcessor"}"#), Some((3, 300_404)));
        assert_eq!(
            class(r#"{"class_uid": 3004, "entity": {"type": "create_index"}}"#),
            Some((3, 300_499))
        );
        assert_eq!(class(r#"{"atype": "createIndex"}"#), None);
        assert_eq!(class(r#"{"class_uid": -7}"#), None);
    }
}
