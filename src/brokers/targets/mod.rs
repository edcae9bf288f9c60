//! Entries in the form that one kind of broker or firewall takes.

mod aws_security_group;
mod kafka_acls;

pub use aws_security_group::SecurityGroup;
pub use kafka_acls::KafkaAcls;

use super::set::AddressSet;

/// One CIDR block a line and nothing else: some readers reject a comment behind an entry.
pub fn plain(set: &AddressSet) -> String {
    set.blocks().map(|entry| format!("{}\n", entry.net)).collect()
}
