//! The Atlas Admin API, typed. Knows nothing of clap, terminals or prompts.
