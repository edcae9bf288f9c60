//! Address sets, region names and entries for each kind of broker. Pure: no I/O.
//!
//! One rule above all: what comes out covers exactly the addresses that went in. An entry that
//! cannot be read, one that lets in everyone, or no entry at all is an error, because on several
//! platforms an empty list opens the port to the world.

pub mod addresses;
pub mod aggregate;
pub mod blocks;
pub mod compare;
pub mod coverage;
pub mod delta;
pub mod difference;
pub mod listeners;
pub mod lists;
mod ranges;
pub mod regions;
pub mod set;
pub mod targets;
pub mod ways;

use regions::Provider;

/// Why there is no list of addresses to return.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// What was read is not the endpoint's document.
    #[error("not a list of control-plane addresses: {0}")]
    NotAList(String),
    /// No region of the provider has an entry in this direction.
    #[error("the list has no {direction} addresses for {provider} at all")]
    NoneAtAll {
        /// Whose regions were searched.
        provider: Provider,
        /// In which direction.
        direction: addresses::Direction,
    },
    /// The provider does not use this name.
    #[error("unknown {provider} region '{name}'")]
    UnknownRegion {
        /// Whose region was asked for.
        provider: Provider,
        /// The name as it was given.
        name: String,
    },
    /// The list says nothing about the region.
    #[error("no {direction} addresses are listed for {provider} region {region}")]
    NoEntries {
        /// Whose region it is.
        provider: Provider,
        /// The region's key in the list.
        region: String,
        /// In which direction.
        direction: addresses::Direction,
    },
    /// An entry is neither an address nor a CIDR block.
    #[error(
        "{provider} region {region} has an entry that is neither an address nor a block: '{entry}'"
    )]
    BadEntry {
        /// Whose region it is.
        provider: Provider,
        /// The region's key in the list.
        region: String,
        /// The entry as it was read.
        entry: String,
    },
    /// An entry, or all entries together, cover every address, or a large part of them.
    #[error("the entries {0} cover every address, or a large part of them")]
    Everybody(String),
    /// A block has too many addresses for one command each.
    #[error("{block} has more than {limit} addresses, and this target takes only single ones")]
    TooWide {
        /// The CIDR block.
        block: String,
        /// The most that are written out.
        limit: u32,
    },
    /// What takes the rules cannot hold as many.
    #[error("{rules} rules are needed, but {holder} holds {limit}")]
    TooManyRules {
        /// Blocks times rules for each.
        rules: usize,
        /// What takes them: `a security group`.
        holder: &'static str,
        /// The provider's limit.
        limit: usize,
        /// How many rules one block takes.
        per_block: usize,
    },
    /// What takes the rules cannot store as much.
    #[error("{bytes} bytes are needed, but {holder} holds {limit}")]
    TooLarge {
        /// What takes them.
        holder: &'static str,
        /// What all of it takes.
        bytes: usize,
        /// What there is room for.
        limit: usize,
    },
    /// A target takes blocks of one kind only.
    #[error("{holder} takes no {family} blocks, and {block} is one")]
    WrongFamily {
        /// What takes them.
        holder: &'static str,
        /// The kind that it does not take.
        family: coverage::Family,
        /// The first block of that kind.
        block: String,
    },
    /// A target takes blocks of either kind, but not both at once.
    #[error("{holder} takes either IPv4 or IPv6 blocks, and there are both")]
    BothFamilies {
        /// What takes them.
        holder: &'static str,
    },
    /// What takes the blocks cannot hold as many.
    #[error("there are {blocks} blocks, and {holder} holds {limit}")]
    TooManyBlocks {
        /// How many there are.
        blocks: usize,
        /// What takes them.
        holder: &'static str,
        /// The provider's limit.
        limit: usize,
        /// Whether they may be divided between several of it.
        is_divisible: bool,
    },
    /// A target takes no block of as many addresses.
    #[error("{holder} takes no block wider than a /{prefix}, and {block} is one")]
    WiderThan {
        /// What takes them.
        holder: &'static str,
        /// The shortest prefix that it takes.
        prefix: u8,
        /// The first block that is wider.
        block: String,
    },
    /// A target takes addresses of the internet only.
    #[error("{holder} takes public addresses only, and {block} is private")]
    NotPublic {
        /// What takes them.
        holder: &'static str,
        /// The first block that is private.
        block: String,
    },
    /// A name with what it gets at its end has too many characters.
    #[error("the name {name} has more than {limit} characters")]
    NameTooLong {
        /// The whole name.
        name: String,
        /// The provider's limit.
        limit: usize,
    },
    /// No program can be called with as long a word.
    #[error(
        "{option} is {bytes} bytes long, and no argument of a command may have more than {limit}"
    )]
    WordTooLong {
        /// The option whose value it is.
        option: String,
        /// Its length.
        bytes: usize,
        /// The system's limit.
        limit: usize,
    },
    /// Of the kind that was asked for there are no blocks.
    #[error("there are no {family} blocks")]
    NoneOfFamily {
        /// The kind.
        family: coverage::Family,
    },
    /// What is to be changed is not told by the list that was read, nor by an option.
    #[error("{what} is not told by the list that was read")]
    NotTold {
        /// What is needed: `the security group's id`.
        what: &'static str,
        /// The option that tells it.
        flag: &'static str,
    },
}
