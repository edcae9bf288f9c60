//! Where lines come from: anything that can be read from its beginning, compressed or not.

use std::fmt;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use jiff::civil::Date;

/// Bytes as they are stored.
pub type Bytes = Box<dyn Read + Send>;

/// How much is read of a compressed source at once.
const PIECE: usize = 128 << 10;

pub(crate) const GZIP: [u8; 2] = [0x1f, 0x8b];
pub(crate) const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A log, or a part of one.
pub struct Source {
    /// What it is called where evidence is named: a file's path, an instance's name.
    pub label: Arc<str>,
    /// The project that it is of, where that is known.
    pub project: Option<Arc<str>>,
    /// The instance that it is of, where that is known.
    pub instance: Option<Arc<str>>,
    /// The day that its archive filed it under.
    pub day: Option<Date>,
    /// Begins to read it.
    open: Box<dyn Fn() -> io::Result<Bytes> + Send + Sync>,
}

impl Source {
    /// A source that `open` begins to read, as often as it is asked.
    pub fn new(
        label: impl Into<Arc<str>>,
        open: impl Fn() -> io::Result<Bytes> + Send + Sync + 'static,
    ) -> Source {
        Source {
            label: label.into(),
            project: None,
            instance: None,
            day: None,
            open: Box::new(open),
        }
    }

    /// Bytes that are at hand.
    pub fn of_bytes(label: impl Into<Arc<str>>, bytes: impl Into<Arc<[u8]>>) -> Source {
        let bytes = bytes.into();
        Source::new(label, move || Ok(Box::new(Cursor::new(Arc::clone(&bytes)))))
    }

    /// The same, as the log of an instance.
    #[must_use]
    pub fn of_instance(mut self, instance: impl Into<Arc<str>>) -> Source {
        self.instance = Some(instance.into());
        self
    }

    /// Its bytes as they are stored.
    ///
    /// # Errors
    /// Those of opening.
    pub fn stored(&self) -> io::Result<Bytes> {
        (self.open)()
    }

    /// Its first plain bytes, so many at most, as far as they can be had: what cannot is an error of reading it.
    pub fn beginning(&self, most: usize) -> Vec<u8> {
        let mut beginning = Vec::new();
        if let Ok(plain) = self.plain() {
            let _ = plain.take(most as u64).read_to_end(&mut beginning);
        }
        beginning
    }

    /// Its plain bytes. Gzip (of several members too) and zstd are told by their first bytes.
    ///
    /// # Errors
    /// Those of opening and of reading the first bytes.
    pub fn plain(&self) -> io::Result<Bytes> {
        let mut bytes = self.stored()?;
        let mut begin = [0; 4];
        let mut length = 0;
        while length < begin.len() {
            match bytes.read(&mut begin[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let begin = begin[..length].to_vec();
        let is = |magic: &[u8]| begin.starts_with(magic);
        Ok(match () {
            () if is(&GZIP) => {
                let whole = Cursor::new(begin).chain(bytes);
                Box::new(MultiGzDecoder::new(BufReader::with_capacity(PIECE, whole)))
            }
            () if is(&ZSTD) => {
                let whole = BufReader::with_capacity(PIECE, Cursor::new(begin).chain(bytes));
                Box::new(zstd::Decoder::with_buffer(whole)?)
            }
            () => Box::new(Cursor::new(begin).chain(bytes)),
        })
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("label", &self.label).finish_non_exhaustive()
    }
}

/// A line of a source.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Where it is.
    pub source: &'a Source,
    /// Its number there, from 1.
    pub line: u64,
}
