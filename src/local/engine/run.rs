//! A pipeline over the sample's documents: what came of each, and how many came of all.
//!
//! Values come again after [`PERIOD`] documents, times never do. But times only ever grow: whether a
//! time is before or after one that a condition names changes at most twice in a run. So a run falls
//! into segments in which the fate of a document depends on its place in the period alone.

use bson::{Bson, Document};
use jiff::Timestamp;
use serde_json::Value;

use super::letter::Sender;
use super::pipeline::{Pipeline, Stage, each_moment};
use super::solar::{PERIOD, Source};

/// Documents, and how large they are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many.
    pub count: u64,
    /// Their bytes, as BSON.
    pub size: u64,
}

/// What has passed through a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Documents that came.
    pub input: Tally,
    /// Documents that reached the end.
    pub output: Tally,
    /// Dead letters.
    pub letters: Tally,
}

/// What came of one document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Came {
    /// Letters of stages that had not written any.
    pub letters: Vec<Document>,
    /// What reached the end.
    pub output: Option<Document>,
}

/// What becomes of a document, limits aside.
#[derive(Debug, Clone, Copy, Default)]
struct Fate {
    /// The stage that does not let it through; behind the last if none.
    reaches: usize,
    /// Bytes in the beginning, and at the end if it gets there.
    input: u64,
    output: u64,
}

/// Documents whose fate depends on their place in the period: from one to before another.
#[derive(Debug, Clone)]
struct Segment {
    from: u64,
    to: u64,
    /// By the place in the period. A segment that is shorter does not have all.
    fates: Vec<Fate>,
}

/// A run of a pipeline.
#[derive(Debug, Clone)]
pub struct Run {
    source: Source,
    sender: Sender,
    pipeline: Pipeline,
    segments: Vec<Segment>,
    /// For each stage, the number of the document from which on none reaches it, or, if it is a
    /// limit, passes it.
    until: Vec<u64>,
}

impl Run {
    /// A pipeline as it runs over what comes from a source.
    pub fn new(pipeline: &Value, source: Source, sender: Sender) -> Run {
        let pipeline = Pipeline::read(pipeline);
        let mut edges = vec![0, u64::MAX];
        for stage in &pipeline.stages {
            if let Stage::Match(predicate) = stage {
                predicate.constants(&mut |constant| {
                    each_moment(constant, &mut |moment| edges.extend(crossings(&source, moment)));
                });
            }
        }
        // From here on times do not grow.
        edges.push(source.end());
        edges.sort_unstable();
        edges.dedup();
        let segments = edges.windows(2).map(|edge| {
            let (from, to) = (edge[0], edge[1]);
            let mut fates = vec![Fate::default(); usize::try_from(PERIOD).unwrap_or_default()];
            for n in from..to.min(from.saturating_add(PERIOD)) {
                fates[place(n)] = fate(&source, &pipeline, n);
            }
            Segment { from, to, fates }
        });
        let segments = segments.collect();
        let mut run = Run { source, sender, pipeline, segments, until: Vec::new() };
        let mut until = u64::MAX;
        for (index, stage) in run.pipeline.stages.iter().enumerate() {
            if let Stage::Limit(limit) = stage {
                let last = run.nth(*limit, index);
                until = until.min(last.map_or(u64::MAX, |last| last.saturating_add(1)));
            }
            run.until.push(until);
        }
        run
    }

    /// How many documents have come until a moment.
    pub fn arrived(&self, now: Timestamp) -> u64 {
        self.source.arrived(now)
    }

    /// Whether nothing comes of the documents from the `n`th on, because a limit is reached.
    pub fn is_over(&self, n: u64) -> bool {
        n >= self.end()
    }

    fn end(&self) -> u64 {
        self.until.last().copied().unwrap_or(u64::MAX)
    }

    /// What comes of the `n`th document; `told` is which stages have written a letter.
    pub fn came(&self, n: u64, told: &mut Vec<bool>) -> Came {
        told.resize(self.pipeline.stages.len(), false);
        let mut document = self.source.document(n);
        let mut came = Came::default();
        for (index, stage) in self.pipeline.stages.iter().enumerate() {
            if n >= self.until[index] {
                return came;
            }
            match stage {
                Stage::Match(predicate) if !predicate.holds(&document) => return came,
                Stage::Match(_) | Stage::Limit(_) => {}
                Stage::Shape(shape) => document = shape.apply(document),
                Stage::Pass { operator, why } => {
                    if !std::mem::replace(&mut told[index], true) {
                        let time = self.source.time(n);
                        came.letters.push(self.sender.unrun(operator, why, &document, time));
                    }
                }
            }
        }
        came.output = Some(document);
        came
    }

