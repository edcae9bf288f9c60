//! The audit format of before OCSF.

use super::{Line, Time, push, put, spelling};
use crate::event::What;

impl Line<'_> {
    pub(super) fn legacy(&self, out: &mut Vec<u8>) {
        let event = self.event;
        put(out, format_args!(r#"{{"atype":"{}","#, event.what.atype()));
        self.legacy_time(out);
        let (address, port) = (&self.cast.addresses[event.address], event.port);
        put(
            out,
            format_args!(
                r#""uuid":{{"$binary":"{}","$type":"04"}},"local":{{"ip":"192.0.2.9","port":27017}},"remote":{{"ip":"{address}","port":{port}}},"#,
                base64(event.session)
            ),
        );
        let user = &self.cast.users[event.user];
        if event.what == What::FailedLogon {
            push(out, r#""users":[],"roles":[],"#);
        } else {
            push(out, r#""users":[{"user":"#);
            self.string(out, &user.name);
            let (database, role) = user.role.split_once('.').unwrap_or(("", user.role));
            put(
                out,
                format_args!(
                    r#","db":"{}"}}],"roles":[{{"role":"{role}","db":"{database}"}}],"#,
                    user.database
                ),
            );
        }
        push(out, r#""param":{"#);
        match event.what {
            What::Logon | What::FailedLogon => {
                push(out, r#""user":"#);
                self.string(out, &user.name);
                put(
                    out,
                    format_args!(r#","db":"{}","mechanism":"{}""#, user.database, user.mechanism),
                );
            }
            What::Logoff => put(
                out,
                format_args!(
                    r#""reason":"Client has disconnected","loginTime":{{"$date":"{}"}}"#,
                    spelling::rfc3339(event.since)
                ),
            ),
            what => {
                put(out, format_args!(r#""name":"{}""#, self.entity_name()));
                if what.has_pipeline() {
                    push(out, r#","pipeline":"#);
                    self.pipeline(out);
                }
            }
        }
        let result = match (event.what, event.denied) {
            (What::FailedLogon, _) => 18,
            (_, true) => 13,
            _ => 0,
        };
        put(out, format_args!(r#"}},"result":{result}}}"#));
    }

    fn legacy_time(&self, out: &mut Vec<u8>) {
        let time = self.event.time;
        let text = || spelling::rfc3339(time);
        match self.spelling.time {
            Time::Millis | Time::Rfc3339 => {
                put(out, format_args!(r#""ts":{{"$date":"{}"}},"#, text()));
            }
            Time::Seconds => {
                let text = spelling::rfc3339(time - time.rem_euclid(1000));
                let whole = text.trim_end_matches("Z").trim_end_matches(".000");
                put(out, format_args!(r#""ts":{{"$date":"{whole}Z"}},"#));
            }
            Time::Micros | Time::Text => {
                let text = text();
                let bare = text.trim_end_matches('Z');
                put(out, format_args!(r#""ts":{{"$date":"{bare}+0000"}},"#));
            }
            Time::Nanos => {
                let text = text();
                let bare = text.trim_end_matches('Z');
                put(out, format_args!(r#""ts":{{"$date":"{bare}+00:00"}},"#));
            }
            Time::NumberLong => {
                put(out, format_args!(r#""ts":{{"$date":{{"$numberLong":"{time}"}}}},"#));
            }
            Time::Date => put(out, format_args!(r#""ts":{{"$date":{time}}},"#)),
            Time::Missing => {}
        }
    }
}

/// The sixteen bytes of a UUID.
fn base64(id: u128) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // 128 bits are 21 letters of six bits and one of two.
    let letter = |n: u32| {
        let bits = if n < 21 { id >> (122 - 6 * n) & 63 } else { id << 4 & 63 };
        char::from(LETTERS[bits as usize])
    };
    (0..22).map(letter).chain(['=', '=']).collect()
}
