//! Writes sorted rows into files: one after another for each partition, each sorted.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender};

use super::columns::Column;
use super::compare::{At, Reader, lacking};
use super::export::{BYTES, Message, Origin, ROWS, place};
use super::layout::Layout;
#[cfg(feature = "lake")]
use super::parquet::ParquetFile;
use super::rows::{Partition, Rows};
use super::spool::Spool;
use super::text::TextFile;
use super::{Failure, Format, Pending, Target, There, csv, ecs};
use crate::event::Event;

/// How many files are written at once: a day's and the day's before, or the classes of a day. Each takes some
/// 30 MB.
const OPEN: usize = 2;
const OPEN_BY_CLASS: usize = 3;
/// How many files wait at most to be held against those that they are to replace.
const WAITING: usize = 64;
/// How many rows a file has at most: eight row groups.
const LONGEST: u64 = 8 * 131_072;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was not there before.
    Written,
    /// Another of its name was there.
    Replaced,
    /// The same was there already.
    Unchanged,
    /// Nothing was to be written.
    Planned,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name, with `/` between directories.
    pub name: String,
    /// How many lines it holds.
    pub rows: u64,
    /// How many bytes it has.
    pub bytes: u64,
    /// The time of its first line that has one, in microseconds since 1970.
    pub first: Option<i64>,
    /// The time of its last line that has one.
    pub last: Option<i64>,
    /// What became of it.
    pub state: State,
}

/// Lines that are not in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Why.
    pub why: String,
    /// How many.
    pub lines: u64,
}

/// What was exported.
#[derive(Debug, Default)]
pub struct Report {
    /// The files, by name.
    pub files: Vec<Written>,
    /// The lines that no file has.
    pub left_out: Vec<LeftOut>,
}

/// Rows become bytes.
pub(super) trait Encoder: Send {
    /// Writes rows in this order.
    fn write(&mut self, rows: &Rows, order: &[u32]) -> Result<(), Failure>;

    /// Writes what belongs at the end.
    fn finish(self: Box<Self>) -> Result<Box<dyn Pending>, Failure>;
}

/// A file that is written to.
struct Open {
    partition: Partition,
    name: String,
    encoder: Box<dyn Encoder>,
    rows: u64,
    first: Option<i64>,
    last: Option<i64>,
}

/// A part of a partition's lines.
struct Part {
    name: String,
    rows: u64,
    /// What was there before.
    there: There,
    /// The file, as long as it waits for the others of its partition.
    waits: Option<Box<dyn Pending>>,
}

pub(super) struct Writer<'t> {
    format: Format,
    layout: &'t Layout,
    gzip: bool,
    target: &'t mut dyn Target,
    columns: Vec<&'static Column>,
    origins: Vec<Origin>,
    /// The one that was used last comes last.
    open: Vec<Open>,
    /// The files of each partition, in order.
    parts: BTreeMap<Partition, Vec<Part>>,
    spool: Option<Spool>,
    written: Vec<Written>,
}

impl<'t> Writer<'t> {
    pub(super) fn new(
        format: Format,
        layout: &'t Layout,
        gzip: bool,
        target: &'t mut dyn Target,
        columns: Vec<&'static Column>,
    ) -> Self {
        Writer {
            format,
            layout,
            gzip,
            target,
            columns,
            origins: Vec::new(),
            open: Vec::new(),
            parts: BTreeMap::new(),
            spool: None,
            written: Vec::new(),
        }
    }

    /// Writes what comes. `None` if it ended without saying so: then what is under way is let go.
    pub(super) fn run(
        &mut self,
        from: &Receiver<Message>,
        give: &SyncSender<Rows>,
    ) -> Result<Option<Report>, Failure> {
        for message in from {
            match message {
                Message::Origin(origin) => self.origins.push(origin),
                Message::Rows(rows, order) => {
                    self.take(&rows, &order, true)?;
                    let _ = give.try_send(rows);
                }
                Message::End(left_out) => {
                    self.finish()?;
                    let mut files = std::mem::take(&mut self.written);
                    files.sort_by(|one, other| one.name.cmp(&other.name));
                    return Ok(Some(Report { files, left_out }));
                }
            }
        }
        Ok(None)
    }

