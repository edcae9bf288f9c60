//! Files of text: a form for each row, plain or as gzip.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::rows::Rows;
use super::write::Encoder;
use super::{Failure, Pending};

/// How many bytes are written at once.
const PIECE: usize = 256 << 10;

/// Where text goes.
enum Out {
    Plain(Box<dyn Pending>),
    Gzip(Box<GzEncoder<Box<dyn Pending>>>),
}

/// A file of text.
pub(super) struct TextFile<F> {
    out: Out,
    form: F,
    buffer: Vec<u8>,
}

impl<F: FnMut(&Rows, usize, &mut Vec<u8>)> TextFile<F> {
    pub(super) fn new(file: Box<dyn Pending>, gzip: bool, form: F) -> Self {
        let out = match gzip {
            true => Out::Gzip(Box::new(GzEncoder::new(file, Compression::default()))),
            false => Out::Plain(file),
        };
        TextFile { out, form, buffer: Vec::new() }
    }

    /// Writes text that is no row.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.buffer.extend_from_slice(text.as_bytes());
        self.flush()
    }

    fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.out {
            Out::Plain(file) => file.write_all(&self.buffer)?,
            Out::Gzip(encoder) => encoder.write_all(&self.buffer)?,
        }
        self.buffer.clear();
        Ok(())
    }
}

impl<F: FnMut(&Rows, usize, &mut Vec<u8>) + Send> Encoder for TextFile<F> {
    fn write(&mut self, rows: &Rows, order: &[u32]) -> Result<(), Failure> {
        for row in order {
            (self.form)(rows, *row as usize, &mut self.buffer);
            if self.buffer.len() >= PIECE {
                self.flush()?;
            }
        }
        self.flush()
    }

    fn finish(self: Box<Self>) -> Result<Box<dyn Pending>, Failure> {
        match self.out {
            Out::Plain(file) => Ok(file),
            Out::Gzip(encoder) => Ok(encoder.finish()?),
        }
    }
}