    /// What has come of the first `n` documents.
    pub fn totals(&self, n: u64) -> Totals {
        let mut letters = Tally::default();
        for (index, stage) in self.pipeline.stages.iter().enumerate() {
            if !matches!(stage, Stage::Pass { .. }) {
                continue;
            }
            let first = self.nth(1, index);
            if let Some(first) = first.filter(|first| *first < n.min(self.until[index])) {
                // Of what this document brought about, the letter of this stage.
                let mut told: Vec<bool> = (0..self.until.len()).map(|i| i != index).collect();
                for letter in self.came(first, &mut told).letters {
                    letters = letters.and(1, bytes(&letter));
                }
            }
        }
        let end = self.pipeline.stages.len();
        Totals {
            input: self.tally(n, |fate| Some(fate.input)),
            output: self
                .tally(n.min(self.end()), |fate| (fate.reaches == end).then_some(fate.output)),
            letters,
        }
    }

    /// Counts those of the first `n` documents that have a size.
    fn tally(&self, n: u64, size: impl Fn(&Fate) -> Option<u64>) -> Tally {
        let mut all = Tally::default();
        for segment in self.segments.iter().filter(|segment| segment.from < n) {
            let length = segment.to.min(n) - segment.from;
            for (n, fate) in segment.first(length) {
                if let Some(size) = size(fate) {
                    let times = (segment.from + length - 1 - n) / PERIOD + 1;
                    all = all.and(times, size);
                }
            }
        }
        all
    }

    /// The number of the `k`th document, counted from 1, that reaches a stage, limits aside.
    fn nth(&self, k: u64, stage: usize) -> Option<u64> {
        let mut left = k;
        for segment in &self.segments {
            let length = segment.to - segment.from;
            let reaching = segment.first(length).filter(|(_, fate)| fate.reaches >= stage);
            let places: Vec<u64> = reaching.map(|(n, _)| n).collect();
            let Ok(per_period) = u64::try_from(places.len()) else { continue };
            if per_period == 0 {
                continue;
            }
            // Whole periods before the one that it is in, which the segment may not have all.
            let periods = ((left - 1) / per_period).min(length / PERIOD);
            left -= periods * per_period;
            let after = places.iter().map(|n| n.saturating_add(periods.saturating_mul(PERIOD)));
            for n in after.filter(|n| *n < segment.to) {
                left -= 1;
                if left == 0 {
                    return Some(n);
                }
            }
        }
        None
    }
}

impl Segment {
    /// The first documents of the segment, up to a period of them.
    fn first(&self, length: u64) -> impl Iterator<Item = (u64, &Fate)> {
        let to = self.from.saturating_add(length.min(PERIOD));
        (self.from..to).map(|n| (n, &self.fates[place(n)]))
    }
}

impl Tally {
    /// With as many more of a size.
    #[must_use]
    pub fn and(self, times: u64, size: u64) -> Tally {
        let more = size.saturating_mul(times);
        Tally { count: self.count.saturating_add(times), size: self.size.saturating_add(more) }
    }
}

fn place(n: u64) -> usize {
    usize::try_from(n % PERIOD).unwrap_or_default()
}

fn bytes(document: &Document) -> u64 {
    document.to_vec().map_or(0, |bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX))
}

fn fate(source: &Source, pipeline: &Pipeline, n: u64) -> Fate {
    let mut document = source.document(n);
    let input = bytes(&document);
    for (index, stage) in pipeline.stages.iter().enumerate() {
        match stage {
            Stage::Match(predicate) if !predicate.holds(&document) => {
                return Fate { reaches: index, input, output: 0 };
            }
            Stage::Shape(shape) => document = shape.apply(document),
            _ => {}
        }
    }
    Fate { reaches: pipeline.stages.len(), input, output: bytes(&document) }
}

/// The numbers of the first document whose time is a moment or later, and of the first that is
/// later.
fn crossings(source: &Source, moment: &Bson) -> [u64; 2] {
    let first = |is_behind: &dyn Fn(u64) -> bool| {
        let (mut from, mut to) = (0, source.end());
        while from < to {
            let middle = from + (to - from) / 2;
            match is_behind(middle) {
                true => to = middle,
                false => from = middle + 1,
            }
        }
        to
    };
    match moment {
        Bson::DateTime(time) => {
            let time = time.timestamp_millis();
            [first(&|n| source.time(n) >= time), first(&|n| source.time(n) > time)]
        }
        Bson::String(text) | Bson::Symbol(text) => [
            first(&|n| source.timestamp(n).as_str() >= text.as_str()),
            first(&|n| source.timestamp(n).as_str() > text.as_str()),
        ],
        _ => [0, 0],
    }
}
