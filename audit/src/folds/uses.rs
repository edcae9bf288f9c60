//! What users did to stream processors: how often, and when first and last.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::Fold;
use super::coverage::Of;
use crate::event::{Event, Kind, Micros, Outcome};
use crate::source::Place;

/// The server's code of what a user may not do.
const UNAUTHORIZED: i64 = 13;

/// How often something was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Use {
    /// How often; what failed for another reason than a missing privilege counts, since that was allowed.
    pub count: u64,
    /// How often it was denied.
    pub denied: u64,
    /// The first time that it was not.
    pub first: Option<Micros>,
    /// The last time that it was not.
    pub last: Option<Micros>,
}

impl Use {
    /// Adds another's.
    pub fn join(&mut self, other: Use) {
        self.count += other.count;
        self.denied += other.denied;
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
    }
}

/// By user, as logs name it, by what was done, and by the instance.
pub type ByUser = BTreeMap<Arc<str>, BTreeMap<Kind<'static>, BTreeMap<Of, Use>>>;

/// What some users did to stream processors; as there are so many users, it needs no bound.
#[derive(Debug)]
pub struct Uses {
    users: Arc<HashSet<Arc<str>>>,
    held: ByUser,
}

impl Uses {
    /// Nothing yet of these users, `admin.alice`.
    pub fn of(users: &Arc<HashSet<Arc<str>>>) -> Uses {
        Uses { users: Arc::clone(users), held: ByUser::new() }
    }

    /// What they did.
    pub fn finish(self) -> ByUser {
        self.held
    }

    fn held(&mut self, user: Arc<str>, kind: Kind<'static>, of: Of) -> &mut Use {
        self.held.entry(user).or_default().entry(kind).or_default().entry(of).or_default()
    }
}

impl Fold for Uses {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        if !event.kind.is_about_a_processor() {
            return;
        }
        let user = event.user.as_ref().and_then(|user| self.users.get(&*user.text));
        let Some(user) = user.map(Arc::clone) else { return };
        let denied = event.outcome == Some(Outcome::Failure) && event.code == Some(UNAUTHORIZED);
        let time = event.time.filter(|_| !denied);
        let (count, denied) = if denied { (0, 1) } else { (1, 0) };
        let of = Of::source(place.source);
        let own = self.held(user, event.kind.clone().into_owned(), of);
        own.join(Use { count, denied, first: time, last: time });
    }

    fn join(&mut self, other: Self) {
        for (user, kinds) in other.held {
            for (kind, places) in kinds {
                for (of, used) in places {
                    self.held(Arc::clone(&user), kind.clone(), of).join(used);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::event::User;
    use crate::source::Source;

    const KINDS: [Kind<'static>; 4] = [Kind::Start, Kind::Sample, Kind::Logon, Kind::LogAccessed];
    const USERS: [&str; 3] = ["admin.alice", "admin.bob", "admin.mallory"];

    /// Who, what, when, and whether it was denied (13), failed otherwise (26) or done (0).
    type Said = (usize, usize, i64, i64);

    fn fold(sources: &[Source], events: &[Said]) -> Uses {
        let users = USERS[..2].iter().map(|name| Arc::from(*name)).collect();
        let mut uses = Uses::of(&Arc::new(users));
        for (line, (user, kind, time, code)) in (1..).zip(events) {
            let outcome = if *code == 0 { Outcome::Success } else { Outcome::Failure };
            let event = Event {
                time: Some(Micros(*time)),
                kind: KINDS[*kind].clone(),
                user: Some(User::new(USERS[*user])),
                outcome: Some(outcome),
                code: Some(*code),
                ..Event::default()
            };
            let source = &sources[usize::try_from(*time).unwrap() % sources.len()];
            uses.take(&event, Place { source, line });
        }
        uses
    }

    #[test]
    fn what_was_denied_is_no_use_and_what_failed_otherwise_is() {
        let sources = [Source::of_bytes("orders", *b"").of_instance("orders")];
        let held = fold(&sources, &[(0, 0, 5, 0), (0, 0, 9, 13), (0, 0, 7, 26), (2, 0, 8, 0)]);
        let held = held.finish();
        assert_eq!(held.len(), 1, "nobody else is counted");
        let used = held["admin.alice"][&Kind::Start].values().next().unwrap();
        let times = (Some(Micros(5)), Some(Micros(7)));
        assert_eq!((used.count, used.denied, used.first, used.last), (2, 1, times.0, times.1));
    }

    proptest! {
        #[test]
        fn neither_order_nor_pieces_matter(
            events in proptest::collection::vec(
                (0_usize..3, 0_usize..4, 0_i64..100, prop_oneof![Just(0_i64), Just(13), Just(26)]),
                0..60,
            ),
            cut in 0_usize..60,
        ) {
            let source = |name: &str| Source::of_bytes(name, *b"").of_instance(name);
            let sources = [source("a"), source("b")];
            let (first, second) = events.split_at(cut.min(events.len()));
            let mut joined = fold(&sources, second);
            joined.join(fold(&sources, first));
            prop_assert_eq!(joined.finish(), fold(&sources, &events).finish());
            let counted = |uses: Uses| -> u64 {
                let places = uses.finish().into_values().flat_map(BTreeMap::into_values);
                places.flat_map(BTreeMap::into_values).map(|used| used.count + used.denied).sum()
            };
            let meant = events.iter().filter(|(user, kind, ..)| *user < 2 && *kind < 2).count();
            prop_assert_eq!(counted(fold(&sources, &events)), meant as u64);
        }
    }
}
