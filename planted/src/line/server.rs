//! OCSF as the server's own writer has it: no outcome, the product a string, no `atype` on entities.

use super::{Line, Time, push, put, spelling};
use crate::event::What;

impl Line<'_> {
    pub(super) fn server(&self, out: &mut Vec<u8>) {
        let event = self.event;
        // A denied call is told as a call to the interface.
        let (category, class, activity) = match event.denied {
            true => (6, 6003, 0),
            false => (3, event.what.class().0, event.what.class().1),
        };
        put(
            out,
            format_args!(
                r#"{{"activity_id":{activity},"category_uid":{category},"class_uid":{class},"#
            ),
        );
        self.time_field(out);
        put(
            out,
            format_args!(
                r#""severity_id":1,"type_uid":{class}0{activity},"metadata":{{"correlation_uid":"{}","product":"MongoDB Server","version":"1.0.0"}},"actor":{{"#,
                self.session()
            ),
        );
        if event.what != What::FailedLogon {
            push(out, r#""user":"#);
            self.user(out, true);
        }
        push(out, "},");
        self.endpoints(out, r#"{"ip":"192.0.2.9","port":27017}"#);
        match (event.what, class) {
            (what, 6003) => put(
                out,
                format_args!(
                    r#","api":{{"operation":"{}","request":{{"uid":"{}"}},"response":{{"code":13,"error":"Unauthorized"}}}},"unmapped":{{"atype":"authCheck"}}}}"#,
                    what.name(),
                    self.entity_name()
                ),
            ),
            (what, 3002) => {
                push(out, r#","user":"#);
                self.user(out, false);
                if what == What::Logoff {
                    put(
                        out,
                        format_args!(
                            r#","unmapped":{{"atype":"logout","loginTime":{}}}}}"#,
                            event.since
                        ),
                    );
                } else {
                    let mechanism = self.cast.users[event.user].mechanism;
                    put(
                        out,
                        format_args!(
                            r#","auth_protocol":"{mechanism}","unmapped":{{"atype":"authenticate"}}}}"#
                        ),
                    );
                }
            }
            (what, _) => {
                let entity =
                    format!(r#"{{"name":"{}","type":"{}""#, self.entity_name(), what.entity_type());
                put(out, format_args!(r#","entity":{entity}"#));
                if what.has_pipeline() {
                    push(out, r#","data":{"pipeline":"#);
                    self.pipeline(out);
                    out.push(b'}');
                }
                put(out, format_args!(r#"}},"entity_result":{entity}}},"comment":""}}"#));
            }
        }
    }

    /// `"time":…,` of either OCSF shape, or nothing.
    pub(super) fn time_field(&self, out: &mut Vec<u8>) {
        let time = self.event.time;
        match self.spelling.time {
            Time::Millis => put(out, format_args!(r#""time":{time},"#)),
            Time::Seconds => put(out, format_args!(r#""time":{},"#, time.div_euclid(1000))),
            Time::Micros => put(out, format_args!(r#""time":{time}000,"#)),
            Time::Nanos => put(out, format_args!(r#""time":{time}000000,"#)),
            Time::Text => put(out, format_args!(r#""time":"{time}","#)),
            Time::NumberLong => put(out, format_args!(r#""time":{{"$numberLong":"{time}"}},"#)),
            Time::Date => put(out, format_args!(r#""time":{{"$date":{time}}},"#)),
            Time::Rfc3339 => put(out, format_args!(r#""time_dt":"{}","#, spelling::rfc3339(time))),
            Time::Missing => {}
        }
    }
}
