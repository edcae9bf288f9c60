//! What is kept apart: lines that came later than the rest of their day, on disk until the end.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom, Write};

use super::rows::{Partition, Rows};
use super::{Failure, Scratch};

/// Lines by partition, in the order in which they came.
pub(super) struct Spool {
    file: Box<dyn Scratch>,
    extents: BTreeMap<Partition, Vec<Extent>>,
    end: u64,
}

/// Lines that were put away together, compressed.
#[derive(Debug, Clone, Copy)]
struct Extent {
    start: u64,
    length: u32,
    plain: u32,
}

impl Spool {
    pub(super) fn new(file: Box<dyn Scratch>) -> Self {
        Spool { file, extents: BTreeMap::new(), end: 0 }
    }

    /// Whether lines of a partition are here.
    pub(super) fn has(&self, partition: Partition) -> bool {
        self.extents.contains_key(&partition)
    }

    /// Puts lines away, which have no line feeds.
    pub(super) fn add(
        &mut self,
        partition: Partition,
        rows: &Rows,
        run: &[u32],
    ) -> Result<(), Failure> {
        let mut lines = String::new();
        for row in run {
            lines.push_str(rows.raw(*row as usize));
            lines.push('\n');
        }
        let packed = zstd::bulk::compress(lines.as_bytes(), 1)?;
        self.file.write_all(&packed)?;
        let extent = Extent {
            start: self.end,
            length: u32::try_from(packed.len())?,
            plain: u32::try_from(lines.len())?,
        };
        self.end += packed.len() as u64;
        self.extents.entry(partition).or_default().push(extent);
        Ok(())
    }

    pub(super) fn partitions(&self) -> Vec<Partition> {
        self.extents.keys().copied().collect()
    }

    /// What was put away of a partition.
    pub(super) fn extents(&self, partition: Partition) -> Extents {
        Extents(self.extents.get(&partition).cloned().unwrap_or_default().into_iter())
    }
}

/// What is still to be read of a partition.
pub(super) struct Extents(std::vec::IntoIter<Extent>);

impl Extents {
    /// The next lines.
    pub(super) fn next(&mut self, spool: &mut Spool) -> Result<Option<String>, Failure> {
        let Some(extent) = self.0.next() else { return Ok(None) };
        spool.file.seek(SeekFrom::Start(extent.start))?;
        let mut packed = vec![0; extent.length as usize];
        spool.file.read_exact(&mut packed)?;
        let plain = zstd::bulk::decompress(&packed, extent.plain as usize)?;
        Ok(Some(String::from_utf8(plain)?))
    }
}
