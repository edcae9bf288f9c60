//! Writes sorted rows into files: one after another for each partition, each sorted.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender};

use super::columns::Column;
use super::export::{BYTES, Message, Origin, ROWS, place};
use super::layout::Layout;
#[cfg(feature = "lake")]
use super::parquet::ParquetFile;
use super::rows::{Partition, Rows};
use super::spool::Spool;
use super::text::TextFile;
use super::{Failure, Format, Pending, Target, csv, ecs};
use crate::event::Event;

/// How many files are written at once: the classes of a day. Each takes some 30 MB.
const OPEN: usize = 3;
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

pub(super) struct Writer<'t> {
    format: Format,
    layout: &'t Layout,
    gzip: bool,
    target: &'t mut dyn Target,
    columns: Vec<&'static Column>,
    origins: Vec<Origin>,
    /// The one that was used last comes last.
    open: Vec<Open>,
    /// How many files each partition has.
    parts: HashMap<Partition, u32>,
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
            parts: HashMap::new(),
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
        if self.open.len() == OPEN {
            self.close(0)?;
        }
        let part = self.parts.entry(partition).or_default();
        let name = name(self.format, self.layout, self.gzip, &self.origins, partition, *part);
        *part += 1;
        let file = self.target.begin(&name)?;
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
        let Open { name, encoder, rows, first, last, .. } = self.open.remove(at);
        let file = encoder.finish()?;
        let bytes = file.length();
        let state = file.keep()?;
        self.written.push(Written { name, rows, bytes, first, last, state });
        Ok(())
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
        // What an earlier export left behind the last part would be read as if it belonged to this one.
        for (partition, parts) in &self.parts {
            let next = name(self.format, self.layout, self.gzip, &self.origins, *partition, *parts);
            self.target.clear(&next)?;
        }
        Ok(())
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
