//! Takes in lines, sorts them as far as a buffer reaches, and hands them to the thread that writes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::class::Class;
use super::columns::{self, Item};
use super::layout::{self, Layout};
use super::rows::{Key, Partition, Rows};
use super::write::{LeftOut, Report, Writer};
use super::{Failure, Format, Target};
use crate::event::Event;
use crate::source::Source;

/// How many rows are sorted at once, and how many bytes they may have.
pub(super) const ROWS: usize = 16_384;
pub(super) const BYTES: usize = 9 << 20;

/// A line that is to be exported.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// What it says.
    pub event: &'a Event<'a>,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Where it is from.
    pub source: &'a Source,
}

/// Where lines are from, as far as their files and columns tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// What files are called.
    pub(super) stem: String,
    pub(super) project: Option<String>,
    pub(super) instance: Option<String>,
}

/// What the other thread is told.
pub(super) enum Message {
    /// Rows to be written, in this order.
    Rows(Rows, Vec<u32>),
    /// Lines are from here too; origins are counted from 0.
    Origin(Origin),
    /// That was all.
    End(Vec<LeftOut>),
}

/// Lines on their way into files.
pub struct Export<'l> {
    layout: &'l Layout,
    rows: Rows,
    origins: Vec<Origin>,
    /// The source of the line before, by its label, and its origin.
    current: Option<(Arc<str>, u32)>,
    left_out: BTreeMap<String, u64>,
    to: SyncSender<Message>,
    used: Receiver<Rows>,
}

