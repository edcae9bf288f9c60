//! What is written, with its length and its digest.

use std::io::{self, Read, Write};

use ring::digest::{Context as Digester, Digest, SHA256};

/// A place that is written to.
pub(super) struct Digested<W> {
    /// Where the bytes go.
    pub(super) to: W,
    /// How many there were.
    pub(super) length: u64,
    digester: Digester,
}

impl<W> Digested<W> {
    pub(super) fn new(to: W) -> Self {
        Digested { to, length: 0, digester: Digester::new(&SHA256) }
    }

    /// The SHA-256 of what was written so far.
    pub(super) fn digest(&self) -> Digest {
        self.digester.clone().finish()
    }
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digester.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The SHA-256 of what is there to be read.
pub(super) fn digest_of(mut from: impl Read) -> io::Result<Digest> {
    let mut all = Digested::new(io::sink());
    io::copy(&mut from, &mut all)?;
    Ok(all.digest())
}