    /// Writes rows, which are in order. Those of a partition whose file has gone on without them are kept
    /// apart, if they may be.
    fn take(&mut self, rows: &Rows, order: &[u32], may_spool: bool) -> Result<(), Failure> {
        let partition = |row: &u32| rows.keys[*row as usize].partition;
        for run in order.chunk_by(|one, other| partition(one) == partition(other)) {
            let (partition, begin) = (partition(&run[0]), rows.keys[run[0] as usize].time);
            let at = self.open.iter().position(|open| open.partition == partition);
            let goes_on = at.is_some_and(|at| self.open[at].last <= begin);
            if may_spool && !goes_on && self.parts.contains_key(&partition) {
                let spool = match &mut self.spool {
                    Some(spool) => spool,
                    none => none.insert(Spool::new(self.target.scratch()?)),
                };
                spool.add(partition, rows, run)?;
                continue;
            }
            match at {
                Some(at) if goes_on => self.open[at..].rotate_left(1),
                Some(at) => {
                    self.close(at)?;
                    self.begin(partition)?;
                }
                None => self.begin(partition)?,
            }
            self.append(partition, rows, run)?;
        }
        Ok(())
    }

    /// Appends rows to the file that was used last, and begins the next where it is full.
    fn append(
        &mut self,
        partition: Partition,
        rows: &Rows,
        mut run: &[u32],
    ) -> Result<(), Failure> {
        while !run.is_empty() {
            if self.open.last().is_none_or(|open| open.rows >= LONGEST) {
                self.close(self.open.len() - 1)?;
                self.begin(partition)?;
            }
            let Some(open) = self.open.last_mut() else { break };
            let room = usize::try_from(LONGEST - open.rows).unwrap_or(usize::MAX);
            let (now, later) = run.split_at(run.len().min(room));
            open.encoder.write(rows, now)?;
            open.rows += now.len() as u64;
            let time = |row: &u32| rows.keys[*row as usize].time;
            open.first = open.first.or_else(|| now.iter().find_map(time));
            open.last = now.last().and_then(time).or(open.last);
            run = later;
        }
        Ok(())
    }

    fn begin(&mut self, partition: Partition) -> Result<(), Failure> {
        let most = if self.layout.is_by_class() { OPEN_BY_CLASS } else { OPEN };
        if self.open.len() >= most {
            self.close(0)?;
        }
        let number = self.parts.get(&partition).map_or(0, Vec::len);
        let name = self.name(partition, number);
        let file = self.target.begin(&name)?;
        let part = Part { name: name.clone(), rows: 0, there: There::Nothing, waits: None };
        self.parts.entry(partition).or_default().push(part);
        let encoder: Box<dyn Encoder> = match self.format {
            #[cfg(feature = "lake")]
            Format::Parquet => {
                let class = self.layout.is_by_class().then_some(partition.class);
                Box::new(ParquetFile::new(file, &self.columns, class)?)
            }
            Format::Ndjson => Box::new(TextFile::new(file, self.gzip, |rows, row, out| {
                out.extend_from_slice(rows.raw(row).as_bytes());
                out.push(b'\n');
            })),
            Format::Csv => {
                let mut file = TextFile::new(file, self.gzip, csv::row);
                file.text(&csv::header(&self.columns))?;
                Box::new(file)
            }
            Format::Ecs => {
                let Origin { project, instance, .. } = &self.origins[partition.origin as usize];
                let (project, instance) = (project.clone(), instance.clone());
                Box::new(TextFile::new(file, self.gzip, move |rows, row, out| {
                    ecs::document(rows.raw(row), project.as_deref(), instance.as_deref(), out);
                }))
            }
        };
        self.open.push(Open { partition, name, encoder, rows: 0, first: None, last: None });
        Ok(())
    }

    fn close(&mut self, at: usize) -> Result<(), Failure> {
        let Open { partition, name, encoder, rows, first, last } = self.open.remove(at);
        let mut file = encoder.finish()?;
        let bytes = file.length();
        let there = file.there()?;
        let state = match there {
            There::Nothing => State::Written,
            There::Same => State::Unchanged,
            There::Other => State::Replaced,
            There::Unasked => State::Planned,
        };
        let parts = self.parts.entry(partition).or_default();
        let waits = there == There::Other || parts.iter().any(|part| part.waits.is_some());
        let part = parts.iter_mut().find(|part| part.name == name);
        match (there, part) {
            (There::Other | There::Nothing, Some(part)) if waits && !self.target.is_forced() => {
                (part.rows, part.there, part.waits) = (rows, there, Some(file));
            }
            (_, part) => {
                if let Some(part) = part {
                    (part.rows, part.there) = (rows, there);
                }
                if there != There::Same {
                    file.keep(there == There::Other)?;
                }
            }
        }
        self.written.push(Written { name, rows, bytes, first, last, state });
        let waiting = |parts: &Vec<Part>| parts.iter().filter(|part| part.waits.is_some()).count();
        if self.parts.values().map(waiting).sum::<usize>() > WAITING {
            let spooled = |of: &Partition| self.spool.as_ref().is_some_and(|spool| spool.has(*of));
            let has_ended =
                |of: &Partition| !spooled(of) && self.open.iter().all(|open| open.partition != *of);
            let waits = self.parts.iter().find(|(of, parts)| has_ended(of) && waiting(parts) > 0);
            if let Some((partition, _)) = waits {
                self.settle(*partition, false)?;
            }
        }
        Ok(())
    }

