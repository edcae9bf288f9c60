use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupAccessListEntries", "access-lists list"),
    ("createGroupAccessListEntry", "access-lists add 192.0.2.9 --comment tour --yes"),
    ("getGroupAccessListEntry", "access-lists get 192.0.2.9"),
    ("getGroupAccessListStatus", "access-lists status 192.0.2.9"),
    ("deleteGroupAccessListEntry", "access-lists remove 192.0.2.9 --yes"),
];
