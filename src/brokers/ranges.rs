//! Addresses of one family as ranges of numbers, each in it once.

use ipnet::{Ipv4Net, Ipv6Net};

/// A first and a last address, as numbers.
pub(super) type Span = (u128, u128);

/// The addresses of a block.
pub(super) fn span_v4(net: Ipv4Net) -> Span {
    (net.network().to_bits().into(), net.broadcast().to_bits().into())
}

/// The addresses of a block.
pub(super) fn span_v6(net: Ipv6Net) -> Span {
    (net.network().to_bits(), net.broadcast().to_bits())
}

/// Spans in order, with a gap between each and the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ranges(Vec<Span>);

impl Ranges {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is in this and not in the other.
    pub(super) fn without(&self, other: &Ranges) -> Self {
        let (mut left, mut others) = (Vec::new(), other.0.as_slice());
        for span in &self.0 {
            // Both are in order: what lies before this span lies before the next.
            let before = others.iter().take_while(|(_, end)| *end < span.0).count();
            others = &others[before..];
            lack(others, *span, &mut left);
        }
        Ranges(left)
    }

    /// What a span has that is not in this.
    pub(super) fn lacks(&self, span: Span) -> Self {
        let mut left = Vec::new();
        lack(self.from(span), span, &mut left);
        Ranges(left)
    }

    /// How much of a span it has.
    pub(super) fn share(&self, (first, last): Span) -> Share {
        match self.from((first, last)).first() {
            // There are gaps between the spans: only one of them can have all of it.
            Some((from, to)) if *from <= first && last <= *to => Share::All,
            Some((from, _)) if *from <= last => Share::Some,
            _ => Share::None,
        }
    }

    /// The spans that do not end before this one begins.
    fn from(&self, (first, _): Span) -> &[Span] {
        &self.0[self.0.partition_point(|(_, end)| *end < first)..]
    }

    /// How many addresses there are. All of IPv6 is one more than a `u128` holds.
    pub(super) fn count(&self) -> u128 {
        let many = |(first, last): &Span| (last - first).saturating_add(1);
        self.0.iter().map(many).fold(0, u128::saturating_add)
    }

    /// The fewest blocks that have these addresses, which are of IPv4.
    pub(super) fn blocks_v4(&self) -> impl Iterator<Item = Ipv4Net> {
        let net = |(first, size): (u128, u32)| {
            Ipv4Net::new_assert((first as u32).into(), 32_u32.saturating_sub(size) as u8)
        };
        self.0.iter().flat_map(|span| Aligned(Some(*span))).map(net)
    }

    /// The fewest blocks that have these addresses, which are of IPv6.
    pub(super) fn blocks_v6(&self) -> impl Iterator<Item = Ipv6Net> {
        let net = |(first, size): (u128, u32)| {
            Ipv6Net::new_assert(first.into(), 128_u32.saturating_sub(size) as u8)
        };
        self.0.iter().flat_map(|span| Aligned(Some(*span))).map(net)
    }
}

/// Adds what a span has that is not in the others, none of which ends before it.
fn lack(others: &[Span], (first, last): Span, left: &mut Vec<Span>) {
    let mut rest = Some(first);
    for &(from, to) in others.iter().take_while(|(from, _)| *from <= last) {
        left.extend(rest.filter(|rest| *rest < from).map(|rest| (rest, from - 1)));
        rest = to.checked_add(1).filter(|rest| *rest <= last);
    }
    left.extend(rest.map(|rest| (rest, last)));
}

/// How much of a block a set of addresses has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// No address.
    None,
    /// Some addresses, and not others.
    Some,
    /// Every address.
    All,
}

/// The largest blocks that follow each other from the beginning of a span to its end: the first
/// address of each, and the power of two that it has of them.
struct Aligned(Option<Span>);

impl Iterator for Aligned {
    type Item = (u128, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let (first, last) = self.0?;
        // All of IPv6 alone has one more than a number holds.
        let fits = (last - first).checked_add(1).map_or(u128::BITS, u128::ilog2);
        let size = first.trailing_zeros().min(fits);
        let end = 1_u128.checked_shl(size).map_or(last, |many| first + (many - 1));
        self.0 = end.checked_add(1).filter(|next| *next <= last).map(|next| (next, last));
        Some((first, size))
    }
}

impl FromIterator<Span> for Ranges {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans = Vec::from_iter(spans);
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::new();
        for (first, last) in spans {
            match merged.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        Ranges(merged)
    }
}

impl FromIterator<Ipv4Net> for Ranges {
    fn from_iter<I: IntoIterator<Item = Ipv4Net>>(nets: I) -> Self {
        nets.into_iter().map(span_v4).collect()
    }
}

impl FromIterator<Ipv6Net> for Ranges {
    fn from_iter<I: IntoIterator<Item = Ipv6Net>>(nets: I) -> Self {
        nets.into_iter().map(span_v6).collect()
    }
}
