//! SQLite's write-ahead log, checked without SQLite, which applies a log as far as it understands
//! it and silently drops the rest.
//!
//! The format is that of <https://www.sqlite.org/fileformat2.html#walformat>, and the index that of
//! <https://www.sqlite.org/walformat.html>.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::schema::APPLICATION_ID;

const HEADER: usize = 32;
const FRAME: usize = 24;

/// What the committed part of a log holds.
#[derive(Debug, Default)]
pub struct Log {
    page_size: u64,
    /// The pages that are in it.
    pages: HashSet<u64>,
    /// How many pages the file is to have.
    size: u64,
    /// Whether its first page says that the file is ours.
    pub is_ours: bool,
    /// How many bytes precede the damage, if there is any.
    pub whole_until: Option<u64>,
}

impl Log {
    /// Reads a log. One that is not there holds nothing, nor does one that ends in its header.
    ///
    /// What was cut off at its end cannot be told from what a process that was killed has not
    /// written. What was committed behind something damaged can: a transaction that was given up
    /// leaves frames behind, but none that commits.
    pub fn read(path: &Path) -> io::Result<Log> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Log::default()),
            Err(e) => return Err(e),
        };
        if file.metadata()?.len() < HEADER as u64 {
            return Ok(Log::default());
        }
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut header = [0; HEADER];
        file.read_exact(&mut header)?;
        let nothing = Log { whole_until: Some(0), ..Log::default() };
        let (magic, page_size) = (word(&header, 0), word(&header, 8));
        if magic & !1 != 0x377f_0682
            || !page_size.is_power_of_two()
            || !(512..=65536).contains(&page_size)
        {
            return Ok(nothing);
        }
        let mut sum = Sum { big_endian: magic & 1 == 1, at: (0, 0) };
        sum.add(&header[..24]);
        if sum.at != (word(&header, 24), word(&header, 28)) {
            return Ok(nothing);
        }
        let mut log = Log { page_size: page_size.into(), ..Log::default() };
        let (mut pending, mut end, mut bad) = (Vec::new(), HEADER as u64, None);
        let (mut frame, mut page) = ([0; FRAME], vec![0; page_size as usize]);
        while file.read_exact(&mut frame).is_ok() && file.read_exact(&mut page).is_ok() {
            sum.add(&frame[..8]);
            sum.add(&page);
            let stated = (word(&frame, 16), word(&frame, 20));
            let is_whole = sum.at == stated && frame[8..16] == header[16..24];
            // The sum of each frame goes on from that of the one before.
            sum.at = stated;
            let (number, size) = (u64::from(word(&frame, 0)), word(&frame, 4));
            match (is_whole, bad) {
                (false, None) => bad = Some(end),
                (true, Some(_)) if size > 0 => {
                    log.whole_until = bad;
                    break;
                }
                (true, None) => {
                    pending.push((
                        number,
                        number == 1 && i64::from(word(&page, 68)) == APPLICATION_ID,
                    ));
                    if size > 0 {
                        log.size = size.into();
                        log.is_ours |= pending.iter().any(|(_, ours)| *ours);
                        log.pages.extend(pending.drain(..).map(|(number, _)| number));
                    }
                }
                _ => {}
            }
            end += FRAME as u64 + u64::from(page_size);
        }
        Ok(log)
    }

    /// Whether a file of this length has every page, with those of the log.
    pub fn completes(&self, length: u64) -> bool {
        self.size > 0
            && (length / self.page_size + 1..=self.size).all(|page| self.pages.contains(&page))
    }
}

/// Whether the index of a log speaks of frames that the file has not taken in yet.
pub fn index_has_more(path: &Path) -> io::Result<bool> {
    let mut index = [0; 100];
    match File::open(path).and_then(|mut file| file.read_exact(&mut index)) {
        Ok(()) => {}
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
        Err(e) => return Err(e),
    }
    let number = |at| index[at..at + 4].try_into().map_or(0, u32::from_ne_bytes);
    let (is_made, frames, taken_in) = (index[12] == 1, number(16), number(96));
    Ok(is_made && frames > taken_in)
}

/// The sum that SQLite keeps over a log.
struct Sum {
    big_endian: bool,
    at: (u32, u32),
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        let number = |at: usize| match self.big_endian {
            true => word(bytes, at),
            false => word(bytes, at).swap_bytes(),
        };
        let (mut first, mut second) = self.at;
        for at in (0..bytes.len()).step_by(8) {
            first = first.wrapping_add(number(at)).wrapping_add(second);
            second = second.wrapping_add(number(at + 4)).wrapping_add(first);
        }
        self.at = (first, second);
    }
}

/// A big-endian number.
pub fn word(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].try_into().map_or(0, u32::from_be_bytes)
}
