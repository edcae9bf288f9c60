//! `spctl local`.
/// x
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// x
    Status,
}
/// x
pub fn run(_c: &crate::context::Context, _a: Command) -> crate::error::Result<()> {
    Ok(())
}
