//! Lines that are no event, each kind of them.

use serde::Serialize;

use crate::random::Random;

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// The line ends early.
    Truncated,
    /// The words `empty file`.
    EmptyFile,
    /// The first brace is missing.
    NoBrace,
    /// A byte order mark before the event.
    ByteOrderMark,
    /// Zero bytes, as a crash leaves them.
    Zeros,
    /// A zero byte before the event.
    LeadingZero,
    /// Bytes that are no UTF-8, in a name that readers look at.
    InvalidUtf8,
    /// The same in a field that no reader knows.
    InvalidUtf8Unknown,
    /// Nothing at all.
    Empty,
    /// Spaces and a carriage return.
    Blank,
    /// JSON, but no object.
    NoObject,
    /// Two objects on one line.
    TwoObjects,
}

impl Damage {
    /// All of them.
    pub const ALL: [Damage; 12] = [
        Damage::Truncated,
        Damage::EmptyFile,
        Damage::NoBrace,
        Damage::ByteOrderMark,
        Damage::Zeros,
        Damage::LeadingZero,
        Damage::InvalidUtf8,
        Damage::InvalidUtf8Unknown,
        Damage::Empty,
        Damage::Blank,
        Damage::NoObject,
        Damage::TwoObjects,
    ];

    /// A line damaged in this way, without its end. What it was names a user that nobody else is, so
    /// that whoever counts it is noticed.
    pub(crate) fn write(self, out: &mut Vec<u8>, random: &mut Random) {
        const HEAD: &[u8] = br#"{"class_uid":3002,"activity_id":1,"time":1788300000000,"status_id":2,"user":{"name":"admin.sham"#;
        const MIDDLE: &[u8] = br#""},"src_endpoint":{"ip":"192.0.2.254"},"unmapped":{"atype":"authenticate","note":"-"#;
        const TAIL: &[u8] = br#""}}"#;
        let whole = || [HEAD, MIDDLE, TAIL].concat();
        match self {
            Damage::Truncated => {
                let mut line = whole();
                line.truncate(1 + random.below(line.len() - 1));
                out.extend(line);
            }
            Damage::EmptyFile => out.extend(b"empty file"),
            Damage::NoBrace => out.extend(&whole()[1..]),
            Damage::ByteOrderMark => out.extend([b"\xef\xbb\xbf", whole().as_slice()].concat()),
            Damage::Zeros => out.extend([0; 64]),
            Damage::LeadingZero => out.extend([&[0], whole().as_slice()].concat()),
            Damage::InvalidUtf8 => out.extend([HEAD, b"\xff\xfe", MIDDLE, TAIL].concat()),
            Damage::InvalidUtf8Unknown => out.extend([HEAD, MIDDLE, b"\xc3\x28", TAIL].concat()),
            Damage::Empty => {}
            Damage::Blank => out.extend(b"  \t\r"),
            Damage::NoObject => {
                out.extend(random.pick(&[b"[1]".as_slice(), b"42", b"\"{}\""]).iter())
            }
            Damage::TwoObjects => out.extend([whole(), b" ".to_vec(), whole()].concat()),
        }
    }
}
