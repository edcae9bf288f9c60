//! When some users were last seen, and since when there is a log.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::Fold;
use crate::event::{Event, Micros};
use crate::source::Place;

/// The last event of each of some users, whatever it was; as there are so many users, it needs no bound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastSeen {
    users: Arc<HashSet<Arc<str>>>,
    /// By the user as logs name it, `admin.alice`.
    pub last: HashMap<Arc<str>, Micros>,
    /// By the source's instance, or else its name: its first event.
    pub first: BTreeMap<Arc<str>, Micros>,
}

impl LastSeen {
    /// Nothing yet of these users.
    pub fn of(users: &Arc<HashSet<Arc<str>>>) -> LastSeen {
        LastSeen { users: Arc::clone(users), ..LastSeen::default() }
    }

    fn saw(&mut self, user: Arc<str>, time: Micros) {
        let last = self.last.entry(user).or_insert(time);
        *last = time.max(*last);
    }

    fn begins(&mut self, source: &Arc<str>, time: Micros) {
        match self.first.get_mut(source) {
            Some(first) => *first = time.min(*first),
            None => drop(self.first.insert(Arc::clone(source), time)),
        }
    }
}

impl Fold for LastSeen {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        let Some(time) = event.time else { return };
        self.begins(place.source.instance.as_ref().unwrap_or(&place.source.label), time);
        let user = event.user.as_ref().and_then(|user| self.users.get(&*user.text));
        if let Some(user) = user.map(Arc::clone) {
            self.saw(user, time);
        }
    }

    fn join(&mut self, other: Self) {
        other.last.into_iter().for_each(|(user, time)| self.saw(user, time));
        other.first.iter().for_each(|(source, time)| self.begins(source, *time));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::User;
    use crate::source::Source;

    #[test]
    fn the_last_event_counts_in_any_order_and_of_nobody_else() {
        let users = Arc::new(HashSet::from([Arc::from("admin.alice")]));
        let source = Source::of_bytes("a.log", *b"").of_instance("orders");
        let fold = |events: &[(&str, i64)]| {
            let mut seen = LastSeen::of(&users);
            for (line, (user, time)) in (1..).zip(events) {
                let (time, user) = (Some(Micros(*time)), Some(User::new(*user)));
                let event = Event { time, user, ..Event::default() };
                seen.take(&event, Place { source: &source, line });
            }
            seen
        };
        let events = [("admin.alice", 7), ("admin.eve", 9), ("admin.alice", 3), ("admin.eve", 1)];
        let whole = fold(&events);
        assert_eq!(whole.last, HashMap::from([(Arc::from("admin.alice"), Micros(7))]));
        assert_eq!(whole.first, BTreeMap::from([(Arc::from("orders"), Micros(1))]));
        let mut joined = fold(&events[2..]);
        joined.join(fold(&events[..2]));
        assert_eq!(joined, whole);
    }
}