/// Writes the lines that `feed` takes in, on another thread. Nothing is kept of what is under way if `feed`
/// fails; files that were whole before are kept.
///
/// # Errors
/// Those of `feed` and of the target.
pub fn run(
    format: Format,
    layout: &Layout,
    gzip: bool,
    target: &mut dyn Target,
    feed: &mut dyn FnMut(&mut Export<'_>) -> Result<(), Failure>,
) -> Result<Report, Failure> {
    let columns = match (format, layout) {
        // Of these the line itself is enough, which is always kept.
        (Format::Ndjson | Format::Ecs, _) => Vec::new(),
        (_, Layout::Plain) => columns::of_plain(),
        (_, Layout::SecurityLake(_)) => columns::of_any_class(),
    };
    let mut writer = Writer::new(format, layout, gzip, target, columns.clone());
    // Nothing waits between the threads: one works on the rows before while the other fills the next.
    let (to, from) = sync_channel(0);
    let (give, used) = sync_channel(1);
    thread::scope(|scope| {
        let writing = scope.spawn(move || writer.run(&from, &give));
        let mut export = Export {
            layout,
            rows: Rows::new(columns),
            origins: Vec::new(),
            current: None,
            left_out: BTreeMap::new(),
            to,
            used,
        };
        let fed = feed(&mut export).map(|()| export.end());
        drop(export);
        let written = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        fed.and(written)?.ok_or_else(|| "the export was not brought to its end".into())
    })
}

impl Export<'_> {
    /// Takes in a line; breaks if nothing more can be written.
    pub fn take(&mut self, line: Line<'_>) -> ControlFlow<()> {
        let origin = self.origin(line.source)?;
        // An event is UTF-8.
        let text = String::from_utf8_lossy(line.bytes);
        let archived = line.source.day;
        let from = &self.origins[origin as usize];
        match place(self.layout, from, origin, archived.map(layout::number), line.event, &text) {
            Ok((key, item)) => self.rows.push(key, &item),
            Err(why) => *self.left_out.entry(why).or_default() += 1,
        }
        match self.rows.len() >= ROWS || self.rows.bytes() >= BYTES {
            true => self.pass_on(true),
            false => ControlFlow::Continue(()),
        }
    }

    fn end(&mut self) {
        let left_out = std::mem::take(&mut self.left_out);
        let left_out = left_out.into_iter().map(|(why, lines)| LeftOut { why, lines });
        if self.pass_on(false).is_continue() {
            // The other thread says what went wrong.
            let _ = self.to.send(Message::End(left_out.collect()));
        }
    }

    /// The origin of a source. Lines of one do not wait for those of another.
    fn origin(&mut self, source: &Source) -> ControlFlow<(), u32> {
        if let Some((label, index)) = &self.current
            && Arc::ptr_eq(label, &source.label)
        {
            return ControlFlow::Continue(*index);
        }
        let (project, instance) = (source.project.as_deref(), source.instance.as_deref());
        let is = |origin: &Origin| {
            (origin.project.as_deref(), origin.instance.as_deref()) == (project, instance)
        };
        let mut stem = layout::stem(project, instance, &source.label);
        let known = |stem: &str| self.origins.iter().position(|origin| origin.stem == stem);
        // Two instances whose names come to the same.
        while known(&stem).is_some_and(|index| !is(&self.origins[index])) {
            stem.push_str("_2");
        }
        let known = known(&stem);
        if known.is_none() || known.map(|index| index as u32) != self.current.as_ref().map(|c| c.1)
        {
            self.pass_on(false)?;
        }
        let index = known.unwrap_or(self.origins.len());
        if known.is_none() {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            let origin = Origin { stem, project: owned(project), instance: owned(instance) };
            self.origins.push(origin.clone());
            if self.to.send(Message::Origin(origin)).is_err() {
                return ControlFlow::Break(());
            }
        }
        self.current = Some((source.label.clone(), index as u32));
        ControlFlow::Continue(index as u32)
    }

    /// Hands the rows over. The latest quarter is kept where more may come: later lines may be earlier.
    fn pass_on(&mut self, may_wait: bool) -> ControlFlow<()> {
        if self.rows.len() == 0 {
            return ControlFlow::Continue(());
        }
        let mut next =
            self.used.try_recv().unwrap_or_else(|_| Rows::new(self.rows.columns.clone()));
        next.clear();
        let mut order = self.rows.order();
        if let Some(cut) = may_wait.then(|| self.latest()).flatten() {
            let waits = |row: usize| self.rows.keys[row].time.is_some_and(|time| time >= cut);
            (0..self.rows.len())
                .filter(|row| waits(*row))
                .for_each(|row| next.push_of(&self.rows, row));
            order.retain(|row| !waits(*row as usize));
        }
        let full = std::mem::replace(&mut self.rows, next);
        match self.to.send(Message::Rows(full, order)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// The time at which the latest quarter of the rows begins, unless that would be most of them.
    fn latest(&self) -> Option<i64> {
        let mut times: Vec<i64> = self.rows.keys.iter().filter_map(|key| key.time).collect();
        let at = times.len() / 4 * 3;
        if at == 0 {
            return None;
        }
        let (_, cut, _) = times.select_nth_unstable(at);
        let cut = *cut;
        let kept = times.iter().filter(|time| **time >= cut).count();
        (kept <= self.rows.len() / 2).then_some(cut)
    }
}

/// Where a line belongs, and what its columns are told from; `Err` with the reason if it belongs nowhere.
pub(super) fn place<'a>(
    layout: &Layout,
    from: &'a Origin,
    origin: u32,
    archived: Option<i32>,
    event: &'a Event<'a>,
    raw: &'a str,
) -> Result<(Key, Item<'a>), String> {
    let class = Class::of(event);
    let day = event.time.and_then(layout::day);
    let mut partition = Partition { origin, class: 0, day };
    if layout.is_by_class() {
        let Some(class) = class else { return Err(format!("of no class: {}", event.name())) };
        partition.class = class.uid;
        partition.day = Some(day.or(archived).ok_or("without a time")?);
    }
    let time = event.time.map(|time| time.0);
    let (project, instance) = (from.project.as_deref(), from.instance.as_deref());
    Ok((Key { partition, time }, Item { event, raw, project, instance, class }))
}
