//! `spctl completion`: a shell's completion script on stdout.

use clap_complete::Shell;

use crate::context::Context;
use crate::error::Result;

/// For which shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  source <(spctl completion bash)")]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Writes the script.
///
/// # Errors
/// Where stdout cannot be written to.
pub fn run(context: &Context, args: Args, mut spctl: clap::Command) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut spctl, "spctl", &mut script);
    context.ui.write(&script)
}