    /// Puts files in the place of those that were there, if all lines of those are in these. Only at the end
    /// it is known how many there are.
    fn settle(&mut self, partition: Partition, is_end: bool) -> Result<(), Failure> {
        let Some(mut parts) = self.parts.remove(&partition) else { return Ok(()) };
        // What an earlier export left behind the last part would be read as if it belonged to this one.
        let mut left_over = Vec::new();
        if is_end && parts.iter().all(|part| part.there != There::Unasked) {
            let mut next = self.name(partition, parts.len());
            while self.target.has(&next)? {
                left_over.push(next);
                next = self.name(partition, parts.len() + left_over.len());
            }
        }
        let waits = parts.iter().any(|part| part.waits.is_some());
        if (waits || !left_over.is_empty()) && !self.target.is_forced() {
            self.compare(&mut parts, &left_over)?;
        }
        for name in &left_over {
            self.target.remove(name)?;
        }
        for part in &mut parts {
            if let Some(file) = part.waits.take() {
                file.keep(part.there == There::Other)?;
                // What was there is dealt with.
                part.there = There::Nothing;
            }
        }
        self.parts.insert(partition, parts);
        Ok(())
    }

    /// Makes sure that the files of a partition hold all lines of those that were there.
    fn compare(&mut self, parts: &mut [Part], left_over: &[String]) -> Result<(), Failure> {
        let rows = parts.iter().map(|part| part.rows).sum();
        let names: Vec<(String, There)> =
            parts.iter().map(|part| (part.name.clone(), part.there)).collect();
        let were = names.iter().filter(|(_, there)| *there != There::Nothing);
        let were = were.map(|(name, _)| name.as_str());
        let old: Vec<&str> = were.chain(left_over.iter().map(String::as_str)).collect();
        let mut new: Vec<At<'_>> = Vec::new();
        for (part, (name, _)) in parts.iter_mut().zip(&names) {
            new.push(match &mut part.waits {
                Some(file) => At::Pending(file.as_mut()),
                None => At::There(name),
            });
        }
        let reader = Reader { format: self.format, gzip: self.gzip };
        match lacking(self.target, reader, &old, &mut new, rows)? {
            None => Ok(()),
            Some((name, conflict)) => Err(self.target.conflict(name, conflict)),
        }
    }

    fn name(&self, partition: Partition, part: usize) -> String {
        let part = u32::try_from(part).unwrap_or(u32::MAX);
        name(self.format, self.layout, self.gzip, &self.origins, partition, part)
    }

    fn close_all(&mut self) -> Result<(), Failure> {
        while !self.open.is_empty() {
            self.close(0)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        self.close_all()?;
        if let Some(mut spool) = self.spool.take() {
            for partition in spool.partitions() {
                self.unspool(&mut spool, partition)?;
                self.close_all()?;
            }
        }
        let partitions: Vec<Partition> = self.parts.keys().copied().collect();
        partitions.into_iter().try_for_each(|partition| self.settle(partition, true))
    }

    /// Writes what of a partition was kept apart.
    fn unspool(&mut self, spool: &mut Spool, partition: Partition) -> Result<(), Failure> {
        let mut rows = Rows::new(self.columns.clone());
        let mut extents = spool.extents(partition);
        loop {
            let more = extents.next(spool)?;
            if let Some(lines) = &more {
                for line in lines.lines() {
                    let Some(event) = Event::parse(line.as_bytes()) else { continue };
                    let from = &self.origins[partition.origin as usize];
                    let placed =
                        place(self.layout, from, partition.origin, partition.day, &event, line);
                    if let Ok((key, item)) = placed {
                        rows.push(key, &item);
                    }
                }
            }
            if more.is_none() || rows.len() >= ROWS || rows.bytes() >= BYTES {
                self.take(&rows, &rows.order(), false)?;
                rows.clear();
            }
            if more.is_none() {
                return Ok(());
            }
        }
    }
}

fn name(
    format: Format,
    layout: &Layout,
    gzip: bool,
    origins: &[Origin],
    partition: Partition,
    part: u32,
) -> String {
    let suffix = match format {
        #[cfg(feature = "lake")]
        Format::Parquet => "parquet",
        Format::Ndjson => "ndjson",
        Format::Csv => "csv",
        Format::Ecs => "ecs.ndjson",
    };
    let origin = &origins[partition.origin as usize].stem;
    match gzip {
        true => layout.name(partition, origin, part, &format!("{suffix}.gz")),
        false => layout.name(partition, origin, part, suffix),
    }
}
