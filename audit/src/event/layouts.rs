//! Lines that are laid out as one before.
//!
//! Nearly all lines of a log differ from another one only in who acted, when, from where and on what. Such a
//! line is not read but compared: its values are cut out where the other one had them, and whatever follows
//! from the rest, which is the same, is known.

use super::Event;
use super::free::Free;
use super::layout::Layout;

/// The layouts of the lines that were read, the one that fitted last in front.
#[derive(Debug)]
pub(super) struct Layouts {
    #[expect(clippy::vec_box, reason = "they change places with every line")]
    known: Vec<Box<Layout>>,
    /// Where the values of the line at hand begin and end.
    bounds: Vec<usize>,
    /// What fitting lines have earned, and learning from others may cost.
    credit: usize,
}

impl Default for Layouts {
    fn default() -> Self {
        Layouts { known: Vec::new(), bounds: Vec::new(), credit: Layouts::CREDIT }
    }
}

impl Layouts {
    /// How many layouts are remembered.
    const KNOWN: usize = 64;
    /// How many lines have to fit for one to be learned from, and the most that are counted.
    const COST: usize = 16;
    const CREDIT: usize = Layouts::KNOWN * Layouts::COST;
    /// A line longer than that is not remembered.
    const LENGTH: usize = 8 << 10;

    /// What a line says, if it is laid out as one before.
    #[inline]
    pub(super) fn event<'a>(&mut self, line: &'a str) -> Option<Event<'a>> {
        let bounds = &mut self.bounds;
        let place = self.known.iter().position(|layout| layout.fits(line, bounds))?;
        let event = self.known[place].event(line, bounds)?;
        self.known[..=place].rotate_right(1);
        self.credit = Layouts::CREDIT.min(self.credit + 1);
        Some(event)
    }

    /// Whether it is worth its while to learn from the next line.
    pub(super) fn is_learning(&self) -> bool {
        self.credit >= Layouts::COST
    }

    /// Learns from a line that fits none, what it says and which of its values are free.
    pub(super) fn learn(&mut self, line: &str, event: &Event<'_>, free: Free) {
        self.credit = self.credit.saturating_sub(Layouts::COST);
        if line.len() > Layouts::LENGTH {
            return;
        }
        // One that differs in a value that was the same until now takes the other's place.
        let like = self.known.iter().enumerate();
        let like =
            like.filter_map(|(place, known)| Some((place, known.varying(line, &free)?))).next();
        let (place, varying) = like.unzip();
        let varying = varying.unwrap_or_else(|| vec![false; free.spans.len()]);
        let Some(layout) = Layout::new(line, event, free, varying) else { return };
        // What cannot be found again would be learned again and again.
        if !layout.fits(line, &mut self.bounds) {
            return;
        }
        if let Some(place) = place {
            self.known.remove(place);
        }
        self.known.truncate(Layouts::KNOWN - 1);
        self.known.insert(0, Box::new(layout));
    }
}
