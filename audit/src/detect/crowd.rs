//! A log of more users and addresses than fit into memory, as a flood of failed logons makes them.
//!
//! Tracks of few events then lose what tells them apart: the address where a user has many, the user where an
//! address has many, and what they are about. Their events are still counted for what is left. Failures go
//! first, which anybody can cause from anywhere; what somebody got done is kept as long as there is room.

use std::collections::HashMap;

use super::digest::{Digest, Key, Spans, Texts};
use super::log::Ended;

/// How many tracks are held.
pub(super) const TRACKS: usize = 100_000;
/// How many spans of time they have, all together.
pub(super) const SPANS: usize = 500_000;

/// How much is held at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) tracks: usize,
    pub(super) spans: usize,
}

impl Digest {
    /// Makes room, if there is none.
    pub(super) fn make_room(&mut self) {
        if self.tracks.len() > self.room.tracks {
            self.crowded = true;
            self.merge(false);
            if self.tracks.len() > self.room.tracks / 4 * 3 {
                self.merge(true);
            }
        }
        if self.added > self.room.spans {
            self.added = self.tidied();
            // Half of the room is left, or it would be looked for again and again.
            while self.added > self.room.spans / 2 && self.coarser < u32::from(u8::MAX) {
                self.coarsen(self.coarser + 1);
                self.added = self.tidied();
            }
        }
    }

    /// Has times told apart in steps that are twice as long, so many times.
    pub(super) fn coarsen(&mut self, to: u32) {
        let by = to.saturating_sub(self.coarser).min(i64::BITS - 1);
        self.coarser = self.coarser.max(to);
        for (_, spans) in &mut self.tracks {
            spans.all.iter_mut().for_each(|span| span.step >>= by);
        }
    }

    fn tidied(&mut self) -> usize {
        let tidy = |(_, spans): &mut (Key, Spans)| {
            spans.tidy();
            spans.all.shrink_to_fit();
            spans.all.len()
        };
        self.tracks.iter_mut().map(tidy).sum()
    }

    /// Unites the tracks of the fewest events: half of what there is room for stays as it is.
    fn merge(&mut self, wholly: bool) {
        let tracks = std::mem::take(&mut self.tracks);
        let count = |spans: &Spans| spans.all.iter().map(|span| span.count).sum::<u64>();
        let mut order: Vec<(bool, u64, usize)> = (0..)
            .zip(&tracks)
            .map(|(at, (key, spans))| (key.ended == Ended::Allowed, count(spans), at))
            .collect();
        order.sort_unstable();
        let merged = tracks.len().saturating_sub(self.room.tracks / 2);
        let mut is_merged = vec![false; tracks.len()];
        order[..merged].iter().for_each(|(.., at)| is_merged[*at] = true);
        let (mut by_user, mut by_address) = (HashMap::new(), HashMap::new());
        for (key, _) in &tracks {
            *by_user.entry(key.user).or_insert(0) += 1;
            *by_address.entry(key.address).or_insert(0) += 1;
        }
        let coarse = |key: Key| {
            let has_many_addresses = by_user[&key.user] > by_address[&key.address];
            let keeps_user = !wholly && has_many_addresses;
            let keeps_address = !wholly && !has_many_addresses;
            Key {
                user: if keeps_user { key.user } else { 0 },
                address: key.address.filter(|_| keeps_address),
                object: 0,
                is_crowd: true,
                ..key
            }
        };
        let texts = std::mem::take(&mut self.texts);
        let here = |number: u32, own: &mut Texts| match texts.text(number) {
            Some(text) => own.number(&text),
            None => 0,
        };
        self.keys = HashMap::new();
        let mut numbers = Vec::with_capacity(tracks.len());
        for ((key, spans), is_merged) in tracks.into_iter().zip(is_merged) {
            let key = if is_merged { coarse(key) } else { key };
            let key = Key {
                project: here(key.project, &mut self.texts),
                instance: here(key.instance, &mut self.texts),
                user: here(key.user, &mut self.texts),
                role: here(key.role, &mut self.texts),
                object: here(key.object, &mut self.texts),
                ..key
            };
            let number = self.key(key);
            numbers.push(number);
            let own = &mut self.tracks[number as usize].1;
            match own.all.is_empty() {
                true => *own = spans,
                false => spans.all.into_iter().for_each(|span| own.add(span)),
            }
        }
        let hours = std::mem::take(&mut self.hours);
        for ((project, instance), mut hours) in hours {
            hours.all.iter_mut().for_each(|hour| hour.last_by = numbers[hour.last_by as usize]);
            let at = (here(project, &mut self.texts), here(instance, &mut self.texts));
            self.hours.insert(at, hours);
        }
        // What is being read has other numbers now.
        self.now = None;
    }
}
