//! An event as a line, in the shape that it is said to have.

mod legacy;
mod schema;
mod server;
mod spelling;

use std::io::Write;

pub(crate) use spelling::{Spelling, Time};

use crate::cast::{Cast, INLINE};
use crate::event::{Event, What};
use crate::plan::Shape;
use crate::random::Random;

const WORDS: [&str; 8] =
    ["total", "quantity", "customer", "region", "discount", "currency", "warehouse", "priority"];

/// What is being written, and all it needs.
struct Line<'a> {
    event: &'a Event,
    cast: &'a Cast,
    spelling: Spelling,
}

/// Writes the line without its end.
pub(crate) fn write(out: &mut Vec<u8>, event: &Event, cast: &Cast, spelling: Spelling, late: bool) {
    let begin = out.len();
    let line = Line { event, cast, spelling };
    match event.shape {
        Shape::Server => line.server(out),
        Shape::Schema => line.schema(out),
        Shape::Legacy => line.legacy(out),
    }
    if late {
        out.pop();
        push(out, r#","direct_endpoint":{"ip":"192.0.2.200","port":27017}}"#);
    }
    if spelling.spaced {
        let spaced = spelling::spaced(&out[begin..]);
        out.truncate(begin);
        out.extend(spaced);
    }
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// Writes what [`format_args`] gives; a vector never refuses.
fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a vector takes everything");
}

/// A session's id as text.
pub(crate) fn uuid(id: u128) -> String {
    let hex = format!("{id:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

impl Line<'_> {
    /// A string of JSON.
    fn string(&self, out: &mut Vec<u8>, text: &str) {
        spelling::string(out, text, self.spelling.escaped);
    }

    fn session(&self) -> String {
        uuid(self.event.session)
    }

    fn user(&self, out: &mut Vec<u8>, groups: bool) {
        let user = &self.cast.users[self.event.user];
        push(out, r#"{"type_id":1,"name":"#);
        self.string(out, &user.text);
        if groups {
            put(out, format_args!(r#","groups":[{{"name":"{}"}}]"#, user.role));
        }
        out.push(b'}');
    }

    /// `"src_endpoint":…,"dst_endpoint":…`
    fn endpoints(&self, out: &mut Vec<u8>, target: &str) {
        let address = &self.cast.addresses[self.event.address];
        let port = self.event.port;
        put(
            out,
            format_args!(
                r#""src_endpoint":{{"ip":"{address}","port":{port}}},"dst_endpoint":{target}"#
            ),
        );
    }

    /// A pipeline of at least as many bytes as the event asks for.
    fn pipeline(&self, out: &mut Vec<u8>) {
        let begin = out.len();
        push(out, r#"[{"$source":{"connectionName":"order-events","topic":"orders"}}"#);
        // Every pipeline differs, as texts that people write do.
        let mut random = Random::new(self.event.session as u64 ^ self.event.uid);
        while out.len() - begin < self.event.pipeline {
            let (above, word) = (random.below(100_000), random.pick(&WORDS));
            put(
                out,
                format_args!(
                    r#",{{"$match":{{"fullDocument.{word}":{{"$gt":{above}}},"fullDocument.status":{{"$in":["new","{word}","sent"]}}}}}}"#
                ),
            );
        }
        push(
            out,
            r#",{"$merge":{"into":{"connectionName":"shop-main","db":"orders","coll":"enriched"}}}]"#,
        );
    }

    fn processor(&self) -> Option<&str> {
        self.event.processor.map(|n| self.cast.processors[n].as_str())
    }

    /// What an entity is called: a processor, a pipeline that has no name, or the log.
    fn entity_name(&self) -> &str {
        match self.event.what {
            What::LogAccessed => "orders",
            _ => self.processor().unwrap_or(INLINE),
        }
    }
}
