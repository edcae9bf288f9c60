//! A log in a file, or in the files of an archive.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::log;
use crate::plan::{DAY, Plan};
use crate::truth::Truth;

/// How the bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As they are.
    Plain,
    /// gzip at this level (6 is what servers use); with `member`, a new member every so many bytes, in
    /// the middle of a line too, and an empty one now and then.
    Gzip {
        /// From 0 to 9.
        level: u32,
        /// After how many plain bytes a member ends.
        member: Option<u64>,
    },
    /// zstd at level 3.
    Zstd,
}

impl Packing {
    /// gzip as servers write it: one member.
    pub const GZIP: Packing = Packing::Gzip { level: 6, member: None };
}

/// Writes the log to `sink`.
///
/// # Errors
/// What the sink says.
pub fn pack<W: Write>(plan: &Plan, packing: Packing, sink: W) -> io::Result<Truth> {
    let mut packer = Packer::new(packing, sink)?;
    let truth = log::write(plan, |_, lines| packer.write(lines))?;
    packer.finish()?.flush()?;
    Ok(truth)
}

/// The log in memory.
///
/// # Panics
/// If memory is short.
pub fn bytes(plan: &Plan, packing: Packing) -> (Vec<u8>, Truth) {
    let mut bytes = Vec::new();
    let truth = pack(plan, packing, &mut bytes).expect("a vector takes everything");
    (bytes, truth)
}

/// Writes the log to a file.
///
/// # Errors
/// Those of writing it.
pub fn file(plan: &Plan, packing: Packing, path: &Path) -> io::Result<Truth> {
    pack(plan, packing, BufWriter::new(File::create(path)?))
}

/// Writes the log below `dir` as `instance=NAME/day=YYYY-MM-DD/0.ndjson.gz`, a file for each day that has
/// lines, where NAME is the plan's instance. (Several plans in one directory make several instances.)
///
/// # Errors
/// Those of writing the files.
pub fn archive(plan: &Plan, dir: &Path) -> io::Result<Truth> {
    let instance = dir.join(format!("instance={}", plan.instance));
    let mut open: Option<(i64, Packer<File>)> = None;
    let truth = log::write(plan, |day, lines| {
        if let Some((before, packer)) = open.take() {
            if before == day {
                open = Some((day, packer));
            } else {
                packer.finish()?;
            }
        }
        let (_, packer) = match &mut open {
            Some(open) => open,
            None => {
                let name = jiff::Timestamp::from_millisecond(day * DAY).expect("a day of the log");
                let dir = instance.join(format!("day={}", &name.to_string()[..10]));
                fs::create_dir_all(&dir)?;
                let file = File::create(dir.join("0.ndjson.gz"))?;
                open.insert((day, Packer::new(Packing::GZIP, file)?))
            }
        };
        packer.write(lines)
    })?;
    if let Some((_, packer)) = open {
        packer.finish()?;
    }
    Ok(truth)
}

/// Packs what it is given.
enum Packer<W: Write> {
    Plain(W),
    Gzip(Members<W>),
    Zstd(zstd::Encoder<'static, W>),
}

impl<W: Write> Packer<W> {
    fn new(packing: Packing, sink: W) -> io::Result<Self> {
        Ok(match packing {
            Packing::Plain => Packer::Plain(sink),
            Packing::Gzip { level, member } => {
                let level = Compression::new(level);
                let length = member.unwrap_or(u64::MAX).max(1);
                let encoder = Some(GzEncoder::new(sink, level));
                Packer::Gzip(Members { encoder, level, length, room: length, ended: 0 })
            }
            Packing::Zstd => Packer::Zstd(zstd::Encoder::new(sink, 3)?),
        })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Packer::Plain(sink) => sink.write_all(bytes),
            Packer::Gzip(members) => members.write(bytes),
            Packer::Zstd(encoder) => encoder.write_all(bytes),
        }
    }

    fn finish(self) -> io::Result<W> {
        match self {
            Packer::Plain(sink) => Ok(sink),
            Packer::Gzip(members) => members.encoder.expect("one is open").finish(),
            Packer::Zstd(encoder) => encoder.finish(),
        }
    }
}

/// gzip members of one length.
struct Members<W: Write> {
    /// Always there between calls.
    encoder: Option<GzEncoder<W>>,
    level: Compression,
    length: u64,
    room: u64,
    ended: u64,
}

impl<W: Write> Members<W> {
    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let (now, rest) = bytes.split_at(self.room.min(bytes.len() as u64) as usize);
            self.encoder.as_mut().expect("one is open").write_all(now)?;
            self.room -= now.len() as u64;
            bytes = rest;
            if self.room == 0 {
                self.room = self.length;
                self.ended += 1;
                self.end()?;
                if self.ended.is_multiple_of(4) {
                    self.end()?;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let sink = self.encoder.take().expect("one is open").finish()?;
        self.encoder = Some(GzEncoder::new(sink, self.level));
        Ok(())
    }
}
