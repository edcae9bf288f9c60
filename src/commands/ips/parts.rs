//! `--chunk N --out DIR`: the addresses divided between files that a platform takes one by one.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::for_target::TargetArgs;
use crate::brokers::blocks::Blocks;
use crate::commands::most::most;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::ui::plural;

/// How the addresses are divided.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Several files")]
pub(super) struct PartArgs {
    /// Write files of at most this many blocks each, for platforms whose rule sets hold only so many
    #[arg(long, value_name = "N", requires = "out", group = "written",
          value_parser = most)]
    chunk: Option<NonZeroUsize>,
    /// The directory that --chunk writes to; the paths of the files are printed
    #[arg(long, value_name = "DIR", requires = "chunk")]
    out: Option<PathBuf>,
}

/// The directory and the size of the files.
pub(super) struct Parts {
    directory: PathBuf,
    size: usize,
    force: bool,
}

impl PartArgs {
    /// The parts that are asked for, if any.
    ///
    /// # Errors
    /// Usage: addresses that cannot be divided. Not found: no such directory.
    pub(super) fn parts(&self, target: &TargetArgs, force: bool) -> Result<Option<Parts>> {
        let (Some(size), Some(directory)) = (self.chunk, &self.out) else { return Ok(None) };
        target.check_divisible()?;
        if !directory.is_dir() {
            let why = format!("there is no directory {}", directory.display());
            return Err(Error::not_found(why).hint("create it first"));
        }
        Ok(Some(Parts { directory: directory.clone(), size: size.get(), force }))
    }
}

impl Parts {
    /// Writes the files, all or none, and prints their paths.
    ///
    /// # Errors
    /// Blocks that the platform does not take; conflict: a file that is there.
    pub(super) fn write(
        &self,
        context: &Context,
        target: &TargetArgs,
        blocks: &Blocks,
        ports: &[u16],
    ) -> Result<()> {
        let replace = Replace::forced(self.force);
        let chunks: Vec<Blocks> = blocks.chunks(self.size).collect();
        let digits = chunks.len().to_string().len();
        let mut files = Vec::new();
        for (index, chunk) in chunks.iter().enumerate() {
            let number = index + 1;
            let text = target.writer_of_part(ports, number)?.write(chunk);
            let text = text.map_err(|problem| target.refused(problem))?;
            let kind = target.target();
            let file = format!("{}-{number:0digits$}.{}", kind.name(), kind.extension());
            let path = self.directory.join(file);
            output::free(&path, replace)?;
            files.push((path, text));
        }
        let mut pending = Vec::new();
        for (path, text) in &files {
            let unwritten = |error| output::unwritten(path, replace, error);
            let mut file = Pending::create(path).map_err(unwritten)?;
            file.write_all(text.as_bytes()).map_err(unwritten)?;
            pending.push((path, file));
        }
        for (path, file) in pending {
            file.keep(self.force).map_err(|error| output::unwritten(path, replace, error))?;
            context.ui.line(path.display().to_string())?;
        }
        let (many, blocks) = (plural(files.len(), "file"), plural(blocks.len(), "block"));
        context.ui.note(format!("{blocks} in {many}: apply every one of them"));
        Ok(())
    }
}
